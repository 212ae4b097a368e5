//! The header fields that are compared.

use super::super::Line;

/// A name in lower case, and a value.
pub(in super::super) type Header = (String, String);

/// The header fields that a client adds by itself: they count only where a request sets them.
const SYSTEM: [&str; 9] = [
    "user-agent",
    "accept",
    "postman-token",
    "accept-encoding",
    "connection",
    "host",
    "cache-control",
    "content-length",
    "transfer-encoding",
];

/// The header fields of each side that the other has not, in any order. Between multipart bodies, boundaries do
/// not count.
pub(super) fn unpaired(a: &Line, b: &Line, is_multipart: bool) -> (Vec<Header>, Vec<Header>) {
    let (added_a, added_b) = (names(&a.system_headers), names(&b.system_headers));
    let own: Vec<String> = names(&a.headers)
        .into_iter()
        .filter(|name| !added_a.contains(name))
        .collect();
    let counts = |name: &String| {
        let is_system = SYSTEM.contains(&name.as_str());
        (own.contains(name) || !is_system) && !added_a.contains(name)
    };
    let list = |line: &Line, also: &dyn Fn(&String) -> bool| -> Vec<Header> {
        let headers = line.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value));
        headers
            .filter(|(name, _)| counts(name) && also(name))
            .map(|(name, value)| {
                let value = compared(a, &name, value, is_multipart);
                (name, value)
            })
            .collect()
    };
    let expected = list(a, &|_| true);
    let actual = list(b, &|name| own.contains(name) || !added_b.contains(name));
    (minus(&expected, &actual), minus(&actual, &expected))
}

fn names(headers: &[(String, String)]) -> Vec<String> {
    headers
        .iter()
        .map(|(name, _)| name.to_lowercase())
        .collect()
}

/// What of a value counts: not the blanks around it, not a boundary, of a signature with a random part only its scheme.
fn compared(expected: &Line, name: &str, value: &str, is_multipart: bool) -> String {
    let value = value.trim_matches([' ', '\t']);
    if name == "authorization" && expected.auth_nondeterministic {
        return value.split(' ').next().unwrap_or_default().to_owned();
    }
    if is_multipart && name == "content-type" {
        return without_boundary(value);
    }
    value.to_owned()
}

fn without_boundary(value: &str) -> String {
    const NAME: &str = "boundary=";
    let lower = value.to_ascii_lowercase();
    if !lower.starts_with("multipart/") {
        return value.to_owned();
    }
    let places = lower.match_indices(NAME).map(|(at, _)| at);
    let mut ends = places.filter_map(|at| {
        let before = value[..at].trim_end().strip_suffix(';')?;
        Some((before.trim_end(), &value[at + NAME.len()..]))
    });
    let Some((before, rest)) = ends.next() else {
        return value.to_owned();
    };
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let end = rest.find(';').unwrap_or(rest.len());
    let after = quoted.map_or(&rest[end..], |(_, after)| after);
    format!("{before}{after}")
}

/// What of a list is not in the other one, counting repetitions.
fn minus(list: &[Header], other: &[Header]) -> Vec<Header> {
    let mut left: Vec<&Header> = other.iter().collect();
    let mut rest = Vec::new();
    for header in list {
        match left.iter().position(|own| *own == header) {
            Some(index) => {
                left.swap_remove(index);
            }
            None => rest.push(header.clone()),
        }
    }
    rest
}
