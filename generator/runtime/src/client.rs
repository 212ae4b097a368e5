//! The asynchronous client.

use std::future::Future;
use std::io::{self, Read};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use super::body::{Body, Reader};
use super::endpoint::Endpoint;
use super::error::{CallError, SendError, TransportError};
use super::redirect::Redirects;
use super::settings::Settings;
use super::transport;

/// An asynchronous client on `reqwest`. Needs a Tokio runtime; clones share their connections.
///
/// Redirects are followed as [`Redirects`] says. Proxies are taken from the environment, as
/// `reqwest` does.
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
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    settings: Arc<Settings>,
}

impl Client {
    /// A client with a connection pool of its own.
    ///
    /// # Errors
    ///
    /// The system's TLS certificates or proxy settings cannot be used.
    pub fn new(settings: Settings) -> Result<Self, TransportError> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let http = http.build().map_err(transport::error)?;
        Ok(Self::with_http(http, settings))
    }

    /// A client on an `http` that you set up: proxies, certificates, connection pool.
    ///
    /// Build it with `.redirect(reqwest::redirect::Policy::none())`, else it follows redirects by
    /// rules of its own.
    #[must_use]
    pub fn with_http(http: reqwest::Client, settings: Settings) -> Self {
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
    pub async fn call<E: Endpoint>(
        &self,
        endpoint: &E,
    ) -> Result<E::Response, CallError<E::Failure>> {
        let request = self.settings.request(endpoint)?;
        let mut response = self.send(request).await?;
        if let Some(request) = self.settings.answer(endpoint, &response)? {
            response = self.send(request).await?;
        }
        E::from_http(response)
    }

    /// Sends a request that is complete, and reads the whole reply, whatever its status.
    ///
    /// # Errors
    ///
    /// There is no reply, or no whole one; see [`SendError`].
    pub async fn send(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Bytes>, SendError> {
        let mut redirects = Redirects::of(&request);
        let mut response = self.exchange(request).await?;
        while let Some(request) = redirects.follow(&response) {
            response = match self.exchange(request).await {
                // A redirect to where nothing can be sent is itself the answer.
                Err(SendError::Request(_)) => break,
                next => next?,
            };
        }
        Ok(response)
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Bytes>, SendError> {
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, transport::url(&head.uri)?);
        *request.headers_mut() = head.headers;
        *request.timeout_mut() = self.settings.time_limit();
        *request.body_mut() = upload(body).await?;

        let mut incoming = self.http.execute(request).await.map_err(transport::error)?;
        let headers = mem::take(incoming.headers_mut());
        let mut response = transport::head(incoming.status(), headers);
        loop {
            match incoming.chunk().await {
                Ok(Some(chunk)) => response.body_mut().extend_from_slice(&chunk),
                Ok(None) => return Ok(response.map(Bytes::from)),
                Err(error) => {
                    return Err(transport::broken_off(transport::error(error), response));
                }
            }
        }
    }
}

async fn upload(body: Body) -> Result<Option<reqwest::Body>, SendError> {
    if matches!(body, Body::Empty) {
        return Ok(None);
    }
    // `reqwest` takes no bytes for no body, so an empty file has to stream for its length of 0.
    if let Some(bytes) = body.in_memory().filter(|bytes| !bytes.is_empty()) {
        return Ok(Some(bytes.into()));
    }
    let opened = spawn_blocking(|| body.into_reader()).await;
    let reader = flatten(opened).map_err(transport::unopened)?;
    Ok(Some(reqwest::Body::wrap(Upload {
        left: reader.len(),
        next: Some(read(reader)),
    })))
}

/// A body that is read on Tokio's threads for blocking work, one chunk ahead of what is sent.
struct Upload {
    /// How many bytes are still to be sent, if that is known.
    left: Option<u64>,
    /// The chunk being read; none after the last.
    next: Option<JoinHandle<io::Result<Chunk>>>,
}

/// A chunk, and what is left to be read. The chunk after the last is empty.
type Chunk = (Bytes, Reader);

/// How much is read at a time, in bytes.
const CHUNK: usize = 64 * 1024;

fn read(mut reader: Reader) -> JoinHandle<io::Result<Chunk>> {
    spawn_blocking(move || {
        let mut chunk = vec![0; CHUNK];
        let n = loop {
            match reader.read(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        chunk.truncate(n);
        Ok((chunk.into(), reader))
    })
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some(next) = &mut self.next else {
            return Poll::Ready(None);
        };
        let chunk = flatten(ready!(Pin::new(next).poll(context)));
        self.next = None;
        Poll::Ready(match chunk {
            Ok((chunk, _)) if chunk.is_empty() => None,
            Ok((chunk, reader)) => {
                self.left = self
                    .left
                    .map(|left| left.saturating_sub(chunk.len() as u64));
                self.next = Some(read(reader));
                Some(Ok(Frame::data(chunk)))
            }
            Err(error) => Some(Err(error)),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A task that did not end, because its reader panicked or the runtime stops, failed to read.
fn flatten<T>(result: Result<io::Result<T>, tokio::task::JoinError>) -> io::Result<T> {
    result.unwrap_or_else(|error| Err(io::Error::other(error)))
}
