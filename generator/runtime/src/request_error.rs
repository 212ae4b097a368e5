//! Requests that cannot be made.

use std::borrow::Cow;
use std::error::Error;
use std::io;

use super::auth::Auth;

/// The request could not be made. Nothing was sent.
///
/// No message holds a credential, a query, or the value of a header.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// A path segment would be empty, `.` or `..`, and so reach another resource; see
    /// [`Path`](super::Path).
    #[error("`{name}` makes the path segment {value:?}, which would reach another resource")]
    PathValue {
        /// The name of the value in the path.
        name: &'static str,
        /// The whole segment, not encoded.
        value: String,
    },

    /// A parameter cannot be written in its style; see [`Style`](super::Style).
    #[error("the parameter `{name}` {problem}")]
    Parameter {
        /// The name of the parameter.
        name: &'static str,
        /// What is wrong with its value, as the end of a sentence.
        problem: &'static str,
    },

    /// The API names the page that it just gave as the next one: following it would never end.
    #[error("the next page would be the same as the last one")]
    SamePage,

    /// The name of a header is no token (RFC 9110, section 5.1).
    #[error("{name:?} cannot be the name of a header")]
    HeaderName {
        /// The name as it is in the collection.
        name: &'static str,
    },

    /// The value of a header has a control character or one above U+00FF, or there are tens of
    /// thousands of headers.
    #[error("the header `{name}` cannot hold this value")]
    HeaderValue {
        /// The name of the header.
        name: Cow<'static, str>,
    },

    /// The base URL is not set, or requests cannot be built on it.
    #[error("the base URL `{name}` {problem}")]
    BaseUrl {
        /// The name of the base URL in the collection.
        name: &'static str,
        /// What is wrong with it, as the end of a sentence.
        problem: &'static str,
    },

    /// The request has to be signed, and the settings have no credentials for it.
    #[error("the request needs {scheme}: call `Settings::{}`, or `Settings::anonymous` \
        to send it without", .scheme.setter())]
    Credentials {
        /// How the request is signed.
        scheme: Auth,
    },

    /// The user name of [`Auth::Basic`] has a colon, which the server would take for its end
    /// (RFC 7617, section 2).
    #[error("a user name cannot have a colon")]
    UserName,

    /// The method is no token (RFC 9110, section 9.1).
    #[error("{method:?} cannot be a method")]
    Method {
        /// The method as it is in the collection.
        method: &'static str,
    },

    /// The URL has characters that no request can hold, is longer than 65,534 bytes, or the
    /// transport would send another one instead (its URL library resolves dot segments).
    #[error("the path {path:?} or its query cannot be sent as written")]
    Target {
        /// The path, without the query, which may hold an API key.
        path: String,
    },

    /// The request is signed by a feature of this crate that is off.
    #[error("the request needs {scheme}: turn on the feature `{feature}`")]
    Feature {
        /// How the request is signed.
        scheme: Auth,
        /// The name of the feature.
        feature: &'static str,
    },

    /// What signs the request says of its body, and that is not in memory.
    #[error("a body that is signed has to be in memory: make its file with `File::bytes`")]
    SignedBody,

    /// A function of [`Settings::sign_with`](super::Settings::sign_with) failed, or the settings have something
    /// that cannot sign.
    #[error("the request cannot be signed by {scheme}")]
    Sign {
        /// How the request is signed.
        scheme: Auth,
        /// Why not.
        #[source]
        error: Box<dyn Error + Send + Sync>,
    },

    /// A file to be sent cannot be opened.
    #[error("cannot open the body of the request: {0}")]
    Open(#[source] io::Error),
}
