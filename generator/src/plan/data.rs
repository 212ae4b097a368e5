//! The types of JSON data in a module: records and choices, each named after the field that owns it.
//!
//! A type keeps its name when examples are added: names go by depth, so that what is nested deeper gives
//! way. Within a module, equal types of one name are one type; of other names, one is the type and the
//! others are its aliases, so that no name goes away when the types part.

use std::collections::{BTreeMap, BTreeSet};

use super::{Alternative, Definition, Member, Structure, Type};
use crate::docs;
use crate::infer::data::{Data, DataMember, DataType};
use crate::names::{self, Ident};
use crate::shape::Format;

/// A value at the top: a body, a reply, a form field.
pub(super) struct Root<'d> {
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

/// A record or a choice that needs a name.
struct Node<'d> {
    data: &'d Data,
    /// The names that lead to it, outermost first: those of records, members and elements.
    words: Vec<String>,
    docs: String,
    is_root: bool,
    /// The records around it, outermost first.
    around: Vec<usize>,
}

/// Plans the types of a module. `reserved` are names that something else has; `keeps_unknown` gives each
/// record a field for members that the document does not show.
pub(super) fn plan(roots: &[Root<'_>], reserved: &[&str], keeps_unknown: bool) -> Planned {
    let nodes = collect(roots);
    let names = name(&nodes, reserved);
    let planner = Planner {
        names: &names,
        index: nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (address(node.data), index))
            .collect(),
        keeps_unknown,
    };
    let mut defined = BTreeSet::new();
    let mut definitions = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let name = &names[index];
        if defined.insert(name.ident.clone()) {
            definitions.push(planner.definition(index, node, name));
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

/// All records and choices, those nearest to a root first.
fn collect<'d>(roots: &[Root<'d>]) -> Vec<Node<'d>> {
    let mut level: Vec<Node<'d>> = Vec::new();
    for root in roots {
        let words = vec![root.name.to_string()];
        reach(root.data, &words, &root.docs, true, &[], &mut level);
    }
    let mut nodes: Vec<Node<'d>> = Vec::new();
    while !level.is_empty() {
        let start = nodes.len();
        nodes.extend(level.drain(..));
        for index in start..nodes.len() {
            let node = &nodes[index];
            let mut around = node.around.clone();
            if matches!(node.data.ty, DataType::Record(_)) {
                around.push(index);
            }
            match &node.data.ty {
                DataType::Record(members) => {
                    for DataMember { name, data, .. } in members {
                        let words = with(&node.words, name);
                        let docs = format!("The member {}.", docs::code(name));
                        reach(data, &words, &docs, false, &around, &mut level);
                    }
                }
                DataType::Choice(alternatives) => {
                    for data in alternatives {
                        let words = with(&node.words, kind(&data.ty).0.as_str());
                        reach(data, &words, &node.docs, false, &around, &mut level);
                    }
                }
                _ => {}
            }
        }
    }
    nodes
}

fn with(words: &[String], word: &str) -> Vec<String> {
    words.iter().cloned().chain([word.to_owned()]).collect()
}

/// Adds what is the nearest to a value that needs a name: itself, or the elements of it.
fn reach<'d>(
    data: &'d Data,
    words: &[String],
    docs: &str,
    is_root: bool,
    around: &[usize],
    level: &mut Vec<Node<'d>>,
) {
    match &data.ty {
        DataType::List(inner) | DataType::Map(inner) => {
            let last = words.last().map(String::as_str).unwrap_or_default();
            let words = if is_root {
                vec![format!("{last} item")]
            } else {
                let (_, before) = words.split_last().unwrap_or((&words[0], &[]));
                with(before, &names::singular(last))
            };
            let what = match data.ty {
                DataType::List(_) => "An element",
                _ => "A value",
            };
            let of = docs.trim_end_matches('.');
            let of = of.strip_prefix("The member ").unwrap_or(of);
            let docs = format!("{what} of {}.", lower_first(of));
            reach(inner, &words, &docs, false, around, level);
        }
        DataType::Record(_) | DataType::Choice(_) => level.push(Node {
            data,
            words: words.to_vec(),
            docs: docs.to_owned(),
            is_root,
            around: around.to_vec(),
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
struct Name {
    ident: Ident,
    alias_of: Option<Ident>,
}

/// Names every node. Equal nodes of one wish share the name.
fn name(nodes: &[Node<'_>], reserved: &[&str]) -> Vec<Name> {
    let mut taken: BTreeMap<Ident, String> = BTreeMap::new();
    let mut first: BTreeMap<String, Ident> = BTreeMap::new();
    let mut names = Vec::new();
    for node in nodes {
        let mut key = key(node.data);
        if reaches_out(node.data, 0) {
            // What refers to a record around it is another type inside of another record.
            key.push_str(&format!("@{:?}", node.around));
        }
        let ident = free_name(node, &key, &taken, reserved);
        taken.insert(ident.clone(), key.clone());
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

/// The last word, then more and more of the words before it, then with a number.
fn free_name(
    node: &Node<'_>,
    key: &str,
    taken: &BTreeMap<Ident, String>,
    reserved: &[&str],
) -> Ident {
    let is_free = |ident: &Ident| {
        let is_reserved = !node.is_root && reserved.contains(&ident.as_str());
        !is_reserved && taken.get(ident).is_none_or(|other| other == key)
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
pub(super) fn key(data: &Data) -> String {
    let mut key = String::new();
    write_key(data, &mut key);
    key
}

fn write_key(data: &Data, key: &mut String) {
    if data.nullable {
        key.push('?');
    }
    match &data.ty {
        DataType::Any => key.push('*'),
        DataType::Boolean => key.push('b'),
        DataType::Integer => key.push('i'),
        DataType::Float => key.push('f'),
        DataType::Number => key.push('n'),
        DataType::Text => key.push('t'),
        DataType::List(inner) => {
            key.push('[');
            write_key(inner, key);
        }
        DataType::Map(inner) => {
            key.push('%');
            write_key(inner, key);
        }
        DataType::Recursive(levels) => key.push_str(&format!("^{levels}")),
        DataType::Choice(alternatives) => {
            key.push('(');
            alternatives.iter().for_each(|data| write_key(data, key));
            key.push(')');
        }
        DataType::Record(members) => {
            key.push('{');
            for member in members {
                let rename = member.data.rename.as_deref().unwrap_or_default();
                let required = if member.required { "!" } else { "" };
                key.push_str(&format!("{:?}{rename:?}{required}", member.name));
                write_key(&member.data, key);
            }
            key.push('}');
        }
    }
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

struct Planner<'a> {
    names: &'a [Name],
    index: BTreeMap<*const Data, usize>,
    keeps_unknown: bool,
}

impl Planner<'_> {
    fn definition(&self, index: usize, node: &Node<'_>, name: &Name) -> Definition {
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
            (None, DataType::Record(members)) => {
                let around = [node.around.as_slice(), &[index]].concat();
                self.record(members, &around)
            }
            (None, _) => Structure::Record(Vec::new(), None),
        };
        Definition {
            ident: name.ident.clone(),
            docs: vec![node.docs.clone()],
            structure,
        }
    }

    fn record(&self, members: &[DataMember], around: &[usize]) -> Structure {
        let candidates: Vec<Vec<Ident>> = members
            .iter()
            .map(|member| {
                let name = member.data.rename.as_deref().unwrap_or(&member.name);
                vec![names::field(name).unwrap_or_else(|| names::fixed("value"))]
            })
            .collect();
        let extra = self.keeps_unknown.then(|| names::fixed("extra"));
        let reserved: &[&str] = if self.keeps_unknown { &["extra"] } else { &[] };
        let idents = names::distinct(&candidates, reserved);
        let members = members
            .iter()
            .zip(idents)
            .map(|(member, (ident, _))| Member {
                ident,
                wire: member.name.clone(),
                ty: self.member_type(member, around),
                docs: vec![member_docs(member)],
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
            DataType::Record(_) | DataType::Choice(_) => {
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
        DataType::Text => ("Text", "string"),
        DataType::List(_) => ("List", "array"),
        DataType::Any
        | DataType::Map(_)
        | DataType::Record(_)
        | DataType::Choice(_)
        | DataType::Recursive(_) => ("Object", "object"),
    };
    (names::fixed(name), kind)
}

/// What is known of a member: its form, and an example.
fn member_docs(member: &DataMember) -> String {
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
