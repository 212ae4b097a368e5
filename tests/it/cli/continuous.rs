//! The workflow and the hook that keep a client current, run as they are written.

use std::fs;
use std::process::{Command, Output};

use letterpress::document::json::Node;
use letterpress::document::yaml;

use super::desk::Desk;
use crate::server::{Answer, Server};
use crate::workspace;

/// A file of the workflows that come with the tool.
fn shipped(name: &str) -> String {
    let path = workspace::root().join("generator/workflows").join(name);
    fs::read_to_string(path).unwrap()
}

/// What stands before a script: `cargo` and `gh` write down what they are asked. There is no pull request yet.
const WORLD: &str = r#"
cargo() { echo cargo "$@" >> "$LOG"; }
gh() { echo gh "$@" >> "$LOG"; [ "$2" != edit ]; }
"#;

/// Runs a script as GitHub does, in a folder of a desk.
fn shell(desk: &Desk, folder: &str, script: &str, variables: &[(String, String)]) -> Output {
    let bin = desk.path("bin");
    if !bin.exists() {
        fs::create_dir(&bin).unwrap();
        std::os::unix::fs::symlink(Desk::program(), bin.join("letterpress")).unwrap();
    }
    let path = std::env::var("PATH").unwrap();
    let mut command = Command::new("bash");
    command
        .args(["-e", "-o", "pipefail", "-c"])
        .arg(format!("{WORLD}{script}"))
        .current_dir(desk.path(folder))
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("LOG", desk.path("log"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("NO_PROXY", "*")
        .envs(variables.iter().cloned());
    command.output().unwrap()
}

#[track_caller]
fn succeeds(output: &Output, script: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}\n{said}");
}

const GIT: &str = "git -c user.name=A -c user.email=a@a.example";

/// A repository `work` with a client in `api`, generated and committed, whose origin is `origin`.
fn repository(url: &str) -> Desk {
    let desk = Desk::new();
    let config = format!("inputs = ['a.json']\nout = '../client'\n[fetch]\n'a.json' = '{url}/a'\n");
    desk.write("work/api/letterpress.toml", &config);
    desk.write("work/api/a.json", &super::requests(&["one", "two"]));
    // The document was fetched before; `fetch` overwrites no other.
    let fetched = format!("['a.json']\nfrom = '{url}/a'\ndigest = '0'\n");
    desk.write("work/api/letterpress.fetched", &fetched);
    let script = format!(
        "letterpress fmt api\nletterpress generate api\ngit init --quiet --bare ../origin\ngit init --quiet\n\
         git remote add origin ../origin\ngit add --all\n{GIT} commit --quiet --message x"
    );
    succeeds(&shell(&desk, "work", &script, &[]), &script);
    desk
}

/// The variables that a part of a workflow sets, where they are no expression of GitHub's.
fn variables(part: &Node<'_>) -> Vec<(String, String)> {
    let env = part.get("env").map(Node::members).unwrap_or_default();
    let values = env
        .iter()
        .map(|one| (one.name.to_string(), one.node.as_str().unwrap()));
    let values = values.filter(|(_, value)| !value.contains("${{"));
    values
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

/// Runs the steps of the workflow, which work on the folder `api`.
fn run_workflow(desk: &Desk) {
    let text = shipped("update-client.yml");
    let workflow = yaml::read(&text, 0, &mut yaml::AliasBudget::for_length(text.len())).unwrap();
    let mut general = variables(&workflow);
    assert!(general.iter().any(|(name, _)| name == "CLIENT"));
    general.push(("CLIENT".to_owned(), "api".to_owned()));
    general.push((
        "RUNNER_TEMP".to_owned(),
        desk.path("temp").display().to_string(),
    ));
    desk.write("temp/x", "");
    let job = workflow
        .get("jobs")
        .and_then(|jobs| jobs.get("update"))
        .unwrap();
    for step in job.get("steps").unwrap().elements() {
        let Some(script) = step.text_of("run") else {
            continue;
        };
        let all = [general.clone(), variables(step)].concat();
        succeeds(&shell(desk, "work", script, &all), script);
    }
}

#[test]
fn the_workflow_opens_a_pull_request_with_what_changes() {
    let reply = r#"{"item": [{"name": "one", "request": "https://a.example/one"}, {"name": "new", "request": "https://a.example/new"}]}"#;
    let server = Server::start(vec![Answer::Reply(200, "ETag: \"1\"\r\n", reply)]);
    let desk = repository(&server.url);
    run_workflow(&desk);
    server.sent();
    let log = desk.text("log");
    for command in [
        "cargo install --locked",
        "cargo test --workspace",
        "gh pr create --head update-client",
    ] {
        assert!(log.contains(command), "{log}");
    }
    let body = desk.text("temp/diff.md");
    assert!(
        body.contains("request-removed") && body.contains("request-added"),
        "{body}"
    );
    let show = "git --git-dir ../origin show --no-renames --stat --format=%an update-client; git status --porcelain";
    let output = shell(&desk, "work", show, &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    for word in [
        "github-actions[bot]",
        "api/a.json",
        "api/letterpress.fetched",
        "api/letterpress.lock",
        "client/src/new.rs",
        "client/CHANGELOG.md",
    ] {
        assert!(said.contains(word), "{word} is not in:\n{said}");
    }
}

#[test]
fn the_workflow_opens_a_draft_when_requests_go_elsewhere() {
    let reply = r#"{"item": [{"name": "one", "request": "https://evil.example/one"}, {"name": "two", "request": "https://a.example/two"}]}"#;
    let server = Server::start(vec![Answer::Reply(200, "ETag: \"1\"\r\n", reply)]);
    let desk = repository(&server.url);
    run_workflow(&desk);
    server.sent();
    let log = desk.text("log");
    let requests = log.lines().filter(|line| line.starts_with("gh pr create "));
    let requests: Vec<&str> = requests.collect();
    let [request] = requests.as_slice() else {
        panic!("{log}");
    };
    for word in ["--draft", "--label security", "--title Security: "] {
        assert!(request.contains(word), "{log}");
    }
    assert!(log.contains("gh pr ready --undo update-client"), "{log}");
}

#[test]
fn the_workflow_does_nothing_when_nothing_has_changed() {
    let desk = repository("https://a.example");
    let same = desk.text("work/api/a.json");
    let reply: &'static str = Box::leak(same.into_boxed_str());
    let server = Server::start(vec![
        Answer::Reply(200, "ETag: \"1\"\r\n", reply),
        Answer::Reply(200, "ETag: \"1\"\r\n", reply),
    ]);
    let config = format!(
        "inputs = ['a.json']\nout = '../client'\n[fetch]\n'a.json' = '{}/a'\n",
        server.url
    );
    desk.write("work/api/letterpress.toml", &config);
    // What `fetch` knows of its documents is committed with them.
    desk.run_in("work/api", "fetch --force").ends(0, &[]);
    desk.run_in("work/api", "generate").ends(0, &[]);
    succeeds(
        &shell(
            &desk,
            "work",
            &format!("{GIT} add --all && {GIT} commit --quiet --message x"),
            &[],
        ),
        "commit",
    );
    run_workflow(&desk);
    server.sent();
    assert!(!desk.text("log").contains("gh pr"));
}

#[test]
fn the_hook_keeps_what_is_not_current_from_being_committed() {
    let desk = repository("https://a.example");
    let hooks = workspace::root().join("generator/workflows");
    let commit = format!(
        "echo >> other; git add --all; {GIT} -c core.hooksPath='{}' commit --message x",
        hooks.display()
    );
    let check = |document: Option<String>, succeeds: bool, word: &str| {
        if let Some(text) = document {
            desk.write("work/api/a.json", &text);
        }
        let output = shell(&desk, "work", &commit, &[]);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.success(), succeeds, "{said}");
        assert!(said.contains(word), "{said}");
    };
    check(None, true, "client is current");
    let normal = desk.text("work/api/a.json");
    check(
        Some(super::requests(&["one", "two"])),
        false,
        "not in normal form",
    );
    check(
        Some(normal.replace("two", "three")),
        false,
        "update it with: letterpress generate api",
    );
    check(Some(normal), true, "client is current");
}
