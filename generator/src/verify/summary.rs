//! What came of it all: counts, and what does not hold.

use std::ops::AddAssign;

use serde::Serialize;

use super::judge::{judge, results};
use super::{Case, Client, Kind, Problem};

/// Counts of a collection, or of all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Counts {
    /// Collections.
    pub collections: usize,
    /// Requests in them.
    pub requests: usize,
    /// Requests that have a module.
    pub generated: usize,
    /// Requests that have none: refused by an error of the document, or left out by configuration.
    pub skipped: usize,
    /// Saved replies with a documented status whose body is JSON.
    pub replies: usize,
    /// Replies that the client reads.
    pub decoded: usize,
    /// Replies that the client writes again as the same JSON.
    pub lossless: usize,
    /// Replies in which placeholders of a converter were replaced by values of their types.
    pub placeholders: usize,
    /// Request bodies that are JSON.
    pub bodies: usize,
    /// Request bodies in which placeholders, or variables without a value, were replaced by values of their types.
    pub bodies_made_up: usize,
    /// Request bodies beside these that are no JSON with the values of their variables, so that they are not fed.
    pub bodies_broken: usize,
    /// Request bodies that the client sends as the same JSON.
    pub bodies_equal: usize,
    /// Warnings of the compiler about clients.
    pub compile_warnings: usize,
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
    /// The counts of each collection.
    pub by_collection: Vec<Row>,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.collections += other.collections;
        self.requests += other.requests;
        self.generated += other.generated;
        self.skipped += other.skipped;
        self.replies += other.replies;
        self.decoded += other.decoded;
        self.lossless += other.lossless;
        self.placeholders += other.placeholders;
        self.bodies += other.bodies;
        self.bodies_made_up += other.bodies_made_up;
        self.bodies_broken += other.bodies_broken;
        self.bodies_equal += other.bodies_equal;
        self.compile_warnings += other.compile_warnings;
    }
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
    /// Adds a client: what the compiler said about it, and how its program ended, if there is one.
    pub fn add(&mut self, client: &Client, problems: &[Problem], run: Option<&Run>) {
        let mut counts = counts(client);
        self.failures
            .extend(problems.iter().map(|problem| failure_of(client, problem)));
        counts.compile_warnings = problems.iter().filter(|problem| !problem.is_error).count();
        if let Some(run) = run {
            self.judge(client, run, &mut counts);
        } else if !problems.iter().any(|problem| problem.is_error) {
            self.failures.push(failure_of(client, &unsaid()));
        }
        self.counts += counts;
        self.by_collection.push(Row {
            collection: client.collection.clone(),
            counts,
        });
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

impl Counts {
    fn take(&mut self, case: &Case, verdict: &Result<(), (What, String)>) {
        let read = !matches!(verdict, Err((What::Reply, _)));
        match &case.kind {
            Kind::Body => self.bodies_equal += usize::from(verdict.is_ok()),
            Kind::Reply { .. } => {
                self.decoded += usize::from(read);
                self.lossless += usize::from(verdict.is_ok());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge::tests::{case, reply};
    use super::*;
    use crate::files::Files;

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
        summary.add(&client(cases), &[warning], Some(&run));
        summary.add(&client(Vec::new()), &[], None);
        let expected = Counts {
            collections: 2,
            requests: 6,
            generated: 4,
            skipped: 2,
            replies: 3,
            decoded: 2,
            lossless: 1,
            placeholders: 1,
            bodies: 1,
            bodies_made_up: 0,
            bodies_broken: 0,
            bodies_equal: 1,
            compile_warnings: 1,
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
