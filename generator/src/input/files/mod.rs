//! From files to documents, and from folders of format v3.

mod tree;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::openapi;
use crate::document::source::{EncodingError, Source, is_yaml_name};

pub(crate) use tree::regular;
pub use tree::{Entry, Tree, WorkingTree};

/// Why a document could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file system said no.
    #[error("cannot read {name}: {source}")]
    Io {
        /// What the file is called.
        name: String,
        /// The reason.
        source: io::Error,
    },
    /// It is no text.
    #[error("{name} is {source}")]
    Encoding {
        /// What the file is called.
        name: String,
        /// The reason.
        source: EncodingError,
    },
    /// It is a folder of something else.
    #[error("{0} is a folder, and holds no collection of format v3")]
    NoCollection(String),
}

/// Where the definition of a collection or of a folder in it lies (rule Y1).
const DEFINITIONS: [&str; 2] = [".resources/definition.yaml", ".resources/definition.yml"];

/// What the names of requests end with.
const REQUESTS: [&str; 2] = [".request.yaml", ".request.yml"];

/// The hidden folders of a collection. No other hidden one is looked into.
const RESOURCES: &str = ".resources";

/// Where a workspace keeps its collections: below its root, below its folder `postman`, or in the folder itself.
const COLLECTIONS: [&str; 3] = ["postman/collections", "collections", ""];

/// Reads a document. Its name is the path as it was given. A folder is read as a collection of format v3: all of
/// its YAML, one file behind the other. An `OpenAPI` document is read with the files that it refers to.
///
/// # Errors
///
/// When a file cannot be read, or is neither UTF-8 nor UTF-16.
pub fn read_source(tree: &dyn Tree, path: &Path) -> Result<Source, ReadError> {
    if !tree.is_folder(path) {
        let root = read_file(tree, path, tree.name(path))?;
        return read_references(tree, path, root);
    }
    let found = found(tree, path)?;
    let files = found.files.into_iter().map(|(below, path)| {
        let text = read_file(tree, &path, String::new())?.text;
        Ok((below, text))
    });
    let files: Result<Vec<_>, ReadError> = files.collect();
    Ok(Source::of_folder(name_of(tree, path), files?))
}

/// A document with the files that it refers to, and those that they do. One that is not there is left out: the
/// reader says which reference leads nowhere.
fn read_references(tree: &dyn Tree, path: &Path, root: Source) -> Result<Source, ReadError> {
    if !openapi::is_openapi(&root) {
        return Ok(root);
    }
    let own = path.to_string_lossy().into_owned();
    let mut known = BTreeSet::from([openapi::normal_path(&own)]);
    let mut files = vec![(own, tree.name(path), root.text.clone())];
    let mut read = 0;
    while let Some((from, _, text)) = files.get(read) {
        let named = openapi::references(from, text).into_iter();
        let new: Vec<String> = named.filter(|path| known.insert(path.clone())).collect();
        for path in new {
            let below = Path::new(&path);
            if tree.is_file(below) {
                let text = read_file(tree, below, String::new())?.text;
                let name = tree.name(below);
                files.push((path, name, text));
            }
        }
        read += 1;
    }
    Ok(match files.len() {
        1 => root,
        _ => Source::of_files(files),
    })
}

/// Every file and folder that a document is read from: as long as none of them changes, it is the same.
///
/// # Errors
///
/// When a folder cannot be read.
pub fn paths(tree: &dyn Tree, path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    if !tree.is_folder(path) {
        return Ok(files_of(tree, path));
    }
    let found = found(tree, path)?;
    let files = found.files.into_iter().map(|(_, path)| path);
    Ok(found.folders.into_iter().chain(files).collect())
}

/// The files of a document that is no folder: itself, and those that it refers to.
fn files_of(tree: &dyn Tree, path: &Path) -> Vec<PathBuf> {
    let parts = read_source(tree, path).map(|source| source.parts);
    let parts = parts.unwrap_or_default().into_iter().skip(1);
    let others = parts.map(|part| PathBuf::from(part.path));
    std::iter::once(path.to_owned()).chain(others).collect()
}

/// The collections that a path stands for: itself; or, where it is the folder of a workspace, all that lie in it.
///
/// # Errors
///
/// When it is a folder without a collection, or one that cannot be read.
pub fn collections(tree: &dyn Tree, path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    if !tree.is_folder(path) || is_collection(tree, path) {
        return Ok(vec![path.to_owned()]);
    }
    for below in COLLECTIONS {
        let folder = path.join(below);
        if !tree.is_folder(&folder) {
            continue;
        }
        let entries = sorted(tree, &folder)?.into_iter();
        let paths = entries.map(|(name, _)| folder.join(name));
        let found: Vec<PathBuf> = paths.filter(|path| is_collection(tree, path)).collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(ReadError::NoCollection(tree.name(path)))
}

/// Where a change on disk shows that concerns the collections that a path stands for: each place is a file, or a
/// folder with all that lies below it. Nothing needs to be there.
#[must_use]
pub fn places(path: &Path) -> Vec<PathBuf> {
    let found = collections(&WorkingTree, path).unwrap_or_default();
    let lie_in = |folder: &Path| found.iter().any(|found| found.parent() == Some(folder));
    if !path.is_dir() {
        return files_of(&WorkingTree, path);
    }
    if is_collection(&WorkingTree, path) || lie_in(path) {
        return vec![path.to_owned()];
    }
    // A workspace may hold anything else: all of it would be too much.
    let named = COLLECTIONS.iter().filter(|below| !below.is_empty());
    named.map(|below| path.join(below)).collect()
}

/// Whether a folder is a collection of format v3: it has a definition, or a request lies in it.
#[must_use]
pub fn is_collection(tree: &dyn Tree, folder: &Path) -> bool {
    let has_definition = DEFINITIONS
        .iter()
        .any(|name| tree.is_file(&folder.join(name)));
    let is_request = |name: &str| REQUESTS.iter().any(|ending| name.ends_with(ending));
    has_definition
        || sorted(tree, folder)
            .is_ok_and(|entries| entries.iter().any(|(name, _)| is_request(name)))
}

fn read_file(tree: &dyn Tree, path: &Path, name: String) -> Result<Source, ReadError> {
    let bytes = tree.content(path).map_err(at(tree, path))?;
    Source::decode(name, bytes).map_err(|source| ReadError::Encoding {
        name: tree.name(path),
        source,
    })
}

/// What belongs to a collection of format v3.
#[derive(Default)]
struct Found {
    /// The YAML, by its paths below the collection.
    files: Vec<(String, PathBuf)>,
    /// The folders that were looked into.
    folders: Vec<PathBuf>,
}

fn found(tree: &dyn Tree, collection: &Path) -> Result<Found, ReadError> {
    let mut found = Found::default();
    collect(tree, collection, "", &mut found)?;
    Ok(found)
}

/// The YAML below a folder, sorted by path, but what belongs to a folder behind what lies in it: an example stands
/// behind its request, as in a file. Links are not followed: they may lead anywhere.
fn collect(tree: &dyn Tree, folder: &Path, name: &str, found: &mut Found) -> Result<(), ReadError> {
    found.folders.push(folder.to_owned());
    let mut entries = sorted(tree, folder)?;
    entries.sort_by_key(|(own, _)| own == RESOURCES);
    for (own, entry) in entries {
        let is_open = !own.starts_with('.') || own == RESOURCES;
        let path = folder.join(&own);
        if entry == Entry::Folder && is_open {
            collect(tree, &path, &format!("{name}{own}/"), found)?;
        } else if entry == Entry::File && is_yaml_name(&own) {
            found.files.push((format!("{name}{own}"), path));
        }
    }
    Ok(())
}

/// What lies in a folder, sorted by name.
fn sorted(tree: &dyn Tree, folder: &Path) -> Result<Vec<(String, Entry)>, ReadError> {
    let mut entries = tree.list(folder).map_err(at(tree, folder))?;
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(entries)
}

/// The name of a folder: the path as it was given, but for one that does not end with a name, such as `.`.
fn name_of(tree: &dyn Tree, folder: &Path) -> String {
    // Its parts have no `/` at the end.
    let given: PathBuf = folder.components().collect();
    let named = match given.file_name() {
        Some(_) => given,
        None => given.canonicalize().unwrap_or(given),
    };
    tree.name(&named)
}

fn at(tree: &dyn Tree, path: &Path) -> impl FnOnce(io::Error) -> ReadError {
    let name = tree.name(path);
    move |source| ReadError::Io { name, source }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        root
    }

    #[test]
    fn reads_the_yaml_of_a_collection() {
        let root = folder(&[
            ("Shop/.resources/definition.yaml", b"name: Shop"),
            ("Shop/b.request.yml", b"\xEF\xBB\xBFurl: x"),
            ("Shop/a/c.request.yaml", b"url: y"),
            ("Shop/.git/d.yaml", b"no"),
            ("Shop/README.md", b"no"),
        ]);
        let source = read_source(&WorkingTree, &root.path().join("Shop/")).expect("read");
        let parts = source.parts.iter();
        let shown: Vec<_> = parts
            .map(|part| (part.path.as_str(), &source.text[part.span.range()]))
            .collect();
        let expected = [
            ("a/c.request.yaml", "url: y"),
            ("b.request.yml", "url: x"),
            (".resources/definition.yaml", "name: Shop"),
        ];
        assert_eq!(shown, expected);
        assert_eq!(source.file_name(), "Shop");

        let looked_at = paths(&WorkingTree, &root.path().join("Shop")).expect("read");
        let below = looked_at.iter().map(|path| path.strip_prefix(root.path()));
        let mut below: Vec<_> = below.map(|path| path.expect("below")).collect();
        below.sort();
        let expected = [
            "Shop",
            "Shop/.resources",
            "Shop/.resources/definition.yaml",
            "Shop/a",
            "Shop/a/c.request.yaml",
            "Shop/b.request.yml",
        ];
        assert_eq!(below, expected.map(Path::new));
    }

    #[test]
    fn names_the_file_that_is_no_text() {
        let root = folder(&[("a.request.yaml", b"url: \xFF\xE9")]);
        let error = read_source(&WorkingTree, root.path())
            .expect_err("bytes")
            .to_string();
        assert!(error.contains("a.request.yaml is neither"), "{error}");
    }

    #[test]
    fn finds_the_collections_of_a_workspace() {
        let root = folder(&[
            ("postman/collections/B/.resources/definition.yaml", b""),
            ("postman/collections/A/x.request.yaml", b""),
            ("postman/collections/none/x.yaml", b""),
            ("postman/environments/e.environment.yaml", b""),
            ("src/x.yaml", b""),
        ]);
        let check = |path: &str, expected: &[&str]| {
            let found = collections(&WorkingTree, &root.path().join(path)).unwrap_or_default();
            let folder = root.path().join("postman/collections");
            let expected: Vec<_> = expected.iter().map(|name| folder.join(name)).collect();
            assert_eq!(found, expected, "{path}");
        };
        check("", &["A", "B"]);
        check("postman", &["A", "B"]);
        check("postman/collections", &["A", "B"]);
        check("postman/collections/A", &["A"]);
        check("postman/environments", &[]);
        check("src", &[]);
    }

    #[cfg(unix)]
    #[test]
    fn does_not_follow_links() {
        let root = folder(&[
            ("in/a.request.yaml", b"url: x"),
            ("out/b.request.yaml", b"no"),
        ]);
        let link = |from: &str, to: &str| {
            std::os::unix::fs::symlink(root.path().join(from), root.path().join(to)).expect("made");
        };
        link("out", "in/out");
        link("out/b.request.yaml", "in/b.request.yaml");
        let source = read_source(&WorkingTree, &root.path().join("in")).expect("read");
        assert_eq!(source.parts.len(), 1);
    }
}
