//! URLs: values are put into the text, which is then taken apart anew (rules V7, U3) and encoded (E1 to E4).

use crate::document::encode;
use crate::document::json::Node;
use crate::input::postman::parameters::Pair;
use crate::input::postman::parts::{self, Masked};
use crate::input::postman::{Context, url};

/// A URL as it is sent.
#[derive(Default)]
pub(super) struct Url {
    pub(super) text: String,
    /// `user:password`.
    pub(super) user: Option<String>,
}

/// Reads the URL of a request.
///
/// # Errors
///
/// Why Postman does not send it.
pub(super) fn read(
    context: &Context<'_>,
    request: &Node<'_>,
    keeps_url: bool,
) -> Result<Url, String> {
    let written = match url::node(request) {
        Some(node) if url::has_parts(node) => written(context, node),
        _ => String::new(),
    };
    let text = context.scope.sent(&written);
    if text.trim().is_empty() {
        return Err("The request has no URL".to_owned());
    }
    let parts = parts::split(&text);
    let scheme = match parts.scheme.to_ascii_lowercase() {
        scheme if scheme.is_empty() => "http".to_owned(),
        scheme => scheme,
    };
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(format!("The protocol of the URL is {scheme}"));
    }
    if parts.authority.is_empty() {
        return Err("The URL has no host".to_owned());
    }
    let encoded = |text: String, encode: fn(&str) -> String| {
        if keeps_url { text } else { encode(&text) }
    };
    let path = if parts.path.is_empty() {
        "/".to_owned()
    } else {
        parts.path
    };
    let path = encoded(path, encode::path);
    let query = parts
        .query
        .map(|query| format!("?{}", encoded(query, encode::query)));
    let authority = parts.authority.to_lowercase();
    let target = path + &query.unwrap_or_default();
    if !target.chars().all(|c| ('\u{21}'..='\u{ff}').contains(&c)) {
        return Err("The URL has characters that must be encoded".to_owned());
    }
    Ok(Url {
        text: format!("{scheme}://{authority}{target}"),
        user: parts.user.map(|user| encode::decoded(&user)),
    })
}

/// The URL as it is written, with the values of its path variables.
fn written(context: &Context<'_>, node: &Node<'_>) -> String {
    let written = url::full_text(node);
    let parts = parts::split(&written.text);
    let mut text = String::new();
    if !parts.scheme.is_empty() {
        text.extend([&parts.scheme, "://"]);
    }
    if let Some(user) = &parts.user {
        text.extend([user, "@"]);
    }
    text.push_str(&parts.authority);
    text.push_str(&path(node, &written.segments(&parts.path)));
    let entries = url::entries(context, node, parts.query.as_deref(), parts.has_fragment);
    let entries = entries.into_iter();
    let elements: Vec<String> = entries
        .filter(|entry| !entry.disabled)
        .map(|entry| element(&entry))
        .collect();
    if !elements.is_empty() {
        text.push('?');
        text.push_str(&elements.join("&"));
    }
    text
}

/// The path with the values of its `:name` (rule U4).
fn path(node: &Node<'_>, segments: &[String]) -> String {
    let segments = segments
        .iter()
        .map(|segment| match url::path_variable(segment) {
            Some(name) => {
                let value = url::path_value(url::path_entry(node, name), name);
                format!("{value}{}", &segment[name.len() + 1..])
            }
            None => segment.clone(),
        });
    segments.collect::<Vec<_>>().join("/")
}

/// An element of the query: what would end it is encoded, but not in the names of variables (rule Q3).
fn element(entry: &Pair) -> String {
    let name = guarded(&entry.name, &[('&', "%26"), ('#', "%23"), ('=', "%3D")]);
    let value = entry.value.as_deref().filter(|_| !entry.literal);
    match value {
        Some(value) => format!("{name}={}", guarded(value, &[('&', "%26"), ('#', "%23")])),
        None => name,
    }
}

fn guarded(text: &str, set: &[(char, &str)]) -> String {
    let masked = Masked::new(text);
    let guarded = set.iter().fold(masked.text.clone(), |text, (c, code)| {
        text.replace(*c, code)
    });
    masked.unmask(&guarded)
}
