//! Proves a generated client against its collection: everything that the collection shows is fed through it.
//!
//! ```text
//! collection ─generate─▶ client ─┐
//!      │                         ├─ a program for each client ─▶ results ─judge─▶ Summary
//!      └──▶ cases: replies, bodies; values of requests          └─ lines: what is sent
//! ```
//!
//! All of it is text in, text out. The command line writes the packages, calls Cargo and runs the programs.

mod calls;
mod cases;
mod counts;
mod features;
mod fidelity;
mod fit;
mod harness;
mod judge;
mod lines;
mod messages;
#[cfg(test)]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "it is a crate of its own in the build; here it is only checked"
)]
mod probe;
mod summary;
mod values;
mod workspace;

use std::collections::BTreeMap;

use crate::document::report::Report;
use crate::emit::files::Files;
use crate::input::config::{Config, Form, Runtime};
use crate::input::{count_requests, openapi};
use crate::plan::pins::Pins;
use crate::proof::wire::{self, Line};
use crate::{Input, plan, understand, write};

pub use calls::Calls;
pub use cases::{Case, Kind, Unnamed};
pub use counts::{Counts, Fidelity, Use};
pub use lines::Outgoing;
pub use messages::{Message, Part, Problem, message};
pub use summary::{Expectation, Failure, LeftOut, Row, Run, Summary, What};
pub use workspace::{Package, client_folder, program_folder, shared};

/// A client, the program that feeds it, and what it is fed.
#[derive(Clone, PartialEq, Debug)]
pub struct Client {
    /// The name of its package, which no other client has.
    pub name: String,
    /// What people call the collection: its path.
    pub collection: String,
    /// How many requests the documents have.
    pub requests: usize,
    /// How many of them have a module.
    pub generated: usize,
    /// How many JSON bodies cannot be fed: with the values of their variables they are no JSON.
    pub broken: usize,
    /// The generated package.
    pub client: Files,
    /// The program around it.
    pub program: Files,
    /// What the program is fed, in order.
    pub cases: Vec<Case>,
    /// What it is to send after that: every request of the collection.
    pub outgoing: Vec<Outgoing>,
    /// The names of the documents, in order.
    pub documents: Vec<String>,
    /// What Postman sends for each request, as far as the tool itself can read it.
    pub own: Vec<Line>,
    /// What each request uses, by its position.
    pub features: BTreeMap<String, Vec<(&'static str, String)>>,
    /// What is recorded of it, where it is an `OpenAPI` document.
    pub calls: Option<Calls>,
    /// Whether it is an `OpenAPI` document.
    pub is_openapi: bool,
}

/// Generates a client with everything that it takes to verify it.
///
/// `name` is the name of its package. `calls` are what is recorded of an `OpenAPI` document. Nothing, where there is
/// nothing to generate: the report says why.
pub fn client(
    report: &mut Report,
    collection: &str,
    name: &str,
    input: &Input,
    config: &Config,
    calls: Option<Calls>,
) -> Option<Client> {
    let config = Config {
        name: name.to_owned(),
        runtime: Runtime::Path("../../runtime".to_owned()),
        form: Form::Package,
        ..config.clone()
    };
    let api = understand(report, input, &config);
    if api.operations.is_empty() {
        return None;
    }
    let plan = plan::plan(report, &api, &config, &Pins::default());
    let documents = &input.documents;
    let modules = harness::modules(&plan);
    let is_openapi = documents.iter().any(openapi::is_openapi);
    // Types come from schemas there, and examples may show more than these name.
    let unnamed = if is_openapi {
        Unnamed::Possible
    } else {
        Unnamed::None
    };
    Some(Client {
        name: name.to_owned(),
        collection: collection.to_owned(),
        requests: if is_openapi {
            api.operations.len() + api.refused.len()
        } else {
            count_requests(input)
        },
        generated: api.operations.len(),
        client: write(&plan, &config),
        program: workspace::program(name, &harness::program(&modules)),
        broken: cases::broken(&api),
        cases: calls.as_ref().map_or_else(
            || cases::cases(&api, &modules, &plan.types, &input.sources(), unnamed),
            |calls| calls.cases(&api, &modules),
        ),
        outgoing: calls.as_ref().map_or_else(
            || lines::outgoing(&api, &modules, &plan.types),
            |calls| calls.outgoing(&api, &modules),
        ),
        documents: documents
            .iter()
            .map(|source| source.name.to_string())
            .collect(),
        own: wire::own(&api),
        features: features::features_used(&api, &input.sources()),
        calls,
        is_openapi,
    })
}
