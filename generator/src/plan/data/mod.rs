//! The types of JSON data in a module: records and choices, each named after the field that owns it.
//!
//! A type keeps its name when examples are added: names go by depth, so that what is nested deeper gives
//! way. Within a module, equal types of one name are one type; of other names, one is the type and the
//! others are its aliases, so that no name goes away when the types part.

mod nodes;

use std::collections::BTreeMap;

use super::{Alternative, Definition, Member, Structure, Type, enums};
use crate::document::place::PlacePath;
use crate::document::secret;
use crate::input::postman::infer::data::{Data, DataMember, DataType};
use crate::input::postman::shape::Format;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, Registry, Wish};

pub(super) use nodes::key;
use nodes::{Name, Node, collect, name};

/// A value at the top: a body, a reply, a form field.
pub(super) struct Root<'d> {
    /// Where it is, by which the names in it are known.
    pub(super) place: PlacePath,
    /// The name of its type, where it has one of its own.
    pub(super) name: Ident,
    /// What it is, for the documentation of its type.
    pub(super) docs: String,
    pub(super) data: &'d Data,
}

/// The types of some roots, and all that is defined for them.
pub(super) struct Planned {
    /// The type of each root.
    pub(super) types: Vec<Type>,
    pub(super) definitions: Vec<Definition>,
}

/// Plans the types of a module. `reserved` are names that something else has; `keeps_unknown` gives each
/// record a field for members that the document does not show.
pub(super) fn plan(
    roots: &[Root<'_>],
    reserved: &[&str],
    keeps_unknown: bool,
    registry: &mut Registry<'_>,
) -> Planned {
    let nodes = collect(roots);
    let names = name(&nodes, reserved, registry);
    let planner = Planner {
        names: &names,
        index: nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (address(node.data), index))
            .collect(),
        keeps_unknown,
    };
    let mut defined: BTreeMap<&Ident, &PlacePath> = BTreeMap::new();
    let mut definitions = Vec::new();
    for (node, name) in nodes.iter().zip(&names) {
        let original = name.alias_of.as_ref().unwrap_or(&name.ident);
        if let Some(place) = defined.get(original) {
            registry.share(place, &node.place);
        }
        if !defined.contains_key(&name.ident) {
            definitions.push(planner.definition(node, name, registry));
            defined.insert(&name.ident, &node.place);
        }
    }
    let types = roots
        .iter()
        .map(|root| planner.ty(root.data, &[]))
        .collect();
    Planned { types, definitions }
}

/// Data stays where it is while a module is planned, so its address tells it apart.
fn address(data: &Data) -> *const Data {
    std::ptr::from_ref(data)
}

struct Planner<'a> {
    names: &'a [Name],
    index: BTreeMap<*const Data, usize>,
    keeps_unknown: bool,
}

impl Planner<'_> {
    fn definition(&self, node: &Node<'_>, name: &Name, registry: &mut Registry<'_>) -> Definition {
        let structure = match (&name.alias_of, &node.data.ty) {
            (Some(original), _) => Structure::Alias(original.clone()),
            (None, DataType::Choice(alternatives)) => Structure::Choice(
                alternatives
                    .iter()
                    .map(|data| Alternative {
                        ident: kind(&data.ty).0,
                        kind: kind(&data.ty).1,
                        ty: self.ty(data, &node.around),
                    })
                    .collect(),
            ),
            (None, DataType::Record(members)) => self.record(node, members, registry),
            (None, DataType::OneOf(choices)) => {
                Structure::Listed(enums::variants(choices, &node.place, registry))
            }
            (None, _) => Structure::Record(Vec::new(), None),
        };
        let docs = match structure {
            Structure::Listed(_) => node.docs.replacen("The member", "Values of", 1),
            _ => node.docs.clone(),
        };
        Definition {
            ident: name.ident.clone(),
            docs: vec![docs],
            structure,
        }
    }

    fn record(
        &self,
        node: &Node<'_>,
        members: &[DataMember],
        registry: &mut Registry<'_>,
    ) -> Structure {
        let own = self.index.get(&address(node.data)).copied();
        let around: Vec<usize> = node.around.iter().copied().chain(own).collect();
        let wishes: Vec<Wish> = members
            .iter()
            .map(|member| {
                let name = member.data.rename.as_deref().unwrap_or(&member.name);
                Wish {
                    place: node.place.below(member.name.as_str()),
                    candidates: vec![names::field(name).unwrap_or_else(|| names::fixed("value"))],
                    is_chosen: member.data.rename.is_some(),
                }
            })
            .collect();
        let extra = (self.keeps_unknown || node.data.open).then(|| names::fixed("extra"));
        let reserved: &[&str] = if extra.is_some() { &["extra"] } else { &[] };
        let idents = registry.distinct(Kind::Field, &wishes, reserved);
        let members = members.iter().zip(idents).map(|(member, ident)| Member {
            ident,
            wire: member.name.clone(),
            ty: self.member_type(member, &around),
            docs: member_docs(member),
        });
        Structure::Record(members.collect(), extra)
    }

    fn member_type(&self, member: &DataMember, around: &[usize]) -> Type {
        let inner = match &member.data.ty {
            DataType::Recursive(_) => Type::Boxed(Box::new(self.plain(&member.data, around))),
            _ => self.ty(&member.data, around),
        };
        if member.required {
            inner
        } else {
            Type::Option(Box::new(inner))
        }
    }

    fn ty(&self, data: &Data, around: &[usize]) -> Type {
        let plain = self.plain(data, around);
        if data.nullable {
            Type::Nullable(Box::new(plain))
        } else {
            plain
        }
    }

    fn plain(&self, data: &Data, around: &[usize]) -> Type {
        match &data.ty {
            DataType::Any => Type::Json,
            DataType::Boolean => Type::Bool,
            DataType::Integer => Type::I64,
            DataType::Float => Type::F64,
            DataType::Number => Type::Number,
            DataType::Text => Type::String,
            DataType::List(inner) => Type::Vec(Box::new(self.ty(inner, around))),
            DataType::Map(inner) => Type::Map(Box::new(self.ty(inner, around))),
            DataType::Record(_) | DataType::Choice(_) | DataType::OneOf(_) => {
                self.index.get(&address(data)).map_or(Type::Json, |&index| {
                    Type::Named(self.names[index].ident.clone())
                })
            }
            DataType::Recursive(levels) => around
                .len()
                .checked_sub(levels + 1)
                .and_then(|at| around.get(at))
                .map_or(Type::Json, |&index| {
                    Type::Named(self.names[index].ident.clone())
                }),
        }
    }
}

/// The name of a variant, and the JSON kind that it stands for.
fn kind(ty: &DataType) -> (Ident, &'static str) {
    let (name, kind) = match ty {
        DataType::Boolean => ("Boolean", "boolean"),
        DataType::Integer | DataType::Float | DataType::Number => ("Number", "number"),
        DataType::Text | DataType::OneOf(_) => ("Text", "string"),
        DataType::List(_) => ("List", "array"),
        DataType::Any
        | DataType::Map(_)
        | DataType::Record(_)
        | DataType::Choice(_)
        | DataType::Recursive(_) => ("Object", "object"),
    };
    (names::fixed(name), kind)
}

/// What is said about a member, else its form and an example.
fn member_docs(member: &DataMember) -> Vec<String> {
    let said = member.data.docs.as_deref().unwrap_or_default();
    let lines = docs::render(&secret::redact(said), super::DOC_WIDTH - 4);
    if lines.is_empty() {
        vec![form_docs(member)]
    } else {
        lines
    }
}

fn form_docs(member: &DataMember) -> String {
    let form = member.data.format.map(|format| match format {
        Format::DateTime => "A date and time",
        Format::Date => "A date",
        Format::Uuid => "A UUID",
        Format::Uri => "A URI",
        Format::Email => "An email address",
    });
    let example = member
        .data
        .example
        .as_deref()
        .filter(|example| {
            example.len() <= LONGEST_EXAMPLE && example.trim_matches('"').trim() != ""
        })
        .map(docs::code);
    match (form, example) {
        (Some(form), Some(example)) => format!("{form}, for example {example}."),
        (Some(form), None) => format!("{form}."),
        (None, Some(example)) => format!("For example {example}."),
        (None, None) => format!("The member {}.", docs::code(&member.name)),
    }
}

/// How long an example in documentation may be.
const LONGEST_EXAMPLE: usize = 60;
