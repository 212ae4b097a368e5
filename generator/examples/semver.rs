//! Looks for what `cargo-semver-checks` finds broken between two clients in what `letterpress diff` says:
//!
//! ```text
//! cargo run --release --example semver -- FINDINGS.txt DIFF.json
//! ```
//!
//! `.ci/semver` makes both. A break without its change is printed; the program fails where there is any.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for developers, which reads files and prints"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::{env, fs};

use serde_json::Value;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let files: Vec<String> = env::args().skip(1).collect();
    let [findings, diff] = files.as_slice() else {
        return Err("usage: semver FINDINGS.txt DIFF.json".into());
    };
    let diff: Value = serde_json::from_str(&fs::read_to_string(diff)?)?;
    let changes: Vec<Change> = breaking(&diff);
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut lost = Vec::new();
    for (lint, line) in lines(&fs::read_to_string(findings)?) {
        let break_ = Break::read(&line).ok_or_else(|| format!("cannot be read: {line}"))?;
        let is_found = changes.iter().any(|change| change.is(&break_));
        let count = tally.entry(lint).or_default();
        count.0 += 1;
        count.1 += usize::from(is_found);
        if !is_found {
            lost.push(line);
        }
    }
    println!("breaks  said by diff");
    for (lint, (all, found)) in &tally {
        println!("{all:6}  {found:12}  {lint}");
    }
    for line in &lost {
        println!("not said: {line}");
    }
    println!("{} breaks are not said", lost.len());
    Ok(ExitCode::from(u8::from(!lost.is_empty())))
}

/// The findings, each with its lint: lines that are indented below `--- failure LINT: …`.
fn lines(text: &str) -> Vec<(String, String)> {
    let mut lint = String::new();
    let mut all = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("--- failure ") {
            rest.split(':')
                .next()
                .unwrap_or_default()
                .clone_into(&mut lint);
        } else if let Some(finding) = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '))
        {
            all.push((lint.clone(), finding.to_owned()));
        }
    }
    all
}

/// Something that is broken.
struct Break {
    /// Its module; nothing where it is in a file that several modules share.
    module: Option<String>,
    /// The type, and its field or variant; nothing for a module.
    item: Option<(String, Option<String>)>,
}

impl Break {
    /// Reads `KIND WHAT in FILE:LINE` and `KIND WHAT, previously in file FILE:LINE`.
    fn read(line: &str) -> Option<Self> {
        let (what, file) = line.rsplit_once(" in ")?;
        let file = file.strip_prefix("file ").unwrap_or(file);
        let what = what.trim_end_matches(", previously");
        let (kind, what) = what.split_once(' ')?;
        // `zoom_client::meetings::get_meeting::Response` names its module itself.
        let path = what
            .split_once("::")
            .filter(|_| matches!(kind, "mod" | "struct" | "enum"));
        let path = path.map(|(_, path)| path);
        let item = match (kind, path) {
            ("mod", _) => None,
            (_, Some(path)) => Some((path.rsplit("::").next()?.to_owned(), None)),
            _ => Some(member(what)),
        };
        let module = match path {
            Some(path) if item.is_none() => Some(path.to_owned()),
            Some(path) => Some(path.rsplit_once("::")?.0.to_owned()),
            None => module_of(file),
        };
        Some(Self { module, item })
    }
}

/// A member with its type: `Webinar.dept`, `Failure::NotFound 0 -> 1`, `page of struct Options`.
fn member(what: &str) -> (String, Option<String>) {
    let words: Vec<&str> = what.split(' ').collect();
    if let [name, "of", _, holder, ..] = words.as_slice() {
        return ((*holder).to_owned(), Some((*name).to_owned()));
    }
    let name = words.first().copied().unwrap_or_default();
    let pair = name.split_once("::").or_else(|| name.split_once('.'));
    pair.map_or((name.to_owned(), None), |(holder, member)| {
        (holder.to_owned(), Some(member.to_owned()))
    })
}

/// The module that a file is: `…/src/meetings/get_meeting.rs:12`.
fn module_of(file: &str) -> Option<String> {
    let (_, path) = file.rsplit_once("/src/")?;
    let path = path.split(".rs").next()?.trim_end_matches("/mod");
    Some(path.replace('/', "::")).filter(|module| !module.starts_with("types::"))
}

/// A change after which a program may not compile.
struct Change {
    rule: String,
    module: String,
    what: String,
}

/// The changes that are major by the letter.
fn breaking(diff: &Value) -> Vec<Change> {
    let changes = diff["changes"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let changes = changes.filter(|change| change["strict"] == "major");
    let changes = changes.map(|change| Change {
        rule: text(&change["rule"]),
        module: text(&change["request"]["module"]),
        what: text(&change["what"]),
    });
    changes.collect()
}

impl Change {
    fn is(&self, other: &Break) -> bool {
        let is_gone = matches!(
            self.rule.as_str(),
            "request-removed" | "request-renamed" | "request-moved"
        );
        let Some((holder, member)) = &other.item else {
            // The module of a request, or of a folder without any request.
            let module = other.module.as_deref().unwrap_or_default();
            let rest = self.module.strip_prefix(module);
            return is_gone && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        };
        if other
            .module
            .as_ref()
            .is_some_and(|module| *module != self.module)
        {
            return false;
        }
        let (own, name) = split(&self.what);
        // `Request` has its field `options` as long as there are any.
        let is_options = (holder.as_str(), member.as_deref()) == ("Request", Some("options"));
        let is_options = is_options && (own == "Options" || self.rule == "options-added");
        // An input that may be left out now, or no longer, goes from one struct to the other.
        let goes = matches!(self.rule.as_str(), "input-optional" | "input-required");
        let is_holder = own == holder || (goes && matches!(holder.as_str(), "Request" | "Options"));
        let is_member = name.is_empty() || member.as_deref().is_none_or(|member| member == name);
        is_gone || is_options || (is_holder && is_member)
    }
}

/// A type and its member.
fn split(what: &str) -> (&str, &str) {
    let pair = what.split_once("::").or_else(|| what.split_once('.'));
    pair.unwrap_or((what, ""))
}
