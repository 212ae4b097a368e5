//! Places in JSON, and corrections of what is there.

use std::sync::Arc;

use std::collections::BTreeSet;

use serde::Deserialize;

use super::matching::unmatched;
use super::{RequestOverride, TypeName};
use crate::api::{Member, Operation, Reason, Response, Schema, SchemaType};
use crate::document::place::{EACH, PlacePath};
use crate::document::report::Report;
use crate::document::report::rules;

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

/// Why a member of a request is optional, which is no reason any more where the user says so.
const NOT_EVERY_EXAMPLE: &str = "not every example has it";

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
            for_each_at(operation, path, &mut |place| {
                found = true;
                choose(place, correction);
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

/// A place in JSON: a member, or another value.
enum JsonPlace<'a> {
    Member(&'a mut Member),
    Value(&'a mut Schema),
}

fn choose(place: JsonPlace<'_>, correction: &PlaceOverride) {
    let schema = match place {
        JsonPlace::Value(schema) => schema,
        JsonPlace::Member(member) => {
            if let Some(required) = correction.required {
                member.required = required;
                let word = if required { "required" } else { "optional" };
                let reason = format!("{word} by letterpress.toml");
                member
                    .schema
                    .reasons
                    .retain(|known| known.text != NOT_EVERY_EXAMPLE);
                member.schema.reasons.push(reason.into());
            }
            &mut member.schema
        }
    };
    if let Some(ty) = &correction.ty {
        let stated = schema
            .reasons
            .iter()
            .filter(|reason| reason.text.ends_with(" by letterpress.toml"));
        let stated: Vec<Reason> = stated.cloned().collect();
        schema.reasons.retain(|reason| !stated.contains(reason));
        ty.choose(schema);
        schema.reasons.extend(stated);
    }
    if let Some(name) = &correction.name {
        schema.rename = Some(name.clone());
        schema
            .reasons
            .push("its name is chosen in letterpress.toml".into());
    }
    if let Some(docs) = &correction.docs {
        schema.docs.clone_from(docs);
    }
}

/// Visits what is known of a place: in the inputs of that name, and in the replies.
fn for_each_at(operation: &mut Operation, path: &PlacePath, visit: &mut impl FnMut(JsonPlace<'_>)) {
    let Some((root, names)) = path.names().split_first() else {
        return;
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let inputs = operation.inputs_mut();
    for input in inputs.filter(|input| input.as_json && input.name == *root) {
        visit_at(JsonPlace::Value(&mut input.schema), &names, visit);
    }
    let mut replies = operation.responses.iter();
    // All failures have one type.
    let names_failure = replies.any(|one| one.is_failure() && holders(one).contains(root));
    for response in &mut operation.responses {
        let is_meant = names_failure && response.is_failure() || holders(response).contains(root);
        if let Some(schema) = response.schema.as_mut().filter(|_| is_meant) {
            visit_at(JsonPlace::Value(Arc::make_mut(schema)), &names, visit);
        }
    }
}

/// Visits the places at a path below one: names of members, and `*` for the elements of arrays and for the
/// values of objects whose names are data.
fn visit_at(place: JsonPlace<'_>, path: &[&str], visit: &mut impl FnMut(JsonPlace<'_>)) {
    let Some((segment, rest)) = path.split_first() else {
        return visit(place);
    };
    let schema = match place {
        JsonPlace::Member(member) => &mut member.schema,
        JsonPlace::Value(schema) => schema,
    };
    match &mut schema.ty {
        SchemaType::List(inner) | SchemaType::Map(inner) if *segment == EACH => {
            visit_at(JsonPlace::Value(inner), rest, visit);
        }
        SchemaType::Record(record) => {
            let mut members = record.members.iter_mut();
            if let Some(member) = members.find(|member| member.name == *segment) {
                visit_at(JsonPlace::Member(member), rest, visit);
            }
        }
        SchemaType::Union(union) => {
            for one in &mut union.alternatives {
                visit_at(JsonPlace::Value(&mut one.schema), path, visit);
            }
        }
        _ => {}
    }
}

/// What the places in a reply begin with.
fn holders(response: &Response) -> Vec<String> {
    let error = response.is_failure().then(|| ERROR.to_owned());
    let status = response.statuses.to_string();
    error.into_iter().chain([status]).collect()
}

/// All places that requests have.
fn known(operations: &mut [&mut Operation]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for operation in operations {
        for (_, input, _) in operation.inputs().filter(|(_, input, _)| input.as_json) {
            list(&input.schema, &PlacePath::root(&input.name), &mut all);
        }
        for response in &operation.responses {
            for (holder, schema) in holders(response).iter().zip(response.schema.iter().cycle()) {
                list(schema, &PlacePath::root(holder), &mut all);
            }
        }
    }
    all
}

fn list(schema: &Schema, path: &PlacePath, all: &mut BTreeSet<String>) {
    all.insert(path.to_string());
    match &schema.ty {
        SchemaType::List(inner) | SchemaType::Map(inner) => list(inner, &path.below(EACH), all),
        SchemaType::Record(record) => {
            for member in &record.members {
                list(&member.schema, &path.below(member.name.as_str()), all);
            }
        }
        SchemaType::Union(union) => {
            for one in &union.alternatives {
                list(&one.schema, path, all);
            }
        }
        _ => {}
    }
}
