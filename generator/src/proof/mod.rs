//! What is proved of a client, and the evidence for what it is.

pub mod curl;
pub mod explain;
pub mod json;
#[cfg(feature = "cli")]
pub mod verify;
pub mod wire;
