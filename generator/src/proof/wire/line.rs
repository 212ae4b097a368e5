//! A request as it was sent.

use std::borrow::Cow;

use crate::api::{Api, Operation};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Deserializer, Serialize};

/// A request as it was sent: a line of a recording.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Where the request stands: positions in the lists of items, `0/3/1`.
    pub id: String,
    /// The name of the request.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// The names of the folders around it, outermost first.
    pub folder: Vec<String>,
    /// The method.
    #[serde(deserialize_with = "text")]
    pub method: String,
    /// The absolute URL.
    #[serde(deserialize_with = "text")]
    pub url: String,
    /// The header fields, in order; one character per byte.
    pub headers: Vec<(String, String)>,
    /// Those that the client added by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub system_headers: Vec<(String, String)>,
    /// The body, where it is text.
    pub body: Option<String>,
    /// The body in Base64, where it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_base64: Option<String>,
    /// The parts of multipart form data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multipart: Option<Vec<Part>>,
    /// How many placeholders of a converter (`<long>`), or variables without a value, are replaced in it by values
    /// of the types that the client has there.
    #[serde(skip_serializing_if = "is_zero")]
    pub stand_ins: usize,
    /// The type of the credentials, by its name in Postman.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
    /// Whether signing it again would give another signature.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub auth_nondeterministic: bool,
    /// Why it could not be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A part of multipart form data (RFC 7578).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// The name of the field.
    pub name: Option<String>,
    /// The name of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// The media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The content, where it is text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The content in Base64, where it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
}

/// A text; empty where a recording has `null`.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a recording: a line of JSON for each request. Empty lines are skipped.
///
/// # Errors
///
/// The first line that is none, counted from 1, and why.
pub fn read_lines(text: &str) -> Result<Vec<Line>, (usize, serde_json::Error)> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| serde_json::from_str(line).map_err(|error| (index + 1, error)))
        .collect()
}

impl Line {
    /// The beginning of the line of a request: where it stands, and how it is called.
    #[must_use]
    pub fn of(api: &Api, operation: &Operation) -> Self {
        let (position, name) = (&operation.position, &operation.name);
        Self {
            method: operation.method.clone(),
            ..Self::titled(api, position, name, operation.folder)
        }
    }

    /// The lines of the requests that cannot be sent.
    pub(crate) fn refused(api: &Api) -> impl Iterator<Item = Self> {
        api.refused.iter().map(|request| Self {
            error: Some(request.reason.clone()),
            ..Self::titled(api, &request.position, &request.name, request.folder)
        })
    }

    fn titled(api: &Api, position: &str, name: &str, folder: Option<usize>) -> Self {
        let folder = api.folder_path(folder).into_iter().map(str::to_owned);
        Self {
            id: position.to_owned(),
            name: name.to_owned(),
            folder: folder.collect(),
            ..Self::default()
        }
    }

    /// The numbers of its position: `0/10` comes after `0/9`.
    #[must_use]
    pub fn place(&self) -> Vec<usize> {
        let numbers = self.id.split('/');
        numbers.filter_map(|number| number.parse().ok()).collect()
    }

    /// The value of the first header field of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let own = |(other, _): &&(String, String)| other.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(own)
            .map(|(_, value)| value.as_str())
    }

    /// The bytes of the body. Base64 that is none counts as no body.
    #[must_use]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        bytes(self.body.as_deref(), self.body_base64.as_deref())
    }
}

impl Part {
    /// The bytes of the content. Base64 that is none counts as no content.
    #[must_use]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        bytes(self.text.as_deref(), self.base64.as_deref())
    }
}

/// The two forms that bytes have in a line, of which one is there: text, where they are some, else Base64.
pub(super) fn text_or_base64(bytes: Vec<u8>) -> (Option<String>, Option<String>) {
    match String::from_utf8(bytes) {
        Ok(text) => (Some(text), None),
        Err(error) => (None, Some(BASE64.encode(error.as_bytes()))),
    }
}

fn bytes<'a>(text: Option<&'a str>, base64: Option<&str>) -> Cow<'a, [u8]> {
    match (base64, text) {
        (Some(base64), _) => Cow::Owned(BASE64.decode(base64).unwrap_or_default()),
        (None, Some(text)) => Cow::Borrowed(text.as_bytes()),
        (None, None) => Cow::Borrowed(&[]),
    }
}
