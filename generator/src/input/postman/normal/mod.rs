//! Documents of Postman in the form in which versions of them are worth comparing: without what changes each
//! time they are exported, and laid out as Postman does it.
//!
//! Whatever is generated from a document is generated from its normal form, but that requests may be told by less
//! (see [`Ids`]).

mod parts;
mod secrets;

use std::borrow::Cow;

use crate::document::json::{self, Node, Value};
use crate::document::report::Report;
use crate::document::source::Source;
use crate::input::recognise::{self, DocumentKind, recognise};
use crate::input::tree;
use parts::Part;

pub use secrets::{Hidden, without_secrets};

/// Which ids of requests stay. All others, such as those of saved responses, tell nothing to anyone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Ids {
    /// Those that stay the same from export to export: by them a request is known again that was renamed, moved and
    /// sent elsewhere at once.
    #[default]
    Stable,
    /// None: for documents that a converter makes anew each time, and for forks, whose requests have ids of their own.
    /// A correction can no longer name a request by its id then.
    None,
}

/// The normal form of a collection of format v1 or v2, an environment or globals. Nothing where the document is
/// none of them, which is reported, of the document as the only one of a run.
///
/// Members stay in their order, numbers as they are written; a text may be written otherwise, and is the same text.
pub fn write(report: &mut Report, source: &Source, ids: Ids) -> Option<String> {
    let text = source.text.as_str();
    let root = tree::of_json(report, 0, text)?;
    let part = match recognise(&root) {
        DocumentKind::PostmanVariables if root.get("values").is_some() => &parts::ENVIRONMENT,
        DocumentKind::PostmanCollection | DocumentKind::PostmanVariables => &parts::DOCUMENT,
        // A wrong guess would take members out of a document that is not Postman's.
        kind => {
            recognise::refuse(report, kind, 0, &root);
            return None;
        }
    };
    let mut writer = Writer {
        text,
        ids,
        out: String::with_capacity(text.len()),
    };
    writer.node(&root, Some(part), 0);
    writer.out.push('\n');
    Some(writer.out)
}

/// A document without the envelope in which Postman's API gives it.
#[must_use]
pub fn without_envelope(text: &str) -> &str {
    let Ok(root) = json::read(text) else {
        return text;
    };
    let inner = recognise::without_envelope(&root);
    &text[inner.span.range()]
}

/// Writes a document as Postman lays it out: a member and an element a line, indented by tabs.
struct Writer<'t> {
    text: &'t str,
    ids: Ids,
    out: String,
}

impl Writer<'_> {
    /// Writes a value. `part` is what it is to Postman; of values that are nothing in particular, all stays.
    fn node(&mut self, node: &Node<'_>, part: Option<&'static Part>, depth: usize) {
        match &node.value {
            Value::Array(elements) => {
                let stays = |element: &&Node<'_>| part.is_none_or(|part| part.keeps(element));
                let elements: Vec<&Node<'_>> = elements.iter().filter(stays).collect();
                self.list(['[', ']'], elements, depth, |writer, element| {
                    writer.node(element, part, depth + 1);
                });
            }
            Value::Object(members) => {
                let mut end = node.span.start + 1;
                let mut placed = Vec::with_capacity(members.len());
                for member in members {
                    placed.push((end, member));
                    end = member.node.span.end;
                }
                let stays = |name: &str| part.is_none_or(|part| part.has(node, name, self.ids));
                placed.retain(|(_, member)| stays(&member.name));
                self.list(['{', '}'], placed, depth, |writer, (before, member)| {
                    let around = &writer.text[before..member.node.span.start];
                    let written = around.trim_matches([' ', '\t', '\r', '\n', ',', ':']);
                    writer.string(&member.name, written);
                    writer.out.push_str(": ");
                    let below = part.and_then(|part| part.below(&member.name));
                    writer.node(&member.node, below, depth + 1);
                });
            }
            Value::String(text) => {
                let written = &self.text[node.span.range()];
                self.string(text, written);
            }
            Value::Number(text) | Value::Variable(text) => self.out.push_str(text),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Null => self.out.push_str("null"),
        }
    }

    fn list<T>(
        &mut self,
        [open, close]: [char; 2],
        list: Vec<T>,
        depth: usize,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.out.push(open);
        let is_empty = list.is_empty();
        for (index, one) in list.into_iter().enumerate() {
            self.out.push_str(if index == 0 { "" } else { "," });
            self.line(depth + 1);
            write(self, one);
        }
        if !is_empty {
            self.line(depth);
        }
        self.out.push(close);
    }

    fn line(&mut self, depth: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n('\t', depth));
    }

    /// Writes a text with as few escapes as there can be. Half of a surrogate pair, which only an escape can write,
    /// stays as it is written.
    fn string(&mut self, text: &str, written: &str) {
        let text = if text.contains(char::REPLACEMENT_CHARACTER) {
            Cow::Borrowed(written)
        } else {
            Cow::Owned(json::quoted(text))
        };
        self.out.push_str(&text);
    }
}

#[cfg(test)]
mod tests;
