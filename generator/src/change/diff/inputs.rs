//! The fields of `Request` and `Options`.

use super::matched::{Matched, Same, matched};
use super::types::{Names, same};
use super::{Both, rules};
use crate::plan::{Add, Body, Module, PathStep, Step, Trace, Traced, Type};

/// An input, and which of the path variables it is.
struct Input<'a> {
    traced: &'a Traced,
    position: Option<usize>,
    encoding: Option<Encoding<'a>>,
}

/// How the value of a field is written.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Encoding<'a> {
    Segment,
    SegmentTwice,
    Added(&'a Add),
}

/// Finds the inputs that are in both: by place and name, by which of the path variables they are, or by field.
fn pairs<'i, 'a>(old: &'i [Input<'a>], new: &'i [Input<'a>]) -> Vec<Matched<'i, Input<'a>>> {
    let criteria: [Same<'_, Input<'a>>; 3] = [
        &|a, b| (a.traced.kind, &a.traced.name) == (b.traced.kind, &b.traced.name),
        &|a, b| a.position.is_some() && a.position == b.position,
        &|a, b| a.traced.field == b.traced.field,
    ];
    matched(old, new, &criteria)
}

/// The inputs that are in both.
pub(super) fn kept<'a>(old: &'a Trace<'_>, new: &'a Trace<'_>) -> Vec<(&'a Traced, &'a Traced)> {
    let (olds, news) = (inputs(old), inputs(new));
    let kept = pairs(&olds, &news)
        .into_iter()
        .filter_map(|pair| match pair {
            Matched::Both(before, after) => Some((before.traced, after.traced)),
            Matched::Old(_) | Matched::New(_) => None,
        });
    kept.collect()
}

/// Compares the inputs of a request with what they were.
pub(super) fn compare(both: &mut Both<'_>, old: &Trace<'_>, new: &Trace<'_>, names: &Names) {
    let (olds, news) = (inputs(old), inputs(new));
    let needs_options = !old.module.fields.is_empty() && old.module.options.is_empty();
    if needs_options && !new.module.options.is_empty() {
        let at = (Some(old.operation.at), Some(new.operation.at));
        let field = Some("options: Options".to_owned());
        both.push(
            &rules::OPTIONS_ADDED,
            "Request",
            (None, at.0),
            (field, at.1),
        );
    }
    for matched in pairs(&olds, &news) {
        match matched {
            Matched::Old(input) => both.push(
                &rules::INPUT_REMOVED,
                subject(input.traced),
                (Some(input.traced.ty.to_string()), Some(input.traced.at)),
                (None, Some(new.operation.at)),
            ),
            Matched::New(input) => both.push(
                if input.traced.required {
                    &rules::INPUT_ADDED_REQUIRED
                } else {
                    &rules::INPUT_ADDED
                },
                subject(input.traced),
                (None, Some(old.operation.at)),
                (Some(input.traced.ty.to_string()), Some(input.traced.at)),
            ),
            Matched::Both(before, after) => changed(both, before, after, names),
        }
    }
}

fn changed(both: &mut Both<'_>, before: &Input<'_>, after: &Input<'_>, names: &Names) {
    let (old, new) = (before.traced, after.traced);
    let mut push = |rule, old_text: String, new_text: String| {
        let seen = (
            (Some(old_text), Some(old.at)),
            (Some(new_text), Some(new.at)),
        );
        both.push(rule, subject(old), seen.0, seen.1);
    };
    if old.field != new.field {
        push(
            &rules::INPUT_RENAMED,
            old.field.to_string(),
            new.field.to_string(),
        );
    }
    if old.required != new.required {
        let rule = if new.required {
            &rules::INPUT_REQUIRED
        } else {
            &rules::INPUT_OPTIONAL
        };
        push(rule, old.ty.to_string(), new.ty.to_string());
    }
    if !same(value(old), value(new), names) {
        push(
            &rules::INPUT_TYPE_CHANGED,
            old.ty.to_string(),
            new.ty.to_string(),
        );
    }
    let wire = |input: &Traced| format!("{} {}", input.kind, input.name);
    let is_path = before.position.is_some() && after.position.is_some();
    if wire(old) != wire(new) && !is_path {
        push(&rules::INPUT_WIRE_CHANGED, wire(old), wire(new));
    }
    if before.encoding != after.encoding && wire(old) == wire(new) {
        push(
            &rules::INPUT_ENCODING_CHANGED,
            encoding(before),
            encoding(after),
        );
    }
}

/// The field, with the struct that has it.
fn subject(input: &Traced) -> String {
    let holder = if input.required { "Request" } else { "Options" };
    format!("{holder}.{}", input.field)
}

/// The type of a value, without what lets it be left out: that is said by another rule.
fn value(input: &Traced) -> &Type {
    match &input.ty {
        Type::Option(inner) if !input.required => inner,
        ty => ty,
    }
}

fn encoding(input: &Input<'_>) -> String {
    let text = match input.encoding {
        None => "as it is",
        Some(Encoding::Segment) => "percent-encoded",
        Some(Encoding::SegmentTwice) => "percent-encoded, twice where it holds `/`",
        Some(Encoding::Added(Add::Value)) => "as text",
        Some(Encoding::Added(Add::ValueOrName)) => "its name alone where it has no value",
        Some(Encoding::Added(Add::Pairs)) => "as names and values",
        Some(Encoding::Added(Add::File)) => "as a file",
        Some(Encoding::Added(Add::Typed(media_type))) => return format!("as a part, {media_type}"),
        Some(Encoding::Added(Add::Json(None))) => "as JSON",
        Some(Encoding::Added(Add::Json(Some(media_type)))) => {
            return format!("as a part of JSON, {media_type}");
        }
    };
    text.to_owned()
}

fn inputs<'a>(trace: &'a Trace<'_>) -> Vec<Input<'a>> {
    let mut variables = 0..;
    let inputs = trace.inputs.iter().map(|traced| Input {
        traced,
        position: if traced.kind == "path" {
            variables.next()
        } else {
            None
        },
        encoding: encoding_of(trace.module, traced),
    });
    inputs.collect()
}

fn encoding_of<'a>(module: &'a Module, input: &Traced) -> Option<Encoding<'a>> {
    let path = module.path.iter().find_map(|step| match step {
        PathStep::Value(ident, _) if *ident == input.field => Some(Encoding::Segment),
        PathStep::Twice(ident, _) if *ident == input.field => Some(Encoding::SegmentTwice),
        _ => None,
    });
    let form = match &module.body {
        Body::Form(steps) | Body::Multipart(steps) => steps.as_slice(),
        _ => &[],
    };
    let mut steps = module.query.iter().chain(&module.headers).chain(form);
    path.or_else(|| {
        steps.find_map(|step| match step {
            Step::Input { field, add, .. } if field.ident == input.field => {
                Some(Encoding::Added(add))
            }
            _ => None,
        })
    })
}
