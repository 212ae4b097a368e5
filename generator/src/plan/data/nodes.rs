//! Which types of JSON data need a name, and the names.

use std::collections::BTreeMap;

use super::Root;
use crate::document::place::{EACH, PlacePath};
use crate::input::postman::infer::data::{Data, DataMember, DataType};
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, Registry};

/// A record, a choice or a list of values: it needs a name.
pub(super) struct Node<'d> {
    pub(super) data: &'d Data,
    /// Where it is.
    pub(super) place: PlacePath,
    /// The names that lead to it, outermost first: those of records, members and elements.
    words: Vec<String>,
    pub(super) docs: String,
    is_root: bool,
    /// The records around it, outermost first.
    pub(super) around: Vec<usize>,
}

/// The way to some data.
#[derive(Clone)]
struct Way {
    place: PlacePath,
    words: Vec<String>,
    docs: String,
    is_root: bool,
    around: Vec<usize>,
}

/// Everything that needs a name, those nearest to a root first.
pub(super) fn collect<'d>(roots: &[Root<'d>]) -> Vec<Node<'d>> {
    let mut level: Vec<Node<'d>> = Vec::new();
    for root in roots {
        let way = Way {
            place: root.place.clone(),
            words: vec![root.name.to_string()],
            docs: root.docs.clone(),
            is_root: true,
            around: Vec::new(),
        };
        reach(root.data, way, &mut level);
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
    match &node.data.ty {
        DataType::Record(members) => {
            let around = [node.around.as_slice(), &[index]].concat();
            for DataMember { name, data, .. } in members {
                let way = Way {
                    place: node.place.below(name.as_str()),
                    words: with(&node.words, name),
                    docs: format!("The member {}.", docs::code(name)),
                    is_root: false,
                    around: around.clone(),
                };
                reach(data, way, level);
            }
        }
        DataType::Choice(alternatives) => {
            for data in alternatives {
                let mut words = node.words.clone();
                let kind = super::kind(&data.ty).0;
                if let Some(last) = words.last_mut() {
                    *last = format!("{last} {kind}");
                }
                let way = Way {
                    // The place of the choice is that of all its kinds.
                    place: node.place.below(format!(":{kind}")),
                    words,
                    docs: node.docs.clone(),
                    is_root: false,
                    around: node.around.clone(),
                };
                reach(data, way, level);
            }
        }
        _ => {}
    }
}

fn with(words: &[String], word: &str) -> Vec<String> {
    words.iter().cloned().chain([word.to_owned()]).collect()
}

/// Adds what is the nearest to a value that needs a name: itself, or the elements of it.
fn reach<'d>(data: &'d Data, way: Way, level: &mut Vec<Node<'d>>) {
    match &data.ty {
        DataType::List(inner) | DataType::Map(inner) => {
            let last = way.words.last().map(String::as_str).unwrap_or_default();
            let words = if way.is_root {
                vec![format!("{last} item")]
            } else {
                let (_, before) = way.words.split_last().unwrap_or((&way.words[0], &[]));
                with(before, &names::singular(last))
            };
            let what = match data.ty {
                DataType::List(_) => "An element",
                _ => "A value",
            };
            let of = way.docs.trim_end_matches('.');
            let of = of.strip_prefix("The member ").unwrap_or(of);
            let way = Way {
                place: way.place.below(EACH),
                docs: format!("{what} of {}.", lower_first(of)),
                words,
                is_root: false,
                around: way.around,
            };
            reach(inner, way, level);
        }
        DataType::Record(_) | DataType::Choice(_) | DataType::OneOf(_) => level.push(Node {
            data,
            place: way.place,
            words: way.words,
            docs: way.docs,
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
    let key = key(node.data);
    if reaches_out(node.data, 0) {
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
    let candidates: Vec<Ident> = candidates.collect();
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
pub(in crate::plan) fn key(data: &Data) -> String {
    let ty = match &data.ty {
        DataType::Any => "*".to_owned(),
        DataType::Boolean => "b".to_owned(),
        DataType::Integer => "i".to_owned(),
        DataType::Float => "f".to_owned(),
        DataType::Number => "n".to_owned(),
        DataType::Text => "t".to_owned(),
        DataType::OneOf(choices) => {
            let values: Vec<&String> = choices.iter().map(|choice| &choice.value).collect();
            format!("t{values:?}")
        }
        DataType::List(inner) => format!("[{}", key(inner)),
        DataType::Map(inner) => format!("%{}", key(inner)),
        DataType::Recursive(levels) => format!("^{levels}"),
        DataType::Choice(alternatives) => {
            let alternatives: String = alternatives.iter().map(key).collect();
            format!("({alternatives})")
        }
        DataType::Record(members) => {
            let open = if data.open { "+" } else { "" };
            // JSON objects have no order, so the order of members makes no other type.
            let mut members: Vec<String> = members.iter().map(member_key).collect();
            members.sort_unstable();
            format!("{{{open}{}}}", members.concat())
        }
    };
    let null = if data.nullable { "?" } else { "" };
    format!("{null}{ty}")
}

fn member_key(member: &DataMember) -> String {
    let rename = member.data.rename.as_deref().unwrap_or_default();
    let required = if member.required { "!" } else { "" };
    format!("{:?}{rename:?}{required}{}", member.name, key(&member.data))
}

/// Whether it refers to a record that is not inside of it; `depth` records are around the place in it.
fn reaches_out(data: &Data, depth: usize) -> bool {
    match &data.ty {
        DataType::Recursive(levels) => *levels >= depth,
        DataType::List(inner) | DataType::Map(inner) => reaches_out(inner, depth),
        DataType::Choice(alternatives) => alternatives.iter().any(|data| reaches_out(data, depth)),
        DataType::Record(members) => members
            .iter()
            .any(|member| reaches_out(&member.data, depth + 1)),
        _ => false,
    }
}
