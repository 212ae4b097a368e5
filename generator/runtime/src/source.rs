#![cfg(feature = "source")]

//! The text of this crate, for a generator that puts it into the crates it makes.
//!
//! [`FILES`] become the module `runtime` at the root of the other crate; [`vendored`] says how.

use super::secret;
use super::target::Path;

/// What is shown instead of a secret.
pub const REDACTED: &str = secret::REDACTED;

/// Whether what has that name is usually a secret, as a client takes it. `X-Api-Key` and `xApiKey` are the same name.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    secret::is_secret_name(name)
}

/// The manifest: its `features` and `dependencies` are what the files need.
pub const MANIFEST: &str = include_str!("../Cargo.toml");

/// The name and text of every source file but this one.
pub const FILES: &[(&str, &str)] = &[
    ("auth.rs", include_str!("auth.rs")),
    ("base_url.rs", include_str!("base_url.rs")),
    ("blocking.rs", include_str!("blocking.rs")),
    ("body.rs", include_str!("body.rs")),
    ("call.rs", include_str!("call.rs")),
    ("charset.rs", include_str!("charset.rs")),
    ("client.rs", include_str!("client.rs")),
    ("clock.rs", include_str!("clock.rs")),
    ("coding.rs", include_str!("coding.rs")),
    ("complete.rs", include_str!("complete.rs")),
    ("credentials.rs", include_str!("credentials.rs")),
    ("dates.rs", include_str!("dates.rs")),
    ("decode.rs", include_str!("decode.rs")),
    ("download.rs", include_str!("download.rs")),
    ("encode.rs", include_str!("encode.rs")),
    ("endpoint.rs", include_str!("endpoint.rs")),
    ("error.rs", include_str!("error.rs")),
    ("error_code.rs", include_str!("error_code.rs")),
    ("events.rs", include_str!("events.rs")),
    ("exchange.rs", include_str!("exchange.rs")),
    ("file.rs", include_str!("file.rs")),
    ("file_types.rs", include_str!("file_types.rs")),
    ("form.rs", include_str!("form.rs")),
    ("headers.rs", include_str!("headers.rs")),
    ("id.rs", include_str!("id.rs")),
    ("json/alternative.rs", include_str!("json/alternative.rs")),
    ("json/base64.rs", include_str!("json/base64.rs")),
    ("json/decode.rs", include_str!("json/decode.rs")),
    ("json/encode.rs", include_str!("json/encode.rs")),
    ("json/error.rs", include_str!("json/error.rs")),
    ("json/macros.rs", include_str!("json/macros.rs")),
    ("json/map.rs", include_str!("json/map.rs")),
    ("json/mod.rs", include_str!("json/mod.rs")),
    ("json/nullable.rs", include_str!("json/nullable.rs")),
    ("json/number.rs", include_str!("json/number.rs")),
    ("json/reader.rs", include_str!("json/reader.rs")),
    ("json/scan.rs", include_str!("json/scan.rs")),
    ("json/token.rs", include_str!("json/token.rs")),
    ("json/tuple.rs", include_str!("json/tuple.rs")),
    ("json/union.rs", include_str!("json/union.rs")),
    ("json/union_macros.rs", include_str!("json/union_macros.rs")),
    ("json/value.rs", include_str!("json/value.rs")),
    ("json/with_serde.rs", include_str!("json/with_serde.rs")),
    ("json/writer.rs", include_str!("json/writer.rs")),
    ("lib.rs", include_str!("lib.rs")),
    ("media_type.rs", include_str!("media_type.rs")),
    ("mock.rs", include_str!("mock.rs")),
    ("multipart.rs", include_str!("multipart.rs")),
    ("oauth2/code.rs", include_str!("oauth2/code.rs")),
    ("oauth2/device.rs", include_str!("oauth2/device.rs")),
    ("oauth2/grants.rs", include_str!("oauth2/grants.rs")),
    ("oauth2/mod.rs", include_str!("oauth2/mod.rs")),
    ("oauth2/token.rs", include_str!("oauth2/token.rs")),
    ("pages.rs", include_str!("pages.rs")),
    ("random.rs", include_str!("random.rs")),
    ("rate_limits.rs", include_str!("rate_limits.rs")),
    ("reader.rs", include_str!("reader.rs")),
    ("redirect.rs", include_str!("redirect.rs")),
    ("reply.rs", include_str!("reply.rs")),
    ("request_error.rs", include_str!("request_error.rs")),
    ("retries.rs", include_str!("retries.rs")),
    ("secret.rs", include_str!("secret.rs")),
    ("setters.rs", include_str!("setters.rs")),
    ("settings.rs", include_str!("settings.rs")),
    ("sign/aws.rs", include_str!("sign/aws.rs")),
    ("sign/challenge.rs", include_str!("sign/challenge.rs")),
    ("sign/digest.rs", include_str!("sign/digest.rs")),
    ("sign/edgegrid.rs", include_str!("sign/edgegrid.rs")),
    ("sign/hash.rs", include_str!("sign/hash.rs")),
    ("sign/hawk.rs", include_str!("sign/hawk.rs")),
    ("sign/jwt.rs", include_str!("sign/jwt.rs")),
    ("sign/mod.rs", include_str!("sign/mod.rs")),
    ("sign/oauth1.rs", include_str!("sign/oauth1.rs")),
    ("sign/percent.rs", include_str!("sign/percent.rs")),
    ("sign/request.rs", include_str!("sign/request.rs")),
    ("sign/time.rs", include_str!("sign/time.rs")),
    ("spans.rs", include_str!("spans.rs")),
    ("style.rs", include_str!("style.rs")),
    ("target.rs", include_str!("target.rs")),
    (
        "transport/incoming.rs",
        include_str!("transport/incoming.rs"),
    ),
    ("transport/mod.rs", include_str!("transport/mod.rs")),
    ("transport/reqwest.rs", include_str!("transport/reqwest.rs")),
    ("transport/tower.rs", include_str!("transport/tower.rs")),
    ("transport/upload.rs", include_str!("transport/upload.rs")),
    ("transport_error.rs", include_str!("transport_error.rs")),
    ("uri.rs", include_str!("uri.rs")),
    ("values.rs", include_str!("values.rs")),
    ("watch.rs", include_str!("watch.rs")),
];

/// The files of this crate as the module `runtime` of the crate `name`: their paths below `src/runtime` and their texts,
/// without what belongs to the features `unused`.
///
/// Macros cannot be exported from a module without being exported from the crate, so theirs are other lines: one that
/// ends in `// not vendored` is left out, one that begins with `// vendored: ` loses that.
#[must_use]
pub fn vendored(name: &str, unused: &[&str]) -> Vec<(String, String)> {
    let mut modules = Vec::new();
    let texts: Vec<(&str, String)> = FILES
        .iter()
        .map(|(path, text)| (*path, without(path, text, unused, &mut modules)))
        .collect();
    let is_used = |path: &str| {
        let mut modules = modules
            .iter()
            .filter_map(|module| path.strip_prefix(module));
        !modules.any(|rest| rest == ".rs" || rest.starts_with('/'))
    };
    let used = texts.iter().filter(|(path, _)| is_used(path));
    used.map(|(path, text)| {
        let path = if *path == "lib.rs" { "mod.rs" } else { path };
        (path.to_owned(), as_module(text, name))
    })
    .collect()
}

fn as_module(text: &str, name: &str) -> String {
    let docs: usize = text
        .split_inclusive('\n')
        .take_while(|line| line.starts_with("//!"))
        .map(str::len)
        .sum();
    let (docs, text) = text.split_at(docs);
    let mut copy = format!("{docs}\n#![cfg_attr(rustfmt, rustfmt_skip)]\n");
    for line in text
        .lines()
        .filter(|line| !line.ends_with("// not vendored"))
    {
        copy.push_str(line.strip_prefix("// vendored: ").unwrap_or(line));
        copy.push('\n');
    }
    let copy = copy.replace("$crate::", "$crate::runtime::");
    copy.replace("letterpress_client::", &format!("{name}::runtime::"))
}

/// A text without the items, fields, arms and statements whose `#[cfg(…)]` no feature but the unused ones turns on. The
/// paths of the modules among them are added to `modules`.
///
/// It goes by lines: in text that rustfmt has laid out, what an attribute is on ends with the first line of its own
/// indentation that ends in `;`, `,` or `}`.
fn without(path: &str, text: &str, unused: &[&str], modules: &mut Vec<String>) -> String {
    let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
    let mut kept: Vec<String> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let features = cfg_features(line);
        if !features.iter().any(|feature| unused.contains(feature)) {
            keep(&mut kept, line);
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let left: Vec<String> = features
            .iter()
            .filter(|feature| !unused.contains(feature))
            .map(|feature| format!("feature = \"{feature}\""))
            .collect();
        match left.as_slice() {
            [] => {
                let is_head = |line: &String| {
                    let own = line.strip_prefix(indent).unwrap_or_default();
                    own.starts_with("///") || own.starts_with("#[")
                };
                while kept.last().is_some_and(is_head) {
                    kept.pop();
                }
                for line in lines.by_ref() {
                    let own = line.strip_prefix(indent).unwrap_or_default();
                    if let Some(module) = own.strip_prefix("mod ") {
                        modules.push(format!("{folder}{}", module.trim_end_matches(';')));
                    }
                    let is_own = !own.starts_with([' ', '#', '/']);
                    if is_own && own.ends_with([';', ',', '}']) {
                        break;
                    }
                }
            }
            [one] => kept.push(format!("{indent}#[cfg({one})]")),
            several => kept.push(format!("{indent}#[cfg(any({}))]", several.join(", "))),
        }
    }
    kept.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// Appends a line. Where something was left out, a blank line may be one too many.
fn keep(kept: &mut Vec<String>, line: &str) {
    let is_blank = |line: &String| line.is_empty();
    let last = kept.last().map(String::as_str).unwrap_or_default();
    if line.is_empty() && (last.is_empty() || last.ends_with('{')) {
        return;
    }
    if line.trim_start().starts_with('}') && kept.last().is_some_and(is_blank) {
        kept.pop();
    }
    match kept.last_mut() {
        Some(last) if line.trim_start() == "}" && last.ends_with('{') => last.push('}'),
        _ => kept.push(line.to_owned()),
    }
}

/// The features of which each turns on what follows a line such as `#[cfg(feature = "aws")]`.
fn cfg_features(line: &str) -> Vec<&str> {
    let line = line.trim_start();
    let alternatives = line
        .strip_prefix("#[cfg(any(")
        .and_then(|rest| rest.strip_suffix("))]"))
        .or_else(|| line.strip_prefix("#[cfg(")?.strip_suffix(")]"));
    let alternatives = alternatives.unwrap_or_default().split(", ");
    alternatives
        .filter_map(|one| one.strip_prefix("feature = \"")?.strip_suffix('"'))
        .collect()
}

/// What a [`Path`] is written of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathPiece<'a> {
    /// As by [`Path::text`].
    Text(&'a str),
    /// As by [`Path::value`].
    Value(&'a str),
    /// As by [`Path::encoded_twice`].
    Twice(&'a str),
}

/// A path as a client writes it: for a generator that shows examples. Nothing where a client refuses it.
pub fn path<'a>(pieces: impl IntoIterator<Item = PathPiece<'a>>) -> Option<String> {
    let mut path = Path::default();
    for piece in pieces {
        match piece {
            PathPiece::Text(text) => path.append(text),
            PathPiece::Value(value) => path.value("", &value),
            PathPiece::Twice(value) => path.encoded_twice("", &value),
        }
    }
    path.finish().ok()
}

/// A value as [`Query::pair`](super::Query::pair) writes it: for a generator that shows examples.
#[must_use]
pub fn encode_query_value(value: &str) -> String {
    let mut encoded = String::new();
    super::encode::push_query_value(&mut encoded, &value);
    encoded
}
