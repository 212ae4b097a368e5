//! Path and query: characters of values that the client encodes, and Postman does not.

use std::collections::BTreeSet;

use super::{
    BASE_SLASH, Deliberate, ENCODED_FORM, PATH_DELIMITER, PATH_MARK, PATH_OBJECT, PERCENT,
    PLACEHOLDER, QUERY_DELIMITER, QUERY_LITERAL, TWICE, URL_CHARACTER, placeholder,
};
use crate::document::encode::{hexadecimal, octet};

type Reasons = BTreeSet<&'static Deliberate>;

/// Why two targets differ, of which the client may have replaced so many placeholders.
pub(super) fn reasons(
    expected: &str,
    actual: &str,
    stand_ins: usize,
) -> Option<Vec<&'static Deliberate>> {
    match placeholder::filled(expected, actual, stand_ins) {
        Some(filled) => {
            let mut reasons = of_values(&filled, actual)?;
            reasons.push(&PLACEHOLDER);
            Some(reasons)
        }
        None => of_values(expected, actual),
    }
}

/// Why two targets differ. They are read from left to right: either a character is the same in both, or the client
/// has its percent-encoded form, and there is a reason for it.
fn of_values(expected: &str, actual: &str) -> Option<Vec<&'static Deliberate>> {
    let targets = Targets {
        expected: expected.as_bytes(),
        actual: actual.as_bytes(),
        query: actual.find('?').unwrap_or(actual.len()),
    };
    // Where both have `%`, there are two ways: it may be the same, or encoded once more.
    let mut ways = vec![(0, 0, Reasons::new())];
    let mut seen = BTreeSet::new();
    while let Some((at, other, reasons)) = ways.pop() {
        match targets.end(at, other) {
            End::Both => return Some(reasons.into_iter().collect()),
            End::Cut(reason) => return Some(reasons.into_iter().chain([reason]).collect()),
            End::NotYet => {}
        }
        if !seen.insert((at, other)) {
            continue;
        }
        for (length, reason) in targets.encoded(at, other).into_iter().flatten() {
            let reasons = reasons.iter().copied().chain([reason]).collect();
            ways.push((at + 1, other + length, reasons));
        }
        if let Some(length) = targets.respelled(at, other) {
            let reasons = reasons.iter().copied().chain([&ENCODED_FORM]).collect();
            ways.push((at + 3, other + length, reasons));
        }
        if let Some((length, sent)) = targets.object(at, other) {
            let reasons = reasons.iter().copied().chain([&PATH_OBJECT]).collect();
            ways.push((at + length, other + sent, reasons));
        }
        if let Some(length) = targets.literal(at, other) {
            let reasons = reasons.iter().copied().chain([&QUERY_LITERAL]).collect();
            ways.push((at, other + length, reasons));
        }
        if targets.is_second_slash(at, other) {
            let reasons = reasons.iter().copied().chain([&BASE_SLASH]).collect();
            ways.push((at + 1, other, reasons));
        }
        if targets.expected.get(at) == targets.actual.get(other) {
            ways.push((at + 1, other + 1, reasons));
        }
    }
    None
}

/// A length in the actual target, and why that is not the one character of the expected target.
type Step = Option<(usize, &'static Deliberate)>;

/// Whether a comparison has come to an end.
enum End {
    /// No.
    NotYet,
    /// Both targets are at their ends.
    Both,
    /// The expected one is, because a `#` in a value ended the URL.
    Cut(&'static Deliberate),
}

struct Targets<'a> {
    expected: &'a [u8],
    actual: &'a [u8],
    /// Where the query of the actual target begins.
    query: usize,
}

impl Targets<'_> {
    /// Whether this is the end of both, or of the expected one.
    fn end(&self, at: usize, other: usize) -> End {
        if at < self.expected.len() {
            return End::NotYet;
        }
        match self.actual.get(other..).and_then(octet) {
            Some(b'#') if other < self.query => End::Cut(&PATH_DELIMITER),
            Some(b'#') => End::Cut(&QUERY_DELIMITER),
            _ if other == self.actual.len() => End::Both,
            _ => End::NotYet,
        }
    }

    /// The length of a value that only the actual query has, behind the same name: a number or a boolean.
    fn literal(&self, at: usize, other: usize) -> Option<usize> {
        let is_end = matches!(self.expected.get(at), None | Some(b'&'));
        if !is_end || other <= self.query {
            return None;
        }
        let value = self.actual.get(other..)?.strip_prefix(b"=")?;
        let value = value.split(|byte| *byte == b'&').next()?;
        let text = std::str::from_utf8(value).ok()?;
        let is_literal = matches!(text, "true" | "false") || text.parse::<f64>().is_ok();
        is_literal.then_some(1 + value.len())
    }

    /// Whether this is a slash behind another one in the expected path: both ends of a joint have one.
    fn is_second_slash(&self, at: usize, other: usize) -> bool {
        let end = at
            .checked_sub(1)
            .and_then(|before| self.expected.get(before..=at));
        other <= self.query && end == Some(b"//")
    }

    /// The ways over a character that is encoded in the actual target only.
    fn encoded(&self, at: usize, other: usize) -> [Step; 2] {
        let expected = self.expected.get(at).copied();
        let rest = self.actual.get(other..).unwrap_or_default();
        let (Some(expected), Some(encoded)) = (expected, octet(rest)) else {
            return [None, None];
        };
        let in_path = other < self.query;
        // Postman takes `\` in a path for `/`.
        let is_same = expected == encoded || in_path && (expected, encoded) == (b'/', b'\\');
        let reason = match encoded {
            b'%' => Some(&PERCENT),
            b'/' | b'?' | b'\\' if in_path => Some(&PATH_DELIMITER),
            b';' if in_path => Some(&PATH_MARK),
            b':' if in_path && !self.actual[other..self.query].contains(&b'/') => Some(&PATH_MARK),
            b'&' | b'+' | b';' if !in_path => Some(&QUERY_DELIMITER),
            b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'|' | b'^' | b'[' | b']' => {
                Some(&URL_CHARACTER)
            }
            _ => None,
        };
        let once = reason.filter(|_| is_same).map(|reason| (3, reason));
        let again = rest.get(3..).filter(|_| encoded == b'%' && in_path);
        let again = again.and_then(hexadecimal);
        let is_twice = again == Some(expected) && self.has_slash_twice(other);
        [once, is_twice.then_some((5, &TWICE))]
    }

    /// How long the client's form is of what stands encoded in the expected target: digits of another case, or the
    /// character itself where that means nothing more than itself.
    fn respelled(&self, at: usize, other: usize) -> Option<usize> {
        let rest = self.actual.get(other..)?;
        let before = self
            .expected
            .get(at..)
            .filter(|rest| rest.first() == Some(&b'%'))?;
        let byte = octet(before)?;
        if rest.first() == Some(&b'%') {
            let is_respelled = octet(rest) == Some(byte) && rest.get(..3) != before.get(..3);
            return is_respelled.then_some(3);
        }
        let meaning: &[u8] = if other < self.query {
            b"/?#%;"
        } else {
            b"&#%+;="
        };
        (rest.first() == Some(&byte) && !meaning.contains(&byte)).then_some(1)
    }

    /// The length of a segment that Postman's engine makes of an object, and of what the client has in its place.
    fn object(&self, at: usize, other: usize) -> Option<(usize, usize)> {
        const OBJECT: &[u8] = b"/[object%20Object]";
        let rest = self.expected.get(at..)?.strip_prefix(OBJECT)?;
        let is_whole = matches!(rest.first(), None | Some(b'/' | b'?'));
        let path = self.actual.get(other..self.query)?.strip_prefix(b"/")?;
        let end = path.iter().position(|byte| *byte == b'/');
        let length = end.unwrap_or(path.len());
        (is_whole && length > 0).then_some((OBJECT.len(), 1 + length))
    }

    /// Whether the segment around a place of the actual target holds a `/` that is encoded twice.
    fn has_slash_twice(&self, other: usize) -> bool {
        let path = &self.actual[..self.query];
        let is_slash = |byte: &u8| *byte == b'/';
        let start = path[..other].iter().rposition(is_slash).unwrap_or_default();
        let end = path[other..].iter().position(is_slash);
        let segment = &path[start..end.map_or(path.len(), |end| other + end)];
        segment.windows(5).any(|own| own == b"%252F")
    }
}
