//! Tests of what is concluded: tables of examples and types, and that every example fits.

use proptest::prelude::*;

use super::*;
use crate::api::{Member, Record};
use crate::document::json::{self, Node, Value};
use crate::input::postman::shape::tests::{documents, shape_in};

/// Whether a value is one of the type; a placeholder in the place of a value is.
fn fits(data: &Schema, node: &Node<'_>, around: &mut Vec<Vec<Member>>) -> bool {
    let is_stand_in = |text: &str| crate::input::postman::shape::placeholder(text).is_some();
    match (&node.value, &data.ty) {
        (_, SchemaType::Any)
        | (Value::Bool(_), SchemaType::Boolean)
        | (Value::Number(_), SchemaType::Number) => true,
        (Value::Null, _) => data.nullable,
        (Value::String(text), _) if is_stand_in(text) => true,
        (Value::String(_), SchemaType::Text | SchemaType::Enum(_)) => true,
        (Value::Variable(_), ty) => !matches!(ty, SchemaType::Text),
        (Value::Number(text), SchemaType::Integer(_)) => text.parse::<i64>().is_ok(),
        (Value::Number(text), SchemaType::Float) => text.parse::<f64>().is_ok_and(f64::is_finite),
        (Value::Array(elements), SchemaType::List(element)) => {
            elements.iter().all(|node| fits(element, node, around))
        }
        (Value::Object(members), SchemaType::Map(value)) => members
            .iter()
            .all(|member| fits(value, &member.node, around)),
        (Value::Object(_), SchemaType::Record(Record { members, .. })) => {
            around.push(members.clone());
            let fits = fits_record(members, node, around);
            around.pop();
            fits
        }
        (Value::Object(_), SchemaType::Recursive(out)) => {
            let inner = around.split_off(around.len() - out);
            let members = around.last().cloned().expect("a record");
            let fits = fits_record(&members, node, around);
            around.extend(inner);
            fits
        }
        (_, SchemaType::Union(union)) => {
            let mut all = union.alternatives.iter();
            all.any(|one| fits(&one.schema, node, around))
        }
        _ => false,
    }
}

fn fits_record(members: &[Member], node: &Node<'_>, around: &mut Vec<Vec<Member>>) -> bool {
    members.iter().all(|member| {
        let mut values = node
            .members()
            .iter()
            .filter(|found| found.name == member.name)
            .peekable();
        if values.peek().is_none() {
            return !member.required;
        }
        values.all(|found| {
            let is_nothing = !member.required && found.node.is_null();
            is_nothing || fits(&member.schema, &found.node, around)
        })
    }) && node
        .members()
        .iter()
        .filter(|found| !crate::input::postman::shape::stands_for_any(&found.name))
        .all(|found| members.iter().any(|member| member.name == found.name))
}

/// A type in short: `{a:int b?:[text]}`.
fn short(data: &Schema) -> String {
    let name = match &data.ty {
        SchemaType::Any => "any".to_owned(),
        SchemaType::Boolean => "bool".to_owned(),
        SchemaType::Integer(_) => "int".to_owned(),
        SchemaType::Float => "float".to_owned(),
        SchemaType::Number => "number".to_owned(),
        SchemaType::Text => "text".to_owned(),
        SchemaType::Enum(listed) => {
            let values: Vec<&str> = listed
                .values
                .iter()
                .map(|choice| choice.value.as_str())
                .collect();
            values.join("/")
        }
        SchemaType::List(element) => format!("[{}]", short(element)),
        SchemaType::Map(value) => format!("<{}>", short(value)),
        SchemaType::Union(union) => {
            let all = union.alternatives.iter().map(|one| short(&one.schema));
            all.collect::<Vec<_>>().join("|")
        }
        SchemaType::Recursive(out) => format!("^{out}"),
        SchemaType::Bytes | SchemaType::Tuple(_) | SchemaType::Named(_) => unreachable!(),
        SchemaType::Record(Record { members, extra }) => {
            let show = |member: &Member| {
                let mark = if member.required { "" } else { "?" };
                format!("{}{mark}:{}", member.name, short(&member.schema))
            };
            let mut shown: Vec<String> = members.iter().map(show).collect();
            shown.extend(extra.is_some().then(|| "..".to_owned()));
            format!("{{{}}}", shown.join(" "))
        }
    };
    if data.nullable && data.ty != SchemaType::Any {
        format!("({name})?")
    } else {
        name
    }
}

const REQUEST: Direction = Direction::Request { optional: false };
const REPLY: Direction = Direction::Reply {
    required_from: None,
};

fn joined(documents: &[&str]) -> Shape {
    let mut all = Shape::default();
    for (source, document) in documents.iter().enumerate() {
        all.merge(shape_in(source, document));
    }
    all
}

fn check(direction: Direction, documents: &[&str], expected: &str) {
    assert_eq!(
        short(&schema(&joined(documents), direction)),
        expected,
        "{documents:?}"
    );
}

fn check_request(documents: &[&str], expected: &str) {
    check(REQUEST, documents, expected);
}

proptest! {
    #[test]
    fn every_example_fits(documents in prop::collection::vec(documents(), 1..5)) {
        let texts: Vec<&str> = documents.iter().map(String::as_str).collect();
        let shape = joined(&texts);
        for direction in [REQUEST, Direction::Request { optional: true }, REPLY] {
            let data = schema(&shape, direction);
            for document in &documents {
                let node = json::read_template(document).expect("a template");
                prop_assert!(fits(&data, &node, &mut Vec::new()), "{:?} {} {}", direction, document, short(&data));
            }
        }
    }
}

#[test]
fn single_values() {
    check_request(&["1", "-2"], "int");
    check_request(&["1", "1.0"], "float");
    check_request(&["12345678901234567890"], "number");
    check_request(&["0.5", "12345678901234567890"], "number");
    check_request(&["0.5", "12345678901234567000"], "float");
    check_request(&["\"1\"", "\"2\""], "text");
    check_request(&["true"], "bool");
    check_request(&["null"], "any");
    check_request(&["null", "1"], "(int)?");
    check_request(&["[null, 1]"], "[(int)?]");
    check_request(&["[]"], "[any]");
    check_request(&["{}"], "<any>");
    check_request(&["1", "\"a\"", "null"], "(int|text)?");
    check_request(&["[1]", "[\"a\"]", "{\"a\":1}"], "[int|text]|{a:int}");
}

#[test]
fn placeholders_and_variables() {
    check_request(&["\"<long>\""], "int");
    check_request(&["\"<long>\"", "\"<double>\""], "float");
    check_request(&["\"<long>\"", "\"abc\""], "text");
    check_request(&["\"<long>\"", "\"<string>\""], "int|text");
    check_request(&["\"<long>\"", "10.5"], "float");
    check_request(&["\"<array>\""], "[any]");
    check_request(
        &["\"<Error: Too many levels of nesting to fake this schema>\""],
        "any",
    );
    check_request(
        &[r#"{"a": {"value": "<Circular reference to #/x detected>"}}"#],
        "{a:any}",
    );
    check_request(&["{{n}}"], "int");
    check_request(&["{{u}}"], "any");
    check_request(&["{{u}}", "\"a\""], "any");
    check_request(&["{{u}}", "1"], "int");
    check_request(&["\"{{u}}\""], "text");
    check_request(
        &[r#"{"page_size": {{u}}, "isOpen": {{u}}, "price": {{u}}}"#],
        "{page_size:int isOpen:bool price:float}",
    );
    check_request(&["{{$timestamp}}"], "int");
}

#[test]
fn members() {
    check_request(&[r#"{"b":1,"a":"x"}"#, r#"{"b":2}"#], "{b:int a?:text}");
    check_request(&[r#"{"a":null}"#, r#"{"a":1}"#], "{a:(int)?}");
    check(
        Direction::Request { optional: true },
        &[r#"{"a":null}"#, r#"{"a":1}"#],
        "{a?:(int)?}",
    );
    check(REPLY, &[r#"{"a":null}"#, r#"{"a":1}"#], "{a?:(int)?}");
    check(REPLY, &[r#"{"a":[null,1]}"#], "{a?:[(int)?]}");
    check_request(&[r#"{"price":10,"id":10}"#], "{price:float id:int}");
}

#[test]
fn values_that_were_wrong() {
    check(
        Direction::Failure,
        &[r#"{"a":null}"#, r#"{"a":1}"#],
        "{a?:(int)?}",
    );
    let failure = r#"{"errors":[{"value":"x","minimum":1,"field":"age"}]}"#;
    let errors = |ty: &str| format!("{{errors?:[{{value?:{ty}}}]}}");
    check(
        Direction::Failure,
        &[failure],
        "{errors?:[{value?:any minimum?:any field?:text}]}",
    );
    check(REPLY, &[r#"{"errors":[{"value":"x"}]}"#], &errors("text"));
    check(
        Direction::Failure,
        &[r#"{"errors":[{"value":{"x":1}}]}"#],
        &errors("{x?:int}"),
    );
}

#[test]
fn maps() {
    check_request(&[r#"{"1":{"a":1},"22":{"b":1}}"#], "<{a?:int b?:int}>");
    check_request(&[r#"{"1":1,"name":1}"#], "{1:int name:int}");
    check_request(&[r#"{"1":1}"#, r#"{"name":1}"#], "{1?:int name?:int}");
    check_request(&[r#"{"{{k}}":1}"#], "<int>");
    check_request(&[r#"{"{{k}}":1,"name":"x"}"#], "{name:text ..}");
    check_request(&[r#"{"key_0":1,"name":"x"}"#], "{name:text ..}");
    check_request(&[r#"{"key_0":1,"key_1":"x"}"#], "<int|text>");
    check_request(&[r#"{"2024-01-31":null,"2024-02-01":1}"#], "<(int)?>");
}

#[test]
fn recursive_records() {
    let tree = r#"{"id":1,"children":[{"id":2,"children":[{"id":3}]},{"id":"x","children":[]}]}"#;
    check_request(&[tree], "{id:int|text children?:[^0]}");
    let nested =
        r#"{"id":1,"value":1,"next":{"id":2,"value":2,"next":null},"data":{"data":{"x":1}}}"#;
    check(
        REPLY,
        &[nested],
        "{id?:int value?:int next?:(^0)? data?:{data?:{x?:int}}}",
    );
    let map = r#"{"name":"a","parts":{"1":{"name":"b","parts":{}}}}"#;
    check_request(&[map], "{name:text parts:<^0>}");
    check_request(&[r#"{"id":1,"owner":{"id":1}}"#], "{id:int owner:{id:int}}");
    let checkout = r#"{"key":1,"order":{"key":2,"order":{"id":3}}}"#;
    check_request(&[checkout], "{key:int order:{key:int order:{id:int}}}");
}

#[test]
fn says_why_and_shows_an_example() {
    let shape =
        joined(&[r#"{"meetingId": 68423085, "password": "hunter2", "price": 1, "x": "<long>"}"#]);
    let SchemaType::Record(Record { members, .. }) = schema(&shape, REPLY).ty else {
        panic!("a record");
    };
    let shown: Vec<String> = members
        .iter()
        .map(|member| {
            let reasons: Vec<&str> = member
                .schema
                .reasons
                .iter()
                .map(|reason| reason.text.as_str())
                .collect();
            format!(
                "{} {:?} {}",
                member.name,
                member.schema.example,
                reasons.join(", ")
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "meetingId Some(\"68423085\") example 68423085",
            "password None example [redacted]",
            "price Some(\"1\") example 1, the name says a measure",
            "x None placeholder <long>",
        ]
    );
}
