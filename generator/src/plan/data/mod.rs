//! The types of JSON data in a module: records and choices, each named after the field that owns it.
//!
//! A type keeps its name when examples are added: names go by depth, so that what is nested deeper gives
//! way. Within a module, equal types of one name are one type; of other names, one is the type and the
//! others are its aliases, so that no name goes away when the types part.

mod nodes;
mod remarks;

use std::collections::BTreeMap;

use super::schemas::NamedTypes;
use super::{Alternative, Definition, Member, RequiredMember, Structure, ToldBy, Type, enums};
use crate::api::{self, EnumKind, Format, IntegerWidth, Record, Schema, SchemaType, Union};
use crate::document::place::{EACH, PlacePath};
use crate::document::secret;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, NameRequest, Registry};

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
    /// What the document calls it, where it is a named schema.
    pub(super) schema_name: Option<&'d str>,
    pub(super) schema: &'d Schema,
    pub(super) direction: Direction,
}

/// Which way values go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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

/// What types may mention and how.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The types of named schemas.
    pub(super) named: &'a NamedTypes,
    /// The named schema that the types are of, where they are of one.
    pub(super) home: Option<usize>,
    /// Whether each record has a field for members that the document does not show.
    pub(super) keeps_unknown: bool,
}

/// Plans the types of a module. `reserved` are names that something else has.
pub(super) fn plan(
    roots: &[Root<'_>],
    reserved: &[&str],
    setting: Setting<'_>,
    registry: &mut Registry<'_>,
) -> Planned {
    let names = Names::of(roots, reserved, registry);
    Planned {
        types: names.types(roots, setting),
        definitions: names.definitions(setting, registry),
    }
}

/// All that needs a name below some roots, and the names.
pub(super) struct Names<'d> {
    nodes: Vec<Node<'d>>,
    names: Vec<Name>,
}

impl<'d> Names<'d> {
    pub(super) fn of(roots: &[Root<'d>], reserved: &[&str], registry: &mut Registry<'_>) -> Self {
        let nodes = collect(roots);
        let names = name(&nodes, reserved, registry);
        Self { nodes, names }
    }

    fn planner<'a>(&'a self, setting: Setting<'a>) -> Planner<'a> {
        Planner {
            names: &self.names,
            index: self
                .nodes
                .iter()
                .enumerate()
                .map(|(index, node)| (&node.place, index))
                .collect(),
            setting,
        }
    }

    /// The type of each root.
    pub(super) fn types(&self, roots: &[Root<'_>], setting: Setting<'_>) -> Vec<Type> {
        let planner = self.planner(setting);
        let of_root = |root: &Root<'_>| {
            let spot = planner.at(root.direction, &root.place, &[]);
            spot.ty(root.schema, false)
        };
        roots.iter().map(of_root).collect()
    }

    /// What is defined, those nearest to a root first.
    pub(super) fn definitions(
        &self,
        setting: Setting<'_>,
        registry: &mut Registry<'_>,
    ) -> Vec<Definition> {
        let planner = self.planner(setting);
        let mut defined: BTreeMap<&Ident, &PlacePath> = BTreeMap::new();
        let mut definitions = Vec::new();
        for (node, name) in self.nodes.iter().zip(&self.names) {
            let original = name.alias_of.as_ref().unwrap_or(&name.ident);
            if let Some(place) = defined.get(original) {
                registry.share(place, &node.place);
            }
            if !defined.contains_key(&name.ident) {
                definitions.push(planner.definition(node, name, registry));
                defined.insert(&name.ident, &node.place);
            }
        }
        definitions
    }
}

struct Planner<'a> {
    names: &'a [Name],
    /// The nodes by their places.
    index: BTreeMap<&'a PlacePath, usize>,
    setting: Setting<'a>,
}

impl Planner<'_> {
    fn definition(&self, node: &Node<'_>, name: &Name, registry: &mut Registry<'_>) -> Definition {
        let structure = match (&name.alias_of, &node.schema.ty) {
            (Some(original), _) => Structure::Alias(original.clone()),
            (None, SchemaType::Union(union)) => {
                Structure::Choice(self.alternatives(node, union, registry))
            }
            (None, SchemaType::Record(record)) => self.record(node, record, registry),
            (None, SchemaType::Enum(listed)) => {
                let values = enums::variants(&listed.values, &node.place, registry);
                match listed.kind {
                    EnumKind::Text => Structure::Listed(values),
                    EnumKind::Integer => Structure::Numbers(values),
                }
            }
            (None, _) => Structure::Record(Vec::new(), None),
        };
        let docs = match structure {
            Structure::Listed(_) | Structure::Numbers(_) => node.role.docs_of_values(),
            _ => node.role.docs(),
        };
        let said = docs::render(&secret::redact(&node.schema.docs), super::DOC_WIDTH);
        // What is said about a member is said at its field.
        let is_own = node.is_named() && !said.is_empty();
        Definition {
            ident: name.ident.clone(),
            docs: if is_own {
                said
            } else {
                docs.into_iter().collect()
            },
            structure,
        }
    }

    fn record(&self, node: &Node<'_>, record: &Record, registry: &mut Registry<'_>) -> Structure {
        let own = self.index.get(&node.place).copied();
        let around: Vec<usize> = node.around.iter().copied().chain(own).collect();
        let shown: Vec<&api::Member> = members(record, node.direction).collect();
        let wishes: Vec<NameRequest> = shown
            .iter()
            .map(|member| {
                let rename = member.schema.rename.as_deref();
                let name = rename.unwrap_or(&member.name);
                NameRequest {
                    place: node.place.below(member.name.as_str()),
                    candidates: vec![names::field(name).unwrap_or_else(|| names::fixed("value"))],
                    is_chosen: rename.is_some(),
                }
            })
            .collect();
        let is_open = self.setting.keeps_unknown || record.extra.is_some();
        let extra = is_open.then(|| names::fixed("extra"));
        let reserved: &[&str] = if is_open { &["extra"] } else { &[] };
        let idents = registry.distinct(Kind::Field, &wishes, reserved);
        let members = shown.into_iter().zip(wishes).zip(idents);
        let members = members.map(|((member, wish), ident)| Member {
            ident,
            wire: member.name.clone(),
            ty: self.at(node.direction, &wish.place, &around).member(member),
            docs: member_docs(member),
        });
        Structure::Record(members.collect(), extra)
    }

    fn alternatives(
        &self,
        node: &Node<'_>,
        union: &Union,
        registry: &mut Registry<'_>,
    ) -> Vec<Alternative> {
        let variants = nodes::variants(union);
        let wishes: Vec<NameRequest> = variants
            .iter()
            .map(|ident| NameRequest {
                place: node.place.below(format!(":{ident}")),
                candidates: vec![ident.clone()],
                is_chosen: false,
            })
            .collect();
        let idents = match union.told_by {
            // The names of kinds are the same in all unions.
            api::ToldBy::Kind if union.alternatives.iter().all(|one| one.name.is_none()) => {
                variants
            }
            _ => registry.distinct(Kind::Variant, &wishes, &["Other", "Unknown"]),
        };
        let alternatives = union.alternatives.iter().zip(wishes).zip(idents);
        let alternatives = alternatives.map(|((one, wish), ident)| {
            let spot = self.at(node.direction, &wish.place, &node.around);
            Alternative {
                kind: self.setting.named.kind(&one.schema.ty),
                told_by: self.told_by(union, one, node.direction),
                ty: spot.boxed(&one.schema, spot.ty(&one.schema, false)),
                ident,
            }
        });
        alternatives.collect()
    }

    /// What tells an alternative from the others.
    fn told_by(&self, union: &Union, one: &api::Alternative, direction: Direction) -> ToldBy {
        let named = self.setting.named;
        if named.kind(&one.schema.ty) != "object" {
            return ToldBy::Kind;
        }
        match &union.told_by {
            api::ToldBy::Kind => ToldBy::Kind,
            api::ToldBy::Tag(tag) => ToldBy::Tag(tag.clone(), one.tags.clone()),
            api::ToldBy::Members => match named.record(&one.schema.ty) {
                None => ToldBy::Members(Vec::new(), None),
                Some(record) => {
                    let members = || members(record, direction);
                    let required = members().filter(|one| one.required);
                    let required = required.map(|member| {
                        let own = named.listed_values(&one.schema.ty, &member.name);
                        let mut others = union.alternatives.iter();
                        let tells = others.any(|other| {
                            own != named.listed_values(&other.schema.ty, &member.name)
                        });
                        RequiredMember {
                            name: member.name.clone(),
                            values: if tells { own } else { Vec::new() },
                        }
                    });
                    let optional = || {
                        let optional = members().filter(|one| !one.required);
                        optional.map(|one| one.name.clone()).collect()
                    };
                    let is_closed = record.extra.is_none();
                    ToldBy::Members(required.collect(), is_closed.then(optional))
                }
            },
        }
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
            depth: 0,
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
    /// How many arrays, maps and tuples of one type are around.
    depth: usize,
}

/// How many arrays, maps and tuples may stand in each other in one type; what is deeper is any JSON. A compiler reads a
/// type in one piece, and so does what lays it out.
const DEEPEST: usize = 24;

impl Spot<'_> {
    fn member(&self, member: &api::Member) -> Type {
        if is_list_of_reply(&member.schema, self.direction) {
            return self.plain(&member.schema);
        }
        let setting = self.planner.setting;
        let inner = match &member.schema.ty {
            SchemaType::Recursive(_) => Type::Boxed(Box::new(self.plain(&member.schema))),
            _ => self.boxed(&member.schema, self.ty(&member.schema, !member.required)),
        };
        // In a reply what is null is as good as absent.
        let inner = match (self.direction, setting.home, inner) {
            (Direction::Reply, Some(_), Type::Nullable(inner)) => Type::Option(inner),
            (_, _, inner) => inner,
        };
        let is_endless = setting.named.is_endless(setting.home, &member.schema.ty);
        if (member.required && !is_endless) || matches!(inner, Type::Option(_)) {
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
        if self.depth > DEEPEST {
            return Type::Json;
        }
        let planner = self.planner;
        let named = |index: usize| Type::Named(planner.names[index].ident.clone());
        match &schema.ty {
            SchemaType::Boolean => Type::Bool,
            SchemaType::Integer(IntegerWidth::I32) => Type::I32,
            SchemaType::Integer(IntegerWidth::I64) => Type::I64,
            SchemaType::Integer(IntegerWidth::U64) => Type::U64,
            SchemaType::Float => Type::F64,
            SchemaType::Number => Type::Number,
            SchemaType::Text => Type::String,
            SchemaType::Bytes => Type::Base64,
            SchemaType::List(inner) => Type::Vec(Box::new(self.element(inner))),
            SchemaType::Map(inner) => Type::Map(Box::new(self.element(inner))),
            SchemaType::Record(_) | SchemaType::Union(_) | SchemaType::Enum(_) => {
                let index = planner.index.get(self.place);
                index.map_or(Type::Json, |&index| named(index))
            }
            SchemaType::Recursive(levels) => {
                let at = self.around.len().checked_sub(levels + 1);
                let index = at.and_then(|at| self.around.get(at));
                index.map_or(Type::Json, |&index| named(index))
            }
            SchemaType::Tuple(elements) => {
                let elements = elements.iter().enumerate().map(|(position, element)| {
                    let place = self.place.below(position.to_string());
                    let spot = Spot {
                        place: &place,
                        depth: self.depth + 1,
                        ..*self
                    };
                    spot.boxed(element, spot.ty(element, false))
                });
                Type::Tuple(elements.collect())
            }
            SchemaType::Named(index) => planner.setting.named.get(*index, self.direction),
            SchemaType::Any => Type::Json,
        }
    }

    /// The type in a box, where it would have no end without one.
    fn boxed(&self, schema: &Schema, ty: Type) -> Type {
        let setting = self.planner.setting;
        if !setting.named.closes(setting.home, &schema.ty) {
            return ty;
        }
        match ty {
            Type::Nullable(inner) => Type::Nullable(Box::new(Type::Boxed(inner))),
            ty => Type::Boxed(Box::new(ty)),
        }
    }

    /// The type of the elements of an array, or of the values of a map.
    fn element(&self, schema: &Schema) -> Type {
        let place = self.place.below(EACH);
        let spot = Spot {
            place: &place,
            depth: self.depth + 1,
            ..*self
        };
        spot.ty(schema, false)
    }
}

/// Whether a member is a list in a reply: absent, `null` and `[]` read the same, so it is never an option.
fn is_list_of_reply(schema: &Schema, direction: Direction) -> bool {
    direction == Direction::Reply && matches!(schema.ty, SchemaType::List(_))
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

/// The members of a record that values of a direction have.
pub(super) fn members(record: &Record, direction: Direction) -> impl Iterator<Item = &api::Member> {
    record.members.iter().filter(move |member| match direction {
        Direction::Request => !member.read_only,
        Direction::Reply => !member.write_only,
    })
}

/// What is said about a member, else its form and an example; then what the server does with it.
fn member_docs(member: &api::Member) -> Vec<String> {
    let mut lines = docs::render(&secret::redact(&member.schema.docs), super::DOC_WIDTH - 4);
    if lines.is_empty() {
        lines.extend(form_docs(member));
    }
    let remarks = remarks::of_schema(&member.schema);
    if !remarks.is_empty() {
        lines.extend((!lines.is_empty()).then(String::new));
        lines.extend(docs::render(&remarks, super::DOC_WIDTH - 4));
    }
    lines
}

fn form_docs(member: &api::Member) -> Option<String> {
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
        (Some(form), Some(example)) => Some(format!("{form}. Example: {example}.")),
        (Some(form), None) => Some(format!("{form}.")),
        (None, Some(example)) => Some(format!("Example: {example}.")),
        (None, None) => None,
    }
}

/// How long an example in documentation may be.
const LONGEST_EXAMPLE: usize = 60;
