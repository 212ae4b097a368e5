//! What is said of changes, as a terminal shows it.

mod edits;

use serde_json::{Value, json};

use super::{Client, Diff, compare, text};
use crate::api::Api;
use crate::change::lock::Lock;
use crate::plan::Crate;
use crate::{Config, Input, Report, Source, plan, understand};

/// A client, and what it was made of.
struct Side {
    sources: Vec<Source>,
    api: Api,
    plan: Crate,
    lock: Lock,
    config: Config,
}

/// Reads items; the client keeps the names of an older one.
fn read(name: &str, items: &str, older: &Lock) -> Side {
    let document = format!(r#"{{"info": {{"name": "x"}}, "item": [{items}]}}"#);
    let input = Input::collection(Source::new(name, document));
    let (mut report, config) = (Report::default(), Config::new("client"));
    let api = understand(&mut report, &input, &config);
    let pins = older.pins(&api, None);
    let plan = plan::plan(&mut report, &api, &config, &pins);
    let lock = Lock::of(&input.sources(), &api, &plan, &pins);
    let sources = input.documents;
    Side {
        sources,
        api,
        plan,
        lock,
        config,
    }
}

impl Side {
    fn client(&self) -> Client<'_> {
        let Side {
            sources,
            api,
            plan,
            config,
            ..
        } = self;
        Client {
            sources: sources.iter().collect(),
            api,
            plan,
            config,
        }
    }
}

fn diff(old: &Side, new: &Side) -> Diff {
    compare(&old.client(), &new.client())
}

/// The changes between two lists of items, as a terminal shows them.
fn shown(old: &str, new: &str) -> String {
    let old = read("old.json", old, &Lock::default());
    let new = read("new.json", new, &Lock::default());
    text(&diff(&old, &new))
}

#[test]
fn shows_what_changes_of_a_request() {
    let old = r#"{"name": "Get a user", "request": {"url": "https://a.example/users/:id?page=1"}}"#;
    let new = r#"{"name": "Get a user", "request": {"url": "https://a.example/users/:user_id?size=1"}},
        {"name": "Delete a user", "request": {"method": "DELETE", "url": "https://a.example/users/:id"}}"#;
    insta::assert_snapshot!(shown(old, new), @r"
    2 requests, were 1: 1 added, 0 removed, 1 changed, 0 unchanged

    The new version of the client is a major one: 3 major, 1 minor, 1 patch.

    new requests
      minor  request-added  delete_user  DELETE /users/{id}  (new.json:2:9)

    get_user  Get a user  GET /users/{id}
      major  input-removed         Request.page: i64  (old.json:1:76)
      major  input-renamed         Request.id: id → user_id  (old.json:1:76 → new.json:1:76)
      major  input-added-required  Request.size: i64  (new.json:1:76)
      patch  path-names-changed    /users/{id} → /users/{user_id}  (old.json:1:34 → new.json:1:34)

    what to do
      input-removed (1): remove it from your code
      input-renamed (1): use the new name
      input-added-required (1): set it in each `Request` literal
    ");
}

/// What goes into a pull request must not be longer than it may be there.
#[test]
fn markdown_counts_what_is_too_long_to_be_listed() {
    let items = |count: usize, key: &str, says: &str| {
        let long = (0..8).map(|n| json!({"key": format!("parameter-with-a-long-name-{n}"), "value": "1", "description": says}));
        let query: Vec<Value> = long.chain([json!({"key": key, "value": "1"})]).collect();
        let item = |number| {
            let url = json!({"host": ["https://a.example"], "path": [format!("r{number}")], "query": query});
            json!({"name": format!("Request {number}"), "request": {"url": url}}).to_string()
        };
        (0..count).map(item).collect::<Vec<_>>().join(",")
    };
    let check = |count: usize, has: [bool; 2], left: &str| {
        let old = read(
            "old.json",
            &items(count, "a", "As it was."),
            &Lock::default(),
        );
        let new = read(
            "new.json",
            &items(count, "b", "As it is."),
            &Lock::default(),
        );
        let text = super::markdown(&diff(&old, &new));
        assert!(text.len() <= 60_000, "{}", text.len());
        assert!(
            text.starts_with(&format!("{count} requests, were {count}: ")),
            "{text}"
        );
        let found =
            ["input-removed: `Request.a`", "docs-changed (8): "].map(|word| text.contains(word));
        assert_eq!(found, has, "{text}");
        let last = text.lines().last().unwrap_or_default();
        let end = last.strip_prefix("Not listed, for this would be too long: ");
        assert_eq!(end.unwrap_or_default(), left);
    };
    check(5, [true, true], "");
    check(
        150,
        [true, false],
        "1200 patch. `letterpress diff` lists all.",
    );
    check(
        500,
        [false, false],
        "1000 major, 4000 patch. `letterpress diff` lists all.",
    );
}

#[test]
fn says_when_nothing_changes() {
    let items =
        r#"{"name": "Get a user", "request": {"url": "https://a.example/users/:id?page=1"}}"#;
    insta::assert_snapshot!(shown(items, items), @r"
    1 requests, were 1: 0 added, 0 removed, 0 changed, 1 unchanged

    Nothing changes for users of the client.
    ");
}

#[test]
fn what_goes_elsewhere_comes_first() {
    let items = |method: &str, urls: [&str; 3]| {
        let items = urls.iter().enumerate().map(|(n, url)| {
            let method = if n == 0 { method } else { "GET" };
            let request = json!({"method": method, "url": format!("{url}/{n}")});
            json!({"name": format!("Get {n}"), "request": request}).to_string()
        });
        items.collect::<Vec<_>>().join(",")
    };
    let old = items("GET", ["https://a.example"; 3]);
    let new = items(
        "PUT",
        ["https://a.example", "http://a.example", "http://a.example"],
    );
    let (old, new) = (
        read("old.json", &old, &Lock::default()),
        read("new.json", &new, &Lock::default()),
    );
    let diff = diff(&old, &new);
    insta::assert_snapshot!(text(&diff), @r"
    3 requests, were 3: 0 added, 0 removed, 3 changed, 0 unchanged

    Security: 4 changes of where requests go.

    The new version of the client is a major one: 4 major, 1 minor.

    security: where requests and credentials go
      major  base-url-host-changed  BASE_URL: `https://a.example` https://a.example → `http://a.example` http://a.example
      major  base-url-added         A_EXAMPLE_URL: `https://a.example` https://a.example
      major  request-host-changed   https://a.example → http://a.example, in get_1, get_2

    get_0  Get 0  GET /0
      minor  method-changed  GET → PUT  (old.json:1:34 → new.json:1:34)

    what to do
      base-url-host-changed (1): check that you trust this host with your credentials
      base-url-added (1): check that you trust this host; if it has no value, set it with `Settings::base_url`
      request-host-changed (2): check that you trust this host with your credentials
      method-changed (1): nothing in code; update mock servers
    ");
    let markdown = super::markdown(&diff);
    let list = "### Security: where requests and credentials go\n\n- **major, security** base-url-host-changed: `BASE_URL`";
    let headings = markdown.matches("### ").count();
    assert!(markdown.contains(list) && headings == 3, "{markdown}");
    let json: Value = serde_json::from_str(&super::json(&diff)).expect("JSON");
    assert_eq!(json["security"], true);
    let changes = json["changes"].as_array().expect("changes").iter();
    let marks: Vec<bool> = changes.map(|change| change["security"] == true).collect();
    assert_eq!(marks, [true, true, true, true, false]);
}
