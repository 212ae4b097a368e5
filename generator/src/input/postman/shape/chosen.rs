//! What the user says about a place, which comes before what was seen there.

/// What the user says about a place in `letterpress.toml`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Chosen {
    /// The type.
    pub ty: Option<ChosenType>,
    /// The name: of the field, where it is a member.
    pub name: Option<String>,
    /// Whether a member has to be there.
    pub required: Option<bool>,
    /// What is said about it.
    pub docs: Option<String>,
}

/// A type that a user can give to a place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
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
    /// One of these texts, or another.
    OneOf(Vec<Choice>),
}

/// A value that is listed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Choice {
    /// The value on the wire.
    pub value: String,
    /// What is said about it.
    pub docs: String,
}

impl Chosen {
    /// What is chosen twice for a place is a mistake; the order of documents does not decide it.
    pub(super) fn merge(&mut self, other: Chosen) {
        self.ty = self.ty.take().max(other.ty);
        self.name = self.name.take().max(other.name);
        self.required = self.required.max(other.required);
        self.docs = self.docs.take().max(other.docs);
    }
}
