//! Hashes and message authentication codes.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::super::auth::Algorithm;

/// The HMAC of `data` (RFC 2104).
pub(super) fn hmac(algorithm: Algorithm, key: &[u8], data: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Sha1 => mac::<Hmac<Sha1>>(key, data),
        Algorithm::Sha256 => mac::<Hmac<Sha256>>(key, data),
        Algorithm::Sha384 => mac::<Hmac<Sha384>>(key, data),
        Algorithm::Sha512 => mac::<Hmac<Sha512>>(key, data),
    }
}

/// HMAC takes keys of any length, so there is always one.
fn mac<M: Mac + KeyInit>(key: &[u8], data: &[u8]) -> Vec<u8> {
    <M as KeyInit>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mac| mac.chain_update(data).finalize().into_bytes().to_vec(),
    )
}

/// The hash of several pieces, one after the other.
pub(super) fn hash(algorithm: Algorithm, pieces: &[&[u8]]) -> Vec<u8> {
    match algorithm {
        Algorithm::Sha1 => of::<Sha1>(pieces),
        Algorithm::Sha256 => of::<Sha256>(pieces),
        Algorithm::Sha384 => of::<Sha384>(pieces),
        Algorithm::Sha512 => of::<Sha512>(pieces),
    }
}

/// The hash of several pieces by any function.
pub(super) fn of<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
    let mut hash = D::new();
    for piece in pieces {
        hash.update(piece);
    }
    hash.finalize().to_vec()
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}
