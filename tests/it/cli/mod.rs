//! The command line: what it says, how it exits, and what it does to the disk.

mod action;
mod calls;
#[cfg(unix)]
mod continuous;
mod curl;
mod desk;
mod diff;
mod explain;
mod fetch;
mod fmt;
mod hostile;
mod killed;
mod names;
mod verify;
#[cfg(unix)]
mod watch;
mod wire;

use std::fs;

use serde_json::{Value, json};

use desk::Desk;

const GENERATE: &str = "generate a.json --out out --name a-client";

/// A collection of requests of these names.
fn requests(names: &[impl AsRef<str>]) -> String {
    let item = names.iter().map(|name| {
        let name = name.as_ref();
        json!({"name": name, "request": format!("https://a.example/{name}")})
    });
    json!({"info": {"name": "A"}, "item": item.collect::<Vec<_>>()}).to_string()
}

#[test]
fn a_client_is_generated_and_checked() {
    let desk = Desk::with_requests(&["one", "two"]);
    let run = desk.run(GENERATE);
    run.ends(
        0,
        &["a-client: 2 requests in out", "0 deleted, 0 unchanged"],
    );
    assert_eq!(run.err, "");
    assert!(desk.text("out/src/one.rs").contains("pub struct Request"));
    assert!(desk.text("out/Cargo.toml").contains("name = \"a-client\""));
    desk.run("check a.json --out out --name a-client")
        .ends(0, &["out is current"]);
    desk.run("generate a.json --out out --name a-client --check")
        .ends(0, &["out is current"]);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let desk = Desk::with_requests(&["one"]);
    desk.write("empty/readme", "");
    desk.write("latin1.json", "");
    fs::write(desk.path("latin1.json"), b"{\"name\": \"\xe9\"}").unwrap();
    let check = |arguments: &str, words: &[&str]| {
        desk.run(arguments).ends(2, words);
        assert!(!desk.path("out").exists(), "{arguments}");
    };
    check("", &["Usage"]);
    check("press", &["press"]);
    check("generate a.json", &["--out"]);
    check(
        "generate missing.json --out out",
        &["cannot read missing.json"],
    );
    check("generate empty --out out", &["empty"]);
    check("generate a.json empty --out out", &["empty is a folder"]);
    check(
        "generate latin1.json --out out",
        &["latin1.json", "offset 10"],
    );
    check(
        "generate a.json --out out --name 2fast",
        &["2fast", "begins with a letter"],
    );
    check("generate a.json --out out --name std", &["std"]);
    check("generate a.json --out out --base-url ftp://x", &["ftp://x"]);
    check(
        "generate a.json --out out --env missing.json",
        &["missing.json"],
    );
    check(
        "generate a.json --out out --runtime borrowed",
        &["borrowed"],
    );
    check("generate", &["letterpress.toml"]);
    check("watch", &["letterpress.toml"]);
    check("watch a.json", &["--out"]);
    check("watch a.json --out out --name 2fast", &["2fast"]);
    check("print a.json", &["--stage"]);
}

#[test]
fn errors_in_a_document_are_exit_code_1_and_leave_the_output_alone() {
    let desk = Desk::with_requests(&["one"]);
    desk.run(GENERATE).ends(0, &[]);
    let before = desk.output();
    let check = |text: &str, words: &[&str]| {
        desk.write("a.json", text);
        desk.run(GENERATE)
            .ends(1, words)
            .ends(1, &["output unchanged"]);
        assert_eq!(desk.output(), before, "{text}");
        desk.run("check a.json --out out --name a-client")
            .ends(1, words);
    };
    check("", &["error[not-json]"]);
    check(
        "{\"item\": [\n  1,\n]}",
        &["error[not-json]", "--> a.json:3:1", "3 | ]}", "| ^"],
    );
    check("{\"swagger\": \"2.0\"}", &["warning[no-operation]"]);
    check(
        "{\"info\": {}, \"item\": []}",
        &["warning[empty-collection]"],
    );
    check(
        "{\"info\": {}, \"item\": [{\"name\": \"x\", \"request\": {}}]}",
        &["error[no-url]"],
    );
}

#[test]
fn one_bad_request_does_not_keep_the_others_from_coming_out() {
    let desk = Desk::new();
    let item =
        json!([{"name": "good", "request": "https://a.example/x"}, {"name": "bad", "request": {}}]);
    desk.write(
        "a.json",
        &json!({"info": {"name": "A"}, "item": item}).to_string(),
    );
    desk.run(GENERATE)
        .ends(1, &["error[no-url]", "bad:", "1 request in out"]);
    assert!(desk.path("out/src/good.rs").exists() && !desk.path("out/src/bad.rs").exists());
}

#[test]
fn warnings_can_be_denied_and_notes_shown() {
    let desk = Desk::new();
    let item = json!([{"name": "x", "request": "{{baseUrl}}/x"}, {"name": "X", "request": "{{baseUrl}}/x"}]);
    desk.write(
        "a.json",
        &json!({"info": {"name": "A"}, "item": item}).to_string(),
    );
    let run = desk.run(GENERATE);
    run.ends(0, &["warning[no-base-url]", "1 warning"]);
    assert!(!run.err.contains("note["));
    desk.run(&format!("{GENERATE} -v"))
        .ends(0, &["note[name-changed]"]);
    desk.run(&format!("{GENERATE} --deny warnings"))
        .ends(1, &["warning[no-base-url]"]);
    let fixed = desk.run(&format!(
        "{GENERATE} --deny warnings --base-url https://a.example"
    ));
    fixed.ends(0, &[]);
    assert_eq!(fixed.err, "");
    assert!(desk.text("out/src/lib.rs").contains("https://a.example"));
}

#[test]
fn only_what_changed_is_written() {
    let desk = Desk::with_requests(&["one", "two", "three"]);
    desk.run(GENERATE).ends(0, &[]);
    let first = desk.output();
    desk.run(GENERATE).ends(0, &["0 files written, 0 deleted"]);
    assert_eq!(desk.output(), first, "an unchanged run touched something");

    desk.write(
        "a.json",
        &desk.text("a.json").replace("a.example/two", "a.example/2"),
    );
    desk.run(GENERATE).ends(0, &["1 file written, 0 deleted"]);
    let second = desk.output();
    let differing: Vec<&str> = first
        .iter()
        .zip(&second)
        .filter(|(a, b)| a != b)
        .map(|((path, ..), _)| &**path)
        .collect();
    assert_eq!(
        (differing, second.len()),
        (vec!["letterpress.lock", "src/two.rs"], first.len())
    );

    desk.write_requests(&["one", "three"]);
    desk.run(GENERATE).ends(0, &["1 file written, 1 deleted"]);
    assert!(!desk.path("out/src/two.rs").exists());
    assert!(!desk.text("out/src/lib.rs").contains("two"));
}

#[test]
fn a_file_that_was_edited_is_left_alone_and_shown() {
    let desk = Desk::with_requests(&["one", "two"]);
    desk.run(GENERATE).ends(0, &[]);
    let edited = format!("{}\n// by hand\n", desk.text("out/src/one.rs"));
    desk.write("out/src/one.rs", &edited);
    let before = desk.output();
    let words = [
        "one.rs was edited since it was generated",
        "modules = [",
        "-// by hand\n",
    ];
    desk.run(GENERATE).ends(2, &words);
    desk.write_requests(&["one", "three"]);
    desk.run(GENERATE).ends(2, &words);
    assert_eq!(desk.output(), before);
    desk.run("check a.json --out out --name a-client").ends(
        1,
        &[
            "edited by hand: src/one.rs",
            "-// by hand\n",
            "missing: src/three.rs",
        ],
    );

    fs::remove_file(desk.path("out/src/one.rs")).unwrap();
    desk.run(GENERATE).ends(0, &["3 files written, 1 deleted"]);
}

#[test]
fn files_of_other_people_are_left_alone() {
    let desk = Desk::with_requests(&["one"]);
    desk.write("out/src/one.rs", "// mine\n");
    let before = desk.output();
    desk.run(GENERATE)
        .ends(2, &["one.rs was not generated by this tool"]);
    assert_eq!(desk.output(), before);

    fs::remove_file(desk.path("out/src/one.rs")).unwrap();
    desk.write("out/src/mine.rs", "// mine\n");
    desk.write("out/Cargo.toml", "# mine\n");
    desk.write("out/README.md", "mine\n");
    desk.run(GENERATE)
        .ends(0, &["kept Cargo.toml: not generated"]);
    desk.run(GENERATE).ends(0, &["0 files written, 0 deleted"]);
    assert_eq!(desk.text("out/src/mine.rs"), "// mine\n");
    assert_eq!(desk.text("out/Cargo.toml"), "# mine\n");
    assert_eq!(desk.text("out/README.md"), "mine\n");
}

#[test]
fn check_lists_what_is_stale_and_the_command_that_helps() {
    let desk = Desk::with_requests(&["one", "two"]);
    desk.run(GENERATE).ends(0, &[]);
    desk.write_requests(&["one", "three"]);
    let before = desk.output();
    let run = desk.run("check a.json --out out --name a-client");
    run.ends(
        1,
        &[
            "missing: src/three.rs\n",
            "stale: src/lib.rs\n",
            "superfluous: src/two.rs\n",
        ],
    );
    assert_eq!(desk.output(), before, "check wrote something");

    let (_, command) = run.out.split_once("update it with: letterpress ").unwrap();
    desk.run(command).ends(0, &["2 files written, 1 deleted"]);
    desk.run("check a.json --out out --name a-client")
        .ends(0, &["out is current"]);
}

#[test]
fn diagnostics_can_be_json() {
    let desk = Desk::new();
    desk.write("a.json", "{\"info\": {\"name\": \"A\"},\n \"item\": [{\"name\": \"x/y\", \"request\": {\"method\": \"A B\", \"url\": \"{{u}}/x\"}}, {\"request\": \"{{u}}/x\"}]}");
    let run = desk.run(&format!("{GENERATE} --format json"));
    run.ends(1, &[]);
    let lines: Vec<Value> = run
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let method = lines.iter().find(|line| line["code"] == "method").unwrap();
    assert_eq!(method["severity"], "error");
    assert_eq!(method["file"], "a.json");
    assert_eq!(
        (&method["line"], &method["column"]),
        (&json!(2), &json!(49))
    );
    assert_eq!(method["pointer"], "/item/0/request/method");
    assert_eq!(method["request"], "x/y");
    assert!(
        lines
            .iter()
            .any(|line| line["code"] == "no-base-url" && line["file"].is_null())
    );
}

#[test]
fn the_configuration_is_found_from_below() {
    let desk = Desk::with_requests(&["one"]);
    desk.write(
        "letterpress.toml",
        "name = \"from-file\"\ninputs = [\"a.json\"]\nout = \"out\"\n",
    );
    desk.write("deep/down/here", "");
    desk.run_in("deep/down", "generate")
        .ends(0, &["from-file: 1 request"]);
    assert!(desk.text("out/Cargo.toml").contains("name = \"from-file\""));
    desk.run_in("deep/down", "check").ends(0, &["is current"]);
    desk.run_in("deep", "check ..").ends(0, &["is current"]);
    desk.run_in("deep", "check --name other")
        .ends(1, &["stale: Cargo.toml"]);

    desk.write(
        "letterpress.toml",
        "inputs = [\"a.json\"]\nout = \"out\"\nnames = \"x\"\n",
    );
    desk.run("generate")
        .ends(2, &["letterpress.toml", "3 | names = \"x\"", "^^^^^"]);
}

#[test]
fn stages_can_be_printed_without_a_place_for_output() {
    let desk = Desk::with_requests(&["one"]);
    desk.run("print a.json --stage api")
        .ends(0, &["Api {", "name: \"one\""]);
    desk.run("print a.json --stage plan")
        .ends(0, &["Crate {", "fields: []"]);
    desk.write("a.json", "[");
    let run = desk.run("print a.json --stage plan");
    run.ends(1, &["error[not-json]"]);
}

#[test]
fn a_large_document_is_no_problem() {
    let desk = Desk::new();
    let body = "x".repeat(1000);
    let replies: Vec<Value> = (0..20_000)
        .map(|number| json!({"name": format!("reply {number}"), "code": 200, "body": body}))
        .collect();
    let item = json!([{"name": "x", "request": "https://a.example/x", "response": replies}]);
    let text = json!({"info": {"name": "A"}, "item": item}).to_string();
    assert!(text.len() > 20_000_000);
    desk.write("a.json", &text);
    desk.run(GENERATE).ends(0, &["1 request"]);
}
