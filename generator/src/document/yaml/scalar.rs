//! Texts of YAML as values: what is JSON without quotes is that, everything else is text (YAML 1.2, section 10).

use std::borrow::Cow;

use saphyr_parser::{ScalarStyle, Tag};

use crate::document::json::{self, Node, Span, Value};

/// The value that a scalar is.
///
/// Numbers are those that JSON has: `012`, `0x1F` and `.5` stay the texts that they are, and so do dates.
pub(super) fn read<'a>(
    document: &'a str,
    span: Span,
    text: Cow<'a, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Node<'a> {
    let written = &document[span.range()];
    let before = properties(written);
    let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
    // Behind an anchor or a tag, a block begins with its head.
    let head = if is_block && before > 0 {
        head(&written[before..])
    } else {
        0
    };
    let span = Span {
        start: span.start + before + head,
        end: span.end,
    };
    let is_text = tag.is_some_and(|tag| tag.suffix == "str");
    let value = if style == ScalarStyle::Plain && !is_text {
        plain(&document[span.range()], text)
    } else {
        Value::String(text)
    };
    Node { span, value }
}

/// Whether a name stands for members of other mappings.
pub(super) fn is_merge_key(text: &str, style: ScalarStyle) -> bool {
    style == ScalarStyle::Plain && text == "<<"
}

fn plain<'a>(written: &'a str, text: Cow<'a, str>) -> Value<'a> {
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        number if number == written && is_number(number) => Value::Number(written),
        _ => Value::String(text),
    }
}

fn is_number(text: &str) -> bool {
    json::read(text).is_ok_and(|node| matches!(node.value, Value::Number(_)))
}

/// How long the head of a block is, with the indentation of its first line.
fn head(written: &str) -> usize {
    let line = written.find('\n').map_or(written.len(), |end| end + 1);
    let rest = written[line..].trim_start_matches([' ', '\r', '\n']);
    written.len() - rest.len()
}

/// How long the anchor and the tag are that stand before a value, with the blanks behind them.
pub(super) fn properties(written: &str) -> usize {
    let mut rest = written;
    while rest.starts_with(['&', '!']) {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest[word..].trim_start();
    }
    written.len() - rest.len()
}
