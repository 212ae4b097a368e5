//! What documents show of the JSON at one place: the join of every example.
//!
//! A shape is evidence, not yet a type: [`infer`](crate::infer) concludes from it. Shapes are a join
//! semilattice: merging is commutative, associative and idempotent, so that neither the order of examples
//! nor an example that is shown twice changes what comes out.

use std::collections::BTreeMap;

use crate::json::{Node, Span};
use crate::report::Place;

/// What is known of the values at one place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shape {
    /// Where `null` was seen.
    pub null: Sights,
    /// Where a variable stood without quotes, `"id": {{id}}`, whose value is not known: anything but text.
    pub bare: Sights,
    /// Where `true` or `false` was seen.
    pub boolean: Sights,
    /// The numbers.
    pub number: Option<Number>,
    /// The texts.
    pub text: Option<Text>,
    /// The arrays.
    pub list: Option<List>,
    /// The objects.
    pub object: Option<Object>,
    /// What the user says about the place.
    pub chosen: Chosen,
}

/// Where something was seen and what it was: the first few, in the order of the documents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sights(pub Vec<Sight>);

/// An example at its place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Sight {
    /// The place in a document of the run.
    pub at: Place,
    /// The value as JSON, cut where it is long; without secrets.
    pub text: String,
}

/// Numbers that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Number {
    /// Where.
    pub sights: Sights,
    /// Whether one had a fraction or an exponent that is no whole number.
    pub fraction: bool,
    /// Whether one is beyond the integers of 64 bits.
    pub beyond_i64: bool,
    /// Whether one is not exactly what a double-precision number gives back.
    pub beyond_f64: bool,
}

/// Texts that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// Where.
    pub sights: Sights,
    /// The forms that every one of them had.
    pub formats: Vec<Format>,
    /// The types that placeholders such as `<long>` named, where texts were placeholders.
    pub placeholders: std::collections::BTreeSet<Placeholder>,
    /// Whether one was no placeholder.
    pub data: bool,
}

/// Arrays that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct List {
    /// Where.
    pub sights: Sights,
    /// All elements of all of them.
    pub element: Box<Shape>,
}

/// Objects that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Object {
    /// Where.
    pub sights: Sights,
    /// Their members by name.
    pub members: BTreeMap<String, Member>,
}

/// A member of objects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Whether every object had it.
    pub always: bool,
    /// Where it was seen first, which is the order of members.
    pub first: Place,
    /// Whether its name holds a variable, so that names are data.
    pub variable_name: bool,
    /// Its values.
    pub shape: Shape,
}

/// Forms that texts may have. Documentation only: a form that was guessed never rejects a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 3339 full date.
    Date,
    /// RFC 9562.
    Uuid,
    /// RFC 3986, absolute.
    Uri,
    /// RFC 5322 address.
    Email,
}

/// A type that a converter wrote in the place of a value (rule O2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Placeholder {
    /// `<integer>`, `<long>`
    Integer,
    /// `<float>`, `<double>`, `<number>`
    Float,
    /// `<boolean>`
    Boolean,
    /// `<string>` and all forms of text.
    Text,
    /// `<array>`
    List,
    /// `<object>`
    Object,
    /// A mark of a failed conversion (rule O3), or a word that is no type.
    Nothing,
}

/// What the user says about a place in `letterpress.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chosen {
    /// The type.
    pub ty: Option<ChosenType>,
    /// The name: of the field, where it is a member.
    pub name: Option<String>,
    /// Whether a member has to be there.
    pub required: Option<bool>,
}

/// A type that a user can give to a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChosenType {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A double-precision number.
    Float,
    /// A number with all its digits.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Any JSON.
    Any,
    /// An object whose names are data.
    Map,
}

/// What a document knows beside the JSON itself.
pub struct Origin<'a> {
    /// The place in the document of a part of the text.
    pub place: &'a dyn Fn(Span) -> Place,
    /// The text with its variables replaced, as far as they have values.
    pub resolve: &'a dyn Fn(&str) -> String,
}

impl Shape {
    /// The shape of one example.
    #[must_use]
    pub fn of(node: &Node<'_>, origin: &Origin<'_>) -> Self {
        let _ = (node, origin);
        Self::default()
    }

    /// Takes another example of the same place in.
    pub fn merge(&mut self, other: Shape) {
        let _ = other;
    }
}
