//! The module of one request.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{self, Direction, Root, Setting};
use super::fields::{self, Planned};
use super::pages;
use super::replies::{self, Replies};
use super::schemas::NamedTypes;
use super::types::RESERVED_TYPES;
use super::{
    BaseUrl, Body, Definition, Enum, Module, Step, Type, Variables, example, failures, literal,
};
use crate::api::{self, Location, Operation, Schema};
use crate::document::place::PlacePath;
use crate::document::printable::Origin;
use crate::document::secret;
use crate::input::config::Config;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{NameChange, Names, Registry};

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
    /// The types of named schemas.
    pub(super) named: &'a NamedTypes,
}

/// Plans a module. It cannot fail: what could was reported by the reader, and left out.
pub(super) fn plan(operation: &Operation, around: &Around<'_>) -> (Module, Vec<NameChange>) {
    let mut registry = Registry::new(around.known).renaming(around.renames);
    let (mut inputs, enums) = fields::plan(operation, around.named, &mut registry);
    let replies = replies::read(&operation.responses, &mut registry);
    let setting = Setting {
        named: around.named,
        home: None,
        keeps_unknown: around.config.keeps_unknown,
    };
    let (definitions, types) = data_types(&mut inputs, &enums, &replies, setting, &mut registry);
    let outcome = replies.typed(&types, &mut registry);
    let pages = pages::plan(operation, &inputs, &definitions, &outcome.response);
    let (names, departures) = registry.finish();
    let (required, optional): (Vec<&Planned<'_>>, Vec<&Planned<'_>>) =
        inputs.iter().partition(|input| input.required);
    let name = operation.headline();
    let module = Module {
        ident: around.ident.clone(),
        operation: around.operation,
        names,
        former: BTreeSet::new(),
        origin: origin(&around.title, &around.config.input_name),
        docs: module_docs(operation, &name, around.auth.as_deref()),
        summary: sentence(&docs::inline(&name)),
        example: example::plan(around, &inputs, &enums, &outcome.response),
        fields: required.iter().map(|input| input.field()).collect(),
        options: optional.iter().map(|input| input.field()).collect(),
        enums,
        definitions,
        failures: outcome.failures,
        error_codes: failures::error_codes(&operation.responses),
        scopes: operation.scopes.clone(),
        rate_limit: operation.rate_limit.clone(),
        method: operation.method.clone(),
        base: around
            .base
            .map_or_else(|| names::fixed("BASE_URL"), |base| base.ident.clone()),
        path_template: operation.path_template(),
        auth: operation.auth.clone(),
        security: operation.security.clone(),
        path: fields::path(operation, &inputs),
        query: fields::steps(Location::Query, &operation.query, &inputs),
        headers: headers(operation, &inputs),
        cookies: fields::steps(Location::Cookie, &operation.cookies, &inputs),
        body: body(operation, &inputs),
        response: outcome.response,
        variants: outcome.variants,
        arms: outcome.arms,
        bodies: replies.bodies(&types),
        pages,
    };
    (module, departures)
}

/// Plans the types of all JSON in and out: gives the inputs theirs, and those of replies by their places.
fn data_types(
    inputs: &mut [Planned<'_>],
    enums: &[Enum],
    replies: &Replies<'_>,
    setting: Setting<'_>,
    registry: &mut Registry<'_>,
) -> (Vec<Definition>, BTreeMap<PlacePath, Type>) {
    let json: Vec<(usize, &Schema)> = inputs
        .iter()
        .enumerate()
        .filter_map(|(index, input)| Some((index, input.json()?)))
        .collect();
    let mut roots: Vec<Root<'_>> = json
        .iter()
        .map(|&(index, schema)| Root {
            place: inputs[index].place.clone(),
            name: inputs[index].type_name(),
            docs: inputs[index].what(),
            schema_name: None,
            schema,
            direction: Direction::Request,
        })
        .collect();
    roots.extend(replies.roots());
    let mut reserved = RESERVED_TYPES.to_vec();
    reserved.extend(enums.iter().map(|plan| plan.ident.as_str()));
    let planned = data::plan(&roots, &reserved, setting, registry);
    let places = roots.into_iter().map(|root| root.place);
    let types: BTreeMap<PlacePath, Type> = places.zip(planned.types).collect();
    for (index, schema) in json {
        let input = &mut inputs[index];
        let Some(ty) = types.get(&input.place) else {
            continue;
        };
        let example = input.input.examples.first();
        let example = example.map(String::as_str).unwrap_or_default();
        input.literal = Some(literal::literal(
            ty,
            schema,
            example,
            &planned.definitions,
            4,
        ));
        input.ty = ty.clone();
    }
    (planned.definitions, types)
}

fn origin(title: &str, input_name: &Origin) -> Origin {
    Origin::new(&docs::comment(&format!("`{title}` in {input_name}")))
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
    if operation.deprecated {
        lines.push(String::new());
        lines.push("**Deprecated.** The API advises against using this.".to_owned());
    }
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

/// Whether the body is a file that may be left out: then its media type is no header of every request.
fn is_optional_file(operation: &Operation) -> bool {
    matches!(&operation.body, api::Body::File(input) if !input.required)
}

/// The header fields. A body of text brings its media type along, a form has its own, to which the document
/// may add parameters; otherwise what the document sets is a field like any other.
fn headers(operation: &Operation, inputs: &[Planned<'_>]) -> Vec<Step> {
    let mut steps = fields::steps(Location::Header, &operation.headers, inputs);
    let own = operation.media_type.as_ref();
    let own = own.filter(|own| match &operation.body {
        api::Body::File(_) => !is_optional_file(operation),
        api::Body::Empty | api::Body::UrlEncoded(_) => true,
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
            .find(|input| input.location == Location::Body)
            .map(Planned::access)
    };
    match &operation.body {
        api::Body::Empty => Body::Empty,
        api::Body::Json(_) => own().map_or(Body::Empty, |field| {
            Body::Json(field, operation.media_type.clone())
        }),
        api::Body::GraphQl(request) => {
            let variables = match own() {
                Some(field) => Variables::Field(field),
                None if request.null_variables => Variables::Null,
                None => Variables::None,
            };
            Body::GraphQl(
                request.query.clone(),
                request.operation_name.clone(),
                variables,
            )
        }
        api::Body::Text(_) => own().map_or(Body::Empty, |field| {
            Body::Text(field, operation.media_type.clone())
        }),
        api::Body::File(_) => {
            let media_type = operation.media_type.clone();
            let media_type = media_type.filter(|_| is_optional_file(operation));
            own().map_or(Body::Empty, |field| Body::File(field, media_type))
        }
        api::Body::UrlEncoded(parameters) => {
            let steps = fields::steps(Location::Form, parameters, inputs);
            Body::Form(steps, operation.empty_form)
        }
        api::Body::Multipart(parameters) => {
            let steps = fields::steps(Location::Form, parameters, inputs);
            Body::Multipart(steps, operation.empty_form)
        }
    }
}
