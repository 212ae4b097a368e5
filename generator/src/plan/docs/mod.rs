//! The only way from prose to a doc comment.
//!
//! The prose of a collection is Markdown, HTML, both mixed, or broken, and nobody vouches for it.
//! It is read into a small tree (`read`), and the tree is written anew (`write`): so nothing of
//! the input reaches the comment unless a case of the writer puts it there. What comes out holds no
//! code that rustdoc would compile, no HTML, no link but `http`, `https` and `mailto`, and nothing
//! that `cargo doc` or clippy complain about.
//!
//! Prose that makes one comment must be given to [`render`] as one text: the definitions of its
//! links stand at the end, and two rendered texts under each other could define the same label
//! twice.

mod emphasis;
mod html;
mod read;
mod spans;
mod tags;
mod text;
mod wrap;
mod write;

use crate::document::printable;

/// The most cells that tables may have, those included that are filled up with nothing: more are written as text.
const MAX_CELLS: usize = 1 << 14;

/// A piece of a text that stands on lines of its own.
#[derive(Clone, PartialEq, Debug)]
enum Block {
    Paragraph(Vec<Span>),
    Heading(usize, Vec<Span>),
    Code {
        json: bool,
        text: String,
    },
    /// A number in front stands for the first number of an ordered list.
    List(Option<u64>, Vec<Vec<Block>>),
    Quote(Vec<Block>),
    /// Rows of cells; the first row is the header.
    Table(Vec<Vec<Vec<Span>>>),
    Rule,
}

/// A piece of running text.
#[derive(Clone, PartialEq, Debug)]
enum Span {
    Text(String),
    Code(String),
    Break,
    /// In a paragraph, it is one that can be written, see `emphasis`.
    Styled(Style, Vec<Span>),
    /// The target is one that `text::target` has let through.
    Link(String, Vec<Span>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    Strong,
    Emphasis,
    Strike,
}

/// Lines of a doc comment, without `///`, clean for rustdoc.
///
/// The text is wrapped at `width` columns; links, code and words that are longer are not broken.
/// There is no result for prose that says nothing: no comment is better than an empty one.
#[must_use]
pub fn render(prose: &str, width: usize) -> Vec<String> {
    write::lines(&read::blocks(&printable::prose(prose)), width)
}

/// The first sentence of a prose on one line, for lists of modules. It is as clean as what
/// [`render`] gives.
#[must_use]
pub fn summary(prose: &str) -> String {
    let blocks = read::blocks(&printable::prose(prose));
    let paragraphs = blocks
        .iter()
        .filter(|block| matches!(block, Block::Paragraph(_)));
    let said = paragraphs
        .chain(&blocks)
        .map(write::plain)
        .find(|said| !said.is_empty());
    inline(said.as_deref().map_or("", text::sentence))
}

/// Plain text (not Markdown), escaped so that it stands literally in a doc line. New lines become
/// spaces.
#[must_use]
pub fn inline(text: &str) -> String {
    write::paragraph(
        &[Span::Text(printable::prose(text).into_owned())],
        usize::MAX,
    )
    .join(" ")
}

/// Plain text as code in a doc line: a name, a value, a path.
#[must_use]
pub fn code(text: &str) -> String {
    let text = printable::prose(text);
    match text.trim() {
        "" => "`\"\"`".to_owned(),
        _ => write::paragraph(&[Span::Code(text.into_owned())], usize::MAX).join(" "),
    }
}

/// Plain text on one line, for a comment that is no doc comment.
#[must_use]
pub fn comment(text: &str) -> String {
    printable::prose(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
