//! Single values: booleans, numbers, texts.

use super::facts::{Facts, first};
use super::{Direction, Spot, because, placeholder_at, seen};
use crate::api::{Reason, Schema, SchemaType};
use crate::input::postman::infer::scalar::{self, Named};
use crate::input::postman::shape::{Form, Number, Placeholder};

/// Booleans.
pub(super) fn boolean(facts: &Facts<'_>) -> Option<Schema> {
    if let Some(sight) = facts.boolean {
        return Some(seen(SchemaType::Boolean, sight));
    }
    let sight = facts.named(Placeholder::Boolean)?;
    Some(because(SchemaType::Boolean, placeholder_at(sight)))
}

pub(super) fn number(facts: &Facts<'_>, spot: Spot<'_>) -> Option<Schema> {
    let sight = first(facts.numbers.iter().map(|number| &number.sights));
    let integer = facts.named(Placeholder::Integer);
    let float = facts.named(Placeholder::Float);
    let any = |is: fn(&Number) -> bool| facts.numbers.iter().any(|number| is(number));
    let fraction = any(|number| number.fraction) || float.is_some();
    let is_measure =
        !fraction && integer.is_none() && scalar::named(spot.name) == Some(Named::Measure);
    let beyond_f64 = any(|number| number.beyond_f64);
    let ty = match (fraction || is_measure, any(|number| number.beyond_i64)) {
        (true, _) if beyond_f64 => SchemaType::Number,
        (true, _) => SchemaType::Float,
        (false, true) => SchemaType::Number,
        (false, false) => SchemaType::INTEGER,
    };
    let mut data = match (sight, float.or(integer)) {
        (Some(sight), _) => seen(ty, sight),
        (None, Some(sight)) => because(ty, placeholder_at(sight)),
        (None, None) => return None,
    };
    data.reasons.extend(
        float
            .or(integer)
            .filter(|_| sight.is_some())
            .map(placeholder_at),
    );
    if is_measure {
        data.reasons.push(Reason::from("the name says a measure"));
    }
    if data.ty == SchemaType::Number {
        data.reasons
            .push(Reason::from("64 bits do not hold every number exactly"));
    }
    Some(data)
}

pub(super) fn text(facts: &Facts<'_>) -> Option<Schema> {
    let placeholder = facts.placeholder(Placeholder::Text);
    let mut data = match (facts.text(), placeholder) {
        (Some(sight), _) => seen(SchemaType::Text, sight),
        (None, Some(sight)) => because(SchemaType::Text, placeholder_at(sight)),
        (None, None) => return None,
    };
    let form = facts
        .texts
        .iter()
        .fold(Form::Unknown, |form, text| form.join(text.form));
    if let Form::All(format) = form {
        data.format = Some(format);
    }
    Some(data)
}

/// Anything, where a failure shows a single value of what the caller sent: the next caller sends another kind.
pub(super) fn loosened(mut data: Schema, spot: Spot<'_>) -> Schema {
    let is_single = is_single(&data.ty);
    if spot.direction == Direction::Failure && is_single && scalar::is_rejected(spot.name) {
        data.ty = SchemaType::Any;
        data.format = None;
        data.reasons.push(Reason::from(
            "the name says a value that was wrong, of any kind",
        ));
    }
    data
}

/// Whether the values of a type hold no others.
fn is_single(ty: &SchemaType) -> bool {
    match ty {
        SchemaType::Boolean
        | SchemaType::Integer(_)
        | SchemaType::Float
        | SchemaType::Number
        | SchemaType::Text => true,
        SchemaType::Union(union) => {
            let mut all = union.alternatives.iter();
            all.all(|one| is_single(&one.schema.ty))
        }
        _ => false,
    }
}
