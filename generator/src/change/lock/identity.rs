//! Which operation of one document is which of another: the same request, edited.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Operation, PathPart};
use crate::document::digest;
use crate::proof::wire;

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
    /// The digest of what it sends with the examples of the document. A lock has it only where others have the same
    /// method and path, so that it does not change with each example.
    pub content: Option<String>,
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
            content: Some(content(operation)),
        }
    }
}

/// The digest of what an operation sends, without secrets, and whatever it is called.
fn content(operation: &Operation) -> String {
    let line = wire::example(operation, &operation.base.name);
    let mut text = line.url;
    for (name, value) in &line.headers {
        text.extend(["\n", name, ": ", value]);
    }
    text.push('\n');
    text.extend(line.body);
    for part in line.multipart.iter().flatten() {
        let value = part.text.as_deref().or(part.filename.as_deref());
        let name = part.name.as_deref().unwrap_or_default();
        text.extend(["\n", name, "=", value.unwrap_or_default()]);
    }
    digest::digest(&text)
}

fn segment(part: &PathPart) -> &str {
    match part {
        PathPart::Text(text) => text,
        PathPart::Input(_) => "{}",
    }
}

/// Something that two operations can have in common.
#[derive(Clone, Copy)]
enum Trait {
    Id,
    MethodAndPath,
    Content,
    Method,
    Name,
    /// The nearest folder.
    Folder,
    /// All of them.
    Folders,
}

impl Trait {
    /// What an identity says of it. Nothing is compared where it is not there.
    fn of(self, one: &Identity) -> Option<Vec<&str>> {
        match self {
            Self::Id => Some(vec![one.id.as_deref()?]),
            Self::MethodAndPath => Some(vec![&one.method, &one.path]),
            Self::Content => Some(vec![one.content.as_deref()?]),
            Self::Method => Some(vec![&one.method]),
            Self::Name => Some(vec![&one.name]),
            Self::Folder => Some(vec![one.folders.last()?]),
            Self::Folders => Some(one.folders.iter().map(String::as_str).collect()),
        }
    }
}

/// What tells that two operations are the same, from the strongest to the weakest; and whether those of which
/// several have it are told by their order, as they differ in nothing that counts.
const EVIDENCE: &[(By, &[Trait], bool)] = {
    use Trait::{Content, Folder, Folders, Id, Method, MethodAndPath, Name};
    &[
        (By::Id, &[Id], false),
        (By::Request, &[MethodAndPath, Name, Content, Folders], true),
        (By::Request, &[MethodAndPath, Name, Folders], true),
        (By::Request, &[MethodAndPath, Name, Content, Folder], true),
        (By::Request, &[MethodAndPath, Name, Content], true),
        (By::Request, &[MethodAndPath, Name], false),
        (By::Request, &[MethodAndPath, Content, Folders], true),
        (By::Request, &[MethodAndPath, Content], true),
        (By::Request, &[MethodAndPath, Folders], false),
        (By::Request, &[MethodAndPath], false),
        (By::Name, &[Method, Name, Folders], false),
        (By::Name, &[Name, Folders], false),
    ]
};

/// Finds the operations that two documents have in common, in the order of the new one.
///
/// An operation is found by its id, else by method and path, else by name and folder; by something that
/// several have it is not, so that no guess gives a request the name of another. Where several have a method and
/// path, what they send tells them, whatever they are called. Only requests that send the same, or agree in name and
/// folder too, are told by their order.
#[must_use]
pub fn pair(old: &[Identity], new: &[Identity]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut found = (BTreeSet::new(), BTreeSet::new());
    for (by, traits, ordered) in EVIDENCE {
        let olds = groups(old, &found.0, traits);
        let news = groups(new, &found.1, traits);
        for (key, news) in news {
            let Some(olds) = olds.get(&key) else { continue };
            if *ordered || (olds.len() == 1 && news.len() == 1) {
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
    traits: &[Trait],
) -> BTreeMap<Vec<&'a str>, Vec<usize>> {
    let mut groups: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for (index, one) in all.iter().enumerate() {
        let key: Option<Vec<Vec<&str>>> = traits.iter().map(|part| part.of(one)).collect();
        if let Some(key) = key.filter(|_| !found.contains(&index)) {
            groups.entry(key.concat()).or_default().push(index);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `id folder/name METHOD path content`, with `-` for no id; the content may be left out.
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
                content: words.get(4).map(|&content| content.to_owned()),
            }
        };
        lines.iter().map(read).collect()
    }

    /// Checks which of the old are which of the new, by their indices, and by what.
    #[track_caller]
    fn check(old: &[&str], new: &[&str], expected: &str) {
        let pairs = pair(&identities(old), &identities(new));
        let shown: Vec<String> = pairs
            .iter()
            .map(|pair| format!("{}={}:{:?}", pair.old, pair.new, pair.by))
            .collect();
        assert_eq!(shown.join(" "), expected, "{old:?} {new:?}");
    }

    #[test]
    fn finds_what_is_the_same() {
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

    #[test]
    fn what_is_sent_tells_requests_of_one_path() {
        // Where names and folders are others too, what they send tells them; if both know it.
        check(
            &["- a/x GET /x c", "- a/y GET /x d"],
            &["- b/v GET /x d", "- b/w GET /x c"],
            "1=0:Request 0=1:Request",
        );
        check(
            &["- a/x GET /x", "- a/y GET /x"],
            &["- b/v GET /x d", "- b/w GET /x c"],
            "",
        );
        check(
            &["- a/x GET /x c", "- a/x GET /x d", "- b/x GET /x d"],
            &["- c/x GET /x c", "- a/x GET /x d", "- a/x GET /x e"],
            "2=0:Request 1=1:Request 0=2:Request",
        );
        // Where they send the same, by the nearest folder.
        check(
            &["- a/b/x GET /x c", "- a/d/x GET /x c"],
            &["- e/d/x GET /x c", "- e/b/x GET /x c"],
            "1=0:Request 0=1:Request",
        );
    }
}
