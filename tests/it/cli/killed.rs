//! A run that is killed.

use std::path::Path;
use std::process::Stdio;

use super::desk::Desk;
use super::{GENERATE, requests};
use crate::workspace;

/// How many requests change: so many that there is time to stop in the middle.
const REQUESTS: usize = 150;

fn sources(desk: &Desk) -> Vec<(String, String)> {
    workspace::files(&desk.path("out/src"), "")
}

/// How many files lie beside the sources, in the folder whose name nobody knows before.
fn staged(desk: &Desk) -> usize {
    let entries = std::fs::read_dir(desk.path("out")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut hidden = names.filter(|name| name.starts_with(".letterpress-"));
    hidden
        .next()
        .map_or(0, |name| count(&desk.path(&format!("out/{name}/folder"))))
}

fn count(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn a_run_that_is_killed_leaves_the_old_or_the_new_client() {
    let desk = Desk::new();
    let names =
        |word: &str| -> Vec<String> { (0..REQUESTS).map(|n| format!("{word} {n}")).collect() };
    let (old, new) = (requests(&names("old")), requests(&names("new")));
    desk.write("a.json", &new);
    desk.run(GENERATE).ends(0, &[]);
    let expected = sources(&desk);
    let mut unfinished = 0;
    // Stopped when so many files lie beside the sources.
    for wanted in (0..=REQUESTS).step_by(6) {
        desk.write("a.json", &old);
        desk.run(GENERATE).ends(0, &[]);
        let before = sources(&desk);
        desk.write("a.json", &new);
        let mut child = desk.start(GENERATE, Stdio::null);
        while staged(&desk) < wanted && child.try_wait().unwrap().is_none() {}
        child.kill().unwrap();
        child.wait().unwrap();
        let after = sources(&desk);
        assert!(
            after == before || after == expected,
            "killed at {wanted} files"
        );
        unfinished += usize::from(after == before);
        desk.run(GENERATE).ends(0, &[]);
        assert_eq!(sources(&desk), expected);
        // The manifest, the names and the sources.
        assert_eq!(
            count(&desk.path("out")),
            3,
            "something is left beside the sources"
        );
    }
    assert!(unfinished > 0, "no run was killed before its end");
}
