//! `letterpress fmt`: documents in their normal form.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use letterpress::document::printable;
use letterpress::document::report::Report;
use letterpress::document::report::rules::Severity;
use letterpress::emit::files::{read_text, write_text};
use letterpress::input::files::WorkingTree;
use letterpress::input::files::{collections, read_source};
use letterpress::input::openapi;
use letterpress::input::postman::normal::{self, Ids};

use super::arguments::FmtOptions;
use super::{Failure, count, documents, say};

/// What became of a document.
enum Outcome {
    /// It is another now, or would be.
    Changed,
    /// It is in its normal form.
    Same,
    /// It has none: YAML is written by people and by Postman without what changes.
    Yaml,
    /// It is no document of Postman's. That was said.
    Refused,
}

/// Exit code 0: done; 1: a document is none, or with `--check` not in its normal form; 2: usage, or the file system.
pub(super) fn run(options: &FmtOptions) -> Result<ExitCode, Failure> {
    let mut out = std::io::stdout().lock();
    let (mut changed, mut refused) = (0, 0);
    let files = files(options)?;
    for file in &files {
        match format(file, options)? {
            Outcome::Changed if options.check => {
                writeln!(out, "not in normal form: {}", printable::path(file))?;
                changed += 1;
            }
            Outcome::Changed => {
                writeln!(out, "formatted: {}", printable::path(file))?;
                changed += 1;
            }
            Outcome::Same => {}
            Outcome::Yaml => writeln!(
                out,
                "left alone, as YAML needs no fmt: {}",
                printable::path(file)
            )?,
            Outcome::Refused => refused += 1,
        }
    }
    if changed == 0 && refused == 0 {
        writeln!(out, "nothing to do for {}", count(files.len(), "document"))?;
    } else if options.check && changed > 0 {
        writeln!(out, "update them with: {}", command(options))?;
    }
    let is_wrong = refused > 0 || (options.check && changed > 0);
    Ok(ExitCode::from(u8::from(is_wrong)))
}

/// The documents that are asked for.
fn files(options: &FmtOptions) -> Result<Vec<PathBuf>, Failure> {
    let of_config = |folder: Option<&Path>| {
        let (file, _) = documents::configuration(folder)?;
        Ok::<_, Failure>(file.documents().cloned().collect::<Vec<_>>())
    };
    if options.files.is_empty() {
        return of_config(None);
    }
    let mut files = Vec::new();
    for path in &options.files {
        if documents::config_in(&WorkingTree, path)?.is_some() {
            files.extend(of_config(Some(path))?);
        } else {
            files.extend(collections(&WorkingTree, path)?);
        }
    }
    Ok(files)
}

fn format(path: &Path, options: &FmtOptions) -> Result<Outcome, Failure> {
    let source = read_source(&WorkingTree, path)?;
    // An OpenAPI document is written by people, or by their tools: nothing in it is noise.
    if openapi::is_openapi(&source) {
        return Ok(Outcome::Same);
    }
    if source.is_yaml() {
        return Ok(Outcome::Yaml);
    }
    let ids = ids(options.no_ids);
    let mut report = Report::default();
    let Some(text) = normal::write(&mut report, &source, ids) else {
        say(&report.render(&[&source], Severity::Note, false));
        return Ok(Outcome::Refused);
    };
    let is_changed = if options.check {
        let old = read_text(path)?.unwrap_or_default();
        old.replace("\r\n", "\n") != text
    } else {
        write_text(path, &text)?
    };
    Ok(if is_changed {
        Outcome::Changed
    } else {
        Outcome::Same
    })
}

/// Which ids stay, by the option.
pub(super) fn ids(no_ids: bool) -> Ids {
    if no_ids { Ids::None } else { Ids::Stable }
}

/// The command that does what was checked.
fn command(options: &FmtOptions) -> String {
    let mut words = vec!["letterpress fmt".to_owned()];
    words.extend(options.no_ids.then(|| "--no-ids".to_owned()));
    words.extend(options.files.iter().map(printable::path));
    words.join(" ")
}
