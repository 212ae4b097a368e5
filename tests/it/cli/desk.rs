//! A folder to work in, the program, and how a run of it ended.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::SystemTime;

use serde_json::Value;
use tempfile::TempDir;

use crate::workspace;

/// The program, built once.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let arguments = [
        "build",
        "--quiet",
        "--package",
        "letterpress",
        "--message-format",
        "json",
    ];
    let messages = workspace::run(workspace::cargo(workspace::root(), &arguments, &[]));
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs =
        messages.filter_map(|message| Some(PathBuf::from(message["executable"].as_str()?)));
    programs.next().unwrap()
});

/// A folder to work in, and the program.
pub(super) struct Desk {
    folder: TempDir,
}

/// How a run ended: exit code, standard output, standard error.
pub(super) struct Run {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Where the program is.
    pub(super) fn program() -> &'static Path {
        &PROGRAM
    }

    /// With a collection of these requests, `a.json`.
    pub(super) fn with_requests(names: &[&str]) -> Self {
        let desk = Self::new();
        desk.write_requests(names);
        desk
    }

    pub(super) fn write_requests(&self, names: &[&str]) {
        self.write("a.json", &super::requests(names));
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(super) fn run(&self, arguments: &str) -> Run {
        self.run_in("", arguments)
    }

    pub(super) fn run_in(&self, folder: &str, arguments: &str) -> Run {
        self.run_with(folder, arguments, &[])
    }

    /// With these variables of the environment, and none that lead elsewhere.
    pub(super) fn run_with(
        &self,
        folder: &str,
        arguments: &str,
        variables: &[(&str, &str)],
    ) -> Run {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = self.command(folder, &arguments);
        command
            .env_remove("POSTMAN_API_KEY")
            .env("NO_PROXY", "*")
            .envs(variables.iter().copied());
        Run::of(command)
    }

    /// A run of the program in a folder.
    pub(super) fn command(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*PROGRAM);
        command.current_dir(self.path(folder)).args(arguments);
        command
    }

    /// Starts a run, and does not wait for its end.
    pub(super) fn start(&self, arguments: &str, output: impl Fn() -> Stdio) -> Child {
        let mut command = Command::new(&*PROGRAM);
        command
            .current_dir(self.path(""))
            .args(arguments.split_whitespace())
            .stdout(output())
            .stderr(output());
        command.spawn().unwrap()
    }

    /// Every file of the output with its text and its time, sorted.
    pub(super) fn output(&self) -> Vec<(String, String, SystemTime)> {
        let out = self.path("out");
        let files = workspace::files(&out, "").into_iter();
        files
            .map(|(path, text)| (path.clone(), text, changed(&out.join(path))))
            .collect()
    }
}

fn changed(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

impl Run {
    /// Runs a command to its end.
    pub(super) fn of(mut command: Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// It ended with this code, and said all of that, on whichever stream.
    #[track_caller]
    pub(super) fn ends(&self, code: i32, words: &[&str]) -> &Self {
        let Run { out, err, .. } = self;
        assert_eq!(self.code, code, "{out}\n{err}");
        for word in words {
            assert!(
                out.contains(word) || err.contains(word),
                "{word:?} is not in:\n{out}\n{err}"
            );
        }
        self
    }
}
