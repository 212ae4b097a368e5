//! Documents as they were in a revision of Git. Nothing of them is written to disk.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use letterpress::change::lock::FILE_NAME as LOCK;
use letterpress::document::printable;
use letterpress::input::files::{Entry, Tree};

use super::Failure;

/// Where documents come from: a path, or `REVISION:PATH`.
pub(super) enum Spec {
    /// As they are on disk.
    Disk(PathBuf),
    /// As they were in a revision.
    Revision(String, PathBuf),
}

impl Spec {
    /// What is there is a path, whatever it looks like.
    pub(super) fn read(text: &str) -> Self {
        match text.split_once(':') {
            Some((revision, path)) if is_revision(revision) && !Path::new(text).exists() => {
                Self::Revision(revision.to_owned(), PathBuf::from(path))
            }
            _ => Self::Disk(PathBuf::from(text)),
        }
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(path) => f.write_str(&printable::path(path)),
            Self::Revision(revision, path) => {
                write!(f, "{revision}:{}", printable::line(&slashed(path)))
            }
        }
    }
}

/// Whether Git may be given a text as a revision: it must not be taken for an option.
fn is_revision(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-')
}

/// The files of a revision, by their paths below the root of the repository.
///
/// A tree of Git can hold names that no file system would give, such as `..` or `.git`, and they survive a clone. So
/// paths are looked up here, name by name, and Git is asked for objects by their ids alone.
pub(super) struct Revision {
    /// What the user calls it.
    name: String,
    /// The id of its root.
    root: String,
    /// The folders that were looked into, by their ids.
    folders: RefCell<BTreeMap<String, Vec<Object>>>,
}

/// An entry of a tree.
#[derive(Clone)]
struct Object {
    name: String,
    entry: Entry,
    id: String,
}

impl Revision {
    pub(super) fn new(revision: &str) -> Result<Self, Failure> {
        let root = format!("{revision}^{{tree}}");
        let root = git(&["rev-parse", "--verify", "--end-of-options", &root])?;
        Ok(Self {
            name: revision.to_owned(),
            root: String::from_utf8_lossy(&root).trim().to_owned(),
            folders: RefCell::default(),
        })
    }

    /// The entries of a folder.
    fn entries(&self, id: &str, path: &Path) -> io::Result<Vec<Object>> {
        if let Some(known) = self.folders.borrow().get(id) {
            return Ok(known.clone());
        }
        let listed = git(&["ls-tree", "--full-tree", "-z", id]).map_err(io::Error::other)?;
        let lines = listed.split(|byte| *byte == 0);
        let lines = lines.filter_map(|line| std::str::from_utf8(line).ok());
        let entries: Vec<Object> = lines.filter_map(object).collect();
        if let Some(object) = entries.iter().find(|object| !is_plain(&object.name)) {
            let (folder, name) = (self.name(path), printable::line(&object.name));
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{folder} holds an entry with the name `{name}`, which no file can have"),
            ));
        }
        let mut folders = self.folders.borrow_mut();
        folders.insert(id.to_owned(), entries.clone());
        Ok(entries)
    }

    fn object(&self, path: &Path) -> io::Result<Option<Object>> {
        let mut object = Object {
            name: String::new(),
            entry: Entry::Folder,
            id: self.root.clone(),
        };
        let mut place = PathBuf::new();
        for component in path.components() {
            let name = match component {
                Component::Normal(name) => name,
                Component::CurDir => continue,
                _ => return Ok(None),
            };
            if object.entry != Entry::Folder {
                return Ok(None);
            }
            let mut entries = self.entries(&object.id, &place)?.into_iter();
            let Some(found) = entries.find(|entry| *entry.name == *name) else {
                return Ok(None);
            };
            object = found;
            place.push(name);
        }
        Ok(Some(object))
    }

    fn expect(&self, path: &Path, expected: Entry) -> io::Result<Object> {
        let object = self.object(path)?.ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                "Git has nothing there in this revision",
            )
        })?;
        if object.entry == expected {
            return Ok(object);
        }
        let is = match object.entry {
            Entry::File => "this is a file",
            Entry::Folder => "this is a folder",
            Entry::Other => "this is a link or a submodule",
        };
        Err(io::Error::new(io::ErrorKind::InvalidInput, is))
    }
}

impl Tree for Revision {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        Ok(self.object(path)?.map(|object| object.entry))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Entry)>> {
        let id = self.expect(folder, Entry::Folder)?.id;
        let entries = self.entries(&id, folder)?.into_iter();
        Ok(entries.map(|object| (object.name, object.entry)).collect())
    }

    fn content(&self, file: &Path) -> io::Result<Vec<u8>> {
        let id = self.expect(file, Entry::File)?.id;
        git(&["cat-file", "blob", &id]).map_err(io::Error::other)
    }

    fn name(&self, path: &Path) -> String {
        let path = slashed(path);
        format!("{}:{}", self.name, printable::line(&path))
    }
}

/// A line of `git ls-tree`: mode, type, id, and behind a tab the name.
fn object(line: &str) -> Option<Object> {
    let (head, name) = line.split_once('\t')?;
    let mut words = head.split(' ');
    let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
    Some(Object {
        name: name.to_owned(),
        entry: match mode {
            "040000" => Entry::Folder,
            "100644" | "100755" | "100664" => Entry::File,
            _ => Entry::Other,
        },
        id: id.to_owned(),
    })
}

/// Whether a name is one of a file or a folder, and no more than that.
fn is_plain(name: &str) -> bool {
    let mut components = Path::new(name).components();
    let first = components.next();
    let is_one = first == Some(Component::Normal(name.as_ref())) && components.next().is_none();
    is_one && !name.contains('\\') && !name.eq_ignore_ascii_case(".git")
}

/// The revision in which the client of a folder was last generated: that of its lock, else the last one.
pub(super) fn of_last_run(folder: &Path) -> Result<Spec, Failure> {
    let revision = last_change(folder, &[])?;
    let revision = revision.unwrap_or_else(|| "HEAD".to_owned());
    Ok(Spec::Revision(revision, folder.to_owned()))
}

/// The revision in which the client of a folder got its version; where it never got one, in which it was last
/// generated.
pub(super) fn of_last_release(folder: &Path) -> Result<Spec, Failure> {
    match last_change(folder, &["-G^version\t"])? {
        Some(revision) => Ok(Spec::Revision(revision, folder.to_owned())),
        None => of_last_run(folder),
    }
}

/// The last revision that has changed the lock of a folder, as `which` says. An attribute in the repository could
/// have Git run a program that shows the lock in another form.
fn last_change(folder: &Path, which: &[&str]) -> Result<Option<String>, Failure> {
    let lock = slashed(&folder.join(LOCK));
    let log = ["log", "-1", "--format=%h", "--no-textconv", "--no-ext-diff"];
    let arguments = [&log, which, &["--", &lock]].concat();
    let found = String::from_utf8_lossy(&git(&arguments)?).trim().to_owned();
    Ok(Some(found).filter(|found| !found.is_empty()))
}

/// A path of the current folder as one below the root of its repository.
pub(super) fn inside(path: &Path) -> Result<PathBuf, Failure> {
    let ask =
        |what| git(&["rev-parse", what]).map(|out| String::from_utf8_lossy(&out).trim().to_owned());
    if path.is_absolute() {
        let root = ask("--show-toplevel")?;
        let message = || Failure::Usage(format!("{} is not in {root}", printable::path(path)));
        return path.strip_prefix(&root).map(normal).map_err(|_| message());
    }
    Ok(normal(&Path::new(&ask("--show-prefix")?).join(path)))
}

/// What Git prints.
fn git(arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let mut command = Command::new("git");
    let output = command.arg("--literal-pathspecs").args(arguments).output();
    let output = output.map_err(|error| Failure::Usage(format!("cannot run git: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::Usage(format!(
        "git {}: {}",
        arguments.join(" "),
        said.trim()
    )))
}

/// A path without `.` and `x/..` in it.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

/// A path as Git writes it.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn names_of_files_are_plain() {
        let check = |name: &str, expected: bool| assert_eq!(is_plain(name), expected, "{name}");
        check("a.json", true);
        check("a\nb", true);
        check(".resources", true);
        check(".gitignore", true);
        for name in [
            "", ".", "..", "a/b", "/a", "..\\a", "a/", ".git", ".GIT", "./a",
        ] {
            check(name, false);
        }
    }
}
