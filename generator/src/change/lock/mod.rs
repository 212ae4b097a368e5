//! What the names of an earlier run were given to: the content of `letterpress.lock`.
//!
//! A name belongs to a thing in the documents, whatever happens around that: requests are recognised by
//! [`identity`], what lies in them by its place.

mod aliases;
pub mod identity;
mod summary;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use wildmatch::WildMatch;

use crate::api::{Api, Operation, PathPart};
use crate::document::digest;
use crate::document::place::PlacePath;
use crate::document::report::Report;
use crate::document::report::rules;
use crate::document::source::Source;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, Names, Pin, Pins};
use crate::plan::{Crate, Group, Module};
use identity::{By, Identity};

pub use summary::Summary;
pub use text::Damage;

/// The name of the file.
pub const FILE_NAME: &str = "letterpress.lock";

/// The names of a client, and what they were given to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock {
    /// The version of the client, once it was given one.
    pub version: Option<String>,
    /// The documents, by their file names, with their digests.
    pub inputs: BTreeSet<(String, String)>,
    /// The constants of base URLs, by the names of the bases.
    pub bases: Names,
    /// The names of and in the types of named schemas, by the names of the schemas.
    pub schemas: Names,
    /// The modules of folders, with the names of the folders down to it.
    pub folders: BTreeMap<Vec<Ident>, Vec<String>>,
    /// The requests, by their modules.
    pub requests: BTreeMap<Vec<Ident>, Entry>,
    /// Whether a line of the file could not be read: names are missing then.
    pub is_damaged: bool,
}

/// A request with its names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// What tells it from others.
    pub identity: Identity,
    /// The variables of its path, in order.
    pub variables: Vec<String>,
    /// Modules that it had before.
    pub former: BTreeSet<Vec<Ident>>,
    /// The names in its module.
    pub names: Names,
}

impl Lock {
    /// Reads a lock. What is damaged in it is reported, and the rest counts.
    pub fn read(report: &mut Report, source: &Source) -> Self {
        let (mut lock, damages) = text::read(&source.text);
        lock.is_damaged = !damages.is_empty();
        for Damage { line, reason } in damages {
            let label = format!("{}:{line}: {reason}", source.name);
            report.push_general(&rules::LOCK_DAMAGED, label);
        }
        lock
    }

    /// The lock of a client.
    #[must_use]
    pub fn of(sources: &[&Source], api: &Api, plan: &Crate, pins: &Pins) -> Self {
        let inputs = sources.iter();
        let inputs = inputs.map(|one| (one.file_name().to_owned(), digest::digest(&one.text)));
        let mut lock = Self {
            inputs: inputs.collect(),
            bases: plan.base_names.clone(),
            schemas: plan.schema_names.clone(),
            ..Self::default()
        };
        for (path, module) in plan.requests() {
            if let Some(operation) = api.operations.get(module.operation) {
                let known = pins.request(module.operation);
                lock.requests
                    .insert(path, Entry::of(api, operation, module, known));
            }
        }
        lock.add_folders(api, &plan.root, &[]);
        lock.tell_apart();
        lock
    }

    /// Leaves what a request sends only to those that share a method and path.
    fn tell_apart(&mut self) {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        let key = |one: &Identity| (one.method.clone(), one.path.clone());
        for entry in self.requests.values() {
            *counts.entry(key(&entry.identity)).or_default() += 1;
        }
        for Entry { identity, .. } in self.requests.values_mut() {
            if counts.get(&key(identity)) == Some(&1) {
                identity.content = None;
            }
        }
    }

    /// Whether a file holds these names, for the same things. Of which documents does not count: their digests
    /// change more often.
    #[must_use]
    pub fn is_held_by(&self, file: &Source) -> bool {
        let names = |lock: Self| Self {
            inputs: BTreeSet::new(),
            ..lock
        };
        let (held, _) = text::read(&file.text);
        names(held) == names(self.clone())
    }

    fn add_folders(&mut self, api: &Api, group: &Group, path: &[Ident]) {
        if let Some(index) = group.folder {
            let names = api.folder_path(Some(index)).into_iter();
            self.folders
                .insert(path.to_vec(), names.map(str::to_owned).collect());
        }
        for (ident, group) in &group.groups {
            let path: Vec<Ident> = path.iter().chain([ident]).cloned().collect();
            self.add_folders(api, group, &path);
        }
    }

    /// Keeps what an earlier lock knows beside this one: the requests of a document that has errors may come
    /// back.
    pub fn keep(&mut self, earlier: Self) {
        let requests = earlier.requests.into_iter();
        for (path, entry) in requests.filter(|(path, _)| !path.is_empty()) {
            self.requests.entry(path).or_insert(entry);
        }
        for (path, names) in earlier.folders {
            self.folders.entry(path).or_insert(names);
        }
    }

    /// What is known of an API. Modules that `rename` matches are to have new names.
    #[must_use]
    pub fn pins(&self, api: &Api, rename: Option<&str>) -> Pins {
        let rename = rename.map(WildMatch::new);
        let gives_way = |path: &[Ident]| {
            rename
                .as_ref()
                .is_some_and(|one| one.matches(&names::path(path)))
        };
        let old: Vec<(&Vec<Ident>, &Entry)> = self.requests.iter().collect();
        let before: Vec<Identity> = old
            .iter()
            .map(|(_, entry)| entry.identity.clone())
            .collect();
        let operations = api.operations.iter();
        let now: Vec<Identity> = operations.map(|one| Identity::of(api, one)).collect();
        let mut requests: Vec<Option<Pin>> = vec![None; now.len()];
        for pair in identity::pair(&before, &now) {
            let (Some((path, entry)), Some(operation)) =
                (old.get(pair.old), api.operations.get(pair.new))
            else {
                continue;
            };
            requests[pair.new] = Some(Pin {
                path: (*path).clone(),
                former: entry.former.clone(),
                names: entry.names_in(operation),
                // An id that has changed once tells nothing.
                id: operation
                    .id
                    .clone()
                    .filter(|id| entry.identity.id.as_ref() == Some(id)),
                by: by(pair.by),
                renames: gives_way(path),
            });
        }
        let folders = self.folders_of(api, &requests).into_iter();
        let bases = self.bases_of(api);
        let current = bases.current.iter();
        let renamed = current.filter(|(_, ident)| gives_way(std::slice::from_ref(*ident)));
        Pins {
            folders: folders
                .map(|path| path.filter(|path| !gives_way(path)))
                .collect(),
            renamed_bases: renamed.map(|((_, place), _)| base_at(place)).collect(),
            bases,
            schemas: self.schemas.clone(),
            requests,
        }
    }

    /// The module that each folder had: by its names, where several have them by what lies in it, else by that
    /// alone.
    fn folders_of(&self, api: &Api, requests: &[Option<Pin>]) -> Vec<Option<Vec<Ident>>> {
        let mut found: Vec<Option<Vec<Ident>>> = vec![None; api.folders.len()];
        let held = held(api, requests);
        let rounds = [(true, true), (true, false), (false, true)];
        for (by_names, by_content) in rounds {
            for index in 0..api.folders.len() {
                if found[index].is_some() {
                    continue;
                }
                let names = api.folder_path(Some(index));
                let held = &held[index];
                let count =
                    |path: &Vec<Ident>| held.get(path.as_slice()).copied().unwrap_or_default();
                let folders = self.folders.iter();
                let fitting = folders.filter(|(path, old)| {
                    let is_free = !found.iter().flatten().any(|taken| taken == *path);
                    is_free && (!by_names || **old == names) && (!by_content || count(path) > 0)
                });
                // Among equals, the first by name: the order of the document does not count.
                let most = fitting.max_by(|(a, _), (b, _)| count(a).cmp(&count(b)).then(b.cmp(a)));
                found[index] = most.map(|(path, _)| path.clone());
            }
        }
        found
    }

    /// The constants of the bases: by their names; a single one that has another name is the same.
    fn bases_of(&self, api: &Api) -> Names {
        let now: BTreeSet<&String> = api.operations.iter().map(|one| &one.base.name).collect();
        let known: BTreeSet<String> = self
            .bases
            .current
            .keys()
            .map(|(_, at)| base_at(at))
            .collect();
        let gone: Vec<&String> = known.iter().filter(|one| !now.contains(one)).collect();
        let new: Vec<&String> = now
            .into_iter()
            .filter(|one| !known.contains(*one))
            .collect();
        match (gone.as_slice(), new.as_slice()) {
            ([old], [new]) => self
                .bases
                .moved(&PlacePath::root(*old), &PlacePath::root(*new)),
            _ => self.bases.clone(),
        }
    }
}

/// The name of the base that a constant is of.
fn base_at(place: &PlacePath) -> String {
    place.names().first().cloned().unwrap_or_default()
}

impl Entry {
    fn of(api: &Api, operation: &Operation, module: &Module, known: Option<&Pin>) -> Self {
        let mut identity = Identity::of(api, operation);
        if let Some(pin) = known {
            identity.id.clone_from(&pin.id);
        }
        Self {
            identity,
            variables: variables(operation),
            former: module.former.clone(),
            names: module.names.clone(),
        }
    }

    /// The names, by the places that they have in an operation now: a variable of its path may be called
    /// otherwise.
    fn names_in(&self, operation: &Operation) -> Names {
        let now = variables(operation);
        let mut names = self.names.clone();
        if now.len() != self.variables.len() {
            return names;
        }
        for (old, new) in self.variables.iter().zip(&now) {
            if now.contains(old) || self.variables.contains(new) {
                continue;
            }
            let place = |name: &String| PlacePath::root("path").below(name);
            names = names.moved(&place(old), &place(new));
        }
        names
    }
}

/// The variables of a path, each once, in order.
fn variables(operation: &Operation) -> Vec<String> {
    let inputs = operation.path.iter().filter_map(PathPart::input);
    let mut names: Vec<String> = Vec::new();
    for input in inputs {
        if !names.contains(&input.name) {
            names.push(input.name.clone());
        }
    }
    names
}

/// The modules that each folder had by the requests in it and in folders below, each with how many of them.
fn held<'p>(api: &Api, requests: &'p [Option<Pin>]) -> Vec<BTreeMap<&'p [Ident], usize>> {
    let mut held = vec![BTreeMap::new(); api.folders.len()];
    for (operation, pin) in api.operations.iter().zip(requests) {
        let mut path = pin.as_ref().map(|pin| pin.path.as_slice());
        let mut around = operation.folder;
        // Each folder outward is one module outward.
        while let (Some(folder), Some((_, above))) = (around, path.and_then(<[Ident]>::split_last))
        {
            *held[folder].entry(above).or_default() += 1;
            around = api.folders[folder].parent;
            path = Some(above);
        }
    }
    held
}

fn by(by: By) -> &'static str {
    match by {
        By::Id => "the same id",
        By::Request => "the same method and path",
        By::Name => "the same name and folder",
    }
}

impl Kind {
    /// What has a name inside of the module of a request.
    const INSIDE: [Self; 3] = [Self::Field, Self::Type, Self::Variant];
}

#[cfg(test)]
mod tests;
