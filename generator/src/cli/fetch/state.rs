//! What was stored when: `letterpress.fetched`, beside the configuration.
//!
//! It is to be committed. A scheduled job starts from a fresh checkout, and is told by it that nothing has changed. It
//! is written only where a document was, so that it is never the only change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use letterpress::document::digest;
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
    /// What the server calls this version.
    etag: String,
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
        Ok((is_same && entry.from == from).then_some(entry.etag.as_str()))
    }

    /// Keeps what was stored. Without a name for the version there is nothing to ask by.
    pub(super) fn set(&mut self, file: &Path, from: &str, text: &str, etag: Option<String>) {
        let name = self.name(file);
        match etag {
            Some(etag) => {
                let entry = Entry {
                    from: from.to_owned(),
                    digest: digest::digest(text),
                    etag,
                };
                self.entries.insert(name, entry);
            }
            None => drop(self.entries.remove(&name)),
        }
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
