//! `letterpress curl`: requests as commands.

use std::io::Write as _;
use std::process::ExitCode;

use letterpress::api::{Api, Auth, Operation};
use letterpress::input::overrides;
use letterpress::plan::docs;
use letterpress::proof::curl;
use letterpress::proof::wire;

use super::arguments::{CurlOptions, GenerateOptions};
use super::documents::Job;
use super::{Failure, api_of, exit_code, show};

/// Exit code 0: printed; 1: errors in a document; 2: usage, or the file system.
pub(super) fn run(options: &CurlOptions) -> Result<ExitCode, Failure> {
    let inputs = options.input.iter().cloned().collect();
    let general = GenerateOptions::of(inputs, options.values.clone());
    let job = Job::for_print(&general)?;
    let (report, api) = api_of(&job);
    let selected = match options.request.as_deref() {
        Some(pattern) => overrides::select(&api, pattern).map_err(Failure::Usage)?,
        None => vec![true; api.operations.len()],
    };
    show(&report, &job, &general);
    let operations = api.operations.iter().zip(&selected);
    let operations: Vec<&Operation> = operations
        .filter(|(_, is_selected)| **is_selected)
        .map(|(operation, _)| operation)
        .collect();
    let mut out = std::io::stdout().lock();
    for operation in &operations {
        if operations.len() > 1 {
            writeln!(out, "# {}", docs::comment(&api.title(operation)))?;
        }
        writeln!(out, "{}", command(&api, operation, options.secrets))?;
    }
    Ok(exit_code(&report, &general))
}

fn command(api: &Api, operation: &Operation, secrets: bool) -> String {
    if !secrets {
        return curl::example(api, operation);
    }
    let line = wire::own_line(api, operation);
    match &line.error {
        Some(error) => format!("# cannot be sent: {}", docs::comment(error)),
        None => curl::command(&line, &Auth::None),
    }
}
