//! Tests of what the user says: tables of configurations, and what comes out.

use crate::{Config, Input as Documents, Output, Source, generate};

const COLLECTION: &str = r#"{"info": {}, "item": [
    {"name": "Meetings", "item": [
        {"id": "a-1", "name": "Get", "request": "https://a.io/meetings/:meetingId?size=3"},
        {"_postman_id": "a-2", "name": "End", "request": {"method": "POST", "url": "https://a.io/meetings/:meetingId/end"}}
    ]},
    {"name": "List / all", "request": "https://a.io/users"}
]}"#;

/// Requests with bodies and replies.
const BODIES: &str = r#"{"info": {}, "item": [
    {"name": "Create", "request": {"method": "POST", "url": "https://a.io/x", "body": {
        "mode": "raw", "raw": "{\"kind\": \"a\", \"ids\": [{\"id\": 1}], \"names\": {\"x\": 1}, \"a/b\": 1}",
        "options": {"raw": {"language": "json"}}}},
     "response": [
        {"name": "OK", "code": 200, "body": "{\"list\": [{\"id\": 1}]}"},
        {"name": "Gone", "code": 300, "body": "{\"code\": 7}"}
    ]},
    {"name": "Form", "request": {"method": "POST", "url": "https://a.io/f", "body": {
        "mode": "urlencoded", "urlencoded": [
            {"key": "size", "value": "3"},
            {"key": "name", "value": "x", "description": "The name."},
            {"key": "note", "value": "y", "disabled": true},
            {"key": "data", "value": "{\"n\": 1}"},
            {"key": "tag", "value": "a"}, {"key": "tag", "value": "b"}
        ]}}},
    {"name": "Upload", "request": {"method": "POST", "url": "https://a.io/u", "body": {
        "mode": "formdata", "formdata": [{"key": "file", "type": "file", "src": "a.png"}]}}},
    {"name": "Read", "request": "https://a.io/r"},
    {"name": "Write", "request": {"method": "POST", "url": "https://a.io/w", "body": {
        "mode": "raw", "raw": "hello"}}}
]}"#;

fn generated(collection: &str, toml: &str) -> Output {
    let file = format!("inputs = []\nout = 'x'\n{toml}");
    let file =
        crate::input::config::ConfigFile::read(&file, std::path::Path::new(".")).expect("TOML");
    let config = Config {
        overrides: file.overrides(),
        keeps_unknown: file.keep_unknown,
        replies: file.replies,
        ..Config::new("c")
    };
    let source = Source::new("c.json", collection);
    generate(&Documents::collection(source), &config)
}

/// What is reported of the configuration.
fn said(output: &Output) -> Vec<String> {
    let all = output.report.diagnostics().iter();
    let own = all.filter(|d| d.rule.code.starts_with("override"));
    own.map(|diagnostic| diagnostic.label.clone()).collect()
}

/// The modules that come out with a configuration, each with its fields; then what is reported.
fn press(toml: &str) -> String {
    let output = generated(COLLECTION, toml);
    let mut lines = Vec::new();
    let files = output.files.iter();
    for (path, text) in files.filter(|(path, _)| !path.contains("runtime")) {
        if text.contains("impl rt::Endpoint") {
            let path = path.trim_start_matches("src/");
            lines.push(format!("{path} {}", fields(text).join(", ")));
        }
    }
    lines.extend(said(&output));
    lines.join("\n")
}

/// The fields, with the types of the runtime without their path.
fn fields(text: &str) -> Vec<String> {
    let fields = text
        .lines()
        .filter_map(|line| line.strip_prefix("    pub "));
    let plain = |field: &str| field.replace("rt::json::", "").replace("rt::", "");
    fields
        .map(|field| plain(field.trim_end_matches(',')))
        .collect()
}

#[test]
fn the_user_has_the_last_word() {
    let check = |toml: &str, expected: &str| assert_eq!(press(toml), expected, "{toml}");
    let all = "list_all.rs \nmeetings/end.rs meeting_id: String\nmeetings/get.rs meeting_id: String, size: i64";
    check("", all);
    check(
        "include = ['Meetings / *']\nexclude = ['POST *']",
        "meetings/get.rs meeting_id: String, size: i64",
    );
    check("include = ['a-2']", "meetings/end.rs meeting_id: String");
    check(
        "include = ['a-*']\nexclude = ['a-2']\n[[request]]\nmatch = 'a-1'\n\
         inputs.size.type = { one-of = ['1', 'all'] }",
        "meetings/get.rs meeting_id: String, size: Size",
    );
    check(
        "include = ['GET /meetings/{meetingId}']\n[[request]]\nmatch = 'Meetings/*'\nname = 'fetch'\n\
         inputs.meetingId = { type = 'integer', name = 'id' }\ninputs.size = { type = 'string', required = false }",
        "meetings/fetch.rs id: i64, options: Options, size: Option<String>",
    );
    check(
        "exclude = ['Meetngs/*']",
        &format!("{all}\nno request matches `Meetngs/*`; the nearest is `Meetings/End`"),
    );
    check(
        "[[request]]\nmatch = 'Meetings/Get'\ninputs.meeting = { required = true }\ninputs.meetingId = { required = false }",
        &format!(
            "{all}\na part of the path cannot be left out\n`Meetings/Get` has no input `meeting`; the nearest is `meetingId`"
        ),
    );
    check(
        "[[request]]\nmatch = 'Meetings/Get'\ninputs.size.type = 'map'",
        &format!("{all}\n`size` is no JSON"),
    );
}

/// The fields in one request's module with some lines of configuration; then what is reported.
fn module(request: &str, lines: &str) -> Vec<String> {
    let toml = format!("include = ['{request}']\n[[request]]\nmatch = '{request}'\n{lines}");
    let output = generated(BODIES, &toml);
    let path = format!("src/{}.rs", request.to_lowercase());
    let text = output.files.iter().find(|(found, _)| *found == path);
    let text = text.map(|(_, text)| text).unwrap_or_default();
    fields(text).into_iter().chain(said(&output)).collect()
}

/// Checks what some lines change in a module: the fields that are new, and what is reported.
fn check_change(request: &str, lines: &str, expected: &str) {
    let mut before = module(request, "");
    let mut after = module(request, lines);
    after.retain(|field| {
        let known = before.iter().position(|other| other == field);
        known.map(|index| before.remove(index)).is_none()
    });
    assert_eq!(after.join(", "), expected, "{request}: {lines}");
}

#[test]
fn places() {
    let check = |lines: &str, expected: &str| check_change("Create", lines, expected);
    check("", "");
    check(
        "places.'body/kind' = { type = { one-of = ['a', 'b'] }, name = 'sort', required = false }",
        "sort: Option<Kind>",
    );
    check("places.'/body/ids'.type = 'json'", "ids: Json");
    check(
        "places.'body/ids/*/id' = { type = 'number', docs = 'The ID.' }",
        "id: Number",
    );
    check(
        "places.'body/names'.type = 'map'\nplaces.'body/names/*'.type = 'float'",
        "names: Map<f64>",
    );
    check("places.body.type = 'map'", "body: Map<RequestBodyItem>");
    check("places.'body/a~1b'.type = 'boolean'", "a_b: bool");
    check(
        "places.'200/list/*/id' = { type = 'string', required = true }",
        "id: String",
    );
    check("places.'error/code'.type = 'json'", "code: Option<Json>");
    check("places.'300/code'.type = 'json'", "code: Option<Json>");
}

#[test]
fn places_that_are_not_there() {
    let check = |lines: &str, expected: &str| check_change("Create", lines, expected);
    check(
        "places.'body/knd'.type = 'json'",
        "`Create` has no place `body/knd`; the nearest is `body/kind`",
    );
    check(
        "places.'404/code'.type = 'json'",
        "`Create` has no place `404/code`; the nearest is `300/code`",
    );
    check(
        "places.'body/ids/*'.name = 'x'",
        "`body/ids/*` is no member: it has no name, and is not left out",
    );
}

#[test]
fn bodies() {
    let check = check_change;
    check("Form", "body = 'json'", "body: RequestBody");
    check(
        "Form",
        "body = 'json'\ninputs.size.type = 'string'\nplaces.'body/tag/*'.type = 'json'",
        "body: RequestBody, size: String, tag: Vec<Json>",
    );
    check("Form", "inputs.data.type = 'string'", "data: String");
    check("Form", "places.'data/n'.type = 'float'", "n: f64");
    check("Form", "body = 'text'", "a form is no text; it can be JSON");
    check("Form", "body = 'none'", "");
    check("Upload", "body = 'json'", "a file is no JSON");
    check("Write", "body = 'json'", "body: Json");
    check("Create", "body = 'text'", "body: String");
    check("Read", "body = 'json'", "body: Json");
    check("Read", "body = 'text'", "body: String");
    assert_eq!(module("Form", "body = 'none'"), [""; 0]);
}

#[test]
fn statuses() {
    let check = |lines: &str, expected: &str| check_change("Create", lines, expected);
    check(
        "status.300 = 400\nplaces.'400/code'.type = 'string'",
        "code: Option<String>",
    );
    check(
        "status.300 = 400\nplaces.'300/code'.type = 'string'",
        "`Create` has no place `300/code`; the nearest is `400/code`",
    );
    check(
        "status.301 = 400",
        "`Create` has no saved reply of status `301`; the nearest is `300`",
    );
    check("status.300 = 1000", "1000 is no status code");
}

#[test]
fn unknown_members_can_be_kept() {
    let output = generated(BODIES, "keep-unknown = true\ninclude = ['Create']");
    let text = output
        .files
        .iter()
        .find(|(path, _)| *path == "src/create.rs");
    let text = text.map(|(_, text)| text).unwrap_or_default();
    assert_eq!(text.matches("    pub extra: rt::json::Extra,").count(), 6);
    assert_eq!(text.matches("..extra").count(), 6);
}

#[test]
fn mistakes_are_shown_at_their_place() {
    let check = |line: &str, expected: &str| {
        let file = format!("inputs = []\nout = 'x'\n[[request]]\nmatch = '*'\n{line}");
        let folder = std::path::Path::new(".");
        let error = crate::input::config::ConfigFile::read(&file, folder).expect_err("a mistake");
        assert!(error.to_string().contains(expected), "{error}");
    };
    check("status.3000 = 400", "`3000` is no status code");
    check("body = 'jsn'", "unknown variant `jsn`");
    check("places.body.type = 'text'", "unknown variant `text`");
    check("places.body.requird = true", "unknown field `requird`");
}

#[test]
fn paths_are_pointers() {
    let check = |text: &str, expected: &str| {
        assert_eq!(
            crate::document::place::PlacePath::from(text.to_owned()).to_string(),
            expected
        );
    };
    check("/body/a", "body/a");
    check("body/a~1b/c~0d/*", "body/a~1b/c~0d/*");
    check("200", "200");
}
