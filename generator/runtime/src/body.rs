//! The body of a request.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};

use bytes::Bytes;

use super::file::File;
use super::form::Form;
use super::json::{self, Encode};
use super::multipart::Multipart;
use super::reader::{Piece, Reader};

/// The body of a request. It can be sent any number of times.
///
/// Its `Debug` form shows its kind, media type and length, never its content.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Body {
    /// No body. All methods but those that have none anyway (`GET`, `HEAD`, `DELETE`, `OPTIONS`, …)
    /// then say `Content-Length: 0` (RFC 9110, section 8.6).
    #[default]
    Empty,

    /// Text, made by [`Body::text`], [`Body::json`] and their like.
    Text {
        /// What `Content-Type` says, unless the request has a header of that name.
        media_type: Option<&'static str>,
        /// The text in UTF-8.
        text: Bytes,
    },

    /// A form without files. Its `Content-Type` replaces any header of that name, unless that is the
    /// same media type with parameters.
    Form(Form),

    /// A form that may hold files. Its `Content-Type` replaces any header of that name.
    Multipart(Multipart),

    /// A file. Its media type, if it has one, is the `Content-Type`, unless the request has a header
    /// of that name.
    File(File),
}

impl Body {
    /// A text with its media type. The empty text is no body, as in Postman.
    #[must_use]
    pub fn text(media_type: &'static str, text: &str) -> Self {
        Self::new(Some(media_type), text)
    }

    /// A text that says nothing about its type: `Content-Type` is a header of the request, or
    /// there is none. The empty text is no body, as in Postman.
    #[must_use]
    pub fn untyped(text: &str) -> Self {
        Self::new(None, text)
    }

    /// A value as JSON, with the media type `application/json`.
    ///
    /// ```
    /// use letterpress_client::Body;
    ///
    /// let body = Body::json(&vec![1_i64, 2]);
    /// assert_eq!(body.content_type().as_deref(), Some("application/json"));
    /// assert_eq!(body.to_bytes()?, "[1,2]");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn json(value: &dyn Encode) -> Self {
        Self::json_as("application/json", value)
    }

    /// A value as JSON, with another media type.
    #[must_use]
    pub fn json_as(media_type: &'static str, value: &dyn Encode) -> Self {
        Body::Text {
            media_type: Some(media_type),
            text: json::to_vec(value).into(),
        }
    }

    /// A value as JSON that says nothing about its type, as [`untyped`](Body::untyped) text does.
    #[must_use]
    pub fn untyped_json(value: &dyn Encode) -> Self {
        Body::Text {
            media_type: None,
            text: json::to_vec(value).into(),
        }
    }

    /// A GraphQL request as the members `query`, `operationName` and `variables` of a JSON object,
    /// as far as there are such.
    ///
    /// ```
    /// use letterpress_client::Body;
    /// use letterpress_client::json::Map;
    ///
    /// let variables: Map<i64> = [("id".to_owned(), 7)].into_iter().collect();
    /// let body = Body::graphql("query($id: Int) { user(id: $id) }", None, Some(&variables));
    /// let text = r#"{"query":"query($id: Int) { user(id: $id) }","variables":{"id":7}}"#;
    /// assert_eq!(body.to_bytes()?, text);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn graphql(
        query: &str,
        operation_name: Option<&str>,
        variables: Option<&dyn Encode>,
    ) -> Self {
        let names = ["query", "operationName", "variables"];
        let mut writer = json::Writer::default();
        writer.record(&names, &[&query, &operation_name, &variables], None);
        Body::Text {
            media_type: Some("application/json"),
            text: writer.finish().into(),
        }
    }

    fn new(media_type: Option<&'static str>, text: &str) -> Self {
        if text.is_empty() {
            return Body::Empty;
        }
        let text = Bytes::copy_from_slice(text.as_bytes());
        Body::Text { media_type, text }
    }

    /// The bytes of a file as they are.
    #[must_use]
    pub fn file(file: &File) -> Self {
        Body::File(file.clone())
    }

    /// The bytes of a file as they are, sent as another media type.
    #[must_use]
    pub fn file_as(media_type: &'static str, file: &File) -> Self {
        Body::File(file.clone().media_type(media_type))
    }

    /// The length in bytes, if it is known; files on disk are asked how long they are now.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "a body of length 0 is still sent as one"
    )]
    pub fn len(&self) -> Option<u64> {
        self.pieces()
            .iter()
            .try_fold(0_u64, |sum, piece| sum.checked_add(piece.len()?))
    }

    /// What `Content-Type` says about this body, if it says anything.
    #[must_use]
    pub fn content_type(&self) -> Option<Cow<'_, str>> {
        match self {
            Body::Empty => None,
            Body::Text { media_type, .. } => media_type.map(Cow::Borrowed),
            Body::Form(_) => Some(Cow::Borrowed(Form::MEDIA_TYPE)),
            Body::Multipart(form) => {
                let boundary = form.boundary();
                Some(format!("multipart/form-data; boundary={boundary}").into())
            }
            Body::File(file) => file.content_type().map(Cow::Borrowed),
        }
    }

    /// The body as a reader, with all of its files opened.
    ///
    /// # Errors
    ///
    /// A file cannot be opened; the message says which one.
    pub fn into_reader(self) -> io::Result<Reader> {
        Reader::open(self.pieces())
    }

    /// The whole body, for tests and for transports that cannot stream.
    ///
    /// # Errors
    ///
    /// A file cannot be opened or read.
    pub fn to_bytes(&self) -> io::Result<Bytes> {
        let mut bytes = Vec::new();
        self.clone().into_reader()?.read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }

    /// The whole body, if it is in memory in one piece: then no transport has to stream it.
    #[must_use]
    pub fn in_memory(&self) -> Option<Bytes> {
        match &self.pieces()[..] {
            [] => Some(Bytes::new()),
            [Piece::Bytes(bytes)] => Some(bytes.clone()),
            [Piece::File(file)] => file.in_memory().cloned(),
            _ => None,
        }
    }

    /// The body as it is sent.
    fn pieces(&self) -> Vec<Piece> {
        match self {
            Body::Empty => Vec::new(),
            Body::Text { text, .. } => vec![Piece::Bytes(text.clone())],
            Body::Form(form) => {
                let text = form.as_str().to_owned();
                vec![Piece::Bytes(text.into())]
            }
            Body::Multipart(form) => form.pieces(),
            Body::File(file) => vec![Piece::File(file.clone())],
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::Empty => f.write_str("Empty"),
            Body::Text { media_type, text } => {
                let media_type = media_type.unwrap_or("untyped");
                write!(f, "Text({media_type}, {} bytes)", text.len())
            }
            Body::Form(form) => form.fmt(f),
            Body::Multipart(form) => form.fmt(f),
            Body::File(file) => file.fmt(f),
        }
    }
}

/// A form without any pair is no body.
impl From<Form> for Body {
    fn from(form: Form) -> Self {
        if form.as_str().is_empty() {
            Body::Empty
        } else {
            Body::Form(form)
        }
    }
}

/// A form without any part is no body.
impl From<Multipart> for Body {
    fn from(form: Multipart) -> Self {
        if form.is_empty() {
            Body::Empty
        } else {
            Body::Multipart(form)
        }
    }
}
