//! The type of JSON data, from the shape of its examples.

use crate::report::Place;
use crate::shape::{Format, Shape};

/// Which way data goes: what a client writes is held to what documents show, what it reads may differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// A request body. A member that every example has must be supplied, unless `optional` says that the
    /// document shows members whether they are needed or not.
    Request {
        /// Whether no member has to be supplied.
        optional: bool,
    },
    /// A reply.
    Reply,
}

/// The type of a place, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Data {
    /// The type.
    pub ty: DataType,
    /// Whether `null` is one of the values that a request may send or a list may hold.
    pub nullable: bool,
    /// The form of texts.
    pub format: Option<Format>,
    /// An example of a single value as JSON.
    pub example: Option<String>,
    /// The name that the user has chosen.
    pub rename: Option<String>,
    /// Why it is that type, in the order of weight.
    pub reasons: Vec<Reason>,
}

/// The type of JSON data.
#[derive(Clone, PartialEq, Debug)]
pub enum DataType {
    /// Anything: no example tells.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 64 bits.
    Integer,
    /// A double-precision number.
    Float,
    /// A number that neither of the two holds exactly.
    Number,
    /// Text.
    Text,
    /// An array.
    List(Box<Data>),
    /// An object whose names are data.
    Map(Box<Data>),
    /// An object of known members.
    Record(Vec<DataMember>),
    /// Values of several JSON kinds: one type each.
    Choice(Vec<Data>),
    /// The record that holds it, so many records further out; 0 is the nearest.
    Recursive(usize),
}

/// A member of a record.
#[derive(Clone, PartialEq, Debug)]
pub struct DataMember {
    /// The name on the wire.
    pub name: String,
    /// Whether it has to be there.
    pub required: bool,
    /// Its values.
    pub data: Data,
}

/// A reason for a decision.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reason {
    /// Where the evidence stands.
    pub at: Option<Place>,
    /// What it says, as a phrase.
    pub text: String,
}

/// Concludes a type from a shape. Every example that the shape has seen fits.
#[must_use]
pub fn data(shape: &Shape, direction: Direction) -> Data {
    let _ = (shape, direction);
    Data {
        ty: DataType::Any,
        nullable: false,
        format: None,
        example: None,
        rename: None,
        reasons: Vec::new(),
    }
}
