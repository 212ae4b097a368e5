//! What can go wrong with a call.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io;

use http::StatusCode;

use super::auth::Auth;
use super::endpoint::ErrorCode;
use super::json;
use super::reply::{ApiError, Reply};

/// The request could not be made. Nothing was sent.
///
/// No message holds a credential, a query, or the value of a header.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// A path segment would be empty, `.` or `..`, and so reach another resource; see
    /// [`Path`](super::Path).
    #[error("`{name}` makes the path segment {value:?}, which would reach another resource")]
    PathValue {
        /// The name of the value in the path.
        name: &'static str,
        /// The whole segment, not encoded.
        value: String,
    },

    /// The name of a header is no token (RFC 9110, section 5.1).
    #[error("{name:?} cannot be the name of a header")]
    HeaderName {
        /// The name as it is in the collection.
        name: &'static str,
    },

    /// The value of a header has a control character or one above U+00FF, or there are tens of
    /// thousands of headers.
    #[error("the header `{name}` cannot hold this value")]
    HeaderValue {
        /// The name of the header.
        name: Cow<'static, str>,
    },

    /// The base URL is not set, or requests cannot be built on it.
    #[error("the base URL `{name}` {problem}")]
    BaseUrl {
        /// The name of the base URL in the collection.
        name: &'static str,
        /// What is wrong with it, as the end of a sentence.
        problem: &'static str,
    },

    /// The request has to be signed, and the settings have no credentials for it.
    #[error("the request needs {scheme}: call `Settings::{}`, or `Settings::anonymous` \
        to send it without", .scheme.setter())]
    Credentials {
        /// How the request is signed.
        scheme: Auth,
    },

    /// The user name of [`Auth::Basic`] has a colon, which the server would take for its end
    /// (RFC 7617, section 2).
    #[error("a user name cannot have a colon")]
    UserName,

    /// The method is no token (RFC 9110, section 9.1).
    #[error("{method:?} cannot be a method")]
    Method {
        /// The method as it is in the collection.
        method: &'static str,
    },

    /// The URL has characters that no request can hold, is longer than 65,534 bytes, or the
    /// transport would send another one instead (its URL library resolves dot segments).
    #[error("the path {path:?} or its query cannot be sent as written")]
    Target {
        /// The path, without the query, which may hold an API key.
        path: String,
    },

    /// The request is signed by a feature of this crate that is off.
    #[error("the request needs {scheme}: turn on the feature `{feature}`")]
    Feature {
        /// How the request is signed.
        scheme: Auth,
        /// The name of the feature.
        feature: &'static str,
    },

    /// What signs the request says of its body, and that is not in memory.
    #[error("a body that is signed has to be in memory: make its file with `File::bytes`")]
    SignedBody,

    /// A function of [`Settings::sign_with`](super::Settings::sign_with) failed, or the settings have something
    /// that cannot sign.
    #[error("the request cannot be signed by {scheme}")]
    Sign {
        /// How the request is signed.
        scheme: Auth,
        /// Why not.
        #[source]
        error: Box<dyn Error + Send + Sync>,
    },

    /// A file to be sent cannot be opened.
    #[error("cannot open the body of the request: {0}")]
    Open(#[source] io::Error),
}

/// The exchange with the server failed: no connection, no reply in time, half a reply.
///
/// The cause is any error of the transport; the URL of the request is not part of its text.
#[derive(Debug)]
pub struct TransportError {
    cause: Box<dyn Error + Send + Sync>,
    timeout: bool,
    connect: bool,
    reply: Option<Reply>,
}

impl TransportError {
    /// An error of a transport.
    #[must_use]
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            cause: cause.into(),
            timeout: false,
            connect: false,
            reply: None,
        }
    }

    /// The same error, said to be caused by a timeout or not.
    #[must_use]
    pub fn timeout(mut self, timeout: bool) -> Self {
        self.timeout = timeout;
        self
    }

    /// The same error, said to have happened before a connection was made or not.
    #[must_use]
    pub fn connect(mut self, connect: bool) -> Self {
        self.connect = connect;
        self
    }

    /// The same error with what there is of a reply.
    #[must_use]
    pub fn after(mut self, reply: Reply) -> Self {
        self.reply = Some(reply);
        self
    }

    /// Whether a time limit ran out, while connecting or later.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// Whether no connection was made: the server has seen nothing of the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.connect
    }

    /// The reply as far as it came, if it broke off after its headers.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        self.reply.as_ref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.connect, self.timeout, &self.reply) {
            (true, true, _) => "no connection to the server in time",
            (true, false, _) => "no connection to the server",
            (false, true, None) => "no reply in time",
            (false, true, Some(_)) => "no complete reply in time",
            (false, false, None) => "no reply",
            (false, false, Some(_)) => "the reply broke off",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}

/// There is no reply to a request: what the `send` of a client can fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The request could not be made. Nothing was sent.
    #[error(transparent)]
    Request(#[from] RequestError),

    /// The exchange with the server failed.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

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
