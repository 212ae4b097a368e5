//! Compares the types that are inferred from collections with the schemas of `OpenAPI` documents of the
//! same APIs, field by field:
//!
//! ```text
//! cargo run --release --example schemas -- FOLDER… [--most-wrong PERCENT] [--samples COUNT]
//! ```
//!
//! A collection `NAME.postman_collection.json` or `NAME-….postman_collection.json` goes with a description
//! `NAME.openapi.json`, `NAME.openapi3.json` or `NAME.swagger2.json` beside it. Descriptions in YAML are
//! named and left out. Operations are the same where their method and the template of their path are.
//!
//! Each field of a reply, of a JSON request body, and each parameter is judged (see [`judge`]). A field is
//! *wrong* where the schema allows a value that the type refuses or misreads. With `--most-wrong` the
//! program fails when the share of wrong fields in replies is above that limit.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for developers, which reads files and prints"
)]

mod compare;
mod description;
mod judge;
mod tally;
mod walk;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use letterpress::{Config, Input, Report, Source};
use serde_json::Value;

use compare::compare;
use description::Description;
use tally::Tallies;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    let options = Options::read(env::args().skip(1))?;
    let mut sum = Tallies::default();
    println!("{}", tally::HEADER);
    for folder in &options.folders {
        for (collection, description) in pairs(folder)? {
            let name = stem(&collection);
            let tallies = compare_files(&name, &collection, &description)?;
            tallies.print(&name);
            sum.merge(tallies);
        }
    }
    sum.print("all");
    sum.print_classes(options.samples);
    let wrong = sum.replies.wrong_share();
    let is_over = options.most_wrong.is_some_and(|most| wrong > most);
    println!("\nwrong in replies: {wrong:.3} %");
    Ok(ExitCode::from(u8::from(is_over)))
}

struct Options {
    folders: Vec<PathBuf>,
    most_wrong: Option<f64>,
    samples: usize,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self {
            folders: Vec::new(),
            most_wrong: None,
            samples: 1,
        };
        while let Some(argument) = arguments.next() {
            if !argument.starts_with("--") {
                options.folders.push(argument.into());
                continue;
            }
            let value = arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))?;
            match argument.as_str() {
                "--most-wrong" => options.most_wrong = Some(value.parse()?),
                "--samples" => options.samples = value.parse()?,
                _ => return Err(format!("{argument} is not known").into()),
            }
        }
        if options.folders.is_empty() {
            return Err("which folder?".into());
        }
        Ok(options)
    }
}

/// The collections of a folder, each with its description.
fn pairs(folder: &Path) -> Result<Vec<(PathBuf, PathBuf)>> {
    let mut collections = Vec::new();
    let mut descriptions = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let (name, rest) = file.split_once('.').unwrap_or((file.as_ref(), ""));
        let is_description = rest.starts_with("openapi") || rest.starts_with("swagger");
        let is_json = path
            .extension()
            .is_some_and(|extension| extension == "json");
        if is_description && !is_json {
            println!("left out, since it is no JSON: {}", path.display());
        } else if is_description {
            descriptions.insert(name.to_owned(), path.clone());
        } else if rest == "postman_collection.json" {
            collections.push((name.to_owned(), path.clone()));
        }
    }
    collections.sort();
    let description_of = |name: &str| {
        let of = |known: &&String| {
            let rest = name.strip_prefix(known.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let longest = descriptions.keys().filter(of).max_by_key(|name| name.len());
        descriptions.get(longest?).cloned()
    };
    let pairs = collections
        .into_iter()
        .filter_map(|(name, collection)| Some((collection, description_of(&name)?)));
    Ok(pairs.collect())
}

fn stem(path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    file.split('.').next().unwrap_or_default().to_owned()
}

fn compare_files(name: &str, collection: &Path, description: &Path) -> Result<Tallies> {
    let source = Source::decode(collection.display().to_string(), fs::read(collection)?)?;
    let mut report = Report::default();
    let config = Config::new("schemas");
    let api = letterpress::understand(&mut report, &Input::collection(source), &config);
    let root: Value = serde_json::from_slice(&fs::read(description)?)?;
    Ok(compare(name, &api, &Description::of(&root)))
}
