//! What becomes of each variable, and who gives it a value.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Because, Documents};
use crate::api::{Api, Operation, Owner, Role, Treatment, Use, Variable as Definition};
use crate::input::config::Config;

/// How much of a value is shown.
const LONGEST: usize = 60;

/// A variable of the requests.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What becomes of it: more than one thing, where it stands in several places.
    pub roles: BTreeSet<Role>,
    /// How many requests hold it.
    pub requests: usize,
    /// Why, then who gives it a value: who counts comes first.
    pub because: Vec<Because>,
}

/// The variables of some requests, by name.
pub(super) fn of<'a>(
    requests: impl Iterator<Item = &'a Operation>,
    api: &Api,
    config: &Config,
    documents: &Documents<'_>,
) -> Vec<Variable> {
    let mut held: BTreeMap<&str, Held> = BTreeMap::new();
    for request in requests {
        let names: BTreeSet<&str> = request
            .variables
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        for name in names {
            let held = held.entry(name).or_default();
            held.requests += 1;
            held.sources.insert(request.at.source);
        }
        for Use { name, role } in &request.variables {
            held.entry(name).or_default().roles.insert(*role);
        }
    }
    let explained = held.into_iter().map(|(name, held)| {
        let treatment = config.overrides.variables.get(name);
        let mut because: Vec<Because> = held
            .roles
            .iter()
            .map(|role| why(*role, treatment))
            .collect();
        because.extend(values(name, &held.sources, api, documents));
        Variable {
            name: name.to_owned(),
            roles: held.roles,
            requests: held.requests,
            because,
        }
    });
    explained.collect()
}

/// Where a variable is held.
#[derive(Default)]
struct Held {
    roles: BTreeSet<Role>,
    requests: usize,
    /// The documents of the requests.
    sources: BTreeSet<usize>,
}

fn why(role: Role, treatment: Option<&Treatment>) -> Because {
    let text = match (role, treatment) {
        (Role::Constant, Some(Treatment::Constant)) | (Role::Input, Some(Treatment::Input)) => {
            "the configuration says so"
        }
        (Role::Constant, _) => {
            "it stands in a method, the name of a header, a Content-Type or a query of GraphQL"
        }
        (Role::Setting, _) => "a part of the base URL",
        (Role::Credential, _) => "a part of what requests are signed with",
        (Role::Input, _) => "a part of the path, or of what no collection fixes",
        (Role::Example, _) => "the value of an input",
    };
    Because {
        text: text.to_owned(),
        at: None,
    }
}

/// Who gives a variable a value, in the order in which Postman asks.
fn values(
    name: &str,
    sources: &BTreeSet<usize>,
    api: &Api,
    documents: &Documents<'_>,
) -> Vec<Because> {
    let is_shared = |one: &Definition| matches!(one.of, Owner::Environment | Owner::Globals);
    let given = api.variables.iter().filter(|one| one.name == name);
    let given = given.filter(|one| is_shared(one) || sources.contains(&one.at.source));
    let mut given: Vec<&Definition> = given.collect();
    given.sort_by_key(|one| one.of);
    if given.is_empty() {
        return vec![Because {
            text: "no document gives it a value".to_owned(),
            at: None,
        }];
    }
    let because = |one: &Definition| Because {
        text: format!("{} of {}", value(one), owner(one.of)),
        at: documents.location(one.at),
    };
    given.into_iter().map(because).collect()
}

fn value(variable: &Definition) -> String {
    let text = &variable.value.0;
    if variable.is_secret() {
        return "a secret".to_owned();
    }
    let shown: String = text.chars().take(LONGEST).collect();
    let cut = if shown.len() < text.len() { "…" } else { "" };
    format!("`{}{cut}`", shown.escape_debug())
}

fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Environment => "the environment",
        Owner::Folder => "a folder",
        Owner::Collection => "the collection",
        Owner::Globals => "the globals",
    }
}
