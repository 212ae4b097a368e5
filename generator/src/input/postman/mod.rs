//! The reader of Postman collections: v2.1, v2.0 and v1, folders of format v3, a bare item, a list of items, a
//! request of v1 or v3, and the envelope `{"collection": …}` of Postman's API.
//!
//! The rules are Postman's own, as its runtime applies them; each function says which.

mod auth;
mod behavior;
mod body;
mod comments;
pub mod dialect;
mod files;
mod headers;
pub mod infer;
mod item;
pub(crate) mod javascript;
mod json;
pub mod normal;
mod parameters;
mod parts;
mod requirement;
mod response;
mod sent;
pub mod shape;
mod synthetic;
pub mod template;
mod text;
mod url;
mod uses;
mod v1;
mod v3;
mod variables;

pub(crate) use headers::is_of_transport;
pub(super) use v3::read as read_yaml;
pub use variables::{Known, Scope};

use crate::api::{Owner, Variable};
use crate::document::json::Node;
use crate::document::report::rules::{self, Rule};
use crate::document::report::{Place, Report};
use crate::document::source::Source;
use crate::input::recognise::without_envelope;
use shape::draft::{Api, Body, Operation};

/// What a reader needs besides the node that it reads.
struct Context<'r> {
    report: &'r mut Report,
    /// The index of the document among the sources of the run.
    source: usize,
    /// Its text.
    text: &'r str,
    /// Whether that is YAML.
    is_yaml: bool,
    scope: Scope,
    /// See [`Api::marks_required`].
    marks_required: bool,
    /// Why the request that is being read cannot be sent, as a phrase: the first reason that was found.
    refusal: Option<String>,
}

impl Context<'_> {
    fn place(&self, node: &Node<'_>) -> Place {
        Place {
            source: self.source,
            span: node.span,
        }
    }

    /// Reports what makes it impossible to send the request that is being read. It gets no module.
    fn refuse(&mut self, rule: &'static Rule, place: Place, label: impl Into<String>) {
        let label = label.into();
        let summary = rule.summary.trim_end_matches('.');
        self.refusal
            .get_or_insert_with(|| format!("{summary} ({label})"));
        self.report.push(rule, place, label);
    }
}

/// Reads a collection. What it cannot read it reports and leaves out.
///
/// `known` are the variables that are not its own (rule V4).
pub(super) fn read(
    report: &mut Report,
    source: &Source,
    index: usize,
    root: &Node<'_>,
    known: &Known,
) -> Api {
    let place = Place {
        source: index,
        span: root.span,
    };
    let root = without_envelope(root);
    let converted = v1::read(report, index, &source.text, root);
    let root = converted.as_ref().unwrap_or(root);
    let marks_required = requirement::is_marked_throughout(root);
    let own = variables::list(root.get("variable"), index, Owner::Collection);
    let scope = Scope::new(known.clone(), own.clone());
    scope.note_cycles(report);
    let mut context = Context {
        report,
        source: index,
        text: &source.text,
        is_yaml: source.is_yaml(),
        scope,
        marks_required,
        refusal: None,
    };
    let mut api = item::read_all(&mut context, root, items_of(root));
    api.variables.extend(own);
    let info = root.get("info").unwrap_or(root);
    api.name = text::name(info);
    api.docs = text::description(info);
    api.marks_required = marks_required;
    note_forms(context.report, &api);
    context.scope.note_budget(context.report, place);
    if api.operations.is_empty() && api.refused.is_empty() {
        context
            .report
            .push(&rules::EMPTY_COLLECTION, place, "no request in here");
    }
    api
}

/// Reads an environment or the globals of a workspace: a list of values, of which the disabled ones
/// do not count (rule V5).
pub(super) fn read_variables(
    report: &mut Report,
    root: &Node<'_>,
    index: usize,
    of: Owner,
) -> Vec<Variable> {
    let root = without_envelope(root);
    let values = root.get("values");
    if values.is_none() {
        let place = Place {
            source: index,
            span: root.span,
        };
        report.push(&rules::ENVIRONMENT_SHAPE, place, "no list `values` in here");
    }
    variables::list(values, index, of)
}

/// How many requests a collection has, whether they can be read or not (rule F5).
pub(super) fn count_requests(source: &Source, index: usize, root: &Node<'_>) -> usize {
    let root = without_envelope(root);
    let converted = v1::read(&mut Report::default(), index, &source.text, root);
    item::count(converted.as_ref().unwrap_or(root))
}

/// The items of a collection: a list, one request, or the document itself.
fn items_of<'a, 'n>(root: &'a Node<'n>) -> &'a [Node<'n>] {
    match root.get("item") {
        _ if root.get("request").is_some() => std::slice::from_ref(root),
        Some(items) => item::list(items),
        None => root.elements(),
    }
}

/// A converter writes form data wherever an API takes it beside JSON; so a converted collection in which
/// every body is form data says nothing about what the API prefers.
fn note_forms(report: &mut Report, api: &Api) {
    let mut bodies = api
        .operations
        .iter()
        .filter(|operation| operation.body != Body::Empty);
    let Some(first) = bodies.next().filter(|_| api.marks_required) else {
        return;
    };
    let is_form = |operation: &Operation| matches!(operation.body, Body::Multipart(_));
    if is_form(first) && bodies.all(is_form) {
        report.push(&rules::FORM_JSON, first.at, "the first of them");
    }
}
