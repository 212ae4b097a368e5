//! OAuth 1.0 (RFC 5849): a signature of method, URL and parameters.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::Uri;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};

use super::super::auth::{Algorithm, OAuth1, Place};
use super::super::body::Body;
use super::super::form::Form;
use super::super::request_error::RequestError;
use super::super::uri;
use super::percent::{decoded, encoded};
use super::request::{authorize, content};
use super::{Complete, Moment, hash};

/// Credentials of OAuth 1.0.
///
/// ```
/// use letterpress_client::OAuth1Keys;
///
/// let keys = OAuth1Keys::new("consumer", "secret").token("token", "token secret");
/// assert!(!format!("{keys:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct OAuth1Keys {
    consumer: [String; 2],
    token: [String; 2],
    callback: String,
    verifier: String,
    realm: Option<String>,
}

impl OAuth1Keys {
    /// The key and the secret of the client.
    #[must_use]
    pub fn new(consumer_key: impl Into<String>, consumer_secret: impl Into<String>) -> Self {
        Self {
            consumer: [consumer_key.into(), consumer_secret.into()],
            token: [String::new(), String::new()],
            callback: String::new(),
            verifier: String::new(),
            realm: None,
        }
    }

    /// A token and its secret.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>, secret: impl Into<String>) -> Self {
        self.token = [token.into(), secret.into()];
        self
    }

    /// The URL to which a user returns, for a request for a temporary token.
    #[must_use]
    pub fn callback(mut self, url: impl Into<String>) -> Self {
        self.callback = url.into();
        self
    }

    /// What a user has brought back, for a request for a token.
    #[must_use]
    pub fn verifier(mut self, verifier: impl Into<String>) -> Self {
        self.verifier = verifier.into();
        self
    }

    /// Another realm than that of the collection.
    #[must_use]
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.realm = Some(realm.into());
        self
    }
}

impl fmt::Debug for OAuth1Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth1Keys").finish_non_exhaustive()
    }
}

impl Complete for OAuth1Keys {
    fn is_complete(&self) -> bool {
        self.consumer.iter().all(|part| !part.is_empty())
    }
}

/// The names of all parameters of the protocol.
const NAMES: [&str; 10] = [
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_signature",
    "oauth_callback",
    "oauth_verifier",
    "oauth_body_hash",
];

/// A parameter, not encoded. Without a value: the name alone, without `=`.
type Pair = (String, Option<String>);

pub(super) fn sign(
    request: &mut http::Request<Body>,
    options: OAuth1,
    keys: &OAuth1Keys,
    moment: &Moment,
) -> Result<(), RequestError> {
    request.headers_mut().remove(AUTHORIZATION);
    let mut query: Vec<Pair> = uri::elements(request.uri())
        .filter(|element| !element.is_empty())
        .map(decode)
        .collect();
    query.retain(is_other);
    let mut form = form(request.body());
    form.retain(is_other);

    let mut own = parameters(request.body(), options, keys, moment)?;
    let signed: Vec<Pair> = query.iter().chain(&form).chain(&own).cloned().collect();
    let base = base_string(request, signed);
    own.push(pair("oauth_signature", &signature(options, keys, &base)));

    let in_form = matches!(request.method().as_str(), "POST" | "PUT")
        && matches!(request.body(), Body::Form(_));
    if options.place == Place::Header {
        authorize(request, &header(options, keys, &own))?;
    } else if in_form {
        form.append(&mut own);
    } else {
        query.append(&mut own);
    }
    if in_form {
        replace_form(request, &form);
    }
    if request.uri().query().is_some() || !query.is_empty() {
        *request.uri_mut() = uri::with_query(request.uri(), &written(&query))?;
    }
    Ok(())
}

/// The parameters of the protocol but for the signature (sections 3.1 and 3.4.1.3.1).
fn parameters(
    body: &Body,
    options: OAuth1,
    keys: &OAuth1Keys,
    moment: &Moment,
) -> Result<Vec<Pair>, RequestError> {
    let [consumer_key, _] = &keys.consumer;
    let [token, _] = &keys.token;
    let mut all = vec![
        pair("oauth_consumer_key", consumer_key),
        pair("oauth_token", token),
        pair("oauth_signature_method", method(options)),
        pair("oauth_timestamp", &moment.seconds().to_string()),
        pair("oauth_nonce", &moment.nonce),
        pair("oauth_version", options.version),
    ];
    all.retain(|(_, value)| {
        let value = value.as_deref().unwrap_or_default();
        options.empty || !value.trim().is_empty()
    });
    // Extensions of the protocol are sent only where they say something: servers may not know them.
    if let Some(algorithm) = options.algorithm {
        if options.body_hash && !matches!(body, Body::Form(_)) {
            let hash = BASE64.encode(hash::hash(algorithm, &[&content(body)?]));
            all.push(pair("oauth_body_hash", &hash));
        }
    }
    let more = [
        ("oauth_callback", &keys.callback),
        ("oauth_verifier", &keys.verifier),
    ];
    let more = more.into_iter().filter(|(_, value)| !value.is_empty());
    all.extend(more.map(|(name, value)| pair(name, value)));
    Ok(all)
}

fn method(options: OAuth1) -> &'static str {
    match options.algorithm {
        None => "PLAINTEXT",
        Some(Algorithm::Sha1) => "HMAC-SHA1",
        Some(Algorithm::Sha256) => "HMAC-SHA256",
        Some(Algorithm::Sha384) => "HMAC-SHA384",
        Some(Algorithm::Sha512) => "HMAC-SHA512",
    }
}

/// Section 3.4.2 to 3.4.4.
fn signature(options: OAuth1, keys: &OAuth1Keys, base: &str) -> String {
    let [_, consumer_secret] = &keys.consumer;
    let [_, token_secret] = &keys.token;
    let key = format!("{}&{}", encoded(consumer_secret), encoded(token_secret));
    match options.algorithm {
        None => key,
        Some(algorithm) => BASE64.encode(hash::hmac(algorithm, key.as_bytes(), base.as_bytes())),
    }
}

/// Section 3.4.1.
fn base_string(request: &http::Request<Body>, parameters: Vec<Pair>) -> String {
    let mut sorted: Vec<(String, String)> = parameters
        .into_iter()
        .map(|(name, value)| (encoded(&name), encoded(&value.unwrap_or_default())))
        .collect();
    sorted.sort();
    let pairs: Vec<String> = sorted
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!(
        "{}&{}&{}",
        encoded(&request.method().as_str().to_uppercase()),
        encoded(&base_uri(request.uri())),
        encoded(&pairs.join("&")),
    )
}

/// Scheme, host, port and path (section 3.4.1.2).
fn base_uri(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let host = uri.host().unwrap_or_default().to_lowercase();
    let port = uri.port_u16().filter(|port| !matches!(port, 80 | 443));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}{}", uri.path())
}

/// The header of section 3.5.1.
fn header(options: OAuth1, keys: &OAuth1Keys, parameters: &[Pair]) -> String {
    let shown = |text: &str| {
        if options.encoded {
            encoded(text)
        } else {
            text.to_owned()
        }
    };
    let realm = keys.realm.as_deref().unwrap_or(options.realm);
    let realm = (!realm.trim().is_empty()).then(|| format!("realm=\"{}\"", shown(realm)));
    let parameters = parameters.iter().filter_map(|(name, value)| {
        let value = value.as_deref().filter(|value| !value.is_empty())?.trim();
        Some(format!("{}=\"{}\"", shown(name), shown(value)))
    });
    let fields: Vec<String> = realm.into_iter().chain(parameters).collect();
    format!("OAuth {}", fields.join(","))
}

/// The pairs of a form; other bodies have none.
fn form(body: &Body) -> Vec<Pair> {
    match body {
        Body::Form(form) if !form.as_str().is_empty() => {
            form.as_str().split('&').map(decode).collect()
        }
        _ => Vec::new(),
    }
}

fn replace_form(request: &mut http::Request<Body>, pairs: &[Pair]) {
    let mut form = Form::new();
    for (name, value) in pairs {
        form.pair(name, &value.as_deref().unwrap_or_default());
    }
    request.headers_mut().remove(CONTENT_LENGTH);
    *request.body_mut() = Body::Form(form);
}

/// The elements of a query, encoded as section 3.6 asks.
fn written(pairs: &[Pair]) -> String {
    let elements: Vec<String> = pairs
        .iter()
        .map(|(name, value)| match value {
            Some(value) => format!("{}={}", encoded(name), encoded(value)),
            None => encoded(name),
        })
        .collect();
    elements.join("&")
}

fn pair(name: &str, value: &str) -> Pair {
    (name.to_owned(), Some(value.to_owned()))
}

/// Whether a parameter is none of the protocol's: those are written anew.
fn is_other((name, _): &Pair) -> bool {
    !NAMES.contains(&name.as_str())
}

/// An element of a query or a form, decoded (section 3.4.1.3.1).
fn decode(element: &str) -> Pair {
    match element.split_once('=') {
        Some((name, value)) => (decoded(name), Some(decoded(value))),
        None => (decoded(element), None),
    }
}
