//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Presses Postman collections into Rust API clients.
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
        /// Raise the version of the client by what has changed for its users since the commit that raised it
        /// before (if none did: that it was last generated in), and add that to its CHANGELOG.md
        #[arg(long)]
        bump: bool,
        /// Write nothing, and exit with 1 when the output is not current
        #[arg(long)]
        check: bool,
    },
    /// Tell whether a generated crate is current, and change nothing
    Check(GenerateOptions),
    /// Generate a client crate, and update it whenever a document, the configuration or the lock changes
    #[cfg(feature = "watch")]
    Watch(GenerateOptions),
    /// Show what a stage makes of the documents
    Print {
        /// The stage
        #[arg(long)]
        stage: Stage,
        #[command(flatten)]
        options: GenerateOptions,
    },
    /// Show the type of each input and each reply, and why it is that
    Explain(ExplainOptions),
    /// Show what changes for users of the client when its documents change
    Diff(DiffOptions),
    /// Print requests as commands of curl, for a POSIX shell
    Curl(CurlOptions),
    /// Take what changes on each export out of documents, and lay them out as Postman does
    Fmt(FmtOptions),
    /// Get documents from Postman's API or from a URL, and store them as `fmt` writes them
    #[cfg(feature = "fetch")]
    Fetch(FetchOptions),
    /// Compile the clients of collections, and feed them everything that the collections show
    Verify(VerifyOptions),
    /// Compile the clients of collections, and print what they send with the values of the collections:
    /// a line of JSON for each request
    Wire(WireOptions),
}

/// Where variables have values besides the collections.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Values {
    /// A Postman environment, JSON or YAML; of clients that are compiled, those whose collection has none
    /// beside it (X.env.json for X.json)
    #[arg(long, value_name = "FILE")]
    pub(crate) env: Option<PathBuf>,
    /// The globals of a Postman workspace, JSON or YAML
    #[arg(long, value_name = "FILE")]
    pub(crate) globals: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainOptions {
    /// A collection, a workspace with some, or a folder with a letterpress.toml; without it, the letterpress.toml that is found
    /// from the current folder upwards
    pub(crate) input: Option<PathBuf>,
    /// The requests to explain, as `match` of a correction names them: folders and name, method and path,
    /// or id, with `*` and `?` [default: all]
    pub(crate) request: Option<String>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// The form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct CurlOptions {
    /// A collection, a workspace with some, or a folder with a letterpress.toml; without it, the letterpress.toml that is found
    /// from the current folder upwards
    pub(crate) input: Option<PathBuf>,
    /// The requests to print, as `match` of a correction names them: folders and name, method and path,
    /// or id, with `*` and `?` [default: all]
    pub(crate) request: Option<String>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// Print what the collection itself sends, with its credentials and all other secrets, instead of
    /// examples and variables of the shell
    #[arg(long)]
    pub(crate) secrets: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FmtOptions {
    /// Collections, environments, globals; or a folder with a letterpress.toml, for its documents. Without any, those of the
    /// letterpress.toml that is found from the current folder upwards
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing, and exit with 1 when a document would be another
    #[arg(long)]
    pub(crate) check: bool,
    /// Leave out the ids of requests too: where a converter or a fork makes new ones each time
    #[arg(long)]
    pub(crate) no_ids: bool,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(crate) struct FetchOptions {
    /// A folder with a letterpress.toml, for its `[fetch]`; without it, that which is found from the current
    /// folder upwards
    #[arg(conflicts_with_all = ["from", "to"])]
    pub(crate) folder: Option<PathBuf>,
    /// Where one document comes from: the id that it has in Postman, or a URL
    #[arg(long, value_name = "ID|URL", requires = "to")]
    pub(crate) from: Option<String>,
    /// The file that it is stored in
    #[arg(long, value_name = "FILE", requires = "from")]
    pub(crate) to: Option<PathBuf>,
    /// Where Postman's API is
    #[arg(long, value_name = "URL", default_value = "https://api.getpostman.com")]
    pub(crate) api: String,
    /// Leave out the ids of requests, as `fmt --no-ids` does
    #[arg(long)]
    pub(crate) no_ids: bool,
    /// Store what looks like a secret, instead of `[redacted]` in its place
    #[arg(long)]
    pub(crate) keep_secrets: bool,
    /// Get everything, also what has not changed since the last time
    #[arg(long)]
    pub(crate) force: bool,
    /// How often a request is tried again
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(crate) retries: u32,
    /// How long a request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,
}

/// Which clients are compiled, and where.
#[derive(Debug, Args)]
pub(crate) struct ClientOptions {
    /// Collections, or folders: one with a letterpress.toml is what that says, of any other every
    /// collection below it counts. Without any, the letterpress.toml that is found from the current
    /// folder upwards
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// The folder to build in, which stays, so that the next run is quicker [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,
    /// Let Cargo use no network
    #[arg(long)]
    pub(crate) offline: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DiffOptions {
    /// The old documents: a collection, or a folder with a letterpress.toml; or either of them in a revision
    /// of Git, REVISION:PATH
    pub(crate) old: Option<String>,
    /// The new documents, likewise [default: the path of OLD, as it is on disk]
    #[arg(conflicts_with = "committed")]
    pub(crate) new: Option<String>,
    /// Compare the documents of a folder with those of the commit that its client was last generated in
    #[arg(long)]
    pub(crate) committed: bool,
    #[command(flatten)]
    pub(crate) values: Values,
    /// The form of the result
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Count a new field of a struct as major, as if no program wrote `..` in literals and patterns
    #[arg(long)]
    pub(crate) strict: bool,
    /// Exit with 1 when there is a change of that level or a higher one
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
    /// Programs do not see it
    Patch,
    /// Programs compile
    Minor,
    /// Programs have to be changed
    Major,
}

impl From<LevelChoice> for letterpress::change::diff::Level {
    fn from(choice: LevelChoice) -> Self {
        match choice {
            LevelChoice::Patch => Self::Patch,
            LevelChoice::Minor => Self::Minor,
            LevelChoice::Major => Self::Major,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct VerifyOptions {
    #[command(flatten)]
    pub(crate) clients: ClientOptions,
    /// Recordings of what Postman sends: one, or a folder in which that of X.json is X.wire.jsonl, anywhere
    /// below it. Without one, requests are compared with what the tool itself reads from the collection
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) expect: Option<PathBuf>,
    /// Show everything that does not hold, not the first of it
    #[arg(long)]
    pub(crate) all: bool,
    /// The form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct WireOptions {
    #[command(flatten)]
    pub(crate) clients: ClientOptions,
    /// Write the lines of each collection X.json to DIR/X.wire.jsonl, with the folders below an input,
    /// instead of printing them
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// What build systems say of a run.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ActionOptions {
    /// Where the names are kept [default: letterpress.lock beside the letterpress.toml, else in the folder of the
    /// crate, else FILE.lock beside FILE.rs]
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// Write no lock, and exit with 1 when it does not hold all names: for build systems
    #[arg(long)]
    pub(crate) locked: bool,
    /// Write what the output was made of, as a rule of Make: for build systems. Its target is FILE.rs, or the
    /// src/lib.rs of the crate
    #[arg(long, value_name = "FILE")]
    pub(crate) depfile: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct GenerateOptions {
    /// Collections: files, folders of format v3, workspaces with some; or one folder with a
    /// letterpress.toml. Without any, the letterpress.toml that is found from the current folder upwards
    pub(crate) inputs: Vec<PathBuf>,
    /// The folder of the generated crate; or a file whose name ends with .rs, for a single module of another crate,
    /// which depends on letterpress-client
    #[arg(long, value_name = "DIR|FILE.rs")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the generated crate [default: that of the folder]
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) values: Values,
    /// The base URL that most requests stand on
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Where the runtime of the client comes from
    #[arg(long)]
    pub(crate) runtime: Option<RuntimeChoice>,
    /// Give the modules that match, such as `meetings::*`, the names that they would have today, and leave
    /// the old ones as deprecated aliases; without a pattern, all
    #[arg(long, value_name = "PATTERN", num_args = 0..=1, require_equals = true, default_missing_value = "*")]
    pub(crate) rename: Option<String>,
    #[command(flatten)]
    pub(crate) action: ActionOptions,
    /// The form of diagnostics
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Exit with 1 when there is a diagnostic of that kind
    #[arg(long)]
    pub(crate) deny: Option<Deny>,
    /// Show notes as well as warnings and errors
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

impl GenerateOptions {
    /// What `generate` does with these documents, were it only given them.
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
    /// What the documents say
    Api,
    /// What the crate will be
    Plan,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum RuntimeChoice {
    /// A copy in the client, which then stands for itself
    Vendored,
    /// The crate letterpress-client
    Shared,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// With an excerpt of the document, as rustc
    Text,
    /// One JSON object per line
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}
