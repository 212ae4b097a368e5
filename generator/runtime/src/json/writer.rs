//! The writer: a text that grows.

use std::fmt::Write as _;

use super::encode::Encode;
use super::map::Extra;
use super::scan;

/// A JSON text that grows. Implementations of [`Encode`] add one value to it.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// Writes an object: its members that are not absent, of which there are as many as names, and then others.
    pub fn record(&mut self, names: &[&str], values: &[&dyn Encode], extra: Option<&Extra>) {
        let mut before = '{';
        for (name, value) in names.iter().zip(values) {
            if !value.is_absent() {
                self.member(before, name, *value);
                before = ',';
            }
        }
        for (name, value) in extra.into_iter().flat_map(Extra::iter) {
            self.member(before, name, value);
            before = ',';
        }
        self.end(before, '{', "}");
    }

    /// Writes an object.
    pub fn object(&mut self, members: &mut dyn Iterator<Item = (&str, &dyn Encode)>) {
        let mut before = '{';
        for (name, value) in members {
            self.member(before, name, value);
            before = ',';
        }
        self.end(before, '{', "}");
    }

    /// Writes an array.
    pub fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) {
        let mut before = '[';
        for value in elements {
            self.text.push(before);
            value.encode(self);
            before = ',';
        }
        self.end(before, '[', "]");
    }

    /// Writes a string.
    pub fn text(&mut self, text: &str) {
        self.text.push('"');
        let mut start = 0;
        while let Some((at, byte)) = scan::special(text.as_bytes(), start) {
            self.text.push_str(text.get(start..at).unwrap_or_default());
            self.escape(byte);
            start = at + 1;
        }
        self.text.push_str(text.get(start..).unwrap_or_default());
        self.text.push('"');
    }

    /// Writes text that is JSON already.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn whole(&mut self, mut value: u64) {
        // As many as `u64::MAX` has.
        let mut digits = [b'0'; 20];
        let mut start = digits.len();
        for (at, digit) in digits.iter_mut().enumerate().rev() {
            *digit += u8::try_from(value % 10).unwrap_or_default();
            value /= 10;
            start = at;
            if value == 0 {
                break;
            }
        }
        let digits = digits.get(start..).unwrap_or_default();
        self.raw(std::str::from_utf8(digits).unwrap_or_default());
    }

    pub(super) fn float(&mut self, value: f64) {
        // Writing to a `String` cannot fail.
        let _ = match value.abs() {
            0.0 | 1e-5..1e16 => write!(self.text, "{value}"),
            size if size.is_finite() => write!(self.text, "{value:e}"),
            _ => write!(self.text, "null"),
        };
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    #[inline]
    fn member(&mut self, before: char, name: &str, value: &dyn Encode) {
        self.text.push(before);
        self.text(name);
        self.text.push(':');
        value.encode(self);
    }

    /// Ends an object or an array; if nothing was in it, it has no beginning yet.
    fn end(&mut self, before: char, open: char, close: &str) {
        if before == open {
            self.text.push(open);
        }
        self.text.push_str(close);
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.raw("\\\""),
            b'\\' => self.raw("\\\\"),
            b'\n' => self.raw("\\n"),
            b'\r' => self.raw("\\r"),
            b'\t' => self.raw("\\t"),
            0x8 => self.raw("\\b"),
            0xc => self.raw("\\f"),
            _ => {
                // Writing to a `String` cannot fail.
                let _ = write!(self.text, "\\u{byte:04x}");
            }
        }
    }
}
