//! What becomes of a list of names and values that Postman's engine puts into an object of JavaScript.

use std::collections::BTreeMap;

/// The members in the order of an object: those of one name together, and array indices in front, ascending
/// (ECMA-262, `OrdinaryOwnPropertyKeys`).
pub(crate) fn as_object<T>(mut members: Vec<(String, T)>) -> Vec<(String, T)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in &members {
        let next = places.len();
        places.entry(name.clone()).or_insert(next);
    }
    members.sort_by_cached_key(|(name, _)| match index(name) {
        Some(index) => (false, u64::from(index), 0),
        None => (true, 0, places.get(name).copied().unwrap_or_default()),
    });
    members
}

/// An array index of JavaScript: a whole number below 2³² − 1, as it is written by itself.
fn index(name: &str) -> Option<u32> {
    let number: u32 = name.parse().ok()?;
    (number < u32::MAX && number.to_string() == name).then_some(number)
}

#[cfg(test)]
mod tests {
    #[test]
    fn members_come_in_the_order_of_javascript() {
        let check = |names: &[&str], expected: &[&str]| {
            let members = names.iter().map(|name| ((*name).to_owned(), ())).collect();
            let ordered = super::as_object(members);
            let ordered: Vec<&str> = ordered.iter().map(|(name, ())| name.as_str()).collect();
            assert_eq!(ordered, expected);
        };
        check(&["a", "b", "a"], &["a", "a", "b"]);
        check(&["b", "10", "9", "01", "a"], &["9", "10", "b", "01", "a"]);
        check(&["+1", "4294967295", "0"], &["0", "+1", "4294967295"]);
    }
}
