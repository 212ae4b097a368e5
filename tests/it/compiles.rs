//! What is generated compiles without a warning, and so do the examples in its documentation.

use std::fs;
use std::path::Path;
use std::process::Command;

use letterpress::{Config, Runtime};

use crate::case::{self, Case};
use crate::workspace::{cargo, files, run, scratch};

/// The crate that all cases are modules of. No document has this word in it.
const CRATE: &str = "every_case";

#[test]
fn every_case_compiles_without_a_warning_and_so_do_its_examples() {
    let folder = scratch(CRATE);
    let cases: Vec<Case> = case::all()
        .into_iter()
        .filter(|case| case.press().requests > 0)
        .collect();
    let mods: Vec<String> = cases
        .iter()
        .map(|case| {
            format!(
                "pub mod {};
",
                case.name
            )
        })
        .collect();
    let runtime = crate::workspace::root().join("generator/runtime");
    let manifest = format!(
        "[package]\nname = \"{CRATE}\"\nedition = \"2024\"\n[workspace]\n\
         [features]\ndefault = [\"client\", \"mock\"]\nclient = [\"letterpress-client/client\"]\nmock = [\"letterpress-client/mock\"]\n\
         [dependencies.letterpress-client]\npath = {runtime:?}\ndefault-features = false\n"
    );
    replace_sources(&folder, |folder| {
        fs::write(
            folder.join("lib.rs"),
            format!("//! Every case.\n\n{}", mods.concat()),
        )
        .unwrap();
        for case in &cases {
            write_as_module(case, folder);
        }
    });
    prepare(&folder, &manifest);

    let lints = ["--", "-D", "warnings", "-W", "clippy::pedantic"];
    run(cargo(
        &folder,
        &["clippy", "--quiet", "--all-targets", "--no-deps"],
        &lints,
    ));
    let mut docs = cargo(&folder, &["doc", "--quiet", "--no-deps"], &[]);
    docs.env("RUSTDOCFLAGS", "-Dwarnings");
    run(docs);
    let examples = run(cargo(&folder, &["test", "--doc"], &[]));
    let requests: usize = cases.iter().map(|case| case.press().requests).sum();
    let passed = examples
        .lines()
        .filter(|line| line.ends_with("... ok"))
        .count();
    assert!(
        passed >= requests,
        "{requests} requests, but {passed} examples that compile"
    );
}

/// A case as a module of [`CRATE`]: the same text, with one more name in each path from the root.
fn write_as_module(case: &Case, sources: &Path) {
    let config = Config {
        name: CRATE.to_owned(),
        runtime: Runtime::Shared,
        ..case.config.clone()
    };
    let output = letterpress::generate(&case.input, &config);
    for (path, text) in output.files.iter() {
        // What is not below `src` is the manifest.
        let Some(path) = path.strip_prefix("src/") else {
            continue;
        };
        let path = sources
            .join(&case.name)
            .join(if path == "lib.rs" { "mod.rs" } else { path });
        let text = text.replace("crate::", &format!("crate::{}::", case.name));
        let text = text.replace(&format!("{CRATE}::"), &format!("{CRATE}::{}::", case.name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn every_case_is_formatted() {
    let folder = scratch("formatted");
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "-l", "--edition", "2024"]);
    replace_sources(&folder, |folder| {
        for case in case::all() {
            let out = folder.join(&case.name);
            case.press().files.write(&out).unwrap();
            // It follows the modules from the root on. Those of a copied runtime are part of it.
            rustfmt.args(Some(out.join("src/lib.rs")).filter(|root| root.exists()));
        }
    });
    run(rustfmt);
}

/// A client with the runtime inside of it stands for itself, with each of its features.
#[test]
fn a_client_with_its_own_runtime_compiles_with_each_feature() {
    let folder = scratch("vendored");
    let case = Case::read(&case::folder().join("seed"));
    // The manifest of an earlier run was edited below.
    let manifest = folder.join("Cargo.toml");
    if manifest.exists() {
        fs::remove_file(&manifest).unwrap();
    }
    replace_sources(&folder, |_| {
        case.press().files.write(&folder).unwrap();
    });
    let manifest = fs::read_to_string(manifest).unwrap();
    prepare(&folder, &format!("{manifest}\n[workspace]\n"));
    let lints = ["--", "-D", "warnings", "-W", "clippy::pedantic"];
    for features in ["", "client", "blocking", "client,blocking"] {
        let choice = ["--quiet", "--no-default-features", "--features", features];
        let clippy = [&["clippy", "--all-targets", "--no-deps"], &choice[..]].concat();
        run(cargo(&folder, &clippy, &lints));
    }
    run(cargo(&folder, &["test", "--doc", "--quiet"], &[]));
}

/// Makes `src` anew, so that nothing of an earlier run is in it.
fn replace_sources(folder: &Path, write: impl FnOnce(&Path)) {
    let sources = folder.join("src");
    if sources.exists() {
        fs::remove_dir_all(&sources).unwrap();
    }
    fs::create_dir_all(&sources).unwrap();
    write(&sources);
    assert!(!files(&sources, ".rs").is_empty());
}

/// A manifest, and the versions of dependencies that the workspace has.
fn prepare(folder: &Path, manifest: &str) {
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(
        crate::workspace::root().join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )
    .unwrap();
}
