//! Presses Postman collections into Rust API clients.
//!
//! ```
//! use letterpress::{Config, Input, Source, generate};
//!
//! let collection = r#"{"name": "Get a user", "request": "https://api.example.com/users/:id"}"#;
//! let input = Input::collection(Source::new("users.json", collection));
//! let output = generate(&input, &Config::new("users-client"));
//! assert!(!output.report.has_errors());
//! let module = output.files.iter().find(|(path, _)| *path == "src/get_user.rs");
//! assert!(module.is_some_and(|(_, text)| text.contains("pub id: String")));
//! ```
//!
//! # The code
//!
//! Data flows one way, through stages that are functions; a later stage never reaches back.
//!
//! ```text
//! bytes ─source─▶ Source ─json─▶ Node ─postman─▶ Api ─plan─▶ Crate ─emit─▶ tokens ─format─▶ Files ─files─▶ disk
//! ```
//!
//! | what to change | where |
//! | --- | --- |
//! | how a document is decoded, and places in it | [`source`], [`json`], [`yaml`] |
//! | what is read from a collection | [`postman`] |
//! | what changes on each export, and what is hidden before it is stored | [`normal`] |
//! | what an API is | [`api`] |
//! | what examples of JSON show | [`shape`] |
//! | which type a value has | [`infer`] |
//! | what is found in prose: error codes, scopes, rate limits | [`dialect`] |
//! | what counts as a secret | [`secret`] |
//! | Rust names | [`names`] |
//! | which names are kept, and for what | [`mod@pins`], [`lock`] |
//! | the version and the list of changes of a client | [`release`] |
//! | what is generated: modules, types, fields | [`plan`] |
//! | how that looks as Rust | [`emit`], [`mod@format`] |
//! | which file holds what | [`fn@write`] |
//! | documentation comments | [`docs`] |
//! | what the user says against a document | [`overrides`] |
//! | messages | [`rules`], [`report`] |
//! | writing and comparing files | [`files`] |
//! | configuration | [`config`] |
//! | use from `build.rs` | [`build`] |
//! | what an output was made of, for build systems | [`mod@depfile`] |
//! | which request of an older document is which of a newer | [`lock`] |
//! | why a place has its type | [`mod@explain`] |
//! | what a change of documents means for users | [`mod@diff`] |
//! | what goes on the wire | [`wire`] |
//! | a request as a command of curl | [`curl`] |
//! | what is proved of a client | [`verify`] |
//! | what every client stands on | the crate `letterpress-client` |

pub mod api;
pub mod build;
pub mod config;
pub mod curl;
pub mod depfile;
pub mod dialect;
pub mod diff;
pub mod digest;
pub mod docs;
pub mod emit;
mod encode;
pub mod explain;
pub mod files;
pub mod format;
pub mod infer;
mod javascript;
pub mod json;
mod layout;
pub mod lock;
mod manifest;
pub mod names;
mod nearest;
pub mod normal;
pub mod overrides;
pub mod pins;
pub mod place;
pub mod plan;
pub mod postman;
pub mod release;
pub mod report;
pub mod rules;
pub mod secret;
pub mod shape;
pub mod source;
pub mod template;
#[cfg(feature = "cli")]
pub mod verify;
pub mod wire;
pub mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use build::Generator;
pub use config::{Config, Form, Runtime};
pub use files::Files;
pub use layout::write;
pub use report::Report;
pub use source::Source;

use api::{Api, Owner, Treatment};
use lock::{Lock, Summary};
use pins::Pins;
use postman::Known;

/// The documents of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Input {
    /// All documents: the collections, then the environments, then the globals of workspaces.
    pub sources: Vec<Source>,
    /// How many of them are collections.
    pub collections: usize,
    /// How many of them are globals.
    pub globals: usize,
    /// The names of an earlier run: what `letterpress.lock` holds.
    pub lock: Option<Source>,
    /// Every file and folder that all of this was read from. Without documents from disk: none.
    pub paths: BTreeSet<PathBuf>,
}

impl Input {
    /// One collection.
    #[must_use]
    pub fn collection(source: Source) -> Self {
        Self {
            sources: vec![source],
            collections: 1,
            ..Self::default()
        }
    }

    /// Reads the documents from disk: collections, folders of workspaces with some, an environment, globals.
    ///
    /// # Errors
    ///
    /// When one cannot be read, or a folder holds no collection.
    pub fn read(
        collections: &[PathBuf],
        environment: Option<&Path>,
        globals: Option<&Path>,
    ) -> Result<Self, files::ReadError> {
        let mut input = Self::default();
        for path in collections {
            for collection in files::collections(path)? {
                // Another collection may come into the folder of a workspace.
                let around = collection.parent().filter(|_| collection != *path);
                input.paths.extend(around.map(Path::to_owned));
                let source = input.source(&collection)?;
                input = input.and_collection(source);
            }
        }
        if let Some(path) = environment {
            let source = input.source(path)?;
            input = input.environment(source);
        }
        if let Some(path) = globals {
            let source = input.source(path)?;
            input = input.globals(source);
        }
        Ok(input)
    }

    /// With the names that a file holds, if there is one.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read_lock(mut self, path: &Path) -> Result<Self, files::ReadError> {
        if path.exists() {
            self.lock = Some(self.source(path)?);
        }
        Ok(self)
    }

    /// Reads a document, and remembers from where.
    fn source(&mut self, path: &Path) -> Result<Source, files::ReadError> {
        let source = files::read_source(path)?;
        self.paths.extend(files::paths(path)?);
        Ok(source)
    }

    /// What the collections are called: the names of their files.
    #[must_use]
    pub fn name(&self) -> String {
        let collections = self.sources.iter().take(self.collections);
        let names: Vec<&str> = collections.map(Source::file_name).collect();
        names.join(", ")
    }

    /// With one more collection.
    #[must_use]
    pub fn and_collection(mut self, source: Source) -> Self {
        self.sources.insert(self.collections, source);
        self.collections += 1;
        self
    }

    /// With an environment, whose variables come before those of the collections.
    #[must_use]
    pub fn environment(mut self, source: Source) -> Self {
        let end = self.sources.len() - self.globals;
        self.sources.insert(end, source);
        self
    }

    /// With the globals of a workspace, whose variables come after those of the collections.
    #[must_use]
    pub fn globals(mut self, source: Source) -> Self {
        self.sources.push(source);
        self.globals += 1;
        self
    }
}

/// What a run gives.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Output {
    /// The files of the crate. Nothing, where no request could be read.
    pub files: Files,
    /// What there is to say about the documents.
    pub report: Report,
    /// How many requests have a module.
    pub requests: usize,
    /// The names, and what they were given to: what `letterpress.lock` is to hold.
    pub lock: Lock,
    /// What became of the requests of the earlier run.
    pub summary: Summary,
}

/// Generates a client: documents in, files and messages out; nothing is read from or written to disk.
///
/// The same input gives the same bytes on every machine.
#[must_use]
pub fn generate(input: &Input, config: &Config) -> Output {
    let mut report = Report::default();
    let api = understand(&mut report, input, config);
    if api.operations.is_empty() {
        return Output {
            report,
            ..Output::default()
        };
    }
    let known = read_lock(&mut report, input);
    let version = config.version.clone().or_else(|| known.version.clone());
    let config = &Config {
        version: version.clone(),
        ..config.clone()
    };
    let pins = known.pins(&api, config.rename.as_deref());
    let plan = plan::plan(&mut report, &api, config, &pins);
    let summary = Summary::of(&known, &plan, &pins);
    let mut lock = Lock::of(&input.sources, &api, &plan, &pins);
    lock.version = version;
    if report.has_errors() {
        lock.keep(known);
    }
    Output {
        files: write(&plan, config),
        report,
        requests: api.operations.len(),
        lock,
        summary,
    }
}

/// The names of an earlier run. Nothing where there was none.
fn read_lock(report: &mut Report, input: &Input) -> Lock {
    let source = input.lock.as_ref();
    source.map_or_else(Lock::default, |source| Lock::read(report, source))
}

/// The names that things in the documents had in an earlier run.
pub fn pins(report: &mut Report, input: &Input, api: &Api, config: &Config) -> Pins {
    read_lock(report, input).pins(api, config.rename.as_deref())
}

/// Reads all documents of a run, then what their prose says, then what the user says against them: the API
/// as it is generated.
pub fn understand(report: &mut Report, input: &Input, config: &Config) -> Api {
    let mut api = read(report, input, &config.overrides.variables);
    dialect::apply(report, &mut api, config.dialect.as_deref());
    infer::echo(&mut api);
    overrides::apply(report, &mut api, &config.overrides);
    api
}

/// Reads all documents of a run as one API, where the variables are what the user says of them. Several
/// collections become a folder each.
pub fn read(report: &mut Report, input: &Input, treatments: &BTreeMap<String, Treatment>) -> Api {
    let globals = input.sources.len() - input.globals.min(input.sources.len());
    let mut known = Known {
        treatments: treatments.clone(),
        ..Known::default()
    };
    for index in input.collections..input.sources.len() {
        let (of, list) = if index < globals {
            (Owner::Environment, &mut known.environment)
        } else {
            (Owner::Globals, &mut known.globals)
        };
        list.extend(postman::read_variables(report, &input.sources, index, of));
    }
    let apis: Vec<Api> = (0..input.collections)
        .map(|index| postman::read(report, &input.sources, index, &known))
        .collect();
    let mut api = Api::merge(apis);
    api.variables.extend(known.environment);
    api.variables.extend(known.globals);
    api
}
