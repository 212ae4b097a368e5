//! What is read: documents, the configuration, and what the user says against a document.
//!
//! A document is recognised here, and given to the reader of its kind. Nothing else knows formats.

pub mod config;
pub mod files;
pub mod openapi;
pub mod overrides;
pub mod postman;
pub mod recognise;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::path::{Path, PathBuf};

use crate::api::{Api, Owner, Treatment};
use crate::document::json::Node;
use crate::document::printable::Origin;
use crate::document::report::Report;
use crate::document::source::Source;
use config::Config;
use files::{ReadError, Tree, WorkingTree};
use postman::shape::draft;
use postman::{Known, dialect, infer};
use recognise::{DocumentKind, recognise};

/// The documents of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Input {
    /// What describes the API. Several become a folder of the client each.
    pub documents: Vec<Source>,
    /// Environments: their variables go before those of a collection (rule V4).
    pub environments: Vec<Source>,
    /// The globals of workspaces: their variables go after those of a collection.
    pub globals: Vec<Source>,
    /// The names of an earlier run: what `letterpress.lock` holds.
    pub lock: Option<Source>,
    /// Every file and folder that all of this was read from. Without documents from disk: none.
    pub paths: BTreeSet<PathBuf>,
}

impl Input {
    /// One document: a collection.
    #[must_use]
    pub fn collection(source: Source) -> Self {
        Self {
            documents: vec![source],
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
        let mut input = Self::default().read_collections(&WorkingTree, collections)?;
        if let Some(path) = environment {
            input = input.read_environment(&WorkingTree, path)?;
        }
        if let Some(path) = globals {
            input = input.read_globals(&WorkingTree, path)?;
        }
        Ok(input)
    }

    /// With the collections that these paths stand for.
    ///
    /// # Errors
    ///
    /// When one cannot be read, or a folder holds no collection.
    pub fn read_collections(
        mut self,
        tree: &dyn Tree,
        paths: &[PathBuf],
    ) -> Result<Self, ReadError> {
        for path in paths {
            for collection in files::collections(tree, path)? {
                // Another collection may come into the folder of a workspace.
                let around = collection.parent().filter(|_| collection != *path);
                self.paths.extend(around.map(Path::to_owned));
                let source = self.source(tree, &collection)?;
                self = self.and_collection(source);
            }
        }
        Ok(self)
    }

    /// With the environment that a file holds.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read_environment(mut self, tree: &dyn Tree, path: &Path) -> Result<Self, ReadError> {
        let source = self.source(tree, path)?;
        Ok(self.environment(source))
    }

    /// With the globals of a workspace that a file holds.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn read_globals(mut self, tree: &dyn Tree, path: &Path) -> Result<Self, ReadError> {
        let source = self.source(tree, path)?;
        Ok(self.globals(source))
    }

    /// With the names that a file holds, if there is one.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read_lock(mut self, tree: &dyn Tree, path: &Path) -> Result<Self, ReadError> {
        if !matches!(tree.entry(path), Ok(None)) {
            self.lock = Some(self.source(tree, path)?);
        }
        Ok(self)
    }

    /// With overlays, which are applied to every `OpenAPI` document.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn read_overlays(mut self, tree: &dyn Tree, paths: &[PathBuf]) -> Result<Self, ReadError> {
        for path in paths {
            let overlay = self.source(tree, path)?;
            let documents = self.documents.iter_mut();
            for document in documents.filter(|document| openapi::is_openapi(document)) {
                document.add_file(&overlay);
            }
        }
        Ok(self)
    }

    /// Reads a document, and remembers from where.
    fn source(&mut self, tree: &dyn Tree, path: &Path) -> Result<Source, ReadError> {
        let source = files::read_source(tree, path)?;
        self.paths.extend(files::paths(tree, path)?);
        Ok(source)
    }

    /// All documents, in the order in which a [`Place`](crate::document::report::Place) counts them: those of the
    /// API, environments, globals.
    #[must_use]
    pub fn sources(&self) -> Vec<&Source> {
        let values = self.environments.iter().chain(&self.globals);
        self.documents.iter().chain(values).collect()
    }

    /// All that was read: the documents in the order of [`sources`](Self::sources), then the lock.
    pub fn sources_mut(&mut self) -> impl Iterator<Item = &mut Source> {
        let values = self.environments.iter_mut().chain(&mut self.globals);
        self.documents
            .iter_mut()
            .chain(values)
            .chain(&mut self.lock)
    }

    /// What the documents are called: the names of their files.
    #[must_use]
    pub fn name(&self) -> Origin {
        let names: Vec<&str> = self.documents.iter().map(Source::file_name).collect();
        Origin::new(&names.join(", "))
    }

    /// With one more document that describes an API.
    #[must_use]
    pub fn and_collection(mut self, source: Source) -> Self {
        self.documents.push(source);
        self
    }

    /// With an environment.
    #[must_use]
    pub fn environment(mut self, source: Source) -> Self {
        self.environments.push(source);
        self
    }

    /// With the globals of a workspace.
    #[must_use]
    pub fn globals(mut self, source: Source) -> Self {
        self.globals.push(source);
        self
    }
}

/// Reads all documents of a run, then what their prose says, then what the user says against them: the API
/// as it is generated.
pub fn understand(report: &mut Report, input: &Input, config: &Config) -> Api {
    let treatments = &config.overrides.variables;
    let is_described: Vec<bool> = input.documents.iter().map(openapi::is_openapi).collect();
    let mut api = if is_described.contains(&true) {
        let known = known_variables(report, input, treatments);
        let documents = input.documents.iter().zip(is_described).enumerate();
        let apis = documents.map(|(index, (source, is_described))| {
            if is_described {
                return openapi::read(report, source, index);
            }
            let draft = read_document(report, source, index, &known);
            conclude(report, draft, config)
        });
        let mut apis: Vec<Api> = apis.collect();
        Api::number_schemas(&mut apis);
        Api::merge(apis)
    } else {
        let draft = read(report, input, treatments);
        conclude(report, draft, config)
    };
    overrides::apply(report, &mut api, &config.overrides);
    api
}

/// The API that a collection shows: what its prose says, and the types of its examples.
fn conclude(report: &mut Report, mut draft: draft::Api, config: &Config) -> Api {
    dialect::apply(report, &mut draft, config.dialect.as_deref());
    infer::echo(&mut draft);
    infer::conclude(draft, config.replies.required_from())
}

/// Reads the collections of a run as one API, where the variables are what the user says of them. Several
/// become a folder each.
pub fn read(
    report: &mut Report,
    input: &Input,
    treatments: &BTreeMap<String, Treatment>,
) -> draft::Api {
    let known = known_variables(report, input, treatments);
    let apis: Vec<draft::Api> = (input.documents.iter().enumerate())
        .map(|(index, source)| read_document(report, source, index, &known))
        .collect();
    let mut api = draft::Api::merge(apis);
    api.variables.extend(known.environment);
    api.variables.extend(known.globals);
    api
}

/// The variables that are not those of a collection.
fn known_variables(
    report: &mut Report,
    input: &Input,
    treatments: &BTreeMap<String, Treatment>,
) -> Known {
    let sources = input.sources();
    let documents = input.documents.len();
    let environments = iter::repeat_n(Owner::Environment, input.environments.len());
    let owners = environments.chain(iter::repeat_n(Owner::Globals, input.globals.len()));
    let mut known = Known {
        treatments: treatments.clone(),
        ..Known::default()
    };
    for (index, owner) in (documents..).zip(owners) {
        let list = match owner {
            Owner::Environment => &mut known.environment,
            _ => &mut known.globals,
        };
        if let Some(root) = tree_of(report, sources[index], index) {
            list.extend(postman::read_variables(report, &root, index, owner));
        }
    }
    known
}

/// Recognises a document and gives it to the reader of its kind. One without a reader is reported, and describes
/// nothing.
fn read_document(report: &mut Report, source: &Source, index: usize, known: &Known) -> draft::Api {
    let Some(root) = tree_of(report, source, index) else {
        return draft::Api::default();
    };
    match recognise(&root) {
        DocumentKind::PostmanCollection => postman::read(report, source, index, &root, known),
        kind => {
            recognise::refuse(report, kind, index, &root);
            draft::Api::default()
        }
    }
}

/// How many requests the documents of a run describe, whether they can be generated or not.
#[must_use]
pub fn count_requests(input: &Input) -> usize {
    let nowhere = &mut Report::default();
    let documents = input.documents.iter().enumerate();
    let counts = documents.filter_map(|(index, source)| {
        let root = tree_of(nowhere, source, index)?;
        let is_read = recognise(&root) == DocumentKind::PostmanCollection;
        is_read.then(|| postman::count_requests(source, index, &root))
    });
    counts.sum()
}

/// A document as a tree: JSON, YAML, or the folder of a collection.
fn tree_of<'s>(report: &mut Report, source: &'s Source, index: usize) -> Option<Node<'s>> {
    if source.is_yaml() {
        postman::read_yaml(report, source, index)
    } else {
        tree::of_json(report, index, &source.text)
    }
}
