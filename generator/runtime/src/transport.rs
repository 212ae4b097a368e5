//! What both clients share: between this crate's types and those of `reqwest`.

use std::io;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, Uri};

use super::error::{RequestError, SendError, TransportError};

/// The URL for `reqwest`, if that would send the same host, path and query.
///
/// Its URL type resolves dot segments and encodes further characters. What it would change is
/// refused, because another URL is another request.
pub(super) fn url(uri: &Uri) -> Result<reqwest::Url, RequestError> {
    let same = |url: &reqwest::Url| {
        let host = url.host_str().zip(uri.host());
        host.is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
            && url.path() == uri.path()
            && url.query() == uri.query()
    };
    let url = reqwest::Url::parse(&uri.to_string()).ok().filter(same);
    url.ok_or_else(|| RequestError::Target {
        path: uri.path().to_owned(),
    })
}

/// An error without the URL, which may hold an API key.
pub(super) fn error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (timeout, connect) = (error.is_timeout(), error.is_connect());
    TransportError::new(error).timeout(timeout).connect(connect)
}

/// The status and headers of a reply, whose body is still to come.
pub(super) fn head(status: StatusCode, headers: HeaderMap) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The error for a reply that broke off; what there is of it is kept.
pub(super) fn broken_off(error: TransportError, response: Response<Vec<u8>>) -> SendError {
    error.after(response.map(Bytes::from).into()).into()
}

/// The error for a file that cannot be opened.
pub(super) fn unopened(error: io::Error) -> SendError {
    RequestError::Open(error).into()
}
