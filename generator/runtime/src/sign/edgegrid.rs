//! `EdgeGrid` of Akamai: an HMAC of method, target, headers and body.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::Method;
use http::header::AUTHORIZATION;

use super::super::auth::{Algorithm, EdgeGrid};
use super::super::body::Body;
use super::super::request_error::RequestError;
use super::request::{authorize, content, target};
use super::time::Utc;
use super::{Complete, Moment, hash};

/// Credentials of `EdgeGrid`.
///
/// ```
/// use letterpress_client::EdgeGridKeys;
///
/// let keys = EdgeGridKeys::new("akab-client", "secret", "akab-access");
/// assert!(!format!("{keys:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct EdgeGridKeys {
    client_token: String,
    client_secret: String,
    access_token: String,
    host: String,
}

impl EdgeGridKeys {
    /// The three parts of a client's credentials.
    #[must_use]
    pub fn new(
        client_token: impl Into<String>,
        client_secret: impl Into<String>,
        access_token: impl Into<String>,
    ) -> Self {
        Self {
            client_token: client_token.into(),
            client_secret: client_secret.into(),
            access_token: access_token.into(),
            host: String::new(),
        }
    }

    /// The host that is signed, where requests reach it by another name.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }
}

impl fmt::Debug for EdgeGridKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EdgeGridKeys").finish_non_exhaustive()
    }
}

impl Complete for EdgeGridKeys {
    fn is_complete(&self) -> bool {
        let parts = [&self.client_token, &self.client_secret, &self.access_token];
        parts.iter().all(|part| !part.is_empty())
    }
}

pub(super) fn sign(
    request: &mut http::Request<Body>,
    options: EdgeGrid,
    keys: &EdgeGridKeys,
    moment: &Moment,
) -> Result<(), RequestError> {
    request.headers_mut().remove(AUTHORIZATION);
    let timestamp = timestamp(moment.seconds());
    let head = format!(
        "EG1-HMAC-SHA256 client_token={};access_token={};timestamp={timestamp};nonce={};",
        keys.client_token, keys.access_token, moment.nonce,
    );
    let uri = request.uri();
    let authority = uri.authority().map(http::uri::Authority::as_str);
    let host = match keys.host.as_str() {
        "" => authority.unwrap_or_default(),
        host => host,
    };
    let signed = [
        request.method().as_str(),
        uri.scheme_str().unwrap_or_default(),
        &host.to_lowercase(),
        target(uri),
        &headers(request, options),
        &body_hash(request, options)?,
        &head,
    ]
    .join("\t");
    let key = mac(keys.client_secret.as_bytes(), &timestamp);
    let signature = mac(key.as_bytes(), &signed);
    authorize(request, &format!("{head}signature={signature}"))
}

fn mac(key: &[u8], data: &str) -> String {
    BASE64.encode(hash::hmac(Algorithm::Sha256, key, data.as_bytes()))
}

fn timestamp(seconds: u64) -> String {
    let Utc {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = Utc::at(seconds);
    format!("{year:04}{month:02}{day:02}T{hour:02}:{minute:02}:{second:02}+0000")
}

/// The signed headers that the request has, each with its blanks taken together.
fn headers(request: &http::Request<Body>, options: EdgeGrid) -> String {
    let headers = options.headers.iter().filter_map(|name| {
        let value = request.headers().get(*name)?.to_str().ok()?;
        let words: Vec<&str> = value.split_whitespace().collect();
        (!words.is_empty()).then(|| format!("{name}:{}", words.join(" ")))
    });
    headers.collect::<Vec<_>>().join("\t")
}

/// The hash of a body: only those of `POST` are signed.
fn body_hash(request: &http::Request<Body>, options: EdgeGrid) -> Result<String, RequestError> {
    if request.method() != Method::POST || matches!(request.body(), Body::Empty) {
        return Ok(String::new());
    }
    let bytes = content(request.body())?;
    let bytes = bytes.get(..options.max_body).unwrap_or(&bytes);
    Ok(BASE64.encode(hash::hash(Algorithm::Sha256, &[bytes])))
}
