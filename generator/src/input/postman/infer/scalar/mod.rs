//! The type of a single value: a path variable, a query parameter, a form field.
//!
//! A wrong guess refuses values that the API takes, so a type
//! narrower than text needs a declaration (a placeholder such as `<long>`, a list of values) or two
//! signals that agree: an example of that form, and a description or a name that says so.

use super::listed;
use crate::api::{Choice, Enum, Reason, Schema, SchemaType};
use crate::document::secret;
use crate::input::postman::requirement;
use crate::input::postman::shape::draft::Input;
use crate::input::postman::shape::{self, Placeholder};

/// The type of an input with single values, with its reasons in the order of weight.
#[must_use]
pub fn scalar(input: &Input) -> Schema {
    let (ty, reasons) = type_with_reasons(input);
    Schema {
        at: Some(input.at),
        reasons,
        ..Schema::from(ty)
    }
}

fn type_with_reasons(input: &Input) -> (SchemaType, Vec<Reason>) {
    let evidence = &input.schema;
    let because = |text: &str| Reason {
        at: Some(input.at),
        text: text.to_owned(),
    };
    let example = input.examples.first().map(|text| shown(text));
    let example = example.map(|text| because(&format!("example {text}")));
    if let Some(declared) = &evidence.declared {
        let by = Reason::from(evidence.declared_by);
        return (
            declared.clone(),
            std::iter::once(by).chain(example).collect(),
        );
    }
    if let Some(listed) = listed(input) {
        return (listed, vec![because("the description lists the values")]);
    }
    if let Some(name) = &evidence.dynamic {
        let reason = because(&format!("variable {{{{{name}}}}}"));
        return (dynamic(name), vec![reason]);
    }
    let first = input.examples.first();
    if let Some((text, ty)) = first.and_then(|text| Some((text, placeholder(text)?))) {
        return (ty, vec![because(&format!("placeholder {text}"))]);
    }
    if let Some((ty, second)) = agreed(input) {
        let second = because(&second);
        return (ty, example.into_iter().chain([second]).collect());
    }
    let all = |is: fn(&str) -> bool| input.examples.iter().all(|text| is(text));
    let may_be_more = example.is_some() && (all(is_float) || all(is_boolean));
    let last = match example {
        None => Some("no example"),
        Some(_) if may_be_more => Some("neither the name nor the description says more"),
        Some(_) => None,
    };
    let reasons = example.into_iter().chain(last.map(Reason::from));
    (SchemaType::Text, reasons.collect())
}

/// An example as it is shown: in one line, without secrets, not long.
fn shown(example: &str) -> String {
    const LONGEST: usize = 40;
    let clean = secret::redact(example);
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The description without the marks that a converter left in it (rule O1).
#[must_use]
pub fn prose(docs: &str) -> String {
    let text = without_required(docs);
    match list_of_values(text) {
        Some((start, _)) => text[..start].trim().to_owned(),
        None => text.trim().to_owned(),
    }
}

/// The description without a mark such as `(Required)` at its start.
#[must_use]
pub fn without_required(docs: &str) -> &str {
    requirement::read(docs).1
}

/// An example as a value: not a placeholder such as `<string>`, not a mark of a failed conversion.
#[must_use]
pub fn is_example(text: &str) -> bool {
    let is_placeholder = text.starts_with('<') && text.ends_with('>');
    let is_mark = is_placeholder || MARKS.iter().any(|mark| text.starts_with(mark));
    !text.is_empty() && !is_mark
}

/// What a converter writes where it has no value: failures, and the forms of credentials (rules O3, O5).
const MARKS: &[&str] = &[
    "INVALID_",
    "<Error:",
    "<Circular reference",
    "Basic <",
    "Bearer <",
    "Digest <",
    "OAuth <",
];

/// ` (This can only be one of a,b)` at the end of a description: its place and its values.
fn list_of_values(docs: &str) -> Option<(usize, Vec<String>)> {
    const MARK: &str = "(This can only be one of ";
    let start = docs.rfind(MARK)?;
    let values = docs[start + MARK.len()..].trim_end().strip_suffix(')')?;
    let values: Vec<String> = values
        .split(',')
        .map(|value| value.trim().to_owned())
        .collect();
    Some((start, values))
}

/// The values that the mark of a converter lists, else those that the prose does.
fn listed(input: &Input) -> Option<SchemaType> {
    let docs = &input.docs;
    let Some((start, values)) = list_of_values(docs) else {
        return choices(listed::values(input)?);
    };
    let meanings = listed::meanings(&docs[..start]);
    let mut seen = std::collections::BTreeSet::new();
    let choice = |value: String| {
        let known = meanings.iter().find(|choice| choice.value == value);
        Choice {
            docs: known.map_or_else(String::new, |choice| choice.docs.clone()),
            value,
            name: None,
        }
    };
    let values = values.into_iter().filter(|value| {
        let is_new = !value.is_empty() && seen.insert(value.clone());
        is_new && secret::redact(value) == *value
    });
    choices(values.map(choice).collect())
}

/// Numbers of which nothing is said are just numbers.
fn choices(choices: Vec<Choice>) -> Option<SchemaType> {
    let all = |is: fn(&str) -> bool| choices.iter().all(|choice| is(&choice.value));
    let are_described = choices.iter().any(|choice| !choice.docs.is_empty());
    match () {
        () if choices.is_empty() => None,
        () if all(is_boolean) => Some(SchemaType::Boolean),
        () if all(is_integer) && !are_described => Some(SchemaType::INTEGER),
        () => Some(SchemaType::Enum(Enum {
            values: choices,
            ..Enum::default()
        })),
    }
}

/// The variables that Postman makes up values for (rule V9).
fn dynamic(name: &str) -> SchemaType {
    shape::dynamic(name).map_or(SchemaType::Text, of_placeholder)
}

/// The placeholders that stand for types (rule O2).
fn placeholder(example: &str) -> Option<SchemaType> {
    if let Some(placeholder) = shape::placeholder(example) {
        return Some(of_placeholder(placeholder));
    }
    let is_unknown = example.starts_with('<') && example.ends_with('>');
    is_unknown.then_some(SchemaType::Text)
}

fn of_placeholder(placeholder: Placeholder) -> SchemaType {
    match placeholder {
        Placeholder::Integer => SchemaType::INTEGER,
        Placeholder::Float => SchemaType::Float,
        Placeholder::Boolean => SchemaType::Boolean,
        Placeholder::Text | Placeholder::List | Placeholder::Object | Placeholder::Nothing => {
            SchemaType::Text
        }
    }
}

/// Two signals that agree: the type, and the second of them.
fn agreed(input: &Input) -> Option<(SchemaType, String)> {
    let all = |is: fn(&str) -> bool| {
        !input.examples.is_empty() && input.examples.iter().all(|example| is(example))
    };
    let prose = input.docs.to_ascii_lowercase();
    let words = words(&input.name);
    let literal = || {
        let text = "it is written as a number or a boolean, not as a text";
        input.schema.literal.then(|| text.to_owned())
    };
    let named = |list: &[&str]| {
        let word = words.iter().find(|word| list.contains(&word.as_str()))?;
        Some(format!("the name says `{word}`"))
    };
    let says = |list: &[&str]| {
        let phrase = list.iter().find(|phrase| prose.contains(*phrase))?;
        let phrase = phrase.trim().trim_matches(['*', '`']);
        Some(format!("the description says `{phrase}`"))
    };
    let second = |names: &[&str], phrases: &[&str]| {
        literal().or_else(|| named(names)).or_else(|| says(phrases))
    };
    if let Some(reason) = second(COUNTS, COUNTED).filter(|_| all(is_integer)) {
        return Some((SchemaType::INTEGER, reason));
    }
    if let Some(reason) = second(FLAGS, FLAGGED).filter(|_| all(is_boolean)) {
        return Some((SchemaType::Boolean, reason));
    }
    let reason = second(&[], &["decimal", "float"]).filter(|_| all(is_float))?;
    Some((SchemaType::Float, reason))
}

/// What a name says about its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Named {
    /// A number that may have a fraction.
    Measure,
    /// A whole number.
    Count,
    /// Yes or no.
    Flag,
}

/// What a name says, where it says something. `rate_limit` counts, and `price_id` is neither.
pub(super) fn named(name: &str) -> Option<Named> {
    let words = words(name);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let ends = |list: &[&str]| {
        words
            .last()
            .is_some_and(|word| list.contains(&word.as_str()))
    };
    if has(MEASURES) && !ends(COUNTS) && !ends(WHOLE) {
        return Some(Named::Measure);
    }
    let known = [(COUNTS, Named::Count), (FLAGS, Named::Flag)];
    let says = known.into_iter().find(|(list, _)| has(list));
    says.map(|(_, named)| named)
}

/// Whether a member of a failure gives the value that was wrong, or one of its bounds.
pub(super) fn is_rejected(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["value" | "minimum" | "maximum"] => true,
        [what, "value"] => REJECTED.contains(what),
        _ => false,
    }
}

fn words(name: &str) -> Vec<String> {
    let words = heck::AsSnakeCase(name).to_string();
    words.split('_').map(str::to_owned).collect()
}

/// What comes before `value` in the names of values that were wrong.
const REJECTED: &[&str] = &[
    "actual",
    "attempted",
    "bad",
    "given",
    "input",
    "invalid",
    "max",
    "maximum",
    "min",
    "minimum",
    "provided",
    "received",
    "rejected",
    "submitted",
];
/// Words of names that measure: their numbers may have a fraction, though examples show none.
const MEASURES: &[&str] = &[
    "altitude",
    "amount",
    "angle",
    "average",
    "avg",
    "balance",
    "confidence",
    "cost",
    "discount",
    "distance",
    "elevation",
    "fee",
    "humidity",
    "lat",
    "latitude",
    "lng",
    "lon",
    "longitude",
    "mean",
    "median",
    "percent",
    "percentage",
    "percentile",
    "price",
    "probability",
    "rate",
    "rating",
    "ratio",
    "score",
    "speed",
    "strength",
    "tax",
    "temperature",
    "timezone",
    "weight",
];
/// Words that end the names of whole numbers, though another word measures.
const WHOLE: &[&str] = &[
    "cents", "code", "id", "ids", "index", "level", "type", "version",
];
/// Words of names that count.
const COUNTS: &[&str] = &[
    "count", "limit", "offset", "page", "size", "per", "max", "min", "top", "skip", "days",
    "number",
];
/// Phrases that describe a whole number.
const COUNTED: &[&str] = &[
    "**long**",
    "`long`",
    "long format",
    "integer",
    "number of ",
    "int32",
    "int64",
    "unix time",
];
/// Words of names that are questions.
const FLAGS: &[&str] = &[
    "is", "has", "enable", "enabled", "include", "show", "with", "allow", "can", "only", "use",
];
/// Phrases that describe a choice of two.
const FLAGGED: &[&str] = &[
    "whether",
    "boolean",
    "`true`",
    "`false`",
    "if true",
    "set to true",
    "if set",
];

/// Whether a whole number is written as it would be sent: without zeros in front.
fn is_integer(text: &str) -> bool {
    text.parse::<i64>()
        .is_ok_and(|number| number.to_string() == text)
}

/// Whether a number is written as it would be sent: `1.0` would become `1`, which may be another version or amount.
fn is_float(text: &str) -> bool {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.is_some_and(|number| number.to_string() == text)
}

fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

#[cfg(test)]
mod tests;
