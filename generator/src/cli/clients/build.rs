//! The one build of all clients.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use letterpress::proof::verify::{Message, Part, Problem, message};

use super::super::Failure;

/// What Cargo made of the clients, by name.
#[derive(Default)]
pub(super) struct Build {
    pub(super) programs: BTreeMap<String, PathBuf>,
    pub(super) problems: BTreeMap<String, Vec<Problem>>,
}

impl Build {
    /// Builds what lies in the folder. A client that does not compile is a result; that Cargo does not come as far
    /// as the clients is a failure.
    pub(super) fn run(folder: &Path, clients: usize, offline: bool) -> Result<Self, Failure> {
        lock(folder)?;
        let mut child = cargo(folder, offline).spawn().map_err(|error| {
            Failure::Usage(format!(
                "cannot run Cargo, which is needed to compile the clients: {error}"
            ))
        })?;
        // Both pipes have to be read, or Cargo waits for ever.
        let stderr = child.stderr.take();
        let errors = thread::spawn(move || {
            let mut text = Vec::new();
            stderr
                .map(|mut stderr| stderr.read_to_end(&mut text))
                .transpose()
                .map(|_| text)
        });
        let bar = bar(clients);
        let mut build = Build::default();
        let mut shared = Vec::new();
        for line in child
            .stdout
            .take()
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufReader::lines)
        {
            if let Some(message) = message(&line?) {
                bar.inc(u64::from(matches!(
                    message,
                    Message::Built(Part::Program(_), _)
                )));
                build.take(message, &mut shared);
            }
        }
        bar.finish_and_clear();
        let status = child.wait()?;
        let errors = errors.join().ok().transpose()?.unwrap_or_default();
        let broken = !status.success() && build.problems.is_empty();
        if broken || shared.iter().any(|problem: &Problem| problem.is_error) {
            return Err(Failure::Usage(explain(
                &String::from_utf8_lossy(&errors),
                &shared,
                offline,
            )));
        }
        Ok(build)
    }

    fn take(&mut self, message: Message, shared: &mut Vec<Problem>) {
        match message {
            Message::Built(Part::Program(name), Some(program)) => {
                self.programs.insert(name, program.into());
            }
            Message::Problem(Part::Client(name), problem) => {
                self.problems.entry(name).or_default().push(problem);
            }
            // What a program is warned about is not the client's; an error is that it has not what its plan says.
            Message::Problem(Part::Program(name), problem) if problem.is_error => {
                self.problems.entry(name).or_default().push(problem);
            }
            Message::Built(..) | Message::Problem(Part::Program(_), _) => {}
            Message::Problem(Part::Shared(_), problem) => shared.push(problem),
        }
    }
}

fn cargo(folder: &Path, offline: bool) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(folder)
        .args(["build", "--keep-going", "--message-format", "json"])
        .args(offline.then_some("--offline"))
        .env("CARGO_TARGET_DIR", "target")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The versions of dependencies are those of the nearest `Cargo.lock`, in the current folder or above: they are
/// there already, and a build is the same tomorrow. Without one, Cargo chooses.
fn lock(folder: &Path) -> Result<(), Failure> {
    let own = folder.join("Cargo.lock");
    let current = std::env::current_dir()?;
    let nearest = current
        .ancestors()
        .map(|folder| folder.join("Cargo.lock"))
        .find(|path| path.is_file());
    if let Some(nearest) = nearest.filter(|_| !own.exists()) {
        fs::copy(nearest, own)?;
    }
    Ok(())
}

fn bar(clients: usize) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(u64::try_from(clients).unwrap_or(u64::MAX));
    let style = indicatif::ProgressStyle::with_template(
        "{spinner} compiling {pos}/{len} {wide_bar} {elapsed}",
    );
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    bar
}

/// Cargo's own words, and what may help.
fn explain(errors: &str, shared: &[Problem], offline: bool) -> String {
    let said: Vec<&str> = errors
        .lines()
        .filter(|line| !line.trim_start().starts_with("Compiling "))
        .chain(shared.iter().map(|problem| problem.text.as_str()))
        .collect();
    let help = if offline {
        "without --offline Cargo may fetch what is missing"
    } else {
        "without a network, run it where a Cargo.lock has the dependencies in versions that Cargo has fetched before, with --offline"
    };
    format!(
        "Cargo could not build the clients:\n{}\nhelp: {help}",
        said.join("\n")
    )
}
