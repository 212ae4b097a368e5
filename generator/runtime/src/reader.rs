//! Reading the body of a request from its beginning to its end.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read};

use bytes::Bytes;

use super::file::File;

/// A part of a body.
pub(super) enum Piece {
    Bytes(Bytes),
    File(File),
}

impl Piece {
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Piece::Bytes(bytes) => Some(bytes.len() as u64),
            Piece::File(file) => file.len(),
        }
    }
}

/// A body with its files opened, to be read from its beginning to its end.
pub struct Reader {
    sources: VecDeque<Box<dyn Read + Send>>,
    len: Option<u64>,
}

impl Reader {
    /// Opens all files of a body.
    pub(super) fn open(pieces: Vec<Piece>) -> io::Result<Self> {
        let mut reader = Self {
            sources: VecDeque::new(),
            len: Some(0),
        };
        for piece in pieces {
            reader.push(piece)?;
        }
        Ok(reader)
    }

    /// How many bytes it gives in all, if that is known. It then gives exactly as many, or fails
    /// with [`io::ErrorKind::UnexpectedEof`] if a file became shorter since it was opened.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "see `Body::len`")]
    pub fn len(&self) -> Option<u64> {
        self.len
    }

    fn push(&mut self, piece: Piece) -> io::Result<()> {
        let (source, len) = match piece {
            Piece::Bytes(bytes) => File::bytes("", bytes).open_now()?,
            Piece::File(file) => file.open_now()?,
        };
        self.len = self.len.zip(len).and_then(|(a, b)| a.checked_add(b));
        self.sources.push_back(match len {
            Some(left) => Box::new(Exactly { source, left }),
            None => source,
        });
        Ok(())
    }
}

impl Read for Reader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while let Some(source) = self.sources.front_mut() {
            let n = source.read(buf)?;
            if n > 0 || buf.is_empty() {
                return Ok(n);
            }
            self.sources.pop_front();
        }
        Ok(0)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

/// Reads as many bytes as were promised: a file that grows is cut, one that shrinks is an error.
struct Exactly<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Exactly<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.source.by_ref().take(self.left).read(buf)?;
        if n == 0 && self.left > 0 && !buf.is_empty() {
            let shorter = "a file became shorter while it was sent";
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, shorter));
        }
        self.left -= n as u64;
        Ok(n)
    }
}
