//! Walks inferred types and documented schemas side by side.

use std::collections::{BTreeMap, BTreeSet};

use letterpress::api::{
    Api, Body, Input, Operation, Parameter, PathPart, Response, Schema, SchemaType, Wire,
};

use crate::description::{self, Description};
use crate::judge::judge_scalar;
use crate::tally::{Tallies, Tally};
use crate::walk::{Spot, Walk};

/// Compares all operations that the description has too.
pub(crate) fn compare(name: &str, api: &Api, description: &Description<'_>) -> Tallies {
    let mut tallies = Tallies::default();
    for operation in &api.operations {
        tallies.operations[0] += 1;
        let path = full_path(operation);
        let Some(described) = description.operation(&operation.method, &path) else {
            continue;
        };
        tallies.operations[1] += 1;
        let place = format!("{name} {} {path}", operation.method);
        let pair = Pair {
            operation,
            description,
            described,
            place,
        };
        pair.replies(&mut tallies.replies);
        pair.request(&mut tallies.requests);
        pair.parameters(&mut tallies.parameters);
    }
    tallies
}

/// The path with that of the base.
fn full_path(operation: &Operation) -> String {
    let base = match operation.base.default.as_str() {
        "" => operation.base.name.as_str(),
        default => default,
    };
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let below = rest.split_once('/').map_or("", |(_, below)| below);
    format!("/{below}{}", operation.path_template())
}

/// An operation of a collection and of a description.
struct Pair<'p, 'a> {
    operation: &'p Operation,
    description: &'p Description<'a>,
    described: &'p description::Operation<'a>,
    place: String,
}

impl<'a> Pair<'_, 'a> {
    /// As a client has them: one type for each status of a success, one for all failures.
    fn replies(&self, tally: &mut Tally) {
        let (successes, failures): (Vec<&Response>, Vec<&Response>) = self
            .operation
            .responses
            .iter()
            .partition(|response| !response.is_failure());
        for (status, examples) in by_status(&successes) {
            self.reply(tally, status, first(&examples));
        }
        for (status, examples) in by_status(&failures) {
            self.reply(tally, status, first(&examples));
        }
    }

    fn reply(&self, tally: &mut Tally, status: u16, inferred: Option<&Schema>) {
        let schema = self.description.reply(self.described, status);
        if let (Some(inferred), Some(schema)) = (inferred, schema) {
            let place = format!("{} {status} ", self.place);
            self.walk(tally)
                .value(inferred, &[schema], Spot::top(&place));
        }
    }

    fn walk<'w>(&'w self, tally: &'w mut Tally) -> Walk<'w, 'a> {
        Walk {
            description: self.description,
            tally,
        }
    }

    fn request(&self, tally: &mut Tally) {
        let Body::Json(input) = &self.operation.body else {
            return;
        };
        let schema = self.description.body(self.described);
        if let Some(schema) = schema {
            let place = format!("{} request ", self.place);
            self.walk(tally)
                .value(&input.schema, &[schema], Spot::top(&place));
        }
    }

    fn parameters(&self, tally: &mut Tally) {
        let path = self.operation.path.iter().filter_map(PathPart::input);
        for input in path {
            self.parameter(tally, "path", input, &Wire::Single);
        }
        for (place, parameters) in [
            ("query", &self.operation.query),
            ("header", &self.operation.headers),
        ] {
            for parameter in parameters {
                if let Parameter::Input(input, wire) = parameter {
                    self.parameter(tally, place, input, wire);
                }
            }
        }
    }

    fn parameter(&self, tally: &mut Tally, place: &str, input: &Input, wire: &Wire) {
        let Some(parameter) = self
            .description
            .parameter(self.described, place, &input.name)
        else {
            return;
        };
        // Swagger 2 has the members of the schema in the parameter itself.
        let schema = parameter.get("schema").unwrap_or(parameter);
        let allowed = self.description.allowed(&[schema]);
        let allowed = match wire {
            Wire::Repeated => self.description.allowed(&allowed.elements()),
            _ => allowed,
        };
        let at = || format!("{} {place} {}", self.place, input.name);
        let inferred = match (&input.schema.ty, wire) {
            (SchemaType::List(element), Wire::Repeated) => &element.ty,
            (ty, _) => ty,
        };
        tally.add(judge_scalar(inferred, &allowed, &input.name), at);
        let is_required = parameter["required"] == true;
        tally.add_optional(input.required == is_required);
        let listed = allowed.listed();
        if !listed.is_empty() {
            let inferred: BTreeSet<&str> = match inferred {
                SchemaType::Enum(listed) => {
                    let values = listed.values.iter();
                    values.map(|choice| choice.value.as_str()).collect()
                }
                _ => BTreeSet::new(),
            };
            tally.add_listed(inferred == listed);
        }
    }
}

fn by_status<'r>(responses: &[&'r Response]) -> BTreeMap<u16, Vec<&'r Response>> {
    let mut all = BTreeMap::<u16, Vec<&Response>>::new();
    for response in responses {
        all.entry(response.statuses.first())
            .or_default()
            .push(response);
    }
    all
}

/// The type of the bodies of a reply.
fn first<'r>(responses: &[&'r Response]) -> Option<&'r Schema> {
    responses
        .iter()
        .find_map(|response| response.schema.as_deref())
}
