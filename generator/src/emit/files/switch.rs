//! Replacing what a folder holds, as a whole: killed at any moment, it holds what it held or all that is new.
//!
//! The new folder is made beside the old one: what changes is written, everything else is linked. Then the two
//! change their names, in one step where the system has one (Linux, macOS); elsewhere each file takes its
//! place in a step of its own, and a run that was killed leaves a mixture that the next one completes.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::header::{self, State};
use super::{WriteError, at, content};

/// What lies in a new folder until the old one is gone: with it, an interrupted run is told apart from one
/// that had not begun to replace anything.
const MARK: &str = ".letterpress-replaced";

/// The disk. Every step that changes it goes by here, so that a test can stop at any of them.
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

    fn step<T>(
        &mut self,
        path: &Path,
        act: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, WriteError> {
        let left = self.steps.checked_sub(1);
        self.steps = left.ok_or_else(|| at(path)(io::Error::other("stopped")))?;
        act().map_err(at(path))
    }

    fn folder(&mut self, path: &Path) -> Result<(), WriteError> {
        self.step(path, || fs::create_dir_all(path))
    }

    /// Writes a file that must not be there: nothing is followed out of the folder.
    fn create(&mut self, path: &Path, text: &str) -> Result<(), WriteError> {
        let mut file = self.step(path, || {
            OpenOptions::new().write(true).create_new(true).open(path)
        })?;
        self.step(path, || file.write_all(text.as_bytes()))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), WriteError> {
        self.step(to, || fs::rename(from, to))
    }

    fn remove(&mut self, path: &Path) -> Result<(), WriteError> {
        self.step(path, || fs::remove_file(path))
    }

    fn remove_all(&mut self, path: &Path) -> Result<(), WriteError> {
        if path.symlink_metadata().is_err() {
            return Ok(());
        }
        self.step(path, || {
            if path.is_dir() && !path.is_symlink() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            }
        })
    }
}

/// The new content of files and the files that go, by their paths below the folder.
pub(super) struct Replacement<'a> {
    pub(super) put: BTreeMap<&'a str, &'a str>,
    pub(super) removed: BTreeSet<&'a str>,
}

/// Replaces the content of a single file in one step.
pub(super) fn replace_file(disk: &mut Disk, path: &Path, text: &str) -> Result<(), WriteError> {
    let next = beside(path);
    disk.remove_all(&next)?;
    if let Some(folder) = path.parent() {
        disk.folder(folder)?;
    }
    disk.create(&next, text)?;
    disk.rename(&next, path)
}

/// Keeps other runs away from what lies beside a folder, as long as the result lives. A system that cannot lock
/// a folder goes without.
pub(super) fn lock(home: &Path) -> Option<File> {
    let folder = File::open(home.parent()?).ok()?;
    #[cfg(unix)]
    let _ = rustix::fs::flock(&folder, rustix::fs::FlockOperation::LockExclusive);
    Some(folder)
}

/// Completes or undoes what an interrupted run has left.
pub(super) fn recover(disk: &mut Disk, home: &Path) -> Result<(), WriteError> {
    let next = beside(home);
    if home.join(MARK).exists() {
        return finish(disk, home, &next);
    }
    disk.remove_all(&next)
}

/// Replaces what a folder holds.
pub(super) fn replace(
    disk: &mut Disk,
    home: &Path,
    new: &Replacement<'_>,
) -> Result<(), WriteError> {
    let next = beside(home);
    disk.folder(&next)?;
    for (path, text) in &new.put {
        let path = next.join(path);
        if let Some(folder) = path.parent() {
            disk.folder(folder)?;
        }
        disk.create(&path, text)?;
    }
    if !home.exists() {
        return disk.rename(&next, home);
    }
    // A single file takes its place in one step anyway, and whoever watches the folder keeps it.
    let is_one = new.put.len() + new.removed.len() == 1;
    if !is_one && link_others(disk, home, &next, new).is_ok() {
        disk.create(&next.join(MARK), "")?;
        if disk.step(home, || exchange(&next, home)).is_ok() {
            return finish(disk, home, &next);
        }
    }
    one_by_one(disk, home, &next, new)
}

/// Gives the new folder everything that stays as it is.
fn link_others(
    disk: &mut Disk,
    home: &Path,
    next: &Path,
    new: &Replacement<'_>,
) -> Result<(), WriteError> {
    for path in entries(home)? {
        let known = path.to_str().map(|path| path.replace('\\', "/"));
        let known = known.unwrap_or_default();
        if new.put.contains_key(known.as_str()) || new.removed.contains(known.as_str()) {
            continue;
        }
        let (from, to) = (home.join(&path), next.join(&path));
        if let Some(folder) = to.parent() {
            disk.folder(folder)?;
        }
        disk.step(&to, || link(&from, &to))?;
    }
    Ok(())
}

/// The same file under another name; a link stays the link that it is.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if from.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::hard_link(from, to)
}

/// Lets two folders change their names in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes the folder that was replaced. A file of someone's own that was saved there in the meantime comes
/// along.
fn finish(disk: &mut Disk, home: &Path, old: &Path) -> Result<(), WriteError> {
    if old.exists() {
        for path in entries(old)? {
            let (was, is) = (old.join(&path), home.join(&path));
            let held = if was.is_symlink() {
                None
            } else {
                content(&was)?
            };
            let is_own = held
                .as_deref()
                .is_some_and(|content| header::state(content) != State::Generated);
            if is_own && held != content(&is)? {
                if let Some(folder) = is.parent() {
                    disk.folder(folder)?;
                }
                disk.rename(&was, &is)?;
            }
        }
        disk.remove_all(old)?;
    }
    disk.remove(&home.join(MARK))
}

/// Gives each file its place in a step of its own.
fn one_by_one(
    disk: &mut Disk,
    home: &Path,
    next: &Path,
    new: &Replacement<'_>,
) -> Result<(), WriteError> {
    for path in new.put.keys() {
        let target = home.join(path);
        if let Some(folder) = target.parent() {
            disk.folder(folder)?;
        }
        disk.rename(&next.join(path), &target)?;
    }
    for path in &new.removed {
        let target = home.join(path);
        disk.remove(&target)?;
        // A folder that is not empty stays.
        let folders = target.ancestors().skip(1);
        for folder in folders.take_while(|folder| *folder != home) {
            if disk.step(folder, || fs::remove_dir(folder)).is_err() {
                break;
            }
        }
    }
    disk.remove_all(next)
}

/// Where the next content of a file or a folder is made: on the same disk, so that it can take its place.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".letterpress-");
    name.push(path.file_name().unwrap_or_default());
    path.with_file_name(name)
}

/// The files below a folder, by their paths in it, without following links.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inner) = open.pop() {
        let place = folder.join(&inner);
        let listed = match fs::read_dir(&place) {
            Ok(listed) => listed,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                continue;
            }
            Err(error) => return Err(at(&place)(error)),
        };
        for entry in listed {
            let entry = entry.map_err(at(&place))?;
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
