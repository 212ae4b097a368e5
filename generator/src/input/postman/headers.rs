//! The header of a request (rules H1 to H5).

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::auth::{self, Authorization};
use super::parameters::{Pair, check_value, pairs, push, without_disabled_repeats};
use crate::api::{Auth, Token};
use crate::document::json::Node;
use crate::document::report::Place;
use crate::document::report::rules;
use crate::document::secret;
use crate::input::postman::shape::draft::Parameter;
use crate::input::postman::template;

/// What the header of a request says.
#[derive(Default)]
pub(super) struct Headers {
    pub(super) fields: Vec<Parameter>,
    pub(super) media_type: Option<String>,
    /// The scheme that an own Authorization field follows.
    pub(super) auth: Option<Authorization>,
}

/// The header fields of a request that is authorized by `scheme`: `Content-Type` goes with the body, `Authorization` with the
/// credentials; what the document fixes is sent as it is, the rest are inputs.
pub(super) fn read(context: &mut Context<'_>, request: &Node<'_>, scheme: &Auth) -> Headers {
    let mut headers = Headers::default();
    for entry in without_respelled(without_disabled_repeats(entries(request))) {
        let name = context.scope.constant(&entry.name);
        if name.is_empty() {
            continue;
        }
        if !name.starts_with(':') && http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            if !entry.disabled {
                let place = Place {
                    source: context.source,
                    span: entry.span,
                };
                let label = format!("`{}`", name.escape_debug());
                context.refuse(&rules::HEADER_NAME, place, label);
            }
            continue;
        }
        header(context, &mut headers, entry.renamed(name), scheme);
    }
    headers
}

/// The fields of a header: those with a name. A null is sent as the word.
pub(super) fn entries(request: &Node<'_>) -> Vec<Pair> {
    let mut entries = pairs(request.get("header"));
    entries.retain(|entry| !entry.name.is_empty());
    for entry in entries.iter_mut().filter(|entry| entry.is_null) {
        entry.value = Some("null".to_owned());
    }
    entries
}

/// Of enabled fields whose names differ in nothing but case, Postman sends the last alone; those of equal
/// spelling are all sent.
pub(super) fn without_respelled(entries: Vec<Pair>) -> Vec<Pair> {
    let mut later: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut keep = vec![true; entries.len()];
    for (entry, keep) in entries.iter().zip(&mut keep).rev() {
        if entry.disabled {
            continue;
        }
        let names = later.entry(entry.name.to_ascii_lowercase()).or_default();
        // Of two spellings one at least is another.
        *keep = names.iter().take(2).all(|name| *name == entry.name);
        names.insert(&entry.name);
    }
    entries
        .into_iter()
        .zip(keep)
        .filter_map(|(entry, keep)| keep.then_some(entry))
        .collect()
}

fn header(context: &mut Context<'_>, headers: &mut Headers, entry: Pair, scheme: &Auth) {
    let written = entry.value.as_deref().unwrap_or_default();
    let value = context.scope.resolve(written);
    let constant = context.scope.constant(written);
    let place = Place {
        source: context.source,
        span: entry.span,
    };
    match entry.name.to_ascii_lowercase().as_str() {
        "content-type" | "authorization" if entry.disabled => {}
        name if is_of_transport(name) && entry.disabled => {}
        name if is_of_transport(name) => {
            let label = format!("`{}`", entry.name);
            context.report.push(&rules::FRAMING_HEADER, place, label);
        }
        "content-type" if !template::has_variable(&constant) => {
            check_value(context, place, &entry.name, &constant);
            headers.media_type = Some(constant.trim().to_owned());
        }
        "authorization" if !is_beside(scheme) => {
            let raw = entry.value.as_deref().unwrap_or_default();
            let sent = context.scope.sent(raw);
            headers.auth = Some(auth::of_header(raw, &sent));
        }
        "authorization" => push(context, &mut headers.fields, entry.with_value()),
        _ if is_fixed(&entry, &value) => {
            check_value(context, place, &entry.name, &value);
            let name = entry.name;
            headers.fields.push(Parameter::Fixed { name, value });
        }
        _ => push(context, &mut headers.fields, entry.with_value()),
    }
}

/// Whether a header field, by its name in lower case, is no data of the API: it belongs to the connection (RFC 9110,
/// section 7.6.1), or is the transport's to know (RFC 9112, section 6). Browsers show such fields, those of HTTP/2 with a
/// colon in front, and people copy them; Postman sends them right or wrong.
pub(crate) fn is_of_transport(name: &str) -> bool {
    let is_known = matches!(
        name,
        "accept-encoding"
            | "connection"
            | "content-length"
            | "host"
            | "keep-alive"
            | "proxy-connection"
            | "te"
            | "transfer-encoding"
            | "upgrade"
    );
    is_known || name.starts_with(':')
}

/// Whether Postman sends an Authorization field beside what it signs by: where a key or a token goes elsewhere.
fn is_beside(scheme: &Auth) -> bool {
    match scheme {
        Auth::ApiKeyHeader(key) => !key.eq_ignore_ascii_case("authorization"),
        Auth::ApiKeyQuery(_)
        | Auth::Jwt {
            token: Token::Query(_),
            ..
        } => true,
        _ => false,
    }
}

/// Whether a header field belongs to the request rather than to the caller: it has a literal value, and
/// nothing says that it varies.
fn is_fixed(entry: &Pair, value: &str) -> bool {
    let lower = entry.name.to_ascii_lowercase();
    let varies = [
        "idempotency",
        "request-id",
        "correlation",
        "trace",
        "nonce",
        "timestamp",
        "if-",
        "range",
    ];
    let negotiates = [
        "accept",
        "accept-language",
        "accept-encoding",
        "cache-control",
        "user-agent",
    ];
    let described = !entry.docs.trim().is_empty() && !negotiates.contains(&lower.as_str());
    let is_input = entry.disabled
        || described
        || value.is_empty()
        || template::has_variable(entry.value.as_deref().unwrap_or_default())
        || (value.starts_with('<') && value.ends_with('>'))
        || secret::is_secret(&entry.name, value)
        || varies.iter().any(|word| lower.contains(word));
    !is_input
}
