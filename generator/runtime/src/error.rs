//! What can go wrong with a call.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use http::StatusCode;

use super::error_code::ErrorCode;
use super::json;
use super::reply::{Reply, Sent};
use super::request_error::RequestError;
use super::transport_error::{SendError, TransportError};

/// The body of a reply is not what the API documents. The reply is kept.
///
/// ```
/// use letterpress_client::json::Map;
/// use letterpress_client::{CallError, Reply};
///
/// let reply = Reply::from(http::Response::new(r#"{"ids": 7}"#.into()));
/// match reply.json::<Map<Vec<i64>>, ()>() {
///     Err(CallError::Decode(error)) => {
///         assert_eq!(error.json().path(), "/ids");
///         assert_eq!(error.reply().text(), r#"{"ids": 7}"#);
///     }
///     other => panic!("{other:?}"),
/// }
/// ```
#[derive(Clone, Debug)]
pub struct DecodeError {
    json: json::Error,
    reply: Reply,
}

impl DecodeError {
    pub(super) fn new(json: json::Error, reply: Reply) -> Self {
        Self { json, reply }
    }

    /// What does not fit, and where.
    #[must_use]
    pub fn json(&self) -> &json::Error {
        &self.json
    }

    /// The reply.
    #[must_use]
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The reply alone.
    #[must_use]
    pub fn into_reply(self) -> Reply {
        self.reply
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.reply.status();
        write!(f, "{status}, and the body does not fit: {}", self.json)
    }
}

impl Error for DecodeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.json)
    }
}

/// Why a call has no result. `F` is the endpoint's [`Failure`](super::Endpoint::Failure).
///
/// Once there is a reply it is never lost: [`reply`](CallError::reply) gives it.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<F> {
    /// The request could not be made. Nothing was sent.
    Request(RequestError),

    /// The exchange with the server failed.
    Transport(TransportError),

    /// The API answered with a failure that it documents.
    Api(ApiError<F>),

    /// The API answered with a status that it documents and a body that does not fit.
    Decode(DecodeError),

    /// The API answered with something it does not document, such as another status.
    Undocumented(Reply),
}

impl<F> CallError<F> {
    /// The reply, if there is one. A reply that broke off is given as far as it came.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            CallError::Request(_) => None,
            CallError::Transport(error) => error.reply(),
            CallError::Api(error) => Some(error.reply()),
            CallError::Decode(error) => Some(error.reply()),
            CallError::Undocumented(reply) => Some(reply),
        }
    }

    /// The status of the reply, if there is one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(Reply::status)
    }

    /// The documented failure, if it is one.
    #[must_use]
    pub fn failure(&self) -> Option<&F> {
        match self {
            CallError::Api(error) => Some(error.failure()),
            _ => None,
        }
    }

    /// The API's own error code; see [`Reply::code`].
    #[must_use]
    pub fn code(&self) -> Option<String> {
        self.reply()?.code()
    }

    /// What the API says about the error in words; see [`Reply::message`].
    #[must_use]
    pub fn message(&self) -> Option<String> {
        self.reply()?.message()
    }

    /// How the API calls this request, for its support; see [`Reply::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.reply()?.request_id()
    }

    /// The place in the JSON of the body that is not as documented, as a JSON pointer (RFC 6901).
    #[must_use]
    pub fn json_path(&self) -> Option<String> {
        match self {
            CallError::Decode(error) => Some(error.json().path()),
            CallError::Api(error) => error.decode_error().map(json::Error::path),
            _ => None,
        }
    }

    /// What was sent, without secrets, as far as a client of this crate sent it.
    #[must_use]
    pub fn sent(&self) -> Option<&Sent> {
        match self {
            CallError::Transport(error) => error.sent(),
            other => other.reply()?.sent(),
        }
    }

    /// Whether the same call may succeed a little later: the server did not answer, is overloaded (429, 503), or
    /// something between here and there failed (408, 502, 504). It says nothing about whether the request may be sent
    /// twice; see [`Endpoint::METHOD`](super::Endpoint::METHOD).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            CallError::Transport(_) => true,
            other => other
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 408 | 429 | 502..=504)),
        }
    }

    /// The same error, which knows what was sent.
    #[cfg(feature = "transport")]
    pub(super) fn with_sent(mut self, sent: Sent) -> Self {
        match &mut self {
            CallError::Request(_) => {}
            CallError::Transport(error) => error.set_sent(sent),
            CallError::Api(error) => error.reply.set_sent(sent),
            CallError::Decode(error) => error.reply.set_sent(sent),
            CallError::Undocumented(reply) => reply.set_sent(sent),
        }
        self
    }

    /// The same error; a documented failure knows its endpoint's codes from here on.
    pub(super) fn with_codes(self, codes: &'static [ErrorCode]) -> Self {
        match self {
            CallError::Api(error) => CallError::Api(error.with_codes(codes)),
            other => other,
        }
    }
}

impl<F> fmt::Display for CallError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Request(error) => error.fmt(f),
            CallError::Transport(error) => error.fmt(f),
            CallError::Api(error) => error.fmt(f),
            CallError::Decode(error) => error.fmt(f),
            CallError::Undocumented(reply) => write!(f, "undocumented reply: {reply}"),
        }
    }
}

impl<F: fmt::Debug> Error for CallError<F> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            CallError::Request(error) => error.source(),
            CallError::Transport(error) => error.source(),
            CallError::Decode(error) => error.source(),
            CallError::Api(_) | CallError::Undocumented(_) => None,
        }
    }
}

impl<F> From<RequestError> for CallError<F> {
    fn from(error: RequestError) -> Self {
        CallError::Request(error)
    }
}

impl<F> From<TransportError> for CallError<F> {
    fn from(error: TransportError) -> Self {
        CallError::Transport(error)
    }
}

impl<F> From<SendError> for CallError<F> {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Request(error) => CallError::Request(error),
            SendError::Transport(error) => CallError::Transport(error),
        }
    }
}

/// A failure that the API documents, with the reply that tells it.
#[derive(Clone, Debug)]
pub struct ApiError<F> {
    failure: F,
    reply: Reply,
    codes: &'static [ErrorCode],
    decode_error: Option<json::Error>,
}

impl<F> ApiError<F> {
    pub(super) fn new(failure: F, reply: Reply, decode_error: Option<json::Error>) -> Self {
        let codes = &[];
        Self {
            failure,
            reply,
            codes,
            decode_error,
        }
    }

    /// Which of the documented failures it is.
    pub fn failure(&self) -> &F {
        &self.failure
    }

    /// The reply.
    #[must_use]
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The API's own error code; see [`Reply::code`].
    #[must_use]
    pub fn code(&self) -> Option<Cow<'_, str>> {
        self.reply.code().map(Cow::Owned)
    }

    /// What the API says about the error in words; see [`Reply::message`].
    #[must_use]
    pub fn message(&self) -> Option<String> {
        self.reply.message()
    }

    /// Why the body is not what the API documents for this failure, where it is not. The failure then holds what could
    /// be read of it.
    #[must_use]
    pub fn decode_error(&self) -> Option<&json::Error> {
        self.decode_error.as_ref()
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
