//! The one trait of generated code: what an endpoint is.

use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, TE,
    TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, Method, StatusCode, Uri};

use super::auth::Auth;
use super::base_url::BaseUrl;
use super::body::Body;
use super::error::CallError;
use super::error_code::ErrorCode;
use super::form::Form;
use super::headers::{self, Headers};
use super::reply::Reply;
use super::request_error::RequestError;
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
pub trait Endpoint: Sync {
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

    /// The alternatives of what signs the request, of which each is several schemes at once, where a document has such; an
    /// alternative without schemes is none at all. The first counts for which there are all credentials. Where this is
    /// empty, [`AUTH`](Endpoint::AUTH) counts.
    const SECURITY: &'static [&'static [Requirement]] = &[];

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
    /// Base URL, path and query are joined as text and not normalised, with one `/` between base URL and path.
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
    /// A success of another status than the documented one (200 for 201) is read as the documented success, if its body
    /// fits that.
    ///
    /// # Errors
    ///
    /// As [`decode`](Endpoint::decode).
    fn from_http(
        response: http::Response<Bytes>,
    ) -> Result<Self::Response, CallError<Self::Failure>> {
        let error = match Self::decode(response.into()) {
            Err(CallError::Undocumented(reply)) if is_another_success(&reply) => {
                return other_success::<Self>(&reply).ok_or(CallError::Undocumented(reply));
            }
            decoded => decoded,
        };
        error.map_err(|error| error.with_codes(Self::ERROR_CODES))
    }

    /// Whether the API documents a reply of this status. A redirect that it documents is the answer, and not followed.
    #[must_use]
    fn documents(status: StatusCode) -> bool {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = status;
        !matches!(
            Self::decode(response.into()),
            Err(CallError::Undocumented(_))
        )
    }
}

/// A request whose results come in pages. Implemented where a document shows how; implement it yourself where it does not.
pub trait Paged:
    Endpoint<Response: Send, Failure: Send> + Clone + PartialEq + Send + 'static
{
    /// One of the results.
    type Item;

    /// The request for the page after this one; nothing after the last.
    #[must_use]
    fn next(&self, page: &Self::Response) -> Option<Self>;

    /// The results of a page.
    #[must_use]
    fn items(page: Self::Response) -> Vec<Self::Item>;
}

/// The token of the next page, unless there is none: an API says so by no token or an empty one.
#[must_use]
pub fn next_token(token: Option<&str>) -> Option<String> {
    token.filter(|token| !token.is_empty()).map(str::to_owned)
}

/// A scheme that signs a request, and its name in the document: credentials are set by that name with
/// [`Settings::credentials_of_scheme`](super::Settings::credentials_of_scheme).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Requirement {
    /// The name.
    pub name: &'static str,
    /// The scheme.
    pub auth: Auth,
}

/// The successes that APIs document (RFC 9110, section 15.3).
const SUCCESSES: [StatusCode; 5] = [
    StatusCode::OK,
    StatusCode::CREATED,
    StatusCode::ACCEPTED,
    StatusCode::NON_AUTHORITATIVE_INFORMATION,
    StatusCode::NO_CONTENT,
];

/// Whether a reply that was not understood may be a success of another status than the documented one. An error is none, nor
/// is a page that something between here and the API shows.
fn is_another_success(reply: &Reply) -> bool {
    reply.is_success() && !reply.tells_error() && !reply.is_page()
}

/// The reply as the first documented success whose body it fits.
fn other_success<E: Endpoint + ?Sized>(reply: &Reply) -> Option<E::Response> {
    let others = SUCCESSES.iter().filter(|other| **other != reply.status());
    others
        .map(|other| E::decode(reply.clone().with_status(*other)))
        .find_map(Result::ok)
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
        let base_url = BaseUrl::normal(base_url_name, base_url)?;
        let uri = target(&base_url, &self.path.finish()?, self.query.finish()?)?;
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
    let base_url = if path.starts_with('/') {
        base_url.trim_end_matches('/')
    } else {
        base_url
    };
    let text = format!("{base_url}{path}{query}");
    // `Uri` would take a fragment away and text that is not ASCII as it is.
    let sendable = text.is_ascii() && !text.contains('#');
    let uri = sendable.then(|| Uri::try_from(text).ok()).flatten();
    uri.ok_or_else(|| RequestError::Target {
        path: path.to_owned(),
    })
}

/// The headers that belong to the connection (RFC 9110, section 7.6.1) or to the transport: it knows where the request
/// goes, how long its body is, and which codings of a reply it can undo.
const OF_TRANSPORT: [HeaderName; 9] = [
    ACCEPT_ENCODING,
    CONNECTION,
    CONTENT_LENGTH,
    HOST,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Sets the headers that say what the body is.
fn describe(body: &Body, method: &Method, headers: &mut HeaderMap) -> Result<(), RequestError> {
    for name in OF_TRANSPORT {
        headers.remove(name);
    }
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
