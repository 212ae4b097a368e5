//! What a program may see of each exchange.

use std::time::Duration;

use http::{HeaderMap, Request, StatusCode};

use super::body::Body;
use super::transport_error::TransportError;

/// Is told of every exchange, before and after it: for logs, metrics and tests.
///
/// Nothing is done by default. For spans of `tracing`, turn on the feature of that name instead.
pub trait Watch: Send + Sync {
    /// A request is about to be sent. It is signed already: a change is sent as it is.
    fn before(&self, request: &mut Request<Body>) {
        let _ = request;
    }

    /// A request was answered, or was not.
    fn after(&self, exchange: &Exchange<'_>) {
        let _ = exchange;
    }
}

/// A request that was sent, and what came of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The method.
    pub method: &'static str,
    /// The path with names instead of values.
    pub path: &'static str,
    /// How often the request was sent, this time included.
    pub attempt: u32,
    /// How long it took until the head of the reply was there.
    pub duration: Duration,
    /// The status and headers of the reply, or why there is none.
    pub outcome: Result<(StatusCode, &'a HeaderMap), &'a TransportError>,
}
