//! JSON (RFC 8259): one reader and one writer, and what they read into and write from.
//!
//! Types do not derive anything. Each has a table of its members, made by a macro of this crate: `record!` for
//! objects, `open_enum!` and `open_integers!` for texts and numbers with known values, `choice!` for what may be of
//! several kinds, `tagged_union!` and `matched_union!` for several kinds of objects.
//! Reader and writer are not generic: they see members as `&mut dyn` [`Decode`] and `&dyn` [`Encode`], so that a
//! thousand types cost little to compile.
//!
//! | type of a member | absent | `null` |
//! | --- | --- | --- |
//! | `String`, `i32`, `u32`, `i64`, `u64`, `f64`, `bool`, [`Number`], [`Base64`], tuples, [`Map`], records, enums | error | error |
//! | `Vec<T>` | empty | empty |
//! | [`Nullable`] | error | [`Nullable::Null`] |
//! | [`Json`], choices | error | kept as such |
//! | `Option<T>` | `None` | `None` |
//! | `Option<Nullable<T>>` | `None` | `Some(Null)` |
//!
//! What is absent is not written.
//!
//! ```
//! use letterpress_client::json::{self, Json, Map};
//!
//! let rooms: Map<Vec<i64>> = json::from_str(r#"{"b": [2, 1], "a": []}"#)?;
//! assert_eq!(rooms.get("b"), Some(&vec![2, 1]));
//! assert_eq!(json::to_string(&rooms), r#"{"b":[2,1],"a":[]}"#);
//!
//! let error = json::from_str::<Map<Vec<i64>>>(r#"{"b": [2, "x"]}"#).unwrap_err();
//! assert_eq!(error.path(), "/b/1");
//! assert_eq!(error.message(), "expected a whole number, found a string");
//!
//! let exact: Json = json::from_str("[100000000000000000000.10]")?;
//! assert_eq!(exact.to_string(), "[100000000000000000000.10]");
//! # Ok::<(), json::Error>(())
//! ```
//!
//! # What is read
//!
//! What RFC 8259 calls JSON, in UTF-8, with these decisions:
//!
//! * Objects and arrays are at most [`DEPTH`] deep.
//! * Of members with equal names the last one counts.
//! * Members that a type does not know are skipped, unless its table ends in `..extra`: then they are kept.
//! * A mark of the byte order (U+FEFF) in front is skipped (RFC 8259, section 8.1).
//! * Half a pair of surrogates (`"\ud800"`) is no text: an error, unless it is in a member that is skipped.
//! * A whole number may have a fraction of zeros or an exponent: `2.0` and `2e0` are read as `2`.
//! * A number that is too large for `f64` is an error there; [`Number`] and [`Json`] keep it.
//!
//! Where `serde_json` decides otherwise with serde's derives: it has a limit of 128, refuses a mark of the byte order,
//! a member that repeats, and `2.0` as a whole number; it takes an array for a struct.
//!
//! # What is written
//!
//! JSON without blanks, members in the order of the table. `f64` is the shortest text that is read as the same number,
//! without `.0`; what JSON has no number for is `null`. [`Number`] and [`Json`] are written as they were read.
//!
//! The feature `serde` adds `Serialize` and `Deserialize` to all of these types, for any format. They go through
//! [`Json`]; a number has no more than 64 bits there.

mod alternative;
mod base64;
mod decode;
mod encode;
mod error;
pub(super) mod macros;
mod map;
mod nullable;
mod number;
mod reader;
mod scan;
mod token;
mod tuple;
mod union;
pub(super) mod union_macros;
mod value;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod with_serde;
mod writer;

pub use alternative::Alternative;
pub use base64::Base64;
pub use decode::Decode;
pub use encode::Encode;
pub use error::Error;
pub use map::{Extra, Map};
pub use nullable::Nullable;
pub use number::Number;
pub use reader::{DEPTH, Reader};
pub use union::{Matched, Variants};
pub use value::Json;
pub use writer::Writer;

/// Reads a value.
///
/// # Errors
///
/// The text is no JSON, or it does not fit the type; [`Error::path`] says where.
pub fn from_str<T: Decode + Default>(text: &str) -> Result<T, Error> {
    from_slice(text.as_bytes())
}

/// Reads a value.
///
/// # Errors
///
/// The text is no JSON, or it does not fit the type; [`Error::path`] says where.
pub fn from_slice<T: Decode + Default>(text: &[u8]) -> Result<T, Error> {
    let mut value = T::default();
    reader::read(text, &mut value)?;
    Ok(value)
}

/// Reads into a slot as far as the text fits it. Whether the text is an object with members of which the type of
/// the slot, a record, has none.
pub(super) fn read_into(text: &[u8], slot: &mut dyn Decode) -> Result<bool, Error> {
    reader::read(text, slot)
}

/// The text of a value, without blanks.
#[must_use]
pub fn to_string(value: &dyn Encode) -> String {
    let mut writer = Writer::default();
    value.encode(&mut writer);
    writer.finish()
}

/// The text of a value in UTF-8, without blanks.
#[must_use]
pub fn to_vec(value: &dyn Encode) -> Vec<u8> {
    let mut writer = Writer::default();
    value.encode(&mut writer);
    writer.into_bytes()
}
