//! A request that both clients have: its module, what it is on the wire, who may send it.

use std::collections::BTreeMap;

use super::aliases::{self, Named};
use super::{Both, Seen, docs, inputs, path, replies, rules, structure, types};
use crate::api;
use crate::plan::names;
use crate::plan::{self, Body, Crate, Module, Outline, PathStep, Step};

/// Compares a request with what it was.
pub(super) fn compare(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    module(both, old, new);
    wire(both, old, new);
    constants(both, old, new);
    let names = types::renamed(old, new);
    inputs::compare(both, old, new, &names);
    replies::compare(both, old, new, &names);
    structure::compare(both, old, new, &names);
    docs::compare(both, old, new);
}

fn module(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    let (old_path, new_path) = (path(old), path(new));
    let titles = (
        both.old.api.title(old.operation),
        both.new.api.title(new.operation),
    );
    let at = (Some(old.operation.at), Some(new.operation.at));
    let is_renamed = aliases::compare(both, &named(old), &named(new), at);
    if is_renamed {
        let is_moved = old.module.ident == new.module.ident;
        let rule = if is_moved {
            &rules::REQUEST_MOVED
        } else {
            &rules::REQUEST_RENAMED
        };
        both.push(rule, "", (Some(old_path), at.0), (Some(new_path), at.1));
    } else if old_path == new_path && titles.0 != titles.1 {
        both.push(
            &rules::TITLE_CHANGED,
            "",
            (Some(titles.0), at.0),
            (Some(titles.1), at.1),
        );
    }
}

/// The module of a request, and those that it had.
fn named(outline: &Outline<'_>) -> Named {
    let former = outline.module.former.iter();
    Named {
        name: path(outline),
        former: former.map(names::path).collect(),
    }
}

/// Method, path, base, body, signature, scopes, class of rate limits.
fn wire(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    let at = (Some(old.operation.at), Some(new.operation.at));
    let (before, after) = (old.module, new.module);
    let url = |plan: &Crate, outline: &Outline<'_>| {
        let mut bases = plan.bases.iter();
        let base = bases.find(|one| one.base.name == outline.operation.base.name);
        base.map_or_else(String::new, |one| one.base.default.clone())
    };
    let is_elsewhere = api::is_elsewhere(&url(both.old.plan, old), &url(both.new.plan, new));
    let mut push = |rule, old: Option<String>, new: Option<String>| {
        if old != new {
            both.push(rule, "", (old, at.0), (new, at.1));
        }
    };
    push(
        &rules::METHOD_CHANGED,
        Some(before.method.clone()),
        Some(after.method.clone()),
    );
    let path_rule = if bare_path(before) == bare_path(after) {
        &rules::PATH_NAMES_CHANGED
    } else {
        &rules::PATH_CHANGED
    };
    push(
        path_rule,
        Some(before.path_template.clone()),
        Some(after.path_template.clone()),
    );
    let base = |outline: &Outline<'_>| Some(outline.operation.base.name.clone());
    let base_rule = if is_elsewhere {
        &rules::REQUEST_HOST_CHANGED
    } else {
        &rules::BASE_CHANGED
    };
    push(base_rule, base(old), base(new));
    push(
        &rules::BODY_CHANGED,
        body_form(&before.body),
        body_form(&after.body),
    );
    let scopes = |module: &Module| Some(module.scopes.join(", ")).filter(|text| !text.is_empty());
    push(&rules::SCOPES_CHANGED, scopes(before), scopes(after));
    push(
        &rules::RATE_LIMIT_CHANGED,
        before.rate_limit.clone(),
        after.rate_limit.clone(),
    );
    if before.auth != after.auth {
        both.push(
            &rules::AUTH_CHANGED,
            "",
            (auth(before), at.0),
            (auth(after), at.1),
        );
    }
}

/// The path without the names of its variables.
fn bare_path(module: &Module) -> String {
    let steps = module.path.iter().map(|step| match step {
        PathStep::Text(text) => text.as_str(),
        PathStep::Value(..) | PathStep::Twice(..) | PathStep::Styled(..) => "{}",
    });
    steps.collect()
}

/// How a body is sent: what it is, and its media type.
fn body_form(body: &Body) -> Option<String> {
    Some(match body {
        Body::Empty => return None,
        Body::Text(_, None) => "text".to_owned(),
        Body::Text(_, Some(media_type)) => format!("text, {media_type}"),
        Body::Json(_, None) => "JSON".to_owned(),
        Body::Json(_, Some(media_type)) => format!("JSON, {media_type}"),
        Body::GraphQl(..) => "GraphQL".to_owned(),
        Body::Form(..) => "a form, urlencoded".to_owned(),
        Body::Multipart(..) => "a form, multipart".to_owned(),
        Body::File(..) => "a file".to_owned(),
    })
}

/// A scheme, and what gives the client its credentials.
fn auth(module: &Module) -> Option<String> {
    if !module.security.is_empty() {
        return Some(plan::alternatives(&module.security));
    }
    let (scheme, setter) = plan::signing(&module.auth)?;
    Some(format!("{scheme}, `Settings::{setter}`"))
}

/// What is always sent as it is: by place and name, the values.
fn constants(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    let (before, after) = (fixed(old.module), fixed(new.module));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let (old_value, new_value) = (before.get(name), after.get(name));
        if old_value != new_value {
            let seen = |value: Option<&Vec<&str>>, outline: &Outline<'_>| -> Seen {
                value.map_or((None, None), |all| {
                    (Some(all.join(", ")), Some(outline.operation.at))
                })
            };
            both.push(
                &rules::CONSTANT_CHANGED,
                name.clone(),
                seen(old_value, old),
                seen(new_value, new),
            );
        }
    }
}

fn fixed(module: &Module) -> BTreeMap<String, Vec<&str>> {
    let mut all: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let form = match &module.body {
        Body::Form(steps, _) | Body::Multipart(steps, _) => steps.as_slice(),
        Body::GraphQl(query, name, _) => {
            all.insert("query of GraphQL".to_owned(), vec![query]);
            all.extend(
                name.iter()
                    .map(|name| ("operation of GraphQL".to_owned(), vec![name.as_str()])),
            );
            &[]
        }
        _ => &[],
    };
    let lists = [
        ("query", module.query.as_slice()),
        ("header", &module.headers),
        ("form", form),
    ];
    for (kind, steps) in lists {
        for step in steps {
            if let Step::Fixed(name, value) = step {
                // An element of a query has its name in its text.
                let name = if name.is_empty() {
                    value.split('=').next().unwrap_or_default()
                } else {
                    name
                };
                all.entry(format!("{kind} {name}")).or_default().push(value);
            }
        }
    }
    all
}
