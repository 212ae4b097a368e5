//! Ids that are numbers or texts.

use std::fmt;

use super::json::{Decode, Encode, Error, Reader, Writer};

/// An id that is a number or a text, and stays what it is.
///
/// ```
/// use letterpress_client::{Id, json};
///
/// let ids: Vec<Id> = json::from_str(r#"[85746065, "4444AAAiAAAAAiAiAiiAii=="]"#)?;
/// assert_eq!(ids[0], Id::from(85_746_065));
/// assert_eq!(ids[1].to_string(), "4444AAAiAAAAAiAiAiiAii==");
/// # Ok::<(), json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Id {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Default for Id {
    fn default() -> Self {
        Id::Number(0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Id::Number(number) => number.fmt(f),
            Id::Text(text) => text.fmt(f),
        }
    }
}

impl From<i64> for Id {
    fn from(number: i64) -> Self {
        Id::Number(number)
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Id::Text(text.to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Id::Text(text)
    }
}

impl Decode for Id {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let (mut number, mut text) = (0_i64, String::new());
        let mut next = reader.alternative();
        if next.number(&mut number) {
            *self = Id::Number(number);
        } else if next.string(&mut text) {
            *self = Id::Text(text);
        } else {
            return Err(reader.mismatch("a whole number of 64 bits or a string"));
        }
        Ok(())
    }
}

impl Encode for Id {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Id::Number(number) => number.encode(writer),
            Id::Text(text) => text.encode(writer),
        }
    }
}

super::with_serde!(Id);
