//! Bodies, as they are compared.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use super::super::Line;
use crate::document::json::{self, Node, Value};

/// Whether two bodies that are not multipart are the same: their bytes, or their values where both are JSON.
pub(super) fn same(a: &Line, b: &Line) -> bool {
    if a.bytes() == b.bytes() {
        return true;
    }
    let is_form = a
        .header("content-type")
        .is_some_and(|kind| kind.to_ascii_lowercase().contains("x-www-form-urlencoded"));
    let bodies = a.body.as_deref().zip(b.body.as_deref());
    bodies.filter(|_| !is_form).is_some_and(|(a, b)| {
        json_value(a)
            .zip(json_value(b))
            .is_some_and(|(a, b)| same_json(&a, &b))
    })
}

/// The value of a text that is JSON in the strict sense: control characters in strings, which the reader takes,
/// are none of it.
pub(in super::super) fn json_value(text: &str) -> Option<Node<'_>> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    json::read(text).ok()
}

/// Whether two values are the same to JavaScript: numbers of 64 bits, of equal names the last one, in any order.
pub(in super::super) fn same_json(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (&a.value, &b.value) {
        (Value::Number(a), Value::Number(b)) => {
            let number = |text: &str| text.parse::<f64>().ok().map(f64::to_bits);
            number(a) == number(b)
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b))
        }
        (Value::Object(_), Value::Object(_)) => {
            let (a, b) = (members(a), members(b));
            let pairs = || a.iter().zip(&b);
            a.len() == b.len() && pairs().all(|((a, x), (b, y))| a == b && same_json(x, y))
        }
        (a, b) => a == b,
    }
}

fn members<'n, 'a>(node: &'n Node<'a>) -> BTreeMap<&'n str, &'n Node<'a>> {
    let members = node.members().iter();
    members
        .map(|member| (member.name.as_ref(), &member.node))
        .collect()
}
