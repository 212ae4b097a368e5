//! What a document itself sends: for who wants to send the same (`wire`, `verify`, `curl`). Nothing of it is
//! generated, and no `Debug` form shows it, as each text may be a secret.

use std::fmt;

/// A text that may be a secret: its `Debug` form does not show it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// One value of an input, as the document sends it: variables have their values, and one without a value
/// stays as it stands, as in Postman.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sent {
    /// A value; of a body, its text.
    Text(Hidden),
    /// The name alone, without a value.
    Bare,
    /// A name and a value, where the name is an input too.
    Named(Hidden, Hidden),
    /// A file.
    File(SentFile),
}

impl Sent {
    /// A value.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Sent::Text(Hidden(text.into()))
    }
}

/// A file of a form, or one that is a body. Its content is never read: what a document names is a path on
/// someone else's machine (rule B9).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SentFile {
    /// The file name, without folders. `None`: the document names no file.
    pub name: Option<Hidden>,
    /// The media type that the document gives.
    pub media_type: Option<String>,
    /// The content, where the document holds it.
    pub content: Option<Vec<u8>>,
}
