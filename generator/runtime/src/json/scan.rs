//! Where a run of plain characters in a JSON string ends.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);

/// The first byte from `at` on that is a quotation mark, a backslash or a control character, and its index.
///
/// Eight bytes at a time: subtracting makes the high bit of a byte appear where the byte was less. A borrow can do
/// that to the next byte as well, but never to one before the first that is searched for.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> Option<(usize, u8)> {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let eight = u64::from_le_bytes(*chunk);
        let quote = eight ^ QUOTES;
        let backslash = eight ^ BACKSLASHES;
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (eight.wrapping_sub(BLANKS) & !eight);
        let found = found & HIGHS;
        if found != 0 {
            at += (found.trailing_zeros() / 8) as usize;
            return bytes.get(at).map(|byte| (at, *byte));
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let found = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
    rest.get(found).map(|byte| (at + found, *byte))
}

/// The end of a number that begins at `at`, by the grammar of RFC 8259, section 6.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let minus = usize::from(bytes.get(at) == Some(&b'-'));
    let mut at = at + minus;
    at = match bytes.get(at)? {
        b'0' => at + 1,
        _ => digits(bytes, at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at = digits(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits(bytes, at + 1 + sign)?;
    }
    Some(at)
}

/// The end of one or more digits.
fn digits(bytes: &[u8], mut at: usize) -> Option<usize> {
    let start = at;
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    (at > start).then_some(at)
}
