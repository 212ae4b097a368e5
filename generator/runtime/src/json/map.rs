//! Objects whose names are data.

use std::fmt;

use super::decode::Decode;
use super::encode::Encode;
use super::error::Error;
use super::reader::Reader;
use super::value::Json;
use super::writer::Writer;

/// An object whose names are data: ids, dates, languages. It keeps the order in which names were inserted.
///
/// Two of them are equal if they have the same members in any order.
///
/// ```
/// use letterpress_client::json::{self, Map};
///
/// let mut map: Map<i64> = json::from_str(r#"{"b": 1, "a": 2, "b": 3}"#)?;
/// assert_eq!(map.get("b"), Some(&3));
/// map.insert("c", 4);
/// assert_eq!(json::to_string(&map), r#"{"b":3,"a":2,"c":4}"#);
/// # Ok::<(), json::Error>(())
/// ```
#[derive(Clone)]
pub struct Map<T> {
    members: Vec<(String, T)>,
    /// The indices of `members`, sorted by name.
    sorted: Vec<usize>,
}

/// The members that a record does not name, in their order.
pub type Extra = Map<Json>;

impl<T> Map<T> {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        let at = *self.sorted.get(self.search(name).ok()?)?;
        self.members.get(at).map(|(_, value)| value)
    }

    /// The value of this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let at = *self.sorted.get(self.search(name).ok()?)?;
        self.members.get_mut(at).map(|(_, value)| value)
    }

    /// Sets the value of a name, and gives the one it had. A new name comes last.
    ///
    /// To build a large one, collect or [`extend`](Extend::extend).
    pub fn insert(&mut self, name: impl Into<String>, value: T) -> Option<T> {
        let name = name.into();
        match self.search(&name) {
            Ok(_) => {
                let old = self.get_mut(&name)?;
                Some(std::mem::replace(old, value))
            }
            Err(place) => {
                self.sorted.insert(place, self.members.len());
                self.members.push((name, value));
                None
            }
        }
    }

    /// Takes all members away.
    pub fn clear(&mut self) {
        self.members.clear();
        self.sorted.clear();
    }

    /// Names and values in their order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.members
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// The members in their order, their values to be changed.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&str, &mut T)> {
        let members = self.members.iter_mut();
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// The names in their order.
    #[must_use]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.members.iter().map(|(name, _)| name.as_str())
    }

    /// The values in their order.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> {
        self.members.iter().map(|(_, value)| value)
    }

    fn search(&self, name: &str) -> Result<usize, usize> {
        let name_at = |at: &usize| self.members.get(*at).map_or("", |(name, _)| name.as_str());
        self.sorted.binary_search_by(|at| name_at(at).cmp(name))
    }

    /// Sorts the names of all members, and keeps the last value of those that repeat, at the first one's place.
    fn sort(&mut self) {
        let members = &self.members;
        let name = |at: &usize| members.get(*at).map(|(name, _)| name);
        let mut sorted: Vec<usize> = (0..members.len()).collect();
        sorted.sort_by(|a, b| name(a).cmp(&name(b)));
        let repeats = |pair: &[usize]| matches!(pair, [a, b] if name(a) == name(b));
        if sorted.windows(2).any(repeats) {
            let members = std::mem::take(&mut self.members);
            self.sorted.clear();
            for (name, value) in members {
                self.insert(name, value);
            }
        } else {
            self.sorted = sorted;
        }
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self {
            members: Vec::new(),
            sorted: Vec::new(),
        }
    }
}

impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |map: &Self| map.sorted.clone().into_iter();
        let same = |(a, b): (usize, usize)| self.members.get(a) == other.members.get(b);
        self.len() == other.len() && sorted(self).zip(sorted(other)).all(same)
    }
}

impl<T: Eq> Eq for Map<T> {}

impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<T> Extend<(String, T)> for Map<T> {
    fn extend<I: IntoIterator<Item = (String, T)>>(&mut self, members: I) {
        let before = self.members.len();
        self.members.extend(members);
        if self.members.len() > before {
            self.sort();
        }
    }
}

impl<T> FromIterator<(String, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(members: I) -> Self {
        let mut map = Self::default();
        map.extend(members);
        map
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<T: Decode + Default> Decode for Map<T> {
    #[inline]
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        self.clear();
        let members = &mut self.members;
        reader.object(&mut |reader, name| {
            members.push((name.to_owned(), T::default()));
            match members.last_mut() {
                Some((_, value)) => value.decode(reader),
                None => Ok(()),
            }
        })?;
        self.sort();
        Ok(())
    }
}

impl<T: Encode> Encode for Map<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        let mut members = self
            .iter()
            .map(|(name, value)| (name, value as &dyn Encode));
        writer.object(&mut members);
    }
}
