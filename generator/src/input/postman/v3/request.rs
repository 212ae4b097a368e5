//! A request of format v3 as an item of v2 (rules Y2, Y3, Y7).

use std::borrow::Cow;

use super::{Notes, body, entries, surroundings};
use crate::document::json::{Node, Value};
use crate::document::report::rules;
use crate::input::postman::synthetic::{list, object, text};
use crate::input::postman::{parts, synthetic};

/// The name of a request or an example by that of its file: `X.request.yaml` is X.
pub(super) fn name_of(file: &str) -> &str {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let own = [".request", ".example"];
    own.iter()
        .find_map(|kind| stem.strip_suffix(kind))
        .unwrap_or(stem)
}

/// A request as an item.
pub(super) fn item<'r>(
    notes: &mut Notes<'_>,
    node: &Node<'r>,
    file: &str,
    responses: Vec<Node<'r>>,
) -> Node<'r> {
    let name = node.get("name").cloned();
    let name = name.unwrap_or_else(|| text(node.span, file.to_owned()));
    let [auth, _, behavior] = surroundings(notes, node);
    let mut request = request(notes, node);
    synthetic::set(&mut request, [auth]);
    let members = [
        ("id", node.get("id").cloned()),
        ("name", Some(name)),
        behavior,
        ("request", Some(request)),
        ("response", Some(list(node.span, responses))),
    ];
    object(node.span, members)
}

/// What is sent, but for the authorization.
pub(super) fn request<'r>(notes: &mut Notes<'_>, node: &Node<'r>) -> Node<'r> {
    let member = |name| (name, node.get(name).cloned());
    let members = [
        member("method"),
        member("description"),
        ("url", url(notes, node)),
        ("header", node.get("headers").map(entries)),
        ("body", node.get("body").and_then(body::read)),
    ];
    object(node.span, members)
}

/// The URL: its text where that is all there is; else its parts, with the lists that stand beside it.
fn url<'r>(notes: &mut Notes<'_>, request: &Node<'r>) -> Option<Node<'r>> {
    let url = request.get("url")?;
    let full = |name| {
        request
            .get(name)
            .map(entries)
            .filter(|list| !list.elements().is_empty())
    };
    let (listed, variables) = (full("queryParams"), full("pathVariables"));
    let written = url
        .as_str()
        .filter(|_| listed.is_some() || variables.is_some());
    let Some(written) = written else {
        return Some(url.clone());
    };
    let mut parts = parts::split(written);
    let query = listed.map(|listed| {
        let written = parts.query.take();
        query(notes, url, written.as_deref(), listed)
    });
    let variables = variables.map_or_else(Vec::new, |list| list.elements().to_vec());
    Some(synthetic::url(url.span, parts, query, variables))
}

/// The query: the list, behind those elements of the URL that it does not know.
fn query<'r>(
    notes: &mut Notes<'_>,
    url: &Node<'r>,
    written: Option<&str>,
    listed: Node<'r>,
) -> Node<'r> {
    let key = |entry: &Node<'_>| entry.text_of("key").map(str::to_owned);
    let names: Vec<String> = listed.elements().iter().filter_map(key).collect();
    let elements = written.map(parts::elements).into_iter().flatten();
    let mut all: Vec<Node<'r>> = elements
        .filter(|(name, _)| !names.contains(name))
        .map(|(name, value)| {
            let made = |part: String| text(url.span, Cow::Owned(part));
            object(
                url.span,
                [("key", Some(made(name))), ("value", value.map(made))],
            )
        })
        .collect();
    if !all.is_empty() {
        notes.add(
            &rules::QUERY_MISMATCH,
            url.span,
            "not all of its query is in `queryParams`",
        );
    }
    let span = listed.span;
    if let Value::Array(elements) = listed.value {
        all.extend(elements);
    }
    list(span, all)
}
