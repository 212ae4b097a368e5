//! What the user decides: `letterpress.toml` and the command line come to the same.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use crate::api::Treatment;
use crate::document::printable::Origin;
use crate::input::overrides::{Overrides, RequestOverride};

/// The version of a client that was never released.
pub const FIRST_VERSION: &str = "0.1.0";

/// The name of the configuration file.
pub const FILE_NAME: &str = "letterpress.toml";

/// How a client is to be generated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// The name of the generated package.
    pub name: String,
    /// What the documents are called in the first line of generated files: a file name, so that the
    /// output is the same on every machine.
    pub input_name: Origin,
    /// The value of the base URL that most requests stand on.
    pub base_url: Option<String>,
    /// The dialect that the documents are written in, by its name in [`dialect::ALL`](crate::input::postman::dialect::ALL).
    /// By default it is recognised by its marks.
    pub dialect: Option<String>,
    /// Where the runtime comes from.
    pub runtime: Runtime,
    /// What the user says against the documents.
    pub overrides: Overrides,
    /// Whether members of objects that the documents do not show are kept, in a field `extra`.
    pub keeps_unknown: bool,
    /// Which members of replies are required.
    pub replies: Replies,
    /// Modules at the root of the crate that the user has written: the root declares them.
    pub modules: Vec<String>,
    /// The modules that are to be named anew: a pattern of their paths, `*` for all. By default every name of
    /// an earlier run is kept.
    pub rename: Option<String>,
    /// The version of the generated package. By default it is that of the earlier run.
    pub version: Option<String>,
    /// What the client is written as.
    pub form: Form,
}

impl Config {
    /// A client of that package name, with everything else as it is by default.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            input_name: Origin::new("a collection"),
            base_url: None,
            dialect: None,
            runtime: Runtime::default(),
            overrides: Overrides::default(),
            keeps_unknown: false,
            replies: Replies::default(),
            modules: Vec::new(),
            rename: None,
            version: None,
            form: Form::Package,
        }
    }
}

/// Which members of replies are required, where a collection shows nothing but examples.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Replies {
    /// None: examples do not prove that a member is always there.
    #[default]
    Optional,
    /// Those that at least two examples or elements show and that none misses. A reply without one is
    /// `CallError::Decode`, which keeps the reply.
    AsShown,
}

impl Replies {
    /// The number of examples from which a member is required.
    #[must_use]
    pub fn required_from(self) -> Option<usize> {
        (self == Replies::AsShown).then_some(2)
    }
}

/// What a client is written as.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// A package of its own.
    #[default]
    Package,
    /// A module of another crate, wherever that has it: a folder with a `mod.rs`.
    Module,
    /// The same in a single file of this name.
    File(String),
}

/// Where the runtime of a client comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Runtime {
    /// It is copied into the client, which then stands for itself.
    #[default]
    Vendored,
    /// It is the crate `letterpress-client` from the registry, so that several clients share its types.
    Shared,
    /// The same, from a folder: a path as it is written into the manifest of the client.
    Path(String),
}

/// The content of a `letterpress.toml`. Paths are relative to the folder that it lies in.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ConfigFile {
    /// The name of the generated package; by default that of the output folder.
    pub name: Option<String>,
    /// The collections.
    pub inputs: Vec<PathBuf>,
    /// The folder of the generated package, or a file of Rust. A `build.rs` needs none.
    pub out: Option<PathBuf>,
    /// A Postman environment.
    pub environment: Option<PathBuf>,
    /// The globals of a Postman workspace.
    pub globals: Option<PathBuf>,
    /// Where documents come from: for a path of one, the id that it has in Postman, or its URL.
    #[serde(default)]
    pub fetch: BTreeMap<PathBuf, String>,
    /// The variables of the environment that a URL in `fetch` may name.
    #[serde(default)]
    pub fetch_variables: Vec<String>,
    /// The value of the base URL that most requests stand on.
    pub base_url: Option<String>,
    /// See [`Config::dialect`].
    pub dialect: Option<String>,
    /// Where the runtime comes from.
    #[serde(default)]
    pub runtime: Runtime,
    /// See [`Config::keeps_unknown`].
    #[serde(default)]
    pub keep_unknown: bool,
    /// See [`Config::replies`].
    #[serde(default)]
    pub replies: Replies,
    /// See [`Config::modules`].
    #[serde(default)]
    pub modules: Vec<String>,
    /// See [`Overrides::overlay`].
    #[serde(default)]
    pub overlay: Vec<PathBuf>,
    /// See [`Overrides::include`].
    #[serde(default)]
    pub include: Vec<String>,
    /// See [`Overrides::exclude`].
    #[serde(default)]
    pub exclude: Vec<String>,
    /// See [`Overrides::request`].
    #[serde(default)]
    pub request: Vec<RequestOverride>,
    /// See [`Overrides::variables`].
    #[serde(default)]
    pub variables: BTreeMap<String, Treatment>,
}

impl ConfigFile {
    /// What it says against the documents.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        Overrides {
            overlay: self.overlay.clone(),
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            request: self.request.clone(),
            variables: self.variables.clone(),
        }
    }

    /// All that it says of how a client is generated. Of a name it does not say, that is `name`.
    #[must_use]
    pub fn config(&self, name: &str) -> Config {
        Config {
            base_url: self.base_url.clone(),
            dialect: self.dialect.clone(),
            runtime: self.runtime.clone(),
            overrides: self.overrides(),
            keeps_unknown: self.keep_unknown,
            replies: self.replies,
            modules: self.modules.clone(),
            ..Config::new(self.name.as_deref().unwrap_or(name))
        }
    }

    /// Reads a configuration. `folder` is where it lies; its paths are joined to that.
    ///
    /// # Errors
    ///
    /// When it is not TOML, or holds a key that does not exist; the message shows the place.
    pub fn read(text: &str, folder: &Path) -> Result<Self, toml::de::Error> {
        let mut file: Self = toml::from_str(text)?;
        for path in file
            .inputs
            .iter_mut()
            .chain(&mut file.out)
            .chain(&mut file.environment)
            .chain(&mut file.globals)
            .chain(&mut file.overlay)
        {
            *path = joined(folder, path);
        }
        let fetch = std::mem::take(&mut file.fetch).into_iter();
        file.fetch = fetch
            .map(|(path, from)| (joined(folder, &path), from))
            .collect();
        Ok(file)
    }

    /// The paths of all documents.
    pub fn documents(&self) -> impl Iterator<Item = &PathBuf> {
        let values = self.environment.iter().chain(&self.globals);
        self.inputs.iter().chain(values).chain(&self.overlay)
    }
}

/// A path relative to a folder, without `x/..` in it, so that messages show what people would write.
fn joined(folder: &Path, path: &Path) -> PathBuf {
    let mut joined = PathBuf::new();
    for part in folder.join(path).components() {
        let is_named = joined
            .components()
            .next_back()
            .is_some_and(|last| matches!(last, Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if is_named => {
                joined.pop();
            }
            part => joined.push(part),
        }
    }
    joined
}

/// Whether Cargo takes a name for a package, and Rust for a crate.
///
/// # Errors
///
/// What is wrong with it, as a phrase.
pub fn check_package_name(name: &str) -> Result<(), &'static str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err("a package name begins with a letter");
    }
    if !name.chars().all(is_word) {
        return Err("a package name holds letters, digits, `-` and `_`");
    }
    if syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err() {
        return Err("a package cannot have the name of a Rust keyword");
    }
    if matches!(
        name,
        "test" | "core" | "std" | "alloc" | "proc_macro" | "proc-macro"
    ) {
        return Err("Rust has a crate of that name");
    }
    Ok(())
}

/// A package name made of any text, such as the name of a folder.
#[must_use]
pub fn package_name(text: &str) -> String {
    let name = heck::AsKebabCase(deunicode::deunicode(text)).to_string();
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    if check_package_name(&name).is_ok() {
        name
    } else {
        "api-client".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_paths_relative_to_its_folder() {
        let text = "inputs = ['a.json']\nout = '../client'\nruntime = { path = '../runtime' }\ndialect = 'zoom'";
        let file = ConfigFile::read(text, Path::new("/x/y")).expect("valid");
        assert_eq!(file.inputs, [Path::new("/x/y/a.json")]);
        assert_eq!(file.out.as_deref(), Some(Path::new("/x/client")));
        assert_eq!(file.runtime, Runtime::Path("../runtime".to_owned()));
        assert_eq!(file.dialect.as_deref(), Some("zoom"));
    }

    #[test]
    fn shows_the_place_of_a_key_that_does_not_exist() {
        let error = ConfigFile::read("inputs = []\nout = 'x'\nruntme = 'shared'", Path::new("."))
            .expect_err("typo");
        assert!(error.to_string().contains("runtme = 'shared'"), "{error}");
    }

    #[test]
    fn package_names() {
        let check = |text: &str, expected: &str| assert_eq!(package_name(text), expected);
        check("zoom-client", "zoom-client");
        check("My API!", "my-api");
        check("Größe", "grosse");
        check("2fast", "api-client");
        check("crate", "api-client");
        check("", "api-client");
    }
}
