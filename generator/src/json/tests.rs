//! Tests of the JSON reader.

use super::*;
use proptest::prelude::*;

fn check(text: &str) {
    let ours = read(text).ok().map(|node| node.to_string());
    let theirs = serde_json::from_str::<serde_json::Value>(text)
        .ok()
        .map(|v| v.to_string());
    assert_eq!(ours, theirs, "{text:?}");
}

#[test]
fn agrees_with_serde_json() {
    for text in [
        "",
        " ",
        "null",
        "nul",
        "true",
        "-",
        "01",
        "0.",
        "1e",
        "\"",
        "\"\\x\"",
        "[1,]",
        "[,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "[1 2]",
        "1 2",
        "\"\\u00e9\\ud83d\\ude00\"",
        "\"\\u12g4\"",
        "{\"a\":[{},[],\"\"]}",
        "[\"a\\nb\", -1, {\"x\":{\"y\":null}}]",
        "\"\\u+123\"",
        "'a'",
        "\u{feff}1",
        "é",
        "\"é\"",
    ] {
        check(text);
    }
}

#[test]
fn keeps_places_numbers_and_control_characters() {
    let text = "{\"a\": [10.50, \"x\ty\"]}";
    let node = read(text).expect("valid");
    let [number, string] = node.get("a").expect("a").elements() else {
        panic!()
    };
    assert_eq!(&text[number.span.range()], "10.50");
    assert_eq!(string.as_str(), Some("x\ty"));
}

#[test]
fn refuses_what_is_too_deep() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(read(&deep(300)).map_err(|e| e.offset), Err(MAX_DEPTH));
}

proptest! {
    #[test]
    fn agrees_on_anything(text in "[\\[\\]{}:,\"0-9a-u\\\\. eE+-]{0,24}") {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        // Numbers out of range and halves of surrogate pairs are where we are more lenient.
        if theirs.is_ok() {
            prop_assert!(read(&text).is_ok(), "{}", text);
        } else if read(&text).is_ok() {
            let reason = theirs.map_err(|e| e.to_string()).expect_err("checked");
            prop_assert!(reason.contains("range") || reason.contains("surrogate") || reason.contains("hex"), "{}", reason);
        }
    }
}

#[test]
fn a_place_in_a_string_is_a_place_in_its_document() {
    let check = |literal: &str, inside: &str| {
        let document = format!("  {literal}");
        let node = read(&document).expect("JSON");
        let decoded = node.as_str().expect("a string");
        let start = decoded.find(inside).expect("the text");
        let inner = Inner::new(&document[node.span.range()], node.span.start);
        let span = inner.outer(Span {
            start,
            end: start + inside.len(),
        });
        assert_eq!(&document[span.range()], inside, "{literal}");
    };
    check(r#""abc""#, "b");
    check(r#""a\nbc""#, "bc");
    check(r#""{\"x\": 1}""#, "1");
    check(r#""\u00e9\t\ud83d\ude00 end""#, "end");
    check(r#""\ud83d x é y""#, "y");
    check(r#""é\\z""#, "z");
}
