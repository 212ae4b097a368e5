//! What became of the requests since the last run.

use std::io::{self, Write};

use letterpress::change::lock::Summary;
use letterpress::emit::files::Changes;
use letterpress::input::config::Form;

/// How many requests of a kind are named.
const NAMED: usize = 10;

/// Writes how many requests were added, changed, removed, renamed and left as they were, and which.
pub(crate) fn write(
    out: &mut impl Write,
    summary: &Summary,
    files: &Changes,
    form: &Form,
) -> io::Result<()> {
    // Of a single file, no one can tell which of its modules has changed.
    let has_files = !matches!(form, Form::File(_));
    let same_word = if has_files { "unchanged" } else { "kept" };
    let is_changed = |module: &&String| {
        let path = format!("src/{}.rs", module.replace("::", "/"));
        files.changed.contains(&path)
    };
    let (changed, same): (Vec<&String>, Vec<&String>) = summary.kept.iter().partition(is_changed);
    let renamed = summary.renamed.iter();
    let renamed: Vec<String> = renamed
        .map(|(old, new)| format!("{old} is now {new}"))
        .collect();
    let kinds: [(&str, Vec<&String>); 4] = [
        ("added", summary.added.iter().collect()),
        ("changed", changed),
        ("removed", summary.removed.iter().collect()),
        ("renamed", renamed.iter().collect()),
    ];
    let counts = kinds.iter().map(|(word, all)| (*word, all.len()));
    let counts = counts.chain([(same_word, same.len())]);
    let counts = counts.filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    writeln!(out, "requests since the last run: {}", counts.join(", "))?;
    for (word, all) in &kinds {
        for one in all.iter().take(NAMED) {
            writeln!(out, "  {word}: {one}")?;
        }
        if all.len() > NAMED {
            writeln!(out, "  {word}: {} more", all.len() - NAMED)?;
        }
    }
    Ok(())
}
