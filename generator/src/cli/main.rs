//! The command line: reads files, calls the library, writes files, tells what happened.

mod action;
mod arguments;
mod bump;
mod clients;
mod curl;
mod diff;
mod documents;
mod excerpt;
#[cfg(feature = "fetch")]
mod fetch;
mod fmt;
mod revision;
mod summary;
mod verify;
#[cfg(feature = "watch")]
mod watch;
mod wire;

use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use letterpress::api::Api;
use letterpress::change::release;
use letterpress::document::printable;
use letterpress::document::report::Report;
use letterpress::document::report::rules::Severity;
use letterpress::emit::files::{Changes, WriteError, read_text, write_text};
use letterpress::input::files::ReadError;
use letterpress::proof::explain;
use letterpress::{Output, Source, generate, plan, understand};

use arguments::{Arguments, Command, ExplainOptions, Format, GenerateOptions, Stage};
use documents::Job;

/// Something that is no fault of a document: usage, or the file system. Exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The arguments do not make sense.
    #[error("{0}")]
    Usage(String),
    /// A document could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The output could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Standard output is closed.
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// Documents become many small pieces of text and syntax: a third of a run was spent in the allocator of glibc.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the program. Exit code 0: done, maybe with warnings; 1: errors in a document, or stale output;
/// 2: usage, or the file system.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Generate {
            options,
            check: true,
            ..
        }
        | Command::Check(options) => check(&options),
        Command::Generate { options, bump, .. } => press(&options, bump),
        #[cfg(feature = "watch")]
        Command::Watch(options) => watch::run(&options),
        Command::Print { stage, options } => print(stage, &options),
        Command::Explain(options) => explain(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Curl(options) => curl::run(&options),
        Command::Fmt(options) => fmt::run(&options),
        #[cfg(feature = "fetch")]
        Command::Fetch(options) => fetch::run(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Wire(options) => wire::run(&options),
    };
    match result {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say(&format!(
                "error: {}\n",
                printable::lines(&failure.to_string())
            ));
            ExitCode::from(2)
        }
    }
}

fn press(options: &GenerateOptions, raises_version: bool) -> Result<ExitCode, Failure> {
    let mut job = Job::new(options)?;
    let changes_of_users = if raises_version {
        bump::bump(&mut job, options)?
    } else {
        None
    };
    deliver(&mut job, options, changes_of_users.as_deref())
}

/// Generates and writes the client, with the list of what has changed for its users where there is one, and
/// tells what happened. The job then holds the lock that it has written.
fn deliver(
    job: &mut Job,
    options: &GenerateOptions,
    changes_of_users: Option<&str>,
) -> Result<ExitCode, Failure> {
    let output = work(job);
    show(&output.report, job, options);
    if output.requests == 0 {
        say("error: nothing to generate; output unchanged\n");
        return Ok(ExitCode::from(1));
    }
    // What is written then may have other names.
    if output.lock.is_damaged {
        say(&format!(
            "error: {} is damaged; output unchanged\n",
            printable::path(&job.lock)
        ));
        return Ok(ExitCode::from(1));
    }
    if let Some(error) = action::stale_lock(job, &output.lock, &options.action) {
        say(&error);
        return Ok(ExitCode::from(1));
    }
    let changes = output.files.write(&job.out).inspect_err(|error| {
        if let (WriteError::Edited(_), Ok(changes)) = (error, output.files.compare(&job.out)) {
            say(&excerpt::excerpts(&output.files, &job.out, &changes.edited));
        }
    })?;
    let lock = output.lock.to_string();
    if !options.action.locked {
        write_text(&job.lock, &lock)?;
    }
    if let (Some(changes), Some(version)) = (changes_of_users, &job.config.version) {
        let list = job.out.join("CHANGELOG.md");
        let old = read_text(&list)?.unwrap_or_default();
        write_text(&list, &release::with_section(&old, version, changes))?;
    }
    action::write_depfile(job, &options.action)?;
    tell(job, &output, &changes)?;
    if !options.action.locked {
        job.input.lock = Some(Source::new(printable::path(&job.lock), lock));
        job.input.paths.insert(job.lock.clone());
    }
    Ok(exit_code(&output.report, options))
}

fn check(options: &GenerateOptions) -> Result<ExitCode, Failure> {
    let job = Job::new(options)?;
    let output = work(&job);
    show(&output.report, &job, options);
    if output.requests == 0 {
        return Ok(ExitCode::from(1));
    }
    let changes = output.files.compare(&job.out)?;
    let lock = read_text(&job.lock)?;
    let is_locked = lock.as_deref() == Some(output.lock.to_string().as_str());
    let mut out = std::io::stdout().lock();
    if changes.is_empty() && is_locked {
        writeln!(
            out,
            "{} is current: {} files",
            printable::path(&job.place),
            changes.unchanged
        )?;
        return Ok(exit_code(&output.report, options));
    }
    let kinds = [
        ("missing", &changes.added),
        ("stale", &changes.changed),
        ("superfluous", &changes.removed),
        ("edited by hand", &changes.edited),
    ];
    for (kind, paths) in kinds {
        for path in paths {
            writeln!(out, "{kind}: {path}")?;
        }
    }
    if !is_locked {
        let kind = if lock.is_some() { "stale" } else { "missing" };
        writeln!(out, "{kind}: {}", printable::path(&job.lock))?;
    }
    let differing: Vec<String> = [changes.edited, changes.changed].concat();
    write!(
        out,
        "{}",
        excerpt::excerpts(&output.files, &job.out, &differing)
    )?;
    writeln!(
        out,
        "{} is not current; update it with: {}",
        printable::path(&job.place),
        job.command
    )?;
    Ok(ExitCode::from(1))
}

fn print(stage: Stage, options: &GenerateOptions) -> Result<ExitCode, Failure> {
    let job = Job::for_print(options)?;
    let (mut report, api) = api_of(&job);
    let mut out = std::io::stdout().lock();
    match stage {
        Stage::Api => writeln!(out, "{api:#?}")?,
        Stage::Plan => {
            let pins = letterpress::read_pins(&mut report, &job.input, &api, &job.config);
            let plan = plan::plan(&mut report, &api, &job.config, &pins);
            writeln!(out, "{plan:#?}")?;
        }
    }
    show(&report, &job, options);
    Ok(exit_code(&report, options))
}

fn explain(options: &ExplainOptions) -> Result<ExitCode, Failure> {
    let inputs = options.input.iter().cloned().collect();
    let general = GenerateOptions::of(inputs, options.values.clone());
    let job = Job::for_print(&general)?;
    let (mut report, api) = api_of(&job);
    if options.untyped {
        let untyped = explain::untyped(&api, &job.input.sources());
        let text = match options.format {
            Format::Text => explain::render_untyped(&untyped),
            Format::Json => format!("{:#}\n", serde_json::json!(untyped)),
        };
        show(&report, &job, &general);
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(exit_code(&report, &general));
    }
    let pattern = options.request.as_deref();
    let (input, config) = (&job.input, &job.config);
    let pins = letterpress::read_pins(&mut report, input, &api, config);
    let explanation = explain::explain(&mut report, &input.sources(), &api, config, &pins, pattern);
    let explanation = explanation.map_err(Failure::Usage)?;
    let text = match options.format {
        Format::Text => explain::render(&explanation),
        Format::Json => format!("{:#}\n", serde_json::json!(explanation)),
    };
    show(&report, &job, &general);
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(exit_code(&report, &general))
}

/// What the documents of a job say, corrected.
fn api_of(job: &Job) -> (Report, Api) {
    let mut report = Report::default();
    let api = understand(&mut report, &job.input, &job.config);
    (report, api)
}

/// Generates, with a sign of life where someone watches and it takes long.
fn work(job: &Job) -> Output {
    let spinner = indicatif::ProgressBar::new_spinner().with_message("generating");
    // Nothing is drawn before the first tick: short runs stay silent.
    spinner.enable_steady_tick(std::time::Duration::from_secs(1));
    let output = generate(&job.input, &job.config);
    spinner.finish_and_clear();
    output
}

/// Diagnostics go to standard error: nothing but results stands on standard output.
fn show(report: &Report, job: &Job, options: &GenerateOptions) {
    let from = if options.verbose {
        Severity::Note
    } else {
        Severity::Warning
    };
    let text = match options.format {
        Format::Text => report.render(&job.input.sources(), from, std::io::stderr().is_terminal()),
        Format::Json => report.to_json(&job.input.sources()),
    };
    say(&text);
}

fn say(text: &str) {
    // There is no one to tell when standard error is closed.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn tell(job: &Job, output: &Output, changes: &Changes) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let requests = count(output.requests, "request");
    let written = count(changes.added.len() + changes.changed.len(), "file");
    let (deleted, unchanged) = (changes.removed.len(), changes.unchanged);
    let place = printable::path(&job.place);
    writeln!(
        out,
        "{}: {requests} in {place}; {written} written, {deleted} deleted, {unchanged} unchanged",
        job.config.name
    )?;
    if job.input.lock.is_some() {
        summary::write(&mut out, &output.summary, changes, &job.config.form)?;
    }
    for path in &changes.kept {
        writeln!(out, "kept {path}: not generated by Letterpress")?;
    }
    let report = &output.report;
    let said = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let said: Vec<String> = said
        .into_iter()
        .filter(|(severity, _)| report.count(*severity) > 0)
        .map(|(severity, word)| count(report.count(severity), word))
        .collect();
    if !said.is_empty() {
        writeln!(
            out,
            "{} about the documents; `-v` also shows notes",
            said.join(", ")
        )?;
    }
    Ok(())
}

fn count(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

fn exit_code(report: &Report, options: &GenerateOptions) -> ExitCode {
    let denied = match options.deny {
        Some(arguments::Deny::Warnings) => report.count(Severity::Warning) > 0,
        None => false,
    };
    ExitCode::from(u8::from(report.has_errors() || denied))
}
