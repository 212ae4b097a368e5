//! `letterpress diff`: what changes for users of the client.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use letterpress::diff::{self, Client, Diff};
use letterpress::lock::Lock;
use letterpress::plan::{self, Crate};
use letterpress::release;
use letterpress::report::Report;

use super::arguments::{DiffFormat, DiffOptions, GenerateOptions, Values};
use super::documents::{Job, folder_of_config};
use super::revision::{self, Spec};
use super::{Api, Failure, api_of, show};

/// A client that is compared: its documents, and what is planned of them.
struct Side {
    job: Job,
    api: Api,
    plan: Crate,
    lock: Lock,
    report: Report,
}

/// Compares two clients. Exit code 1: a document has errors, or there is a change of the level that was
/// asked for.
pub(super) fn run(options: &DiffOptions) -> Result<ExitCode, Failure> {
    let (old, new) = specs(options)?;
    let old = Side::read(&old, options, None)?;
    // The new client keeps the names of the old one, as one that is generated again does.
    let new = Side::read(&new, options, Some(&old.lock))?;
    let mut diff = diff::compare(&old.client(), &new.client());
    diff.strict = options.strict;
    let text = match options.format {
        DiffFormat::Text => diff::text(&diff),
        DiffFormat::Markdown => diff::markdown(&diff),
        DiffFormat::Json => diff::json(&diff),
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    let has_errors = old.report.has_errors() || new.report.has_errors();
    Ok(ExitCode::from(u8::from(
        has_errors || is_asked_for(&diff, options),
    )))
}

/// What has changed since the commit that the client of a folder was last generated in, and the version that
/// it had there.
pub(super) fn since_last_run(folder: &Path, values: &Values) -> Result<(Diff, String), Failure> {
    let options = DiffOptions {
        old: Some(folder.display().to_string()),
        new: None,
        committed: true,
        values: values.clone(),
        format: DiffFormat::Markdown,
        strict: false,
        exit_code: None,
    };
    let (old, new) = specs(&options)?;
    let old = Side::read(&old, &options, None)?;
    let new = Side::read(&new, &options, Some(&old.lock))?;
    let diff = diff::compare(&old.client(), &new.client());
    let version = old.job.input.lock.as_ref();
    let version = version.and_then(|lock| Lock::read(&mut Report::default(), lock).version);
    Ok((diff, version.unwrap_or_else(|| release::FIRST.to_owned())))
}

fn is_asked_for(diff: &Diff, options: &DiffOptions) -> bool {
    let found = diff.level();
    options
        .exit_code
        .is_some_and(|level| found >= Some(level.into()))
}

/// What is compared with what.
fn specs(options: &DiffOptions) -> Result<(Spec, Spec), Failure> {
    if options.committed {
        let folder = match &options.old {
            Some(folder) => folder.into(),
            None => folder_of_config()?,
        };
        return Ok((revision::of_last_run(&folder)?, Spec::Disk(folder)));
    }
    let Some(old) = &options.old else {
        let message = "say what is compared with what: OLD and NEW, or --committed";
        return Err(Failure::Usage(message.to_owned()));
    };
    let old = Spec::read(old);
    let new = match (&options.new, &old) {
        (Some(new), _) => Spec::read(new),
        (None, Spec::Revision(_, path)) => Spec::Disk(path.clone()),
        (None, Spec::Disk(_)) => {
            let message = "say what it is compared with: NEW";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    Ok((old, new))
}

impl Side {
    fn read(spec: &Spec, options: &DiffOptions, known: Option<&Lock>) -> Result<Self, Failure> {
        let job = match spec {
            Spec::Disk(path) => Job::for_print(&settings(path, options))?,
            Spec::Revision(revision, path) => {
                let copy = revision::copy(revision, path)?;
                let mut job = Job::for_print(&settings(&copy.path, options))?;
                for source in &mut job.input.sources {
                    copy.rename(&mut source.name);
                }
                job
            }
        };
        let (mut report, api) = api_of(&job);
        // Its own lock has the names that it has; without one, it would be generated with that of the old client.
        let pins = match known {
            Some(lock) if job.input.lock.is_none() => lock.pins(&api, None),
            _ => letterpress::pins(&mut report, &job.input, &api, &job.config),
        };
        let plan = plan::plan(&mut report, &api, &job.config, &pins);
        let lock = Lock::of(&job.input.sources, &api, &plan, &pins);
        show(&report, &job, &settings(spec.path(), options));
        Ok(Self {
            job,
            api,
            plan,
            lock,
            report,
        })
    }

    fn client(&self) -> Client<'_> {
        Client {
            sources: &self.job.input.sources,
            api: &self.api,
            plan: &self.plan,
            config: &self.job.config,
        }
    }
}

fn settings(path: &Path, options: &DiffOptions) -> GenerateOptions {
    GenerateOptions::of(vec![path.to_owned()], options.values.clone())
}
