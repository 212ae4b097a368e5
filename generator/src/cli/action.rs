//! What build systems need of a run: names that are given, and the list of what was read.

use letterpress::change::lock::Lock;
use letterpress::document::printable;
use letterpress::emit::depfile;
use letterpress::emit::files::write_text;

use super::Failure;
use super::arguments::ActionOptions;
use super::documents::Job;

/// Why the lock does not do, where it may not be written.
pub(super) fn stale_lock(job: &Job, lock: &Lock, options: &ActionOptions) -> Option<String> {
    let path = printable::path(&job.lock);
    let reason = match &job.input.lock {
        _ if !options.locked => return None,
        None => format!("there is no {path}"),
        Some(file) if !lock.is_held_by(file) => format!("{path} does not hold all names"),
        Some(_) => return None,
    };
    Some(format!(
        "error: {reason}, and --locked lets nothing write it; update it with: {}\n",
        job.command
    ))
}

/// Writes what the output was made of.
pub(super) fn write_depfile(job: &Job, options: &ActionOptions) -> Result<(), Failure> {
    let Some(path) = &options.depfile else {
        return Ok(());
    };
    let rule = depfile::rule(&job.root(), &job.paths);
    let rule = rule.map_err(|error| Failure::Usage(error.to_string()))?;
    write_text(path, &rule)?;
    Ok(())
}
