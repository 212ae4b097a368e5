//! Places as people find them: file, line and column.

use std::fmt;

use serde::Serialize;

use super::Place;
use crate::document::source::{Lines, Source};

/// A place in a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Location {
    /// The document.
    pub file: String,
    /// The line, counted from one.
    pub line: usize,
    /// The column, counted from one.
    pub column: usize,
}

/// The documents of a run with their lines counted.
pub struct Documents<'a>(Vec<(&'a Source, Lines<'a>)>);

impl<'a> Documents<'a> {
    /// Counts the lines of documents.
    #[must_use]
    pub fn of(sources: &[&'a Source]) -> Self {
        Self(sources.iter().map(|one| (*one, Lines::of(one))).collect())
    }

    /// Where a place is.
    #[must_use]
    pub fn location(&self, place: Place) -> Option<Location> {
        let (source, lines) = self.0.get(place.source)?;
        let position = lines.position(place.span);
        Some(Location {
            file: source.file_at(place.span).into_owned(),
            line: position.line,
            column: position.column,
        })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
