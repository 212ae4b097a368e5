//! What came of it all: counts, and what does not hold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::calls::{Calls, Standing};
use super::counts::{Counts, Fidelity, Use};
use super::features;
use super::fidelity::{Compared, compare_all};
use super::judge::{judge, results};
use super::{Case, Client, Kind, Problem, Unnamed};
use crate::proof::wire::{Line, compare_meaning};

/// What requests are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// A recording of what Postman sends.
    Recording,
    /// What the tool itself reads from the collection.
    #[default]
    OwnReading,
    /// Nothing: an `OpenAPI` document without recorded calls says what may be sent, and shows no request.
    Nothing,
}

/// Something that does not hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Failure {
    /// The collection.
    pub collection: String,
    /// The request, as `Folder / Request`; empty where it is about the client as a whole.
    pub request: String,
    /// Its module, `folder::request`.
    pub module: String,
    /// What does not hold.
    pub what: What,
    /// Where the reply or the body stands: file, line and column.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// What does not hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The client, or its program, does not compile.
    Compile,
    /// The compiler warns about the client.
    Warning,
    /// The client does not read a reply.
    Reply,
    /// The client loses or changes a part of a reply.
    Lossless,
    /// The client does not send the body of the collection.
    Body,
    /// The client does not send what Postman sends.
    Wire,
}

/// A document that is no collection.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LeftOut {
    /// The file.
    pub file: String,
    /// Why it is left out.
    pub reason: String,
}

/// The counts of a collection.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Row {
    /// The collection.
    pub collection: String,
    /// What its requests are compared with.
    pub expectation: Expectation,
    /// Its counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// The result of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Summary {
    /// The counts of all collections.
    #[serde(flatten)]
    pub counts: Counts,
    /// What does not hold.
    pub failures: Vec<Failure>,
    /// The documents that are no collections.
    pub left_out: Vec<LeftOut>,
    /// What the requests are that use something: a body mode, a type of authorization, a form of variables.
    pub features: BTreeMap<&'static str, BTreeMap<String, Use>>,
    /// The counts of each collection.
    pub by_collection: Vec<Row>,
}

/// How the program of a client ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Run {
    /// What it printed.
    pub printed: String,
    /// How it ended, if that was not where it should.
    pub crashed: Option<String>,
}

impl Summary {
    /// Adds a client: what the compiler said about it, how its program ended, if there is one, and what it is
    /// recorded to send, where that is known.
    pub fn add(
        &mut self,
        client: &Client,
        problems: &[Problem],
        run: Option<&Run>,
        recording: Option<&[Line]>,
    ) {
        let mut counts = counts(client);
        self.failures
            .extend(problems.iter().map(|problem| failure_of(client, problem)));
        counts.compile_warnings = problems.iter().filter(|problem| !problem.is_error).count();
        if let Some(run) = run {
            self.judge(client, run, &mut counts);
        } else if !problems.iter().any(|problem| problem.is_error) {
            self.failures.push(failure_of(client, &unsaid()));
        }
        let sent = client.lines(problems, run);
        let expectation = match (&client.calls, recording) {
            (Some(calls), _) => {
                self.compare_calls(client, calls, &sent, &mut counts);
                Expectation::Recording
            }
            (None, Some(recording)) => {
                self.compare(client, recording, &sent, &mut counts);
                Expectation::Recording
            }
            (None, None) if client.is_openapi => Expectation::Nothing,
            (None, None) => {
                self.compare(client, &client.own, &sent, &mut counts);
                Expectation::OwnReading
            }
        };
        self.counts += counts.clone();
        self.by_collection.push(Row {
            collection: client.collection.clone(),
            expectation,
            counts,
        });
    }

    fn compare_calls(
        &mut self,
        client: &Client,
        calls: &Calls,
        sent: &[Line],
        counts: &mut Counts,
    ) {
        for (call, line) in calls.requests().iter().zip(sent) {
            match call.standing {
                Standing::Unrecorded => counts.fidelity.unrecorded += 1,
                Standing::Disputed => counts.fidelity.disputed += 1,
                Standing::Agreed => {
                    let verdict = compare_meaning(&call.line, line);
                    let line = &call.line;
                    let compared = Compared { line, verdict };
                    counts.fidelity += Fidelity::of(&compared);
                    self.failures.extend(differs(client, &compared));
                }
            }
        }
    }

    fn compare(
        &mut self,
        client: &Client,
        expected: &[Line],
        actual: &[Line],
        counts: &mut Counts,
    ) {
        for compared in compare_all(expected, actual) {
            let fidelity = Fidelity::of(&compared);
            counts.fidelity += fidelity.clone();
            let own = client.features.get(&compared.line.id).into_iter().flatten();
            for (kind, name) in own.cloned().chain([features::auth(compared.line)]) {
                let kinds = self.features.entry(kind).or_default();
                let usage = kinds.entry(name).or_default();
                usage.requests += 1;
                usage.fidelity += fidelity.clone();
            }
            self.failures.extend(differs(client, &compared));
        }
    }

    fn judge(&mut self, client: &Client, run: &Run, counts: &mut Counts) {
        let results = results(&run.printed, client.cases.len());
        for (case, result) in client.cases.iter().zip(results) {
            let unread = || {
                let reason = run.crashed.as_deref().unwrap_or("no result");
                Err((case.unread(), reason.to_owned()))
            };
            let verdict = result.map_or_else(unread, |result| judge(case, &result));
            counts.take(case, &verdict);
            self.failures
                .extend(verdict.err().map(|(what, reason)| Failure {
                    collection: client.collection.clone(),
                    request: case.request.clone(),
                    module: case.module.clone(),
                    what,
                    at: case.at.clone(),
                    reason,
                }));
        }
    }

    /// Whether everything holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.failures.is_empty()
    }
}

/// What there is, before anything was tried.
fn counts(client: &Client) -> Counts {
    let mut counts = Counts {
        collections: 1,
        requests: client.requests,
        generated: client.generated,
        skipped: client.requests.saturating_sub(client.generated),
        bodies_broken: client.broken,
        ..Counts::default()
    };
    for case in &client.cases {
        let (all, made_up) = match case.kind {
            Kind::Reply { .. } => (&mut counts.replies, &mut counts.placeholders),
            Kind::Body => (&mut counts.bodies, &mut counts.bodies_made_up),
        };
        *all += 1;
        *made_up += usize::from(case.made_up);
    }
    counts
}

/// A client without a program of which the compiler has said nothing: the linker may have.
fn unsaid() -> Problem {
    Problem {
        is_error: true,
        text: "Cargo did not build it, and did not say why".to_owned(),
    }
}

fn failure_of(client: &Client, problem: &Problem) -> Failure {
    Failure {
        collection: client.collection.clone(),
        request: String::new(),
        module: String::new(),
        what: if problem.is_error {
            What::Compile
        } else {
            What::Warning
        },
        at: String::new(),
        reason: problem.text.clone(),
    }
}

/// A request that differs, with all of what differs.
fn differs(client: &Client, compared: &Compared<'_>) -> Option<Failure> {
    let differences = compared.differences().iter();
    let reasons = differences.map(|one| {
        let (field, expected, actual) = (one.field, &one.expected, &one.actual);
        format!("{field}: expected {expected:?}, sent {actual:?}")
    });
    let reasons: Vec<String> = reasons.collect();
    (!reasons.is_empty()).then(|| Failure {
        collection: client.collection.clone(),
        request: compared.title(),
        module: String::new(),
        what: What::Wire,
        at: format!("{}#{}", client.collection, compared.line.id),
        reason: reasons.join("; "),
    })
}

impl Counts {
    fn take(&mut self, case: &Case, verdict: &Result<(), (What, String)>) {
        let read = !matches!(verdict, Err((What::Reply, _)));
        match &case.kind {
            Kind::Body => self.bodies_equal += usize::from(verdict.is_ok()),
            Kind::Reply { .. } => {
                self.decoded += usize::from(read);
                let is_unnamed = case.unnamed == Unnamed::Known;
                self.lossless += usize::from(verdict.is_ok() && !is_unnamed);
                self.unnamed += usize::from(is_unnamed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge::tests::{case, reply};
    use super::*;
    use crate::emit::files::Files;

    fn client(cases: Vec<Case>) -> Client {
        Client {
            name: "a".to_owned(),
            collection: "a.json".to_owned(),
            requests: 3,
            generated: 2,
            broken: 0,
            client: Files::of_package(),
            program: Files::of_package(),
            cases,
            outgoing: Vec::new(),
            documents: vec!["a.json".to_owned()],
            own: Vec::new(),
            features: BTreeMap::new(),
            calls: None,
            is_openapi: false,
        }
    }

    #[test]
    fn counts_are_summed_up() {
        let cases = vec![
            reply("1"),
            reply("2"),
            reply("\"<long>\""),
            case(Kind::Body, "{}"),
        ];
        let printed = "{\"case\": 0, \"kept\": \"1\"}\nnoise\n{\"case\": 1, \"kept\": \"3\"}\n{\"case\": 3, \"kept\": \"{}\"}\n";
        let warning = Problem {
            is_error: false,
            text: "unused".to_owned(),
        };
        let mut summary = Summary::default();
        let run = Run {
            printed: printed.to_owned(),
            crashed: Some("it was killed".to_owned()),
        };
        summary.add(&client(cases), &[warning], Some(&run), None);
        summary.add(&client(Vec::new()), &[], None, None);
        let expected = Counts {
            collections: 2,
            requests: 6,
            generated: 4,
            skipped: 2,
            replies: 3,
            decoded: 2,
            lossless: 1,
            unnamed: 0,
            placeholders: 1,
            bodies: 1,
            bodies_made_up: 0,
            bodies_broken: 0,
            bodies_equal: 1,
            compile_warnings: 1,
            fidelity: Fidelity::default(),
        };
        assert_eq!(summary.counts, expected);
        let failures: Vec<String> = summary
            .failures
            .iter()
            .map(|failure| format!("{:?} {} {}", failure.what, failure.at, failure.reason))
            .collect();
        assert_eq!(
            failures,
            [
                "Warning  unused",
                "Lossless a.json:1:2 2 became 3",
                "Reply a.json:1:2 it was killed",
                "Compile  Cargo did not build it, and did not say why"
            ]
        );
        let json = serde_json::to_value(&summary).expect("JSON");
        assert_eq!(json["failures"][1]["what"], "lossless");
        assert_eq!(json["bodies_equal"], 1);
        assert_eq!(json["by_collection"][1]["requests"], 3);
    }
}
