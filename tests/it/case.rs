//! A folder of `fixtures`: documents, how they are pressed, and what comes out.
//!
//! `case.toml` begins with a comment that says what the case shows. The rest is a `letterpress.toml`, of
//! which all may be left out: the document is then `input.json`, and the name that of the folder.

use std::fs;
use std::path::{Path, PathBuf};

use letterpress::change::lock;
use letterpress::document::printable::Origin;
use letterpress::document::report::Report;
use letterpress::document::report::rules::Severity;
use letterpress::input::config::ConfigFile;
use letterpress::input::files::WorkingTree;
use letterpress::{Config, Input, Output, Source, generate};

/// A case, read and pressed.
pub(crate) struct Case {
    /// The name of its folder.
    pub(crate) name: String,
    pub(crate) input: Input,
    pub(crate) config: Config,
}

/// What a case does not say itself. The runtime lies beside it, so that a snapshot shows neither a copy
/// of it nor its version.
const DEFAULTS: &[(&str, &str)] = &[
    ("inputs", "['input.json']"),
    ("out", "'out'"),
    ("runtime", "{ path = '../runtime' }"),
];

/// The folder with all cases.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// All cases, sorted by name.
pub(crate) fn all() -> Vec<Case> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().map(|folder| Case::read(folder)).collect()
}

impl Case {
    pub(crate) fn read(folder: &Path) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(folder.join("case.toml")).unwrap();
        assert!(
            text.starts_with("# "),
            "{name}/case.toml does not begin with what it shows"
        );
        let says = |key: &str| {
            text.lines()
                .any(|line| line.starts_with(&format!("{key} =")))
        };
        let missing = DEFAULTS.iter().filter(|(key, _)| !says(key));
        let defaults = missing.map(|(key, value)| format!("{key} = {value}\n"));
        let text = format!("{}{text}", defaults.collect::<Vec<_>>().concat());
        let (input, config) = read_config(&text, folder, &format!("{name}-client"));
        Self {
            name,
            input,
            config,
        }
    }

    pub(crate) fn press(&self) -> Output {
        generate(&self.input, &self.config)
    }
}

/// The documents and the configuration that a `letterpress.toml` in a folder comes to.
pub(crate) fn read_config(text: &str, folder: &Path, name: &str) -> (Input, Config) {
    let file = ConfigFile::read(text, folder).unwrap();
    let (environment, globals) = (file.environment.as_deref(), file.globals.as_deref());
    let input = Input::read(&file.inputs, environment, globals).unwrap();
    let input = input.read_overlays(&WorkingTree, &file.overlay).unwrap();
    let mut input = input
        .read_lock(&WorkingTree, &folder.join(lock::FILE_NAME))
        .unwrap();
    // The name that a document has on every machine.
    let below = format!("{}/", folder.display());
    for source in input.sources_mut() {
        source.name = Origin::new(source.file_name());
        for part in &mut source.parts {
            part.name = Origin::new(&part.name.as_str().replace(&below, ""));
        }
    }
    let config = Config {
        input_name: input.name(),
        ..file.config(name)
    };
    (input, config)
}

/// All that a run gives, as one text: the files without those of the runtime, and the report.
pub(crate) fn show(output: &Output, sources: &[&Source]) -> String {
    let own = output
        .files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    let files = own.map(|(path, file)| format!("==> {path}\n{}\n", without_digest(file)));
    let mut text = files.collect::<Vec<_>>().concat();
    text.push_str("==> report\n");
    text.push_str(&shown_report(&output.report, sources));
    text
}

/// The lock, where the case begins with one.
pub(crate) fn show_lock(case: &Case, output: &Output) -> String {
    let lock = case.input.lock.as_ref();
    lock.map_or_else(String::new, |_| {
        format!("==> letterpress.lock\n{}", output.lock)
    })
}

/// Without the line that would change with every other one.
fn without_digest(file: &str) -> String {
    let lines = file.split_inclusive('\n');
    lines
        .filter(|line| !line.starts_with("// Content: ") && !line.starts_with("# Content: "))
        .collect()
}

fn shown_report(report: &Report, sources: &[&Source]) -> String {
    let text = report.render(sources, Severity::Note, false);
    if text.is_empty() {
        "nothing to say\n".to_owned()
    } else {
        text
    }
}
