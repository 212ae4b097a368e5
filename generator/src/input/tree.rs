//! The text of a document as a tree of values, and what does not parse.

use crate::document::json::{self, Node, Span};
use crate::document::report::rules;
use crate::document::report::{Place, Report};
use crate::document::yaml::{self, AliasBudget};

/// The tree of a JSON text. Reports where it is none.
pub(crate) fn of_json<'s>(report: &mut Report, source: usize, text: &'s str) -> Option<Node<'s>> {
    json::read(text)
        .map_err(|error| {
            let span = character_at(error.offset);
            report.push(&rules::NOT_JSON, Place { source, span }, error.message);
        })
        .ok()
}

/// The tree of a YAML text that stands at `start` of its document. Reports where it is none.
pub(crate) fn of_yaml<'s>(
    report: &mut Report,
    source: usize,
    text: &'s str,
    start: usize,
    growth: &mut AliasBudget,
) -> Option<Node<'s>> {
    let mut refuse = |span, message: String| {
        report.push(&rules::NOT_YAML, Place { source, span }, message);
    };
    let root = yaml::read(text, start, growth)
        .map_err(|error| refuse(character_at(error.offset), error.message))
        .ok()?;
    // No program writes such a file: it was merged by hand, and which of the values is meant is not known.
    if let Some(repeated) = json::repeated_names(&root).first() {
        refuse(
            repeated.last,
            format!("`{}` was there before", repeated.name),
        );
        return None;
    }
    Some(root)
}

fn character_at(offset: usize) -> Span {
    Span {
        start: offset,
        end: offset + 1,
    }
}
