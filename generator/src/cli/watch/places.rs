//! The places that documents are read from, and the folders in which their changes show.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use letterpress::document::printable;
use notify::RecursiveMode::{self, NonRecursive, Recursive};

/// Files, and folders with all that lies in them. They need not be there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Places {
    /// As events name them.
    read: BTreeSet<PathBuf>,
    /// The folder that this program writes to.
    written: Option<PathBuf>,
    /// As the user does.
    named: Vec<String>,
}

impl Places {
    pub(super) fn of(named: &[PathBuf], written: Option<&Path>) -> Self {
        let read = named.iter().map(|place| resolved(place));
        // A link may be replaced, and so may what it leads to.
        let targets = named.iter().filter_map(|place| place.canonicalize().ok());
        Self {
            read: read.chain(targets).collect(),
            written: written.map(resolved),
            named: named.iter().map(printable::path).collect(),
        }
    }

    /// Whether what happens to a path happens to a place: it is one, lies in one, or a place lies in it. What
    /// this program writes into a place is nothing that happens to it.
    pub(super) fn concern(&self, path: &Path) -> bool {
        let is_own = |place: &Path| {
            let mut written = self.written.iter();
            written.any(|out| out.starts_with(place) && path.starts_with(out))
        };
        let mut places = self.read.iter();
        places.any(|place| place.starts_with(path) || (path.starts_with(place) && !is_own(place)))
    }

    /// The folders to watch. A file is watched from its folder, as editors put another in its place; what is
    /// not there, from the nearest folder that is.
    pub(super) fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let trees: BTreeSet<&PathBuf> = self.read.iter().filter(|place| place.is_dir()).collect();
        let around = self.read.iter().filter_map(|place| {
            let mut above = place.ancestors().skip(1);
            above.find(|folder| folder.is_dir())
        });
        let is_in_tree = |folder: &Path| trees.iter().any(|tree| folder.starts_with(tree));
        let around = around.filter(|folder| !is_in_tree(folder));
        let mut folders: BTreeMap<PathBuf, RecursiveMode> = around
            .map(|folder| (folder.to_owned(), NonRecursive))
            .collect();
        let is_inner = |tree: &Path| tree.ancestors().skip(1).any(is_in_tree);
        let outer = trees.iter().filter(|tree| !is_inner(tree));
        folders.extend(outer.map(|tree| ((*tree).clone(), Recursive)));
        folders
    }
}

impl fmt::Display for Places {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.named.join(", "))
    }
}

/// A path without links and `..` as far as it exists.
fn resolved(place: &Path) -> PathBuf {
    let absolute = std::path::absolute(place).unwrap_or_else(|_| place.to_owned());
    let above = absolute.ancestors().skip(1);
    let mut found = above.filter_map(|folder| {
        let below = absolute.strip_prefix(folder).ok()?;
        Some(folder.canonicalize().ok()?.join(below))
    });
    found.next().unwrap_or_else(|| absolute.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_concerns_a_place_what_lies_in_it_and_what_it_lies_in() {
        let read = ["/no/a.json", "/no/tree", "/no/out/lock"].map(PathBuf::from);
        let places = Places::of(&read, Some(Path::new("/no/tree/out")));
        let check = |path: &str, expected: bool| {
            assert_eq!(places.concern(Path::new(path)), expected, "{path}");
        };
        check("/no/a.json", true);
        check("/no/tree/x/y.yaml", true);
        check("/no", true);
        check("/no/b.json", false);
        check("/no/a.json~", false);
        check("/yes", false);
        check("/no/tree/out", false);
        check("/no/tree/out/src/lib.rs", false);
        let places = Places::of(&read, Some(Path::new("/no/out")));
        let check = |path: &str, expected: bool| {
            assert_eq!(places.concern(Path::new(path)), expected, "{path}");
        };
        check("/no/tree/out/x.yaml", true);
        check("/no/out/lock", true);
        check("/no/out/src/lib.rs", false);
    }

    #[test]
    fn files_are_watched_from_their_folders_and_folders_with_all_that_is_in_them() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path().canonicalize().expect("it is there");
        std::fs::create_dir_all(root.join("tree/inner")).expect("made");
        std::fs::write(root.join("tree/x.yaml"), "").expect("written");
        std::fs::create_dir_all(root.join("other")).expect("made");
        std::fs::write(root.join("other/a.json"), "").expect("written");
        let check = |named: &[&str], expected: &[(&str, RecursiveMode)]| {
            let named: Vec<PathBuf> = named.iter().map(|path| root.join(path)).collect();
            let expected: BTreeMap<PathBuf, RecursiveMode> = expected
                .iter()
                .map(|(path, mode)| (root.join(path), *mode))
                .collect();
            assert_eq!(Places::of(&named, None).folders(), expected, "{named:?}");
        };
        check(&["other/a.json"], &[("other", NonRecursive)]);
        check(&["other/b.json"], &[("other", NonRecursive)]);
        check(&["tree"], &[("", NonRecursive), ("tree", Recursive)]);
        check(
            &["tree", "tree/inner", "tree/x.yaml", "tree/inner/y.yaml"],
            &[("", NonRecursive), ("tree", Recursive)],
        );
        check(&["not/yet/there.json"], &[("", NonRecursive)]);
        check(
            &["other/a.json", "tree/x.yaml"],
            &[("other", NonRecursive), ("tree", NonRecursive)],
        );
    }
}
