//! What the user of a client decides: base URLs, credentials, time limits.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue, StatusCode};

use super::auth::{Auth, Place};
use super::body::Body;
use super::endpoint::{self, BaseUrl, Endpoint};
use super::error::RequestError;
use super::headers;
use super::random;
use super::sign::{self, Keys, Moment};
use super::target::Path;
use super::uri;

/// Where requests go, what signs them, how long they may take.
///
/// [`request`](Settings::request) makes complete requests without any I/O, for any transport.
/// The `Debug` form never shows a credential.
///
/// ```
/// use letterpress_client::{BaseUrl, Settings};
/// use std::time::Duration;
///
/// const BASE_URL: BaseUrl = BaseUrl::new("baseUrl", "https://api.example.com/v2");
///
/// let settings = Settings::new()
///     .base_url(BASE_URL, "https://staging.example.com/v2")
///     .bearer("secret")
///     .timeout(Duration::from_secs(30));
///
/// assert!(!format!("{settings:?}").contains("secret"));
/// ```
#[derive(Clone, Default)]
pub struct Settings {
    base_urls: BTreeMap<&'static str, String>,
    bearer: Option<String>,
    basic: Option<(String, String)>,
    api_keys: BTreeMap<String, String>,
    pub(super) keys: Keys,
    signers: BTreeMap<String, Signer>,
    clock: Option<Arc<dyn Fn() -> SystemTime + Send + Sync>>,
    nonce: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    anonymous: bool,
    empty_segments: bool,
    timeout: Option<Duration>,
    user_agent: Option<String>,
}

/// See [`Settings::sign_with`].
type Signer = Arc<
    dyn Fn(&mut http::Request<Body>, Auth) -> Result<(), Box<dyn Error + Send + Sync>>
        + Send
        + Sync,
>;

impl Settings {
    /// The `User-Agent` where neither the settings nor the request have another.
    pub const USER_AGENT: &'static str =
        concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

    /// The collection's base URLs, no credentials, no time limit.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests that stand on `base` go to `url` instead: scheme, host, maybe port and path.
    ///
    /// The path of a request is appended as text, so `url` should not end in `/`.
    #[must_use]
    pub fn base_url(mut self, base: BaseUrl, url: impl Into<String>) -> Self {
        self.base_urls.insert(base.name, url.into());
        self
    }

    /// The token for [`Auth::Bearer`], [`Auth::OAuth2`] and [`Auth::Token`].
    #[must_use]
    pub fn bearer(mut self, token: impl Into<String>) -> Self {
        self.bearer = Some(token.into());
        self
    }

    /// User name and password for [`Auth::Basic`], sent in UTF-8 (RFC 7617). The user name
    /// cannot have a colon.
    #[must_use]
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.basic = Some((user.into(), password.into()));
        self
    }

    /// The key for every [`Auth::ApiKey`] of this name. Names are compared without case.
    #[must_use]
    pub fn api_key(mut self, name: &str, key: impl Into<String>) -> Self {
        self.api_keys.insert(name.to_ascii_lowercase(), key.into());
        self
    }

    /// Signs the requests of a scheme by a function of your own: one that this crate does not sign
    /// ([`Auth::Custom`]), or any other instead of what this crate does. `scheme` is what
    /// [`Auth::name`] says.
    ///
    /// The function gets the request when it is complete but for its signature, and adds that.
    ///
    /// ```
    /// use letterpress_client::Settings;
    ///
    /// let settings = Settings::new().sign_with("asap", |request, _| {
    ///     let token = format!("token for {}", request.uri().path());
    ///     let mut value = http::HeaderValue::try_from(format!("Bearer {token}"))?;
    ///     value.set_sensitive(true);
    ///     request.headers_mut().insert("authorization", value);
    ///     Ok(())
    /// });
    /// assert!(format!("{settings:?}").contains("asap"));
    /// ```
    #[must_use]
    pub fn sign_with(
        mut self,
        scheme: &str,
        signer: impl Fn(&mut http::Request<Body>, Auth) -> Result<(), Box<dyn Error + Send + Sync>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.signers.insert(scheme.to_owned(), Arc::new(signer));
        self
    }

    /// What time it is for signatures that say so, for tests. Without it, that of the system.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Some(Arc::new(now));
        self
    }

    /// The nonces of signatures, for tests: a text that is never used twice. Without it, 128
    /// random bits.
    #[must_use]
    pub fn nonce(mut self, next: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.nonce = Some(Arc::new(next));
        self
    }

    /// A path value may be empty where it is a whole segment, so that the path has `//` in it or
    /// ends in `/`. Without this, such a request fails with [`RequestError::PathValue`]: many
    /// servers take it for another resource, the list instead of one of its elements.
    ///
    /// For collections that have an optional segment, such as an empty `{{version}}`.
    #[must_use]
    pub fn empty_segments(mut self) -> Self {
        self.empty_segments = true;
        self
    }

    /// Requests for which there are no credentials are sent without, instead of failing.
    ///
    /// A key or a token that is set to nothing is then sent as such: the header is there, and
    /// nothing in it but the name of a scheme.
    #[must_use]
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// How long a client waits from the beginning of an exchange to the last byte of its reply.
    /// A redirect begins a new exchange. Without it, a client waits forever.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The `User-Agent` of requests that have none of their own. Without it, that is the name and
    /// version of this crate.
    #[must_use]
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.user_agent = Some(text.into());
        self
    }

    /// The complete request: base URL, credentials, user agent.
    ///
    /// Headers that hold credentials are marked as sensitive. Note that the `Debug` form of an
    /// [`http::Request`] shows its URL, and with it an API key that is sent in the query.
    ///
    /// # Errors
    ///
    /// See [`RequestError`].
    pub fn request<E: Endpoint>(&self, endpoint: &E) -> Result<http::Request<Body>, RequestError> {
        let mut request = self.complete(endpoint)?;
        self.introduce(&mut request)?;
        self.sign(&mut request, E::AUTH)?;
        Ok(request)
    }

    fn complete<E: Endpoint>(&self, endpoint: &E) -> Result<http::Request<Body>, RequestError> {
        let path = Path::with_empty_segments(self.empty_segments);
        endpoint::complete(endpoint, self.base_url_of(E::BASE_URL), path)
    }

    /// The request once more, signed by what the server asks for in its reply: where that is a
    /// challenge that [`Auth::Digest`] can answer. Nothing where `response` is the reply to be
    /// read.
    ///
    /// The clients of this crate do this once for each call.
    ///
    /// # Errors
    ///
    /// See [`RequestError`].
    pub fn answer<E: Endpoint, B>(
        &self,
        endpoint: &E,
        response: &http::Response<B>,
    ) -> Result<Option<http::Request<Body>>, RequestError> {
        let is_asked = response.status() == StatusCode::UNAUTHORIZED && E::AUTH == Auth::Digest;
        if !is_asked || self.signers.contains_key(E::AUTH.name()) {
            return Ok(None);
        }
        let mut request = self.complete(endpoint)?;
        self.introduce(&mut request)?;
        let is_answered = sign::answer(&mut request, response, &self.keys, &self.moment())?;
        Ok(is_answered.then_some(request))
    }

    /// The time limit, for transports.
    #[must_use]
    pub fn time_limit(&self) -> Option<Duration> {
        self.timeout
    }

    fn base_url_of(&self, base: BaseUrl) -> &str {
        self.base_urls
            .get(base.name)
            .map_or(base.default, String::as_str)
    }

    fn introduce(&self, request: &mut http::Request<Body>) -> Result<(), RequestError> {
        if !request.headers().contains_key(USER_AGENT) {
            let text = self.user_agent.as_deref().unwrap_or(Self::USER_AGENT);
            request
                .headers_mut()
                .insert(USER_AGENT, value(&USER_AGENT, text)?);
        }
        Ok(())
    }

    /// Credentials replace what the request says of its own in their place, as in Postman.
    fn sign(&self, request: &mut http::Request<Body>, scheme: Auth) -> Result<(), RequestError> {
        if let Some(signer) = self.signers.get(scheme.name()) {
            return signer(request, scheme).map_err(|error| RequestError::Sign { scheme, error });
        }
        let is_signed = match scheme {
            Auth::None => return Ok(()),
            Auth::Custom(_) => false,
            Auth::Basic
            | Auth::Bearer
            | Auth::OAuth2
            | Auth::Token { .. }
            | Auth::ApiKey { .. } => self.show(request, scheme)?,
            _ => sign::sign(request, scheme, &self.keys, &self.moment())?,
        };
        if is_signed || self.anonymous {
            Ok(())
        } else {
            Err(RequestError::Credentials { scheme })
        }
    }

    fn moment(&self) -> Moment {
        Moment {
            time: self
                .clock
                .as_ref()
                .map_or_else(SystemTime::now, |now| now()),
            nonce: self.nonce.as_ref().map_or_else(random::text, |next| next()),
        }
    }

    /// Adds a secret as it is. Whether there is one.
    fn show(&self, request: &mut http::Request<Body>, scheme: Auth) -> Result<bool, RequestError> {
        let Some(secret) = self.secret(scheme)? else {
            return Ok(false);
        };
        let header = match scheme {
            Auth::ApiKey {
                place: Place::Query,
                name,
            }
            | Auth::Token {
                place: Place::Query,
                name,
            } => {
                *request.uri_mut() = uri::with_element(request.uri(), name, &secret)?;
                return Ok(true);
            }
            Auth::ApiKey {
                place: Place::Header,
                name,
            } => HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| RequestError::HeaderName { name })?,
            _ => AUTHORIZATION,
        };
        let mut value = value(&header, &secret)?;
        value.set_sensitive(true);
        request.headers_mut().insert(header, value);
        Ok(true)
    }

    /// What signs a request, as it is sent.
    fn secret(&self, scheme: Auth) -> Result<Option<String>, RequestError> {
        Ok(match scheme {
            Auth::Basic => match &self.basic {
                Some((user, _)) if user.contains(':') => return Err(RequestError::UserName),
                Some((user, password)) => {
                    let pair = BASE64.encode(format!("{user}:{password}"));
                    Some(format!("Basic {pair}"))
                }
                None => None,
            },
            Auth::Bearer | Auth::OAuth2 => {
                let token = self.given(self.bearer.as_ref());
                token.map(|token| format!("Bearer {token}"))
            }
            Auth::Token { place, name } => self.given(self.bearer.as_ref()).map(|token| {
                if place == Place::Query || name.is_empty() {
                    token.clone()
                } else {
                    format!("{name} {token}")
                }
            }),
            Auth::ApiKey { name, .. } => {
                let key = self.api_keys.get(&name.to_ascii_lowercase());
                self.given(key).cloned()
            }
            _ => None,
        })
    }

    /// A secret that is set to nothing counts only where requests may be sent without.
    fn given<'a>(&self, secret: Option<&'a String>) -> Option<&'a String> {
        secret.filter(|secret| self.anonymous || !secret.is_empty())
    }
}

/// Says which credentials there are, not what they are.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A URL with credentials in it is refused later, and until then not shown.
        let shown = |url| str::rsplit_once(url, '@').map_or(url, |(_, host)| host);
        let base_urls = self.base_urls.iter().map(|(name, url)| (name, shown(url)));
        f.debug_struct("Settings")
            .field("base_urls", &base_urls.collect::<BTreeMap<_, _>>())
            .field("bearer", &self.bearer.is_some())
            .field("basic", &self.basic.is_some())
            .field("api_keys", &self.api_keys.keys().collect::<Vec<_>>())
            .field("keys", &self.keys)
            .field("signers", &self.signers.keys().collect::<Vec<_>>())
            .field("clock", &self.clock.is_some())
            .field("nonce", &self.nonce.is_some())
            .field("anonymous", &self.anonymous)
            .field("empty_segments", &self.empty_segments)
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .finish()
    }
}

fn value(name: &HeaderName, text: &str) -> Result<HeaderValue, RequestError> {
    headers::value(text).ok_or_else(|| RequestError::HeaderValue {
        name: name.to_string().into(),
    })
}
