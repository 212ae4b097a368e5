//! What signatures read of a request, and write into it.

use bytes::Bytes;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::super::body::Body;
use super::super::headers;
use super::super::request_error::RequestError;

/// Sets `Authorization`.
pub(super) fn authorize(request: &mut http::Request<Body>, text: &str) -> Result<(), RequestError> {
    let value = sensitive(text, "authorization")?;
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(())
}

/// The value of a header that is not shown.
pub(super) fn sensitive(text: &str, name: &'static str) -> Result<HeaderValue, RequestError> {
    let mut value = headers::value(text).ok_or(RequestError::HeaderValue { name: name.into() })?;
    value.set_sensitive(true);
    Ok(value)
}

/// The bytes of a body of which a signature says something.
pub(super) fn content(body: &Body) -> Result<Bytes, RequestError> {
    body.in_memory().ok_or(RequestError::SignedBody)
}

/// Path and query as they are sent.
pub(super) fn target(uri: &http::Uri) -> &str {
    uri.path_and_query().map_or("/", |target| target.as_str())
}
