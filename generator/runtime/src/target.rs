//! The request target: path and query, written once as text.

use std::fmt::Display;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::encode;
use super::json::{self, Encode};
use super::request_error::RequestError;
use super::style::{In, Style};
use super::values::Values;

/// The path of a request, written from left to right.
///
/// Text is written as it is; it was encoded when the client was generated. In values, letters,
/// digits and `-._~!$&'()*+,=@:[]|^` stay, as in Postman; everything else becomes `%XX` of its UTF-8
/// form, so that a value never ends its segment, the path or the URL. In the last segment `:` is
/// encoded as well: there it begins a verb for some APIs (`/jobs/7:cancel`).
///
/// Encoding cannot help against a segment that is empty, `.` or `..`: URL libraries, proxies and
/// servers remove those, and the request reaches another resource. A segment that holds a value
/// and comes to that as a whole, also after tabs and line breaks are taken out of it (as URL
/// libraries do), makes the request fail with [`RequestError::PathValue`] before anything is sent.
/// An empty one is sent where [`Settings::empty_segments`](super::Settings::empty_segments) says so.
#[derive(Debug, Default)]
pub struct Path {
    encoded: String,
    values: Vec<Value>,
    allows_empty: bool,
    error: Option<RequestError>,
}

/// Where a value stands in the text of a path.
#[derive(Clone, Debug)]
struct Value {
    name: &'static str,
    /// Its bytes, all of them in one segment.
    range: Range<usize>,
    /// Whether the server decodes it once more.
    twice: bool,
}

impl Path {
    /// Appends text that is already encoded. It may hold several segments, or part of one.
    pub fn text(&mut self, encoded: &'static str) {
        self.append(encoded);
    }

    pub(super) fn append(&mut self, encoded: &str) {
        self.encoded.push_str(encoded);
    }

    /// Appends a value, which may be all of a segment or part of it. `name` is for errors only.
    pub fn value(&mut self, name: &'static str, value: &dyn Display) {
        self.push(name, value, false);
    }

    /// As [`value`](Path::value), for an API that asks that a value with `/` in it is encoded twice.
    ///
    /// Such an API decodes it twice, and so it may see segments that proxies do not see: a value
    /// that is `.` or `..` between two `/`, itself or once decoded, is refused as well.
    ///
    /// ```
    /// use letterpress_client::Path;
    ///
    /// let mut path = Path::default();
    /// path.encoded_twice("uuid", &"/ajXp112Q==");
    /// assert!(format!("{path:?}").contains("%252FajXp112Q%253D%253D"));
    /// ```
    pub fn encoded_twice(&mut self, name: &'static str, value: &dyn Display) {
        let text = encode::text(value);
        let mut once = String::new();
        encode::push(&mut once, encode::STRICT, &text);
        let value = if text.contains('/') { once } else { text };
        self.push(name, &value, true);
    }

    fn push(&mut self, name: &'static str, value: &dyn Display, twice: bool) {
        self.push_in(encode::PATH, name, value, twice);
    }

    fn push_in(
        &mut self,
        set: &'static percent_encoding::AsciiSet,
        name: &'static str,
        value: &dyn Display,
        twice: bool,
    ) {
        let start = self.encoded.len();
        encode::push(&mut self.encoded, set, value);
        let range = start..self.encoded.len();
        self.values.push(Value { name, range, twice });
    }

    /// Appends a list, an object or a plain value in a style of OpenAPI. Null, and a list or an object without anything in it,
    /// are refused.
    pub fn styled(&mut self, name: &'static str, style: Style, value: &dyn Encode) {
        match style.write(name, value, In::Path) {
            Ok(text) => {
                let start = self.encoded.len();
                self.encoded.push_str(&text.unwrap_or_default());
                let range = start..self.encoded.len();
                let twice = false;
                self.values.push(Value { name, range, twice });
            }
            Err(problem) => {
                self.error
                    .get_or_insert(RequestError::Parameter { name, problem });
            }
        }
    }

    /// Appends a value that may be several segments: its `/` stay. None of them may be empty, `.` or `..`.
    ///
    /// ```
    /// use letterpress_client::Path;
    ///
    /// let mut path = Path::default();
    /// path.text("/contents/");
    /// path.segments("path", &"src/a b.rs");
    /// assert!(format!("{path:?}").contains("/contents/src/a%20b.rs"));
    /// ```
    pub fn segments(&mut self, name: &'static str, value: &dyn Display) {
        for (index, segment) in encode::text(value).split('/').enumerate() {
            if index > 0 {
                self.append("/");
            }
            self.push_in(encode::STRICT, name, &segment, false);
        }
    }

    /// A path in which a value may be empty as a whole segment.
    pub(super) fn with_empty_segments(allows_empty: bool) -> Self {
        Self {
            allows_empty,
            ..Self::default()
        }
    }

    /// The text of the path. Unless it is empty, it begins with `/`, so that it cannot extend
    /// the host of the base URL in front of it.
    pub(super) fn finish(mut self) -> Result<String, RequestError> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        // The end of the segment that was looked at last, and whether as one that is decoded twice: a segment of many values
        // is looked at once.
        let mut seen = None;
        for value in &self.values {
            let start = value.range.start;
            if seen.is_some_and(|(end, twice)| start <= end && twice >= value.twice) {
                continue;
            }
            let segment = segment(&self.encoded, start);
            seen = Some((segment.end, value.twice));
            let written = &self.encoded[segment];
            if written.is_empty() && self.allows_empty {
                continue;
            }
            let segment = decode(written);
            let again = decode(&segment);
            let mut inner = again.split('/').map(without_breaks);
            let is_dots = |part: String| matches!(part.as_str(), "." | "..");
            if matches!(without_breaks(&segment).as_str(), "" | "." | "..")
                || value.twice && inner.any(is_dots)
            {
                return Err(RequestError::PathValue {
                    name: value.name,
                    value: segment,
                });
            }
        }
        self.encode_verbs();
        if !self.encoded.is_empty() && !self.encoded.starts_with('/') {
            self.encoded.insert(0, '/');
        }
        Ok(self.encoded)
    }

    /// Encodes `:` in the values of the last segment.
    fn encode_verbs(&mut self) {
        let last = self.encoded.rfind('/').map_or(0, |slash| slash + 1);
        let mut encoded = self.encoded[..last].to_owned();
        let mut written = last;
        for Value { range, .. } in self.values.iter().filter(|value| value.range.start >= last) {
            encoded.push_str(&self.encoded[written..range.start]);
            encoded.push_str(&self.encoded[range.clone()].replace(':', "%3A"));
            written = range.end;
        }
        encoded.push_str(&self.encoded[written..]);
        self.encoded = encoded;
    }
}

/// Where the segment of `path` around the byte `at` is.
fn segment(path: &str, at: usize) -> Range<usize> {
    let (before, after) = path.split_at(at);
    let start = before.rfind('/').map_or(0, |slash| slash + 1);
    let end = after.find('/').map_or(path.len(), |slash| at + slash);
    start..end
}

fn decode(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

fn without_breaks(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], "")
}

/// The query of a request: elements in the order in which they are added, `&` between them.
///
/// Without any element there is no `?` either. In names and values, what Postman leaves as it is
/// stays (letters, digits, ``-._~!$()*,:@/?[]{}|^`\``, in values also `=`); everything else is
/// encoded: also `+`, which many servers read as a blank, `%`, and the blank as `%20`. A `;`, which
/// some servers take for `&`, is encoded in names, and in values where a `=` comes behind it.
#[derive(Debug, Default)]
pub struct Query {
    encoded: Option<String>,
    error: Option<RequestError>,
}

impl Query {
    /// Appends `name=value` for each value. The name is already encoded.
    pub fn pair(&mut self, encoded_name: &'static str, values: &dyn Values) {
        values.each(&mut |value| {
            let out = self.element();
            out.push_str(encoded_name);
            out.push('=');
            encode::push_query_value(out, value);
        });
    }

    /// Appends `name=value` for each value, and `name` alone where there is none. The name is already
    /// encoded.
    pub fn pair_or_name(&mut self, encoded_name: &'static str, values: &dyn Values) {
        let mut has_value = false;
        values.each(&mut |_| has_value = true);
        if has_value {
            self.pair(encoded_name, values);
        } else {
            self.element().push_str(encoded_name);
        }
    }

    /// Appends `name=value`, where the value is JSON, unless it is absent. The name is already encoded.
    pub fn json(&mut self, encoded_name: &'static str, value: &dyn Encode) {
        if !value.is_absent() {
            self.pair(encoded_name, &json::to_string(value));
        }
    }

    /// Appends an element that is always the same and already encoded. It may be empty, as
    /// between two `&`.
    pub fn text(&mut self, encoded: &'static str) {
        self.element().push_str(encoded);
    }

    /// Appends `name=value` for each pair, where the name is an input as well.
    pub fn pairs(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            let out = self.element();
            encode::push(out, encode::QUERY_NAME, name);
            out.push('=');
            encode::push_query_value(out, value);
        }
    }

    /// Appends the JSON form of a value, percent-encoded, unless it is absent: as a parameter, or alone as the whole
    /// query where the name is empty. The name is already encoded.
    pub fn json_parameter(&mut self, encoded_name: &'static str, value: &dyn Encode) {
        if value.is_absent() {
            return;
        }
        let out = self.element();
        out.push_str(encoded_name);
        out.push_str(if encoded_name.is_empty() { "" } else { "=" });
        encode::push(out, encode::STRICT, &json::to_string(value));
    }

    /// Appends a list, an object or a plain value in a style of OpenAPI.
    pub fn styled(&mut self, name: &'static str, style: Style, value: &dyn Encode) {
        match style.write(name, value, In::Query) {
            Ok(None) => {}
            Ok(Some(text)) => self.element().push_str(&text),
            Err(problem) => {
                self.error
                    .get_or_insert(RequestError::Parameter { name, problem });
            }
        }
    }

    /// The text of the query, without `?`.
    pub(super) fn finish(self) -> Result<Option<String>, RequestError> {
        self.error.map_or(Ok(self.encoded), Err)
    }

    /// Begins an element.
    fn element(&mut self) -> &mut String {
        if let Some(before) = &mut self.encoded {
            before.push('&');
        }
        self.encoded.get_or_insert_default()
    }
}
