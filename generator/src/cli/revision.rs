//! Documents as they were in a revision of Git.

use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::{fmt, fs};

use letterpress::change::lock::FILE_NAME as LOCK;
use letterpress::input::config::{ConfigFile, FILE_NAME};
use tempfile::TempDir;

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
            Self::Disk(path) => write!(f, "{}", path.display()),
            Self::Revision(revision, path) => write!(f, "{revision}:{}", slashed(path)),
        }
    }
}

/// Whether Git may be given a text as a revision: it must not be taken for an option.
fn is_revision(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-')
}

/// A copy of what a revision holds, in a folder that goes away with it.
pub(super) struct Copy {
    root: TempDir,
    revision: String,
    /// What was asked for.
    pub(super) path: PathBuf,
}

impl Copy {
    /// Gives a document the name that it has in the revision.
    pub(super) fn rename(&self, name: &mut String) {
        let below = Path::new(name.as_str()).strip_prefix(self.root.path());
        if let Ok(path) = below {
            *name = format!("{}:{}", self.revision, slashed(path));
        }
    }
}

/// Copies a document or a folder, and what the configuration in the folder names.
pub(super) fn copy(revision: &str, path: &Path) -> Result<Copy, Failure> {
    let root = tempfile::tempdir().map_err(|error| unwritable(Path::new("a copy"), &error))?;
    let inside = inside(path)?;
    export(revision, &inside, root.path())?;
    let copied = root.path().join(&inside);
    let config = copied.join(FILE_NAME);
    if config.is_file() {
        let text = fs::read_to_string(&config).map_err(|error| unwritable(&config, &error))?;
        let file = ConfigFile::read(&text, &inside);
        let file = file.map_err(|error| {
            Failure::Usage(format!(
                "{revision}:{}: {error}",
                slashed(&inside.join(FILE_NAME))
            ))
        })?;
        for input in file
            .inputs
            .iter()
            .chain(&file.environment)
            .chain(&file.globals)
        {
            export(revision, &normal(input), root.path())?;
        }
    }
    Ok(Copy {
        root,
        revision: revision.to_owned(),
        path: copied,
    })
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

/// The last revision that has changed the lock of a folder, as `which` says.
fn last_change(folder: &Path, which: &[&str]) -> Result<Option<String>, Failure> {
    let lock = slashed(&folder.join(LOCK));
    let arguments = [&["log", "-1", "--format=%h"], which, &["--", &lock]].concat();
    let found = String::from_utf8_lossy(&git(&arguments)?).trim().to_owned();
    Ok(Some(found).filter(|found| !found.is_empty()))
}

/// Writes what a revision has at a path below a folder.
fn export(revision: &str, path: &Path, root: &Path) -> Result<(), Failure> {
    let name = slashed(path);
    let object = format!("{revision}:{name}");
    let kind = git(&["cat-file", "-t", &object])?;
    if kind.starts_with(b"tree") {
        // The root of a repository has no name, and Git takes no empty one.
        let folder = if name.is_empty() { "." } else { &name };
        let list = git(&[
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            "--full-tree",
            revision,
            "--",
            folder,
        ])?;
        let list = String::from_utf8_lossy(&list).into_owned();
        for file in list.split('\0').filter(|file| !file.is_empty()) {
            write(revision, file, root)?;
        }
        return Ok(());
    }
    write(revision, &name, root)
}

fn write(revision: &str, name: &str, root: &Path) -> Result<(), Failure> {
    let content = git(&["cat-file", "blob", &format!("{revision}:{name}")])?;
    let target = root.join(name);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    }
    fs::write(&target, content).map_err(|error| unwritable(&target, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("cannot copy {}: {error}", path.display()))
}

/// A path of the current folder as one below the root of its repository.
fn inside(path: &Path) -> Result<PathBuf, Failure> {
    let ask =
        |what| git(&["rev-parse", what]).map(|out| String::from_utf8_lossy(&out).trim().to_owned());
    if path.is_absolute() {
        let root = ask("--show-toplevel")?;
        let message = || Failure::Usage(format!("{} is not in {root}", path.display()));
        return path.strip_prefix(&root).map(normal).map_err(|_| message());
    }
    Ok(normal(&Path::new(&ask("--show-prefix")?).join(path)))
}

/// What Git prints.
fn git(arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git").args(arguments).output();
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
