//! Placeholders of a converter, where the client has types that hold no such text.

use super::super::compare::{json_value, same_json};
use crate::document::encode;
use crate::document::json::{self, Node, Value};

/// The expected target or form with what the client sends in the place of its placeholders: nothing, where there are
/// none, or more than the client has replaced.
pub(super) fn filled(expected: &str, actual: &str, most: usize) -> Option<String> {
    let is_end = |c: char| matches!(c, '/' | '?' | '&' | '=');
    let (before, after): (Vec<&str>, Vec<&str>) = (
        expected.split_inclusive(is_end).collect(),
        actual.split_inclusive(is_end).collect(),
    );
    let mut count = 0;
    let pieces = before.iter().zip(&after).map(|(old, new)| {
        let (old_value, new_value) = (old.trim_end_matches(is_end), new.trim_end_matches(is_end));
        let is_filled = is_placeholder(&encode::decoded(old_value)) && is_scalar(new_value);
        count += usize::from(is_filled);
        if is_filled {
            format!("{new_value}{}", &old[old_value.len()..])
        } else {
            (*old).to_owned()
        }
    });
    let filled: String = pieces.collect();
    let is_whole = before.len() == after.len();
    (is_whole && count > 0 && count <= most).then_some(filled)
}

/// Whether two bodies are the same JSON but for placeholders, at most so many.
pub(super) fn is_filled_json(expected: &str, actual: &str, most: usize) -> bool {
    let pair = json::read_template(expected).ok().zip(json_value(actual));
    let count = pair.and_then(|(before, after)| replaced(&before, &after));
    count.is_some_and(|count| count > 0 && count <= most)
}

/// How many placeholders are replaced; nothing, where anything else differs.
fn replaced(before: &Node<'_>, after: &Node<'_>) -> Option<usize> {
    match (&before.value, &after.value) {
        (Value::Variable(_), Value::Array(_) | Value::Object(_)) => None,
        (Value::Variable(_), _) => Some(1),
        (Value::String(text), other) if !matches!(other, Value::String(_)) => {
            is_placeholder(text).then_some(1)
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => old
            .iter()
            .zip(new)
            .map(|(old, new)| replaced(old, new))
            .sum(),
        (Value::Object(old), Value::Object(new)) => {
            let is_known = |name: &str| before.get(name).is_some();
            let members = old.iter().map(|member| &member.name);
            let counts = members.map(|name| replaced(before.get(name)?, after.get(name)?));
            let count = counts.sum::<Option<usize>>()?;
            new.iter()
                .all(|member| is_known(&member.name))
                .then_some(count)
        }
        _ => same_json(before, after).then_some(0),
    }
}

/// A placeholder of a converter, or a dynamic variable, which a recording has by its name (`$randomInt`).
pub(super) fn is_placeholder(text: &str) -> bool {
    let converted = text
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'));
    let name = converted.or_else(|| text.strip_prefix('$'));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

pub(super) fn is_scalar(text: &str) -> bool {
    matches!(text, "true" | "false") || text.parse::<f64>().is_ok()
}
