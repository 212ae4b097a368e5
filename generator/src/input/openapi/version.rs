//! Which `OpenAPI` a document is written in.

use super::document::At;

/// A version of `OpenAPI`. Patch levels change nothing (3.2, "Versions and Deprecation").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Version {
    /// Swagger 2.0
    V2,
    /// 3.0
    V30,
    /// 3.1
    V31,
    /// 3.2, and what is newer.
    V32,
}

/// What a document says of its version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Told {
    /// A version that is known.
    Known(Version),
    /// A newer one, which is read as the newest that is known.
    Unknown(String),
    /// The document is of another kind: its name.
    Other(&'static str),
}

/// The version of the document with that root. Nothing where no sign of `OpenAPI` is there.
pub(super) fn told(root: At<'_>) -> Option<Told> {
    if let Some(openapi) = root.text("openapi") {
        return Some(known(&openapi));
    }
    root.text("swagger").map(|swagger| match known(&swagger) {
        // "1.2" was another format, of several documents.
        Told::Unknown(_) if swagger.starts_with('1') => Told::Other("a Swagger 1 document"),
        told => told,
    })
}

fn known(text: &str) -> Told {
    let text = text.trim().trim_start_matches('v');
    let mut numbers = text.split('.');
    match (numbers.next(), numbers.next()) {
        (Some("2"), _) => Told::Known(Version::V2),
        (Some("3"), None | Some("0")) => Told::Known(Version::V30),
        (Some("3"), Some("1")) => Told::Known(Version::V31),
        (Some("3"), Some("2")) => Told::Known(Version::V32),
        _ => Told::Unknown(text.to_owned()),
    }
}

impl Version {
    /// The version as people write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Version::V2 => "Swagger 2.0",
            Version::V30 => "OpenAPI 3.0",
            Version::V31 => "OpenAPI 3.1",
            Version::V32 => "OpenAPI 3.2",
        }
    }
}
