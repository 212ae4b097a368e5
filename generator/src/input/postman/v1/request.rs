//! Requests with what is saved with them (rules W2, W3, W4, W6).

use super::body::{self, entry};
use super::order::Shelf;
use super::{Notes, auth, elements};
use crate::document::json::{Node, Value};
use crate::document::report::rules;
use crate::input::postman::synthetic::{list, null, object, parsed, set, text, yes};
use crate::input::postman::{parts, synthetic};

/// A request as an item.
pub(super) fn item<'r>(notes: &mut Notes<'_>, node: &'r Node<'r>) -> Node<'r> {
    if !node.is_object() {
        return node.clone();
    }
    let mut request = request(node);
    set(&mut request, [("auth", auth::read(notes, node))]);
    let responses = responses(notes, node);
    let member = |name| (name, node.get(name).cloned());
    let members = [
        member("id"),
        member("name"),
        member("protocolProfileBehavior"),
        ("request", Some(request)),
        ("response", Some(list(node.span, responses))),
    ];
    object(node.span, members)
}

/// What is sent, but for the authorization.
fn request<'r>(node: &Node<'r>) -> Node<'r> {
    let member = |name| (name, node.get(name).cloned());
    let members = [
        member("method"),
        member("description"),
        ("url", url(node)),
        ("header", headers(node)),
        ("body", body::read(node)),
    ];
    object(node.span, members)
}

/// The URL: its text where that is all there is; else its parts, with the lists that stand beside it.
fn url<'r>(request: &Node<'r>) -> Option<Node<'r>> {
    let url = request.get("url")?;
    let own_query = request
        .get("queryParams")
        .filter(|list| !list.elements().is_empty());
    let variables = path_variables(request);
    let Some(written) = url
        .as_str()
        .filter(|_| own_query.is_some() || !variables.is_empty())
    else {
        return Some(url.clone());
    };
    let query = own_query.map(|own| list(own.span, own.elements().iter().map(query).collect()));
    Some(synthetic::url(
        url.span,
        parts::split(written),
        query,
        variables,
    ))
}

/// An element of the query; `equals` tells `k=` from `k`.
fn query<'r>(node: &Node<'r>) -> Node<'r> {
    let mut entry = entry(node);
    let value = node.get("value");
    let value = match node.get("equals") {
        Some(equals) if equals.is_truthy() => value
            .filter(|value| value.is_null())
            .map(|value| text(value.span, "")),
        Some(_) => value
            .filter(|value| !value.is_truthy())
            .map(|value| null(value.span)),
        None => None,
    };
    set(&mut entry, [("value", value)]);
    entry
}

/// The list of variables, then those that only the map has.
fn path_variables<'r>(request: &Node<'r>) -> Vec<Node<'r>> {
    let listed = elements(request, "pathVariableData");
    let members = request
        .get("pathVariables")
        .map(Node::members)
        .unwrap_or_default();
    let is_new = |name: &str| {
        !listed
            .iter()
            .any(|entry| entry.text_of("key") == Some(name))
    };
    let more = members
        .iter()
        .filter(|member| is_new(&member.name))
        .map(|member| {
            let name = text(member.node.span, member.name.clone());
            let value = member.node.clone();
            object(
                member.node.span,
                [("key", Some(name)), ("value", Some(value))],
            )
        });
    listed.iter().cloned().chain(more).collect()
}

/// The header: a list, or lines of text with a list that knows more of some of them.
fn headers<'r>(request: &Node<'r>) -> Option<Node<'r>> {
    let written = request.get("headers");
    if let Some(fields) = written.filter(|node| matches!(node.value, Value::Array(_))) {
        return Some(fields.clone());
    }
    let mut fields: Vec<Node<'r>> = elements(request, "headerData").iter().map(header).collect();
    let listed = fields.len();
    for line in written.into_iter().flat_map(header_lines) {
        let name = line.text_of("key");
        if !fields[..listed]
            .iter()
            .any(|field| field.text_of("key") == name)
        {
            fields.push(line);
        }
    }
    let span = request.get("headerData").or(written)?.span;
    Some(list(span, fields))
}

/// A field of the list: one whose name begins with `//` is disabled.
fn header<'r>(node: &Node<'r>) -> Node<'r> {
    let mut entry = entry(node);
    let commented = node
        .get("key")
        .and_then(|key| Some((key, key.as_str()?.strip_prefix("//")?)));
    if let Some((key, name)) = commented {
        let name = text(key.span, name.trim().to_owned());
        set(
            &mut entry,
            [("key", Some(name)), ("disabled", Some(yes(key.span)))],
        );
    }
    entry
}

/// The lines `Name: value` of a text. A line that begins with a blank goes on with the one before it.
fn header_lines<'r>(node: &Node<'r>) -> Vec<Node<'r>> {
    let lines = node.as_str().unwrap_or_default();
    let lines = lines.replace("\r\n ", " ").replace("\r\n\t", "\t");
    let field = |line: &str| {
        let comment = line.strip_prefix("//").map(str::trim_start);
        let line = comment.unwrap_or(line);
        let (name, value) = line.split_once(':')?;
        let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
        let value = text(node.span, value.trim().to_owned());
        let members = [
            ("key", Some(text(node.span, name.to_owned()))),
            ("value", Some(value)),
            ("disabled", comment.map(|_| yes(node.span))),
        ];
        is_name.then(|| object(node.span, members))
    };
    lines.lines().filter_map(field).collect()
}

/// The saved responses, in the order that the request gives them.
fn responses<'r>(notes: &mut Notes<'_>, request: &'r Node<'r>) -> Vec<Node<'r>> {
    let mut shelf = Shelf::new(elements(request, "responses"));
    let mut responses = Vec::new();
    for id in elements(request, "responses_order") {
        match shelf.take(id) {
            Ok(node) => responses.push(response(notes.document, node)),
            Err(untaken) => notes.add(&rules::ORDER, id, untaken.why()),
        }
    }
    while let Some(node) = shelf.rest() {
        responses.push(response(notes.document, node));
    }
    responses
}

fn response<'r>(document: &str, node: &'r Node<'r>) -> Node<'r> {
    let of_code = |name| {
        node.get("responseCode")
            .and_then(|code| code.get(name))
            .cloned()
    };
    let members = [
        ("name", node.get("name").cloned()),
        ("status", of_code("name")),
        ("code", of_code("code")),
        ("header", node.get("headers").cloned()),
        ("body", node.get("text").cloned()),
        ("originalRequest", saved_request(document, node)),
    ];
    object(node.span, members)
}

/// The request that a response answered: an object, or JSON in a string. A string that is an id names a
/// request of the collection, which says itself what it is.
fn saved_request<'r>(document: &str, response: &'r Node<'r>) -> Option<Node<'r>> {
    let members = ["requestObject", "request"].into_iter();
    let mut saved = members.filter_map(|name| response.get(name));
    saved.find_map(|node| {
        let inner = parsed(document, node);
        let saved = inner.as_ref().unwrap_or(node);
        saved.is_object().then(|| request(saved))
    })
}
