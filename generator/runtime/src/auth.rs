//! How a request is signed.

use std::fmt;

/// How a request proves who sends it. The credentials themselves are in
/// [`Settings`](super::Settings).
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

    /// A key in a header or in the query, set with [`Settings::api_key`](super::Settings::api_key).
    ApiKey {
        /// Where the key is sent.
        place: Place,
        /// The name of the header or query element.
        name: &'static str,
    },

    /// A scheme that this runtime does not sign, by its name in the collection (`hawk`, `awsv4`).
    ///
    /// Nothing is added to the request, and nothing is asked for. Take the request from
    /// [`Settings::request`](super::Settings::request), sign it, and send it with a client's
    /// `send` or any other transport.
    Custom(&'static str),
}

/// Where an API key is sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Place {
    /// In a header.
    Header,
    /// In the query of the URL. Servers and proxies log URLs, so prefer a header where the API
    /// takes both.
    Query,
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Auth::None => f.write_str("no credentials"),
            Auth::Basic => f.write_str("a user name and a password"),
            Auth::Bearer => f.write_str("a bearer token"),
            Auth::OAuth2 => f.write_str("an OAuth 2.0 access token"),
            Auth::ApiKey { name, .. } => write!(f, "the API key `{name}`"),
            Auth::Custom(name) => write!(f, "the scheme `{name}`"),
        }
    }
}
