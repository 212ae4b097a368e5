//! What the server answered.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::endpoint::ErrorCode;
use super::error::{CallError, DecodeError};
use super::json::{self, Decode, Json};

/// A whole reply: status, headers, body.
///
/// Its text forms show the status and the beginning of the body, not the headers, which may hold
/// cookies.
#[derive(Clone)]
pub struct Reply {
    // One pointer wide, so that the errors that hold a reply stay small.
    response: Box<http::Response<Bytes>>,
}

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

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }

    /// The body as text. What is not UTF-8 is replaced by U+FFFD.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.body())
    }

    /// Whether the status is one of 200 to 299.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status().is_success()
    }

    /// The body alone.
    #[must_use]
    pub fn into_body(self) -> Bytes {
        self.response.into_body()
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// [`CallError::Decode`]: the body is not UTF-8.
    pub fn string<F>(self) -> Result<String, CallError<F>> {
        match std::str::from_utf8(self.body()) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(self.misfit(json::Error::new("the text is not UTF-8"))),
        }
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// [`CallError::Decode`]: the body is no JSON or does not fit.
    #[inline]
    pub fn json<T: Decode + Default, F>(self) -> Result<T, CallError<F>> {
        match json::from_slice(self.body()) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.misfit(error)),
        }
    }

    /// The body as JSON; nothing if it is empty or blank.
    ///
    /// # Errors
    ///
    /// As [`json`](Reply::json).
    #[inline]
    pub fn json_if_any<T: Decode + Default, F>(self) -> Result<Option<T>, CallError<F>> {
        if self.body().trim_ascii().is_empty() {
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// Whether the API's own error code is this one: the member `code` of a body that is a JSON
    /// object, if that is a text or a number.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.code().is_some_and(|own| own == code)
    }

    /// The API's own error code.
    fn code(&self) -> Option<String> {
        let body: Coded = json::from_slice(self.body()).ok()?;
        match body.code? {
            Json::Text(code) => Some(code),
            Json::Number(code) => Some(code.to_string()),
            _ => None,
        }
    }

    /// The error that this reply is, as the API documents it with a body in JSON.
    ///
    /// If the body does not fit, it is [`CallError::Decode`].
    #[inline]
    pub fn json_failure<T: Decode + Default, F>(
        self,
        failure: impl FnOnce(T) -> F,
    ) -> CallError<F> {
        match json::from_slice(self.body()) {
            Ok(body) => self.failure(failure(body)),
            Err(error) => self.misfit(error),
        }
    }

    /// As [`json_failure`](Reply::json_failure); nothing is read if the body is empty or blank.
    #[inline]
    pub fn json_failure_if_any<T: Decode + Default, F>(
        self,
        failure: impl FnOnce(Option<T>) -> F,
    ) -> CallError<F> {
        if self.body().trim_ascii().is_empty() {
            return self.failure(failure(None));
        }
        self.json_failure(|body| failure(Some(body)))
    }

    /// The error that this reply is, as the API documents it with a body that is text.
    ///
    /// What is not UTF-8 is replaced by U+FFFD.
    #[inline]
    pub fn text_failure<F>(self, failure: impl FnOnce(String) -> F) -> CallError<F> {
        let text = self.text().into_owned();
        self.failure(failure(text))
    }

    /// The error that this reply is, because its body is not what the API documents.
    #[cold]
    fn misfit<F>(self, error: json::Error) -> CallError<F> {
        CallError::Decode(DecodeError::new(error, self))
    }

    /// The error that this reply is, as the API documents it.
    #[must_use]
    pub fn failure<F>(self, failure: F) -> CallError<F> {
        CallError::Api(ApiError {
            failure,
            reply: self,
            codes: &[],
        })
    }

    /// The error that this reply is, because the API does not document it.
    #[must_use]
    pub fn undocumented<F>(self) -> CallError<F> {
        CallError::Undocumented(self)
    }
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
        let text = self.text();
        let shown = match text.char_indices().nth(Self::SHOWN) {
            Some((end, _)) => &text[..end],
            None => &text[..],
        };
        let status = self.status();
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

/// A body as far as [`Reply::code`] reads it.
#[derive(Default)]
struct Coded {
    code: Option<Json>,
}
super::record! { Coded { code } }

/// A failure that the API documents, with the reply that tells it.
#[derive(Clone, Debug)]
pub struct ApiError<F> {
    failure: F,
    reply: Reply,
    codes: &'static [ErrorCode],
}

impl<F> ApiError<F> {
    /// Which of the documented failures it is.
    pub fn failure(&self) -> &F {
        &self.failure
    }

    /// The reply.
    #[must_use]
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The API's own error code: the member `code` of a body that is a JSON object, if that is
    /// a text or a number.
    #[must_use]
    pub fn code(&self) -> Option<Cow<'_, str>> {
        self.reply.code().map(Cow::Owned)
    }

    /// What the API documents about this code: the entry of [`Endpoint::ERROR_CODES`] with this
    /// status and code, else one with this code and no status, else the first with this code.
    ///
    /// [`Endpoint::ERROR_CODES`]: super::Endpoint::ERROR_CODES
    #[must_use]
    pub fn documented(&self) -> Option<&'static ErrorCode> {
        let code = self.code()?;
        let status = self.reply.status().as_u16();
        let same_code = || self.codes.iter().filter(|entry| entry.code == code);
        let of = |status| same_code().find(|entry| entry.status == status);
        of(Some(status))
            .or_else(|| of(None))
            .or_else(|| same_code().next())
    }

    /// The reply alone.
    #[must_use]
    pub fn into_reply(self) -> Reply {
        self.reply
    }

    pub(super) fn with_codes(self, codes: &'static [ErrorCode]) -> Self {
        Self { codes, ..self }
    }
}

impl<F> fmt::Display for ApiError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.documented() {
            Some(ErrorCode { code, message, .. }) => {
                write!(f, "{}, code {code}: {message}", self.reply.status())
            }
            None => self.reply.fmt(f),
        }
    }
}

impl<F: fmt::Debug> Error for ApiError<F> {}
