//! A body that is something else than the document shows.

use serde::Deserialize;
use serde_json::Value;

use crate::api::{Body, Input, Member, Operation, Parameter, Record, Schema, SchemaType, Wire};
use crate::document::report::Report;
use crate::document::report::rules;

/// What the body of a request is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// JSON; a form becomes an object of its fields.
    Json,
    /// Text that the caller writes.
    Text,
    /// Nothing.
    None,
}

/// Makes the body of a request one of that kind.
pub(super) fn turn(report: &mut Report, operation: &mut Operation, kind: BodyKind) {
    let turned = match kind {
        BodyKind::Json => json(operation),
        BodyKind::Text => text(operation),
        BodyKind::None => Ok((Body::Empty, None)),
    };
    match turned {
        Ok((body, media_type)) => {
            operation.body = body;
            operation.media_type = media_type;
        }
        Err(label) => report.push(&rules::OVERRIDE_IMPOSSIBLE, operation.at, label),
    }
}

/// A body and its media type, or why it cannot be.
type Turned = Result<(Body, Option<String>), &'static str>;

fn json(operation: &Operation) -> Turned {
    let input = match &operation.body {
        Body::Json(input) => input.clone(),
        Body::Empty => any(operation, Input::default()),
        Body::Text(input) => any(operation, input.clone()),
        Body::UrlEncoded(fields) | Body::Multipart(fields) => object(operation, fields)?,
        Body::File(_) => return Err("a file is no JSON"),
        Body::GraphQl(_) => return Err("a GraphQL request is JSON of its own"),
    };
    let own = operation.media_type.clone();
    let own = own.filter(|media_type| media_type.contains("json"));
    let media_type = own.unwrap_or_else(|| "application/json".to_owned());
    Ok((Body::Json(input), Some(media_type)))
}

fn text(operation: &Operation) -> Turned {
    let mut input = match &operation.body {
        Body::Json(input) | Body::Text(input) => input.clone(),
        Body::Empty => named(operation, Input::default()),
        Body::UrlEncoded(_) | Body::Multipart(_) => {
            return Err("a form is no text; it can be JSON");
        }
        Body::File(_) | Body::GraphQl(_) => return Err("this body is no text"),
    };
    input.as_json = false;
    input.schema = Schema::from(SchemaType::Text);
    Ok((Body::Text(input), operation.media_type.clone()))
}

/// JSON of which nothing is known.
fn any(operation: &Operation, input: Input) -> Input {
    Input {
        as_json: true,
        schema: Schema::from(SchemaType::Any),
        ..named(operation, input)
    }
}

/// A body is required, and has this name, by which places are found.
fn named(operation: &Operation, input: Input) -> Input {
    if input.name.is_empty() {
        Input {
            at: operation.at,
            name: "body".to_owned(),
            required: true,
            ..input
        }
    } else {
        input
    }
}

/// The object that has the fields of a form as its members.
fn object(operation: &Operation, fields: &[Parameter]) -> Result<Input, &'static str> {
    let mut members = Vec::new();
    let mut example = serde_json::Map::new();
    for field in fields {
        let (input, is_many) = match field {
            Parameter::Input(_, Wire::File | Wire::Files) => return Err("a file is no JSON"),
            Parameter::Input(_, Wire::Named(_)) => {
                return Err("the name of a field is not known before it is called");
            }
            Parameter::Input(input, wire) => (input, *wire == Wire::Repeated),
            Parameter::Fixed { .. } => continue,
        };
        let mut values: Vec<Value> = input
            .examples
            .iter()
            .map(|text| value(text, input))
            .collect();
        let value = match (is_many, values.is_empty()) {
            (true, false) => Value::Array(values),
            (_, true) => Value::Null,
            (false, false) => values.swap_remove(0),
        };
        members.push(member(input, &value));
        example.insert(input.name.clone(), value);
    }
    let record = SchemaType::Record(Record {
        members,
        extra: None,
    });
    let mut input = any(operation, Input::default());
    input.schema = Schema {
        at: Some(operation.at),
        reasons: vec!["the fields of a form, by letterpress.toml".into()],
        ..Schema::from(record)
    };
    input.examples.push(Value::Object(example).to_string());
    Ok(input)
}

/// A field of a form as a member of an object.
fn member(input: &Input, example: &Value) -> Member {
    let is_single = !example.is_null() && !example.is_array() && !example.is_object();
    Member {
        name: input.name.clone(),
        required: input.required,
        schema: Schema {
            docs: input.docs.clone(),
            rename: input.rename.clone(),
            example: is_single.then(|| example.to_string()),
            ..input.schema.clone()
        },
        ..Member::default()
    }
}

/// The text of a field as JSON of its type.
fn value(text: &str, input: &Input) -> Value {
    let single = match &input.schema.ty {
        SchemaType::List(element) if !input.as_json => &element.ty,
        ty => ty,
    };
    let is_text = matches!(single, SchemaType::Text | SchemaType::Enum(_));
    let read = serde_json::from_str(text).ok();
    let read = read.filter(|_| input.as_json || !is_text);
    read.unwrap_or_else(|| Value::from(text))
}
