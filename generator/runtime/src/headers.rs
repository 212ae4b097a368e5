//! Header fields of a request.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::encode;
use super::values::Values;

use http::header::COOKIE;

use super::json::{self, Encode};
use super::request_error::RequestError;
use super::style::{In, Style};

/// The header fields of a request, in the order in which they are added. Names may repeat.
///
/// A value is sent as Latin-1, as Postman does: one byte for each character up to U+00FF. A
/// control character other than tab, and any character above U+00FF, makes the request fail with
/// [`RequestError::HeaderValue`] before anything is sent; so a value cannot add a header.
///
/// What belongs to the connection or the transport is ignored: `Host`, `Connection`, `Content-Length`,
/// `Transfer-Encoding`, `Accept-Encoding` and their like, and names that begin with `:`, as browsers show them.
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

    /// Appends a header whose value is JSON, unless it is absent.
    pub fn json(&mut self, name: &'static str, value: &dyn Encode) {
        if !value.is_absent() {
            self.append(name, &json::to_string(value));
        }
    }

    /// Appends a list, an object or a plain value in a style of OpenAPI. Nothing is percent-encoded.
    pub fn styled(&mut self, name: &'static str, style: Style, value: &dyn Encode) {
        match style.write(name, value, In::Header) {
            Ok(None) => {}
            Ok(Some(text)) => self.append(name, &text),
            Err(problem) => self.fail(RequestError::Parameter { name, problem }),
        }
    }

    /// Adds a cookie to those that the request has (RFC 6265, section 4.2.1), a list or an object in a style of OpenAPI.
    ///
    /// A `;` that is not encoded would begin another cookie, and is refused.
    pub fn cookie(&mut self, name: &'static str, style: Style, value: &dyn Encode) {
        let text = match style.write(name, value, In::Cookie) {
            Ok(None) => return,
            Ok(Some(text)) => text,
            Err(problem) => return self.fail(RequestError::Parameter { name, problem }),
        };
        if text.split("; ").any(|pair| pair.contains(';')) {
            let problem = "has a `;`, which no cookie can hold";
            return self.fail(RequestError::Parameter { name, problem });
        }
        self.append("cookie", &text);
    }

    fn append(&mut self, name: &'static str, text: &str) {
        if name.starts_with(':') {
            return;
        }
        match (HeaderName::from_bytes(name.as_bytes()), value(text)) {
            (Err(_), _) => self.fail(RequestError::HeaderName { name }),
            (_, None) => self.fail(RequestError::HeaderValue { name: name.into() }),
            (Ok(header), Some(value)) if header == COOKIE => self.append_cookies(&value),
            (Ok(header), Some(value)) => {
                if self.map.try_append(header, value).is_err() {
                    self.fail(RequestError::HeaderValue { name: name.into() });
                }
            }
        }
    }

    /// Adds to the cookies that there are: a request has one such field (RFC 6265, section 5.4).
    fn append_cookies(&mut self, cookies: &HeaderValue) {
        let own = self.map.get(COOKIE).map(HeaderValue::as_bytes);
        let own = own.filter(|own| !own.is_empty());
        let all = own.into_iter().chain([cookies.as_bytes()]);
        let all = all.collect::<Vec<_>>().join(&b"; "[..]);
        match HeaderValue::from_bytes(&all) {
            Ok(all) => drop(self.map.insert(COOKIE, all)),
            Err(_) => self.fail(RequestError::HeaderValue {
                name: "cookie".into(),
            }),
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
