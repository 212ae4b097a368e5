//! The parts of an API before types are inferred: with the evidence of values in place of their types.

use super::Evidence;
use crate::api;

/// An API.
pub type Api = api::Api<Evidence>;
/// An operation.
pub type Operation = api::Operation<Evidence>;
/// A piece of a path.
pub type PathPart = api::PathPart<Evidence>;
/// An input.
pub type Input = api::Input<Evidence>;
/// A parameter.
pub type Parameter = api::Parameter<Evidence>;
/// A body.
pub type Body = api::Body<Evidence>;
/// A `GraphQL` request.
pub type GraphQl = api::GraphQl<Evidence>;
/// A reply.
pub type Response = api::Response<Evidence>;
