//! The modules of the runtime: none stands on one that stands on it.

use std::collections::BTreeSet;

use crate::workspace::{files, root};

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The modules at the root of the runtime that a file of it uses: `super::body` at the root, `super::super::body`
/// in a folder.
fn used_in_runtime(path: &str, text: &str) -> BTreeSet<String> {
    let depth = path.trim_end_matches("/mod.rs").split('/').count();
    let prefix = "super::".repeat(depth);
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let uses = code.flat_map(|line| {
        let starts = line.match_indices(prefix.as_str()).map(|(at, _)| at);
        starts.map(|at| first_word(&line[at + prefix.len()..]))
    });
    uses.filter(|name| !name.is_empty() && name != "super")
        .collect()
}

/// Every module of the runtime stands on others, and none of those on it.
#[test]
fn modules_of_the_runtime_have_no_circles() {
    let mut left: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (path, text) in files(&root().join("generator/runtime/src"), ".rs") {
        let module = first_word(&path);
        if matches!(module.as_str(), "lib" | "source") {
            continue;
        }
        let mut used = used_in_runtime(&path, &text);
        used.remove(&module);
        match left.iter_mut().find(|(known, _)| *known == module) {
            Some((_, all)) => all.extend(used),
            None => left.push((module, used)),
        }
    }
    let modules: BTreeSet<String> = left.iter().map(|(module, _)| module.clone()).collect();
    for (_, used) in &mut left {
        // What is no module is a macro or an item of the root.
        used.retain(|name| modules.contains(name));
    }
    while let Some(lowest) = left.iter().position(|(_, used)| used.is_empty()) {
        let (lowest, _) = left.remove(lowest);
        for (_, used) in &mut left {
            used.remove(&lowest);
        }
    }
    assert!(left.is_empty(), "these use each other: {left:#?}");
}
