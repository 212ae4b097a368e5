//! What Cargo says while it builds (`--message-format=json`).

use serde_json::Value;

/// A message that matters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// A package is built. A program comes with its path.
    Built(Part, Option<String>),
    /// The compiler has something to say about a package.
    Problem(Part, Problem),
}

/// A package of the build.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// The client of that name.
    Client(String),
    /// The program of the client of that name.
    Program(String),
    /// Something that all clients stand on.
    Shared(String),
}

/// A warning or an error of the compiler.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Whether nothing comes of it.
    pub is_error: bool,
    /// What it says, in one line, with its place.
    pub text: String,
}

/// Reads a line of Cargo's. Nothing, where it is none of the two.
#[must_use]
pub fn message(line: &str) -> Option<Message> {
    let value: Value = serde_json::from_str(line).ok()?;
    let part = part(value["manifest_path"].as_str()?)?;
    match value["reason"].as_str()? {
        "compiler-artifact" => {
            let executable = value["executable"].as_str().map(str::to_owned);
            Some(Message::Built(part, executable))
        }
        "compiler-message" => Some(Message::Problem(part, problem(&value["message"])?)),
        _ => None,
    }
}

/// The part by its place: `…/clients/<name>/Cargo.toml`.
fn part(manifest: &str) -> Option<Part> {
    let mut names = manifest.rsplit(['/', '\\']);
    let (_, name, kind) = (names.next()?, names.next()?.to_owned(), names.next()?);
    Some(match kind {
        "clients" => Part::Client(name),
        "programs" => Part::Program(name),
        _ => Part::Shared(name),
    })
}

/// A message without a place only counts the others.
fn problem(message: &Value) -> Option<Problem> {
    let is_error = match message["level"].as_str()? {
        "warning" => false,
        level if level.starts_with("error") => true,
        _ => return None,
    };
    let text = message["message"].as_str()?.replace('\n', " ");
    let spans = message["spans"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let primary = spans
        .iter()
        .find(|span| span["is_primary"] == true)
        .or(spans.first())?;
    let (file, line) = (primary["file_name"].as_str()?, &primary["line_start"]);
    let column = &primary["column_start"];
    Some(Problem {
        is_error,
        text: format!("{text} (at {file}:{line}:{column})"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tells_what_was_built_and_what_is_wrong() {
        let check = |line: Value, expected: Option<Message>| {
            assert_eq!(message(&line.to_string()), expected, "{line}");
        };
        let client = || Part::Client("a".to_owned());
        check(
            json!({"reason": "compiler-artifact", "manifest_path": "/w/programs/a/Cargo.toml", "executable": "/t/a"}),
            Some(Message::Built(
                Part::Program("a".to_owned()),
                Some("/t/a".to_owned()),
            )),
        );
        check(
            json!({"reason": "compiler-artifact", "manifest_path": "C:\\w\\clients\\a\\Cargo.toml", "executable": null}),
            Some(Message::Built(client(), None)),
        );
        let said = |level: &str, spans: Value| {
            json!({
                "reason": "compiler-message",
                "manifest_path": "/w/clients/a/Cargo.toml",
                "message": {"level": level, "message": "unused\nimport", "spans": spans},
            })
        };
        let span = || json!([{"file_name": "src/x.rs", "line_start": 3, "column_start": 5, "is_primary": true}]);
        let problem = |is_error| {
            let text = "unused import (at src/x.rs:3:5)".to_owned();
            Some(Message::Problem(client(), Problem { is_error, text }))
        };
        check(said("warning", span()), problem(false));
        check(said("error", span()), problem(true));
        check(
            said("error: internal compiler error", span()),
            problem(true),
        );
        check(said("note", span()), None);
        check(said("warning", json!([])), None);
        check(json!({"reason": "build-finished", "success": true}), None);
        assert_eq!(message("not JSON"), None);
    }
}
