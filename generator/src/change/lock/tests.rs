//! Names stay with what they were given to, whatever happens to a collection.

use serde_json::{Value, json};

use crate::document::place::PlacePath;
use crate::plan::names::{self, Ident};
use crate::plan::pins::Kind;
use crate::{Config, Input, Output, Source, generate};

/// An item: folder, name, method and URL; its id is made of what stands in `id`.
fn item(id: &str, name: &str, method: &str, url: &str) -> Value {
    json!({"id": id, "name": name, "request": {"method": method, "url": url}})
}

fn folder(name: &str, item: &[Value]) -> Value {
    json!({"name": name, "item": item})
}

fn press(items: &[Value], lock: Option<&str>, config: &Config) -> Output {
    let text = json!({"info": {"name": "A"}, "item": items}).to_string();
    let input = Input {
        lock: lock.map(|text| Source::new("letterpress.lock", text)),
        ..Input::collection(Source::new("a.json", text))
    };
    generate(&input, config)
}

fn codes(output: &Output) -> Vec<&'static str> {
    let diagnostics = output.report.diagnostics().iter();
    diagnostics.map(|one| one.rule.code).collect()
}

/// The modules of requests, in the order of the lock.
fn modules(output: &Output) -> String {
    let paths: Vec<String> = output.lock.requests.keys().map(names::path).collect();
    paths.join(" ")
}

fn get(id: &str, name: &str, path: &str) -> Value {
    item(id, name, "GET", &format!("https://a.example/{path}"))
}

/// The folder `Users` as it was at first.
fn users() -> Value {
    folder(
        "Users",
        &[get("1", "Get", "users/:id"), get("2", "List", "users")],
    )
}

/// The other one.
fn rooms() -> Value {
    folder("Rooms", &[get("3", "Get", "rooms/:id")])
}

/// Checks which modules there are when `users` and `rooms` have become other items.
#[track_caller]
fn becomes(items: &[Value], expected: &str) {
    let config = Config::new("a");
    let first = press(&[users(), rooms()], None, &config);
    assert_eq!(modules(&first), "rooms::get users::get users::list");
    let output = press(items, Some(&first.lock.to_string()), &config);
    assert_eq!(modules(&output), expected, "{items:#?}");
    // What is kept once is kept for good.
    let again = press(items, Some(&output.lock.to_string()), &config);
    assert_eq!((again.files, again.lock), (output.files, output.lock));
}

#[test]
fn order_and_ids_do_not_count() {
    let all = "rooms::get users::get users::list";
    becomes(&[users(), rooms()], all);
    becomes(&[rooms(), users()], all);
    let other = [get("8", "Get", "users/:id"), get("9", "List", "users")];
    becomes(&[folder("Users", &other), rooms()], all);
    becomes(&[users()], "users::get users::list");
}

#[test]
fn requests_with_other_names_keep_their_modules() {
    // By id; by method and path, also where a variable is called otherwise.
    let other = [get("1", "Fetch", "v2/users/:id"), get("9", "All", "users")];
    becomes(
        &[folder("Users", &other), rooms()],
        "rooms::get users::get users::list",
    );
    let other = [get("8", "Fetch", "users/:userId")];
    becomes(&[folder("Users", &other), rooms()], "rooms::get users::get");
}

/// Three at one path are told by what they send, whatever else has changed.
#[test]
fn what_requests_send_tells_them_apart() {
    let post = |id: &str, name: &str, body: &str| {
        let url = "https://a.example/search";
        let body = json!({"mode": "raw", "raw": body});
        json!({"id": id, "name": name, "request": {"method": "POST", "url": url, "body": body}})
    };
    let config = Config::new("a");
    let before = [post("1", "a", "x"), post("2", "b", "y"), get("3", "c", "c")];
    let first = press(&before, None, &config);
    let lock = first.lock.to_string();
    let after = [post("7", "q", "y"), post("8", "p", "x"), get("9", "r", "c")];
    let output = press(&[folder("F", &after)], Some(&lock), &config);
    assert_eq!(modules(&output), "a b c");
    let body = output.files.text("src/b.rs").unwrap_or_default();
    assert!(body.contains("\"y\".to_owned()"), "{lock}{body}");
}

#[test]
fn requests_in_other_folders_keep_their_modules() {
    let list = folder("Users", &[get("2", "List", "users")]);
    let more = folder("More", &[get("1", "Get", "users/:id")]);
    becomes(&[list, more, rooms()], "rooms::get users::get users::list");
    // What is new in a folder that is called otherwise goes where the others are.
    let people = [
        get("1", "Get", "users/:id"),
        get("2", "List", "users"),
        get("4", "Add", "people"),
    ];
    becomes(
        &[folder("People", &people), rooms()],
        "rooms::get users::add users::get users::list",
    );
}

/// The two are told by what lies in them, in this run and in the next.
#[test]
fn folders_may_come_to_have_one_name() {
    let rooms = folder("Users", &[get("3", "Get", "rooms/:id")]);
    becomes(
        &[users(), rooms.clone()],
        "rooms::get users::get users::list",
    );
    becomes(&[rooms, users()], "rooms::get users::get users::list");
}

/// A folder without requests has no module, so it takes none from one of its name.
#[test]
fn a_second_run_gives_the_same_as_the_first() {
    let check = |items: &[Value]| {
        let config = Config::new("a");
        let first = press(items, None, &config);
        let second = press(items, Some(&first.lock.to_string()), &config);
        assert_eq!(
            (second.files, second.lock),
            (first.files, first.lock),
            "{items:#?}"
        );
    };
    let nested = folder("", &[users()]);
    check(&[folder("", &[]), rooms(), nested.clone()]);
    check(&[nested.clone(), rooms(), folder("", &[])]);
    check(&[folder("", &[rooms()]), nested]);
}

#[test]
fn what_is_new_takes_no_name_away() {
    let more = [
        get("7", "Get", "users/me"),
        get("1", "Get", "users/:id"),
        get("2", "List", "users"),
    ];
    becomes(
        &[folder("Users", &more), rooms(), get("6", "Rooms", "all")],
        "rooms::get rooms_get users::get users::get_get users::list",
    );
}

/// The name at a place in the only request.
fn name_at<'o>(output: &'o Output, kind: Kind, place: &str) -> &'o str {
    let entry = output.lock.requests.values().next().expect("a request");
    let place = (kind, PlacePath::from(place.to_owned()));
    entry.names.current.get(&place).map_or("-", Ident::as_str)
}

#[test]
fn fields_and_types_keep_their_names() {
    let request = |body: &Value, query: &str| {
        let url = format!("https://a.example/x?{query}");
        let body = json!({"mode": "raw", "raw": body.to_string(), "options": {"raw": {"language": "json"}}});
        [json!({"name": "Make", "request": {"method": "POST", "url": url, "body": body}})]
    };
    let config = Config::new("a");
    let before = request(&json!({"b": {"settings": {"x": 1}}}), "page-size=1");
    let after = request(
        &json!({"b": {"settings": {"x": 1}}, "settings": {"y": 1}}),
        "page_size=2&page-size=1",
    );
    let first = press(&before, None, &config);
    let lock = first.lock.to_string();
    let kept = press(&after, Some(&lock), &config);
    let wild = press(&after, None, &config);
    let check = |kind: Kind, place: &str, expected: [&str; 3]| {
        let found = [&first, &wild, &kept].map(|output| name_at(output, kind, place));
        assert_eq!(found, expected, "{place}");
    };
    // What is nearer to the root, and what is spelt alike, would take the names.
    check(
        Kind::Type,
        "body/b/settings",
        ["Settings", "BSettings", "Settings"],
    );
    check(
        Kind::Type,
        "body/settings",
        ["-", "Settings", "RequestBodySettings"],
    );
    check(
        Kind::Field,
        "query/page-size",
        ["page_size", "query_page_size_2", "page_size"],
    );
    check(
        Kind::Field,
        "query/page_size",
        ["-", "query_page_size", "query_page_size"],
    );
    check(
        Kind::Field,
        "body/b/settings",
        ["settings", "settings", "settings"],
    );
    assert_eq!(codes(&kept), ["name-kept", "name-kept"]);
    let text = kept.files.text("src/make.rs").unwrap_or_default();
    assert!(
        text.contains("pub settings: RequestBodySettings,"),
        "{text}"
    );
    assert!(
        text.contains(".pair(\"page-size\"") || text.contains("\"page-size\", &self.page_size"),
        "{text}"
    );

    renamed_with_aliases(&after, &lock);
}

/// Asked for, the type is another and leaves an alias; a field cannot.
fn renamed_with_aliases(after: &[Value], lock: &str) {
    let renaming = Config {
        rename: Some("make".to_owned()),
        ..Config::new("a")
    };
    let renamed = press(after, Some(lock), &renaming);
    assert_eq!(codes(&renamed), ["renamed-for-good", "renamed"]);
    let text = renamed.files.text("src/make.rs").unwrap_or_default();
    assert!(text.contains("pub type Settings = BSettings;"), "{text}");
    // Nothing else takes the alias.
    assert_eq!(
        name_at(&renamed, Kind::Type, "body/settings"),
        "RequestBodySettings"
    );
}

#[test]
fn renaming_leaves_aliases() {
    let get = |name: &str| item("1", name, "GET", "https://a.example/x");
    let config = Config::new("a");
    let first = press(&[folder("Users", &[get("Get")])], None, &config);
    let lock = first.lock.to_string();
    let after = [folder("People", &[get("Fetch")])];
    let kept = press(&after, Some(&lock), &config);
    assert_eq!(
        (modules(&kept), codes(&kept)),
        ("users::get".to_owned(), vec!["name-kept"])
    );
    let renaming = Config {
        rename: Some("users::*".to_owned()),
        ..config.clone()
    };
    let renamed = press(&after, Some(&lock), &renaming);
    assert_eq!(modules(&renamed), "users::fetch");
    assert_eq!(codes(&renamed), ["renamed"]);
    let all = Config {
        rename: Some("*".to_owned()),
        ..config.clone()
    };
    let renamed = press(&after, Some(&lock), &all);
    assert_eq!(modules(&renamed), "people::fetch");
    let alias = renamed.files.text("src/users/mod.rs").unwrap_or_default();
    assert!(
        alias.contains("#[deprecated(note = \"it is `people::fetch` now\")]"),
        "{alias}"
    );
    assert!(
        alias.contains("pub use crate::people::fetch::*;"),
        "{alias}"
    );
    // The alias stays, and no new request takes it.
    let lock = renamed.lock.to_string();
    let more = item("2", "Get", "GET", "https://a.example/y");
    let later = press(
        &[folder("People", &[get("Fetch")]), folder("Users", &[more])],
        Some(&lock),
        &config,
    );
    assert_eq!(modules(&later), "people::fetch users::get_2");
    assert!(
        later
            .files
            .text("src/users/mod.rs")
            .is_some_and(|text| text.contains("pub mod get {"))
    );
    let gone: String = lock
        .lines()
        .filter(|line| !line.starts_with("was\t"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let without = press(&after, Some(&gone), &config);
    assert!(without.files.text("src/users/mod.rs").is_none());
}

#[test]
fn a_lock_is_read_as_it_was_written() {
    let items = [folder(
        "A\tb/c",
        &[item("\\", "x\ny", "GET", "https://a.example/:a~b/:c")],
    )];
    let output = press(&items, None, &Config::new("a"));
    let text = output.lock.to_string();
    assert_eq!(
        super::text::read(&text),
        (output.lock.clone(), Vec::new()),
        "{text}"
    );
    assert_eq!(
        super::text::read(&text.replace('\n', "\r\n")).0,
        output.lock
    );
    let mut lines: Vec<&str> = text.lines().collect();
    lines.reverse();
    let turned = format!("{}\n", lines.join("\n"));
    assert_eq!(
        super::text::read(&turned).0,
        output.lock,
        "the order of lines counts"
    );
}

/// A lock of two requests, of eight lines.
fn small_lock() -> String {
    let items = [get("1", "x", "x?q=1"), get("2", "y", "y")];
    let text = press(&items, None, &Config::new("a")).lock.to_string();
    assert_eq!(text.lines().count(), LINES, "{text}");
    text
}

const LINES: usize = 7;

/// What is added to a lock, and what is said about which of its lines.
const DAMAGES: &[(&str, &[(usize, &str)])] = &[
    ("", &[]),
    (
        "<<<<<<< HEAD\n=======\n>>>>>>> b\n",
        &[(1, "conflict"), (2, "conflict"), (3, "conflict")],
    ),
    ("format\t2\n", &[(1, "newer")]),
    (
        "field\tx\tquery/z",
        &[(1, "no line of a lock"), (1, "cut off")],
    ),
    ("field\tx\tquery/z\tfn\n", &[(1, "`fn` is no name")]),
    ("field\tz\tquery/z\tz\n", &[(1, "which request that is")]),
    ("field\tx\tquery/q\tother\n", &[(1, "something else")]),
    ("hello\n", &[(1, "no line of a lock")]),
];

#[test]
fn damaged_lines_are_told_and_the_rest_counts() {
    let text = small_lock();
    for (added, expected) in DAMAGES {
        let (lock, damages) = super::text::read(&format!("{text}{added}"));
        let found: Vec<(usize, &str)> = damages
            .iter()
            .map(|one| (one.line, one.reason.as_str()))
            .collect();
        assert_eq!(found.len(), expected.len(), "{added}\n{found:#?}");
        for ((line, reason), (at, word)) in found.iter().zip(*expected) {
            assert!(
                *line == LINES + at && reason.contains(word),
                "{line}: {reason}"
            );
        }
        assert_eq!(lock.requests.len(), 2, "{added}");
    }
    let (lock, damages) = super::text::read("");
    assert_eq!((lock.requests.len(), damages.len()), (0, 1));
}

#[test]
fn a_damaged_lock_still_gives_its_names() {
    let damaged = format!("{}<<<<<<< HEAD\n", small_lock());
    let items = [get("1", "z", "x?q=1"), get("2", "y", "y")];
    let output = press(&items, Some(&damaged), &Config::new("a"));
    assert_eq!(codes(&output), ["lock-damaged", "name-kept"]);
    assert_eq!(modules(&output), "x y");
}

#[test]
fn what_a_broken_document_leaves_out_keeps_its_names() {
    let config = Config::new("a");
    let both = [
        item("1", "x", "GET", "https://a.example/x"),
        item("2", "y", "GET", "https://a.example/y"),
    ];
    let lock = press(&both, None, &config).lock.to_string();
    let broken = [
        item("1", "x", "GET", "https://a.example/x"),
        json!({"id": "2", "name": "y", "request": {}}),
    ];
    let output = press(&broken, Some(&lock), &config);
    assert!(output.report.has_errors());
    assert_eq!(modules(&output), "x y");
}
