//! Tests of what users of `letterpress-client` see: one binary, one module per subject.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bodies;
mod credentials;
mod headers;
mod json;
mod json_fuzz;
mod json_tables;
mod json_unions;
mod meaning;
#[cfg(all(feature = "mock", feature = "oauth2"))]
mod policies;
mod probe;
mod redirects;
mod replies;
#[cfg(all(
    feature = "aws",
    feature = "digest",
    feature = "edgegrid",
    feature = "hawk",
    feature = "jwt",
    feature = "oauth1"
))]
mod signatures;
#[cfg(feature = "source")]
mod source;
#[cfg(feature = "mock")]
mod streams;
mod styles;
mod target;
mod target_fuzz;
#[cfg(all(feature = "client", feature = "blocking"))]
mod wire;
