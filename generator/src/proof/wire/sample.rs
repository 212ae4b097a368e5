//! Values made of types, where a document has none: a description says what a body is, and seldom shows one.

use serde_json::{Map, Value};

use crate::api::{
    Api, Body, EnumKind, Format, Input, NamedSchema, Operation, Parameter, PathPart, Schema,
    SchemaType, ToldBy, Union,
};

/// How many types deep values are made: a record in a record may have the first again.
const DEPTH: usize = 8;

/// Down to how many types deep a record has the members that may be left out.
const COMPLETE: usize = 4;

/// The operation with a value for each input that has none. A text without a format keeps its name as value.
#[must_use]
pub fn with_values(api: &Api, operation: &Operation) -> Operation {
    let mut operation = operation.clone();
    let fill = |input: &mut Input, is_json: bool| {
        if !input.examples.is_empty() || !input.sent.is_empty() {
            return;
        }
        let value = sample(&input.schema, &api.schemas, DEPTH);
        input
            .examples
            .extend(text(&value, is_json || input.as_json));
    };
    for part in &mut operation.path {
        if let PathPart::Input(input) = part {
            fill(input, false);
        }
    }
    match &mut operation.body {
        Body::Json(input) => fill(input, true),
        Body::UrlEncoded(fields) | Body::Multipart(fields) => fill_all(fields, fill),
        _ => {}
    }
    fill_all(&mut operation.query, fill);
    fill_all(&mut operation.headers, fill);
    operation
}

fn fill_all(parameters: &mut [Parameter], fill: impl Fn(&mut Input, bool)) {
    for parameter in parameters {
        if let Parameter::Input(input, _) = parameter {
            fill(input, false);
        }
    }
}

/// A value as it is sent. An object that is not JSON is sent in many ways, and a text says nothing that its name does not.
fn text(value: &Value, is_json: bool) -> Option<String> {
    match value {
        _ if is_json => serde_json::to_string_pretty(value).ok(),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::String(text) if text != PLAIN => Some(text.clone()),
        Value::Array(elements) => text(elements.first()?, false),
        Value::Null | Value::String(_) | Value::Object(_) => None,
    }
}

/// A text of which nothing is known.
const PLAIN: &str = "text";

/// A value of a type: what the document gives as an example or assumes, else the smallest that says what it is. What only
/// replies have is left out.
fn sample(schema: &Schema, named: &[NamedSchema], depth: usize) -> Value {
    let said = [&schema.example, &schema.default].into_iter().flatten();
    let mut said = said.map(|text| serde_json::from_str(text));
    let said = said.find_map(Result::ok);
    said.unwrap_or_else(|| made(schema, named, depth))
}

fn made(schema: &Schema, named: &[NamedSchema], depth: usize) -> Value {
    match &schema.ty {
        SchemaType::Boolean => true.into(),
        SchemaType::Integer(_) | SchemaType::Float | SchemaType::Number => least(schema),
        SchemaType::Text => of_format(schema.format).into(),
        SchemaType::Bytes => "AA==".into(),
        SchemaType::Enum(listed) => match (listed.values.first(), listed.kind) {
            (Some(first), EnumKind::Integer) => {
                first.value.parse::<i64>().map_or(Value::Null, Value::from)
            }
            (Some(first), EnumKind::Text) => first.value.as_str().into(),
            (None, _) => PLAIN.into(),
        },
        SchemaType::Named(index) => match named.get(*index) {
            Some(one) if depth > 0 => sample(&one.schema, named, depth - 1),
            _ => Map::new().into(),
        },
        SchemaType::List(_) if depth == 0 => Value::Array(Vec::new()),
        _ if depth == 0 => Value::Null,
        SchemaType::List(inner) => vec![sample(inner, named, depth - 1)].into(),
        SchemaType::Tuple(all) => {
            let all = all.iter().map(|schema| sample(schema, named, depth - 1));
            all.collect::<Vec<_>>().into()
        }
        SchemaType::Record(record) => {
            let members = record.members.iter().filter(|member| !member.read_only);
            // What is deep inside is there only where it has to be.
            let members = members.filter(|member| member.required || depth + COMPLETE >= DEPTH);
            let members =
                members.map(|one| (one.name.clone(), sample(&one.schema, named, depth - 1)));
            members.collect::<Map<_, _>>().into()
        }
        SchemaType::Union(union) => of_union(union, named, depth - 1),
        SchemaType::Any | SchemaType::Map(_) | SchemaType::Recursive(_) => Map::new().into(),
    }
}

/// The first alternative, with the tag that tells it.
fn of_union(union: &Union, named: &[NamedSchema], depth: usize) -> Value {
    let Some(first) = union.alternatives.first() else {
        return Value::Null;
    };
    let mut value = sample(&first.schema, named, depth);
    if let (ToldBy::Tag(member), Some(tag), Value::Object(object)) =
        (&union.told_by, first.tags.first(), &mut value)
    {
        object.insert(member.clone(), tag.as_str().into());
    }
    value
}

/// The least number that a type has, or 1.
fn least(schema: &Schema) -> Value {
    let minimum = schema
        .limits
        .as_ref()
        .and_then(|limits| limits.minimum.as_ref());
    let minimum = minimum.filter(|(_, is_excluded)| !is_excluded);
    minimum
        .and_then(|(text, _)| serde_json::from_str(text).ok())
        .unwrap_or_else(|| 1.into())
}

fn of_format(format: Option<Format>) -> &'static str {
    match format {
        Some(Format::DateTime) => "2026-01-31T12:00:00Z",
        Some(Format::Date) => "2026-01-31",
        Some(Format::Time) => "12:00:00Z",
        Some(Format::Duration) => "PT1H",
        Some(Format::Uuid) => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        Some(Format::Uri) => "https://example.com/",
        Some(Format::Email) => "ada@example.com",
        Some(Format::NumericText | Format::UnixTime) => "1",
        Some(Format::Password) | None => PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Alternative, Choice, Enum, IntegerWidth, Limits, Member, Record};

    fn member(name: &str, required: bool, schema: impl Into<Schema>) -> Member {
        Member {
            name: name.to_owned(),
            required,
            schema: schema.into(),
            ..Member::default()
        }
    }

    fn record(members: Vec<Member>) -> SchemaType {
        let extra = None;
        SchemaType::Record(Record { members, extra })
    }

    #[test]
    fn values_are_of_their_types() {
        let check = |schema: Schema, expected: &str| {
            let named = [NamedSchema {
                name: "Node".to_owned(),
                schema: record(vec![member("next", true, SchemaType::Named(0))]).into(),
            }];
            let found = sample(&schema, &named, DEPTH).to_string();
            assert_eq!(found, expected, "{schema:?}");
        };
        let integer = || Schema::from(SchemaType::Integer(IntegerWidth::I64));
        check(SchemaType::Boolean.into(), "true");
        check(integer(), "1");
        let at_least = |text: &str, is_excluded| Schema {
            limits: Some(Box::new(Limits {
                minimum: Some((text.to_owned(), is_excluded)),
                ..Limits::default()
            })),
            ..integer()
        };
        check(at_least("18", false), "18");
        check(at_least("18", true), "1");
        let shown = Schema {
            example: Some("7".to_owned()),
            default: Some("8".to_owned()),
            ..integer()
        };
        check(shown, "7");
        let dated = Schema {
            format: Some(Format::Date),
            ..SchemaType::Text.into()
        };
        check(dated, r#""2026-01-31""#);
        let values = vec![Choice {
            value: "red".to_owned(),
            ..Choice::default()
        }];
        let kind = EnumKind::Text;
        check(SchemaType::Enum(Enum { kind, values }).into(), r#""red""#);
        check(SchemaType::List(Box::new(integer())).into(), "[1]");
        let mut sent = vec![member("a", false, integer()), member("b", true, integer())];
        sent[0].read_only = true;
        check(record(sent).into(), r#"{"b":1}"#);
        let alternative = Alternative {
            tags: vec!["cat".to_owned()],
            schema: record(vec![member("lives", true, integer())]).into(),
            ..Alternative::default()
        };
        let union = Union {
            alternatives: vec![alternative],
            told_by: ToldBy::Tag("kind".to_owned()),
        };
        check(
            SchemaType::Union(union).into(),
            r#"{"lives":1,"kind":"cat"}"#,
        );
        check(
            SchemaType::Named(0).into(),
            r#"{"next":{"next":{"next":{"next":{}}}}}"#,
        );
    }
}
