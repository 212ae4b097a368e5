//! `letterpress explain`.

use serde_json::Value;

use super::desk::Desk;

const COLLECTION: &str = r#"{"info": {"name": "A"}, "item": [
  {"name": "Get", "request": "https://a.example/x?page_size=30"},
  {"name": "Put", "request": "https://a.example/y"}
]}"#;

#[test]
fn says_what_a_type_is_and_why() {
    let desk = Desk::new();
    desk.write("a.json", COLLECTION);
    let run = desk.run("explain a.json");
    let line = "page_size: i64  example 30 at a.json:2:30; the name says `page` at a.json:2:30";
    run.ends(0, &[line, "GET /y"]);
    assert_eq!(run.err, "");
    let run = desk.run("explain a.json Put");
    run.ends(0, &["GET /y"]);
    assert!(!run.out.contains("page_size"));
    desk.run("explain a.json Gett")
        .ends(2, &["no request matches `Gett`; the nearest is `Get`"]);
}

#[test]
fn knows_what_the_configuration_says() {
    let desk = Desk::new();
    desk.write("a.json", COLLECTION);
    let correction = "[[request]]\nmatch = 'Get'\ninputs.page_size.type = 'string'";
    desk.write(
        "letterpress.toml",
        &format!("inputs = ['a.json']\nout = 'out'\n{correction}"),
    );
    desk.run("explain . Get")
        .ends(0, &["page_size: String  chosen in letterpress.toml"]);
    assert!(!desk.path("out").exists());
}

#[test]
fn as_json() {
    let desk = Desk::new();
    desk.write("a.json", COLLECTION);
    let run = desk.run("explain a.json Get --format json");
    let shown: Value = serde_json::from_str(&run.ends(0, &[]).out).unwrap();
    let request = &shown["requests"][0];
    assert_eq!(request["module"], "get");
    let input = &request["inputs"][0];
    assert_eq!(input["type"], "i64");
    assert_eq!(input["place"], "page_size");
    assert_eq!(input["because"][0]["text"], "example 30");
    assert_eq!(input["because"][0]["at"]["line"], 2);
}
