//! What the user of a client decides: base URLs, credentials, limits.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName};

use super::base_url::BaseUrl;
use super::clock::{Clock, System};
use super::credentials::{Context, Credentials};
use super::headers;
use super::random;
use super::rate_limits::RateLimits;
use super::retries::{Retries, RetryPolicy};
use super::sign::Moment;
use super::watch::Watch;

/// Where requests go, what signs them, how long they may take.
///
/// [`request`](Settings::request) makes complete requests without any I/O, for any transport.
/// The `Debug` form never shows a credential.
///
/// | | without another setting |
/// | --- | --- |
/// | [`connect_timeout`](Settings::connect_timeout) | 30 s to connect |
/// | [`silence`](Settings::silence) | 60 s without a byte in either direction |
/// | [`timeout`](Settings::timeout) | none for a whole exchange |
/// | [`body_limit`](Settings::body_limit) | 100 MiB of a reply in memory |
/// | [`error_body_limit`](Settings::error_body_limit) | 1 MiB of a failure in memory, the rest is cut |
/// | [`retries`](Settings::retries) | see [`Retries`] |
/// | [`redirects`](Settings::redirects) | followed, see [`redirect`](super::redirect) |
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
#[derive(Clone)]
pub struct Settings {
    pub(super) base_urls: BTreeMap<&'static str, String>,
    pub(super) credentials: Credentials,
    pub(super) credentials_of_bases: BTreeMap<&'static str, Credentials>,
    pub(super) credentials_of_schemes: BTreeMap<String, Credentials>,
    trusted: BTreeSet<&'static str>,
    clock: Arc<dyn Clock>,
    nonce: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    pub(super) anonymous: bool,
    pub(super) empty_segments: bool,
    pub(super) headers: HeaderMap,
    /// The name of a header that cannot be sent.
    pub(super) bad_header: Option<String>,
    pub(super) user_agent: Option<String>,
    limits: Limits,
    pub(super) follows_redirects: bool,
    pub(super) retries: Arc<dyn RetryPolicy>,
    pub(super) rate_limits: Option<Arc<RateLimits>>,
    pub(super) watch: Option<Arc<dyn Watch>>,
}

/// How long and how much.
#[derive(Clone, Copy, Debug)]
struct Limits {
    connect: Duration,
    silence: Duration,
    exchange: Option<Duration>,
    body: u64,
    error_body: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_urls: BTreeMap::new(),
            credentials: Credentials::new(),
            credentials_of_bases: BTreeMap::new(),
            credentials_of_schemes: BTreeMap::new(),
            trusted: BTreeSet::new(),
            clock: Arc::new(System),
            nonce: None,
            anonymous: false,
            empty_segments: false,
            headers: HeaderMap::new(),
            bad_header: None,
            user_agent: None,
            limits: Limits {
                connect: Duration::from_secs(30),
                silence: Duration::from_secs(60),
                exchange: None,
                body: 100 * 1024 * 1024,
                error_body: 1024 * 1024,
            },
            follows_redirects: true,
            retries: Arc::new(Retries::new()),
            rate_limits: None,
            watch: None,
        }
    }
}

impl Settings {
    /// The `User-Agent` where neither the settings nor the request have another.
    pub const USER_AGENT: &'static str =
        concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

    /// The collection's base URLs, no credentials, and the limits of the table above.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests that stand on `base` go to `url` instead: scheme, host, maybe port and path.
    ///
    /// Blanks around it and `/` at its end do not matter. A host that is not ASCII is sent in punycode (feature `idna`,
    /// part of `client`).
    #[must_use]
    pub fn base_url(mut self, base: BaseUrl, url: impl Into<String>) -> Self {
        self.base_urls.insert(base.name, url.into());
        self
    }

    /// The credentials for requests that stand on `base`, instead of those of the API as a whole.
    ///
    /// A base URL that is [secondary](BaseUrl::is_secondary) gets no others: a new version of a collection cannot send
    /// your token to another host by a request that stands on a new variable. See also [`trust`](Settings::trust).
    #[must_use]
    pub fn credentials_for(mut self, base: BaseUrl, credentials: Credentials) -> Self {
        self.credentials_of_bases.insert(base.name, credentials);
        self
    }

    /// Requests that stand on `base` get the credentials of the API as a whole, though it is
    /// [secondary](BaseUrl::is_secondary).
    #[must_use]
    pub fn trust(mut self, base: BaseUrl) -> Self {
        self.trusted.insert(base.name);
        self
    }

    /// The credentials for the security scheme of this name in an `OpenAPI` document, instead of those of the API as a
    /// whole; see [`Endpoint::SECURITY`](super::Endpoint::SECURITY).
    #[must_use]
    pub fn credentials_of_scheme(
        mut self,
        scheme: impl Into<String>,
        credentials: Credentials,
    ) -> Self {
        self.credentials_of_schemes
            .insert(scheme.into(), credentials);
        self
    }

    /// Whose credentials sign the requests that stand on `base`, if any may.
    pub(super) fn credentials_on(&self, base: BaseUrl) -> Option<&Credentials> {
        let own = self.credentials_of_bases.get(base.name);
        let is_trusted = !base.is_secondary || self.trusted.contains(base.name);
        own.or(is_trusted.then_some(&self.credentials))
    }

    /// The clock: what time it is, and how to wait. Without it, that of the system.
    ///
    /// A function that gives the time is one; see [`Clock`].
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
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
    /// ends in `/`. Without this, such a request fails with
    /// [`RequestError::PathValue`](super::RequestError::PathValue): many servers take it for another resource, the list
    /// instead of one of its elements.
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

    /// A header of every request, instead of any that a request has of that name.
    ///
    /// For one call: `client.with(|settings| settings.header("x-trace", id)).call(&request)`.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let parsed = HeaderName::from_bytes(name.as_bytes()).ok();
        match parsed.zip(headers::value(value)) {
            Some((name, value)) => drop(self.headers.insert(name, value)),
            None => self.bad_header = Some(name.to_owned()),
        }
        self
    }

    /// The `Idempotency-Key` of a call. The server does what a request asks for once for each key, so that a `POST` or
    /// `PATCH` that has one is sent again like a `GET`; see [`Retries`].
    #[must_use]
    pub fn idempotency_key(self, key: &str) -> Self {
        self.header(IDEMPOTENCY_KEY, key)
    }

    /// How long a client waits for a connection, names and TLS included; 30 seconds if nothing else is set. It counts when
    /// a client is made, and not for derived ones.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// How long a client waits while no byte is sent or received, also while a file is opened or read; 60 seconds if
    /// nothing else is set.
    #[must_use]
    pub fn silence(mut self, timeout: Duration) -> Self {
        self.limits.silence = timeout;
        self
    }

    /// How long a client waits from the beginning of an exchange to the last byte of its reply; forever if nothing else
    /// is set. A redirect begins a new exchange, and so does a retry.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.exchange = Some(timeout);
        self
    }

    /// How many bytes of a reply a client reads into memory; 100 MiB if nothing else is set. A longer one is an error:
    /// get it with `Client::download`.
    #[must_use]
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.limits.body = bytes;
        self
    }

    /// How many bytes of a reply that is no success a client reads into memory; 1 MiB if nothing else is set. The rest
    /// is cut.
    #[must_use]
    pub fn error_body_limit(mut self, bytes: u64) -> Self {
        self.limits.error_body = bytes;
        self
    }

    /// Whether redirects are followed. A redirect that the API documents is the answer in any case.
    #[must_use]
    pub fn redirects(mut self, follow: bool) -> Self {
        self.follows_redirects = follow;
        self
    }

    /// When a request is sent again; [`Retries::new`] if nothing else is set, [`Retries::none`] for never.
    #[must_use]
    pub fn retries(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retries = Arc::new(policy);
        self
    }

    /// How many requests are sent in which time; no limit if nothing else is set.
    #[must_use]
    pub fn rate_limits(mut self, limits: impl Into<Arc<RateLimits>>) -> Self {
        self.rate_limits = Some(limits.into());
        self
    }

    /// What is told of every exchange, before and after it.
    #[must_use]
    pub fn watch(mut self, watch: impl Watch + 'static) -> Self {
        self.watch = Some(Arc::new(watch));
        self
    }

    /// The `User-Agent` of requests that have none of their own. Without it, that is the name and
    /// version of this crate.
    #[must_use]
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.user_agent = Some(text.into());
        self
    }

    /// The limit of a whole exchange, for transports.
    #[must_use]
    pub fn time_limit(&self) -> Option<Duration> {
        self.limits.exchange
    }

    /// The limit of silence, for transports.
    #[must_use]
    pub fn silence_limit(&self) -> Duration {
        self.limits.silence
    }

    /// The limit of connecting, for transports.
    #[must_use]
    pub fn connect_limit(&self) -> Duration {
        self.limits.connect
    }

    /// How many bytes of a reply are read: of a success, or of another one.
    #[cfg(feature = "transport")]
    pub(super) fn limit_of(&self, is_success: bool) -> u64 {
        if is_success {
            self.limits.body
        } else {
            self.limits.error_body
        }
    }

    #[cfg(feature = "transport")]
    pub(super) fn timer(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    pub(super) fn context(&self) -> Context {
        Context {
            moment: Moment {
                time: self.now(),
                nonce: self.nonce.as_ref().map_or_else(random::text, |next| next()),
            },
            anonymous: self.anonymous,
        }
    }

    pub(super) fn now(&self) -> SystemTime {
        self.clock.now()
    }
}

/// The header of [`Settings::idempotency_key`].
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Says which credentials there are, not what they are.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A URL with credentials in it is refused later, and until then not shown.
        let shown = |url| str::rsplit_once(url, '@').map_or(url, |(_, host)| host);
        let base_urls = self.base_urls.iter().map(|(name, url)| (name, shown(url)));
        f.debug_struct("Settings")
            .field("base_urls", &base_urls.collect::<BTreeMap<_, _>>())
            .field("credentials", &self.credentials)
            .field("credentials_of_bases", &self.credentials_of_bases)
            .field("credentials_of_schemes", &self.credentials_of_schemes)
            .field("anonymous", &self.anonymous)
            .field("empty_segments", &self.empty_segments)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("user_agent", &self.user_agent)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
