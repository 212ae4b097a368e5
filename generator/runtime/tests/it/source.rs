//! That the crate gives its whole text, and that the text can be a module of another crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use letterpress_client::source::{FILES, MANIFEST};

#[test]
fn every_file_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(&folder).unwrap() {
        found.insert(entry.unwrap().file_name().into_string().unwrap());
    }
    assert!(found.remove("source.rs"));
    let listed: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed, found);
    for (name, text) in FILES {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), *text);
    }
}

#[test]
fn the_text_can_be_a_module_of_another_crate() {
    for (name, text) in FILES {
        for outside in ["crate::", "#![", "extern crate"] {
            assert!(!text.contains(outside), "{name} has `{outside}`");
        }
        assert!(!text.contains("#[test]"), "{name} has a test");
    }
    let (_, lib) = FILES.iter().find(|(name, _)| *name == "lib.rs").unwrap();
    let marked: Vec<&str> = lib
        .lines()
        .filter(|line| line.ends_with("// not vendored"))
        .collect();
    assert_eq!(marked, ["pub mod source; // not vendored"]);
}

#[test]
fn the_manifest_says_what_the_files_need() {
    let from_features = MANIFEST.split("\n[features]\n").nth(1).unwrap();
    let needed = from_features.split("\n[lints").next().unwrap();
    assert!(needed.contains("\n[dependencies"));
    assert!(!needed.contains("workspace"), "{needed}");
}
