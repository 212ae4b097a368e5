//! Nodes that are made up: values that other formats than v2 write elsewhere or not at all.

use std::borrow::Cow;

use super::parts::Parts;
use crate::document::json::{self, Inner, Member, Node, Span, Value};

/// An object of the members that there are.
pub(super) fn object<'r>(
    span: Span,
    members: impl IntoIterator<Item = (&'static str, Option<Node<'r>>)>,
) -> Node<'r> {
    let mut node = Node {
        span,
        value: Value::Object(Vec::new()),
    };
    set(&mut node, members);
    node
}

pub(super) fn list(span: Span, elements: Vec<Node<'_>>) -> Node<'_> {
    Node {
        span,
        value: Value::Array(elements),
    }
}

pub(super) fn text<'r>(span: Span, text: impl Into<Cow<'r, str>>) -> Node<'r> {
    Node {
        span,
        value: Value::String(text.into()),
    }
}

pub(super) fn null<'r>(span: Span) -> Node<'r> {
    Node {
        span,
        value: Value::Null,
    }
}

pub(super) fn yes<'r>(span: Span) -> Node<'r> {
    Node {
        span,
        value: Value::Bool(true),
    }
}

/// Sets members of an object: the last of a name is the one that counts.
pub(super) fn set<'r>(
    node: &mut Node<'r>,
    members: impl IntoIterator<Item = (&'static str, Option<Node<'r>>)>,
) {
    let Value::Object(known) = &mut node.value else {
        return;
    };
    let members = members.into_iter();
    known.extend(members.filter_map(|(name, node)| {
        Some(Member {
            name: Cow::Borrowed(name),
            node: node?,
        })
    }));
}

/// A URL of the parts that its text has, with the lists that stand beside it. `query` stands for that of the text.
pub(super) fn url<'r>(
    span: Span,
    parts: Parts,
    query: Option<Node<'r>>,
    variables: Vec<Node<'r>>,
) -> Node<'r> {
    let made = |part: String| Some(text(span, part));
    let user = parts.user.map(|user| user_info(span, &user));
    let members = [
        ("protocol", made(parts.scheme)),
        ("auth", user),
        ("host", made(parts.authority)),
        ("path", made(parts.path)),
        ("query", query.or_else(|| parts.query.and_then(made))),
        ("variable", Some(list(span, variables))),
    ];
    object(span, members)
}

/// `user:password` as an object.
fn user_info<'r>(span: Span, user: &str) -> Node<'r> {
    let (name, password) = match user.split_once(':') {
        Some((name, password)) => (name, Some(password)),
        None => (user, None),
    };
    let member = |own: &str| text(span, own.to_owned());
    let password = password.map(member);
    object(span, [("user", Some(member(name))), ("password", password)])
}

/// The JSON in a string of a document, with the places that it has there.
pub(super) fn parsed<'r>(document: &str, node: &'r Node<'_>) -> Option<Node<'r>> {
    let mut root = json::read(node.as_str()?).ok()?;
    let literal = Inner::new(&document[node.span.range()], node.span.start);
    move_to(&mut root, &literal);
    Some(root)
}

fn move_to(node: &mut Node<'_>, literal: &Inner) {
    node.span = literal.outer(node.span);
    match &mut node.value {
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| move_to(element, literal)),
        Value::Object(members) => members
            .iter_mut()
            .for_each(|member| move_to(&mut member.node, literal)),
        _ => {}
    }
}
