//! Access tokens of OAuth 2.0 (RFC 6749): granted, kept, renewed.
//!
//! [`OAuth2`] holds the token of a client. However many calls wait for one, it is granted once: before the old one expires,
//! and once more where the API refuses it with 401. A [`Grant`] says how, a [`TokenStore`] keeps tokens beyond the program.
//!
//! The protocol is a form that goes out and a JSON object that comes back, so this stands on no other crate: the usual one
//! brings serde, a URL library and a second version of most of what is here, and has no grant of Zoom's kind.

mod code;
mod device;
mod grants;
mod token;

use std::error::Error;
use std::fmt;
use std::sync::{Mutex as Lock, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use tokio::sync::Mutex;

use super::auth::Auth;
use super::body::Body;
use super::request_error::RequestError;
use super::transport::Boxed;
use super::transport_error::SendError;

pub use code::{AuthorizationCode, Loopback, Pending};
pub use device::DeviceCode;
pub use grants::{AccountCredentials, App, ClientCredentials, RefreshToken};
pub use token::{Token, TokenError};

/// How a token is granted: a request to the token endpoint, and what its reply says. Implement it for a grant of your own.
pub trait Grant: Send + Sync {
    /// The request for a token. `last` is the token before, which may have a refresh token.
    ///
    /// # Errors
    ///
    /// The request cannot be made.
    fn request(&self, last: Option<&Token>) -> Result<Request<Body>, RequestError>;

    /// Reads the reply. Without an implementation of your own, as RFC 6749 says (section 5).
    ///
    /// # Errors
    ///
    /// No token was granted.
    fn token(&self, response: &Response<Bytes>, now: SystemTime) -> Result<Token, TokenError> {
        Token::read(response, now)
    }
}

/// Keeps the token between runs of a program.
pub trait TokenStore: Send + Sync {
    /// The token that was saved last, if there is one.
    fn load(&self) -> Option<Token>;

    /// Saves a token, before it is used: a refresh token that was rotated is the only one left.
    ///
    /// # Errors
    ///
    /// It cannot be saved. The call that needs it fails.
    fn save(&self, token: &Token) -> Result<(), Box<dyn Error + Send + Sync>>;
}

/// The access tokens of a client.
///
/// ```
/// use letterpress_client::Settings;
/// use letterpress_client::oauth2::{AccountCredentials, App, OAuth2};
///
/// // Zoom's Server-to-Server OAuth.
/// let app = App::new("https://zoom.us/oauth/token", "client id").secret("client secret");
/// let settings = Settings::new().oauth2(OAuth2::new(AccountCredentials::new(app, "account id")));
/// assert!(!format!("{settings:?}").contains("client secret"));
/// ```
pub struct OAuth2 {
    grant: Box<dyn Grant>,
    store: Option<Box<dyn TokenStore>>,
    early: Duration,
    current: Lock<Option<Token>>,
    /// Whoever holds this renews.
    renewing: Mutex<()>,
}

/// Sends a request to the token endpoint.
pub(super) type Post<'a> =
    dyn Fn(Request<Body>) -> Boxed<'a, Result<Response<Bytes>, SendError>> + Send + Sync + 'a;

impl OAuth2 {
    /// The tokens of a grant. They are renewed a minute before they expire.
    #[must_use]
    pub fn new(grant: impl Grant + 'static) -> Self {
        Self {
            grant: Box::new(grant),
            store: None,
            early: Duration::from_secs(60),
            current: Lock::new(None),
            renewing: Mutex::new(()),
        }
    }

    /// Keeps tokens in a store: the one it has is used first, and each new one saved before it is used.
    #[must_use]
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.current = Lock::new(store.load());
        self.store = Some(Box::new(store));
        self
    }

    /// How long before it expires a token is renewed.
    #[must_use]
    pub fn early(mut self, early: Duration) -> Self {
        self.early = early;
        self
    }

    /// A token that does not expire soon.
    pub(super) async fn token(
        &self,
        now: SystemTime,
        post: &Post<'_>,
    ) -> Result<Token, RequestError> {
        if let Some(token) = self.fresh(now) {
            return Ok(token);
        }
        let _renewing = self.renewing.lock().await;
        // Another call may have renewed it meanwhile.
        match self.fresh(now) {
            Some(token) => Ok(token),
            None => self
                .renew(now, post)
                .await
                .map_err(|error| RequestError::Sign {
                    scheme: Auth::OAuth2,
                    error: error.into(),
                }),
        }
    }

    async fn renew(&self, now: SystemTime, post: &Post<'_>) -> Result<Token, TokenError> {
        let last = self.last();
        let request = self.grant.request(last.as_ref())?;
        let response = post(request).await?;
        let token = self.grant.token(&response, now)?.after(last.as_ref());
        if let Some(store) = &self.store {
            store.save(&token).map_err(TokenError::Store)?;
        }
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Ok(token)
    }

    /// Takes notice that the API refused a token.
    pub(super) fn reject(&self, token: &Token) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(current) = current.as_mut().filter(|current| **current == *token) {
            current.expire();
        }
    }

    fn fresh(&self, now: SystemTime) -> Option<Token> {
        self.last()
            .filter(|token| !token.expires_before(now + self.early))
    }

    fn last(&self) -> Option<Token> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.clone()
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("token", &self.last())
            .field("store", &self.store.is_some())
            .field("early", &self.early)
            .finish_non_exhaustive()
    }
}
