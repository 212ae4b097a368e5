//! Text of strangers as it may be shown: in comments, in messages, on a terminal.
//!
//! Control characters can drive a terminal and end a line; others change the direction of a text or cannot be seen,
//! so that it looks like something else. None of them gets past this module.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

/// Prose without what a reader cannot see: control characters, byte order marks, and characters that change the
/// direction of text. All kinds of line ends become `\n`; tabs stay.
pub(crate) fn prose(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        match next {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\n' | '\t' => cleaned.push(next),
            _ if is_unseen(next) => {}
            _ => cleaned.push(next),
        }
    }
    Cow::Owned(cleaned)
}

/// A text on one line. What cannot be seen stands there as Rust escapes it, `\n` or `\u{202e}`.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

/// A text of several lines. What cannot be seen, but for the ends of lines, stands there as Rust escapes it.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c == '\n')
}

/// Appends a line to a text that is shown: whatever is in it, it stays one line.
pub fn push_line(text: &mut String, line: &str) {
    text.push_str(&self::line(line));
    text.push('\n');
}

/// A text as it is shown beside places that are counted in bytes: what cannot be seen becomes something of the same
/// length, but for what is ASCII.
pub(crate) fn of_same_length(text: &str) -> Cow<'_, str> {
    let is_replaced = |c: char| !c.is_ascii() && is_unseen(c);
    if !text.contains(is_replaced) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match c.len_utf8() {
        _ if !is_replaced(c) => c,
        2 => '\u{b7}',
        3 => '\u{fffd}',
        _ => '\u{1f7aa}',
    });
    Cow::Owned(shown.collect())
}

fn escaped(text: &str, may_stay: fn(char) -> bool) -> Cow<'_, str> {
    let is_escaped = |c: char| is_unseen(c) && !may_stay(c);
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_escaped(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// A path on one line. What cannot be seen is replaced: an escape would look like a path of Windows.
#[must_use]
pub fn path(path: impl AsRef<Path>) -> String {
    let path = path.as_ref().to_string_lossy();
    path.replace(is_unseen, "\u{fffd}")
}

/// Whether a character is a control character, ends a line, changes the direction of text, or has no width.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// What something was made of: the name of a document, of a request in it. Whatever a file is called, this is a
/// text on one line that can end neither a comment nor a message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Origin(String);

impl Origin {
    /// That of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.replace(is_unseen, "\u{fffd}"))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_one_line() {
        let check = |text: &str, expected: &str| assert_eq!(Origin::new(text).as_str(), expected);
        check("zoom.json", "zoom.json");
        check("Größe  a\\b.json", "Größe  a\\b.json");
        check("a\nfn main() {}", "a\u{fffd}fn main() {}");
        check("a\r\n\tb", "a\u{fffd}\u{fffd}\u{fffd}b");
        check("a\u{2028}b\u{85}c", "a\u{fffd}b\u{fffd}c");
        check("\u{1b}[31m\u{202e}a", "\u{fffd}[31m\u{fffd}a");
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(line("a\n\u{202e}"), "a\\n\\u{202e}");
        assert_eq!(lines("a\nb\u{7}\r"), "a\nb\\u{7}\\r");
    }
}
