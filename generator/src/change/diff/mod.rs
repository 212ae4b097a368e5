//! What changes for the users of a client when its documents change.
//!
//! Two clients are compared as they are planned: requests that are the same in both documents, then what a
//! program sees of each. Every difference is a [`Change`] by a rule of [`rules`], with its place in both
//! documents.

mod aliases;
mod client;
mod docs;
mod inputs;
mod matched;
mod places;
mod render;
mod replies;
mod request;
pub mod rules;
mod sections;
mod structure;
mod types;

use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};

use crate::api::Api;
use crate::change::lock::identity::{self, Identity};
use crate::document::report::{Documents, Location, Place};
use crate::document::source::Source;
use crate::input::config::Config;
use crate::plan::names;
use crate::plan::{self, Crate, Outline};

pub use render::{json, markdown, text};
pub use rules::{Level, Rule};

/// A client, and what it was made of.
#[derive(Clone, Debug)]
pub struct Client<'a> {
    /// The documents.
    pub sources: Vec<&'a Source>,
    /// What they say.
    pub api: &'a Api,
    /// What is generated.
    pub plan: &'a Crate,
    /// How.
    pub config: &'a Config,
}

/// The differences between two clients.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Diff {
    /// How many requests the two have.
    pub requests: Requests,
    /// The changes: those of security, those of the client as a whole, then by request; of a request, what matters
    /// most comes first.
    pub changes: Vec<Change>,
    /// Whether levels are those for programs that write literals and patterns of structs without `..`.
    pub strict: bool,
}

/// Numbers of requests.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Requests {
    /// In the old client.
    pub old: usize,
    /// In the new one.
    pub new: usize,
    /// In the new one alone.
    pub added: usize,
    /// In the old one alone.
    pub removed: usize,
    /// In both, with a change.
    pub changed: usize,
    /// In both, without any.
    pub unchanged: usize,
}

/// A difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// The request that it is in; nothing for the client as a whole.
    pub request: Option<Subject>,
    /// What is another, in Rust (`Options.page_size`, `Failure::NotFound`); empty for the request itself.
    pub what: String,
    /// What it was.
    pub old: Version,
    /// What it is.
    pub new: Version,
}

/// A request that has changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Subject {
    /// Its module in the old client; in the new one, where it is new.
    pub module: String,
    /// Its folders and its name in the document.
    pub title: String,
    /// Its method and path.
    pub request: String,
}

/// One side of a difference.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Version {
    /// What stands there; nothing where there is nothing, or nothing to be shown in a word.
    pub text: Option<String>,
    /// Where.
    pub at: Option<Location>,
}

/// Compares a new client with an old one.
#[must_use]
pub fn compare(old: &Client<'_>, new: &Client<'_>) -> Diff {
    let (old_outlines, new_outlines) = (old.outlines(), new.outlines());
    let pairs = pairs((old, &old_outlines), (new, &new_outlines));
    let documents = (Documents::of(&old.sources), Documents::of(&new.sources));
    let mut diff = Diff::default();
    let mut both = Both {
        old,
        new,
        documents: &documents,
        request: None,
        changes: Vec::new(),
    };
    client::compare(&mut both);
    let mut changes = std::mem::take(&mut both.changes);
    let is_removed = |index: usize| pairs.iter().all(|(before, _)| *before != index);
    for (_, outline) in old_outlines
        .iter()
        .enumerate()
        .filter(|(index, _)| is_removed(*index))
    {
        both.request = Some(subject(outline, old.api));
        both.push(
            &rules::REQUEST_REMOVED,
            "",
            (None, Some(outline.operation.at)),
            (None, None),
        );
        diff.requests.removed += 1;
        changes.append(&mut both.changes);
    }
    for (index, outline) in new_outlines.iter().enumerate() {
        let pair = pairs.iter().find(|(_, after)| *after == index);
        if let Some(before) = pair.and_then(|(before, _)| old_outlines.get(*before)) {
            both.request = Some(subject(before, old.api));
            request::compare(&mut both, before, outline);
            let count = if both.changes.is_empty() {
                &mut diff.requests.unchanged
            } else {
                &mut diff.requests.changed
            };
            *count += 1;
        } else {
            both.request = Some(subject(outline, new.api));
            both.push(
                &rules::REQUEST_ADDED,
                "",
                (None, None),
                (None, Some(outline.operation.at)),
            );
            diff.requests.added += 1;
        }
        both.changes
            .sort_by_key(|change| std::cmp::Reverse(change.rule.level));
        changes.append(&mut both.changes);
    }
    changes.sort_by_key(|change| !change.rule.is_security());
    diff.requests.old = old_outlines.len();
    diff.requests.new = new_outlines.len();
    diff.changes = changes;
    diff
}

/// A client with its requests.
type Outlined<'a> = (&'a Client<'a>, &'a [Outline<'a>]);

/// The requests that are in both clients, by their indices: those that are the same in both documents, and,
/// of the others, those whose modules have the same path, for to a program they are one.
fn pairs(old: Outlined<'_>, new: Outlined<'_>) -> Vec<(usize, usize)> {
    let identities = |(client, outlines): Outlined<'_>| -> Vec<Identity> {
        let operations = outlines.iter().map(|outline| outline.operation);
        operations
            .map(|one| Identity::of(client.api, one))
            .collect()
    };
    let same = identity::pair(&identities(old), &identities(new));
    let same = same.iter().map(|pair| (pair.old, pair.new)).collect();
    let paths =
        |(_, outlines): Outlined<'_>| -> Vec<String> { outlines.iter().map(path).collect() };
    identity::with_modules(same, &paths(old), &paths(new))
}

impl Client<'_> {
    fn outlines(&self) -> Vec<Outline<'_>> {
        plan::outlines(self.api, self.plan)
    }
}

fn subject(outline: &Outline<'_>, api: &Api) -> Subject {
    let operation = outline.operation;
    Subject {
        module: path(outline),
        title: api.title(operation),
        request: format!("{} {}", operation.method, operation.path_template()),
    }
}

/// The path of the module of a request.
fn path(outline: &Outline<'_>) -> String {
    names::path(outline.path.iter().copied())
}

/// The two clients, and what was found so far.
struct Both<'a> {
    old: &'a Client<'a>,
    new: &'a Client<'a>,
    documents: &'a (Documents<'a>, Documents<'a>),
    request: Option<Subject>,
    changes: Vec<Change>,
}

/// What stands at a side of a difference, and where.
type Seen = (Option<String>, Option<Place>);

impl Both<'_> {
    fn push(&mut self, rule: &'static Rule, what: impl Into<String>, old: Seen, new: Seen) {
        let version = |(text, at): Seen, documents: &Documents<'_>| Version {
            text,
            at: at.and_then(|at| documents.location(at)),
        };
        self.changes.push(Change {
            rule,
            request: self.request.clone(),
            what: what.into(),
            old: version(old, &self.documents.0),
            new: version(new, &self.documents.1),
        });
    }
}

impl Diff {
    /// What all changes together mean; nothing, where there are none.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        self.changes
            .iter()
            .map(|change| self.level_of(change.rule))
            .max()
    }

    /// Whether requests, and the credentials in them, go elsewhere.
    #[must_use]
    pub fn is_security(&self) -> bool {
        self.changes.iter().any(|change| change.rule.is_security())
    }

    /// What a change by a rule means.
    #[must_use]
    pub fn level_of(&self, rule: &Rule) -> Level {
        if self.strict { rule.strict } else { rule.level }
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Change", 10)?;
        object.serialize_field("rule", self.rule.code)?;
        object.serialize_field("level", &self.rule.level)?;
        object.serialize_field("strict", &self.rule.strict)?;
        object.serialize_field("security", &self.rule.is_security())?;
        object.serialize_field("summary", self.rule.summary)?;
        object.serialize_field("request", &self.request)?;
        object.serialize_field("what", &self.what)?;
        object.serialize_field("old", &self.old)?;
        object.serialize_field("new", &self.new)?;
        object.serialize_field("help", self.rule.help)?;
        object.end()
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

#[cfg(test)]
mod tests;
