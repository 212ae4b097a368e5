//! The reader of `OpenAPI` documents: 2.0 to 3.2.

pub mod schema;
