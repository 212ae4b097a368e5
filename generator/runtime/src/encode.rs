//! Percent-encoding (RFC 3986, section 2.1): which characters stay as they are, and where.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Forms: only the unreserved characters of RFC 3986 stay.
pub(super) const STRICT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Values in a path: what RFC 3986 allows in a segment stays, and what Postman leaves as it is and
/// no URL library gives a meaning to. Not `;`, which begins parameters of a segment for some servers
/// (RFC 3986, section 3.3), nor `%` and `\`, which would be read as something else.
pub(super) const PATH: &AsciiSet = &STRICT
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b'=')
    .remove(b'@')
    .remove(b':')
    .remove(b'[')
    .remove(b']')
    .remove(b'|')
    .remove(b'^');

/// Values in a query: encoded are the characters that Postman encodes, and those that would end the
/// element (`&`) or be read as something else (`%`, and `+` as a blank). `=` stays, because only the
/// first one of an element separates. For `;` see [`push_query_value`].
const QUERY_VALUE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'&')
    .add(b'%')
    .add(b'+');

/// Names in a query: as values, and `=` and `;`, which would end the name.
pub(super) const QUERY_NAME: &AsciiSet = &QUERY_VALUE.add(b'=').add(b';');

/// The characters of a file name that RFC 8187 lets stand as they are (`attr-char`), as far as
/// Postman does.
pub(super) const FILE_NAME: &AsciiSet = &STRICT.remove(b'!').remove(b'^').remove(b'`').remove(b'|');

/// A `Location` sent by a server: what is no URL character is encoded, the rest is the server's.
pub(super) const LOCATION: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Appends `value` to `out`, with every character of `set` and every non-ASCII one encoded.
pub(super) fn push(out: &mut String, set: &'static AsciiSet, value: &dyn Display) {
    write(&mut Encoder { out, set }, value);
}

/// Appends a value to a query.
///
/// Some servers take `;` for `&`, as HTML 4.01 asked for (appendix B.2.2). So it is encoded where a `=`
/// comes behind it: such a server would see another parameter with a value. Where there is none, as in
/// a list of coordinates, it stays, as in Postman.
pub(super) fn push_query_value(out: &mut String, value: &dyn Display) {
    let start = out.len();
    push(out, QUERY_VALUE, value);
    if let Some(length) = out[start..].rfind('=') {
        let end = start + length;
        let safe = out[start..end].replace(';', "%3B");
        out.replace_range(start..end, &safe);
    }
}

/// The text of `value`.
pub(super) fn text(value: &dyn Display) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(out: &mut dyn Write, value: &dyn Display) {
    // Cannot fail: writing to a `String` does not, and `Display` has no errors of its own
    // (documentation of `std::fmt`).
    let _ = write!(out, "{value}");
}

struct Encoder<'a> {
    out: &'a mut String,
    set: &'static AsciiSet,
}

impl Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.out.extend(utf8_percent_encode(text, self.set));
        Ok(())
    }
}

/// Values in a query that may hold reserved characters (OpenAPI, `allowReserved`).
const RESERVED: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// Appends a value that may hold reserved characters, and what is percent-encoded already.
pub(super) fn push_reserved(out: &mut String, value: &str) {
    let is_encoded = |rest: &str| {
        let digits = rest.as_bytes().get(1..3).unwrap_or_default();
        digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit)
    };
    let mut rest = value;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        push(out, RESERVED, &before);
        // One byte or three, all of them ASCII.
        let (percent, after) = from.split_at(if is_encoded(from) { 3 } else { 1 });
        out.push_str(if percent.len() == 3 { percent } else { "%25" });
        rest = after;
    }
    push(out, RESERVED, &rest);
}
