//! What type a value has, from the evidence that a document gives.
//!
//! This is the only guessing about types: [`mod@scalar`] for what goes into a path, a query or a form, [`mod@data`] for JSON.

mod conclude;
pub mod data;
mod echo;
mod listed;
pub mod scalar;

pub use conclude::conclude;
pub use echo::echo;
pub use scalar::{is_example, prose, scalar, without_required};
