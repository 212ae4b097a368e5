//! What the user says against the document: which requests are generated, and what was guessed wrong.
//!
//! ```toml
//! exclude = ["Chat/*"]
//!
//! [variables]
//! version = "constant"
//! contentType = "input"
//!
//! [[request]]
//! match = "Meetings/Update a live stream"
//! name = "change_live_stream"
//! body = "json"
//! status."300" = 400
//! inputs.meetingId = { type = "string", name = "meeting" }
//! inputs.page_url = { required = false }
//! places."body/settings/audio" = { type = { one-of = ["both", "voip"] }, name = "audio_kind" }
//! places."200/meetings/*/id" = { type = "integer" }
//! places."error/code" = { type = "json", required = true }
//! ```
//!
//! A pattern is the folders and the name of a request, its method and path, `PATCH /meetings/{meetingId}`, or
//! its id in the document; `*` stands for any text, `?` for one character.
//!
//! The value of a variable that is `"constant"` is put in wherever it stands; that of an `"input"` is put in
//! nowhere, where it need not be. [`postman`](crate::input::postman) does so as it reads.
//!
//! | line | what it corrects |
//! | --- | --- |
//! | `name` | the name of the module |
//! | `body` | `"json"`: a form is sent as an object of its fields, a text as JSON; `"text"`: the caller writes the text; `"none"` |
//! | `status` | the status that saved replies stand under, and the one that they have |
//! | `inputs` | an input by its name on the wire: `type`, `name`, `required` |
//! | `places` | a place in JSON: `type`, `name` and `required` of a member, `docs` |
//!
//! A place begins with what holds the JSON: `body`, `variables` (of a `GraphQL` request), the name of a form
//! field, a status, or `error` for the body of every failure. Then come names of members, and `*` for the
//! elements of an array or the values of an object whose names are data. It may begin with a slash, and `~1`
//! and `~0` in a name are `/` and `~`, as in a JSON pointer. `status`, `inputs`, `body` and `places` are taken
//! in this order: a place is one of what the other lines have made of the request.
//!
//! What matches nothing is an error: it was right once, or it is misspelt.

mod body;
mod matching;
mod place;
mod variables;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::api::{Api, Body, Input, Operation, Parameter, PathPart, Scalar, Treatment};
use crate::document::place::PlacePath;
use crate::document::report::Report;
use crate::document::report::rules;
use crate::input::postman::shape::{Choice, ChosenType};

pub use body::BodyKind;
pub use place::PlaceOverride;

use matching::{Subjects, unmatched};

/// All that the user says about requests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overrides {
    /// Only requests that match one of these patterns are generated; all, where there is none.
    pub include: Vec<String>,
    /// Requests that match one of these patterns are not generated.
    pub exclude: Vec<String>,
    /// Corrections, in order; a later one comes before an earlier one.
    pub request: Vec<RequestOverride>,
    /// What becomes of variables, by their names.
    pub variables: BTreeMap<String, Treatment>,
}

/// Corrections of the requests that match a pattern.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RequestOverride {
    /// The pattern.
    #[serde(rename = "match")]
    pub pattern: String,
    /// The name of the module.
    pub name: Option<String>,
    /// What the body is.
    pub body: Option<BodyKind>,
    /// The real status of the replies that are saved under one.
    #[serde(default)]
    pub status: BTreeMap<Status, u16>,
    /// Corrections of inputs, by their name on the wire.
    #[serde(default)]
    pub inputs: BTreeMap<String, InputOverride>,
    /// Corrections of places in JSON.
    #[serde(default)]
    pub places: BTreeMap<PlacePath, PlaceOverride>,
}

/// Corrections of an input.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InputOverride {
    /// The name of the field.
    pub name: Option<String>,
    /// The type of its values.
    #[serde(rename = "type")]
    pub ty: Option<TypeName>,
    /// Whether it has to be supplied. What stands in a path always has to be.
    pub required: Option<bool>,
}

/// A type that an input or a place can be given.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypeName {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `f64`
    Float,
    /// A number with all its digits; in JSON only.
    Number,
    /// `bool`
    Boolean,
    /// Any JSON; in JSON only.
    Json,
    /// An object whose names are data; in JSON only.
    Map,
    /// An enum of these texts, open for others.
    OneOf(Vec<String>),
}

/// A status code as a key of TOML, which is a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Status(pub u16);

impl TryFrom<String> for Status {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let code = text.parse().ok().filter(|code| (100..600).contains(code));
        code.map(Self)
            .ok_or_else(|| format!("`{text}` is no status code"))
    }
}

/// Applies what the user says to what the document says.
pub fn apply(report: &mut Report, api: &mut Api, overrides: &Overrides) {
    variables::check(report, api, &overrides.variables);
    let subjects = Subjects::of(api);
    let mut matches = |pattern: &str| subjects.matches(report, pattern);
    let included = union(&mut matches, &overrides.include, api.operations.len());
    let excluded = union(&mut matches, &overrides.exclude, api.operations.len());
    let corrected: Vec<(&RequestOverride, Vec<bool>)> = overrides
        .request
        .iter()
        .map(|request| (request, matches(&request.pattern)))
        .collect();
    for (request, matched) in corrected {
        let chosen = api.operations.iter_mut().zip(matched);
        let chosen = chosen.filter(|(_, matched)| *matched);
        let mut chosen: Vec<&mut Operation> = chosen.map(|(operation, _)| operation).collect();
        correct(report, request, &mut chosen);
    }
    let mut keep = (0..api.operations.len())
        .map(|at| (overrides.include.is_empty() || included[at]) && !excluded[at])
        .collect::<Vec<_>>()
        .into_iter();
    api.operations.retain(|_| keep.next().unwrap_or(true));
}

/// Which of the requests of an API a pattern matches, as `match` of an override does.
///
/// # Errors
///
/// That it matches none, and the nearest.
pub fn select(api: &Api, pattern: &str) -> Result<Vec<bool>, String> {
    Subjects::of(api).select(pattern)
}

fn union(
    matches: &mut impl FnMut(&str) -> Vec<bool>,
    patterns: &[String],
    count: usize,
) -> Vec<bool> {
    patterns
        .iter()
        .map(|pattern| matches(pattern))
        .fold(vec![false; count], |all, one| {
            all.into_iter().zip(one).map(|(a, b)| a || b).collect()
        })
}

fn correct(report: &mut Report, request: &RequestOverride, operations: &mut [&mut Operation]) {
    for operation in &mut *operations {
        if let Some(name) = &request.name {
            operation.rename = Some(name.clone());
        }
    }
    correct_statuses(report, request, operations);
    correct_inputs(report, request, operations);
    if let Some(kind) = request.body {
        for operation in &mut *operations {
            body::turn(report, operation, kind);
        }
    }
    place::correct(report, request, operations);
}

fn correct_statuses(
    report: &mut Report,
    request: &RequestOverride,
    operations: &mut [&mut Operation],
) {
    let known: Vec<u16> = operations
        .iter()
        .flat_map(|operation| operation.responses.iter().map(|response| response.status))
        .collect();
    for Status(status) in request.status.keys() {
        if !operations.is_empty() && !known.contains(status) {
            let what = format!("`{}` has no saved reply of status", request.pattern);
            let known: Vec<String> = known.iter().map(u16::to_string).collect();
            let label = unmatched(&what, &status.to_string(), known.iter().map(String::as_str));
            report.push_general(&rules::OVERRIDE_UNUSED, label);
        }
    }
    let responses = operations.iter_mut().flat_map(|o| &mut o.responses);
    for response in responses {
        if let Some(&status) = request.status.get(&Status(response.status)) {
            if (100..600).contains(&status) {
                response.status = status;
                response.by_code = false;
            } else {
                let label = format!("{status} is no status code");
                report.push(&rules::OVERRIDE_IMPOSSIBLE, response.at, label);
            }
        }
    }
}

fn correct_inputs(
    report: &mut Report,
    request: &RequestOverride,
    operations: &mut [&mut Operation],
) {
    let mut unused: Vec<&String> = request.inputs.keys().collect();
    let mut names = Vec::new();
    for operation in &mut *operations {
        for input in operation.inputs_mut() {
            if let Some(correction) = request.inputs.get(&input.name) {
                unused.retain(|name| **name != input.name);
                correct_input(report, input, correction);
            }
            names.push(input.name.clone());
        }
        keep_text(operation);
        keep_path(report, operation);
    }
    // Where the pattern itself matches nothing, that has been said.
    for name in unused.into_iter().filter(|_| !operations.is_empty()) {
        let what = format!("`{}` has no input", request.pattern);
        let label = unmatched(&what, name, names.iter().map(String::as_str));
        report.push_general(&rules::OVERRIDE_UNUSED, label);
    }
}

fn correct_input(report: &mut Report, input: &mut Input, correction: &InputOverride) {
    if let Some(name) = &correction.name {
        input.rename = Some(name.clone());
    }
    input.required = correction.required.unwrap_or(input.required);
    let Some(ty) = &correction.ty else { return };
    if let Some(shape) = &mut input.json {
        shape.choose().ty = Some(ty.chosen());
    }
    match ty.scalar() {
        Some(scalar) => {
            input.evidence.declared = Some(scalar);
            input.evidence.declared_by = "chosen in letterpress.toml";
        }
        None if input.json.is_none() => {
            let label = format!("`{}` is no JSON", input.name);
            report.push(&rules::OVERRIDE_IMPOSSIBLE, input.at, label);
        }
        None => {}
    }
}

/// A form field with a single value is that as text, not as JSON.
fn keep_text(operation: &mut Operation) {
    if let Body::UrlEncoded(fields) | Body::Multipart(fields) = &mut operation.body {
        let inputs = fields.iter_mut().filter_map(Parameter::input_mut);
        for input in inputs.filter(|input| input.evidence.declared.is_some()) {
            input.json = None;
        }
    }
}

/// A path without one of its parts is another path.
fn keep_path(report: &mut Report, operation: &mut Operation) {
    let inputs = operation.path.iter_mut().filter_map(PathPart::input_mut);
    for input in inputs.filter(|input| !input.required) {
        let label = "a part of the path cannot be left out";
        report.push(&rules::OVERRIDE_IMPOSSIBLE, input.at, label);
        input.required = true;
    }
}

impl TypeName {
    /// The type of a single value; `None` for what only JSON has.
    fn scalar(&self) -> Option<Scalar> {
        match self {
            TypeName::String => Some(Scalar::Text),
            TypeName::Integer => Some(Scalar::Integer),
            TypeName::Float => Some(Scalar::Float),
            TypeName::Boolean => Some(Scalar::Boolean),
            TypeName::OneOf(values) => Some(Scalar::OneOf(choices(values))),
            TypeName::Number | TypeName::Json | TypeName::Map => None,
        }
    }

    /// The type of a place in JSON.
    fn chosen(&self) -> ChosenType {
        match self {
            TypeName::String => ChosenType::Text,
            TypeName::Integer => ChosenType::Integer,
            TypeName::Float => ChosenType::Float,
            TypeName::Number => ChosenType::Number,
            TypeName::Boolean => ChosenType::Boolean,
            TypeName::Json => ChosenType::Any,
            TypeName::Map => ChosenType::Map,
            TypeName::OneOf(values) => ChosenType::OneOf(choices(values)),
        }
    }
}

fn choices(values: &[String]) -> Vec<Choice> {
    let choice = |value: &String| Choice {
        value: value.clone(),
        docs: String::new(),
    };
    values.iter().map(choice).collect()
}

#[cfg(test)]
mod tests;
