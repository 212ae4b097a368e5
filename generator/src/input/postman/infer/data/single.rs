//! Single values: booleans, numbers, texts.

use super::facts::{Facts, first};
use super::{Data, DataType, Direction, Reason, Spot, placeholder_at};
use crate::input::postman::infer::scalar::{self, Named};
use crate::input::postman::shape::{Form, Number, Placeholder};

/// Booleans.
pub(super) fn boolean(facts: &Facts<'_>) -> Option<Data> {
    if let Some(sight) = facts.boolean {
        return Some(Data::seen(DataType::Boolean, sight));
    }
    let sight = facts.named(Placeholder::Boolean)?;
    Some(Data::because(DataType::Boolean, placeholder_at(sight)))
}

pub(super) fn number(facts: &Facts<'_>, spot: Spot<'_>) -> Option<Data> {
    let seen = first(facts.numbers.iter().map(|number| &number.sights));
    let integer = facts.named(Placeholder::Integer);
    let float = facts.named(Placeholder::Float);
    let any = |is: fn(&Number) -> bool| facts.numbers.iter().any(|number| is(number));
    let fraction = any(|number| number.fraction) || float.is_some();
    let is_measure =
        !fraction && integer.is_none() && scalar::named(spot.name) == Some(Named::Measure);
    let beyond_f64 = any(|number| number.beyond_f64);
    let ty = match (fraction || is_measure, any(|number| number.beyond_i64)) {
        (true, _) if beyond_f64 => DataType::Number,
        (true, _) => DataType::Float,
        (false, true) => DataType::Number,
        (false, false) => DataType::Integer,
    };
    let mut data = match (seen, float.or(integer)) {
        (Some(sight), _) => Data::seen(ty, sight),
        (None, Some(sight)) => Data::because(ty, placeholder_at(sight)),
        (None, None) => return None,
    };
    data.reasons.extend(
        float
            .or(integer)
            .filter(|_| seen.is_some())
            .map(placeholder_at),
    );
    if is_measure {
        data.reasons.push(Reason::of("the name says a measure"));
    }
    if data.ty == DataType::Number {
        data.reasons
            .push(Reason::of("64 bits do not hold every number exactly"));
    }
    Some(data)
}

pub(super) fn text(facts: &Facts<'_>) -> Option<Data> {
    let placeholder = facts.placeholder(Placeholder::Text);
    let mut data = match (facts.text(), placeholder) {
        (Some(sight), _) => Data::seen(DataType::Text, sight),
        (None, Some(sight)) => Data::because(DataType::Text, placeholder_at(sight)),
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
pub(super) fn loosened(mut data: Data, spot: Spot<'_>) -> Data {
    let is_single = is_single(&data.ty);
    if spot.direction == Direction::Failure && is_single && scalar::is_rejected(spot.name) {
        data.ty = DataType::Any;
        data.format = None;
        data.reasons.push(Reason::of(
            "the name says a value that was wrong, of any kind",
        ));
    }
    data
}

/// Whether the values of a type hold no others.
fn is_single(ty: &DataType) -> bool {
    match ty {
        DataType::Boolean
        | DataType::Integer
        | DataType::Float
        | DataType::Number
        | DataType::Text => true,
        DataType::Choice(all) => all.iter().all(|data| is_single(&data.ty)),
        _ => false,
    }
}
