//! Secrets in a document of Postman, hidden before it is stored: they are at fewer places than in what is
//! generated, but each of them is a value, which others would read.

use std::borrow::Cow;

use crate::document::json::{self, Node, Span, Value};
use crate::document::secret::{self, REDACTED};
use crate::document::source::{Lines, Source};

/// A text in which something was hidden.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hidden {
    /// What it is called there.
    pub name: String,
    /// Its line.
    pub line: usize,
}

/// A document with `[redacted]` in the place of what looks like a secret, and where that was. What is no JSON has
/// nothing hidden: it is not stored.
#[must_use]
pub fn without_secrets(text: &str) -> (String, Vec<Hidden>) {
    let Ok(root) = json::read(text) else {
        return (text.to_owned(), Vec::new());
    };
    let mut search = Search::default();
    search.node(&root, "", false);
    let source = Source::new("", text);
    let lines = Lines::of(&source);
    let mut clean = String::with_capacity(text.len());
    let mut end = 0;
    let mut hidden = Vec::with_capacity(search.found.len());
    for (span, name, value) in search.found {
        clean.push_str(&text[end..span.start]);
        clean.push_str(&json::quoted(&value));
        end = span.end;
        let line = lines.position(span).line;
        hidden.push(Hidden { name, line });
    }
    clean.push_str(&text[end..]);
    (clean, hidden)
}

/// The parameters of an authorization that are secrets. Others are only called like it: `addTokenTo`,
/// `signatureMethod`.
const CREDENTIALS: &[&str] = &[
    "accessToken",
    "authKey",
    "clientSecret",
    "clientToken",
    "consumerSecret",
    "password",
    "privateKey",
    "refreshToken",
    "secret",
    "secretKey",
    "sessionToken",
    "token",
    "tokenSecret",
];

/// The members that hold an authorization: of v2, of v1.
const AUTHORIZATIONS: [&str; 2] = ["auth", "helperAttributes"];

/// The members that hold a URL as a text: of a URL, of a request, of an item.
const URLS: [&str; 3] = ["raw", "url", "request"];

/// The members that may hold a header as a text.
const HEADERS: [&str; 2] = ["header", "headers"];

/// The texts that are to be others: where they stand, what they are called, what they are to be. In the order of the
/// document.
#[derive(Default)]
struct Search {
    found: Vec<(Span, String, String)>,
}

impl Search {
    /// Looks into a value of that name. Of a list, each element has it.
    fn node(&mut self, node: &Node<'_>, name: &str, in_auth: bool) {
        match &node.value {
            Value::String(text) => {
                let clean = if in_auth {
                    credential(name, text)
                } else {
                    clean(name, text)
                };
                if clean != *text {
                    self.found
                        .push((node.span, name.to_owned(), clean.into_owned()));
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    self.node(element, name, in_auth);
                }
            }
            Value::Object(members) => {
                for member in members {
                    let in_auth = in_auth || AUTHORIZATIONS.contains(&member.name.as_ref());
                    let own = if member.name == "value" {
                        name_of_value(node, name, in_auth)
                    } else {
                        &member.name
                    };
                    self.node(&member.node, own, in_auth);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Variable(_) => {}
        }
    }
}

/// What the value of an entry is called: by the entry. An API key has two, its name and the key, in a list or as they
/// are; Postman marks variables that are secrets, whatever they are called.
fn name_of_value<'n>(entry: &'n Node<'_>, list: &str, in_auth: bool) -> &'n str {
    let mut named = ["key", "name", "id"].into_iter();
    let name = named.find_map(|own| entry.text_of(own));
    let is_key = in_auth && list == "apikey" && name != Some("key") && name != Some("in");
    if is_key || entry.text_of("type") == Some("secret") {
        return "secret";
    }
    name.unwrap_or("value")
}

/// A parameter of an authorization without what is secret.
fn credential<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    if CREDENTIALS.contains(&name) && secret::is_secret("secret", text) {
        return Cow::Borrowed(REDACTED);
    }
    secret::redact(text)
}

/// A text of that name without what is secret.
fn clean<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    let is_json = text.trim_start().starts_with(['{', '[']) && !text.starts_with("{{");
    if is_json {
        return Cow::Owned(secret::redact_json(text));
    }
    if secret::is_secret_name(name) {
        return value(name, text);
    }
    if URLS.contains(&name) && text.contains('?') {
        return Cow::Owned(url(text));
    }
    if HEADERS.contains(&name) {
        let lines = text.split_inclusive('\n').map(field);
        return Cow::Owned(lines.collect());
    }
    secret::redact(text)
}

/// The value of something that is usually a secret. The scheme in front of what authorizes is none.
fn value<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    if !secret::is_secret(name, text) {
        return Cow::Borrowed(text);
    }
    let is_scheme = |word: &str| word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    let is_authorization = name.to_ascii_lowercase().contains("authorization");
    match text.trim().split_once(' ') {
        Some((word, rest)) if is_authorization && is_scheme(word) => {
            if secret::is_secret(name, rest) {
                Cow::Owned(format!("{word} {REDACTED}"))
            } else {
                Cow::Borrowed(text)
            }
        }
        _ => Cow::Borrowed(REDACTED),
    }
}

/// A URL without the secrets in its query.
fn url(text: &str) -> String {
    let (target, query) = text.split_once('?').unwrap_or((text, ""));
    let (query, fragment) = match query.split_once('#') {
        Some((query, fragment)) => (query, Some(fragment)),
        None => (query, None),
    };
    let elements = query
        .split('&')
        .map(|element| match element.split_once('=') {
            Some((name, text)) => format!("{name}={}", clean(name, text)),
            None => secret::redact(element).into_owned(),
        });
    let elements: Vec<String> = elements.collect();
    let mut clean = format!("{}?{}", secret::redact(target), elements.join("&"));
    if let Some(fragment) = fragment {
        clean.push('#');
        clean.push_str(&secret::redact(fragment));
    }
    clean
}

/// A line of a header without a secret in it.
fn field(line: &str) -> String {
    let Some((name, rest)) = line.split_once(':') else {
        return secret::redact(line).into_owned();
    };
    let start = line.len() - rest.trim_start().len();
    let end = rest.trim_end().len() + line.len() - rest.len();
    match line.get(start..end) {
        Some(text) => [&line[..start], &clean(name.trim(), text), &line[end..]].concat(),
        None => line.to_owned(),
    }
}
