//! Flow collections that are indented less than strict YAML wants them: what libyaml reads.
//!
//! A line break between the brackets of a flow collection means as much as a blank. So a collection that was
//! refused is put on one line, with as many bytes as before: every place stays.

use std::borrow::Cow;

use super::{AliasBudget, Builder, Error, Refused};
use crate::document::json::{Member, Node, Value};

/// How many bytes may be read again in all, for each byte of the text and for a short one. Every collection that
/// is repaired costs one more reading.
const READ_AGAIN: usize = 200;
const READ_AGAIN_OF_SHORT: usize = 1 << 22;

/// Reads a text that was refused for its indentation: repairs one flow collection after the other.
pub(super) fn read<'a>(
    text: &'a str,
    mut refused: Refused,
    allowed: AliasBudget,
    growth: &mut AliasBudget,
) -> Result<Node<'a>, Refused> {
    let most = (READ_AGAIN_OF_SHORT / text.len().max(1)).max(READ_AGAIN);
    let mut repaired = text.to_owned();
    for _ in 0..most {
        let Some(on_one_line) = on_one_line(&repaired, refused.from, refused.error.offset) else {
            return Err(refused);
        };
        repaired = on_one_line;
        *growth = allowed;
        match Builder::new(&repaired, growth).all() {
            Ok(root) => return Ok(over(root, text)),
            Err(next) if next.is_indentation() => refused = next,
            Err(next) => return Err(next),
        }
    }
    let message = "too many brackets that close in the column of their key".to_owned();
    Err(Refused {
        error: Error {
            message,
            ..refused.error
        },
        ..refused
    })
}

/// The text with the first flow collection behind `from`, which is refused at `wrong`, on one line. Nothing where
/// there is none, or it has no line break left.
fn on_one_line(text: &str, from: usize, wrong: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let mut patched = bytes.to_vec();
    let (mut at, mut depth, mut changed) = (from, 0_usize, false);
    while at < bytes.len() {
        let blank_before = at == 0 || bytes[at - 1].is_ascii_whitespace();
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b'"' | b'\'' if depth > 0 && begins_value(bytes, at) => at = quoted(bytes, at),
            b'#' if blank_before => {
                let end = bytes[at..].iter().position(|byte| *byte == b'\n');
                let end = end.map_or(bytes.len(), |length| at + length);
                if depth > 0 {
                    patched[at..end].fill(b' ');
                }
                at = end;
                continue;
            }
            b'\n' | b'\r' if depth > 0 => {
                patched[at] = b' ';
                changed = true;
            }
            _ if depth == 0 && at >= wrong => return None,
            _ => {}
        }
        at += 1;
    }
    // Whole characters were replaced by blanks, so it stays UTF-8.
    String::from_utf8(patched).ok().filter(|_| changed)
}

/// Whether a quote at this place begins a text, rather than being a character of one.
fn begins_value(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev();
    let mut before = before.skip_while(|byte| byte.is_ascii_whitespace());
    matches!(before.next(), Some(b'{' | b'[' | b',' | b':' | b'?') | None)
}

/// Where the text ends whose quote stands at `open`.
fn quoted(bytes: &[u8], open: usize) -> usize {
    let quote = bytes[open];
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => break,
            _ => {}
        }
        at += 1;
    }
    at
}

/// A tree over another text of the same length, of which it shows the numbers.
fn over<'a>(node: Node<'_>, text: &'a str) -> Node<'a> {
    let span = node.span;
    let value = match node.value {
        Value::Null => Value::Null,
        Value::Bool(value) => Value::Bool(value),
        Value::Number(_) | Value::Variable(_) => Value::Number(&text[span.range()]),
        Value::String(text) => Value::String(Cow::Owned(text.into_owned())),
        Value::Array(elements) => {
            Value::Array(elements.into_iter().map(|node| over(node, text)).collect())
        }
        Value::Object(members) => {
            let members = members.into_iter().map(|member| Member {
                name: Cow::Owned(member.name.into_owned()),
                node: over(member.node, text),
            });
            Value::Object(members.collect())
        }
    };
    Node { span, value }
}
