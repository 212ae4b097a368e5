//! The README and the guide: their links lead somewhere, their configurations can be read. Their Rust is
//! compiled as examples of the documentation of this crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use letterpress::input::config::ConfigFile;

use crate::workspace::root;

/// The pages, from the root of the workspace, with their texts.
fn pages() -> Vec<(String, String)> {
    let guide = root().join("generator/guide");
    let chapters = fs::read_dir(guide).unwrap().map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        format!("generator/guide/{name}")
    });
    let all = chapters.chain(["README.md".to_owned()]);
    all.map(|path| {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        (path, text)
    })
    .collect()
}

/// The headings of a page, as links name them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars();
        let kept = kept.filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

/// Where the links of a page lead, without those to the web.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.split("](").skip(1);
    ends.filter_map(|rest| rest.split_once(')').map(|(link, _)| link))
        .filter(|link| !link.starts_with("http"))
}

#[test]
fn links_lead_somewhere() {
    for (path, text) in pages() {
        let folder = root().join(Path::new(&path).parent().unwrap());
        for link in links(&text) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                root().join(&path)
            } else {
                folder.join(file)
            };
            assert!(target.exists(), "{path}: {link}");
            if !anchor.is_empty() {
                let anchors = anchors(&fs::read_to_string(target).unwrap());
                assert!(anchors.contains(anchor), "{path}: {link} {anchors:?}");
            }
        }
    }
}

#[test]
fn each_chapter_is_named_in_the_readme() {
    let pages = pages();
    let (_, readme) = pages.iter().find(|(path, _)| path == "README.md").unwrap();
    let named: BTreeSet<&str> = links(readme).collect();
    for (path, _) in pages.iter().filter(|(path, _)| path != "README.md") {
        assert!(named.contains(path.as_str()), "{path}");
    }
}

#[test]
fn configurations_can_be_read() {
    let mut count = 0;
    for (path, text) in pages() {
        for block in text.split("```toml\n").skip(1) {
            let (block, _) = block.split_once("```").unwrap();
            // Those are parts of a Cargo.toml.
            if block.contains("dependencies]") {
                continue;
            }
            count += 1;
            let inputs = if block.contains("\ninputs = ") {
                ""
            } else {
                "inputs = []\n"
            };
            if let Err(error) = ConfigFile::read(&format!("{inputs}{block}"), Path::new("")) {
                panic!("{path}: {error}\n{block}");
            }
        }
    }
    assert_eq!(count, 4, "configurations that were read");
}

/// What the guide says of each version is shown by a case, and each case is in the guide.
#[test]
fn what_is_read_of_openapi_is_shown_by_cases() {
    let page = fs::read_to_string(root().join("generator/guide/openapi.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with('|')).skip(2);
    let named: BTreeSet<String> = rows
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [_, _, _, _, _, _, case] = cells[..] else {
                panic!("a row of seven cells: {row}");
            };
            case.trim_matches('`').to_owned()
        })
        .collect();
    let cases = crate::case::all().into_iter().map(|case| case.name);
    let cases: BTreeSet<String> = cases.filter(|name| name.starts_with("openapi_")).collect();
    assert_eq!(named, cases, "left: the guide; right: the cases");
}
