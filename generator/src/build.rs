//! Generation in a `build.rs`.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), letterpress::build::Error> {
//!     letterpress::Generator::new("zoom.postman_collection.json", "zoom").generate()
//! }
//! ```
//!
//! ```text
//! // src/main.rs
//! mod zoom {
//!     include!(concat!(env!("OUT_DIR"), "/zoom/mod.rs"));
//! }
//! ```
//!
//! The crate depends on `letterpress-client`, and in `[build-dependencies]` on `letterpress` without its
//! default features: then no command line is compiled.

use std::fmt;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::config::{Config, Runtime};
use crate::files::{ReadError, WriteError};
use crate::names;
use crate::overrides::Overrides;
use crate::report::Report;
use crate::rules::Severity;
use crate::source::Source;
use crate::{Input, generate};

/// Generates a client as a module of the crate that is being built.
#[derive(Clone, Debug)]
pub struct Generator {
    collection: PathBuf,
    environment: Option<PathBuf>,
    globals: Option<PathBuf>,
    config: Config,
    module: String,
}

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A document could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The output could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The documents have errors; the text shows each with its place.
    #[error("{0}")]
    Documents(Diagnostics),
    /// The client cannot be a module of that name.
    #[error("`{0}` is no name of a Rust module")]
    Module(String),
    /// It does not run in a build script.
    #[error("the environment variable OUT_DIR is not set: only Cargo's build scripts have it")]
    NoOutDir,
    /// Cargo does not read what we have to say.
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
}

/// Rendered diagnostics.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostics(String);

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// What a build script returns is shown by `Debug`: there an excerpt has to keep its lines.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.0)
    }
}

impl Generator {
    /// A generator for a collection (a file, a folder of format v3, or a workspace with some), whose client is to be the module `module` at the root of the crate.
    #[must_use]
    pub fn new(collection: impl Into<PathBuf>, module: impl Into<String>) -> Self {
        let module = module.into();
        let config = Config {
            runtime: Runtime::Shared,
            module: Some(module.clone()),
            ..Config::new("client")
        };
        Self {
            collection: collection.into(),
            environment: None,
            globals: None,
            config,
            module,
        }
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

    /// With what is to be corrected in the document: that of a `letterpress.toml`, or made here.
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

    /// Generates into the folder of the module's name in `OUT_DIR`, and tells Cargo when to run again.
    ///
    /// # Errors
    ///
    /// See [`Error`]. Warnings about the documents are warnings of the build.
    pub fn generate(&self) -> Result<(), Error> {
        let out = std::env::var_os("OUT_DIR").ok_or(Error::NoOutDir)?;
        self.generate_to(&Path::new(&out).join(&self.module))
    }

    /// Generates into a folder, and tells Cargo when to run again.
    ///
    /// # Errors
    ///
    /// As [`Generator::generate`].
    pub fn generate_to(&self, folder: &Path) -> Result<(), Error> {
        if names::exact(&self.module).is_none() {
            return Err(Error::Module(self.module.clone()));
        }
        let mut out = io::stdout().lock();
        let values = self.environment.iter().chain(&self.globals);
        for path in std::iter::once(&self.collection).chain(values) {
            writeln!(out, "cargo::rerun-if-changed={}", path.display())?;
        }
        let (environment, globals) = (self.environment.as_deref(), self.globals.as_deref());
        let collections = std::slice::from_ref(&self.collection);
        let input = Input::read(collections, environment, globals)?;
        let output = generate(
            &input,
            &Config {
                input_name: input.name(),
                ..self.config.clone()
            },
        );
        warn(&mut out, &output.report, &input.sources)?;
        if output.report.has_errors() {
            let text = output.report.render(&input.sources, Severity::Error, false);
            return Err(Error::Documents(Diagnostics(text)));
        }
        output.files.write(folder)?;
        Ok(())
    }
}

fn warn(out: &mut impl io::Write, report: &Report, sources: &[Source]) -> io::Result<()> {
    for line in report.to_lines(sources, Severity::Warning) {
        writeln!(out, "cargo::warning={line}")?;
    }
    Ok(())
}
