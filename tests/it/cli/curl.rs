//! `letterpress curl`.

use super::desk::Desk;

const COLLECTION: &str = r#"{
  "info": {"name": "A"},
  "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "s3cr3t"}]},
  "item": [
    {"name": "Get", "request": "https://a.example/users/{{id}}?access_token=hunter2&page=3"},
    {"name": "Put\nrm -rf /", "request": {"method": "PUT", "url": "{{base}}/it's"}}
  ],
  "variable": [{"key": "id", "value": "7"}]
}"#;

#[test]
fn requests_are_commands_without_secrets() {
    let desk = Desk::new();
    desk.write("a.json", COLLECTION);
    let run = desk.run("curl a.json");
    let token = "--header \"Authorization: Bearer $TOKEN\"";
    run.ends(
        0,
        &[
            "# Get\ncurl 'https://a.example/users/7?",
            "page=3' \\\n",
            token,
        ],
    );
    run.ends(
        0,
        &[
            "# Put rm -rf /\ncurl --request PUT",
            "\"$BASE_URL\"'/it'\\''s'",
        ],
    );
    for secret in ["s3cr3t", "hunter2"] {
        assert!(!run.out.contains(secret), "{}", run.out);
    }
    let one = desk.run("curl a.json Get --secrets");
    one.ends(
        0,
        &[
            "access_token=hunter2",
            "--header 'Authorization: Bearer s3cr3t'",
        ],
    );
    assert!(one.out.starts_with("curl "), "{}", one.out);
    desk.run("curl a.json Gett")
        .ends(2, &["no request matches `Gett`"]);
}
