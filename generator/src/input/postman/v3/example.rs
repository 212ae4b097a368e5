//! A saved example of format v3 as a response of v2 (rule Y6).

use super::{Notes, entries, request};
use crate::document::json::{Node, Value};
use crate::input::postman::synthetic::{object, text};

/// The response of an example, with the request that it answers.
pub(super) fn response<'r>(notes: &mut Notes<'_>, file: &str, node: &Node<'r>) -> Node<'r> {
    let reply = node.get("response");
    let of = |name: &str| reply.and_then(|reply| reply.get(name));
    let name = node.get("name").cloned();
    let members = [
        (
            "name",
            Some(name.unwrap_or_else(|| text(node.span, request::name_of(file).to_owned()))),
        ),
        ("status", of("statusText").cloned()),
        ("code", of("statusCode").cloned()),
        ("header", of("headers").map(entries)),
        ("body", of("body").and_then(body)),
        (
            "originalRequest",
            node.get("request")
                .map(|node| request::request(notes, node)),
        ),
    ];
    object(node.span, members)
}

/// The text of a body: what is written as a mapping or a list is JSON.
fn body<'r>(body: &Node<'r>) -> Option<Node<'r>> {
    let content = body.get("content")?;
    Some(match content.value {
        Value::Object(_) | Value::Array(_) => text(content.span, content.to_string()),
        _ => content.clone(),
    })
}
