//! Recorded calls of `OpenAPI` operations that differ deliberately from the requests that they have to be.

use super::{Deliberate, EMPTY_FORM, UNNAMED_MEMBER};
use crate::proof::json::{Nulls, is_part};
use crate::proof::wire::Line;
use crate::proof::wire::compare::{differences, json_value};

/// Why a call differs; nothing, where it may not.
pub(in super::super) fn reason(expected: &Line, actual: &Line) -> Option<&'static Deliberate> {
    if let (Some(expected), Some(actual)) = (without_form(expected), without_form(actual)) {
        return is_same(&expected, &actual).then_some(&EMPTY_FORM);
    }
    // What the recording made up itself names no other members.
    let is_example = expected.id.contains("#example");
    let loses = || {
        let (Some(all), Some(kept)) = (&expected.body, &actual.body) else {
            return false;
        };
        let both = json_value(all).zip(json_value(kept));
        let body = Some(all.clone());
        both.is_some_and(|(all, kept)| is_part(&kept, &all, Nulls::Kept))
            && is_same(
                expected,
                &Line {
                    body,
                    ..actual.clone()
                },
            )
    };
    (is_example && loses()).then_some(&UNNAMED_MEMBER)
}

fn is_same(expected: &Line, actual: &Line) -> bool {
    differences(expected, actual).is_empty()
}

/// A request without its form, where that has no field; nothing, where there is a field or another body.
fn without_form(line: &Line) -> Option<Line> {
    let has_field = line.body.as_ref().is_some_and(|body| !body.is_empty())
        || line
            .multipart
            .as_ref()
            .is_some_and(|parts| !parts.is_empty());
    if has_field {
        return None;
    }
    let mut line = line.clone();
    line.headers.retain(|(name, value)| {
        let forms = ["application/x-www-form-urlencoded", "multipart/form-data"];
        name != "content-type" || !forms.iter().any(|form| value.starts_with(form))
    });
    line.body = None;
    line.multipart = None;
    Some(line)
}
