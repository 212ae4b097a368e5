//! YAML (1.2) with places, as the same tree of values that JSON gives.
//!
//! What comes from elsewhere may be made to harm: an alias stands for what its anchor names, so a few lines can
//! mean gigabytes. Texts are read as events, and the tree grows by aliases only so far.

mod inner;
mod repair;
mod scalar;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use saphyr_parser::{Event, Parser, Span as Marks};

use crate::document::json::{self, MAX_DEPTH, Member, Node, Span, Value};

pub use inner::inner;

/// How many times over a text may stand in its tree, by aliases.
const GROWTH: usize = 8;

/// By how much a short text may grow anyway.
const GROWTH_OF_SHORT: usize = 1 << 16;

/// What anchors and aliases may still add to the trees of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AliasBudget(usize);

impl AliasBudget {
    /// For a document of that length.
    #[must_use]
    pub fn for_length(length: usize) -> Self {
        Self(length.saturating_mul(GROWTH).max(GROWTH_OF_SHORT))
    }
}

/// Why a text is not YAML, or not such as a tree can hold; and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// What is wrong, as a phrase that a message can end with.
    pub message: String,
    /// The byte offset at which it is wrong.
    pub offset: usize,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.offset)
    }
}

impl std::error::Error for Error {}

/// Reads a text of one YAML document. `start` is where it stands: the places of the tree are counted from there.
/// An empty text is `null`. A name that a mapping has twice is kept twice, as in JSON: see
/// [`json::repeated_names`].
///
/// Strict YAML (1.2, section 7.4) wants everything of a flow collection to be indented more than what holds it.
/// libyaml does not, and published documents close `{` in the column of its key: those are read too.
///
/// # Errors
///
/// The first place that is not YAML, or where it cannot be a tree: names that are no text, another document,
/// aliases that grow it too far.
pub fn read<'a>(text: &'a str, start: usize, growth: &mut AliasBudget) -> Result<Node<'a>, Error> {
    let allowed = *growth;
    let mut root = match Builder::new(text, growth).all() {
        Err(refused) if refused.is_indentation() => {
            repair::read(text, refused, allowed, growth).map_err(|refused| refused.error)
        }
        built => built.map_err(|refused| refused.error),
    }
    .map_err(|error| Error {
        offset: error.offset + start,
        ..error
    })?;
    json::shift(&mut root, start);
    Ok(root)
}

/// Why a text could not be read, and how far it was.
struct Refused {
    error: Error,
    /// Where the outermost flow collection that is open begins, else the end of what was read.
    from: usize,
}

impl Refused {
    /// Whether that may be a flow collection that is not indented as far as strict YAML wants it.
    fn is_indentation(&self) -> bool {
        self.error.message.starts_with("invalid indentation")
    }
}

/// A tree that is being built.
struct Builder<'a, 'g> {
    text: &'a str,
    cursor: Cursor,
    /// What has begun and not ended, outermost first.
    open: Vec<Open<'a>>,
    anchors: BTreeMap<usize, Node<'a>>,
    growth: &'g mut AliasBudget,
    root: Option<Node<'a>>,
}

/// A list or a mapping that has not ended.
struct Open<'a> {
    start: usize,
    anchor: usize,
    content: Content<'a>,
}

enum Content<'a> {
    List(Vec<Node<'a>>),
    Mapping(Mapping<'a>),
}

#[derive(Default)]
struct Mapping<'a> {
    members: Vec<Member<'a>>,
    names: BTreeSet<Cow<'a, str>>,
    /// The name whose value comes next.
    name: Option<Cow<'a, str>>,
    /// What merge keys bring along.
    merged: Vec<Node<'a>>,
    /// Whether the name that comes next is a merge key.
    merges: bool,
}

impl<'a, 'g> Builder<'a, 'g> {
    fn new(text: &'a str, growth: &'g mut AliasBudget) -> Self {
        Self {
            text,
            cursor: Cursor::default(),
            open: Vec::new(),
            anchors: BTreeMap::new(),
            growth,
            root: None,
        }
    }

    fn all(mut self) -> Result<Node<'a>, Refused> {
        let mut parser = Parser::new_from_str(self.text);
        let mut read = 0;
        while let Some(event) = parser.next_event() {
            let taken = match event {
                Ok((event, marks)) => {
                    let span = self.span(marks);
                    let taken = self.take(event, span);
                    read = read.max(span.end);
                    taken
                }
                Err(error) => Err(Error {
                    message: error.info().trim_end_matches('.').to_owned(),
                    offset: self.cursor.byte(self.text, error.marker().index()),
                }),
            };
            if let Err(error) = taken {
                let starts = self.open.iter().map(|open| open.start);
                let mut flow = starts.filter(|start| self.text[*start..].starts_with(['{', '[']));
                let from = flow.next().unwrap_or(read);
                return Err(Refused { error, from });
            }
        }
        let end = self.text.len();
        Ok(self.root.take().unwrap_or(Node {
            span: Span { start: end, end },
            value: Value::Null,
        }))
    }

    fn span(&mut self, marks: Marks) -> Span {
        let start = self.cursor.byte(self.text, marks.start.index());
        let end = self.cursor.byte(self.text, marks.end.index());
        Span {
            start,
            end: end.max(start),
        }
    }

    fn take(&mut self, event: Event<'a>, span: Span) -> Result<(), Error> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let name = self.next_name(&text);
                if let Some(name) = name {
                    self.name(name, scalar::is_merge_key(&text, style));
                    return Ok(());
                }
                let node = scalar::read(self.text, span, text, style, tag.as_deref());
                self.add(node, anchor)
            }
            Event::Alias(anchor) => {
                let node = self.alias(anchor, span)?;
                match self.next_name(node.as_str().unwrap_or_default()) {
                    Some(name) if node.as_str().is_some() => {
                        self.name(name, false);
                        Ok(())
                    }
                    Some(_) => Err(self.no_name(span)),
                    None => self.add(node, 0),
                }
            }
            Event::SequenceStart(anchor, _) => self.begin(Content::List(Vec::new()), anchor, span),
            Event::MappingStart(anchor, _) => {
                self.begin(Content::Mapping(Mapping::default()), anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(error(span, "another document begins; a file holds one"))
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, content: Content<'a>, anchor: usize, span: Span) -> Result<(), Error> {
        if self.next_name("").is_some() {
            return Err(self.no_name(span));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(error(span, "nested too deeply"));
        }
        let start = span.start + scalar::properties(&self.text[span.range()]);
        self.open.push(Open {
            start,
            anchor,
            content,
        });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Error> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let (value, last) = match open.content {
            Content::List(elements) => {
                let last = elements.last().map(|node| node.span.end);
                (Value::Array(elements), last)
            }
            Content::Mapping(mapping) => {
                let last = mapping.members.last().map(|member| member.node.span.end);
                (Value::Object(mapping.close()?), last)
            }
        };
        // Only brackets have an end of their own; else blank lines and comments would belong to it.
        let end = if span.end > span.start {
            span.end
        } else {
            last.unwrap_or(open.start)
        };
        let span = Span {
            start: open.start,
            end: end.max(open.start),
        };
        self.add(Node { span, value }, open.anchor)
    }

    /// Puts a value where it belongs.
    fn add(&mut self, node: Node<'a>, anchor: usize) -> Result<(), Error> {
        if anchor != 0 {
            self.grow(&node, node.span)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::List(elements)) => elements.push(node),
            Some(Content::Mapping(mapping)) => mapping.add(node),
        }
        Ok(())
    }

    /// The text as a name, where a name comes next.
    fn next_name(&self, text: &str) -> Option<String> {
        match self.open.last().map(|open| &open.content) {
            Some(Content::Mapping(mapping)) if mapping.name.is_none() && !mapping.merges => {
                Some(text.to_owned())
            }
            _ => None,
        }
    }

    fn name(&mut self, name: String, is_merge_key: bool) {
        let Some(Content::Mapping(mapping)) = self.open.last_mut().map(|open| &mut open.content)
        else {
            return;
        };
        if is_merge_key {
            mapping.merges = true;
            return;
        }
        let name: Cow<'a, str> = Cow::Owned(name);
        mapping.names.insert(name.clone());
        mapping.name = Some(name);
    }

    fn no_name(&self, span: Span) -> Error {
        let before = &self.text[..span.start];
        let is_variable = self.text[span.start..].starts_with('{') && before.ends_with('{');
        let message = if is_variable {
            "a value that begins with a variable has to stand in quotes"
        } else {
            "a name has to be a text"
        };
        error(span, message)
    }

    /// What an alias stands for.
    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node<'a>, Error> {
        let Some(node) = self.anchors.get(&anchor).cloned() else {
            return Err(error(span, "an alias inside of what it stands for"));
        };
        if depth(&node) + self.open.len() > MAX_DEPTH {
            return Err(error(span, "nested too deeply"));
        }
        self.grow(&node, span)?;
        Ok(node)
    }

    /// Allows for a copy of a node.
    fn grow(&mut self, node: &Node<'a>, span: Span) -> Result<(), Error> {
        let left = self.growth.0.checked_sub(weight(node));
        let left = left.ok_or_else(|| error(span, "aliases make this far too long"))?;
        *self.growth = AliasBudget(left);
        Ok(())
    }
}

impl<'a> Mapping<'a> {
    fn add(&mut self, node: Node<'a>) {
        if std::mem::take(&mut self.merges) {
            self.merged.push(node);
        } else if let Some(name) = self.name.take() {
            self.members.push(Member { name, node });
        }
    }

    /// The members, then those of merge keys (`<<`, YAML 1.1) that it has not itself.
    fn close(mut self) -> Result<Vec<Member<'a>>, Error> {
        for node in std::mem::take(&mut self.merged) {
            let span = node.span;
            let maps = match node.value {
                Value::Array(elements) => elements,
                value => vec![Node { span, value }],
            };
            for map in maps {
                let Value::Object(members) = map.value else {
                    return Err(error(map.span, "only mappings can be merged"));
                };
                for member in members {
                    if self.names.insert(member.name.clone()) {
                        self.members.push(member);
                    }
                }
            }
        }
        Ok(self.members)
    }
}

fn error(span: Span, message: &str) -> Error {
    Error {
        message: message.to_owned(),
        offset: span.start,
    }
}

/// How much memory a copy of a node takes, in values and bytes of text.
fn weight(node: &Node<'_>) -> usize {
    let own = match &node.value {
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(weight).sum(),
        Value::Object(members) => members
            .iter()
            .map(|member| member.name.len() + weight(&member.node))
            .sum(),
        _ => 0,
    };
    own + 1
}

/// How deep a node nests: what holds nothing does not.
fn depth(node: &Node<'_>) -> usize {
    let elements = node.elements().iter();
    let members = node.members().iter().map(|member| &member.node);
    let nested = matches!(node.value, Value::Array(_) | Value::Object(_));
    let inside = elements.chain(members).map(depth).max();
    inside.unwrap_or_default() + usize::from(nested)
}

/// From characters, which the parser counts, to bytes. It goes on from where it was.
#[derive(Default)]
struct Cursor {
    characters: usize,
    bytes: usize,
}

impl Cursor {
    fn byte(&mut self, text: &str, character: usize) -> usize {
        if character >= self.characters {
            let mut ahead = text[self.bytes..].chars();
            for c in ahead.by_ref().take(character - self.characters) {
                self.bytes += c.len_utf8();
            }
        } else {
            let behind = text[..self.bytes].chars().rev();
            for c in behind.take(self.characters - character) {
                self.bytes -= c.len_utf8();
            }
        }
        self.characters = character;
        self.bytes
    }
}

#[cfg(test)]
mod tests;
