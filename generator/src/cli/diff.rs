//! `letterpress diff`: what changes for users of the client.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use letterpress::change::diff::{self, Client};
use letterpress::change::lock::Lock;
use letterpress::document::report::Report;
use letterpress::document::report::rules::Severity;
use letterpress::input::config::FIRST_VERSION;
use letterpress::plan::{self, Crate};

use super::arguments::{DiffFormat, DiffOptions, GenerateOptions};
use super::documents::{Job, folder_of_config};
use super::revision::{self, Revision, Spec};
use super::{Api, Failure, api_of, say};

/// A client that is compared: its documents, and what is planned of them.
pub(super) struct Side<'j> {
    job: &'j Job,
    api: Api,
    plan: Crate,
    pub(super) lock: Lock,
    pub(super) report: Report,
}

/// Compares two clients. Exit code 1: a document has errors, or there is a change of the level that was
/// asked for.
pub(super) fn run(options: &DiffOptions) -> Result<ExitCode, Failure> {
    let (old, new) = specs(options)?;
    let general = GenerateOptions::of(Vec::new(), options.values.clone());
    let (old, new) = (job(&old, &general)?, job(&new, &general)?);
    let old = Side::of(&old, None);
    // The new client keeps the names of the old one, as one that is generated again does.
    let new = Side::of(&new, Some(&old.lock));
    for side in [&old, &new] {
        side.show_errors();
    }
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
        has_errors || options.exit_code.is_some_and(|level| level.is_found(&diff)),
    )))
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

/// What a client is generated from, as it is on disk or was in a revision.
pub(super) fn job(spec: &Spec, options: &GenerateOptions) -> Result<Job, Failure> {
    let at = |path: &Path| GenerateOptions {
        inputs: vec![path.to_owned()],
        rename: None,
        ..options.clone()
    };
    match spec {
        Spec::Disk(path) => Job::for_print(&at(path)),
        Spec::Revision(revision, path) => {
            let tree = Revision::new(revision)?;
            Job::of_tree(&tree, &at(&revision::inside(path)?))
        }
    }
}

impl<'j> Side<'j> {
    /// Plans a client. Its own lock has the names that it has; without one, it would be generated with that of
    /// the older client.
    pub(super) fn of(job: &'j Job, older: Option<&Lock>) -> Self {
        let (mut report, api) = api_of(job);
        let pins = match older {
            Some(lock) if job.input.lock.is_none() => lock.pins(&api, None),
            _ => letterpress::read_pins(&mut report, &job.input, &api, &job.config),
        };
        let plan = plan::plan(&mut report, &api, &job.config, &pins);
        let lock = Lock::of(&job.input.sources(), &api, &plan, &pins);
        Self {
            job,
            api,
            plan,
            lock,
            report,
        }
    }

    pub(super) fn client(&self) -> Client<'_> {
        Client {
            sources: self.job.input.sources(),
            api: &self.api,
            plan: &self.plan,
            config: &self.job.config,
        }
    }

    /// The lock as it is in its file; an empty one where there is none.
    pub(super) fn committed_lock(&self) -> Lock {
        let source = self.job.input.lock.as_ref();
        source.map_or_else(Lock::default, |source| {
            Lock::read(&mut Report::default(), source)
        })
    }

    /// The version that it has.
    pub(super) fn version(&self) -> String {
        let version = self.committed_lock().version;
        version.unwrap_or_else(|| FIRST_VERSION.to_owned())
    }

    /// What is left out of it is not compared. Warnings are for who generates it.
    fn show_errors(&self) {
        let sources = &self.job.input.sources();
        let colours = std::io::stderr().is_terminal();
        say(&self.report.render(sources, Severity::Error, colours));
    }
}
