//! How a request is authorized, and where the document says so.

/// How a request is authorized: the scheme, with what of it is always the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Auth {
    /// Not at all.
    #[default]
    None,
    /// RFC 7617.
    Basic,
    /// RFC 6750.
    Bearer,
    /// RFC 6749; the token goes where a bearer token goes.
    OAuth2,
    /// A token that is sent in another way.
    Token(Token),
    /// A key in a header field.
    ApiKeyHeader(String),
    /// A key in the query.
    ApiKeyQuery(String),
    /// A key in a cookie.
    ApiKeyCookie(String),
    /// OAuth 1.0 (RFC 5849).
    OAuth1(OAuth1),
    /// RFC 7616.
    Digest,
    /// AWS Signature Version 4.
    Aws {
        /// The service; empty for the default.
        service: String,
        /// The region; empty for the default.
        region: String,
        /// Whether the signature goes into the query.
        in_query: bool,
    },
    /// Hawk.
    Hawk {
        /// The hash of the MAC.
        algorithm: Algorithm,
        /// Whether the body is hashed too.
        payload: bool,
    },
    /// `EdgeGrid` of Akamai.
    EdgeGrid {
        /// The header fields that are signed.
        headers: Vec<String>,
        /// How many bytes of a body are signed, where it is not the default.
        max_body: Option<u64>,
    },
    /// A JSON Web Token that the client signs (RFC 7519).
    Jwt {
        /// The hash of the HMAC.
        algorithm: Algorithm,
        /// Where the token goes.
        token: Token,
        /// The header of the token, an object in JSON, where it is not just the algorithm.
        header: String,
        /// Whether the secret is written in base64.
        base64: bool,
    },
    /// A scheme that the caller signs by.
    Custom(String),
}

/// A scheme among those that sign a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Requirement {
    /// What the document calls the scheme.
    pub name: String,
    /// The scheme.
    pub auth: Auth,
}

/// How a token is sent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Token {
    /// In the Authorization field, behind that word. Empty: alone.
    Prefix(String),
    /// In the query, under that name.
    Query(String),
}

/// The options of OAuth 1.0.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the protocol has as many options"
)]
pub struct OAuth1 {
    /// The hash of the HMAC. `None`: the signature is plain text.
    pub algorithm: Option<Algorithm>,
    /// Whether the parameters go into the Authorization field, rather than into the form or the query.
    pub in_header: bool,
    /// The realm.
    pub realm: String,
    /// `oauth_version`; empty: left out.
    pub version: String,
    /// Whether the body is hashed too.
    pub body_hash: bool,
    /// Whether parameters without a value count.
    pub empty: bool,
    /// Whether the Authorization field is percent-encoded.
    pub encoded: bool,
}

/// A hash function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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

/// Where a document says how a request is authorized.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AuthFrom {
    /// In the request itself.
    #[default]
    Request,
    /// In a folder around it.
    Folder(usize),
    /// In the collection.
    Collection,
    /// In its Authorization field.
    Header,
    /// In its URL.
    Url,
}

impl Auth {
    /// The feature of the runtime that signs by it, where that is not always there.
    #[must_use]
    pub fn feature(&self) -> Option<&'static str> {
        match self {
            Auth::OAuth1(_) => Some("oauth1"),
            Auth::Digest => Some("digest"),
            Auth::Aws { .. } => Some("aws"),
            Auth::Hawk { .. } => Some("hawk"),
            Auth::EdgeGrid { .. } => Some("edgegrid"),
            Auth::Jwt { .. } => Some("jwt"),
            _ => None,
        }
    }
}
