//! The type of JSON data, from the shape of its examples.
//!
//! Every example that a shape has seen fits the type that is concluded, but for texts that stand for a type
//! (`<long>`). The rules:
//!
//! - JSON kinds are kept apart: a place that showed numbers and texts is a choice of the two, so that the kind
//!   of a value decides.
//! - Whole numbers are [`DataType::Integer`], unless the name speaks of a measure (`price`, `latitude`): the
//!   next one may be 10.5. Numbers that 64 bits do not hold exactly are [`DataType::Number`].
//! - Texts are text, whatever they look like. Placeholders name types; beside other texts they count for
//!   nothing.
//! - A variable without quotes is no text. Where nothing tells its value, the name may; else it is anything.
//! - Objects are a map where their names are data, and where no member is known; records else. Beside other
//!   names, one with a variable and one that a converter made up (`key_0`) make the record open.
//! - A record that holds records like itself under one of its members is one recursive type: those have that
//!   member too, and of the others most are the same.
//! - In a failure, members that give the value that was wrong, or its bounds (`value`, `minimum`), are anything:
//!   such a value has whatever kind the caller sent.
//! - `null` in the place of a member of a reply is the same as no member.
//! - What the user chooses wins.

mod facts;
mod record;
mod single;

use crate::document::report::Place;
use crate::input::postman::infer::scalar::{self, Named};
use crate::input::postman::shape::{Choice, ChosenType, Format, Placeholder, Shape, Sight};

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
    /// A reply.
    Reply,
    /// A reply that says what was wrong.
    Failure,
}

/// The type of a place, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Data {
    /// The type.
    pub ty: DataType,
    /// Whether `null` is one of the values that a request may send or a list may hold.
    pub nullable: bool,
    /// Whether an object has members beside those of its record, whose names are data.
    pub open: bool,
    /// The form of texts.
    pub format: Option<Format>,
    /// An example of a single value as JSON.
    pub example: Option<String>,
    /// The name that the user has chosen.
    pub rename: Option<String>,
    /// What is said about it.
    pub docs: Option<String>,
    /// Why it is that type, in the order of weight.
    pub reasons: Vec<Reason>,
}

/// The type of JSON data.
#[derive(Clone, PartialEq, Debug)]
pub enum DataType {
    /// Anything: no example tells.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 64 bits.
    Integer,
    /// A double-precision number.
    Float,
    /// A number that neither of the two holds exactly.
    Number,
    /// Text.
    Text,
    /// One of these texts, or another.
    OneOf(Vec<Choice>),
    /// An array.
    List(Box<Data>),
    /// An object whose names are data.
    Map(Box<Data>),
    /// An object of known members.
    Record(Vec<DataMember>),
    /// Values of several JSON kinds: one type each.
    Choice(Vec<Data>),
    /// The record that holds it, so many records further out; 0 is the nearest.
    Recursive(usize),
}

/// A member of a record.
#[derive(Clone, PartialEq, Debug)]
pub struct DataMember {
    /// The name on the wire.
    pub name: String,
    /// Whether it has to be there.
    pub required: bool,
    /// Its values.
    pub data: Data,
}

/// A reason for a decision.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reason {
    /// Where the evidence stands.
    pub at: Option<Place>,
    /// What it says, as a phrase.
    pub text: String,
}

/// Concludes a type from a shape. Every example that the shape has seen fits.
#[must_use]
pub fn data(shape: &Shape, direction: Direction) -> Data {
    conclude(
        &[shape],
        Spot {
            direction,
            name: "",
            holder: Holder::Nothing,
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
    holder: Holder,
    /// Whether the objects here are records like the one that holds them.
    is_recursive: bool,
}

/// What holds a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// It is the whole document.
    Nothing,
    /// A record, where it has to be or not.
    Record {
        /// Whether it has to be there.
        required: bool,
    },
    /// An array or a map.
    Elements,
}

impl Spot<'_> {
    fn element(self) -> Self {
        Spot {
            holder: Holder::Elements,
            ..self
        }
    }
}

/// The type of one place, from several shapes of it.
fn conclude(shapes: &[&Shape], spot: Spot<'_>) -> Data {
    let facts = Facts::of(shapes);
    let mut data = match facts.chosen.ty {
        Some(ty) => chosen(ty, &facts, spot),
        None => loosened(evident(&facts, spot), spot),
    };
    data.nullable = facts.null.is_some() && may_be_null(&data.ty, spot);
    data.rename = facts.chosen.name.cloned();
    data.docs = facts.chosen.docs.cloned();
    let renamed = data.rename.as_ref();
    data.reasons
        .extend(renamed.map(|_| Reason::of("its name is chosen in letterpress.toml")));
    data
}

/// Whether `null` that was seen has to be one of the values: not where it means the same as nothing, and not
/// where the type holds it anyway, unless what is absent would take its place.
fn may_be_null(ty: &DataType, spot: Spot<'_>) -> bool {
    let is_optional = matches!(spot.holder, Holder::Record { required: false });
    if matches!(spot.direction, Direction::Reply | Direction::Failure) {
        return !is_optional && *ty != DataType::Any;
    }
    is_optional || *ty != DataType::Any
}

/// The type that the evidence says.
fn evident(facts: &Facts<'_>, spot: Spot<'_>) -> Data {
    let all = [
        boolean(facts),
        number(facts, spot),
        text(facts),
        list(facts, spot),
        object(facts, spot),
    ];
    let mut all: Vec<Data> = all.into_iter().flatten().collect();
    let only_text = matches!(all.as_slice(), [only] if only.ty == DataType::Text);
    match (all.len(), facts.bare) {
        (0, Some(bare)) => variable(bare, spot),
        (0, None) => nothing(facts),
        (1, Some(bare)) if only_text => {
            let mut data = variable(bare, spot);
            data.ty = DataType::Any;
            data.reasons.append(&mut all[0].reasons);
            data
        }
        (1, _) => all.remove(0),
        _ => choice(all),
    }
}

fn list(facts: &Facts<'_>, spot: Spot<'_>) -> Option<Data> {
    let Some(sight) = first(facts.lists.iter().map(|list| &list.sights)) else {
        let sight = facts.named(Placeholder::List)?;
        return Some(Data::because(
            DataType::List(Box::new(Data::any())),
            placeholder_at(sight),
        ));
    };
    let elements: Vec<&Shape> = facts.lists.iter().map(|list| &list.element).collect();
    let element = conclude(&elements, spot.element());
    Some(Data::because(
        DataType::List(Box::new(element)),
        example_at(sight),
    ))
}

fn object(facts: &Facts<'_>, spot: Spot<'_>) -> Option<Data> {
    let Some(sight) = first(facts.objects.iter().map(|object| &object.sights)) else {
        let sight = facts.named(Placeholder::Object)?;
        return Some(Data::because(
            DataType::Map(Box::new(Data::any())),
            placeholder_at(sight),
        ));
    };
    let mut data = record::object(&facts.objects, spot);
    data.reasons.insert(0, example_at(sight));
    Some(data)
}

fn choice(alternatives: Vec<Data>) -> Data {
    let kinds: Vec<&str> = alternatives.iter().map(|data| data.ty.kind()).collect();
    let reason = Reason::of(&kinds.join(" and "));
    Data::because(DataType::Choice(alternatives), reason)
}

/// Only a variable without quotes is known.
fn variable(bare: &Sight, spot: Spot<'_>) -> Data {
    let (ty, name) = match scalar::named(spot.name) {
        Some(Named::Measure) => (DataType::Float, Some("the name says a measure")),
        Some(Named::Count) => (DataType::Integer, Some("the name says a count")),
        Some(Named::Flag) => (DataType::Boolean, Some("the name says yes or no")),
        None => (DataType::Any, None),
    };
    let mut data = Data::because(
        ty,
        Reason::at(bare, format!("variable {} without quotes", bare.text)),
    );
    data.reasons.extend(name.map(Reason::of));
    data
}

fn nothing(facts: &Facts<'_>) -> Data {
    let failed = facts
        .placeholder(Placeholder::Nothing)
        .map(|sight| Reason::at(sight, "a mark of a failed conversion".to_owned()));
    let null = facts
        .null
        .map(|sight| Reason::at(sight, "only null".to_owned()));
    Data::because(
        DataType::Any,
        failed.or(null).unwrap_or_else(|| Reason::of("no example")),
    )
}

/// The type that the user says.
fn chosen(ty: &ChosenType, facts: &Facts<'_>, spot: Spot<'_>) -> Data {
    let ty = match ty {
        ChosenType::Text => DataType::Text,
        ChosenType::Integer => DataType::Integer,
        ChosenType::Float => DataType::Float,
        ChosenType::Number => DataType::Number,
        ChosenType::Boolean => DataType::Boolean,
        ChosenType::Any => DataType::Any,
        ChosenType::OneOf(choices) => DataType::OneOf(choices.clone()),
        ChosenType::Map => DataType::Map(Box::new(record::values(&facts.objects, spot))),
    };
    let evident = [boolean(facts), number(facts, spot), text(facts)];
    let evident: Vec<Data> = evident.into_iter().flatten().collect();
    let mut same = evident.iter().filter(|data| data.ty.kind() == ty.kind());
    let example = same.next().and_then(|same| same.example.clone());
    let mut data = Data::because(ty, Reason::of("chosen in letterpress.toml"));
    data.example = example;
    let seen = evident.into_iter().flat_map(|data| data.reasons);
    data.reasons.extend(seen);
    data
}

impl Data {
    fn any() -> Self {
        Data::because(DataType::Any, Reason::of("no example"))
    }

    fn because(ty: DataType, reason: Reason) -> Self {
        Data {
            reasons: vec![reason],
            ..Data::of(ty)
        }
    }

    fn of(ty: DataType) -> Self {
        Data {
            ty,
            nullable: false,
            open: false,
            format: None,
            example: None,
            rename: None,
            docs: None,
            reasons: Vec::new(),
        }
    }

    /// A single value that was seen.
    fn seen(ty: DataType, sight: &Sight) -> Self {
        let mut data = Data::because(ty, example_at(sight));
        data.example = sight.example().map(str::to_owned);
        data
    }
}

impl DataType {
    /// The JSON kind of its values, in the plural.
    fn kind(&self) -> &'static str {
        match self {
            DataType::Any | DataType::Choice(_) => "values",
            DataType::Boolean => "booleans",
            DataType::Integer | DataType::Float | DataType::Number => "numbers",
            DataType::Text | DataType::OneOf(_) => "texts",
            DataType::List(_) => "arrays",
            DataType::Map(_) | DataType::Record(_) | DataType::Recursive(_) => "objects",
        }
    }
}

impl Reason {
    pub(super) fn of(text: &str) -> Self {
        Reason {
            at: None,
            text: text.to_owned(),
        }
    }

    fn at(sight: &Sight, text: String) -> Self {
        Reason {
            at: Some(sight.at),
            text,
        }
    }
}

fn example_at(sight: &Sight) -> Reason {
    Reason::at(sight, format!("example {}", sight.text))
}

fn placeholder_at(sight: &Sight) -> Reason {
    Reason::at(
        sight,
        format!("placeholder {}", sight.text.trim_matches('"')),
    )
}

#[cfg(test)]
mod tests;
