//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use letterpress::change::diff::{Diff, Level};

/// Generates Rust API clients from Postman collections and OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "letterpress", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate a client crate, or update it
    Generate {
        #[command(flatten)]
        options: GenerateOptions,
        /// Bump the version by the semver level of the changes since the last bump, and record them in CHANGELOG.md
        #[arg(long)]
        bump: bool,
        /// Write nothing; exit with 1 if the output is not current
        #[arg(long)]
        check: bool,
    },
    /// Check that a generated crate is current, without writing anything
    Check(GenerateOptions),
    /// Generate a client crate, and again whenever a document, the configuration or the lock changes
    #[cfg(feature = "watch")]
    Watch(GenerateOptions),
    /// Print the result of a stage
    Print {
        /// The stage
        #[arg(long)]
        stage: Stage,
        #[command(flatten)]
        options: GenerateOptions,
    },
    /// Show the inferred type of every input and reply, with the evidence
    Explain(ExplainOptions),
    /// Show what a change of the documents means for users of the client
    Diff(DiffOptions),
    /// Print requests as curl commands for a POSIX shell
    Curl(CurlOptions),
    /// Remove what changes on every export, and format documents as Postman does
    Fmt(FmtOptions),
    /// Download documents from Postman's API or a URL, and store them formatted as by `fmt`
    #[cfg(feature = "fetch")]
    Fetch(FetchOptions),
    /// Compile clients, decode every saved reply, and compare every request with Postman's
    Verify(VerifyOptions),
    /// Compile clients, and print what they send with the values of the documents, one JSON line per request
    Wire(WireOptions),
}

/// Documents with values of variables, besides the collections.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Values {
    /// A Postman environment, JSON or YAML. `verify` and `wire` prefer X.env.json beside X.json
    #[arg(long, value_name = "FILE")]
    pub(crate) env: Option<PathBuf>,
    /// The globals of a Postman workspace, JSON or YAML
    #[arg(long, value_name = "FILE")]
    pub(crate) globals: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainOptions {
    /// A collection, a workspace, an OpenAPI document, or a folder with a letterpress.toml [default: the nearest letterpress.toml]
    pub(crate) input: Option<PathBuf>,
    /// The requests to explain, as in `match` of letterpress.toml: folders and name, method and path,
    /// or id, with `*` and `?` [default: all]
    pub(crate) request: Option<String>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// List the places that are any JSON instead, each with what is to blame
    #[arg(long, conflicts_with = "request")]
    pub(crate) untyped: bool,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct CurlOptions {
    /// A collection, a workspace, an OpenAPI document, or a folder with a letterpress.toml [default: the nearest letterpress.toml]
    pub(crate) input: Option<PathBuf>,
    /// The requests to print, as in `match` of letterpress.toml: folders and name, method and path,
    /// or id, with `*` and `?` [default: all]
    pub(crate) request: Option<String>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// Print the document's own values, with its credentials and all other secrets, instead of
    /// examples and shell variables
    #[arg(long)]
    pub(crate) secrets: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FmtOptions {
    /// Collections, OpenAPI documents, environments or globals; or a folder with a letterpress.toml, for its documents
    /// [default: the nearest letterpress.toml]
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing; exit with 1 if a document is not formatted
    #[arg(long)]
    pub(crate) check: bool,
    /// Remove the ids of requests too: for converters and forks that make new ones each time
    #[arg(long)]
    pub(crate) no_ids: bool,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(crate) struct FetchOptions {
    /// A folder with a letterpress.toml, for its `[fetch]` [default: the nearest letterpress.toml]
    #[arg(conflicts_with_all = ["from", "to"])]
    pub(crate) folder: Option<PathBuf>,
    /// The source of one document: its id in Postman, or a URL
    #[arg(long, value_name = "ID|URL", requires = "to")]
    pub(crate) from: Option<String>,
    /// The file to store it in
    #[arg(long, value_name = "FILE", requires = "from")]
    pub(crate) to: Option<PathBuf>,
    /// The URL of Postman's API
    #[arg(long, value_name = "URL", default_value = "https://api.getpostman.com")]
    pub(crate) api: String,
    /// Remove the ids of requests, as `fmt --no-ids` does
    #[arg(long)]
    pub(crate) no_ids: bool,
    /// Store secrets as they are, not as `[redacted]`
    #[arg(long)]
    pub(crate) keep_secrets: bool,
    /// Download everything, even if it has not changed
    #[arg(long)]
    pub(crate) force: bool,
    /// How often to retry a request
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(crate) retries: u32,
    /// The timeout of a request
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,
}

/// Which clients to compile, and where.
#[derive(Debug, Args)]
pub(crate) struct ClientOptions {
    /// Collections, OpenAPI documents, folders with a letterpress.toml, or folders of documents [default: the nearest letterpress.toml]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// The folder to build in; the next run reuses it [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,
    /// Run Cargo without network
    #[arg(long)]
    pub(crate) offline: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DiffOptions {
    /// The old documents: a collection, an OpenAPI document or a folder with a letterpress.toml, on disk or in a Git revision
    /// (REVISION:PATH)
    pub(crate) old: Option<String>,
    /// The new documents, likewise [default: the path of OLD, on disk]
    #[arg(conflicts_with = "committed")]
    pub(crate) new: Option<String>,
    /// Compare a folder with the commit in which its client was last generated
    #[arg(long)]
    pub(crate) committed: bool,
    #[command(flatten)]
    pub(crate) values: Values,
    /// The output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Count a new struct field as major: programs may not write `..` in literals and patterns
    #[arg(long)]
    pub(crate) strict: bool,
    /// Exit with 1 if there is a change of that level or a higher one
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, default_missing_value = "patch", require_equals = true)]
    pub(crate) exit_code: Option<LevelChoice>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal
    Text,
    /// For a pull request or a changelog
    Markdown,
    /// One JSON object
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum LevelChoice {
    /// Programs do not notice
    Patch,
    /// Programs still compile
    Minor,
    /// Programs must be changed, or requests go elsewhere
    Major,
    /// Requests, and the credentials in them, go elsewhere
    Security,
}

impl LevelChoice {
    /// Whether there is a change of that level or a higher one.
    pub(crate) fn is_found(self, diff: &Diff) -> bool {
        match self {
            Self::Patch => diff.level() >= Some(Level::Patch),
            Self::Minor => diff.level() >= Some(Level::Minor),
            Self::Major => diff.level() >= Some(Level::Major),
            Self::Security => diff.is_security(),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct VerifyOptions {
    #[command(flatten)]
    pub(crate) clients: ClientOptions,
    /// A recording of what Postman sends, or a folder with X.wire.jsonl for X.json anywhere below
    /// [default: what Letterpress itself reads from the collection]
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) expect: Option<PathBuf>,
    /// Show all failures, not only the first ones
    #[arg(long)]
    pub(crate) all: bool,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct WireOptions {
    #[command(flatten)]
    pub(crate) clients: ClientOptions,
    /// The calls to make, instead of those that a document shows: lines with an `operation` and its `inputs`, in a
    /// file, or in X.requests.jsonl for X.yaml anywhere below a folder
    #[arg(long = "inputs", value_name = "FILE|DIR")]
    pub(crate) calls: Option<PathBuf>,
    /// Write the lines of each collection X.json to DIR/X.wire.jsonl, with the same subfolders as the input
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// Options for build systems.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ActionOptions {
    /// The file that keeps the names [default: letterpress.lock beside letterpress.toml, else in the crate,
    /// else FILE.lock beside FILE.rs]
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// Do not write the lock; exit with 1 if it lacks a name
    #[arg(long)]
    pub(crate) locked: bool,
    /// Write the inputs of the run as a Make rule, for build systems; its target is FILE.rs or the crate's src/lib.rs
    #[arg(long, value_name = "FILE")]
    pub(crate) depfile: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct GenerateOptions {
    /// Collections (files, folders of format v3, workspaces), OpenAPI documents, or one folder with a letterpress.toml
    /// [default: the nearest letterpress.toml]
    pub(crate) inputs: Vec<PathBuf>,
    /// The folder of the generated crate; or a file FILE.rs: one module of a crate that depends on letterpress-client
    #[arg(long, value_name = "DIR|FILE.rs")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the generated crate [default: the name of the folder]
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// The value of the base URL that most requests use
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// The source of the runtime
    #[arg(long)]
    pub(crate) runtime: Option<RuntimeChoice>,
    /// Take the current names of the document for modules that match PATTERN (default: all), such as
    /// `meetings::*`, and keep the old ones as deprecated aliases
    #[arg(long, value_name = "PATTERN", num_args = 0..=1, require_equals = true, default_missing_value = "*")]
    pub(crate) rename: Option<String>,
    #[command(flatten)]
    pub(crate) action: ActionOptions,
    /// The format of diagnostics
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Exit with 1 if there is a diagnostic of that kind
    #[arg(long)]
    pub(crate) deny: Option<Deny>,
    /// Show notes as well as warnings and errors
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

impl GenerateOptions {
    /// The options of `generate` for these documents alone.
    pub(crate) fn of(inputs: Vec<PathBuf>, values: Values) -> Self {
        Self {
            inputs,
            values,
            out: None,
            name: None,
            base_url: None,
            runtime: None,
            rename: None,
            action: ActionOptions::default(),
            format: Format::Text,
            deny: None,
            verbose: false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Stage {
    /// What was read from the documents
    Api,
    /// What will be generated
    Plan,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum RuntimeChoice {
    /// A copy in the client, which is then self-contained
    Vendored,
    /// The crate letterpress-client
    Shared,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// With an excerpt of the document, like rustc
    Text,
    /// One JSON object per line
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}
