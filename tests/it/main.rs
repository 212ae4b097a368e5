//! Tests of what users see, for the workspace as a whole: one binary, one module per subject.
//!
//! | what is tested | module |
//! | --- | --- |
//! | every file that a document becomes, and what is said about it | [`fixtures`] |
//! | each rule has a document that breaks it | [`rules`] |
//! | what is generated compiles, without a warning, and so do its examples | [`compiles`] |
//! | `generated-client` is what `collections/zoom` becomes | [`current`] |
//! | clients that a `build.rs` generates, and what build systems make of the same documents | [`build`] |
//! | both clients against a server | [`end_to_end`] |
//! | the examples of `zoom-client`, with an API that plays Zoom | [`examples`] |
//! | the layers of the runtime | [`runtime_layers`] |
//! | the faults that made us write this tool | [`seed_faults`] |
//! | commands of curl, run by it | [`mod@curl`] |
//! | documents that nobody wrote | [`fuzz`] |
//! | hostile texts in every place of a document | [`hostile_texts`] |
//! | names stay, whatever is edited in a collection | [`kept_names`] |
//! | a document gives the same client as its normal form | [`normal_forms`] |
//! | the README and the guide | [`guide`] |
//! | the command line | [`cli`] |
//! | what a change of a collection means for programs | [`changes`] |
//! | the layers of the generator, and its size | [`tidy`] |
//!
//! To add a case, make a folder in `fixtures` with a `case.toml` and an `input.json`; see [`case`].
//! `INSTA_UPDATE=always cargo test -p tests fixtures` accepts what comes out; read it before you commit.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod build;
mod case;
mod changes;
mod cli;
mod compiles;
mod curl;
mod current;
mod end_to_end;
mod examples;
mod fixtures;
mod fuzz;
mod guide;
mod hostile_texts;
mod kept_names;
mod normal_forms;
mod own;
mod rules;
mod runtime_layers;
mod secrets;
mod seed_faults;
mod server;
mod tidy;
mod workspace;
