//! Collections of format v3: a folder of YAML files, as a tree in the shape of v2 (rules Y1 to Y7).
//!
//! A folder of the collection is a folder on disk, a request is a file. The tree that comes of them is read as any
//! other, so that the same API makes the same client in every format. What a file writes keeps its place; what is
//! made up has the place of what it stands for.

mod body;
mod example;
mod request;
mod tree;

use super::synthetic::{object, set, text};
use crate::document::json::{Node, Span, Value};
use crate::document::report::rules::{self, Rule};
use crate::document::report::{Place, Report};
use crate::document::source::{Part, Source};
use crate::document::yaml::AliasBudget;
use crate::input::tree::of_yaml;

/// Reads a document that is YAML: a folder as a tree in the shape of v2; a file as the request that it is, or as
/// it stands. `None` where the file is no YAML.
pub(in crate::input) fn read<'s>(
    report: &mut Report,
    source: &'s Source,
    index: usize,
) -> Option<Node<'s>> {
    let mut growth = AliasBudget::for_length(source.text.len());
    let mut notes = Notes {
        report,
        source: index,
    };
    if !source.parts.is_empty() {
        return Some(tree::read(notes, source, &mut growth));
    }
    let root = of_yaml(notes.report, index, &source.text, 0, &mut growth)?;
    match root.text_of("$kind") {
        Some("http-request") => {
            let name = request::name_of(source.file_name());
            Some(request::item(&mut notes, &root, name, Vec::new()))
        }
        _ => Some(root),
    }
}

/// Where to say what does not fit.
struct Notes<'c> {
    report: &'c mut Report,
    source: usize,
}

impl Notes<'_> {
    fn add(&mut self, rule: &'static Rule, span: Span, label: impl Into<String>) {
        let place = Place {
            source: self.source,
            span,
        };
        self.report.push(rule, place, label);
    }
}

/// The content of a file of a folder.
fn part<'s>(
    notes: &mut Notes<'_>,
    source: &'s Source,
    part: &Part,
    growth: &mut AliasBudget,
) -> Option<Node<'s>> {
    let text = source.text.get(part.span.range())?;
    of_yaml(notes.report, notes.source, text, part.span.start, growth)
}

/// A list of entries, which may be written as a map of names to values, or of names to entries (rule Y3).
fn entries<'r>(node: &Node<'r>) -> Node<'r> {
    let Value::Object(members) = &node.value else {
        return node.clone();
    };
    let entry = |member: &crate::document::json::Member<'r>| {
        let span = member.node.span;
        let value = &member.node;
        let mut entry = match value.get("value") {
            Some(_) => value.clone(),
            None => object(span, [("value", Some(value.clone()))]),
        };
        set(&mut entry, [("key", Some(text(span, member.name.clone())))]);
        entry
    };
    Node {
        span: node.span,
        value: Value::Array(members.iter().map(entry).collect()),
    }
}

/// What a collection, a folder or a request says of itself and of everything in it.
fn surroundings<'r>(
    notes: &mut Notes<'_>,
    node: &Node<'r>,
) -> [(&'static str, Option<Node<'r>>); 3] {
    [
        ("auth", auth(notes, node)),
        ("variable", node.get("variables").map(entries)),
        (
            "protocolProfileBehavior",
            node.get("settings").map(settings),
        ),
    ]
}

/// The authorization: a type and its parameters, which v2 has under the name of the type. Of several, which a
/// user of Postman may choose from, it is the first (rule Y5).
fn auth<'r>(notes: &mut Notes<'_>, node: &Node<'r>) -> Option<Node<'r>> {
    let auth = node.get("auth")?;
    let several = auth.elements();
    if several.len() > 1 {
        notes.add(&rules::SEVERAL_AUTHS, auth.span, "the first of them");
    }
    let auth = match &auth.value {
        Value::Array(_) => several.first()?,
        _ => auth,
    };
    let kind = auth.get("type")?;
    let mut made = object(auth.span, [("type", Some(kind.clone()))]);
    if let (Value::Object(members), Some(name)) = (&mut made.value, kind.as_str()) {
        let credentials = auth.get("credentials").map(entries);
        members.extend(credentials.map(|node| crate::document::json::Member {
            name: name.to_owned().into(),
            node,
        }));
    }
    Some(made)
}

/// The settings: headers that are not added stand in a list, where v2 has a map.
fn settings<'r>(node: &Node<'r>) -> Node<'r> {
    let mut settings = node.clone();
    let listed = node.get("disabledSystemHeaders");
    if let Some(list) = listed.filter(|list| !list.is_object()) {
        let names = list.elements().iter().filter_map(Node::as_str);
        let members = names.map(|name| crate::document::json::Member {
            name: name.to_owned().into(),
            node: super::synthetic::yes(list.span),
        });
        let map = Node {
            span: list.span,
            value: Value::Object(members.collect()),
        };
        set(&mut settings, [("disabledSystemHeaders", Some(map))]);
    }
    settings
}

#[cfg(test)]
mod tests;
