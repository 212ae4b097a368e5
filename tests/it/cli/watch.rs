//! Generating at each change, until it is interrupted.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use serde_json::json;

use super::desk::Desk;
use super::requests;

const WATCH: &str = "watch a.json --out out --name a-client";

/// A program that watches, and the lines that it has not yet been asked for.
struct Watching {
    program: Child,
    lines: Receiver<String>,
}

impl Watching {
    /// Starts it, and waits until it has generated for the first time.
    #[track_caller]
    fn start(desk: &Desk, arguments: &str) -> Self {
        let mut program = desk.start(arguments, Stdio::piped);
        let (sender, lines) = channel();
        pass_on(program.stdout.take().unwrap(), sender.clone());
        pass_on(program.stderr.take().unwrap(), sender);
        let watching = Self { program, lines };
        watching.says("Ctrl-C ends it");
        watching
    }

    /// Waits for a line with these words; gives all that was said until then.
    #[track_caller]
    fn says(&self, words: &str) -> Vec<String> {
        let mut said = Vec::new();
        for line in &self.lines {
            said.push(line);
            if said.last().is_some_and(|line| line.contains(words)) {
                return said;
            }
        }
        panic!("{words:?} is not in:\n{}", said.join("\n"));
    }

    /// Puts a document in place, and waits for lines with these words, one after the other.
    #[track_caller]
    fn step(&self, desk: &Desk, path: &str, text: &str, lines: &[&str]) {
        put(desk, path, text);
        for words in lines {
            self.says(words);
        }
    }

    /// Interrupts it; gives its exit code, and what it said.
    fn interrupt(mut self) -> (Option<i32>, Vec<String>) {
        let id = self.program.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        let code = self.program.wait().unwrap().code();
        (code, self.lines.iter().collect())
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It has ended already where nothing went wrong.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn pass_on(stream: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            sender.send(line.unwrap()).unwrap();
        }
    });
}

/// Writes a document in one step, so that no half of it is read.
fn put(desk: &Desk, path: &str, text: &str) {
    desk.write("next", text);
    let path = desk.path(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::rename(desk.path("next"), path).unwrap();
}

#[test]
fn each_change_of_a_document_is_generated() {
    let desk = Desk::with_requests(&["one"]);
    let watching = Watching::start(&desk, WATCH);
    let step = |path: &str, text: &str, lines: &[&str]| watching.step(&desk, path, text, lines);
    // In place, as some editors do it, and another file in its place, as others do.
    desk.write_requests(&["one", "two"]);
    watching.says("2 requests in out");
    watching.says("added: two");
    assert!(desk.path("out/src/two.rs").exists());
    let three = requests(&["one", "two", "three"]);
    step("a.json", &three, &["changed: a.json", "3 requests in out"]);
    fs::remove_file(desk.path("a.json")).unwrap();
    watching.says("error: cannot read a.json");
    step("a.json", "{", &["error[not-json]"]);
    step("a.json", &requests(&["one"]), &["1 request in out"]);
    assert!(!desk.path("out/src/two.rs").exists());
    // Someone else's edit of the names is a change as well.
    let lock = desk.text("out/letterpress.lock");
    step(
        "out/letterpress.lock",
        &format!("{lock}<<<<<<< HEAD\n"),
        &[
            "changed: out/letterpress.lock",
            "letterpress.lock is damaged",
        ],
    );
    step(
        "out/letterpress.lock",
        &lock,
        &["changed: out/letterpress.lock", "0 files written"],
    );
    let edited = format!("{}// by hand\n", desk.text("out/src/one.rs"));
    put(&desk, "out/src/one.rs", &edited);
    let four = requests(&["one", "four"]);
    step("a.json", &four, &["was edited since it was generated"]);
    fs::remove_file(desk.path("out/src/one.rs")).unwrap();
    step("a.json", &four, &["2 requests in out"]);
    assert_eq!(watching.interrupt().0, Some(0));
    desk.run("check a.json --out out --name a-client")
        .ends(0, &["out is current"]);
}

#[test]
fn what_is_written_and_what_stays_the_same_is_no_change() {
    let desk = Desk::with_requests(&["one"]);
    // The output lies in the folder that is watched.
    desk.write("api/a.request.yaml", "name: a\nurl: https://a.example/a\n");
    let watching = Watching::start(&desk, "watch api --out api/out --name a-client");
    put(
        &desk,
        "api/b.request.yaml",
        "name: b\nurl: https://a.example/b\n",
    );
    watching.says("2 requests in api/out");
    put(
        &desk,
        "api/b.request.yaml",
        "name: b\nurl: https://a.example/b\n",
    );
    put(&desk, "api/README.md", "not read");
    put(
        &desk,
        "api/c.request.yaml",
        "name: c\nurl: https://a.example/c\n",
    );
    let said = watching.says("3 requests in api/out");
    let turns = said.iter().filter(|line| line.contains("changed: "));
    assert_eq!(turns.count(), 1, "{said:#?}");
    let (code, said) = watching.interrupt();
    assert_eq!(code, Some(0));
    assert!(
        !said.iter().any(|line| line.contains("changed: ")),
        "{said:#?}"
    );
}

#[test]
fn everything_that_a_configuration_names_is_watched() {
    let desk = Desk::new();
    let request = |name: &str| format!("name: {name}\nurl: '{{{{host}}}}/{name}'\n");
    desk.write(
        "postman/collections/A/.resources/definition.yaml",
        "name: A\n",
    );
    desk.write("postman/collections/A/one.request.yaml", &request("one"));
    let config = |more: &str| format!("inputs = ['.']\nout = 'client'\nname = 'a-client'\n{more}");
    desk.write("letterpress.toml", &config(""));
    let watching = Watching::start(&desk, "watch");
    let step = |path: &str, text: &str, lines: &[&str]| watching.step(&desk, path, text, lines);
    step(
        "postman/collections/A/deep/down/two.request.yaml",
        &request("two"),
        &["2 requests in /", "added: deep::down::two"],
    );
    step(
        "postman/collections/B/three.request.yaml",
        &request("three"),
        &["3 requests in /"],
    );
    fs::remove_dir_all(desk.path("postman/collections/B")).unwrap();
    watching.says("2 requests in /");
    step(
        "letterpress.toml",
        &config("environment = 'later/e.json'"),
        &["later/e.json: No such file"],
    );
    let environment = |host: &str| json!({"values": [{"key": "host", "value": host}]}).to_string();
    step(
        "later/e.json",
        &environment("https://b.example"),
        &["2 requests in /"],
    );
    assert!(desk.text("client/src/lib.rs").contains("https://b.example"));
    step(
        "later/e.json",
        &environment("https://c.example"),
        &["later/e.json", "2 requests in /"],
    );
    assert!(desk.text("client/src/lib.rs").contains("https://c.example"));
    step(
        "letterpress.toml",
        "inputs = [",
        &["letterpress.toml: TOML parse error"],
    );
    step(
        "letterpress.toml",
        &config("base-url = 'https://d.example'"),
        &["2 requests in /"],
    );
    assert!(desk.text("client/src/lib.rs").contains("https://d.example"));
    fs::remove_file(desk.path("letterpress.lock")).unwrap();
    watching.says("letterpress.lock");
    watching.says("2 requests in /");
    assert!(desk.path("letterpress.lock").exists());
    assert_eq!(watching.interrupt().0, Some(0));
}

#[test]
fn a_document_may_come_later() {
    let desk = Desk::new();
    let watching = Watching::start(&desk, "watch not/yet/a.json --out out --name a-client");
    put(&desk, "not/yet/a.json", &requests(&["one"]));
    watching.says("1 request in out");
    fs::remove_dir_all(desk.path("not")).unwrap();
    watching.says("error: cannot read not/yet/a.json");
    put(&desk, "not/yet/a.json", &requests(&["one", "two"]));
    watching.says("2 requests in out");
    assert_eq!(watching.interrupt().0, Some(0));
}
