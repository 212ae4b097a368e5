//! The body of a request while it is sent.

use std::fmt;
use std::io;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use std::io::Read;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::mpsc;

use super::super::body::Body;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use super::super::reader::Reader;

/// The body of a request while it is sent: an [`http_body::Body`].
pub struct Upload {
    content: Content,
    progress: Arc<AtomicU64>,
}

enum Content {
    Empty,
    Whole(Option<Bytes>),
    #[cfg_attr(
        all(target_arch = "wasm32", target_os = "unknown"),
        expect(dead_code, reason = "a browser takes whole bodies")
    )]
    Streaming {
        chunks: mpsc::Receiver<io::Result<Bytes>>,
        /// How many bytes are still to be sent, if that is known.
        left: Option<u64>,
    },
}

/// How much of a file is read at a time, in bytes.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
const CHUNK: usize = 64 * 1024;

impl Upload {
    /// Opens the files of a body. They are read by a thread of their own, one chunk ahead of what is sent, so that a pipe to
    /// which nobody writes blocks nothing but that.
    pub(in super::super) async fn open(body: Body) -> io::Result<Self> {
        let content = if matches!(body, Body::Empty) {
            Content::Empty
        } else if let Some(bytes) = body.in_memory() {
            Content::Whole(Some(bytes))
        } else {
            stream(body).await?
        };
        Ok(Self {
            content,
            progress: Arc::default(),
        })
    }

    /// The whole body, if it is in memory; nothing for one that streams. There is a difference between no body and an empty
    /// one: the latter has a length.
    #[must_use]
    pub fn in_memory(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => bytes.as_ref(),
            Content::Empty | Content::Streaming { .. } => None,
        }
    }

    /// Whether there is no body.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self.content, Content::Empty)
    }

    /// Counts what has been taken of the body.
    pub(in super::super) fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.progress)
    }
}

/// A browser has no threads, and no files but in memory.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
async fn stream(body: Body) -> io::Result<Content> {
    body.to_bytes().map(|bytes| Content::Whole(Some(bytes)))
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
async fn stream(body: Body) -> io::Result<Content> {
    let (opened, open) = tokio::sync::oneshot::channel();
    let (sender, chunks) = mpsc::channel(1);
    let read = move || match body.into_reader() {
        Ok(reader) => {
            let len = reader.len();
            if opened.send(Ok(len)).is_ok() {
                read(reader, &sender);
            }
        }
        // Nobody waits any more.
        Err(error) => drop(opened.send(Err(error))),
    };
    std::thread::Builder::new()
        .name("upload".to_owned())
        .spawn(read)?;
    let left = open.await.map_err(io::Error::other)??;
    Ok(Content::Streaming { chunks, left })
}

/// Reads until the end, an error, or until nobody takes the chunks.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn read(mut reader: Reader, chunks: &mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let mut chunk = vec![0; CHUNK];
        let read = reader.read(&mut chunk).map(|n| {
            chunk.truncate(n);
            Bytes::from(chunk)
        });
        match read {
            Ok(chunk) if chunk.is_empty() => return,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => {
                let is_end = read.is_err();
                if chunks.blocking_send(read).is_err() || is_end {
                    return;
                }
            }
        }
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let chunk = match &mut self.content {
            Content::Empty => None,
            Content::Whole(bytes) => bytes.take().filter(|bytes| !bytes.is_empty()).map(Ok),
            Content::Streaming { chunks, left } => {
                let chunk = ready!(chunks.poll_recv(context));
                if let (Some(Ok(chunk)), Some(left)) = (&chunk, left) {
                    *left = left.saturating_sub(chunk.len() as u64);
                }
                chunk
            }
        };
        self.progress.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Empty | Content::Whole(None) => SizeHint::with_exact(0),
            Content::Whole(Some(bytes)) => SizeHint::with_exact(bytes.len() as u64),
            Content::Streaming { left, .. } => {
                left.map_or_else(SizeHint::default, SizeHint::with_exact)
            }
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").finish_non_exhaustive()
    }
}
