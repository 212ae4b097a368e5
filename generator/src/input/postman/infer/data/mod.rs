//! The type of JSON data, from the shape of its examples.
//!
//! Every example that a shape has seen fits the type that is concluded, but for texts that stand for a type
//! (`<long>`). The rules:
//!
//! - JSON kinds are kept apart: a place that showed numbers and texts is a choice of the two, so that the kind
//!   of a value decides.
//! - Whole numbers are [`SchemaType::INTEGER`], unless the name speaks of a measure (`price`, `latitude`): the
//!   next one may be 10.5. Numbers that 64 bits do not hold exactly are [`SchemaType::Number`].
//! - Texts are text, whatever they look like. Placeholders name types; beside other texts they count for
//!   nothing.
//! - A variable without quotes is no text. Where nothing tells its value, the name may; else it is anything.
//! - Objects are a map where their names are data, and where no member is known; records else. Beside other
//!   names, one with a variable and one that a converter made up (`key_0`) make the record open.
//! - A record that holds records like itself under one of its members is one recursive type: those have that
//!   member too, and of the others most are the same.
//! - In a failure, members that give the value that was wrong, or its bounds (`value`, `minimum`), are anything:
//!   such a value has whatever kind the caller sent.

mod facts;
mod record;
mod single;

use crate::api::{Alternative, Reason, Schema, SchemaType, ToldBy, Union};
use crate::input::postman::infer::scalar::{self, Named};
use crate::input::postman::shape::{Example, Placeholder, Shape};

use facts::{Facts, first};
use single::{boolean, loosened, number, text};

/// Which way data goes: what a client writes is held to what documents show, what it reads may differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// A request body. A member that every example has must be supplied, unless `optional` says that the
    /// document shows members whether they are needed or not.
    Request {
        /// Whether no member has to be supplied.
        optional: bool,
    },
    /// A reply. A member that so many examples have, and that none misses, is required.
    Reply {
        /// How many; without it no member is required, because examples do not prove that a member is always there.
        required_from: Option<usize>,
    },
    /// A reply that says what was wrong.
    Failure,
}

/// Concludes a type from a shape. Every example that the shape has seen fits.
#[must_use]
pub fn schema(shape: &Shape, direction: Direction) -> Schema {
    conclude(
        &[shape],
        Spot {
            direction,
            name: "",
            is_recursive: false,
        },
    )
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Spot<'a> {
    direction: Direction,
    /// The name of the nearest member around it.
    name: &'a str,
    /// Whether the objects here are records like the one that holds them.
    is_recursive: bool,
}

/// The type of one place, from several shapes of it.
fn conclude(shapes: &[&Shape], spot: Spot<'_>) -> Schema {
    let facts = Facts::of(shapes);
    let mut schema = loosened(evident(&facts, spot), spot);
    schema.nullable = facts.null.is_some();
    schema.at = schema.reasons.iter().find_map(|reason| reason.at);
    schema
}

/// The type that the evidence says.
fn evident(facts: &Facts<'_>, spot: Spot<'_>) -> Schema {
    let all = [
        boolean(facts),
        number(facts, spot),
        text(facts),
        list(facts, spot),
        object(facts, spot),
    ];
    let mut all: Vec<Schema> = all.into_iter().flatten().collect();
    let only_text = matches!(all.as_slice(), [only] if only.ty == SchemaType::Text);
    match (all.len(), facts.bare) {
        (0, Some(bare)) => variable(bare, spot),
        (0, None) => nothing(facts),
        (1, Some(bare)) if only_text => {
            let mut data = variable(bare, spot);
            data.ty = SchemaType::Any;
            data.reasons.append(&mut all[0].reasons);
            data
        }
        (1, _) => all.remove(0),
        _ => choice(all),
    }
}

fn list(facts: &Facts<'_>, spot: Spot<'_>) -> Option<Schema> {
    let Some(sight) = first(facts.lists.iter().map(|list| &list.sights)) else {
        let sight = facts.named(Placeholder::List)?;
        return Some(because(
            SchemaType::List(Box::new(any())),
            placeholder_at(sight),
        ));
    };
    let elements: Vec<&Shape> = facts.lists.iter().map(|list| &list.element).collect();
    let element = conclude(&elements, spot);
    Some(because(
        SchemaType::List(Box::new(element)),
        example_at(sight),
    ))
}

fn object(facts: &Facts<'_>, spot: Spot<'_>) -> Option<Schema> {
    let Some(sight) = first(facts.objects.iter().map(|object| &object.sights)) else {
        let sight = facts.named(Placeholder::Object)?;
        return Some(because(
            SchemaType::Map(Box::new(any())),
            placeholder_at(sight),
        ));
    };
    let mut data = record::object(&facts.objects, spot);
    data.reasons.insert(0, example_at(sight));
    Some(data)
}

fn choice(alternatives: Vec<Schema>) -> Schema {
    let kinds: Vec<&str> = alternatives.iter().map(|schema| schema.ty.kind()).collect();
    let reason = Reason::from(kinds.join(" and "));
    let alternatives = alternatives.into_iter().map(Alternative::from).collect();
    because(
        SchemaType::Union(Union {
            alternatives,
            told_by: ToldBy::Kind,
        }),
        reason,
    )
}

/// Only a variable without quotes is known.
fn variable(bare: &Example, spot: Spot<'_>) -> Schema {
    let (ty, name) = match scalar::named(spot.name) {
        Some(Named::Measure) => (SchemaType::Float, Some("the name says a measure")),
        Some(Named::Count) => (SchemaType::INTEGER, Some("the name says a count")),
        Some(Named::Flag) => (SchemaType::Boolean, Some("the name says yes or no")),
        None => (SchemaType::Any, None),
    };
    let mut data = because(
        ty,
        reason_at(bare, format!("variable {} without quotes", bare.text)),
    );
    data.reasons.extend(name.map(Reason::from));
    data
}

fn nothing(facts: &Facts<'_>) -> Schema {
    let failed = facts
        .placeholder(Placeholder::Nothing)
        .map(|sight| reason_at(sight, "a mark of a failed conversion".to_owned()));
    let null = facts
        .null
        .map(|sight| reason_at(sight, "only null".to_owned()));
    because(
        SchemaType::Any,
        failed
            .or(null)
            .unwrap_or_else(|| Reason::from("no example")),
    )
}

/// A schema of a type, for a reason.
fn because(ty: SchemaType, reason: Reason) -> Schema {
    Schema {
        reasons: vec![reason],
        ..Schema::from(ty)
    }
}

/// Anything: no example tells.
fn any() -> Schema {
    because(SchemaType::Any, Reason::from("no example"))
}

/// A single value that was seen.
fn seen(ty: SchemaType, sight: &Example) -> Schema {
    Schema {
        example: sight.example().map(str::to_owned),
        ..because(ty, example_at(sight))
    }
}

fn reason_at(sight: &Example, text: String) -> Reason {
    Reason {
        at: Some(sight.at),
        text,
    }
}

fn example_at(sight: &Example) -> Reason {
    reason_at(sight, format!("example {}", sight.text))
}

fn placeholder_at(sight: &Example) -> Reason {
    reason_at(
        sight,
        format!("placeholder {}", sight.text.trim_matches('"')),
    )
}

#[cfg(test)]
mod tests;
