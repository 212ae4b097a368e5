//! Percent-encoding (RFC 3986, section 2.1): which characters stay as they are, and where.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Path values and forms: only the unreserved characters of RFC 3986 stay.
pub(super) const STRICT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Names in a query: what RFC 3986 allows there stays, unless some server or URL library gives
/// it a meaning (`&`, `=`, `+`, `#`, `%`, `;`, `'`, brackets).
pub(super) const QUERY_NAME: &AsciiSet = &STRICT
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'?');

/// Values in a query: as names, and `=`, because only the first `=` of an element separates.
pub(super) const QUERY_VALUE: &AsciiSet = &QUERY_NAME.remove(b'=');

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
