//! What signs requests.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use super::auth::{Auth, Place};
use super::body::Body;
use super::headers;
#[cfg(feature = "oauth2")]
use super::oauth2::OAuth2;
use super::request_error::RequestError;
use super::sign::{self, Keys, Moment};
use super::uri;

/// What proves to an API who sends a request. The `Debug` form says which credentials there are, not what they are.
///
/// Those of the API as a whole are set by the methods of [`Settings`](super::Settings) that have the same names. This
/// type is for those that belong to one base URL, or to one security scheme of an `OpenAPI` document.
///
/// ```
/// use letterpress_client::{BaseUrl, Credentials, Settings};
///
/// const UPLOADS: BaseUrl = BaseUrl::secondary("uploadUrl", "https://uploads.example.com");
///
/// let settings = Settings::new()
///     .bearer("for the API")
///     .credentials_for(UPLOADS, Credentials::new().api_key("x-key", "for uploads"));
/// # drop(settings);
/// ```
#[derive(Clone, Default)]
pub struct Credentials {
    bearer: Option<String>,
    basic: Option<(String, String)>,
    api_keys: BTreeMap<String, String>,
    pub(super) keys: Keys,
    signers: BTreeMap<String, Signer>,
    #[cfg(feature = "oauth2")]
    oauth2: Option<Arc<OAuth2>>,
}

/// See [`Credentials::sign_with`].
type Signer = Arc<
    dyn Fn(&mut http::Request<Body>, Auth) -> Result<(), Box<dyn Error + Send + Sync>>
        + Send
        + Sync,
>;

impl Credentials {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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

    /// The keys for [`Auth::Aws`](super::Auth::Aws).
    #[cfg(feature = "aws")]
    #[must_use]
    pub fn aws(mut self, keys: sign::AwsKeys) -> Self {
        self.keys.aws = Some(keys);
        self
    }

    /// User name and password for [`Auth::Digest`](super::Auth::Digest).
    ///
    /// The server is asked first, and replies with a challenge: the clients of this crate answer
    /// it. For another transport, see [`Settings::answer`](super::Settings::answer).
    #[cfg(feature = "digest")]
    #[must_use]
    pub fn digest(mut self, keys: sign::DigestKeys) -> Self {
        self.keys.digest = Some(keys);
        self
    }

    /// The keys for [`Auth::EdgeGrid`](super::Auth::EdgeGrid).
    #[cfg(feature = "edgegrid")]
    #[must_use]
    pub fn edgegrid(mut self, keys: sign::EdgeGridKeys) -> Self {
        self.keys.edgegrid = Some(keys);
        self
    }

    /// The keys for [`Auth::Hawk`](super::Auth::Hawk).
    #[cfg(feature = "hawk")]
    #[must_use]
    pub fn hawk(mut self, keys: sign::HawkKeys) -> Self {
        self.keys.hawk = Some(keys);
        self
    }

    /// What makes the tokens for [`Auth::Jwt`](super::Auth::Jwt).
    #[cfg(feature = "jwt")]
    #[must_use]
    pub fn jwt(mut self, keys: sign::JwtKeys) -> Self {
        self.keys.jwt = Some(keys);
        self
    }

    /// The keys for [`Auth::OAuth1`](super::Auth::OAuth1).
    #[cfg(feature = "oauth1")]
    #[must_use]
    pub fn oauth1(mut self, keys: sign::OAuth1Keys) -> Self {
        self.keys.oauth1 = Some(keys);
        self
    }

    /// The access tokens for [`Auth::OAuth2`], [`Auth::Bearer`] and [`Auth::Token`], which are granted and renewed as they
    /// are needed. They come before a token that is set with [`bearer`](Credentials::bearer).
    #[cfg(feature = "oauth2")]
    #[must_use]
    pub fn oauth2(mut self, tokens: impl Into<Arc<OAuth2>>) -> Self {
        self.oauth2 = Some(tokens.into());
        self
    }

    /// What grants the tokens that a scheme is signed with, if there is such.
    #[cfg(feature = "oauth2")]
    pub(super) fn tokens(&self, scheme: Auth) -> Option<&Arc<OAuth2>> {
        let takes_token = matches!(scheme, Auth::Bearer | Auth::OAuth2 | Auth::Token { .. });
        let is_own = self.signers.contains_key(scheme.name());
        self.oauth2.as_ref().filter(|_| takes_token && !is_own)
    }

    /// Whether a function of the user signs a scheme.
    pub(super) fn has_signer(&self, scheme: Auth) -> bool {
        self.signers.contains_key(scheme.name())
    }

    /// Signs a request. Whether there are credentials for it.
    ///
    /// They replace what the request says of its own in their place, as in Postman.
    pub(super) fn sign(
        &self,
        request: &mut http::Request<Body>,
        scheme: Auth,
        context: &Context,
    ) -> Result<bool, RequestError> {
        if let Some(signer) = self.signers.get(scheme.name()) {
            return match signer(request, scheme) {
                Ok(()) => Ok(true),
                Err(error) => Err(RequestError::Sign { scheme, error }),
            };
        }
        match scheme {
            Auth::None => Ok(true),
            Auth::Custom(_) => Ok(false),
            Auth::Basic
            | Auth::Bearer
            | Auth::OAuth2
            | Auth::Token { .. }
            | Auth::ApiKey { .. } => self.show(request, scheme, context.anonymous),
            _ => sign::sign(request, scheme, &self.keys, &context.moment),
        }
    }

    /// Adds a secret as it is. Whether there is one.
    fn show(
        &self,
        request: &mut http::Request<Body>,
        scheme: Auth,
        anonymous: bool,
    ) -> Result<bool, RequestError> {
        let Some(secret) = self.secret(scheme, anonymous)? else {
            return Ok(false);
        };
        let header = match scheme {
            Auth::ApiKey { place, name } | Auth::Token { place, name } => match place {
                Place::Query => {
                    *request.uri_mut() = uri::with_element(request.uri(), name, &secret)?;
                    return Ok(true);
                }
                Place::Cookie => {
                    add_cookie(request, name, &secret)?;
                    return Ok(true);
                }
                Place::Header if matches!(scheme, Auth::Token { .. }) => AUTHORIZATION,
                Place::Header => HeaderName::from_bytes(name.as_bytes())
                    .map_err(|_| RequestError::HeaderName { name })?,
            },
            _ => AUTHORIZATION,
        };
        let value = sensitive(&header, &secret)?;
        request.headers_mut().insert(header, value);
        Ok(true)
    }

    /// What signs a request, as it is sent.
    fn secret(&self, scheme: Auth, anonymous: bool) -> Result<Option<String>, RequestError> {
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
                let token = given(self.bearer.as_ref(), anonymous);
                token.map(|token| format!("Bearer {token}"))
            }
            Auth::Token { place, name } => given(self.bearer.as_ref(), anonymous).map(|token| {
                if place != Place::Header || name.is_empty() {
                    token.clone()
                } else {
                    format!("{name} {token}")
                }
            }),
            Auth::ApiKey { name, .. } => {
                let key = self.api_keys.get(&name.to_ascii_lowercase());
                given(key, anonymous).cloned()
            }
            _ => None,
        })
    }
}

/// What a signature needs beside the credentials.
pub(super) struct Context {
    pub(super) moment: Moment,
    /// See [`Settings::anonymous`](super::Settings::anonymous).
    pub(super) anonymous: bool,
}

/// A secret that is set to nothing counts only where requests may be sent without.
fn given(secret: Option<&String>, anonymous: bool) -> Option<&String> {
    secret.filter(|secret| anonymous || !secret.is_empty())
}

/// Adds a cookie to those that the request has (RFC 6265, section 4.2.1).
fn add_cookie(
    request: &mut http::Request<Body>,
    name: &str,
    secret: &str,
) -> Result<(), RequestError> {
    let own = request.headers().get(COOKIE).map(HeaderValue::as_bytes);
    let own: String = own
        .unwrap_or_default()
        .iter()
        .copied()
        .map(char::from)
        .collect();
    let others = own.split("; ").filter(|other| {
        let other_name = other.split('=').next();
        !other.is_empty() && other_name != Some(name)
    });
    let pair = format!("{name}={secret}");
    let cookies: Vec<&str> = others.chain([pair.as_str()]).collect();
    let value = sensitive(&COOKIE, &cookies.join("; "))?;
    request.headers_mut().insert(COOKIE, value);
    Ok(())
}

fn sensitive(name: &HeaderName, text: &str) -> Result<HeaderValue, RequestError> {
    let mut value = headers::value(text).ok_or_else(|| RequestError::HeaderValue {
        name: name.to_string().into(),
    })?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Credentials");
        shown
            .field("bearer", &self.bearer.is_some())
            .field("basic", &self.basic.is_some())
            .field("api_keys", &self.api_keys.keys().collect::<Vec<_>>())
            .field("keys", &self.keys)
            .field("signers", &self.signers.keys().collect::<Vec<_>>());
        #[cfg(feature = "oauth2")]
        shown.field("oauth2", &self.oauth2);
        shown.finish()
    }
}
