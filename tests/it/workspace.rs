//! Where things are, and how to run Cargo on them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A folder of this name for what a test builds. It outlives the test, so that the next run is quick.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The target folder of the run, where dependencies are built already.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Cargo, which builds where this test was built and asks no registry.
pub(crate) fn cargo(folder: &Path, arguments: &[&str], passed_on: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(folder)
        .args(arguments)
        .arg("--offline")
        .args(passed_on);
    command.env("CARGO_TARGET_DIR", target());
    command
}

/// Runs a command that has to succeed; gives what it wrote to standard output.
#[track_caller]
pub(crate) fn run(mut command: Command) -> String {
    let output = command.output().unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{command:?}\n{out}\n{err}");
    out.into_owned()
}

/// The files below a folder whose name ends so, sorted: path with `/` below the folder, and text.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(folder, "", ending, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, prefix: &str, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), ending, found);
        } else if name.ends_with(ending) {
            found.push((name, fs::read_to_string(path).unwrap()));
        }
    }
}

/// Compares what was found with the list of what is known to be wrong. The list may only shrink: an entry
/// that is no longer true fails too.
#[track_caller]
pub(crate) fn known(found: impl IntoIterator<Item = String>, known: &[&str]) {
    let found: BTreeSet<String> = found.into_iter().collect();
    let known: BTreeSet<String> = known.iter().map(|&entry| entry.to_owned()).collect();
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(new.is_empty(), "{new:#?}");
    assert!(
        gone.is_empty(),
        "no longer true, so take it from the list: {gone:#?}"
    );
}
