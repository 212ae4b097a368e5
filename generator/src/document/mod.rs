//! What a document is: its text, its values, its places, and what is said about them.

pub mod digest;
pub(crate) mod encode;
pub mod json;
pub(crate) mod nearest;
pub mod place;
pub mod printable;
pub mod report;
pub mod secret;
pub mod source;
pub mod yaml;
