//! Collections and single requests of format v1, as trees in the shape of v2 (rules F2, W1 to W6).
//!
//! A request of v1 lists its parts side by side, and the folders of a collection lie in one list; `order` and
//! `folders_order` say by ids what stands where. The tree that comes of it is read as any other, so that the
//! same API makes the same client in every format. What the document writes keeps its place; what is made up
//! has the place of what it stands for.

mod auth;
mod body;
mod order;
mod request;

use std::collections::BTreeSet;

use super::synthetic::{list, object};
use super::text;
use crate::document::json::{self, Node};
use crate::document::report::rules::{self, Rule};
use crate::document::report::{Place, Report};
use crate::input::recognise::{is_collection_v1, is_request_v1};
use order::{Shelf, Untaken};

/// How deep folders may nest, whatever their ids say: each is two levels of the tree.
const DEEPEST: usize = json::MAX_DEPTH / 2;

/// The tree in the shape of v2; `None` where the document is not of format v1.
pub(super) fn read<'r>(
    report: &mut Report,
    source: usize,
    document: &str,
    root: &'r Node<'r>,
) -> Option<Node<'r>> {
    let mut notes = Notes {
        report,
        source,
        document,
    };
    if is_collection_v1(root) {
        Some(collection(notes, root))
    } else if is_request_v1(root) {
        Some(request::item(&mut notes, root))
    } else {
        None
    }
}

/// The document, and where to say what does not fit.
struct Notes<'c> {
    report: &'c mut Report,
    source: usize,
    document: &'c str,
}

impl Notes<'_> {
    fn add(&mut self, rule: &'static Rule, node: &Node<'_>, label: &str) {
        let place = Place {
            source: self.source,
            span: node.span,
        };
        self.report.push(rule, place, label);
    }
}

fn collection<'r>(notes: Notes<'_>, root: &'r Node<'r>) -> Node<'r> {
    let member = |name| (name, root.get(name).cloned());
    let info = object(root.span, [member("name"), member("description")]);
    let mut tree = Tree {
        repeats: notes.document.len(),
        notes,
        requests: Shelf::new(elements(root, "requests")),
        folders: Shelf::new(elements(root, "folders")),
        deep: Vec::new(),
    };
    let items = list(root.span, tree.items(root));
    let around = surroundings(&mut tree.notes, root);
    let info = [("info", Some(info)), ("item", Some(items))];
    object(root.span, around.into_iter().chain(info))
}

/// What a collection or a folder says of everything in it.
fn surroundings<'r>(
    notes: &mut Notes<'_>,
    node: &'r Node<'r>,
) -> [(&'static str, Option<Node<'r>>); 3] {
    let variables = node.get("variables").or_else(|| node.get("variable"));
    [
        ("auth", auth::read(notes, node)),
        ("variable", variables.cloned()),
        (
            "protocolProfileBehavior",
            node.get("protocolProfileBehavior").cloned(),
        ),
    ]
}

/// The lists that become a tree.
struct Tree<'c, 'r> {
    notes: Notes<'c>,
    requests: Shelf<'r>,
    folders: Shelf<'r>,
    /// The ids of folders that stand deeper than a tree may: they come last.
    deep: Vec<&'r Node<'r>>,
    /// How many more bytes of the document may stand in the tree again.
    repeats: usize,
}

impl<'r> Tree<'_, 'r> {
    /// The items at the root: folders, then requests. What no order leads to is left out, as in Postman, where it is
    /// what a deletion left behind (rule W6); but a document without any order has all of its requests.
    fn items(&mut self, root: &'r Node<'r>) -> Vec<Node<'r>> {
        let inner = self.inner_ids();
        let is_outer = |id: &&Node<'_>| !inner.contains(&text::of_value(id));
        let ids: Vec<&Node<'_>> = match root.get("folders_order") {
            Some(order) if !order.is_null() => order.elements().iter().collect(),
            _ => elements(root, "folders")
                .iter()
                .filter_map(|folder| folder.get("id"))
                .collect(),
        };
        let outer = ids.into_iter().filter(is_outer);
        let mut items = self.folders(outer, 0);
        let mut seen = BTreeSet::new();
        let order = elements(root, "order").iter();
        items.extend(self.requests(order.filter(|id| seen.insert(text::of_value(id)))));
        while let Some(id) = self.deep.pop() {
            items.extend(self.folders([id].into_iter(), 0));
        }
        let is_ordered = |node| !elements(node, "order").is_empty();
        let has_order = is_ordered(root) || self.folders.nodes().iter().any(is_ordered);
        while let Some(folder) = self.folders.rest() {
            let label = "no order leads to this folder, so it is left out";
            self.notes.add(&rules::ORDER, head(folder), label);
        }
        while let Some(request) = self.requests.rest() {
            if has_order {
                let label = "no order leads to this request, so it is left out";
                self.notes.add(&rules::ORDER, head(request), label);
            } else {
                items.push(request::item(&mut self.notes, request));
            }
        }
        items
    }

    /// The ids of the folders that stand in folders.
    fn inner_ids(&self) -> BTreeSet<String> {
        let folders = self.folders.nodes().iter();
        let ids = folders.flat_map(|folder| elements(folder, "folders_order"));
        ids.map(text::of_value).collect()
    }

    fn folders<'i>(
        &mut self,
        ids: impl Iterator<Item = &'i Node<'i>>,
        depth: usize,
    ) -> Vec<Node<'r>> {
        let mut items = Vec::new();
        for id in ids {
            match self.folders.take(id) {
                Ok(folder) => items.push(self.folder(folder, depth)),
                Err(untaken) => self.notes.add(&rules::ORDER, id, untaken.why()),
            }
        }
        items
    }

    fn folder(&mut self, folder: &'r Node<'r>, depth: usize) -> Node<'r> {
        let inner = elements(folder, "folders_order").iter();
        let mut items = if depth < DEEPEST {
            self.folders(inner, depth + 1)
        } else {
            self.deep.extend(inner);
            Vec::new()
        };
        items.extend(self.requests(elements(folder, "order").iter()));
        let member = |name| (name, folder.get(name).cloned());
        let own = [
            member("name"),
            member("description"),
            ("item", Some(list(folder.span, items))),
        ];
        let around = surroundings(&mut self.notes, folder);
        object(folder.span, own.into_iter().chain(around))
    }

    /// The requests that stand at the root or in a folder. One that several orders name stands in each, and as often
    /// as the order of a folder names it, as in Postman, but the tree cannot get longer by more than the document is
    /// long.
    fn requests(&mut self, ids: impl Iterator<Item = &'r Node<'r>>) -> Vec<Node<'r>> {
        let mut items = Vec::new();
        for id in ids {
            let request = match self.requests.take(id) {
                Err(Untaken::Before(request)) if self.may_repeat(request) => Ok(request),
                taken => taken,
            };
            match request {
                Ok(request) => items.push(request::item(&mut self.notes, request)),
                Err(untaken) => self.notes.add(&rules::ORDER, id, untaken.why()),
            }
        }
        items
    }

    fn may_repeat(&mut self, request: &Node<'_>) -> bool {
        let left = self.repeats.checked_sub(request.span.range().len());
        self.repeats = left.unwrap_or(self.repeats);
        left.is_some()
    }
}

fn elements<'a, 'n>(node: &'a Node<'n>, name: &str) -> &'a [Node<'n>] {
    node.get(name).map(Node::elements).unwrap_or_default()
}

/// Where a request or a folder begins, as people see it.
fn head<'a, 'n>(node: &'a Node<'n>) -> &'a Node<'n> {
    node.get("name").or_else(|| node.get("id")).unwrap_or(node)
}

#[cfg(test)]
mod tests;
