//! The types of JSON data in a module: records and choices, each named after the field that owns it.
//!
//! A type keeps its name when examples are added: names go by depth, so that what is nested deeper gives
//! way. Within a module, equal types of one name are one type; of other names, one is the type and the
//! others are its aliases, so that no name goes away when the types part.

mod nodes;

use std::collections::BTreeMap;

use super::{Alternative, Definition, Member, Structure, Type, enums};
use crate::api::{self, EnumKind, Format, Record, Schema, SchemaType};
use crate::document::place::{EACH, PlacePath};
use crate::document::secret;
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
    pub(super) schema: &'d Schema,
    pub(super) direction: Direction,
}

/// Which way values go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Reply,
}

impl Direction {
    /// Whether `null` is a value of its own at a place. In a reply it means the same as an absent member, and
    /// anything holds it; in a request what is absent would take its place.
    fn has_null(self, schema: &Schema, is_optional: bool) -> bool {
        let is_any = schema.ty == SchemaType::Any;
        schema.nullable
            && match self {
                Direction::Request => is_optional || !is_any,
                Direction::Reply => !is_optional && !is_any,
            }
    }
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
            .map(|(index, node)| (&node.place, index))
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
        .map(|root| {
            planner
                .at(root.direction, &root.place, &[])
                .ty(root.schema, false)
        })
        .collect();
    Planned { types, definitions }
}

struct Planner<'a> {
    names: &'a [Name],
    /// The nodes by their places.
    index: BTreeMap<&'a PlacePath, usize>,
    keeps_unknown: bool,
}

impl Planner<'_> {
    fn definition(&self, node: &Node<'_>, name: &Name, registry: &mut Registry<'_>) -> Definition {
        let structure = match (&name.alias_of, &node.schema.ty) {
            (Some(original), _) => Structure::Alias(original.clone()),
            (None, SchemaType::Union(union)) => Structure::Choice(
                union
                    .alternatives
                    .iter()
                    .map(|one| {
                        let (ident, kind) = kind(&one.schema.ty);
                        let place = node.place.below(format!(":{ident}"));
                        let spot = self.at(node.direction, &place, &node.around);
                        Alternative {
                            kind,
                            ty: spot.ty(&one.schema, false),
                            ident,
                        }
                    })
                    .collect(),
            ),
            (None, SchemaType::Record(record)) => self.record(node, record, registry),
            (None, SchemaType::Enum(listed)) => {
                Structure::Listed(enums::variants(&listed.values, &node.place, registry))
            }
            (None, _) => Structure::Record(Vec::new(), None),
        };
        let docs = match structure {
            Structure::Listed(_) => node.role.docs_of_values(),
            _ => node.role.docs(),
        };
        Definition {
            ident: name.ident.clone(),
            docs: vec![docs],
            structure,
        }
    }

    fn record(&self, node: &Node<'_>, record: &Record, registry: &mut Registry<'_>) -> Structure {
        let own = self.index.get(&node.place).copied();
        let around: Vec<usize> = node.around.iter().copied().chain(own).collect();
        let wishes: Vec<Wish> = record
            .members
            .iter()
            .map(|member| {
                let rename = member.schema.rename.as_deref();
                let name = rename.unwrap_or(&member.name);
                Wish {
                    place: node.place.below(member.name.as_str()),
                    candidates: vec![names::field(name).unwrap_or_else(|| names::fixed("value"))],
                    is_chosen: rename.is_some(),
                }
            })
            .collect();
        let is_open = self.keeps_unknown || record.extra.is_some();
        let extra = is_open.then(|| names::fixed("extra"));
        let reserved: &[&str] = if is_open { &["extra"] } else { &[] };
        let idents = registry.distinct(Kind::Field, &wishes, reserved);
        let members = record.members.iter().zip(wishes).zip(idents);
        let members = members.map(|((member, wish), ident)| Member {
            ident,
            wire: member.name.clone(),
            ty: self.at(node.direction, &wish.place, &around).member(member),
            docs: member_docs(member),
        });
        Structure::Record(members.collect(), extra)
    }

    fn at<'p>(
        &'p self,
        direction: Direction,
        place: &'p PlacePath,
        around: &'p [usize],
    ) -> Spot<'p> {
        Spot {
            planner: self,
            direction,
            place,
            around,
        }
    }
}

/// Where a value stands.
struct Spot<'a> {
    planner: &'a Planner<'a>,
    direction: Direction,
    place: &'a PlacePath,
    /// The records around it, outermost first.
    around: &'a [usize],
}

impl Spot<'_> {
    fn member(&self, member: &api::Member) -> Type {
        let inner = match &member.schema.ty {
            SchemaType::Recursive(_) => Type::Boxed(Box::new(self.plain(&member.schema))),
            _ => self.ty(&member.schema, !member.required),
        };
        if member.required {
            inner
        } else {
            Type::Option(Box::new(inner))
        }
    }

    fn ty(&self, schema: &Schema, is_optional: bool) -> Type {
        let plain = self.plain(schema);
        if self.direction.has_null(schema, is_optional) {
            Type::Nullable(Box::new(plain))
        } else {
            plain
        }
    }

    fn plain(&self, schema: &Schema) -> Type {
        let planner = self.planner;
        let named = |index: usize| Type::Named(planner.names[index].ident.clone());
        match &schema.ty {
            SchemaType::Boolean => Type::Bool,
            SchemaType::Integer(_) => Type::I64,
            SchemaType::Float => Type::F64,
            SchemaType::Number => Type::Number,
            SchemaType::Text | SchemaType::Bytes => Type::String,
            SchemaType::List(inner) => Type::Vec(Box::new(self.element(inner))),
            SchemaType::Map(inner) => Type::Map(Box::new(self.element(inner))),
            SchemaType::Enum(listed) if listed.kind == EnumKind::Integer => Type::I64,
            SchemaType::Record(_) | SchemaType::Union(_) | SchemaType::Enum(_) => {
                let index = planner.index.get(self.place);
                index.map_or(Type::Json, |&index| named(index))
            }
            SchemaType::Recursive(levels) => {
                let at = self.around.len().checked_sub(levels + 1);
                let index = at.and_then(|at| self.around.get(at));
                index.map_or(Type::Json, |&index| named(index))
            }
            SchemaType::Any | SchemaType::Tuple(_) | SchemaType::Named(_) => Type::Json,
        }
    }

    /// The type of the elements of an array, or of the values of a map.
    fn element(&self, schema: &Schema) -> Type {
        let place = self.place.below(EACH);
        let spot = Spot {
            place: &place,
            ..*self
        };
        spot.ty(schema, false)
    }
}

/// The name of a variant, and the JSON kind that it stands for.
fn kind(ty: &SchemaType) -> (Ident, &'static str) {
    let (name, kind) = match ty.kind() {
        "booleans" => ("Boolean", "boolean"),
        "numbers" => ("Number", "number"),
        "texts" => ("Text", "string"),
        "arrays" => ("List", "array"),
        _ => ("Object", "object"),
    };
    (names::fixed(name), kind)
}

/// What is said about a member, else its form and an example.
fn member_docs(member: &api::Member) -> Vec<String> {
    let lines = docs::render(&secret::redact(&member.schema.docs), super::DOC_WIDTH - 4);
    if lines.is_empty() {
        vec![form_docs(member)]
    } else {
        lines
    }
}

fn form_docs(member: &api::Member) -> String {
    let form = member.schema.format.map(|format| match format {
        Format::DateTime => "A date and time",
        Format::Date => "A date",
        Format::Time => "A time",
        Format::Duration => "A duration",
        Format::Uuid => "A UUID",
        Format::Uri => "A URI",
        Format::Email => "An email address",
        Format::Password => "A password",
        Format::NumericText => "A number as text",
        Format::UnixTime => "Seconds since 1970",
    });
    let example = member
        .schema
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
