//! Generation in a `build.rs`.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), letterpress::build::Error> {
//!     letterpress::Generator::new("zoom.postman_collection.json").generate()
//! }
//! ```
//!
//! ```text
//! // src/main.rs
//! mod zoom {
//!     include!(concat!(env!("OUT_DIR"), "/zoom.rs"));
//! }
//! ```
//!
//! The crate depends on `letterpress-client`, and in `[build-dependencies]` on `letterpress` without its
//! default features: then no command line is compiled.
//!
//! # Names
//!
//! [`Generator::lock`] names the file that holds the names of an earlier run, so that they stay. A build writes
//! nothing but its output: it takes the names of that file, writes the next one beside the output, and warns when
//! that says something else. Who copies it over the old one takes the new names.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::change::lock;
use crate::document::printable;
use crate::document::report::rules::Severity;
use crate::emit::files::{self, WriteError};
use crate::input::config::{Config, ConfigFile, Form};
use crate::input::files::ReadError;
use crate::input::files::WorkingTree;
use crate::input::files::{places, read_source};
use crate::input::overrides::Overrides;
use crate::plan::names;
use crate::{Input, Output, generate};

/// Generates a client as a module of the crate that is being built.
#[derive(Clone, Debug)]
pub struct Generator {
    collections: Vec<PathBuf>,
    environment: Option<PathBuf>,
    globals: Option<PathBuf>,
    /// The configuration that all of this was read from.
    file: Option<PathBuf>,
    lock: Option<PathBuf>,
    config: Config,
    module: Option<String>,
    is_folder: bool,
}

/// Why nothing was generated.
#[derive(thiserror::Error)]
pub enum Error {
    /// A document could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The output could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The configuration is not what it has to be.
    #[error("{}: {source}", printable::path(path))]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        source: toml::de::Error,
    },
    /// The documents have errors; the text shows each with its place.
    #[error("{0}")]
    Documents(String),
    /// The client cannot be a module of that name.
    #[error("`{0}` is no name of a Rust module; `Generator::module` takes another")]
    Module(String),
    /// It does not run in a build script.
    #[error("the environment variable OUT_DIR is not set: only Cargo's build scripts have it")]
    NoOutDir,
    /// Cargo does not read what we have to say.
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
}

// What a build script returns is shown by `Debug`: it is for people, and an excerpt has to keep its lines.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Generator {
    /// A generator for a collection: a file, a folder of format v3, or a workspace with some.
    #[must_use]
    pub fn new(collection: impl Into<PathBuf>) -> Self {
        Self::of(vec![collection.into()], Config::new("client"))
    }

    /// A generator for what a `letterpress.toml` says. What concerns a package (`out`, `runtime`, `modules`) does
    /// not count; names are kept in the `letterpress.lock` beside it.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or holds a key that does not exist.
    pub fn from_config(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let path = path.into();
        let text = read_source(&WorkingTree, &path)?.text;
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = ConfigFile::read(&text, folder).map_err(|source| Error::Config {
            path: path.clone(),
            source,
        })?;
        let config = file.config("client");
        Ok(Self {
            environment: file.environment,
            globals: file.globals,
            lock: Some(folder.join(lock::FILE_NAME)),
            file: Some(path),
            ..Self::of(file.inputs, config)
        })
    }

    fn of(collections: Vec<PathBuf>, config: Config) -> Self {
        Self {
            collections,
            environment: None,
            globals: None,
            file: None,
            lock: None,
            config,
            module: None,
            is_folder: false,
        }
    }

    /// With one more collection. Of several, each becomes a module.
    #[must_use]
    pub fn collection(mut self, path: impl Into<PathBuf>) -> Self {
        self.collections.push(path.into());
        self
    }

    /// With an environment, whose variables come before those of the collection.
    #[must_use]
    pub fn environment(mut self, path: impl Into<PathBuf>) -> Self {
        self.environment = Some(path.into());
        self
    }

    /// With the globals of a workspace, whose variables come after those of the collection.
    #[must_use]
    pub fn globals(mut self, path: impl Into<PathBuf>) -> Self {
        self.globals = Some(path.into());
        self
    }

    /// With the names that a `letterpress.lock` holds. The file is read, and never written: see the
    /// [module](self).
    #[must_use]
    pub fn lock(mut self, path: impl Into<PathBuf>) -> Self {
        self.lock = Some(path.into());
        self
    }

    /// With this name of the output; by default it is that of the first collection, up to its first `.`.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// With a folder of files as output, `zoom/mod.rs` and what is below it, instead of the single file
    /// `zoom.rs`.
    #[must_use]
    pub fn folder(mut self) -> Self {
        self.is_folder = true;
        self
    }

    /// With this value of the base URL that most requests stand on.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.config.base_url = Some(url.into());
        self
    }

    /// With documents that are written in this dialect, such as `zoom`; by default it is recognised.
    #[must_use]
    pub fn dialect(mut self, name: impl Into<String>) -> Self {
        self.config.dialect = Some(name.into());
        self
    }

    /// With what is to be corrected in the document.
    #[must_use]
    pub fn overrides(mut self, overrides: Overrides) -> Self {
        self.config.overrides = overrides;
        self
    }

    /// With a field `extra` in each record of JSON, for members that the document does not show.
    #[must_use]
    pub fn keep_unknown(mut self) -> Self {
        self.config.keeps_unknown = true;
        self
    }

    /// Generates into `OUT_DIR`, and tells Cargo when to run again.
    ///
    /// # Errors
    ///
    /// See [`Error`]. Warnings about the documents are warnings of the build.
    pub fn generate(&self) -> Result<(), Error> {
        let out = std::env::var_os("OUT_DIR").ok_or(Error::NoOutDir)?;
        self.generate_to(Path::new(&out))
    }

    /// Generates into a folder, and tells Cargo when to run again.
    ///
    /// # Errors
    ///
    /// As [`Generator::generate`].
    pub fn generate_to(&self, folder: impl AsRef<Path>) -> Result<(), Error> {
        self.run(&mut io::stdout().lock(), folder.as_ref())
    }

    /// Generates, and tells Cargo what there is to say.
    fn run(&self, cargo: &mut impl Write, folder: &Path) -> Result<(), Error> {
        let name = self.name()?;
        let input = self.read(cargo)?;
        let (form, place) = if self.is_folder {
            (Form::Module, folder.join(&name))
        } else {
            (Form::File(format!("{name}.rs")), folder.to_owned())
        };
        let config = Config {
            input_name: input.name(),
            form,
            ..self.config.clone()
        };
        let output = generate(&input, &config);
        for line in output.report.to_lines(&input.sources(), Severity::Warning) {
            warn(cargo, &line)?;
        }
        if output.report.has_errors() {
            let text = output
                .report
                .render(&input.sources(), Severity::Error, false);
            return Err(Error::Documents(text.trim_end().to_owned()));
        }
        output.files.write(&place)?;
        if let Some(lock) = &self.lock {
            keep_names(
                cargo,
                lock,
                &folder.join(format!("{name}.lock")),
                &input,
                &output,
            )?;
        }
        Ok(())
    }

    /// What the output is called.
    fn name(&self) -> Result<String, Error> {
        if let Some(name) = &self.module {
            let ident = names::exact(name).ok_or_else(|| Error::Module(name.clone()))?;
            return Ok(ident.to_string());
        }
        let first = self.collections.first().and_then(|path| path.file_name());
        let file = first.unwrap_or_default().to_string_lossy();
        let stem = file.split('.').next().unwrap_or_default();
        let ident =
            names::field(stem).ok_or_else(|| Error::Module(printable::line(&file).into_owned()))?;
        Ok(ident.to_string())
    }

    /// Reads everything, and tells Cargo what that was.
    fn read(&self, cargo: &mut impl Write) -> Result<Input, Error> {
        let (environment, globals) = (self.environment.as_deref(), self.globals.as_deref());
        let overlays = &self.config.overrides.overlay;
        let mut input = Input::read(&self.collections, environment, globals)?;
        input = input.read_overlays(&WorkingTree, overlays)?;
        if let Some(lock) = &self.lock {
            input = input.read_lock(&WorkingTree, lock)?;
        }
        let collections = self.collections.iter();
        let read = collections.flat_map(|path| places(path));
        let read: Vec<PathBuf> = read.filter(|path| path.exists()).collect();
        // A lock that is not there yet may come.
        let values = self.environment.iter().chain(&self.globals);
        let others = values.chain(&self.file).chain(&self.lock).chain(overlays);
        let all: BTreeSet<&PathBuf> = read.iter().chain(others).collect();
        for path in all {
            rerun_if_changed(cargo, path)?;
        }
        Ok(input)
    }
}

/// Writes the lock of the output, and warns when it is not what was read.
fn keep_names(
    cargo: &mut impl Write,
    lock: &Path,
    next: &Path,
    input: &Input,
    output: &Output,
) -> Result<(), Error> {
    files::write_text(next, &output.lock.to_string())?;
    let (lock, next) = (printable::path(lock), printable::path(next));
    let Some(source) = &input.lock else {
        let text = format!(
            "there is no {lock} yet, so names may change with the collection; to keep them, copy {next} there"
        );
        return Ok(warn(cargo, &text)?);
    };
    if !output.lock.is_held_by(source) {
        let text = format!(
            "{lock} does not hold all names, so they may change with the collection; to keep them, copy {next} over it"
        );
        warn(cargo, &text)?;
    }
    Ok(())
}

/// Cargo reads lines: of a path with a line break in it, the nearest folder that a line can name is watched.
fn rerun_if_changed(cargo: &mut impl Write, path: &Path) -> io::Result<()> {
    let is_line = |path: &&Path| !path.to_string_lossy().contains(char::is_control);
    let named = path.ancestors().find(is_line).unwrap_or(path);
    let named = if named.as_os_str().is_empty() {
        Path::new(".")
    } else {
        named
    };
    writeln!(cargo, "cargo::rerun-if-changed={}", named.display())
}

/// A warning of the build. Cargo reads lines: a text of a document must not begin another, which could be an
/// instruction.
fn warn(cargo: &mut impl Write, text: &str) -> io::Result<()> {
    let line = text.replace(|c: char| c.is_control(), " ");
    writeln!(cargo, "cargo::warning={line}")
}

#[cfg(test)]
mod tests;
