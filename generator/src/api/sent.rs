//! What a document itself sends: for who wants to send the same (`wire`, `verify`, `curl`). Nothing of it is
//! generated, and no `Debug` form shows it, as each text may be a secret.

use std::borrow::Cow;
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
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SentFile {
    /// The file name, without folders. `None`: the document names no file.
    pub name: Option<Hidden>,
    /// What the document calls it instead.
    pub renamed: Option<Hidden>,
    /// The media type that the document gives.
    pub media_type: Option<String>,
    /// The content, where the document holds it.
    pub content: Option<Vec<u8>>,
}

impl SentFile {
    /// The name that the server is told.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        let name = self.renamed.as_ref().or(self.name.as_ref())?;
        Some(&name.0)
    }

    /// The content. Where the document has none, a text stands for it that says the name, as in recordings.
    #[must_use]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match (&self.content, &self.name) {
            (Some(content), _) => Cow::Borrowed(content),
            (None, Some(Hidden(name))) => Cow::Owned(format!("file:{name}").into_bytes()),
            (None, None) => Cow::Borrowed(&[]),
        }
    }

    /// The media type: as the document gives it, else that of its name.
    #[must_use]
    pub fn content_type(&self) -> Option<String> {
        let guessed = || {
            let file = letterpress_client::File::bytes(self.file_name()?, "");
            file.content_type().map(str::to_owned)
        };
        self.media_type.clone().or_else(guessed)
    }
}

impl fmt::Debug for SentFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SentFile");
        let content = self.content.as_ref().map(Vec::len);
        shown
            .field("name", &self.name)
            .field("renamed", &self.renamed)
            .field("media_type", &self.media_type)
            .field("bytes", &content)
            .finish()
    }
}

/// A request as Postman makes it of the document, before it is signed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SentRequest {
    /// The absolute URL, encoded, without a user and without a fragment.
    pub url: Hidden,
    /// The user and the password that stand in the URL, `user:password`.
    pub user: Option<Hidden>,
    /// The header fields, but for those of every request, such as `Host`.
    pub headers: Vec<(String, Hidden)>,
    /// What is sent.
    pub body: SentBody,
    /// The type of the `auth` block in effect, by its name in Postman. Empty where there is none.
    pub auth: String,
    /// Why Postman does not send it.
    pub refused: Option<String>,
}

/// What a request sends.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum SentBody {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(Hidden),
    /// A file.
    File(SentFile),
    /// Multipart form data.
    Parts(Vec<SentPart>),
}

/// A part of multipart form data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SentPart {
    /// The name of the field.
    pub name: Hidden,
    /// The media type of a text, where it has one.
    pub media_type: Option<String>,
    /// The content: a text or a file.
    pub content: Sent,
}
