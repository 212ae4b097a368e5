//! A body that is something else than the document shows.

use serde::Deserialize;

use crate::api::{Body, Input, Operation, Parameter, Scalar, Wire};
use crate::document::json::{self, Node};
use crate::document::report::rules;
use crate::document::report::{Place, Report};
use crate::input::postman::infer;
use crate::input::postman::shape::{ChosenType, Member, Origin, Shape};

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
    input.json = None;
    Ok((Body::Text(input), operation.media_type.clone()))
}

/// JSON of which nothing is known.
fn any(operation: &Operation, input: Input) -> Input {
    Input {
        json: Some(Box::default()),
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
        let (shape, value) = member(input, is_many);
        example.insert(input.name.clone(), value);
        let first = input.at;
        members.push((input.name.clone(), Member { first, shape }));
    }
    let mut input = any(operation, Input::default());
    let example = serde_json::Value::Object(example).to_string();
    let mut shape =
        json::read(&example).map_or_else(|_| Shape::default(), |node| shape_of(&node, input.at));
    // What the text of a field shows as JSON is not all that is known of it.
    if let Some(object) = &mut shape.object {
        object.members.extend(members);
    }
    input.json = Some(Box::new(shape));
    input.evidence.examples.push(example);
    Ok(input)
}

/// What the examples of a field show as JSON, and the first of them.
fn member(input: &Input, is_many: bool) -> (Shape, serde_json::Value) {
    let scalar = infer::scalar(input);
    let examples = input.evidence.examples.iter();
    let texts: Vec<String> = examples.map(|text| as_json(text, input, &scalar)).collect();
    let text = match texts.first() {
        Some(_) if is_many => format!("[{}]", texts.join(",")),
        Some(text) => text.clone(),
        None => "null".to_owned(),
    };
    let node = json::read(&text).ok();
    let mut shape = match (&input.json, &node) {
        (Some(shape), _) => Shape::clone(shape),
        (None, Some(node)) if !texts.is_empty() => shape_of(node, input.at),
        _ => Shape::default(),
    };
    let single = if is_many {
        shape.list.as_mut().map(|list| &mut list.element)
    } else {
        Some(&mut shape)
    };
    if let Some(single) = single.filter(|_| input.json.is_none()) {
        single.choose().ty = needed(&scalar, single);
    }
    let chosen = shape.choose();
    chosen.name.clone_from(&input.rename);
    chosen.required = Some(input.required);
    let docs = match scalar {
        Scalar::OneOf(_) => infer::prose(&input.evidence.docs),
        _ => infer::without_required(&input.evidence.docs).to_owned(),
    };
    chosen.docs = Some(docs).filter(|docs| !docs.is_empty());
    let value = serde_json::from_str(&text).unwrap_or_default();
    (shape, value)
}

/// The text of a field as JSON of its type.
fn as_json(text: &str, input: &Input, scalar: &Scalar) -> String {
    let is_literal = match scalar {
        Scalar::Integer | Scalar::Float | Scalar::Boolean => json::read(text).is_ok(),
        Scalar::Text | Scalar::OneOf(_) | Scalar::IntegerOrText => input.json.is_some(),
    };
    if is_literal {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

fn shape_of(node: &Node<'_>, at: Place) -> Shape {
    let origin = Origin {
        place: &|_| at,
        resolve: &|text| text.to_owned(),
    };
    Shape::of(node, &origin)
}

/// The type of a field, where its examples as JSON do not show it.
fn needed(scalar: &Scalar, shape: &Shape) -> Option<ChosenType> {
    let shows_number = shape.number.is_some();
    let shows_text = shape.text.is_some();
    let is_placeholder = shape
        .text
        .as_ref()
        .is_some_and(|text| text.sights.is_empty());
    match scalar {
        _ if is_placeholder && !matches!(scalar, Scalar::OneOf(_)) => None,
        Scalar::Integer if !shows_number => Some(ChosenType::Integer),
        Scalar::Float if !shows_number => Some(ChosenType::Float),
        Scalar::Boolean if shape.boolean.is_empty() => Some(ChosenType::Boolean),
        Scalar::Text if !shows_text => Some(ChosenType::Text),
        Scalar::OneOf(choices) => Some(ChosenType::OneOf(choices.clone())),
        _ => None,
    }
}
