//! A body of format v3 as one of v2 (rule Y4).

use super::entries;
use crate::document::json::{Node, Value};
use crate::input::postman::synthetic::{object, text};

/// The types that are text, whose names are those of Postman's editor.
const LANGUAGES: &[&str] = &["html", "javascript", "json", "text", "xml"];

/// The body; `None` where there is none.
pub(super) fn read<'r>(body: &Node<'r>) -> Option<Node<'r>> {
    let span = body.span;
    let content = body.get("content");
    let kind = body.text_of("type").unwrap_or("text");
    let made = |mode: &'static str, content: Option<Node<'r>>| {
        Some(object(
            span,
            [("mode", Some(text(span, mode))), (mode, content)],
        ))
    };
    match kind {
        "none" => None,
        "urlencoded" => made("urlencoded", content.map(entries)),
        "formdata" => made("formdata", content.map(entries)),
        "file" | "binary" => made("file", content.map(file)),
        "graphql" => made("graphql", content.map(graphql)),
        kind => {
            let known = LANGUAGES
                .iter()
                .find(|known| kind.eq_ignore_ascii_case(known));
            let language = known.map(|language| text(span, *language));
            let raw = object(span, [("language", language)]);
            let options = object(span, [("raw", Some(raw))]);
            let members = [
                ("mode", Some(text(span, "raw"))),
                ("raw", content.cloned()),
                ("options", known.map(|_| options)),
            ];
            Some(object(span, members))
        }
    }
}

/// A file: an object with its path, or the path.
fn file<'r>(content: &Node<'r>) -> Node<'r> {
    match content.value {
        Value::String(_) => object(content.span, [("src", Some(content.clone()))]),
        _ => content.clone(),
    }
}

/// A GraphQL request: its members, or the query.
fn graphql<'r>(content: &Node<'r>) -> Node<'r> {
    match content.value {
        Value::String(_) => object(content.span, [("query", Some(content.clone()))]),
        _ => content.clone(),
    }
}
