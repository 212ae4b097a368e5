//! Listed values, with their names and descriptions from extensions.

use std::collections::BTreeSet;

use super::facts::{Facts, JsonType};
use crate::api::schema::{Choice, Enum, EnumKind, Schema, SchemaType, Union};
use crate::document::json::{Node, Value};

/// The type of the values that a schema lists.
pub(super) fn listed(facts: &Facts<'_>) -> SchemaType {
    let values = facts.values.as_deref().unwrap_or_default();
    let only = facts.types.as_ref().filter(|types| types.len() == 1);
    let only = only.and_then(|types| types.first().copied());
    let named: Vec<(Choice, Kind)> = values
        .iter()
        .enumerate()
        .filter_map(|(index, value)| Some((choice(facts, index, value)?, kind(value, only))))
        .collect();
    let of_kind = |wanted: Kind| {
        let mut seen = BTreeSet::new();
        let choices = named.iter().filter(|(_, kind)| *kind == wanted);
        let choices = choices.map(|(choice, _)| choice.clone());
        choices
            .filter(|choice| seen.insert(choice.value.clone()))
            .collect::<Vec<_>>()
    };
    let mut types = Vec::new();
    for (wanted, kind) in [
        (Kind::Text, EnumKind::Text),
        (Kind::Integer, EnumKind::Integer),
    ] {
        let values = of_kind(wanted);
        if !values.is_empty() {
            types.push(SchemaType::Enum(Enum { kind, values }));
        }
    }
    let has = |wanted| named.iter().any(|(_, kind)| *kind == wanted);
    if has(Kind::Number) {
        types.retain(|ty| {
            !matches!(
                ty,
                SchemaType::Enum(Enum {
                    kind: EnumKind::Integer,
                    ..
                })
            )
        });
        types.push(SchemaType::Float);
    }
    if has(Kind::Boolean) {
        types.push(SchemaType::Boolean);
    }
    let has_others = values
        .iter()
        .any(|value| value.is_array() || value.is_object());
    match types.len() {
        _ if has_others => SchemaType::Any,
        0 => SchemaType::Any,
        1 => types.remove(0),
        _ => SchemaType::Union(Union::of(
            types
                .into_iter()
                .map(|ty| Schema {
                    ty,
                    ..Schema::default()
                })
                .collect(),
        )),
    }
}

/// What a listed value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
}

/// The kind of a value. A number or a boolean under `type: string` is meant as text, digits under `integer` as number.
fn kind(value: &Node<'_>, only: Option<JsonType>) -> Kind {
    let is_whole = |text: &str| text.parse::<i64>().is_ok();
    match (&value.value, only) {
        (_, Some(JsonType::Text)) => Kind::Text,
        (Value::String(text), Some(JsonType::Integer)) if is_whole(text) => Kind::Integer,
        (Value::Bool(_), _) => Kind::Boolean,
        (Value::Number(text), _) if is_whole(text) && only != Some(JsonType::Number) => {
            Kind::Integer
        }
        (Value::Number(_), _) => Kind::Number,
        _ => Kind::Text,
    }
}

/// A value with what the document calls it and says about it.
fn choice(facts: &Facts<'_>, index: usize, value: &Node<'_>) -> Option<Choice> {
    let text = match &value.value {
        Value::String(text) => text.to_string(),
        Value::Number(text) => (*text).to_owned(),
        Value::Bool(value) => value.to_string(),
        _ => return None,
    };
    let lister = facts.lister.map(|site| site.node);
    // The names stand in the order of all values, of which `null` and others may have been taken out.
    let index = lister
        .and_then(|node| node.get("enum"))
        .and_then(|list| {
            list.elements()
                .iter()
                .position(|one| one.value == value.value)
        })
        .unwrap_or(index);
    let said = |name: &str| {
        let list = lister?.get(name)?;
        list.elements()
            .get(index)
            .or_else(|| list.get(&text))?
            .as_str()
    };
    let microsoft = lister.and_then(|node| node.get("x-ms-enum")?.get("values"));
    let microsoft = microsoft.map(Node::elements).unwrap_or_default();
    let microsoft = microsoft
        .iter()
        .find(|one| one.get("value").is_some_and(|own| own.value == value.value));
    let fern = lister.and_then(|node| node.get("x-fern-enum")?.get(&text));
    let name = [
        "x-enum-varnames",
        "x-enumNames",
        "x-enum-names",
        "x-speakeasy-enums",
    ];
    let docs = ["x-enum-descriptions", "x-enumDescriptions"];
    let name = name.iter().find_map(|name| said(name));
    let docs = docs.iter().find_map(|name| said(name));
    let beside = |name| microsoft.and_then(|one| one.text_of(name));
    let fern = |name| fern.and_then(|one| one.text_of(name));
    let docs = docs
        .or_else(|| beside("description"))
        .or_else(|| fern("description"));
    let docs = docs.or_else(|| alone(values_of(facts), facts.notes.docs));
    let name = name.or_else(|| beside("name")).or_else(|| fern("name"));
    Some(Choice {
        docs: docs.unwrap_or_default().to_owned(),
        name: name.map(str::to_owned),
        value: text,
    })
}

fn values_of(facts: &Facts<'_>) -> usize {
    facts.values.as_ref().map_or(0, Vec::len)
}

/// What is said about a schema with one value is said about the value.
fn alone(count: usize, text: Option<&str>) -> Option<&str> {
    text.filter(|_| count == 1)
}
