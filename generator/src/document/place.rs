//! Names of places in what goes over the wire: `query/page_size`, `body/settings/audio`, `200/meetings/*/id`.

use std::fmt;

use serde::Deserialize;

/// The way to a place: what holds it, then names of members, and `*` for elements and values.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize)]
#[serde(from = "String")]
pub struct PlacePath(Vec<String>);

/// What stands for the elements of an array and for the values of a map.
pub const EACH: &str = "*";

impl From<String> for PlacePath {
    fn from(text: String) -> Self {
        let text = text.strip_prefix('/').unwrap_or(&text);
        let name = |segment: &str| segment.replace("~1", "/").replace("~0", "~");
        Self(text.split('/').map(name).collect())
    }
}

impl fmt::Display for PlacePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let slash = if index == 0 { "" } else { "/" };
            let name = name.replace('~', "~0").replace('/', "~1");
            write!(f, "{slash}{name}")?;
        }
        Ok(())
    }
}

impl PlacePath {
    /// The place of what holds the others.
    #[must_use]
    pub fn root(name: impl Into<String>) -> Self {
        Self(vec![name.into()])
    }

    /// The place that these names lead to.
    #[must_use]
    pub fn from_names(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().collect())
    }

    /// A place directly below.
    #[must_use]
    pub fn below(&self, name: impl Into<String>) -> Self {
        let names = self.0.iter().cloned();
        Self(names.chain([name.into()]).collect())
    }

    /// The names that lead to it.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Whether it is the place of a member.
    #[must_use]
    pub fn is_member(&self) -> bool {
        self.0.len() > 1 && self.0.last().is_some_and(|name| name != EACH)
    }
}
