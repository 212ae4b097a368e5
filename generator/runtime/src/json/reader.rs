//! The reader: a place in a text, and what may stand there.

use std::borrow::Cow;

use super::alternative::Alternative;
use super::decode::Decode;
use super::error::Error;
use super::map::Extra;
use super::union::RETRIES;
use super::value::Json;

/// How deep objects and arrays may be.
pub const DEPTH: usize = 200;

/// A place in a JSON text. Implementations of [`Decode`] take one value from it.
#[derive(Debug)]
pub struct Reader<'j> {
    pub(super) text: &'j str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// How often an object may still be tried with another variant of its union.
    pub(super) retries: usize,
    /// Whether the outermost value is an object with members, and a record that has none of them.
    pub(super) is_foreign: bool,
}

/// Reads a whole text into a slot. Whether it is an object with members, and the slot a record that has none of them.
pub(super) fn read(text: &[u8], slot: &mut dyn Decode) -> Result<bool, Error> {
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
        retries: RETRIES,
        is_foreign: false,
    };
    let result = slot.decode(&mut reader).and_then(|()| reader.end());
    let result = result.map(|()| reader.is_foreign);
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
        let has_members = key.is_some();
        while let Some(name) = key {
            let known = find(names, next, &name).and_then(|at| Some((at, slots.get_mut(at)?)));
            let read = if let Some((at, slot)) = known {
                seen.insert(at);
                next = at + 1;
                slot.decode(self)
            } else if extra.is_some() {
                unknown.push((name.to_string(), Json::Null));
                unknown
                    .last_mut()
                    .map_or(Ok(()), |(_, value)| value.decode(self))
            } else {
                self.skip()
            };
            if let Err(error) = read {
                return Err(error.inside(&name, self.at));
            }
            key = self.next_key()?;
        }
        if let Some(extra) = extra {
            extra.extend(unknown);
        }
        if self.depth == 0 {
            self.is_foreign = has_members && seen.count == 0;
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

    /// What stands here, for a type that may be of several kinds.
    pub fn alternative(&mut self) -> Alternative<'_, 'j> {
        let first = self.peek().unwrap_or_default();
        Alternative {
            reader: self,
            first,
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
    pub(super) fn syntax(&self, message: &'static str) -> Error {
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

    /// Steps into an object or an array.
    #[inline]
    pub(super) fn open(&mut self, bracket: u8, what: &str) -> Result<(), Error> {
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
    pub(super) fn close(&mut self) -> Result<(), Error> {
        self.depth -= 1;
        self.at += 1;
        Ok(())
    }

    /// Steps into an object and to its first value.
    #[inline]
    pub(super) fn first_key(&mut self) -> Result<Option<Cow<'j, str>>, Error> {
        self.open(b'{', "an object")?;
        match self.peek() {
            Some(b'}') => self.close().map(|()| None),
            _ => self.key().map(Some),
        }
    }

    /// Steps from the end of a value to the next one.
    #[inline]
    pub(super) fn next_key(&mut self) -> Result<Option<Cow<'j, str>>, Error> {
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
        self.colon()?;
        Ok(name)
    }

    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Error> {
        if self.peek() != Some(b':') {
            return Err(self.syntax("expected `:`"));
        }
        self.at += 1;
        Ok(())
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
