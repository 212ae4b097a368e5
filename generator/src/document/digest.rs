//! Digests of texts: they tell whether a text is still the same, on every machine and in every version.

/// FNV-1a. It finds changes, not forgeries.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The digest of a text, as 16 digits. How its lines end does not count: Git may change that.
#[must_use]
pub fn digest(text: &str) -> String {
    let hash = if text.contains('\r') {
        hash(&text.replace("\r\n", "\n"))
    } else {
        hash(text)
    };
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn a_digest_is_that_of_the_lines() {
        assert_eq!(digest("a\nb\n"), digest("a\r\nb\r\n"));
        assert_ne!(digest("a\nb\n"), digest("a\n\nb\n"));
        // The test vectors of FNV-1a with 64 bits.
        assert_eq!(digest(""), "cbf29ce484222325");
        assert_eq!(digest("a"), "af63dc4c8601ec8c");
    }
}
