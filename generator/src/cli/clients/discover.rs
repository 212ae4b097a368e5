//! Which documents a run is about.

use std::fs;
use std::path::{Path, PathBuf};

use letterpress::document::printable;
use letterpress::input::config::FILE_NAME;
use letterpress::input::files::WorkingTree;
use letterpress::input::files::is_collection;
use letterpress::proof::verify::LeftOut;

use super::super::Failure;
use super::super::arguments::{ClientOptions, GenerateOptions, Values};
use super::recordings::is_recording;

/// Something that a client is generated from.
pub(super) struct Found {
    /// What people call it: its path.
    pub(super) name: String,
    /// How it is generated.
    pub(super) options: GenerateOptions,
    /// Whether the command line names it, so that it has to be there.
    pub(super) is_named: bool,
}

/// What the name of an environment ends with.
const ENVIRONMENT: &str = ".env.json";

/// What the inputs come to, in their order, folders sorted; and the files in folders that are no JSON.
pub(super) fn find(options: &ClientOptions) -> Result<(Vec<Found>, Vec<LeftOut>), Failure> {
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    if options.inputs.is_empty() {
        found.push(Found {
            name: FILE_NAME.to_owned(),
            options: GenerateOptions::of(Vec::new(), options.values.clone()),
            is_named: true,
        });
    }
    for input in &options.inputs {
        let is_one = !input.is_dir()
            || input.join(FILE_NAME).is_file()
            || is_collection(&WorkingTree, input);
        if is_one {
            found.push(one(input, options, true));
        } else {
            let mut files = Vec::new();
            walk(input, &mut files)?;
            sort_out(files, options, &mut found, &mut left_out);
        }
    }
    Ok((found, left_out))
}

fn one(path: &Path, options: &ClientOptions, is_named: bool) -> Found {
    let environment = environment_of(path).filter(|path| path.is_file());
    let values = Values {
        env: environment.or_else(|| options.values.env.clone()),
        globals: options.values.globals.clone(),
    };
    Found {
        name: printable::path(path),
        options: GenerateOptions::of(vec![path.to_owned()], values),
        is_named,
    }
}

/// `X.env.json` for `X.json`, and for the folder `X`.
fn environment_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(".json").unwrap_or(name);
    Some(path.with_file_name(format!("{name}{ENVIRONMENT}")))
}

/// All files and collections of format v3 below a folder, sorted by path. What is hidden stays so, and no link is followed.
pub(super) fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable =
        |error| Failure::Usage(format!("cannot read {}: {error}", printable::path(folder)));
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(unreadable)?.collect();
    let mut entries = entries.map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(unreadable)?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() && is_collection(&WorkingTree, &entry.path()) {
            files.push(entry.path());
        } else if kind.is_dir() {
            walk(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn sort_out(
    files: Vec<PathBuf>,
    options: &ClientOptions,
    found: &mut Vec<Found>,
    left_out: &mut Vec<LeftOut>,
) {
    for path in files {
        let name = printable::path(&path);
        // Both belong to the collection of their name.
        let belongs = name.ends_with(ENVIRONMENT) || is_recording(&name);
        let values = [&options.values.env, &options.values.globals];
        if belongs || values.contains(&&Some(path.clone())) {
            continue;
        }
        let ending = path.extension();
        let is_document = ending.is_some_and(|ending| {
            let endings = ["json", "yaml", "yml"];
            endings.iter().any(|one| ending.eq_ignore_ascii_case(one))
        });
        if is_document || path.is_dir() {
            found.push(one(&path, options, false));
        } else {
            left_out.push(LeftOut {
                file: name,
                reason: "neither JSON nor YAML".to_owned(),
            });
        }
    }
}
