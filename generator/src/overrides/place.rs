//! Places in JSON, and corrections of what is there.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;

use super::matching::unmatched;
use super::{RequestOverride, TypeName};
use crate::api::{Operation, Response};
use crate::report::Report;
use crate::rules;
use crate::shape::Shape;

/// The way to a place: what holds the JSON, then names of members, and `*` for elements and values.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize)]
#[serde(from = "String")]
pub struct PlacePath(Vec<String>);

/// Corrections of a place.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlaceOverride {
    /// The name of the field.
    pub name: Option<String>,
    /// The type of its values.
    #[serde(rename = "type")]
    pub ty: Option<TypeName>,
    /// Whether the member has to be there.
    pub required: Option<bool>,
    /// The documentation of the field.
    pub docs: Option<String>,
}

/// What stands for the elements of an array and for the values of a map.
pub const EACH: &str = "*";
/// What stands for the bodies of all failures.
const ERROR: &str = "error";

impl From<String> for PlacePath {
    fn from(text: String) -> Self {
        let text = text.strip_prefix('/').unwrap_or(&text);
        let name = |segment: &str| segment.replace("~1", "/").replace("~0", "~");
        Self(text.split('/').map(name).collect())
    }
}

impl fmt::Display for PlacePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let slash = if index == 0 { "" } else { "/" };
            let name = name.replace('~', "~0").replace('/', "~1");
            write!(f, "{slash}{name}")?;
        }
        Ok(())
    }
}

impl PlacePath {
    /// The place of what holds the JSON.
    #[must_use]
    pub fn root(name: impl Into<String>) -> Self {
        Self(vec![name.into()])
    }

    /// A place directly below.
    #[must_use]
    pub fn below(&self, name: &str) -> Self {
        let names = self.0.iter().cloned();
        Self(names.chain([name.to_owned()]).collect())
    }

    /// Whether it is the place of a member.
    fn is_member(&self) -> bool {
        self.0.len() > 1 && self.0.last().is_some_and(|name| name != EACH)
    }
}

/// Corrects the places of requests. One that none of them has is reported.
pub(super) fn correct(
    report: &mut Report,
    request: &RequestOverride,
    operations: &mut [&mut Operation],
) {
    // A place comes before those below it, which may be there only because of what is said of it.
    for (path, correction) in &request.places {
        let asks_member = correction.name.is_some() || correction.required.is_some();
        if asks_member && !path.is_member() {
            let label = format!("`{path}` is no member: it has no name, and is not left out");
            report.push_general(&rules::OVERRIDE_IMPOSSIBLE, label);
        }
        let mut found = false;
        for operation in &mut *operations {
            for_each_at(operation, path, &mut |shape| {
                found = true;
                choose(shape, correction);
            });
        }
        if !found && !operations.is_empty() {
            let what = format!("`{}` has no place", request.pattern);
            let known = known(operations);
            let label = unmatched(&what, &path.to_string(), known.iter().map(String::as_str));
            report.push_general(&rules::OVERRIDE_UNUSED, label);
        }
    }
}

fn choose(shape: &mut Shape, correction: &PlaceOverride) {
    let chosen = shape.choose();
    if let Some(ty) = &correction.ty {
        chosen.ty = Some(ty.chosen());
    }
    chosen.name = correction.name.clone().or(chosen.name.take());
    chosen.required = correction.required.or(chosen.required);
    chosen.docs = correction.docs.clone().or(chosen.docs.take());
}

/// Visits what documents show of a place: in the inputs of that name, and in the replies.
fn for_each_at(operation: &mut Operation, path: &PlacePath, visit: &mut impl FnMut(&mut Shape)) {
    let Some((root, names)) = path.0.split_first() else {
        return;
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for input in operation.inputs_mut().filter(|input| input.name == *root) {
        let places = input.json.iter_mut().flat_map(|json| json.at_mut(&names));
        places.for_each(&mut *visit);
    }
    let replies = operation.responses.iter_mut();
    for response in replies.filter(|response| holders(response).contains(root)) {
        let places = response.json.iter_mut();
        let places = places.flat_map(|json| json.at_mut(&names));
        places.for_each(&mut *visit);
    }
}

/// What the places in a reply begin with.
fn holders(response: &Response) -> Vec<String> {
    let is_failure = response.by_code || !(200..300).contains(&response.status);
    let error = is_failure.then(|| ERROR.to_owned());
    let status = response.status.to_string();
    error.into_iter().chain([status]).collect()
}

/// All places that requests have.
fn known(operations: &mut [&mut Operation]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for operation in operations {
        for input in operation.inputs_mut() {
            let path = PlacePath::root(&input.name);
            input
                .json
                .iter()
                .for_each(|json| list(json, &path, &mut all));
        }
        for response in &operation.responses {
            for (holder, json) in holders(response).iter().zip(response.json.iter().cycle()) {
                list(json, &PlacePath::root(holder), &mut all);
            }
        }
    }
    all
}

fn list(shape: &Shape, path: &PlacePath, all: &mut BTreeSet<String>) {
    all.insert(path.to_string());
    if let Some(found) = &shape.list {
        list(&found.element, &path.below(EACH), all);
    }
    let members = shape.object.iter().flat_map(|object| &object.members);
    for (name, member) in members {
        let name = if shape.is_map() { EACH } else { name };
        list(&member.shape, &path.below(name), all);
    }
}
