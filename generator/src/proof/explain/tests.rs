//! Tests of explanations: what is shown of a small collection, and that it is what is generated.

use super::*;
use crate::{Input, generate, understand};

const COLLECTION: &str = r#"{"info": {}, "variable": [{"key": "baseUrl", "value": "https://a.io"}], "item": [
  {"name": "Ships", "item": [
    {"name": "Moor", "request": {"method": "POST", "url": {"raw": "{{baseUrl}}/ships/:shipId?page_size=30&quay=north",
        "host": ["{{baseUrl}}"], "path": ["ships", ":shipId"],
        "query": [{"key": "page_size", "value": "30"}, {"key": "quay", "value": "north", "disabled": true}],
        "variable": [{"key": "shipId", "value": "7", "description": "A long format number."}]},
      "body": {"mode": "raw", "options": {"raw": {"language": "json"}},
        "raw": "{\"name\": \"Tern\",\n \"crew\": [{\"id\": 1}, {\"id\": \"x\"}],\n \"tanks\": {\"1\": 0.5}, \"price\": 3, \"draught\": {{draught}}}"}},
     "response": [
       {"name": "Moored", "code": 200, "body": "{\"berth\": 7, \"since\": null}"},
       {"name": "Known", "code": 204},
       {"name": "Taken", "code": 409, "body": "{\"code\": 12}"}
     ]},
    {"name": "Leave", "request": {"url": "{{baseUrl}}/leave", "header": [{"key": "X-Client", "value": "tern"}]}}
  ]}
]}"#;

fn explained(toml: &str, pattern: Option<&str>) -> Result<Explanation, String> {
    let (input, config) = input(toml);
    let mut report = Report::default();
    let api = understand(&mut report, &input, &config);
    assert!(!report.has_errors());
    explain(
        &mut report,
        &input.sources(),
        &api,
        &config,
        &crate::plan::pins::Pins::default(),
        pattern,
    )
}

fn input(toml: &str) -> (Input, Config) {
    let file = format!("inputs = []\nout = 'x'\n{toml}");
    let file =
        crate::input::config::ConfigFile::read(&file, std::path::Path::new(".")).expect("TOML");
    let config = Config {
        overrides: file.overrides(),
        ..Config::new("c")
    };
    (Input::collection(Source::new("c.json", COLLECTION)), config)
}

const CORRECTED: &str = "[[request]]\nmatch = 'Ships/Moor'\nplaces.'body/crew/*/id'.type = 'json'\n\
    places.'200/berth'.required = true\ninputs.shipId.name = 'ship'\n";

#[test]
fn as_text() {
    let all = explained("", None).expect("all requests");
    insta::assert_snapshot!("text", render(&all));
    let corrected = explained(CORRECTED, Some("POST *")).expect("a request");
    insta::assert_snapshot!("corrected", render(&corrected));
}

#[test]
fn as_json() {
    let all = explained("", Some("Ships / Leave")).expect("a request");
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&all).expect("JSON"));
}

#[test]
fn a_pattern_that_matches_nothing_names_the_nearest() {
    let error = explained("", Some("Ships/Mor")).expect_err("nothing");
    assert_eq!(
        error,
        "no request matches `Ships/Mor`; the nearest is `Ships/Moor`"
    );
}

/// Every field that is explained is one of the module, with that type.
#[test]
fn what_is_explained_is_generated() {
    let (input, config) = input(CORRECTED);
    let output = generate(&input, &config);
    let explanation = explained(CORRECTED, None).expect("all requests");
    for request in &explanation.requests {
        let path = format!("src/{}.rs", request.module.replace("::", "/"));
        let text = output.files.iter().find(|(found, _)| *found == path);
        let (_, text) = text.unwrap_or_else(|| panic!("no {path}"));
        let text = text.replace("rt::json::", "").replace("rt::", "");
        for entry in request.inputs.iter().chain(&request.data) {
            let name = entry.name.trim_start_matches("options.");
            let (Some(ty), true) = (&entry.ty, !name.is_empty() && !name.contains("::")) else {
                continue;
            };
            let field = format!("    pub {name}: {ty},\n");
            assert!(text.contains(&field), "{}: {field}", entry.place);
        }
    }
}

#[test]
fn places_without_a_type_are_listed() {
    let check = |name: &str, text: &str, expected: &str| {
        let input = Input::collection(crate::Source::new(name, text.to_owned()));
        let config = Config::new("clients");
        let api = understand(&mut Report::default(), &input, &config);
        let text = render_untyped(&untyped(&api, &input.sources()));
        assert_eq!(text, expected);
    };
    check(
        "a.yaml",
        "openapi: 3.1.0
info: {title: A, version: '1'}
servers: [{url: https://a.io}]
paths:
  /a:
    post:
      operationId: a
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {b: {}, c: {type: array}}}}}}
      responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/D'}}}}}
components:
  schemas:
    D: {type: object, required: [e], properties: {e: {type: integer}, f: {not: {type: string}}}}
",
        "schema D
  D/f  not at a.yaml:12:74
a / a
  body/b  no keyword that makes a type at a.yaml:8:105
  body/c/*  nothing says what it is at a.yaml:8:112
3 places are any JSON
",
    );
    check(
        "b.json",
        r#"{"info": {}, "item": [{"name": "B", "request": "https://b.io", "response": [{"code": 200, "body": "{\"a\": null, \"b\": 1}"}]}]}"#,
        "B
  200/a  only null at b.json:1:108
1 place is any JSON
",
    );
}
