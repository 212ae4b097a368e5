//! What a change of documents means: which names are kept, what differs for users, and which version that makes.

pub mod diff;
pub mod lock;
pub mod release;
