//! A request as it was sent.

use serde::{Deserialize, Serialize};

/// A request as it was sent: a line of a recording.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Where the request stands: positions in the lists of items, `0/3/1`.
    pub id: String,
    /// The name of the request.
    pub name: String,
    /// The names of the folders around it, outermost first.
    pub folder: Vec<String>,
    /// The method.
    pub method: String,
    /// The absolute URL.
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
