//! The files that a document sends: their names, never what is in them (rule B9).

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine as _, GeneralPurpose, GeneralPurposeConfig};

use super::Context;
use crate::api::{Hidden, SentFile};
use crate::document::json::{Node, Value};

/// The files of a form field: one for each path in `src`, else the content that stands in `value` (rule B6).
pub(super) fn of_field(field: &Node<'_>) -> Vec<SentFile> {
    let media_type = field.text_of("contentType");
    let own_name = field.text_of("fileName").filter(|name| !name.is_empty());
    let of = |path: Option<&str>, content| SentFile {
        name: path.map(hidden),
        renamed: own_name.map(hidden),
        media_type: media_type
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        content,
    };
    let value = field.text_of("value").filter(|value| !value.is_empty());
    match field.get("src").map(|src| &src.value) {
        Some(Value::Array(paths)) if !paths.is_empty() => paths
            .iter()
            .map(|path| of(path.as_str().filter(|path| !path.is_empty()), None))
            .collect(),
        Some(Value::String(path)) if !path.is_empty() => vec![of(Some(path), None)],
        None => vec![of(None, value.map(base64))],
        _ => vec![of(None, None)],
    }
}

/// The file that is a body: its path, else its content (rule B7). A text is a path.
pub(super) fn of_body(file: &Node<'_>) -> SentFile {
    let path = file.as_str().or_else(|| file.text_of("src"));
    let path = path.filter(|path| !path.is_empty());
    let content = file.text_of("content").filter(|_| path.is_none());
    SentFile {
        name: path.map(hidden),
        content: content.map(base64),
        ..SentFile::default()
    }
}

fn hidden(text: &str) -> Hidden {
    Hidden(text.to_owned())
}

/// The file with what its variables stand for, and without the folders of its path.
pub(super) fn settled(context: &Context<'_>, file: SentFile) -> SentFile {
    let settle = |Hidden(text): Hidden| context.scope.sent(&text);
    SentFile {
        name: file.name.map(|path| hidden(base_name(&settle(path)))),
        renamed: file.renamed.map(|name| Hidden(settle(name))),
        ..file
    }
}

/// What stands behind the last folder. Windows has other separators, and they count where a path begins as
/// its paths do.
fn base_name(path: &str) -> &str {
    let bytes = path.as_bytes();
    let has_drive = matches!(bytes, [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    let is_windows = has_drive || path.starts_with("\\\\");
    let separators: &[char] = if is_windows { &['/', '\\'] } else { &['/'] };
    let path = path.trim_end_matches(separators);
    path.rsplit(separators).next().unwrap_or(path)
}

/// Base64 without padding, with whatever bits are left over.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Base64 (RFC 4648) of either alphabet, up to its padding; what is not of it is passed over, as Postman does.
fn base64(text: &str) -> Vec<u8> {
    let standard = |byte: u8| match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => Some(byte),
        _ => None,
    };
    let text = text.split('=').next().unwrap_or_default();
    let mut digits: Vec<u8> = text.bytes().filter_map(standard).collect();
    // One digit alone is no byte.
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    LENIENT.decode(digits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_files_without_their_folders() {
        let check = |path: &str, expected: &str| assert_eq!(base_name(path), expected, "{path}");
        check("/home/me/a b.png", "a b.png");
        check("a.png", "a.png");
        check("C:\\Users\\me\\a.png", "a.png");
        check("/C:/Users/me/a.png", "a.png");
        check("a\\b.png", "a\\b.png");
    }

    #[test]
    fn reads_base64() {
        let check = |text: &str, expected: &str| {
            assert_eq!(String::from_utf8_lossy(&base64(text)), expected, "{text}");
        };
        check("aGVsbG8=", "hello");
        check("aGVs\nbG8", "hello");
        check("aGVsbA==", "hell");
        check("", "");
        check("a", "");
        check("aGVsbG8h\u{e9}aGVsb", "hello!hel");
        check("Pz8_", "???");
    }
}
