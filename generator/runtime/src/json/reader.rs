//! The reader: a place in a text, and what may stand there.

use std::borrow::Cow;

use super::decode::Decode;
use super::error::Error;
use super::map::Extra;
use super::scan;
use super::value::Json;

/// How deep objects and arrays may be.
pub const DEPTH: usize = 200;

/// A place in a JSON text. Implementations of [`Decode`] take one value from it.
#[derive(Debug)]
pub struct Reader<'j> {
    text: &'j str,
    at: usize,
    depth: usize,
}

/// Reads a whole text into a slot.
pub(super) fn read(text: &[u8], slot: &mut dyn Decode) -> Result<(), Error> {
    let checked = std::str::from_utf8(text).map_err(|error| {
        let at = error.valid_up_to();
        Error::at(at, "the text is not UTF-8".into()).locate(text, at)
    })?;
    let mut reader = Reader {
        text: checked,
        at: if checked.starts_with('\u{feff}') {
            3
        } else {
            0
        },
        depth: 0,
    };
    let result = slot.decode(&mut reader).and_then(|()| reader.end());
    result.map_err(|error| error.locate(text, reader.at))
}

impl<'j> Reader<'j> {
    /// Reads an object into the slots of its members, of which there are as many as names.
    ///
    /// Members usually come in the order of the table: the one after the last is tried first.
    ///
    /// # Errors
    ///
    /// No object, a member does not fit its slot, or one is missing that cannot be.
    pub fn record(
        &mut self,
        names: &[&str],
        slots: &mut [&mut dyn Decode],
        mut extra: Option<&mut Extra>,
    ) -> Result<(), Error> {
        self.peek();
        let start = self.at;
        let mut seen = Seen::default();
        let mut next = 0;
        if let Some(extra) = &mut extra {
            extra.clear();
        }
        let mut unknown = Vec::new();
        let mut key = self.first_key()?;
        while let Some(name) = key {
            match find(names, next, &name).and_then(|at| Some((at, slots.get_mut(at)?))) {
                Some((at, slot)) => {
                    seen.insert(at);
                    next = at + 1;
                    if let Err(error) = slot.decode(self) {
                        return Err(error.inside(&name, self.at));
                    }
                }
                None if extra.is_some() => {
                    let mut value = Json::Null;
                    if let Err(error) = value.decode(self) {
                        return Err(error.inside(&name, self.at));
                    }
                    unknown.push((name.into_owned(), value));
                }
                None => self.skip()?,
            }
            key = self.next_key()?;
        }
        if let Some(extra) = extra {
            extra.extend(unknown);
        }
        if seen.count < names.len() {
            for (at, (name, slot)) in names.iter().zip(slots).enumerate() {
                if !seen.contains(at) && !slot.absent() {
                    return Err(Error::at(start, format!("missing member `{name}`").into()));
                }
            }
        }
        Ok(())
    }

    /// Reads an array: calls `element` at the beginning of each element.
    ///
    /// # Errors
    ///
    /// No array, or what `element` returns.
    pub fn array(
        &mut self,
        element: &mut dyn FnMut(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.open(b'[', "an array")?;
        if self.peek() == Some(b']') {
            return self.close();
        }
        let mut index = 0_usize;
        loop {
            if let Err(error) = element(self) {
                return Err(error.inside(&index.to_string(), self.at));
            }
            index += 1;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => return self.close(),
                _ => return Err(self.syntax("expected `,` or `]`")),
            }
        }
    }

    /// Reads an object: calls `member` with each name, at the beginning of its value.
    ///
    /// # Errors
    ///
    /// No object, or what `member` returns.
    pub fn object(
        &mut self,
        member: &mut dyn FnMut(&mut Self, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut key = self.first_key()?;
        while let Some(name) = key {
            if let Err(error) = member(self, &name) {
                return Err(error.inside(&name, self.at));
            }
            key = self.next_key()?;
        }
        Ok(())
    }

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

    /// What stands here, for a type that may be of several kinds.
    pub fn alternative(&mut self) -> Alternative<'_, 'j> {
        let first = self.peek().unwrap_or_default();
        Alternative {
            reader: self,
            first,
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
            Some(b'{') => self.object(&mut |reader, _| reader.skip()),
            Some(b'[') => self.array(&mut Self::skip),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            _ => Err(self.mismatch("a value")),
        }
    }

    /// An error at the value that stands here, which is not what was `expected`.
    #[cold]
    #[must_use]
    pub fn mismatch(&mut self, expected: &str) -> Error {
        let found = match self.peek() {
            None => "the end",
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(_) => "something that is no JSON",
        };
        self.error(format!("expected {expected}, found {found}"))
    }

    /// An error at this place.
    #[cold]
    #[must_use]
    pub fn error(&self, message: impl Into<Cow<'static, str>>) -> Error {
        Error::at(self.at, message.into())
    }

    #[cold]
    fn syntax(&self, message: &'static str) -> Error {
        self.error(message)
    }

    /// The first byte that is no white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other.copied(),
            }
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

    /// Steps into an object or an array.
    #[inline]
    fn open(&mut self, bracket: u8, what: &str) -> Result<(), Error> {
        if self.peek() != Some(bracket) {
            return Err(self.mismatch(what));
        }
        if self.depth == DEPTH {
            return Err(self.error(format!("more than {DEPTH} values inside each other")));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    #[inline]
    #[expect(clippy::unnecessary_wraps, reason = "its callers return it")]
    fn close(&mut self) -> Result<(), Error> {
        self.depth -= 1;
        self.at += 1;
        Ok(())
    }

    /// Steps into an object and to its first value.
    #[inline]
    fn first_key(&mut self) -> Result<Option<Cow<'j, str>>, Error> {
        self.open(b'{', "an object")?;
        match self.peek() {
            Some(b'}') => self.close().map(|()| None),
            _ => self.key().map(Some),
        }
    }

    /// Steps from the end of a value to the next one.
    #[inline]
    fn next_key(&mut self) -> Result<Option<Cow<'j, str>>, Error> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.key().map(Some)
            }
            Some(b'}') => self.close().map(|()| None),
            _ => Err(self.syntax("expected `,` or `}`")),
        }
    }

    #[inline]
    fn key(&mut self) -> Result<Cow<'j, str>, Error> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax("expected the name of a member"));
        }
        let name = self.string()?;
        if self.peek() != Some(b':') {
            return Err(self.syntax("expected `:`"));
        }
        self.at += 1;
        Ok(name)
    }

    /// The string that begins here.
    #[inline]
    fn string(&mut self) -> Result<Cow<'j, str>, Error> {
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

    fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("expected the end")),
        }
    }
}

/// The index of a name, searched from `next` on.
#[inline]
fn find(names: &[&str], next: usize, name: &str) -> Option<usize> {
    if names.get(next).is_some_and(|expected| *expected == name) {
        return Some(next);
    }
    names.iter().position(|known| *known == name)
}

/// Which members there were: a bit each, without an allocation unless a type has more than 128.
#[derive(Default)]
struct Seen {
    first: u128,
    others: Vec<usize>,
    count: usize,
}

impl Seen {
    #[inline]
    fn insert(&mut self, at: usize) {
        if self.contains(at) {
            return;
        }
        self.count += 1;
        match at {
            0..128 => self.first |= 1 << at,
            _ => self.others.push(at),
        }
    }

    #[inline]
    fn contains(&self, at: usize) -> bool {
        match at {
            0..128 => self.first >> at & 1 == 1,
            _ => self.others.contains(&at),
        }
    }
}

/// A value of which it is not known yet what it is; see [`Reader::alternative`].
///
/// Each method reads the value into a slot, if it is of that kind and fits, and says whether it did.
#[derive(Debug)]
pub struct Alternative<'r, 'j> {
    reader: &'r mut Reader<'j>,
    first: u8,
}

impl Alternative<'_, '_> {
    /// Reads `true` or `false`.
    pub fn boolean(&mut self, slot: &mut dyn Decode) -> bool {
        matches!(self.first, b't' | b'f') && self.fits(slot)
    }

    /// Reads a number.
    pub fn number(&mut self, slot: &mut dyn Decode) -> bool {
        matches!(self.first, b'-' | b'0'..=b'9') && self.fits(slot)
    }

    /// Reads a string.
    pub fn string(&mut self, slot: &mut dyn Decode) -> bool {
        self.first == b'"' && self.fits(slot)
    }

    /// Reads an array.
    pub fn array(&mut self, slot: &mut dyn Decode) -> bool {
        self.first == b'[' && self.fits(slot)
    }

    /// Reads an object.
    pub fn object(&mut self, slot: &mut dyn Decode) -> bool {
        self.first == b'{' && self.fits(slot)
    }

    /// Reads whatever it is.
    ///
    /// # Errors
    ///
    /// No JSON.
    pub fn other(&mut self) -> Result<Json, Error> {
        let mut value = Json::Null;
        value.decode(self.reader)?;
        Ok(value)
    }

    fn fits(&mut self, slot: &mut dyn Decode) -> bool {
        let Reader { at, depth, .. } = *self.reader;
        let fits = slot.decode(self.reader).is_ok();
        if !fits {
            self.reader.at = at;
            self.reader.depth = depth;
        }
        fits
    }
}
