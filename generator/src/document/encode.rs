//! Percent-encoding of the texts that stand in a document (rules E1 to E3): what Postman encodes is
//! encoded, what it leaves alone stays, so that the wire form is the same. Values that a caller
//! supplies are encoded by the runtime, so that they change nothing else; so what stands encoded in a
//! document is decoded first.

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

/// A name or a value of an urlencoded form: what is encoded is encoded again.
pub(crate) fn form(text: &str) -> String {
    encode(text, b" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}")
}

/// The text that an encoded one stands for; what is no text when it is decoded stays as it is.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let encoded = octet(rest);
        bytes.push(encoded.unwrap_or(byte));
        rest = if encoded.is_some() { &rest[3..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The byte of a `%XX` at the beginning of a text.
pub(crate) fn octet(text: &[u8]) -> Option<u8> {
    hexadecimal(text.strip_prefix(b"%")?)
}

/// The byte that the two hexadecimal digits at the beginning of a text are.
pub(crate) fn hexadecimal(text: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
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

    #[test]
    fn decodes_what_is_text() {
        let check = |text: &str, expected: &str| assert_eq!(super::decoded(text), expected);
        check("a%20b%2Fc%C3%a9", "a b/cé");
        check("100%", "100%");
        check("%zz%4", "%zz%4");
        check("%C3", "%C3");
        check("é+%2B", "é++");
    }
}
