//! Generates a client from every OpenAPI document of a folder and checks what holds for any of them:
//!
//! ```text
//! cargo run --release --example openapi -- FOLDER [--crate DIR]
//! ```
//!
//! FOLDER has an `index.tsv`, whose first column names the documents below `documents/`, and whose column
//! `operations` says how many each has, counted without the reader of this crate.
//!
//! * nothing panics, and a second run gives the same bytes;
//! * each operation becomes a module, or an error names its place.
//!
//! With `--crate` each client is written as a module of one crate, for the compiler to judge in one go.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for developers, which reads files and prints"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use letterpress::document::printable::Origin;
use letterpress::document::report::rules::Severity;
use letterpress::{Config, Form, Input, Output, Runtime, generate};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let corpus = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let folder = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => None,
        (Some("--crate"), Some(folder)) => Some(PathBuf::from(folder)),
        _ => return Err("usage: openapi FOLDER [--crate DIR]".into()),
    };
    let mut counts = Counts::default();
    let mut modules = Vec::new();
    for document in documents(&corpus)? {
        let Some(input) = counts.check(&document)? else {
            continue;
        };
        if let Some(folder) = &folder {
            modules.push(write_module(folder, &document, &input)?);
        }
    }
    if let Some(folder) = &folder {
        write_crate(folder, &modules)?;
    }
    counts.print();
    Ok(ExitCode::from(u8::from(counts.violations > 0)))
}

/// A row of the index.
struct Document {
    path: PathBuf,
    name: String,
    operations: usize,
}

fn documents(corpus: &Path) -> Result<Vec<Document>> {
    let text = fs::read_to_string(corpus.join("index.tsv"))?;
    let mut rows = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let head = rows.next().ok_or("an empty index")?;
    let column = head.iter().position(|name| *name == "operations");
    let column = column.ok_or("no column `operations`")?;
    let row = |row: Vec<&str>| {
        let name = row.first().ok_or("a row without a document")?;
        Ok(Document {
            path: corpus.join("documents").join(name),
            name: (*name).to_owned(),
            operations: row.get(column).copied().unwrap_or_default().parse()?,
        })
    };
    rows.map(row).collect()
}

#[derive(Default)]
struct Counts {
    documents: usize,
    /// Documents that give a client.
    clients: usize,
    operations: usize,
    modules: usize,
    /// Operations that were refused, by the rule.
    refused: BTreeMap<&'static str, usize>,
    violations: usize,
}

impl Counts {
    /// Generates from one document, and checks what came out. Nothing where that is no client.
    fn check(&mut self, document: &Document) -> Result<Option<Input>> {
        let Document {
            path,
            name,
            operations,
        } = document;
        let input = Input::read(std::slice::from_ref(path), None, None)?;
        let config = Config::new("client");
        let run = || catch_unwind(AssertUnwindSafe(|| generate(&input, &config)));
        self.documents += 1;
        self.operations += operations;
        let (Ok(output), Ok(again)) = (run(), run()) else {
            self.violation(name, "panics");
            return Ok(None);
        };
        if output != again {
            self.violation(name, "a second run gives something else");
        }
        self.modules += output.requests;
        self.note_refused(&output);
        let refused = output.report.count(Severity::Error);
        if output.requests + refused < *operations {
            let what = format!("{} modules of {operations} operations", output.requests);
            self.violation(name, &what);
        }
        self.clients += usize::from(output.requests > 0);
        Ok((output.requests > 0).then_some(input))
    }

    fn note_refused(&mut self, output: &Output) {
        let diagnostics = output.report.diagnostics().iter();
        let errors = diagnostics.filter(|one| one.rule.severity == Severity::Error);
        for error in errors {
            *self.refused.entry(error.rule.code).or_default() += 1;
        }
    }

    fn violation(&mut self, name: &str, what: &str) {
        println!("{name}: {what}");
        self.violations += 1;
    }

    fn print(&self) {
        let Self {
            documents,
            clients,
            operations,
            modules,
            refused,
            violations,
        } = self;
        println!(
            "{documents} documents, {clients} clients, {operations} operations, {modules} modules"
        );
        for (code, count) in refused {
            println!("{count:>7} refused by {code}");
        }
        println!("{violations} violations");
    }
}

/// Writes a client as a module of the crate; its name.
fn write_module(folder: &Path, document: &Document, input: &Input) -> Result<String> {
    let words = document.name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let module = format!("d_{}", words.join("_"));
    let config = Config {
        form: Form::Module,
        runtime: Runtime::Shared,
        input_name: Origin::new(&document.name),
        ..Config::new("client")
    };
    let root = folder.join("src").join(&module);
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    for (path, text) in generate(input, &config).files.iter() {
        let path = path.strip_prefix("src/").unwrap_or(path);
        let path = root.join(if path == "lib.rs" { "mod.rs" } else { path });
        fs::create_dir_all(path.parent().unwrap_or(&root))?;
        fs::write(path, text)?;
    }
    Ok(module)
}

/// Writes the root and the manifest of the crate.
fn write_crate(folder: &Path, modules: &[String]) -> Result<()> {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let modules = modules.iter().map(|module| format!("pub mod {module};\n"));
    let root = format!(
        "//! Clients of published documents.\n\n{}",
        modules.collect::<Vec<_>>().concat()
    );
    let manifest = format!(
        "[package]\nname = \"clients\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nletterpress-client = {{ path = {:?} }}\n\n[workspace]\n",
        runtime.display().to_string()
    );
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), root)?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    Ok(())
}
