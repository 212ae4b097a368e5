//! Things that stand in a list and are put in order by their ids.

use std::collections::BTreeMap;

use super::text;
use crate::document::json::Node;

/// The elements of a list, to be taken by id, each once.
pub(super) struct Shelf<'r> {
    nodes: &'r [Node<'r>],
    /// Of equal ids the last counts, as Postman has it.
    by_id: BTreeMap<String, usize>,
    taken: Vec<bool>,
    /// All before this one are taken.
    next: usize,
}

impl<'r> Shelf<'r> {
    pub(super) fn new(nodes: &'r [Node<'r>]) -> Self {
        let ids = nodes.iter().enumerate();
        let ids = ids.filter_map(|(index, node)| Some((text::of_value(node.get("id")?), index)));
        Self {
            nodes,
            by_id: ids.collect(),
            taken: nodes.iter().map(Node::is_null).collect(),
            next: 0,
        }
    }

    pub(super) fn nodes(&self) -> &'r [Node<'r>] {
        self.nodes
    }

    /// Takes the element of that id.
    pub(super) fn take(&mut self, id: &Node<'_>) -> Result<&'r Node<'r>, Untaken<'r>> {
        let index = self.by_id.get(&text::of_value(id));
        let index = *index.ok_or(Untaken::Unknown)?;
        let node = &self.nodes[index];
        if std::mem::replace(&mut self.taken[index], true) {
            return Err(Untaken::Before(node));
        }
        Ok(node)
    }

    /// Takes the first element that is left.
    pub(super) fn rest(&mut self) -> Option<&'r Node<'r>> {
        let left = self.taken[self.next..].iter().position(|taken| !taken)?;
        self.next += left + 1;
        self.taken[self.next - 1] = true;
        Some(&self.nodes[self.next - 1])
    }
}

/// Why nothing was taken.
pub(super) enum Untaken<'r> {
    /// Nothing has the id.
    Unknown,
    /// This was taken before.
    Before(&'r Node<'r>),
}

impl Untaken<'_> {
    pub(super) fn why(&self) -> &'static str {
        match self {
            Self::Unknown => "nothing in here has this id",
            Self::Before(_) => "this id stands in an order before",
        }
    }
}
