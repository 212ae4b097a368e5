//! Places in JSON, and corrections of what is there.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::matching::unmatched;
use super::{RequestOverride, TypeName};
use crate::api::{Operation, Response};
use crate::document::place::{EACH, PlacePath};
use crate::document::report::Report;
use crate::document::report::rules;
use crate::input::postman::shape::Shape;

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

/// What stands for the bodies of all failures.
const ERROR: &str = "error";

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
    let Some((root, names)) = path.names().split_first() else {
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
