//! Tests of the types of single values, and of the reasons.

use super::*;
use crate::document::report::Place;

#[test]
fn needs_a_declaration_or_two_signals() {
    let check = |name: &str, example: &str, docs: &str, expected: SchemaType| {
        let input = Input {
            at: Place::default(),
            name: name.to_owned(),
            required: true,
            docs: docs.to_owned(),
            examples: vec![example.to_owned()],
            ..Input::default()
        };
        assert_eq!(scalar(&input).ty, expected, "{name}={example} {docs}");
    };
    check(
        "meetingId",
        "68423085",
        "must store it as a **long** format integer",
        SchemaType::INTEGER,
    );
    check("meetingId", "68423085", "The meeting.", SchemaType::Text);
    check("zip", "01234", "integer", SchemaType::Text);
    check("page_size", "30", "", SchemaType::INTEGER);
    check("id", "<long>", "", SchemaType::INTEGER);
    check("ratio", "<double>", "", SchemaType::Float);
    check("amount", "1.5", "A decimal number.", SchemaType::Float);
    check("amount", "1.0", "A decimal number.", SchemaType::Text);
    check("count", "-0", "An integer.", SchemaType::Text);
    check("id", "<uuid>", "", SchemaType::Text);
    check("includeDeleted", "true", "", SchemaType::Boolean);
    check("state", "true", "", SchemaType::Text);
    let choice = |value: &&str| Choice {
        value: (*value).to_owned(),
        ..Choice::default()
    };
    let one_of = |values: &[&str]| {
        SchemaType::Enum(Enum {
            values: values.iter().map(choice).collect(),
            ..Enum::default()
        })
    };
    check(
        "type",
        "x",
        "Kind. (This can only be one of a, b,a)",
        one_of(&["a", "b"]),
    );
    check(
        "type",
        "1",
        "(This can only be one of 1,2)",
        SchemaType::INTEGER,
    );
    check("id", "99999999999999999999", "integer", SchemaType::Text);
}

#[test]
fn names_say_what_a_number_is() {
    let check = |name: &str, expected: Option<Named>| {
        assert_eq!(super::named(name), expected, "{name}");
    };
    check("price", Some(Named::Measure));
    check("totalAmount", Some(Named::Measure));
    check("max_score", Some(Named::Measure));
    check("rate_limit", Some(Named::Count));
    check("price_id", None);
    check("amount_cents", None);
    check("page_size", Some(Named::Count));
    check("isOpen", Some(Named::Flag));
    check("meetingId", None);
    check("", None);
}

#[test]
fn prose_has_no_marks() {
    assert_eq!(prose("(Required) The ID."), "The ID.");
    assert_eq!(prose(" Kind. (This can only be one of a,b)"), "Kind.");
    assert_eq!(prose("Plain (sort of)."), "Plain (sort of).");
}

#[test]
fn says_why() {
    let check = |name: &str, example: &str, docs: &str, expected: &[&str]| {
        let input = Input {
            name: name.to_owned(),
            examples: Some(example.to_owned())
                .filter(|text| !text.is_empty())
                .into_iter()
                .collect(),
            docs: docs.to_owned(),
            ..Input::default()
        };
        let schema = scalar(&input);
        let reasons = schema.reasons.iter();
        let texts: Vec<&str> = reasons.map(|reason| reason.text.as_str()).collect();
        assert_eq!(texts, expected, "{name}={example} {docs}");
    };
    check(
        "meetingId",
        "68423085",
        "must store it as a **long** format integer",
        &["example 68423085", "the description says `long`"],
    );
    check(
        "meetingId",
        "68423085",
        "The meeting.",
        &[
            "example 68423085",
            "neither the name nor the description says more",
        ],
    );
    check(
        "page_size",
        "30",
        "",
        &["example 30", "the name says `page`"],
    );
    check("id", "<long>", "", &["placeholder <long>"]);
    check(
        "type",
        "x",
        "(This can only be one of x, y)",
        &["the description lists the values"],
    );
    check("name", "Ada", "", &["example Ada"]);
    check("name", "", "", &["no example"]);
}

#[test]
fn names_say_what_was_wrong() {
    for name in ["value", "rejectedValue", "minimum", "min_value"] {
        assert!(is_rejected(name), "{name}");
    }
    for name in ["", "minimum_age", "values", "valueType", "face_value"] {
        assert!(!is_rejected(name), "{name}");
    }
}
