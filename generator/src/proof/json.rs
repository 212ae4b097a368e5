//! When two JSON texts say the same.
//!
//! The order of members does not count, of repeated names the last counts as in every JSON library, and numbers are
//! compared as decimals of any length: `1.50` is `1.5`, and nothing is rounded.

use std::collections::BTreeMap;

use crate::document::json::{Node, Value};

/// What a member that is `null` means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nulls {
    /// The same as a member that is not there, and so is an empty array: a reply is read so.
    Absent,
    /// A value of its own: a server may tell `null` from nothing.
    Kept,
}

/// How much of a value a message shows, in characters.
const SHOWN: usize = 60;

/// The first place where two values differ, as a phrase: `/meetings/0/id: 1 became "1"`.
#[must_use]
pub fn difference(before: &Node<'_>, after: &Node<'_>, nulls: Nulls) -> Option<String> {
    let mut place = String::new();
    differ(before, after, nulls, &mut place)
}

fn differ(before: &Node<'_>, after: &Node<'_>, nulls: Nulls, place: &mut String) -> Option<String> {
    match (&before.value, &after.value) {
        (Value::Object(_), Value::Object(_)) => members_differ(before, after, nulls, place),
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let pairs = old.iter().zip(new).enumerate();
            within(pairs, place, |(old, new), place| {
                differ(old, new, nulls, place)
            })
        }
        (Value::Array(old), Value::Array(new)) => {
            let (old, new) = (old.len(), new.len());
            Some(at(place, &format!("{old} elements became {new}")))
        }
        (Value::Null, Value::Array(new)) if nulls == Nulls::Absent && new.is_empty() => None,
        (Value::Number(old), Value::Number(new)) if same_number(old, new) => None,
        (old, new) if old == new => None,
        _ => {
            let (old, new) = (shown(before), shown(after));
            Some(at(place, &format!("{old} became {new}")))
        }
    }
}

fn members_differ(
    before: &Node<'_>,
    after: &Node<'_>,
    nulls: Nulls,
    place: &mut String,
) -> Option<String> {
    let (old, mut new) = (members(before, nulls), members(after, nulls));
    let pairs: Vec<_> = old
        .into_iter()
        .map(|(name, node)| (name, (node, new.remove(name))))
        .collect();
    let changed = within(pairs.into_iter(), place, |(old, new), place| match new {
        Some(new) => differ(old, new, nulls, place),
        None => Some(at(place, &format!("{} is lost", shown(old)))),
    });
    changed.or_else(|| {
        within(new.into_iter(), place, |new, place| {
            Some(at(place, &format!("{} is new", shown(new))))
        })
    })
}

/// The members that count, by name.
fn members<'a, 'n>(node: &'a Node<'n>, nulls: Nulls) -> BTreeMap<&'a str, &'a Node<'n>> {
    let mut members: BTreeMap<&str, &Node<'_>> = node
        .members()
        .iter()
        .map(|member| (member.name.as_ref(), &member.node))
        .collect();
    if nulls == Nulls::Absent {
        members.retain(|_, node| !node.is_null() && !is_empty_list(node));
    }
    members
}

fn is_empty_list(node: &Node<'_>) -> bool {
    matches!(&node.value, Value::Array(elements) if elements.is_empty())
}

/// The first difference among parts that each have a name below the place.
fn within<T>(
    parts: impl Iterator<Item = (impl std::fmt::Display, T)>,
    place: &mut String,
    mut differ: impl FnMut(T, &mut String) -> Option<String>,
) -> Option<String> {
    let outside = place.len();
    for (name, part) in parts {
        place.push('/');
        place.push_str(&name.to_string());
        let found = differ(part, place);
        place.truncate(outside);
        if found.is_some() {
            return found;
        }
    }
    None
}

fn at(place: &str, what: &str) -> String {
    if place.is_empty() {
        what.to_owned()
    } else {
        format!("{place}: {what}")
    }
}

/// The beginning of a value.
fn shown(node: &Node<'_>) -> String {
    let text = node.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Whether two numbers are the same decimal.
fn same_number(a: &str, b: &str) -> bool {
    a == b || matches!((decimal(a), decimal(b)), (Some(a), Some(b)) if a == b)
}

/// Sign, digits without zeros at their ends, and the power of ten of the last digit. Zero has no digits and no
/// sign. Nothing, for an exponent that no one can mean.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let cut = i64::try_from(digits.len() - significant.len()).ok()?;
    let scale = i64::try_from(fraction.len()).ok()?;
    let last = exponent.checked_add(cut)?.checked_sub(scale)?;
    let digits = significant.trim_start_matches('0').to_owned();
    Some((negative, digits, last))
}

/// Whether a value is another one, or that without some of its members.
#[must_use]
pub fn is_part(kept: &Node<'_>, all: &Node<'_>, nulls: Nulls) -> bool {
    match (&kept.value, &all.value) {
        (Value::Object(_), Value::Object(_)) => {
            let (kept, all) = (members(kept, nulls), members(all, nulls));
            let mut kept = kept.into_iter();
            kept.all(|(name, kept)| all.get(name).is_some_and(|all| is_part(kept, all, nulls)))
        }
        (Value::Array(kept), Value::Array(all)) if kept.len() == all.len() => {
            let mut both = kept.iter().zip(all);
            both.all(|(kept, all)| is_part(kept, all, nulls))
        }
        _ => difference(all, kept, nulls).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::read;

    fn compare(before: &str, after: &str, nulls: Nulls) -> String {
        let (before, after) = (read(before).expect("JSON"), read(after).expect("JSON"));
        difference(&before, &after, nulls).unwrap_or_default()
    }

    #[test]
    fn numbers_are_decimals() {
        let check = |a: &str, b: &str, same: bool| {
            assert_eq!(compare(a, b, Nulls::Kept).is_empty(), same, "{a} {b}");
            assert_eq!(compare(b, a, Nulls::Kept).is_empty(), same, "{b} {a}");
        };
        check("1", "1.0", true);
        check("1.50", "1.5", true);
        check("100", "1e2", true);
        check("100", "1E+2", true);
        check("0.001", "1e-3", true);
        check("0.10e1", "1", true);
        check("-0", "0.0", true);
        check("0e9", "0", true);
        check("1", "-1", false);
        check("10", "1", false);
        check("1.1", "1.10000000000000000001", false);
        check("9007199254740993", "9007199254740992", false);
        check("9007199254740993", "9007199254740993.0", true);
        check("1e99999999999999999999", "1e99999999999999999999", true);
        check("1e99999999999999999999", "1e99999999999999999998", false);
        check("1e9223372036854775807", "10e9223372036854775807", false);
    }

    #[test]
    fn differences_are_named_with_their_place() {
        let check = |before: &str, after: &str, expected: &str| {
            assert_eq!(compare(before, after, Nulls::Absent), expected, "{before}");
        };
        check(r#"{"a": 1, "b": [true]}"#, r#"{"b": [true], "a": 1.0}"#, "");
        check(r#"{"a": 1, "a": 2}"#, r#"{"a": 2}"#, "");
        check("\"\\u0041\"", "\"A\"", "");
        check(
            r#"{"a": [{"b": 1}]}"#,
            r#"{"a": [{"b": "1"}]}"#,
            r#"/a/0/b: 1 became "1""#,
        );
        check("[1, 2]", "[1]", "2 elements became 1");
        check(
            r#"{"a": {"b": "x"}}"#,
            r#"{"a": {}}"#,
            r#"/a/b: "x" is lost"#,
        );
        check("{}", r#"{"a": 1}"#, "/a: 1 is new");
        check("[]", "{}", "[] became {}");
        let long = format!("\"{}\"", "é".repeat(80));
        let cut = format!("\"{}… became 1", "é".repeat(59));
        check(&long, "1", &cut);
    }

    #[test]
    fn a_null_member_of_a_reply_counts_as_absent() {
        let check = |before: &str, after: &str, absent: &str, kept: &str| {
            assert_eq!(compare(before, after, Nulls::Absent), absent, "{before}");
            assert_eq!(compare(before, after, Nulls::Kept), kept, "{before}");
        };
        check(r#"{"a": null}"#, "{}", "", "/a: null is lost");
        check("{}", r#"{"a": null}"#, "", "/a: null is new");
        check(r#"{"a": null}"#, r#"{"a": null}"#, "", "");
        check(
            r#"{"a": 1}"#,
            r#"{"a": null}"#,
            "/a: 1 is lost",
            "/a: 1 became null",
        );
        check("[null]", "[]", "1 elements became 0", "1 elements became 0");
    }

    #[test]
    fn parts_have_fewer_members() {
        let check = |all: &str, kept: &str, expected: bool| {
            let read = |text| crate::document::json::read(text).expect("JSON");
            let is = is_part(&read(kept), &read(all), Nulls::Absent);
            assert_eq!(is, expected, "{kept} of {all}");
        };
        check(
            r#"{"a": 1, "b": {"c": 2, "d": 3}}"#,
            r#"{"b": {"d": 3.0}}"#,
            true,
        );
        check(r#"[{"a": 1}, {"b": 2}]"#, "[{}, {}]", true);
        check(r#"{"a": 1}"#, r#"{"a": 1, "b": [], "c": null}"#, true);
        check(r#"{"a": 1}"#, r#"{"a": 1, "b": 2}"#, false);
        check(r#"{"a": 1}"#, r#"{"a": 2}"#, false);
        check("[1, 2]", "[1]", false);
    }
}
