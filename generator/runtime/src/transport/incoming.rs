//! The body of a response while it comes.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http_body::Body;

use super::super::transport_error::TransportError;

/// The body of a response while it comes.
pub struct Incoming {
    chunks: Chunks,
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
type Streaming = Pin<Box<dyn Body<Data = Bytes, Error = TransportError> + Send>>;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
type Streaming = Pin<Box<dyn Body<Data = Bytes, Error = TransportError>>>;

enum Chunks {
    Whole(Option<Bytes>),
    Streaming(Streaming),
}

impl Incoming {
    /// A body that streams. `error` makes an error of what the stream fails with.
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    #[must_use]
    pub fn streaming<B>(body: B, error: fn(B::Error) -> TransportError) -> Self
    where
        B: Body<Data: Send, Error: Send> + Send + 'static,
    {
        let mapped = Mapped {
            body: Box::pin(body),
            error,
        };
        Self {
            chunks: Chunks::Streaming(Box::pin(mapped)),
        }
    }

    /// A body that streams. `error` makes an error of what the stream fails with.
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    #[must_use]
    pub fn streaming<B: Body + 'static>(body: B, error: fn(B::Error) -> TransportError) -> Self {
        let body = Box::pin(body);
        Self {
            chunks: Chunks::Streaming(Box::pin(Mapped { body, error })),
        }
    }

    /// The next bytes; nothing at the end.
    pub(in super::super) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.chunks {
            Chunks::Whole(bytes) => Ok(bytes.take().filter(|bytes| !bytes.is_empty())),
            Chunks::Streaming(body) => poll_fn(|context| poll_data(body, context)).await,
        }
    }
}

fn poll_data(
    body: &mut Streaming,
    context: &mut Context<'_>,
) -> Poll<Result<Option<Bytes>, TransportError>> {
    loop {
        let Some(frame) = ready!(body.as_mut().poll_frame(context)) else {
            return Poll::Ready(Ok(None));
        };
        match frame.map(http_body::Frame::into_data) {
            Ok(Ok(data)) if data.is_empty() => {}
            Ok(Ok(data)) => return Poll::Ready(Ok(Some(data))),
            // Trailers.
            Ok(Err(_)) => {}
            Err(error) => return Poll::Ready(Err(error)),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Incoming {
    fn from(body: T) -> Self {
        Self {
            chunks: Chunks::Whole(Some(body.into())),
        }
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").finish_non_exhaustive()
    }
}

struct Mapped<B: Body> {
    body: Pin<Box<B>>,
    error: fn(B::Error) -> TransportError,
}

impl<B: Body> Body for Mapped<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let frame = ready!(self.body.as_mut().poll_frame(context));
        Poll::Ready(frame.map(|frame| match frame {
            Ok(frame) => Ok(frame.map_data(|mut data| data.copy_to_bytes(data.remaining()))),
            Err(error) => Err((self.error)(error)),
        }))
    }
}
