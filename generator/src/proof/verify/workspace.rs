//! The packages of a build, as texts.
//!
//! ```text
//! Cargo.toml           the workspace of all of them
//! runtime/             letterpress-client, from the text that this program carries
//! probe/               what all programs share
//! clients/<name>/      a client, exactly as it is generated
//! programs/<name>/     the program that feeds it
//! ```

use letterpress_client::source;
use toml::{Table, Value};

use crate::document::printable::Origin;
use crate::emit::files::Files;

/// A package at its place in the folder of the build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Package {
    /// The folder, with `/`; empty for that of the build.
    pub folder: String,
    /// Its files.
    pub files: Files,
}

/// What all of these files are made of.
fn origin() -> Origin {
    Origin::new("`letterpress verify`")
}

/// The folder of a client.
#[must_use]
pub fn client_folder(name: &str) -> String {
    format!("clients/{name}")
}

/// The folder of its program.
#[must_use]
pub fn program_folder(name: &str) -> String {
    format!("programs/{name}")
}

/// What all clients share: the workspace, the runtime, the probe.
#[must_use]
pub fn shared(names: &[&str]) -> Vec<Package> {
    let mut root = Files::of_package();
    root.add_toml("Cargo.toml", &origin(), &workspace(names));
    let package = |folder: &str, files| Package {
        folder: folder.to_owned(),
        files,
    };
    vec![
        package("", root),
        package("runtime", runtime()),
        package("probe", probe()),
    ]
}

/// What is built by default are the programs: of the clients Cargo then takes the features that the programs ask
/// for, which is none, so that no HTTP stack is compiled.
fn workspace(names: &[&str]) -> String {
    let members: Vec<Value> = names
        .iter()
        .map(|name| program_folder(name).into())
        .collect();
    let members = Value::Array(members);
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members}\ndefault-members = {members}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    )
}

/// The features of the runtime that change what is sent, which programs show: those that sign, and that of names of hosts.
const WHOLE: [&str; 7] = ["aws", "digest", "edgegrid", "hawk", "idna", "jwt", "oauth1"];

/// The runtime as a package. Of its features, those that change what is sent are whole; the others are there in name
/// only, and nothing that they need is fetched.
fn runtime() -> Files {
    // The manifest is a part of this program, and a test parses it.
    let manifest: Table = source::MANIFEST.parse().unwrap_or_default();
    let table = |name: &str| manifest.get(name).and_then(Value::as_table).cloned();
    let mut features = table("features").unwrap_or_default();
    for (name, needs) in &mut features {
        if name != "sign" && !WHOLE.contains(&name.as_str()) {
            *needs = Value::Array(Vec::new());
        }
    }
    let asked: Vec<&str> = features
        .values()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|need| need.as_str()?.strip_prefix("dep:"))
        .collect();
    let dependencies = table("dependencies").unwrap_or_default();
    let needed = dependencies.iter().filter(|(name, value)| {
        let optional = value.get("optional").and_then(Value::as_bool);
        optional != Some(true) || asked.contains(&name.as_str())
    });
    let features: Vec<String> = features
        .iter()
        .map(|(name, needs)| format!("{name} = {needs}\n"))
        .collect();
    let needed: Vec<String> = needed
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect();
    let (features, dependencies) = (features.concat(), needed.concat());
    let mut files = Files::of_package();
    let package = package("letterpress-client", env!("CARGO_PKG_VERSION"));
    files.add_toml(
        "Cargo.toml",
        &origin(),
        &format!("{package}\n[features]\n{features}\n[dependencies]\n{dependencies}"),
    );
    for (path, text) in source::FILES {
        // Documentation that stands in files of its own is no part of what is carried.
        let lines = text.lines().filter(|line| !line.contains("include_str!"));
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        files.add_rust(path, &origin(), &text);
    }
    files.add_rust(
        "source.rs",
        &origin(),
        "//! The text of the runtime is no part of this copy.\n",
    );
    files
}

fn probe() -> Files {
    let mut files = Files::of_package();
    let package = package("letterpress-probe", "0.0.0");
    let signs = Value::Array(WHOLE.iter().map(|name| Value::from(*name)).collect());
    let dependencies = format!(
        "letterpress-client = {{ path = \"../runtime\", features = {signs} }}\n\
         http = \"1\"\nserde_json = \"1\"\n"
    );
    files.add_toml(
        "Cargo.toml",
        &origin(),
        &format!("{package}\n[dependencies]\n{dependencies}"),
    );
    files.add_rust("lib.rs", &origin(), include_str!("probe/mod.rs"));
    let credentials = include_str!("probe/credentials.rs");
    files.add_rust("credentials.rs", &origin(), credentials);
    files
}

/// The program of a client.
pub(super) fn program(name: &str, text: &str) -> Files {
    let mut files = Files::of_package();
    let package = package(&format!("verify-{name}"), "0.0.0");
    let client = Value::from(name);
    let path = Value::from(format!("../../{}", client_folder(name)));
    let dependencies = format!(
        "client = {{ package = {client}, path = {path}, default-features = false }}\n\
         letterpress-probe = {{ path = \"../../probe\" }}\n"
    );
    files.add_toml(
        "Cargo.toml",
        &origin(),
        &format!("{package}\n[dependencies]\n{dependencies}"),
    );
    files.add_rust("main.rs", &origin(), text);
    files
}

fn package(name: &str, version: &str) -> String {
    let (name, version) = (Value::from(name), Value::from(version));
    format!("[package]\nname = {name}\nversion = {version}\nedition = \"2024\"\npublish = false\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_is_a_package_without_what_is_optional() {
        let runtime = runtime();
        let manifest = runtime.iter().find(|(path, _)| *path == "Cargo.toml");
        let manifest: Table = manifest.expect("a manifest").1.parse().expect("TOML");
        let dependencies = manifest["dependencies"].as_table().expect("a table");
        assert!(dependencies.contains_key("http"), "{manifest}");
        assert!(!dependencies.contains_key("reqwest"), "{manifest}");
        let features = manifest["features"].as_table().expect("a table");
        let needs = |name: &str| features[name].as_array().expect("a list").len();
        assert_eq!(
            (needs("client"), needs("rustls"), needs("digest")),
            (0, 0, 2)
        );
        assert!(dependencies.contains_key("hmac"), "{manifest}");
        for file in ["src/lib.rs", "src/source.rs", "src/endpoint.rs"] {
            assert!(runtime.iter().any(|(path, _)| path == file), "{file}");
        }
    }

    #[test]
    fn manifests_are_toml() {
        let program = program("a-client", "");
        let shared = shared(&["a-client", "b-client"]);
        let all = shared
            .iter()
            .map(|package| &package.files)
            .chain([&program]);
        for files in all {
            let manifest = files.iter().find(|(path, _)| *path == "Cargo.toml");
            manifest
                .expect("a manifest")
                .1
                .parse::<Table>()
                .expect("TOML");
        }
    }
}
