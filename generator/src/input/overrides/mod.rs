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

use std::sync::Arc;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::api::{
    Api, Body, Choice, Enum, Input, Operation, Parameter, PathPart, Reason, Response, Schema,
    SchemaType, Statuses, Treatment,
};
use crate::document::place::PlacePath;
use crate::document::report::Report;
use crate::document::report::rules;

pub use body::BodyKind;
pub use place::PlaceOverride;

use matching::{Subjects, unmatched};

/// All that the user says about documents and their requests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overrides {
    /// `OpenAPI` Overlay documents, in the order in which they are applied to each `OpenAPI` document.
    pub overlay: Vec<PathBuf>,
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
        .flat_map(|operation| {
            operation
                .responses
                .iter()
                .map(|response| response.statuses.first())
        })
        .collect();
    for Status(status) in request.status.keys() {
        if !operations.is_empty() && !known.contains(status) {
            let what = format!("`{}` has no saved reply of status", request.pattern);
            let known: Vec<String> = known.iter().map(u16::to_string).collect();
            let label = unmatched(&what, &status.to_string(), known.iter().map(String::as_str));
            report.push_general(&rules::OVERRIDE_UNUSED, label);
        }
    }
    for operation in operations {
        correct_responses(report, request, &mut operation.responses);
    }
}

fn correct_responses(report: &mut Report, request: &RequestOverride, responses: &mut [Response]) {
    let mut moved = false;
    for response in &mut *responses {
        if let Some(&status) = request.status.get(&Status(response.statuses.first())) {
            if (100..600).contains(&status) {
                response.statuses = Statuses::One(status);
                response.by_code = false;
                moved = true;
            } else {
                let label = format!("{status} is no status code");
                report.push(&rules::OVERRIDE_IMPOSSIBLE, response.at, label);
            }
        }
    }
    if moved {
        share_types(responses);
    }
}

/// Gives the bodies that are now documented as one reply the type of all of them: those of one successful
/// status, and those of all failures.
fn share_types(responses: &mut [Response]) {
    let reply = |response: &Response| (!response.is_failure()).then_some(response.statuses.first());
    for index in 0..responses.len() {
        let own = reply(&responses[index]);
        let same = responses.iter().filter(|other| reply(other) == own);
        let joined = same
            .filter_map(|other| other.schema.as_deref().cloned())
            .reduce(Schema::join);
        let response = &mut responses[index];
        response.schema = response.schema.take().and(joined.map(Arc::new));
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
    let is_of_json = matches!(ty, TypeName::Number | TypeName::Json | TypeName::Map);
    if is_of_json && !input.as_json {
        let label = format!("`{}` is no JSON", input.name);
        report.push(&rules::OVERRIDE_IMPOSSIBLE, input.at, label);
        return;
    }
    // Of a list of values the correction says what each is.
    let schema = match &mut input.schema.ty {
        SchemaType::List(element) if !input.as_json => element,
        _ => &mut input.schema,
    };
    ty.choose(schema);
    if let SchemaType::List(element) = &input.schema.ty {
        if !input.as_json {
            input.schema.reasons.clone_from(&element.reasons);
        }
    }
}

/// A form field with a single value is that as text, not as JSON.
fn keep_text(operation: &mut Operation) {
    if let Body::UrlEncoded(fields) | Body::Multipart(fields) = &mut operation.body {
        let inputs = fields.iter_mut().filter_map(Parameter::input_mut);
        for input in inputs.filter(|input| input.as_json && is_single(&input.schema.ty)) {
            input.as_json = false;
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

/// Whether the values of a type hold no others.
fn is_single(ty: &SchemaType) -> bool {
    matches!(
        ty,
        SchemaType::Boolean
            | SchemaType::Integer(_)
            | SchemaType::Float
            | SchemaType::Number
            | SchemaType::Text
            | SchemaType::Enum(_)
    )
}

impl TypeName {
    /// Makes a schema one of this type. What it was inferred from stays its evidence, where it is of single
    /// values.
    fn choose(&self, schema: &mut Schema) {
        let old = std::mem::take(&mut schema.ty);
        let mut reasons = vec![Reason::from("chosen in letterpress.toml")];
        let mut example = schema.example.take();
        match &old {
            SchemaType::Union(union) => {
                let all = union.alternatives.iter().map(|one| &one.schema);
                let single: Vec<&Schema> = all.filter(|schema| is_single(&schema.ty)).collect();
                reasons.extend(single.iter().flat_map(|schema| schema.reasons.clone()));
                let kind = self.schema_type(SchemaType::Any).kind();
                let same = single.iter().find(|schema| schema.ty.kind() == kind);
                example = same.and_then(|schema| schema.example.clone());
            }
            ty if is_single(ty) => reasons.append(&mut schema.reasons),
            _ => {}
        }
        let is_same_kind = matches!(old, SchemaType::Union(_));
        let kind = old.kind();
        schema.ty = self.schema_type(old);
        schema.example = example.filter(|_| is_same_kind || kind == schema.ty.kind());
        schema.reasons = reasons;
        schema.format = None;
        schema.limits = None;
    }

    /// The type in place of another.
    fn schema_type(&self, old: SchemaType) -> SchemaType {
        match self {
            TypeName::String => SchemaType::Text,
            TypeName::Integer => SchemaType::INTEGER,
            TypeName::Float => SchemaType::Float,
            TypeName::Number => SchemaType::Number,
            TypeName::Boolean => SchemaType::Boolean,
            TypeName::Json => SchemaType::Any,
            TypeName::Map => SchemaType::Map(Box::new(map_values(old))),
            TypeName::OneOf(values) => SchemaType::Enum(Enum {
                values: choices(values),
                ..Enum::default()
            }),
        }
    }
}

/// What the values of objects are, of whatever type they were.
fn map_values(old: SchemaType) -> Schema {
    match old {
        SchemaType::Map(value) => *value,
        SchemaType::Record(record) => record.values(),
        SchemaType::Union(union) => {
            let mut objects = union.alternatives.into_iter().map(|one| one.schema.ty);
            let object =
                objects.find(|ty| matches!(ty, SchemaType::Map(_) | SchemaType::Record(_)));
            object.map_or_else(Schema::default, map_values)
        }
        _ => Schema::default(),
    }
}

fn choices(values: &[String]) -> Vec<Choice> {
    let choice = |value: &String| Choice {
        value: value.clone(),
        ..Choice::default()
    };
    values.iter().map(choice).collect()
}

#[cfg(test)]
mod tests;
