//! Why a text is not read.

use std::borrow::Cow;
use std::fmt;

/// Why a text is no JSON or does not fit a type.
///
/// It says where, and what was expected there, but shows nothing of the text.
#[derive(Clone)]
pub struct Error {
    // One pointer wide, so that the results of the reader stay in a register.
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    message: Cow<'static, str>,
    /// The names and indices around the place, the innermost first.
    around: Vec<String>,
    offset: usize,
    line: usize,
    column: usize,
}

impl Error {
    /// An error of your own, for an implementation of [`Decode`](super::Decode).
    #[must_use]
    #[cold]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self::at(usize::MAX, message.into())
    }

    #[cold]
    pub(super) fn at(offset: usize, message: Cow<'static, str>) -> Self {
        let inner = Inner {
            message,
            around: Vec::new(),
            offset,
            line: 0,
            column: 0,
        };
        Self {
            inner: Box::new(inner),
        }
    }

    /// The same error, inside of a member or an element.
    #[cold]
    pub(super) fn inside(mut self, name: &str, offset: usize) -> Self {
        self.inner.offset = self.inner.offset.min(offset);
        self.inner.around.push(name.to_owned());
        self
    }

    /// The same error, which knows its line and column.
    #[cold]
    pub(super) fn locate(mut self, text: &[u8], offset: usize) -> Self {
        let offset = self.inner.offset.min(offset).min(text.len());
        let before = text.get(..offset).unwrap_or_default();
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        self.inner.line = before.split(|byte| *byte == b'\n').count();
        let line = before.get(line_start..).unwrap_or_default();
        self.inner.column = 1 + String::from_utf8_lossy(line).chars().count();
        self
    }

    /// The place in the JSON as a JSON pointer (RFC 6901), `/meetings/3/id`. Empty: the whole.
    ///
    /// For a member that is missing it is the path of the object.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for name in self.inner.around.iter().rev() {
            path.push('/');
            path.push_str(&name.replace('~', "~0").replace('/', "~1"));
        }
        path
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.inner.line
    }

    /// The column in characters, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.inner.column
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(self.message())?;
        if self.line() > 0 {
            write!(f, " (line {}, column {})", self.line(), self.column())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}
