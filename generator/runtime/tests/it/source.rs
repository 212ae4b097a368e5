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
    let files = vendored("zoom", &[]);
    assert_eq!(files.len(), FILES.len());
    for (path, text) in files {
        let own = text.replace("$crate::runtime::", "");
        let own = own.replacen("#![cfg_attr(rustfmt, rustfmt_skip)]", "", 1);
        for outside in [
            "crate::",
            "#![",
            "extern crate",
            "macro_export",
            "include_str!",
            "letterpress_client",
            "vendored",
            "mod source",
        ] {
            assert!(!own.contains(outside), "{path} has `{outside}`");
        }
        assert!(!text.contains("#[test]"), "{path} has a test");
        assert_ne!(path, "lib.rs");
    }
}

#[test]
fn what_no_feature_turns_on_is_left_out() {
    let others = ["sign", "aws", "digest", "edgegrid", "hawk", "jwt", "oauth1"];
    let text_of = |unused: &[&str], wanted: &str| {
        let files = vendored("zoom", unused).into_iter();
        files
            .filter(|(path, _)| path.starts_with(wanted))
            .map(|(_, text)| text)
            .collect::<String>()
    };
    let none = text_of(&others, "");
    for name in others.map(|name| format!("feature = \"{name}\"")) {
        assert!(!none.contains(&name), "{name}");
    }
    assert!(text_of(&others, "sign/").contains("pub(super) struct Keys {}"));
    let unused = ["aws", "digest", "edgegrid", "jwt", "oauth1"];
    let hawk = text_of(&unused, "credentials");
    assert!(hawk.contains("pub fn hawk(mut self") && !hawk.contains("pub fn jwt(mut self"));
    assert!(text_of(&["oauth1"], "sign/mod").contains("#[cfg(feature = \"aws\")]\nmod percent;"));
}

#[test]
fn the_manifest_says_what_the_files_need() {
    let from_features = MANIFEST.split("\n[features]\n").nth(1).unwrap();
    let needed = from_features.split("\n[lints").next().unwrap();
    assert!(needed.contains("\n[dependencies"));
    assert!(!needed.contains("workspace"), "{needed}");
}
