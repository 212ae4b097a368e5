//! What a description says of whether an input has to be given: `(Required)` of converters (rule O1), and what people
//! write in its place.

use crate::document::json::{Node, Value};

/// Whether an input has to be given, as its description says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Requirement {
    Required,
    Optional,
}

/// What a description says at its start, and the text without that; or what it says in parentheses further on.
pub(super) fn read(docs: &str) -> (Option<Requirement>, &str) {
    let docs = docs.trim();
    if let Some((requirement, rest)) = mark(docs) {
        return (Some(requirement), rest);
    }
    let lower = docs.to_ascii_lowercase();
    let said = match () {
        () if lower.contains("(optional)") || lower.starts_with("optional ") => {
            Some(Requirement::Optional)
        }
        () if lower.contains("(required)") => Some(Requirement::Required),
        () => None,
    };
    (said, docs)
}

/// A mark at the start: the word in parentheses, in brackets or in bold, or the word and a stop or a colon.
fn mark(docs: &str) -> Option<(Requirement, &str)> {
    const AROUND: [(&str, &str); 4] = [("(", ")"), ("[", "]"), ("**", "**"), ("*", "*")];
    let (inside, around) = AROUND
        .into_iter()
        .find_map(|(open, close)| Some((docs.strip_prefix(open)?, close)))
        .unwrap_or((docs, ""));
    let (requirement, rest) = word(inside)?;
    let rest = rest.strip_prefix(around)?;
    let is_ended = !around.is_empty() || rest.is_empty() || rest.starts_with(['.', ':', ',', ';']);
    let rest = rest.trim_start_matches(['.', ':', ',', ';']).trim_start();
    is_ended.then_some((requirement, rest))
}

fn word(text: &str) -> Option<(Requirement, &str)> {
    const WORDS: [(&str, Requirement); 3] = [
        ("required", Requirement::Required),
        ("mandatory", Requirement::Required),
        ("optional", Requirement::Optional),
    ];
    WORDS.into_iter().find_map(|(word, requirement)| {
        let own = text.get(..word.len())?;
        let rest = &text[word.len()..];
        own.eq_ignore_ascii_case(word)
            .then_some((requirement, rest))
    })
}

/// How many entries of a collection have to be marked as required, and which share of those with a description, before an
/// entry without a mark counts as optional.
const FEWEST: usize = 3;
const SHARE: usize = 5;

/// Whether a collection marks what is required throughout, as converters do. One mark in a hundred descriptions says
/// nothing about the others.
pub(super) fn is_marked_throughout(root: &Node<'_>) -> bool {
    let mut counts = Counts::default();
    counts.add(root);
    counts.marked >= FEWEST && counts.marked * SHARE >= counts.described
}

#[derive(Default)]
struct Counts {
    described: usize,
    marked: usize,
}

impl Counts {
    /// Counts the entries of lists: objects with a `key` and a description.
    fn add(&mut self, node: &Node<'_>) {
        match &node.value {
            Value::Array(elements) => {
                for element in elements {
                    self.add(element);
                }
            }
            Value::Object(members) => {
                let docs = super::text::description(node);
                if node.get("key").is_some() && !docs.trim().is_empty() {
                    self.described += 1;
                    self.marked += usize::from(read(&docs).0 == Some(Requirement::Required));
                }
                for member in members {
                    self.add(&member.node);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_say_what_is_required() {
        let check = |docs: &str, expected: &str| {
            let (requirement, rest) = read(docs);
            let said = match requirement {
                Some(Requirement::Required) => "required",
                Some(Requirement::Optional) => "optional",
                None => "nothing",
            };
            assert_eq!(format!("{said}: {rest}"), expected, "{docs}");
        };
        check("(Required) The ship.", "required: The ship.");
        check(" (required)", "required: ");
        check("[Required] The ship.", "required: The ship.");
        check("**Required**. The ship.", "required: The ship.");
        check("Required. The ship.", "required: The ship.");
        check("REQUIRED: the ship", "required: the ship");
        check("Mandatory, the ship", "required: the ship");
        check("Optional: the ship", "optional: the ship");
        check("(Optional) The ship.", "optional: The ship.");
        check(
            "Optional filter by ship.",
            "optional: Optional filter by ship.",
        );
        check("The ship (optional).", "optional: The ship (optional).");
        check("The ship (required).", "required: The ship (required).");
        check(
            "Required scopes are listed.",
            "nothing: Required scopes are listed.",
        );
        check("The ship.", "nothing: The ship.");
        check("É", "nothing: É");
        check("", "nothing: ");
    }
}
