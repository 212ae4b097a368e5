//! The module of one request.

use std::collections::BTreeSet;

use super::data::{self, Root};
use super::fields::{self, Kind, Planned};
use super::replies::{self, Replies};
use super::types::RESERVED_TYPES;
use super::{BaseUrl, Body, Definition, Enum, Module, Step, Type, example, failures, literal};
use crate::api::{self, Operation};
use crate::document::secret;
use crate::input::config::Config;
use crate::input::postman::infer;
use crate::input::postman::infer::data::{Data, Direction};
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Departure, Names, Registry};

/// What surrounds a module.
pub(super) struct Around<'a> {
    pub(super) ident: Ident,
    /// The index of the operation.
    pub(super) operation: usize,
    /// The names that it is known to have, and whether they are to be others.
    pub(super) known: &'a Names,
    pub(super) renames: bool,
    /// `Folder / Request`
    pub(super) title: String,
    /// The names of the modules down to this one.
    pub(super) path: &'a [Ident],
    pub(super) base: Option<&'a BaseUrl>,
    /// What its documentation says about authorization.
    pub(super) auth: Option<String>,
    pub(super) config: &'a Config,
    /// See [`api::Api::marks_required`].
    pub(super) marks_required: bool,
}

/// Plans a module. It cannot fail: what could was reported by the reader, and left out.
pub(super) fn plan(operation: &Operation, around: &Around<'_>) -> (Module, Vec<Departure>) {
    let mut registry = Registry::new(around.known).renaming(around.renames);
    let (mut inputs, enums) = fields::plan(operation, &mut registry);
    let replies = replies::read(&operation.responses, &mut registry);
    let definitions = data_types(&mut inputs, &enums, &replies, around.into(), &mut registry);
    let typed = replies.typed(&definitions.replies, &mut registry);
    let (names, departures) = registry.finish();
    let (required, optional): (Vec<&Planned<'_>>, Vec<&Planned<'_>>) =
        inputs.iter().partition(|input| input.required);
    let name = operation.title();
    let module = Module {
        ident: around.ident.clone(),
        operation: around.operation,
        names,
        former: BTreeSet::new(),
        origin: origin(&around.title, &around.config.input_name),
        docs: module_docs(operation, &name, around.auth.as_deref()),
        summary: sentence(&docs::inline(&name)),
        example: example::plan(around, &inputs, &enums, &typed.response),
        fields: required.iter().map(|input| input.field()).collect(),
        options: optional.iter().map(|input| input.field()).collect(),
        enums,
        definitions: definitions.all,
        failures: typed.failures,
        error_codes: failures::error_codes(&operation.responses),
        scopes: operation.scopes.clone(),
        rate_limit: operation.rate_limit.clone(),
        method: operation.method.clone(),
        base: around
            .base
            .map_or_else(|| names::fixed("BASE_URL"), |base| base.ident.clone()),
        path_template: operation.path_template(),
        auth: operation.auth.clone(),
        path: fields::path(operation, &inputs),
        query: fields::steps(Kind::Query, &operation.query, &inputs),
        headers: headers(operation, &inputs),
        body: body(operation, &inputs),
        response: typed.response,
        variants: typed.variants,
        arms: typed.arms,
    };
    (module, departures)
}

/// The types of JSON data of a module.
pub(super) struct Definitions {
    pub(super) all: Vec<Definition>,
    /// The types of replies, in the order of their roots.
    pub(super) replies: Vec<Type>,
    /// What is known of the inputs that are JSON, by their index.
    pub(super) inputs: Vec<(usize, Data)>,
}

/// What decides about JSON beside the data.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// See [`api::Api::marks_required`].
    pub(super) marks_required: bool,
    /// See [`Config::keeps_unknown`].
    pub(super) keeps_unknown: bool,
}

impl From<&Around<'_>> for Rules {
    fn from(around: &Around<'_>) -> Self {
        Self {
            marks_required: around.marks_required,
            keeps_unknown: around.config.keeps_unknown,
        }
    }
}

/// Plans the types of all JSON in and out, and gives the inputs theirs.
pub(super) fn data_types(
    inputs: &mut [Planned<'_>],
    enums: &[Enum],
    replies: &Replies,
    rules: Rules,
    registry: &mut Registry<'_>,
) -> Definitions {
    let direction = Direction::Request {
        optional: rules.marks_required,
    };
    let inferred: Vec<(usize, Data)> = inputs
        .iter()
        .enumerate()
        .filter_map(|(index, input)| Some((index, infer::data::data(input.shape()?, direction))))
        .collect();
    let mut roots: Vec<Root<'_>> = inferred
        .iter()
        .map(|(index, data)| Root {
            place: inputs[*index].place.clone(),
            name: inputs[*index].type_name(),
            docs: inputs[*index].what(),
            data,
        })
        .collect();
    roots.extend(replies.roots());
    let mut reserved = RESERVED_TYPES.to_vec();
    reserved.extend(enums.iter().map(|plan| plan.ident.as_str()));
    let planned = data::plan(&roots, &reserved, rules.keeps_unknown, registry);
    let of_replies = planned.types[inferred.len()..].to_vec();
    for ((index, data), ty) in inferred.iter().zip(planned.types) {
        let input = &mut inputs[*index];
        let example = input.input.evidence.examples.first();
        let example = example.map(String::as_str).unwrap_or_default();
        input.literal = Some(literal::of(&ty, data, example, &planned.definitions, 4));
        input.ty = ty;
    }
    Definitions {
        all: planned.definitions,
        replies: of_replies,
        inputs: inferred,
    }
}

fn origin(title: &str, input_name: &str) -> String {
    docs::comment(&format!("`{title}` in {input_name}"))
}

/// Method and path, the name, how it is authorized, the description.
fn module_docs(operation: &Operation, name: &str, auth: Option<&str>) -> Vec<String> {
    let path = operation.path_template();
    let path = if path.is_empty() {
        "/".to_owned()
    } else {
        path
    };
    let mut lines = vec![
        docs::code(&format!("{} {path}", operation.method)),
        String::new(),
    ];
    lines.push(sentence(&docs::inline(name)));
    if let Some(auth) = auth {
        lines.push(String::new());
        lines.extend(docs::render(auth, super::DOC_WIDTH + 4));
    }
    let prose = docs::render(&secret::redact(&operation.docs), super::DOC_WIDTH + 4);
    if !prose.is_empty() {
        lines.push(String::new());
        lines.extend(prose);
    }
    lines
}

/// A name as a sentence.
pub(super) fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The header fields. A body of text brings its media type along, a form has its own, to which the document
/// may add parameters; otherwise what the document sets is a field like any other.
fn headers(operation: &Operation, inputs: &[Planned<'_>]) -> Vec<Step> {
    let mut steps = fields::steps(Kind::Header, &operation.headers, inputs);
    let own = operation.media_type.as_ref();
    let own = own.filter(|own| match &operation.body {
        api::Body::Empty | api::Body::File(_) | api::Body::UrlEncoded(_) => true,
        api::Body::GraphQl(_) => *own != "application/json",
        api::Body::Text(_) | api::Body::Json(_) | api::Body::Multipart(_) => false,
    });
    steps.extend(own.map(|media_type| Step::Fixed("Content-Type".to_owned(), media_type.clone())));
    steps
}

fn body(operation: &Operation, inputs: &[Planned<'_>]) -> Body {
    let own = || {
        inputs
            .iter()
            .find(|input| input.kind == Kind::Body)
            .map(Planned::access)
    };
    match &operation.body {
        api::Body::Empty => Body::Empty,
        api::Body::Json(_) => own().map_or(Body::Empty, |field| {
            Body::Json(field, operation.media_type.clone())
        }),
        api::Body::GraphQl(request) => {
            Body::GraphQl(request.query.clone(), request.operation_name.clone(), own())
        }
        api::Body::Text(_) => own().map_or(Body::Empty, |field| {
            Body::Text(field, operation.media_type.clone())
        }),
        api::Body::File(_) => own().map_or(Body::Empty, Body::File),
        api::Body::UrlEncoded(parameters) => {
            Body::Form(fields::steps(Kind::Form, parameters, inputs))
        }
        api::Body::Multipart(parameters) => {
            Body::Multipart(fields::steps(Kind::Form, parameters, inputs))
        }
    }
}
