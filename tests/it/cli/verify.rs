//! `letterpress verify`: which documents it takes, and what it says of their clients.

use std::fs;

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

/// Verifies with a folder for the build that outlives the test, so that the next run is quick.
fn verify(desk: &Desk, arguments: &str) -> Run {
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
    ];
    for (name, count) in counts {
        assert_eq!(summary[name], count, "{name}");
    }
    assert_eq!(summary["failures"], json!([]));
    assert_eq!(summary["by_collection"][0]["collection"], "all/users.json");
    let left_out = summary["left_out"].as_array().unwrap();
    let left_out: Vec<&str> = left_out
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert_eq!(left_out, ["all/notes.md", "all/old/v1.json"]);

    // No server can send a body with this status, so the client keeps nothing of it.
    let replies = json!([reply(204, r#"{"id": 1}"#), reply(200, "{}")]);
    let lossy = json!({"info": {"name": "Lossy"}, "item": [create_user(&replies)]});
    desk.write("lossy.json", &lossy.to_string());
    verify(&desk, "all lossy.json").ends(
        1,
        &[
            "all/users.json",
            "2 collections",
            "lossy.json:1:",
            "reply is not kept: nothing of it is kept",
            "Create user, create_user",
            "left out: all/old/v1.json: ",
        ],
    );
}

#[test]
fn without_a_collection_there_is_nothing_to_verify() {
    let desk = desk();
    verify(&desk, "all/old").ends(1, &["left out: all/old/v1.json", "nothing to verify"]);
    verify(&desk, "all/old/v1.json").ends(1, &["nothing to verify"]);
    verify(&desk, "missing.json").ends(2, &["cannot read missing.json"]);
    verify(&desk, "").ends(2, &["letterpress.toml"]);
}
