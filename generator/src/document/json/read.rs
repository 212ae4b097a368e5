//! From text to nodes.

use std::borrow::Cow;

use super::{MAX_DEPTH, Member, Node, Span, SyntaxError, Value};

/// Reads a document.
///
/// Stricter than JavaScript, more lenient than RFC 8259 in one thing: control characters inside of
/// strings are taken as they are, because real exports hold them.
///
/// # Errors
///
/// The first place that is not JSON.
pub fn read(text: &str) -> Result<Node<'_>, SyntaxError> {
    read_as(text, false)
}

/// Reads a body as people write it into Postman, where JSON is a template (rules B3, B4).
///
/// Beside what [`read`] takes: variables as values (`"id": {{id}}`, also `{{a}}{{b}}` and `1{{zeros}}`) and
/// as names, `//` and `/* */` comments, a comma behind the last element or member, and a member without a value
/// (`{"id": }`), which is what an empty variable leaves. Variables inside of strings are text to this reader.
///
/// # Errors
///
/// The first place that is not such JSON.
pub fn read_template(text: &str) -> Result<Node<'_>, SyntaxError> {
    read_as(text, true)
}

fn read_as(text: &str, template: bool) -> Result<Node<'_>, SyntaxError> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
        template,
    };
    let node = reader.node()?;
    reader.skip_blanks();
    if reader.at < text.len() {
        return Err(reader.error("expected the end of the document"));
    }
    Ok(node)
}

/// A cursor over the text. Every method leaves it behind what it read.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Whether variables, comments and commas at the end are taken.
    template: bool,
}

impl<'a> Reader<'a> {
    fn node(&mut self) -> Result<Node<'a>, SyntaxError> {
        self.skip_blanks();
        let start = self.at;
        let value = match self.peek() {
            _ if self.variables() => Value::Variable(&self.text[start..self.at]),
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) => return Err(self.error("expected a value")),
            None => return Err(self.error("the document ends where a value is expected")),
        };
        Ok(Node {
            span: Span {
                start,
                end: self.at,
            },
            value,
        })
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Value<'a>, SyntaxError>,
    ) -> Result<Value<'a>, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error("arrays and objects nest deeper than 200 levels"));
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<Value<'a>, SyntaxError> {
        let mut elements = Vec::new();
        self.skip_blanks();
        if self.take(b']') {
            return Ok(Value::Array(elements));
        }
        loop {
            elements.push(self.node()?);
            self.skip_blanks();
            if self.take(b']') {
                return Ok(Value::Array(elements));
            }
            if !self.take(b',') {
                return Err(self.error("expected `,` or `]`"));
            }
            if self.closes(b']') {
                return Ok(Value::Array(elements));
            }
        }
    }

    fn object(&mut self) -> Result<Value<'a>, SyntaxError> {
        let mut members = Vec::new();
        self.skip_blanks();
        if self.take(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_blanks();
            let name = self.name()?;
            self.skip_blanks();
            if !self.take(b':') {
                return Err(self.error("expected `:`"));
            }
            let node = match self.missing() {
                Some(node) => node,
                None => self.node()?,
            };
            members.push(Member { name, node });
            self.skip_blanks();
            if self.take(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.take(b',') {
                return Err(self.error("expected `,` or `}`"));
            }
            if self.closes(b'}') {
                return Ok(Value::Object(members));
            }
        }
    }

    /// A member without a value: what is left of a variable that is empty.
    fn missing(&mut self) -> Option<Node<'a>> {
        self.skip_blanks();
        let is_missing = self.template && matches!(self.peek(), Some(b',' | b'}'));
        is_missing.then_some(Node {
            span: Span {
                start: self.at,
                end: self.at,
            },
            value: Value::Variable(""),
        })
    }

    fn name(&mut self) -> Result<Cow<'a, str>, SyntaxError> {
        let start = self.at;
        if self.variables() {
            return Ok(Cow::Borrowed(&self.text[start..self.at]));
        }
        if self.peek() != Some(b'"') {
            return Err(self.error("expected a name in double quotes"));
        }
        self.string()
    }

    /// The end of a list behind its last comma.
    fn closes(&mut self, end: u8) -> bool {
        if !self.template {
            return false;
        }
        self.skip_blanks();
        self.take(end)
    }

    /// Reads one or several variables, with the letters and digits that touch them, if there are any here.
    fn variables(&mut self) -> bool {
        if !self.template {
            return false;
        }
        let rest = &self.text[self.at..];
        let (mut end, mut found) = (0, false);
        loop {
            if let Some(length) = variable(&rest[end..]) {
                end += length;
                found = true;
            } else if rest[end..]
                .starts_with(|c: char| c.is_ascii_alphanumeric() || "+-._".contains(c))
            {
                end += 1;
            } else {
                break;
            }
        }
        self.at += if found { end } else { 0 };
        found
    }

    fn number(&mut self) -> Result<&'a str, SyntaxError> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') && self.digits() == 0 {
            return Err(self.error("expected a digit"));
        }
        if self.take(b'.') && self.digits() == 0 {
            return Err(self.error("expected a digit behind the point"));
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            if self.digits() == 0 {
                return Err(self.error("expected a digit of the exponent"));
            }
        }
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, SyntaxError> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.error("expected a value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn string(&mut self) -> Result<Cow<'a, str>, SyntaxError> {
        let open = self.at;
        self.at += 1;
        let mut start = self.at;
        let mut decoded = String::new();
        loop {
            match self.peek() {
                Some(b'"') => {
                    let rest = &self.text[start..self.at];
                    self.at += 1;
                    return Ok(if decoded.is_empty() {
                        Cow::Borrowed(rest)
                    } else {
                        decoded.push_str(rest);
                        Cow::Owned(decoded)
                    });
                }
                Some(b'\\') => {
                    decoded.push_str(&self.text[start..self.at]);
                    self.at += 1;
                    decoded.push(self.escape()?);
                    start = self.at;
                }
                Some(_) => self.at += 1,
                None => {
                    self.at = open;
                    return Err(self.error("this string has no end"));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxError> {
        let escaped = match self.peek() {
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.error("no such escape in JSON")),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// The character of `\u` and four digits, or of two of them that are a surrogate pair. Half a pair means no
    /// character; JavaScript keeps it, text cannot: it becomes U+FFFD.
    fn unicode(&mut self) -> Result<char, SyntaxError> {
        let first = self.hex4()?;
        if (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            let back = self.at;
            self.at += 2;
            let second = self.hex4()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = back;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex4(&mut self) -> Result<u32, SyntaxError> {
        let digits = self.text.get(self.at..self.at + 4);
        let code = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| self.error("expected four hexadecimal digits"))?;
        self.at += 4;
        Ok(code)
    }

    fn skip_blanks(&mut self) {
        loop {
            while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                self.at += 1;
            }
            match self.comment().filter(|_| self.template) {
                Some(length) => self.at += length,
                None => return,
            }
        }
    }

    /// How long the comment is that begins here. One without an end is none.
    fn comment(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        if rest.starts_with("//") {
            return Some(rest.find('\n').unwrap_or(rest.len()));
        }
        let inside = rest.strip_prefix("/*")?;
        inside.find("*/").map(|end| end + 4)
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn error(&self, message: &'static str) -> SyntaxError {
        SyntaxError {
            message,
            offset: self.at,
        }
    }
}

/// How long the variable is that the text begins with (rule V1).
fn variable(text: &str) -> Option<usize> {
    let name = text.strip_prefix("{{")?;
    let end = name.find(['{', '}'])?;
    name[end..].starts_with("}}").then_some(end + 4)
}
