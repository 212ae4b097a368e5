//! `letterpress verify`: which documents it takes, and what it says of their clients.

use std::fs;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::desk::{Desk, Run};
use crate::workspace;

/// A request that creates a user, with these replies.
fn create_user(replies: &Value) -> Value {
    let body =
        r#"{"name": "{{name}}", "age": {{age}}, "team": {{team}}, "tags": ["a"]} // as typed"#;
    json!({
        "name": "Create user",
        "request": {
            "method": "POST",
            "url": "https://a.example/users/:id",
            "header": [{"key": "Content-Type", "value": "application/json"}],
            "body": {"mode": "raw", "raw": body},
        },
        "response": replies,
    })
}

fn reply(status: u16, body: &str) -> Value {
    let header = json!([{"key": "Content-Type", "value": "application/json"}]);
    json!({"name": "x", "code": status, "header": header, "body": body})
}

/// A folder of collections and other files, and the versions of dependencies that the workspace has.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::copy(
        workspace::root().join("Cargo.lock"),
        desk.path("Cargo.lock"),
    )
    .unwrap();
    let replies = json!([
        reply(
            201,
            r#"{"id": 9007199254740993, "score": 1.50, "team": null}"#
        ),
        reply(200, r#"[{"id": "<long>", "name": "<string>"}]"#),
        reply(404, r#"{"code": 1, "message": "no such team"}"#),
        reply(400, "not JSON"),
    ]);
    let refused = json!({"name": "No address", "request": {}});
    let users = json!({"info": {"name": "Users"}, "item": [create_user(&replies), refused]});
    desk.write("all/users.json", &users.to_string());
    let values = json!({"values": [{"key": "age", "value": "7", "enabled": true}]});
    desk.write("all/users.env.json", &values.to_string());
    desk.write("all/users.wire.jsonl", "");
    desk.write("all/old/v1.json", r#"{"requests": [], "name": "Old"}"#);
    desk.write("all/notes.md", "");
    desk
}

/// Verifies in the one folder for builds, which outlives the tests: what clients stand on is built once. So one test
/// at a time uses it.
fn verify(desk: &Desk, arguments: &str) -> Run {
    static FOLDER: Mutex<()> = Mutex::new(());
    let _only = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let work = workspace::scratch("verified");
    let work = work.to_str().unwrap();
    assert!(!work.contains(' '), "arguments are split at blanks");
    desk.run(&format!("verify {arguments} --offline --work {work}"))
}

#[test]
fn what_a_collection_shows_is_fed_through_its_client() {
    let desk = desk();
    let run = verify(&desk, "all --format json");
    run.ends(0, &[]);
    let mut summary: Value = serde_json::from_str(&run.out).unwrap();
    let summary = summary.as_object_mut().unwrap();
    let counts = [
        ("collections", 1),
        ("requests", 2),
        ("generated", 1),
        ("skipped", 1),
        ("replies", 3),
        ("decoded", 3),
        ("lossless", 3),
        ("placeholders", 1),
        ("bodies", 1),
        ("bodies_made_up", 1),
        ("bodies_equal", 1),
        ("compile_warnings", 0),
        ("identical", 2),
        ("identical_made_up", 1),
        ("different", 0),
    ];
    for (name, count) in counts {
        assert_eq!(summary[name], count, "{name}");
    }
    // `{{team}}` has no value, so that Postman sends no JSON: a value of its type stands in.
    assert_eq!(summary["deliberate"], json!({}));
    assert_eq!(summary["failures"], json!([]));
    assert_eq!(summary["by_collection"][0]["collection"], "all/users.json");
    let left_out = summary["left_out"].as_array().unwrap();
    let left_out: Vec<&str> = left_out
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert_eq!(left_out, ["all/notes.md", "all/old/v1.json"]);

    // No server can send a body with this status, so that the client keeps nothing of it, and loses nothing.
    let replies = json!([reply(204, r#"{"id": 1}"#), reply(200, "{}")]);
    let empty = json!({"info": {"name": "Empty"}, "item": [create_user(&replies)]});
    desk.write("empty.json", &empty.to_string());
    verify(&desk, "all empty.json").ends(
        0,
        &[
            "all/users.json",
            "2 collections",
            "left out: all/old/v1.json: ",
        ],
    );
}

/// What is committed as `generated-client`: each request is what Postman sends, each saved reply is read.
#[test]
fn the_zoom_collection_is_fed_through_its_client() {
    let desk = desk();
    let collection = workspace::root().join("collections/zoom");
    let run = verify(&desk, &format!("{} --format json", collection.display()));
    run.ends(0, &[]);
    let summary: Value = serde_json::from_str(&run.out).unwrap();
    for (name, count) in [("skipped", 0), ("compile_warnings", 0), ("different", 0)] {
        assert_eq!(summary[name], count, "{name}");
    }
    assert!(summary["replies"].as_u64() >= Some(140), "{}", run.out);
    for (part, whole) in [
        ("decoded", "replies"),
        ("lossless", "replies"),
        ("bodies_equal", "bodies"),
    ] {
        assert_eq!(summary[part], summary[whole], "{part}");
    }
}

#[test]
fn without_a_collection_there_is_nothing_to_verify() {
    let desk = desk();
    verify(&desk, "all/old").ends(1, &["left out: all/old/v1.json", "nothing to verify"]);
    verify(&desk, "all/old/v1.json").ends(1, &["nothing to verify"]);
    verify(&desk, "missing.json").ends(2, &["cannot read missing.json"]);
    verify(&desk, "").ends(2, &["letterpress.toml"]);
}

/// A request with the values that Postman does not encode, and lines of recordings of it.
fn get(id: &str, name: &str, path: &str) -> String {
    format!(
        r#"{{"id": "{id}", "name": "{name}", "method": "GET", "url": "https://a.example{path}", "auth": "bearer"}}"#
    )
}

/// A collection of four requests, and a recording of three.
fn write_ids(desk: &Desk) {
    let item = |name: &str, value: &str| {
        let variable = json!([{"key": "id", "value": value}]);
        let url = json!({"protocol": "https", "host": ["a", "example"], "path": [":id", "x"], "variable": variable});
        json!({"name": name, "request": {"url": url}})
    };
    let items = json!([
        item("plain", "1"),
        item("slash", "1/2"),
        item("other", "3"),
        item("missing", "4")
    ]);
    let collection = json!({"info": {"name": "Ids"}, "item": items});
    desk.write("ids.json", &collection.to_string());
    let lines = [
        get("0", "plain", "/1/x"),
        get("1", "slash", "/1/2/x"),
        get("2", "other", "/2/x"),
    ]
    .join("\n");
    desk.write("recordings/deep/ids.wire.jsonl", &lines);
}

#[test]
fn requests_are_compared_with_recordings() {
    let desk = desk();
    write_ids(&desk);
    let run = verify(&desk, "ids.json --expect recordings --format json");
    run.ends(1, &[]);
    let summary: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(summary["identical"], 1);
    assert_eq!(summary["deliberate"], json!({"path-delimiter": 1}));
    assert_eq!(summary["different"], 2);
    let row = &summary["by_collection"][0];
    assert_eq!(
        (&row["expectation"], &row["identical"]),
        (&json!("recording"), &json!(1))
    );
    let features = &summary["features"];
    let deliberate = json!({"path-delimiter": 1});
    let bearer = json!({
        "requests": 3, "identical": 1, "identical_made_up": 0, "deliberate": deliberate, "different": 1,
        "disputed": 0, "unrecorded": 0,
    });
    assert_eq!(features["auth"]["bearer"], bearer);
    assert_eq!(features["body"]["none"]["requests"], 4);
    assert_eq!(features["variables"][":x in the path"]["requests"], 4);
    let failures = summary["failures"].as_array().unwrap();
    let failures: Vec<String> = failures
        .iter()
        .map(|one| format!("{} {} {}", one["what"], one["request"], one["reason"]))
        .collect();
    let expected = [
        r#""wire" "other" "URL: expected \"/2/x\", sent \"/3/x\"""#,
        r#""wire" "missing" "error: expected \"none\", sent \"a request\"""#,
    ];
    assert_eq!(failures, expected);
}

#[test]
fn what_is_compared_is_said() {
    let desk = desk();
    write_ids(&desk);
    verify(&desk, "ids.json --expect recordings/deep/ids.wire.jsonl").ends(
        1,
        &[
            "requests  replies  decoded  identical  deliberate  different  collection",
            "path-delimiter: `/`, `?`, `#`",
            "ids.json#2: request is not what is expected: URL: expected \"/2/x\", sent \"/3/x\"",
        ],
    );
    // Another collection has no recording here.
    verify(&desk, "all --expect recordings")
        .ends(0, &["1 of 1 compared with the tool's own reading"]);
    desk.write("recordings/broken.wire.jsonl", "{}\n{\"url\": 1}");
    verify(&desk, "ids.json --expect recordings/broken.wire.jsonl")
        .ends(2, &["broken.wire.jsonl:2: no line of a recording"]);
    verify(&desk, "ids.json --expect nowhere").ends(2, &["cannot read nowhere"]);
}
