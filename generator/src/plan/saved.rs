//! The saved responses of the documents as data, which a client's users test with.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Group;
use crate::api::{Api, Statuses};
use crate::document::printable;
use crate::document::secret;

/// Longer bodies are left out, in bytes: the data is compiled into tests.
const LONGEST: usize = 64 * 1024;

/// Each response that has an example and a single status, as JSON on a line of its own: `method`, `path`, `status`,
/// `media_type`, `body`. No line shows a secret or holds a character that cannot be seen.
pub(super) fn responses(api: &Api, root: &Group) -> Vec<String> {
    let mut lines = Vec::new();
    for (_, module) in root.requests() {
        for response in &api.operations[module.operation].responses {
            let Statuses::One(status) = response.statuses else {
                continue;
            };
            let body = response.body.as_deref().unwrap_or_default();
            if response.by_code || body.len() > LONGEST {
                continue;
            }
            lines.push(line(&json!({
                "method": module.method,
                "path": module.path_template,
                "status": status,
                "media_type": response.media_type,
                "body": secret::redact(body),
            })));
        }
    }
    lines
}

/// JSON that has an escape for what cannot be seen.
fn line(value: &Value) -> String {
    let mut line = String::new();
    for c in value.to_string().chars() {
        if printable::is_unseen(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(c);
        }
    }
    line
}
