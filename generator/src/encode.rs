//! Percent-encoding of the texts that stand in a document (rules E1 to E3): what Postman encodes is
//! encoded, what it leaves alone stays, so that the wire form is the same. Values that a caller
//! supplies are encoded by the runtime, strictly.

use std::fmt::Write as _;

/// A piece of a path: a `%` stays, so that what is encoded is not encoded again.
pub(crate) fn path(text: &str) -> String {
    encode(text, b" \"#<>?`{}")
}

/// A name or a value of a query.
pub(crate) fn query(text: &str) -> String {
    encode(text, b" \"#'<>")
}

/// A name of a query: `&`, `#` and `=` would end it.
pub(crate) fn query_name(text: &str) -> String {
    encode(text, b" \"#'<>&=")
}

fn encode(text: &str, set: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_control() || !byte.is_ascii() || set.contains(&byte) {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        } else {
            encoded.push(char::from(byte));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    #[test]
    fn encodes_what_postman_encodes() {
        let check = |encoded: String, expected: &str| assert_eq!(encoded, expected);
        check(super::path("a b/[c]|^%2F%zz"), "a%20b/[c]|^%2F%zz");
        check(super::path("<é>`{}?#"), "%3C%C3%A9%3E%60%7B%7D%3F%23");
        check(super::query("a'b+c,{d}|\\"), "a%27b+c,{d}|\\");
        check(super::query_name("filter[a]=&"), "filter[a]%3D%26");
    }
}
