//! What a build is told, and what it finds afterwards.

use std::fs;

use super::*;

/// A collection with requests of these names.
fn collection(names: &[&str]) -> String {
    let item = names.iter();
    let item = item.map(
        |name| serde_json::json!({"name": name, "request": format!("https://a.example/{name}")}),
    );
    serde_json::json!({"info": {"name": "A"}, "item": item.collect::<Vec<_>>()}).to_string()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }
    root
}

/// The lines for Cargo, with the folder as `.`, and how it ended.
fn run(generator: &Generator, root: &Path) -> (Vec<String>, Result<(), String>) {
    let mut cargo = Vec::new();
    let result = generator.run(&mut cargo, &root.join("out"));
    let shown = |text: &str| text.replace(&*root.to_string_lossy(), ".");
    let text = shown(&String::from_utf8(cargo).expect("a text"));
    let result = result.map_err(|error| shown(&format!("{error:?}")));
    (text.lines().map(str::to_owned).collect(), result)
}

#[test]
fn cargo_is_told_every_input() {
    let request = "name: A\nurl: https://a.example/a\n";
    let collection = collection(&["one"]);
    let root = folder(&[
        ("a.json", &collection),
        ("b.json", &collection),
        ("env.json", "{\"name\": \"e\", \"values\": []}"),
        ("v3/.resources/definition.yaml", "name: V3"),
        ("v3/deep/a.request.yaml", request),
        ("w/postman/collections/One/a.request.yaml", request),
        ("w/src/main.rs", ""),
        ("letterpress.lock", &lock::Lock::default().to_string()),
        (
            "letterpress.toml",
            "inputs = ['a.json']\nout = 'x'\nenvironment = 'env.json'",
        ),
    ]);
    let at = |path: &str| root.path().join(path);
    let check = |generator: Generator, expected: &[&str]| {
        let (lines, result) = run(&generator, root.path());
        assert_eq!(result, Ok(()));
        let told = lines
            .iter()
            .filter_map(|line| line.strip_prefix("cargo::rerun-if-changed=./"));
        assert_eq!(told.collect::<Vec<_>>(), expected);
    };
    check(Generator::new(at("a.json")), &["a.json"]);
    let all = Generator::new(at("a.json")).collection(at("b.json"));
    let all = all
        .environment(at("env.json"))
        .globals(at("env.json"))
        .lock(at("letterpress.lock"));
    check(all, &["a.json", "b.json", "env.json", "letterpress.lock"]);
    check(Generator::new(at("v3")), &["v3"]);
    // Not the sources of the crate, which may lie there too.
    check(Generator::new(at("w")), &["w/postman/collections"]);
    let configured = Generator::from_config(at("letterpress.toml")).expect("a configuration");
    check(
        configured,
        &["a.json", "env.json", "letterpress.lock", "letterpress.toml"],
    );
    // It may come.
    check(
        Generator::new(at("a.json")).lock(at("none.lock")),
        &["a.json", "none.lock"],
    );
}

#[test]
fn the_output_has_the_name_of_the_collection_or_another() {
    let text = collection(&["one"]);
    let root = folder(&[("My API.postman_collection.json", &text), ("2.json", &text)]);
    let check = |generator: Generator, expected: &str| {
        assert_eq!(run(&generator, root.path()).1, Ok(()));
        assert!(
            root.path().join("out").join(expected).is_file(),
            "{expected}"
        );
    };
    let named = Generator::new(root.path().join("My API.postman_collection.json"));
    check(named.clone(), "my_api.rs");
    check(named.clone().module("zoom"), "zoom.rs");
    check(named.clone().module("deep").folder(), "deep/mod.rs");
    check(named.clone().module("deep").folder(), "deep/one.rs");
    check(Generator::new(root.path().join("2.json")), "n2.rs");
    let wrong = run(&named.module("../x"), root.path()).1;
    assert_eq!(
        wrong,
        Err("`../x` is no name of a Rust module; `Generator::module` takes another".to_owned())
    );
}

/// The lock is read and never written; the next one lies beside the output.
#[test]
fn names_are_kept_by_a_lock_that_people_copy() {
    let root = folder(&[("a.json", &collection(&["one"]))]);
    let (lock, next) = (root.path().join("a.lock"), root.path().join("out/a.lock"));
    let generator = Generator::new(root.path().join("a.json")).lock(&lock);
    let warnings = |count: usize, word: &str| {
        let (lines, result) = run(&generator, root.path());
        assert_eq!(result, Ok(()));
        let warnings: Vec<_> = lines
            .iter()
            .filter_map(|line| line.strip_prefix("cargo::warning="))
            .collect();
        assert_eq!(warnings.len(), count, "{warnings:?}");
        assert!(
            warnings.iter().all(|line| line.contains(word)),
            "{warnings:?}"
        );
    };
    warnings(
        1,
        "there is no ./a.lock yet, so names may change with the collection; to keep them, copy ./out/a.lock there",
    );
    assert!(!lock.exists());
    fs::copy(&next, &lock).expect("copied");
    warnings(0, "");

    // Another text with the same names is no reason to warn.
    let described = collection(&["one"]).replace("\"A\"", "\"A\", \"description\": \"B\"");
    fs::write(root.path().join("a.json"), described).expect("written");
    warnings(0, "");

    let before = fs::read_to_string(&lock).expect("there");
    let renamed = collection(&["one", "two"]).replace("\"name\":\"one\"", "\"name\":\"other\"");
    fs::write(root.path().join("a.json"), renamed).expect("written");
    warnings(1, "./a.lock does not hold all names");
    assert_eq!(fs::read_to_string(&lock).expect("there"), before);
    let text = fs::read_to_string(root.path().join("out/a.rs")).expect("written");
    assert!(text.contains("pub mod one {") && !text.contains("pub mod other {"));

    fs::write(&lock, before.replace("format", "<<<<<<< HEAD")).expect("written");
    let (_, result) = run(&generator, root.path());
    assert!(result.expect_err("a conflict").contains("lock-damaged"));
}

#[test]
fn errors_show_their_place() {
    let root = folder(&[
        ("broken.json", "{\"item\": [\n  1,\n]}"),
        (
            "letterpress.toml",
            "inputs = []\nout = 'x'\nruntme = 'shared'",
        ),
    ]);
    let check = |generator: Result<Generator, Error>, expected: &str| {
        let error = generator.map_or_else(
            |error| format!("{error:?}").replace(&*root.path().to_string_lossy(), "."),
            |generator| run(&generator, root.path()).1.expect_err("an error"),
        );
        assert!(error.contains(expected), "{error}");
        assert!(!root.path().join("out").exists());
    };
    let at = |path: &str| root.path().join(path);
    check(
        Ok(Generator::new(at("none.json"))),
        "cannot read ./none.json: ",
    );
    check(
        Ok(Generator::new(at("broken.json"))),
        " --> ./broken.json:3:1\n  |\n3 | ]}\n",
    );
    check(
        Generator::from_config(at("letterpress.toml")),
        "./letterpress.toml: TOML parse error at line 3",
    );
    check(
        Generator::from_config(at("none.toml")),
        "cannot read ./none.toml: ",
    );
}

/// What a document says must not become an instruction to Cargo.
#[test]
fn a_warning_is_one_line() {
    let url = "{{u\ncargo::rustc-env=A=B\r\ncargo::rustc-link-arg=x}}/x";
    let name = "a\ncargo::rustc-env=C=D";
    let item =
        serde_json::json!([{"name": name, "request": url}, {"name": name, "request": "{{n}}/x"}]);
    let text = serde_json::json!({"info": {"name": "A"}, "item": item}).to_string();
    let root = folder(&[("a.json", &text)]);
    let (lines, _) = run(&Generator::new(root.path().join("a.json")), root.path());
    assert!(
        lines.iter().any(|line| line.contains("rustc-link-arg")),
        "{lines:#?}"
    );
    let known = ["cargo::warning=", "cargo::rerun-if-changed="];
    let is_known = |line: &String| known.iter().any(|known| line.starts_with(known));
    assert!(lines.iter().all(is_known), "{lines:#?}");
}
