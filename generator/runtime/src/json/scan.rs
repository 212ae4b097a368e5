//! Where a run of plain characters in a JSON string ends.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);

/// The first byte from `at` on that is a quotation mark, a backslash or a control character, and its index.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> Option<(usize, u8)> {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let found = specials(u64::from_le_bytes(*chunk));
        if found != 0 {
            at += (found.trailing_zeros() / 8) as usize;
            return bytes.get(at).map(|byte| (at, *byte));
        }
        at += 8;
    }
    // Fewer than eight: the bytes behind them are zero, and so they are found at the end.
    let rest = bytes.get(at..).unwrap_or_default();
    let eight = match bytes.last_chunk::<8>() {
        Some(last) if !rest.is_empty() => u64::from_le_bytes(*last) >> (8 * (8 - rest.len())),
        _ => rest
            .iter()
            .rev()
            .fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
    };
    at += (specials(eight).trailing_zeros() / 8) as usize;
    bytes.get(at).map(|byte| (at, *byte))
}

/// Eight bytes, of which the first that is searched for has its high bit set, and none before it.
///
/// Subtracting makes the high bit of a byte appear where the byte was less. A borrow can do that to the next byte as
/// well, but not to one before the first that is searched for.
#[inline]
fn specials(eight: u64) -> u64 {
    let quote = eight ^ QUOTES;
    let backslash = eight ^ BACKSLASHES;
    let found = (quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (eight.wrapping_sub(BLANKS) & !eight);
    found & HIGHS
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
