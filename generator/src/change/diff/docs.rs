//! Documentation, item by item.

use std::collections::BTreeMap;

use super::types::Types;
use super::{Both, replies, rules};
use crate::plan::{Outline, Structure};

/// Reports what is documented otherwise. What only one side has is said by other rules.
pub(super) fn compare(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    let at = (Some(old.operation.at), Some(new.operation.at));
    let (before, after) = (items(old), items(new));
    for (item, docs) in &after {
        if before.get(item).is_some_and(|known| known != docs) {
            both.push(
                &rules::DOCS_CHANGED,
                item.clone(),
                (None, at.0),
                (None, at.1),
            );
        }
    }
}

/// The lines about each item of a module.
fn items(outline: &Outline<'_>) -> BTreeMap<String, Vec<String>> {
    let module = outline.module;
    let mut items = BTreeMap::new();
    let mut add = |name: String, docs: Vec<String>| {
        items.insert(name, docs);
    };
    // Method, path and name come first; they have rules of their own.
    add(
        "the module".to_owned(),
        module.docs.iter().skip(3).cloned().collect(),
    );
    for field in &module.fields {
        add(format!("Request.{}", field.ident), field.docs.clone());
    }
    for field in &module.options {
        add(format!("Options.{}", field.ident), field.docs.clone());
    }
    for failure in &module.failures {
        add(format!("Failure::{}", failure.ident), failure.docs.clone());
    }
    for variant in &module.variants {
        add(
            format!("Response::{}", variant.ident),
            vec![variant.docs.clone()],
        );
    }
    for known in &module.error_codes {
        add(replies::error_code(known), vec![known.message.clone()]);
    }
    for (ident, structure) in Types::of(outline).iter() {
        match structure {
            Structure::Record(members, _) => {
                for member in members {
                    add(format!("{ident}.{}", member.ident), member.docs.clone());
                }
            }
            Structure::Listed(values) => {
                for value in values {
                    add(format!("{ident}::{}", value.ident), value.docs.clone());
                }
            }
            _ => {}
        }
    }
    for definition in &outline.definitions {
        add(definition.ident.to_string(), definition.docs.clone());
    }
    items
}
