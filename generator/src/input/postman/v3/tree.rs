//! The files of a folder as a tree (rules Y1, Y2).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::{Notes, example, part, request, surroundings};
use crate::document::json::{self, Node, Span, Value};
use crate::document::report::rules;
use crate::document::source::{Source, is_yaml_name};
use crate::document::yaml::AliasBudget;
use crate::input::postman::synthetic::{list, object, text};

/// How deep folders may nest: each is two levels of the tree.
const DEEPEST: usize = json::MAX_DEPTH / 2;

/// Where what belongs to a folder lies.
const RESOURCES: &str = ".resources/";

/// What is said of a folder, below it.
const DEFINITIONS: [&str; 2] = [".resources/definition.yaml", ".resources/definition.yml"];

/// The files of a collection, read.
struct Files<'s> {
    /// By path.
    nodes: BTreeMap<&'s str, Node<'s>>,
}

/// An item and what it is sorted by.
struct Placed<'s> {
    order: f64,
    name: &'s str,
    item: Node<'s>,
}

/// The collection as a tree in the shape of v2.
pub(super) fn read<'s>(
    mut notes: Notes<'_>,
    source: &'s Source,
    growth: &mut AliasBudget,
) -> Node<'s> {
    let parts = source.parts.iter().filter(|file| is_yaml_name(&file.path));
    let read = parts.filter_map(|file| {
        let node = part(&mut notes, source, file, growth)?;
        Some((file.path.as_str(), node))
    });
    let files = Files {
        nodes: read.collect(),
    };
    let definition = files.definition("");
    let whole = Span {
        start: 0,
        end: source.text.len(),
    };
    let folder = text(whole, source.file_name());
    let info = [
        (
            "name",
            Some(
                definition
                    .and_then(|d| d.get("name"))
                    .cloned()
                    .unwrap_or(folder),
            ),
        ),
        (
            "description",
            definition.and_then(|d| d.get("description")).cloned(),
        ),
    ];
    let items = files.items(&mut notes, "", 0);
    let own = [
        ("info", Some(object(whole, info))),
        ("item", Some(list(whole, items))),
    ];
    let around = definition.map(|definition| surroundings(&mut notes, definition));
    object(whole, own.into_iter().chain(around.into_iter().flatten()))
}

impl<'s> Files<'s> {
    fn definition(&self, folder: &str) -> Option<&Node<'s>> {
        let names = DEFINITIONS.iter();
        let mut found = names.filter_map(|name| self.nodes.get(format!("{folder}{name}").as_str()));
        found.next()
    }

    /// The files below a folder, by their paths from there.
    fn below(&self, folder: &str) -> impl Iterator<Item = (&'s str, &Node<'s>)> {
        let from = (Bound::Included(folder), Bound::Unbounded);
        let paths = self.nodes.range::<str, _>(from);
        paths.map_while(move |(path, node)| Some((path.strip_prefix(folder)?, node)))
    }

    /// What lies in a folder: by its `order`, then what has none, by name.
    fn items(&self, notes: &mut Notes<'_>, folder: &str, depth: usize) -> Vec<Node<'s>> {
        let mut placed = Vec::new();
        let mut folders = BTreeSet::new();
        for (path, node) in self.below(folder) {
            match path.split_once('/') {
                Some((name, _)) if !name.starts_with('.') => {
                    folders.insert(name);
                }
                None if is_yaml_name(path) => {
                    placed.extend(self.request(notes, folder, path, node));
                }
                _ => {}
            }
        }
        for name in folders {
            placed.push(self.folder(notes, &format!("{folder}{name}/"), name, depth));
        }
        placed.sort_by(|a, b| a.order.total_cmp(&b.order).then(a.name.cmp(b.name)));
        placed.into_iter().map(|placed| placed.item).collect()
    }

    fn request(
        &self,
        notes: &mut Notes<'_>,
        folder: &str,
        file: &'s str,
        node: &Node<'s>,
    ) -> Option<Placed<'s>> {
        let name = request::name_of(file);
        let kind = node.text_of("$kind").unwrap_or("http-request");
        if kind != "http-request" {
            notes.add(&rules::REQUEST_KIND, node.span, kind);
            return None;
        }
        let examples = node.text_of("examples").map_or_else(
            || format!("{folder}{RESOURCES}{name}.resources/examples/"),
            |path| {
                format!(
                    "{folder}{}/",
                    path.trim_start_matches("./").trim_end_matches('/')
                )
            },
        );
        let examples = self
            .below(&examples)
            .filter(|(path, _)| !path.contains('/'));
        let saved = examples.map(|(path, node)| (order(node), path, node));
        let mut saved: Vec<_> = saved.collect();
        saved.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        let saved = saved.into_iter();
        let responses = saved.map(|(_, path, node)| example::response(notes, path, node));
        let responses = responses.collect();
        Some(Placed {
            order: order(node),
            name,
            item: request::item(notes, node, name, responses),
        })
    }

    fn folder(&self, notes: &mut Notes<'_>, path: &str, name: &'s str, depth: usize) -> Placed<'s> {
        let definition = self.definition(path);
        let first = self.below(path).next().map(|(_, node)| node.span);
        let span = definition
            .map(|node| node.span)
            .or(first)
            .unwrap_or_default();
        let items = if depth < DEEPEST {
            self.items(notes, path, depth + 1)
        } else {
            notes.add(&rules::NOT_YAML, span, "folders nest too deeply");
            Vec::new()
        };
        let own = |name: &str| definition.and_then(|node| node.get(name)).cloned();
        let members = [
            ("name", own("name").or_else(|| Some(text(span, name)))),
            ("description", own("description")),
            ("item", Some(list(span, items))),
        ];
        let around = definition.map(|definition| surroundings(notes, definition));
        Placed {
            order: definition.map_or(f64::INFINITY, order),
            name,
            item: object(
                span,
                members.into_iter().chain(around.into_iter().flatten()),
            ),
        }
    }
}

/// The place of an item among its neighbours: those without one come last.
fn order(node: &Node<'_>) -> f64 {
    let number = node.get("order").and_then(|order| match &order.value {
        Value::Number(text) => text.parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    });
    number
        .filter(|number: &f64| !number.is_nan())
        .unwrap_or(f64::INFINITY)
}
