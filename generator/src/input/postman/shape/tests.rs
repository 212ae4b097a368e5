//! Tests of shapes: that they are a join semilattice, and what they note.

use proptest::prelude::*;

use super::*;
use crate::document::json::{self, Node};

/// A shape of a text whose document has that number; the variables `n` and `t` have values.
pub(crate) fn shape_in(source: usize, text: &str) -> Shape {
    let node = json::read_template(text).expect("a template");
    let resolve = |text: &str| {
        let known = [
            ("n", "7"),
            ("t", "é"),
            ("secret", "hunter2"),
            ("token", "123456"),
        ];
        known.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{{{name}}}}}"), value)
        })
    };
    let origin = Origin {
        place: &|span| Place { source, span },
        resolve: &resolve,
    };
    Shape::from_json(&node, &origin)
}

fn shape(text: &str) -> Shape {
    shape_in(0, text)
}

fn joined(shapes: &[&Shape]) -> Shape {
    let mut all = Shape::default();
    for &shape in shapes {
        all.merge(shape.clone());
    }
    all
}

/// Documents of few names and values, so that they meet often.
pub(crate) fn documents() -> impl Strategy<Value = String> {
    let scalars = prop::sample::select(vec![
        "null",
        "true",
        "false",
        "0",
        "-7",
        "10.5",
        "1e3",
        "12345678901234567890",
        "0.30000000000000000004",
        "\"\"",
        "\"text\"",
        "\"2024-01-31\"",
        "\"https://example.com\"",
        "\"<long>\"",
        "\"<boolean>\"",
        "\"<string>\"",
        "\"<array>\"",
        "\"<object>\"",
        "\"<Error: Too many levels of nesting to fake this schema>\"",
        "\"x{{t}}\"",
        "\"{{u}}\"",
        "{{n}}",
        "{{u}}",
        "{{$timestamp}}",
        "[]",
        "{}",
    ]);
    let names = prop::sample::select(vec![
        "id",
        "price",
        "page",
        "children",
        "next",
        "12",
        "2024-01-31",
    ]);
    let scalars = scalars.prop_map(str::to_owned);
    scalars.prop_recursive(5, 40, 4, move |inner| {
        let members = prop::collection::vec((names.clone(), inner.clone()), 0..5);
        let object = members.prop_map(|members| {
            let members = members
                .iter()
                .map(|(name, value)| format!("\"{name}\":{value}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        });
        let list = prop::collection::vec(inner, 0..4);
        prop_oneof![
            object,
            list.prop_map(|list| format!("[{}]", list.join(",")))
        ]
    })
}

proptest! {
    #[test]
    fn shapes_are_a_join_semilattice(a in documents(), b in documents(), c in documents()) {
        let (a, b, c) = (shape_in(0, &a), shape_in(1, &b), shape_in(2, &c));
        prop_assert_eq!(joined(&[&a, &a]), a.clone());
        prop_assert_eq!(joined(&[&a, &b]), joined(&[&b, &a]));
        let left = joined(&[&joined(&[&a, &b]), &c]);
        let right = joined(&[&a, &joined(&[&b, &c])]);
        prop_assert_eq!(left.clone(), right);
        prop_assert_eq!(joined(&[&left, &b]), left);
    }

    #[test]
    fn a_list_joins_its_elements(documents in prop::collection::vec(documents(), 0..4)) {
        let list = shape(&format!("[{}]", documents.join(",")));
        let mut at = 1;
        let mut all = Shape::default();
        for document in &documents {
            all.merge(shape(&format!("{}{document}", " ".repeat(at))));
            at += document.len() + 1;
        }
        prop_assert_eq!(list.list.map(|list| list.element), Some(all));
    }
}

#[test]
fn a_member_is_always_there_or_not() {
    let check = |documents: &[&str], expected: &[&str]| {
        let shapes: Vec<Shape> = documents.iter().map(|document| shape(document)).collect();
        let object = joined(&shapes.iter().collect::<Vec<_>>())
            .object
            .expect("an object");
        let always: Vec<&str> = object.always.iter().map(String::as_str).collect();
        assert_eq!(always, expected, "{documents:?}");
    };
    check(&[r#"{"a":1,"b":2}"#], &["a", "b"]);
    check(&[r#"{"a":1,"b":2}"#, r#"{"b":2,"c":3}"#], &["b"]);
    check(&[r#"{"a":1}"#, "{}"], &[]);
    check(&[r#"{"a":1}"#, "null", "[1]"], &["a"]);
}

#[test]
fn keeps_the_first_sights_without_secrets() {
    let check = |document: &str, expected: &[&str]| {
        let shape = shape(document);
        let member = shape
            .object
            .and_then(|mut object| object.members.pop_first());
        let shape = member.map(|(_, member)| member.shape).expect("a member");
        let element = shape.list.as_ref().map(|list| list.element.clone());
        let shape = element.unwrap_or(shape);
        let text = shape.text.map(|text| text.sights).unwrap_or_default();
        let number = shape.number.map(|number| number.sights).unwrap_or_default();
        let shown: Vec<&str> = text
            .iter()
            .chain(number.iter())
            .map(|sight| sight.text.as_str())
            .collect();
        assert_eq!(shown, expected, "{document}");
    };
    check(r#"{"a": [1, 2, 3, 4]}"#, &["1", "2", "3"]);
    check(
        r#"{"a": ["x\"y", "{{t}}!", "{{u}}!"]}"#,
        &[r#""x\"y""#, r#""é!""#, r#""{{u}}!""#],
    );
    check(
        r#"{"password": ["hunter2", "{{pw}}"]}"#,
        &["[redacted]", r#""{{pw}}""#],
    );
    check(r#"{"passcode": 123456}"#, &["[redacted]"]);
    check(r#"{"a": "{\"password\": \"hunter2\"}"}"#, &["[redacted]"]);
    check(r#"{"a": {{n}}}"#, &["7"]);
    check(r#"{"a": "{{secret}}"}"#, &["[redacted]"]);
    check(r#"{"a": {{token}}}"#, &["[redacted]"]);
    check(r#"{"a": "Bearer {{token}}"}"#, &["[redacted]"]);
    check(r#"{"a": "{{password}}"}"#, &[r#""{{password}}""#]);
    let long = "é".repeat(300);
    check(
        &format!(r#"{{"a": "{long}"}}"#),
        &[&format!("\"{}…", "é".repeat(99))],
    );
}

#[test]
fn variables_without_quotes_are_what_they_stand_for() {
    let check = |document: &str, value: &str| {
        let node: Node<'_> = json::read(value).expect("JSON");
        let origin = Origin {
            place: &|_| Place::default(),
            resolve: &|_| value.to_owned(),
        };
        let mut expected = Shape::from_json(&node, &origin);
        let template = json::read_template(document).expect("a template");
        assert_eq!(
            Shape::from_json(&template, &origin),
            expected,
            "{document} {value}"
        );
        expected.merge(Shape::from_json(&template, &origin));
    };
    check("{{x}}", "1");
    check("{{x}}", "null");
    check("{{x}}", "true");
    check("{{x}}", "[1, {\"a\": \"b\"}]");
    assert!(!shape("{{unknown}}").bare.is_empty());
    assert!(
        shape("{{$randomPrice}}")
            .number
            .is_some_and(|number| number.fraction)
    );
    assert!(!shape("{{$guid}}").bare.is_empty());
}
