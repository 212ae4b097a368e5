//! The character set of a text, and its text in Unicode.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::CONTENT_TYPE;

use super::media_type;

/// How much of a document is searched for what it says of its character set, in bytes, as browsers do (HTML
/// standard, "prescan a byte stream").
const PRESCAN: usize = 1024;

/// The text of a body: by its byte order mark, else by the `charset` of its `Content-Type`, else by what an XML or
/// HTML document says of itself, else as UTF-8.
///
/// # Errors
///
/// What is wrong, as a sentence: bytes that the character set does not have, or a character set that is unknown.
pub(super) fn decode<'a>(headers: &HeaderMap, body: &'a [u8]) -> Result<Cow<'a, str>, String> {
    match label(headers, body) {
        Some(label) if !is_utf8(&label) => transcode(&label, body),
        _ => {
            let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
            let text = std::str::from_utf8(text);
            text.map(Cow::Borrowed)
                .map_err(|_| "the text is not UTF-8".to_owned())
        }
    }
}

fn is_utf8(label: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "ascii"]
        .iter()
        .any(|known| label.eq_ignore_ascii_case(known))
}

/// The name of the character set, if anything says it.
fn label(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    match body {
        [0xef, 0xbb, 0xbf, ..] => return Some("utf-8".to_owned()),
        [0xff, 0xfe, ..] => return Some("utf-16le".to_owned()),
        [0xfe, 0xff, ..] => return Some("utf-16be".to_owned()),
        _ => {}
    }
    let said = headers.get(CONTENT_TYPE).and_then(|value| {
        let text: String = value.as_bytes().iter().copied().map(char::from).collect();
        media_type::parameter(&text, "charset").map(str::to_owned)
    });
    said.or_else(|| label_inside(headers, body))
}

/// `<?xml … encoding="ISO-8859-1"?>`, `<meta charset="shift_jis">`, `<meta … content="text/html; charset=…">`.
fn label_inside(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let said = headers.get(CONTENT_TYPE).map(http::HeaderValue::as_bytes);
    let is_markup = said.is_some_and(|said| {
        let said = said.to_ascii_lowercase();
        [&b"xml"[..], b"html"]
            .iter()
            .any(|word| said.windows(word.len()).any(|window| window == *word))
    });
    if !is_markup {
        return None;
    }
    let start = &body[..body.len().min(PRESCAN)];
    let start: String = start.iter().copied().map(char::from).collect();
    let start = start.to_ascii_lowercase();
    let (mark, within) = if start.trim_start().starts_with("<?xml") {
        ("encoding=", start.split("?>").next().unwrap_or_default())
    } else {
        ("charset=", &start[start.find("<meta")?..])
    };
    let value = &within[within.find(mark)? + mark.len()..];
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
    Some(value[..end.unwrap_or(value.len())].to_owned())
}

#[cfg(feature = "charset")]
fn transcode<'a>(label: &str, body: &'a [u8]) -> Result<Cow<'a, str>, String> {
    let Some(encoding) = encoding_rs::Encoding::for_label(label.as_bytes()) else {
        return Err(format!("the character set {label:?} is unknown"));
    };
    match encoding.decode(body) {
        (text, _, false) => Ok(text),
        (_, encoding, true) => Err(format!("the text is not {}", encoding.name())),
    }
}

/// Without tables only Latin-1 is known: each byte is a character.
#[cfg(not(feature = "charset"))]
fn transcode<'a>(label: &str, body: &'a [u8]) -> Result<Cow<'a, str>, String> {
    if label.eq_ignore_ascii_case("iso-8859-1") || label.eq_ignore_ascii_case("latin1") {
        return Ok(body.iter().copied().map(char::from).collect());
    }
    Err(format!(
        "the text is in {label}: turn on the feature `charset`"
    ))
}

/// The text of a body for a reader who can see that something is wrong: what the character set does not have is
/// U+FFFD.
pub(super) fn decode_lossy<'a>(headers: &HeaderMap, body: &'a [u8]) -> Cow<'a, str> {
    decode(headers, body).unwrap_or_else(|_| String::from_utf8_lossy(body))
}
