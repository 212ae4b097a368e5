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

/// The features and dependencies of the runtime, as its own manifest lists them, without those that the client does not
/// need to sign its requests.
fn vendored(signs: &BTreeSet<&'static str>) -> (String, String) {
    let mut features = runtime_table("features");
    features.remove("source");
    for unused in unused(signs) {
        features.remove(&unused);
    }
    features.insert("default".to_owned(), default(signs));
    let needs = features.values().filter_map(Value::as_array).flatten();
    let needs: Vec<&str> = needs
        .filter_map(|need| need.as_str()?.strip_prefix("dep:"))
        .collect();
    let mut dependencies = runtime_table("dependencies");
    dependencies.retain(|name, value| {
        let optional = value.get("optional").and_then(Value::as_bool);
        optional != Some(true) || needs.contains(&name)
    });
    (lines(&features), lines(&dependencies))
}

/// A table of the runtime's manifest.
fn runtime_table(name: &str) -> Table {
    // The manifest is a part of this program, and a test parses it.
    let manifest: Table = source::MANIFEST.parse().unwrap_or_default();
    let table = manifest.get(name).and_then(Value::as_table);
    table.cloned().unwrap_or_default()
}

/// The features for signatures that no request of the client needs: `sign` and those that are built on it.
fn unused(signs: &BTreeSet<&'static str>) -> Vec<String> {
    let features = runtime_table("features").into_iter();
    let schemes = features.filter(|(_, needs)| {
        let needs = needs.as_array().into_iter().flatten();
        needs.filter_map(Value::as_str).any(|need| need == "sign")
    });
    let names = schemes.map(|(name, _)| name);
    let mut unused: Vec<String> = names
        .filter(|name| !signs.contains(name.as_str()))
        .collect();
    if signs.is_empty() {
        unused.push("sign".to_owned());
    }
    unused
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
pub(crate) fn runtime_files(
    crate_name: &str,
    signs: &BTreeSet<&'static str>,
) -> Vec<(String, String)> {
    let unused = unused(signs);
    let unused: Vec<&str> = unused.iter().map(String::as_str).collect();
    let files = source::vendored(crate_name, &unused).into_iter();
    files
        .map(|(path, text)| (format!("runtime/{path}"), text))
        .collect()
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
        assert!(dependencies.contains("http = "), "{dependencies}");
        assert!(dependencies.contains("hmac = "), "{dependencies}");
        for unused in ["source", "aws", "oauth1", "md-5"] {
            assert!(!features.contains(unused), "{features}");
            assert!(!dependencies.contains(unused), "{dependencies}");
        }
        let (features, dependencies) = vendored(&BTreeSet::new());
        assert!(!features.contains("sign"), "{features}");
        assert!(!dependencies.contains("hmac"), "{dependencies}");
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
