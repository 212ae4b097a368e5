//! The module of one request.

use super::fields::{self, Kind, Planned};
use super::{BaseUrl, Body, Module, Step, example, failures};
use crate::api::{self, Operation};
use crate::config::Config;
use crate::names::{self, Ident};
use crate::{docs, secret};

/// What surrounds a module.
pub(super) struct Around<'a> {
    pub(super) ident: Ident,
    /// `Folder / Request`
    pub(super) title: String,
    /// The names of the modules down to this one.
    pub(super) path: &'a [Ident],
    pub(super) base: Option<&'a BaseUrl>,
    pub(super) config: &'a Config,
}

/// Plans a module. It cannot fail: what could was reported by the reader, and left out.
pub(super) fn plan(operation: &Operation, around: &Around<'_>) -> Module {
    let (inputs, enums) = fields::plan(operation);
    let replies = failures::plan(&operation.responses);
    let (required, optional): (Vec<&Planned<'_>>, Vec<&Planned<'_>>) =
        inputs.iter().partition(|input| input.required);
    let name = operation.title();
    Module {
        ident: around.ident.clone(),
        origin: origin(&around.title, &around.config.input_name),
        docs: module_docs(operation, &name),
        summary: sentence(&docs::inline(&name)),
        example: example::plan(operation, around, &inputs, &enums),
        fields: required.iter().map(|input| input.field()).collect(),
        options: optional.iter().map(|input| input.field()).collect(),
        enums,
        failures: replies.failures,
        error_codes: replies.error_codes,
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
        success: replies.success,
    }
}

fn origin(title: &str, input_name: &str) -> String {
    docs::comment(&format!("`{title}` in {input_name}"))
}

/// Method and path, the name, the description.
fn module_docs(operation: &Operation, name: &str) -> Vec<String> {
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

/// The header fields. A body of text brings its media type along, a form owns it; otherwise what the
/// document sets is a field like any other.
fn headers(operation: &Operation, inputs: &[Planned<'_>]) -> Vec<Step> {
    let mut steps = fields::steps(Kind::Header, &operation.headers, inputs);
    let own = operation.media_type.as_ref();
    let own = own.filter(|_| matches!(operation.body, api::Body::Empty | api::Body::File(_)));
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
        api::Body::Empty | api::Body::Json(_) | api::Body::GraphQl(_) => Body::Empty,
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
