//! `letterpress fmt`: what it does to files, and what it leaves alone.

use std::fs;

use super::desk::Desk;

const OWN: &str = "{\n\t\"item\": [],\n\t\"name\": \"é\"\n}\n";

#[test]
fn documents_are_brought_into_their_normal_form_once() {
    let desk = Desk::new();
    desk.write("a.json", r#"{"item":[],"uid":"1","name":"é"}"#);
    desk.run("fmt --check a.json").ends(
        1,
        &[
            "not in normal form: a.json",
            "update them with: letterpress fmt a.json",
        ],
    );
    assert!(desk.text("a.json").contains("uid"));
    desk.run("fmt a.json").ends(0, &["formatted: a.json"]);
    assert_eq!(desk.text("a.json"), OWN);
    desk.run("fmt --check a.json")
        .ends(0, &["nothing to do for 1 document"]);
    desk.run("fmt a.json").ends(0, &["nothing to do"]);
}

#[test]
fn what_editors_do_to_lines_and_encodings_is_undone_or_counts_for_nothing() {
    let desk = Desk::new();
    desk.write("lines.json", &OWN.replace('\n', "\r\n"));
    desk.run("fmt --check lines.json")
        .ends(0, &["nothing to do"]);
    let units = OWN.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units).collect();
    fs::write(desk.path("utf16.json"), bytes).unwrap();
    desk.run("fmt --check utf16.json").ends(1, &["utf16.json"]);
    desk.run("fmt utf16.json").ends(0, &["formatted"]);
    assert_eq!(desk.text("utf16.json"), OWN);
}

#[test]
fn a_configuration_says_which_documents() {
    let desk = Desk::new();
    let config = "inputs = ['a.json', 'v3']\nout = 'out'\nenvironment = 'e.json'\n";
    desk.write("api/letterpress.toml", config);
    desk.write("api/a.json", r#"{"item": []}"#);
    desk.write("api/e.json", r#"{"id": "1", "values": []}"#);
    desk.write("api/v3/x.request.yaml", "url: https://a.example\n");
    let words = [
        "formatted: api/a.json",
        "formatted: api/e.json",
        "YAML needs no fmt: api/v3",
    ];
    desk.run("fmt api").ends(0, &words);
    desk.run_in("api", "fmt --check")
        .ends(0, &["nothing to do for 3 documents"]);
}

#[test]
fn what_is_no_document_is_left_alone() {
    let desk = Desk::new();
    let check = |text: &str, code: i32, words: &[&str]| {
        desk.write("x.json", text);
        desk.run("fmt x.json").ends(code, words);
        assert_eq!(desk.text("x.json"), text);
    };
    check(
        r#"{"name": "a", "id": 1}"#,
        1,
        &["not-a-collection", "x.json:1:1"],
    );
    check("{\n1", 1, &["not-json", "x.json:2:1"]);
    check(r#"{"openapi": "3.1.0"}"#, 0, &[]);
    desk.run("fmt none.json")
        .ends(2, &["cannot read none.json"]);
    desk.write("empty/x", "");
    desk.run("fmt empty").ends(2, &["empty is a folder"]);
    desk.run_in("empty", "fmt").ends(2, &["letterpress.toml"]);
}

#[test]
fn ids_of_requests_go_where_that_is_asked_for() {
    let desk = Desk::new();
    desk.write(
        "a.json",
        r#"{"item": [{"id": "mine", "request": "https://a.example"}]}"#,
    );
    desk.run("fmt a.json").ends(0, &[]);
    assert!(desk.text("a.json").contains("mine"));
    desk.run("fmt --check --no-ids a.json")
        .ends(1, &["letterpress fmt --no-ids a.json"]);
    desk.run("fmt --no-ids a.json").ends(0, &[]);
    assert!(!desk.text("a.json").contains("mine"));
}
