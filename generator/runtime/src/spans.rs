//! Spans of `tracing`: one for each call.

use std::time::Duration;

use http::Response;
use tracing::{Span, field};

use super::reply;
use super::transport_error::SendError;

/// The span of a call. It knows its method and its path with names instead of values, and nothing that the user gave.
pub(super) fn of_call(method: &'static str, path: &'static str) -> Span {
    tracing::info_span!(
        "call",
        http.method = method,
        http.route = path,
        http.status = field::Empty,
        attempts = field::Empty,
        duration_ms = field::Empty,
        request_id = field::Empty,
        error = field::Empty,
    )
}

/// Says how a call ended: its status, how often its request was sent, how long it took until the head of its reply, and how
/// the API calls it.
pub(super) fn end<B>(
    span: &Span,
    outcome: Result<&Response<B>, &SendError>,
    attempts: u32,
    duration: Duration,
) {
    span.record("attempts", attempts);
    span.record(
        "duration_ms",
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX),
    );
    match outcome {
        Ok(response) => {
            span.record("http.status", response.status().as_u16());
            if let Some(id) = reply::request_id(response.headers()) {
                span.record("request_id", id);
            }
        }
        Err(error) => {
            span.record("error", field::display(error));
        }
    }
}
