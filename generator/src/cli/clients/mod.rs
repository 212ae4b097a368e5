//! The clients of many collections: found, generated, compiled in one build, and run.

mod build;
mod discover;
mod recordings;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use letterpress::document::printable;
use letterpress::document::report::Report;
use letterpress::document::report::rules::Severity;
use letterpress::input::config::package_name;
use letterpress::input::openapi;
use letterpress::proof::verify::{
    self, Client, LeftOut, Problem, Run, client_folder, program_folder,
};
use rayon::prelude::*;

use super::Failure;
use super::arguments::ClientOptions;
use super::documents::Job;
use build::Build;
use discover::Found;
pub(super) use recordings::Recordings;

/// How many characters of a file's name a package is called by.
const NAME: usize = 48;

/// A client that was generated, and what came of it.
pub(super) struct Ran {
    pub(super) client: Client,
    /// What the compiler said about it.
    pub(super) problems: Vec<Problem>,
    /// How its program ended, if there is one.
    pub(super) run: Option<Run>,
}

/// Generates, builds and runs the client of every collection that the options name, in their order; tells which
/// documents are no collections.
pub(super) fn run(
    options: &ClientOptions,
    recordings: &Recordings,
) -> Result<(Vec<Ran>, Vec<LeftOut>), Failure> {
    let (found, mut left_out) = discover::find(options)?;
    let spinner = spinner("generating");
    let (clients, refused) = clients(&found, recordings)?;
    spinner.finish_and_clear();
    left_out.extend(refused);
    left_out.sort_by(|a, b| a.file.cmp(&b.file));
    let ran = if clients.is_empty() {
        Vec::new()
    } else {
        build_and_run(clients, options)?
    };
    Ok((ran, left_out))
}

/// Generates the client of everything that was found.
fn clients(
    found: &[Found],
    recordings: &Recordings,
) -> Result<(Vec<Client>, Vec<LeftOut>), Failure> {
    let names = names(found);
    let pressed: Vec<Result<Result<Pressed, LeftOut>, Failure>> = found
        .par_iter()
        .zip(names)
        .map(|(found, name)| press(found, &name, recordings))
        .collect();
    let (mut clients, mut left_out) = (Vec::new(), Vec::new());
    let mut parts = BTreeSet::new();
    for pressed in pressed {
        match pressed? {
            Ok(pressed) => {
                parts.extend(pressed.paths);
                clients.push(pressed.client);
            }
            Err(document) => left_out.push(document),
        }
    }
    // What a document refers to is a part of it.
    left_out.retain(|document| !parts.contains(Path::new(&document.file)));
    Ok((clients, left_out))
}

/// A client, and all files that it was generated from.
struct Pressed {
    client: Client,
    paths: BTreeSet<PathBuf>,
}

fn press(
    found: &Found,
    name: &str,
    recordings: &Recordings,
) -> Result<Result<Pressed, LeftOut>, Failure> {
    let file = found.name.clone();
    let job = match Job::for_print(&found.options) {
        Ok(job) => job,
        // In a folder there may be anything; what was named has to be there.
        Err(Failure::Read(error)) if !found.is_named => {
            return Ok(Err(LeftOut {
                file,
                reason: error.to_string(),
            }));
        }
        Err(failure) => return Err(failure),
    };
    let mut report = Report::default();
    let documents = &job.input.documents;
    let calls = match documents
        .first()
        .filter(|document| openapi::is_openapi(document))
    {
        Some(document) => recordings.calls(&document.name.to_string())?,
        None => None,
    };
    let client = verify::client(&mut report, &file, name, &job.input, &job.config, calls);
    let paths = job.input.paths;
    let pressed = client.map(|client| Pressed { client, paths });
    Ok(pressed.ok_or_else(|| LeftOut {
        file,
        reason: reason(&report),
    }))
}

/// Why nothing came of a document: the gravest of what was said.
fn reason(report: &Report) -> String {
    let said = report.diagnostics().iter();
    let grave = said.filter(|diagnostic| diagnostic.rule.severity > Severity::Note);
    let gravest = grave.max_by_key(|diagnostic| diagnostic.rule.severity);
    gravest.map_or_else(
        || "no request in here".to_owned(),
        |diagnostic| {
            let summary = diagnostic.rule.summary.trim_end_matches('.');
            format!("{summary} ({})", diagnostic.label)
        },
    )
}

/// A name for each package: by its file, and with a number where another has that name.
fn names(found: &[Found]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let names = found.iter().map(|found| {
        let file = Path::new(&found.name).file_stem().unwrap_or_default();
        // A package has to begin with a letter.
        let name = package_name(&format!("c-{}", file.to_string_lossy()));
        let name: String = name.chars().take(NAME).collect();
        let name = name.trim_end_matches('-');
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
        let free = candidates.find(|name| taken.insert(name.clone()));
        free.unwrap_or_default()
    });
    names.collect()
}

fn build_and_run(clients: Vec<Client>, options: &ClientOptions) -> Result<Vec<Ran>, Failure> {
    let temporary;
    let folder = if let Some(folder) = &options.work {
        folder.clone()
    } else {
        temporary = tempfile::tempdir()?;
        temporary.path().to_owned()
    };
    write(&clients, &folder)?;
    let build = Build::run(&folder, clients.len(), options.offline)?;
    let spinner = spinner("running");
    let ran: Result<Vec<Ran>, Failure> = clients
        .into_par_iter()
        .map(|client| {
            let program = build.programs.get(&client.name);
            let run = program.map(|program| feed(&client, program, &folder));
            let problems = build.problems.get(&client.name);
            Ok(Ran {
                run: run.transpose()?,
                problems: problems.cloned().unwrap_or_default(),
                client,
            })
        })
        .collect();
    spinner.finish_and_clear();
    ran
}

fn write(clients: &[Client], folder: &Path) -> Result<(), Failure> {
    let names: Vec<&str> = clients.iter().map(|client| client.name.as_str()).collect();
    for package in verify::shared(&names) {
        refuse_foreign(&package.files.write(&folder.join(&package.folder))?, folder)?;
    }
    clients.par_iter().try_for_each(|client| {
        client
            .client
            .write(&folder.join(client_folder(&client.name)))?;
        client
            .program
            .write(&folder.join(program_folder(&client.name)))?;
        Ok(())
    })
}

/// A workspace of someone's own would be built instead of ours.
fn refuse_foreign(
    changes: &letterpress::emit::files::Changes,
    folder: &Path,
) -> Result<(), Failure> {
    match changes.kept.first() {
        Some(path) => Err(Failure::Usage(format!(
            "{} is your own; choose another folder for --work",
            printable::path(folder.join(path))
        ))),
        None => Ok(()),
    }
}

/// Runs the program of a client.
fn feed(client: &Client, program: &Path, folder: &Path) -> Result<Run, Failure> {
    let path = folder
        .join(program_folder(&client.name))
        .join("cases.jsonl");
    fs::write(&path, client.feed())?;
    let output = Command::new(program)
        .stdin(fs::File::open(&path)?)
        .output()?;
    Ok(Run {
        printed: String::from_utf8_lossy(&output.stdout).into_owned(),
        crashed: (!output.status.success())
            .then(|| format!("the program ended with {}", output.status)),
    })
}

fn spinner(message: &'static str) -> indicatif::ProgressBar {
    let spinner = indicatif::ProgressBar::new_spinner().with_message(message);
    // Nothing is drawn before the first tick: short runs stay silent.
    spinner.enable_steady_tick(std::time::Duration::from_secs(1));
    spinner
}
