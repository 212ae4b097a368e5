//! Unions of objects, numbers with known values, tuples, bytes.

use std::fmt::Debug;

use letterpress_client::json::{self, Base64, Decode, Encode, Json};
use letterpress_client::{matched_union, open_integers, record, tagged_union};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Size {
    Small,
    Large,
    Unknown(i64),
}
open_integers! { Size { Small = -1, Large = 2 } }

#[derive(Clone, PartialEq, Debug, Default)]
struct Cat {
    kind: String,
    lives: i64,
}
record! { Cat { kind, lives } }

#[derive(Clone, PartialEq, Debug, Default)]
struct Dog {
    kind: Json,
    friend: Option<Box<Pet>>,
}
record! { Dog { kind, friend } }

#[derive(Clone, PartialEq, Debug)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    Name(String),
    Unknown(Json),
}
tagged_union! { Pet by "kind" { Cat = "cat", Dog = "dog" | "true" | "2"; Name: string } }

#[derive(Clone, PartialEq, Debug, Default)]
struct Text {
    value: String,
    next: Option<Box<Value>>,
}
record! { Text { value, next } }

#[derive(Clone, PartialEq, Debug, Default)]
struct Whole {
    value: i64,
    next: Option<Box<Value>>,
}
record! { Whole { value, next } }

#[derive(Clone, PartialEq, Debug, Default)]
struct Range {
    value: i64,
    to: i64,
}
record! { Range { value, to } }

#[derive(Clone, PartialEq, Debug)]
enum Value {
    Text(Text),
    Whole(Whole),
    Range(Range),
    Any(json::Map<bool>),
    List(Vec<Value>),
    Unknown(Json),
}
matched_union! {
    Value {
        Text = ["value"] ["next"],
        Whole = ["value"] ["next"],
        Range = ["value", "to"] [],
        Any = [] any;
        List: array,
    }
}

/// Reads each text, compares the debug form with what is expected, and writes the text again.
fn check<T: Decode + Encode + Default + Debug>(table: &[(&str, &str)]) {
    for (text, expected) in table {
        let value: T = json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(format!("{value:?}"), *expected, "{text}");
        assert_eq!(json::to_string(&value), *text);
    }
}

#[test]
fn numbers_with_known_values_keep_others() {
    check::<Vec<Size>>(&[("[-1,2,3]", "[Small, Large, Unknown(3)]")]);
    assert_eq!(Size::default(), Size::Unknown(0));
    assert_eq!(Size::Small.to_string(), "-1");
}

#[test]
fn a_tag_tells_objects_apart() {
    check::<Pet>(&[
        (
            r#"{"kind":"cat","lives":9}"#,
            r#"Cat(Cat { kind: "cat", lives: 9 })"#,
        ),
        (
            r#"{"kind":2,"friend":"Tom"}"#,
            r#"Dog(Dog { kind: Number(Number(2)), friend: Some(Name("Tom")) })"#,
        ),
        (
            r#"{"kind":true}"#,
            "Dog(Dog { kind: Boolean(true), friend: None })",
        ),
        // No member, another value, one that does not fit, another kind of JSON.
        ("{}", "Unknown(Object({}))"),
        (
            r#"{"kind":"fish"}"#,
            r#"Unknown(Object({"kind": Text("fish")}))"#,
        ),
        (
            r#"{"kind":"cat","lives":"9"}"#,
            r#"Unknown(Object({"kind": Text("cat"), "lives": Text("9")}))"#,
        ),
        ("[]", "Unknown(Array([]))"),
        (r#"{"kind":{}}"#, r#"Unknown(Object({"kind": Object({})}))"#),
    ]);
}

#[test]
fn the_tag_may_stand_anywhere() {
    let pet: Pet = json::from_str(r#" { "lives": 9, "x": [{"kind": 1}], "kind" : "c\u0061t" } "#)
        .expect("it is JSON");
    assert!(matches!(pet, Pet::Cat(Cat { lives: 9, .. })), "{pet:?}");
    assert!(json::from_str::<Pet>(r#"{"kind": "cat""#).is_err());
}

#[test]
fn members_tell_objects_apart() {
    check::<Value>(&[
        (
            r#"{"value":"a"}"#,
            r#"Text(Text { value: "a", next: None })"#,
        ),
        // The first does not fit.
        (r#"{"value":1}"#, "Whole(Whole { value: 1, next: None })"),
        // Fewest members are left over.
        (r#"{"value":1,"to":2}"#, "Range(Range { value: 1, to: 2 })"),
        (r#"{"other":true}"#, r#"Any({"other": true})"#),
        (
            r#"{"other":1}"#,
            r#"Unknown(Object({"other": Number(Number(1))}))"#,
        ),
        (
            r#"[{"value":"a"}]"#,
            r#"List([Text(Text { value: "a", next: None })])"#,
        ),
        ("1", "Unknown(Number(Number(1)))"),
    ]);
}

#[test]
fn tries_are_bounded() {
    // At each level the first variant is tried, and reads all levels below, before the last member refuses.
    let depth = 150;
    let text = r#"{"next":"#.repeat(depth) + "{}" + &r#","value":1}"#.repeat(depth);
    let value: Value = json::from_str(&text).expect("it is JSON");
    assert_eq!(json::to_string(&value).len(), text.len());
}

#[test]
fn tuples_are_arrays() {
    check::<(i32, String)>(&[(r#"[-7,"a"]"#, r#"(-7, "a")"#)]);
    check::<(u32, Option<bool>)>(&[("[7,true]", "(7, Some(true))")]);
    check::<(u32,)>(&[("[4294967295]", "(4294967295,)")]);
    let errors = [
        ("[1]", "expected 2 elements, found fewer"),
        ("{}", "expected an array, found an object"),
        (
            r#"[3000000000, ""]"#,
            "expected a whole number of 32 bits, found another number",
        ),
    ];
    for (text, message) in errors {
        let error = json::from_str::<(i32, String)>(text).unwrap_err();
        assert_eq!(error.message(), message, "{text}");
    }
    assert_eq!(
        json::from_str(r#"[1, "a", {}]"#).ok(),
        Some((1_i32, "a".to_owned())),
        "what is beyond is skipped"
    );
}

#[test]
fn bytes_stay_as_they_are_written() {
    check::<Vec<Base64>>(&[(
        r#"["aGk=","aGk","not base64"]"#,
        r#"[Base64("aGk="), Base64("aGk"), Base64("not base64")]"#,
    )]);
    let bytes = |text: &str| Base64::from_text(text).bytes();
    assert_eq!(bytes("aGk="), Some(b"hi".to_vec()));
    assert_eq!(bytes("aGk"), Some(b"hi".to_vec()));
    assert_eq!(bytes("not base64"), None);
}
