//! Numbers as they are written.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::decode::Decode;
use super::encode::Encode;
use super::error::Error;
use super::reader::Reader;
use super::scan;
use super::writer::Writer;

/// A number of any size and precision, kept as it is written.
///
/// Numbers are equal if they mean the same: `1.0` is `1` and `1e0`.
///
/// ```
/// use letterpress_client::json::Number;
///
/// let price: Number = "123456789012345678901234567890.10".parse()?;
/// assert_eq!(price.as_str(), "123456789012345678901234567890.10");
/// assert_eq!(price.as_i64(), None);
/// assert_eq!("2.50".parse::<Number>()?, "25e-1".parse::<Number>()?);
/// # Ok::<(), letterpress_client::json::Error>(())
/// ```
#[derive(Clone)]
pub struct Number {
    text: Cow<'static, str>,
}

impl Number {
    /// The number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number, if it is whole and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        whole(&self.text)?.try_into().ok()
    }

    /// The number, if it is whole and fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        whole(&self.text)?.try_into().ok()
    }

    /// The nearest number of this type; infinite if it is too large.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        // Every number in the grammar of JSON is one in that of Rust.
        self.text.parse().unwrap_or(f64::NAN)
    }

    /// The sign, the digits without zeros at either end, and the power of ten they are multiplied by.
    fn parts(&self) -> (bool, String, i128) {
        parts(&self.text)
    }
}

fn parts(text: &str) -> (bool, String, i128) {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    // One with more digits than fit is out of everybody's range.
    let huge = if exponent.starts_with('-') {
        i128::from(i64::MIN)
    } else {
        i128::from(i64::MAX)
    };
    let exponent = exponent.parse::<i64>().map_or(huge, i128::from);
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{before}{after}");
    let trimmed = digits.trim_end_matches('0');
    let point = i128::try_from(after.len()).unwrap_or_default();
    let cut = i128::try_from(digits.len() - trimmed.len()).unwrap_or_default();
    let digits = trimmed.trim_start_matches('0').to_owned();
    if digits.is_empty() {
        return (false, digits, 0);
    }
    (sign, digits, exponent - point + cut)
}

/// The number, if it is whole and not much larger than 64 bits.
pub(super) fn whole(text: &str) -> Option<i128> {
    let (sign, digits, exponent) = parts(text);
    let zeros = usize::try_from(exponent).ok()?;
    if digits.is_empty() {
        return Some(0);
    }
    if digits.len().checked_add(zeros)? > 20 {
        return None;
    }
    let size: i128 = format!("{digits}{}", "0".repeat(zeros)).parse().ok()?;
    Some(if sign { -size } else { size })
}

impl Default for Number {
    fn default() -> Self {
        Self { text: "0".into() }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || self.parts() == other.parts()
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

impl FromStr for Number {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match scan::number(text.as_bytes(), 0) {
            Some(end) if end == text.len() => Ok(Self {
                text: text.to_owned().into(),
            }),
            _ => Err(Error::new("the text is no JSON number")),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        let text = value.to_string().into();
        Self { text }
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        let text = value.to_string().into();
        Self { text }
    }
}

impl Decode for Number {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        self.text = reader.number()?.to_owned().into();
        Ok(())
    }
}

impl Encode for Number {
    fn encode(&self, writer: &mut Writer) {
        writer.raw(&self.text);
    }
}
