//! What the reader reads as one: strings, numbers, words; and what it steps over.

use std::borrow::Cow;

use super::error::Error;
use super::reader::Reader;
use super::scan;

impl<'j> Reader<'j> {
    /// Reads a string.
    ///
    /// # Errors
    ///
    /// No string.
    #[inline]
    pub fn text(&mut self) -> Result<Cow<'j, str>, Error> {
        if self.peek() != Some(b'"') {
            return Err(self.mismatch("a string"));
        }
        self.string()
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// Neither.
    pub fn boolean(&mut self) -> Result<bool, Error> {
        match self.peek() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    /// Reads a number as it is written.
    ///
    /// # Errors
    ///
    /// No number.
    pub fn number(&mut self) -> Result<&'j str, Error> {
        let Some(b'-' | b'0'..=b'9') = self.peek() else {
            return Err(self.mismatch("a number"));
        };
        match scan::number(self.text.as_bytes(), self.at) {
            Some(end) => {
                let start = self.at;
                self.at = end;
                Ok(self.text.get(start..end).unwrap_or_default())
            }
            None => Err(self.syntax("the number is not complete")),
        }
    }

    /// Reads a whole number of up to 18 digits and no sign, if there is one.
    #[inline]
    pub(super) fn small(&mut self) -> Option<u64> {
        self.peek()?;
        let bytes = self.text.as_bytes().get(self.at..)?;
        let mut value = 0;
        for (length, byte) in bytes.iter().take(19).enumerate() {
            match byte {
                b'0'..=b'9' => value = value * 10 + u64::from(byte - b'0'),
                b'.' | b'e' | b'E' => return None,
                _ if length == 0 || (length > 1 && bytes.first() == Some(&b'0')) => return None,
                _ => {
                    self.at += length;
                    return Some(value);
                }
            }
        }
        None
    }

    /// Reads `null`, if that is what stands here.
    ///
    /// # Errors
    ///
    /// Something that begins like it.
    #[inline]
    pub fn null(&mut self) -> Result<bool, Error> {
        match self.peek() {
            Some(b'n') => self.word("null").map(|()| true),
            _ => Ok(false),
        }
    }

    /// Reads a value of any kind and forgets it.
    ///
    /// # Errors
    ///
    /// No JSON.
    pub fn skip(&mut self) -> Result<(), Error> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'{') => self.skip_object(),
            Some(b'[') => self.array(&mut Self::skip),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            _ => Err(self.mismatch("a value")),
        }
    }

    /// Steps over a word.
    fn word(&mut self, word: &'static str) -> Result<(), Error> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.mismatch_word());
        }
        self.at += word.len();
        Ok(())
    }

    #[cold]
    fn mismatch_word(&self) -> Error {
        self.syntax("expected `true`, `false` or `null`")
    }

    /// Steps over an object without a look at its names.
    fn skip_object(&mut self) -> Result<(), Error> {
        self.open(b'{', "an object")?;
        if self.peek() == Some(b'}') {
            return self.close();
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.syntax("expected the name of a member"));
            }
            self.skip_string()?;
            self.colon()?;
            self.skip()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => return self.close(),
                _ => return Err(self.syntax("expected `,` or `}`")),
            }
        }
    }

    fn skip_string(&mut self) -> Result<(), Error> {
        let mut start = self.at + 1;
        loop {
            let end = self.run(start)?;
            if self.at > end {
                return Ok(());
            }
            // Half a pair of surrogates harms nobody here.
            match self.byte(1) {
                Some(b'u') => {
                    self.unit()?;
                }
                _ => {
                    self.escape()?;
                }
            }
            start = self.at;
        }
    }
}

/// Strings.
impl<'j> Reader<'j> {
    /// The string that begins here.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'j, str>, Error> {
        let start = self.at + 1;
        match scan::special(self.text.as_bytes(), start) {
            Some((end, b'"')) => {
                self.at = end + 1;
                let text = self.text.get(start..end).unwrap_or_default();
                Ok(Cow::Borrowed(text))
            }
            _ => self.escaped(start).map(Cow::Owned),
        }
    }

    /// A string that has escapes, or no end.
    fn escaped(&mut self, start: usize) -> Result<String, Error> {
        let mut text = String::new();
        let mut start = start;
        loop {
            let end = self.run(start)?;
            text.push_str(self.text.get(start..end).unwrap_or_default());
            if self.at > end {
                return Ok(text);
            }
            text.push(self.escape()?);
            start = self.at;
        }
    }

    /// The end of the plain characters from `start` on. Steps there, and over the quotation mark that ends the string.
    fn run(&mut self, start: usize) -> Result<usize, Error> {
        let Some((end, byte)) = scan::special(self.text.as_bytes(), start) else {
            self.at = self.text.len();
            return Err(self.syntax("the string has no end"));
        };
        self.at = end;
        match byte {
            b'"' => self.at += 1,
            b'\\' => {}
            _ => return Err(self.syntax("a control character in a string")),
        }
        Ok(end)
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// The character of the escape that begins here.
    fn escape(&mut self) -> Result<char, Error> {
        let plain = match self.byte(1) {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.syntax("no such escape")),
        };
        self.at += 2;
        Ok(plain)
    }

    /// The character of `\u`, and of another one if the first is half of a pair (RFC 8259, section 7).
    fn unicode(&mut self) -> Result<char, Error> {
        let start = self.at;
        let first = self.unit()?;
        let second = match first {
            0xd800..=0xdbff if self.byte(0) == Some(b'\\') && self.byte(1) == Some(b'u') => {
                Some(self.unit()?)
            }
            _ => None,
        };
        let mut decoded = char::decode_utf16([Some(first), second].into_iter().flatten());
        match decoded.next() {
            Some(Ok(decoded)) => Ok(decoded),
            _ => Err(Error::at(start, "half a pair of surrogates".into())),
        }
    }

    /// The sixteen bits of the `\u` that begins here.
    fn unit(&mut self) -> Result<u16, Error> {
        let digits = self.text.get(self.at + 2..self.at + 6);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 6;
                Ok(unit)
            }
            None => Err(self.syntax("expected four hexadecimal digits")),
        }
    }
}
