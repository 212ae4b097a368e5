//! Exchanges that fail.

use std::error::Error;
use std::fmt;

use super::reply::{Reply, Sent};
use super::request_error::RequestError;

/// The exchange with the server failed: no connection, no reply in time, half a reply.
///
/// The cause is any error of the transport; the URL of the request is not part of its text.
#[derive(Debug)]
pub struct TransportError {
    cause: Box<dyn Error + Send + Sync>,
    timeout: bool,
    connect: bool,
    reply: Option<Reply>,
    sent: Option<Box<Sent>>,
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
            sent: None,
        }
    }

    /// The error of a transport that cannot send a path as it is written. It is told as a
    /// [`RequestError::Target`].
    #[cfg(feature = "transport")]
    #[must_use]
    pub fn unsendable(path: &str) -> Self {
        let path = path.to_owned();
        Self::new(RequestError::Target { path }).connect(true)
    }

    /// The request error that it is in truth, if it is one.
    #[cfg(feature = "transport")]
    pub(super) fn into_send_error(self) -> SendError {
        let is_request = self.cause.is::<RequestError>();
        if !is_request {
            return SendError::Transport(self);
        }
        match self.cause.downcast::<RequestError>() {
            Ok(error) => SendError::Request(*error),
            Err(cause) => SendError::Transport(Self::new(cause)),
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

    /// Whether anything of the request may have reached the server. Where it has not, the request can be sent again
    /// whatever it does.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        !self.connect
    }

    /// What was sent, without secrets, as far as a client of this crate sent it.
    #[must_use]
    pub fn sent(&self) -> Option<&Sent> {
        self.sent.as_deref()
    }

    #[cfg(feature = "transport")]
    pub(super) fn set_sent(&mut self, sent: Sent) {
        self.sent = Some(Box::new(sent));
    }

    /// The reply as far as it came, if it broke off after its headers.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        self.reply.as_ref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(too_long) = self.cause.downcast_ref::<TooLong>() {
            return too_long.fmt(f);
        }
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

/// A reply is longer than what is read into memory.
#[derive(Debug, thiserror::Error)]
#[error(
    "the reply is longer than {limit} bytes: raise `Settings::body_limit`, or get it with \
     `Client::download`"
)]
pub(super) struct TooLong {
    pub(super) limit: u64,
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
