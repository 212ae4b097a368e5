//! `letterpress fetch`: documents from where they are kept, stored as `fmt` writes them.

mod network;
mod origin;
mod request;
mod state;

use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use letterpress::Source;
use letterpress::document::printable;
use letterpress::document::report::Report;
use letterpress::document::report::rules::Severity;
use letterpress::emit::files::write_text;
use letterpress::input::config::ConfigFile;
use letterpress::input::openapi;
use letterpress::input::postman::normal::{self, Hidden};

use super::arguments::FetchOptions;
use super::{Failure, count, documents, fmt, say};
use network::Network;
use origin::{KEY, Kind, Origin};
use request::Answer;
use state::State;

/// A document, where it comes from, and where it goes.
struct Target {
    file: PathBuf,
    origin: Origin,
}

/// A document that is to be stored.
struct Fetched<'t> {
    target: &'t Target,
    text: String,
    etag: Option<String>,
    hidden: Vec<Hidden>,
}

/// Exit code 0: everything is stored, or was; 2: something could not be had, and nothing is stored.
pub(super) fn run(options: &FetchOptions) -> Result<ExitCode, Failure> {
    let (targets, mut state) = targets(options)?;
    let mut network = Network::new(Duration::from_secs(options.timeout));
    let mut fetched = Vec::new();
    for target in &targets {
        fetched.push(fetch(&mut network, target, &state, options)?);
    }
    if !options.force {
        for target in &targets {
            state.refuse_unknown(&target.file)?;
        }
    }
    let mut out = std::io::stdout().lock();
    for (target, fetched) in targets.iter().zip(&fetched) {
        let is_changed = match fetched {
            Some(fetched) => store(fetched, &mut state)?,
            None => false,
        };
        let is = if is_changed { "stored" } else { "unchanged" };
        writeln!(out, "{is}: {}", printable::path(&target.file))?;
        tell_hidden(fetched.as_ref());
    }
    state.write()?;
    Ok(ExitCode::SUCCESS)
}

/// What is asked for, and what is known of it.
fn targets(options: &FetchOptions) -> Result<(Vec<Target>, State), Failure> {
    if let (Some(from), Some(to)) = (&options.from, &options.to) {
        // Who writes the command has chosen what it names.
        let target = target(from, to.clone(), Kind::Collection, options, |_| true)?;
        return Ok((vec![target], State::default()));
    }
    let (config, folder) = documents::configuration(options.folder.as_deref())?;
    if config.fetch.is_empty() {
        return Err(Failure::Usage(format!(
            "the letterpress.toml in {} does not say where its documents come from: it needs \
             `[fetch]` with lines such as `\"my.postman_collection.json\" = \"ID or URL\"`",
            printable::path(&folder)
        )));
    }
    let targets = config.fetch.iter().map(|(file, from)| {
        let kind = kind(&config, file)?;
        refuse_outside(&folder, file)?;
        let may_name = |name: &str| config.fetch_variables.iter().any(|known| known == name);
        target(from, file.clone(), kind, options, may_name)
    });
    let targets = targets.collect::<Result<Vec<_>, _>>()?;
    Ok((targets, State::read(&folder)?))
}

/// What a file is to a configuration. One that it does not use would be fetched for nothing.
fn kind(config: &ConfigFile, file: &Path) -> Result<Kind, Failure> {
    let is = |path: &Option<PathBuf>| path.as_deref() == Some(file);
    if is(&config.environment) || is(&config.globals) {
        return Ok(Kind::Environment);
    }
    if config.inputs.iter().any(|input| input == file) {
        return Ok(Kind::Collection);
    }
    let known: Vec<String> = config.documents().map(printable::path).collect();
    Err(Failure::Usage(format!(
        "`[fetch]` names {}, which is none of the documents of the configuration: {}",
        printable::path(file),
        known.join(", ")
    )))
}

/// A configuration stores documents beside itself: one that came with a stranger's repository has no say over files
/// elsewhere.
fn refuse_outside(folder: &Path, file: &Path) -> Result<(), Failure> {
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        path.canonicalize().ok()
    };
    let around = file.ancestors().skip(1).find_map(real);
    let is_inside = around.zip(real(folder)).is_some_and(|(around, folder)| {
        let is_plain = file.components().all(|part| part != Component::ParentDir);
        is_plain && around.starts_with(folder)
    });
    if is_inside {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{} lies outside of {}, where the configuration is: nothing is stored there",
        printable::path(file),
        printable::path(folder)
    )))
}

fn target(
    from: &str,
    file: PathBuf,
    kind: Kind,
    options: &FetchOptions,
    may_name: impl Fn(&str) -> bool,
) -> Result<Target, Failure> {
    if let Some(name) = origin::variables(from).find(|name| *name != KEY && !may_name(name)) {
        let file = printable::path(&file);
        return Err(Failure::Usage(format!(
            "{file}: the URL names the environment variable {name}, which the configuration does not allow: where you \
             trust the server with it, add `fetch-variables = [\"{name}\"]`"
        )));
    }
    let variable = |name: &str| std::env::var(name).ok();
    let origin = Origin::read(from, kind, &options.api, variable);
    let origin =
        origin.map_err(|reason| Failure::Usage(format!("{}: {reason}", printable::path(&file))))?;
    Ok(Target { file, origin })
}

/// Gets a document. Nothing where it is stored already.
fn fetch<'t>(
    network: &mut Network,
    target: &'t Target,
    state: &State,
    options: &FetchOptions,
) -> Result<Option<Fetched<'t>>, Failure> {
    let from = &target.origin.shown;
    let etag = state.etag(&target.file, from)?;
    // What was stored without secrets is another document than the one with them.
    let etag = etag.filter(|_| !options.force && !options.keep_secrets);
    let answer = request::get(network, &target.origin, etag, options.retries);
    let (bytes, etag) = match answer.map_err(Failure::Usage)? {
        Answer::Unchanged => return Ok(None),
        Answer::Document(bytes, etag) => (bytes, etag),
    };
    let source = Source::decode(from.as_str(), bytes)
        .map_err(|error| Failure::Usage(format!("{from} is {error}")))?;
    let source = Source::new(from.as_str(), normal::without_envelope(&source.text));
    let mut report = Report::default();
    let text = if openapi::is_openapi(&source) {
        Some(source.text.clone())
    } else {
        normal::write(&mut report, &source, fmt::ids(options.no_ids))
    };
    let Some(text) = text else {
        // An excerpt would show what nobody has looked at.
        let lines = report.to_lines(&[&source], Severity::Error);
        return Err(Failure::Usage(format!(
            "{from} gives no document: {}",
            lines.join("; ")
        )));
    };
    let (text, hidden) = if options.keep_secrets {
        (text, Vec::new())
    } else {
        normal::without_secrets(&text)
    };
    Ok(Some(Fetched {
        target,
        text,
        etag: etag.filter(|_| !options.keep_secrets),
        hidden,
    }))
}

/// Writes a document, as a whole. Whether it is another than it was.
fn store(fetched: &Fetched<'_>, state: &mut State) -> Result<bool, Failure> {
    let (file, from) = (&fetched.target.file, &fetched.target.origin.shown);
    let is_changed = write_text(file, &fetched.text)?;
    if is_changed || !state.knows(file) {
        state.set(file, from, &fetched.text, fetched.etag.clone());
    }
    Ok(is_changed)
}

/// How many secrets are named.
const NAMED: usize = 10;

/// Says what was hidden: where it stands now, and what it is called. Not what it was.
fn tell_hidden(fetched: Option<&Fetched<'_>>) {
    let Some(fetched) = fetched.filter(|fetched| !fetched.hidden.is_empty()) else {
        return;
    };
    let (file, hidden) = (printable::path(&fetched.target.file), &fetched.hidden);
    let mut text = format!(
        "warning: {} that look like secrets are stored as `[redacted]`; `--keep-secrets` stores them as they are\n",
        count(hidden.len(), "value")
    );
    let named = hidden.iter().take(NAMED).map(|one| {
        // The name is the server's: it is not to write to a terminal what it likes.
        format!("  {file}:{}: {}\n", one.line, one.name.escape_debug())
    });
    text.extend(named);
    if hidden.len() > NAMED {
        text.push_str("  …\n");
    }
    say(&text);
}
