//! Header fields of a request.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::encode;
use super::error::RequestError;
use super::values::Values;

/// The header fields of a request, in the order in which they are added. Names may repeat.
///
/// A value is sent as Latin-1, as Postman does: one byte for each character up to U+00FF. A
/// control character other than tab, and any character above U+00FF, makes the request fail with
/// [`RequestError::HeaderValue`] before anything is sent; so a value cannot add a header.
///
/// `Content-Length` and `Transfer-Encoding` are ignored: they belong to the transport, which
/// knows how long the body is.
#[derive(Debug, Default)]
pub struct Headers {
    map: HeaderMap,
    error: Option<RequestError>,
}

impl Headers {
    /// Appends a header whose value is always the same.
    pub fn text(&mut self, name: &'static str, value: &'static str) {
        self.append(name, value);
    }

    /// Appends a header for each value.
    pub fn value(&mut self, name: &'static str, values: &dyn Values) {
        values.each(&mut |value| self.append(name, &encode::text(value)));
    }

    fn append(&mut self, name: &'static str, text: &str) {
        match (HeaderName::from_bytes(name.as_bytes()), value(text)) {
            (Err(_), _) => self.fail(RequestError::HeaderName { name }),
            (_, None) => self.fail(RequestError::HeaderValue { name: name.into() }),
            (Ok(header), Some(value)) => {
                if self.map.try_append(header, value).is_err() {
                    self.fail(RequestError::HeaderValue { name: name.into() });
                }
            }
        }
    }

    /// Keeps the first error.
    fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }

    /// All headers, or the first error.
    pub(super) fn finish(self) -> Result<HeaderMap, RequestError> {
        self.error.map_or(Ok(self.map), Err)
    }
}

/// `text` as Latin-1; nothing if a header cannot hold it.
pub(super) fn value(text: &str) -> Option<HeaderValue> {
    let latin1: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(c).ok())
        .collect::<Option<_>>()?;
    HeaderValue::from_bytes(&latin1).ok()
}
