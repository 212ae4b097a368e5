//! Signatures: schemes whose credentials are not sent, but prove something about the request. Each
//! is a feature of its own.

#[cfg(feature = "aws")]
mod aws;
#[cfg(feature = "digest")]
mod challenge;
#[cfg(feature = "digest")]
mod digest;
#[cfg(feature = "edgegrid")]
mod edgegrid;
#[cfg(feature = "sign")]
#[allow(dead_code, reason = "no scheme needs all of it")]
mod hash;
#[cfg(feature = "hawk")]
mod hawk;
#[cfg(feature = "jwt")]
mod jwt;
#[cfg(feature = "oauth1")]
mod oauth1;
#[cfg(any(feature = "aws", feature = "oauth1"))]
mod percent;
#[cfg(feature = "sign")]
#[allow(dead_code, reason = "no scheme needs all of it")]
mod request;
#[cfg(feature = "sign")]
#[cfg(any(feature = "aws", feature = "edgegrid"))]
mod time;

use std::time::SystemTime;

#[cfg(feature = "sign")]
use std::time::UNIX_EPOCH;

use super::auth::Auth;
use super::body::Body;
use super::request_error::RequestError;

#[cfg(feature = "aws")]
pub use aws::AwsKeys;
#[cfg(feature = "digest")]
pub use digest::DigestKeys;
#[cfg(feature = "edgegrid")]
pub use edgegrid::EdgeGridKeys;
#[cfg(feature = "hawk")]
pub use hawk::HawkKeys;
#[cfg(feature = "jwt")]
pub use jwt::JwtKeys;
#[cfg(feature = "oauth1")]
pub use oauth1::OAuth1Keys;

/// The credentials of all schemes that are on.
#[derive(Clone, Default, Debug)]
pub(super) struct Keys {
    #[cfg(feature = "aws")]
    pub(super) aws: Option<AwsKeys>,
    #[cfg(feature = "digest")]
    pub(super) digest: Option<DigestKeys>,
    #[cfg(feature = "edgegrid")]
    pub(super) edgegrid: Option<EdgeGridKeys>,
    #[cfg(feature = "hawk")]
    pub(super) hawk: Option<HawkKeys>,
    #[cfg(feature = "jwt")]
    pub(super) jwt: Option<JwtKeys>,
    #[cfg(feature = "oauth1")]
    pub(super) oauth1: Option<OAuth1Keys>,
}

/// What makes a signature the only one of its kind.
#[allow(dead_code, reason = "no scheme needs all of it")]
pub(super) struct Moment {
    pub(super) time: SystemTime,
    pub(super) nonce: String,
}

/// Signs a request, if there are credentials for it. Whether there are.
#[allow(
    unused_variables,
    clippy::match_single_binding,
    reason = "no scheme needs all of them"
)]
pub(super) fn sign(
    request: &mut http::Request<Body>,
    scheme: Auth,
    keys: &Keys,
    moment: &Moment,
) -> Result<bool, RequestError> {
    match scheme {
        #[cfg(feature = "aws")]
        Auth::Aws(options) => with(keys.aws.as_ref(), |keys| {
            aws::sign(request, options, keys, moment)
        }),
        #[cfg(feature = "digest")]
        Auth::Digest => with(keys.digest.as_ref(), |keys| {
            digest::sign(request, keys, moment)
        }),
        #[cfg(feature = "edgegrid")]
        Auth::EdgeGrid(options) => with(keys.edgegrid.as_ref(), |keys| {
            edgegrid::sign(request, options, keys, moment)
        }),
        #[cfg(feature = "hawk")]
        Auth::Hawk(options) => with(keys.hawk.as_ref(), |keys| {
            hawk::sign(request, options, keys, moment)
        }),
        #[cfg(feature = "jwt")]
        Auth::Jwt(options) => with(keys.jwt.as_ref(), |keys| jwt::sign(request, options, keys)),
        #[cfg(feature = "oauth1")]
        Auth::OAuth1(options) => with(keys.oauth1.as_ref(), |keys| {
            oauth1::sign(request, options, keys, moment)
        }),
        _ => Err(RequestError::Feature {
            scheme,
            feature: scheme.setter(),
        }),
    }
}

/// Signs a request anew that a server has answered with a challenge, where its scheme has such.
/// Whether it does.
#[allow(
    unused_variables,
    clippy::unnecessary_wraps,
    reason = "only one scheme answers"
)]
pub(super) fn answer<B>(
    request: &mut http::Request<Body>,
    response: &http::Response<B>,
    keys: &Keys,
    moment: &Moment,
) -> Result<bool, RequestError> {
    #[cfg(feature = "digest")]
    if let Some(keys) = &keys.digest {
        return digest::answer(request, response.headers(), keys, moment);
    }
    Ok(false)
}

/// Credentials of which a part is missing are none.
#[cfg(feature = "sign")]
fn with<K: Complete>(
    keys: Option<&K>,
    sign: impl FnOnce(&K) -> Result<(), RequestError>,
) -> Result<bool, RequestError> {
    match keys.filter(|keys| keys.is_complete()) {
        Some(keys) => sign(keys).map(|()| true),
        None => Ok(false),
    }
}

/// Credentials.
#[cfg(feature = "sign")]
trait Complete {
    /// Whether nothing is missing that a signature needs.
    fn is_complete(&self) -> bool;
}

#[cfg(feature = "sign")]
#[allow(dead_code, reason = "no scheme needs all of it")]
impl Moment {
    /// Seconds since 1970.
    fn seconds(&self) -> u64 {
        let since = self.time.duration_since(UNIX_EPOCH);
        since.map(|time| time.as_secs()).unwrap_or_default()
    }
}
