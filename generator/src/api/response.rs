//! Documented replies.

use std::fmt;
use std::sync::Arc;

use super::Schema;
use crate::document::report::Place;

/// A documented reply.
#[derive(Clone, PartialEq, Debug)]
pub struct Response<V = Schema> {
    /// Where it stands.
    pub at: Place,
    /// The status codes (RFC 9110, section 15) that it documents.
    pub statuses: Statuses,
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
    /// What the body is, where the document declares it rather than to show an example.
    pub content: Option<Content>,
    /// What is known about the body, where it is JSON. Replies of one type share it.
    pub schema: Option<Arc<V>>,
    /// The header fields that it has.
    pub headers: Vec<ResponseHeader>,
}

/// The statuses that a response documents. What is more specific comes first, and counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Statuses {
    /// This one.
    One(u16),
    /// A hundred of them, by the first: 400 for `4XX`.
    Hundred(u16),
    /// All that no other response documents: `default`.
    Rest,
}

impl Statuses {
    /// Whether all of them are successes (RFC 9110, section 15.3).
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Statuses::One(status) | Statuses::Hundred(status) => (200..300).contains(&status),
            Statuses::Rest => false,
        }
    }

    /// Whether a status is one of them.
    #[must_use]
    pub fn has(self, status: u16) -> bool {
        match self {
            Statuses::One(own) => own == status,
            Statuses::Hundred(first) => first / 100 == status / 100,
            Statuses::Rest => true,
        }
    }

    /// A status to stand for them.
    #[must_use]
    pub fn first(self) -> u16 {
        match self {
            Statuses::One(status) | Statuses::Hundred(status) => status,
            Statuses::Rest => 500,
        }
    }
}

/// As documents write it: `200`, `4XX`, `default`.
impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Statuses::One(status) => write!(f, "{status}"),
            Statuses::Hundred(status) => write!(f, "{}XX", status / 100),
            Statuses::Rest => f.write_str("default"),
        }
    }
}

/// What a body is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Content {
    /// Nothing.
    #[default]
    Nothing,
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Something that only the caller can read.
    Raw,
}

/// A header field of a reply.
#[derive(Clone, PartialEq, Debug)]
pub struct ResponseHeader {
    /// Where it stands.
    pub at: Place,
    /// The name.
    pub name: String,
    /// The description.
    pub docs: String,
    /// Whether it is always there.
    pub required: bool,
    /// Its value.
    pub schema: Schema,
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
        self.by_code || !self.statuses.is_success()
    }

    /// The same reply with another knowledge of its body.
    #[must_use]
    pub fn with_schema<W>(self, schema: Option<Arc<W>>) -> Response<W> {
        Response {
            at: self.at,
            statuses: self.statuses,
            by_code: self.by_code,
            docs: self.docs,
            codes: self.codes,
            body: self.body,
            media_type: self.media_type,
            content: self.content,
            schema,
            headers: self.headers,
        }
    }
}
