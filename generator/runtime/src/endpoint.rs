//! The one trait of generated code: what an endpoint is.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::{HeaderMap, Method, Uri};

use super::auth::Auth;
use super::body::Body;
use super::error::{CallError, RequestError};
use super::form::Form;
use super::headers::{self, Headers};
use super::reply::Reply;
use super::target::{Path, Query};

/// A request of an API and the replies it may get. Implemented by plain data: the request's
/// inputs.
///
/// It does no I/O: [`to_http`](Endpoint::to_http) makes an [`http::Request`],
/// [`from_http`](Endpoint::from_http) reads an [`http::Response`], and anything that speaks HTTP
/// can be between them. The clients of this crate are.
///
/// # Example
///
/// ```
/// use letterpress_client::{
///     Auth, BaseUrl, Body, CallError, Endpoint, ErrorCode, Path, Query, Reply,
/// };
///
/// /// Rename a meeting.
/// struct Rename {
///     meeting_id: i64,
///     topic: String,
///     occurrence: Option<String>,
/// }
///
/// #[derive(PartialEq, Debug)]
/// enum Failure {
///     NotFound,
/// }
///
/// impl Endpoint for Rename {
///     type Response = ();
///     type Failure = Failure;
///
///     const METHOD: &'static str = "PATCH";
///     const BASE_URL: BaseUrl = BaseUrl::new("baseUrl", "https://api.example.com/v2");
///     const PATH: &'static str = "/meetings/{meetingId}";
///     const AUTH: Auth = Auth::Bearer;
///     const ERROR_CODES: &'static [ErrorCode] =
///         &[ErrorCode::new(404, "3001", "Meeting does not exist.")];
///
///     fn path(&self, path: &mut Path) {
///         path.text("/meetings/");
///         path.value("meetingId", &self.meeting_id);
///     }
///
///     fn query(&self, query: &mut Query) {
///         query.pair("occurrence", &self.occurrence);
///     }
///
///     fn body(&self) -> Body {
///         Body::text("text/plain", &self.topic)
///     }
///
///     fn decode(reply: Reply) -> Result<(), CallError<Failure>> {
///         match reply.status().as_u16() {
///             204 => Ok(()),
///             404 => Err(reply.failure(Failure::NotFound)),
///             _ => Err(reply.undocumented()),
///         }
///     }
/// }
///
/// let rename = Rename {
///     meeting_id: 85_746_065,
///     topic: "Minutes".to_owned(),
///     occurrence: Some("a&b".to_owned()),
/// };
/// let request = rename.to_http("https://api.example.com/v2")?;
/// assert_eq!(request.method(), "PATCH");
/// assert_eq!(request.uri(), "https://api.example.com/v2/meetings/85746065?occurrence=a%26b");
/// assert_eq!(request.headers()["content-type"], "text/plain");
///
/// let response = http::Response::builder().status(404).body(r#"{"code": 3001}"#.into())?;
/// match Rename::from_http(response) {
///     Err(CallError::Api(error)) => {
///         assert_eq!(error.failure(), &Failure::NotFound);
///         assert_eq!(error.documented().unwrap().message, "Meeting does not exist.");
///     }
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Endpoint {
    /// What a successful reply holds; `()` if nothing.
    type Response;

    /// The failures that the API documents; [`Infallible`](std::convert::Infallible) if none.
    type Failure;

    /// The method: any token (RFC 9110, section 9.1), sent as it is written.
    const METHOD: &'static str;

    /// What the path stands on.
    const BASE_URL: BaseUrl;

    /// The path with names instead of values, `/meetings/{meetingId}`: for logs and metrics.
    const PATH: &'static str;

    /// How the request is signed.
    const AUTH: Auth = Auth::None;

    /// The error codes that the API documents for this request.
    const ERROR_CODES: &'static [ErrorCode] = &[];

    /// The scopes of which a token needs one, as the API names them.
    const SCOPES: &'static [&'static str] = &[];

    /// The label under which the API counts and limits such requests.
    const RATE_LIMIT: Option<&'static str> = None;

    /// Writes the path.
    fn path(&self, path: &mut Path);

    /// Writes the query.
    fn query(&self, query: &mut Query) {
        let _ = query;
    }

    /// Writes the headers, without those that sign the request.
    fn headers(&self, headers: &mut Headers) {
        let _ = headers;
    }

    /// Makes the body.
    fn body(&self) -> Body {
        Body::Empty
    }

    /// Reads a reply.
    ///
    /// # Errors
    ///
    /// [`CallError::Api`] for a failure that the API documents, [`CallError::Decode`] for a body
    /// that does not fit what is documented, [`CallError::Undocumented`] for anything else that is
    /// no success.
    fn decode(reply: Reply) -> Result<Self::Response, CallError<Self::Failure>>;

    /// The request as HTTP, not signed. [`Settings::request`](super::Settings::request) signs it.
    ///
    /// Base URL, path and query are joined as text and not normalised: a base URL that ends in
    /// `/` makes `//`, as in Postman.
    ///
    /// # Errors
    ///
    /// A value, a header or the base URL cannot be sent; see [`RequestError`].
    fn to_http(&self, base_url: &str) -> Result<http::Request<Body>, RequestError> {
        complete(self, base_url, Path::default())
    }

    /// Reads a response: [`decode`](Endpoint::decode), after which a failure knows the
    /// [`ERROR_CODES`](Endpoint::ERROR_CODES).
    ///
    /// # Errors
    ///
    /// As [`decode`](Endpoint::decode).
    fn from_http(
        response: http::Response<Bytes>,
    ) -> Result<Self::Response, CallError<Self::Failure>> {
        Self::decode(response.into()).map_err(|error| error.with_codes(Self::ERROR_CODES))
    }
}

/// What the paths of an API stand on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BaseUrl {
    /// The name of the collection's variable (`baseUrl`), or the URL with its variables
    /// (`https://{team}.example.com`).
    pub name: &'static str,

    /// The URL where the settings have no other. Empty: the settings must have one.
    pub default: &'static str,
}

impl BaseUrl {
    /// A base URL of this name.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self { name, default }
    }

    /// Whether requests can be built on `url`: scheme `http` or `https`, a host, maybe a port and
    /// a path.
    fn check(name: &'static str, url: &str) -> Result<(), RequestError> {
        let problem = |problem| Err(RequestError::BaseUrl { name, problem });
        if url.is_empty() {
            return problem("is not set: call `Settings::base_url`");
        }
        if url.contains(['?', '#']) {
            return problem("has a query or a fragment");
        }
        let Ok(uri) = url.parse::<Uri>() else {
            return problem("is not a URL");
        };
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return problem("does not begin with `http://` or `https://`");
        }
        match uri.authority() {
            Some(authority) if authority.as_str().contains('@') => {
                problem("has credentials in it: call `Settings::basic` instead")
            }
            Some(authority) if !authority.host().is_empty() => Ok(()),
            _ => problem("has no host"),
        }
    }
}

/// An error code that an API documents.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ErrorCode {
    /// The status it comes with, if that is documented.
    pub status: Option<u16>,
    /// The code, as in the member `code` of the body.
    pub code: &'static str,
    /// What the API says about it.
    pub message: &'static str,
}

impl ErrorCode {
    /// An error code that comes with `status`.
    #[must_use]
    pub const fn new(status: u16, code: &'static str, message: &'static str) -> Self {
        Self {
            status: Some(status),
            code,
            message,
        }
    }

    /// An error code of which the API does not say what status it comes with.
    #[must_use]
    pub const fn any_status(code: &'static str, message: &'static str) -> Self {
        Self {
            status: None,
            code,
            message,
        }
    }
}

/// The request of an endpoint, its path written to `path`.
pub(super) fn complete<E: Endpoint + ?Sized>(
    endpoint: &E,
    base_url: &str,
    path: Path,
) -> Result<http::Request<Body>, RequestError> {
    let mut draft = Draft {
        path,
        ..Draft::default()
    };
    endpoint.path(&mut draft.path);
    endpoint.query(&mut draft.query);
    endpoint.headers(&mut draft.headers);
    draft.body = endpoint.body();
    draft.finish(E::METHOD, E::BASE_URL.name, base_url)
}

/// A request as its endpoint wrote it.
#[derive(Default)]
struct Draft {
    path: Path,
    query: Query,
    headers: Headers,
    body: Body,
}

impl Draft {
    fn finish(
        self,
        method: &'static str,
        base_url_name: &'static str,
        base_url: &str,
    ) -> Result<http::Request<Body>, RequestError> {
        BaseUrl::check(base_url_name, base_url)?;
        let uri = target(base_url, &self.path.finish()?, self.query.finish())?;
        let method =
            Method::from_bytes(method.as_bytes()).map_err(|_| RequestError::Method { method })?;

        let mut headers = self.headers.finish()?;
        describe(&self.body, &method, &mut headers)?;

        let mut request = http::Request::new(self.body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

/// Joins the three as text.
fn target(base_url: &str, path: &str, query: Option<String>) -> Result<Uri, RequestError> {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let text = format!("{base_url}{path}{query}");
    // `Uri` would take a fragment away and text that is not ASCII as it is.
    let sendable = text.is_ascii() && !text.contains('#');
    let uri = sendable.then(|| Uri::try_from(text).ok()).flatten();
    uri.ok_or_else(|| RequestError::Target {
        path: path.to_owned(),
    })
}

/// Sets the headers that say what the body is.
fn describe(body: &Body, method: &Method, headers: &mut HeaderMap) -> Result<(), RequestError> {
    headers.remove(TRANSFER_ENCODING);
    headers.remove(CONTENT_LENGTH);
    match body {
        Body::Empty if !is_bodiless(method) => {
            headers.insert(CONTENT_LENGTH, 0.into());
        }
        Body::Multipart(form) => {
            for media_type in form.media_types() {
                content_type(media_type)?;
            }
        }
        _ => {}
    }
    let own = headers.get(CONTENT_TYPE);
    let keeps_own = own.is_some_and(|own| match body {
        Body::Form(_) => own.as_bytes().starts_with(Form::MEDIA_TYPE.as_bytes()),
        Body::Multipart(_) => false,
        _ => true,
    });
    if let Some(media_type) = body.content_type().filter(|_| !keeps_own) {
        headers.insert(CONTENT_TYPE, content_type(&media_type)?);
    }
    Ok(())
}

/// Whether a request of this method without a body does not mention its length, as in Postman.
fn is_bodiless(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::DELETE | Method::OPTIONS | Method::TRACE
    )
}

fn content_type(media_type: &str) -> Result<http::HeaderValue, RequestError> {
    headers::value(media_type).ok_or(RequestError::HeaderValue {
        name: "content-type".into(),
    })
}
