//! `letterpress wire`: what the clients of collections send, line by line.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use letterpress::document::printable;
use letterpress::proof::wire::Line;
use serde::Serialize;

use super::arguments::WireOptions;
use super::clients::{self, Ran, Recordings};
use super::{Failure, say};

/// A line among those of several collections.
#[derive(Serialize)]
struct Among<'a> {
    collection: &'a str,
    #[serde(flatten)]
    line: &'a Line,
}

/// Exit code 0: every client was run; 1: one does not compile, or there is no collection; 2: usage, the file system,
/// or Cargo.
pub(super) fn run(options: &WireOptions) -> Result<ExitCode, Failure> {
    let recordings = Recordings::find(options.calls.as_deref())?;
    let (ran, left_out) = clients::run(&options.clients, &recordings)?;
    for document in &left_out {
        say(&format!(
            "left out: {}: {}\n",
            document.file, document.reason
        ));
    }
    let broken: Vec<&Ran> = ran.iter().filter(|one| one.run.is_none()).collect();
    for one in &broken {
        let collection = &one.client.collection;
        say(&format!(
            "error: the client of {collection} does not compile\n"
        ));
    }
    if ran.is_empty() {
        say("error: there is no request in here\n");
    }
    match &options.out {
        Some(folder) => write(&ran, folder, &options.clients.inputs)?,
        None => print(&ran, &mut std::io::stdout().lock())?,
    }
    Ok(ExitCode::from(u8::from(
        ran.is_empty() || !broken.is_empty(),
    )))
}

/// The lines of a single collection stand for themselves.
fn print(ran: &[Ran], out: &mut impl Write) -> Result<(), Failure> {
    for one in ran {
        for line in &lines(one) {
            let text = if ran.len() > 1 {
                let collection = one.client.collection.as_str();
                serde_json::to_string(&Among { collection, line })
            } else {
                serde_json::to_string(line)
            };
            writeln!(out, "{}", text.map_err(std::io::Error::from)?)?;
        }
    }
    Ok(())
}

/// Nothing is written where two collections would have one file.
fn write(ran: &[Ran], folder: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    let mut files = BTreeMap::new();
    for one in ran {
        let path = folder.join(place(Path::new(&one.client.collection), inputs));
        if let Some(other) = files.insert(path.clone(), one) {
            return Err(Failure::Usage(format!(
                "the lines of two collections would go to {}: {} and {}",
                printable::path(&path),
                other.client.collection,
                one.client.collection
            )));
        }
    }
    for (path, one) in files {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        print(std::slice::from_ref(one), &mut fs::File::create(path)?)?;
    }
    Ok(())
}

fn lines(one: &Ran) -> Vec<Line> {
    one.client.lines(&one.problems, one.run.as_ref())
}

/// Where the lines of a collection go: `a/X.wire.jsonl` for `input/a/X.json`.
fn place(collection: &Path, inputs: &[PathBuf]) -> PathBuf {
    let below = inputs
        .iter()
        .filter_map(|input| collection.strip_prefix(input).ok())
        .find(|below| *below != Path::new(""));
    let name = collection.file_name().map(Path::new);
    let place = below.or(name).unwrap_or(collection);
    place.with_extension("wire.jsonl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_where_their_collection_lies() {
        let check = |collection: &str, inputs: &[&str], expected: &str| {
            let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
            assert_eq!(place(Path::new(collection), &inputs), Path::new(expected));
        };
        check("a/b/x.json", &["a"], "b/x.wire.jsonl");
        check("a/b/x.json", &["c", "a/b/x.json"], "x.wire.jsonl");
        check(
            "x.postman.json",
            &["x.postman.json"],
            "x.postman.wire.jsonl",
        );
        check("a/zoom", &["a/zoom"], "zoom.wire.jsonl");
        check("letterpress.toml", &[], "letterpress.wire.jsonl");
    }
}
