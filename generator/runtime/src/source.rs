#![cfg(feature = "source")]

//! The text of this crate, for a generator that puts it into the crates it makes.
//!
//! [`FILES`] become a module of the other crate, `lib.rs` as `mod.rs`. The line of `lib.rs` that
//! ends in `// not vendored` has to be left out; it declares this module.

/// The manifest: its `features` and `dependencies` are what the files need.
pub const MANIFEST: &str = include_str!("../Cargo.toml");

/// The name and text of every source file but this one.
pub const FILES: &[(&str, &str)] = &[
    ("auth.rs", include_str!("auth.rs")),
    ("blocking.rs", include_str!("blocking.rs")),
    ("body.rs", include_str!("body.rs")),
    ("client.rs", include_str!("client.rs")),
    ("encode.rs", include_str!("encode.rs")),
    ("endpoint.rs", include_str!("endpoint.rs")),
    ("error.rs", include_str!("error.rs")),
    ("file.rs", include_str!("file.rs")),
    ("form.rs", include_str!("form.rs")),
    ("headers.rs", include_str!("headers.rs")),
    ("lib.rs", include_str!("lib.rs")),
    ("multipart.rs", include_str!("multipart.rs")),
    ("redirect.rs", include_str!("redirect.rs")),
    ("reply.rs", include_str!("reply.rs")),
    ("settings.rs", include_str!("settings.rs")),
    ("target.rs", include_str!("target.rs")),
    ("transport.rs", include_str!("transport.rs")),
];

/// A value as [`Path::value`](super::Path::value) writes it: for a generator that shows examples.
#[must_use]
pub fn encode_path_value(value: &str) -> String {
    let mut encoded = String::new();
    super::encode::push(&mut encoded, super::encode::STRICT, &value);
    encoded
}

/// A value as [`Query::pair`](super::Query::pair) writes it: for a generator that shows examples.
#[must_use]
pub fn encode_query_value(value: &str) -> String {
    let mut encoded = String::new();
    super::encode::push(&mut encoded, super::encode::QUERY_VALUE, &value);
    encoded
}
