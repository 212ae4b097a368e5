//! Bodies of HTML forms with files.

use std::fmt;
use std::mem;

use bytes::Bytes;

use super::encode;
use super::file::File;
use super::form::{each_value, field_text};
use super::json::{self, Encode, Json};
use super::random;
use super::reader::Piece;
use super::values::{Files, Values};

/// A body of type `multipart/form-data` (RFC 7578).
///
/// Parts keep their order, names may repeat, values are sent as they are, with blanks at their
/// ends. Names and file names are escaped as the HTML standard says (`"` is `%22`, CR `%0D`, LF
/// `%0A`), so that no name can add a part or a header. Text parts have no `Content-Type`. A file
/// name with characters above U+00FF stands there twice, as in Postman: in UTF-8, and as `filename*`
/// (RFC 8187).
///
/// The boundary is 128 bits that nobody can foresee, chosen anew for each `Multipart`: no content
/// made before can hold it.
///
/// The body streams: files are opened when the request is sent and never read whole. Its length
/// is known if the length of every file is.
///
/// A `Multipart` without any part is no body: [`Body::Empty`](super::Body::Empty).
///
/// ```
/// use letterpress_client::{Body, File, Multipart};
///
/// let mut form = Multipart::new();
/// form.text("title", &"Minutes ");
/// form.file("file", &File::bytes("minutes.txt", "All agreed."));
///
/// let body = Body::from(form);
/// assert!(body.content_type().is_some_and(|t| t.starts_with("multipart/form-data; boundary=")));
/// assert!(body.len().is_some());
/// ```
#[derive(Clone)]
pub struct Multipart {
    boundary: String,
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    name: String,
    media_type: Option<String>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Text(String),
    File(File),
}

impl Multipart {
    /// A body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self {
            boundary: format!("letterpress-{}", random::text()),
            parts: Vec::new(),
        }
    }

    /// Appends a text without a `Content-Type` for each value.
    pub fn text(&mut self, name: &str, values: &dyn Values) {
        values.each(&mut |value| self.push(name, None, Content::Text(encode::text(value))));
    }

    /// Appends a text without a `Content-Type` for each pair, where the name is an input as well.
    pub fn pairs(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            self.text(name, value);
        }
    }

    /// Appends a text with a `Content-Type` for each value.
    ///
    /// A media type that a header cannot hold makes the request fail with
    /// [`RequestError::HeaderValue`](super::RequestError::HeaderValue).
    pub fn typed(&mut self, name: &str, media_type: &str, values: &dyn Values) {
        values.each(&mut |value| {
            let content = Content::Text(encode::text(value));
            self.push(name, Some(media_type.to_owned()), content);
        });
    }

    /// Appends a value as JSON, without a `Content-Type`, unless it is absent.
    pub fn json(&mut self, name: &str, value: &dyn Encode) {
        if !value.is_absent() {
            self.text(name, &json::to_string(value));
        }
    }

    /// Appends a value as JSON, with a `Content-Type`, as [`typed`](Multipart::typed) does.
    pub fn typed_json(&mut self, name: &str, media_type: &str, value: &dyn Encode) {
        if !value.is_absent() {
            self.typed(name, media_type, &json::to_string(value));
        }
    }

    /// Appends any value as OpenAPI has it in a form (3.2, Encoding Object): a text, a number or a boolean as a text without
    /// a `Content-Type`, each element of a list alone, nothing for null, an object as JSON with its media type.
    pub fn value(&mut self, name: &str, value: &dyn Encode) {
        each_value(value, &mut |value| {
            let is_data = matches!(value, Json::Object(_) | Json::Array(_));
            let media_type = is_data.then(|| "application/json".to_owned());
            self.push(name, media_type, Content::Text(field_text(value)));
        });
    }

    /// Appends each file with its name and media type. A file is opened when the request is sent.
    pub fn file(&mut self, name: &str, files: &dyn Files) {
        files.each(&mut |file| {
            let media_type = file.content_type().map(str::to_owned);
            self.push(name, media_type, Content::File(file.clone()));
        });
    }

    /// The boundary between the parts.
    #[must_use]
    pub fn boundary(&self) -> &str {
        &self.boundary
    }

    /// Whether it has no parts.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    fn push(&mut self, name: &str, media_type: Option<String>, content: Content) {
        self.parts.push(Part {
            name: name.to_owned(),
            media_type,
            content,
        });
    }

    /// The media types of all parts.
    pub(super) fn media_types(&self) -> impl Iterator<Item = &str> {
        self.parts
            .iter()
            .filter_map(|part| part.media_type.as_deref())
    }

    /// The body as it is sent: runs of bytes, and files between them.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut run = String::new();
        for part in &self.parts {
            run.push_str(&part.head(&self.boundary));
            match &part.content {
                Content::Text(text) => run.push_str(text),
                Content::File(file) => {
                    pieces.push(Piece::Bytes(Bytes::from(mem::take(&mut run))));
                    pieces.push(Piece::File(file.clone()));
                }
            }
            run.push_str("\r\n");
        }
        let end = format!("{run}--{}--\r\n", self.boundary);
        pieces.push(Piece::Bytes(Bytes::from(end)));
        pieces
    }
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl Part {
    /// Everything in front of the content.
    fn head(&self, boundary: &str) -> String {
        let name = escape(&self.name);
        let file_name = match &self.content {
            Content::Text(_) => String::new(),
            Content::File(file) => file_name(file.name()),
        };
        let media_type = match &self.media_type {
            None => String::new(),
            Some(media_type) => format!("Content-Type: {media_type}\r\n"),
        };
        format!(
            "--{boundary}\r\n\
             Content-Disposition: form-data; name=\"{name}\"{file_name}\r\n\
             {media_type}\r\n"
        )
    }
}

/// The parameters that say the name of a file.
fn file_name(name: &str) -> String {
    let plain = format!("; filename=\"{}\"", escape(name));
    if name.chars().all(|c| u32::from(c) <= 0xFF) {
        return plain;
    }
    let mut both = plain + "; filename*=UTF-8''";
    encode::push(&mut both, encode::FILE_NAME, &name);
    both
}

/// HTML standard, "multipart/form-data encoding algorithm".
fn escape(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Shows the number of parts only: forms carry passwords.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Multipart({} parts)", self.parts.len())
    }
}
