//! Tests of reading folders of format v3.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::document::report::Report;
use crate::input::postman::shape::draft::Api;
use crate::{Input, Source, read};

/// What a folder of these files is read as, and the codes of what is said about it.
fn api(files: &[(&str, &str)]) -> (Api, Vec<&'static str>) {
    let files = files.iter();
    let files = files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let input = Input::collection(Source::of_folder("api/Shop", files));
    let mut report = Report::default();
    let api = read(&mut report, &input, &BTreeMap::new());
    let said = report.diagnostics().iter().map(|said| said.rule.code);
    (api, said.collect())
}

/// The requests, by their folders and names.
fn titles(files: &[(&str, &str)]) -> Vec<String> {
    let (api, _) = api(files);
    api.operations.iter().map(|one| api.title(one)).collect()
}

#[test]
fn files_are_put_in_order() {
    let request = |order: &str| format!("url: https://a.example/x\n{order}");
    let first = request("order: 1");
    let second = request("order: '2.5'\nname: b/b");
    let none = request("");
    let files = [
        (
            "Folder/.resources/definition.yaml",
            "name: The folder\norder: 2",
        ),
        ("Folder/c.request.yml", none.as_str()),
        ("z.request.yaml", first.as_str()),
        ("b.request.yaml", second.as_str()),
        ("a.request.yaml", none.as_str()),
        ("Plain/d.request.yaml", none.as_str()),
        (".hidden/e.request.yaml", none.as_str()),
    ];
    let expected = ["z", "The folder / c", "b/b", "Plain / d", "a"];
    assert_eq!(titles(&files), expected);
    let (api, said) = api(&files);
    assert_eq!(
        (api.name.as_str(), said.as_slice()),
        ("Shop", [].as_slice())
    );
}

#[test]
fn the_same_in_its_forms() {
    let shown = |text: &str| {
        let (api, said) = api(&[("a.request.yaml", text)]);
        assert!(said.is_empty(), "{said:?} {text}");
        let operation = &api.operations[0];
        let parameters = operation.query.iter().chain(&operation.headers);
        let inputs: Vec<String> = parameters
            .filter_map(|parameter| parameter.input())
            .map(|input| format!("{}={:?}", input.name, input.examples))
            .collect();
        format!("{} {}", inputs.join(" "), operation.path_template())
    };
    let expected = r#"q=["1"] X-Id=["7"] /x/{id}"#;
    let check = |text: &str| assert_eq!(shown(text), expected, "{text}");
    let id = "headers: {X-Id: {value: 7, description: The id.}}";
    check(&format!("url: https://a.example/x/:id?q=1\n{id}"));
    check(&format!(
        "url: https://a.example/x/:id\nqueryParams: {{q: 1}}\n{id}"
    ));
    check(&format!(
        "url: https://a.example/x/:id?q=1\nqueryParams: {{q: 1}}\n{id}"
    ));
    let id = "headers: [{key: X-Id, value: 7, description: The id.}]";
    let list = "queryParams: [{key: q, value: '1'}]\npathVariables: {id: 5}";
    check(&format!("url: https://a.example/x/:id?q=1\n{list}\n{id}"));
}

#[test]
fn says_what_it_leaves_out() {
    let check = |files: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(api(files).1, expected, "{files:?}");
    };
    let good = ("a.request.yaml", "url: https://a.example/x");
    check(&[good], &[]);
    check(&[good, ("b.request.yaml", "url: {{x}}")], &["not-yaml"]);
    check(
        &[good, ("b.yaml", "$kind: websocket-request\nurl: x")],
        &["request-kind"],
    );
    check(&[good, ("README.md", "- x: {{")], &[]);
    check(
        &[(
            "a.request.yaml",
            "url: https://a.example/x?q=1&r=2\nqueryParams: {r: 2}",
        )],
        &["query-mismatch"],
    );
    check(
        &[(
            "a.request.yaml",
            "url: https://a.example\nauth: [{type: bearer}, {type: basic}]",
        )],
        &["several-auths"],
    );
    check(&[("a.request.yaml", "")], &["no-url"]);
    let deep = format!("{}a.request.yaml", "f/".repeat(5000));
    check(&[good, (&deep, good.1)], &["not-yaml"]);
}

proptest! {
    #[test]
    fn no_text_panics(
        name in "(\\.resources/|a/|\\.\\./|b\\.resources/|examples/|definition|x\\.request|y\\.example|é){0,6}\\.ya?ml",
        text in "(url|name|body|auth|headers|type|content|response|[{}\\[\\],:\"'é\\-1#&*!|>? \n]|: |\n  - ){0,40}",
    ) {
        let files = [(name.as_str(), text.as_str()), ("b.request.yaml", text.as_str()), (".resources/b.resources/examples/c.yaml", text.as_str())];
        let _ = api(&files);
        let input = Input::collection(Source::new("x.request.yaml", text));
        let mut report = Report::default();
        let _ = read(&mut report, &input, &BTreeMap::new());
        let _ = report.render(&input.sources(), crate::document::report::rules::Severity::Note, false);
    }
}
