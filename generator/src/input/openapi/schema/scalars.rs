//! Single values: their width, what they stand for, their limits.

use super::facts::{Facts, JsonType};
use crate::api::schema::{Format, IntegerWidth, Limits, SchemaType};
use crate::document::json::{Node, Value};

/// The type of whole numbers.
pub(super) fn integer(facts: &Facts<'_>) -> SchemaType {
    let example = facts.notes.example.into_iter().chain(facts.notes.default);
    let example = example.filter_map(|node| number_of(node));
    let limits = &facts.limits;
    let bounds = [&limits.minimum, &limits.maximum].into_iter().flatten();
    let bounds = bounds.map(|(bound, _)| bound.as_str()).chain(example);
    let bounds: Vec<i128> = bounds.filter_map(whole).collect();
    let within = |low: i128, high: i128| bounds.iter().all(|bound| (low..=high).contains(bound));
    let is_small = |width: IntegerWidth| match width {
        IntegerWidth::I32 => within(i32::MIN.into(), i32::MAX.into()),
        IntegerWidth::I64 => within(i64::MIN.into(), i64::MAX.into()),
        IntegerWidth::U64 => within(0, u64::MAX.into()),
    };
    let wanted = match facts.format.map(plain).as_deref() {
        // Validators check no smaller width, and servers send what does not fit one.
        Some("int32") => IntegerWidth::I32,
        Some("uint64" | "uint" | "ulong") => IntegerWidth::U64,
        _ => IntegerWidth::I64,
    };
    let widths = [wanted, IntegerWidth::I64, IntegerWidth::U64];
    match widths.into_iter().find(|width| is_small(*width)) {
        Some(width) => SchemaType::Integer(width),
        None => SchemaType::Number,
    }
}

/// The type of numbers.
pub(super) fn number(facts: &Facts<'_>) -> SchemaType {
    match facts.format.map(plain).as_deref() {
        Some("decimal" | "currency" | "money" | "decimal128" | "bigdecimal") => SchemaType::Number,
        Some("int64" | "long" | "int32") => SchemaType::Integer(IntegerWidth::I64),
        _ => SchemaType::Float,
    }
}

/// The type of texts.
pub(super) fn text(facts: &Facts<'_>) -> SchemaType {
    match facts.format.map(plain).as_deref() {
        Some("byte" | "base64") => SchemaType::Bytes,
        _ => SchemaType::Text,
    }
}

/// What texts and numbers stand for.
pub(super) fn format(facts: &Facts<'_>, ty: &SchemaType) -> Option<Format> {
    let format = plain(facts.format?);
    match (ty, format.as_str()) {
        (SchemaType::Integer(_), "unixtime" | "timestamp" | "unixtimestamp") => {
            Some(Format::UnixTime)
        }
        (SchemaType::Text, "datetime") => Some(Format::DateTime),
        (SchemaType::Text, "date") => Some(Format::Date),
        (SchemaType::Text, "time") => Some(Format::Time),
        (SchemaType::Text, "duration") => Some(Format::Duration),
        (SchemaType::Text, "uuid") => Some(Format::Uuid),
        (SchemaType::Text, "uri" | "url") => Some(Format::Uri),
        (SchemaType::Text, "email") => Some(Format::Email),
        (SchemaType::Text, "password") => Some(Format::Password),
        (SchemaType::Text, "int64" | "uint64" | "int32" | "uint32") => Some(Format::NumericText),
        _ => None,
    }
}

/// The type that a format is of, where a schema has no other keyword.
pub(super) fn type_of_format(format: &str) -> Option<JsonType> {
    match plain(format).as_str() {
        "datetime" | "date" | "time" | "duration" | "uuid" | "uri" | "url" | "email"
        | "password" | "byte" | "base64" | "binary" | "hostname" | "ipv4" | "ipv6" => {
            Some(JsonType::Text)
        }
        "int32" | "int64" => Some(JsonType::Integer),
        "double" | "float" => Some(JsonType::Number),
        _ => None,
    }
}

/// Adds a keyword that limits values.
pub(super) fn limit(limits: &mut Limits, name: &str, schema: &Node<'_>, value: &Node<'_>) {
    let count = || number_of(value).and_then(|text| whole(text)?.try_into().ok());
    let excludes = |name: &str| schema.get(name).is_some_and(Node::is_true);
    let number = || number_of(value).map(str::to_owned);
    match name {
        "minimum" => limits.minimum = number().map(|text| (text, excludes("exclusiveMinimum"))),
        "maximum" => limits.maximum = number().map(|text| (text, excludes("exclusiveMaximum"))),
        "exclusiveMinimum" if number().is_some() => {
            limits.minimum = number().map(|text| (text, true));
        }
        "exclusiveMaximum" if number().is_some() => {
            limits.maximum = number().map(|text| (text, true));
        }
        "multipleOf" => limits.multiple_of = number(),
        "minLength" | "minItems" | "minProperties" => limits.min_length = count(),
        "maxLength" | "maxItems" | "maxProperties" => limits.max_length = count(),
        "pattern" => limits.pattern = value.as_str().map(str::to_owned),
        "uniqueItems" => limits.unique = value.is_true(),
        _ => {}
    }
}

/// A format without what writers add to its name: case, blanks, dashes.
fn plain(format: &str) -> String {
    let kept = format.chars().filter(|c| c.is_alphanumeric());
    kept.collect::<String>().to_lowercase()
}

fn number_of<'d>(node: &'d Node<'_>) -> Option<&'d str> {
    match &node.value {
        Value::Number(text) => Some(text),
        _ => None,
    }
}

/// The whole number that is nearest to a bound, where it has one.
fn whole(text: &str) -> Option<i128> {
    text.parse().ok().or_else(|| {
        let value: f64 = text.parse().ok()?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast stops at the bounds of the type"
        )]
        value.is_finite().then_some(value as i128)
    })
}
