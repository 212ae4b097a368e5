//! Files to send.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;

use super::file_types;

/// A file to send: on disk, in memory, or from a reader.
///
/// Nothing is opened or read before the request is sent, and a file on disk or from a reader is
/// never held in memory as a whole. A request with files can be sent again.
///
/// ```
/// use letterpress_client::File;
///
/// // From disk: name and media type come from the path.
/// let report = File::open("reports/2024 q3.csv");
/// assert_eq!(report.name(), "2024 q3.csv");
/// assert_eq!(report.content_type(), Some("text/csv"));
///
/// // From memory.
/// let note = File::bytes("note", "All agreed.").media_type("text/plain");
/// assert_eq!(note.content_type(), Some("text/plain"));
///
/// // From anything that can be read; the function is called each time the request is sent.
/// let zeros = File::reader("zeros.bin", || Ok(Box::new(std::io::repeat(0).take(1024))));
/// assert_eq!(zeros.len(), None);
/// # use std::io::Read;
/// ```
#[derive(Clone)]
pub struct File {
    name: String,
    media_type: Option<String>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Path(PathBuf),
    Bytes(Bytes),
    Reader(Arc<Opener>, Option<u64>),
}

type Opener = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// An open file, and its length where that is known.
pub(super) type Open = (Box<dyn Read + Send>, Option<u64>);

impl File {
    /// What [`content_type`](File::content_type) is where nothing better is known (RFC 2046).
    const UNKNOWN: &'static str = "application/octet-stream";

    /// A file on disk. Its name is the last part of the path.
    ///
    /// The file is opened when the request is sent; if that fails, the call fails with
    /// [`RequestError::Open`](super::RequestError::Open) and nothing is sent. As many bytes are
    /// sent as the file has when it is opened.
    #[must_use]
    pub fn open(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Self::new(name.unwrap_or_default(), Source::Path(path))
    }

    /// A file in memory.
    #[must_use]
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::new(name.into(), Source::Bytes(bytes.into()))
    }

    /// A file from a reader.
    ///
    /// `opener` is called each time the request is sent, so that it can be sent again. Without a
    /// [`length`](File::length) the request is sent in chunks (RFC 9112, section 7.1).
    #[must_use]
    pub fn reader(
        name: impl Into<String>,
        opener: impl Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync + 'static,
    ) -> Self {
        Self::new(name.into(), Source::Reader(Arc::new(opener), None))
    }

    fn new(name: String, source: Source) -> Self {
        Self {
            name,
            media_type: None,
            source,
        }
    }

    /// The length of what a reader gives, in bytes: the request is sent with a `Content-Length`. A
    /// reader that gives less makes the call fail, and what it gives beyond is not sent. The length
    /// of other files is known; there it changes nothing.
    ///
    /// ```
    /// use std::io::Read as _;
    ///
    /// use letterpress_client::File;
    ///
    /// let zeros = File::reader("zeros.bin", || Ok(Box::new(std::io::repeat(0).take(1024))));
    /// assert_eq!(zeros.length(1024).len(), Some(1024));
    /// ```
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Source::Reader(_, length) = &mut self.source {
            *length = Some(bytes);
        }
        self
    }

    /// The same file under another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same file with another media type.
    ///
    /// A text that a header cannot hold makes the request fail with
    /// [`RequestError::HeaderValue`](super::RequestError::HeaderValue).
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The name that the server is told.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The media type: as set, else by the extension of the name, else `application/octet-stream`.
    /// A file that has not even a name says nothing about its type, as in Postman.
    ///
    /// ```
    /// use letterpress_client::File;
    ///
    /// assert_eq!(File::bytes("a.xml", "<a/>").content_type(), Some("application/xml"));
    /// assert_eq!(File::bytes("", "<a/>").content_type(), None);
    /// ```
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        let guessed = || file_types::of_name(&self.name).unwrap_or(Self::UNKNOWN);
        let is_named = !self.name.is_empty();
        let set = self.media_type.as_deref();
        set.or_else(|| is_named.then(guessed))
    }

    /// The length in bytes; of a file on disk, as of now. `None` if it is not known: the file is
    /// not there, is not a regular file, or comes from a reader without a [`length`](File::length).
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "a file is asked how much is to be sent"
    )]
    pub fn len(&self) -> Option<u64> {
        match &self.source {
            Source::Path(path) => fs::metadata(path).ok().as_ref().and_then(regular_len),
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Reader(_, length) => *length,
        }
    }

    /// The content, if it is in memory.
    pub(super) fn in_memory(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Path(_) | Source::Reader(..) => None,
        }
    }

    /// Opens the file; an error says which one.
    pub(super) fn open_now(&self) -> io::Result<Open> {
        self.try_open().map_err(|error| {
            let which = match &self.source {
                Source::Path(path) => path.display().to_string(),
                Source::Bytes(_) | Source::Reader(..) => self.name.clone(),
            };
            io::Error::new(error.kind(), format!("{which}: {error}"))
        })
    }

    fn try_open(&self) -> io::Result<Open> {
        match &self.source {
            Source::Path(path) => {
                let file = fs::File::open(path)?;
                let len = regular_len(&file.metadata()?);
                Ok((Box::new(file), len))
            }
            Source::Bytes(bytes) => {
                let len = bytes.len() as u64;
                Ok((Box::new(io::Cursor::new(bytes.clone())), Some(len)))
            }
            Source::Reader(opener, length) => Ok((opener()?, *length)),
        }
    }
}

/// The length of a pipe or device means nothing.
fn regular_len(metadata: &fs::Metadata) -> Option<u64> {
    metadata.is_file().then_some(metadata.len())
}

/// Equal are files of the same name, media type and content; readers are equal only to their
/// clones, files on disk if their paths are equal.
impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.media_type == other.media_type
            && self.source == other.source
    }
}

impl Eq for File {}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Source::Path(a), Source::Path(b)) => a == b,
            (Source::Bytes(a), Source::Bytes(b)) => a == b,
            (Source::Reader(a, m), Source::Reader(b, n)) => m == n && Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// Shows what the server is told, and not the content.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = self.content_type().unwrap_or("untyped");
        write!(f, "File({:?}, {media_type})", self.name)
    }
}
