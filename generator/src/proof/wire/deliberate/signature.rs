//! Signatures of what the client writes in another way.

use super::super::Line;
use super::super::compare::unpaired;

/// How headers begin that hold a signature, and the names of the fields that depend on what is signed.
const SCHEMES: [(&str, &[&str]); 4] = [
    ("AWS4-HMAC-SHA256 ", &["Signature="]),
    ("EG1-HMAC-SHA256 ", &["signature="]),
    ("Hawk ", &["hash=\"", "mac=\""]),
    ("OAuth ", &["oauth_body_hash=\"", "oauth_signature=\""]),
];

/// Whether nothing but a signature differs, and what is signed does: the URL, or the bytes of the body.
pub(super) fn is_of_other_bytes(expected: &Line, actual: &Line) -> bool {
    let (missing, extra) = unpaired(expected, actual);
    let same = |((name, value), (other, text)): (&(String, String), &(String, String))| {
        name == other
            && match name.as_str() {
                "authorization" => unsigned(value).is_some_and(|rest| Some(rest) == unsigned(text)),
                name => name == "x-amz-content-sha256",
            }
    };
    let is_signature = missing.len() == extra.len() && missing.iter().zip(&extra).all(same);
    let signs = missing.iter().any(|(name, _)| name == "authorization");
    let differs = expected.url != actual.url || expected.body != actual.body;
    is_signature && signs && differs
}

/// A header without its signature; nothing, where it is none that has one.
fn unsigned(value: &str) -> Option<String> {
    let (_, fields) = SCHEMES.iter().find(|(word, _)| value.starts_with(word))?;
    let mut rest = value.to_owned();
    for field in *fields {
        if let Some(start) = rest.find(field).map(|at| at + field.len()) {
            let end = rest[start..].find(['"', ',', ';']);
            let end = end.map_or(rest.len(), |length| start + length);
            rest.replace_range(start..end, "");
        }
    }
    Some(rest)
}
