//! JSON Web Tokens (RFC 7519) signed by HMAC (RFC 7515).

use std::error::Error;
use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, PAD, URL_SAFE_NO_PAD};

use super::super::auth::{Algorithm, Auth, Jwt, Place};
use super::super::body::Body;
use super::super::json::{self, Json, Map};
use super::super::request_error::RequestError;
use super::super::uri;
use super::request::authorize;
use super::{Complete, hash};

/// What makes JSON Web Tokens: a secret, and the claims that they hold.
///
/// ```
/// use letterpress_client::JwtKeys;
///
/// let keys = JwtKeys::new("secret", r#"{"iss": "me"}"#);
/// assert!(!format!("{keys:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct JwtKeys {
    secret: String,
    claims: String,
}

impl JwtKeys {
    /// The secret, and an object in JSON. Nothing is added to the claims.
    #[must_use]
    pub fn new(secret: impl Into<String>, claims: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            claims: claims.into(),
        }
    }
}

impl fmt::Debug for JwtKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwtKeys").finish_non_exhaustive()
    }
}

impl Complete for JwtKeys {
    fn is_complete(&self) -> bool {
        !self.secret.is_empty()
    }
}

pub(super) fn sign(
    request: &mut http::Request<Body>,
    options: Jwt,
    keys: &JwtKeys,
) -> Result<(), RequestError> {
    let token = token(options, keys).map_err(|error| RequestError::Sign {
        scheme: Auth::Jwt(options),
        error,
    })?;
    match options.place {
        Place::Query => {
            *request.uri_mut() = uri::with_element(request.uri(), options.name, &token)?;
            Ok(())
        }
        Place::Header if options.name.is_empty() => authorize(request, &token),
        Place::Header | Place::Cookie => authorize(request, &format!("{} {token}", options.name)),
    }
}

fn token(options: Jwt, keys: &JwtKeys) -> Result<String, Box<dyn Error + Send + Sync>> {
    let mut header = object(options.header)?;
    header.insert("alg", Json::Text(name(options.algorithm).to_owned()));
    let claims = object(&keys.claims)?;
    let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(json::to_vec(&part)));
    let secret = if options.base64 {
        LENIENT.decode(keys.secret.trim())?
    } else {
        keys.secret.clone().into_bytes()
    };
    let signed = format!("{header}.{claims}");
    let signature = hash::hmac(options.algorithm, &secret, signed.as_bytes());
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// Base64 with or without `=` at its end.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An object in JSON; the empty text is one without members.
fn object(text: &str) -> Result<Map<Json>, json::Error> {
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    json::from_str(text)
}

fn name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Sha384 => "HS384",
        Algorithm::Sha512 => "HS512",
        // There is no `HS1`.
        Algorithm::Sha1 | Algorithm::Sha256 => "HS256",
    }
}
