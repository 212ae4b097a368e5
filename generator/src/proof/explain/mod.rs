//! What each input and each reply of a request is, and why: the types as they are generated, each with its
//! evidence and where that stands.
//!
//! A place is written as a correction in `letterpress.toml` names it, see [`overrides`].

mod render;
mod untyped;
mod variables;
mod walk;

use serde::Serialize;

use crate::api::{Api, Reason};
use crate::document::report::{Documents, Report};
use crate::document::source::Source;
use crate::input::config::Config;
use crate::input::overrides;
use crate::plan::names;
use crate::plan::pins::Pins;
use crate::plan::{self, DocumentedReply, Outline, When};

pub use crate::document::report::Location;
pub use render::render;
pub use untyped::{Untyped, render_untyped, untyped};
pub use variables::Variable;

/// The types of requests and the evidence for them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Explanation {
    /// The variables of the requests, by name.
    pub variables: Vec<Variable>,
    /// The requests, in the order of the modules.
    pub requests: Vec<Request>,
}

/// A request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Request {
    /// Its folders and its name.
    pub title: String,
    /// Its method and path.
    pub request: String,
    /// Its module.
    pub module: String,
    /// Where it stands.
    pub at: Option<Location>,
    /// What its URL begins with: a setting of the client.
    pub base_url: BaseUrl,
    /// What is always sent as it is.
    pub constants: Vec<Constant>,
    /// What the caller supplies, with the members of what is JSON.
    pub inputs: Vec<Entry>,
    /// The replies.
    pub replies: Vec<Entry>,
    /// The JSON of replies, with its members.
    pub data: Vec<Entry>,
}

/// What a URL begins with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BaseUrl {
    /// The constant.
    pub constant: String,
    /// The variable that it is, or its text.
    pub name: String,
    /// Its value; empty where the document has none.
    pub value: String,
}

/// Something that is always sent as it is: an element of the query, or a header field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Constant {
    /// `query` or `header`.
    pub kind: &'static str,
    /// Its name; empty in a query.
    pub name: String,
    /// What is sent.
    pub value: String,
}

/// A place with its type.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entry {
    /// What it is: `path`, `query`, `header`, `form`, `body`, `reply`.
    pub kind: &'static str,
    /// The place, as a correction names it.
    pub place: String,
    /// Its name in Rust: a field, a variant; empty for what has none.
    pub name: String,
    /// Its type in Rust; nothing where it has none.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// Whether it has to be there.
    pub required: bool,
    /// Why, in the order of weight.
    pub because: Vec<Because>,
}

/// A reason, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Because {
    /// The reason, as a phrase.
    pub text: String,
    /// Where its evidence stands.
    pub at: Option<Location>,
}

/// Explains the requests that a pattern matches, or all.
///
/// # Errors
///
/// That the pattern matches none, and the nearest.
pub fn explain(
    report: &mut Report,
    sources: &[&Source],
    api: &Api,
    config: &Config,
    pins: &Pins,
    pattern: Option<&str>,
) -> Result<Explanation, String> {
    let selected = match pattern {
        Some(pattern) => overrides::select(api, pattern)?,
        None => vec![true; api.operations.len()],
    };
    let plan = plan::plan(report, api, config, pins);
    let outlines = plan::outlines(api, &plan);
    let documents = Documents::of(sources);
    let is_selected = |outline: &&Outline<'_>| {
        let mut all = api.operations.iter().zip(&selected);
        all.any(|(operation, is)| *is && std::ptr::eq(operation, outline.operation))
    };
    let requests = outlines.iter().filter(is_selected);
    let requests = requests.map(|outline| request(outline, api, &plan, &documents));
    let shown = api.operations.iter().zip(&selected);
    let shown = shown.filter_map(|(operation, is)| is.then_some(operation));
    Ok(Explanation {
        variables: variables::of(shown, api, config, &documents),
        requests: requests.collect(),
    })
}

fn request(
    outline: &Outline<'_>,
    api: &Api,
    plan: &plan::Crate,
    documents: &Documents<'_>,
) -> Request {
    let operation = outline.operation;
    let base = plan
        .bases
        .iter()
        .find(|base| base.ident == outline.module.base);
    let base = base.map_or(&operation.base, |base| &base.base);
    let replies = outline.replies.iter();
    Request {
        title: api.title(operation),
        request: format!("{} {}", operation.method, operation.path_template()),
        module: names::path(outline.path.iter().copied()),
        at: documents.location(operation.at),
        base_url: BaseUrl {
            constant: outline.module.base.to_string(),
            name: base.name.clone(),
            value: base.default.clone(),
        },
        constants: constants(outline.module),
        inputs: walk::inputs(outline, documents),
        replies: replies.map(|reply| reply_entry(reply, documents)).collect(),
        data: walk::data(outline, documents),
    }
}

fn constants(module: &plan::Module) -> Vec<Constant> {
    let steps = [("query", &module.query), ("header", &module.headers)];
    let steps = steps.into_iter();
    let steps = steps.flat_map(|(kind, steps)| steps.iter().map(move |step| (kind, step)));
    let constant = |(kind, step): (&'static str, &plan::Step)| match step {
        plan::Step::Fixed(name, value) => Some(Constant {
            kind,
            name: name.clone(),
            value: value.clone(),
        }),
        plan::Step::Input { .. } => None,
    };
    steps.filter_map(constant).collect()
}

fn reply_entry(reply: &DocumentedReply, documents: &Documents<'_>) -> Entry {
    let place = match &reply.when {
        Some(When::Status(status)) => status.to_string(),
        Some(When::Code(code)) => format!("code {code}"),
        None => "any success".to_owned(),
    };
    let holder = if reply.is_failure {
        "Failure"
    } else {
        "Response"
    };
    let variant = reply.variant.as_ref();
    Entry {
        kind: "reply",
        place,
        name: variant.map_or_else(String::new, |variant| format!("{holder}::{variant}")),
        ty: reply.ty.as_ref().map(ToString::to_string),
        required: true,
        because: because(documents, &reply.reasons),
    }
}

fn because(documents: &Documents<'_>, reasons: &[Reason]) -> Vec<Because> {
    let because = |reason: &Reason| Because {
        text: reason.text.clone(),
        at: reason.at.and_then(|at| documents.location(at)),
    };
    reasons.iter().map(because).collect()
}

#[cfg(test)]
mod tests;
