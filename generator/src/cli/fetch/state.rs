//! What was stored when: `letterpress.fetched`, beside the configuration.
//!
//! It is to be committed. A scheduled job starts from a fresh checkout, and is told by it that nothing has changed. It
//! is written only where a document was, so that it is never the only change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use letterpress::document::{digest, printable};
use letterpress::emit::files::{read_text, write_text};
use serde::{Deserialize, Serialize};

use super::Failure;

/// The name of the file.
const FILE_NAME: &str = "letterpress.fetched";

/// Its first line.
const HEADER: &str =
    "# Written by `letterpress fetch`, to ask only for what has changed since. Commit it.\n";

/// What was stored, by the paths of the files below the folder.
#[derive(Default)]
pub(super) struct State {
    /// The file that it is written to, where there is a configuration.
    path: Option<PathBuf>,
    entries: BTreeMap<String, Entry>,
}

/// A document as it was stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Entry {
    /// Its URL, with `${NAME}` for what is secret in it.
    from: String,
    /// The digest of what was stored: one that was edited since is asked for again.
    digest: String,
    /// What the server calls this version, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
}

impl State {
    /// What was stored for the configuration in a folder. A file that is damaged, as after a merge, tells nothing, and
    /// is written anew.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join(FILE_NAME);
        let text = read_text(&path)?.unwrap_or_default();
        Ok(Self {
            path: Some(path),
            entries: toml::from_str(&text).unwrap_or_default(),
        })
    }

    /// What the server calls the version of a document that is stored, if it is still as it was stored.
    pub(super) fn etag(&self, file: &Path, from: &str) -> Result<Option<&str>, Failure> {
        let Some(entry) = self.entries.get(&self.name(file)) else {
            return Ok(None);
        };
        let text = read_text(file)?;
        let is_same = text.is_some_and(|text| digest::digest(&text) == entry.digest);
        Ok(entry
            .etag
            .as_deref()
            .filter(|_| is_same && entry.from == from))
    }

    /// Whether a document was stored by `fetch` before.
    pub(super) fn knows(&self, file: &Path) -> bool {
        self.entries.contains_key(&self.name(file))
    }

    /// A file that was never fetched is someone's own.
    pub(super) fn refuse_unknown(&self, file: &Path) -> Result<(), Failure> {
        if self.path.is_none() || self.knows(file) || read_text(file)?.is_none() {
            return Ok(());
        }
        Err(Failure::Usage(format!(
            "{} is there and was not fetched before, so it is not overwritten; --force does that",
            printable::path(file)
        )))
    }

    /// Keeps what was stored.
    pub(super) fn set(&mut self, file: &Path, from: &str, text: &str, etag: Option<String>) {
        let entry = Entry {
            from: from.to_owned(),
            digest: digest::digest(text),
            etag,
        };
        self.entries.insert(self.name(file), entry);
    }

    /// Writes it, where there is a place for it and something in it or there before.
    pub(super) fn write(&self) -> Result<(), Failure> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        if self.entries.is_empty() && !path.exists() {
            return Ok(());
        }
        let text = toml::to_string(&self.entries);
        let text = text.map_err(|error| Failure::Usage(format!("{FILE_NAME}: {error}")))?;
        write_text(path, &format!("{HEADER}{text}"))?;
        Ok(())
    }

    /// What a file is called: its path below the folder, the same on every machine.
    fn name(&self, file: &Path) -> String {
        let folder = self.path.as_deref().and_then(Path::parent);
        let below = folder.and_then(|folder| file.strip_prefix(folder).ok());
        below.unwrap_or(file).to_string_lossy().replace('\\', "/")
    }
}
