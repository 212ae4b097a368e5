//! Bodies that are sent whole, or in order, where Postman's engine breaks them.

use std::collections::BTreeSet;

use super::super::compare::{json_value, same_json};
use super::super::{Line, Part};
use super::{
    Deliberate, FILE_AFTER_LIST, FORM_ORDER, JSON_PART, JSON_REPAIRED, PART_NAME, PLACEHOLDER,
    placeholder,
};
use crate::document::json::{self, Node, Value};
use crate::input::postman::javascript::as_object;

/// Why two bodies differ.
pub(super) fn reasons(expected: &Line, actual: &Line) -> Option<Vec<&'static Deliberate>> {
    if let (Some(before), Some(after)) = (&expected.multipart, &actual.multipart) {
        return of_parts(before, after, actual.stand_ins);
    }
    let (before, after) = (expected.body.as_deref()?, actual.body.as_deref()?);
    let is_form = |line: &Line| {
        let kind = line.header("content-type").unwrap_or_default();
        kind.to_ascii_lowercase()
            .starts_with("application/x-www-form-urlencoded")
    };
    if is_form(expected) && is_form(actual) {
        if placeholder::filled(before, after, actual.stand_ins).as_deref() == Some(after) {
            return Some(vec![&PLACEHOLDER]);
        }
        let is_order = before.split('&').eq(in_engine_order(after));
        return is_order.then(|| vec![&FORM_ORDER]);
    }
    if placeholder::is_filled_json(before, after, actual.stand_ins) {
        return Some(vec![&PLACEHOLDER]);
    }
    is_repaired(before, after).then(|| vec![&JSON_REPAIRED])
}

/// The pairs of a form as Postman's engine sends them, because they are members of an object of JavaScript.
fn in_engine_order(form: &str) -> impl Iterator<Item = &str> {
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let pairs = form.split('&').map(|pair| (name(pair), pair)).collect();
    as_object(pairs).into_iter().map(|(_, pair)| pair)
}

/// Whether a body that is no JSON is sent as the JSON that it was meant to be.
fn is_repaired(expected: &str, actual: &str) -> bool {
    fn is_whole(node: &Node<'_>) -> bool {
        let members = node.members().iter().map(|member| &member.node);
        !matches!(node.value, Value::Variable(_)) && members.chain(node.elements()).all(is_whole)
    }
    let meant = json::read_template(expected).ok().filter(is_whole);
    let is_broken = json_value(expected).is_none();
    let pair = meant.zip(json_value(actual));
    is_broken && pair.is_some_and(|(meant, sent)| same_json(&meant, &sent))
}

/// Why two lists of parts differ. They are read side by side.
fn of_parts(expected: &[Part], actual: &[Part], most: usize) -> Option<Vec<&'static Deliberate>> {
    let mut reasons = BTreeSet::new();
    let mut filled = 0;
    let (mut before, mut after) = (expected, actual);
    while let (Some(part), Some(other)) = (before.first(), after.first()) {
        let mut steps = (1, 1);
        if *other == with_escapes(part) {
            if other != part {
                reasons.insert(&PART_NAME);
            }
        } else if let Some(reason) = of_text(part, other) {
            filled += usize::from(reason == &PLACEHOLDER);
            reasons.insert(reason);
        } else {
            let read = &expected[..expected.len() - before.len()];
            let lost = run(before, |own| is_lost(own) && own.name == part.name);
            let sent = run(after, |own| is_named_file(own) && own.name == part.name);
            if lost == 0 || lost > sent || !read.iter().any(is_named_file) {
                return None;
            }
            reasons.insert(&FILE_AFTER_LIST);
            steps = (lost, sent);
        }
        (before, after) = (&before[steps.0..], &after[steps.1..]);
    }
    let is_end = before.is_empty() && after.is_empty() && filled <= most;
    is_end.then(|| reasons.into_iter().collect())
}

/// Why two parts differ in their text, and in nothing else.
fn of_text(part: &Part, other: &Part) -> Option<&'static Deliberate> {
    let (before, after) = (part.text.as_deref()?, other.text.as_deref()?);
    let text = other.text.clone();
    let rest = Part {
        text,
        ..part.clone()
    };
    if rest != *other {
        return None;
    }
    if placeholder::is_placeholder(before) && placeholder::is_scalar(after) {
        return Some(&PLACEHOLDER);
    }
    let (before, after) = (json_value(before)?, json_value(after)?);
    same_json(&before, &after).then_some(&JSON_PART)
}

/// How many parts are so, from the first on.
fn run(parts: &[Part], is: impl Fn(&Part) -> bool) -> usize {
    parts.iter().take_while(|part| is(part)).count()
}

/// What Postman's engine makes of every file behind a list of files, be it a list itself.
fn is_lost(part: &Part) -> bool {
    let is_nothing = |text: &Option<String>| text.as_deref() == Some("");
    is_nothing(&part.filename) && is_nothing(&part.text) && part.content_type.is_none()
}

fn is_named_file(part: &Part) -> bool {
    part.filename.as_ref().is_some_and(|name| !name.is_empty())
}

/// The part with the names that browsers give it.
fn with_escapes(part: &Part) -> Part {
    let escaped = |text: &Option<String>| {
        let text = text.as_ref()?;
        Some(
            text.replace('"', "%22")
                .replace('\r', "%0D")
                .replace('\n', "%0A"),
        )
    };
    Part {
        name: escaped(&part.name),
        filename: escaped(&part.filename),
        ..part.clone()
    }
}
