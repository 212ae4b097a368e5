//! What the names of an earlier run were given to.

pub mod identity;
