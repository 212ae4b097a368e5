//! Which operation of one document is which of another: the same request, edited.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Operation, PathPart};

/// What tells an operation from others, whatever else is changed in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Identity {
    /// What the document tells it by.
    pub id: Option<String>,
    /// The method.
    pub method: String,
    /// The path, with `{}` for each variable: their names do not count.
    pub path: String,
    /// The names of the folders around, outermost first.
    pub folders: Vec<String>,
    /// The name.
    pub name: String,
}

/// By what two operations were found to be the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum By {
    /// Their id.
    Id,
    /// Their method and path.
    Request,
    /// Their name and folder.
    Name,
}

/// An operation of the old document that is one of the new, each by its index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Pair {
    /// The index of the old one.
    pub old: usize,
    /// The index of the new one.
    pub new: usize,
    /// What tells.
    pub by: By,
}

impl Identity {
    /// The identity of an operation of an API.
    #[must_use]
    pub fn of(api: &Api, operation: &Operation) -> Self {
        let path: String = operation.path.iter().map(segment).collect();
        let folders = api.folder_path(operation.folder).into_iter();
        Self {
            id: operation.id.clone(),
            method: operation.method.clone(),
            path: path.trim_end_matches('/').to_owned(),
            folders: folders.map(str::to_owned).collect(),
            name: operation.title(),
        }
    }
}

fn segment(part: &PathPart) -> &str {
    match part {
        PathPart::Text(text) => text,
        PathPart::Input(_) => "{}",
    }
}

/// What two operations must have in common, and what that tells. Nothing is compared where it is not there.
type Trait = (By, fn(&Identity) -> Option<Vec<&str>>);

/// From the strongest to the weakest.
const TRAITS: &[Trait] = &[
    (By::Id, |one| Some(vec![one.id.as_deref()?])),
    (By::Request, |one| {
        Some(joined(&[&one.method, &one.path, &one.name], &one.folders))
    }),
    (By::Request, |one| {
        Some(vec![&one.method, &one.path, &one.name])
    }),
    (By::Request, |one| {
        Some(joined(&[&one.method, &one.path], &one.folders))
    }),
    (By::Request, |one| Some(vec![&one.method, &one.path])),
    (By::Name, |one| {
        Some(joined(&[&one.name, &one.method], &one.folders))
    }),
    (By::Name, |one| Some(joined(&[&one.name], &one.folders))),
];

/// The one of them that is everything but the id.
const EVERYTHING: usize = 1;

fn joined<'a>(own: &[&'a str], folders: &'a [String]) -> Vec<&'a str> {
    own.iter()
        .copied()
        .chain(folders.iter().map(String::as_str))
        .collect()
}

/// Finds the operations that two documents have in common, in the order of the new one.
///
/// An operation is found by its id, else by method and path, else by name and folder; by something that
/// several have it is not, so that no guess gives a request the name of another. Only requests that agree in
/// everything but the id are told by their order.
#[must_use]
pub fn pair(old: &[Identity], new: &[Identity]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut found = (BTreeSet::new(), BTreeSet::new());
    for (index, (by, of)) in TRAITS.iter().enumerate() {
        let olds = groups(old, &found.0, *of);
        let news = groups(new, &found.1, *of);
        for (key, news) in news {
            let Some(olds) = olds.get(&key) else { continue };
            if index == EVERYTHING || (olds.len() == 1 && news.len() == 1) {
                let both = olds.iter().zip(news);
                pairs.extend(both.map(|(&old, new)| Pair { old, new, by: *by }));
            }
        }
        found.0.extend(pairs.iter().map(|pair| pair.old));
        found.1.extend(pairs.iter().map(|pair| pair.new));
    }
    pairs.sort_unstable_by_key(|pair| pair.new);
    pairs
}

/// Adds the pairs of those that are left whose modules have the same path: whatever they are in the documents,
/// to a program they are one request.
#[must_use]
pub fn with_modules<P: Ord>(
    mut pairs: Vec<(usize, usize)>,
    old: &[P],
    new: &[P],
) -> Vec<(usize, usize)> {
    let found: (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
    let left = old.iter().enumerate();
    let left = left.filter(|(index, _)| !found.0.contains(index));
    let left: BTreeMap<&P, usize> = left.map(|(index, path)| (path, index)).collect();
    let others = new.iter().enumerate();
    let others = others.filter(|(index, _)| !found.1.contains(index));
    pairs.extend(others.filter_map(|(index, path)| Some((*left.get(path)?, index))));
    pairs
}

/// The operations that are not found yet, by what they must have in common.
fn groups<'a>(
    all: &'a [Identity],
    found: &BTreeSet<usize>,
    of: fn(&Identity) -> Option<Vec<&str>>,
) -> BTreeMap<Vec<&'a str>, Vec<usize>> {
    let mut groups: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for (index, one) in all.iter().enumerate() {
        if let Some(key) = of(one).filter(|_| !found.contains(&index)) {
            groups.entry(key).or_default().push(index);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `id folder/name METHOD path`, with `-` for no id.
    fn identities(lines: &[&str]) -> Vec<Identity> {
        let read = |line: &&str| {
            let words: Vec<&str> = line.split(' ').collect();
            let mut names: Vec<String> = words[1].split('/').map(str::to_owned).collect();
            Identity {
                id: Some(words[0].to_owned()).filter(|id| id != "-"),
                name: names.pop().unwrap_or_default(),
                folders: names,
                method: words[2].to_owned(),
                path: words[3].to_owned(),
            }
        };
        lines.iter().map(read).collect()
    }

    #[test]
    fn finds_what_is_the_same() {
        let check = |old: &[&str], new: &[&str], expected: &str| {
            let pairs = pair(&identities(old), &identities(new));
            let shown: Vec<String> = pairs
                .iter()
                .map(|pair| format!("{}={}:{:?}", pair.old, pair.new, pair.by))
                .collect();
            assert_eq!(shown.join(" "), expected, "{old:?} {new:?}");
        };
        // All but the id is changed; the id is; both are, and the folder.
        check(&["1 a/x GET /x"], &["1 b/y PUT /y"], "0=0:Id");
        check(&["1 a/x GET /x"], &["2 a/x GET /x"], "0=0:Request");
        check(&["1 a/x GET /x"], &["2 b/y GET /x"], "0=0:Request");
        check(&["1 a/x GET /x"], &["2 a/x PUT /y"], "0=0:Name");
        check(&["1 a/x GET /x"], &["2 b/x PUT /y"], "");
        // In another order; one more, one less.
        check(
            &["- x GET /x", "- y GET /y"],
            &["- y GET /y", "- z GET /z", "- x GET /x"],
            "1=0:Request 0=2:Request",
        );
        // Several of one method and path are told by their names, and the last that is left by being that.
        check(
            &["- x GET /x", "- y GET /x"],
            &["- z GET /x", "- x GET /x"],
            "1=0:Request 0=1:Request",
        );
        check(&["- x GET /x"], &["- y GET /x", "- z GET /x"], "");
        // What has nothing of its own is told by its order.
        check(
            &["- x GET /x", "- x GET /x"],
            &["- x GET /x", "- x GET /x"],
            "0=0:Request 1=1:Request",
        );
        // An id that two have tells nothing.
        check(
            &["1 x GET /x", "1 y GET /y"],
            &["1 y GET /y", "1 x GET /x"],
            "1=0:Request 0=1:Request",
        );
    }
}
