//! Reads `OpenAPI` 3 and Swagger 2: operations, and what their schemas allow.

use std::collections::BTreeSet;

use serde_json::Value;

/// How deep references and alternatives are followed.
const DEEPEST: usize = 10;

/// An API as its vendor describes it.
pub(crate) struct Description<'a> {
    root: &'a Value,
    operations: Vec<Operation<'a>>,
}

/// An operation of a description.
pub(crate) struct Operation<'a> {
    method: String,
    path: Vec<String>,
    value: &'a Value,
    /// The parameters that all operations of the path have.
    shared: &'a Value,
}

/// A JSON kind. Whole numbers and numbers are told apart, as schemas do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    Array,
    Object,
}

/// What schemas of one place allow: alternatives are taken together.
#[derive(Default)]
pub(crate) struct Allowed<'a> {
    /// The kinds of values.
    pub(crate) kinds: BTreeSet<Kind>,
    /// Whether a schema gives no type.
    pub(crate) untyped: bool,
    /// All schemas without references, those inside of alternatives before those around them.
    parts: Vec<&'a Value>,
}

impl<'a> Description<'a> {
    pub(crate) fn of(root: &'a Value) -> Self {
        let mut operations = Vec::new();
        for (path, item) in root["paths"].as_object().into_iter().flatten() {
            for (method, value) in item.as_object().into_iter().flatten() {
                operations.push(Operation {
                    method: method.to_ascii_uppercase(),
                    path: segments(path),
                    value,
                    shared: &item["parameters"],
                });
            }
        }
        Self { root, operations }
    }

    /// The operation of a method and a path: the same path, else the longest that it ends with.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Operation<'a>> {
        let path = segments(path);
        let ends = |operation: &&Operation<'_>| {
            let is_told = operation.path.iter().any(|segment| segment != INPUT);
            operation.method == method
                && path.ends_with(&operation.path)
                && (is_told || operation.path == path)
        };
        let all = self.operations.iter().filter(ends);
        all.max_by_key(|operation| operation.path.len())
    }

    /// The schema of a reply of that status.
    pub(crate) fn reply(&self, operation: &Operation<'a>, status: u16) -> Option<&'a Value> {
        let replies = &operation.value["responses"];
        let class = format!("{}XX", status / 100);
        let reply = [status.to_string().as_str(), &class, "default"]
            .into_iter()
            .find_map(|key| replies.get(key))?;
        let reply = self.resolve(reply);
        reply.get("schema").or_else(|| json_schema(reply))
    }

    /// The schema of the JSON that is sent.
    pub(crate) fn body(&self, operation: &Operation<'a>) -> Option<&'a Value> {
        let body = self.resolve(&operation.value["requestBody"]);
        let of_swagger = || {
            let mut all = self.parameters(operation);
            all.find(|parameter| parameter["in"] == "body")?
                .get("schema")
        };
        json_schema(body).or_else(of_swagger)
    }

    /// The parameter of that place (`path`, `query`, `header`) and name.
    pub(crate) fn parameter(
        &self,
        operation: &Operation<'a>,
        place: &str,
        name: &str,
    ) -> Option<&'a Value> {
        let mut parameters = self.parameters(operation);
        parameters.find(|parameter| parameter["in"] == place && parameter["name"] == name)
    }

    fn parameters(&self, operation: &Operation<'a>) -> impl Iterator<Item = &'a Value> {
        let own = operation.value["parameters"].as_array();
        let all = own.into_iter().chain(operation.shared.as_array());
        all.flatten().map(|parameter| self.resolve(parameter))
    }

    /// What a reference stands for.
    fn resolve(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..DEEPEST {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return value;
            };
            let target = self.root.pointer(reference.trim_start_matches('#'));
            value = target.unwrap_or(&Value::Null);
        }
        value
    }

    /// What schemas allow together.
    pub(crate) fn allowed(&self, schemas: &[&'a Value]) -> Allowed<'a> {
        let mut all = Allowed::default();
        for schema in schemas {
            all.join(self.flat(schema, 0));
        }
        all
    }

    fn flat(&self, schema: &'a Value, depth: usize) -> Allowed<'a> {
        let schema = self.resolve(schema);
        let mut allowed = Allowed::default();
        if depth > DEEPEST || !schema.is_object() {
            allowed.untyped = true;
            return allowed;
        }
        let mut kinds = own_kinds(schema);
        for part in list(schema, "allOf") {
            let part = self.flat(part, depth + 1);
            kinds.extend(&part.kinds);
            allowed.parts.extend(part.parts);
        }
        let mut alternatives = Allowed::default();
        for part in list(schema, "oneOf").chain(list(schema, "anyOf")) {
            alternatives.join(self.flat(part, depth + 1));
        }
        allowed.parts.append(&mut alternatives.parts);
        // A type beside alternatives holds for all of them.
        if kinds.iter().all(|kind| *kind == Kind::Null) {
            kinds.extend(&alternatives.kinds);
            allowed.untyped |= alternatives.untyped;
        }
        allowed.untyped |= kinds.iter().all(|kind| *kind == Kind::Null);
        allowed.kinds = kinds;
        allowed.parts.push(schema);
        allowed
    }
}

impl<'a> Allowed<'a> {
    fn join(&mut self, other: Allowed<'a>) {
        self.kinds.extend(other.kinds);
        self.untyped |= other.untyped;
        self.parts.extend(other.parts);
    }

    /// Whether a kind is among those that are allowed. A number may be a whole one.
    pub(crate) fn allows(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// The schemas of the elements of arrays.
    pub(crate) fn elements(&self) -> Vec<&'a Value> {
        let parts = self.parts.iter();
        parts.filter_map(|part| part.get("items")).collect()
    }

    /// The schemas of a member, where it is named.
    pub(crate) fn member(&self, name: &str) -> Vec<&'a Value> {
        let parts = self.parts.iter();
        parts
            .filter_map(|part| part.get("properties")?.get(name))
            .collect()
    }

    /// The schemas of all members that are named.
    pub(crate) fn members(&self) -> Vec<&'a Value> {
        let all = self.parts.iter().filter_map(|part| part.get("properties"));
        all.filter_map(Value::as_object)
            .flat_map(|members| members.values())
            .collect()
    }

    /// The schemas of members whose names are data.
    pub(crate) fn values(&self) -> Vec<&'a Value> {
        let all = self.parts.iter();
        let all = all.filter_map(|part| part.get("additionalProperties"));
        all.filter(|schema| schema.is_object()).collect()
    }

    /// Whether a member has to be there.
    pub(crate) fn requires(&self, name: &str) -> bool {
        let mut required = self.parts.iter().flat_map(|part| list(part, "required"));
        required.any(|required| required == name)
    }

    /// The format of its texts.
    pub(crate) fn format(&self) -> Option<&'a str> {
        self.parts
            .iter()
            .find_map(|part| part.get("format")?.as_str())
    }

    /// The texts that are listed.
    pub(crate) fn listed(&self) -> BTreeSet<&'a str> {
        let all = self.parts.iter().flat_map(|part| list(part, "enum"));
        all.filter_map(Value::as_str).collect()
    }

    /// The descriptions, the one that stands outermost first.
    pub(crate) fn prose(&self) -> String {
        let parts = self.parts.iter().rev();
        let all: Vec<&str> = parts
            .filter_map(|part| part.get("description")?.as_str())
            .collect();
        all.join(" ")
    }
}

/// A segment of a path that is an input, or holds one.
const INPUT: &str = "{}";

fn segments(path: &str) -> Vec<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let all = path.split('/').filter(|segment| !segment.is_empty());
    all.map(|segment| {
        let is_input = segment.contains('{') || segment.starts_with(':');
        if is_input { INPUT } else { segment }.to_owned()
    })
    .collect()
}

fn list<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The schema of the media type that is JSON.
fn json_schema(owner: &Value) -> Option<&Value> {
    let mut content = owner.get("content")?.as_object()?.iter();
    content
        .find(|(media_type, _)| media_type.contains("json"))?
        .1
        .get("schema")
}

/// The kinds that a schema itself gives, without those it is made of.
fn own_kinds(schema: &Value) -> BTreeSet<Kind> {
    let mut kinds: BTreeSet<Kind> = match schema.get("type") {
        Some(Value::String(name)) => kind(name).into_iter().collect(),
        Some(Value::Array(names)) => {
            let names = names.iter().filter_map(Value::as_str);
            names.filter_map(kind).collect()
        }
        _ if schema.get("properties").is_some_and(Value::is_object) => [Kind::Object].into(),
        _ if schema.get("items").is_some() => [Kind::Array].into(),
        _ => list(schema, "enum").map(kind_of).collect(),
    };
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        kinds.insert(Kind::Null);
    }
    kinds
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "null" => Kind::Null,
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "string" => Kind::Text,
        "array" => Kind::Array,
        "object" => Kind::Object,
        _ => return None,
    })
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_f64() => Kind::Number,
        Value::Number(_) => Kind::Integer,
        Value::String(_) => Kind::Text,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}
