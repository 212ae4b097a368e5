//! How a request is signed.

use std::fmt;

/// How a request proves who sends it: the scheme, with what of it the collection fixes. The
/// credentials themselves are in [`Settings`](super::Settings).
///
/// Any scheme can be signed by a function of your own instead: see
/// [`Settings::sign_with`](super::Settings::sign_with).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Auth {
    /// Not at all.
    None,

    /// `Authorization: Basic …` (RFC 7617), set with [`Settings::basic`](super::Settings::basic).
    Basic,

    /// `Authorization: Bearer …` (RFC 6750), set with [`Settings::bearer`](super::Settings::bearer).
    Bearer,

    /// An access token of OAuth 2.0 (RFC 6749), sent and set as a [`Bearer`](Auth::Bearer) token.
    OAuth2,

    /// A token that is sent in another way, set with [`Settings::bearer`](super::Settings::bearer).
    Token {
        /// Where the token is sent.
        place: Place,
        /// The word before it in `Authorization`, maybe none, or its name in the query.
        name: &'static str,
    },

    /// A key in a header or in the query, set with [`Settings::api_key`](super::Settings::api_key).
    ApiKey {
        /// Where the key is sent.
        place: Place,
        /// The name of the header, cookie or query element.
        name: &'static str,
    },

    /// OAuth 1.0 (RFC 5849), set with `Settings::oauth1` (feature `oauth1`).
    OAuth1(OAuth1),

    /// `Authorization: Digest …` (RFC 7616), set with `Settings::digest` (feature `digest`).
    Digest,

    /// AWS Signature Version 4, set with `Settings::aws` (feature `aws`).
    Aws(Aws),

    /// `Authorization: Hawk …`, set with `Settings::hawk` (feature `hawk`).
    Hawk(Hawk),

    /// `EdgeGrid` of Akamai, set with `Settings::edgegrid` (feature `edgegrid`).
    EdgeGrid(EdgeGrid),

    /// A JSON Web Token (RFC 7519) made for the request, set with `Settings::jwt` (feature `jwt`).
    Jwt(Jwt),

    /// A scheme that this runtime does not sign, by its name in the collection (`ntlm`, `asap`).
    /// Set a function that does with [`Settings::sign_with`](super::Settings::sign_with).
    Custom(&'static str),
}

/// Where an API key, a token or a signature is sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Place {
    /// In a header.
    Header,
    /// In a cookie (`Cookie: name=…`).
    Cookie,
    /// In the query of the URL. Servers and proxies log URLs, so prefer a header where the API
    /// takes both.
    Query,
}

/// A hash function of the SHA family.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Algorithm {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// What an API fixes of [`Auth::OAuth1`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OAuth1 {
    /// The hash of the HMAC. None: the signature method is `PLAINTEXT`.
    pub algorithm: Option<Algorithm>,
    /// [`Place::Query`]: in the query, or in the form of a `POST` or `PUT`.
    pub place: Place,
    /// The realm of the header, not signed.
    pub realm: &'static str,
    /// `oauth_version`; empty: none.
    pub version: &'static str,
    /// Whether the hash of a body that is no form is a parameter, `oauth_body_hash`.
    pub body_hash: bool,
    /// Whether parameters without a value are signed.
    pub empty: bool,
    /// Whether the header is percent-encoded, as RFC 5849 asks (section 3.5.1).
    pub encoded: bool,
}

/// What an API fixes of [`Auth::Aws`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Aws {
    /// The name of the service.
    pub service: &'static str,
    /// The region.
    pub region: &'static str,
    /// Where the signature goes.
    pub place: Place,
}

/// What an API fixes of [`Auth::Hawk`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Hawk {
    /// The hash of the MAC.
    pub algorithm: Algorithm,
    /// Whether the body is hashed too.
    pub payload: bool,
}

/// What an API fixes of [`Auth::EdgeGrid`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct EdgeGrid {
    /// The headers that are signed, in lower case.
    pub headers: &'static [&'static str],
    /// How many bytes of the body of a `POST` are signed.
    pub max_body: usize,
}

/// What an API fixes of [`Auth::Jwt`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Jwt {
    /// The hash of the HMAC: `HS256`, `HS384` or `HS512`.
    pub algorithm: Algorithm,
    /// Where the token is sent.
    pub place: Place,
    /// The word before it in `Authorization`, maybe none, or its name in the query.
    pub name: &'static str,
    /// The header of the token, an object in JSON, to which `alg` is added. Empty: only that.
    pub header: &'static str,
    /// Whether the secret is written in base64.
    pub base64: bool,
}

impl OAuth1 {
    /// `HMAC-SHA1` in the header, version 1.0.
    pub const DEFAULT: Self = Self {
        algorithm: Some(Algorithm::Sha1),
        place: Place::Header,
        realm: "",
        version: "1.0",
        body_hash: false,
        empty: false,
        encoded: true,
    };
}

impl Aws {
    /// The API Gateway in `us-east-1`, in headers.
    pub const DEFAULT: Self = Self {
        service: "execute-api",
        region: "us-east-1",
        place: Place::Header,
    };
}

impl Hawk {
    /// SHA-256, without the body.
    pub const DEFAULT: Self = Self {
        algorithm: Algorithm::Sha256,
        payload: false,
    };
}

impl EdgeGrid {
    /// No headers, and 128 KiB of a body.
    pub const DEFAULT: Self = Self {
        headers: &[],
        max_body: 131_072,
    };
}

impl Jwt {
    /// `HS256`, as a bearer token.
    pub const DEFAULT: Self = Self {
        algorithm: Algorithm::Sha256,
        place: Place::Header,
        name: "Bearer",
        header: "",
        base64: false,
    };
}

impl Auth {
    /// The name of the scheme, as collections have it: what
    /// [`Settings::sign_with`](super::Settings::sign_with) takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Auth::None => "noauth",
            Auth::Basic => "basic",
            Auth::Bearer => "bearer",
            Auth::OAuth2 => "oauth2",
            Auth::Token { .. } => "token",
            Auth::ApiKey { .. } => "apikey",
            Auth::OAuth1(_) => "oauth1",
            Auth::Digest => "digest",
            Auth::Aws(_) => "awsv4",
            Auth::Hawk(_) => "hawk",
            Auth::EdgeGrid(_) => "edgegrid",
            Auth::Jwt(_) => "jwt",
            Auth::Custom(name) => name,
        }
    }

    /// The method of `Settings` that takes the credentials; for a scheme that is a feature, the name of that too.
    pub(super) const fn setter(self) -> &'static str {
        match self {
            Auth::Basic => "basic",
            Auth::ApiKey { .. } => "api_key",
            Auth::OAuth1(_) => "oauth1",
            Auth::Digest => "digest",
            Auth::Aws(_) => "aws",
            Auth::Hawk(_) => "hawk",
            Auth::EdgeGrid(_) => "edgegrid",
            Auth::Jwt(_) => "jwt",
            Auth::Custom(_) => "sign_with",
            Auth::None | Auth::Bearer | Auth::OAuth2 | Auth::Token { .. } => "bearer",
        }
    }
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Auth::None => f.write_str("no credentials"),
            Auth::Basic => f.write_str("a user name and a password"),
            Auth::Bearer => f.write_str("a bearer token"),
            Auth::OAuth2 => f.write_str("an OAuth 2.0 access token"),
            Auth::Token { name, .. } => write!(f, "the token `{name}`"),
            Auth::ApiKey { name, .. } => write!(f, "the API key `{name}`"),
            Auth::OAuth1(_) => f.write_str("keys of OAuth 1.0"),
            Auth::Digest => f.write_str("a user name and a password (digest)"),
            Auth::Aws(_) => f.write_str("keys of AWS"),
            Auth::Hawk(_) => f.write_str("an id and a key of Hawk"),
            Auth::EdgeGrid(_) => f.write_str("keys of EdgeGrid"),
            Auth::Jwt(_) => f.write_str("a secret that signs a JWT"),
            Auth::Custom(name) => write!(f, "the scheme `{name}`"),
        }
    }
}
