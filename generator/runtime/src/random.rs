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
