//! Texts with variables in them: `{{name}}`, as Postman writes them everywhere.

/// A piece of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Text that stands for itself.
    Text(String),
    /// The name of a variable, exactly as it stands between the braces: Postman does not trim it. It may hold other
    /// variables, `a_{{b}}`, whose values come first.
    Variable(String),
}

/// Splits a text at its variables.
///
/// Postman's expression is `{{([^{}]*?)}}`, again and again: a name holds no brace but those of variables inside of it;
/// what does not fit is text.
#[must_use]
pub fn split(text: &str) -> Vec<Piece> {
    split_at(text, &outermost(text, DEEPEST))
}

/// Splits a text at those variables that Postman replaces at once: in whose names no other ones stand.
#[must_use]
pub(super) fn split_innermost(text: &str) -> Vec<Piece> {
    split_at(text, &outermost(text, 1))
}

/// How many names may stand in each other.
const DEEPEST: usize = 8;

fn split_at(text: &str, variables: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for &(open, close) in variables {
        push_text(&mut pieces, &text[at..open]);
        pieces.push(Piece::Variable(text[open + 2..close].to_owned()));
        at = close + 2;
    }
    push_text(&mut pieces, &text[at..]);
    pieces
}

/// Where the braces stand of each variable that is in no other one: those that open, those that close. Those that have
/// more names in each other are taken for text, and what is inside of them is not.
fn outermost(text: &str, deepest: usize) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    // Braces that are open, and the variables that ended before the innermost of them.
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(next_brace) {
        at += step;
        let is_double = bytes.get(at + 1) == bytes.get(at);
        match (bytes[at], open.last().copied()) {
            (b'{', _) if is_double => {
                // Of three braces the last two open.
                if bytes.get(at + 2) == Some(&b'{') {
                    open.clear();
                    at += 1;
                    continue;
                }
                if open.len() >= deepest {
                    open.remove(0);
                }
                open.push(at);
                at += 2;
            }
            (b'}', Some(start)) if is_double => {
                open.pop();
                while found.last().is_some_and(|(inner, _)| *inner > start) {
                    found.pop();
                }
                found.push((start, at));
                at += 2;
            }
            _ => {
                // A single brace: nothing that is open can close.
                open.clear();
                at += 1;
            }
        }
    }
    found
}

fn next_brace(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| matches!(byte, b'{' | b'}'))
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Whether a text has a variable inside of the name of another one.
#[must_use]
pub fn is_nested(text: &str) -> bool {
    outermost(text, DEEPEST)
        .iter()
        .any(|(open, close)| text[open + 2..*close].contains("{{"))
}

/// Whether a text has a variable in it.
#[must_use]
pub fn has_variable(text: &str) -> bool {
    text.contains("{{")
        && split(text)
            .iter()
            .any(|piece| matches!(piece, Piece::Variable(_)))
}

/// The name of the variable that is the whole text.
#[must_use]
pub fn sole_variable(text: &str) -> Option<String> {
    match split(text).as_slice() {
        [Piece::Variable(name)] => Some(name.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_postman_does() {
        let check = |text: &str, expected: &str| {
            let shown: Vec<String> = split(text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text,
                    Piece::Variable(name) => format!("<{name}>"),
                })
                .collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        };
        check("", "");
        check("plain", "plain");
        check("{{a}}", "<a>");
        check("x{{ a }}y{{b}}", "x|< a >|y|<b>");
        check("{{{a}}}", "{|<a>|}");
        check("{{a}", "{{a}");
        check("{{a{{b}}", "{{a|<b>");
        check("{{}}", "<>");
        check("a}}{{é}}", "a}}|<é>");
        check("{{a_{{b}}}}", "<a_{{b}}>");
        check(
            "x{{ {{a}}/{{b-{{c}}}} .[d]}}y",
            "x|< {{a}}/{{b-{{c}}}} .[d]>|y",
        );
        check("{{a_{{b}}}", "{{a_|<b>|}");
        check("{{a {b} {{c}}}}", "{{a {b} |<c>|}}");
        check(r#"{"a":{{n_{{y}}}}}"#, r#"{"a":|<n_{{y}}>|}"#);
        check(r#"{"a":{"b":{{c}}}}"#, r#"{"a":{"b":|<c>|}}"#);
        check("{{{{a}}}}", "{{|<a>|}}");
    }
}
