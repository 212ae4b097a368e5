//! Types of values: what a document declares about them, or what was inferred from its examples.
//!
//! This is the only model of types. Readers make it, corrections of the user change it, and
//! [`plan`](crate::plan) gives it Rust names.

use crate::document::report::Place;

/// The type of the values at one place, and why it is that.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Schema {
    /// Where the document describes the values.
    pub at: Option<Place>,
    /// The type.
    pub ty: SchemaType,
    /// Whether `null` is one of the values.
    pub nullable: bool,
    /// The description.
    pub docs: String,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// What texts and numbers stand for. It documents; no value is refused by it.
    pub format: Option<Format>,
    /// What else restricts the values. It documents; no value is refused by it.
    pub limits: Option<Box<Limits>>,
    /// What the server assumes where there is no value, as JSON. It is never sent.
    pub default: Option<String>,
    /// An example, as JSON.
    pub example: Option<String>,
    /// The name that the user has chosen for the field or type.
    pub rename: Option<String>,
    /// Why it is this type, in the order of weight.
    pub reasons: Vec<Reason>,
}

/// A type of values.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum SchemaType {
    /// Anything that JSON has.
    #[default]
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(IntegerWidth),
    /// A double-precision number.
    Float,
    /// A number whose digits all count: money, or beyond 64 bits.
    Number,
    /// Text.
    Text,
    /// Bytes. In JSON they are text in base64 (RFC 4648, section 4).
    Bytes,
    /// One of the listed values, or another of the same kind.
    Enum(Enum),
    /// An array.
    List(Box<Schema>),
    /// An array with a type for each position.
    Tuple(Vec<Schema>),
    /// An object whose names are data: the type of its values.
    Map(Box<Schema>),
    /// An object with known members.
    Record(Record),
    /// A value of one of several types.
    Union(Union),
    /// A named schema: its index in [`Api::schemas`](super::Api::schemas).
    Named(usize),
    /// The record around it, so many records further out; 0 is the nearest.
    Recursive(usize),
}

/// How large whole numbers are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum IntegerWidth {
    /// 32 bits.
    I32,
    /// 64 bits.
    #[default]
    I64,
    /// 64 bits, without a sign.
    U64,
}

/// What values stand for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 3339 full date.
    Date,
    /// RFC 3339 time.
    Time,
    /// ISO 8601 duration (RFC 3339, appendix A).
    Duration,
    /// RFC 9562.
    Uuid,
    /// RFC 3986, absolute.
    Uri,
    /// RFC 5322 address.
    Email,
    /// A secret that `Debug` hides.
    Password,
    /// A number written as text.
    NumericText,
    /// Seconds since 1970-01-01T00:00:00Z.
    UnixTime,
}

/// What restricts values beside their type, each bound as the document writes it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// The smallest number, and whether it is itself excluded.
    pub minimum: Option<(String, bool)>,
    /// The largest number, and whether it is itself excluded.
    pub maximum: Option<(String, bool)>,
    /// What numbers are multiples of.
    pub multiple_of: Option<String>,
    /// The least length: characters of a text, elements of an array, members of an object.
    pub min_length: Option<u64>,
    /// The greatest length.
    pub max_length: Option<u64>,
    /// The regular expression (ECMA-262) that texts match.
    pub pattern: Option<String>,
    /// Whether no two elements are equal.
    pub unique: bool,
}

/// Listed values. The list is open: what an API adds later is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Enum {
    /// What the values are.
    pub kind: EnumKind,
    /// The values, in document order, each once.
    pub values: Vec<Choice>,
}

/// What listed values are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EnumKind {
    /// Texts.
    #[default]
    Text,
    /// Whole numbers of 64 bits.
    Integer,
}

/// A listed value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Choice {
    /// The value on the wire; a number in decimal.
    pub value: String,
    /// The description.
    pub docs: String,
    /// What the document calls it, where it has a name beside the value (`x-enum-varnames`).
    pub name: Option<String>,
}

/// An object with known members.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    /// The members, in document order.
    pub members: Vec<Member>,
    /// The type of members beside these, where there are such.
    pub extra: Option<Box<Schema>>,
}

/// A member of an object.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    /// Whether it has to be there.
    pub required: bool,
    /// Whether only replies have it.
    pub read_only: bool,
    /// Whether only requests have it.
    pub write_only: bool,
    /// Its values.
    pub schema: Schema,
}

/// A value of one of several types.
#[derive(Clone, PartialEq, Debug)]
pub struct Union {
    /// The types, in document order.
    pub alternatives: Vec<Alternative>,
    /// What tells which of them a value is.
    pub told_by: ToldBy,
}

/// What tells which alternative of a union a value is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ToldBy {
    /// The kind of JSON: no two alternatives share one.
    Kind,
    /// The text of this member, see [`Alternative::tags`].
    Tag(String),
    /// The members: the alternative whose required members are all there, and that leaves the fewest over.
    Members,
}

/// One type of a union.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Alternative {
    /// What the document calls it, where it has a name.
    pub name: Option<String>,
    /// The values of the tag that tell it; the first is the one that is written.
    pub tags: Vec<String>,
    /// The type.
    pub schema: Schema,
}

/// A schema that a document gives a name, so that several places can refer to it.
#[derive(Clone, PartialEq, Debug)]
pub struct NamedSchema {
    /// The name in the document. It is the identity of the type: see `letterpress.lock`.
    pub name: String,
    /// The type.
    pub schema: Schema,
}

/// A reason for a decision.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reason {
    /// Where the evidence stands.
    pub at: Option<Place>,
    /// What it says, as a phrase.
    pub text: String,
}

impl From<SchemaType> for Schema {
    /// A type of which nothing else is known.
    fn from(ty: SchemaType) -> Self {
        Self {
            ty,
            ..Self::default()
        }
    }
}

impl From<Schema> for Alternative {
    /// A type without a name.
    fn from(schema: Schema) -> Self {
        Self {
            schema,
            ..Self::default()
        }
    }
}

impl From<&str> for Reason {
    /// A reason without a place.
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Reason {
    /// A reason without a place.
    fn from(text: String) -> Self {
        Self { at: None, text }
    }
}

impl SchemaType {
    /// A whole number of 64 bits.
    pub const INTEGER: SchemaType = SchemaType::Integer(IntegerWidth::I64);

    /// A whole number or a text: an id that has two forms.
    #[must_use]
    pub fn integer_or_text() -> Self {
        let types = [SchemaType::INTEGER, SchemaType::Text];
        let alternatives = types.map(|ty| Schema::from(ty).into()).into();
        SchemaType::Union(Union {
            alternatives,
            told_by: ToldBy::Kind,
        })
    }

    /// The kind of JSON that its values are, in the plural; `values` where there are several.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            SchemaType::Any | SchemaType::Union(_) | SchemaType::Named(_) => "values",
            SchemaType::Boolean => "booleans",
            SchemaType::Integer(_)
            | SchemaType::Float
            | SchemaType::Number
            | SchemaType::Enum(Enum {
                kind: EnumKind::Integer,
                ..
            }) => "numbers",
            SchemaType::Text | SchemaType::Bytes | SchemaType::Enum(_) => "texts",
            SchemaType::List(_) | SchemaType::Tuple(_) => "arrays",
            SchemaType::Map(_) | SchemaType::Record(_) | SchemaType::Recursive(_) => "objects",
        }
    }
}
