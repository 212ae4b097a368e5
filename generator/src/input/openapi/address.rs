//! Servers: what the paths of operations are appended to (rules 10, 22 to 25).

use super::document::At;
use super::reference::has_scheme;
use super::version::Version;
use super::{Reader, path};
use crate::api::Base;
use crate::document::report::rules;

/// What an operation is sent to: the base URL, and a path below it that the document gives without a host.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Address {
    pub(super) base: Base,
    /// `/api/v2`, encoded, without a slash at its end; empty where the base has it all.
    pub(super) prefix: String,
}

/// What the setting is called that asks for an origin.
const BASE: &str = "baseUrl";

/// The address of a document, as its root says (`around`), or a path item or an operation does: the nearest list
/// of servers counts, an empty one does not (3.2, Server Object).
pub(super) fn nearest(reader: &mut Reader<'_, '_>, at: At<'_>, around: &Address) -> Address {
    let servers = at.get("servers");
    let first = servers.and_then(|servers| servers.elements().next());
    match first {
        Some(server) => of_server(reader, server),
        None => around.clone(),
    }
}

/// The address that the root of a document gives.
pub(super) fn of_root(reader: &mut Reader<'_, '_>, root: At<'_>) -> Address {
    if reader.version == Version::V2 {
        return of_2(root);
    }
    nearest(reader, root, &relative(""))
}

/// Swagger 2.0: `schemes`, `host` and `basePath` (2.0, Swagger Object).
fn of_2(root: At<'_>) -> Address {
    let path = root.text("basePath").unwrap_or_default();
    let path = without_slash(&path);
    let host = root.text("host").unwrap_or_default();
    let host = host.trim().trim_end_matches('/');
    if host.is_empty() {
        return relative(path);
    }
    let schemes = root.get("schemes").map(At::strings).unwrap_or_default();
    let scheme = match schemes.first() {
        Some(_) if schemes.contains(&"https") => "https",
        Some(first) if matches!(*first, "http" | "ws") => "http",
        _ => "https",
    };
    let (scheme, host) = host.split_once("://").unwrap_or((scheme, host));
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let url = format!("{scheme}://{host}{slash}{path}");
    Address {
        base: Base {
            name: url.clone(),
            default: url,
        },
        prefix: String::new(),
    }
}

/// A path without a host: the client asks for the origin, and keeps the path.
fn relative(path: &str) -> Address {
    let path = path.trim_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    Address {
        base: Base {
            name: BASE.to_owned(),
            default: String::new(),
        },
        prefix: path::encoded(&format!("{slash}{path}")),
    }
}

fn of_server(reader: &mut Reader<'_, '_>, server: At<'_>) -> Address {
    let Some(url) = server.text("url") else {
        return relative("");
    };
    let url = without_slash(url.trim());
    let default = with_defaults(reader, server, url);
    if let Some(rest) = default.strip_prefix("//") {
        let url = format!("https://{rest}");
        return Address {
            base: Base {
                name: url.clone(),
                default: url,
            },
            prefix: String::new(),
        };
    }
    if !has_scheme(&default) {
        return relative(&default);
    }
    // A client never sends a query or a fragment of a server.
    let default = default.split(['?', '#']).next().unwrap_or_default();
    let default = without_slash(default).to_owned();
    let name = if url.contains('{') { url } else { &default };
    Address {
        base: Base {
            name: name.to_owned(),
            default,
        },
        prefix: String::new(),
    }
}

/// A URL with its variables by their defaults; one without a default has its first value, else its name stays.
fn with_defaults(reader: &mut Reader<'_, '_>, server: At<'_>, url: &str) -> String {
    let variables = server.get("variables");
    let mut filled = url.to_owned();
    for piece in path::template(url).pieces {
        let path::Piece::Parameter { name, .. } = piece else {
            continue;
        };
        let variable = variables.and_then(|variables| variables.get(name));
        let first = || {
            let values = variable?.get("enum")?;
            let first = values.elements().next()?;
            super::document::scalar_text(first.node)
        };
        let value = variable.and_then(|variable| variable.text("default"));
        if let Some(value) = value.or_else(first) {
            filled = filled.replace(&format!("{{{name}}}"), &value);
        } else {
            let label = format!("`{{{name}}}` has no default");
            reader.push(&rules::OPENAPI_SERVER, server, label);
        }
    }
    filled
}

/// Without slashes at the end: the path of an operation begins with one.
fn without_slash(url: &str) -> &str {
    url.trim_end_matches('/')
}

impl Address {
    /// With the schemes that an operation of 2.0 has instead of those of the root.
    pub(super) fn use_schemes(&mut self, schemes: &[&str]) {
        let Some((own, rest)) = self.base.default.split_once("://") else {
            return;
        };
        let known = |scheme: &&&str| matches!(**scheme, "http" | "https");
        if schemes.contains(&own) {
            return;
        }
        if let Some(scheme) = schemes.iter().find(known) {
            let url = format!("{scheme}://{rest}");
            self.base = Base {
                name: url.clone(),
                default: url,
            };
        }
    }
}
