//! A run that is killed.

use std::path::Path;
use std::process::Stdio;

use super::desk::Desk;
use super::{GENERATE, requests};
use crate::workspace;

/// How many requests change: so many that there is time to stop in the middle.
const REQUESTS: usize = 150;

/// The sources, but for the mark that a run has not finished.
fn sources(desk: &Desk) -> Vec<(String, String)> {
    let files = workspace::files(&desk.path("out/src"), "").into_iter();
    files
        .filter(|(path, _)| path != ".letterpress-replaced")
        .collect()
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
    for staged in (0..=REQUESTS).step_by(6) {
        desk.write("a.json", &old);
        desk.run(GENERATE).ends(0, &[]);
        let before = sources(&desk);
        desk.write("a.json", &new);
        let mut child = desk.start(GENERATE, Stdio::null);
        while count(&desk.path("out/.letterpress-src")) < staged
            && child.try_wait().unwrap().is_none()
        {}
        child.kill().unwrap();
        child.wait().unwrap();
        let after = sources(&desk);
        assert!(
            after == before || after == expected,
            "killed at {staged} files"
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
