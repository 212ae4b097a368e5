//! The tool's own reading of requests: what Postman sends for them.

use std::fmt::Write as _;

use letterpress::document::report::Report;
use letterpress::proof::wire::{self, Line, Part};
use letterpress::{Config, Input, Source, understand};

/// Variables that all requests have.
const VARIABLES: &str = r#"[
    {"key": "base", "value": "https://api.example/v1"}, {"key": "host", "value": "Api.Example"},
    {"key": "query", "value": "a&b=c d#e"}, {"key": "path", "value": "x/y?z=1"}, {"key": "inner", "value": "<{{host}}>"},
    {"key": "empty", "value": ""}, {"key": "twice", "value": "no"}, {"key": "twice", "value": "yes"}
]"#;

/// The lines of a collection with these items.
fn lines(items: &str, auth: &str) -> Vec<Line> {
    let text = format!(
        r#"{{"info": {{"name": "x"}}, "variable": {VARIABLES}, "auth": {auth}, "item": [{items}]}}"#
    );
    let input = Input::collection(Source::new("own.json", text));
    let config = Config::new("own-client");
    wire::own(&understand(&mut Report::default(), &input, &config))
}

/// A request on lines: method and URL, header fields, body or parts.
fn show(line: &Line) -> String {
    if let Some(reason) = &line.error {
        return format!("refused: {reason}");
    }
    let mut text = format!("{} {}", line.method, line.url);
    for (name, value) in &line.headers {
        write!(text, "\n{name}: {value}").unwrap();
    }
    let part = |part: &Part| {
        let texts = [&part.name, &part.filename, &part.content_type, &part.text];
        let texts = texts.map(|text| text.as_deref().unwrap_or("-"));
        format!("\n| {}", texts.join(" | "))
    };
    match (&line.body, &line.multipart) {
        (_, Some(parts)) => text.extend(parts.iter().map(part)),
        (Some(body), _) => write!(text, "\n\n{body}").unwrap(),
        (None, None) => {}
    }
    text
}

fn check(request: &str, expected: &str) {
    let item = format!(r#"{{"name": "x", "request": {request}}}"#);
    let lines = lines(&item, "null");
    let shown: Vec<String> = lines.iter().map(show).collect();
    assert_eq!(shown, [expected], "{request}");
}

#[test]
fn urls_are_taken_apart_after_their_values_are_in() {
    let url = |url: &str, expected: &str| {
        check(&format!(r#"{{"url": {url}}}"#), &format!("GET {expected}"));
    };
    url(
        r#""{{base}}/a b/:id.json?q={{query}}""#,
        "https://api.example/v1/a%20b/id.json?q=a&b=c%20d",
    );
    url(r#""{{host}}:80""#, "http://api.example:80/");
    url(
        r#""https://{{host}}/{{path}}/{{open}}?{{open}}='é'""#,
        "https://api.example/x/y?z=1/{{open}}?{{open}}=%27%C3%A9%27",
    );
    url(
        r#""{{base}}/a/../b/./c//d/?""#,
        "https://api.example/v1/a/../b/./c//d/?",
    );
    url(
        r#""{{base}}/{{open}}/{{inner}}/{{twice}}/{{$guid}}/{{ twice }}""#,
        "https://api.example/v1/%7B%7Bopen%7D%7D/%3CApi.Example%3E/yes/$guid/%7B%7B%20twice%20%7D%7D",
    );
    url(
        r#"{"host": ["{{base}}"], "path": [":a", {"value": "b"}, "x:c", ":d", ":e.json"],
            "variable": [{"key": "a", "value": "no"}, {"key": "a", "value": "x?y#z"}, {"id": "d", "value": 7}, {"key": "e", "value": "e%2Fe", "disabled": true}]}"#,
        "https://api.example/v1/x?y",
    );
    url(
        r#"{"protocol": "HTTPS", "host": "a.b", "port": "81", "path": "/c", "query": [
            {"key": "a", "value": "1&2#3=4"}, {"key": "b&=", "value": null}, {"key": "c", "value": ""}, {"key": "d", "value": 5},
            {"key": "e", "value": "no", "disabled": true}, {"key": "a", "value": "%20 {{query}}"}, {"key": "", "value": "f"}, {}]}"#,
        "https://a.b:81/c?a=1%262%233=4&b%26%3D&c=&d&a=%20%20a&b=c%20d",
    );
    url(
        r#"{"host": "a.b", "query": [{"key": "a", "value": "1", "disabled": true}]}"#,
        "http://a.b/",
    );
}

#[test]
fn requests_without_a_place_to_go_are_refused() {
    check(
        r#"{"url": ""}"#,
        "refused: The request has no URL, or one without a host; Postman refuses it too (a URL without a host)",
    );
    check(
        r#"{"url": {"raw": "https://a.example/x"}}"#,
        "refused: The request has no URL",
    );
    check(
        r#"{"url": "wss://a.example/x"}"#,
        "refused: The URL has a scheme other than http and https (`wss://a.example`)",
    );
}

#[test]
fn headers_are_those_of_an_object() {
    let headers = |headers: &str, expected: &str| {
        check(
            &format!(r#"{{"url": "http://a.b", "header": {headers}}}"#),
            &format!("GET http://a.b/{expected}"),
        );
    };
    headers(
        r#"[{"key": "A", "value": "1"}, {"key": "B", "value": " {{host}} "}, {"key": "A", "value": "2"}, {"key": "7", "value": ""}, {"key": "C", "value": "3", "disabled": true}]"#,
        "\n7: \nA: 1\nA: 2\nB:  Api.Example ",
    );
    headers(
        r#"[{"key": "X-A", "value": "1"}, {"key": "x-a", "value": "2"}]"#,
        "\nx-a: 2",
    );
    headers(r#""A: 1\nB: 2""#, "\nA: 1\nB: 2");
}

#[test]
fn bodies_come_with_their_media_types() {
    let body = |body: &str, expected: &str| {
        check(
            &format!(r#"{{"method": "POST", "url": "http://a.b", "body": {body}}}"#),
            &format!("POST http://a.b/{expected}"),
        );
    };
    body(r#"{"mode": "raw", "raw": ""}"#, "");
    body(
        r#"{"mode": "raw", "raw": "{\"a\": 1} // {{host}}"}"#,
        "\nContent-Type: text/plain\n\n{\"a\": 1} // Api.Example",
    );
    body(
        r#"{"mode": "raw", "raw": "{\"a\": \"//\"} // {{host}}\n", "options": {"raw": {"language": "json"}}}"#,
        "\nContent-Type: application/json\n\n{\"a\": \"//\"} \n",
    );
    body(
        r#"{"mode": "urlencoded", "urlencoded": [{"key": "b", "value": "a b!'%20"}, {"key": "2", "value": null}, {"key": "b", "value": "{{query}}"}, {"key": "1", "value": "é"}]}"#,
        "\nContent-Type: application/x-www-form-urlencoded\n\n1=%C3%A9&2=&b=a%20b%21%27%2520&b=a%26b%3Dc%20d%23e",
    );
    body(
        r#"{"mode": "formdata", "formdata": [{"key": "a", "value": "aute "}, {"key": "n", "value": 0}, {"key": "o", "value": {"x": [1]}, "contentType": "application/json"},
            {"key": "f", "type": "file", "src": ["/C:/x/a.png", "/tmp/b"]}, {"key": "g", "type": "file", "src": null}, {"key": "h", "type": "file", "value": "aGk="}]}"#,
        "\nContent-Type: multipart/form-data; boundary=--------------------------000000000000000000000000\
        \n| a | - | - | aute \n| n | - | - | \n| o | - | application/json | {\"x\":[1]}\
        \n| f | a.png | image/png | file:a.png\n| f | b | application/octet-stream | file:b\n| g |  | - | \n| h |  | - | hi",
    );
    body(
        r#"{"mode": "graphql", "graphql": {"query": "{a(b: \"{{inner}}\")}", "operationName": "", "variables": "{\"a\": {{open}}}"}}"#,
        "\nContent-Type: application/json\n\n{\"query\":\"{a(b: \\\"<Api.Example>\\\")}\",\"variables\":{\"a\": {{open}}}}",
    );
    body(
        r#"{"mode": "file", "file": {"src": "/a/{{host}}.json"}}"#,
        "\nContent-Type: application/json\n\nfile:Api.Example.json",
    );
    body(r#"{"mode": "file", "file": {"content": "aGk="}}"#, "\n\nhi");
    body(r#"{"mode": "raw", "raw": "a", "disabled": true}"#, "");
}

#[test]
fn own_media_types_and_methods_change_bodies() {
    let own = |media_type: &str, body: &str, expected: &str| {
        let header = format!(r#"[{{"key": "content-type", "value": "{media_type}"}}]"#);
        check(
            &format!(
                r#"{{"method": "PUT", "url": "http://a.b", "header": {header}, "body": {body}}}"#
            ),
            &format!("PUT http://a.b/{expected}"),
        );
    };
    let json = r#"{"mode": "raw", "raw": "{/* a */}", "options": {"raw": {"language": "xml"}}}"#;
    own("a/b", json, "\ncontent-type: a/b\n\n{/* a */}");
    own(
        "application/hal+json",
        r#"{"mode": "raw", "raw": "{/* a */}"}"#,
        "\ncontent-type: application/hal+json\n\n{}",
    );
    own(
        "a/b",
        r#"{"mode": "urlencoded", "urlencoded": "a=1&b"}"#,
        "\nContent-Type: application/x-www-form-urlencoded\n\na=1&b=",
    );
    own("a/b", r#"{"mode": "none"}"#, "\ncontent-type: a/b");
    let raw = r#""body": {"mode": "raw", "raw": "a"}"#;
    check(
        &format!(r#"{{"url": "http://a.b", {raw}}}"#),
        "GET http://a.b/",
    );
    check(
        &format!(
            r#"{{"url": "http://a.b", "protocolProfileBehavior": {{"disableBodyPruning": true, "disabledSystemHeaders": {{"content-type": true}}}}, {raw}}}"#
        ),
        "GET http://a.b/\n\na",
    );
}

#[test]
fn requests_are_signed_as_their_block_says() {
    let auth = |auth: &str, request: &str, expected: &str| {
        let lines = lines(&format!(r#"{{"name": "x", "request": {request}}}"#), auth);
        assert_eq!(
            lines.iter().map(show).collect::<Vec<_>>(),
            [format!("GET http://a.b/{expected}")],
            "{auth}"
        );
    };
    let own = r#"{"url": "http://a.b?a=1&k=2", "header": [{"key": "authorization", "value": "mine"}, {"key": "x_key", "value": "old"}]}"#;
    let basic = r#"{"type": "basic", "basic": [{"key": "username", "value": "é"}]}"#;
    auth(
        basic,
        own,
        "?a=1&k=2\nx_key: old\nAuthorization: Basic w6k6",
    );
    auth(
        r#"{"type": "bearer"}"#,
        own,
        "?a=1&k=2\nauthorization: mine\nx_key: old",
    );
    let bearer = r#"{"type": "bearer", "bearer": {"token": " {{open}}"}}"#;
    auth(
        bearer,
        r#""http://a.b""#,
        "\nAuthorization: Bearer  {{open}}",
    );
    let key = |place: &str| {
        format!(
            r#"{{"type": "apikey", "apikey": [{{"key": "key", "value": "k"}}, {{"key": "value", "value": "b&c"}}, {{"key": "in", "value": "{place}"}}]}}"#
        )
    };
    auth(
        &key("query"),
        own,
        "?a=1&k=b%26c\nauthorization: mine\nx_key: old",
    );
    auth(
        &key("header").replace(r#""k""#, r#""X-Key""#),
        own,
        "?a=1&k=2\nauthorization: mine\nX-Key: b&c",
    );
    let token = r#"{"type": "oauth2", "oauth2": [{"key": "accessToken", "value": "t"}, {"key": "headerPrefix", "value": ""}]}"#;
    auth(token, r#""http://a.b""#, "\nAuthorization: t");
    let none = r#"{"url": "http://me:pw@a.b", "auth": {"type": "noauth"}}"#;
    auth(bearer, none, "\nAuthorization: Basic bWU6cHc=");
}

#[test]
fn lines_stand_in_the_order_of_the_document() {
    let items: Vec<String> = (0..11)
        .map(|n| {
            format!(
                r#"{{"name": "{n}", "request": {{"method": "GET", "url": "{}"}}}}"#,
                if n == 3 { "" } else { "a.b" }
            )
        })
        .collect();
    let items = format!(
        r#"{{"name": "f", "item": [{}]}}, {{"name": "last", "request": "a.b"}}"#,
        items.join(",")
    );
    let ids: Vec<String> = lines(&items, "null")
        .into_iter()
        .map(|line| format!("{} {}", line.id, line.folder.join("/")))
        .collect();
    let inner = (0..11).map(|n| format!("0/{n} f"));
    assert_eq!(ids, inner.chain(["1 ".to_owned()]).collect::<Vec<_>>());
}
