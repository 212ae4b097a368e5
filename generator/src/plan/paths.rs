//! Where modules are: the names of folders and requests, each with a name of its own.
//!
//! A request that is known from an earlier run stays where it was, wherever the document has it now; a new
//! one goes into the module of its folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Operation};
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Pin, Pins};

/// Names at the root that are taken: by the generated code itself, or because Cargo gives files of that
/// name a meaning.
const RESERVED_AT_ROOT: &[&str] = &[
    "runtime",
    "types",
    "saved_responses",
    "blocking",
    "main",
    "lib",
    "bin",
];

/// The modules down to each folder and to each request, by their indices.
pub(super) struct Paths {
    pub(super) operations: Vec<Vec<Ident>>,
    pub(super) folders: Vec<Vec<Ident>>,
}

/// Where modules were in an earlier run, as far as they are to stay there.
struct Known<'p> {
    operations: Vec<Option<&'p [Ident]>>,
    folders: Vec<Option<&'p [Ident]>>,
    /// Where aliases are.
    former: BTreeSet<&'p [Ident]>,
}

impl<'p> Known<'p> {
    fn of(api: &Api, pins: &'p Pins) -> Self {
        let known = pins.requests.iter().flatten();
        Self {
            operations: (0..api.operations.len())
                .map(|index| pins.request(index).map(|pin| pin.path.as_slice()))
                .collect(),
            folders: (0..api.folders.len())
                .map(|index| pins.folder(index))
                .collect(),
            former: known
                .flat_map(|pin| &pin.former)
                .map(Vec::as_slice)
                .collect(),
        }
    }
}

/// Something that becomes a module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Child {
    /// A folder by its index; nothing where only requests that are known lie in the module.
    Group(Option<usize>),
    Operation(usize),
}

/// A module that holds others.
struct Place<'p> {
    /// The folder that it is of; nothing for the root and for what no folder is of.
    folder: Option<usize>,
    is_root: bool,
    /// The modules down to it in the earlier run.
    was: Option<&'p [Ident]>,
    /// The modules down to it.
    path: Vec<Ident>,
}

/// Names the modules of an API. `own` are names at the root that modules of the user have; `natural` is what
/// [`natural`] gives.
pub(super) fn paths(api: &Api, pins: &Pins, own: &[&str], natural: &Paths) -> Paths {
    let mut known = Known::of(api, pins);
    let gives_way = |index: &usize| {
        let natural = &natural.operations[*index];
        let pin = pins.request(*index);
        pin.is_some_and(|pin| gives_way(pin, &api.operations[*index], natural))
    };
    let leaving: Vec<usize> = (0..api.operations.len()).filter(gives_way).collect();
    if !leaving.is_empty() {
        for &index in &leaving {
            known.operations[index] = None;
        }
        let tried = name_all(api, &known, own);
        for &index in &leaving {
            let Some(pin) = pins.request(index) else {
                continue;
            };
            // What gets the name that it had anyway does not leave it.
            if tried.operations[index] == pin.path {
                known.operations[index] = Some(&pin.path);
            } else {
                known.former.insert(&pin.path);
            }
        }
    }
    name_all(api, &known, own)
}

/// The modules as they would be without an earlier run.
pub(super) fn natural(api: &Api, own: &[&str]) -> Paths {
    name_all(api, &Known::of(api, &Pins::default()), own)
}

/// Whether a request gets another name, because the user says so.
fn gives_way(pin: &Pin, operation: &Operation, natural: &[Ident]) -> bool {
    let is_chosen = operation.rename.is_some() && pin.path.last() != natural.last();
    is_chosen || (pin.renames && pin.path != natural)
}

fn name_all(api: &Api, known: &Known<'_>, own: &[&str]) -> Paths {
    let mut namer = PathNamer {
        api,
        known,
        own,
        has_new: has_new(api, known),
        paths: Paths {
            operations: vec![Vec::new(); api.operations.len()],
            folders: vec![Vec::new(); api.folders.len()],
        },
    };
    namer.name(&Place {
        folder: None,
        is_root: true,
        was: Some(&[]),
        path: Vec::new(),
    });
    namer.paths
}

/// Whether each folder has a request, however deep, that goes into its module.
fn has_new(api: &Api, known: &Known<'_>) -> Vec<bool> {
    let mut has_new = vec![false; api.folders.len()];
    let all = api.operations.iter().zip(&known.operations);
    for (operation, _) in all.filter(|(_, known)| known.is_none()) {
        let mut next = operation.folder;
        while let Some(index) = next.filter(|&index| !has_new[index]) {
            has_new[index] = true;
            // What lies in a folder that is known does not need the folder around it.
            next = api.folders[index]
                .parent
                .filter(|_| known.folders[index].is_none());
        }
    }
    has_new
}

struct PathNamer<'a> {
    api: &'a Api,
    known: &'a Known<'a>,
    own: &'a [&'a str],
    has_new: Vec<bool>,
    paths: Paths,
}

impl<'a> PathNamer<'a> {
    /// Names what lies in a module, and what lies in that.
    fn name(&mut self, place: &Place<'a>) {
        let mut children = self.new_children(place);
        let known = self.known_children(place);
        let kept = children
            .iter()
            .map(|_| None)
            .chain(known.iter().map(|(_, ident)| Some(*ident)));
        let kept: Vec<Option<&Ident>> = kept.collect();
        children.extend(known.iter().map(|(child, _)| *child));
        let candidates: Vec<Vec<Ident>> = children
            .iter()
            .zip(&kept)
            .map(|(child, kept)| self.candidates(*child, *kept))
            .collect();
        let idents = names::keep(&candidates, &kept, &self.reserved(place));
        for ((child, kept), ident) in children.into_iter().zip(kept).zip(idents) {
            let path: Vec<Ident> = place.path.iter().cloned().chain([ident]).collect();
            match child {
                Child::Operation(index) => self.paths.operations[index] = path,
                Child::Group(folder) => {
                    if let Some(index) = folder {
                        self.paths.folders[index].clone_from(&path);
                    }
                    let was = kept.and_then(|ident| self.below(place, ident));
                    self.name(&Place {
                        folder,
                        is_root: false,
                        was,
                        path,
                    });
                }
            }
        }
    }

    /// What the document has in a folder, in its order, folders first, without what is known. A folder without
    /// a request, however deep, is no module.
    fn new_children(&self, place: &Place<'_>) -> Vec<Child> {
        if place.folder.is_none() && !place.is_root {
            return Vec::new();
        }
        let folders = self.api.folders.iter().enumerate();
        let folders = folders.filter(|(index, folder)| {
            folder.parent == place.folder
                && self.has_new[*index]
                && self.known.folders[*index].is_none()
        });
        let operations = self.api.operations.iter().enumerate();
        let operations = operations.filter(|(index, operation)| {
            operation.folder == place.folder && self.known.operations[*index].is_none()
        });
        let folders = folders.map(|(index, _)| Child::Group(Some(index)));
        folders
            .chain(operations.map(|(index, _)| Child::Operation(index)))
            .collect()
    }

    /// What lay in a module in the earlier run, with its name.
    fn known_children(&self, place: &Place<'a>) -> Vec<(Child, &'a Ident)> {
        let Some(was) = place.was else {
            return Vec::new();
        };
        let mut groups: BTreeMap<&Ident, Option<usize>> = BTreeMap::new();
        let mut operations = Vec::new();
        for (index, path) in self.known.operations.iter().enumerate() {
            match path.and_then(|path| path.strip_prefix(was)) {
                Some([ident]) => operations.push((Child::Operation(index), ident)),
                Some([ident, ..]) => {
                    groups.entry(ident).or_default();
                }
                Some([]) | None => {}
            }
        }
        for (index, path) in self.known.folders.iter().enumerate() {
            match path.and_then(|path| path.strip_prefix(was)) {
                Some([ident]) if self.has_new[index] || groups.contains_key(ident) => {
                    groups.insert(ident, Some(index));
                }
                Some([ident, _, ..]) if self.has_new[index] => {
                    groups.entry(ident).or_default();
                }
                _ => {}
            }
        }
        let groups = groups
            .into_iter()
            .map(|(ident, folder)| (Child::Group(folder), ident));
        groups.chain(operations).collect()
    }

    /// The path of a group that is known, as the earlier run had it: a part of one that is known.
    fn below(&self, place: &Place<'a>, ident: &Ident) -> Option<&'a [Ident]> {
        let was = place.was?;
        let operations = self.known.operations.iter().flatten();
        let mut all = operations.chain(self.known.folders.iter().flatten());
        all.find_map(|path| {
            let is_it = path.strip_prefix(was)?.first() == Some(ident);
            path.get(..=was.len()).filter(|_| is_it)
        })
    }

    /// Names that nothing in a module may have: those of the generated code, and those that requests had.
    fn reserved(&self, place: &Place<'_>) -> Vec<&'a str> {
        let (fixed, own) = if place.is_root {
            (RESERVED_AT_ROOT, self.own)
        } else {
            Default::default()
        };
        let former = self.known.former.iter();
        let former = former
            .filter_map(|path| path.split_last())
            .filter(|(_, above)| *above == place.path)
            .map(|(ident, _)| ident.as_str());
        fixed.iter().chain(own).copied().chain(former).collect()
    }

    /// The names that a child may have, the best first.
    fn candidates(&self, child: Child, kept: Option<&Ident>) -> Vec<Ident> {
        match child {
            Child::Group(Some(index)) => {
                let name = names::module(&self.api.folders[index].name);
                vec![name.unwrap_or_else(|| names::fixed("folder"))]
            }
            Child::Group(None) => vec![kept.cloned().unwrap_or_else(|| names::fixed("folder"))],
            Child::Operation(index) => wishes(&self.api.operations[index]),
        }
    }
}

/// The name of a request, with the method, with the path.
pub(super) fn wishes(operation: &Operation) -> Vec<Ident> {
    if let Some(chosen) = operation.rename.as_deref().and_then(names::module) {
        return vec![chosen];
    }
    let path = operation.path_template();
    let name = Some(operation.name.as_str()).filter(|name| !name.contains("://"));
    let plain = name.and_then(names::module);
    let by_path = || names::joined(&[&operation.method, &path], names::module);
    let with_method = names::joined(&[&operation.name, &operation.method], names::module);
    let with_path = names::joined(&[&operation.name, &operation.method, &path], names::module);
    let first = plain
        .clone()
        .or_else(by_path)
        .unwrap_or_else(|| names::fixed("request"));
    let more = [with_method, with_path]
        .into_iter()
        .flatten()
        .filter(|_| plain.is_some());
    std::iter::once(first).chain(more).collect()
}
