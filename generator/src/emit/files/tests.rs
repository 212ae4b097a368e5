//! What writing does to a folder, also where it is stopped.

use super::*;
use crate::input::files::{WorkingTree, read_source};

fn files(entries: &[(&str, &str)]) -> Files {
    let mut files = Files::of_package();
    for (path, text) in entries {
        files.add_rust(path, &Origin::new("x"), text);
    }
    files
}

#[test]
fn writes_only_what_changed_and_deletes_only_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    let first = files(&[("a.rs", "1"), ("m/b.rs", "2"), ("n/c.rs", "3")]);
    assert_eq!(first.write(out).expect("written").added.len(), 3);
    fs::write(out.join("src/m/own.rs"), "mine").expect("written");
    let before = fs::metadata(out.join("src/a.rs"))
        .and_then(|m| m.modified())
        .expect("a time");

    let second = files(&[("a.rs", "1"), ("m/d.rs", "4")]);
    let changes = second.write(out).expect("written");
    assert_eq!(changes.added, ["src/m/d.rs"]);
    assert_eq!(changes.removed, ["src/m/b.rs", "src/n/c.rs"]);
    assert_eq!(changes.unchanged, 1);
    assert_eq!(
        fs::metadata(out.join("src/a.rs"))
            .and_then(|m| m.modified())
            .expect("a time"),
        before
    );
    assert!(out.join("src/m/own.rs").exists());
    assert!(!out.join("src/n").exists());
    assert!(second.write(out).expect("written").is_empty());
}

#[test]
fn refuses_what_is_not_its_own_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    fs::create_dir_all(out.join("src")).expect("a folder");
    fs::write(out.join("src/b.rs"), "mine").expect("written");
    let result = files(&[("a.rs", "1"), ("b.rs", "2")]).write(out);
    assert!(matches!(result, Err(WriteError::Foreign(path)) if path.ends_with("src/b.rs")));
    assert!(!out.join("src/a.rs").exists());
    assert_eq!(
        fs::read_to_string(out.join("src/b.rs")).expect("there"),
        "mine"
    );
}

#[cfg(unix)]
#[test]
fn does_not_follow_links_out_of_its_folder() {
    let (folder, elsewhere) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    fs::create_dir_all(folder.path().join("src")).expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("src/m")).expect("a link");
    let result = files(&[("m/a.rs", "1")]).write(folder.path());
    assert!(matches!(result, Err(WriteError::Link(_))));
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
}

/// The files of a folder, with their texts.
fn held(out: &Path) -> BTreeMap<String, String> {
    let paths = disk::entries(out).expect("a folder").into_iter();
    paths
        .map(|path| {
            let text = fs::read_to_string(out.join(&path)).expect("a text");
            (path.display().to_string(), text)
        })
        .collect()
}

#[test]
fn what_was_edited_is_neither_overwritten_nor_deleted() {
    let first = files(&[("a.rs", "1"), ("b.rs", "2")]);
    let check = |path: &str, second: &Files| {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path();
        first.write(out).expect("written");
        let place = out.join(path);
        let text = fs::read_to_string(&place).expect("there");
        fs::write(&place, format!("{text}// mine")).expect("written");
        let before = held(out);
        assert_eq!(second.compare(out).expect("compared").edited, [path]);
        let result = second.write(out);
        let Err(WriteError::Edited(paths)) = &result else {
            panic!("{result:?}");
        };
        assert_eq!(paths, std::slice::from_ref(&place));
        assert_eq!(held(out), before);
        // Who deletes it gives the edit up.
        fs::remove_file(place).expect("deleted");
        second.write(out).expect("written");
    };
    check("src/a.rs", &files(&[("a.rs", "3"), ("b.rs", "2")]));
    check("src/b.rs", &files(&[("a.rs", "1"), ("b.rs", "2")]));
    check("src/b.rs", &files(&[("a.rs", "1")]));
}

#[test]
fn what_a_merge_has_made_right_is_no_edit() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    let (first, second) = (files(&[("a.rs", "1")]), files(&[("a.rs", "2")]));
    first.write(out).expect("written");
    let text = fs::read_to_string(out.join("src/a.rs")).expect("there");
    fs::write(out.join("src/a.rs"), text.replace("\n1", "\n2")).expect("written");
    assert_eq!(second.write(out).expect("written").changed, ["src/a.rs"]);
    assert!(second.compare(out).expect("compared").is_empty());
}

/// Whatever is to happen, and wherever it stops: the sources are the old ones or the new ones, nothing of
/// anyone's own is lost, and the next run has the new ones and nothing else.
#[test]
fn a_run_that_stops_anywhere_leaves_the_old_or_the_new_sources() {
    let first = files(&[
        ("a.rs", "1"),
        ("m/b.rs", "2"),
        ("n/c.rs", "3"),
        ("lib.rs", "x"),
    ]);
    let check = |second: &Files, has_own: bool| {
        let mut outcomes = [0, 0];
        for steps in 0.. {
            let folder = tempfile::tempdir().expect("a folder");
            let out = folder.path();
            first.write(out).expect("written");
            if has_own {
                fs::write(out.join("src/m/own.rs"), "mine").expect("written");
            }
            let old = held(&out.join("src"));
            let mut disk = Disk::until(steps);
            let result = second.write_to(&mut disk, out);
            let now = held(&out.join("src"));
            let is_old = now == old;
            let own = fs::read_to_string(out.join("src/m/own.rs")).ok();
            assert_eq!(own.as_deref(), has_own.then_some("mine"), "{steps}");
            second.write(out).expect("written");
            let new = held(&out.join("src"));
            assert!(is_old || now == new, "after {steps} steps: {now:#?}");
            assert_eq!(
                held(out).len(),
                new.len(),
                "something is left after {steps} steps"
            );
            assert!(second.compare(out).expect("compared").is_empty());
            outcomes[usize::from(now == new)] += 1;
            if result.is_ok() {
                break;
            }
        }
        assert!(outcomes.iter().all(|&count| count > 1), "{outcomes:?}");
    };
    check(
        &files(&[("a.rs", "4"), ("m/d.rs", "5"), ("lib.rs", "y")]),
        true,
    );
    check(
        &files(&[
            ("a.rs", "4"),
            ("m/b.rs", "2"),
            ("n/c.rs", "6"),
            ("lib.rs", "x"),
        ]),
        false,
    );
    check(&files(&[("lib.rs", "x")]), true);
}

#[test]
fn a_first_run_that_stops_leaves_no_sources_or_all() {
    let new = files(&[("a.rs", "1"), ("m/b.rs", "2")]);
    for steps in 0.. {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path();
        let result = new.write_to(&mut Disk::until(steps), out);
        let count = held(&out.join("src")).len();
        assert!(
            count == 0 || count == 2,
            "{count} files after {steps} steps"
        );
        if result.is_ok() {
            break;
        }
    }
}

#[test]
fn a_line_ending_is_no_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    let new = files(&[("a.rs", "1\n2\n")]);
    new.write(out).expect("written");
    let text = fs::read_to_string(out.join("src/a.rs")).expect("there");
    fs::write(out.join("src/a.rs"), text.replace('\n', "\r\n")).expect("written");
    assert!(new.compare(out).expect("compared").is_empty());
    assert_eq!(
        files(&[("a.rs", "3")]).write(out).expect("written").changed,
        ["src/a.rs"]
    );
}

/// A folder of someone's own, with a file in it, and what it holds.
fn own_folder(path: &Path) -> BTreeMap<String, String> {
    fs::create_dir_all(path).expect("a folder");
    fs::write(path.join("own.txt"), "mine").expect("written");
    fs::write(path.join("own.rs"), "// mine").expect("written");
    held(path)
}

/// Names that a run could take for its own, in an output that came with a stranger's repository.
#[test]
fn what_looks_like_the_rest_of_a_run_is_left_alone() {
    let check = |name: &str, entries: &[(&str, &str)]| {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path();
        files(&[("a.rs", "1"), ("b.rs", "2")])
            .write(out)
            .expect("written");
        let before = own_folder(&out.join(name));
        for (path, text) in entries {
            fs::write(out.join(path), text).expect("written");
        }
        let second = files(&[("a.rs", "3"), ("c.rs", "4")]);
        second.write(out).expect("written");
        assert_eq!(held(&out.join(name)), before, "{name}");
        assert!(!out.join("src/own.txt").exists(), "{name}");
        assert!(second.compare(out).expect("compared").is_empty());
    };
    check(".letterpress-src", &[]);
    check(".letterpress-src", &[("src/.letterpress-replaced", "")]);
    check(".letterpress-0123456789abcdef", &[]);
    check(".letterpress-0123456789abcdef/folder", &[]);
    check(".letterpress-notes", &[]);
}

#[cfg(unix)]
#[test]
fn no_step_follows_a_link_beside_the_sources() {
    let note =
        "A run of Letterpress makes its output here. The next one removes what is left of it.\n";
    let workshop = ".letterpress-0123456789abcdef";
    let check = |links: &[&str], texts: &[(&str, &str)]| {
        let folder = tempfile::tempdir().expect("a folder");
        let (out, victim) = (folder.path().join("out"), folder.path().join("victim"));
        let before = own_folder(&victim);
        let first = files(&[("a.rs", "1"), ("b.rs", "2")]);
        first.write(&out).expect("written");
        for (path, text) in texts {
            let path = out.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("written");
        }
        for link in links {
            std::os::unix::fs::symlink(&victim, out.join(link)).expect("a link");
        }
        // Whether it is written or refused: the victim has no part in it.
        let _ = files(&[("a.rs", "3"), ("c.rs", "4")]).write(&out);
        let _ = write_text(&out.join("own.lock"), "names");
        assert_eq!(held(&victim), before, "{links:?}");
        let own = fs::symlink_metadata(out.join("src/own.txt"));
        assert!(own.is_err(), "{links:?}");
    };
    check(&[".letterpress-src"], &[("src/.letterpress-replaced", "")]);
    check(&[workshop], &[]);
    let (note_path, made) = (format!("{workshop}/note"), format!("{workshop}/made"));
    let (inner, deep) = (format!("{workshop}/folder"), format!("{workshop}/folder/m"));
    let texts = [(note_path.as_str(), note), (made.as_str(), "1:1\nsrc")];
    check(&[&inner], &texts);
    let mine = format!("{workshop}/folder/m/mine.txt");
    let texts = [texts[0], texts[1], (mine.as_str(), "theirs")];
    check(&["src/m"], &texts);
    let texts = [
        texts[0],
        texts[1],
        (&format!("{workshop}/folder/x"), "theirs"),
    ];
    check(&[&deep], &texts);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_written_is_no_link() {
    let folder = tempfile::tempdir().expect("a folder");
    let (link, secret) = (folder.path().join("a.lock"), folder.path().join("secret"));
    fs::write(&secret, "mine").expect("written");
    std::os::unix::fs::symlink(&secret, &link).expect("a link");
    assert!(matches!(read_text(&link), Err(WriteError::Link(_))));
    assert!(matches!(write_text(&link, "x"), Err(WriteError::Link(_))));
    assert_eq!(fs::read_to_string(secret).expect("there"), "mine");
}

/// A pipe would never end.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    fs::create_dir(out.join("src")).expect("a folder");
    let pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo").success());
    };
    pipe(&out.join("src/a.rs"));
    pipe(&out.join("a.json"));
    let refused = files(&[("a.rs", "1")]).write(out).expect_err("a pipe");
    assert!(refused.to_string().contains("a pipe or a device"));
    assert!(write_text(&out.join("a.json"), "x").is_err());
    assert!(read_source(&WorkingTree, &out.join("a.json")).is_err());
}

#[test]
fn two_runs_at_once_leave_one_whole_client() {
    let texts: Vec<String> = (0..40).map(|n| n.to_string()).collect();
    let named: Vec<(String, &str)> = texts
        .iter()
        .map(|text| (format!("m{text}/a.rs"), text.as_str()))
        .collect();
    let entries: Vec<(&str, &str)> = named
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let new = files(&entries);
    for _ in 0..10 {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("deep/out");
        std::thread::scope(|scope| {
            let runs = [(); 4].map(|()| scope.spawn(|| new.write(&out)));
            for run in runs {
                run.join().expect("no panic").expect("written");
            }
        });
        assert!(new.compare(&out).expect("compared").is_empty());
        assert_eq!(held(&out).len(), entries.len());
    }
}
