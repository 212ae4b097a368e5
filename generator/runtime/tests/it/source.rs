//! That the crate gives its whole text, and that the text can be a module of another crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use letterpress_client::source::{FILES, MANIFEST, vendored};

/// The Rust files below a folder, as paths below `root`.
fn rust_files(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, root, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            found.insert(name.replace('\\', "/"));
        }
    }
}

#[test]
fn every_file_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    rust_files(&folder, &folder, &mut found);
    assert!(found.remove("source.rs"));
    let listed: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed, found);
    for (name, text) in FILES {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), *text);
    }
}

#[test]
fn the_text_can_be_a_module_of_another_crate() {
    let mut dropped = Vec::new();
    let mut added = Vec::new();
    for (path, text) in FILES {
        let marked = |line: &&str| line.ends_with("// not vendored");
        dropped.extend(text.lines().filter(marked).map(str::trim_start));
        let (new_path, copy) = vendored(path, text, "zoom");
        added.extend(
            text.lines()
                .filter(|line| line.starts_with("// vendored: ")),
        );
        let own = copy.replace("$crate::runtime::", "");
        for outside in [
            "crate::",
            "#![",
            "extern crate",
            "macro_export",
            "include_str!",
            "letterpress_client",
            "vendored",
        ] {
            assert!(!own.contains(outside), "{new_path} has `{outside}`");
        }
        assert!(!copy.contains("#[test]"), "{new_path} has a test");
        assert_ne!(new_path, "lib.rs");
    }
    assert_eq!(
        dropped
            .iter()
            .filter(|line| line.starts_with("#[macro_export]"))
            .count(),
        13
    );
    assert_eq!(
        dropped
            .iter()
            .filter(|line| line.starts_with("#[doc"))
            .count(),
        13
    );
    assert!(dropped.contains(&"pub mod source; // not vendored"));
    assert_eq!((dropped.len(), added.len()), (27, 23));
}

#[test]
fn the_manifest_says_what_the_files_need() {
    let from_features = MANIFEST.split("\n[features]\n").nth(1).unwrap();
    let needed = from_features.split("\n[lints").next().unwrap();
    assert!(needed.contains("\n[dependencies"));
    assert!(!needed.contains("workspace"), "{needed}");
}
