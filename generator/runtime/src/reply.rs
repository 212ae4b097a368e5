//! What the server answered.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Method, StatusCode};

use super::charset;
use super::json::{self, Json};
use super::media_type;
use super::secret;

/// A whole reply: status, headers, body.
///
/// Its text forms show the status and the beginning of the body, without the values of secrets, and not the headers,
/// which may hold cookies.
#[derive(Clone)]
pub struct Reply {
    // One pointer wide, so that the errors that hold a reply stay small.
    response: Box<http::Response<Bytes>>,
}

/// What was sent for a reply, without secrets: what an error says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// Scheme, host, port and path, without the query, which may hold an API key.
    pub url: String,
    /// How often the request was sent.
    pub attempts: u32,
}

/// The headers in which APIs say how they call a request, for their support.
const REQUEST_IDS: &[&str] = &[
    "x-zm-trackingid",
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-ms-request-id",
    "x-trace-id",
];

impl Reply {
    /// How much of a body the text forms show, in characters.
    const SHOWN: usize = 200;

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The text of a header; nothing if it is absent or not ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// The value of a header; nothing if it is absent, or no such value.
    #[must_use]
    pub fn header_as<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.header(name)?.trim().parse().ok()
    }

    /// The elements of a header that is a list with commas (OpenAPI, style `simple`), of all fields of that name.
    #[must_use]
    pub fn header_list(&self, name: &str) -> Vec<String> {
        let fields = self.headers().get_all(name).into_iter();
        let texts = fields.filter_map(|field| field.to_str().ok());
        let elements = texts.flat_map(|text| text.split(','));
        elements.map(|element| element.trim().to_owned()).collect()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }

    /// The body as text: by its byte order mark, else by the `charset` of its `Content-Type`, else by what an XML or
    /// HTML document says of itself, else as UTF-8. What is not of that character set is replaced by U+FFFD.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        charset::decode_lossy(self.headers(), self.body())
    }

    /// Whether the status is one of 200 to 299.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status().is_success()
    }

    /// Whether there is no body, or a blank one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.body().trim_ascii().is_empty()
    }

    /// The body alone.
    #[must_use]
    pub fn into_body(self) -> Bytes {
        self.response.into_body()
    }

    /// How the API calls this request, for its support: `x-request-id`, Zoom's `x-zm-trackingid` and their like.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// What was sent for it, as far as a client of this crate sent it and an error says so.
    #[must_use]
    pub fn sent(&self) -> Option<&Sent> {
        self.response.extensions().get()
    }

    #[cfg(feature = "transport")]
    pub(super) fn set_sent(&mut self, sent: Sent) {
        self.response.extensions_mut().insert(sent);
    }

    /// Whether the API's own error code is this one: the member `code` of a body that is a JSON
    /// object, if that is a text or a number.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.code().is_some_and(|own| own == code)
    }

    /// The API's own error code: the member `code` of a body that is a JSON object, else `errorCode`, `error_code` or
    /// `error`, if that is a text or a number, itself or inside of the member `error`.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        self.said(&["code", "errorCode", "error_code", "error"])
    }

    /// What the API says about an error in words: the member `message` of a body that is a JSON object, else
    /// `error_description`, `detail` (RFC 9457), `reason`, `title` or `error`, if that is a text, itself or inside of
    /// the member `error`.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let names = [
            "message",
            "error_description",
            "detail",
            "reason",
            "title",
            "error",
        ];
        self.said(&names)
    }

    /// The first of these members that is a text or a number.
    fn said(&self, names: &[&str]) -> Option<String> {
        let body: Json = json::from_slice(self.body()).ok()?;
        let within = body.get("error").unwrap_or(&Json::Null);
        let found = |object: &Json| {
            names.iter().find_map(|name| match object.get(name)? {
                Json::Text(text) => Some(text.clone()),
                Json::Number(number) => Some(number.to_string()),
                _ => None,
            })
        };
        found(&body).or_else(|| found(within))
    }

    /// Whether the body is a JSON object that says that something went wrong, whatever the status.
    pub(super) fn tells_error(&self) -> bool {
        let Ok(body) = json::from_slice::<Json>(self.body()) else {
            return false;
        };
        let is_said = |name: &&str| match body.get(name) {
            None | Some(Json::Null | Json::Boolean(false)) => false,
            Some(Json::Array(errors)) => !errors.is_empty(),
            Some(Json::Text(code)) => !is_fine(code),
            Some(Json::Number(code)) => !is_fine(&code.to_string()),
            Some(_) => true,
        };
        ["code", "error", "errors", "errorCode", "error_code"]
            .iter()
            .any(is_said)
    }

    /// Whether the body is a page of HTML.
    pub(super) fn is_page(&self) -> bool {
        let begins = |word: &str| {
            let start = self.body().trim_ascii_start().get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
        };
        let is_said = self
            .media_type()
            .is_some_and(|said| media_type::essence(said) == "text/html");
        is_said
            || ["<!doctype html", "<html", "<head", "<body", "<h1"]
                .into_iter()
                .any(begins)
    }

    /// The coding of the body, if it is still coded (RFC 9110, section 8.4).
    pub(super) fn coding(&self) -> Option<&str> {
        let coding = self.headers().get(CONTENT_ENCODING)?.to_str().ok()?.trim();
        let is_coded = !coding.is_empty() && !coding.eq_ignore_ascii_case("identity");
        is_coded.then_some(coding)
    }

    /// The `Content-Type`.
    pub(super) fn media_type(&self) -> Option<&str> {
        self.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The same reply with another status.
    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        *self.response.status_mut() = status;
        self
    }
}

/// How the API calls a request.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let text = |name: &&str| headers.get(*name)?.to_str().ok();
    REQUEST_IDS.iter().find_map(text)
}

/// Whether a code says that nothing went wrong.
fn is_fine(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    matches!(
        code.as_str(),
        "" | "0" | "200" | "201" | "ok" | "success" | "none"
    )
}

impl From<http::Response<Bytes>> for Reply {
    fn from(response: http::Response<Bytes>) -> Self {
        Self {
            response: Box::new(response),
        }
    }
}

impl From<Reply> for http::Response<Bytes> {
    fn from(reply: Reply) -> Self {
        *reply.response
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status();
        if let Some(coding) = self.coding() {
            return write!(f, "{status}: {} bytes in {coding}", self.body().len());
        }
        let text = secret::quotable(&self.text());
        let shown = match text.char_indices().nth(Self::SHOWN) {
            Some((end, _)) => &text[..end],
            None => &text[..],
        };
        match (shown.is_empty(), shown.len() < text.len()) {
            (true, _) => write!(f, "{status}"),
            (_, true) => write!(f, "{status}: {shown}…"),
            (_, false) => write!(f, "{status}: {shown}"),
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({self})")
    }
}
