//! The code itself: its layers, its size, and what has no place in it.

use std::collections::BTreeSet;

use crate::workspace::{files, known, root};

/// The parts of the generator, lowest first: a folder, or what is named within it apart from the rest. A part
/// uses those that are named with it and nothing else. What puts everything together is not in the table.
const PARTS: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("document::report", &["document"]),
    ("input::postman::template", &[]),
    ("input::tree", &["document", "document::report"]),
    ("input::recognise", &["document", "document::report"]),
    ("api", &["document", "document::report"]),
    (
        "input::postman::shape",
        &[
            "api",
            "document",
            "document::report",
            "input::postman::template",
        ],
    ),
    (
        "input::postman",
        &[
            "api",
            "document",
            "document::report",
            "input::postman::shape",
            "input::postman::template",
            "input::recognise",
            "input::tree",
        ],
    ),
    ("input::overrides", &["api", "document", "document::report"]),
    ("input::config", &["api", "document", "input::overrides"]),
    (
        "input",
        &["api", "document", "document::report", "input::recognise"],
    ),
    ("proof::json", &["document"]),
    (
        "proof::wire",
        &["api", "document", "input::postman", "proof::json"],
    ),
    ("proof::curl", &["api", "document", "proof::wire"]),
    ("plan::docs", &["document"]),
    ("plan::names", &["document"]),
    ("plan::pins", &["document", "plan::names"]),
    (
        "plan",
        &[
            "api",
            "document",
            "document::report",
            "input::config",
            "input::postman",
            "plan::docs",
            "plan::names",
            "plan::pins",
            "input::postman::template",
        ],
    ),
    (
        "emit",
        &[
            "api",
            "document",
            "input",
            "input::config",
            "plan",
            "plan::docs",
            "plan::names",
        ],
    ),
    (
        "change",
        &[
            "api",
            "document",
            "document::report",
            "input::config",
            "plan",
            "plan::docs",
            "plan::names",
            "plan::pins",
            "proof::wire",
        ],
    ),
    (
        "proof::explain",
        &[
            "api",
            "document",
            "document::report",
            "input::config",
            "input::overrides",
            "plan",
            "plan::names",
            "plan::pins",
        ],
    ),
];

/// What puts the parts together: the library, its call for `build.rs`, what proves clients, the command line.
const COMPOSERS: &[&str] = &["lib", "build", "proof::verify", "proof", "cli"];

/// Files that do not begin with a sentence about themselves.
const NAMELESS: &[&str] = &[];

/// The Rust files of the workspace that people write: path below its root, and text.
fn written() -> Vec<(String, String)> {
    let folders = [
        "generator/src",
        "generator/runtime",
        "tests/build-rs/src",
        "tests/src",
        "tests/it",
    ];
    let mut all = Vec::new();
    for folder in folders {
        let found = files(&root().join(folder), ".rs").into_iter();
        all.extend(found.map(|(path, text)| (format!("{folder}/{path}"), text)));
    }
    all
}

/// A file of the generator that is no test.
struct Written {
    /// Its path below `generator/src`.
    path: String,
    /// Its module below the root of the crate: `emit::files::header`.
    module: String,
    /// Its code, without comments and tests.
    code: String,
}

impl Written {
    /// The part that it belongs to.
    fn part(&self) -> String {
        part(&self.module)
    }
}

fn generator() -> Vec<Written> {
    let all = files(&root().join("generator/src"), ".rs").into_iter();
    let own = all.filter(|(path, _)| !path.ends_with("/tests.rs") && !path.contains("/tests/"));
    own.map(|(path, text)| {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        Written {
            module: module.replace('/', "::"),
            code: lines.collect::<Vec<_>>().join("\n"),
            path,
        }
    })
    .collect()
}

/// The part of the table that a path in the crate lies in; of one that is in none, its folder.
fn part(path: &str) -> String {
    let named = PARTS.iter().map(|(part, _)| *part);
    let named = named.chain(COMPOSERS.iter().copied());
    let around = named.filter(|part| {
        let rest = path.strip_prefix(part);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    });
    let longest = around.max_by_key(|part| part.len());
    longest.map_or_else(|| first_word(path), str::to_owned)
}

/// The paths below the root of the crate that a code names: `crate::plan::names::Ident`, and each of
/// `crate::document::{digest, secret}`.
fn used(code: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // A visibility is no use.
        if code[..at].ends_with("(in ") {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let path: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
            .collect();
        let after = &rest[path.len()..];
        if let Some(list) = after.strip_prefix('{') {
            let list = &list[..list.find("};").unwrap()];
            paths.extend(list.split(',').map(|name| format!("{path}{}", name.trim())));
        } else {
            paths.insert(path);
        }
    }
    paths
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[test]
fn arrows_between_parts_point_one_way() {
    let mut order: Vec<&str> = Vec::new();
    for (part, uses) in PARTS {
        assert!(
            uses.iter().all(|used| order.contains(used)),
            "{part} stands before what it uses"
        );
        order.push(part);
    }
    let mut found: BTreeSet<(String, String)> = BTreeSet::new();
    let mut parts: BTreeSet<String> = BTreeSet::new();
    for file in generator() {
        let from = file.part();
        parts.insert(from.clone());
        if COMPOSERS.contains(&from.as_str()) {
            continue;
        }
        let others = used(&file.code).into_iter().map(|path| part(&path));
        let others = others.filter(|other| *other != from);
        found.extend(others.map(|other| (from.clone(), other)));
    }
    let of_table = |(part, uses): &(&str, &[&str])| {
        uses.iter()
            .map(|used| ((*part).to_owned(), (*used).to_owned()))
            .collect::<Vec<_>>()
    };
    let table: BTreeSet<(String, String)> = PARTS.iter().flat_map(of_table).collect();
    let new: Vec<_> = found.difference(&table).collect();
    assert!(new.is_empty(), "not in the table: {new:?}");
    let gone: Vec<_> = table.difference(&found).collect();
    assert!(
        gone.is_empty(),
        "in the table, but not in the code: {gone:?}"
    );
    assert!(
        order.iter().all(|part| parts.contains(*part)),
        "a part of the table is gone"
    );
}

/// A path is text of a stranger: what shows one goes by `printable`. Cargo is told paths as they are.
#[test]
fn paths_are_shown_as_what_cannot_do_harm() {
    let shown = generator()
        .into_iter()
        .filter(|file| file.code.contains(".display()"));
    known(shown.map(|file| file.path), &["build/mod.rs"]);
}

#[test]
fn a_newcomer_reads_ten_names() {
    let top: BTreeSet<String> = files(&root().join("generator/src"), "")
        .into_iter()
        .map(|(path, _)| path.split('/').next().unwrap().to_owned())
        .collect();
    assert!(top.len() <= 10, "{top:?}");
}

#[test]
fn a_module_is_a_file_or_a_folder() {
    let all = files(&root().join("generator/src"), ".rs").into_iter();
    let paths: BTreeSet<String> = all.map(|(path, _)| path).collect();
    let twin = |path: &&String| {
        let folder = path.replace(".rs", "/");
        paths.iter().any(|other| other.starts_with(&folder))
    };
    let twins: Vec<&String> = paths.iter().filter(twin).collect();
    assert!(twins.is_empty(), "{twins:?} have a folder of the same name");
}

#[test]
fn only_files_and_the_command_line_touch_the_disk() {
    for Written { path, module, code } in generator() {
        let is_command_line = path.starts_with("cli/");
        let may = is_command_line || path.starts_with("build/") || module.contains("files");
        assert!(may || !code.contains("std::fs"), "{path} touches the disk");
        assert!(
            is_command_line || !code.contains("println!("),
            "{path} prints"
        );
        assert!(
            !code.contains("HashMap") && !code.contains("HashSet"),
            "{path}: the order of a hash differs by run"
        );
    }
}

/// What would make the output of a run depend on more than its documents.
const AROUND: &[&str] = &[
    "env::",
    "std::net",
    "std::process",
    "std::time",
    "SystemTime",
    "Instant::",
    "current_dir",
];

#[test]
fn generation_knows_no_clock_no_network_and_no_environment() {
    for file in generator() {
        if COMPOSERS.contains(&file.part().as_str()) && file.module != "lib" {
            continue;
        }
        let Written { path, code, .. } = file;
        let found = AROUND.iter().find(|word| code.contains(**word));
        assert_eq!(found, None, "{path}");
    }
}

#[test]
fn files_begin_with_what_they_are() {
    let begins = |text: &str| {
        let mut lines = text
            .lines()
            .filter(|line| !line.starts_with("#![") && !line.is_empty());
        lines.next().is_some_and(|line| line.starts_with("//! "))
    };
    let nameless = written().into_iter().filter(|(_, text)| !begins(text));
    known(nameless.map(|(path, _)| path), NAMELESS);
}

#[test]
fn nothing_is_left_for_later() {
    // Put together, so that this file does not hold them.
    let marks = [
        concat!("FIX", "ME"),
        concat!("TO", "DO"),
        concat!("todo", "!("),
        concat!("dbg", "!("),
    ];
    for (path, text) in written() {
        for mark in marks {
            assert!(!text.contains(mark), "{path} has {mark}");
        }
    }
}
