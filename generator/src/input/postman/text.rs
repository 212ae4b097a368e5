//! Texts that Postman writes in several forms.

use crate::document::json::{Node, Value};
use crate::document::secret;

/// The `description` of a node: text, or an object with `content`, or null (rule F7).
pub(super) fn description(node: &Node<'_>) -> String {
    let Some(description) = node.get("description") else {
        return String::new();
    };
    let content = description
        .as_str()
        .or_else(|| description.text_of("content"));
    content.unwrap_or_default().to_owned()
}

/// The `name` of a node. People paste tokens everywhere, even there.
pub(super) fn name(node: &Node<'_>) -> String {
    secret::redact(node.text_of("name").unwrap_or_default()).into_owned()
}

/// The value of a variable as the text that JavaScript makes of it (rule V3).
pub(super) fn of_variable(node: &Node<'_>) -> String {
    match &node.value {
        Value::Object(_) => "[object Object]".to_owned(),
        Value::Array(elements) => {
            let texts = elements.iter().map(|element| match element.value {
                Value::Null => String::new(),
                _ => of_variable(element),
            });
            texts.collect::<Vec<_>>().join(",")
        }
        _ => of_value(node),
    }
}

/// A value as the text that Postman sends for it (rule V3): `null` for null, objects as JSON.
pub(super) fn of_value(node: &Node<'_>) -> String {
    match &node.value {
        Value::String(text) => text.clone().into_owned(),
        _ => node.to_string(),
    }
}
