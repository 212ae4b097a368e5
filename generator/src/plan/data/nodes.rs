//! Which types of JSON data need a name, and the names.

use std::collections::BTreeMap;

use super::{Direction, Root};
use crate::api::{Member, Schema, SchemaType, Union};
use crate::document::place::{EACH, PlacePath};
use crate::plan::docs;
use crate::plan::enums;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, Registry};

/// A record, a choice or a list of values: it needs a name.
pub(super) struct Node<'d> {
    pub(super) schema: &'d Schema,
    pub(super) direction: Direction,
    /// Where it is.
    pub(super) place: PlacePath,
    /// The names that lead to it, outermost first: those of records, members and elements.
    words: Vec<String>,
    pub(super) role: Role,
    is_root: bool,
    /// The records around it, outermost first.
    pub(super) around: Vec<usize>,
}

impl Node<'_> {
    /// Whether it is what a document names: the root of a named schema, or a named alternative.
    pub(super) fn is_named(&self) -> bool {
        matches!(self.role, Role::Schema(_))
    }
}

/// What a value is, for the documentation of its type.
#[derive(Clone)]
pub(super) enum Role {
    /// The value at a root, in a sentence.
    Root(String),
    /// What a document gives that name.
    Schema(String),
    /// A member of that name.
    Member(String),
    /// An element of an array.
    Element(Box<Role>),
    /// A value of a map.
    Value(Box<Role>),
}

impl Role {
    /// Nothing for a member: its name says as much.
    pub(super) fn docs(&self) -> Option<String> {
        match self {
            Role::Root(sentence) => Some(sentence.clone()),
            Role::Schema(name) => Some(format!("The schema {}.", docs::code(name))),
            Role::Member(_) => None,
            Role::Element(holder) => Some(format!("An element of {}.", holder.phrase())),
            Role::Value(holder) => Some(format!("A value of {}.", holder.phrase())),
        }
    }

    /// The same for an enum of listed values.
    pub(super) fn docs_of_values(&self) -> Option<String> {
        match self {
            Role::Member(name) => Some(format!("Values of {}.", docs::code(name))),
            role => role.docs(),
        }
    }

    fn phrase(&self) -> String {
        match self {
            Role::Root(sentence) => lower_first(sentence.trim_end_matches('.')),
            Role::Schema(name) | Role::Member(name) => docs::code(name),
            Role::Element(holder) => format!("an element of {}", holder.phrase()),
            Role::Value(holder) => format!("a value of {}", holder.phrase()),
        }
    }
}

/// The way to a value.
#[derive(Clone)]
struct Way {
    direction: Direction,
    place: PlacePath,
    words: Vec<String>,
    role: Role,
    is_root: bool,
    around: Vec<usize>,
}

/// Everything that needs a name, those nearest to a root first.
pub(super) fn collect<'d>(roots: &[Root<'d>]) -> Vec<Node<'d>> {
    let mut level: Vec<Node<'d>> = Vec::new();
    for root in roots {
        let way = Way {
            direction: root.direction,
            place: root.place.clone(),
            words: vec![root.name.to_string()],
            role: match root.schema_name {
                Some(name) => Role::Schema(name.to_owned()),
                None => Role::Root(root.docs.clone()),
            },
            is_root: true,
            around: Vec::new(),
        };
        reach(root.schema, way, &mut level);
    }
    let mut nodes: Vec<Node<'d>> = Vec::new();
    while !level.is_empty() {
        let start = nodes.len();
        nodes.append(&mut level);
        for (index, node) in nodes.iter().enumerate().skip(start) {
            descend(index, node, &mut level);
        }
    }
    nodes
}

/// Adds what a record or a choice holds.
fn descend<'d>(index: usize, node: &Node<'d>, level: &mut Vec<Node<'d>>) {
    match &node.schema.ty {
        SchemaType::Record(record) => {
            let around = [node.around.as_slice(), &[index]].concat();
            for Member { name, schema, .. } in super::members(record, node.direction) {
                let way = Way {
                    direction: node.direction,
                    place: node.place.below(name.as_str()),
                    words: with(&node.words, name),
                    role: Role::Member(name.clone()),
                    is_root: false,
                    around: around.clone(),
                };
                reach(schema, way, level);
            }
        }
        SchemaType::Union(union) => {
            let variants = variants(union);
            for (one, variant) in union.alternatives.iter().zip(variants) {
                let mut words = node.words.clone();
                if let (None, Some(last)) = (&one.name, words.last_mut()) {
                    *last = format!("{last} {variant}");
                } else {
                    words.push(variant.to_string());
                }
                let way = Way {
                    direction: node.direction,
                    // The place of the choice is that of all its kinds.
                    place: node.place.below(format!(":{variant}")),
                    words,
                    role: node.role.clone(),
                    is_root: false,
                    around: node.around.clone(),
                };
                reach(&one.schema, way, level);
            }
        }
        _ => {}
    }
}

/// What the variants of a union are called: as the document calls them, else by their kind.
pub(super) fn variants(union: &Union) -> Vec<Ident> {
    let candidates: Vec<Vec<Ident>> = union
        .alternatives
        .iter()
        .map(|one| {
            let own = one.name.as_deref().and_then(names::type_name);
            vec![own.unwrap_or_else(|| super::kind(&one.schema.ty).0)]
        })
        .collect();
    names::distinct(&candidates, &["Other", "Unknown"])
}

fn with(words: &[String], word: &str) -> Vec<String> {
    words.iter().cloned().chain([word.to_owned()]).collect()
}

/// Adds what is the nearest to a value that needs a name: itself, or the elements of it.
fn reach<'d>(schema: &'d Schema, way: Way, level: &mut Vec<Node<'d>>) {
    match &schema.ty {
        SchemaType::List(inner) | SchemaType::Map(inner) => {
            let last = way.words.last().map(String::as_str).unwrap_or_default();
            let words = if way.is_root {
                vec![format!("{last} item")]
            } else {
                let (_, before) = way.words.split_last().unwrap_or((&way.words[0], &[]));
                with(before, &names::singular(last))
            };
            let holder = Box::new(way.role);
            let way = Way {
                direction: way.direction,
                place: way.place.below(EACH),
                role: match schema.ty {
                    SchemaType::List(_) => Role::Element(holder),
                    _ => Role::Value(holder),
                },
                words,
                is_root: false,
                around: way.around,
            };
            reach(inner, way, level);
        }
        SchemaType::Tuple(elements) => {
            for (position, element) in elements.iter().enumerate() {
                let last = way.words.last().map(String::as_str).unwrap_or_default();
                let way = Way {
                    place: way.place.below(position.to_string()),
                    role: Role::Element(Box::new(way.role.clone())),
                    words: vec![format!("{last} item")],
                    is_root: false,
                    ..way.clone()
                };
                reach(element, way, level);
            }
        }
        SchemaType::Record(_) | SchemaType::Union(_) | SchemaType::Enum(_) => level.push(Node {
            schema,
            direction: way.direction,
            place: way.place,
            words: way.words,
            role: way.role,
            is_root: way.is_root,
            around: way.around,
        }),
        _ => {}
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_ascii_lowercase().to_string() + chars.as_str()
    })
}

/// The name of a node, and the one that it is an alias of.
pub(super) struct Name {
    pub(super) ident: Ident,
    pub(super) alias_of: Option<Ident>,
}

/// Names every node. Equal nodes of one wish share the name.
pub(super) fn name(
    nodes: &[Node<'_>],
    reserved: &[&str],
    registry: &mut Registry<'_>,
) -> Vec<Name> {
    let keys: Vec<String> = nodes.iter().map(full_key).collect();
    let places: Vec<(PlacePath, bool)> = nodes
        .iter()
        .map(|node| (node.place.clone(), false))
        .collect();
    let idents = registry.settle(Kind::Type, &places, reserved, |kept, reserved| {
        identify(nodes, &keys, kept, reserved)
    });
    let mut first: BTreeMap<String, Ident> = BTreeMap::new();
    let mut names = Vec::new();
    for ((node, key), ident) in nodes.iter().zip(keys).zip(idents) {
        let original = if node.is_root {
            None
        } else {
            first
                .get(&key)
                .filter(|original| **original != ident)
                .cloned()
        };
        if original.is_none() {
            first.entry(key).or_insert_with(|| ident.clone());
        }
        names.push(Name {
            ident,
            alias_of: original,
        });
    }
    names
}

/// What tells a node from others.
fn full_key(node: &Node<'_>) -> String {
    let key = key(node.schema, node.direction);
    if reaches_out(node.schema, 0) {
        // What refers to a record around it is another type inside of another record.
        format!("{key}@{:?}", node.around)
    } else {
        key
    }
}

/// The names of nodes: first of those that keep one, then of the others.
fn identify(
    nodes: &[Node<'_>],
    keys: &[String],
    kept: &[Option<&Ident>],
    reserved: &[&str],
) -> Vec<Ident> {
    let mut taken: BTreeMap<Ident, &str> = BTreeMap::new();
    let mut idents: Vec<Option<Ident>> = Vec::new();
    for ((node, key), kept) in nodes.iter().zip(keys).zip(kept) {
        let may_have = |ident: &&&Ident| {
            let is_own = node.is_root
                && node
                    .words
                    .first()
                    .is_some_and(|word| word == ident.as_str());
            let is_free = taken.get(**ident).is_none_or(|other| other == key);
            is_free && (is_own || !reserved.contains(&ident.as_str()))
        };
        let ident = kept.as_ref().filter(may_have).map(|ident| (*ident).clone());
        if let Some(ident) = &ident {
            taken.insert(ident.clone(), key);
        }
        idents.push(ident);
    }
    let named = nodes.iter().zip(keys).zip(idents);
    named
        .map(|((node, key), ident)| {
            let ident = ident.unwrap_or_else(|| free_name(node, key, &taken, reserved));
            taken.insert(ident.clone(), key);
            ident
        })
        .collect()
}

/// The last word, then more and more of the words before it, then with a number.
fn free_name(
    node: &Node<'_>,
    key: &str,
    taken: &BTreeMap<Ident, &str>,
    reserved: &[&str],
) -> Ident {
    let is_free = |ident: &Ident| {
        let is_reserved = !node.is_root && reserved.contains(&ident.as_str());
        !is_reserved && taken.get(ident).is_none_or(|other| *other == key)
    };
    let words: Vec<&str> = node.words.iter().map(String::as_str).collect();
    let candidates = (0..words.len()).rev().filter_map(|from| {
        let words = words.get(from..)?;
        names::joined(words, names::type_name)
    });
    let mut candidates: Vec<Ident> = candidates.collect();
    let is_enum = matches!(node.schema.ty, SchemaType::Enum(_));
    let is_vague = words.last().is_some_and(|word| enums::is_generic(word));
    if is_enum && is_vague && words.len() > 2 {
        // `MeetingStatus` before `Status`.
        candidates.swap(0, 1);
    }
    // A root has its name already.
    let own = words.first().copied().and_then(names::exact);
    let own = own.filter(|_| node.is_root && words.len() == 1);
    let candidates: Vec<Ident> = own.into_iter().chain(candidates).collect();
    if let Some(free) = candidates.iter().find(|ident| is_free(ident)) {
        return free.clone();
    }
    let last = candidates
        .last()
        .cloned()
        .unwrap_or_else(|| names::fixed("Value"));
    names::numbered_free(&last, is_free)
}

/// What tells types apart: everything but examples and documentation.
pub(in crate::plan) fn key(schema: &Schema, direction: Direction) -> String {
    value_key(schema, direction, false)
}

fn value_key(schema: &Schema, direction: Direction, is_optional: bool) -> String {
    let key = |schema: &Schema| value_key(schema, direction, false);
    let ty = match &schema.ty {
        SchemaType::Any => "*".to_owned(),
        SchemaType::Boolean => "b".to_owned(),
        SchemaType::Integer(width) => format!("i{width:?}"),
        SchemaType::Float => "f".to_owned(),
        SchemaType::Number => "n".to_owned(),
        SchemaType::Text => "t".to_owned(),
        SchemaType::Bytes => "d".to_owned(),
        SchemaType::Enum(listed) => {
            let values: Vec<&String> = listed.values.iter().map(|choice| &choice.value).collect();
            format!("{:?}{values:?}", listed.kind)
        }
        SchemaType::List(inner) => format!("[{}", key(inner)),
        SchemaType::Map(inner) => format!("%{}", key(inner)),
        SchemaType::Tuple(all) => format!("<{}>", all.iter().map(key).collect::<String>()),
        SchemaType::Recursive(levels) => format!("^{levels}"),
        SchemaType::Named(index) => format!("#{index}"),
        SchemaType::Union(union) => {
            let alternatives = union.alternatives.iter().map(|one| &one.schema);
            let alternatives: String = alternatives.map(key).collect();
            format!("({alternatives})")
        }
        SchemaType::Record(record) => {
            let open = record.extra.as_deref().map(key);
            let open = open.map_or_else(String::new, |extra| format!("+{extra}"));
            // JSON objects have no order, so the order of members makes no other type.
            let members = super::members(record, direction);
            let mut members: Vec<String> = members.map(|one| member_key(one, direction)).collect();
            members.sort_unstable();
            format!("{{{open}{}}}", members.concat())
        }
    };
    let null = if direction.has_null(schema, is_optional) {
        "?"
    } else {
        ""
    };
    format!("{null}{ty}")
}

fn member_key(member: &Member, direction: Direction) -> String {
    let rename = member.schema.rename.as_deref().unwrap_or_default();
    if super::is_list_of_reply(&member.schema, direction) {
        let plain = Schema {
            nullable: false,
            ..member.schema.clone()
        };
        // It is there in any case, as a member that is required.
        return format!("{:?}{rename:?}!{}", member.name, key(&plain, direction));
    }
    let required = if member.required { "!" } else { "" };
    let key = value_key(&member.schema, direction, !member.required);
    format!("{:?}{rename:?}{required}{key}", member.name)
}

/// Whether it refers to a record that is not inside of it; `depth` records are around the place in it.
fn reaches_out(schema: &Schema, depth: usize) -> bool {
    match &schema.ty {
        SchemaType::Recursive(levels) => *levels >= depth,
        SchemaType::List(inner) | SchemaType::Map(inner) => reaches_out(inner, depth),
        SchemaType::Tuple(all) => all.iter().any(|schema| reaches_out(schema, depth)),
        SchemaType::Union(union) => {
            let mut all = union.alternatives.iter();
            all.any(|one| reaches_out(&one.schema, depth))
        }
        SchemaType::Record(record) => record
            .members
            .iter()
            .any(|member| reaches_out(&member.schema, depth + 1)),
        _ => false,
    }
}
