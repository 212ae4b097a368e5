//! The table of diagnostics, against the cases and the code.

use std::collections::BTreeSet;
use std::fs;

use letterpress::document::report::rules;
use letterpress::proof::wire::DELIBERATE;

use crate::{case, workspace};

/// Rules that nothing reports, with the reason. An entry that is reported after all has to go.
const SILENT: &[(&str, &str)] = &[];

#[test]
fn each_rule_is_broken_by_a_case() {
    let mut seen: BTreeSet<&str> = SILENT.iter().map(|(code, _)| *code).collect();
    for case in case::all() {
        for diagnostic in case.press().report.diagnostics() {
            let code = diagnostic.rule.code;
            assert!(
                SILENT.iter().all(|(silent, _)| *silent != code),
                "{}: {code} is not silent",
                case.name
            );
            seen.insert(code);
        }
    }
    let all: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.code).collect();
    assert_eq!(seen, all, "left: what the cases report; right: the table");
}

#[test]
fn each_rule_is_used_by_the_code() {
    let source = workspace::root().join("generator/src");
    let table = fs::read_to_string(source.join("document/report/rules.rs")).unwrap();
    let names: Vec<&str> = table
        .lines()
        .filter_map(|line| line.trim().split_once(" = \""))
        .map(|(name, _)| name)
        .collect();
    assert!(
        names.len() >= rules::ALL.len(),
        "the table is not written as this test reads it"
    );
    let code: String = workspace::files(&source, ".rs")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    for name in names
        .iter()
        .filter(|name| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
    {
        assert!(
            code.contains(&format!("rules::{name}")),
            "nothing reports {name}"
        );
    }
}

#[test]
fn the_guide_has_each_deliberate_difference() {
    let guide = fs::read_to_string(workspace::root().join("generator/guide/proof.md")).unwrap();
    let (_, section) = guide
        .split_once("\n## Does it send what Postman sends?\n")
        .unwrap();
    let rows = section
        .lines()
        .skip_while(|line| !line.starts_with("| --- "));
    let rows: Vec<&str> = rows
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let table = DELIBERATE
        .iter()
        .map(|one| format!("| `{}` | {} |", one.code, one.sentence));
    assert_eq!(
        rows,
        table.collect::<Vec<_>>(),
        "left: the guide; right: the table"
    );
}
