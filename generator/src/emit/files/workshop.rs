//! Where a run makes what is to take the place of something: a folder on the same disk.
//!
//! ```text
//! .letterpress-9f3c01d22ab84e10/   a name that nobody can foresee
//!   note                           whose the folder is
//!   made                           which folder was made here, and whose place it is to take
//!   folder                         that folder; or, once they have changed places, the old one
//!   file                           a single file
//! ```
//!
//! A run uses the workshop that it has opened, and no other. What an earlier one has left is known by its note and
//! by holding nothing else.

use std::fs;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::{Path, PathBuf};

use super::disk::{Disk, listed};
use super::{WriteError, read_text};

/// How the name begins. As many digits follow as a hash has.
const PREFIX: &str = ".letterpress-";

/// The text of the note.
const NOTE: &str =
    "A run of Letterpress makes its output here. The next one removes what is left of it.\n";

/// Everything that a workshop may hold, in the order in which it goes.
const CONTENT: [&str; 4] = ["folder", "file", "made", "note"];

/// A folder of one run.
pub(super) struct Workshop {
    root: PathBuf,
}

impl Workshop {
    /// Makes one in a folder.
    pub(super) fn open(disk: &mut Disk, around: &Path) -> Result<Self, WriteError> {
        // Its keys are random: the hash of nothing is too.
        let hash = RandomState::new().build_hasher().finish();
        let root = around.join(format!("{PREFIX}{hash:016x}"));
        disk.folder(&root)?;
        disk.create(&root.join("note"), NOTE)?;
        Ok(Self { root })
    }

    /// Where a file is made.
    pub(super) fn file(&self) -> PathBuf {
        self.root.join("file")
    }

    /// Where a folder is made.
    pub(super) fn folder(&self) -> PathBuf {
        self.root.join("folder")
    }

    /// Writes down which folder was made here for the place of `home`.
    pub(super) fn remember(&self, disk: &mut Disk, home: &Path) -> Result<(), WriteError> {
        let made = identity(&self.folder()).map(|identity| made(&identity, home));
        let write = |made: String| disk.create(&self.root.join("made"), &made);
        made.map_or(Ok(()), write)
    }

    /// Whether a folder is here that was made elsewhere: the old one, which has changed places with the one that was
    /// made here. `None`, where that was another place than `home`.
    pub(super) fn has_exchanged(&self, home: Option<&Path>) -> Result<Option<bool>, WriteError> {
        let Some(identity) = identity(&self.folder()) else {
            return Ok(Some(false));
        };
        let Some(written) = read_text(&self.root.join("made"))? else {
            return Ok(Some(false));
        };
        // One that was not written to its end was not read by anyone: nothing has happened then.
        if !written.ends_with('\n') {
            return Ok(Some(false));
        }
        let is_here = written.lines().next() == Some(&identity);
        let other = written.split_once('\n').map_or("", |(_, home)| home);
        let is_of_home = home.is_some_and(|home| made("", home) == format!("\n{other}"));
        Ok(match (is_here, is_of_home) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        })
    }

    /// Removes it, whatever is still there.
    pub(super) fn close(self, disk: &mut Disk) -> Result<(), WriteError> {
        for name in CONTENT {
            disk.remove_all(&self.root.join(name))?;
        }
        disk.remove_folder(&self.root)
    }

    /// Whether a folder was made by an earlier run: by its name, its note, and that nothing else is there.
    fn is_one(&self) -> bool {
        let name = self.root.file_name().and_then(|name| name.to_str());
        let digits = name.and_then(|name| name.strip_prefix(PREFIX));
        let is_named = digits.is_some_and(|digits| {
            digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let is_folder = fs::symlink_metadata(&self.root).is_ok_and(|data| data.is_dir());
        if !is_named || !is_folder {
            return false;
        }
        let holds = listed(&self.root).unwrap_or_default();
        let is_known = |entry: &fs::DirEntry| CONTENT.iter().any(|name| entry.file_name() == *name);
        // One that was stopped at once has no note yet, or none of its text.
        let note = read_text(&self.root.join("note")).ok().flatten();
        let is_noted = match note {
            Some(note) => note == NOTE || (note.is_empty() && holds.len() == 1),
            None => holds.is_empty(),
        };
        is_noted && holds.iter().all(is_known)
    }
}

/// The workshops that earlier runs have left in a folder.
pub(super) fn left(around: &Path) -> Result<Vec<Workshop>, WriteError> {
    let paths = listed(around)?.into_iter().map(|entry| entry.path());
    let all = paths.map(|root| Workshop { root });
    Ok(all.filter(Workshop::is_one).collect())
}

/// A folder and the place that it is to take, as they are written down.
fn made(identity: &str, home: &Path) -> String {
    let home = home.file_name().unwrap_or_default().to_string_lossy();
    format!("{identity}\n{home}\n")
}

/// What tells a folder from every other one, as long as it is there. Systems that cannot exchange two folders need
/// none.
fn identity(folder: &Path) -> Option<String> {
    let data = fs::symlink_metadata(folder).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        data.is_dir()
            .then(|| format!("{}:{}", data.dev(), data.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = data;
        None
    }
}
