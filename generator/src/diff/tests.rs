//! What is said of changes, as a terminal shows it.

use super::{Client, compare, text};
use crate::api::Api;
use crate::pins::Pins;
use crate::plan::Crate;
use crate::{Config, Input, Report, Source, plan, understand};

fn read(name: &str, items: &str, config: &Config) -> (Vec<Source>, Api, Crate) {
    let document = format!(r#"{{"info": {{"name": "x"}}, "item": [{items}]}}"#);
    let input = Input::collection(Source::new(name, document));
    let mut report = Report::default();
    let api = understand(&mut report, &input, config);
    let plan = plan::plan(&mut report, &api, config, &Pins::default());
    (input.sources, api, plan)
}

/// The changes between two lists of items, as a terminal shows them.
fn shown(old: &str, new: &str) -> String {
    let config = Config::new("client");
    let (old, new) = (
        read("old.json", old, &config),
        read("new.json", new, &config),
    );
    let client = |(sources, api, plan)| Client {
        sources,
        api,
        plan,
        config: &config,
    };
    let (old, new) = ((&*old.0, &old.1, &old.2), (&*new.0, &new.1, &new.2));
    text(&compare(&client(old), &client(new)))
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
      input-removed (1): do not supply it
      input-renamed (1): use the new name
      input-added-required (1): supply it in each literal of `Request`
    ");
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
