//! `letterpress fetch`, against a server on this machine that speaks as Postman's API does.

use super::desk::{Desk, Run};
use crate::server::{Answer, Sent, Server};

/// A key, which nothing but its header field may ever show.
const KEY: &str = "PMAK-0123456789abcdef01234567-0123456789abcdef0123456789abcdef01";

/// A collection as the API gives it.
const REPLY: &str = r#"{"collection": {"info": {"_postman_id": "1", "name": "A", "updatedAt": "2026-01-01T00:00:00.000Z", "uid": "2-1"},
    "item": [{"name": "one", "id": "3", "uid": "2-3", "request": {"method": "GET", "url": "https://a.example/one"},
    "response": [{"id": "4", "name": "OK", "code": 200, "responseTime": 12, "header": [], "cookie": []}]}]}}"#;

/// The same as it is stored.
const STORED: &str = "{\n\t\"info\": {\n\t\t\"name\": \"A\"\n\t},\n\t\"item\": [\n\t\t{\n\t\t\t\"name\": \"one\",\n\t\t\t\"id\": \"3\",\n\t\t\t\"request\": {\n\t\t\t\t\"method\": \"GET\",\n\t\t\t\t\"url\": \"https://a.example/one\"\n\t\t\t},\n\t\t\t\"response\": [\n\t\t\t\t{\n\t\t\t\t\t\"name\": \"OK\",\n\t\t\t\t\t\"code\": 200,\n\t\t\t\t\t\"header\": []\n\t\t\t\t}\n\t\t\t]\n\t\t}\n\t]\n}\n";

const OK: Answer = Answer::Reply(
    200,
    "Content-Type: application/json\r\nETag: W/\"v1\"\r\n",
    REPLY,
);

/// A desk with a configuration that fetches `a.json` by its id.
fn desk() -> Desk {
    let desk = Desk::new();
    let config =
        "inputs = ['a.json']\nout = 'out'\nenvironment = 'e.json'\n[fetch]\n'a.json' = '12-ab'\n";
    desk.write("letterpress.toml", config);
    desk
}

/// Runs `fetch` with these arguments against a server that gives these answers. Nothing that is written or said holds
/// the key.
#[track_caller]
fn fetch(desk: &Desk, arguments: &str, answers: Vec<Answer>) -> (Run, Vec<Sent>) {
    let server = Server::start(answers);
    let arguments = format!("fetch {arguments} --api {}", server.url);
    let arguments = arguments.replace("SERVER", &server.url);
    let variables = [("POSTMAN_API_KEY", KEY), ("ACCESS", "hidden-value")];
    let run = desk.run_with("", &arguments, &variables);
    for text in [&run.out, &run.err] {
        assert!(
            !text.contains(KEY) && !text.contains("hidden-value"),
            "{text}"
        );
    }
    for (path, text) in crate::workspace::files(&desk.path(""), "") {
        assert!(
            !text.contains(KEY) && !text.contains("hidden-value"),
            "{path}"
        );
    }
    (run, server.sent())
}

#[test]
fn a_collection_is_stored_in_its_normal_form() {
    let desk = desk();
    let (run, sent) = fetch(&desk, "", vec![OK]);
    run.ends(0, &["stored: ", "a.json"]);
    assert_eq!(run.err, "");
    assert_eq!(desk.text("a.json"), STORED);
    assert_eq!(sent[0].line, "GET /collections/12-ab");
    assert_eq!(sent[0].header("x-api-key"), Some(KEY));
    assert_eq!(sent[0].header("if-none-match"), None);
    desk.run("fmt --check a.json").ends(0, &[]);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let desk = desk();
    let server = Server::start(vec![OK, Answer::Reply(304, "", ""), OK, OK]);
    let arguments = format!("fetch --api {}", server.url);
    let run = |more: &str| {
        desk.run_with(
            "",
            &format!("{arguments} {more}"),
            &[("POSTMAN_API_KEY", KEY)],
        )
    };
    run("").ends(0, &["stored"]);
    run("").ends(0, &["unchanged"]);
    run("--force").ends(0, &["unchanged"]);
    desk.write("a.json", "{\"item\": []}");
    run("").ends(0, &["stored"]);
    assert_eq!(desk.text("a.json"), STORED);
    let asked: Vec<_> = server
        .sent()
        .iter()
        .map(|sent| sent.header("if-none-match").map(str::to_owned))
        .collect();
    assert_eq!(asked, [None, Some("W/\"v1\"".to_owned()), None, None]);
    let state = desk.text("letterpress.fetched");
    assert!(
        state.contains("12-ab") && state.contains("W/\\\"v1\\\"") | state.contains("W/\"v1\""),
        "{state}"
    );
}

#[test]
fn a_damaged_state_is_none() {
    let desk = desk();
    desk.write("letterpress.fetched", "<<<<<<< HEAD\n");
    let (run, sent) = fetch(&desk, "", vec![OK]);
    run.ends(0, &["stored"]);
    assert_eq!(sent[0].header("if-none-match"), None);
    assert!(desk.text("letterpress.fetched").contains("digest"));
}

#[test]
fn requests_are_tried_again_as_the_server_asks() {
    let busy = || Answer::Reply(429, "Retry-After: 0\r\n", "");
    let gone = || Answer::Reply(503, "Retry-After: 0\r\n", "");
    let (run, sent) = fetch(&desk(), "", vec![busy(), gone(), OK]);
    run.ends(0, &["stored"]);
    assert_eq!(sent.len(), 3);
    let (run, _) = fetch(&desk(), "--retries 1", vec![busy(), busy()]);
    run.ends(2, &["status 429, also after 2 tries"]);
}

#[test]
fn what_goes_wrong_is_said_and_nothing_is_stored() {
    let check = |arguments: &str, answers: Vec<Answer>, words: &[&str]| {
        let desk = desk();
        desk.write("a.json", "old");
        let (run, _) = fetch(&desk, &format!("{arguments} --retries 0"), answers);
        run.ends(2, words);
        assert_eq!(desk.text("a.json"), "old");
        assert!(!desk.path("letterpress.fetched").exists());
    };
    let reply = |status| vec![Answer::Reply(status, "", "{}")];
    check(
        "",
        reply(401),
        &["12-ab answers with status 401", "POSTMAN_API_KEY"],
    );
    check("", reply(403), &["status 403", "may not read"]);
    check("", reply(404), &["status 404", "does not see it"]);
    check("", reply(500), &["status 500"]);
    check("", reply(304), &["status 304"]);
    let page = Answer::Reply(200, "Content-Type: text/html\r\n", "<html>token=abc</html>");
    check("", vec![page], &["not-json", "12-ab"]);
    let other = Answer::Reply(200, "", "{\"id\": 1}");
    check("", vec![other], &["not-a-collection"]);
    let large = Answer::Raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    check("", vec![large], &["larger than 256 MiB"]);
    let short = Answer::Raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
    check("", vec![short], &["cannot get"]);
    check("", vec![Answer::HangUp], &["cannot get"]);
    check("--timeout 1", vec![Answer::Silence], &["took too long"]);
    let away = Answer::Reply(
        302,
        "Location: https://evil.example/x?code=hidden-value\r\n",
        "",
    );
    check(
        "",
        vec![away],
        &["another server, `https://evil.example/x`"],
    );
    let insecure = Answer::Reply(302, "Location: http://127.0.0.1:1/x\r\n", "");
    check("", vec![insecure], &["another server"]);
}

#[test]
fn a_redirect_on_the_same_server_is_followed() {
    let moved = Answer::Reply(301, "Location: /v2/12-ab\r\n", "");
    let (run, sent) = fetch(&desk(), "", vec![moved, OK]);
    run.ends(0, &["stored"]);
    assert_eq!(sent[1].line, "GET /v2/12-ab");
    assert_eq!(sent[1].header("x-api-key"), Some(KEY));
}

#[test]
fn any_url_can_be_fetched_and_gets_no_key() {
    let desk = Desk::new();
    let server = Server::start(vec![OK]);
    let arguments = format!(
        "fetch --from {}/a?token=${{ACCESS}} --to b/a.json",
        server.url
    );
    let variables = [("POSTMAN_API_KEY", KEY), ("ACCESS", "hidden-value")];
    let run = desk.run_with("", &arguments, &variables);
    run.ends(0, &["stored: b/a.json"]);
    let sent = server.sent();
    assert_eq!(sent[0].line, "GET /a?token=hidden-value");
    assert_eq!(sent[0].header("x-api-key"), None);
    assert_eq!(desk.text("b/a.json"), STORED);
}

/// A configuration that came with a stranger's repository.
#[test]
fn a_hostile_configuration_gets_nothing_and_writes_nothing() {
    let check = |inputs: &str, line: &str, words: &[&str]| {
        let desk = Desk::new();
        desk.write("victim/tasks.json", "{\"item\": []}");
        desk.write("c/own.json", "{\"item\": []}");
        desk.write(
            "c/letterpress.toml",
            &format!("inputs = ['{inputs}']\nout = 'out'\n[fetch]\n'{inputs}' = '{line}'\n")
                .replace("SERVER", "https://a.example"),
        );
        #[cfg(unix)]
        std::os::unix::fs::symlink(desk.path("victim"), desk.path("c/link")).unwrap();
        // A server waits for as many requests as it has answers.
        let asked = usize::from(inputs == "own.json");
        let (run, sent) = fetch(&desk, "c", (0..asked).map(|_| OK).collect());
        run.ends(2, words);
        assert_eq!(sent.len(), asked);
        assert_eq!(desk.text("victim/tasks.json"), "{\"item\": []}");
        assert_eq!(desk.text("c/own.json"), "{\"item\": []}");
    };
    check("a.json", "SERVER/${ACCESS}", &["ACCESS", "fetch-variables"]);
    check("a.json", "SERVER/${POSTMAN_API_KEY}", &["POSTMAN_API_KEY"]);
    check("../victim/tasks.json", "12-ab", &["lies outside of"]);
    check("x/../../victim/tasks.json", "12-ab", &["lies outside of"]);
    check("own.json", "12-ab", &["was not fetched before"]);
    #[cfg(unix)]
    check("link/tasks.json", "12-ab", &["lies outside of"]);
}

#[test]
fn secrets_are_stored_where_that_is_asked_for_alone() {
    const REPLY: &str = r#"{"item": [], "variable": [{"key": "token", "value": "a1b2"}]}"#;
    let answer = || vec![Answer::Reply(200, "ETag: \"1\"\r\n", REPLY)];
    let desk = desk();
    let (run, _) = fetch(&desk, "", answer());
    run.ends(0, &["warning: 1 value", "a.json:6: token"]);
    assert!(!run.err.contains("a1b2"));
    assert!(desk.text("a.json").contains("[redacted]") && !desk.text("a.json").contains("a1b2"));
    let (run, _) = fetch(&desk, "--keep-secrets", answer());
    run.ends(0, &["stored"]);
    assert!(desk.text("a.json").contains("a1b2"));
    let (run, sent) = fetch(&desk, "", answer());
    run.ends(0, &["stored"]);
    assert_eq!(sent[0].header("if-none-match"), None);
    assert!(!desk.text("a.json").contains("a1b2"));
}

#[test]
fn an_environment_comes_from_its_own_list() {
    let desk = desk();
    let config = desk
        .text("letterpress.toml")
        .replace("[fetch]\n'a.json'", "[fetch]\n'e.json'");
    desk.write("letterpress.toml", &config);
    let reply = r#"{"environment": {"id": "1", "name": "E", "values": [{"key": "password", "value": "a1", "type": "secret"}]}}"#;
    let (run, sent) = fetch(&desk, "", vec![Answer::Reply(200, "", reply)]);
    run.ends(0, &["stored", "1 value"]);
    assert_eq!(sent[0].line, "GET /environments/12-ab");
    assert!(desk.text("e.json").starts_with("{\n\t\"name\": \"E\""));
}

#[test]
fn wrong_usage_is_told_before_anything_is_asked() {
    let desk = desk();
    let check = |config: &str, arguments: &str, words: &[&str]| {
        desk.write("letterpress.toml", config);
        desk.run(arguments).ends(2, words);
    };
    let base = "inputs = ['a.json']\nout = 'out'\n";
    check(base, "fetch", &["[fetch]"]);
    let with = |line: &str| format!("{base}[fetch]\n{line}\n");
    check(
        &with("'a.json' = '12-ab'"),
        "fetch",
        &["POSTMAN_API_KEY is not set"],
    );
    check(
        &with("'b.json' = '12-ab'"),
        "fetch",
        &["b.json", "none of the documents", "a.json"],
    );
    check(&with("'a.json' = 'a b'"), "fetch", &["neither an id"]);
    check(
        &with("'a.json' = 'https://a.example/?token=a1b2'"),
        "fetch",
        &["token=${TOKEN}"],
    );
    check(base, "fetch --from 1", &["--to"]);
    check(base, "fetch none", &["none holds no letterpress.toml"]);
}
