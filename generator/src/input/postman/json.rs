//! JSON that stands in strings of a collection: bodies, form fields, GraphQL variables, saved replies.

use super::{Context, text};
use crate::api::Sent;
use crate::document::json::{self, Inner, Node, Span, SyntaxError, Value};
use crate::document::report::Place;
use crate::document::report::rules;
use crate::document::secret;
use crate::document::yaml;
use crate::input::postman::shape::draft::Input;
use crate::input::postman::shape::{Origin, Shape};

/// JSON as people write it into a body, where it is a template (rules B3, B4).
///
/// `None` where the text is a variable as a whole: the caller supplies all of it, whatever it is.
///
/// # Errors
///
/// The place in the document that is not JSON, and why.
pub(super) fn template(
    context: &Context<'_>,
    node: &Node<'_>,
) -> Result<Option<Shape>, (Place, &'static str)> {
    let Some(text) = node.as_str() else {
        return Ok(Some(shape(context, node, &|span| span, true)));
    };
    template_text(context, text, node.span)
}

/// The same for the text of a string that stands at `span`.
///
/// # Errors
///
/// As [`template`].
pub(super) fn template_text(
    context: &Context<'_>,
    text: &str,
    span: Span,
) -> Result<Option<Shape>, (Place, &'static str)> {
    let outer = places(context, span, text);
    let root = json::read_template(text).map_err(|error| at(context, &outer, &error))?;
    let is_data = !matches!(root.value, Value::Variable(_));
    Ok(is_data.then(|| shape(context, &root, &outer, true)))
}

/// JSON as a server answers it: no template.
///
/// # Errors
///
/// The place in the document that is not JSON, and why.
pub(super) fn data(context: &Context<'_>, node: &Node<'_>) -> Result<Shape, (Place, &'static str)> {
    let text = node.as_str().unwrap_or_default();
    let outer = places(context, node.span, text);
    let root = json::read(text).map_err(|error| at(context, &outer, &error))?;
    Ok(shape(context, &root, &outer, false))
}

/// Where the parts of a text stand in the document, given the place of its literal.
///
/// The literal may itself stand in a string, where it begins with `\\"`: then the text has two layers of
/// escapes, and the place of a part is found through both.
fn places(context: &Context<'_>, literal: Span, text: &str) -> Box<dyn Fn(Span) -> Span> {
    let written = &context.text[literal.range()];
    if context.is_yaml {
        let inner = yaml::inner(written, literal.start, text);
        return Box::new(move |span| inner.outer(span));
    }
    if written.starts_with('"') {
        let inner = Inner::new(written, literal.start);
        return Box::new(move |span| inner.outer(span));
    }
    let around = format!("\"{written}\"");
    let decoded = json::read(&around).ok();
    let Some(decoded) = decoded.as_ref().and_then(Node::as_str) else {
        return Box::new(move |_| literal);
    };
    let outer = Inner::new(&around, literal.start.saturating_sub(1));
    let inner = Inner::new(decoded, 0);
    Box::new(move |span| outer.outer(inner.outer(span)))
}

fn shape(
    context: &Context<'_>,
    root: &Node<'_>,
    outer: &dyn Fn(Span) -> Span,
    is_template: bool,
) -> Shape {
    let source = context.source;
    let place = |span: Span| Place {
        source,
        span: outer(span),
    };
    let resolve = |text: &str| {
        if is_template {
            context.scope.resolve(text)
        } else {
            text.to_owned()
        }
    };
    let origin = Origin {
        place: &place,
        resolve: &resolve,
    };
    Shape::from_json(root, &origin)
}

fn at(
    context: &Context<'_>,
    outer: &dyn Fn(Span) -> Span,
    error: &SyntaxError,
) -> (Place, &'static str) {
    let span = outer(Span {
        start: error.offset,
        end: error.offset + 1,
    });
    let place = Place {
        source: context.source,
        span,
    };
    (place, error.message)
}

/// A body or a part of one as JSON. Where its text is none, it says so if `is_declared`, and gives nothing.
pub(super) fn body(
    context: &mut Context<'_>,
    node: &Node<'_>,
    name: &str,
    is_declared: bool,
) -> Option<Input> {
    let shape = match template(context, node) {
        Ok(shape) => shape?,
        Err((place, message)) => {
            if is_declared {
                context.report.push(&rules::BODY_NOT_JSON, place, message);
            }
            return None;
        }
    };
    Some(Input {
        schema: shape.into(),
        ..text_input(context, node, name, &text::of_value(node))
    })
}

/// A text that the caller supplies, with the example that the document has: its variables replaced as far
/// as they have values, without secrets.
pub(super) fn text_input(
    context: &mut Context<'_>,
    node: &Node<'_>,
    name: &str,
    text: &str,
) -> Input {
    let resolved = context.scope.resolve(text);
    let clean = secret::redact_json(&resolved);
    if clean != resolved {
        let place = context.place(node);
        context
            .report
            .push(&rules::QUOTED_SECRET, place, "in this body");
    }
    Input {
        at: context.place(node),
        name: name.to_owned(),
        required: true,
        examples: vec![clean],
        sent: vec![Sent::text(context.scope.sent(text))],
        ..Input::default()
    }
}

/// Whether a media type is JSON (RFC 8259; RFC 6839, section 3.1), one document of it.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence.contains("json")
        && !essence.contains("ndjson")
        && !essence.contains("jsonl")
        && !essence.contains("json-seq")
}
