//! Normal forms: what goes, what stays, and that nothing else changes.

use proptest::prelude::*;
use serde_json::json;

use super::{Ids, without_envelope, without_secrets, write};
use crate::document::json;
use crate::document::report::Report;
use crate::document::source::Source;

fn normal_with(text: &str, ids: Ids) -> Option<String> {
    write(&mut Report::default(), &Source::new("a.json", text), ids)
}

#[track_caller]
fn normal(text: &str) -> String {
    normal_with(text, Ids::Stable).expect("a document")
}

/// What is left of a document, on one line.
#[track_caller]
fn left(text: &str) -> String {
    let normal = normal(text);
    json::read(&normal).expect("JSON").to_string()
}

#[test]
fn what_changes_on_each_export_goes() {
    let check = |text: &str, expected: &str| assert_eq!(left(text), expected, "{text}");
    check(
        r#"{"info": {"_postman_id": "1", "name": "A", "schema": "s", "_exporter_id": "2", "_collection_link": "l",
            "uid": "2-1", "createdAt": "d", "updatedAt": "d", "lastUpdatedBy": "2"}, "item": []}"#,
        r#"{"info":{"name":"A","schema":"s"},"item":[]}"#,
    );
    check(
        r#"{"item": [{"id": "f", "name": "F", "item": [{"id": "r", "uid": "2-r", "_postman_id": "x", "request": "u"}]}]}"#,
        r#"{"item":[{"name":"F","item":[{"id":"r","request":"u"}]}]}"#,
    );
    check(
        r#"{"request": "u", "response": [{"id": "1", "uid": "2-1", "name": "OK", "code": 200, "responseTime": 375,
            "cookie": [{"key": "a"}], "header": [{"key": "Date", "value": "today"}, {"key": "Content-Type", "value": "x"}],
            "originalRequest": {"header": [{"key": "Date", "value": "today"}]}, "body": "{\"id\": 1}"}]}"#,
        r#"{"request":"u","response":[{"name":"OK","code":200,"header":[{"key":"Content-Type","value":"x"}],"originalRequest":{"header":[{"key":"Date","value":"today"}]},"body":"{\"id\": 1}"}]}"#,
    );
    check(
        r#"{"item": [], "event": [{"id": "1", "listen": "test", "script": {"id": "2", "exec": ["a"], "_lastExecutionId": "3"}}]}"#,
        r#"{"item":[],"event":[{"listen":"test","script":{"exec":["a"]}}]}"#,
    );
    check(
        r#"{"item": [], "variable": [{"id": "1", "key": "a", "value": "b"}, {"id": "named", "value": "c"}]}"#,
        r#"{"item":[],"variable":[{"key":"a","value":"b"},{"id":"named","value":"c"}]}"#,
    );
    check(
        r#"{"id": "1", "name": "E", "values": [{"id": "2", "key": "a", "value": "b", "enabled": true}],
            "_postman_variable_scope": "environment", "_postman_exported_at": "d", "_postman_exported_using": "Postman/11"}"#,
        r#"{"name":"E","values":[{"key":"a","value":"b","enabled":true}],"_postman_variable_scope":"environment"}"#,
    );
    check(
        r#"{"id": "1", "timestamp": 5, "owner": 0, "order": ["2"], "requests": [{"id": "2", "time": 7, "synced": false,
            "responses": [{"id": "3", "time": 8}], "responses_order": ["3"], "url": "u"}]}"#,
        r#"{"id":"1","order":["2"],"requests":[{"id":"2","responses":[{"id":"3"}],"responses_order":["3"],"url":"u"}]}"#,
    );
    check(
        r#"{"collection": {"info": {"uid": "1", "name": "A"}, "item": []}}"#,
        r#"{"collection":{"info":{"name":"A"},"item":[]}}"#,
    );
    check(
        r#"{"environment": {"id": "1", "owner": "2", "values": []}}"#,
        r#"{"environment":{"values":[]}}"#,
    );
    // In what people write, such words mean something else.
    let own = r#"{"info":{"name":"A"},"item":[{"request":{"url":{"query":[{"key":"uid","value":"id"}]},"body":{"graphql":{"id":1,"owner":2}}},"protocolProfileBehavior":{"id":1}}]}"#;
    check(own, own);
}

#[test]
fn ids_of_requests_can_go_too() {
    let text = r#"{"item": [{"id": "r", "request": "u"}]}"#;
    let short = normal_with(text, Ids::None).expect("a document");
    assert!(!short.contains("\"id\""), "{short}");
    assert!(normal(text).contains("\"id\""));
}

#[test]
fn the_layout_is_that_of_postman() {
    let text = r#"{"item":[ ],"a":{},"b":[1,{"c":1.50e+2}],"d":"\u00e9\/\n\ud83d\ude00"}"#;
    let expected = "{\n\t\"item\": [],\n\t\"a\": {},\n\t\"b\": [\n\t\t1,\n\t\t{\n\t\t\t\"c\": 1.50e+2\n\t\t}\n\t],\n\t\"d\": \"é/\\n😀\"\n}\n";
    assert_eq!(normal(text), expected);
}

#[test]
fn what_other_readers_lose_stays() {
    let check = |text: &str, expected: &str| {
        let text = format!(r#"{{"item":[],{text}}}"#);
        let normal = normal(&text);
        assert!(normal.contains(expected), "{normal}");
    };
    check(r#""a":1,"a":2"#, "\"a\": 1,\n\t\"a\": 2");
    check("\"a\":\"b\tc\"", r#""a": "b\tc""#);
    check(r#""a":"half \ud83d pair""#, r#""a": "half \ud83d pair""#);
    check(
        r#""\udc00": 1 , "\udc01" :2"#,
        "\"\\udc00\": 1,\n\t\"\\udc01\": 2",
    );
    check(
        r#""a":123456789012345678901234567890.10"#,
        "123456789012345678901234567890.10",
    );
}

#[test]
fn what_is_not_of_postman_is_left_alone() {
    let check = |text: &str, code: &str| {
        let source = Source::new("a.json", text);
        let mut report = Report::default();
        assert_eq!(write(&mut report, &source, Ids::Stable), None, "{text}");
        let codes: Vec<&str> = report
            .diagnostics()
            .iter()
            .map(|one| one.rule.code)
            .collect();
        assert_eq!(codes, [code], "{text}");
    };
    check(r#"{"name": "a", "id": 1}"#, "not-a-collection");
    check(r#"{"values": 1}"#, "not-a-collection");
    check("[1]", "not-a-collection");
    check("[]", "not-a-collection");
    check("\"x\"", "not-a-collection");
    check(r#"{"openapi": "3.0.0", "item": []}"#, "not-a-collection");
    check("{", "not-json");
    check("", "not-json");
}

#[test]
fn the_envelope_goes() {
    let check = |text: &str, expected: &str| assert_eq!(without_envelope(text), expected);
    check(r#"{"collection": {"item": []}}"#, r#"{"item": []}"#);
    check(r#"{"environment": {"values": []} }"#, r#"{"values": []}"#);
    check(r#"{"item": []}"#, r#"{"item": []}"#);
    check("<html>", "<html>");
}

#[test]
fn secrets_are_hidden_where_they_are_values() {
    let check = |text: &str, expected: &str| {
        let (clean, hidden) = without_secrets(text);
        assert_eq!(clean, expected, "{text}");
        assert_eq!(hidden.is_empty(), text == expected, "{text}");
        let (again, more) = without_secrets(&clean);
        assert_eq!((again.as_str(), more.len()), (expected, 0), "{text}");
    };
    let same = |text: &str| check(text, text);
    check(
        r#"[{"key": "X-Api-Key", "value": "a1"}, {"key": "page", "value": "1"}]"#,
        r#"[{"key": "X-Api-Key", "value": "[redacted]"}, {"key": "page", "value": "1"}]"#,
    );
    check(
        r#"{"key": "Authorization", "value": "Bearer a1"}"#,
        r#"{"key": "Authorization", "value": "Bearer [redacted]"}"#,
    );
    same(r#"{"key": "Authorization", "value": "Bearer {{token}}"}"#);
    check(
        r#"{"key": "password", "value": "correct horse"}"#,
        r#"{"key": "password", "value": "[redacted]"}"#,
    );
    check(
        r#"{"auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Mine"}, {"key": "value", "value": "a1"}]}}"#,
        r#"{"auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Mine"}, {"key": "value", "value": "[redacted]"}]}}"#,
    );
    check(
        r#"{"auth": {"type": "apikey", "apikey": {"key": "X-Mine", "value": "a1", "in": "header"}}}"#,
        r#"{"auth": {"type": "apikey", "apikey": {"key": "X-Mine", "value": "[redacted]", "in": "header"}}}"#,
    );
    check(
        r#"{"auth": {"type": "oauth2", "oauth2": [{"key": "addTokenTo", "value": "header"}, {"key": "accessToken", "value": "a1"}]}}"#,
        r#"{"auth": {"type": "oauth2", "oauth2": [{"key": "addTokenTo", "value": "header"}, {"key": "accessToken", "value": "[redacted]"}]}}"#,
    );
    same(
        r#"{"auth": {"oauth1": {"signatureMethod": "HMAC-SHA1", "token": "{{token}}", "consumerSecret": "<secret>"}}}"#,
    );
    check(
        r#"{"url": {"raw": "https://a.example/x?page=1&api_key=a1#f"}}"#,
        r#"{"url": {"raw": "https://a.example/x?page=1&api_key=[redacted]#f"}}"#,
    );
    check(
        r#"{"raw": "{\"password\": \"a1\", \"name\": \"b\"}"}"#,
        r#"{"raw": "{\"password\": \"[redacted]\", \"name\": \"b\"}"}"#,
    );
    check(
        r#"{"headers": "X-Api-Key: a1\nAccept: x\n"}"#,
        r#"{"headers": "X-Api-Key: [redacted]\nAccept: x\n"}"#,
    );
    check(
        r#"{"values": [{"key": "plain", "value": "a1", "type": "secret"}]}"#,
        r#"{"values": [{"key": "plain", "value": "[redacted]", "type": "secret"}]}"#,
    );
    check(
        r#"{"description": "Use ghp_0123456789abcdefghij."}"#,
        r#"{"description": "Use [redacted]"}"#,
    );
    same(r#"{"name": "Create token", "description": "The token is secret: see below"}"#);
    same("no JSON");
}

#[test]
fn what_was_hidden_is_told_by_name_and_line() {
    let (_, hidden) = without_secrets("{\n\"a\": [\n{\"key\": \"token\", \"value\": \"a1\"}]}");
    assert_eq!(hidden.len(), 1);
    assert_eq!((hidden[0].name.as_str(), hidden[0].line), ("token", 3));
}

/// Any JSON, with names that are volatile somewhere.
fn values() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|value| json!(value)),
        any::<i64>().prop_map(|value| json!(value)),
        any::<String>().prop_map(|value| json!(value)),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let name = prop_oneof![
            prop::sample::select(vec![
                "id",
                "uid",
                "key",
                "item",
                "request",
                "response",
                "event",
                "script",
                "header",
                "variable",
                "info",
                "_postman_id",
                "responseTime",
                "values",
                "collection",
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|list| json!(list)),
            prop::collection::btree_map(name, inner, 0..5).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #[test]
    fn a_normal_form_is_that_of_itself(value in values(), is_pretty: bool) {
        let text = json!({"item": value, "own": value});
        let text = if is_pretty { format!("{text:#}") } else { text.to_string() };
        let once = normal(&text);
        prop_assert_eq!(&normal(&once), &once);
        let (clean, _) = without_secrets(&once);
        prop_assert_eq!(&normal(&clean), &clean);
        // What is no part of Postman's is the same value.
        let read: serde_json::Value = serde_json::from_str(&once).expect("JSON");
        prop_assert_eq!(&read["own"], &value);
    }
}
