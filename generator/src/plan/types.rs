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
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u64`
    U64,
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
    /// `Base64` of the runtime: bytes as text.
    Base64,
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
    /// A type of a named schema: its module below `types`, where `types` does not have it itself, and its name.
    Schema(Option<Ident>, Ident),
    /// `Vec<(String, String)>`: names and values.
    Pairs,
    /// A tuple: an array with a type for each position.
    Tuple(Vec<Type>),
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
    /// One of the numbers that are listed, or another.
    Numbers(Vec<Listed>),
    /// Another name of a type of the module.
    Alias(Ident),
    /// A type that several modules share: its name in the module `types`.
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
    /// What tells it from others of its kind.
    pub told_by: ToldBy,
    /// Its type.
    pub ty: Type,
}

/// What tells a kind of value from others of the same kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ToldBy {
    /// It is the only one of its kind.
    Kind,
    /// The member of that name, which has one of these values.
    Tag(String, Vec<String>),
    /// The members that it must have, and the others that it may have: any, where none are listed.
    Members(Vec<RequiredMember>, Option<Vec<String>>),
}

/// A member that an object must have, and the values that are listed for it: any, where none are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequiredMember {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
}

/// The module of a named schema: its types, and those inside of it.
#[derive(Clone, PartialEq, Debug)]
pub struct SchemaModule {
    /// The module of `types`.
    pub ident: Ident,
    /// The types that are public in `types`: one, or two where requests and replies differ.
    pub exports: Vec<Ident>,
    /// The line about it.
    pub docs: String,
    /// All types.
    pub definitions: Vec<Definition>,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::String => f.write_str("String"),
            Type::I32 => f.write_str("i32"),
            Type::I64 => f.write_str("i64"),
            Type::U64 => f.write_str("u64"),
            Type::F64 => f.write_str("f64"),
            Type::Bool => f.write_str("bool"),
            Type::File => f.write_str("File"),
            Type::Id => f.write_str("Id"),
            Type::Number => f.write_str("Number"),
            Type::Base64 => f.write_str("Base64"),
            Type::Json => f.write_str("Json"),
            Type::Reply => f.write_str("Reply"),
            Type::Bytes => f.write_str("Bytes"),
            Type::Unit => f.write_str("()"),
            Type::Enum(ident) | Type::Named(ident) => write!(f, "{ident}"),
            Type::Schema(None, ident) => write!(f, "types::{ident}"),
            Type::Schema(Some(home), ident) => write!(f, "types::{home}::{ident}"),
            Type::Pairs => f.write_str("Vec<(String, String)>"),
            Type::Tuple(elements) => {
                let elements: Vec<String> = elements.iter().map(Type::to_string).collect();
                write!(f, "({})", elements.join(", "))
            }
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
            Structure::Listed(_) | Structure::Numbers(_) | Structure::Shared(_) => {}
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
            Type::Tuple(elements) => elements.iter_mut().for_each(|one| one.for_each_name(visit)),
            _ => {}
        }
    }
}

impl Definition {
    /// Whether it mentions a type of a named schema.
    #[must_use]
    pub fn mentions_schemas(&self) -> bool {
        match &self.structure {
            Structure::Record(members, _) => members.iter().any(|one| one.ty.mentions_schemas()),
            Structure::Choice(alternatives) => {
                alternatives.iter().any(|one| one.ty.mentions_schemas())
            }
            Structure::Listed(_)
            | Structure::Numbers(_)
            | Structure::Alias(_)
            | Structure::Shared(_) => false,
        }
    }
}

impl Type {
    /// Whether it mentions a type of a named schema.
    #[must_use]
    pub fn mentions_schemas(&self) -> bool {
        match self {
            Type::Schema(..) => true,
            Type::Option(inner)
            | Type::Nullable(inner)
            | Type::Vec(inner)
            | Type::Map(inner)
            | Type::Boxed(inner) => inner.mentions_schemas(),
            Type::Tuple(elements) => elements.iter().any(Type::mentions_schemas),
            _ => false,
        }
    }

    /// The same type, named from outside of the module that it is in.
    pub(super) fn seen_from_outside(self, home: &Ident) -> Self {
        let outside = |inner: Box<Type>| Box::new(inner.seen_from_outside(home));
        match self {
            Type::Named(ident) => Type::Schema(Some(home.clone()), ident),
            Type::Option(inner) => Type::Option(outside(inner)),
            Type::Nullable(inner) => Type::Nullable(outside(inner)),
            Type::Vec(inner) => Type::Vec(outside(inner)),
            Type::Map(inner) => Type::Map(outside(inner)),
            Type::Boxed(inner) => Type::Boxed(outside(inner)),
            Type::Tuple(elements) => {
                let elements = elements.into_iter();
                Type::Tuple(elements.map(|one| one.seen_from_outside(home)).collect())
            }
            other => other,
        }
    }
}
