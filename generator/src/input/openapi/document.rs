//! The files of a document as trees: JSON or YAML, told by their text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::schema::Site;
use super::{Context, overlay};
use crate::document::json::{self, Node, Span, Value};
use crate::document::report::rules;
use crate::document::source::Source;
use crate::document::yaml::{self, AliasBudget};

/// The files of a document. The first one is where it begins.
pub(super) struct Document<'d> {
    pub(super) files: Vec<File<'d>>,
}

/// A file of a document.
pub(super) struct File<'d> {
    /// Its path, with `/`, without `.` and, as far as possible, without `..`.
    pub(super) path: String,
    pub(super) root: Node<'d>,
}

/// A value of a document, and the file that references in it start from.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'d> {
    /// Which file: its index in [`Document::files`].
    pub(super) file: usize,
    pub(super) node: &'d Node<'d>,
}

impl<'d> At<'d> {
    /// The member of that name. One that is `null` is none: documents write that for "nothing here".
    pub(super) fn get(self, name: &str) -> Option<At<'d>> {
        let node = self.node.get(name).filter(|node| !node.is_null())?;
        Some(self.beside(node))
    }

    /// Another value of the same file.
    pub(super) fn beside(self, node: &'d Node<'d>) -> At<'d> {
        At {
            file: self.file,
            node,
        }
    }

    /// As a schema.
    pub(super) fn site(self) -> Site<'d> {
        Site {
            document: self.file,
            node: self.node,
        }
    }

    /// The text of the member of that name. A number counts as the text that it is written as: `version: 1.10`.
    pub(super) fn text(self, name: &str) -> Option<Cow<'d, str>> {
        scalar_text(self.node.get(name)?)
    }

    /// The text of the member of that name, where that is a string.
    pub(super) fn string(self, name: &str) -> Option<&'d str> {
        self.node.text_of(name)
    }

    /// Whether the member of that name is `true`, also as a text.
    pub(super) fn is_true(self, name: &str) -> bool {
        self.node
            .get(name)
            .is_some_and(|node| node.is_true() || node.as_str() == Some("true"))
    }

    /// The members: each name once, with the value that counts, in the order of the document.
    pub(super) fn members(self) -> impl Iterator<Item = (&'d str, At<'d>)> {
        let mut seen = BTreeSet::new();
        self.node.members().iter().filter_map(move |member| {
            let name = member.name.as_ref();
            let node = self.node.get(name)?;
            seen.insert(name).then(|| (name, self.beside(node)))
        })
    }

    /// The elements of an array.
    pub(super) fn elements(self) -> impl Iterator<Item = At<'d>> {
        self.node
            .elements()
            .iter()
            .map(move |node| self.beside(node))
    }

    /// The strings of an array; a single string counts as one.
    pub(super) fn strings(self) -> Vec<&'d str> {
        match self.node.as_str() {
            Some(text) => vec![text],
            None => self
                .node
                .elements()
                .iter()
                .filter_map(Node::as_str)
                .collect(),
        }
    }
}

/// A scalar as text.
pub(super) fn scalar_text<'d>(node: &'d Node<'d>) -> Option<Cow<'d, str>> {
    match &node.value {
        Value::String(text) => Some(Cow::Borrowed(text.as_ref())),
        Value::Number(text) => Some(Cow::Borrowed(text)),
        Value::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        _ => None,
    }
}

/// What kind of document a source is, as far as this reader is concerned.
pub(super) fn mentions_openapi(source: &Source) -> bool {
    let text = first_text(source);
    text.contains("openapi") || text.contains("swagger")
}

/// The text of the first file.
fn first_text(source: &Source) -> &str {
    let first = source.parts.first();
    let span = first.map(|part| part.span.range());
    span.and_then(|range| source.text.get(range))
        .unwrap_or(&source.text)
}

/// The first file of a source as a tree, whether it is a document of this kind or not. Nothing where it is
/// neither JSON nor YAML.
pub(super) fn peek(source: &Source) -> Option<Node<'_>> {
    let text = first_text(source);
    parse(text, 0, &mut AliasBudget::for_length(text.len())).ok()
}

/// Reads all files of a source. A file that cannot be read is reported, and left out; without the first there is
/// nothing.
pub(super) fn read<'d>(context: &mut Context<'_>, source: &'d Source) -> Option<Document<'d>> {
    let mut growth = AliasBudget::for_length(source.text.len());
    let whole = [(
        source.name.as_str(),
        Span {
            start: 0,
            end: source.text.len(),
        },
    )];
    let parts = source.parts.iter();
    let parts: Vec<_> = parts.map(|part| (part.path.as_str(), part.span)).collect();
    let parts = if parts.is_empty() { &whole[..] } else { &parts };
    let mut files = Vec::new();
    for (index, (path, span)) in parts.iter().enumerate() {
        let text = source.text.get(span.range()).unwrap_or_default();
        match parse(text, span.start, &mut growth) {
            Ok(root) => {
                note_repeated(context, &root);
                files.push(File {
                    path: normal(path),
                    root,
                });
            }
            Err(error) => {
                let span = Span {
                    start: error.offset,
                    end: error.offset + 1,
                };
                let rule = if error.is_json {
                    &rules::NOT_JSON
                } else {
                    &rules::NOT_YAML
                };
                context.push(rule, span, error.message);
                if index == 0 {
                    return None;
                }
            }
        }
    }
    overlay::apply(context, &mut files);
    Some(Document { files })
}

/// Why a text is neither JSON nor YAML.
pub(super) struct SyntaxError {
    message: String,
    offset: usize,
    is_json: bool,
}

/// Reads a text as JSON if it begins like it, else, or if it is none, as YAML (3.2, "Format").
pub(super) fn parse<'a>(
    text: &'a str,
    start: usize,
    growth: &mut AliasBudget,
) -> Result<Node<'a>, SyntaxError> {
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let json = looks_like_json.then(|| json::read(text));
    if let Some(Ok(mut root)) = json {
        json::shift(&mut root, start);
        return Ok(root);
    }
    let yaml = yaml::read(text, start, growth);
    yaml.map_err(|yaml| match json {
        Some(Err(json)) => SyntaxError {
            message: json.message.to_owned(),
            offset: json.offset + start,
            is_json: true,
        },
        _ => SyntaxError {
            message: yaml.message,
            offset: yaml.offset,
            is_json: false,
        },
    })
}

fn note_repeated(context: &mut Context<'_>, root: &Node<'_>) {
    for repeated in json::repeated_names(root) {
        let line = context.line(repeated.first);
        let label = format!(
            "`{}` again: the value of line {line} does not count",
            repeated.name
        );
        context.push(&rules::OPENAPI_REPEATED_NAME, repeated.last, label);
    }
}

/// A path without `.` and, as far as possible, without `..`.
pub(crate) fn normal(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            "" if !segments.is_empty() => {}
            ".." if segments
                .last()
                .is_some_and(|last| !matches!(*last, ".." | "")) =>
            {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

/// A path that another file writes: relative to the folder in which that lies.
pub(super) fn joined(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map(|(folder, _)| folder);
    match folder {
        _ if path.starts_with('/') => normal(path),
        Some(folder) => normal(&format!("{folder}/{path}")),
        None => normal(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_paths() {
        let check = |from: &str, path: &str, expected: &str| {
            assert_eq!(joined(from, path), expected, "{from} {path}");
        };
        check("api.yaml", "b.yaml", "b.yaml");
        check("a/api.yaml", "./b.yaml", "a/b.yaml");
        check("a/api.yaml", "../b.yaml", "b.yaml");
        check("api.yaml", "../b.yaml", "../b.yaml");
        check("../a/api.yaml", "../b.yaml", "../b.yaml");
        check("/a/api.yaml", "c//d.yaml", "/a/c/d.yaml");
        check("/a/api.yaml", "/d.yaml", "/d.yaml");
    }
}
