//! Names from one run to the next: what `letterpress.lock` does.

use super::desk::Desk;

/// A desk with a configuration, where a client was generated once.
fn desk() -> Desk {
    let desk = Desk::with_requests(&["one", "two"]);
    desk.write("letterpress.toml", "inputs = [\"a.json\"]\nout = \"out\"\n");
    desk.run("generate").ends(0, &["2 requests"]);
    desk
}

impl Desk {
    fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert!(text.contains(old), "{text}");
        self.write(path, &text.replace(old, new));
    }
}

#[test]
fn names_are_kept_until_they_are_given_up() {
    let desk = desk();
    assert!(!desk.path("out/letterpress.lock").exists());
    let lock = desk.text("letterpress.lock");
    assert!(
        lock.contains("request\ttwo\tGET /two\t-\t-\ttwo\n"),
        "{lock}"
    );
    desk.run("generate")
        .ends(0, &["since the last run: 2 unchanged"]);
    assert_eq!(desk.text("letterpress.lock"), lock);

    desk.replace("a.json", "\"name\":\"two\"", "\"name\":\"three\"");
    desk.run("check")
        .ends(1, &["stale: src/two.rs", "letterpress.lock\n"]);
    let words = [
        "note[name-kept]",
        "kept `two`; it would be `three`",
        "1 changed, 1 unchanged",
        "changed: two",
    ];
    desk.run("generate -v").ends(0, &words);
    desk.run("check").ends(0, &["is current"]);
    desk.run("explain").ends(0, &["two"]);

    desk.run("generate --rename=one*").ends(0, &["2 unchanged"]);
    desk.run("generate --rename")
        .ends(0, &["1 renamed, 1 unchanged", "two is now three"]);
    assert!(desk.path("out/src/three.rs").exists() && !desk.path("out/src/two.rs").exists());
    assert!(desk.text("out/src/lib.rs").contains("pub mod two {"));
    desk.run("check").ends(0, &["is current"]);
}

#[test]
fn a_new_request_takes_no_name_away() {
    let desk = desk();
    desk.replace(
        "a.json",
        "\"item\":[",
        "\"item\":[{\"name\":\"one\",\"request\":\"https://a.example/first\"},",
    );
    desk.run("generate")
        .ends(0, &["1 added, 2 unchanged", "added: one_get"]);
    assert!(desk.text("out/src/one.rs").contains("`GET /one`"));
}

#[test]
fn a_damaged_lock_stops_a_run_and_is_left_alone() {
    let desk = desk();
    let lock = desk.text("letterpress.lock");
    let damaged = format!("{lock}<<<<<<< HEAD\n");
    desk.write("letterpress.lock", &damaged);
    desk.write_requests(&["one", "three"]);
    let before = desk.output();
    let line = format!(
        "letterpress.lock:{}: `<<<<<<< HEAD`",
        damaged.lines().count()
    );
    let words = [&*line, "error[lock-damaged]", "output unchanged"];
    desk.run("generate").ends(1, &words);
    assert_eq!(
        (desk.output(), desk.text("letterpress.lock")),
        (before, damaged)
    );
    desk.run("explain").ends(1, &["three"]);
    desk.write("letterpress.lock", &lock);
    desk.run("generate").ends(0, &["1 added", "removed: two"]);
}

#[test]
fn a_crate_has_modules_of_its_user() {
    let desk = desk();
    desk.replace("letterpress.toml", "out =", "modules = [\"extra\"]\nout =");
    desk.write("out/src/extra.rs", "//! Mine.\n");
    desk.run("generate").ends(0, &["1 file written"]);
    let root = desk.text("out/src/lib.rs");
    assert!(root.contains("pub mod extra;\n"), "{root}");
    desk.run("check").ends(0, &["is current"]);
    desk.replace("letterpress.toml", "extra", "ex-tra");
    desk.run("generate").ends(2, &["`ex-tra` in `modules`"]);
}

/// Runs Git in the folder of a desk.
fn git(desk: &Desk, arguments: &str) {
    let identity = "-c user.name=a -c user.email=a@a.example -c commit.gpgsign=false";
    let mut command = std::process::Command::new("git");
    command
        .current_dir(desk.path(""))
        .args(identity.split(' '))
        .args(arguments.split(' '));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_version_is_raised_by_what_changes_for_users() {
    let desk = repository();
    assert!(desk.text("out/Cargo.toml").contains("version = \"0.1.0\""));
    desk.run("generate --bump").ends(0, &["2 unchanged"]);
    assert!(
        !desk.path("out/CHANGELOG.md").exists(),
        "nothing has changed"
    );

    // A new request, then one that is gone: twice before a commit is one release.
    let both = "\"item\":[{\"name\":\"new\",\"request\":\"https://a.example/new\"},";
    desk.replace("a.json", "\"item\":[", both);
    desk.run("generate --bump").ends(0, &["added: new"]);
    assert!(desk.text("out/Cargo.toml").contains("version = \"0.1.1\""));
    desk.write_requests(&["one", "new"]);
    desk.run("generate --bump").ends(0, &["removed: two"]);
    let manifest = desk.text("out/Cargo.toml");
    assert!(manifest.contains("version = \"0.2.0\""), "{manifest}");
    let list = desk.text("out/CHANGELOG.md");
    assert!(list.starts_with("# Changelog\n\n## 0.2.0\n"), "{list}");
    assert!(
        list.contains("request-removed") && list.contains("request-added"),
        "{list}"
    );
    desk.run("generate --bump").ends(0, &["0 files written"]);
    assert_eq!(desk.text("out/CHANGELOG.md"), list);

    // The version stays where nothing raises it.
    commit(&desk);
    desk.write_requests(&["one", "new", "more"]);
    desk.run("generate").ends(0, &["1 added"]);
    assert!(desk.text("out/Cargo.toml").contains("version = \"0.2.0\""));
}

/// A desk in a repository, where a client was generated and committed.
fn repository() -> Desk {
    let desk = desk();
    git(&desk, "init -q");
    commit(&desk);
    desk
}

fn commit(desk: &Desk) {
    git(desk, "add .");
    git(desk, "commit -q -m more");
}

/// A name that is given up is left for a release, and gone with the next one.
#[test]
fn an_alias_stays_for_a_release() {
    let desk = repository();
    let version = |version: &str| {
        let manifest = desk.text("out/Cargo.toml");
        assert!(
            manifest.contains(&format!("version = \"{version}\"")),
            "{manifest}"
        );
    };
    let has_alias = || desk.text("out/src/lib.rs").contains("pub mod two {");

    desk.write_requests(&["one", "three"]);
    desk.replace("a.json", "/three", "/two");
    desk.run("generate --bump --rename")
        .ends(0, &["two is now three"]);
    let list = desk.text("out/CHANGELOG.md");
    assert!(list.contains("minor alias-added: `two`: `three`"), "{list}");
    assert!(!list.contains("**major**"), "{list}");
    version("0.1.1");
    // Twice before a commit is one release.
    desk.run("generate --bump").ends(0, &["0 files written"]);
    assert!(has_alias());

    // Where nothing changes, there is no release.
    commit(&desk);
    desk.run("generate --bump").ends(0, &["0 files written"]);
    desk.replace(
        "a.json",
        "\"item\":[",
        "\"item\":[{\"name\":\"new\",\"request\":\"https://a.example/new\"},",
    );
    desk.run("generate").ends(0, &["1 added, 2 unchanged"]);
    assert!(has_alias());
    desk.run("generate --bump")
        .ends(0, &["last run: 3 unchanged"]);
    assert!(!has_alias());
    version("0.2.0");
    let list = desk.text("out/CHANGELOG.md");
    assert!(
        list.contains("**major** alias-removed: `two`: `three`"),
        "{list}"
    );
    desk.run("generate --bump").ends(0, &["0 files written"]);
    assert_eq!(desk.text("out/CHANGELOG.md"), list);
}

/// What was generated and committed without a version belongs to the next one.
#[test]
fn a_release_has_all_changes_since_the_one_before() {
    let desk = repository();
    desk.write_requests(&["one"]);
    desk.run("generate --bump").ends(0, &["removed: two"]);
    commit(&desk);
    desk.write_requests(&["three"]);
    desk.run("generate").ends(0, &["removed: one"]);
    commit(&desk);
    desk.write_requests(&["three", "four"]);
    desk.run("generate --bump").ends(0, &["added: four"]);
    let list = desk.text("out/CHANGELOG.md");
    let words = [
        "## 0.3.0",
        "request-removed: `one`",
        "request-added: `three`",
        "request-added: `four`",
    ];
    for word in words {
        assert!(list.contains(word), "{word} is not in\n{list}");
    }
}
