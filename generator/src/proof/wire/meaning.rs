//! Requests by what they mean to a server: two that mean the same are brought to the same text before they are compared.
//!
//! The same are: characters that delimit nothing, percent-encoded or not (RFC 3986, section 6.2.2); elements of the query of
//! different names, fields of a form and parts, in any order; cookies in any order; JSON by value; media types with and without
//! `charset=utf-8`, and any type of a range that is expected.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::compare::{Difference, Field, Verdict, differences, excerpts, json_value};
use super::url::{origin, target};
use super::{Line, Part, deliberate};
use crate::proof::json::{Nulls, difference};

/// Compares a request with what is expected of it, by what both mean.
#[must_use]
pub fn compare_meaning(expected: &Line, actual: &Line) -> Verdict {
    let (mut a, mut b) = (canonical(expected), canonical(actual));
    align(&mut a, &mut b);
    let mut found = differences(&a, &b);
    // What has the same value is the same text by now; to JavaScript large numbers are equal that are not.
    if let (true, Some(all), Some(own)) = (found.is_empty(), &a.body, &b.body) {
        if all != own {
            let (expected, actual) = excerpts(all, own);
            found.push(Difference {
                field: Field::Body,
                expected,
                actual,
            });
        }
    }
    if found.is_empty() {
        return Verdict::Identical;
    }
    match deliberate::reason_of_call(&a, &b) {
        Some(reason) => Verdict::Deliberate(vec![reason]),
        None => Verdict::Different(found),
    }
}

/// What delimits the parts of a path, and of a query.
const OF_PATH: &[u8] = b"/;,=.?#%&+";
const OF_QUERY: &[u8] = b",+;&=#%";

fn canonical(line: &Line) -> Line {
    let mut line = line.clone();
    line.url = canonical_url(&line.url);
    let mut cookies = Vec::new();
    for (name, value) in &mut line.headers {
        *name = name.to_ascii_lowercase();
        match name.as_str() {
            "content-type" => *value = media_type(value),
            "cookie" => cookies.extend(value.split(';').map(|pair| units(pair.trim(), b"=;%"))),
            _ => {}
        }
    }
    line.headers.retain(|(name, _)| name != "cookie");
    cookies.sort_unstable();
    if !cookies.is_empty() {
        line.headers.push(("cookie".to_owned(), cookies.join("; ")));
    }
    let is_form = line
        .header("content-type")
        .is_some_and(|kind| kind.contains("x-www-form-urlencoded"));
    if let Some(body) = line.body.as_mut().filter(|_| is_form) {
        let elements = body.split('&').filter(|element| !element.is_empty());
        let mut fields: Vec<String> = elements
            .map(|element| units(&element.replace('+', "%20"), b"&=+%"))
            .map(|field| {
                if field.contains('=') {
                    field
                } else {
                    field + "="
                }
            })
            .collect();
        fields.sort_by(|a, b| name_of(a).cmp(name_of(b)));
        *body = fields.join("&");
    }
    if let Some(parts) = &mut line.multipart {
        parts.iter_mut().for_each(canonical_part);
        parts.sort_by(|a, b| a.name.cmp(&b.name));
    }
    line
}

fn canonical_url(url: &str) -> String {
    let target = target(url);
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target.as_ref(), None),
    };
    let mut text = format!("{}{}", origin(url), units(path, OF_PATH));
    let elements = query.into_iter().flat_map(|query| query.split('&'));
    let mut elements: Vec<String> = elements
        .filter(|element| !element.is_empty())
        .map(|element| units(element, OF_QUERY))
        .collect();
    // Those of one name keep their order.
    elements.sort_by(|a, b| name_of(a).cmp(name_of(b)));
    if !elements.is_empty() {
        text.push('?');
        text.push_str(&elements.join("&"));
    }
    text
}

fn name_of(element: &str) -> &str {
    element.split('=').next().unwrap_or_default()
}

/// A text with one form of each character that delimits nothing: plain where it is unreserved, else encoded.
fn units(text: &str, delimiters: &[u8]) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
        let decoded = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (is_encoded, byte) = decoded.map_or((false, byte), |byte| (true, byte));
        at += if is_encoded { 3 } else { 1 };
        let is_unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        // `%` that encodes nothing stands for itself, as `%25` does.
        let stays = delimiters.contains(&byte) && !is_encoded && byte != b'%';
        if stays || is_unreserved && !(is_encoded && delimiters.contains(&byte)) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A media type in lower case, without blanks, boundaries and `charset=utf-8`.
fn media_type(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_owned();
    let is_kept = |part: &&str| {
        !part.starts_with("boundary=") && !matches!(*part, "charset=utf-8" | "charset=\"utf-8\"")
    };
    let rest = parts.filter(is_kept).map(|part| format!(";{part}"));
    essence + &rest.collect::<String>()
}

fn canonical_part(part: &mut Part) {
    let usual = if part.filename.is_some() {
        "application/octet-stream"
    } else {
        "text/plain"
    };
    part.content_type = Some(media_type(part.content_type.as_deref().unwrap_or(usual)));
}

/// Gives the actual request the text of what is expected where both mean the same.
fn align(expected: &mut Line, actual: &mut Line) {
    if let (Some(range), Some(own)) = (media_of(expected), media_of(actual)) {
        if is_of_range(&own, &range) {
            expected.headers.iter_mut().for_each(|(name, value)| {
                if name == "content-type" {
                    value.clone_from(&own);
                }
            });
        }
    }
    if let (Some(a), Some(b)) = (&expected.body, &actual.body) {
        if a != b && is_same_json(a, b) {
            actual.body.clone_from(&expected.body);
        }
    }
    if let (Some(a), Some(b)) = (&expected.multipart, &mut actual.multipart) {
        let mut left: BTreeMap<Option<String>, Vec<&Part>> = BTreeMap::new();
        for part in a {
            left.entry(part.name.clone()).or_default().push(part);
        }
        for part in b.iter_mut() {
            let named = left.get(&part.name).into_iter().flatten();
            let same = named.copied().find(|one| {
                let (a, b) = (one.text.as_deref(), part.text.as_deref());
                a.zip(b).is_some_and(|(a, b)| a != b && is_same_json(a, b))
            });
            if let Some(same) = same {
                part.text.clone_from(&same.text);
            }
        }
        // The bytes of both are made of their parts.
        actual.body.clone_from(&expected.body);
        actual.body_base64.clone_from(&expected.body_base64);
    }
}

fn media_of(line: &Line) -> Option<String> {
    line.header("content-type").map(str::to_owned)
}

fn is_of_range(media_type: &str, range: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().to_owned();
    let (own, range) = (essence(media_type), essence(range));
    match range.split_once('*') {
        None => false,
        Some((before, after)) => {
            let after = after.trim_start_matches("/*");
            own.starts_with(before) && own.ends_with(after)
        }
    }
}

/// Whether two texts are the same JSON: numbers are decimals of any length, and `null` is no absence.
fn is_same_json(a: &str, b: &str) -> bool {
    let both = json_value(a).zip(json_value(b));
    both.is_some_and(|(a, b)| difference(&a, &b, Nulls::Kept).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::wire::read_lines;

    /// Compares two requests: what each has beside `POST https://a.example/`.
    fn check(expected: &str, actual: &str, verdict: &str) {
        let line = |members: &str| {
            let text = format!(
                r#"{{"id": "POST /#example.1", "method": "POST", "url": "https://a.example/", "headers": []{}{members}}}"#,
                if members.is_empty() { "" } else { ", " }
            );
            // What stands twice counts the second time.
            let value: serde_json::Value = serde_json::from_str(&text).expect(&text);
            read_lines(&value.to_string()).expect(&text).remove(0)
        };
        let said = match compare_meaning(&line(expected), &line(actual)) {
            Verdict::Identical => "same".to_owned(),
            Verdict::StandIns => "stand-ins".to_owned(),
            Verdict::Deliberate(reasons) => reasons[0].code.to_owned(),
            Verdict::Different(all) => all[0].field.to_string(),
        };
        assert_eq!(said, verdict, "{expected} {actual}");
    }

    #[test]
    fn urls_and_headers() {
        let url = |a: &str, b: &str, verdict: &str| {
            let member = |url: &str| format!(r#""url": "https://a.example{url}""#);
            check(&member(a), &member(b), verdict);
        };
        url("/a~b?x=1", "/a%7Eb?x=1", "same");
        url("/a'b?x='", "/a%27b?x=%27", "same");
        url("/?a=1&b=2", "/?b=2&a=1", "same");
        url("/?a=1&a=2", "/?a=2&a=1", "URL");
        url("/a/b", "/a%2Fb", "URL");
        url("/?a=b+c", "/?a=b%2Bc", "URL");
        url("/?a=1,2", "/?a=1%2C2", "URL");
        let headers = |a: &str, b: &str, verdict: &str| {
            let member = |headers: &str| format!(r#""headers": {headers}"#);
            check(&member(a), &member(b), verdict);
        };
        headers(r#"[["X-A", "1"]]"#, r#"[["x-a", "1"]]"#, "same");
        headers(r#"[["X-A", "1"]]"#, r#"[["x-a", "2"]]"#, "headers");
        headers(
            r#"[["Cookie", "a=1; b=2"]]"#,
            r#"[["cookie", "b=2; a=1"]]"#,
            "same",
        );
        headers(
            r#"[["Content-Type", "text/plain"]]"#,
            r#"[["content-type", "text/plain; charset=utf-8"]]"#,
            "same",
        );
        headers(
            r#"[["Content-Type", "image/*"]]"#,
            r#"[["content-type", "image/png"]]"#,
            "same",
        );
        headers(
            r#"[["Content-Type", "image/*"]]"#,
            r#"[["content-type", "text/plain"]]"#,
            "headers",
        );
    }

    #[test]
    fn bodies() {
        let body = |media_type: &str, a: &str, b: &str, verdict: &str| {
            let members = |body: &str| {
                let body = serde_json::Value::from(body);
                format!(r#""headers": [["content-type", "{media_type}"]], "body": {body}"#)
            };
            check(&members(a), &members(b), verdict);
        };
        let json = "application/json";
        body(json, r#"{"a": 1.0, "b": []}"#, r#"{"b":[],"a":1}"#, "same");
        body(json, "12345678901234567890", "12345678901234567891", "body");
        body(json, r#"{"a": null}"#, r#"{"b": 1}"#, "body");
        body(
            json,
            r#"{"a": 1, "b": [{"c": 2}]}"#,
            r#"{"b":[{}]}"#,
            "unnamed-member",
        );
        body(json, r#"{"a": 1}"#, r#"{"a":2}"#, "body");
        let form = "application/x-www-form-urlencoded";
        body(form, "a=1&b=x+y", "b=x%20y&a=1", "same");
        body(form, "a=1&a=2", "a=2&a=1", "body");
        body(form, "a=%26", "a=&", "body");
        let empty = format!(r#""headers": [["content-type", "{form}"]], "body": """#);
        check("", &empty, "empty-form");
        check(&empty, "", "empty-form");
        let multipart = r#""headers": [["content-type", "multipart/form-data"]], "multipart": []"#;
        check(multipart, "", "empty-form");
        check(&empty, multipart, "empty-form");
        let json_type = r#""headers": [["content-type", "application/json"]]"#;
        check(json_type, "", "headers");
    }

    #[test]
    fn parts() {
        let parts = |a: &str, b: &str, verdict: &str| {
            let members = |parts: &str| {
                format!(
                    r#""headers": [["content-type", "multipart/form-data"]], "multipart": [{parts}]"#
                )
            };
            check(&members(a), &members(b), verdict);
        };
        let (a, b) = (
            r#"{"name": "a", "text": "1"}"#,
            r#"{"name": "b", "text": "2"}"#,
        );
        parts(&format!("{a}, {b}"), &format!("{b}, {a}"), "same");
        parts(a, b, "body");
        parts(
            a,
            r#"{"name": "a", "content_type": "text/plain", "text": "1"}"#,
            "same",
        );
        parts(
            r#"{"name": "a", "content_type": "application/json", "text": "{\"a\": 1}"}"#,
            r#"{"name": "a", "content_type": "application/json", "text": "{\"a\":1.0}"}"#,
            "same",
        );
        parts(
            r#"{"name": "a", "filename": "x", "text": "1"}"#,
            r#"{"name": "a", "filename": "y", "text": "1"}"#,
            "body",
        );
    }
}
