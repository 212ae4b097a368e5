//! The code itself: its layers, its size, and what has no place in it.

use std::collections::BTreeSet;

use crate::workspace::{files, known, root};

/// The layers of the generator, lowest first. A module uses those that are named with it and nothing
/// else; [`COMPOSERS`] put everything together, and are not in the table.
const LAYERS: &[(&str, &[&str])] = &[
    ("json", &[]),
    ("template", &[]),
    ("secret", &[]),
    ("rules", &[]),
    ("format", &[]),
    ("digest", &[]),
    ("depfile", &[]),
    ("names", &["digest"]),
    ("place", &[]),
    ("pins", &["names", "place"]),
    ("nearest", &[]),
    ("source", &["json"]),
    ("yaml", &["json"]),
    ("files", &["digest", "source"]),
    ("report", &["json", "rules", "source"]),
    ("normal", &["json", "report", "rules", "secret", "source"]),
    ("shape", &["json", "report", "secret", "template"]),
    ("api", &["report", "secret", "shape"]),
    ("encode", &[]),
    ("javascript", &[]),
    ("wire", &["api", "encode", "javascript", "json", "secret"]),
    ("curl", &["api", "encode", "wire"]),
    ("infer", &["api", "report", "secret", "shape"]),
    (
        "overrides",
        &[
            "api", "infer", "json", "nearest", "place", "report", "rules", "shape",
        ],
    ),
    ("config", &["api", "overrides"]),
    ("docs", &[]),
    ("dialect", &["api", "nearest", "report", "rules"]),
    (
        "postman",
        &[
            "api",
            "encode",
            "javascript",
            "json",
            "report",
            "rules",
            "secret",
            "shape",
            "source",
            "template",
            "yaml",
        ],
    ),
    (
        "plan",
        &[
            "api", "config", "curl", "docs", "encode", "infer", "json", "names", "pins", "place",
            "report", "rules", "secret", "shape", "template",
        ],
    ),
    ("emit", &["api", "docs", "names", "plan"]),
    (
        "explain",
        &[
            "api",
            "config",
            "infer",
            "names",
            "overrides",
            "pins",
            "place",
            "plan",
            "report",
            "source",
        ],
    ),
    (
        "lock",
        &[
            "api", "digest", "names", "pins", "place", "plan", "report", "rules", "source", "wire",
        ],
    ),
    (
        "diff",
        &[
            "api", "config", "docs", "infer", "lock", "names", "plan", "report", "source",
        ],
    ),
    ("release", &["diff"]),
    ("manifest", &["config", "release"]),
    (
        "layout",
        &[
            "config", "emit", "files", "format", "manifest", "names", "plan",
        ],
    ),
];

/// What puts the layers together: the library, its call for `build.rs`, what proves clients, the command line.
const COMPOSERS: &[&str] = &["lib", "build", "verify", "main", "cli"];

/// Files of the generator and of the tests that are longer than 400 lines.
const LONG_FILES: &[&str] = &[];

/// Files that do not begin with a sentence about themselves.
const NAMELESS: &[&str] = &[];

/// Functions that are longer than 60 lines.
const LONG_FUNCTIONS: &[&str] = &[
    "generator/src/format/expr.rs: pub(super) fn expr(value: &Expr, shape: Shape) -> Option<String> {",
];

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

/// The files of the generator: the module at the root that each is part of, its path, and its code without
/// comments and tests.
fn generator() -> Vec<(String, String, String)> {
    let all = files(&root().join("generator/src"), ".rs").into_iter();
    let own = all.filter(|(path, _)| !path.ends_with("/tests.rs"));
    own.map(|(path, text)| {
        let module = path
            .split('/')
            .next()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        (module, path, lines.collect::<Vec<_>>().join("\n"))
    })
    .collect()
}

/// The modules at the root that a code names: `crate::names` and `crate::{docs, secret}`.
fn used(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if rest.starts_with('{') {
            let list = &rest[1..rest.find("};").unwrap()];
            names.extend(list.split(',').map(|name| first_word(name.trim())));
        } else {
            names.insert(first_word(rest));
        }
    }
    names.remove("");
    names
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[test]
fn arrows_between_modules_point_one_way() {
    let mut order: Vec<&str> = Vec::new();
    for (module, uses) in LAYERS {
        assert!(
            uses.iter().all(|used| order.contains(used)),
            "{module} stands before what it uses"
        );
        order.push(module);
    }
    let mut found: BTreeSet<(String, String)> = BTreeSet::new();
    for (module, _, code) in generator() {
        if COMPOSERS.contains(&module.as_str()) {
            continue;
        }
        let others = used(&code).into_iter().filter(|other| *other != module);
        found.extend(others.map(|other| (module.clone(), other)));
    }
    let of_table = |(module, uses): &(&str, &[&str])| {
        uses.iter()
            .map(|used| ((*module).to_owned(), (*used).to_owned()))
            .collect::<Vec<_>>()
    };
    let table: BTreeSet<(String, String)> = LAYERS.iter().flat_map(of_table).collect();
    let new: Vec<_> = found.difference(&table).collect();
    assert!(new.is_empty(), "not in the table: {new:?}");
    let gone: Vec<_> = table.difference(&found).collect();
    assert!(
        gone.is_empty(),
        "in the table, but not in the code: {gone:?}"
    );
    let modules: BTreeSet<String> = generator().into_iter().map(|(module, ..)| module).collect();
    assert!(
        order.iter().all(|module| modules.contains(*module)),
        "a module of the table is gone"
    );
}

#[test]
fn only_files_and_the_command_line_touch_the_disk() {
    for (module, path, code) in generator() {
        let may = matches!(module.as_str(), "files" | "main" | "cli" | "build");
        assert!(may || !code.contains("std::fs"), "{path} touches the disk");
        assert!(
            matches!(module.as_str(), "main" | "cli") || !code.contains("println!("),
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
    let below = generator().into_iter();
    let below =
        below.filter(|(module, ..)| !COMPOSERS.contains(&module.as_str()) || module == "lib");
    for (_, path, code) in below {
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

#[test]
fn files_are_short() {
    // A list of requests grows with the collection.
    let own = written()
        .into_iter()
        .filter(|(path, _)| path != "tests/it/zoom/requests.rs");
    let long = own
        .filter(|(_, text)| text.lines().count() > 400)
        .map(|(path, _)| path);
    known(long, LONG_FILES);
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for (path, text) in written()
        .into_iter()
        .filter(|(path, _)| path != "tests/it/zoom/requests.rs")
    {
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines
            .iter()
            .enumerate()
            .filter(|(_, line)| is_function(line))
        {
            let indent = &line[..line.len() - line.trim_start().len()];
            let end = format!("{indent}}}");
            let length = lines[start..]
                .iter()
                .position(|line| *line == end)
                .unwrap_or_default();
            if length > 60 {
                long.push(format!("{path}: {}", line.trim()));
            }
        }
    }
    known(long, LONG_FUNCTIONS);
}

fn is_function(line: &str) -> bool {
    let words = ["pub", "pub(crate)", "pub(super)", "const", "async"];
    let before = line.split_once("fn ").map(|(before, _)| before);
    before.is_some_and(|before| before.split_whitespace().all(|word| words.contains(&word)))
}
