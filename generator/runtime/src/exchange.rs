//! One request and its response, within limits of time.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::body::Body;
use super::clock::Clock;
use super::coding::{self, Decoder};
use super::request_error::RequestError;
use super::settings::Settings;
use super::transport::{Boxed, Incoming, Transport, Upload};
use super::transport_error::{SendError, TooLong, TransportError};

/// Sends a request once. The response is there when its head is.
pub(super) async fn exchange(
    transport: &dyn Transport,
    settings: &Settings,
    request: Request<Body>,
) -> Result<Response<Receiving>, SendError> {
    let mut timer = Timer::new(settings);
    let (mut head, body) = request.into_parts();
    coding::ask(&mut head.headers);

    let unopened = |error: io::Error| SendError::Request(RequestError::Open(error));
    let opened = timer.within(Upload::open(body)).await?;
    let upload = opened.map_err(unopened)?;
    let progress = upload.progress();

    let response = transport.send(Request::from_parts(head, upload));
    let response = timer.while_active(response, &progress).await?;
    let mut response = response.map_err(TransportError::into_send_error)?;
    let decoder = Decoder::of(response.headers_mut());
    Ok(response.map(|incoming| Receiving {
        incoming,
        decoder,
        timer,
        left: Bytes::new(),
    }))
}

/// A body that comes, within limits of time, its coding undone.
pub(super) struct Receiving {
    incoming: Incoming,
    decoder: Decoder,
    timer: Timer,
    /// What came and is not decoded yet.
    left: Bytes,
}

impl fmt::Debug for Receiving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiving").finish_non_exhaustive()
    }
}

/// How much of a coded body is decoded at a time, in bytes: what comes out of it may be a thousand times as much.
const STEP: usize = 4 * 1024;

impl Receiving {
    /// The next bytes; nothing at the end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            if self.left.is_empty() {
                match self.timer.within(self.incoming.chunk()).await?? {
                    Some(chunk) => self.left = chunk,
                    None => return self.decoder.finish().map_err(TransportError::new),
                }
            }
            if self.decoder.is_plain() {
                return Ok(Some(std::mem::take(&mut self.left)));
            }
            let step = self.left.split_to(self.left.len().min(STEP));
            let decoded = self.decoder.push(&step).map_err(TransportError::new)?;
            if !decoded.is_empty() {
                return Ok(Some(decoded));
            }
        }
    }

    /// The whole body, up to a limit; a longer one is an error or cut.
    pub(super) async fn whole(&mut self, limit: u64, cut: bool) -> (Bytes, Option<TransportError>) {
        let mut first = Bytes::new();
        let mut rest: Vec<u8> = Vec::new();
        loop {
            let chunk = match self.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => return (joined(first, rest), Some(error)),
            };
            let room = limit.saturating_sub((first.len() + rest.len()) as u64);
            let fits = chunk.len() as u64 <= room;
            let room = usize::try_from(room).unwrap_or(usize::MAX);
            let chunk = chunk.slice(..chunk.len().min(room));
            if first.is_empty() && rest.is_empty() {
                first = chunk;
            } else {
                // Most replies are one chunk, which is not copied.
                rest.extend_from_slice(&std::mem::take(&mut first));
                rest.extend_from_slice(&chunk);
            }
            if !fits {
                let too_long = || TransportError::new(TooLong { limit });
                return (joined(first, rest), (!cut).then(too_long));
            }
        }
        (joined(first, rest), None)
    }
}

fn joined(first: Bytes, rest: Vec<u8>) -> Bytes {
    if rest.is_empty() { first } else { rest.into() }
}

/// The limits of time of one exchange.
struct Timer {
    clock: Arc<dyn Clock>,
    silence: Duration,
    /// Ends when the exchange has to.
    end: Option<Boxed<'static, ()>>,
}

impl Timer {
    fn new(settings: &Settings) -> Self {
        let clock = settings.timer();
        let end = settings.time_limit().map(|limit| clock.sleep(limit));
        Self {
            silence: settings.silence_limit(),
            end,
            clock,
        }
    }

    /// What a future gives, unless it takes longer than silence may, or than is left of the whole.
    async fn within<T>(&mut self, future: impl Future<Output = T>) -> Result<T, TransportError> {
        self.while_active(future, &AtomicU64::new(0)).await
    }

    /// The same; silence begins anew with each progress.
    async fn while_active<T>(
        &mut self,
        future: impl Future<Output = T>,
        progress: &AtomicU64,
    ) -> Result<T, TransportError> {
        let mut future = pin!(future);
        let mut silence: Option<Boxed<'static, ()>> = None;
        let mut seen = progress.load(Ordering::Relaxed);
        poll_fn(|context| {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(value));
            }
            let ended = |timer: &mut Boxed<'static, ()>, context: &mut _| {
                timer.as_mut().poll(context).is_ready()
            };
            if self.end.as_mut().is_some_and(|end| ended(end, context)) {
                return Poll::Ready(Err(timed_out()));
            }
            loop {
                let now = progress.load(Ordering::Relaxed);
                if now != seen {
                    seen = now;
                    silence = None;
                }
                let silence = silence.get_or_insert_with(|| self.clock.sleep(self.silence));
                if !ended(silence, context) {
                    return Poll::Pending;
                }
                if progress.load(Ordering::Relaxed) == seen {
                    return Poll::Ready(Err(timed_out()));
                }
            }
        })
        .await
    }
}

fn timed_out() -> TransportError {
    let kind = io::ErrorKind::TimedOut;
    TransportError::new(io::Error::from(kind)).timeout(true)
}
