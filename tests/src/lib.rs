//! The tests of the workspace: see `it/main.rs`. The Rust of the README is compiled here too.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../generator/guide/production.md")]
struct Production;
