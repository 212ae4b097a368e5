//! What goes on the wire, request by request: the lines of `letterpress wire` and of recordings of Postman.

mod line;

pub use line::{Line, Part};
