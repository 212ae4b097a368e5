//! Tests of the conversion, on trees and on whole clients.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::document::source::Source;
use crate::{Config, Input, generate};

/// The tree that comes of a document, as compact JSON.
fn converted(text: &str) -> Option<String> {
    let root = json::read(text).expect("JSON");
    let mut report = Report::default();
    read(&mut report, 0, text, &root).map(|tree| tree.to_string())
}

#[test]
fn knows_v1_by_its_members() {
    let check = |text: &str, expected: bool| {
        assert_eq!(converted(text).is_some(), expected, "{text}");
    };
    check(r#"{"requests": []}"#, true);
    check(r#"{"folders": [], "order": []}"#, true);
    check(r#"{"folders": [], "requests": 7}"#, false);
    check(r#"{"url": "a.example", "headers": ""}"#, true);
    check(r#"{"url": "a.example", "dataMode": null}"#, true);
    check(r#"{"url": "a.example", "name": "x"}"#, false);
    check(
        r#"{"url": "a.example", "method": "GET", "header": []}"#,
        false,
    );
    check(r#"{"info": {}, "item": [], "requests": []}"#, false);
    check(r#"{"request": {"url": "a.example"}, "headers": ""}"#, false);
    check("[]", false);
}

/// What becomes of a member of a request.
fn part(request: &str, name: &str) -> Option<serde_json::Value> {
    let text = format!(r#"{{"url": "", "headerData": [], {request}}}"#);
    let root = json::read(&text).expect("JSON");
    let mut report = Report::default();
    let tree = read(&mut report, 0, &text, &root).expect("v1");
    let part = tree.get("request")?.get(name)?;
    // Of equal names the last one counts, here as in the readers.
    serde_json::from_str(&part.to_string()).ok()
}

fn check_part(name: &str, request: &str, expected: &str) {
    let expected = serde_json::from_str(expected).ok();
    assert_eq!(part(request, name), expected, "{request}");
}

#[test]
fn bodies_follow_the_mode_or_the_data() {
    let check = |request: &str, expected: &str| check_part("body", request, expected);
    check(r#""dataMode": null, "rawModeData": "x""#, "");
    check(r#""data": [], "rawModeData": """#, "");
    check(r#""rawModeData": "x""#, r#"{"mode": "raw", "raw": "x"}"#);
    check(
        r#""rawModeData": ["x"], "data": []"#,
        r#"{"mode": "raw", "raw": "x"}"#,
    );
    check(
        r#""dataMode": "raw", "data": "x""#,
        r#"{"mode": "raw", "raw": "x"}"#,
    );
    check(r#""dataMode": "raw""#, r#"{"mode": "raw"}"#);
    check(
        r#""data": [{"key": "a", "enabled": false}, {"value": "b"}]"#,
        r#"{"mode": "formdata", "formdata": [{"key": "a", "enabled": false, "disabled": true}]}"#,
    );
    check(
        r#""dataMode": "urlencoded", "rawModeData": [{"key": ""}], "dataDisabled": true"#,
        r#"{"mode": "urlencoded", "urlencoded": [{"key": ""}], "disabled": true}"#,
    );
    check(
        r#""dataMode": "params", "data": [{"key": "f", "type": "file", "value": ["a", "b"]}]"#,
        r#"{"mode": "formdata",
            "formdata": [{"key": "f", "type": "file", "value": null, "src": ["a", "b"]}]}"#,
    );
    check(
        r#""dataMode": "binary", "rawModeData": "a.png", "dataOptions": {"binary": {}}"#,
        r#"{"mode": "file", "options": {"file": {}}, "file": {"src": "a.png"}}"#,
    );
    check(
        r#""graphqlModeData": {"query": "{a}"}"#,
        r#"{"mode": "graphql", "graphql": {"query": "{a}"}}"#,
    );
}

#[test]
fn headers_are_a_list_or_lines() {
    let check = |request: &str, expected: &str| check_part("header", request, expected);
    check(
        r#""headers": "A: b:c\nD:\n//E: f\n G: h\nno field""#,
        r#"[
        {"key": "A", "value": "b:c"}, {"key": "D", "value": ""},
        {"key": "E", "value": "f", "disabled": true}]"#,
    );
    check(
        r#""headers": "A: b\r\n c""#,
        r#"[{"key": "A", "value": "b c"}]"#,
    );
    check(r#""headers": [{"key": "A"}]"#, r#"[{"key": "A"}]"#);
    check(r#""headers": """#, "[]");
}

#[test]
fn queries_and_path_variables_stand_beside_the_url() {
    let check = |request: &str, expected: &str| check_part("url", request, expected);
    check(
        r#""url": "https://a.example/b?c=d""#,
        r#""https://a.example/b?c=d""#,
    );
    check(
        r#""url": "https://u:p@a.example:8/:b?c=d", "pathVariables": {"b": "1"}"#,
        r#"{"protocol": "https", "auth": {"user": "u", "password": "p"}, "host": "a.example:8", "path": "/:b",
            "query": "c=d", "variable": [{"key": "b", "value": "1"}]}"#,
    );
    check(
        r#""url": "{{a}}/b?c=d", "queryParams": [{"key": "e", "value": "", "equals": false}]"#,
        r#"{"protocol": "", "host": "{{a}}", "path": "/b", "variable": [],
            "query": [{"key": "e", "value": null, "equals": false}]}"#,
    );
}

#[test]
fn helpers_become_auth_blocks() {
    let check = |request: &str, expected: &str| check_part("auth", request, expected);
    check(r#""currentHelper": "normal""#, "");
    check(r#""currentHelper": null, "auth": null"#, "");
    check(r#""currentHelper": "basicAuth""#, r#"{"type": "basic"}"#);
    check(
        r#""currentHelper": "basicAuth", "helperAttributes": "x""#,
        "",
    );
    check(
        r#""currentHelper": "hawkAuth", "helperAttributes": "{\"hawk_id\": \"a\", \"user\": \"b\"}""#,
        r#"{"type": "hawk", "hawk": {"authId": "a", "user": "b"}}"#,
    );
    check(
        r#""currentHelper": "oAuth1", "helperAttributes": {"header": true, "auto": false}"#,
        r#"{"type": "oauth1", "oauth1": {"addParamsToHeader": true, "autoAddParam": false}}"#,
    );
    check(
        r#""currentHelper": "basicAuth", "auth": {"type": "bearer"}"#,
        r#"{"type": "bearer"}"#,
    );
}

/// What stands in a string has its own place, and so has what stands in a string in there.
#[test]
fn places_are_found_through_strings() {
    let text = r#"{"url": "a.example", "method": "POST", "headers": "",
        "rawModeData": "{\"a\": 1}", "responses": [{"responseCode": {"code": 200},
        "request": "{\"rawModeData\": \"{\\\"é\\\": [\\\"ü\\\", 12]}\"}"}]}"#;
    let input = Input::collection(Source::new("x.json", text));
    let api = crate::read(&mut Report::default(), &input, &BTreeMap::new());
    let crate::api::Body::Json(body) = &api.operations[0].body else {
        panic!("no JSON");
    };
    let object = body
        .schema
        .json
        .as_ref()
        .and_then(|shape| shape.object.as_deref());
    let member = &object.expect("an object").members["é"];
    let number = member
        .shape
        .list
        .as_deref()
        .and_then(|list| list.element.number.as_deref());
    let place = number
        .and_then(|number| number.sights.first())
        .expect("a number")
        .at;
    assert_eq!(&text[place.span.range()], "12");
}

#[test]
fn requests_stand_where_orders_name_them() {
    let check = |orders: &str, expected: &[&str]| {
        let requests = r#"[{"id": 1, "url": "1"}, {"id": 2, "url": "2"}]"#;
        let tree = converted(&format!(r#"{{"requests": {requests}, {orders}}}"#)).expect("v1");
        let urls = tree.split(r#""url":""#).skip(1);
        let urls: Vec<&str> = urls.filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(urls, expected, "{orders}");
    };
    check(r#""order": [2, 1]"#, &["2", "1"]);
    check(r#""order": [2, 3, 2]"#, &["2"]);
    check(r#""order": []"#, &["1", "2"]);
    check(
        r#""folders": [{"id": 1, "order": [2, 2]}], "order": [2]"#,
        &["2", "2", "2"],
    );
    check(
        r#""folders": [{"id": 1, "order": [1]}], "folders_order": [], "order": [2]"#,
        &["2"],
    );
}

/// Folders that ids nest deeper than any document may.
#[test]
fn depth_has_a_limit() {
    let folders = (0..5_000).map(|n| {
        let next = n + 1;
        format!(r#"{{"id": {n}, "name": "f", "order": [{n}], "folders_order": [{next}]}}"#)
    });
    let requests = (0..5_000).map(|n| format!(r#"{{"id": {n}, "url": "https://a.example/{n}"}}"#));
    let text = format!(
        r#"{{"folders_order": [0], "folders": [{}], "requests": [{}]}}"#,
        folders.collect::<Vec<_>>().join(","),
        requests.collect::<Vec<_>>().join(",")
    );
    let converted = converted(&text).expect("v1");
    assert_eq!(converted.matches("\"url\"").count(), 5_000);
    let mut depth = 0_usize;
    let deepest = converted.bytes().map(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        depth
    });
    assert!(deepest.max() <= Some(2 * DEEPEST + 10));
}

/// It is found in each form of a URL.
#[test]
fn passwords_in_urls_are_reported() {
    let check = |url: &str, expected: usize| {
        let text = format!(r#"[{{"request": {{"url": {url}}}}}]"#);
        let report = press(&text);
        assert_eq!(report.diagnostics().len(), expected, "{url}");
    };
    check(r#""https://a:b@c.example""#, 1);
    check(
        r#"{"protocol": "https", "auth": {"user": "a", "password": "b"}, "host": "c.example"}"#,
        1,
    );
    check(
        r#"{"protocol": "https", "auth": {"user": "a", "password": "{{b}}"}, "host": "c.example"}"#,
        0,
    );
    let old = r#"{"url": "https://a:b@c.example/:d", "pathVariables": {"d": "1"}}"#;
    assert_eq!(press(old).diagnostics().len(), 1);
}

/// A request that is named over and over cannot blow the tree up.
#[test]
fn repeats_have_a_limit() {
    let order = vec![r#""a""#; 2_000].join(",");
    let long = "x".repeat(3_000);
    let text = format!(
        r#"{{"folders": [{{"id": "f", "order": [{order}]}}],
            "requests": [{{"id": "a", "url": "https://a.example/{long}"}}]}}"#
    );
    let converted = converted(&text).expect("v1");
    assert!((2..=5).contains(&converted.matches("\"url\"").count()));
}

/// A document with everything that the reader knows.
const DOCUMENT: &str = r#"{
  "name": "a", "description": "b", "order": ["1"], "folders_order": ["x", 7],
  "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}]},
  "variables": [{"id": "base", "value": "https://a.example/é"}],
  "folders": [
    {"id": "x", "name": "c", "order": ["2"], "folders_order": ["y"],
     "currentHelper": "basicAuth", "helperAttributes": "{\"username\": \"d\"}"},
    {"id": "y", "order": ["3"], "folders_order": ["x"]}, {"id": 7, "order": ["4"]}
  ],
  "requests": [
    {"id": "1", "name": "e", "method": "GET", "url": "{{base}}/:f/g?h=i#j",
     "queryParams": [{"key": "h", "value": null, "equals": true, "enabled": false}],
     "pathVariableData": [{"key": "f", "value": "k"}], "pathVariables": {"l": "m"},
     "headerData": [{"key": "//X-N", "value": "o"}], "headers": "//X-N: o\nX-Ü: p\r\n q"},
    {"id": "2", "url": "{{base}}", "method": "POST", "dataMode": "raw", "dataOptions": {"raw": {"language": "json"}},
     "rawModeData": ["{\"r\": \"é\\n\", // s\n\"t\": {{u}}}"], "responses_order": ["9"],
     "responses": [
       {"id": "8", "responseCode": {"code": 200, "name": "v"}, "headers": "Content-Type: application/json",
        "text": "{\"w\": [1]}", "request": "{\"dataMode\": \"raw\", \"rawModeData\": \"{\\\"é\\\": \\\"é\\\"}\"}"},
       {"id": "9", "responseCode": {"code": 404}, "text": "é", "requestObject": {"rawModeData": "{"}, "request": "1"}
     ]},
    {"id": "3", "url": "a.example", "method": "PUT", "dataMode": "params", "dataDisabled": false,
     "data": [{"key": "y", "value": "{\"z\": 1}", "type": "text"}, {"key": "f", "value": ["a", "b"], "type": "file"}]},
    {"id": "4", "url": "a.example", "method": "POST",
     "graphqlModeData": {"query": "{a}", "variables": "{\"b\": {{c}}}"}}
  ]
}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_document_makes_it_panic(cuts in prop::collection::vec((0..DOCUMENT.len(), 0..40_usize, "[\\[\\]{}\",:a-z0-9\\\\]{0,3}"), 1..6)) {
        let mut text = DOCUMENT.to_owned();
        for (at, length, new) in cuts {
            let start = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let end = (start + length..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            text.replace_range(start..end, &new);
        }
        press(&text);
    }

    /// Values are swapped for others of the document, so that it stays JSON.
    #[test]
    fn no_tree_makes_it_panic(swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..8)) {
        let mut root: serde_json::Value = serde_json::from_str(DOCUMENT).expect("JSON");
        for (to, from) in swaps {
            let pointers = pointers(&root, "");
            let pick = |index: &prop::sample::Index| &pointers[index.index(pointers.len())];
            let value = root.pointer(pick(&from)).cloned().unwrap_or_default();
            if let Some(place) = root.pointer_mut(pick(&to)) {
                *place = value;
            }
        }
        // A place may have been put into itself, over and over.
        let text: String = root.to_string();
        if text.len() < 200_000 {
            press(&text);
        }
    }
}

/// Generates from a document and shows all that there is to say about it.
fn press(text: &str) -> Report {
    let input = Input::collection(Source::new("x.json", text));
    let report = generate(&input, &Config::new("x")).report;
    let shown = report.render(
        &input.sources(),
        crate::document::report::rules::Severity::Note,
        false,
    );
    let lines = report.to_json(&input.sources());
    assert_eq!(shown.is_empty(), lines.is_empty());
    report
}

fn pointers(value: &serde_json::Value, at: &str) -> Vec<String> {
    let mut all = vec![at.to_owned()];
    match value {
        serde_json::Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                all.extend(pointers(element, &format!("{at}/{index}")));
            }
        }
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                all.extend(pointers(member, &format!("{at}/{name}")));
            }
        }
        _ => {}
    }
    all
}
