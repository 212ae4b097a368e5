//! Authorization (rules A1 to A3).

use super::{Context, text};
use crate::api::Auth;
use crate::json::Node;
use crate::rules;

/// Reads an `auth` block. `None`: inherit, which is what a missing, null or typeless block means, and
/// the explicit type `inherit`.
pub(super) fn read(context: &mut Context<'_>, node: Option<&Node<'_>>) -> Option<Auth> {
    let node = node?;
    let kind = node
        .text_of("type")
        .filter(|kind| !matches!(*kind, "type" | "inherit" | ""))?;
    let parameter = |name: &str| parameter(node, kind, name);
    Some(match kind {
        "noauth" => Auth::None,
        "basic" => Auth::Basic,
        "bearer" => Auth::Bearer,
        "oauth2" => Auth::OAuth2,
        "apikey" => {
            let key = context
                .scope
                .resolve_name(&parameter("key").unwrap_or_default());
            match (key.as_str(), parameter("in").as_deref()) {
                ("", _) => Auth::None,
                (_, Some("query")) => Auth::ApiKeyQuery(key),
                _ if http::HeaderName::from_bytes(key.as_bytes()).is_ok() => {
                    Auth::ApiKeyHeader(key)
                }
                _ => unsupported(context, node, "an API key whose name is no header name"),
            }
        }
        other => unsupported(context, node, other),
    })
}

fn unsupported(context: &mut Context<'_>, node: &Node<'_>, kind: &str) -> Auth {
    let place = context.place(node);
    context.report.push(&rules::UNSUPPORTED_AUTH, place, kind);
    Auth::Custom(kind.to_owned())
}

/// A parameter of the scheme: v2.1 lists `{key, value}`, v2.0 has a map (rule F8).
fn parameter(node: &Node<'_>, kind: &str, name: &str) -> Option<String> {
    let parameters = node.get(kind)?;
    let listed = parameters
        .elements()
        .iter()
        .rev()
        .find(|entry| entry.text_of("key") == Some(name));
    let value = listed
        .and_then(|entry| entry.get("value"))
        .or_else(|| parameters.get(name))?;
    Some(text::of_value(value)).filter(|value| value != "null")
}

/// What an own `Authorization` header says about the scheme: collections often write it by hand.
pub(super) fn of_header(value: &str) -> Auth {
    let scheme = value.split_whitespace().next().unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Auth::Bearer,
        "basic" => Auth::Basic,
        _ => Auth::ApiKeyHeader("Authorization".to_owned()),
    }
}
