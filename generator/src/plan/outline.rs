//! Requests as they are planned, beside what the document says of them.

use std::collections::BTreeMap;

use super::{Arm, Crate, Definition, Field, Group, Module, Outcome, Structure, Type, When};
use crate::api::{Api, Input, Location, Operation, Reason, Response, Schema};
use crate::document::report::Place;
use crate::plan::names::Ident;

/// A request as it is planned.
#[derive(Clone, PartialEq, Debug)]
pub struct Outline<'a> {
    /// What the document says.
    pub operation: &'a Operation,
    /// Its module.
    pub module: &'a Module,
    /// The names of the modules down to it.
    pub path: Vec<&'a Ident>,
    /// What the caller supplies, in the order of the wire.
    pub inputs: Vec<OutlinedInput<'a>>,
    /// The replies, in the order in which they are told apart.
    pub replies: Vec<DocumentedReply>,
    /// The JSON of replies: what a place in it begins with, its type, and what is known of it.
    pub data: Vec<(&'a str, &'a Type, &'a Schema)>,
    /// The types of JSON, those that several modules share among them.
    pub definitions: Vec<Definition>,
}

/// An input with its type.
#[derive(Clone, PartialEq, Debug)]
pub struct OutlinedInput<'a> {
    /// Where it goes.
    pub location: Location,
    /// Where the document describes it.
    pub at: Place,
    /// Its name on the wire.
    pub name: &'a str,
    /// Its field: one of `Options`, where it may be left out.
    pub field: &'a Ident,
    /// Whether it has to be supplied.
    pub required: bool,
    /// The type of its field.
    pub ty: &'a Type,
    /// What is known of its values.
    pub schema: &'a Schema,
    /// Whether it is written as JSON.
    pub as_json: bool,
}

/// A documented reply.
#[derive(Clone, PartialEq, Debug)]
pub struct DocumentedReply {
    /// What tells it; nothing, where the document shows no success.
    pub when: Option<When>,
    /// The variant of `Response` or `Failure` that it is, where it is one.
    pub variant: Option<Ident>,
    /// Whether it is a failure.
    pub is_failure: bool,
    /// What its body is read as; nothing, where it is not.
    pub ty: Option<Type>,
    /// Where it is documented, and what is known of its body.
    pub reasons: Vec<Reason>,
}

/// The outline of every request of a plan that was made of this API, in the order of its modules.
#[must_use]
pub fn outlines<'a>(api: &'a Api, plan: &'a Crate) -> Vec<Outline<'a>> {
    let mut all = Vec::new();
    group(api, plan, &plan.root, &[], &mut all);
    all
}

fn group<'a>(
    api: &'a Api,
    plan: &'a Crate,
    group_: &'a Group,
    path: &[&'a Ident],
    all: &mut Vec<Outline<'a>>,
) {
    for (ident, below) in &group_.groups {
        group(api, plan, below, &[path, &[ident]].concat(), all);
    }
    for module in &group_.modules {
        let path = [path, &[&module.ident]].concat();
        let operation = api.operations.get(module.operation);
        all.extend(operation.map(|operation| outline(operation, plan, module, path)));
    }
}

fn outline<'a>(
    operation: &'a Operation,
    plan: &'a Crate,
    module: &'a Module,
    path: Vec<&'a Ident>,
) -> Outline<'a> {
    let inputs: Vec<(Location, &Input, _)> = operation.inputs().collect();
    let required = module.fields.iter().map(|field| (field, true));
    let optional = module.options.iter().map(|field| (field, false));
    let mut fields: Vec<(&Field, bool)> = required.chain(optional).collect();
    fields.sort_by_key(|(field, _)| field.input);
    let fields = fields.into_iter().filter_map(|(field, required)| {
        let (location, input, _) = *inputs.get(field.input)?;
        Some(OutlinedInput {
            location,
            at: input.at,
            name: &input.name,
            field: &field.ident,
            required,
            ty: &field.ty,
            schema: &input.schema,
            as_json: input.as_json,
        })
    });
    let data = module.bodies.iter().filter_map(|(place, ty)| {
        let mut responses = operation.responses.iter();
        let response = responses.find(|one| one.schema.is_some() && is_at(one, place))?;
        Some((place.as_str(), ty, response.schema.as_deref()?))
    });
    Outline {
        operation,
        module,
        path,
        inputs: fields.collect(),
        replies: module
            .arms
            .iter()
            .map(|arm| reply(operation, module, arm))
            .collect(),
        data: data.collect(),
        definitions: definitions(plan, module),
    }
}

/// Whether the places in a reply begin with that word.
fn is_at(response: &Response, place: &str) -> bool {
    match place {
        "error" => response.is_failure(),
        status => !response.is_failure() && response.statuses.to_string() == status,
    }
}

/// The types of a module, as if it defined those that it shares.
fn definitions(plan: &Crate, module: &Module) -> Vec<Definition> {
    let all = module.definitions.iter();
    let own_names: BTreeMap<&Ident, &Ident> = all
        .clone()
        .filter_map(|definition| Some((&shared(plan, definition)?.ident, &definition.ident)))
        .collect();
    let own = all.map(|definition| {
        let Some(shared) = shared(plan, definition) else {
            return definition.clone();
        };
        let mut own = Definition {
            ident: definition.ident.clone(),
            ..shared.clone()
        };
        own.for_each_name(&mut |name| {
            if let Some(own) = own_names.get(name) {
                *name = (*own).clone();
            }
        });
        own
    });
    own.collect()
}

/// What a type of a module shares with other modules.
fn shared<'p>(plan: &'p Crate, definition: &Definition) -> Option<&'p Definition> {
    let Structure::Shared(name) = &definition.structure else {
        return None;
    };
    plan.types.iter().find(|shared| shared.ident == *name)
}

fn reply(operation: &Operation, module: &Module, arm: &Arm) -> DocumentedReply {
    let (variant, is_failure) = match &arm.outcome {
        Outcome::Success(variant) => (variant.clone(), false),
        Outcome::Failure(variant) => (Some(variant.clone()), true),
    };
    let documents = |response: &&Response| match &arm.when {
        // A failure that its code tells is also filed under a status.
        Some(When::Status(status)) => {
            response.statuses == *status && (is_failure || !response.by_code)
        }
        Some(When::Code(code)) => {
            response.by_code && response.codes.iter().any(|known| known.code == *code)
        }
        None => false,
    };
    let held = || {
        let failure = module
            .failures
            .iter()
            .find(|one| Some(&one.ident) == variant.as_ref());
        failure.and_then(|failure| failure.body.clone())
    };
    let given = || {
        let shown = module
            .variants
            .iter()
            .find(|one| Some(&one.ident) == variant.as_ref());
        shown.map_or_else(|| module.response.clone(), |one| one.ty.clone())
    };
    let undocumented = Reason {
        at: Some(operation.at),
        text: "no success is documented".to_owned(),
    };
    let undocumented = arm.when.is_none().then_some(undocumented);
    let responses = operation.responses.iter().filter(documents).map(body);
    DocumentedReply {
        when: arm.when.clone(),
        ty: if is_failure { held() } else { Some(given()) },
        variant,
        is_failure,
        reasons: responses.chain(undocumented).collect(),
    }
}

/// What a saved response shows of its body.
fn body(response: &Response) -> Reason {
    let media_type = response.media_type.as_deref().unwrap_or("no media type");
    let text = match (&response.body, &response.schema) {
        (_, Some(_)) => "a body of JSON".to_owned(),
        (Some(_), None) => format!("a body, {media_type}"),
        (None, None) => format!("no body, {media_type}"),
    };
    Reason {
        at: Some(response.at),
        text,
    }
}
