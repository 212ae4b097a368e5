//! Running text to Markdown on one long line, with [`GLUE`] for spaces at which it must not be
//! broken.

use std::collections::BTreeMap;

use super::emphasis::first;
use super::text::{GLUE, address, escape, is_pattern};
use super::{Span, Style};

/// A link whose target is longer stands at the end, so that the text around it can be wrapped.
const LONG_TARGET: usize = 30;

/// The links of a comment whose targets stand at its end.
#[derive(Default)]
pub(super) struct Links {
    /// Labels and targets, in the order of the text.
    definitions: Vec<(String, String)>,
    /// The targets by their labels in the form in which Markdown compares those.
    labels: BTreeMap<String, String>,
}

impl Links {
    pub(super) fn definitions(self) -> impl Iterator<Item = String> {
        self.definitions
            .into_iter()
            .map(|(label, url)| format!("[{label}]: {url}"))
    }

    /// Running text of a paragraph or a heading; a line break is a new line in the result.
    pub(super) fn text(&mut self, spans: &[Span]) -> String {
        self.write(spans, Around::default())
    }

    /// Running text of a table cell.
    pub(super) fn cell(&mut self, spans: &[Span]) -> String {
        self.write(
            spans,
            Around {
                table: true,
                link: false,
            },
        )
    }

    fn write(&mut self, spans: &[Span], around: Around) -> String {
        let mut text = String::new();
        self.spans(spans, around, &mut text);
        text
    }

    fn spans(&mut self, spans: &[Span], around: Around, out: &mut String) {
        for (at, span) in spans.iter().enumerate() {
            let next = spans.get(at + 1);
            match span {
                Span::Text(text) => literal(text, around, out),
                Span::Code(code) => code_span(code, around, out),
                Span::Break if !around.link && !around.table => out.push('\n'),
                Span::Break => out.push(' '),
                Span::Styled(style, inner) => self.styled(*style, inner, around, out),
                Span::Link(url, inner) => self.link(url, inner, next, around, out),
            }
        }
    }

    fn styled(&mut self, style: Style, inner: &[Span], around: Around, out: &mut String) {
        let mark = match style {
            Style::Strong => "**",
            Style::Emphasis => "*",
            Style::Strike => "~~",
        };
        out.push_str(mark);
        self.spans(inner, around, out);
        out.push_str(mark);
    }

    fn link(
        &mut self,
        url: &str,
        inner: &[Span],
        next: Option<&Span>,
        around: Around,
        out: &mut String,
    ) {
        let text = self.write(
            inner,
            Around {
                link: true,
                ..around
            },
        );
        let (quote, said) = unquoted(text.trim());
        out.push_str(quote);
        if said.is_empty() || plain_spans(inner).trim() == url {
            append(&format!("<{url}>"), out);
        } else if around.table || url.len() <= LONG_TARGET {
            append(&format!("[{said}]({url})"), out);
        } else {
            let label = self.label(&said.replace(GLUE, " "), url);
            append(&format!("[{said}]"), out);
            if let Some(label) = label {
                out.extend(["[", label.as_str(), "]"]);
            } else if next
                .map(first)
                .is_some_and(|next| matches!(next, ':' | '(' | '['))
            {
                // Without this, it would be a definition or another kind of link.
                out.push_str("[]");
            }
        }
        out.push_str(quote);
    }

    /// Defines a link, and tells its label where that is not the text itself: because that leads
    /// elsewhere already, or cannot be a label.
    fn label(&mut self, said: &str, url: &str) -> Option<String> {
        let fits = said.len() < 500 && !said.contains(['[', ']', '^']);
        if fits && self.define(said, url) {
            return None;
        }
        let mut numbers = (self.definitions.len() + 1..).map(|number| number.to_string());
        numbers.find(|number| self.define(number, url))
    }

    /// Whether the label leads to this target now.
    fn define(&mut self, label: &str, url: &str) -> bool {
        let words: Vec<&str> = label.split_whitespace().collect();
        let key = words.join(" ").to_lowercase();
        if let Some(known) = self.labels.get(&key) {
            return known == url;
        }
        self.labels.insert(key, url.to_owned());
        self.definitions.push((label.to_owned(), url.to_owned()));
        true
    }
}

/// What stands around running text.
#[derive(Clone, Copy, Default)]
struct Around {
    link: bool,
    table: bool,
}

fn code_span(code: &str, around: Around, out: &mut String) {
    let code = code.replace(['\n', '\t'], " ");
    let code = if around.table {
        code.replace('|', "\\|")
    } else {
        code
    };
    let runs: Vec<usize> = code.split(|char| char != '`').map(str::len).collect();
    let shortest = (1..=runs.len() + 1)
        .find(|length| !runs.contains(length))
        .unwrap_or(1);
    let fence = "`".repeat(shortest);
    let pad = code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' '));
    let pad = if pad { " " } else { "" };
    append(
        &format!("{fence}{pad}{code}{pad}{fence}").replace(' ', &GLUE.to_string()),
        out,
    );
}

/// Plain text; the web addresses in it become links.
fn literal(text: &str, around: Around, out: &mut String) {
    let mut rest = text;
    while let Some((start, end)) = address(rest).filter(|_| !around.link) {
        escape(&rest[..start], around.link, around.table, out);
        let url = &rest[start..end];
        if is_pattern(url) {
            code_span(url, around, out);
        } else {
            append(&format!("<{url}>"), out);
        }
        rest = &rest[end..];
    }
    escape(rest, around.link, around.table, out);
}

/// An exclamation mark in front of a link would make it an image, and two pieces of code would be
/// one.
fn append(text: &str, out: &mut String) {
    if out.ends_with('!') && text.starts_with('[') {
        out.insert(out.len() - 1, '\\');
    } else if (out.ends_with('`') && text.starts_with('`'))
        || (out.ends_with('>') && text.starts_with('<'))
    {
        out.push(' ');
    }
    out.push_str(text);
}

/// The quotes around a whole link text go outside of the link: inside, clippy takes them for
/// misspelt code.
fn unquoted(text: &str) -> (&str, &str) {
    let inner = ["\"", "'"]
        .into_iter()
        .find_map(|quote| Some((quote, text.strip_prefix(quote)?.strip_suffix(quote)?)));
    inner
        .filter(|(_, inner)| !inner.trim().is_empty())
        .unwrap_or(("", text))
}

pub(super) fn plain_spans(spans: &[Span]) -> String {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Text(inner) | Span::Code(inner) => text.push_str(inner),
            Span::Break => text.push(' '),
            Span::Styled(_, inner) | Span::Link(_, inner) => text.push_str(&plain_spans(inner)),
        }
    }
    text
}
