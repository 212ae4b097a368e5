//! The credentials of an API as a whole, as settings.

use std::error::Error;

use super::auth::Auth;
use super::body::Body;
use super::credentials::Credentials;
use super::settings::Settings;
#[cfg(feature = "sign")]
use super::sign;

/// Each does what the method of [`Credentials`] with its name does, for every request that stands on the base URL of the
/// API.
impl Settings {
    /// The token for [`Auth::Bearer`], [`Auth::OAuth2`] and [`Auth::Token`].
    #[must_use]
    pub fn bearer(self, token: impl Into<String>) -> Self {
        self.change(|credentials| credentials.bearer(token))
    }

    /// User name and password for [`Auth::Basic`], sent in UTF-8 (RFC 7617). The user name
    /// cannot have a colon.
    #[must_use]
    pub fn basic(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.change(|credentials| credentials.basic(user, password))
    }

    /// The key for every [`Auth::ApiKey`] of this name. Names are compared without case.
    #[must_use]
    pub fn api_key(self, name: &str, key: impl Into<String>) -> Self {
        self.change(|credentials| credentials.api_key(name, key))
    }

    /// Signs the requests of a scheme by a function of your own; see [`Credentials::sign_with`].
    #[must_use]
    pub fn sign_with(
        self,
        scheme: &str,
        signer: impl Fn(&mut http::Request<Body>, Auth) -> Result<(), Box<dyn Error + Send + Sync>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.change(|credentials| credentials.sign_with(scheme, signer))
    }

    /// The access tokens for [`Auth::OAuth2`], [`Auth::Bearer`] and [`Auth::Token`], which are granted and renewed as they
    /// are needed.
    #[cfg(feature = "oauth2")]
    #[must_use]
    pub fn oauth2(self, tokens: impl Into<std::sync::Arc<super::oauth2::OAuth2>>) -> Self {
        self.change(|credentials| credentials.oauth2(tokens))
    }

    /// The keys for [`Auth::Aws`].
    #[cfg(feature = "aws")]
    #[must_use]
    pub fn aws(self, keys: sign::AwsKeys) -> Self {
        self.change(|credentials| credentials.aws(keys))
    }

    /// User name and password for [`Auth::Digest`]; see [`Credentials::digest`].
    #[cfg(feature = "digest")]
    #[must_use]
    pub fn digest(self, keys: sign::DigestKeys) -> Self {
        self.change(|credentials| credentials.digest(keys))
    }

    /// The keys for [`Auth::EdgeGrid`].
    #[cfg(feature = "edgegrid")]
    #[must_use]
    pub fn edgegrid(self, keys: sign::EdgeGridKeys) -> Self {
        self.change(|credentials| credentials.edgegrid(keys))
    }

    /// The keys for [`Auth::Hawk`].
    #[cfg(feature = "hawk")]
    #[must_use]
    pub fn hawk(self, keys: sign::HawkKeys) -> Self {
        self.change(|credentials| credentials.hawk(keys))
    }

    /// What makes the tokens for [`Auth::Jwt`].
    #[cfg(feature = "jwt")]
    #[must_use]
    pub fn jwt(self, keys: sign::JwtKeys) -> Self {
        self.change(|credentials| credentials.jwt(keys))
    }

    /// The keys for [`Auth::OAuth1`].
    #[cfg(feature = "oauth1")]
    #[must_use]
    pub fn oauth1(self, keys: sign::OAuth1Keys) -> Self {
        self.change(|credentials| credentials.oauth1(keys))
    }

    fn change(mut self, change: impl FnOnce(Credentials) -> Credentials) -> Self {
        self.credentials = change(self.credentials);
        self
    }
}
