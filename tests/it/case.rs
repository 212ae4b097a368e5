//! A folder of `fixtures`: documents, how they are pressed, and what comes out.
//!
//! `case.toml` begins with a comment that says what the case shows. All its keys may be left out:
//! [`Options`] has them. The documents are `input.json` and, if there is one, `environment.json`.

use std::fs;
use std::path::{Path, PathBuf};

use letterpress::report::Report;
use letterpress::rules::Severity;
use letterpress::{Config, Input, Output, Runtime, Source, generate};

/// A case, read and pressed.
pub(crate) struct Case {
    /// The name of its folder.
    pub(crate) name: String,
    pub(crate) input: Input,
    pub(crate) config: Config,
}

/// What `case.toml` may say.
#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// The name of the client.
    name: Option<String>,
    /// The base URL.
    base_url: Option<String>,
    /// The collections, relative to the folder of the case.
    #[serde(default = "input_json")]
    inputs: Vec<String>,
    /// Where the runtime comes from.
    #[serde(default = "beside")]
    runtime: Runtime,
}

/// Neither a copy in each snapshot, nor a version that all of them would show.
fn beside() -> Runtime {
    Runtime::Path("../runtime".to_owned())
}

fn input_json() -> Vec<String> {
    vec!["input.json".to_owned()]
}

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
        let options: Options = toml::from_str(&text).unwrap();
        let mut input = Input {
            collections: options.inputs.len(),
            ..Input::default()
        };
        input
            .sources
            .extend(options.inputs.iter().map(|path| source(&folder.join(path))));
        let environment = folder.join("environment.json");
        input
            .sources
            .extend(environment.exists().then(|| source(&environment)));
        let names: Vec<&str> = input.sources[..input.collections]
            .iter()
            .map(Source::file_name)
            .collect();
        let config = Config {
            input_name: names.join(", "),
            base_url: options.base_url,
            runtime: options.runtime,
            ..Config::new(options.name.unwrap_or_else(|| format!("{name}-client")))
        };
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

/// A document, under the name that it has on every machine.
fn source(path: &Path) -> Source {
    let name = path.file_name().unwrap().to_str().unwrap();
    Source::decode(name, fs::read(path).unwrap()).unwrap()
}

/// All that a run gives, as one text: the files without those of the runtime, and the report.
pub(crate) fn show(output: &Output, sources: &[Source]) -> String {
    let own = output
        .files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    let files = own.map(|(path, file)| format!("==> {path}\n{file}\n"));
    let mut text = files.collect::<Vec<_>>().concat();
    text.push_str("==> report\n");
    text.push_str(&shown_report(&output.report, sources));
    text
}

fn shown_report(report: &Report, sources: &[Source]) -> String {
    let text = report.render(sources, Severity::Note, false);
    if text.is_empty() {
        "nothing to say\n".to_owned()
    } else {
        text
    }
}
