//! The fields of `Request` and `Options`.

use super::matched::{Keys, Matched, matched};
use super::types::{Names, same};
use super::{Both, rules};
use crate::api::Location;
use crate::plan::{Add, Body, Module, Outline, OutlinedInput, PathStep, Step, Type};

/// An input, and which of the path variables it is.
struct Input<'a> {
    planned: &'a OutlinedInput<'a>,
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
    let criteria: [Keys<'_, Input<'a>>; 3] = [
        &|_, one| vec![format!("{:?} {}", one.planned.location, one.planned.name)],
        &|_, one| one.position.iter().map(usize::to_string).collect(),
        &|_, one| vec![one.planned.field.to_string()],
    ];
    matched(old, new, &criteria)
}

/// The inputs that are in both.
pub(super) fn kept<'a>(
    old: &'a Outline<'_>,
    new: &'a Outline<'_>,
) -> Vec<(&'a OutlinedInput<'a>, &'a OutlinedInput<'a>)> {
    let (olds, news) = (inputs(old), inputs(new));
    let kept = pairs(&olds, &news)
        .into_iter()
        .filter_map(|pair| match pair {
            Matched::Both(before, after) => Some((before.planned, after.planned)),
            Matched::Old(_) | Matched::New(_) => None,
        });
    kept.collect()
}

/// Compares the inputs of a request with what they were.
pub(super) fn compare(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>, names: &Names) {
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
                subject(input.planned),
                (Some(input.planned.ty.to_string()), Some(input.planned.at)),
                (None, Some(new.operation.at)),
            ),
            Matched::New(input) => both.push(
                if input.planned.required {
                    &rules::INPUT_ADDED_REQUIRED
                } else {
                    &rules::INPUT_ADDED
                },
                subject(input.planned),
                (None, Some(old.operation.at)),
                (Some(input.planned.ty.to_string()), Some(input.planned.at)),
            ),
            Matched::Both(before, after) => changed(both, before, after, names),
        }
    }
}

fn changed(both: &mut Both<'_>, before: &Input<'_>, after: &Input<'_>, names: &Names) {
    let (old, new) = (before.planned, after.planned);
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
    let wire = |input: &OutlinedInput<'_>| format!("{} {}", input.location.word(), input.name);
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
fn subject(input: &OutlinedInput<'_>) -> String {
    let holder = if input.required { "Request" } else { "Options" };
    format!("{holder}.{}", input.field)
}

/// The type of a value, without what lets it be left out: that is said by another rule.
fn value<'a>(input: &OutlinedInput<'a>) -> &'a Type {
    match input.ty {
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
        Some(Encoding::Added(Add::Styled(style))) => {
            return format!("in the style {}", style.name());
        }
        Some(Encoding::Added(Add::ValueOrName)) => "its name alone where it has no value",
        Some(Encoding::Added(Add::Pairs)) => "as names and values",
        Some(Encoding::Added(Add::File)) => "as a file",
        Some(Encoding::Added(Add::Typed(media_type))) => return format!("as a part, {media_type}"),
        Some(Encoding::Added(Add::Json(None) | Add::StrictJson)) => "as JSON",
        Some(Encoding::Added(Add::Field)) => "as a text, or as JSON where it is an object",
        Some(Encoding::Added(Add::Json(Some(media_type)))) => {
            return format!("as a part of JSON, {media_type}");
        }
    };
    text.to_owned()
}

fn inputs<'a>(outline: &'a Outline<'_>) -> Vec<Input<'a>> {
    let mut variables = 0..;
    let inputs = outline.inputs.iter().map(|planned| Input {
        planned,
        position: if planned.location == Location::Path {
            variables.next()
        } else {
            None
        },
        encoding: encoding_of(outline.module, planned),
    });
    inputs.collect()
}

fn encoding_of<'a>(module: &'a Module, input: &OutlinedInput<'_>) -> Option<Encoding<'a>> {
    let path = module.path.iter().find_map(|step| match step {
        PathStep::Value(ident, _) | PathStep::Styled(ident, ..) if *ident == *input.field => {
            Some(Encoding::Segment)
        }
        PathStep::Twice(ident, _) if *ident == *input.field => Some(Encoding::SegmentTwice),
        _ => None,
    });
    let form = match &module.body {
        Body::Form(steps, _) | Body::Multipart(steps, _) => steps.as_slice(),
        _ => &[],
    };
    let mut steps = module.query.iter().chain(&module.headers).chain(form);
    path.or_else(|| {
        steps.find_map(|step| match step {
            Step::Input { field, add, .. } if field.ident == *input.field => {
                Some(Encoding::Added(add))
            }
            _ => None,
        })
    })
}
