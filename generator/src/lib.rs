//! Presses Postman collections into Rust API clients.
//!
//! ```
//! use letterpress::{Config, Input, Source, generate};
//!
//! let collection = r#"{"name": "Get a user", "request": "https://api.example.com/users/:id"}"#;
//! let input = Input::collection(Source::new("users.json", collection));
//! let output = generate(&input, &Config::new("users-client"));
//! assert!(!output.report.has_errors());
//! let module = output.files.iter().find(|(path, _)| *path == "src/get_user.rs");
//! assert!(module.is_some_and(|(_, text)| text.contains("pub id: String")));
//! ```
//!
//! # The code
//!
//! Data flows one way, through stages that are functions; a later stage never reaches back.
//!
//! ```text
//! bytes ─source─▶ Source ─json─▶ Node ─postman─▶ Api ─plan─▶ Crate ─emit─▶ tokens ─format─▶ Files ─files─▶ disk
//! ```
//!
//! | what to change | where |
//! | --- | --- |
//! | how a document is decoded, and places in it | [`document::source`], [`document::json`], [`document::yaml`] |
//! | messages | [`document::report::rules`], [`document::report`] |
//! | what counts as a secret | [`document::secret`] |
//! | what of a stranger's text may be shown | [`document::printable`] |
//! | what an API is | [`api`] |
//! | configuration | [`input::config`] |
//! | what the user says against a document | [`input::overrides`] |
//! | what is read from a collection | [`input::postman`] |
//! | what changes on each export, and what is hidden before it is stored | [`input::postman::normal`] |
//! | what examples of JSON show | [`input::postman::shape`] |
//! | which type a value has | [`input::postman::infer`] |
//! | what is found in prose: error codes, scopes, rate limits | [`input::postman::dialect`] |
//! | what is generated: modules, types, fields | [`plan`] |
//! | Rust names | [`plan::names`] |
//! | documentation comments | [`plan::docs`] |
//! | how that looks as Rust | [`emit`], [`mod@emit::format`] |
//! | which file holds what | [`emit::layout`] |
//! | writing and comparing files | [`emit::files`] |
//! | what an output was made of, for build systems | [`emit::depfile`] |
//! | which names are kept, and for what | [`plan::pins`], [`change::lock`] |
//! | which request of an older document is which of a newer | [`change::lock`] |
//! | what a change of documents means for users | [`change::diff`] |
//! | the version and the list of changes of a client | [`change::release`] |
//! | what goes on the wire | [`proof::wire`] |
//! | a request as a command of curl | [`proof::curl`] |
//! | what is proved of a client | [`proof::verify`] |
//! | why a place has its type | [`proof::explain`] |
//! | use from `build.rs` | [`build`] |
//! | what every client stands on | the crate `letterpress-client` |

pub mod api;
pub mod build;
pub mod change;
pub mod document;
pub mod emit;
pub mod input;
pub mod plan;
pub mod proof;

pub use build::Generator;
pub use document::report::Report;
pub use document::source::Source;
pub use emit::files::Files;
pub use emit::layout::write;
pub use input::config::{Config, Form, Replies, Runtime};
pub use input::{Input, read, understand};

use api::Api;
use change::lock::{Lock, Summary};
use plan::pins::Pins;

/// What a run gives.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Output {
    /// The files of the crate. Nothing, where no request could be read.
    pub files: Files,
    /// What there is to say about the documents.
    pub report: Report,
    /// How many requests have a module.
    pub requests: usize,
    /// The names, and what they were given to: what `letterpress.lock` is to hold.
    pub lock: Lock,
    /// What became of the requests of the earlier run.
    pub summary: Summary,
}

/// Generates a client: documents in, files and messages out; nothing is read from or written to disk.
///
/// The same input gives the same bytes on every machine.
#[must_use]
pub fn generate(input: &Input, config: &Config) -> Output {
    let mut report = Report::default();
    let api = understand(&mut report, input, config);
    if api.operations.is_empty() {
        return Output {
            report,
            ..Output::default()
        };
    }
    let known = read_lock(&mut report, input);
    let version = config.version.clone().or_else(|| known.version.clone());
    let config = &Config {
        version: version.clone(),
        ..config.clone()
    };
    let pins = known.pins(&api, config.rename.as_deref());
    let plan = plan::plan(&mut report, &api, config, &pins);
    let summary = Summary::of(&known, &plan, &pins);
    let mut lock = Lock::of(&input.sources(), &api, &plan, &pins);
    lock.version = version;
    lock.is_damaged = known.is_damaged;
    if report.has_errors() {
        lock.keep(known);
    }
    Output {
        files: write(&plan, config),
        report,
        requests: api.operations.len(),
        lock,
        summary,
    }
}

/// The names of an earlier run. Nothing where there was none.
fn read_lock(report: &mut Report, input: &Input) -> Lock {
    let source = input.lock.as_ref();
    source.map_or_else(Lock::default, |source| Lock::read(report, source))
}

/// The names that things in the documents had in an earlier run.
pub fn read_pins(report: &mut Report, input: &Input, api: &Api, config: &Config) -> Pins {
    read_lock(report, input).pins(api, config.rename.as_deref())
}
