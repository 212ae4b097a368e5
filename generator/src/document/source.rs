//! A document as it was handed over: its name and its text, which may be that of several files.

use std::borrow::Cow;

use super::printable::Origin;
use crate::document::json::Span;

/// An input document. Everything that can be complained about points into one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What the document is called in messages: its path as the user wrote it.
    pub name: Origin,
    /// Its text.
    pub text: String,
    /// The files of which it is made, where it is a folder, or refers to other files: their texts stand one behind
    /// the other, so that every place in them has a span of its own.
    pub parts: Vec<Part>,
}

/// A file of a document of several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its path with `/`: below the folder; as the user wrote it, where the document is no folder.
    pub path: String,
    /// What it is called in messages.
    pub name: Origin,
    /// Where it stands in the text of the document.
    pub span: Span,
}

/// A line and a column, both counted from one; columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Bytes that are no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("neither UTF-8 nor UTF-16: the byte at offset {offset} fits neither")]
pub struct EncodingError {
    /// The offset of the first byte that is not UTF-8.
    pub offset: usize,
}

impl Source {
    /// A document of that name and text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: Origin::new(&name.into()),
            text: text.into(),
            parts: Vec::new(),
        }
    }

    /// A folder of that name, of the files with these paths below it and these texts.
    #[must_use]
    pub fn of_folder(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut folder = Self::new(name, "");
        for (path, text) in files {
            let name = format!("{}/{path}", folder.name);
            folder.push(path, &name, &text);
        }
        folder
    }

    /// A document whose files refer to each other: their paths, what they are called in messages, and their texts.
    /// It begins with the first, and has its name.
    #[must_use]
    pub fn of_files(files: impl IntoIterator<Item = (String, String, String)>) -> Self {
        let mut document = Self::new("", "");
        for (path, name, text) in files {
            if document.parts.is_empty() {
                document.name = Origin::new(&name);
            }
            document.push(path, &name, &text);
        }
        document
    }

    /// Adds a file to a document, which is one of several then.
    pub(crate) fn add_file(&mut self, other: &Source) {
        if self.parts.is_empty() {
            let (own, first) = (self.name.clone(), std::mem::take(&mut self.text));
            self.push(own.as_str().to_owned(), own.as_str(), &first);
        }
        let name = other.name.as_str();
        self.push(name.to_owned(), name, &other.text);
    }

    /// Puts a file behind the others.
    fn push(&mut self, path: String, name: &str, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span {
            start,
            end: self.text.len(),
        };
        // The next file begins a line, whatever this one ends with.
        self.text.push('\n');
        let name = Origin::new(name);
        self.parts.push(Part { path, name, span });
    }

    /// Decodes a document: UTF-8 with or without a byte order mark, or UTF-16 with one.
    ///
    /// # Errors
    ///
    /// When the bytes are neither.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, EncodingError> {
        let text = match bytes.as_slice() {
            [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest.to_vec())?,
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
            _ => utf8(bytes)?,
        };
        Ok(Self::new(name, text))
    }

    /// Where a place starts. For many places of one document, [`Lines`] does the counting once.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        Lines::of(self).position(span)
    }

    /// The last part of the name, the same on every machine.
    #[must_use]
    pub fn file_name(&self) -> &str {
        let name = self.name.as_str();
        name.rsplit(['/', '\\']).next().unwrap_or(name)
    }

    /// The name of the file in which a place stands.
    #[must_use]
    pub fn file_at(&self, span: Span) -> Cow<'_, str> {
        let part = part_at(&self.parts, span.start);
        Cow::Borrowed(part.map_or(&self.name, |part| &part.name).as_str())
    }

    /// Whether its text is YAML (1.2): a folder of files is, a file is by its name.
    #[must_use]
    pub fn is_yaml(&self) -> bool {
        !self.parts.is_empty() || is_yaml_name(self.name.as_str())
    }
}

/// Whether a file is YAML, by its name.
#[must_use]
pub fn is_yaml_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        ["yaml", "yml"]
            .iter()
            .any(|y| ending.eq_ignore_ascii_case(y))
    })
}

/// The file in which an offset lies.
fn part_at(parts: &[Part], offset: usize) -> Option<&Part> {
    let next = parts.partition_point(|part| part.span.start <= offset);
    parts.get(next.checked_sub(1)?)
}

/// The lines and characters of a document, counted.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    parts: &'a [Part],
    /// The offset at which each line starts.
    starts: Vec<usize>,
    /// How many characters stand before each chunk of the text: lines of millions of them exist.
    characters: Vec<usize>,
}

/// How many bytes a chunk has.
const CHUNK: usize = 4096;

impl<'a> Lines<'a> {
    /// Counts the lines of a document.
    #[must_use]
    pub fn of(source: &'a Source) -> Self {
        let text = source.text.as_str();
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| at + 1))
            .collect();
        let mut characters = vec![0];
        let mut sum = 0;
        for chunk in text.as_bytes().chunks(CHUNK) {
            sum += count_characters(chunk);
            characters.push(sum);
        }
        Self {
            text,
            parts: &source.parts,
            starts,
            characters,
        }
    }

    /// Where a place starts, in its file.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let at = floor_char(self.text, span.start);
        let line = self.line(at);
        let column = self.characters_before(at) - self.characters_before(self.starts[line - 1]) + 1;
        let before = part_at(self.parts, at).map_or(0, |part| self.line(part.span.start) - 1);
        Position {
            line: line - before,
            column,
        }
    }

    /// The line around an offset, without its end.
    #[must_use]
    pub fn around(&self, offset: usize) -> Span {
        let line = self.line(offset);
        let next = self.starts.get(line).map(|start| start - 1);
        Span {
            start: self.starts[line - 1],
            end: next.unwrap_or(self.text.len()),
        }
    }

    /// The number of the line: one starts at 0, so at least one starts at or before any offset.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let chunk = offset / CHUNK;
        self.characters[chunk] + count_characters(&self.text.as_bytes()[chunk * CHUNK..offset])
    }
}

/// Every byte but the later ones of a character begins one.
fn count_characters(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|byte| **byte & 0b1100_0000 != 0b1000_0000)
        .count()
}

/// The nearest character boundary at or before an offset.
fn floor_char(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

fn utf8(bytes: Vec<u8>) -> Result<String, EncodingError> {
    String::from_utf8(bytes).map_err(|error| EncodingError {
        offset: error.utf8_error().valid_up_to(),
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, EncodingError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map_err(|_| EncodingError { offset: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_editors_save() {
        let check = |bytes: &[u8], expected: Result<&str, usize>| {
            let decoded = Source::decode("x", bytes.to_vec());
            assert_eq!(
                decoded
                    .as_ref()
                    .map(|s| s.text.as_str())
                    .map_err(|e| e.offset),
                expected
            );
        };
        check(b"{}", Ok("{}"));
        check(b"\xEF\xBB\xBF{}", Ok("{}"));
        check(b"\xFF\xFE{\0}\0", Ok("{}"));
        check(b"\xFE\xFF\0{\0}", Ok("{}"));
        check(b"{\"\xE9\"}", Err(2));
        check(b"", Ok(""));
    }

    #[test]
    fn a_place_in_a_folder_is_one_in_a_file() {
        let files = [
            ("a.yaml", "a\nb"),
            ("empty.yaml", ""),
            ("c/d.yaml", "\u{e9}x\ny"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let source = Source::of_folder("x", files);
        let check = |text: &str, file: &str, line: usize, column: usize| {
            let start = source.text.find(text).expect("the text");
            let span = Span {
                start,
                end: start + text.len(),
            };
            assert_eq!(source.file_at(span), file);
            assert_eq!(source.position(span), Position { line, column }, "{text}");
        };
        check("a", "x/a.yaml", 1, 1);
        check("b", "x/a.yaml", 2, 1);
        check("x", "x/c/d.yaml", 1, 2);
        check("y", "x/c/d.yaml", 2, 1);
    }

    #[test]
    fn positions_count_lines_and_characters() {
        let source = Source::new("x", "a\nüx\n");
        let position = source.position(Span { start: 4, end: 5 });
        assert_eq!(position, Position { line: 2, column: 2 });
        assert_eq!(
            source.position(Span { start: 99, end: 99 }),
            Position { line: 3, column: 1 }
        );
    }
}
