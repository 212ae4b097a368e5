//! `letterpress diff`, with documents on disk and in revisions of Git.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::desk::Desk;
use crate::workspace::{root, run};

/// Runs Git in the folder of a desk, as no one in particular.
pub(super) fn git(desk: &Desk, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(desk.path(""));
    command.args(["-c", "user.name=A", "-c", "user.email=a@a.example"]);
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(arguments);
    run(command);
}

pub(super) fn commit(desk: &Desk) {
    git(desk, &["add", "--all"]);
    git(desk, &["commit", "--quiet", "--message", "x"]);
}

/// A repository with a client's configuration and its collection, committed.
fn repository(config: &str) -> Desk {
    let desk = Desk::with_requests(&["one", "two"]);
    git(&desk, &["init", "--quiet"]);
    fs::create_dir_all(desk.path("api")).unwrap();
    fs::rename(desk.path("a.json"), desk.path("api/a.json")).unwrap();
    desk.write("api/letterpress.toml", config);
    commit(&desk);
    desk
}

fn write(desk: &Desk, names: &[&str]) {
    desk.write_requests(names);
    fs::rename(desk.path("a.json"), desk.path("api/a.json")).unwrap();
}

const CONFIG: &str = "inputs = ['a.json']\nout = '../out'\n";

#[test]
fn documents_are_compared_with_those_of_a_revision() {
    let desk = repository(CONFIG);
    write(&desk, &["one", "three"]);
    let said = [
        "request-removed  two",
        "request-added  three",
        "1 added, 1 removed, 0 changed, 1 unchanged",
    ];
    desk.run("diff HEAD:api api").ends(0, &said);
    desk.run("diff HEAD:api").ends(0, &said);
    desk.run("diff HEAD:api/a.json api/a.json").ends(0, &said);
    desk.run_in("api", "diff HEAD:a.json").ends(0, &said);
    desk.run_in("api", "diff HEAD:../api").ends(0, &said);
    desk.run_in("api", "diff --committed").ends(0, &said);
    desk.run("diff --committed api").ends(0, &said);
    desk.run("diff api HEAD:api")
        .ends(0, &["request-added  two", "request-removed  three"]);
    desk.run("diff api api").ends(0, &["Nothing changes"]);
}

/// The lock is of the run that wrote the client: what was committed since was not generated.
#[test]
fn what_was_generated_is_compared_where_a_lock_says_when() {
    let desk = repository(CONFIG);
    desk.run("generate api").ends(0, &[]);
    commit(&desk);
    write(&desk, &["one"]);
    commit(&desk);
    desk.run("diff --committed api")
        .ends(0, &["request-removed  two"]);
    desk.run("diff HEAD:api").ends(0, &["Nothing changes"]);
}

/// A folder of format v3 is a document, in a revision as on disk.
#[test]
fn folders_of_format_v3_are_compared_with_those_of_a_revision() {
    let desk = Desk::new();
    let folder = root().join("tests/fixtures/v3/harbour");
    for (path, text) in crate::workspace::files(&folder, "yaml") {
        desk.write(&format!("api/harbour/{path}"), &text);
    }
    git(&desk, &["init", "--quiet"]);
    commit(&desk);
    desk.run("diff HEAD:api/harbour")
        .ends(0, &["Nothing changes"]);
    fs::remove_file(desk.path("api/harbour/ping.request.yaml")).unwrap();
    let said = ["request-removed  ping", "1 removed"];
    desk.run("diff HEAD:api/harbour").ends(0, &said);
    desk.run_in("api", "diff HEAD:harbour harbour")
        .ends(0, &said);
}

/// What is damaged is named with the side that it is on, and the rest is compared.
#[test]
fn a_damaged_lock_is_an_error_of_its_side() {
    let desk = repository(CONFIG);
    desk.run("generate api").ends(0, &[]);
    let lock = desk.text("api/letterpress.lock");
    let damaged = format!("{lock}<<<<<<< HEAD\n");
    desk.write("api/letterpress.lock", &damaged);
    let words = [
        "error[lock-damaged]",
        "the mark of a conflict",
        "Nothing changes",
    ];
    desk.run("diff HEAD:api").ends(1, &words);
    commit(&desk);
    desk.write("api/letterpress.lock", &lock);
    let run = desk.run("diff --committed api");
    run.ends(1, &words).ends(1, &[":api/letterpress.lock:"]);
    desk.run("generate api --bump")
        .ends(2, &["the letterpress.lock of", "is damaged"]);
}

#[test]
fn a_configuration_names_documents_of_other_folders() {
    let desk = repository("inputs = ['../shared/a.json']\nout = '../out'\nexclude = ['two']\n");
    fs::create_dir_all(desk.path("shared")).unwrap();
    fs::rename(desk.path("api/a.json"), desk.path("shared/a.json")).unwrap();
    commit(&desk);
    desk.write_requests(&["one", "two", "three"]);
    fs::rename(desk.path("a.json"), desk.path("shared/a.json")).unwrap();
    let run = desk.run("diff HEAD:api --format json");
    run.ends(0, &[]);
    let diff: Value = serde_json::from_str(&run.out).unwrap();
    let changes = diff["changes"].as_array().unwrap();
    let changes: Vec<(&str, &str)> = changes
        .iter()
        .map(|one| {
            (
                one["rule"].as_str().unwrap(),
                one["request"]["module"].as_str().unwrap(),
            )
        })
        .collect();
    // `two` is excluded, in the revision as on disk.
    assert_eq!(changes, [("request-added", "three")]);
    assert_eq!(diff["changes"][0]["new"]["at"]["file"], "shared/a.json");
    assert_eq!(diff["level"], "minor");
}

#[test]
fn each_form_says_the_same() {
    let desk = Desk::with_requests(&["one", "two"]);
    fs::copy(desk.path("a.json"), desk.path("old.json")).unwrap();
    desk.write_requests(&["one", "`three` <b>"]);
    let run = desk.run("diff old.json a.json --format markdown");
    run.ends(
        0,
        &[
            "### New requests",
            "- minor request-added: `three_b`  `GET /%60three%60%20%3Cb%3E`",
            "- **major** request-removed: `two`  `GET /two`",
            "### What to do",
        ],
    );
    let run = desk.run("diff old.json a.json --format json");
    let diff: Value = serde_json::from_str(&run.out).unwrap();
    let removed = &diff["changes"][0];
    assert_eq!(removed["level"], "major");
    assert_eq!(
        removed["request"],
        json!({"module": "two", "title": "two", "request": "GET /two"})
    );
    assert_eq!(
        removed["old"]["at"],
        json!({"file": "old.json", "line": 1, "column": 79})
    );
    assert_eq!(diff["requests"]["unchanged"], 1);
}

#[test]
fn a_name_is_kept_where_the_old_client_has_it() {
    let desk = Desk::new();
    let write = |path: &str, name: &str| {
        let item = json!([{"name": name, "request": "https://a.example/users/:id"}]);
        desk.write(
            path,
            &json!({"info": {"name": "A"}, "item": item}).to_string(),
        );
    };
    write("old.json", "Get user");
    write("new.json", "Show user");
    desk.run("diff old.json new.json")
        .ends(0, &["patch  title-changed  Get user → Show user"]);
}

#[test]
fn the_exit_code_says_which_level_there_is() {
    let desk = Desk::with_requests(&["one"]);
    fs::copy(desk.path("a.json"), desk.path("old.json")).unwrap();
    desk.write_requests(&["one", "two"]);
    let check = |arguments: &str, code: i32| {
        desk.run(&format!("diff {arguments}")).ends(code, &[]);
    };
    check("old.json a.json", 0);
    check("old.json a.json --exit-code", 1);
    check("old.json a.json --exit-code=minor", 1);
    check("old.json a.json --exit-code=major", 0);
    check("a.json old.json --exit-code=major", 1);
    check("a.json a.json --exit-code", 0);
    desk.write("a.json", "{");
    check("old.json a.json", 1);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let desk = repository(CONFIG);
    let check = |arguments: &str, words: &[&str]| {
        desk.run(&format!("diff {arguments}")).ends(2, words);
    };
    check("", &["OLD and NEW"]);
    check("api", &["NEW"]);
    check("api missing.json", &["cannot read missing.json"]);
    check(
        "HEAD:missing.json api",
        &["cannot read HEAD:missing.json", "Git"],
    );
    check("nothing:api", &["git", "nothing"]);
    check("--output=x:api api", &["--output"]);
    check("api api --committed", &["--committed"]);
}

/// Changes of the Zoom collection, as the README tells them.
const CHANGES: &[(&str, &str)] = &[
    (
        "\"key\": \"show_previous_occurrences\",\n                  \"value\": \"true\",\n                  \"description\"",
        "\"key\": \"include_previous\",\n                  \"value\": \"true\",\n                  \"description\"",
    ),
    (
        "scheduled,live,upcoming,upcoming_meetings,previous_meetings)",
        "scheduled,live,upcoming,upcoming_meetings,previous_meetings,cancelled)",
    ),
    (
        "\\\"pmi\\\": null,",
        "\\\"pmi\\\": 4015550199,\\n  \\\"is_simulive\\\": false,",
    ),
];

#[test]
fn the_readme_shows_what_is_said_of_a_change() {
    let desk = Desk::new();
    let folder = root().join("collections/zoom");
    let name = "zoom.postman_collection.json";
    let mut text = fs::read_to_string(folder.join(name)).unwrap();
    let config = fs::read_to_string(folder.join("letterpress.toml")).unwrap();
    desk.write("collections/zoom/letterpress.toml", &config);
    desk.write(&format!("collections/zoom/{name}"), &text);
    desk.run("generate collections/zoom").ends(0, &[]);
    git(&desk, &["init", "--quiet"]);
    commit(&desk);
    for (old, new) in CHANGES {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    desk.write(&format!("collections/zoom/{name}"), &text);
    let run = desk.run("diff HEAD:collections/zoom");
    run.ends(0, &[]);
    let pages = ["README.md", "generator/guide/changes.md"].map(|page| root().join(page));
    let pages = pages.map(|page| fs::read_to_string(page).unwrap()).concat();
    let diff = format!("$ letterpress diff HEAD:collections/zoom\n{}```", run.out);
    let run = desk.run_in("collections/zoom", "generate");
    run.ends(0, &[]);
    // The folder of the client is shown as the configuration has it, not as it is on this machine.
    let at = run
        .out
        .replace(&desk.path("").display().to_string(), "../../");
    let summary = format!("$ letterpress generate\n{at}```");
    for shown in [diff, summary] {
        let is_there = pages.contains(&shown);
        assert!(is_there, "neither README nor guide show this:\n{shown}");
    }
}
