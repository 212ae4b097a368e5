//! JSON values: what is read, what is refused and where, what is written.

use letterpress_client::json::{self, DEPTH, Json, Map, Nullable, Number};
use letterpress_client::{Body, Form, Id, Multipart};

fn parse(text: &str) -> Json {
    json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn values_keep_their_text() {
    for text in [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1e400",
        "-1.50e-07",
        "123456789012345678901234567890.123456789012345678901234567890",
        r#""""#,
        r#""a\"b\\c\n\r\t\b\f\u0001""#,
        r#""äöü😀\u007f""#.replace("\\u007f", "\u{7f}").as_str(),
        "[]",
        "{}",
        r#"{"b":1,"a":{"d":[],"c":[[1],{}]}}"#,
    ] {
        assert_eq!(parse(text).to_string(), text);
        assert_eq!(parse(&format!("\u{feff} \t{text}\r\n ")).to_string(), text);
    }
}

#[test]
fn escapes_are_read() {
    let table = [
        (r#""\u00e4\/\ud83d\ude00""#, "ä/😀"),
        (r#""\uD83D\uDE00\u0000""#, "😀\0"),
        (r#""\"\\\b\f\n\r\t""#, "\"\\\u{8}\u{c}\n\r\t"),
        (r#""12345678\n""#, "12345678\n"),
        (r#""1234567\n""#, "1234567\n"),
    ];
    for (text, expected) in table {
        assert_eq!(json::from_str::<String>(text).unwrap(), expected);
    }
}

#[test]
fn the_last_of_equal_members_counts() {
    let value = parse(r#"{"a": 1, "b": 2, "a": 3}"#);
    assert_eq!(value.to_string(), r#"{"a":3,"b":2}"#);
    let map: Map<i64> = json::from_str(r#"{"a": 1, "b": 2, "\u0061": 3}"#).unwrap();
    assert_eq!(map.iter().collect::<Vec<_>>(), [("a", &3), ("b", &2)]);
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    let table = [
        ("", 1, 1, "expected a value, found the end"),
        ("[1, 2", 1, 6, "expected `,` or `]`"),
        (
            "[1,\n  ]",
            2,
            3,
            "expected a value, found something that is no JSON",
        ),
        ("{\"ä\": 1,}", 1, 9, "expected the name of a member"),
        ("{a: 1}", 1, 2, "expected the name of a member"),
        ("{\"a\" 1}", 1, 6, "expected `:`"),
        ("{\"a\": 1 \"b\"", 1, 9, "expected `,` or `}`"),
        ("1 2", 1, 3, "expected the end"),
        ("nul", 1, 1, "expected `true`, `false` or `null`"),
        ("\"abc", 1, 5, "the string has no end"),
        ("\"a\tb\"", 1, 3, "a control character in a string"),
        (r#""\x""#, 1, 2, "no such escape"),
        (r#""\u12g4""#, 1, 2, "expected four hexadecimal digits"),
        (r#""\u+123""#, 1, 2, "expected four hexadecimal digits"),
        (r#""\ud800""#, 1, 2, "half a pair of surrogates"),
        (r#""\udc00\ud800""#, 1, 2, "half a pair of surrogates"),
        (r#""\ud800\u0041""#, 1, 2, "half a pair of surrogates"),
        ("-", 1, 1, "the number is not complete"),
        ("1.", 1, 1, "the number is not complete"),
        ("1e+", 1, 1, "the number is not complete"),
        ("01", 1, 2, "expected the end"),
        (
            "+1",
            1,
            1,
            "expected a value, found something that is no JSON",
        ),
        (
            "NaN",
            1,
            1,
            "expected a value, found something that is no JSON",
        ),
        (
            "'a'",
            1,
            1,
            "expected a value, found something that is no JSON",
        ),
    ];
    for (text, line, column, message) in table {
        let error = json::from_str::<Json>(text).unwrap_err();
        assert_eq!(error.message(), message, "{text}");
        assert_eq!((error.line(), error.column()), (line, column), "{text}");
    }
    let error = json::from_slice::<Json>(b"[\"\xff\"]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the text is not UTF-8 (line 1, column 3)"
    );
}

#[test]
fn what_does_not_fit_is_refused_with_its_path() {
    let table = [
        (
            r#"{"a": [{"b/c": ["x", 1]}]}"#,
            "/a/0/b~1c/1",
            "expected a string, found a number",
        ),
        (
            r#"{"a": [{}, {"~": 1}]}"#,
            "/a/1/~0",
            "expected an array, found a number",
        ),
        (
            r#"{"a": [true]}"#,
            "/a/0",
            "expected an object, found a boolean",
        ),
        (r#"{"a": "x"}"#, "/a", "expected an array, found a string"),
        ("[]", "", "expected an object, found an array"),
    ];
    for (text, path, message) in table {
        let error = json::from_str::<Map<Vec<Map<Vec<String>>>>>(text).unwrap_err();
        assert_eq!(
            (error.path().as_str(), error.message()),
            (path, message),
            "{text}"
        );
    }
    let error =
        json::from_str::<Map<Vec<i64>>>("{\n \"a\": [\n  1,\n  \"geheim\"\n ]\n}").unwrap_err();
    let expected = "/a/1: expected a whole number, found a string (line 4, column 3)";
    assert_eq!(error.to_string(), expected);
    assert_eq!(format!("{error:?}"), format!("Error({expected})"));
}

#[test]
fn depth_is_limited() {
    let nested = |open: &str, inner: &str, close: &str, depth: usize| {
        format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deepest = nested(open, "1", close, DEPTH);
        assert_eq!(parse(&deepest).to_string(), deepest);
        let error = json::from_str::<Json>(&nested(open, "1", close, DEPTH + 1)).unwrap_err();
        assert_eq!(error.message(), "more than 200 values inside each other");
        // Without an end, as an attacker would send it.
        assert!(json::from_str::<Json>(&open.repeat(1_000_000)).is_err());
    }
}

#[test]
fn whole_numbers_are_exact() {
    let table = [
        ("0", Some(0)),
        ("-0", Some(0)),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775808", None),
        ("123456789012345678", Some(123_456_789_012_345_678)),
        ("1234567890123456789", Some(1_234_567_890_123_456_789)),
        ("2.0", Some(2)),
        ("2e3", Some(2000)),
        ("2500e-2", Some(25)),
        ("0e999999999999999999999", Some(0)),
        ("1e999999999999999999999", None),
        ("1e-1", None),
        ("2.5", None),
    ];
    for (text, expected) in table {
        assert_eq!(json::from_str::<i64>(text).ok(), expected, "{text}");
        assert_eq!(text.parse::<Number>().unwrap().as_i64(), expected, "{text}");
    }
    assert_eq!(
        json::from_str::<u64>("18446744073709551615").unwrap(),
        u64::MAX
    );
    assert_eq!(json::to_string(&u64::MAX), "18446744073709551615");
    assert!(json::from_str::<u64>("-1").is_err());
    for text in ["01", "-", "1.", "1x", "--1", "00"] {
        assert!(json::from_str::<i64>(text).is_err(), "{text}");
    }
}

#[test]
fn floats_are_the_nearest_and_the_shortest() {
    let table = [
        (1.0, "1"),
        (-0.0, "-0"),
        (0.1, "0.1"),
        (-52.520_008, "-52.520008"),
        (1e15, "1000000000000000"),
        (1e21, "1e+21"),
        (1e16, "1e+16"),
        (0.00001, "0.00001"),
        (5e-324, "5e-324"),
        (1e-7, "1e-7"),
        (f64::MAX, "1.7976931348623157e+308"),
        (f64::NAN, "null"),
        (f64::INFINITY, "null"),
    ];
    for (value, text) in table {
        assert_eq!(json::to_string(&value), text);
    }
    assert!(json::from_str::<f64>("1e999").is_err());
    assert!(json::from_str::<f64>("0.30000000000000004").is_ok_and(|value| value > 0.3));
}

#[test]
fn numbers_are_equal_if_they_mean_the_same() {
    let number = |text: &str| text.parse::<Number>().unwrap();
    for (a, b, equal) in [
        ("1", "1.0", true),
        ("-0", "0", true),
        ("100", "1e2", true),
        ("0.001", "1E-3", true),
        ("10", "1", false),
        ("-1", "1", false),
        (
            "100000000000000000000001",
            "100000000000000000000002",
            false,
        ),
    ] {
        assert_eq!(number(a) == number(b), equal, "{a} {b}");
        assert_eq!(Json::from(number(a)) == Json::from(number(b)), equal);
    }
    for text in ["", "x", " 1", "1 ", "NaN", "inf"] {
        assert!(text.parse::<Number>().is_err(), "{text:?}");
    }
    assert_eq!(Number::default(), Number::from(0_i64));
}

#[test]
fn maps_are_equal_in_any_order() {
    let map = |text: &str| json::from_str::<Map<i64>>(text).unwrap();
    assert_eq!(map(r#"{"a":1,"b":2}"#), map(r#"{"b":2,"a":1}"#));
    assert_ne!(map(r#"{"a":1}"#), map(r#"{"a":1,"b":2}"#));
    assert_ne!(map(r#"{"a":1}"#), map(r#"{"b":1}"#));
    let mut built: Map<i64> = Map::new();
    assert!(built.is_empty());
    assert_eq!(
        (
            built.insert("b", 1),
            built.insert("a", 2),
            built.insert("b", 3)
        ),
        (None, None, Some(1))
    );
    assert_eq!(built.names().collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(built.values().collect::<Vec<_>>(), [&3, &2]);
    assert_eq!(json::to_string(&built), r#"{"b":3,"a":2}"#);
    assert_eq!(built.get_mut("a").copied(), Some(2));
    assert_eq!(built.into_iter().count(), 2);
}

#[test]
fn null_and_absent_are_told_apart() {
    let read = |text: &str| json::from_str::<Map<Option<Nullable<i64>>>>(text).unwrap();
    assert_eq!(read(r#"{"a": null}"#).get("a"), Some(&Some(Nullable::Null)));
    assert_eq!(
        read(r#"{"a": 1}"#).get("a"),
        Some(&Some(Nullable::Value(1)))
    );
    assert_eq!(
        json::from_str::<Vec<Option<i64>>>("[null, 1]").unwrap(),
        [None, Some(1)]
    );
    assert_eq!(json::to_string(&vec![None, Some(1_i64)]), "[null,1]");
    assert_eq!(Nullable::from(Some(1)).into_option(), Some(1));
    assert_eq!(Nullable::from(1).as_ref(), Some(&1));
}

#[test]
fn ids_stay_what_they_are() {
    let ids: Vec<Id> = json::from_str(r#"[1, "1", "a/b=="]"#).unwrap();
    assert_eq!(
        ids,
        [Id::from(1), Id::from("1"), Id::from("a/b==".to_owned())]
    );
    assert_eq!(json::to_string(&ids), r#"[1,"1","a/b=="]"#);
    let error = json::from_str::<Vec<Id>>("[true]").unwrap_err();
    assert_eq!(
        error.message(),
        "expected a whole number of 64 bits or a string, found a boolean"
    );
    assert!(json::from_str::<Id>("1.5").is_err());
}

#[test]
fn values_convert() {
    let value = parse(r#"{"list": [1, "x", true, null, 1.5]}"#);
    let at = |index| value.get("list").and_then(|list| list.at(index)).unwrap();
    assert_eq!(at(0).as_i64(), Some(1));
    assert_eq!(at(1).as_str(), Some("x"));
    assert_eq!(at(2).as_bool(), Some(true));
    assert!(at(3).is_null() && at(1).get("x").is_none() && at(0).at(0).is_none());
    assert!(
        at(4)
            .as_number()
            .is_some_and(|number| (number.as_f64() - 1.5).abs() < 1e-9)
    );
    assert_eq!(parse("[1, 2]").to::<Vec<i64>>().unwrap(), [1, 2]);
    assert_eq!(Json::of(&vec![1_i64, 2]).unwrap(), parse("[1, 2]"));
    let built = Json::from(vec![
        true.into(),
        7.into(),
        "x".into(),
        String::from("y").into(),
    ]);
    assert_eq!(built.to_string(), r#"[true,7,"x","y"]"#);
}

#[test]
fn bodies_and_parts_hold_json() {
    let value = vec!["a&b".to_owned()];
    let text = |body: Body| String::from_utf8(body.to_bytes().unwrap().to_vec()).unwrap();
    assert_eq!(text(Body::json(&value)), r#"["a&b"]"#);
    let patch = Body::json_as("application/merge-patch+json", &Map::<Json>::new());
    assert_eq!(
        patch.content_type().unwrap(),
        "application/merge-patch+json"
    );
    assert_eq!(text(patch), "{}");

    let query = text(Body::graphql("{ me }", Some("Me"), None));
    assert_eq!(query, r#"{"query":"{ me }","operationName":"Me"}"#);

    let mut form = Form::new();
    form.json("names", &value);
    assert_eq!(form.as_str(), "names=%5B%22a%26b%22%5D");

    let mut form = Multipart::new();
    form.json("plain", &value);
    form.typed_json("typed", "application/json", &value);
    let text = text(form.into());
    assert!(
        text.contains("name=\"plain\"\r\n\r\n[\"a&b\"]\r\n"),
        "{text}"
    );
    assert!(text.contains("name=\"typed\"\r\nContent-Type: application/json\r\n\r\n[\"a&b\"]\r\n"));
}
