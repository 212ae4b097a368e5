//! The blocking client.

use std::io::Read;
use std::mem;
use std::sync::Arc;

use bytes::Bytes;

use super::body::Body;
use super::endpoint::Endpoint;
use super::error::{CallError, SendError, TransportError};
use super::redirect::Redirects;
use super::settings::Settings;
use super::transport;

/// A blocking client on `reqwest`. Clones share their connections.
///
/// Redirects are followed as [`Redirects`] says. Proxies are taken from the environment, as
/// `reqwest` does. Not for use inside an asynchronous runtime, where `reqwest` panics.
///
/// ```no_run
/// # use letterpress_client::{blocking, CallError, Endpoint, Settings};
/// # fn example<E: Endpoint>(request: E) -> Result<(), Box<dyn std::error::Error>> {
/// let client = blocking::Client::new(Settings::new().bearer("…"))?;
/// match client.call(&request) {
///     Ok(response) => drop(response),
///     Err(CallError::Api(error)) => eprintln!("the API said no: {error}"),
///     Err(error) => eprintln!("{error}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::blocking::Client,
    settings: Arc<Settings>,
}

impl Client {
    /// A client with a connection pool of its own.
    ///
    /// # Errors
    ///
    /// The system's TLS certificates or proxy settings cannot be used.
    pub fn new(settings: Settings) -> Result<Self, TransportError> {
        let http = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none());
        // Without this, `reqwest` would give up after 30 seconds.
        let http = http.timeout(None).build().map_err(transport::error)?;
        Ok(Self::with_http(http, settings))
    }

    /// A client on an `http` that you set up: proxies, certificates, connection pool.
    ///
    /// Build it with `.redirect(reqwest::redirect::Policy::none())`, else it follows redirects by
    /// rules of its own.
    #[must_use]
    pub fn with_http(http: reqwest::blocking::Client, settings: Settings) -> Self {
        let settings = Arc::new(settings);
        Self { http, settings }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Makes, signs and sends a request, and reads its reply. A challenge of the server is
    /// answered once, see [`Settings::answer`].
    ///
    /// # Errors
    ///
    /// See [`CallError`].
    pub fn call<E: Endpoint>(&self, endpoint: &E) -> Result<E::Response, CallError<E::Failure>> {
        let request = self.settings.request(endpoint)?;
        let mut response = self.send(request)?;
        if let Some(request) = self.settings.answer(endpoint, &response)? {
            response = self.send(request)?;
        }
        E::from_http(response)
    }

    /// Sends a request that is complete, and reads the whole reply, whatever its status.
    ///
    /// # Errors
    ///
    /// There is no reply, or no whole one; see [`SendError`].
    pub fn send(&self, request: http::Request<Body>) -> Result<http::Response<Bytes>, SendError> {
        let mut redirects = Redirects::of(&request);
        let mut response = self.exchange(request)?;
        while let Some(request) = redirects.follow(&response) {
            response = match self.exchange(request) {
                // A redirect to where nothing can be sent is itself the answer.
                Err(SendError::Request(_)) => break,
                next => next?,
            };
        }
        Ok(response)
    }

    fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Bytes>, SendError> {
        let (head, body) = request.into_parts();
        let mut request = reqwest::blocking::Request::new(head.method, transport::url(&head.uri)?);
        *request.headers_mut() = head.headers;
        *request.timeout_mut() = self.settings.time_limit();
        *request.body_mut() = upload(body)?;

        let mut incoming = self.http.execute(request).map_err(transport::error)?;
        let headers = mem::take(incoming.headers_mut());
        let mut response = transport::head(incoming.status(), headers);
        match incoming.read_to_end(response.body_mut()) {
            Ok(_) => Ok(response.map(Bytes::from)),
            Err(error) => {
                let error = error
                    .downcast()
                    .map_or_else(TransportError::new, transport::error);
                Err(transport::broken_off(error, response))
            }
        }
    }
}

fn upload(body: Body) -> Result<Option<reqwest::blocking::Body>, SendError> {
    if matches!(body, Body::Empty) {
        return Ok(None);
    }
    if let Some(bytes) = body.in_memory() {
        return Ok(Some(bytes.into()));
    }
    let reader = body.into_reader().map_err(transport::unopened)?;
    Ok(Some(match reader.len() {
        Some(len) => reqwest::blocking::Body::sized(reader, len),
        None => reqwest::blocking::Body::new(reader),
    }))
}
