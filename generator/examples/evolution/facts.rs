//! What an `OpenAPI` 3 or Swagger 2 document says of each operation, as a flat list.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// How deep references and members are followed.
const DEEPEST: usize = 12;

/// The facts of an operation: what is there (`query page_size`, `reply 200/meetings/*/id`, `status 404`).
pub(crate) type Facts = BTreeMap<String, Fact>;

/// Something that is there.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Fact {
    /// Its type.
    pub(crate) kind: String,
    /// Whether an example does not show it: it is in one of several alternatives but the first, or the schema of a
    /// whole body or reply that has no members.
    pub(crate) is_other: bool,
}

/// An operation: its method, and its path with `{}` for each variable.
pub(crate) type Key = (String, String);

/// All operations of a document.
pub(crate) fn operations(root: &Value) -> BTreeMap<Key, Facts> {
    let mut all = BTreeMap::new();
    for (path, item) in root["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                let key = (method.to_ascii_uppercase(), bare(path));
                all.insert(key, facts(root, item, operation, path));
            }
        }
    }
    all
}

const METHODS: &[&str] = &["delete", "get", "head", "options", "patch", "post", "put"];

/// A path without the names of its variables.
pub(crate) fn bare(path: &str) -> String {
    let mut bare = String::new();
    let mut is_name = false;
    for c in path.trim_end_matches('/').chars() {
        is_name &= c != '}';
        if !is_name {
            bare.push(c);
        }
        is_name |= c == '{';
    }
    bare
}

fn facts(root: &Value, item: &Value, operation: &Value, path: &str) -> Facts {
    let mut facts = Facts::new();
    let shared = item["parameters"].as_array();
    let parameters = operation["parameters"]
        .as_array()
        .into_iter()
        .chain(shared)
        .flatten();
    for parameter in parameters.map(|parameter| resolve(root, parameter)) {
        let (place, name) = (text(&parameter["in"]), text(&parameter["name"]));
        let schema = parameter.get("schema").unwrap_or(parameter);
        match place {
            "body" => members(root, schema, "body", (0, false), &mut facts),
            "formData" => {
                facts.insert(
                    "body".to_owned(),
                    Fact {
                        kind: "object".to_owned(),
                        is_other: false,
                    },
                );
                facts.insert(format!("body/{name}"), fact(root, schema));
            }
            // Variables are told by where they stand: their names do not go on the wire.
            "path" => {
                let before = path
                    .split(&format!("{{{name}}}"))
                    .next()
                    .unwrap_or_default();
                let position = before.matches('{').count();
                facts.insert(format!("path {position}"), fact(root, schema));
            }
            _ => drop(facts.insert(format!("{place} {name}"), fact(root, schema))),
        }
    }
    if let Some(schema) = content(resolve(root, &operation["requestBody"])) {
        members(root, schema, "body", (0, false), &mut facts);
    }
    for (status, reply) in operation["responses"].as_object().into_iter().flatten() {
        facts.insert(format!("status {status}"), Fact::default());
        let reply = resolve(root, reply);
        if let Some(schema) = reply
            .get("schema")
            .or_else(|| content(reply))
            .filter(|_| status.starts_with('2'))
        {
            members(
                root,
                schema,
                &format!("reply {status}"),
                (0, false),
                &mut facts,
            );
        }
    }
    facts
}

/// The schema of what something holds: of its JSON, else of its form.
fn content(holder: &Value) -> Option<&Value> {
    let contents = holder["content"].as_object()?;
    let of = |word: &str| {
        contents
            .iter()
            .find(|(media_type, _)| media_type.contains(word))
    };
    of("json").or_else(|| of("form"))?.1.get("schema")
}

/// The members below a schema, and what is around them.
fn members(root: &Value, schema: &Value, place: &str, at: (usize, bool), facts: &mut Facts) {
    let schema = resolve(root, schema);
    let (depth, is_other) = at;
    let holds = |key: &&str| schema.get(*key).is_some();
    let is_empty = depth == 0
        && !["properties", "items"]
            .iter()
            .chain(ALTERNATIVES)
            .any(holds);
    let own = Fact {
        is_other: is_other || is_empty,
        ..fact(root, schema)
    };
    facts.entry(place.to_owned()).or_insert(own);
    if depth == DEEPEST {
        return;
    }
    let below = (depth + 1, is_other);
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        members(root, member, &format!("{place}/{name}"), below, facts);
    }
    if let Some(element) = schema.get("items") {
        members(root, element, &format!("{place}/*"), below, facts);
    }
    for key in ALTERNATIVES {
        let parts = schema[*key].as_array().into_iter().flatten();
        for (index, part) in parts.enumerate() {
            let is_other = is_other || (index > 0 && *key != "allOf");
            members(root, part, place, (depth + 1, is_other), facts);
        }
    }
}

fn fact(root: &Value, schema: &Value) -> Fact {
    Fact {
        kind: kind(root, schema),
        is_other: false,
    }
}

/// The type of a schema: those of its alternatives, each once. What has members is an object, whether it says
/// so or not.
fn kind(root: &Value, schema: &Value) -> String {
    let kinds: Vec<String> = kinds(root, schema, 0).into_iter().collect();
    kinds.join(" or ")
}

fn kinds(root: &Value, schema: &Value, depth: usize) -> BTreeSet<String> {
    let schema = resolve(root, schema);
    let own = match text(&schema["type"]) {
        "" if schema.get("properties").is_some() => "object",
        "" if schema.get("items").is_some() => "array",
        kind => kind,
    };
    if !own.is_empty() || depth == DEEPEST {
        return BTreeSet::from([own.to_owned()]);
    }
    let parts = ALTERNATIVES
        .iter()
        .filter_map(|key| schema[*key].as_array());
    let parts = parts.flatten();
    parts
        .flat_map(|part| kinds(root, part, depth + 1))
        .collect()
}

const ALTERNATIVES: &[&str] = &["allOf", "oneOf", "anyOf"];

fn resolve<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let mut value = value;
    for _ in 0..DEEPEST {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return value;
        };
        value = root
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or(&Value::Null);
    }
    value
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
