//! Values that may be `null`, where that is not the same as absent.

use super::decode::Decode;
use super::encode::Encode;
use super::error::Error;
use super::reader::Reader;
use super::writer::Writer;

/// A value or `null`. A member of this type is always written; in an `Option` it may be absent as well.
///
/// ```
/// use letterpress_client::json::{self, Nullable};
///
/// let values: Vec<Nullable<i64>> = json::from_str("[1, null]")?;
/// assert_eq!(values, [Nullable::Value(1), Nullable::Null]);
/// assert_eq!(json::to_string(&values), "[1,null]");
/// # Ok::<(), json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Nullable<T> {
    /// `null`.
    #[default]
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Nullable::Null => None,
            Nullable::Value(value) => Some(value),
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Nullable::Null => None,
            Nullable::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Nullable::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Nullable::Null, Nullable::Value)
    }
}

impl<T: Decode + Default> Decode for Nullable<T> {
    #[inline]
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = Nullable::Null;
        if reader.null()? {
            return Ok(());
        }
        let mut value = T::default();
        value.decode(reader)?;
        *self = Nullable::Value(value);
        Ok(())
    }

    #[inline]
    fn takes_null() -> bool {
        true
    }
}

impl<T: Encode> Encode for Nullable<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        match self {
            Nullable::Null => writer.raw("null"),
            Nullable::Value(value) => value.encode(writer),
        }
    }
}
