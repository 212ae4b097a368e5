//! Places inside of a JSON document that is itself a string of another one.

use super::Span;

/// Where the characters of a decoded string stand in the text that it was read from.
///
/// A body is saved as a string with `\n` and `\"` in it; a message about the body has to show the place in
/// the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inner {
    /// Offset of the literal.
    start: usize,
    /// For each escape: the offset of what follows it, decoded and written.
    jumps: Vec<(usize, usize)>,
}

impl Inner {
    /// Of the string literal, quotation marks included, that begins at `start` of its document.
    #[must_use]
    pub fn new(literal: &str, start: usize) -> Self {
        let bytes = literal.as_bytes();
        let (mut at, mut decoded) = (1, 0);
        let mut jumps = vec![(decoded, at)];
        while at + 1 < bytes.len() {
            if bytes[at] != b'\\' {
                at += 1;
                decoded += 1;
                continue;
            }
            let (written, length) = escape(&literal[at..]);
            at += written;
            decoded += length;
            jumps.push((decoded, at));
        }
        Self::of(start, jumps)
    }

    /// Of a literal that begins at `start`: for characters of the decoded string, in order, where they are
    /// written in the literal. What stands between two of them is written as it is.
    #[must_use]
    pub fn of(start: usize, jumps: Vec<(usize, usize)>) -> Self {
        Self { start, jumps }
    }

    /// The span in the outer document of a span of the decoded string.
    #[must_use]
    pub fn outer(&self, span: Span) -> Span {
        Span {
            start: self.offset(span.start),
            end: self.offset(span.end),
        }
    }

    fn offset(&self, decoded: usize) -> usize {
        let before = self.jumps.partition_point(|(at, _)| *at <= decoded);
        let jump = before
            .checked_sub(1)
            .and_then(|index| self.jumps.get(index));
        let (from, to) = jump.copied().unwrap_or_default();
        self.start + to + (decoded - from)
    }
}

/// How long the escape is that the text begins with, as it is written and as it is decoded.
fn escape(text: &str) -> (usize, usize) {
    if !text.starts_with("\\u") {
        return (2, 1);
    }
    let code = |text: &str| {
        let digits = text.strip_prefix("\\u").and_then(|rest| rest.get(..4))?;
        u32::from_str_radix(digits, 16).ok()
    };
    let first = code(text).unwrap_or_default();
    if (0xD800..0xDC00).contains(&first) {
        let second = text.get(6..).and_then(code).unwrap_or_default();
        if (0xDC00..0xE000).contains(&second) {
            return (12, 4);
        }
    }
    let decoded = char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER);
    (6, decoded.len_utf8())
}
