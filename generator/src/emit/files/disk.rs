//! The disk. Every step that changes it goes by here, so that a test can stop at any of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{WriteError, at};

/// The steps that are left. A run has no end of them.
pub(super) struct Disk {
    steps: usize,
}

impl Default for Disk {
    fn default() -> Self {
        Self { steps: usize::MAX }
    }
}

impl Disk {
    /// A disk on which nothing happens any more after so many steps, as if the process were killed.
    #[cfg(test)]
    pub(super) fn until(steps: usize) -> Self {
        Self { steps }
    }

    pub(super) fn step<T>(
        &mut self,
        path: &Path,
        act: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, WriteError> {
        let left = self.steps.checked_sub(1);
        self.steps = left.ok_or_else(|| at(path)(io::Error::other("stopped")))?;
        act().map_err(at(path))
    }

    /// Makes a folder that must not be there.
    pub(super) fn folder(&mut self, path: &Path) -> Result<(), WriteError> {
        self.step(path, || fs::create_dir(path))
    }

    /// Makes a folder and those around it, as far as they are not there.
    pub(super) fn folders(&mut self, path: &Path) -> Result<(), WriteError> {
        self.step(path, || fs::create_dir_all(path))
    }

    /// Writes a file that must not be there: nothing is followed out of the folder.
    pub(super) fn create(&mut self, path: &Path, text: &str) -> Result<(), WriteError> {
        let mut file = self.step(path, || {
            OpenOptions::new().write(true).create_new(true).open(path)
        })?;
        self.step(path, || file.write_all(text.as_bytes()))
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> Result<(), WriteError> {
        self.step(to, || fs::rename(from, to))
    }

    pub(super) fn remove(&mut self, path: &Path) -> Result<(), WriteError> {
        self.step(path, || fs::remove_file(path))
    }

    /// Removes a folder that is empty.
    pub(super) fn remove_folder(&mut self, path: &Path) -> Result<(), WriteError> {
        self.step(path, || fs::remove_dir(path))
    }

    /// Removes whatever is there; of a link, not what it leads to.
    pub(super) fn remove_all(&mut self, path: &Path) -> Result<(), WriteError> {
        match fs::symlink_metadata(path) {
            Ok(data) if data.is_dir() => self.step(path, || fs::remove_dir_all(path)),
            Ok(_) => self.remove(path),
            Err(_) => Ok(()),
        }
    }

    /// Keeps other runs away from what is made in a folder, as long as the result lives. A system that cannot lock
    /// a folder goes without.
    pub(super) fn lock(&mut self, folder: &Path) -> Result<Option<File>, WriteError> {
        self.folders(folder)?;
        let Ok(file) = File::open(folder) else {
            return Ok(None);
        };
        #[cfg(unix)]
        let _ = rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive);
        Ok(Some(file))
    }
}

/// The files below a folder, by their paths in it, without following links.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inner) = open.pop() {
        let place = folder.join(&inner);
        for entry in listed(&place)? {
            let path = inner.join(entry.file_name());
            if entry.file_type().map_err(at(&place))?.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What lies in a folder; of one that is not there, nothing.
pub(super) fn listed(folder: &Path) -> Result<Vec<fs::DirEntry>, WriteError> {
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(at(folder)(error)),
    };
    listed.collect::<io::Result<_>>().map_err(at(folder))
}
