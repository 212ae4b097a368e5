//! Requests that Postman sends and the client refuses.

use super::super::Line;
use super::super::compare::target;

/// How the client says that a path value would change which resource is meant.
const REFUSAL: &str = "which would reach another resource";

/// Whether the client refuses a path value, and Postman sends a path that has such a segment.
pub(super) fn is_path_value(expected: &Line, actual: &Line) -> bool {
    let is_refused = actual
        .error
        .as_ref()
        .is_some_and(|error| error.contains(REFUSAL));
    let target = target(&expected.url);
    let path = target.split('?').next().unwrap_or(&target);
    // The first element stands before the first slash.
    let mut segments = path.split('/').skip(1);
    is_refused && segments.any(|segment| matches!(segment, "" | "." | ".."))
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
