//! Signatures: schemes whose credentials are not sent, but prove something about the request. Each
//! is a feature of its own.

use std::time::SystemTime;

use super::auth::Auth;
use super::body::Body;
use super::error::RequestError;

/// The credentials of all schemes that are on.
#[derive(Clone, Default, Debug)]
pub(super) struct Keys {}

/// What makes a signature the only one of its kind.
#[cfg_attr(not(feature = "sign"), expect(dead_code, reason = "nothing signs"))]
pub(super) struct Moment {
    pub(super) time: SystemTime,
    pub(super) nonce: String,
}

/// Signs a request, if there are credentials for it. Whether there are.
#[cfg_attr(
    not(feature = "sign"),
    expect(unused_variables, reason = "nothing signs")
)]
pub(super) fn sign(
    request: &mut http::Request<Body>,
    scheme: Auth,
    keys: &Keys,
    moment: &Moment,
) -> Result<bool, RequestError> {
    match scheme {
        _ => Err(RequestError::Feature {
            scheme,
            feature: scheme.setter(),
        }),
    }
}
