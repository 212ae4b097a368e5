//! Documented replies.

use super::Schema;
use crate::document::report::Place;

/// A documented reply.
#[derive(Clone, PartialEq, Debug)]
pub struct Response<V = Schema> {
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
    /// What is known about the body, where it is JSON.
    pub schema: Option<V>,
}

/// An error code of an API, and what the document says about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErrorCode {
    /// The code.
    pub code: String,
    /// The message.
    pub message: String,
}

impl<V> Response<V> {
    /// Whether it documents a failure.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.by_code || !(200..300).contains(&self.status)
    }

    /// The same reply with another knowledge of its body.
    #[must_use]
    pub fn with_schema<W>(self, schema: Option<W>) -> Response<W> {
        Response {
            at: self.at,
            status: self.status,
            by_code: self.by_code,
            docs: self.docs,
            codes: self.codes,
            body: self.body,
            media_type: self.media_type,
            schema,
        }
    }
}
