//! The asynchronous client.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::body::Body;
use super::call::{self, Operation, Sender};
use super::download::{Download, DownloadError, PartialFile};
use super::endpoint::{Endpoint, Paged};
use super::error::CallError;
use super::pages::{Items, Pages};
use super::settings::Settings;
use super::transport::Transport;
use super::transport_error::SendError;
#[cfg(feature = "client")]
use super::transport_error::TransportError;

/// An asynchronous client. Clones and [derived](Client::with) clients share their connections.
///
/// On `reqwest` (feature `client`) it needs a Tokio runtime. Proxies are taken from the environment, as `reqwest` does.
/// Redirects are followed as [`redirect`](super::redirect) says, requests sent again as the
/// [policy](Settings::retries) says, and tokens renewed; the limits of time and memory are in [`Settings`].
///
/// ```no_run
/// # use letterpress_client::{CallError, Client, Endpoint, Settings};
/// # async fn example<E: Endpoint>(request: E) -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::new(Settings::new().bearer("…"))?;
/// match client.call(&request).await {
///     Ok(response) => drop(response),
///     Err(CallError::Api(error)) => eprintln!("the API said no: {error}"),
///     Err(error) => eprintln!("{error}"),
/// }
///
/// // For one call, and for a part of a program: on the same connections.
/// let traced = client.with(|settings| settings.header("x-trace", "42"));
/// let answer = traced.receive(&request).await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    settings: Arc<Settings>,
}

/// A success, with what came beside its body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer<T> {
    /// What the body holds.
    pub value: T,
    /// The status.
    pub status: StatusCode,
    /// The headers: `Location`, `Link`, `ETag`, limits of rate.
    pub headers: HeaderMap,
    /// How often the request was sent.
    pub attempts: u32,
}

impl Client {
    /// A client with a connection pool of its own.
    ///
    /// # Errors
    ///
    /// The system's TLS certificates or proxy settings cannot be used.
    #[cfg(feature = "client")]
    pub fn new(settings: Settings) -> Result<Self, TransportError> {
        Self::with_http(super::reqwest::Client::builder(), settings)
    }

    /// A client with a connection pool that `http` sets up: proxies, certificates, HTTP versions.
    ///
    /// What a builder says of redirects, codings and retries does not count: a client decides those itself, so that no
    /// credential follows a redirect to another origin.
    ///
    /// # Errors
    ///
    /// The system's TLS certificates or proxy settings cannot be used.
    #[cfg(feature = "client")]
    pub fn with_http(
        http: super::reqwest::ClientBuilder,
        settings: Settings,
    ) -> Result<Self, TransportError> {
        #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
        let http = http.connect_timeout(settings.connect_limit());
        let transport = super::transport::Reqwest::new(http)?;
        Ok(Self::on(transport, settings))
    }

    /// A client on any transport: one of yours, a stack of `tower` layers, or one for tests.
    #[must_use]
    pub fn on(transport: impl Transport + 'static, settings: Settings) -> Self {
        Self {
            transport: Arc::new(transport),
            settings: Arc::new(settings),
        }
    }

    /// A client of the same connections with other settings: for one call, or for many.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Settings) -> Settings) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            settings: Arc::new(change((*self.settings).clone())),
        }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn sender(&self) -> Sender<'_> {
        Sender {
            transport: &*self.transport,
            settings: &self.settings,
        }
    }

    /// Makes, signs and sends a request, and reads its reply.
    ///
    /// # Errors
    ///
    /// See [`CallError`].
    pub async fn call<E: Endpoint>(
        &self,
        endpoint: &E,
    ) -> Result<E::Response, CallError<E::Failure>> {
        let operation = Operation::of(endpoint, &self.settings);
        match call::whole(self.sender(), &operation).await {
            Ok((response, trail)) => E::from_http(response).map_err(|error| trail.told(error)),
            Err((error, trail)) => Err(trail.told(error.into())),
        }
    }

    /// As [`call`](Client::call), with the status and headers of the success.
    ///
    /// # Errors
    ///
    /// See [`CallError`].
    pub async fn receive<E: Endpoint>(
        &self,
        endpoint: &E,
    ) -> Result<Answer<E::Response>, CallError<E::Failure>> {
        let operation = Operation::of(endpoint, &self.settings);
        let (response, trail) = match call::whole(self.sender(), &operation).await {
            Ok(whole) => whole,
            Err((error, trail)) => return Err(trail.told(error.into())),
        };
        let (status, headers) = (response.status(), response.headers().clone());
        match E::from_http(response) {
            Ok(value) => Ok(Answer {
                value,
                status,
                headers,
                attempts: trail.attempts,
            }),
            Err(error) => Err(trail.told(error)),
        }
    }

    /// Makes, signs and sends a request, and gives the body of its success while it comes. Any other reply is read as by
    /// [`call`](Client::call).
    ///
    /// # Errors
    ///
    /// See [`CallError`].
    pub async fn download<E: Endpoint>(
        &self,
        endpoint: &E,
    ) -> Result<Download, CallError<E::Failure>> {
        let operation = Operation::of(endpoint, &self.settings);
        let (response, trail) = match call::perform(self.sender(), &operation).await {
            Ok(begun) => begun,
            Err((error, trail)) => return Err(trail.told(error.into())),
        };
        if response.status().is_success() {
            return Ok(Download::new(response));
        }
        let response = match call::read(&self.settings, response).await {
            Ok(response) => response,
            Err(error) => return Err(trail.told(error.into())),
        };
        let reply = response.clone().into();
        match E::from_http(response) {
            Err(error) => Err(trail.told(error)),
            Ok(_) => Err(trail.told(CallError::Undocumented(reply))),
        }
    }

    /// Downloads to a file, which is there only when it is complete; see [`Download::to_file`]. Where the connection breaks
    /// in the middle and the server names the body by an `ETag`, the rest is asked for (`Range` and `If-Range`, RFC 9110,
    /// sections 13.1.5 and 14.2), as long as each attempt brings more. The number of all bytes.
    ///
    /// ```no_run
    /// # use letterpress_client::{Client, Endpoint};
    /// # async fn example<E: Endpoint>(client: Client, request: E) -> Result<(), Box<dyn std::error::Error>>
    /// # where E::Failure: std::fmt::Debug + 'static {
    /// client.download_to(&request, "recording.mp4", |done| println!("{done} bytes")).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`DownloadError`].
    pub async fn download_to<E: Endpoint>(
        &self,
        endpoint: &E,
        path: impl AsRef<Path>,
        mut progress: impl FnMut(u64),
    ) -> Result<u64, DownloadError<E::Failure>>
    where
        E::Failure: std::fmt::Debug + 'static,
    {
        let mut file = PartialFile::beside(path.as_ref()).map_err(DownloadError::File)?;
        loop {
            let client = match file.rest() {
                None => self.clone(),
                Some(rest) => self.with(|settings| rest.ask(settings)),
            };
            let download = client.download(endpoint).await;
            let download = download.map_err(DownloadError::Call)?;
            if let Some(done) = file.take(download, &mut progress).await? {
                file.keep(path.as_ref()).map_err(DownloadError::File)?;
                return Ok(done);
            }
        }
    }

    /// The pages of a request, each when it is asked for.
    ///
    /// ```no_run
    /// # use letterpress_client::{Client, Paged};
    /// # async fn example<E: Paged>(client: Client, request: E) {
    /// let mut pages = client.pages(&request);
    /// while let Some(page) = pages.next_page().await {
    ///     let Ok(page) = page else { break };
    ///     drop(page);
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn pages<E: Paged>(&self, request: &E) -> Pages<E> {
        let client = self.clone();
        Pages::new(request.clone(), move |request| {
            let client = client.clone();
            Box::pin(async move {
                let page = client.call(&request).await;
                (request, page)
            })
        })
    }

    /// The results of a request, over all its pages.
    #[must_use]
    pub fn items<E: Paged>(&self, request: &E) -> Items<E> {
        Items::new(self.pages(request))
    }

    /// Sends a request that is complete, and reads the whole reply, whatever its status. Redirects are followed; nothing is
    /// sent again.
    ///
    /// # Errors
    ///
    /// There is no reply, or no whole one; see [`SendError`].
    pub async fn send(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Bytes>, SendError> {
        let response = call::follow(self.sender(), request, |_| false).await?;
        call::read(&self.settings, response).await
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
