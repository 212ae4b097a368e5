//! `letterpress generate --bump`: the next version of a client, by what changes for its users.

use letterpress::change::diff::{self, Diff};
use letterpress::change::lock::Lock;
use letterpress::change::release;
use letterpress::document::printable;
use letterpress::input::config::Form;
use letterpress::{Report, Source};

use super::arguments::GenerateOptions;
use super::diff::{Side, job};
use super::documents::{Job, folder_of_config};
use super::{Failure, revision};

/// Raises the version of a client that is about to be generated, and lets go of aliases that the release before
/// has had; gives what changes for users, where it is anything.
pub(super) fn bump(new: &mut Job, options: &GenerateOptions) -> Result<Option<String>, Failure> {
    if let Form::File(_) = new.config.form {
        let place = printable::path(&new.place);
        let message = format!("--bump: {place} is a module, which has no version");
        return Err(Failure::Usage(message));
    }
    let folder = match options.inputs.as_slice() {
        [folder] if folder.is_dir() => folder.clone(),
        [] => folder_of_config()?,
        _ => {
            let message = "--bump needs a folder with a letterpress.toml in a repository of Git";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    let spec = revision::of_last_release(&folder)?;
    let old = job(&spec, options)?;
    let old = Side::of(&old, None);
    if old.committed_lock().is_damaged {
        let message = format!("the letterpress.lock of {spec} is damaged: commit one that is not");
        return Err(Failure::Usage(message));
    }
    if compare(&old, new).level().is_none() {
        return Ok(None);
    }
    new.input.lock = new.input.lock.take().map(|lock| retire(lock, &old.lock));
    let diff = compare(&old, new);
    let Some(level) = diff.level() else {
        return Ok(None);
    };
    let version = old.version();
    let next = release::next(&version, level);
    let next = next.ok_or_else(|| Failure::Usage(format!("`{version}` is no version")))?;
    new.config.version = Some(next);
    Ok(Some(diff::markdown(&diff)))
}

fn compare(old: &Side<'_>, new: &Job) -> Diff {
    diff::compare(&old.client(), &Side::of(new, None).client())
}

/// A lock without the aliases that a release has had. One that is damaged stays as it is: the run ends with it.
fn retire(source: Source, released: &Lock) -> Source {
    let lock = Lock::read(&mut Report::default(), &source);
    if lock.is_damaged {
        return source;
    }
    Source::new(
        source.name.as_str(),
        lock.without_aliases_of(released).to_string(),
    )
}
