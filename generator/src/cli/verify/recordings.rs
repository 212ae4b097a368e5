//! Recordings of what Postman sends, and which collection each is of.

use std::fs;
use std::path::{Path, PathBuf};

use letterpress::document::printable;
use letterpress::proof::wire::{Line, read_lines};

use super::super::Failure;
use super::super::clients::{RECORDING, walk};

/// Where recordings are.
pub(super) enum Recordings {
    /// Nowhere.
    None,
    /// A single one.
    File(PathBuf),
    /// All below a folder.
    Folder(Vec<PathBuf>),
}

impl Recordings {
    pub(super) fn find(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::None);
        };
        if !path.is_dir() {
            return Ok(Self::File(path.to_owned()));
        }
        let mut files = Vec::new();
        walk(path, &mut files)?;
        Ok(Self::Folder(files))
    }

    /// The recording of these documents, in their order; nothing, where there is none of one of them.
    pub(super) fn of(&self, documents: &[String]) -> Result<Option<Vec<Line>>, Failure> {
        let paths: Option<Vec<&Path>> = match self {
            Self::None => None,
            Self::File(path) => Some(vec![path]),
            Self::Folder(files) => {
                let paths = documents
                    .iter()
                    .map(|document| choose(Path::new(document), files));
                paths.collect()
            }
        };
        let lines = paths.map(|paths| paths.into_iter().map(read).collect::<Result<Vec<_>, _>>());
        Ok(lines.transpose()?.map(|lines| lines.concat()))
    }
}

/// The recording of a document, by its name: of several the one that lies beside it, else the first.
fn choose<'a>(document: &Path, files: &'a [PathBuf]) -> Option<&'a Path> {
    let name = document.file_name()?.to_str()?;
    let name = format!("{}{RECORDING}", name.strip_suffix(".json").unwrap_or(name));
    let mut named = files
        .iter()
        .filter(|file| file.file_name().is_some_and(|own| *own == *name));
    let is_beside = |file: &&PathBuf| file.parent() == document.parent();
    let beside = named.clone().find(is_beside);
    beside.or_else(|| named.next()).map(PathBuf::as_path)
}

fn read(path: &Path) -> Result<Vec<Line>, Failure> {
    let place = printable::path(path);
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::Usage(format!("cannot read {place}: {error}")))?;
    read_lines(&text).map_err(|(line, error)| {
        Failure::Usage(format!("{place}:{line}: no line of a recording: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_found_by_name() {
        let files = [
            "r/a.wire.jsonl",
            "r/b/a.wire.jsonl",
            "r/b.json",
            "r/zoom.wire.jsonl",
        ];
        let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        let check = |document: &str, expected: Option<&str>| {
            assert_eq!(
                choose(Path::new(document), &files),
                expected.map(Path::new),
                "{document}"
            );
        };
        check("x/a.json", Some("r/a.wire.jsonl"));
        check("r/b/a.json", Some("r/b/a.wire.jsonl"));
        check("x/zoom", Some("r/zoom.wire.jsonl"));
        check("r/b.json", None);
    }
}
