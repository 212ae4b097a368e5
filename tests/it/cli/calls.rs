//! `wire --inputs` and `verify --expect` with recorded calls of the operations of an OpenAPI document.

use std::fs;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::desk::{Desk, Run};
use crate::workspace;

const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: https://pets.example/v1}]
security: [{key: []}, {login: []}]
paths:
  /pets/{id}:
    put:
      operationId: putPet
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
          multipart/form-data:
            schema:
              type: object
              required: [photo]
              properties: {photo: {type: string, format: binary}, note: {type: string}}
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '204': {description: Nothing.}
        default:
          description: What went wrong.
          content: {application/json: {schema: {type: object, properties: {code: {type: integer, format: uint64}}}}}
    delete:
      operationId: deletePet
      security: []
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
      responses: {'204': {description: Gone.}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: http, scheme: basic}
";

/// A recorded call of `PUT /pets/{id}`, and the request that it is.
fn put(case: &str, inputs: &Value, url: &str, headers: &Value, rest: &Value) -> Value {
    let mut line = json!({
        "id": format!("PUT /pets/{{id}}#{case}"),
        "operation": "PUT /pets/{id}",
        "base_url": "https://pets.example/v1",
        "inputs": inputs,
        "method": "PUT",
        "url": format!("https://pets.example/v1{url}"),
        "headers": headers,
    });
    let members = rest.as_object().unwrap().clone();
    line.as_object_mut().unwrap().extend(members);
    line
}

/// Calls, and what `verify` says of each.
fn calls() -> Vec<(Value, &'static str)> {
    let full = json!({
        "path": {"id": 7}, "query": {"tags": ["a b", "c"]}, "header": {"X-Trace": "t"}, "cookie": {"session": "s"},
        "body": {"name": "Rex", "age": 3}, "media_type": "application/json", "auth": {"key": {"type": "apiKey", "in": "header", "name": "X-Key", "value": "k"}},
    });
    let headers = json!([
        ["X-Trace", "t"],
        ["X-Key", "k"],
        ["Cookie", "session=s"],
        ["Content-Type", "application/json"]
    ]);
    let body = json!({"body": r#"{"age": 3.0, "name": "Rex"}"#});
    let login = json!({"path": {"id": 7}, "body": {"name": "Rex"}, "auth": {"login": {"type": "http", "scheme": "basic", "username": "u", "password": "p"}}});
    let login_headers = json!([
        ["Authorization", "Basic dTpw"],
        ["Content-Type", "application/json"]
    ]);
    let upload = json!({
        "path": {"id": 7},
        "body": {"photo": {"$file": {"filename": "a.png", "content_type": "image/png", "text": "x"}}, "note": "n"},
        "media_type": "multipart/form-data",
    });
    let parts = json!({"multipart": [
        {"name": "note", "text": "n"}, {"name": "photo", "filename": "a.png", "content_type": "image/png", "text": "x"},
    ]});
    let form = json!([["Content-Type", "multipart/form-data"]]);
    let empty =
        json!({"path": {"id": 7}, "body": {}, "media_type": "application/x-www-form-urlencoded"});
    let mut delete = put(
        "full",
        &empty,
        "/pets/7",
        &json!([["Content-Type", "application/x-www-form-urlencoded"]]),
        &json!({"body": ""}),
    );
    delete["id"] = json!("DELETE /pets/{id}#full");
    delete["operation"] = json!("DELETE /pets/{id}");
    delete["method"] = json!("DELETE");
    vec![
        (
            put("full", &full, "/pets/7?tags=a%20b&tags=c", &headers, &body),
            "identical",
        ),
        (
            put(
                "auth",
                &login,
                "/pets/7",
                &login_headers,
                &json!({"body": r#"{"name":"Rex"}"#}),
            ),
            "identical",
        ),
        (
            put(
                "full multipart/form-data",
                &upload,
                "/pets/7",
                &form,
                &parts,
            ),
            "identical",
        ),
        (delete, "identical"),
        (
            put(
                "example.1",
                &full,
                "/pets/7?tags=a%20b&tags=c",
                &headers,
                &json!({"body": r#"{"name": "Rex", "age": 3, "shoe": 4}"#}),
            ),
            "deliberate",
        ),
        (
            put("other", &full, "/pets/8?tags=a%20b&tags=c", &headers, &body),
            "different",
        ),
        (
            put(
                "doubtful",
                &full,
                "/pets/8",
                &headers,
                &json!({"disputed": "neither"}),
            ),
            "disputed",
        ),
        (
            put(
                "faulty",
                &full,
                "",
                &json!([]),
                &json!({"error": "no example"}),
            ),
            "unrecorded",
        ),
    ]
}

/// Replies, and whether they are decoded and lossless.
fn replies() -> Vec<(Value, &'static str)> {
    let reply = |status: &str, http_status: u16, body: Value| json!({"id": format!("PUT /pets/{{id}}#{status}"), "operation": "PUT /pets/{id}", "status": status, "http_status": http_status, "media_type": "application/json", "body": body});
    let mut unnamed = reply("200", 200, json!({"name": "Rex", "x_unknown": 1}));
    unnamed["unknown_members"] = json!(1);
    let mut example = reply("200", 200, json!({"name": "Rex", "shoe": 4}));
    example["source"] = json!("example");
    vec![
        (
            reply("200", 200, json!({"name": "Rex", "age": 3})),
            "lossless",
        ),
        (reply("204", 204, json!({"any": 1})), "lossless"),
        (example, "lossless"),
        (unnamed, "unnamed"),
        // 200 is documented otherwise, so it is not fed as that.
        (reply("default", 200, json!({"code": 4})), "lossless"),
        // A failure that does not fit keeps what does.
        (reply("default", 500, json!({"code": -1})), "lossy"),
        (reply("200", 200, json!({"age": 3})), "unread"),
    ]
}

fn lines(all: &[(Value, &str)]) -> String {
    let lines = all.iter().map(|(line, _)| line.to_string());
    lines.collect::<Vec<_>>().join("\n")
}

fn desk() -> Desk {
    let desk = Desk::new();
    let lock = workspace::root().join("Cargo.lock");
    fs::copy(lock, desk.path("Cargo.lock")).unwrap();
    desk.write("apis/pets.yaml", DOCUMENT);
    desk.write("recorded/apis__pets.requests.jsonl", &lines(&calls()));
    desk.write("recorded/apis__pets.replies.jsonl", &lines(&replies()));
    desk
}

/// Runs a command with a folder for the build that outlives the test. One test at a time uses it.
fn run(desk: &Desk, arguments: &str) -> Run {
    static FOLDER: Mutex<()> = Mutex::new(());
    let _only = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let work = workspace::scratch("called");
    desk.run(&format!("{arguments} --offline --work {}", work.display()))
}

#[test]
fn recorded_calls_are_made_and_compared() {
    let desk = desk();
    let run = run(&desk, "verify apis --expect recorded --format json");
    run.ends(1, &[]);
    let summary: Value = serde_json::from_str(&run.out).unwrap();
    let of =
        |all: &[(Value, &str)], what: &str| all.iter().filter(|(_, said)| *said == what).count();
    let (calls, replies) = (calls(), replies());
    for what in ["identical", "different", "disputed", "unrecorded"] {
        assert_eq!(summary[what], of(&calls, what), "{what}: {}", run.out);
    }
    assert_eq!(summary["deliberate"], json!({"unnamed-member": 1}));
    assert_eq!(summary["replies"], replies.len());
    assert_eq!(summary["decoded"], replies.len() - of(&replies, "unread"));
    for what in ["lossless", "unnamed"] {
        assert_eq!(summary[what], of(&replies, what), "{what}: {}", run.out);
    }
    let failures = summary["failures"].as_array().unwrap();
    let failures: Vec<&str> = failures
        .iter()
        .map(|one| one["at"].as_str().unwrap())
        .collect();
    assert_eq!(
        failures,
        [
            "PUT /pets/{id}#default",
            "PUT /pets/{id}#200",
            "apis/pets.yaml#PUT /pets/{id}#other"
        ]
    );
}

#[test]
fn calls_are_printed_with_the_ids_of_the_recording() {
    let desk = desk();
    let printed = run(
        &desk,
        "wire apis/pets.yaml --inputs recorded/apis__pets.requests.jsonl",
    );
    printed.ends(0, &[]);
    let recorded = calls();
    assert_eq!(
        printed.out.lines().count(),
        recorded.len(),
        "{}",
        printed.out
    );
    for (line, (recorded, _)) in printed.out.lines().zip(&recorded) {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["id"], recorded["id"]);
    }
    let check = |text: &str, expected: &[&str]| {
        desk.write("wrong.jsonl", text);
        run(&desk, "wire apis/pets.yaml --inputs wrong.jsonl").ends(2, expected);
    };
    check("{}", &["wrong.jsonl:1", "it names no `operation`"]);
    check("\n[", &["wrong.jsonl:2"]);
    let call = |inputs: Value| {
        let inputs = put("x", &inputs, "", &json!([]), &json!({}));
        desk.write("one.jsonl", &inputs.to_string());
        let printed = run(&desk, "wire apis/pets.yaml --inputs one.jsonl");
        let line: Value = serde_json::from_str(printed.out.trim()).unwrap();
        line["error"].as_str().unwrap_or_default().to_owned()
    };
    let unknown = call(json!({"path": {"id": 7, "other": 1}, "body": {"name": "Rex"}}));
    assert!(unknown.contains("other"), "{unknown}");
    let wrong = call(json!({"path": {"id": "x"}, "body": {"name": "Rex"}}));
    assert!(wrong.contains("id"), "{wrong}");
}
