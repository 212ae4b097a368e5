//! Recordings of what is sent, and which document each is of.
//!
//! | name | content |
//! | --- | --- |
//! | `X.wire.jsonl` | what Postman sends for the requests of a collection |
//! | `X.requests.jsonl` | calls of the operations of an `OpenAPI` document, and the requests that they are |
//! | `X.replies.jsonl` | replies that its schemas allow |
//!
//! `X` is the name of the document without its ending, with or without the name of its folder and `__` in front. The
//! last two may be compressed: `X.replies.jsonl.gz`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use letterpress::document::printable;
use letterpress::proof::verify::Calls;
use letterpress::proof::wire::{Line, read_lines};

use super::super::Failure;
use super::discover::walk;

/// What the name of a recording of Postman's requests ends with.
const WIRE: &str = ".wire.jsonl";

/// What the name of a recording of calls ends with.
const REQUESTS: &str = ".requests.jsonl";

/// What the name of a recording of replies ends with.
const REPLIES: &str = ".replies.jsonl";

/// What a compressed file ends with.
const COMPRESSED: &str = ".gz";

/// Where recordings are.
pub(in super::super) enum Recordings {
    /// Nowhere.
    None,
    /// A single one.
    File(PathBuf),
    /// All below a folder.
    Folder(Vec<PathBuf>),
}

/// Whether a file is named as a recording, or as what else is recorded beside one.
pub(super) fn is_recording(name: &str) -> bool {
    let name = name.strip_suffix(COMPRESSED).unwrap_or(name);
    let endings = [
        WIRE,
        REQUESTS,
        REPLIES,
        ".relaxed.jsonl",
        ".invalid-examples.jsonl",
    ];
    endings.iter().any(|ending| name.ends_with(ending))
}

impl Recordings {
    pub(in super::super) fn find(path: Option<&Path>) -> Result<Self, Failure> {
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

    /// The recording of these collections, in their order; nothing, where there is none of one of them.
    pub(in super::super) fn lines(
        &self,
        documents: &[String],
    ) -> Result<Option<Vec<Line>>, Failure> {
        let paths: Option<Vec<&Path>> = match self {
            Self::None => None,
            Self::File(path) => Some(vec![path]),
            Self::Folder(files) => {
                let paths = documents
                    .iter()
                    .map(|document| choose(Path::new(document), files, WIRE));
                paths.collect()
            }
        };
        let lines = paths.map(|paths| paths.into_iter().map(read).collect::<Result<Vec<_>, _>>());
        Ok(lines.transpose()?.map(|lines| lines.concat()))
    }

    /// What is recorded of an `OpenAPI` document; nothing, where there is no recording of it.
    pub(super) fn calls(&self, document: &str) -> Result<Option<Calls>, Failure> {
        let document = Path::new(document);
        let (requests, replies) = match self {
            Self::None => (None, None),
            Self::File(path) => (Some(path.as_path()), None),
            Self::Folder(files) => (
                choose(document, files, REQUESTS),
                choose(document, files, REPLIES),
            ),
        };
        if requests.or(replies).is_none() {
            return Ok(None);
        }
        let text = |path: Option<&Path>| path.map_or_else(|| Ok(String::new()), text_of);
        let (requests_text, replies_text) = (text(requests)?, text(replies)?);
        let calls = Calls::read(&requests_text, &replies_text);
        let calls = calls.map_err(|(line, reason)| {
            let place = printable::path(requests.or(replies).unwrap_or(document));
            Failure::Usage(format!("{place}:{line}: no line of a recording: {reason}"))
        });
        calls.map(Some)
    }
}

/// The recording of a document, by its name: of several the one that lies beside it, else the first.
fn choose<'a>(document: &Path, files: &'a [PathBuf], ending: &str) -> Option<&'a Path> {
    let name = document.file_name()?.to_str()?;
    let endings = [".json", ".yaml", ".yml"];
    let stem = endings
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    let folder = document
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str());
    let in_folder = folder.map(|folder| format!("{folder}__{stem}"));
    let names = in_folder.into_iter().chain([stem.to_owned()]);
    let mut found = names.map(|name| {
        let plain = format!("{name}{ending}");
        let compressed = format!("{plain}{COMPRESSED}");
        let mut found_by_name = files.iter().filter(|file| {
            let own = file.file_name().and_then(|own| own.to_str());
            own.is_some_and(|own| own == plain || own == compressed)
        });
        let is_beside = |file: &&PathBuf| file.parent() == document.parent();
        let beside = found_by_name.clone().find(is_beside);
        beside
            .or_else(|| found_by_name.next())
            .map(PathBuf::as_path)
    });
    found.find_map(|found| found)
}

/// The text of a recording, also of a compressed one.
fn text_of(path: &Path) -> Result<String, Failure> {
    let unreadable =
        |error| Failure::Usage(format!("cannot read {}: {error}", printable::path(path)));
    let is_compressed = path.extension().is_some_and(|ending| ending == "gz");
    if !is_compressed {
        return fs::read_to_string(path).map_err(unreadable);
    }
    let mut text = String::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut reader = flate2::read::MultiGzDecoder::new(file);
    reader.read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

fn read(path: &Path) -> Result<Vec<Line>, Failure> {
    read_lines(&text_of(path)?).map_err(|(line, error)| {
        let place = printable::path(path);
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
            "r/root.wire.jsonl",
            "r/tree__root.wire.jsonl",
            "r/c.wire.jsonl.gz",
        ];
        let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        let check = |document: &str, expected: Option<&str>| {
            assert_eq!(
                choose(Path::new(document), &files, WIRE),
                expected.map(Path::new),
                "{document}"
            );
        };
        check("x/a.json", Some("r/a.wire.jsonl"));
        check("r/b/a.json", Some("r/b/a.wire.jsonl"));
        check("x/zoom", Some("r/zoom.wire.jsonl"));
        check("r/b.json", None);
        check("x/root.yaml", Some("r/root.wire.jsonl"));
        check("x/tree/root.yaml", Some("r/tree__root.wire.jsonl"));
        check("x/c.yml", Some("r/c.wire.jsonl.gz"));
    }
}
