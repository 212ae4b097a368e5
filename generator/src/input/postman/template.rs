//! Texts with variables in them: `{{name}}`, as Postman writes them everywhere.

/// A piece of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Text that stands for itself.
    Text(String),
    /// The name of a variable, exactly as it stands between the braces: Postman does not trim it.
    Variable(String),
}

/// Splits a text at its variables.
///
/// Postman's expression is `{{([^{}]*?)}}`: a name holds no brace; what does not fit is text.
#[must_use]
pub fn split(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut literal = String::new();
    while let Some(open) = rest.find("{{") {
        let inside = &rest[open + 2..];
        let close = inside.find(['{', '}']);
        if let Some(close) = close.filter(|&at| inside[at..].starts_with("}}")) {
            literal.push_str(&rest[..open]);
            push_text(&mut pieces, &mut literal);
            pieces.push(Piece::Variable(inside[..close].to_owned()));
            rest = &inside[close + 2..];
        } else {
            literal.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
        }
    }
    literal.push_str(rest);
    push_text(&mut pieces, &mut literal);
    pieces
}

fn push_text(pieces: &mut Vec<Piece>, text: &mut String) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
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
    }
}
