//! Replacing what a folder holds, as a whole: killed at any moment, it holds what it held or all that is new.
//!
//! The new folder is made beside the old one, in a workshop: what changes is written, everything else is linked.
//! Then the two change places, in one step where the system has one (Linux, macOS); elsewhere each file takes its
//! place in a step of its own, and a run that was killed leaves a mixture that the next one completes.
//!
//! No step follows a link, and nothing is removed but what a run of this tool has made: see [`Workshop`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::disk::{Disk, entries};
use super::header::{self, State};
use super::workshop::{self, Workshop};
use super::{WriteError, content, refuse_links};

/// The new content of files and the files that go, by their paths below the folder.
pub(super) struct Replacement<'a> {
    pub(super) put: BTreeMap<&'a str, &'a str>,
    pub(super) removed: BTreeSet<&'a str>,
}

/// The folder that something lies in.
pub(super) fn around(path: &Path) -> &Path {
    match path.parent() {
        Some(around) if !around.as_os_str().is_empty() => around,
        Some(_) => Path::new("."),
        None => path,
    }
}

/// Replaces the content of a single file in one step.
pub(super) fn replace_file(disk: &mut Disk, path: &Path, text: &str) -> Result<(), WriteError> {
    let around = around(path);
    disk.folders(around)?;
    let workshop = Workshop::open(disk, around)?;
    let next = workshop.file();
    disk.create(&next, text)?;
    disk.rename(&next, path)?;
    workshop.close(disk)
}

/// Completes or undoes what interrupted runs have left in a folder, for the place that this run is to fill.
pub(super) fn recover(
    disk: &mut Disk,
    around: &Path,
    home: Option<&Path>,
) -> Result<(), WriteError> {
    for workshop in workshop::left(around)? {
        match (workshop.has_exchanged(home)?, home) {
            (Some(true), Some(home)) => rescue(disk, home, &workshop.folder())?,
            (Some(_), _) => {}
            // That is for the next run that fills its place.
            (None, _) => continue,
        }
        workshop.close(disk)?;
    }
    Ok(())
}

/// Replaces what a folder holds.
pub(super) fn replace(
    disk: &mut Disk,
    home: &Path,
    new: &Replacement<'_>,
) -> Result<(), WriteError> {
    let around = around(home);
    disk.folders(around)?;
    let workshop = Workshop::open(disk, around)?;
    let next = workshop.folder();
    disk.folder(&next)?;
    workshop.remember(disk, home)?;
    for (path, text) in &new.put {
        let path = next.join(path);
        disk.folders(path.parent().unwrap_or(&next))?;
        disk.create(&path, text)?;
    }
    if fs::symlink_metadata(home).is_err() {
        disk.rename(&next, home)?;
        return workshop.close(disk);
    }
    // A single file takes its place in one step anyway, and whoever watches the folder keeps it.
    let is_one = new.put.len() + new.removed.len() == 1;
    if !is_one
        && link_others(disk, home, &next, new).is_ok()
        && disk.step(home, || exchange(&next, home)).is_ok()
    {
        rescue(disk, home, &next)?;
    } else {
        one_by_one(disk, home, &next, new)?;
    }
    workshop.close(disk)
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
        disk.folders(to.parent().unwrap_or(next))?;
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

/// Takes along a file of someone's own that was saved in the old folder after the new one was made.
fn rescue(disk: &mut Disk, home: &Path, old: &Path) -> Result<(), WriteError> {
    for path in entries(old)? {
        let (was, is) = (old.join(&path), home.join(&path));
        // A link is not what it leads to, and a pipe or a device was linked before.
        if !fs::symlink_metadata(&was).is_ok_and(|data| data.is_file()) {
            continue;
        }
        let held = content(&was)?;
        let is_own = held
            .as_deref()
            .is_some_and(|content| header::state(content) != State::Generated);
        if !is_own {
            continue;
        }
        refuse_links(home, &path)?;
        if held != content(&is)? && !is_newer(&is, &was) {
            disk.folders(is.parent().unwrap_or(home))?;
            disk.rename(&was, &is)?;
        }
    }
    Ok(())
}

/// Whether a file was changed after another one.
fn is_newer(one: &Path, other: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    changed(one) > changed(other)
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
        disk.folders(target.parent().unwrap_or(home))?;
        disk.rename(&next.join(path), &target)?;
    }
    for path in &new.removed {
        let target = home.join(path);
        disk.remove(&target)?;
        // A folder that is not empty stays.
        let folders = target.ancestors().skip(1);
        for folder in folders.take_while(|folder| *folder != home) {
            if disk.remove_folder(folder).is_err() {
                break;
            }
        }
    }
    Ok(())
}
