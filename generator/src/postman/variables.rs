//! Variables and what they stand for (rules V1 to V5).

use super::text;
use crate::json::Node;
use crate::secret;
use crate::template::{self, Piece};

/// How often Postman substitutes before it gives up; so values may hold variables, and cycles end.
const MAX_PASSES: usize = 19;

/// A variable of an environment, a collection or a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variable {
    /// The name, exactly.
    pub name: String,
    /// The value as text.
    pub value: String,
    /// The description.
    pub docs: String,
}

/// The variables that are in force at a place, nearest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// The environment, which comes before the collection.
    environment: Vec<Variable>,
    /// The collection, then each folder down to the place.
    levels: Vec<Vec<Variable>>,
}

/// The enabled variables of a list `{key | id, value, disabled | enabled}`.
pub(super) fn list(node: Option<&Node<'_>>) -> Vec<Variable> {
    let entries = node.map(Node::elements).unwrap_or_default();
    let enabled = entries.iter().filter(|entry| {
        !entry.get("disabled").is_some_and(Node::is_true)
            && !entry
                .get("enabled")
                .is_some_and(|enabled| enabled.value == crate::json::Value::Bool(false))
    });
    enabled
        .filter_map(|entry| {
            let name = entry
                .text_of("key")
                .or_else(|| entry.text_of("id"))?
                .to_owned();
            let value = entry.get("value").map(text::of_value).unwrap_or_default();
            Some(Variable {
                name,
                value,
                docs: text::description(entry),
            })
        })
        .collect()
}

impl Scope {
    /// The variables of an environment before those of a collection.
    #[must_use]
    pub fn new(environment: Vec<Variable>, collection: Vec<Variable>) -> Self {
        Self {
            environment,
            levels: vec![collection],
        }
    }

    /// Enters a folder.
    pub(super) fn enter(&mut self, variables: Vec<Variable>) {
        self.levels.push(variables);
    }

    /// Leaves the folder that was entered last.
    pub(super) fn leave(&mut self) {
        self.levels.pop();
    }

    /// The variable of that name: environment, folders from the inside out, collection (V4); the last
    /// one of equal name in a list (V5).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Variable> {
        let levels = std::iter::once(&self.environment).chain(self.levels.iter().rev());
        levels
            .flat_map(|level| level.iter().rev())
            .find(|variable| variable.name == name)
    }

    /// The text with each variable replaced that has a value (V2). What has none stays as it is, and so
    /// does what is a secret: it is for whoever runs the client to supply.
    #[must_use]
    pub fn resolve(&self, text: &str) -> String {
        self.resolve_where(text, |variable| {
            !secret::is_secret(&variable.name, &variable.value)
        })
    }

    /// The text with secrets too, for what is known to be none: the name of a header field.
    pub(super) fn resolve_name(&self, text: &str) -> String {
        self.resolve_where(text, |_| true)
    }

    /// The text as Postman sends it: with secrets, without what folders set, which its runtime does not use
    /// (V4), and dynamic variables as their own names, as their values are made up.
    pub(super) fn sent(&self, text: &str) -> String {
        let outer = |name: &str| {
            let levels = [Some(&self.environment), self.levels.first()];
            let mut variables = levels.into_iter().flatten().flat_map(|l| l.iter().rev());
            variables.find(|variable| variable.name == name)
        };
        settle(text, |name| match outer(name) {
            Some(variable) => Some(variable.value.clone()),
            None => is_dynamic(name).then(|| name.to_owned()),
        })
    }

    fn resolve_where(&self, text: &str, allowed: fn(&Variable) -> bool) -> String {
        settle(text, |name| {
            let variable = self.get(name).filter(|variable| allowed(variable));
            variable.map(|variable| variable.value.clone())
        })
    }

    /// Whether a variable has a value that never comes to an end.
    pub(super) fn is_cyclic(&self, name: &str) -> bool {
        let resolved = self.resolve_name(&format!("{{{{{name}}}}}"));
        let known =
            |piece: &Piece| matches!(piece, Piece::Variable(name) if self.get(name).is_some());
        template::split(&resolved).iter().any(known)
    }
}

/// The text with its variables replaced until nothing changes (V2).
fn settle(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = text.to_owned();
    for _ in 0..MAX_PASSES {
        let pieces = template::split(&text).into_iter();
        let next: String = pieces
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Variable(name) => value(&name).unwrap_or_else(|| format!("{{{{{name}}}}}")),
            })
            .collect();
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Whether a variable is one whose values Postman makes up (V9).
fn is_dynamic(name: &str) -> bool {
    matches!(name, "$guid" | "$timestamp" | "$isoTimestamp") || name.starts_with("$random")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, value: &str) -> Variable {
        Variable {
            name: name.to_owned(),
            value: value.to_owned(),
            docs: String::new(),
        }
    }

    #[test]
    fn resolves_by_precedence_and_stops_at_cycles() {
        let environment = vec![variable("a", "env"), variable("loop", "{{pool}}")];
        let collection = vec![
            variable("a", "collection"),
            variable("b", "first"),
            variable("b", "{{a}}!"),
            variable("pool", "{{loop}}"),
            variable("empty", ""),
        ];
        let scope = Scope::new(environment, collection);
        let check =
            |text: &str, expected: &str| assert_eq!(scope.resolve(text), expected, "{text}");
        check("{{a}}", "env");
        check("x-{{b}}", "x-env!");
        check("{{ a }}", "{{ a }}");
        check("[{{empty}}]", "[]");
        check("{{open}}", "{{open}}");
        check("{{loop}}", "{{pool}}");
    }
}
