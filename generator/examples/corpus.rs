//! Generates a client from every collection of a folder and checks what holds for any document:
//!
//! ```text
//! cargo run --release --example corpus -- FOLDER [--crate DIR] [--largest COUNT]
//! ```
//!
//! * nothing panics, and a second run gives the same bytes;
//! * each request becomes a module or is refused by an error that names its file, line and column.
//!
//! Requests are counted without the reader of this crate, so that it cannot lose one unnoticed.
//!
//! With `--crate` the clients of the largest collections are written as modules of one crate, which
//! the compiler, clippy, rustdoc and rustfmt can then judge in one go.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for developers, which reads files and prints"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use letterpress::document::report::rules::{self, Severity};
use letterpress::{Config, Form, Input, Output, Runtime, Source, generate};
use serde_json::Value;

/// The folders of a corpus that hold collections. All of the second are taken, however small.
const FOLDERS: [&str; 3] = ["collections", "zoom", "single-items"];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    let options = Options::read(env::args().skip(1))?;
    let mut counts = Counts::default();
    let mut clients = Vec::new();
    for path in documents(&options.corpus)? {
        clients.extend(counts.check(&path)?);
    }
    if let Some(folder) = &options.crate_folder {
        write_crate(folder, chosen(clients, options.largest))?;
    }
    counts.print();
    Ok(ExitCode::from(u8::from(!counts.violations.is_empty())))
}

struct Options {
    corpus: PathBuf,
    crate_folder: Option<PathBuf>,
    largest: usize,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let corpus = arguments.next().ok_or("which folder?")?.into();
        let mut options = Self {
            corpus,
            crate_folder: None,
            largest: 30,
        };
        while let Some(name) = arguments.next() {
            let value = arguments
                .next()
                .ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--crate" => options.crate_folder = Some(value.into()),
                "--largest" => options.largest = value.parse()?,
                _ => return Err(format!("{name} is not known").into()),
            }
        }
        Ok(options)
    }
}

/// The documents of a corpus, without environments.
fn documents(corpus: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for folder in FOLDERS
        .map(|name| corpus.join(name))
        .iter()
        .filter(|folder| folder.is_dir())
    {
        for entry in fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
    }
    paths.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".json") && !name.ends_with(".env.json")
    });
    paths.sort();
    if paths.is_empty() {
        Err(format!("no collection in {}", corpus.display()).into())
    } else {
        Ok(paths)
    }
}

/// What a document is, found out without the reader of this crate.
enum Document {
    /// With the JSON pointers of its requests.
    Collection(BTreeSet<String>),
    NotJson,
    /// An `OpenAPI` description: `--example openapi` counts its operations.
    Description,
    /// Something else.
    Other,
}

impl Document {
    fn read(text: &str) -> Self {
        let Ok(root) = serde_json::from_str::<Value>(text) else {
            return Self::NotJson;
        };
        if root.get("openapi").or(root.get("swagger")).is_some() {
            return Self::Description;
        }
        // Format v1 has its requests in one list; one that was exported alone has its URL at the root.
        if let Some(list) = root.get("requests").and_then(Value::as_array) {
            return Self::Collection(listed_requests(&root, list));
        }
        if root.get("url").is_some() {
            return Self::Collection(BTreeSet::from([String::new()]));
        }
        let mut requests = BTreeSet::new();
        let (root, pointer) = match root.get("collection") {
            Some(inner) => (inner, "/collection"),
            None => (&root, ""),
        };
        collect_requests(root, pointer, &mut requests);
        if requests.is_empty() && root.get("item").is_none() {
            Self::Other
        } else {
            Self::Collection(requests)
        }
    }
}

/// The requests of a list that an order names, and once more those that orders name once more. Without any order,
/// all of them.
fn listed_requests(root: &Value, list: &[Value]) -> BTreeSet<String> {
    let folders = root["folders"].as_array().into_iter().flatten();
    let orders = folders.chain([root]).enumerate();
    let mut seen = BTreeSet::new();
    let mut requests = BTreeSet::new();
    for (number, around) in orders {
        for id in around["order"].as_array().into_iter().flatten() {
            let Some(index) = list.iter().position(|request| request["id"] == *id) else {
                continue;
            };
            let pointer = if seen.insert(index) {
                format!("/requests/{index}")
            } else {
                format!("/{number}/{id}")
            };
            requests.insert(pointer);
        }
    }
    if requests.is_empty() {
        requests = (0..list.len())
            .map(|index| format!("/requests/{index}"))
            .collect();
    }
    requests
}

fn collect_requests(node: &Value, pointer: &str, found: &mut BTreeSet<String>) {
    if node.get("request").is_some() {
        found.insert(pointer.to_owned());
    }
    let (items, pointer) = match node.get("item") {
        Some(items) => (items, format!("{pointer}/item")),
        None => (node, pointer.to_owned()),
    };
    for (index, item) in items.as_array().into_iter().flatten().enumerate() {
        collect_requests(item, &format!("{pointer}/{index}"), found);
    }
    // Postman takes one item for a list of one.
    if items.get("request").is_some() && !std::ptr::eq(items, node) {
        collect_requests(items, &pointer, found);
    }
}

/// A client that came out, to be compiled.
struct Client {
    module: String,
    path: PathBuf,
    input: Input,
    requests: usize,
}

#[derive(Default)]
struct Counts {
    files: usize,
    requests: usize,
    modules: usize,
    refused: usize,
    codes: BTreeMap<&'static str, usize>,
    violations: Vec<String>,
}

impl Counts {
    /// Generates from one document and checks what came out.
    fn check(&mut self, path: &Path) -> Result<Option<Client>> {
        self.files += 1;
        let input = read_input(path)?;
        let config = Config {
            input_name: input.name(),
            ..Config::new("client")
        };
        let run = || catch_unwind(AssertUnwindSafe(|| generate(&input, &config)));
        let (Ok(output), Ok(again)) = (run(), run()) else {
            self.violation(path, "panics");
            return Ok(None);
        };
        if output != again {
            self.violation(path, "a second run gives something else");
        }
        for diagnostic in output.report.diagnostics() {
            *self.codes.entry(diagnostic.rule.code).or_default() += 1;
        }
        self.check_output(path, &input, &output);
        let module = module_name(path);
        Ok((output.requests > 0).then(|| Client {
            module,
            path: path.to_owned(),
            input,
            requests: output.requests,
        }))
    }

    fn check_output(&mut self, path: &Path, input: &Input, output: &Output) {
        let codes: Vec<_> = output
            .report
            .diagnostics()
            .iter()
            .map(|diagnostic| diagnostic.rule.code)
            .collect();
        let modules = output
            .files
            .iter()
            .filter(|(_, text)| text.contains("\nimpl rt::Endpoint for Request {"))
            .count();
        match Document::read(&input.documents[0].text) {
            Document::Collection(requests) => {
                let refused = self.refused(path, input, output, &requests);
                let (all, refused) = (requests.len(), refused.len());
                self.requests += all;
                self.modules += modules;
                self.refused += refused;
                if modules != output.requests || modules + refused != all {
                    let said = output.requests;
                    self.violation(
                        path,
                        &format!(
                            "{all} requests: {modules} modules ({said} said), {refused} refused"
                        ),
                    );
                }
            }
            Document::NotJson if modules > 0 || codes == [rules::NOT_JSON.code] => {}
            Document::Description if modules == output.requests && modules > 0 => {}
            Document::Other if modules == 0 && output.report.has_errors() => {}
            _ => self.violation(path, &format!("refused as {codes:?}")),
        }
    }

    /// The requests that errors are about.
    fn refused(
        &mut self,
        path: &Path,
        input: &Input,
        output: &Output,
        requests: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut refused = BTreeSet::new();
        let lines = output.report.to_json(&input.sources());
        for line in lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        {
            if line["severity"] != Severity::Error.word() {
                continue;
            }
            let place = ["file", "line", "column", "pointer"].map(|key| &line[key]);
            let owner = line["pointer"]
                .as_str()
                .and_then(|pointer| owner(pointer, requests));
            match owner {
                Some(owner) if !place.contains(&&Value::Null) => {
                    refused.insert(owner);
                }
                _ => self.violation(
                    path,
                    &format!("an error without the place of a request: {line}"),
                ),
            }
        }
        refused
    }

    fn violation(&mut self, path: &Path, what: &str) {
        let text = format!("{}: {what}", path.display());
        println!("{text}");
        self.violations.push(text);
    }

    fn print(&self) {
        let Self {
            files,
            requests,
            modules,
            refused,
            ..
        } = self;
        println!("{files} documents, {requests} requests: {modules} modules, {refused} refused");
        for (code, count) in &self.codes {
            println!("{count:>7} {code}");
        }
        println!("{} violations", self.violations.len());
    }
}

/// The innermost request around a place.
fn owner(pointer: &str, requests: &BTreeSet<String>) -> Option<String> {
    let ends = pointer
        .match_indices('/')
        .map(|(end, _)| end)
        .chain([pointer.len()]);
    ends.filter_map(|end| requests.get(&pointer[..end]))
        .next_back()
        .cloned()
}

/// A document, with the environment that lies beside it.
fn read_input(path: &Path) -> Result<Input> {
    let source = |path: &Path| -> Result<Source> {
        Ok(Source::decode(path.display().to_string(), fs::read(path)?)?)
    };
    let input = Input::collection(source(path)?);
    let environment = path.with_extension("env.json");
    Ok(if environment.is_file() {
        input.environment(source(&environment)?)
    } else {
        input
    })
}

/// A module name made of a file name, short so that lines break as they do in clients of real names.
fn module_name(path: &Path) -> String {
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let words: Vec<_> = stem
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default()
        .to_string_lossy();
    let name = format!("{}_{}", &folder[..1], words.join("_"));
    name.chars()
        .take(24)
        .collect::<String>()
        .trim_end_matches('_')
        .to_owned()
}

/// The largest clients, and all of Zoom.
fn chosen(mut clients: Vec<Client>, largest: usize) -> Vec<Client> {
    let is_zoom = |client: &Client| {
        client
            .path
            .parent()
            .is_some_and(|folder| folder.ends_with("zoom"))
    };
    clients.sort_by_key(|client| (!is_zoom(client), Reverse(client.requests)));
    let zoom = clients.iter().filter(|client| is_zoom(client)).count();
    clients.truncate(zoom + largest);
    clients
}

/// Writes the clients as modules of one crate.
fn write_crate(folder: &Path, clients: Vec<Client>) -> Result<()> {
    let src = folder.join("src");
    if src.exists() {
        fs::remove_dir_all(&src)?;
    }
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let mut root = format!("//! The largest clients.\n\n{}\n", lints());
    let (count, mut requests) = (clients.len(), 0);
    // As rustfmt sorts the modules of a file.
    let mut modules: Vec<String> = clients.iter().map(|client| client.module.clone()).collect();
    modules.sort();
    let modules = modules.iter().map(|module| format!("pub mod {module};\n"));
    root.push_str(&modules.collect::<Vec<_>>().concat());
    for client in clients {
        let config = Config {
            form: Form::Module,
            runtime: Runtime::Shared,
            ..Config::new("client")
        };
        for (path, text) in generate(&client.input, &config).files.iter() {
            let path = path.strip_prefix("src/").unwrap_or(path);
            let path =
                src.join(&client.module)
                    .join(if path == "lib.rs" { "mod.rs" } else { path });
            fs::create_dir_all(path.parent().unwrap_or(&src))?;
            fs::write(path, text)?;
        }
        requests += client.requests;
    }
    fs::write(src.join("lib.rs"), root)?;
    fs::write(folder.join("Cargo.toml"), manifest(&runtime))?;
    println!(
        "{count} clients with {requests} requests in {}",
        folder.display()
    );
    Ok(())
}

/// The lints that the root of a generated crate allows.
fn lints() -> String {
    let collection = r#"{"name": "x", "request": "https://example.com"}"#;
    let output = generate(
        &Input::collection(Source::new("x.json", collection)),
        &Config::new("x"),
    );
    let root = output
        .files
        .iter()
        .find(|(path, _)| *path == "src/lib.rs")
        .map_or("", |(_, text)| text);
    let start = root.find("#![allow(").unwrap_or_default();
    let end = root[start..]
        .find("]\n")
        .map_or(start, |length| start + length + 2);
    root[start..end].to_owned()
}

fn manifest(runtime: &Path) -> String {
    format!(
        "[package]\nname = \"clients\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nletterpress-client = {{ path = {:?} }}\n\n[workspace]\n",
        runtime.display().to_string()
    )
}
