//! The writer: a text that grows.

use std::io::Write as _;

use super::encode::Encode;
use super::map::Extra;
use super::scan;

/// A JSON text that grows. Implementations of [`Encode`] add one value to it.
#[derive(Debug)]
pub struct Writer {
    // Only whole texts are added: it is UTF-8.
    text: Vec<u8>,
}

impl Writer {
    /// Where the text begins to grow: most bodies are larger than a few words.
    const CAPACITY: usize = 256;

    /// Writes an object: its members that are not absent, of which there are as many as names, and then others.
    pub fn record(&mut self, names: &[&str], values: &[&dyn Encode], extra: Option<&Extra>) {
        let mut before = b'{';
        for (name, value) in names.iter().zip(values) {
            if !value.is_absent() {
                self.member(before, name, *value);
                before = b',';
            }
        }
        for (name, value) in extra.into_iter().flat_map(Extra::iter) {
            self.member(before, name, value);
            before = b',';
        }
        self.end(before, *b"{}");
    }

    /// Writes an object.
    pub fn object(&mut self, members: &mut dyn Iterator<Item = (&str, &dyn Encode)>) {
        let mut before = b'{';
        for (name, value) in members {
            self.member(before, name, value);
            before = b',';
        }
        self.end(before, *b"{}");
    }

    /// Writes an array.
    pub fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) {
        let mut before = b'[';
        for value in elements {
            self.text.push(before);
            value.encode(self);
            before = b',';
        }
        self.end(before, *b"[]");
    }

    /// Writes a string.
    pub fn text(&mut self, text: &str) {
        self.text.push(b'"');
        self.escaped(text);
        self.text.push(b'"');
    }

    /// Writes text that is JSON already.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
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
        self.text.extend_from_slice(digits);
    }

    /// The shortest text that is read as the same number.
    pub(super) fn float(&mut self, value: f64) {
        if let Some((digits, places)) = short(value.abs()) {
            if value.is_sign_negative() {
                self.text.push(b'-');
            }
            self.whole(digits / 10_u64.pow(places));
            if places > 0 {
                self.text.push(b'.');
            }
            for place in (0..places).rev() {
                let digit = digits / 10_u64.pow(place) % 10;
                self.text
                    .push(b'0' + u8::try_from(digit).unwrap_or_default());
            }
            return;
        }
        let text = match value.abs() {
            1e-5..1e16 => value.to_string(),
            1e16.. if value.is_finite() => format!("{value:e}").replace('e', "e+"),
            0.0..1e-5 => format!("{value:e}"),
            _ => "null".to_owned(),
        };
        self.raw(&text);
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        String::from_utf8(self.text).unwrap_or_default()
    }

    /// The text in UTF-8.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.text
    }

    #[inline]
    fn member(&mut self, before: u8, name: &str, value: &dyn Encode) {
        self.text.extend_from_slice(&[before, b'"']);
        self.escaped(name);
        self.text.extend_from_slice(b"\":");
        value.encode(self);
    }

    /// Ends an object or an array; if nothing was in it, it has no beginning yet.
    #[inline]
    fn end(&mut self, before: u8, [open, close]: [u8; 2]) {
        if before == open {
            self.text.push(open);
        }
        self.text.push(close);
    }

    #[inline]
    fn escaped(&mut self, text: &str) {
        let bytes = text.as_bytes();
        match scan::special(bytes, 0) {
            None => self.text.extend_from_slice(bytes),
            Some(first) => self.escape(bytes, first),
        }
    }

    /// Writes text in which the first character to be escaped is known.
    fn escape(&mut self, bytes: &[u8], first: (usize, u8)) {
        let mut start = 0;
        let mut next = Some(first);
        while let Some((at, byte)) = next {
            self.text
                .extend_from_slice(bytes.get(start..at).unwrap_or_default());
            match byte {
                b'"' => self.raw("\\\""),
                b'\\' => self.raw("\\\\"),
                b'\n' => self.raw("\\n"),
                b'\r' => self.raw("\\r"),
                b'\t' => self.raw("\\t"),
                0x8 => self.raw("\\b"),
                0xc => self.raw("\\f"),
                _ => {
                    // Writing to memory cannot fail.
                    let _ = write!(self.text, "\\u{byte:04x}");
                }
            }
            start = at + 1;
            next = scan::special(bytes, start);
        }
        self.text
            .extend_from_slice(bytes.get(start..).unwrap_or_default());
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            text: Vec::with_capacity(Self::CAPACITY),
        }
    }
}

/// A number of few decimal places, as most are: its digits, and how many of them are places.
///
/// A whole number of up to 15 digits and the powers of ten are exact, so their quotient is the number nearest to that
/// decimal: the decimal is read as `value`. No shorter one is, or it would have been found before.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "a whole number below 1e15 is compared with what it was made of"
)]
fn short(value: f64) -> Option<(u64, u32)> {
    if (f64::MIN_POSITIVE..1e-5).contains(&value) {
        return None;
    }
    for (power, places) in [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6].into_iter().zip(0..) {
        let digits = (value * power).round();
        if digits < 1e15 && digits / power == value {
            return Some((digits as u64, places));
        }
    }
    None
}
