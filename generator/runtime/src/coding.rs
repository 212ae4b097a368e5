//! Codings of bodies (RFC 9110, section 8.4): what is asked for, and undone.

use std::io;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};

/// The codings that this program can undo, the best first.
const KNOWN: &[&str] = &[
    #[cfg(feature = "zstd")]
    "zstd",
    #[cfg(feature = "brotli")]
    "br",
    #[cfg(feature = "gzip")]
    "gzip",
];

/// Asks for the codings that can be undone.
pub(super) fn ask(headers: &mut HeaderMap) {
    if KNOWN.is_empty() || headers.contains_key(ACCEPT_ENCODING) {
        return;
    }
    if let Ok(value) = HeaderValue::try_from(KNOWN.join(", ")) {
        headers.insert(ACCEPT_ENCODING, value);
    }
}

/// Undoes the coding of a body while it comes. A body that is not coded, or in a way that is unknown, stays as it is.
pub(super) struct Decoder(Option<Box<dyn Undo + Send>>);

/// Undoes a coding.
trait Undo {
    /// What comes out of a part of the body.
    fn push(&mut self, coded: &[u8]) -> io::Result<Vec<u8>>;

    /// What is left at its end.
    fn finish(&mut self) -> io::Result<Vec<u8>>;
}

impl Decoder {
    /// The decoder for a body with these headers. What it undoes is said no more: neither the coding nor the length, which
    /// is that of the coded body. A coding that cannot be undone stays, and is told when the reply is read.
    pub(super) fn of(headers: &mut HeaderMap) -> Self {
        let coding = headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
        let coding = coding.unwrap_or_default().to_ascii_lowercase();
        let decoder = decoder(coding.trim_ascii());
        if decoder.is_some() {
            headers.remove(CONTENT_ENCODING);
            headers.remove(CONTENT_LENGTH);
        }
        Self(decoder)
    }

    pub(super) fn is_plain(&self) -> bool {
        self.0.is_none()
    }

    /// What comes out of a part of the body.
    pub(super) fn push(&mut self, coded: &[u8]) -> io::Result<Bytes> {
        match &mut self.0 {
            Some(decoder) => decoder.push(coded).map(Bytes::from),
            None => Ok(Bytes::copy_from_slice(coded)),
        }
    }

    /// What is left at the end of the body.
    pub(super) fn finish(&mut self) -> io::Result<Option<Bytes>> {
        let Some(decoder) = &mut self.0 else {
            return Ok(None);
        };
        let left = decoder.finish()?;
        Ok((!left.is_empty()).then(|| left.into()))
    }
}

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
fn decoder(coding: &[u8]) -> Option<Box<dyn Undo + Send>> {
    match coding {
        #[cfg(feature = "gzip")]
        b"gzip" | b"x-gzip" => Some(Box::new(Through {
            writer: flate2::write::MultiGzDecoder::new(Vec::new()),
            out: |writer| writer.get_mut(),
        })),
        #[cfg(feature = "brotli")]
        b"br" => Some(Box::new(Through {
            writer: brotli::DecompressorWriter::new(Vec::new(), 4096),
            out: |writer| writer.get_mut(),
        })),
        #[cfg(feature = "zstd")]
        b"zstd" => Some(Box::new(Through {
            writer: zstd::stream::write::Decoder::new(Vec::new()).ok()?,
            out: |writer| writer.get_mut(),
        })),
        _ => None,
    }
}

#[cfg(not(any(feature = "gzip", feature = "brotli", feature = "zstd")))]
fn decoder(_: &[u8]) -> Option<Box<dyn Undo + Send>> {
    None
}

/// A writer that undoes a coding, and what came out of it.
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
struct Through<W> {
    writer: W,
    out: fn(&mut W) -> &mut Vec<u8>,
}

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
impl<W: io::Write> Undo for Through<W> {
    fn push(&mut self, coded: &[u8]) -> io::Result<Vec<u8>> {
        self.writer.write_all(coded)?;
        Ok(std::mem::take((self.out)(&mut self.writer)))
    }

    fn finish(&mut self) -> io::Result<Vec<u8>> {
        self.writer.flush()?;
        Ok(std::mem::take((self.out)(&mut self.writer)))
    }
}
