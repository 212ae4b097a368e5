//! Which emphasis can be written: Markdown takes marks for marks only under conditions on both
//! sides of them, and HTML puts its tags anywhere. Emphasis that cannot be written is left out
//! here, on the tree, so that its text and the text around it become one before anything is
//! escaped.

use super::{Span, Style};

/// Neither a letter nor punctuation, for an address or what may be one.
const UNKNOWN: char = '\u{fffe}';

/// Running text all of whose emphasis can be written.
pub(super) fn settle(spans: Vec<Span>) -> Vec<Span> {
    settle_in(spans, false)
}

fn settle_in(spans: Vec<Span>, nested: bool) -> Vec<Span> {
    let mut settled = Vec::with_capacity(spans.len());
    let mut rest = spans.into_iter().peekable();
    while let Some(span) = rest.next() {
        match span {
            Span::Styled(style, inner) => {
                let (lead, inner, tail) = hoisted(settle_in(inner, true));
                push_all(lead, &mut settled);
                let after = tail.first().or(rest.peek()).map(first);
                emphasise(style, inner, after, nested, &mut settled);
                push_all(tail, &mut settled);
            }
            Span::Link(url, inner) => settled.push(Span::Link(url, settle_in(inner, false))),
            span => push(span, &mut settled),
        }
    }
    settled
}

fn emphasise(
    style: Style,
    inner: Vec<Span>,
    after: Option<char>,
    nested: bool,
    settled: &mut Vec<Span>,
) {
    let before = settled.last().map(last);
    let edges = inner.first().map(first).zip(inner.last().map(last));
    match edges {
        Some(edges) if takes_marks(edges, before, after, nested) => {
            settled.push(Span::Styled(style, inner));
        }
        _ => push_all(inner, settled),
    }
}

/// Adds a span; text after text is one text.
pub(super) fn push(span: Span, spans: &mut Vec<Span>) {
    match (spans.last_mut(), span) {
        (Some(Span::Text(last)), Span::Text(text)) => last.push_str(&text),
        (_, span) => spans.push(span),
    }
}

pub(super) fn push_all(from: Vec<Span>, spans: &mut Vec<Span>) {
    for span in from {
        push(span, spans);
    }
}

/// Blanks and breaks at both ends go outside of the marks.
fn hoisted(mut spans: Vec<Span>) -> (Vec<Span>, Vec<Span>, Vec<Span>) {
    let lead = spans.iter().take_while(|span| is_blank(span)).count();
    let mut inner = spans.split_off(lead);
    let tail = inner.iter().rev().take_while(|span| is_blank(span)).count();
    let mut tail = inner.split_off(inner.len() - tail);
    if let Some(Span::Text(text)) = inner.first_mut().filter(|span| first(span) == ' ') {
        *text = text.trim_start().to_owned();
        spans.push(Span::Text(" ".to_owned()));
    }
    if let Some(Span::Text(text)) = inner.last_mut().filter(|span| last(span) == ' ') {
        text.truncate(text.trim_end().len());
        tail.insert(0, Span::Text(" ".to_owned()));
    }
    (spans, inner, tail)
}

fn is_blank(span: &Span) -> bool {
    match span {
        Span::Text(text) => text.trim().is_empty(),
        Span::Break => true,
        _ => false,
    }
}

/// Whether marks are seen as such between `before` and `after`, around a text with these edges; and
/// inside other marks, whether they are not taken for the end of those.
fn takes_marks(
    (first, last): (char, char),
    before: Option<char>,
    after: Option<char>,
    nested: bool,
) -> bool {
    let free = |char: Option<char>| {
        char.map_or(!nested, |char| char == ' ' || char.is_ascii_punctuation())
    };
    let clear = ![before, after, Some(first), Some(last)]
        .into_iter()
        .flatten()
        .any(|char| matches!(char, '*' | '~'));
    let (starts, ends) = (first.is_alphanumeric(), last.is_alphanumeric());
    clear
        && if nested {
            starts && ends && free(before) && free(after)
        } else {
            (starts || free(before)) && (ends || free(after))
        }
}

/// How a span begins when it is written: an address becomes a link.
pub(super) fn first(span: &Span) -> char {
    match span {
        Span::Text(text) if text.starts_with("http://") || text.starts_with("https://") => UNKNOWN,
        Span::Text(text) => edge(text.chars().next()),
        _ => mark(span),
    }
}

fn last(span: &Span) -> char {
    match span {
        Span::Text(text)
            if text
                .rsplit(char::is_whitespace)
                .next()
                .is_some_and(|word| word.contains("://")) =>
        {
            UNKNOWN
        }
        Span::Text(text) => edge(text.chars().next_back()),
        Span::Link(..) => ']',
        _ => mark(span),
    }
}

fn edge(char: Option<char>) -> char {
    char.filter(|char| !char.is_whitespace()).unwrap_or(' ')
}

fn mark(span: &Span) -> char {
    match span {
        Span::Text(_) | Span::Break => ' ',
        Span::Code(_) => '`',
        Span::Styled(..) => '*',
        Span::Link(..) => '[',
    }
}
