//! Requests that Postman sends and the client refuses.

use super::super::Line;
use super::super::compare::json_value;
use super::super::url::{split, target};
use super::{Deliberate, HOST_NAME, JSON_BROKEN, PATH_DOTS};

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
        (
            error.ends_with("is not a URL") && has_no_host_name(expected),
            &HOST_NAME,
        ),
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

/// Whether Postman sends a request to a host that cannot be looked up (RFC 3986, section 3.2.2).
fn has_no_host_name(expected: &Line) -> bool {
    let (_, host, _) = split(&expected.url).unwrap_or_default();
    host.contains(['<', '>', '{', '}', '|', '^', '`', '"', ' '])
}

/// Whether Postman sends a body that looks like JSON and is none, not even with comments.
fn has_broken_json(expected: &Line) -> bool {
    let body = expected.body.as_deref().unwrap_or_default();
    body.trim_start().starts_with(['{', '[']) && json_value(body).is_none()
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
