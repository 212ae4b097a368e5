//! What is the same, and what is not.

use super::*;

fn line(json: serde_json::Value) -> Line {
    serde_json::from_value(json).expect("a line")
}

/// Compares two lines and tells the parts that differ.
fn fields(a: serde_json::Value, b: serde_json::Value) -> String {
    let found = differences(&line(a), &line(b));
    let fields: Vec<String> = found.iter().map(|one| one.field.to_string()).collect();
    fields.join(" ")
}

#[test]
fn urls_are_equal_but_for_case_and_default_ports() {
    let check = |a: &str, b: &str, expected: &str| {
        let url = |url: &str| serde_json::json!({"url": url});
        assert_eq!(fields(url(a), url(b)), expected, "{a} {b}");
    };
    check("https://a.example:443/x", "HTTPS://u:p@A.example/x#f", "");
    check("http://a.example", "http://a.example:80/", "");
    check("http://a.example?q", "http://a.example/?q", "");
    check("http://a.example:443/", "http://a.example/", "origin");
    check("https://a.example/", "http://a.example/", "origin");
    check(
        "http://a.example/x?a=1&b",
        "http://a.example/x?b&a=1",
        "URL",
    );
    check("http://a.example/%2F", "http://a.example/%2f", "URL");
    check("/x", "x", "");
    check("1a://b/x", "1a://c/x", "URL");
}

#[test]
fn header_fields_are_a_set_with_repetitions() {
    let check = |a: serde_json::Value, b: serde_json::Value, expected: &str| {
        assert_eq!(fields(a.clone(), b.clone()), expected, "{a} {b}");
    };
    let own = |headers: serde_json::Value| serde_json::json!({"headers": headers});
    check(
        own(serde_json::json!([["A", " 1\t"], ["b", "2"]])),
        own(serde_json::json!([["B", "2"], ["a", "1"]])),
        "",
    );
    check(
        own(serde_json::json!([["A", "1"], ["A", "1"]])),
        own(serde_json::json!([["A", "1"]])),
        "headers",
    );
    check(
        own(serde_json::json!([["A", "x"]])),
        own(serde_json::json!([["A", "X"]])),
        "headers",
    );
    let system = serde_json::json!({
        "headers": [["Accept", "*/*"], ["Host", "a"], ["Content-Type", "text/plain"]],
        "system_headers": [["Accept", "*/*"], ["Host", "a"]],
    });
    // What a client adds by itself does not count, unless the request sets it.
    check(
        system.clone(),
        own(serde_json::json!([
            ["Content-Type", "text/plain"],
            ["User-Agent", "x"],
            ["accept", "a/b"]
        ])),
        "",
    );
    check(
        system.clone(),
        own(serde_json::json!([["Accept", "*/*"]])),
        "headers",
    );
    check(
        own(serde_json::json!([["Accept", "a/b"]])),
        own(serde_json::json!([["Accept", "*/*"]])),
        "headers",
    );
    check(
        own(serde_json::json!([["Accept", "a/b"]])),
        serde_json::json!({"headers": [["accept", "a/b"], ["X", "1"]], "system_headers": [["Accept", "a/b"], ["X", "1"]]}),
        "",
    );
    let signed = |value: &str| serde_json::json!({"headers": [["Authorization", value]], "auth_nondeterministic": true});
    check(
        signed("Bearer a.b.c"),
        own(serde_json::json!([["authorization", "Bearer d.e.f"]])),
        "",
    );
    check(
        signed("Bearer a.b.c"),
        own(serde_json::json!([["authorization", "Basic d"]])),
        "headers",
    );
}

#[test]
fn bodies_are_bytes_json_or_parts() {
    let check = |a: serde_json::Value, b: serde_json::Value, expected: &str| {
        assert_eq!(fields(a.clone(), b.clone()), expected, "{a} {b}");
    };
    let text = |text: &str| serde_json::json!({"body": text});
    check(serde_json::json!({"body": null}), text(""), "");
    check(
        text("YWI="),
        serde_json::json!({"body_base64": "WVdJPQ=="}),
        "",
    );
    check(
        serde_json::json!({"body_base64": "/w=="}),
        serde_json::json!({"body_base64": "/g=="}),
        "body",
    );
    check(
        text(r#"{"a": 1.0, "b": [2]}"#),
        text(r#"{"b":[2],"a":1}"#),
        "",
    );
    check(
        text(r#"{"a": 9007199254740993}"#),
        text(r#"{"a":9007199254740992}"#),
        "",
    );
    check(text(r#"{"a": 1e400}"#), text(r#"{"a": 2e400}"#), "");
    check(text("-0"), text("0"), "body");
    check(text(r#"{"a": 1, "a": 2}"#), text(r#"{"a": 2}"#), "");
    check(text(r#"{"a": [1, 2]}"#), text(r#"{"a": [2, 1]}"#), "body");
    check(text(r#"{"a": 1}"#), text(r#"{"a": "1"}"#), "body");
    check(text(r#"{"a": null}"#), text("{}"), "body");
    check(text("{\"a\": \"\t\"}"), text(r#"{"a": "\t"}"#), "body");
    check(text("{\"a\": 1 }"), text(" {\"a\": 1,}"), "body");
    let form = |text: &str| serde_json::json!({"headers": [["content-type", "application/X-WWW-form-urlencoded"]], "body": text});
    check(form("1"), form("1 "), "body");
    let parts = |boundary: &str, parts: serde_json::Value| {
        serde_json::json!({
            "headers": [["Content-Type", format!("multipart/form-data; boundary={boundary}")]],
            "body": boundary,
            "multipart": parts,
        })
    };
    let one = |text: &str| serde_json::json!([{"name": "a", "filename": null, "text": text}]);
    check(parts("x", one("1")), parts("\"y z\"", one("1")), "");
    check(
        parts("x", one("1")),
        parts("x; charset=a", one("1")),
        "headers",
    );
    check(parts("x", one("1")), parts("x", one("2")), "body");
    check(
        parts("x", one("1")),
        parts("x", serde_json::json!([])),
        "body",
    );
    check(parts("x", one("1")), form("1"), "headers body");
}

#[test]
fn requests_that_are_refused() {
    let refused = |error: &str| serde_json::json!({"error": error, "method": error, "url": null, "name": null});
    assert_eq!(fields(refused("a"), refused("b")), "");
    assert_eq!(fields(refused("a"), serde_json::json!({})), "error");
    assert_eq!(fields(serde_json::json!({}), refused("a")), "error");
}

#[test]
fn what_differs_is_shown_from_where_it_differs() {
    let long = "x".repeat(200);
    let a = line(
        serde_json::json!({"method": "GET", "url": format!("http://a.example/{long}1{long}")}),
    );
    let b = line(serde_json::json!({"method": "PUT", "url": format!("http://a.example/{long}2")}));
    let token = "ghp_0123456789abcdefghij";
    let b = Line {
        headers: vec![
            ("Authorization".to_owned(), "Bearer a".to_owned()),
            ("X-Note".to_owned(), "n".to_owned()),
        ],
        body: Some(token.to_owned()),
        ..b
    };
    let Verdict::Different(found) = compare(&a, &b) else {
        panic!("they differ");
    };
    let found: Vec<(String, String)> = found
        .into_iter()
        .map(|one| (one.expected, one.actual))
        .collect();
    let same = &long[..40];
    let expected = [
        ("GET".to_owned(), "PUT".to_owned()),
        (format!("…{same}1{}…", &long[..79]), format!("…{same}2")),
        (String::new(), "authorization: …, x-note: n".to_owned()),
        (String::new(), "[redacted]".to_owned()),
    ];
    assert_eq!(found, expected);
}
