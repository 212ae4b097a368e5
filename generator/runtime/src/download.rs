//! A body that is not read into memory.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Response, StatusCode};

use super::exchange::Receiving;
use super::transport_error::TransportError;

/// The body of a success while it comes: `Client::download`.
///
/// It is read chunk by chunk, or written to a file. Whatever its size, little of it is in memory.
///
/// ```no_run
/// # use letterpress_client::{Client, Endpoint};
/// # async fn example<E: Endpoint>(client: Client, request: E) -> Result<(), Box<dyn std::error::Error>>
/// # where E::Failure: std::fmt::Debug + 'static {
/// let download = client.download(&request).await?;
/// let total = download.len();
/// download.to_file("recording.mp4", |done| println!("{done} of {total:?} bytes")).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    body: Receiving,
    done: u64,
}

impl Download {
    pub(super) fn new(response: Response<Receiving>) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status,
            headers: head.headers,
            body,
            done: 0,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The length of the whole body in bytes, if the server says it and the body is not coded.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is what the server says")]
    pub fn len(&self) -> Option<u64> {
        let length = self.headers.get(CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    }

    /// How many bytes have been read.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done
    }

    /// The next bytes; nothing at the end.
    ///
    /// # Errors
    ///
    /// The body breaks off, or the server is silent for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        let chunk = self.body.chunk().await?;
        if let Some(chunk) = &chunk {
            self.done += chunk.len() as u64;
        }
        Ok(chunk)
    }

    /// Writes the body to a file, which is there only when it is complete: until then its name ends in `.part`.
    /// `progress` is told how many bytes are done. The number of all bytes.
    ///
    /// # Errors
    ///
    /// The body breaks off, or the file cannot be written. What was written is deleted then, and also where the future is
    /// dropped before its end.
    pub async fn to_file(
        self,
        path: impl AsRef<Path>,
        progress: impl FnMut(u64),
    ) -> io::Result<u64> {
        let path = path.as_ref();
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = Part(Some(path.with_file_name(name)));
        let done = self.write(part.path(), progress).await?;
        part.keep(path)?;
        Ok(done)
    }

    async fn write(mut self, part: &Path, mut progress: impl FnMut(u64)) -> io::Result<u64> {
        let mut file = std::fs::File::create(part)?;
        while let Some(chunk) = self.chunk().await.map_err(io::Error::other)? {
            io::Write::write_all(&mut file, &chunk)?;
            progress(self.done);
        }
        file.sync_all()?;
        Ok(self.done)
    }
}

/// A file that is not complete: deleted, unless it is kept.
struct Part(Option<PathBuf>);

impl Part {
    fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    fn keep(mut self, path: &Path) -> io::Result<()> {
        std::fs::rename(self.path(), path)?;
        self.0 = None;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // There may be nothing yet; and another error is told already.
            let _ = std::fs::remove_file(path);
        }
    }
}
