//! A body that is not read into memory.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, ETAG};
use http::{HeaderMap, Response, StatusCode};

use super::error::CallError;
use super::exchange::Receiving;
use super::settings::Settings;
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
        let mut file = PartialFile::beside(path.as_ref())?;
        let done = self.copy(&mut file.file, progress).await;
        let done = done.map_err(|(broken, _)| match broken {
            Broken::File(error) => error,
            Broken::Body(error) => io::Error::other(error),
        })?;
        file.keep(path.as_ref())?;
        Ok(done)
    }

    /// Writes what is left of the body to a file. Where it breaks off, the download tells how far it came.
    async fn copy(
        mut self,
        file: &mut File,
        mut progress: impl FnMut(u64),
    ) -> Result<u64, (Broken, Self)> {
        loop {
            match self.chunk().await {
                Ok(None) => return Ok(self.done),
                Ok(Some(chunk)) => match file.write_all(&chunk) {
                    Ok(()) => progress(self.done),
                    Err(error) => return Err((Broken::File(error), self)),
                },
                Err(error) => return Err((Broken::Body(error), self)),
            }
        }
    }

    /// What tells whether the rest is of the same body: a strong entity tag (RFC 9110, section 13.1.5). Nothing, where the
    /// server has no ranges or the body is coded.
    fn validator(&self) -> Option<&str> {
        let text = |name| self.headers.get(name).and_then(|value| value.to_str().ok());
        let has_ranges = text(ACCEPT_RANGES).is_none_or(|unit| !unit.eq_ignore_ascii_case("none"));
        let is_plain = self.len().is_some();
        text(ETAG).filter(|tag| has_ranges && is_plain && tag.starts_with('"'))
    }

    /// Whether this is the rest of a body from that byte on (RFC 9110, section 15.3.7).
    fn begins_at(&self, start: u64) -> bool {
        let range = self.headers.get(CONTENT_RANGE);
        let range = range.and_then(|range| range.to_str().ok()?.strip_prefix("bytes "));
        self.status == StatusCode::PARTIAL_CONTENT
            && range.and_then(|range| range.split('-').next()?.parse().ok()) == Some(start)
    }
}

/// What ended the copy of a body.
enum Broken {
    Body(TransportError),
    File(io::Error),
}

/// Why a download to a file failed: [`Client::download_to`](super::Client::download_to).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DownloadError<F: std::fmt::Debug + 'static> {
    /// The call failed, or the body broke off and could not be taken up again.
    #[error(transparent)]
    Call(CallError<F>),
    /// The file cannot be written.
    #[error("the file cannot be written")]
    File(#[source] io::Error),
}

/// What is missing of a body: the first byte, and the entity tag of the body that it has to be of.
pub(super) struct Rest {
    start: u64,
    tag: String,
}

impl Rest {
    /// Settings of a client that asks for it.
    pub(super) fn ask(&self, settings: Settings) -> Settings {
        settings
            .header("range", &format!("bytes={}-", self.start))
            .header("if-range", &self.tag)
    }
}

/// A file that is not complete: deleted, unless it is kept. Several downloads may fill it, one after the other.
pub(super) struct PartialFile {
    file: File,
    /// Where it is, until it is kept.
    path: Option<PathBuf>,
    rest: Option<Rest>,
}

impl PartialFile {
    /// A file of that name with `.part` behind it.
    pub(super) fn beside(path: &Path) -> io::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let path = path.with_file_name(name);
        Ok(Self {
            file: File::create(&path)?,
            path: Some(path),
            rest: None,
        })
    }

    /// What the next download is asked for; nothing at first: all of it.
    pub(super) fn rest(&self) -> Option<&Rest> {
        self.rest.as_ref()
    }

    /// Writes what a download brings. The number of all bytes, or nothing where there is a rest to be asked for.
    pub(super) async fn take<F: std::fmt::Debug + 'static>(
        &mut self,
        mut download: Download,
        progress: impl FnMut(u64),
    ) -> Result<Option<u64>, DownloadError<F>> {
        let most = self.rest.as_ref().map_or(0, |rest| rest.start);
        if self.rest.is_some() {
            if download.begins_at(most) {
                download.done = most;
            } else if download.status == StatusCode::PARTIAL_CONTENT {
                let message = "the server sent another range than it was asked for";
                let error = TransportError::new(message);
                return Err(DownloadError::Call(CallError::Transport(error)));
            } else {
                // The body is another one by now.
                self.restart().map_err(DownloadError::File)?;
            }
        }
        let (error, download) = match download.copy(&mut self.file, progress).await {
            Ok(done) => return Ok(Some(done)),
            Err((Broken::File(error), _)) => return Err(DownloadError::File(error)),
            Err((Broken::Body(error), download)) => (error, download),
        };
        // Each attempt brings more than all before it, so there is an end.
        let tag = download.validator().filter(|_| download.done > most);
        let Some(tag) = tag.map(str::to_owned) else {
            return Err(DownloadError::Call(CallError::Transport(error)));
        };
        let start = download.done;
        self.rest = Some(Rest { start, tag });
        Ok(None)
    }

    fn restart(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0)).map(drop)
    }

    /// Gives the file its name.
    pub(super) fn keep(mut self, path: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        if let Some(own) = &self.path {
            std::fs::rename(own, path)?;
        }
        self.path = None;
        Ok(())
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // Another error is told already.
            let _ = std::fs::remove_file(path);
        }
    }
}
