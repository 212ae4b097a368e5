//! Error codes of an API.

/// An error code that an API documents.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ErrorCode {
    /// The status it comes with, if that is documented.
    pub status: Option<u16>,
    /// The code, as in the member `code` of the body.
    pub code: &'static str,
    /// What the API says about it.
    pub message: &'static str,
}

impl ErrorCode {
    /// An error code that comes with `status`.
    #[must_use]
    pub const fn new(status: u16, code: &'static str, message: &'static str) -> Self {
        Self {
            status: Some(status),
            code,
            message,
        }
    }

    /// An error code of which the API does not say what status it comes with.
    #[must_use]
    pub const fn any_status(code: &'static str, message: &'static str) -> Self {
        Self {
            status: None,
            code,
            message,
        }
    }
}
