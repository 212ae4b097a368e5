//! Accounts for the changes between two versions of an API, which stand as collections and as `OpenAPI` documents:
//!
//! ```text
//! cargo run --release --example evolution -- OLD.json OLD.openapi.json NEW.json NEW.openapi.json
//! ```
//!
//! Each operation and each parameter, member and status that only one description has must be a change that
//! `diff` finds between the collections, and each such change must be a difference of the descriptions.
//! What has no counterpart is printed and counted; the program fails where there is any.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for developers, which reads files and prints"
)]

mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::process::ExitCode;
use std::{env, fs};

use letterpress::change::diff::{self, Change, Client, Diff};
use letterpress::change::lock::Lock;
use letterpress::plan::names;
use letterpress::{Config, Input, Report, Source, plan, understand};

use facts::{Facts, Key, bare, operations};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    let files: Vec<String> = env::args().skip(1).collect();
    let [old, old_description, new, new_description] = files.as_slice() else {
        return Err("usage: evolution OLD.json OLD.openapi.json NEW.json NEW.openapi.json".into());
    };
    let diff = compare(old, new)?;
    let described = |path: &String| -> Result<BTreeMap<Key, Facts>> {
        Ok(operations(&serde_json::from_str(&fs::read_to_string(
            path,
        )?)?))
    };
    let (old, new) = (described(old_description)?, described(new_description)?);
    let lost = whole(&diff, &old, &new) + parts(&diff, &old, &new);
    Ok(ExitCode::from(u8::from(lost > 0)))
}

/// What `diff` says.
fn compare(old: &str, new: &str) -> Result<Diff> {
    let config = Config::new("client");
    let read = |path: &str, known: &Lock| -> Result<_> {
        let input = Input::collection(Source::new(path, fs::read_to_string(path)?));
        let mut report = Report::default();
        let api = understand(&mut report, &input, &config);
        let pins = known.pins(&api, None);
        let plan = plan::plan(&mut report, &api, &config, &pins);
        let lock = Lock::of(&input.sources(), &api, &plan, &pins);
        Ok((input.documents, api, plan, lock))
    };
    let old = read(old, &Lock::default())?;
    let new = read(new, &old.3)?;
    let client = |(sources, api, plan)| Client {
        sources,
        api,
        plan,
        config: &config,
    };
    let (old, new) = (
        (old.0.iter().collect(), &old.1, &old.2),
        (new.0.iter().collect(), &new.1, &new.2),
    );
    Ok(diff::compare(&client(old), &client(new)))
}

/// The request that a change is in.
fn key(change: &Change) -> Option<Key> {
    let request = change.request.as_ref()?;
    let (method, path) = request.request.split_once(' ')?;
    Some((method.to_owned(), bare(path)))
}

/// Compares what is said of whole operations; gives the number of those without a counterpart.
fn whole(diff: &Diff, old: &BTreeMap<Key, Facts>, new: &BTreeMap<Key, Facts>) -> usize {
    let of_rule = |code: &str| -> BTreeSet<Key> {
        let changes = diff
            .changes
            .iter()
            .filter(|change| change.rule.code == code);
        changes.filter_map(key).collect()
    };
    let (removed, added) = (of_rule("request-removed"), of_rule("request-added"));
    // What goes elsewhere is a removed and an added operation of the descriptions.
    let elsewhere =
        |change: &&Change| matches!(change.rule.code, "path-changed" | "method-changed");
    let moved: BTreeSet<Key> = diff
        .changes
        .iter()
        .filter(elsewhere)
        .filter_map(key)
        .collect();
    let gone: BTreeSet<Key> = old
        .keys()
        .filter(|key| !new.contains_key(key))
        .cloned()
        .collect();
    let more = new.keys().filter(|key| !old.contains_key(key)).count();
    println!("operations        described  diff");
    println!("  old             {:9}  {:4}", old.len(), diff.requests.old);
    println!("  new             {:9}  {:4}", new.len(), diff.requests.new);
    println!(
        "  only in old     {:9}  {:4}, and {} at another path",
        gone.len(),
        removed.len(),
        moved.len()
    );
    println!(
        "  only in new     {more:9}  {:4}, and {} at another path",
        added.len(),
        moved.len()
    );
    let found: BTreeSet<Key> = removed.union(&moved).cloned().collect();
    let strange: Vec<&Key> = found.symmetric_difference(&gone).collect();
    let is_new = |key: &&Key| new.contains_key(*key) && !old.contains_key(*key);
    let odd: Vec<&Key> = added.iter().filter(|key| !is_new(key)).collect();
    for (method, path) in strange.iter().chain(&odd) {
        println!("  not accounted for: {method} {path}");
    }
    let missing = more.abs_diff(added.len() + moved.len());
    strange.len() + odd.len() + missing
}

/// Something that two versions of an operation have not in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    kind: &'static str,
    /// The name of its field.
    name: String,
    /// Whether only its type is another.
    is_type: bool,
}

/// What becomes of a difference.
const FOUND: &str = "found by both";
const FORM: &str = "in a body that is a form in one collection and JSON in the other";
const OTHER: &str = "in an alternative, or of a schema without members, that no example shows";
const PROSE: &str = "told by prose: a status or an error code in the text of a reply";
const TYPE: &str = "only a type: a collection has examples and prose in its place";
const LOST: &str = "not accounted for";

/// Compares what is said of parameters, members and statuses, in the operations that both versions have; gives the
/// number of those without a counterpart.
fn parts(diff: &Diff, old: &BTreeMap<Key, Facts>, new: &BTreeMap<Key, Facts>) -> usize {
    let mut tally: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for (key, before) in old {
        let Some(after) = new.get(key) else { continue };
        let is_here = |change: &&Change| self::key(change).as_ref() == Some(key);
        let changes: Vec<&Change> = diff.changes.iter().filter(is_here).collect();
        let is_body_new = changes
            .iter()
            .any(|change| change.rule.code == "body-changed");
        let found: BTreeSet<Part> = changes.iter().filter_map(|change| part(change)).collect();
        let described = described(before, after);
        for (one, is_other) in &described {
            let class = match one {
                one if found.contains(one) => FOUND,
                one if one.kind == "member" && is_body_new => FORM,
                _ if *is_other => OTHER,
                one if one.is_type => TYPE,
                _ => LOST,
            };
            *tally.entry((class, "described")).or_default() += 1;
            if class == LOST {
                lines.push(format!(
                    "described, not found: {} {} {} {}",
                    key.0, key.1, one.kind, one.name
                ));
            }
        }
        for one in &found {
            let class = match one {
                one if described.contains_key(one) => FOUND,
                one if is_body_new && one.kind != "status" => FORM,
                one if one.is_type => TYPE,
                one if one.kind == "status" => PROSE,
                _ => LOST,
            };
            *tally.entry((class, "found")).or_default() += 1;
            if class == LOST {
                lines.push(format!(
                    "found, not described: {} {} {} {}",
                    key.0, key.1, one.kind, one.name
                ));
            }
        }
    }
    println!("\ndifferences in operations that both have  described  diff");
    for class in [FOUND, FORM, OTHER, TYPE, PROSE, LOST] {
        let count = |side| tally.get(&(class, side)).copied().unwrap_or_default();
        println!("  {:9}  {:4}  {class}", count("described"), count("found"));
    }
    for line in &lines {
        println!("{line}");
    }
    lines.len()
}

/// What two descriptions of an operation have not in common, and whether an example does not show it. Below what is
/// only in one or of another type, nothing counts.
fn described(before: &Facts, after: &Facts) -> BTreeMap<Part, bool> {
    let is_in_both = |place: &str| before.contains_key(place) && after.contains_key(place);
    let kind = |facts: &Facts, place: &str| facts.get(place).map(|fact| fact.kind.clone());
    let is_plain = |place: &str| is_in_both(place) && kind(before, place) == kind(after, place);
    let places: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut described = BTreeMap::new();
    for place in places {
        let mut around = place.rmatch_indices('/').map(|(end, _)| &place[..end]);
        let (old, new) = (before.get(place), after.get(place));
        if kind(before, place) != kind(after, place) && around.all(is_plain) {
            let is_other = old.into_iter().chain(new).any(|fact| fact.is_other);
            let part = named(place, is_in_both(place));
            *described.entry(part).or_insert(true) &= is_other;
        }
    }
    described
}

/// A fact in terms of a client.
fn named(place: &str, is_type: bool) -> Part {
    let name = place.rsplit(['/', ' ']).find(|name| *name != "*");
    let name = name.unwrap_or_default();
    let field = || names::field(name).map_or_else(String::new, |ident| ident.to_string());
    let (kind, name) = match place.split([' ', '/']).next() {
        Some("path") => ("path", name.to_owned()),
        Some("query" | "header") => ("parameter", field()),
        Some("status") => ("status", String::new()),
        // The whole of a body or a reply has no name.
        _ if !place.contains('/') => ("member", String::new()),
        _ => ("member", field()),
    };
    Part {
        kind,
        name,
        is_type,
    }
}

/// A change in the same terms.
fn part(change: &Change) -> Option<Part> {
    let (holder, name) = change.what.split_once('.').unwrap_or((&change.what, ""));
    let code = change.rule.code;
    let is_input = code.starts_with("input-") && matches!(holder, "Request" | "Options");
    let is_type = code.ends_with("type-changed") || code.ends_with("kind-changed");
    let is_part = is_type || code.contains("-added") || code.contains("-removed");
    let (kind, name) = match code {
        _ if is_input && is_part && name == "body" => ("member", String::new()),
        _ if is_input && is_part => match position(change, name) {
            Some(position) => ("path", position.to_string()),
            None => ("parameter", name.to_owned()),
        },
        "member-added" | "member-added-required" | "member-removed" | "member-type-changed" => {
            ("member", name.to_owned())
        }
        "response-type-changed" => ("member", String::new()),
        "variant-added" | "variant-removed" | "status-documented" | "status-undocumented" => {
            ("status", String::new())
        }
        _ => return None,
    };
    Some(Part {
        kind,
        name,
        is_type,
    })
}

/// Which of the path variables a field is.
fn position(change: &Change, field: &str) -> Option<usize> {
    let (_, path) = change.request.as_ref()?.request.split_once(' ')?;
    let mut variables = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    variables.position(|name| names::field(name).is_some_and(|ident| ident.as_str() == field))
}
