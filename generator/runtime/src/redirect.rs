//! Following redirects (RFC 9110, section 15.4) without I/O, for transports.

use http::header::{
    ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LOCATION, RANGE, USER_AGENT,
};
use http::{HeaderMap, HeaderName, Method, Request, Response, StatusCode, Uri};
use percent_encoding::percent_encode;

use super::body::Body;
use super::encode;

/// How many redirects are followed for one request.
pub const LIMIT: usize = 10;

/// The headers that go to another origin. Any other might hold a credential, by whatever name.
const HARMLESS: [HeaderName; 8] = [
    ACCEPT,
    ACCEPT_CHARSET,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
    RANGE,
    USER_AGENT,
];

/// The redirects of one request.
///
/// Followed are 301, 302, 303, 307 and 308 with a `Location`, at most [`LIMIT`] times, of `GET`
/// and `HEAD` without a body. Everything else is the answer as it stands: repeating a request
/// that changes something, or giving a body to somebody else, is not for a library to decide.
///
/// On a change of origin (scheme, host or port) only headers that never hold a credential are
/// sent on: no `Authorization`, no cookie, no API key. A query is never copied.
///
/// ```
/// use letterpress_client::Body;
/// use letterpress_client::redirect::Redirects;
///
/// let request = http::Request::get("https://api.example.com/v2/report")
///     .header("authorization", "Bearer secret")
///     .header("accept", "text/csv")
///     .body(Body::Empty)?;
/// let response = http::Response::builder()
///     .status(302)
///     .header("location", "//files.example.com/1.csv")
///     .body(())?;
///
/// let mut redirects = Redirects::of(&request);
/// let next = redirects.follow(&response).unwrap();
/// assert_eq!(next.uri(), "https://files.example.com/1.csv");
/// assert_eq!(next.headers().keys().collect::<Vec<_>>(), ["accept"]);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Debug)]
pub struct Redirects {
    /// The last request, unless it is one that is not redirected.
    last: Option<Last>,
    left: usize,
}

#[derive(Clone, Debug)]
struct Last {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
}

impl Redirects {
    /// No redirect has been followed yet.
    #[must_use]
    pub fn of(request: &Request<Body>) -> Self {
        let safe = matches!(*request.method(), Method::GET | Method::HEAD);
        let followed = safe && matches!(request.body(), Body::Empty);
        Self {
            last: followed.then(|| Last {
                method: request.method().clone(),
                uri: request.uri().clone(),
                headers: request.headers().clone(),
            }),
            left: LIMIT,
        }
    }

    /// The request to send next, if `response` is a redirect to follow. Otherwise `response` is
    /// the answer.
    pub fn follow<B>(&mut self, response: &Response<B>) -> Option<Request<Body>> {
        let last = self.last.as_mut()?;
        if !is_redirect(response.status()) {
            return None;
        }
        let location = response.headers().get(LOCATION)?;
        let uri = resolve(&last.uri, location.as_bytes())?;
        self.left = self.left.checked_sub(1)?;

        if !same_origin(&last.uri, &uri) {
            last.headers = harmless(&last.headers);
        }
        last.uri = uri;

        let mut request = Request::new(Body::Empty);
        *request.method_mut() = last.method.clone();
        *request.uri_mut() = last.uri.clone();
        *request.headers_mut() = last.headers.clone();
        Some(request)
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn harmless(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for (name, value) in headers {
        if HARMLESS.contains(name) && !value.is_sensitive() {
            kept.append(name, value.clone());
        }
    }
    kept
}

fn same_origin(a: &Uri, b: &Uri) -> bool {
    origin(a) == origin(b)
}

/// Scheme, host and port (RFC 6454, section 4).
fn origin(uri: &Uri) -> (Option<&str>, String, Option<u16>) {
    let scheme = uri.scheme_str();
    let default_port = match scheme {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    };
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    (scheme, host, uri.port_u16().or(default_port))
}

/// The URL that `location` means, seen from `base` (RFC 3986, section 5.2), without its fragment.
/// Nothing if it is no URL, is neither `http` nor `https`, or has credentials in it.
fn resolve(base: &Uri, location: &[u8]) -> Option<Uri> {
    let encoded = percent_encode(location.trim_ascii(), encode::LOCATION).to_string();
    let reference = encoded.split('#').next()?;
    let (before, query) = match reference.split_once('?') {
        Some((before, query)) => (before, Some(query)),
        None => (reference, None),
    };
    let (scheme, rest) = split_scheme(before);
    let (authority, path) = split_authority(rest);
    let scheme = match (scheme, authority) {
        (Some(scheme), Some(_)) => scheme,
        (Some(_), None) => return None,
        (None, _) => base.scheme_str()?,
    };

    let target = match (authority, path) {
        (Some(_), path) => without_dots(path),
        (None, "") => base.path().to_owned(),
        (None, path) if path.starts_with('/') => without_dots(path),
        (None, path) => {
            let folder = base
                .path()
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            without_dots(&format!("{folder}/{path}"))
        }
    };
    let query = match (authority, path, query) {
        (None, "", None) => base.query(),
        (_, _, query) => query,
    };
    let authority = authority.or(base.authority().map(http::uri::Authority::as_str))?;
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let uri = Uri::try_from(format!("{scheme}://{authority}{target}{query}")).ok()?;
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    (known && !authority.contains('@')).then_some(uri)
}

/// `scheme:rest`, where a scheme is letters, digits, `+`, `-`, `.`.
fn split_scheme(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, text),
    }
}

fn is_scheme(text: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(legal)
}

/// `//authority/path`, or a path alone.
fn split_authority(text: &str) -> (Option<&str>, &str) {
    match text.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (Some(authority), path)
        }
        None => (None, text),
    }
}

/// RFC 3986, section 5.2.4; a dot may be encoded, as URL libraries have it.
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    for segment in path.split('/').skip(1) {
        match dots(segment).as_str() {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let last = path.rsplit('/').next().map(dots);
    if matches!(last.as_deref(), Some("." | "..")) {
        kept.push("");
    }
    format!("/{}", kept.join("/"))
}

fn dots(segment: &str) -> String {
    segment.replace("%2e", ".").replace("%2E", ".")
}
