//! Percent-encoding as signatures ask for it.

use percent_encoding::percent_decode_str;

use super::super::encode;

/// The text with everything encoded but letters, digits and `-._~` (RFC 5849, section 3.6).
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    encode::push(&mut encoded, encode::STRICT, &text);
    encoded
}

/// Text of a query or a form without its encoding.
pub(super) fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
