//! Bodies of lines: text or bytes, and multipart form data (RFC 7578) taken apart.

use super::line::text_or_base64;
use super::{Line, Part};

/// What a boundary begins with that the runtime of clients makes up; others are part of the document.
const OWN_BOUNDARY: &str = "letterpress-";

impl Line {
    /// The line with that body; an empty one is none. What a client separates the parts of a form by is another text at each
    /// run: zeros stand for it, so that the same request is the same line.
    #[must_use]
    pub fn with_body(mut self, body: Option<Vec<u8>>) -> Self {
        let Some(mut body) = body.filter(|body| !body.is_empty()) else {
            return self;
        };
        let found = self.boundary();
        if let Some((header, boundary)) = found {
            self.multipart = parts(&body, &boundary);
            if boundary.starts_with(OWN_BOUNDARY) {
                let zeros = "0".repeat(boundary.len());
                let [before, after] = [&boundary, &zeros].map(|text| format!("--{text}"));
                body = replace(&body, before.as_bytes(), after.as_bytes());
                if let Some((_, value)) = self.headers.get_mut(header) {
                    *value = value.replace(&boundary, &zeros);
                }
            }
        }
        (self.body, self.body_base64) = text_or_base64(body);
        self
    }

    /// What the Content-Type says that parts are separated by, and which of the headers that is.
    fn boundary(&self) -> Option<(usize, String)> {
        let mut headers = self.headers.iter().enumerate();
        let (index, (_, value)) =
            headers.find(|(_, (name, _))| name.eq_ignore_ascii_case("content-type"))?;
        boundary(value).map(|boundary| (index, boundary.to_owned()))
    }
}

/// What the parts of a body of that media type are separated by.
pub(crate) fn boundary(media_type: &str) -> Option<&str> {
    let lower = media_type.trim_start().to_ascii_lowercase();
    if !lower.starts_with("multipart/") {
        return None;
    }
    let start = media_type.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let rest = &media_type[start..];
    let (value, is_end): (&str, fn(char) -> bool) = match rest.strip_prefix('"') {
        Some(quoted) => (quoted, |c| c == '"'),
        None => (rest, |c| c == ';' || c.is_whitespace()),
    };
    let value = value.split(is_end).next()?;
    (!value.is_empty()).then_some(value)
}

/// The parts of a body. Nothing, where it is not made of parts with that boundary.
fn parts(body: &[u8], boundary: &str) -> Option<Vec<Part>> {
    let separator = format!("\r\n--{boundary}").into_bytes();
    let mut rest = body.strip_prefix(&separator[2..])?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let content = rest.strip_prefix(b"\r\n")?;
        let end = find(content, &separator)?;
        parts.push(part(&content[..end]));
        rest = &content[end + separator.len()..];
    }
    Some(parts)
}

fn part(bytes: &[u8]) -> Part {
    let gap = find(bytes, b"\r\n\r\n");
    let (head, content) = match gap {
        Some(gap) => (&bytes[..gap], &bytes[gap + 4..]),
        None => (bytes, &[][..]),
    };
    let mut part = Part::default();
    // Names are sent in UTF-8.
    for line in String::from_utf8_lossy(head).split("\r\n") {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "content-disposition" => {
                part.name = parameter(value, "name");
                part.filename = parameter(value, "filename");
            }
            "content-type" => part.content_type = Some(value.trim().to_owned()),
            _ => {}
        }
    }
    (part.text, part.base64) = text_or_base64(content.to_vec());
    part
}

/// The value of a parameter. A quote inside of it may be unescaped: the last one is before a `;` or the end.
fn parameter(value: &str, name: &str) -> Option<String> {
    let start = format!("{name}=\"");
    let mut places = value.match_indices(&start).map(|(at, _)| at);
    let at = places.find(|at| value[..*at].trim_end().ends_with([';', ':']))?;
    let rest = &value[at + start.len()..];
    let mut quotes = rest.match_indices('"').map(|(at, _)| at);
    let end = quotes.find(|at| {
        let after = rest[at + 1..].trim_start();
        after.is_empty() || after.starts_with(';')
    })?;
    Some(unescaped(&rest[..end]))
}

/// A name without its escapes (HTML, "Multipart form data").
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn replace(bytes: &[u8], what: &[u8], by: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = find(rest, what) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(by);
        rest = &rest[at + what.len()..];
    }
    replaced.extend_from_slice(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(media_type: &str, body: &[u8]) -> Line {
        let headers = vec![("Content-Type".to_owned(), media_type.to_owned())];
        let line = Line {
            headers,
            ..Line::default()
        };
        line.with_body(Some(body.to_vec()))
    }

    #[test]
    fn bodies_are_text_or_base64() {
        assert_eq!(Line::default().with_body(None), Line::default());
        assert_eq!(line("text/plain", b"").body, None);
        assert_eq!(line("text/plain", b"x").body.as_deref(), Some("x"));
        let binary = line("text/plain", b"\xff");
        assert_eq!(
            (binary.body, binary.body_base64.as_deref()),
            (None, Some("/w=="))
        );
    }

    #[test]
    fn forms_are_taken_apart() {
        let check = |media_type: &str, body: &[u8], expected: &str| {
            let multipart = line(media_type, body).multipart;
            let parts = multipart.map(|parts| {
                let parts = parts
                    .iter()
                    .map(|part| serde_json::to_string(part).expect("JSON"));
                parts.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(parts.as_deref().unwrap_or("none"), expected);
        };
        let text = b"--a-b\r\nContent-Disposition: form-data; name=\"x\"y\"\r\n\r\n \xc3\xa9\r\n--a-b--\r\n";
        check(
            "multipart/form-data; boundary=a-b",
            text,
            r#"{"name":"x\"y","text":" é"}"#,
        );
        check(
            "Multipart/Form-Data; Boundary=\"a-b\"; x=y",
            text,
            r#"{"name":"x\"y","text":" é"}"#,
        );
        let file =
            b"--a\r\ncontent-disposition: form-data; name=\"\"; filename=\"a; name.bin\"\r\n\
            Content-Type: image/png\r\nX: y\r\n\r\n\xff\r\n--a--";
        check(
            "multipart/form-data; boundary=a",
            file,
            r#"{"name":"","filename":"a; name.bin","content_type":"image/png","base64":"/w=="}"#,
        );
        check("multipart/form-data; boundary=a", b"--a--\r\n", "");
        for media_type in [
            "text/plain; boundary=a-b",
            "multipart/form-data",
            "multipart/form-data; boundary=b",
        ] {
            check(media_type, text, "none");
        }
        check("multipart/form-data; boundary=a-b", &text[..40], "none");
    }

    #[test]
    fn a_form_is_the_same_line_at_each_run() {
        let form = |boundary: &str| {
            let body = format!("--{boundary}\r\n\r\n\r\n--{boundary}--\r\n");
            line(
                &format!("multipart/form-data; boundary={boundary}"),
                body.as_bytes(),
            )
        };
        assert_eq!(form("letterpress-17"), form("letterpress-23"));
        // What the document says is not made up.
        let media_type = form("ab").headers[0].1.clone();
        assert_eq!(media_type, "multipart/form-data; boundary=ab");
    }
}
