//! Which of several kinds of objects an object is.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::alternative::Alternative;
use super::error::Error;
use super::reader::Reader;

/// How often, within one text, an object that does not fit the best variant is tried with another. More would let a
/// text that nests such objects take time that doubles with each level.
pub(super) const RETRIES: usize = 1000;

/// What tells a variant of a union by its members: see `matched_union!`.
pub struct Matched<T> {
    /// The members that it must have, each with its values; none if any.
    pub required: &'static [(&'static str, &'static [&'static str])],
    /// The other members that it may have; nothing if any.
    pub optional: Option<&'static [&'static str]>,
    /// Reads the variant; says whether the value fits.
    pub read: fn(&mut T, &mut Alternative<'_, '_>) -> bool,
}

/// The variants of a union, in the order of the document.
pub type Variants<T> = &'static [Matched<T>];

impl<T> Matched<T> {
    /// How little an object of these members looks like it; nothing if it must have a member that is not among them.
    fn score(&self, members: &[(String, Option<String>)]) -> Option<Score> {
        let mut unlisted = 0;
        for (name, values) in self.required {
            let (_, value) = members.iter().find(|(own, _)| own == name)?;
            let is_listed = |value: &String| values.contains(&value.as_str());
            unlisted += usize::from(!values.is_empty() && !value.as_ref().is_some_and(is_listed));
        }
        let left_over = self.optional.map_or(0, |optional| {
            let required = self.required.iter().map(|(name, _)| name);
            let known: BTreeSet<&&str> = required.chain(optional).collect();
            let names = members.iter().map(|(name, _)| name.as_str());
            names.filter(|name| !known.contains(name)).count()
        });
        let listed = self.required.iter();
        let listed = listed.filter(|(_, values)| !values.is_empty()).count();
        Some(Score {
            unlisted,
            left_over,
            listed: Reverse(listed - unlisted),
            required: Reverse(self.required.len()),
        })
    }

    /// Whether it lists values of this member.
    fn lists(&self, name: &str) -> bool {
        let mut required = self.required.iter();
        required.any(|(own, values)| *own == name && !values.is_empty())
    }
}

/// How little an object looks like a variant: what comes first counts most.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// The required members with a value that is not listed.
    unlisted: usize,
    /// The members that the variant does not know.
    left_over: usize,
    /// The required members with a value that is listed.
    listed: Reverse<usize>,
    required: Reverse<usize>,
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

    /// Reads an object as the variant whose members are all there that must be, with the values that are listed for them,
    /// and that leaves the fewest over; of equal ones that which must have more. Says whether there is one that fits.
    pub fn matched<T>(&mut self, value: &mut T, variants: Variants<T>) -> bool {
        if self.first != b'{' {
            return false;
        }
        let members = self.members(&|name| variants.iter().any(|one| one.lists(name)));
        let ranked = variants.iter();
        let ranked = ranked.filter_map(|one| Some((one.score(&members)?, one)));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by(|(one, _), (two, _)| one.cmp(two));
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

    /// The members of the object that stands here, with the values of those that are asked for and single.
    fn members(&mut self, is_asked: &dyn Fn(&str) -> bool) -> Vec<(String, Option<String>)> {
        let (at, depth) = (self.reader.at, self.reader.depth);
        let mut members = Vec::new();
        // What is no JSON is found when it is read.
        let _ = self.reader.object(&mut |reader, name| {
            let value = if is_asked(name) {
                reader.single_value()?
            } else {
                None
            };
            if value.is_none() {
                reader.skip()?;
            }
            members.push((name.to_owned(), value));
            Ok(())
        });
        (self.reader.at, self.reader.depth) = (at, depth);
        members
    }
}

impl Reader<'_> {
    /// Reads a text, a number or a boolean; nothing, if something else stands here.
    fn single_value(&mut self) -> Result<Option<String>, Error> {
        Ok(match self.peek() {
            Some(b'"') => Some(self.text()?.into_owned()),
            Some(b't' | b'f') => Some(self.boolean()?.to_string()),
            Some(b'-' | b'0'..=b'9') => Some(self.number()?.to_owned()),
            _ => None,
        })
    }

    /// Steps into an object and to the member of this name, and gives its value if that is single.
    fn member(&mut self, name: &str) -> Result<Option<String>, Error> {
        let mut key = self.first_key()?;
        while let Some(own) = key {
            if own == name {
                return self.single_value();
            }
            self.skip()?;
            key = self.next_key()?;
        }
        Ok(None)
    }
}
