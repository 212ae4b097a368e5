//! From the evidence of an API to its types.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::data::{self, Direction};
use super::scalar;
use crate::api::{self, Location, Reason, Schema, SchemaType, Wire};
use crate::input::postman::shape::Shape;
use crate::input::postman::shape::draft::{Api, Input, Operation, Response};

/// Infers the type of everything that goes in or out. `required_from` is the number of examples from which a member
/// of a reply that all of them have is required; without it none is.
#[must_use]
pub fn conclude(api: Api, required_from: Option<usize>) -> api::Api {
    let failures = failure_shapes(&api.operations);
    let reply = Direction::Reply { required_from };
    let request = Direction::Request {
        optional: api.marks_required,
    };
    let operation = |operation: Operation| {
        let failure = failures.get(&operation.base.name);
        let types = reply_types(&operation.responses, failure, reply);
        let responses = operation.responses.clone().into_iter().zip(types);
        let responses = responses.map(|(response, schema)| response.with_schema(schema));
        let responses = responses.collect();
        let with = |input: Input, location: Location, wire: Option<&Wire>| {
            let is_json = is_json(&input, wire);
            let schema = input_type(&input, location, wire, request);
            // What lists the values is told by the type.
            let docs = match single(&schema).ty {
                SchemaType::Enum(_) => scalar::prose(&input.docs),
                _ => scalar::without_required(&input.docs).to_owned(),
            };
            api::Input {
                as_json: is_json,
                docs,
                ..input.with_schema(schema)
            }
        };
        operation.with_types(with, responses)
    };
    api::Api {
        name: api.name,
        docs: api.docs,
        folders: api.folders,
        operations: api.operations.into_iter().map(operation).collect(),
        schemas: api.schemas,
        marks_required: api.marks_required,
        refused: api.refused,
        variables: api.variables,
    }
}

/// The schema of one value, where there may be several.
fn single(schema: &Schema) -> &Schema {
    match &schema.ty {
        SchemaType::List(element) => element,
        _ => schema,
    }
}

/// Whether an input is JSON. A list of values is one of texts.
fn is_json(input: &Input, wire: Option<&Wire>) -> bool {
    let is_one = matches!(wire, None | Some(Wire::Single | Wire::Typed(_)));
    is_one && input.schema.json.is_some()
}

/// The type of an input: that of its JSON, where it is JSON; else that of its single values.
fn input_type(
    input: &Input,
    location: Location,
    wire: Option<&Wire>,
    request: Direction,
) -> Schema {
    let told = |ty: SchemaType, text: &str| Schema {
        at: Some(input.at),
        reasons: vec![Reason {
            at: Some(input.at),
            text: text.to_owned(),
        }],
        ..Schema::from(ty)
    };
    let list = |element: Schema| Schema {
        at: element.at,
        reasons: element.reasons.clone(),
        ..Schema::from(SchemaType::List(Box::new(element)))
    };
    match (&input.schema.json, wire) {
        (Some(shape), _) if is_json(input, wire) => data::schema(shape, request),
        (_, Some(Wire::File)) => told(SchemaType::Bytes, "a file"),
        (_, Some(Wire::Files)) => list(told(SchemaType::Bytes, "a file")),
        _ if location == Location::Body => told(SchemaType::Text, "text that is not read as JSON"),
        (_, Some(Wire::Repeated)) => list(scalar::scalar(input)),
        _ => scalar::scalar(input),
    }
}

/// The shape of all failures of a base URL, by its name, where they have one in common: objects of which at least one
/// member is in every example. Then the failures of all operations have one type.
fn failure_shapes(operations: &[Operation]) -> BTreeMap<String, Shape> {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for operation in operations {
        if let Some(shape) = failure_shape(&operation.responses) {
            let all = shapes.entry(operation.base.name.clone());
            all.or_default().merge(shape);
        }
    }
    shapes.retain(|_, shape| shape.is_one_record());
    shapes
}

/// What the failures of an operation show together.
fn failure_shape(responses: &[Response]) -> Option<Shape> {
    let failures = responses.iter().filter(|response| response.is_failure());
    join(failures.filter_map(shape_of))
}

fn shape_of(response: &Response) -> Option<Shape> {
    response.schema.as_ref()?.json.as_deref().cloned()
}

/// The type of the body of each reply. Responses of one status are examples of one reply. All failures have
/// one type: an API has one form for them, as a rule, and a failure that is shown with more of it helps to
/// read the others. `failure` is the shape that all failures of the base URL have in common.
fn reply_types(
    responses: &[Response],
    failure: Option<&Shape>,
    reply: Direction,
) -> Vec<Option<Arc<Schema>>> {
    let own = failure_shape(responses);
    let failure = own.map(|own| data::schema(failure.unwrap_or(&own), Direction::Failure));
    let failure = failure.map(Arc::new);
    let mut types: Vec<Option<Arc<Schema>>> = Vec::new();
    for (index, response) in responses.iter().enumerate() {
        let same = |other: &&Response| !other.is_failure() && other.statuses == response.statuses;
        let first = responses.iter().position(|other| same(&other));
        types.push(match first {
            _ if response.schema.is_none() => None,
            _ if response.is_failure() => failure.clone(),
            Some(first) if first < index && types[first].is_some() => types[first].clone(),
            _ => join(responses.iter().filter(same).filter_map(shape_of))
                .map(|shape| Arc::new(data::schema(&shape, reply))),
        });
    }
    types
}

/// What all shapes show together.
fn join(shapes: impl Iterator<Item = Shape>) -> Option<Shape> {
    shapes.reduce(|mut all, shape| {
        all.merge(shape);
        all
    })
}
