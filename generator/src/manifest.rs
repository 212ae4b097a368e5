//! The generated `Cargo.toml`, and the runtime's files where the client carries them.

use letterpress_client::source;
use toml::{Table, Value};

use crate::config::{Config, Runtime};

/// The features of the runtime that a client passes on.
const FEATURES: &[&str] = &["client", "blocking", "rustls", "serde"];

/// The text of the manifest.
pub(crate) fn write(config: &Config, title: &str) -> String {
    let description = format!("A client of the API {title}");
    let package = format!(
        "[package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.85\"\ndescription = {}\npublish = false\n",
        Value::from(config.name.as_str()),
        Value::from(description),
    );
    let (features, dependencies) = match &config.runtime {
        Runtime::Vendored => vendored(),
        Runtime::Shared => shared(&format!("version = \"{}\"", env!("CARGO_PKG_VERSION"))),
        Runtime::Path(path) => shared(&format!("path = {}", Value::from(path.as_str()))),
    };
    format!("{package}\n[features]\n{features}\n[dependencies]\n{dependencies}")
}

/// The features and dependencies of the runtime, as its own manifest lists them.
fn vendored() -> (String, String) {
    // The manifest is a part of this program, and a test parses it.
    let manifest: Table = source::MANIFEST.parse().unwrap_or_default();
    let table = |name: &str| {
        manifest
            .get(name)
            .and_then(Value::as_table)
            .cloned()
            .unwrap_or_default()
    };
    let mut features = table("features");
    features.remove("source");
    (lines(&features), lines(&table("dependencies")))
}

/// A dependency on the runtime, and features that turn on its own.
fn shared(origin: &str) -> (String, String) {
    let mut features = vec!["default = [\"client\", \"rustls\"]\n".to_owned()];
    let own = |feature| format!("{feature} = [\"letterpress-client/{feature}\"]\n");
    features.extend(FEATURES.iter().map(own));
    let dependency = format!("letterpress-client = {{ {origin}, default-features = false }}\n");
    (features.concat(), dependency)
}

fn lines(table: &Table) -> String {
    let lines: Vec<String> = table
        .iter()
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect();
    lines.concat()
}

/// The files of the runtime as the module `runtime` of a crate of that name: path and text.
pub(crate) fn runtime_files(crate_name: &str) -> impl Iterator<Item = (String, String)> {
    source::FILES.iter().map(move |(path, text)| {
        let (path, text) = source::vendored(path, text, crate_name);
        (format!("runtime/{path}"), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_of_the_runtime_is_read() {
        let (features, dependencies) = vendored();
        for feature in FEATURES {
            assert!(features.contains(&format!("{feature} = ")), "{features}");
        }
        assert!(!features.contains("source"), "{features}");
        assert!(dependencies.contains("http = "), "{dependencies}");
    }

    #[test]
    fn texts_of_a_collection_stay_in_their_strings() {
        let manifest = write(&Config::new("x"), "a\"\n[dependencies]\nevil = \"1\"");
        let table: Table = manifest.parse().expect("TOML");
        assert!(
            !table["dependencies"]
                .as_table()
                .expect("a table")
                .contains_key("evil")
        );
    }
}
