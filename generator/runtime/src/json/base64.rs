//! Bytes in text.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::decode::Decode;
use super::encode::Encode;
use super::error::Error;
use super::reader::Reader;
use super::writer::Writer;

/// Bytes as text in base64 (RFC 4648, section 4).
///
/// What was read stays as it is, whether it is base64 or not; [`bytes`](Base64::bytes) tells.
///
/// ```
/// use letterpress_client::json::{self, Base64};
///
/// let data = Base64::new("hello");
/// assert_eq!(json::to_string(&data), r#""aGVsbG8=""#);
///
/// let data: Base64 = json::from_str(r#""aGVsbG8""#)?;
/// assert_eq!(data.bytes().as_deref(), Some(&b"hello"[..]));
/// assert_eq!(Base64::from_text("a b").bytes(), None);
/// # Ok::<(), json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Base64 {
    text: String,
}

/// Reads with padding and without.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Base64 {
    /// The text that stands for these bytes.
    #[must_use]
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        Self {
            text: ENGINE.encode(bytes),
        }
    }

    /// A text that is base64 already.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// The bytes. Nothing if the text is not base64; line breaks are none (RFC 4648, section 3.1).
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        ENGINE.decode(&self.text).ok()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({:?})", self.text)
    }
}

impl Decode for Base64 {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        self.text.decode(reader)
    }
}

impl Encode for Base64 {
    fn encode(&self, writer: &mut Writer) {
        writer.text(&self.text);
    }
}

super::super::with_serde!(Base64);
