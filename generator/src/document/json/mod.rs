//! JSON with places: a tree of values that know where they stand in their document.
//!
//! `serde_json` keeps no places, stops at a control character inside a string (real exports hold
//! them), and drops all but the last of equal keys. A collection is read by people who have to find the
//! spot that a message is about, so the reader is ours; property tests hold it to `serde_json`.

mod inner;
mod read;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

pub use inner::Inner;
pub use read::{read, read_template};

/// How deep arrays and objects may nest. Deeper documents are refused, so that neither this reader
/// nor anything that walks its tree can exhaust the stack.
pub const MAX_DEPTH: usize = 200;

/// Where a value stands: byte offsets into the text of its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// The span as a range that slices the text.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A value and its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Node<'a> {
    /// Where the value stands.
    pub span: Span,
    /// What it is.
    pub value: Value<'a>,
}

/// A JSON value (RFC 8259). Numbers keep their text, objects their order and their repeated names.
#[derive(Clone, PartialEq, Debug)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(&'a str),
    /// A string without its escapes.
    String(Cow<'a, str>),
    /// Variables in the place of a value, as they are written: only in a template.
    Variable(&'a str),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object.
    Object(Vec<Member<'a>>),
}

/// A member of an object.
#[derive(Clone, PartialEq, Debug)]
pub struct Member<'a> {
    /// The name without its escapes.
    pub name: Cow<'a, str>,
    /// The value.
    pub node: Node<'a>,
}

/// Why a text is not JSON, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// What is wrong, as a phrase that a message can end with.
    pub message: &'static str,
    /// The byte offset at which it is wrong.
    pub offset: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.offset)
    }
}

impl std::error::Error for SyntaxError {}

impl<'a> Node<'a> {
    /// The member of that name: the last one, as every JSON library has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        let Value::Object(members) = &self.value else {
            return None;
        };
        members
            .iter()
            .rev()
            .find(|member| member.name == name)
            .map(|member| &member.node)
    }

    /// The text of the member of that name, where that is a string.
    #[must_use]
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The string, where it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array; nothing for any other value.
    #[must_use]
    pub fn elements(&self) -> &[Node<'a>] {
        match &self.value {
            Value::Array(elements) => elements,
            _ => &[],
        }
    }

    /// The members of an object; nothing for any other value.
    #[must_use]
    pub fn members(&self) -> &[Member<'a>] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// Whether the value is `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.value == Value::Bool(true)
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// Whether the value is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Whether the value is an array.
    #[must_use]
    pub fn is_array(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    /// Whether JavaScript, and with it Postman, takes the value for true.
    #[must_use]
    pub fn is_truthy(&self) -> bool {
        match &self.value {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(text) => text.parse() != Ok(0.0),
            Value::String(text) => !text.is_empty(),
            Value::Variable(_) | Value::Array(_) | Value::Object(_) => true,
        }
    }

    /// What kind of value it is, with its article, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Variable(_) => "a variable",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// Moves the places of a tree by so many bytes: its text is a part of a longer one.
pub(crate) fn shift(node: &mut Node<'_>, by: usize) {
    node.span.start += by;
    node.span.end += by;
    match &mut node.value {
        Value::Array(elements) => elements.iter_mut().for_each(|node| shift(node, by)),
        Value::Object(members) => members
            .iter_mut()
            .for_each(|member| shift(&mut member.node, by)),
        _ => {}
    }
}

/// A name that an object has more than once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RepeatedName<'n> {
    /// The name.
    pub name: &'n str,
    /// Its first value.
    pub first: Span,
    /// Its last value: the one that counts, see [`Node::get`].
    pub last: Span,
}

/// The names that objects of a tree have more than once, in document order.
#[must_use]
pub fn repeated_names<'n>(root: &'n Node<'_>) -> Vec<RepeatedName<'n>> {
    let mut repeated = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let mut names = BTreeMap::new();
        for member in node.members() {
            let span = member.node.span;
            match names.insert(member.name.as_ref(), span) {
                Some(first) if first != span => repeated.push(RepeatedName {
                    name: &member.name,
                    first,
                    last: span,
                }),
                _ => {}
            }
        }
        open.extend(node.elements());
        open.extend(node.members().iter().map(|member| &member.node));
    }
    repeated.sort_by_key(|repeated| repeated.last);
    repeated
}

/// The value as compact JSON text, numbers as they were written.
impl fmt::Display for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Number(text) | Value::Variable(text) => f.write_str(text),
            Value::String(text) => write_string(f, text),
            Value::Array(elements) => {
                f.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{element}")?;
                }
                f.write_str("]")
            }
            Value::Object(members) => {
                f.write_str("{")?;
                for (index, member) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    write_string(f, &member.name)?;
                    write!(f, ":{}", member.node)?;
                }
                f.write_str("}")
            }
        }
    }
}

fn write_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str(&quoted(text))
}

/// A text as a string of JSON, with the escapes that it needs and no others.
#[must_use]
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
