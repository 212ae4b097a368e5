//! Multipart form data as arguments of curl.

use super::shell::word;
use super::{Data, stand_in};
use crate::proof::wire::{Line, Part, multipart};

/// The parts as `--form`, or the body as a whole where curl has no words for one of them.
pub(super) fn data(line: &Line, parts: &[Part]) -> Data {
    match parts.iter().map(argument).collect::<Option<Vec<_>>>() {
        Some(arguments) if !arguments.is_empty() => Data {
            arguments,
            piped: None,
            owns_type: true,
        },
        _ => Data::piped(&whole(line, parts)),
    }
}

/// The body as it is sent, with the boundary of the line.
fn whole(line: &Line, parts: &[Part]) -> Vec<u8> {
    let boundary = line.header("content-type").and_then(multipart::boundary);
    let boundary = boundary.unwrap_or_default();
    let mut body = Vec::new();
    for part in parts {
        let name = part.name.as_deref().unwrap_or_default();
        let file = part
            .filename
            .as_ref()
            .map(|file| format!("; filename=\"{file}\""));
        let kind = part
            .content_type
            .as_ref()
            .map(|kind| format!("\r\nContent-Type: {kind}"));
        let (file, kind) = (file.unwrap_or_default(), kind.unwrap_or_default());
        let head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}{kind}");
        body.extend([head.as_bytes(), b"\r\n\r\n", &part.bytes(), b"\r\n"].concat());
    }
    body.extend(format!("--{boundary}--\r\n").bytes());
    body
}

/// A part as an argument. A name ends at its first `=`, and cannot be empty. A file has the stand-in for its content.
fn argument(part: &Part) -> Option<String> {
    let name = part
        .name
        .as_deref()
        .filter(|name| !name.is_empty() && !name.contains('='))?;
    let text = part.text.as_deref()?;
    if !part.content_type.as_deref().is_none_or(is_media_type) {
        return None;
    }
    match (&part.filename, &part.content_type) {
        (None, None) => Some(format!("--form-string {}", word(&format!("{name}={text}")))),
        (None, Some(kind)) => {
            let text = format!("{name}={};type={kind}", quoted(text));
            Some(format!("--form {}", word(&text)))
        }
        (Some(file), Some(kind)) if stand_in(text) == Some(file) => {
            let text = format!("{name}=@{};type={kind}", quoted(file));
            Some(format!("--form {}", word(&text)))
        }
        (Some(_), _) => None,
    }
}

/// Whether curl takes a text for a media type: without parameters.
fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b".+-_".contains(&byte);
        !part.is_empty() && part.bytes().all(is_part)
    };
    text.split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// A text as curl reads it between quotation marks: all of it, `;` and `,` too.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
