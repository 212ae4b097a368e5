//! Any JSON value.

use std::fmt;
use std::str::FromStr;

use super::decode::Decode;
use super::encode::Encode;
use super::error::Error;
use super::map::Map;
use super::number::Number;
use super::reader::Reader;
use super::writer::Writer;

/// Any JSON value. Numbers are kept as they are written, members in their order.
///
/// Its text form is JSON.
///
/// ```
/// use letterpress_client::json::Json;
///
/// let value: Json = r#"{"b": [1, 0.30], "a": null}"#.parse()?;
/// assert_eq!(value.get("b").and_then(|list| list.at(0)).and_then(Json::as_i64), Some(1));
/// assert_eq!(value.to_string(), r#"{"b":[1,0.30],"a":null}"#);
/// # Ok::<(), letterpress_client::json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Map<Json>),
}

impl Json {
    /// The member of this name, if it is an object that has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// The element at this index, if it is an array that has one.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&Json> {
        self.as_array()?.get(index)
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        *self == Json::Null
    }

    /// The value, if it is a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Json::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is a whole one that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Json::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map<Json>> {
        match self {
            Json::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value as a `T`.
    ///
    /// # Errors
    ///
    /// It does not fit.
    pub fn to<T: Decode + Default>(&self) -> Result<T, Error> {
        super::from_str(&self.to_string())
    }

    /// The value that another one is as JSON.
    ///
    /// # Errors
    ///
    /// It is more than [`DEPTH`](super::DEPTH) deep.
    pub fn of(value: &dyn Encode) -> Result<Self, Error> {
        super::from_str(&super::to_string(value))
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::to_string(self))
    }
}

impl FromStr for Json {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        super::from_str(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Json::Boolean(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Json::Number(value.into())
    }
}

impl From<Number> for Json {
    fn from(value: Number) -> Self {
        Json::Number(value)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::Text(text)
    }
}

impl From<Vec<Json>> for Json {
    fn from(elements: Vec<Json>) -> Self {
        Json::Array(elements)
    }
}

impl From<Map<Json>> for Json {
    fn from(members: Map<Json>) -> Self {
        Json::Object(members)
    }
}

impl Decode for Json {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        *self = match reader.peek() {
            Some(b'"') => Json::Text(reader.text()?.into_owned()),
            Some(b'{') => {
                let mut members = Map::default();
                members.decode(reader)?;
                Json::Object(members)
            }
            Some(b'[') => {
                let mut elements = Vec::new();
                elements.decode(reader)?;
                Json::Array(elements)
            }
            Some(b't' | b'f') => Json::Boolean(reader.boolean()?),
            Some(b'-' | b'0'..=b'9') => {
                let mut number = Number::default();
                number.decode(reader)?;
                Json::Number(number)
            }
            _ if reader.null()? => Json::Null,
            _ => return Err(reader.mismatch("a value")),
        };
        Ok(())
    }
}

impl Encode for Json {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Json::Null => writer.raw("null"),
            Json::Boolean(value) => value.encode(writer),
            Json::Number(number) => number.encode(writer),
            Json::Text(text) => writer.text(text),
            Json::Array(elements) => elements.encode(writer),
            Json::Object(members) => members.encode(writer),
        }
    }
}
