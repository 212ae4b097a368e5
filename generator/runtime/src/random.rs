//! Texts that nobody can foresee.

use std::hash::{BuildHasher, RandomState};

/// 128 random bits as 32 hexadecimal digits.
pub(super) fn text() -> String {
    format!("{:016x}{:016x}", bits(), bits())
}

/// Each `RandomState` has keys of its own, taken from the randomness of the operating system.
fn bits() -> u64 {
    RandomState::new().hash_one("random")
}

/// A number from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
pub(super) fn part() -> f64 {
    (bits() >> 11) as f64 / (1_u64 << 53) as f64
}
