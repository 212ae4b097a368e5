//! What an output was made of, as build systems read it: a rule of Make, which Ninja and others read too.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::document::printable;

/// A path that no rule can name: it is not Unicode, or has a line break in it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{} cannot stand in a dep-file: it is not Unicode, or has a line break in its name", printable::path(.0))]
pub struct Unwritable(pub PathBuf);

/// The rule that a target is made of these paths, as they are given. Each of them is the target of an empty rule as
/// well, so that Make goes on when one is no longer there.
///
/// # Errors
///
/// When a path cannot be written.
pub fn rule(target: &Path, inputs: &BTreeSet<PathBuf>) -> Result<String, Unwritable> {
    let inputs: Result<Vec<String>, Unwritable> = inputs.iter().map(|path| escaped(path)).collect();
    let inputs = inputs?;
    let mut text = format!("{}:", escaped(target)?);
    for input in &inputs {
        text.push_str(" \\\n  ");
        text.push_str(input);
    }
    text.push('\n');
    for input in &inputs {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{input}:");
    }
    Ok(text)
}

/// A path as Make reads it. A backslash escapes blanks, `#` and `:`, and counts as itself before anything else, so
/// those before a blank, a `#` and the end are written twice. There is no way to escape `*`, `?` and `%` that Make
/// and Ninja share.
fn escaped(path: &Path) -> Result<String, Unwritable> {
    let unwritable = || Unwritable(path.to_owned());
    let text = path.to_str().ok_or_else(unwritable)?;
    if text.contains(['\n', '\r', '\0']) {
        return Err(unwritable());
    }
    let mut escaped = String::new();
    let mut backslashes = 0;
    for c in text.chars() {
        match c {
            ' ' | '\t' | '#' => {
                escaped.extend(std::iter::repeat_n('\\', backslashes + 1));
                escaped.push(c);
            }
            ':' => escaped.push_str("\\:"),
            '$' => escaped.push_str("$$"),
            c => escaped.push(c),
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    escaped.extend(std::iter::repeat_n('\\', backslashes));
    Ok(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_escaped() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(escaped(Path::new(path)).ok().as_deref(), expected, "{path}");
        };
        check("a/b.json", Some("a/b.json"));
        check("My API.json", Some("My\\ API.json"));
        check("a#b$c:d.json", Some("a\\#b$$c\\:d.json"));
        check("a\\ b", Some("a\\\\\\ b"));
        check("a\\b", Some("a\\b"));
        check("a\\", Some("a\\\\"));
        check("größe.json", Some("größe.json"));
        check("a\nb", None);
    }

    #[test]
    fn a_rule_names_the_target_and_its_inputs() {
        let inputs = ["b.json", "a b.json"].map(PathBuf::from).into();
        let expected = "out.rs: \\\n  a\\ b.json \\\n  b.json\n\na\\ b.json:\n\nb.json:\n";
        assert_eq!(rule(Path::new("out.rs"), &inputs).as_deref(), Ok(expected));
    }
}
