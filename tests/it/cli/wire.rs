//! `letterpress wire`: what clients send with the values of their collections.

use std::fs;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::desk::{Desk, Run};
use crate::workspace;

/// One run at a time builds in a folder.
static BUILD: Mutex<()> = Mutex::new(());

/// Runs with a folder for the build that outlives the test, so that the next run is quick.
fn wire(desk: &Desk, arguments: &str) -> Run {
    let _one = BUILD.lock();
    let work = workspace::scratch("wired");
    let work = work.to_str().unwrap();
    assert!(!work.contains(' '), "arguments are split at blanks");
    desk.run(&format!("wire {arguments} --offline --work {work}"))
}

/// A folder with the versions of dependencies that the workspace has.
fn desk() -> Desk {
    let desk = Desk::new();
    let lock = workspace::root().join("Cargo.lock");
    fs::copy(lock, desk.path("Cargo.lock")).unwrap();
    desk
}

fn post(name: &str, body: &Value) -> Value {
    let url = format!("{{{{base}}}}/{name}");
    json!({"name": name, "request": {"method": "POST", "url": url, "body": body}})
}

/// A request of every kind.
fn items() -> Value {
    let url = json!({
        "host": "{{base}}",
        "path": [":id", "of", ":id", "v{{version}}"],
        "query": [
            {"key": "a", "value": "1 é"}, {"key": "a", "value": "{{unset}}"}, {"key": "acl", "value": null},
            {"key": "off", "value": "x", "disabled": true}, {"key": "{{version}}", "value": "y"},
        ],
        "variable": [{"key": "id", "value": "x y"}],
    });
    let header = json!([
        {"key": "X-Id", "value": "{{version}}"}, {"key": "X-Off", "value": "1", "disabled": true},
        {"key": "X-Fixed", "value": "two  blanks"}, {"key": "X-Told", "value": "t", "description": "What is told."},
        {"key": "User-Agent", "value": "own"},
    ]);
    let auth = |kind: &str, values: Value| json!({"type": kind, kind: values});
    let basic = auth(
        "basic",
        json!([{"key": "username", "value": "ü"}, {"key": "password", "value": "{{version}}"}]),
    );
    let get = json!({"name": "get", "request": {"url": url, "header": header, "auth": basic}});
    let raw = |text: &str, language: &str| json!({"mode": "raw", "raw": text, "options": {"raw": {"language": language}}});
    let field = |key: &str, value: &str| json!({"key": key, "value": value, "type": "text"});
    let file = |key: &str, src: Value| json!({"key": key, "type": "file", "src": src});
    let typed = json!({"key": "t", "value": "x", "type": "text", "contentType": "text/csv"});
    let placeholder = json!({"url": {"host": "{{base}}", "path": [":id"], "variable": [{"key": "id", "value": "<long>"}]}});
    let json = raw(
        r#"{"n": 1.50, "v": {{version}}, "s": "{{unset}}"} // as typed"#,
        "json",
    );
    json!([
        {"name": "folder", "item": [get, {"name": "no address", "request": {}}]},
        post("json", &json),
        post("text", &raw(" {{version}}\n", "text")),
        post("graphql", &json!({"mode": "graphql", "graphql": {"query": "{a}", "variables": r#"{"v": "{{version}}"}"#}})),
        post("urlencoded", &json!({"mode": "urlencoded", "urlencoded": [field("a b", "1&2"), field("a b", "~")]})),
        post("form", &json!({"mode": "formdata", "formdata": [
            field("x", " 1 "), typed, file("f", json!("/tmp/a.png")), file("none", json!(null)),
        ]})),
        post("files", &json!({"mode": "formdata", "formdata": [file("f", json!(["C:\\x\\é.txt", "b"]))]})),
        post("file", &json!({"mode": "file", "file": {"src": "/x/b.pdf"}})),
        post("nothing", &raw("", "json")),
        {"name": "stand-in", "request": placeholder},
        post("empty", &raw(r#"{"v": {{empty}}}"#, "json")),
        post("broken", &raw(r#"{"v": [1, {{empty}}, 2]}"#, "json")),
    ])
}

/// A line as a test reads it.
fn shown(line: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (id, folder) = (text(&line["id"]), line["folder"].as_array().unwrap());
    let folder: String = folder.iter().map(|name| text(name) + "/").collect();
    let head = format!("{id} {folder}{}", text(&line["name"]));
    if let Some(error) = line["error"].as_str() {
        return format!("{head}: {error}");
    }
    let own = line["headers"].as_array().unwrap().iter();
    let system = line["system_headers"].as_array().unwrap();
    let own = own.filter(|header| !system.contains(header));
    let own = own.map(|header| format!(" [{}: {}]", text(&header[0]), text(&header[1])));
    let own = own.collect::<Vec<_>>().concat();
    let body = match line["multipart"].as_array() {
        Some(parts) => {
            let parts = parts.iter().map(|part| format!(" {part}"));
            parts.collect::<Vec<_>>().concat()
        }
        None => format!(" {}", line["body"]),
    };
    format!(
        "{head}: {} {}{own}{body}",
        text(&line["method"]),
        text(&line["url"])
    )
}

#[test]
fn a_line_says_what_the_client_sends() {
    let desk = desk();
    let variable = json!([{"key": "base", "value": "https://A.example/v2"}, {"key": "version", "value": "7"}, {"key": "empty", "value": ""}]);
    let collection = json!({"info": {"name": "A"}, "variable": variable, "item": items()});
    desk.write("a.json", &collection.to_string());
    let run = wire(&desk, "a.json");
    run.ends(0, &[]);
    assert_eq!(run.err, "");
    let lines = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<Value> = lines.collect();
    let printed: Vec<String> = lines.iter().map(shown).collect();
    insta::assert_snapshot!(printed.join("\n"));

    // What a transport adds is there, and told apart from what the request has.
    let names = |line: &Value, list: &str| {
        let list = line[list].as_array().unwrap().iter();
        let names: Vec<&str> = list.map(|header| header[0].as_str().unwrap()).collect();
        names.join(" ")
    };
    assert_eq!(names(&lines[0], "system_headers"), "accept host");
    assert_eq!(
        names(&lines[3], "system_headers"),
        "user-agent accept host content-length"
    );
    let headers = lines[3]["headers"].as_array().unwrap();
    assert!(
        headers.contains(&json!(["host", "A.example"])),
        "{headers:?}"
    );
    assert!(
        headers.contains(&json!(["content-length", "3"])),
        "{headers:?}"
    );

    // Nothing of a line changes from run to run, not even what separates the parts of a form.
    assert_eq!(wire(&desk, "a.json").out, run.out);
}

#[test]
fn lines_of_several_collections_name_theirs_or_have_files_of_their_own() {
    let desk = desk();
    let one = |url: &str| {
        json!({"info": {"name": "A"}, "item": [{"name": "x", "request": url}]}).to_string()
    };
    desk.write("all/a.json", &one("{{base}}/a"));
    let values = json!({"values": [{"key": "base", "value": "http://e.example", "enabled": true}]});
    desk.write("all/a.env.json", &values.to_string());
    desk.write("all/below/b.json", &one("https://b.example/b"));
    desk.write("all/other.json", "{}");
    let check = |run: &Run, expected: &[&str]| {
        run.ends(0, &["left out: all/other.json"]);
        assert_eq!(run.out.lines().count(), expected.len(), "{}", run.out);
        for (line, expected) in run.out.lines().zip(expected) {
            let line: Value = serde_json::from_str(line).unwrap();
            let (collection, url) = (&line["collection"], &line["url"]);
            assert_eq!(format!("{collection} {url}").replace('"', ""), *expected);
        }
    };
    check(
        &wire(&desk, "all"),
        &[
            "all/a.json http://e.example/a",
            "all/below/b.json https://b.example/b",
        ],
    );
    check(&wire(&desk, "all --out lines"), &[]);
    let line: Value = serde_json::from_str(&desk.text("lines/below/b.wire.jsonl")).unwrap();
    assert_eq!(
        (&line["id"], &line["collection"]),
        (&json!("0"), &Value::Null)
    );
    assert!(
        desk.text("lines/a.wire.jsonl")
            .contains("http://e.example/a")
    );

    desk.write("a.json", &one("https://a.example"));
    wire(&desk, "all a.json --out lines").ends(2, &["two collections", "lines/a.wire.jsonl"]);
    wire(&desk, "all/other.json").ends(1, &["left out: all/other.json", "no request"]);
    wire(&desk, "missing.json").ends(2, &["cannot read missing.json"]);
}
