//! Documented replies.

use crate::document::report::Place;
use crate::input::postman::shape::Shape;

/// A documented reply.
#[derive(Clone, PartialEq, Debug)]
pub struct Response {
    /// Where it stands.
    pub at: Place,
    /// The status code (RFC 9110, section 15).
    pub status: u16,
    /// Whether the status is not known: the reply is told by its error codes, at any status from 300.
    pub by_code: bool,
    /// The name or description, without what the next fields hold.
    pub docs: String,
    /// The error codes that it comes with.
    pub codes: Vec<ErrorCode>,
    /// The example of a body, as it is.
    pub body: Option<String>,
    /// The Content-Type of the example.
    pub media_type: Option<String>,
    /// What the example shows, where it is JSON.
    pub json: Option<Shape>,
}

/// An error code of an API, and what the document says about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErrorCode {
    /// The code.
    pub code: String,
    /// The message.
    pub message: String,
}
