//! Percent-encoding of the texts that stand in a document (rules E1 to E3): what Postman encodes is
//! encoded, what it leaves alone stays, so that the wire form is the same. Values that a caller
//! supplies are encoded by the runtime, so that they change nothing else; so what stands encoded in a
//! document is decoded first.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What is encoded in a piece of a path. `%` stays, so that what is encoded is not encoded again.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// What is encoded in a name or a value of a query.
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'\'')
    .add(b'<')
    .add(b'>');

/// What is encoded in the name of a query element: `&` and `=` would end it.
const QUERY_NAME: &AsciiSet = &QUERY.add(b'&').add(b'=');

/// What is encoded in a name or a value of an urlencoded form: all but letters, digits and `-._~`. What is encoded is
/// encoded again.
const FORM: &AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A piece of a path.
pub(crate) fn path(text: &str) -> String {
    utf8_percent_encode(text, PATH).to_string()
}

/// A name or a value of a query.
pub(crate) fn query(text: &str) -> String {
    utf8_percent_encode(text, QUERY).to_string()
}

/// A name of a query.
pub(crate) fn query_name(text: &str) -> String {
    utf8_percent_encode(text, QUERY_NAME).to_string()
}

/// A name or a value of an urlencoded form.
pub(crate) fn form(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string()
}

/// The text that an encoded one stands for; what is no text when it is decoded stays as it is.
pub(crate) fn decoded(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Cow::into_owned)
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

#[cfg(test)]
mod tests {
    #[test]
    fn encodes_what_postman_encodes() {
        let check = |encoded: String, expected: &str| assert_eq!(encoded, expected);
        check(super::path("a b/[c]|^%2F%zz"), "a%20b/[c]|^%2F%zz");
        check(super::path("<é>`{}?#"), "%3C%C3%A9%3E%60%7B%7D%3F%23");
        check(super::query("a'b+c,{d}|\\"), "a%27b+c,{d}|\\");
        check(super::query_name("filter[a]=&"), "filter[a]%3D%26");
        check(
            super::form("a-._~b c%2F\u{7f}'(é"),
            "a-._~b%20c%252F%7F%27%28%C3%A9",
        );
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
