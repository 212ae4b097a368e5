//! What a document says about values beside their type, as sentences: nothing of it is checked.

use crate::api::{Limits, Schema, SchemaType};
use crate::plan::docs;

/// How long a default may be that is shown.
const LONGEST_DEFAULT: usize = 60;

/// Whether values are deprecated, what the server takes where there is none, and their limits.
pub(super) fn of_schema(schema: &Schema) -> String {
    let mut sentences = Vec::new();
    if schema.deprecated {
        sentences.push("Deprecated.".to_owned());
    }
    let default = schema.default.as_deref();
    let default = default.filter(|json| json.len() <= LONGEST_DEFAULT && *json != "null");
    sentences.extend(default.map(|json| format!("Default: {}.", docs::code(json))));
    let limits = schema
        .limits
        .as_deref()
        .map(|limits| of_limits(limits, &schema.ty));
    sentences.extend(limits.unwrap_or_default());
    sentences.join(" ")
}

fn of_limits(limits: &Limits, ty: &SchemaType) -> Vec<String> {
    let mut sentences = Vec::new();
    let bound = |(number, excluded): &(String, bool), inclusive: &str, exclusive: &str| {
        let word = if *excluded { exclusive } else { inclusive };
        format!("{word} {}", docs::code(number))
    };
    let minimum = limits
        .minimum
        .as_ref()
        .map(|one| bound(one, "at least", "more than"));
    let maximum = limits
        .maximum
        .as_ref()
        .map(|one| bound(one, "at most", "less than"));
    let multiple = limits.multiple_of.as_ref();
    let multiple = multiple.map(|number| format!("a multiple of {}", docs::code(number)));
    let unit = match ty {
        SchemaType::List(_) | SchemaType::Tuple(_) => "elements",
        SchemaType::Map(_) | SchemaType::Record(_) => "members",
        _ => "characters",
    };
    let length = match (
        limits.min_length.filter(|length| *length > 0),
        limits.max_length,
    ) {
        (Some(least), Some(most)) if least == most => Some(format!("{least} {unit}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {unit}")),
        (Some(least), None) => Some(format!("at least {least} {unit}")),
        (None, Some(most)) => Some(format!("at most {most} {unit}")),
        (None, None) => None,
    };
    let phrases: Vec<String> = [minimum, maximum, multiple, length]
        .into_iter()
        .flatten()
        .collect();
    if !phrases.is_empty() {
        let text = phrases.join(", ");
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        sentences.push(format!(
            "{}{}.",
            first.map(String::from).unwrap_or_default(),
            letters.as_str()
        ));
    }
    if limits.unique {
        sentences.push("No two elements are equal.".to_owned());
    }
    let pattern = limits.pattern.as_ref();
    sentences.extend(pattern.map(|pattern| format!("Pattern: {}.", docs::code(pattern))));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_sentences() {
        let check = |schema: Schema, expected: &str| assert_eq!(of_schema(&schema), expected);
        let limited = |ty: SchemaType, limits: Limits| Schema {
            limits: Some(Box::new(limits)),
            ..Schema::from(ty)
        };
        check(Schema::default(), "");
        let schema = Schema {
            deprecated: true,
            default: Some("30".to_owned()),
            ..Schema::default()
        };
        check(schema, "Deprecated. Default: `30`.");
        let range = Limits {
            minimum: Some(("1".to_owned(), false)),
            maximum: Some(("300".to_owned(), true)),
            ..Limits::default()
        };
        check(
            limited(SchemaType::INTEGER, range),
            "At least `1`, less than `300`.",
        );
        let text = Limits {
            min_length: Some(0),
            max_length: Some(200),
            pattern: Some("^[a-z]+$".to_owned()),
            ..Limits::default()
        };
        check(
            limited(SchemaType::Text, text),
            "At most 200 characters. Pattern: `^[a-z]+$`.",
        );
        let list = Limits {
            min_length: Some(2),
            max_length: Some(2),
            unique: true,
            ..Limits::default()
        };
        let ty = SchemaType::List(Box::default());
        check(limited(ty, list), "2 elements. No two elements are equal.");
    }
}
