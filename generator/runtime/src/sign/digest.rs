//! Digest access authentication (RFC 7616): the answer to a challenge of the server.

use std::fmt;

use http::HeaderMap;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use md5::Md5;
use sha2::{Sha256, Sha512_256};

use super::super::body::Body;
use super::super::request_error::RequestError;
use super::challenge::{self, Challenge, quoted};
use super::request::{authorize, content, target};
use super::{Complete, Moment, hash};

/// Credentials of digest access authentication.
///
/// ```
/// use letterpress_client::DigestKeys;
///
/// let keys = DigestKeys::new("Mufasa", "Circle of Life");
/// assert!(!format!("{keys:?}").contains("Circle"));
/// ```
#[derive(Clone)]
pub struct DigestKeys {
    user: String,
    password: String,
    challenge: Option<Challenge>,
}

impl DigestKeys {
    /// User name and password.
    #[must_use]
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            password: password.into(),
            challenge: None,
        }
    }

    /// Signs requests by a challenge that is known already, the value of a `WWW-Authenticate`
    /// header, instead of waiting for the server to reply with one. An `nc` in it is how often its
    /// nonce has been used, with the request; without, it is used for the first time.
    #[must_use]
    pub fn challenge(mut self, value: &str) -> Self {
        self.challenge = challenge::read(value).into_iter().find(is_known);
        self
    }
}

impl fmt::Debug for DigestKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DigestKeys").finish_non_exhaustive()
    }
}

impl Complete for DigestKeys {
    fn is_complete(&self) -> bool {
        !self.user.is_empty()
    }
}

/// Signs by the challenge that is known; without one, the server is asked first.
pub(super) fn sign(
    request: &mut http::Request<Body>,
    keys: &DigestKeys,
    moment: &Moment,
) -> Result<(), RequestError> {
    match &keys.challenge {
        Some(challenge) => sign_by(request, keys, challenge, moment),
        None => Ok(()),
    }
}

/// Signs by the first challenge of a reply that can be answered.
pub(super) fn answer(
    request: &mut http::Request<Body>,
    headers: &HeaderMap,
    keys: &DigestKeys,
    moment: &Moment,
) -> Result<bool, RequestError> {
    let values = headers.get_all(WWW_AUTHENTICATE).iter();
    let challenges = values.filter_map(|value| value.to_str().ok());
    let challenge = challenges.flat_map(challenge::read).find(is_known);
    match challenge.filter(|_| keys.is_complete()) {
        Some(challenge) => sign_by(request, keys, &challenge, moment).map(|()| true),
        None => Ok(false),
    }
}

/// Whether a challenge can be answered.
fn is_known(challenge: &Challenge) -> bool {
    challenge.scheme == "digest"
        && !challenge.get("nonce").is_empty()
        && hash_of(challenge).is_some()
        && quality(challenge).is_some()
}

/// A hash of texts, in hexadecimal digits.
type Hash = fn(&[&[u8]]) -> Vec<u8>;

/// The hash function that a challenge asks for.
fn hash_of(challenge: &Challenge) -> Option<Hash> {
    let algorithm = challenge.get("algorithm").to_ascii_uppercase();
    Some(
        match algorithm.strip_suffix("-SESS").unwrap_or(&algorithm) {
            "" | "MD5" => hash::of::<Md5>,
            "SHA-256" => hash::of::<Sha256>,
            "SHA-512-256" => hash::of::<Sha512_256>,
            _ => return None,
        },
    )
}

/// The quality of protection, of which that without the body is preferred; nothing for a server
/// that knows none (RFC 2069).
fn quality(challenge: &Challenge) -> Option<&'static str> {
    let offered = challenge.get("qop");
    let offers = |name: &str| offered.split(',').any(|word| word.trim() == name);
    match offered {
        "" => Some(""),
        _ if offers("auth") => Some("auth"),
        _ if offers("auth-int") => Some("auth-int"),
        _ => None,
    }
}

fn sign_by(
    request: &mut http::Request<Body>,
    keys: &DigestKeys,
    challenge: &Challenge,
    moment: &Moment,
) -> Result<(), RequestError> {
    let (Some(hash), Some(quality)) = (hash_of(challenge), quality(challenge)) else {
        return Ok(());
    };
    let (realm, nonce) = (challenge.get("realm"), challenge.get("nonce"));
    let (cnonce, uri) = (&moment.nonce, target(request.uri()).to_owned());
    let count = match challenge.get("nc") {
        "" => "00000001",
        count => count,
    };
    let algorithm = match challenge.get("algorithm") {
        "" => "MD5",
        algorithm => algorithm,
    };

    let in_session = algorithm.to_ascii_lowercase().ends_with("-sess");
    let proof = Proof {
        hash,
        realm,
        nonce,
        cnonce,
        count,
        quality,
        in_session,
    };
    let response = proof.response(request, keys, &uri)?;

    let mut fields = vec![
        format!("username={}", quoted(&keys.user)),
        format!("realm={}", quoted(realm)),
        format!("nonce={}", quoted(nonce)),
        format!("uri={}", quoted(&uri)),
        format!("algorithm={}", quoted(algorithm)),
    ];
    if !quality.is_empty() {
        fields.push(format!("qop={quality}"));
    }
    if !quality.is_empty() || in_session {
        fields.push(format!("nc={count}"));
        fields.push(format!("cnonce={}", quoted(cnonce)));
    }
    fields.push(format!("response={}", quoted(&response)));
    let opaque = challenge.get("opaque");
    if !opaque.is_empty() {
        fields.push(format!("opaque={}", quoted(opaque)));
    }
    request.headers_mut().remove(AUTHORIZATION);
    authorize(request, &format!("Digest {}", fields.join(", ")))
}

/// What the response of an answer is made of.
struct Proof<'a> {
    hash: Hash,
    realm: &'a str,
    nonce: &'a str,
    cnonce: &'a str,
    count: &'a str,
    quality: &'a str,
    in_session: bool,
}

impl Proof<'_> {
    /// RFC 7616, sections 3.4.1 to 3.4.3.
    fn response(
        &self,
        request: &http::Request<Body>,
        keys: &DigestKeys,
        uri: &str,
    ) -> Result<String, RequestError> {
        let Self {
            realm,
            nonce,
            cnonce,
            count,
            quality,
            ..
        } = self;
        let mut user = self.hex(&format!("{}:{realm}:{}", keys.user, keys.password));
        if self.in_session {
            user = self.hex(&format!("{user}:{nonce}:{cnonce}"));
        }
        let mut action = format!("{}:{uri}", request.method());
        if *quality == "auth-int" {
            let body = hash::hex(&(self.hash)(&[&content(request.body())?]));
            action = format!("{action}:{body}");
        }
        let action = self.hex(&action);
        Ok(if quality.is_empty() {
            self.hex(&format!("{user}:{nonce}:{action}"))
        } else {
            self.hex(&format!(
                "{user}:{nonce}:{count}:{cnonce}:{quality}:{action}"
            ))
        })
    }

    fn hex(&self, text: &str) -> String {
        hash::hex(&(self.hash)(&[text.as_bytes()]))
    }
}
