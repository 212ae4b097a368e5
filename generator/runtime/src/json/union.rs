//! Which of several kinds of objects an object is.

use std::cmp::Reverse;

use super::alternative::Alternative;
use super::error::Error;
use super::reader::Reader;

/// How often, within one text, an object that does not fit the best variant is tried with another. More would let a
/// text that nests such objects take time that doubles with each level.
pub(super) const RETRIES: usize = 1000;

/// What tells a variant of a union by its members: see `matched_union!`.
pub struct Matched<T> {
    /// The members that it must have.
    pub required: &'static [&'static str],
    /// The other members that it may have; nothing if any.
    pub optional: Option<&'static [&'static str]>,
    /// Reads the variant; says whether the value fits.
    pub read: fn(&mut T, &mut Alternative<'_, '_>) -> bool,
}

/// The variants of a union, in the order of the document.
pub type Variants<T> = &'static [Matched<T>];

impl<T> Matched<T> {
    /// How many of these names it leaves over; nothing if it must have a member that is not among them.
    fn left_over(&self, names: &[String]) -> Option<usize> {
        let has = |name: &&str| names.iter().any(|own| own == name);
        if !self.required.iter().all(has) {
            return None;
        }
        let Some(optional) = self.optional else {
            return Some(0);
        };
        let knows = |name: &&String| {
            let mut known = self.required.iter().chain(optional);
            known.any(|known| known == name)
        };
        Some(names.iter().filter(|name| !knows(name)).count())
    }
}

impl Alternative<'_, '_> {
    /// The value of a member, if an object with such a member stands here: a text, or a number or a boolean as it is
    /// written.
    #[must_use]
    pub fn tag(&mut self, name: &str) -> Option<String> {
        if self.first != b'{' {
            return None;
        }
        let (at, depth) = (self.reader.at, self.reader.depth);
        let tag = self.reader.member(name).ok().flatten();
        (self.reader.at, self.reader.depth) = (at, depth);
        tag
    }

    /// Reads an object as the variant whose members are all there that must be, and that leaves the fewest over; of
    /// equal ones that which must have more. Says whether there is one that fits.
    pub fn matched<T>(&mut self, value: &mut T, variants: Variants<T>) -> bool {
        if self.first != b'{' {
            return false;
        }
        let names = self.names();
        let score = |variant: &Matched<T>| {
            let left_over = variant.left_over(&names)?;
            Some((left_over, Reverse(variant.required.len())))
        };
        let ranked = variants.iter().filter_map(|one| Some((score(one)?, one)));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(score, _)| *score);
        for (turn, (_, variant)) in ranked.into_iter().enumerate() {
            if turn > 0 {
                match self.reader.retries.checked_sub(1) {
                    Some(left) => self.reader.retries = left,
                    None => return false,
                }
            }
            if (variant.read)(value, self) {
                return true;
            }
        }
        false
    }

    /// The names of the members of the object that stands here.
    fn names(&mut self) -> Vec<String> {
        let (at, depth) = (self.reader.at, self.reader.depth);
        let mut names = Vec::new();
        // What is no JSON is found when it is read.
        let _ = self.reader.object(&mut |reader, name| {
            names.push(name.to_owned());
            reader.skip()
        });
        (self.reader.at, self.reader.depth) = (at, depth);
        names
    }
}

impl Reader<'_> {
    /// Steps into an object and to the member of this name, and gives its value if that is single.
    fn member(&mut self, name: &str) -> Result<Option<String>, Error> {
        let mut key = self.first_key()?;
        while let Some(own) = key {
            if own == name {
                return Ok(match self.peek() {
                    Some(b'"') => Some(self.text()?.into_owned()),
                    Some(b't' | b'f') => Some(self.boolean()?.to_string()),
                    Some(b'-' | b'0'..=b'9') => Some(self.number()?.to_owned()),
                    _ => None,
                });
            }
            self.skip()?;
            key = self.next_key()?;
        }
        Ok(None)
    }
}
