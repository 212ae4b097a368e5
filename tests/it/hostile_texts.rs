//! Every hostile text in every place of a document: nothing of it becomes code, leaves the folder or reaches a terminal.

use std::path::{Component, Path};

use letterpress::change::diff::{self, Client};
use letterpress::document::report::rules::Severity;
use letterpress::plan::pins::Pins;
use letterpress::proof::explain;
use letterpress::{Config, Input, Output, Report, Source, generate, plan, understand};
use serde_json::{Value, json};

use crate::fixtures::is_expected;

/// What stands for the text in the documents.
const HERE: &str = "HERE";

/// Texts that would do harm if one layer took them for more than a text.
pub(crate) const TEXTS: &[&str] = &[
    "a\nb",
    "a\rb",
    "a\r\nb",
    "a\u{b}b",
    "a\u{c}b",
    "a\u{85}b",
    "a\u{2028}b",
    "a\u{2029}b",
    "\0",
    "\u{7}",
    "\u{8}\u{8}\u{8}",
    "\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{7f}",
    "\u{90}x\u{9c}",
    "\u{202e}evil",
    "\u{2066}a\u{2069}",
    "\u{200f}",
    "\u{200b}zero",
    "\u{feff}bom",
    "\u{61c}",
    "e\u{301}\u{301}\u{301}",
    "*/ fn pwned() {} /*",
    "//! x",
    "/// x",
    "#![feature(x)]",
    "#[doc = \"x\"]",
    "\"#; panic!(); r#\"",
    "\"; panic!(); \"",
    "'",
    "\"",
    "\\",
    "\\\"",
    "\\u{0}",
    "{}",
    "{0}",
    "{{",
    "}}",
    "{{a}}",
    "{{{{a}}}}",
    "${a}",
    "$(touch x)",
    "`touch x`",
    "!!",
    "%n%s",
    "```\nfn main() { panic!() }\n```",
    "    let indented = code();",
    "~~~rust\nx\n~~~",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "@someone #1 org/repo#2",
    "<!-- x -->",
    "</details>",
    "| a | b |",
    "../../etc/passwd",
    "..",
    ".",
    "/etc/passwd",
    "C:\\x",
    "CON",
    "nul.rs",
    "a/b",
    "~",
    "-rf",
    "--out=x",
    ".git",
    ".cargo",
    "core",
    "std",
    "alloc",
    "self",
    "Self",
    "super",
    "crate",
    "fn",
    "type",
    "r#type",
    "String",
    "Vec",
    "Option",
    "Result",
    "Request",
    "Options",
    "Response",
    "Failure",
    "rt",
    "runtime",
    "types",
    "letterpress_client",
    "saved_responses",
    "mod",
    "lib",
    "main",
    "build",
    "r",
    "_",
    "__",
    "0",
    "9a",
    "[dependencies]\nx = 1",
    "\"\"\"",
    "'''",
    "x = \"1\"",
    "# x",
    "cargo::rustc-link-arg=x",
    "\u{1f980}",
    "\u{130}",
    "\u{df}",
    "\u{fb01}",
    "\u{3a9}",
    "日本語",
    "null",
    "true",
    "1e999",
    "-0",
    "Infinity",
    "data:text/html,x",
    "javascript:x",
    "file:///etc/passwd",
    "http://user:pw@evil.example/",
    "https://",
];

/// Requests that hold the text in one place each.
const REQUESTS: &[&str] = &[
    r#"{"name": "HERE", "request": "https://a.example"}"#,
    r#"{"name": "folder", "item": [{"name": "HERE", "description": "HERE", "item": [{"name": "a", "request": "https://a.example"}]}]}"#,
    r#"{"name": "id", "id": "HERE", "request": "https://a.example"}"#,
    r#"{"name": "url", "request": "HERE"}"#,
    r#"{"name": "host", "request": {"url": {"host": ["HERE"], "path": ["a"]}}}"#,
    r#"{"name": "segment", "request": {"url": {"host": ["a.example"], "path": ["HERE", "x"]}}}"#,
    r#"{"name": "path variable", "request": {"url": {"host": ["a.example"], "path": [":HERE"], "variable": [{"key": "HERE", "value": "HERE", "description": "HERE"}]}}}"#,
    r#"{"name": "query", "request": {"url": {"host": ["a.example"], "query": [{"key": "HERE", "value": "HERE", "description": "HERE"}]}}}"#,
    r#"{"name": "method", "request": {"method": "HERE", "url": "https://a.example"}}"#,
    r#"{"name": "description", "request": {"url": "https://a.example", "description": "HERE"}}"#,
    r#"{"name": "typed description", "request": {"url": "https://a.example", "description": {"content": "HERE", "type": "text/html"}}}"#,
    r#"{"name": "header", "request": {"url": "https://a.example", "header": [{"key": "HERE", "value": "1"}]}}"#,
    r#"{"name": "header value", "request": {"url": "https://a.example", "header": [{"key": "X-A", "value": "HERE", "description": "HERE"}]}}"#,
    r#"{"name": "content type", "request": {"method": "POST", "url": "https://a.example", "header": [{"key": "Content-Type", "value": "HERE"}], "body": {"mode": "raw", "raw": "x"}}}"#,
    r#"{"name": "raw", "request": {"method": "POST", "url": "https://a.example", "body": {"mode": "raw", "raw": "HERE"}}}"#,
    r#"{"name": "language", "request": {"method": "POST", "url": "https://a.example", "body": {"mode": "raw", "raw": "{}", "options": {"raw": {"language": "HERE"}}}}}"#,
    r#"{"name": "urlencoded", "request": {"method": "POST", "url": "https://a.example", "body": {"mode": "urlencoded", "urlencoded": [{"key": "HERE", "value": "HERE", "description": "HERE"}]}}}"#,
    r#"{"name": "multipart", "request": {"method": "POST", "url": "https://a.example", "body": {"mode": "formdata", "formdata": [{"key": "HERE", "value": "HERE", "contentType": "HERE"}, {"key": "f", "type": "file", "src": "HERE"}]}}}"#,
    r#"{"name": "file", "request": {"method": "POST", "url": "https://a.example", "body": {"mode": "file", "file": {"src": "HERE"}}}}"#,
    r#"{"name": "graphql", "request": {"method": "POST", "url": "https://a.example", "body": {"mode": "graphql", "graphql": {"query": "HERE", "operationName": "HERE", "variables": {"HERE": "HERE"}}}}}"#,
    r#"{"name": "mode", "request": {"method": "POST", "url": "https://a.example", "body": {"mode": "HERE", "HERE": "HERE"}}}"#,
    r#"{"name": "saved", "request": "https://a.example", "response": [{"name": "HERE", "code": 200, "status": "HERE", "header": [{"key": "HERE", "value": "HERE"}, {"key": "Content-Type", "value": "HERE"}], "body": "HERE"}]}"#,
    r#"{"name": "auth", "request": {"url": "https://a.example", "auth": {"type": "HERE", "HERE": [{"key": "HERE", "value": "HERE"}]}}}"#,
    r#"{"name": "apikey", "request": {"url": "https://a.example", "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "HERE"}, {"key": "value", "value": "HERE"}, {"key": "in", "value": "HERE"}]}}}"#,
    r#"{"name": "prefix", "request": {"url": "https://a.example", "auth": {"type": "jwt", "jwt": [{"key": "headerPrefix", "value": "HERE"}, {"key": "queryParamKey", "value": "HERE"}, {"key": "payload", "value": "HERE"}]}}}"#,
    r#"{"name": "aws", "request": {"url": "https://a.example", "auth": {"type": "awsv4", "awsv4": [{"key": "service", "value": "HERE"}, {"key": "region", "value": "HERE"}, {"key": "accessKey", "value": "HERE"}]}}}"#,
    r#"{"name": "oauth1", "request": {"url": "https://a.example", "auth": {"type": "oauth1", "oauth1": [{"key": "realm", "value": "HERE"}, {"key": "version", "value": "HERE"}, {"key": "signatureMethod", "value": "HERE"}]}}}"#,
    r#"{"name": "behavior", "protocolProfileBehavior": {"HERE": "HERE"}, "request": "https://a.example"}"#,
];

/// Operations that hold the text in one place each, and what they refer to.
const OPENAPI: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "HERE", "version": "HERE", "description": "HERE"},
  "servers": [{"url": "https://a.example", "description": "HERE", "name": "HERE"}],
  "tags": [{"name": "HERE", "description": "HERE"}],
  "paths": {
    "/id": {"get": {"operationId": "HERE", "responses": {}}},
    "/tag": {"get": {"tags": ["HERE"], "summary": "HERE", "description": "HERE", "responses": {}}},
    "/HERE": {"get": {"responses": {}}},
    "/docs": {"get": {"externalDocs": {"url": "HERE", "description": "HERE"}, "responses": {}}},
    "/{a}": {"get": {"operationId": "parameters", "parameters": [
      {"name": "a", "in": "path", "required": true, "schema": {"type": "string", "default": "HERE", "example": "HERE"}},
      {"name": "HERE", "in": "query", "description": "HERE", "schema": {"enum": ["HERE", "b"]}},
      {"name": "HERE", "in": "cookie", "schema": {"type": "object", "properties": {"HERE": {"type": "string"}}}}
    ], "responses": {}}},
    "/body": {"post": {"operationId": "body", "requestBody": {"description": "HERE", "content": {
      "application/json": {"schema": {"$ref": "#/components/schemas/A"}, "example": {"HERE": "HERE"}},
      "HERE": {"schema": {"type": "string"}},
      "multipart/form-data": {"schema": {"type": "object", "properties": {"HERE": {"type": "string"}}}, "encoding": {"HERE": {"contentType": "HERE"}}}
    }}, "responses": {
      "200": {"description": "HERE", "headers": {"X-A": {"description": "HERE", "schema": {"type": "string"}}}, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/B"}}}},
      "HERE": {"description": "x"}
    }}},
    "/secure": {"get": {"operationId": "secure", "security": [{"HERE": ["HERE"]}, {"key": []}], "responses": {}}}
  },
  "components": {
    "schemas": {
      "A": {"title": "HERE", "description": "HERE", "type": "object", "required": ["HERE"], "properties": {"HERE": {"description": "HERE", "pattern": "HERE", "default": "HERE"}}},
      "B": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"title": "HERE", "type": "object", "required": ["k"], "properties": {"k": {"const": "HERE"}}}]},
      "HERE": {"type": "object", "discriminator": {"propertyName": "HERE", "mapping": {"HERE": "#/components/schemas/A"}}, "properties": {"HERE": {"enum": ["HERE", 1]}}},
      "C": {"$ref": "#/components/schemas/HERE"}
    },
    "securitySchemes": {
      "HERE": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "HERE", "scopes": {"HERE": "HERE"}}}},
      "key": {"type": "apiKey", "in": "header", "name": "HERE"}
    }
  }
}"##;

/// The text instead of the mark, in values and in names of members.
fn filled(value: &Value, text: &str) -> Value {
    let put = |own: &str| own.replace(HERE, text);
    match value {
        Value::String(own) => Value::String(put(own)),
        Value::Array(elements) => elements.iter().map(|one| filled(one, text)).collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, one)| (put(name), filled(one, text)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

fn collection(text: &str) -> Input {
    let items: Vec<Value> = REQUESTS
        .iter()
        .map(|one| serde_json::from_str(one).expect(one))
        .collect();
    let document = json!({
        "info": {"name": HERE, "description": HERE},
        "variable": [{"key": HERE, "value": HERE, "description": HERE}],
        "auth": {"type": "basic", "basic": [{"key": "username", "value": HERE}]},
        "item": items,
    });
    let values = json!({"name": HERE, "values": [{"key": HERE, "value": HERE, "enabled": true}]});
    let mut input = input(text, &document);
    for (list, name) in [
        (&mut input.environments, "env"),
        (&mut input.globals, "globals"),
    ] {
        let values = filled(&values, text).to_string();
        list.push(Source::new(format!("{text}.{name}.json"), values));
    }
    input
}

fn openapi(text: &str) -> Input {
    input(text, &serde_json::from_str(OPENAPI).expect("JSON"))
}

/// A document whose file has the text as its name.
fn input(text: &str, document: &Value) -> Input {
    Input::collection(Source::new(
        format!("{text}.json"),
        filled(document, text).to_string(),
    ))
}

/// The first character that must reach neither a file nor a terminal: a control, a mark of direction, a line break that
/// is no line feed.
fn harmful(text: &str) -> Option<char> {
    let is_harmful = |c: &char| {
        let is_direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c.is_control() && *c != '\n' || is_direction || matches!(c, '\u{2028}' | '\u{2029}')
    };
    text.chars().find(is_harmful)
}

/// What is wrong with a client.
pub(crate) fn faults(output: &Output) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in output.files.iter() {
        if path.starts_with("src/runtime/") {
            continue;
        }
        let mut parts = Path::new(path).components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) || path.contains('\\') {
            faults.push(format!("{path:?} leaves the folder"));
        }
        if let Some(c) = harmful(text) {
            faults.push(format!("{path}: {c:?}"));
        }
        let ending = Path::new(path)
            .extension()
            .and_then(|ending| ending.to_str());
        if ending == Some("rs") {
            match syn::parse_file(text) {
                Ok(file) if file.items.iter().all(is_expected) => {}
                Ok(_) => faults.push(format!("{path}: a strange item")),
                Err(error) => faults.push(format!("{path}: {error}")),
            }
            faults.extend(doctests(text).map(|fence| format!("{path}: a doctest: {fence}")));
        }
        if ending == Some("toml") && toml::from_str::<toml::Table>(text).is_err() {
            faults.push(format!("{path} is no TOML"));
        }
    }
    faults
}

/// The fences in documentation that rustdoc would run. A fence ends with one of the same kind that is as long.
fn doctests(text: &str) -> impl Iterator<Item = &str> {
    let mut open: Option<(char, usize)> = None;
    text.lines().filter_map(move |line| {
        let docs = line.trim_start();
        let docs = docs
            .strip_prefix("//!")
            .or_else(|| docs.strip_prefix("///"))?;
        let docs = docs.trim_start();
        let kind = docs.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = docs.chars().take_while(|c| *c == kind).count();
        let info = docs[length..].trim();
        match open {
            _ if length < 3 => None,
            Some((own, least)) if own == kind && length >= least && info.is_empty() => {
                open = None;
                None
            }
            Some(_) => None,
            None => {
                open = Some((kind, length));
                let inert = ["no_run", "text", "json", "http", "sh"];
                (!inert.iter().any(|word| info.starts_with(word))).then_some(line)
            }
        }
    })
}

/// Everything that is shown of a document: diagnostics, explanations, what it changes for users of an older one.
fn shown(input: &Input, older: &Input, config: &Config) -> Vec<(&'static str, String)> {
    let mut report = Report::default();
    let [(old_api, old_plan), (api, plan)] = [older, input].map(|input| {
        let api = understand(&mut report, input, config);
        let plan = plan::plan(&mut report, &api, config, &Pins::default());
        (api, plan)
    });
    let client = |input, api, plan| Client {
        sources: Input::sources(input),
        api,
        plan,
        config,
    };
    let (old, new) = (
        client(older, &old_api, &old_plan),
        client(input, &api, &plan),
    );
    let diff = diff::compare(&old, &new);
    let mut report = Report::default();
    understand(&mut report, input, config);
    let sources = input.sources();
    let found = explain::explain(&mut report, &sources, &api, config, &Pins::default(), None);
    let found = found.map(|found| explain::render(&found));
    vec![
        (
            "diagnostics",
            report.render(&sources, Severity::Note, false),
        ),
        ("explain", found.unwrap_or_default()),
        (
            "explain --untyped",
            explain::render_untyped(&explain::untyped(&api, &sources)),
        ),
        ("diff", diff::text(&diff)),
        ("diff as Markdown", diff::markdown(&diff)),
    ]
}

#[test]
fn no_text_is_more_than_a_text() {
    let config = Config::new("clients");
    let mut faults_of_all = Vec::new();
    for text in TEXTS {
        for (kind, input, older) in [
            ("collection", collection(text), collection("x")),
            ("OpenAPI", openapi(text), openapi("x")),
        ] {
            let output = generate(&input, &config);
            let mut found = faults(&output);
            let again = generate(&input, &config);
            if !output.files.iter().eq(again.files.iter()) {
                found.push("a second run gives something else".to_owned());
            }
            for (name, shown) in shown(&input, &older, &config) {
                found.extend(harmful(&shown).map(|c| format!("{name}: {c:?}")));
            }
            faults_of_all.extend(
                found
                    .iter()
                    .map(|fault| format!("{kind} with {text:?}: {fault}")),
            );
        }
    }
    assert!(
        faults_of_all.is_empty(),
        "{} faults\n{}",
        faults_of_all.len(),
        faults_of_all.join("\n")
    );
}
