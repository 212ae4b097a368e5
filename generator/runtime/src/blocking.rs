//! The blocking client.

use std::future::Future;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use bytes::{Buf, Bytes};
use tokio::runtime::{Builder, Runtime};

use super::body::Body;
use super::client::{self, Answer};
use super::download::{self, DownloadError};
use super::endpoint::{Endpoint, Paged};
use super::error::CallError;
use super::settings::Settings;
use super::transport::Transport;
use super::transport_error::{SendError, TransportError};

/// A blocking client: the [asynchronous](client::Client) one, driven by the thread that calls. Clones and derived clients
/// share their connections.
///
/// Not for use inside an asynchronous runtime, where waiting panics.
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
    client: client::Client,
    driver: Driver,
}

/// What drives the asynchronous client.
#[derive(Clone, Debug)]
struct Driver {
    runtime: Arc<Runtime>,
}

impl Driver {
    fn new() -> Result<Self, TransportError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(TransportError::new)?;
        Ok(Self {
            runtime: Arc::new(runtime),
        })
    }

    fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }
}

impl Client {
    /// A client with a connection pool of its own.
    ///
    /// # Errors
    ///
    /// The system's TLS certificates or proxy settings cannot be used.
    pub fn new(settings: Settings) -> Result<Self, TransportError> {
        Self::with_http(super::reqwest::Client::builder(), settings)
    }

    /// A client with a connection pool that `http` sets up; see [`with_http`](client::Client::with_http) of the asynchronous
    /// client.
    ///
    /// # Errors
    ///
    /// The system's TLS certificates or proxy settings cannot be used.
    pub fn with_http(
        http: super::reqwest::ClientBuilder,
        settings: Settings,
    ) -> Result<Self, TransportError> {
        Ok(Self {
            client: client::Client::with_http(http, settings)?,
            driver: Driver::new()?,
        })
    }

    /// A client on any transport.
    ///
    /// # Errors
    ///
    /// The system gives no timer.
    pub fn on(
        transport: impl Transport + 'static,
        settings: Settings,
    ) -> Result<Self, TransportError> {
        Ok(Self {
            client: client::Client::on(transport, settings),
            driver: Driver::new()?,
        })
    }

    /// A client of the same connections with other settings: for one call, or for many.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Settings) -> Settings) -> Self {
        Self {
            client: self.client.with(change),
            driver: self.driver.clone(),
        }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        self.client.settings()
    }

    /// Makes, signs and sends a request, and reads its reply.
    ///
    /// # Errors
    ///
    /// See [`CallError`].
    pub fn call<E: Endpoint>(&self, endpoint: &E) -> Result<E::Response, CallError<E::Failure>> {
        self.driver.wait(self.client.call(endpoint))
    }

    /// As [`call`](Client::call), with the status and headers of the success.
    ///
    /// # Errors
    ///
    /// See [`CallError`].
    pub fn receive<E: Endpoint>(
        &self,
        endpoint: &E,
    ) -> Result<Answer<E::Response>, CallError<E::Failure>> {
        self.driver.wait(self.client.receive(endpoint))
    }

    /// Makes, signs and sends a request, and gives the body of its success while it comes.
    ///
    /// # Errors
    ///
    /// See [`CallError`].
    pub fn download<E: Endpoint>(&self, endpoint: &E) -> Result<Download, CallError<E::Failure>> {
        let download = self.driver.wait(self.client.download(endpoint))?;
        Ok(Download {
            inner: download,
            driver: self.driver.clone(),
            left: Bytes::new(),
        })
    }

    /// Downloads to a file, and takes up again what breaks off: see [`Client::download_to`](client::Client::download_to).
    ///
    /// # Errors
    ///
    /// See [`DownloadError`].
    pub fn download_to<E: Endpoint>(
        &self,
        endpoint: &E,
        path: impl AsRef<Path>,
        progress: impl FnMut(u64),
    ) -> Result<u64, DownloadError<E::Failure>>
    where
        E::Failure: std::fmt::Debug + 'static,
    {
        let download = self.client.download_to(endpoint, path, progress);
        self.driver.wait(download)
    }

    /// The pages of a request, each when it is asked for.
    pub fn pages<E: Paged>(
        &self,
        request: &E,
    ) -> impl Iterator<Item = Result<E::Response, CallError<E::Failure>>> + use<E> {
        let (mut pages, driver) = (self.client.pages(request), self.driver.clone());
        std::iter::from_fn(move || driver.wait(pages.next_page()))
    }

    /// The results of a request, over all its pages.
    pub fn items<E: Paged>(
        &self,
        request: &E,
    ) -> impl Iterator<Item = Result<E::Item, CallError<E::Failure>>> + use<E> {
        let (mut items, driver) = (self.client.items(request), self.driver.clone());
        std::iter::from_fn(move || driver.wait(items.next_item()))
    }

    /// Sends a request that is complete, and reads the whole reply, whatever its status.
    ///
    /// # Errors
    ///
    /// There is no reply, or no whole one; see [`SendError`].
    pub fn send(&self, request: http::Request<Body>) -> Result<http::Response<Bytes>, SendError> {
        self.driver.wait(self.client.send(request))
    }
}

/// The body of a success while it comes, to be read.
#[derive(Debug)]
pub struct Download {
    inner: download::Download,
    driver: Driver,
    left: Bytes,
}

impl Download {
    /// What is known of it: status, headers, length.
    #[must_use]
    pub fn head(&self) -> &download::Download {
        &self.inner
    }

    /// Writes the body to a file; see [`to_file`](download::Download::to_file).
    ///
    /// # Errors
    ///
    /// The body breaks off, or the file cannot be written.
    pub fn to_file(self, path: impl AsRef<Path>, progress: impl FnMut(u64)) -> io::Result<u64> {
        self.driver.wait(self.inner.to_file(path, progress))
    }
}

impl Read for Download {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() {
            let chunk = self.driver.wait(self.inner.chunk());
            self.left = chunk.map_err(io::Error::other)?.unwrap_or_default();
        }
        let n = self.left.len().min(buf.len());
        buf[..n].copy_from_slice(&self.left[..n]);
        self.left.advance(n);
        Ok(n)
    }
}
