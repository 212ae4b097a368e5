//! Places inside of a text that stands in YAML, where it may be folded, indented or escaped.

use crate::document::json::Inner;

/// Where the characters of a text stand in the scalar that it was read from, which begins at `start` of its
/// document. What stands in a form that is not understood has the place before it.
#[must_use]
pub fn inner(literal: &str, start: usize, text: &str) -> Inner {
    let jumps = match literal.as_bytes().first() {
        Some(b'"') => flow(literal, text, Some('\\')),
        Some(b'\'') => flow(literal, text, Some('\'')),
        _ => lines(literal, text).unwrap_or_else(|| flow(literal, text, None)),
    };
    Inner::of(start, jumps)
}

/// A literal block, or a text of one line: each line is written as it is, behind its indentation.
fn lines(literal: &str, text: &str) -> Option<Vec<(usize, usize)>> {
    let mut jumps = Vec::new();
    // The scalar begins at its first line that is not empty.
    let empty = text.len() - text.trim_start_matches('\n').len();
    let (mut decoded, mut at) = (empty, 0);
    let mut written = literal.split_inclusive('\n');
    for line in text[empty..].split('\n') {
        let Some(whole) = written.next() else {
            return line.is_empty().then_some(jumps);
        };
        let bare = whole.trim_end_matches(['\n', '\r']);
        // An empty line may hold blanks.
        let indentation = bare.len().checked_sub(line.len())?;
        if !bare.ends_with(line) || !bare[..indentation].trim().is_empty() {
            return None;
        }
        jumps.push((decoded, at + indentation));
        decoded += line.len() + 1;
        at += whole.len();
    }
    Some(jumps)
}

/// A text whose lines are folded: a line break with the blanks around it is one blank, or as many line breaks as
/// there are empty lines. In quotes, `mark` begins what stands for another character.
fn flow(literal: &str, text: &str, mark: Option<char>) -> Vec<(usize, usize)> {
    let quoted = usize::from(mark.is_some());
    let (mut at, mut decoded) = (quoted, 0);
    let mut jumps = vec![(0, quoted)];
    while decoded < text.len() {
        let Some(rest) = literal.get(at..).filter(|rest| !rest.is_empty()) else {
            break;
        };
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let (written, length) = if rest[..blanks].contains('\n') {
            (
                blanks,
                rest[..blanks]
                    .matches('\n')
                    .count()
                    .saturating_sub(1)
                    .max(1),
            )
        } else if rest.starts_with('\\') && mark == Some('\\') {
            escape(rest)
        } else if rest.starts_with("''") && mark == Some('\'') {
            (2, 1)
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            (length, length)
        };
        at += written;
        decoded += length;
        if written != length {
            jumps.push((decoded, at));
        }
    }
    jumps
}

/// How long the escape is that the text begins with, as it is written and as it is decoded.
fn escape(text: &str) -> (usize, usize) {
    let digits = match text.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        // The line goes on behind the blanks of the next one.
        Some(b'\n' | b'\r') => {
            let rest = text[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            return (text.len() - rest.len(), 0);
        }
        // U+0085, U+00A0; U+2028, U+2029.
        Some(b'N' | b'_') => return (2, 2),
        Some(b'L' | b'P') => return (2, 3),
        Some(_) => {
            let length = text[1..].chars().next().map_or(1, char::len_utf8);
            return (1 + length, 1);
        }
        None => return (1, 1),
    };
    let code = text.get(2..2 + digits);
    let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
    let decoded = code.and_then(char::from_u32).map_or(1, char::len_utf8);
    (2 + digits, decoded)
}
