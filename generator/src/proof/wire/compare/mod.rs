//! Whether two requests are the same on the wire.
//!
//! The same are: methods; scheme, host and port without case and default ports; path and query, byte by byte; the
//! header fields that the request itself sets, in any order, and twice where there are two; bodies byte by byte, as
//! values where both are JSON, and part by part where both are multipart form data.

mod body;
mod headers;

use std::fmt;

use serde::Serialize;

use super::deliberate::{self, Deliberate};
use super::url::{origin, target};
use super::{Line, Part};
use crate::document::secret;

pub(super) use body::{json_value, same_json};

/// What a comparison comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The same on the wire, or refused by both.
    Identical,
    /// The same but for placeholders of a converter, in whose place the client has values of their types.
    StandIns,
    /// Everything that differs does so deliberately, for these reasons.
    Deliberate(Vec<&'static Deliberate>),
    /// Something differs for no known reason: all of what differs.
    Different(Vec<Difference>),
}

/// A part of a request that differs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Difference {
    /// Which part.
    pub field: Field,
    /// What is expected, or where it begins to differ.
    pub expected: String,
    /// What there is.
    pub actual: String,
}

/// A part of a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Whether it is sent at all.
    Error,
    /// The method.
    Method,
    /// Scheme, host and port.
    Origin,
    /// Path and query.
    Url,
    /// The header fields.
    Headers,
    /// The body.
    Body,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Field::Error => "error",
            Field::Method => "method",
            Field::Origin => "origin",
            Field::Url => "URL",
            Field::Headers => "headers",
            Field::Body => "body",
        })
    }
}

/// Compares a request with what is expected of it.
#[must_use]
pub fn compare(expected: &Line, actual: &Line) -> Verdict {
    let differences = differences(expected, actual);
    if differences.is_empty() {
        return Verdict::Identical;
    }
    let reasons = differences.iter();
    let reasons = reasons.map(|difference| deliberate::reasons(difference.field, expected, actual));
    match reasons.collect::<Option<Vec<_>>>() {
        Some(reasons) => {
            let mut reasons = reasons.concat();
            reasons.retain(|reason| !deliberate::is_stand_in(reason));
            reasons.sort_unstable();
            reasons.dedup();
            if reasons.is_empty() {
                Verdict::StandIns
            } else {
                Verdict::Deliberate(reasons)
            }
        }
        None => Verdict::Different(differences),
    }
}

/// What differs, deliberately or not.
pub(super) fn differences(a: &Line, b: &Line) -> Vec<Difference> {
    match (&a.error, &b.error) {
        (Some(_), Some(_)) => return Vec::new(),
        (None, None) => {}
        (expected, actual) => {
            let text = |error: &Option<String>| {
                let refused = error.as_ref().map(|error| format!("refused: {error}"));
                refused.unwrap_or_else(|| "sent".to_owned())
            };
            return vec![of(Field::Error, &text(expected), &text(actual))];
        }
    }
    let mut found = Vec::new();
    if a.method != b.method {
        found.push(of(Field::Method, &a.method, &b.method));
    }
    let texts = |found: &mut Vec<Difference>, field, a: &str, b: &str| {
        if a != b {
            let (a, b) = excerpts(a, b);
            found.push(of(field, &a, &b));
        }
    };
    texts(&mut found, Field::Origin, &origin(&a.url), &origin(&b.url));
    texts(&mut found, Field::Url, &target(&a.url), &target(&b.url));
    found.extend(headers_differ(a, b));
    found.extend(body_differs(a, b));
    found
}

fn of(field: Field, expected: &str, actual: &str) -> Difference {
    Difference {
        field,
        expected: expected.to_owned(),
        actual: actual.to_owned(),
    }
}

/// The header fields that one side has and the other has not.
pub(super) fn unpaired(a: &Line, b: &Line) -> (Vec<headers::Header>, Vec<headers::Header>) {
    headers::unpaired(a, b, a.multipart.is_some() && b.multipart.is_some())
}

fn headers_differ(a: &Line, b: &Line) -> Option<Difference> {
    let (missing, extra) = unpaired(a, b);
    let text = |headers: Vec<headers::Header>| {
        let lines = headers.into_iter().map(|(name, value)| {
            let is_secret = name == "authorization" || secret::is_secret(&name, &value);
            let shown = if is_secret { "…" } else { &value };
            format!("{name}: {shown}")
        });
        lines.collect::<Vec<_>>().join(", ")
    };
    let differs = !missing.is_empty() || !extra.is_empty();
    differs.then(|| of(Field::Headers, &text(missing), &text(extra)))
}

fn body_differs(a: &Line, b: &Line) -> Option<Difference> {
    match (&a.multipart, &b.multipart) {
        (None, None) if body::same(a, b) => None,
        (None, None) => {
            let (a, b) = (a.bytes(), b.bytes());
            let (a, b) = excerpts(&String::from_utf8_lossy(&a), &String::from_utf8_lossy(&b));
            Some(of(Field::Body, &a, &b))
        }
        (Some(a), Some(b)) => {
            let index = (0..a.len().max(b.len())).find(|index| a.get(*index) != b.get(*index))?;
            let text = |parts: &[Part]| {
                let part = parts
                    .get(index)
                    .map(|part| serde_json::json!(part).to_string());
                part.unwrap_or_else(|| "no such part".to_owned())
            };
            let (a, b) = excerpts(&text(a), &text(b));
            let place = |text: &str| format!("part {index}: {text}");
            Some(of(Field::Body, &place(&a), &place(&b)))
        }
        (a, b) => {
            let text = |has_parts: bool| {
                if has_parts {
                    "multipart"
                } else {
                    "not multipart"
                }
            };
            Some(of(Field::Body, text(a.is_some()), text(b.is_some())))
        }
    }
}

/// How much is shown before the place where two texts begin to differ, and from there on.
const SHOWN: (usize, usize) = (40, 80);

/// Two texts from shortly before the place where they begin to differ.
pub(super) fn excerpts(a: &str, b: &str) -> (String, String) {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let start = common.saturating_sub(SHOWN.0);
    let excerpt = |text: &str| {
        let mut chars = text.chars().skip(start);
        let shown: String = chars.by_ref().take(common - start + SHOWN.1).collect();
        let before = if start > 0 { "…" } else { "" };
        let after = if chars.next().is_some() { "…" } else { "" };
        format!("{before}{}{after}", secret::redact(&shown))
    };
    (excerpt(a), excerpt(b))
}

#[cfg(test)]
mod tests;
