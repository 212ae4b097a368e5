//! The grants that need no user.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Uri};

use super::super::body::Body;
use super::super::form::Form;
use super::super::request_error::RequestError;
use super::{Grant, Token};

/// An app that is registered with an API, and where that grants tokens.
#[derive(Clone)]
pub struct App {
    token_url: String,
    id: String,
    secret: Option<String>,
    in_form: bool,
    scopes: String,
    extra: Vec<(String, String)>,
}

impl App {
    /// An app by its client id. `token_url` is the token endpoint.
    #[must_use]
    pub fn new(token_url: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            token_url: token_url.into(),
            id: id.into(),
            secret: None,
            in_form: false,
            scopes: String::new(),
            extra: Vec::new(),
        }
    }

    /// The client secret, sent as a password (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Id and secret are sent in the form, for an API that takes them only there.
    #[must_use]
    pub fn in_form(mut self) -> Self {
        self.in_form = true;
        self
    }

    /// The scopes to ask for, with blanks between them.
    #[must_use]
    pub fn scopes(mut self, scopes: impl Into<String>) -> Self {
        self.scopes = scopes.into();
        self
    }

    /// A parameter that the API wants beside the usual ones, such as `audience` or `resource`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn scope(&self) -> Option<&str> {
        Some(self.scopes.as_str()).filter(|scopes| !scopes.is_empty())
    }

    /// A request to the token endpoint.
    pub(super) fn ask(&self, pairs: &[(&str, &str)]) -> Result<Request<Body>, RequestError> {
        self.ask_at(&self.token_url, pairs)
    }

    /// A request to an endpoint of the API's authorization server, which says who asks.
    pub(super) fn ask_at(
        &self,
        url: &str,
        pairs: &[(&str, &str)],
    ) -> Result<Request<Body>, RequestError> {
        let mut form = Form::new();
        for (name, value) in pairs {
            form.pair(name, value);
        }
        for (name, value) in &self.extra {
            form.pair(name, value);
        }
        let by_password = self.secret.as_ref().filter(|_| !self.in_form);
        if by_password.is_none() {
            form.pair("client_id", &self.id);
            if let Some(secret) = &self.secret {
                form.pair("client_secret", secret);
            }
        }
        let target = || RequestError::Target {
            path: url.split('?').next().unwrap_or_default().to_owned(),
        };
        let mut request = Request::new(Body::from(form));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = Uri::try_from(url).map_err(|_| target())?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(Form::MEDIA_TYPE));
        if let Some(secret) = by_password {
            let pair = BASE64.encode(format!("{}:{secret}", self.id));
            let value = HeaderValue::try_from(format!("Basic {pair}")).map_err(|_| target());
            let mut value = value?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(request)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("token_url", &self.token_url)
            .field("id", &self.id)
            .field("secret", &self.secret.is_some())
            .finish_non_exhaustive()
    }
}

/// Client credentials: the app acts for itself (RFC 6749, section 4.4).
#[derive(Clone, Debug)]
pub struct ClientCredentials(App);

impl ClientCredentials {
    /// The grant for an app.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self(app)
    }
}

impl Grant for ClientCredentials {
    fn request(&self, _: Option<&Token>) -> Result<Request<Body>, RequestError> {
        let mut pairs = vec![("grant_type", "client_credentials")];
        pairs.extend(self.0.scope().map(|scope| ("scope", scope)));
        self.0.ask(&pairs)
    }
}

/// Account credentials: Zoom's Server-to-Server OAuth.
#[derive(Clone, Debug)]
pub struct AccountCredentials {
    app: App,
    account: String,
}

impl AccountCredentials {
    /// The grant for an app of an account. Zoom's token endpoint is `https://zoom.us/oauth/token`.
    #[must_use]
    pub fn new(app: App, account: impl Into<String>) -> Self {
        let account = account.into();
        Self { app, account }
    }
}

impl Grant for AccountCredentials {
    fn request(&self, _: Option<&Token>) -> Result<Request<Body>, RequestError> {
        let pairs = [
            ("grant_type", "account_credentials"),
            ("account_id", &self.account),
        ];
        self.app.ask(&pairs)
    }
}

/// A refresh token (RFC 6749, section 6). A server may rotate it: keep tokens in a
/// [`TokenStore`](super::TokenStore).
#[derive(Clone)]
pub struct RefreshToken {
    app: App,
    first: String,
}

impl RefreshToken {
    /// The grant for an app. `first` is the refresh token that the first access token is asked for with, unless the store has
    /// a later one.
    #[must_use]
    pub fn new(app: App, first: impl Into<String>) -> Self {
        let first = first.into();
        Self { app, first }
    }
}

impl Grant for RefreshToken {
    fn request(&self, last: Option<&Token>) -> Result<Request<Body>, RequestError> {
        let rotated = last.and_then(Token::refresh);
        let refresh = rotated.unwrap_or(&self.first);
        let mut pairs = vec![("grant_type", "refresh_token"), ("refresh_token", refresh)];
        pairs.extend(self.app.scope().map(|scope| ("scope", scope)));
        self.app.ask(&pairs)
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken")
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}
