//! The settings that take credentials for signatures.

use super::super::settings::Settings;

impl Settings {
    /// The keys for [`Auth::Aws`](super::super::Auth::Aws).
    #[cfg(feature = "aws")]
    #[must_use]
    pub fn aws(mut self, keys: super::AwsKeys) -> Self {
        self.keys.aws = Some(keys);
        self
    }

    /// User name and password for [`Auth::Digest`](super::super::Auth::Digest).
    ///
    /// The server is asked first, and replies with a challenge: the clients of this crate answer
    /// it. For another transport, see [`answer`](Settings::answer).
    #[cfg(feature = "digest")]
    #[must_use]
    pub fn digest(mut self, keys: super::DigestKeys) -> Self {
        self.keys.digest = Some(keys);
        self
    }

    /// The keys for [`Auth::EdgeGrid`](super::super::Auth::EdgeGrid).
    #[cfg(feature = "edgegrid")]
    #[must_use]
    pub fn edgegrid(mut self, keys: super::EdgeGridKeys) -> Self {
        self.keys.edgegrid = Some(keys);
        self
    }

    /// The keys for [`Auth::Hawk`](super::super::Auth::Hawk).
    #[cfg(feature = "hawk")]
    #[must_use]
    pub fn hawk(mut self, keys: super::HawkKeys) -> Self {
        self.keys.hawk = Some(keys);
        self
    }

    /// What makes the tokens for [`Auth::Jwt`](super::super::Auth::Jwt).
    #[cfg(feature = "jwt")]
    #[must_use]
    pub fn jwt(mut self, keys: super::JwtKeys) -> Self {
        self.keys.jwt = Some(keys);
        self
    }

    /// The keys for [`Auth::OAuth1`](super::super::Auth::OAuth1).
    #[cfg(feature = "oauth1")]
    #[must_use]
    pub fn oauth1(mut self, keys: super::OAuth1Keys) -> Self {
        self.keys.oauth1 = Some(keys);
        self
    }
}
