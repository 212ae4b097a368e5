//! Bodies that are repaired or read part by part.

use super::*;

#[test]
fn json_that_is_repaired() {
    let check = |expected: &str, actual: &str, code: &str| {
        let line = |body: &str| Line {
            body: Some(body.to_owned()),
            ..Line::default()
        };
        assert_eq!(codes(&line(expected), &line(actual)), code, "{expected}");
    };
    check(r#"{"a": [1, 2,], }"#, r#"{"a":[1,2]}"#, "json-repaired");
    check("{\"a\": 1 // one\n}", r#"{"a":1}"#, "json-repaired");
    check("{\"a\": \"x\ny\"}", r#"{"a":"x\ny"}"#, "json-repaired");
    check(r#"{"a": {{b}}}"#, r#"{"a":1}"#, "different: body");
    check(r#"{"a": 1,}"#, r#"{"a":2}"#, "different: body");
    check(r#"{"a": 1}"#, r#"{"a":2}"#, "different: body");
    check(r#"{"a": 1"#, r#"{"a":1}"#, "different: body");
}

fn part(name: &str, file: Option<&str>, text: &str) -> Part {
    Part {
        name: Some(name.to_owned()),
        filename: file.map(str::to_owned),
        text: Some(text.to_owned()),
        ..Part::default()
    }
}

#[test]
fn parts_that_the_engine_loses() {
    let check = |expected: Vec<Part>, actual: Vec<Part>, code: &str| {
        let line = |parts: Vec<Part>| Line {
            multipart: Some(parts),
            ..Line::default()
        };
        assert_eq!(codes(&line(expected), &line(actual)), code);
    };
    let file = |name: &str, file: &str| part(name, Some(file), &format!("file:{file}"));
    let lost = |name: &str| part(name, Some(""), "");
    let text = || part("t", None, "1");
    check(
        vec![file("a", "1"), file("a", "2"), lost("b"), text(), lost("c")],
        vec![
            file("a", "1"),
            file("a", "2"),
            file("b", "3"),
            text(),
            file("c", "4"),
            file("c", "5"),
        ],
        "file-after-list",
    );
    check(
        vec![file("a", "1"), lost("b"), lost("b")],
        vec![file("a", "1"), file("b", "2"), file("b", "3")],
        "file-after-list",
    );
    check(
        vec![part("a\"b", Some("x\ny"), "1")],
        vec![part("a%22b", Some("x%0Ay"), "1")],
        "part-name",
    );
    check(vec![lost("b")], vec![file("b", "1")], "different: body");
    check(
        vec![file("a", "1"), lost("b")],
        vec![file("a", "1"), file("c", "1")],
        "different: body",
    );
    check(
        vec![file("a", "1"), lost("b"), text()],
        vec![file("a", "1"), file("b", "1")],
        "different: body",
    );
    check(
        vec![part("a\"b", None, "1")],
        vec![part("a%22b", None, "2")],
        "different: body",
    );
    check(vec![text()], vec![text(), text()], "different: body");
}

#[test]
fn parts_whose_text_is_written_anew() {
    let check = |expected: &str, actual: &str, stand_ins: usize, code: &str| {
        let line = |text: &str, stand_ins| Line {
            multipart: Some(vec![part("a", None, text)]),
            stand_ins,
            ..Line::default()
        };
        let codes = codes(&line(expected, 0), &line(actual, stand_ins));
        assert_eq!(codes, code, "{expected}");
    };
    check(r#"{"a": 1, "b": 2}"#, r#"{"b":2,"a":1}"#, 0, "json-part");
    check(r#"{"a": 1}"#, r#"{"a":2}"#, 0, "different: body");
    check("<integer>", "0", 1, "stand-ins");
    check("$randomInt", "0", 1, "stand-ins");
    check("<integer>", "0", 0, "different: body");
    check("<integer>", "x", 1, "different: body");
}
