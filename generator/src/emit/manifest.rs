//! The generated `Cargo.toml`, and the runtime's files where the client carries them.

use std::collections::BTreeSet;

use letterpress_client::source;
use toml::{Table, Value};

use crate::input::config::{Config, FIRST_VERSION, Runtime};

/// The features of the runtime that a client passes on.
const FEATURES: &[&str] = &[
    "client",
    "blocking",
    "rustls",
    "native-tls",
    "http2",
    "gzip",
    "brotli",
    "zstd",
    "charset",
    "oauth2",
    "tower",
    "tracing",
    "mock",
    "serde",
];

/// The features of the runtime that are on by default, with those that sign the requests of the client.
const DEFAULT: &[&str] = &["client", "rustls", "charset"];

/// The text of the manifest of a client whose requests are signed by those features of the runtime.
pub(crate) fn write(config: &Config, title: &str, signs: &BTreeSet<&'static str>) -> String {
    let description = format!("A client of the API {title}");
    let package = format!(
        "[package]\nname = {}\nversion = {}\nedition = \"2024\"\nrust-version = \"1.85\"\ndescription = {}\npublish = false\n",
        Value::from(config.name.as_str()),
        Value::from(config.version.as_deref().unwrap_or(FIRST_VERSION)),
        Value::from(description),
    );
    let (features, dependencies) = match &config.runtime {
        Runtime::Vendored => vendored(signs),
        Runtime::Shared => shared(
            &format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
            signs,
        ),
        Runtime::Path(path) => shared(&format!("path = {}", Value::from(path.as_str())), signs),
    };
    format!("{package}\n[features]\n{features}\n[dependencies]\n{dependencies}")
}

/// The features and dependencies of the runtime, as its own manifest lists them.
fn vendored(signs: &BTreeSet<&'static str>) -> (String, String) {
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
    features.insert("default".to_owned(), default(signs));
    (lines(&features), lines(&table("dependencies")))
}

/// A dependency on the runtime, and features that turn on its own.
fn shared(origin: &str, signs: &BTreeSet<&'static str>) -> (String, String) {
    let mut features = vec![format!("default = {}\n", default(signs))];
    let own = |feature: &&str| format!("{feature} = [\"letterpress-client/{feature}\"]\n");
    features.extend(FEATURES.iter().chain(signs).map(own));
    let dependency = format!("letterpress-client = {{ {origin}, default-features = false }}\n");
    (features.concat(), dependency)
}

fn default(signs: &BTreeSet<&'static str>) -> Value {
    let names = DEFAULT.iter().chain(signs);
    Value::Array(names.map(|name| Value::from(*name)).collect())
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
        let (features, dependencies) = vendored(&BTreeSet::from(["hawk"]));
        assert!(
            features.contains(r#"default = ["client", "rustls", "charset", "hawk"]"#),
            "{features}"
        );
        for feature in FEATURES {
            assert!(features.contains(&format!("{feature} = ")), "{features}");
        }
        assert!(!features.contains("source"), "{features}");
        assert!(dependencies.contains("http = "), "{dependencies}");
    }

    #[test]
    fn texts_of_a_collection_stay_in_their_strings() {
        let manifest = write(
            &Config::new("x"),
            "a\"\n[dependencies]\nevil = \"1\"",
            &BTreeSet::new(),
        );
        let table: Table = manifest.parse().expect("TOML");
        assert!(
            !table["dependencies"]
                .as_table()
                .expect("a table")
                .contains_key("evil")
        );
    }
}
