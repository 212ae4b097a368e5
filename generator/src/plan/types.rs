//! Types as the plan has them: of fields, and of JSON data.

use std::fmt;

use super::Listed;
use crate::plan::names::Ident;

/// Names that the prelude and the module itself have taken.
pub(super) const RESERVED_TYPES: &[&str] = &[
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Display",
    "Err",
    "ErrorBody",
    "Failure",
    "From",
    "None",
    "Ok",
    "Option",
    "Options",
    "PartialEq",
    "Request",
    "RequestBody",
    "Response",
    "Result",
    "Self",
    "Some",
    "String",
    "Variables",
    "Vec",
];

/// The type of a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// `String`
    String,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// `bool`
    Bool,
    /// `File` of the runtime.
    File,
    /// `Id` of the runtime: a number or a text.
    Id,
    /// `Number` of the runtime: a number with all its digits.
    Number,
    /// `Json` of the runtime: anything.
    Json,
    /// `Reply` of the runtime: a reply as it is.
    Reply,
    /// `Bytes` of the runtime.
    Bytes,
    /// `()`
    Unit,
    /// An enum of the module.
    Enum(Ident),
    /// A type of JSON data of the module.
    Named(Ident),
    /// `Vec<(String, String)>`: names and values.
    Pairs,
    /// `Option<…>`
    Option(Box<Type>),
    /// `Nullable<…>` of the runtime: `null` or a value.
    Nullable(Box<Type>),
    /// `Vec<…>`
    Vec(Box<Type>),
    /// `Map<…>` of the runtime: an object whose names are data.
    Map(Box<Type>),
    /// `Box<…>`
    Boxed(Box<Type>),
}

/// A type of JSON data.
#[derive(Clone, PartialEq, Debug)]
pub struct Definition {
    /// Its name.
    pub ident: Ident,
    /// The lines of its documentation.
    pub docs: Vec<String>,
    /// What it is.
    pub structure: Structure,
}

/// What a type of JSON data is.
#[derive(Clone, PartialEq, Debug)]
pub enum Structure {
    /// An object: its members, and the field for those that the document does not show.
    Record(Vec<Member>, Option<Ident>),
    /// A value of several kinds.
    Choice(Vec<Alternative>),
    /// One of the values that are listed, or another text.
    Listed(Vec<Listed>),
    /// Another name of a type of the module.
    Alias(Ident),
    /// A type that several modules share: the module of `types` that has it.
    Shared(Ident),
}

/// A member of an object.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    /// Its field.
    pub ident: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Its type.
    pub ty: Type,
    /// The lines of its documentation.
    pub docs: Vec<String>,
}

/// A kind of value of a choice.
#[derive(Clone, PartialEq, Debug)]
pub struct Alternative {
    /// Its variant.
    pub ident: Ident,
    /// The kind, as JSON names it.
    pub kind: &'static str,
    /// Its type.
    pub ty: Type,
}

/// A type that several modules share.
#[derive(Clone, PartialEq, Debug)]
pub struct Shared {
    /// The module of `types` that it is in.
    pub home: Ident,
    /// The type.
    pub definition: Definition,
    /// The shared types that it names: where they are, and their names.
    pub uses: Vec<(Ident, Ident)>,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::String => f.write_str("String"),
            Type::I64 => f.write_str("i64"),
            Type::F64 => f.write_str("f64"),
            Type::Bool => f.write_str("bool"),
            Type::File => f.write_str("File"),
            Type::Id => f.write_str("Id"),
            Type::Number => f.write_str("Number"),
            Type::Json => f.write_str("Json"),
            Type::Reply => f.write_str("Reply"),
            Type::Bytes => f.write_str("Bytes"),
            Type::Unit => f.write_str("()"),
            Type::Enum(ident) | Type::Named(ident) => write!(f, "{ident}"),
            Type::Pairs => f.write_str("Vec<(String, String)>"),
            Type::Option(inner) => write!(f, "Option<{inner}>"),
            Type::Nullable(inner) => write!(f, "Nullable<{inner}>"),
            Type::Vec(inner) => write!(f, "Vec<{inner}>"),
            Type::Map(inner) => write!(f, "Map<{inner}>"),
            Type::Boxed(inner) => write!(f, "Box<{inner}>"),
        }
    }
}

/// What a type of a module is, whichever of its names is given.
#[must_use]
pub fn structure_of<'a>(definitions: &'a [Definition], ident: &Ident) -> Option<&'a Structure> {
    let found = definitions.iter().find(|one| one.ident == *ident)?;
    match &found.structure {
        Structure::Alias(original) => structure_of(definitions, original),
        structure => Some(structure),
    }
}

impl Definition {
    /// Whether it is only another name.
    pub(super) fn is_alias(&self) -> bool {
        matches!(self.structure, Structure::Alias(_))
    }

    /// Visits the name of each type that it mentions.
    pub(super) fn for_each_name(&mut self, visit: &mut impl FnMut(&mut Ident)) {
        match &mut self.structure {
            Structure::Record(members, _) => members
                .iter_mut()
                .for_each(|member| member.ty.for_each_name(visit)),
            Structure::Choice(alternatives) => alternatives
                .iter_mut()
                .for_each(|alternative| alternative.ty.for_each_name(visit)),
            Structure::Alias(ident) => visit(ident),
            Structure::Listed(_) | Structure::Shared(_) => {}
        }
    }
}

impl Type {
    fn for_each_name(&mut self, visit: &mut impl FnMut(&mut Ident)) {
        match self {
            Type::Named(ident) => visit(ident),
            Type::Option(inner)
            | Type::Nullable(inner)
            | Type::Vec(inner)
            | Type::Map(inner)
            | Type::Boxed(inner) => inner.for_each_name(visit),
            _ => {}
        }
    }
}
