//! An endpoint that a test fills in.

use letterpress_client::{
    Auth, BaseUrl, Body, CallError, Endpoint, ErrorCode, Headers, Path, Place, Query, Reply,
    RequestError,
};

pub(crate) const BASE: BaseUrl = BaseUrl::new("baseUrl", "https://api.example.com/v2");

/// Methods by number, because a method is a constant of its endpoint.
pub(crate) const METHODS: [&str; 9] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "PROPFIND", "PO ST",
];
pub(crate) const GET: usize = 0;
pub(crate) const POST: usize = 1;

/// Schemes by number.
pub(crate) const SCHEMES: [Auth; 13] = [
    Auth::None,
    Auth::Basic,
    Auth::Bearer,
    Auth::OAuth2,
    Auth::ApiKey {
        place: Place::Header,
        name: "X-Api-Key",
    },
    Auth::ApiKey {
        place: Place::Query,
        name: "api key",
    },
    Auth::Custom("hawk"),
    Auth::ApiKey {
        place: Place::Header,
        name: "no token",
    },
    Auth::ApiKey {
        place: Place::Query,
        name: "key",
    },
    Auth::Token {
        place: Place::Header,
        name: "Vault-token",
    },
    Auth::Token {
        place: Place::Header,
        name: "",
    },
    Auth::Token {
        place: Place::Query,
        name: "access_token",
    },
    Auth::Digest,
];
pub(crate) const NONE: usize = 0;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Failure {
    NotFound,
}

type Write<T> = Box<dyn Fn(&mut T) + Send + Sync>;

/// `GET https://api.example.com/v2/x`, until something else is said.
pub(crate) struct Probe<const METHOD: usize = GET, const SCHEME: usize = NONE> {
    path: Write<Path>,
    query: Write<Query>,
    headers: Write<Headers>,
    body: Body,
}

pub(crate) fn probe<const METHOD: usize, const SCHEME: usize>() -> Probe<METHOD, SCHEME> {
    Probe {
        path: Box::new(|path| path.text("/x")),
        query: Box::new(|_| {}),
        headers: Box::new(|_| {}),
        body: Body::Empty,
    }
}

pub(crate) fn get() -> Probe {
    probe()
}

pub(crate) fn post(body: impl Into<Body>) -> Probe<POST> {
    probe().body(body)
}

impl<const METHOD: usize, const SCHEME: usize> Probe<METHOD, SCHEME> {
    pub(crate) fn path(mut self, write: impl Fn(&mut Path) + Send + Sync + 'static) -> Self {
        self.path = Box::new(write);
        self
    }

    pub(crate) fn query(mut self, write: impl Fn(&mut Query) + Send + Sync + 'static) -> Self {
        self.query = Box::new(write);
        self
    }

    pub(crate) fn headers(mut self, write: impl Fn(&mut Headers) + Send + Sync + 'static) -> Self {
        self.headers = Box::new(write);
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn http(&self) -> Result<http::Request<Body>, RequestError> {
        self.to_http(BASE.default)
    }

    /// The URL behind the base URL.
    pub(crate) fn target(&self) -> Result<String, RequestError> {
        let uri = self.http()?.uri().to_string();
        Ok(uri.strip_prefix(BASE.default).unwrap().to_owned())
    }
}

impl<const METHOD: usize, const SCHEME: usize> Endpoint for Probe<METHOD, SCHEME> {
    type Response = Reply;
    type Failure = Failure;

    const METHOD: &'static str = METHODS[METHOD];
    const BASE_URL: BaseUrl = BASE;
    const PATH: &'static str = "/x";
    const AUTH: Auth = SCHEMES[SCHEME];
    const ERROR_CODES: &'static [ErrorCode] = &[
        ErrorCode::new(400, "1001", "User is unknown here."),
        ErrorCode::new(404, "1001", "User does not exist."),
        ErrorCode::new(400, "300", "Validation failed."),
        ErrorCode::new(400, "124", "The token is broken."),
        ErrorCode::any_status("124", "The token is too old."),
    ];

    fn path(&self, path: &mut Path) {
        (self.path)(path);
    }

    fn query(&self, query: &mut Query) {
        (self.query)(query);
    }

    fn headers(&self, headers: &mut Headers) {
        (self.headers)(headers);
    }

    fn body(&self) -> Body {
        self.body.clone()
    }

    fn decode(reply: Reply) -> Result<Reply, CallError<Failure>> {
        match reply.status().as_u16() {
            200..=299 => Ok(reply),
            404 => Err(reply.failure(Failure::NotFound)),
            _ => Err(reply.undocumented()),
        }
    }
}
