//! Requests that Postman sends and the client refuses.

use super::super::Line;
use super::super::compare::{json_value, target};
use super::{Deliberate, JSON_BROKEN, PATH_DOTS, PLACEHOLDER};
use crate::json::{self, Node};

/// How the client says that a path value would change which resource is meant.
const REFUSAL: &str = "which would reach another resource";

/// Why the client refuses a request that Postman sends.
pub(super) fn reason(expected: &Line, actual: &Line) -> Option<&'static Deliberate> {
    let error = actual
        .error
        .as_deref()
        .filter(|_| expected.error.is_none())?;
    let reasons = [
        (error.contains(REFUSAL) && has_dots(expected), &PATH_DOTS),
        (
            error.contains("is no JSON") && has_broken_json(expected),
            &JSON_BROKEN,
        ),
        (is_placeholder(expected, error), &PLACEHOLDER),
    ];
    let mut true_ones = reasons.into_iter().filter(|(is_so, _)| *is_so);
    true_ones.next().map(|(_, reason)| reason)
}

/// Whether Postman sends a path with such a segment.
fn has_dots(expected: &Line) -> bool {
    let target = target(&expected.url);
    let path = target.split('?').next().unwrap_or(&target);
    // The first element stands before the first slash.
    let mut segments = path.split('/').skip(1);
    segments.any(|segment| matches!(segment, "" | "." | ".."))
}

/// Whether Postman sends a body that looks like JSON and is none, not even with comments.
fn has_broken_json(expected: &Line) -> bool {
    let body = expected.body.as_deref().unwrap_or_default();
    body.trim_start().starts_with(['{', '[']) && json_value(body).is_none()
}

/// Whether the client refuses a text between `<` and `>` that is no value of its type, and Postman sends that text.
fn is_placeholder(expected: &Line, error: &str) -> bool {
    let of_body = || {
        let (place, found) = error.split_once(": expected ")?;
        let wanted = ["a boolean", "a whole number", "a number"];
        let is_kind = wanted
            .iter()
            .any(|kind| found.starts_with(&format!("{kind}, found a string")));
        let pointer = place.rsplit(' ').next().filter(|_| is_kind)?;
        let body = json::read_template(expected.body.as_deref()?).ok()?;
        Some(at(&body, pointer)?.as_str()?.to_owned())
    };
    let of_field = || {
        let (before, _) = error.split_once("` is no ")?;
        let (_, value) = before.rsplit_once('`')?;
        let encoded = crate::encode::path(value);
        let sent = [Some(&expected.url), expected.body.as_ref()];
        let is_sent = sent
            .into_iter()
            .flatten()
            .any(|text| text.contains(&encoded) || text.contains(value));
        is_sent.then(|| value.to_owned())
    };
    let is_stand_in = |text: String| {
        let name = text
            .strip_prefix('<')
            .and_then(|text| text.strip_suffix('>'));
        name.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    of_body().or_else(of_field).is_some_and(is_stand_in)
}

/// The value at a pointer (RFC 6901).
fn at<'n, 'a>(node: &'n Node<'a>, pointer: &str) -> Option<&'n Node<'a>> {
    pointer.split('/').skip(1).try_fold(node, |node, step| {
        let name = step.replace("~1", "/").replace("~0", "~");
        let element = || node.elements().get(step.parse::<usize>().ok()?);
        node.get(&name).or_else(element)
    })
}

#[cfg(test)]
mod tests {
    use super::REFUSAL;

    #[test]
    fn the_client_says_it_so() {
        let error = letterpress_client::RequestError::PathValue {
            name: "id",
            value: String::new(),
        };
        assert!(error.to_string().contains(REFUSAL), "{error}");
    }
}
