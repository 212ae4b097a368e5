//! What goes on the wire, request by request: the lines of `letterpress wire` and of recordings of Postman.

mod compare;
mod deliberate;
mod example;
pub(crate) mod host;
mod line;
mod meaning;
pub(crate) mod multipart;
mod own;
mod sample;
mod url;

pub use compare::{Difference, Field, Verdict, compare};
pub use deliberate::{DELIBERATE, Deliberate};
pub use example::example;
pub use line::{Line, Part, read_lines};
pub use meaning::compare_meaning;
pub use own::{own, own_line};
pub use sample::with_values;
