//! What the client of a collection sends: the requests that its program makes, as lines of a recording.

use serde_json::{Value, json};

use super::harness::Planned;
use super::{Client, Problem, Run, cases, judge, values};
use crate::api::Api;
use crate::plan::Definition;
use crate::proof::wire::{Line, host};

/// A request of a collection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// Its line, before anything is sent; with an error, where nothing can be.
    pub(super) line: Line,
    /// What its program is told, where it can be sent.
    pub(super) told: Option<Value>,
}

impl Outgoing {
    /// A request that cannot be made.
    pub(super) fn failed(mut line: Line, reason: String) -> Self {
        line.error = Some(reason);
        Self { line, told: None }
    }
}

/// All requests of an API in document order. `modules` are in the order of [`cases::operations`].
pub(super) fn outgoing(api: &Api, modules: &[Planned<'_>], shared: &[Definition]) -> Vec<Outgoing> {
    let operations = cases::operations(api).into_iter().zip(modules).enumerate();
    let sent = operations.map(|(number, (operation, planned))| {
        let mut line = Line::of(api, operation);
        let credentials = operation.credentials.iter();
        let credentials: serde_json::Map<String, Value> = credentials
            .map(|(name, value)| (name.clone(), value.0.as_str().into()))
            .collect();
        let values = values::sent_values(operation, planned.module, shared);
        let filled = host::filled(&operation.sent_base.0);
        let told = values.map(|values| {
            line.stand_ins = values.stand_ins + usize::from(filled.is_some());
            json!({
                "module": number,
                "values": values.fields,
                "base": filled.as_ref().unwrap_or(&operation.sent_base.0),
                "credentials": credentials,
            })
        });
        match told {
            Ok(told) => Outgoing {
                line,
                told: Some(told),
            },
            Err(reason) => Outgoing::failed(line, reason),
        }
    });
    let refused = Line::refused(api).map(|line| Outgoing { line, told: None });
    let mut all: Vec<Outgoing> = sent.chain(refused).collect();
    all.sort_by_cached_key(|one| one.line.place());
    all
}

impl Client {
    /// What the program is fed: the cases, then the requests.
    #[must_use]
    pub fn feed(&self) -> String {
        let cases = self.cases.iter().enumerate();
        let cases = cases.map(|(index, case)| case.to_line(index));
        let requests = self.outgoing.iter().zip(self.cases.len()..);
        let requests = requests.filter_map(|(request, index)| {
            let mut told = request.told.clone()?;
            told["case"] = json!(index);
            Some(format!("{told}\n"))
        });
        cases.chain(requests).collect()
    }

    /// A line for every request of the collection, in document order: what the client sends, or why it does not.
    #[must_use]
    pub fn lines(&self, problems: &[Problem], run: Option<&Run>) -> Vec<Line> {
        let first = self.cases.len();
        let printed = run.map(|run| run.printed.as_str()).unwrap_or_default();
        let results = judge::results(printed, first + self.outgoing.len());
        let crashed = run.and_then(|run| run.crashed.as_deref());
        let broken = problems.iter().find(|problem| problem.is_error);
        let broken = broken.map(|problem| format!("the client does not compile: {}", problem.text));
        let silent = broken.as_deref().or(crashed).unwrap_or("no result");
        let requests = self.outgoing.iter().zip(results.into_iter().skip(first));
        requests
            .map(|(request, result)| {
                let line = request.line.clone();
                let mut line = match (&request.told, result) {
                    (None, _) => line,
                    (Some(_), Some(result)) => sent(line, &result),
                    (Some(_), None) => Outgoing::failed(line, silent.to_owned()).line,
                };
                // What has a type is a body, however short. Recordings of Postman do not tell.
                let has_type = self.is_openapi && line.header("content-type").is_some();
                if has_type
                    && line.body.is_none()
                    && line.multipart.is_none()
                    && line.error.is_none()
                {
                    line.body = Some(String::new());
                }
                line
            })
            .collect()
    }
}

/// The line of a request that its program has made.
fn sent(line: Line, result: &Value) -> Line {
    if let Some(reason) = result["failed"].as_str() {
        return Outgoing::failed(line, reason.to_owned()).line;
    }
    let text = |name: &str| result[name].as_str().map(str::to_owned);
    let headers = |name: &str| serde_json::from_value(result[name].clone()).unwrap_or_default();
    let line = Line {
        method: text("method").unwrap_or_default(),
        url: text("url").unwrap_or_default(),
        headers: headers("headers"),
        system_headers: headers("system_headers"),
        ..line
    };
    let body = text("body").map(|body| body.chars().filter_map(|c| u8::try_from(c).ok()).collect());
    line.with_body(body)
}
