//! The device code grant (RFC 8628): a user permits it on another device.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};

use super::super::body::Body;
use super::super::json;
use super::super::request_error::RequestError;
use super::{App, Grant, Token, TokenError};

/// The device code grant: the user is shown a code, and a client asks until the user has typed it elsewhere.
///
/// It does no I/O, so that any client can ask: [`begin`](DeviceCode::begin) with the reply to
/// [`request`](DeviceCode::request), then [`poll`](DeviceCode::poll) with the reply to each
/// [`Grant::request`], every [`interval`](DeviceCode::interval).
#[derive(Clone)]
pub struct DeviceCode {
    app: App,
    secret: String,
    user_code: String,
    verification_url: String,
    interval: Duration,
    expires: SystemTime,
}

impl DeviceCode {
    /// The request for a code. `url` is the device authorization endpoint.
    ///
    /// # Errors
    ///
    /// The URL is none.
    pub fn request(app: &App, url: &str) -> Result<Request<Body>, RequestError> {
        let scope = app.scope().map(|scope| ("scope", scope));
        let mut pairs = vec![("client_id", app.id())];
        pairs.extend(scope);
        app.ask_at(url, &pairs)
    }

    /// Reads the reply to that (RFC 8628, section 3.2).
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn begin(
        app: App,
        response: &Response<Bytes>,
        now: SystemTime,
    ) -> Result<Self, TokenError> {
        let begun: Begun = json::from_slice(response.body()).unwrap_or_default();
        let url = begun.verification_uri.or(begun.verification_url);
        match (begun.device_code, begun.user_code, url) {
            (Some(device_code), Some(user_code), Some(verification_url)) => Ok(Self {
                app,
                secret: device_code,
                user_code,
                verification_url,
                interval: seconds(begun.interval.unwrap_or(5)),
                expires: now + seconds(begun.expires_in.unwrap_or(600)),
            }),
            _ => Err(TokenError::Refused {
                status: response.status(),
                code: begun.error,
                message: None,
            }),
        }
    }

    /// The code that the user types.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The page where the user types it.
    #[must_use]
    pub fn verification_url(&self) -> &str {
        &self.verification_url
    }

    /// How long to wait before each question.
    #[must_use]
    pub fn interval(&self) -> Duration {
        self.interval
    }

    /// Reads the reply to a question: the token, or nothing as long as the user has not typed the code.
    ///
    /// # Errors
    ///
    /// The user said no, or it is too late.
    pub fn poll(
        &mut self,
        response: &Response<Bytes>,
        now: SystemTime,
    ) -> Result<Option<Token>, TokenError> {
        match Token::read(response, now) {
            Ok(token) => Ok(Some(token)),
            Err(TokenError::Refused { code, .. })
                if now < self.expires && may_come(code.as_deref()) =>
            {
                // RFC 8628, section 3.5.
                if code.as_deref() == Some("slow_down") {
                    self.interval += Duration::from_secs(5);
                }
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// Whether a token may still come.
fn may_come(code: Option<&str>) -> bool {
    matches!(code, Some("authorization_pending" | "slow_down"))
}

fn seconds(number: i64) -> Duration {
    Duration::from_secs(u64::try_from(number).unwrap_or_default())
}

impl Grant for DeviceCode {
    fn request(&self, last: Option<&Token>) -> Result<Request<Body>, RequestError> {
        if let Some(refresh) = last.and_then(Token::refresh) {
            let pairs = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
            return self.app.ask(&pairs);
        }
        self.app.ask(&[
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", &self.secret),
        ])
    }
}

/// Shows the code for the user, and not the one that is good for a token.
impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode")
            .field("app", &self.app)
            .field("user_code", &self.user_code)
            .field("verification_url", &self.verification_url)
            .finish_non_exhaustive()
    }
}

/// The reply of a device authorization endpoint.
#[derive(Default)]
struct Begun {
    device_code: Option<String>,
    user_code: Option<String>,
    verification_uri: Option<String>,
    verification_url: Option<String>,
    interval: Option<i64>,
    expires_in: Option<i64>,
    error: Option<String>,
}
super::super::record! {
    Begun {
        device_code,
        user_code,
        verification_uri,
        verification_url,
        interval,
        expires_in,
        error,
    }
}
