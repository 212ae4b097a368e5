//! The parameters of an `auth` block: v2.1 lists `{key, value}`, v2.0 has a map (rule F8).

use crate::api::Hidden;
use crate::document::json::Node;
use crate::document::secret;
use crate::input::postman::template;
use crate::input::postman::text;

/// The parameters of a scheme.
pub(super) struct Parameters<'a, 'n> {
    /// By name, in document order; null is none.
    entries: Vec<(&'a str, &'a Node<'n>)>,
}

impl<'a, 'n> Parameters<'a, 'n> {
    pub(super) fn of(node: &'a Node<'n>, kind: &str) -> Self {
        let block = node.get(kind);
        let listed = block.map(Node::elements).unwrap_or_default();
        let listed = listed
            .iter()
            .filter_map(|entry| Some((entry.text_of("key")?, entry.get("value")?)));
        let mapped = block.map(Node::members).unwrap_or_default();
        let mapped = mapped.iter().map(|member| (&*member.name, &member.node));
        let mut entries: Vec<(&str, &Node<'_>)> = listed.chain(mapped).collect();
        entries.retain(|(_, value)| !value.is_null());
        Self { entries }
    }

    /// The value of that name: the last one.
    fn node(&self, name: &str) -> Option<&'a Node<'n>> {
        let mut entries = self.entries.iter().rev();
        entries
            .find(|(other, _)| *other == name)
            .map(|(_, node)| *node)
    }

    /// The text of a parameter, with its variables; nothing where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.node(name).map(text::of_value).unwrap_or_default()
    }

    /// The text of a parameter that is always the same, and may stand in a client. `None`: there is no such
    /// parameter, or it depends on a variable, or it may be a secret.
    pub(super) fn fixed(&self, name: &str) -> Option<String> {
        let text = self.node(name).map(text::of_value);
        text.filter(|text| !template::has_variable(text) && secret::redact(text) == *text)
    }

    /// The same; nothing where there is none.
    pub(super) fn constant(&self, name: &str) -> String {
        self.fixed(name).unwrap_or_default()
    }

    /// Whether a parameter has a value that JavaScript takes for true.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.node(name).is_some_and(Node::is_truthy)
    }

    /// All parameters as they are sent.
    pub(super) fn resolved(&self, resolve: impl Fn(&str) -> String) -> Vec<(String, Hidden)> {
        let entries = self.entries.iter();
        entries
            .map(|(name, node)| ((*name).to_owned(), Hidden(resolve(&text::of_value(node)))))
            .collect()
    }
}
