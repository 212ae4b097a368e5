//! From arguments and configuration to the documents of a run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use letterpress::Input;
use letterpress::change::lock;
use letterpress::document::printable;
use letterpress::input::config::{self, Config, ConfigFile, FILE_NAME, Form, Replies, Runtime};
#[cfg(feature = "watch")]
use letterpress::input::files;
use letterpress::input::files::read_source;
use letterpress::input::files::{Tree, WorkingTree};
use letterpress::input::overrides::Overrides;
use letterpress::plan::names;

use super::Failure;
use super::arguments::{GenerateOptions, RuntimeChoice, Values};

/// What a command works on.
pub(crate) struct Job {
    pub(crate) input: Input,
    pub(crate) config: Config,
    /// The folder of the output.
    pub(crate) out: PathBuf,
    /// The output as it was asked for: its folder, or a file.
    pub(crate) place: PathBuf,
    /// Every file and folder that the output depends on.
    pub(crate) paths: BTreeSet<PathBuf>,
    /// Where the names are kept.
    pub(crate) lock: PathBuf,
    /// The command that updates the output.
    pub(crate) command: String,
}

/// Arguments and configuration, put together.
struct Settings {
    inputs: Vec<PathBuf>,
    out: Option<PathBuf>,
    name: Option<String>,
    values: Values,
    base_url: Option<String>,
    dialect: Option<String>,
    runtime: Runtime,
    overrides: Overrides,
    keeps_unknown: bool,
    replies: Replies,
    modules: Vec<String>,
    /// Where the names are kept, where that is said.
    lock: Option<PathBuf>,
    /// The configuration.
    file: Option<PathBuf>,
}

impl Job {
    pub(crate) fn new(options: &GenerateOptions) -> Result<Self, Failure> {
        let settings = settings(&WorkingTree, options)?;
        let Some(out) = settings.out.clone() else {
            return Err(Failure::Usage(
                "say where the client goes: --out DIR, or `out` in letterpress.toml".to_owned(),
            ));
        };
        Self::read(&WorkingTree, options, settings, out)
    }

    /// For a command that writes nothing, so that it needs no folder.
    pub(crate) fn for_print(options: &GenerateOptions) -> Result<Self, Failure> {
        Self::of_tree(&WorkingTree, options)
    }

    /// The same with documents of a tree: the inputs, and what a configuration among them names.
    pub(crate) fn of_tree(tree: &dyn Tree, options: &GenerateOptions) -> Result<Self, Failure> {
        let settings = settings(tree, options)?;
        let out = settings
            .out
            .clone()
            .unwrap_or_else(|| PathBuf::from("client"));
        Self::read(tree, options, settings, out)
    }

    /// The file that the compiler is given.
    pub(crate) fn root(&self) -> PathBuf {
        match self.config.form {
            Form::File(_) => self.place.clone(),
            Form::Package | Form::Module => self.place.join("src/lib.rs"),
        }
    }

    fn read(
        tree: &dyn Tree,
        options: &GenerateOptions,
        settings: Settings,
        place: PathBuf,
    ) -> Result<Self, Failure> {
        let form = form(&place, options)?;
        let stem = match form {
            Form::File(_) => place.file_stem(),
            Form::Package | Form::Module => place.file_name(),
        };
        let stem = stem.unwrap_or_default().to_string_lossy();
        let name = settings
            .name
            .clone()
            .unwrap_or_else(|| config::package_name(&stem));
        config::check_package_name(&name)
            .map_err(|reason| Failure::Usage(format!("--name `{name}`: {reason}")))?;
        if let Some(url) = &settings.base_url {
            check_url(url)?;
        }
        // What the command line names lies on disk, whatever tree the inputs are of.
        let tree_of = |is_named: bool| if is_named { &WorkingTree } else { tree };
        let mut input = Input::default().read_collections(tree, &settings.inputs)?;
        let Values { env, globals } = &options.values;
        if let Some(path) = &settings.values.env {
            input = input.read_environment(tree_of(env.is_some()), path)?;
        }
        if let Some(path) = &settings.values.globals {
            input = input.read_globals(tree_of(globals.is_some()), path)?;
        }
        input = input.read_overlays(tree, &settings.overrides.overlay)?;
        let lock = lock_of(settings.lock, &place);
        let input = input.read_lock(tree_of(options.action.lock.is_some()), &lock)?;
        if let Some(name) = settings
            .modules
            .iter()
            .find(|name| names::exact(name).is_none())
        {
            let reason = format!("`{name}` in `modules` is no name of a Rust module");
            return Err(Failure::Usage(reason));
        }
        let config = Config {
            input_name: input.name(),
            base_url: settings.base_url,
            dialect: settings.dialect,
            runtime: settings.runtime,
            overrides: settings.overrides,
            keeps_unknown: settings.keeps_unknown,
            replies: settings.replies,
            modules: settings.modules,
            rename: options.rename.clone(),
            form: form.clone(),
            ..Config::new(name)
        };
        let out = match form {
            Form::File(_) => place.parent().unwrap_or(Path::new("")).to_owned(),
            Form::Package | Form::Module => place.clone(),
        };
        Ok(Self {
            config,
            out,
            place,
            lock,
            paths: input.paths.iter().chain(&settings.file).cloned().collect(),
            command: command(options),
            input,
        })
    }
}

/// The name of a file of Rust, where that is asked for.
fn file_name(place: &Path) -> Option<&str> {
    let is_file = place.extension() == Some("rs".as_ref()) && !place.is_dir();
    let name = place.file_name().and_then(|name| name.to_str());
    name.filter(|_| is_file)
}

/// What the client is to be written as.
fn form(place: &Path, options: &GenerateOptions) -> Result<Form, Failure> {
    let Some(name) = file_name(place) else {
        return Ok(Form::Package);
    };
    if options.runtime == Some(RuntimeChoice::Vendored) {
        let place = printable::path(place);
        let message =
            format!("--runtime vendored: {place} is a module, which cannot carry the runtime");
        return Err(Failure::Usage(message));
    }
    Ok(Form::File(name.to_owned()))
}

/// The configuration that counts, if there is one.
fn config_of(tree: &dyn Tree, options: &GenerateOptions) -> Result<Option<PathBuf>, Failure> {
    Ok(match options.inputs.as_slice() {
        [] => Some(find_config()?),
        [folder] if tree.is_folder(folder) => config_in(tree, folder)?,
        [file] if file.file_name() == Some(FILE_NAME.as_ref()) => Some(file.clone()),
        _ => None,
    })
}

/// The places that a job is read from, whether they are there or not: those of the configuration, and what
/// that names as far as it can be read; and the folder that it is written to.
#[cfg(feature = "watch")]
pub(crate) fn places(
    options: &GenerateOptions,
) -> Result<(Vec<PathBuf>, Option<PathBuf>), Failure> {
    let config = config_of(&WorkingTree, options)?;
    let settings = match (settings(&WorkingTree, options), &config) {
        (Err(_), Some(config)) => return Ok((vec![config.clone()], None)),
        (settings, _) => settings?,
    };
    let inputs = settings.inputs.iter();
    let mut read: Vec<PathBuf> = inputs.flat_map(|input| files::places(input)).collect();
    let Values { env, globals } = settings.values;
    read.extend([env, globals, config].into_iter().flatten());
    read.extend(settings.overrides.overlay);
    let lock = settings.out.as_deref();
    read.extend(lock.map(|out| lock_of(settings.lock, out)));
    Ok((read, settings.out))
}

/// Where the names are kept: where that is said, else in the output, or beside it where that is a file.
fn lock_of(said: Option<PathBuf>, place: &Path) -> PathBuf {
    said.unwrap_or_else(|| match file_name(place) {
        Some(_) => place.with_extension("lock"),
        None => place.join(lock::FILE_NAME),
    })
}

fn settings(tree: &dyn Tree, options: &GenerateOptions) -> Result<Settings, Failure> {
    let mut settings = match config_of(tree, options)? {
        Some(path) => from_config(tree, &path)?,
        None => Settings {
            inputs: options.inputs.clone(),
            out: None,
            name: None,
            values: Values::default(),
            base_url: None,
            dialect: None,
            runtime: Runtime::default(),
            overrides: Overrides::default(),
            keeps_unknown: false,
            replies: Replies::default(),
            modules: Vec::new(),
            lock: None,
            file: None,
        },
    };
    // What the command line says comes before what the file says.
    settings.out = options.out.clone().or(settings.out);
    settings.name = options.name.clone().or(settings.name);
    settings.values = Values {
        env: options.values.env.clone().or(settings.values.env),
        globals: options.values.globals.clone().or(settings.values.globals),
    };
    settings.lock = options.action.lock.clone().or(settings.lock);
    settings.base_url = options.base_url.clone().or(settings.base_url);
    settings.runtime = match options.runtime {
        Some(RuntimeChoice::Vendored) => Runtime::Vendored,
        Some(RuntimeChoice::Shared) => Runtime::Shared,
        None => settings.runtime,
    };
    Ok(settings)
}

/// What a configuration says, and the folder that it lies in.
fn read_config<'p>(tree: &dyn Tree, path: &'p Path) -> Result<(ConfigFile, &'p Path), Failure> {
    let text = read_source(tree, path)?.text;
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = ConfigFile::read(&text, folder);
    let file = file.map_err(|error| Failure::Usage(format!("{}: {error}", tree.name(path))))?;
    Ok((file, folder))
}

/// The configuration in a folder, or the one that is found from the current folder upwards; and its folder.
pub(crate) fn configuration(folder: Option<&Path>) -> Result<(ConfigFile, PathBuf), Failure> {
    let path = match folder {
        Some(folder) => config_in(&WorkingTree, folder)?.ok_or_else(|| {
            let folder = printable::path(folder);
            Failure::Usage(format!("{folder} holds no {FILE_NAME}"))
        })?,
        None => find_config()?,
    };
    let (file, folder) = read_config(&WorkingTree, &path)?;
    Ok((file, folder.to_owned()))
}

fn from_config(tree: &dyn Tree, path: &Path) -> Result<Settings, Failure> {
    let (file, folder) = read_config(tree, path)?;
    Ok(Settings {
        lock: Some(folder.join(lock::FILE_NAME)),
        file: Some(path.to_owned()),
        overrides: file.overrides(),
        modules: file.modules,
        keeps_unknown: file.keep_unknown,
        replies: file.replies,
        inputs: file.inputs,
        out: file.out,
        name: file.name,
        values: Values {
            env: file.environment,
            globals: file.globals,
        },
        base_url: file.base_url,
        dialect: file.dialect,
        runtime: file.runtime,
    })
}

/// The configuration in a folder, if it has one; else it is a collection, or holds some.
pub(crate) fn config_in(tree: &dyn Tree, folder: &Path) -> Result<Option<PathBuf>, Failure> {
    let path = folder.join(FILE_NAME);
    match tree.entry(&path) {
        Ok(entry) => Ok(entry.map(|_| path)),
        Err(error) => Err(Failure::Usage(format!(
            "cannot read {}: {error}",
            tree.name(&path)
        ))),
    }
}

/// The folder of the configuration that counts where none is given.
pub(crate) fn folder_of_config() -> Result<PathBuf, Failure> {
    let mut path = find_config()?;
    path.pop();
    Ok(path)
}

/// The configuration in the current folder or the nearest one above it.
fn find_config() -> Result<PathBuf, Failure> {
    let start = std::env::current_dir().map_err(|error| unreadable(Path::new("."), &error))?;
    let found = start
        .ancestors()
        .map(|folder| folder.join(FILE_NAME))
        .find(|path| path.is_file());
    found.ok_or_else(|| {
        Failure::Usage(format!(
            "no document is given, and there is no {FILE_NAME} here or in a folder above"
        ))
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("cannot read {}: {error}", printable::path(path)))
}

fn check_url(url: &str) -> Result<(), Failure> {
    let is_url = (url.starts_with("http://") || url.starts_with("https://"))
        && !url.contains(['?', '#', '@', ' ']);
    if is_url {
        Ok(())
    } else {
        Err(Failure::Usage(format!(
            "--base-url `{url}` is no http or https URL"
        )))
    }
}

/// The command that generates what was checked.
fn command(options: &GenerateOptions) -> String {
    let mut words = vec!["letterpress".to_owned(), "generate".to_owned()];
    words.extend(options.inputs.iter().map(printable::path));
    let mut option = |name: &str, value: Option<String>| {
        words.extend(value.map(|value| format!("{name} {value}")));
    };
    option("--out", options.out.as_ref().map(printable::path));
    option("--name", options.name.clone());
    let values = [
        ("--env", &options.values.env),
        ("--globals", &options.values.globals),
    ];
    for (name, path) in values {
        option(name, path.as_ref().map(printable::path));
    }
    option("--base-url", options.base_url.clone());
    option("--lock", options.action.lock.as_ref().map(printable::path));
    words.join(" ")
}
