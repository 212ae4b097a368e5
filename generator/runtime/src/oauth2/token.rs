//! Tokens, and why there is none.

use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Response, StatusCode};

use super::super::json;
use super::super::reply::Reply;
use super::super::request_error::RequestError;
use super::super::transport_error::SendError;

/// An access token, and what renews it. The `Debug` form shows neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    secret: String,
    refresh: Option<String>,
    expires: Option<SystemTime>,
}

impl Token {
    /// An access token that does not expire, as far as is known.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            refresh: None,
            expires: None,
        }
    }

    /// The same token with a refresh token.
    #[must_use]
    pub fn with_refresh(mut self, refresh: impl Into<String>) -> Self {
        self.refresh = Some(refresh.into());
        self
    }

    /// The same token, which expires then.
    #[must_use]
    pub fn with_expiry(mut self, expires: SystemTime) -> Self {
        self.expires = Some(expires);
        self
    }

    /// The access token.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The refresh token, if there is one.
    #[must_use]
    pub fn refresh(&self) -> Option<&str> {
        self.refresh.as_deref()
    }

    /// When it expires, if that is known.
    #[must_use]
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }

    pub(super) fn expires_before(&self, then: SystemTime) -> bool {
        self.expires.is_some_and(|expires| expires <= then)
    }

    pub(super) fn expire(&mut self) {
        self.expires = Some(SystemTime::UNIX_EPOCH);
    }

    /// The same token; the refresh token of the one before stays, unless there is a new one (RFC 6749, section 6).
    pub(super) fn after(mut self, last: Option<&Token>) -> Self {
        let old = last.and_then(|last| last.refresh.clone());
        self.refresh = self.refresh.or(old);
        self
    }

    /// Reads the reply of a token endpoint (RFC 6749, sections 5.1 and 5.2).
    ///
    /// # Errors
    ///
    /// It says no, or something that is not understood.
    pub fn read(response: &Response<Bytes>, now: SystemTime) -> Result<Self, TokenError> {
        let granted: Granted = json::from_slice(response.body()).unwrap_or_default();
        match granted.access_token {
            Some(secret) if response.status().is_success() && !secret.is_empty() => Ok(Self {
                secret,
                refresh: granted.refresh_token,
                expires: granted
                    .expires_in
                    .and_then(|number| number.as_i64())
                    .and_then(|seconds| u64::try_from(seconds).ok())
                    .and_then(|seconds| now.checked_add(Duration::from_secs(seconds))),
            }),
            _ => {
                let reply = Reply::from(response.clone());
                Err(TokenError::Refused {
                    status: response.status(),
                    code: granted.error.or_else(|| reply.code()),
                    message: reply.message(),
                })
            }
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("has_refresh", &self.refresh.is_some())
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// What a token endpoint says.
#[derive(Default)]
struct Granted {
    access_token: Option<String>,
    refresh_token: Option<String>,
    expires_in: Option<json::Number>,
    error: Option<String>,
}
super::super::record! {
    Granted {
        access_token,
        refresh_token,
        expires_in,
        error,
    }
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The request for it cannot be made.
    #[error(transparent)]
    Request(#[from] RequestError),

    /// The token endpoint does not answer.
    #[error("no token: {0}")]
    Send(#[from] SendError),

    /// The token endpoint says no.
    #[error("no token was granted: {status}{}", said(.code.as_deref(), .message.as_deref()))]
    Refused {
        /// The status of its reply.
        status: StatusCode,
        /// The error code, such as `invalid_client` (RFC 6749, section 5.2).
        code: Option<String>,
        /// What it says in words.
        message: Option<String>,
    },

    /// The user did not permit it in time, or not at all.
    #[error("the user did not permit it: {0}")]
    NotPermitted(String),

    /// The token cannot be saved.
    #[error("the token cannot be saved")]
    Store(#[source] Box<dyn Error + Send + Sync>),
}

fn said(code: Option<&str>, message: Option<&str>) -> String {
    match (code, message) {
        (Some(code), Some(message)) if code != message => format!(", {code}: {message}"),
        (Some(text), _) | (None, Some(text)) => format!(", {text}"),
        (None, None) => String::new(),
    }
}
