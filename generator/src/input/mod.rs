//! What is read: documents, the configuration, and what the user says against a document.

pub mod config;
pub mod files;
pub mod openapi;
pub mod overrides;
pub mod postman;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::api::{Api, Owner, Treatment};
use crate::document::report::Report;
use crate::document::source::Source;
use config::Config;
use files::ReadError;
use postman::shape::draft;
use postman::{Known, dialect, infer};

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
    ) -> Result<Self, ReadError> {
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
    pub fn read_lock(mut self, path: &Path) -> Result<Self, ReadError> {
        if path.exists() {
            self.lock = Some(self.source(path)?);
        }
        Ok(self)
    }

    /// Reads a document, and remembers from where.
    fn source(&mut self, path: &Path) -> Result<Source, ReadError> {
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

/// Reads all documents of a run, then what their prose says, then what the user says against them: the API
/// as it is generated.
pub fn understand(report: &mut Report, input: &Input, config: &Config) -> Api {
    let mut draft = read(report, input, &config.overrides.variables);
    dialect::apply(report, &mut draft, config.dialect.as_deref());
    infer::echo(&mut draft);
    let mut api = infer::conclude(draft);
    overrides::apply(report, &mut api, &config.overrides);
    api
}

/// Reads all documents of a run as one API, where the variables are what the user says of them. Several
/// collections become a folder each.
pub fn read(
    report: &mut Report,
    input: &Input,
    treatments: &BTreeMap<String, Treatment>,
) -> draft::Api {
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
    let apis: Vec<draft::Api> = (0..input.collections)
        .map(|index| postman::read(report, &input.sources, index, &known))
        .collect();
    let mut api = draft::Api::merge(apis);
    api.variables.extend(known.environment);
    api.variables.extend(known.globals);
    api
}
