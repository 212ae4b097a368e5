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
mod made;
pub mod normal;
mod parameters;
mod parts;
mod response;
mod sent;
pub mod shape;
pub mod template;
mod text;
mod url;
mod uses;
mod v1;
mod v3;
mod variables;

pub use variables::{Known, Scope};

use crate::api::{Owner, Variable};
use crate::document::json::{Node, Span};
use crate::document::report::rules;
use crate::document::report::{Place, Report};
use crate::document::source::Source;
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
}

impl Context<'_> {
    fn place(&self, node: &Node<'_>) -> Place {
        Place {
            source: self.source,
            span: node.span,
        }
    }
}

/// Reads a collection. What it cannot read it reports and leaves out.
///
/// `known` are the variables that are not its own (rule V4).
pub fn read(report: &mut Report, sources: &[Source], index: usize, known: &Known) -> Api {
    let Some(root) = parse(report, sources, index) else {
        return Api::default();
    };
    let place = Place {
        source: index,
        span: root.span,
    };
    let root = root
        .get("collection")
        .filter(|inner| inner.is_object())
        .unwrap_or(&root);
    let converted = v1::read(report, index, &sources[index].text, root);
    let root = converted.as_ref().unwrap_or(root);
    let Some(items) = items_of(report, root, place) else {
        return Api::default();
    };
    let marks_required = is_marked(root);
    let own = variables::list(root.get("variable"), index, Owner::Collection);
    let scope = Scope::new(known.clone(), own.clone());
    scope.note_cycles(report);
    let mut context = Context {
        report,
        source: index,
        text: &sources[index].text,
        is_yaml: sources[index].is_yaml(),
        scope,
        marks_required,
    };
    let mut api = item::read_all(&mut context, root, items);
    api.variables.extend(own);
    let info = root.get("info").unwrap_or(root);
    api.name = text::name(info);
    api.docs = text::description(info);
    api.marks_required = marks_required;
    note_forms(context.report, &api);
    if api.operations.is_empty() && !context.report.has_errors() {
        context
            .report
            .push(&rules::EMPTY_COLLECTION, place, "no request in here");
    }
    api
}

/// Reads an environment or the globals of a workspace: a list of values, of which the disabled ones
/// do not count (rule V5).
pub fn read_variables(
    report: &mut Report,
    sources: &[Source],
    index: usize,
    of: Owner,
) -> Vec<Variable> {
    let Some(root) = parse(report, sources, index) else {
        return Vec::new();
    };
    let envelopes = ["environment", "globals"].iter();
    let inner = envelopes
        .filter_map(|name| root.get(name))
        .find(|node| node.is_object());
    let root = inner.unwrap_or(&root);
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
#[must_use]
pub fn requests(sources: &[Source], index: usize) -> usize {
    let nowhere = &mut Report::default();
    let Some(root) = parse(nowhere, sources, index) else {
        return 0;
    };
    let root = root.get("collection").unwrap_or(&root);
    let converted = v1::read(nowhere, index, &sources[index].text, root);
    item::count(converted.as_ref().unwrap_or(root))
}

/// The document as a tree: JSON, or YAML.
fn parse<'s>(report: &mut Report, sources: &'s [Source], index: usize) -> Option<Node<'s>> {
    let source = &sources[index];
    if source.is_yaml() {
        return v3::read(report, index, source);
    }
    crate::document::json::read(&source.text)
        .map_err(|error| {
            let span = Span {
                start: error.offset,
                end: error.offset + 1,
            };
            report.push(
                &rules::NOT_JSON,
                Place {
                    source: index,
                    span,
                },
                error.message,
            );
        })
        .ok()
}

/// The items of a document, after finding out what kind of document it is (rules F1 to F4).
fn items_of<'a, 'n>(
    report: &mut Report,
    root: &'a Node<'n>,
    place: Place,
) -> Option<&'a [Node<'n>]> {
    let place = Place {
        span: root.span,
        ..place
    };
    let head = Place {
        span: Span {
            start: root.span.start,
            end: root.span.start + 1,
        },
        ..place
    };
    if root.get("openapi").is_some() || root.get("swagger").is_some() {
        report.push(&rules::OPENAPI, head, "this document");
    } else if root.get("request").is_some() {
        return Some(std::slice::from_ref(root));
    } else if let Some(items) = root.get("item") {
        return Some(item::list(items));
    } else if !root.elements().is_empty() && root.elements().iter().all(is_item) {
        return Some(root.elements());
    } else {
        report.push(
            &rules::NOT_A_COLLECTION,
            head,
            format!("this is {}", root.kind()),
        );
    }
    None
}

/// Whether a converter has left its `(Required)` marks anywhere: a text begins with one (rule O1).
fn is_marked(node: &Node<'_>) -> bool {
    let mark = |text: &str| {
        let rest = text.strip_prefix("(Required)");
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    node.as_str().is_some_and(mark)
        || node.elements().iter().any(is_marked)
        || node.members().iter().any(|member| is_marked(&member.node))
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

fn is_item(node: &Node<'_>) -> bool {
    node.get("request").is_some() || node.get("item").is_some()
}
