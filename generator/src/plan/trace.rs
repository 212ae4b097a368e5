//! Why inputs and replies have their types: the same decisions as those of the modules, with their reasons.

use super::fields::{self, Kind, Planned};
use super::module::{self, Rules};
use super::{Arm, Crate, Definition, Group, Module, Outcome, Type, When, replies};
use crate::api::{Api, Operation, Response};
use crate::document::report::Place;
use crate::input::config::Config;
use crate::input::postman::infer;
use crate::input::postman::infer::data::{Data, Reason};
use crate::plan::names::Ident;
use crate::plan::pins::Registry;

/// A request as it is planned.
#[derive(Clone, PartialEq, Debug)]
pub struct Trace<'a> {
    /// What the document says.
    pub operation: &'a Operation,
    /// Its module.
    pub module: &'a Module,
    /// The names of the modules down to it.
    pub path: Vec<&'a Ident>,
    /// What the caller supplies, in the order of the wire.
    pub inputs: Vec<Traced>,
    /// The replies, in the order in which they are told apart.
    pub replies: Vec<TracedReply>,
    /// The JSON of replies: what a place in it begins with, its type, and what is known of it.
    pub data: Vec<(String, Type, Data)>,
    /// The types of JSON.
    pub definitions: Vec<Definition>,
}

/// An input with its type.
#[derive(Clone, PartialEq, Debug)]
pub struct Traced {
    /// Where it goes.
    pub kind: &'static str,
    /// Where the document describes it.
    pub at: Place,
    /// Its name on the wire.
    pub name: String,
    /// Its field: one of `Options`, where it may be left out.
    pub field: Ident,
    /// Whether it has to be supplied.
    pub required: bool,
    /// The type of its field.
    pub ty: Type,
    /// Why it has that type.
    pub reasons: Vec<Reason>,
    /// What is known of it, where it is JSON.
    pub data: Option<Data>,
}

/// A documented reply.
#[derive(Clone, PartialEq, Debug)]
pub struct TracedReply {
    /// What tells it; nothing, where the document shows no success.
    pub when: Option<When>,
    /// The variant of `Response` or `Failure` that it is, where it is one.
    pub variant: Option<Ident>,
    /// Whether it is a failure.
    pub is_failure: bool,
    /// What its body is read as; nothing, where it is not.
    pub ty: Option<Type>,
    /// Where it is documented, and what is known of its body.
    pub reasons: Vec<Reason>,
}

/// Traces every request of a plan that was made of this API, in the order of its modules.
#[must_use]
pub fn trace<'a>(api: &'a Api, plan: &'a Crate, config: &Config) -> Vec<Trace<'a>> {
    let walk = Walk {
        api,
        rules: Rules {
            marks_required: api.marks_required,
            keeps_unknown: config.keeps_unknown,
        },
    };
    let mut traces = Vec::new();
    walk.group(&plan.root, &[], &mut traces);
    traces
}

struct Walk<'a> {
    api: &'a Api,
    rules: Rules,
}

impl<'a> Walk<'a> {
    fn group(&self, group: &'a Group, path: &[&'a Ident], traces: &mut Vec<Trace<'a>>) {
        for (ident, group) in &group.groups {
            self.group(group, &[path, &[ident]].concat(), traces);
        }
        for module in &group.modules {
            let path = [path, &[&module.ident]].concat();
            let operation = self.api.operations.get(module.operation);
            traces.extend(operation.map(|operation| self.request(operation, module, path)));
        }
    }

    fn request(
        &self,
        operation: &'a Operation,
        module: &'a Module,
        path: Vec<&'a Ident>,
    ) -> Trace<'a> {
        // The names are decided: they are those of the module.
        let mut registry = Registry::new(&module.names);
        let (mut inputs, enums) = fields::plan(operation, &mut registry);
        let replies = replies::read(&operation.responses, &mut registry);
        let found = module::data_types(&mut inputs, &enums, &replies, self.rules, &mut registry);
        let mut known = found.inputs.into_iter().peekable();
        let mut traced = Vec::new();
        for (index, input) in inputs.iter().enumerate() {
            let data = known.next_if(|(at, _)| *at == index).map(|(_, data)| data);
            traced.push(input_of(input, data));
        }
        let data = replies.places().into_iter().zip(found.replies);
        Trace {
            operation,
            module,
            path,
            inputs: traced,
            replies: module
                .arms
                .iter()
                .map(|arm| reply(operation, module, arm))
                .collect(),
            data: data
                .map(|((place, data), ty)| (place, ty, data.clone()))
                .collect(),
            definitions: found.all,
        }
    }
}

fn input_of(input: &Planned<'_>, data: Option<Data>) -> Traced {
    let told = |text: &str| {
        let at = Some(input.input.at);
        let text = text.to_owned();
        vec![Reason { at, text }]
    };
    let is_file = matches!(&input.ty, Type::File)
        || matches!(&input.ty, Type::Vec(inner) if **inner == Type::File);
    let reasons = match &data {
        Some(data) => data.reasons.clone(),
        None if is_file => told("a file"),
        None if input.kind == Kind::Body => told("text that is not read as JSON"),
        None => infer::with_reasons(input.input).1,
    };
    Traced {
        kind: input.kind.word(),
        at: input.input.at,
        name: input.input.name.clone(),
        field: input.ident.clone(),
        required: input.required,
        ty: input.field().ty,
        reasons,
        data,
    }
}

fn reply(operation: &Operation, module: &Module, arm: &Arm) -> TracedReply {
    let (variant, is_failure) = match &arm.outcome {
        Outcome::Success(variant) => (variant.clone(), false),
        Outcome::Failure(variant) => (Some(variant.clone()), true),
    };
    let documents = |response: &&Response| match &arm.when {
        // A failure that its code tells is also filed under a status.
        Some(When::Status(status)) => {
            response.status == *status && (is_failure || !response.by_code)
        }
        Some(When::Code(code)) => {
            response.by_code && response.codes.iter().any(|known| known.code == *code)
        }
        None => false,
    };
    let held = || {
        let failure = module
            .failures
            .iter()
            .find(|one| Some(&one.ident) == variant.as_ref());
        failure.and_then(|failure| failure.body.clone())
    };
    let given = || {
        let shown = module
            .variants
            .iter()
            .find(|one| Some(&one.ident) == variant.as_ref());
        shown.map_or_else(|| module.response.clone(), |one| one.ty.clone())
    };
    let undocumented = Reason {
        at: Some(operation.at),
        text: "no success is documented".to_owned(),
    };
    let undocumented = arm.when.is_none().then_some(undocumented);
    let responses = operation.responses.iter().filter(documents).map(body);
    TracedReply {
        when: arm.when.clone(),
        ty: if is_failure { held() } else { Some(given()) },
        variant,
        is_failure,
        reasons: responses.chain(undocumented).collect(),
    }
}

/// What a saved response shows of its body.
fn body(response: &Response) -> Reason {
    let media_type = response.media_type.as_deref().unwrap_or("no media type");
    let text = match (&response.body, &response.json) {
        (_, Some(_)) => "a body of JSON".to_owned(),
        (Some(_), None) => format!("a body, {media_type}"),
        (None, None) => format!("no body, {media_type}"),
    };
    Reason {
        at: Some(response.at),
        text,
    }
}
