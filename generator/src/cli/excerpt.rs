//! What differs between the disk and what would be written, as an excerpt of a unified diff.

use std::path::Path;

use letterpress::Files;
use letterpress::emit::files::read_text;
use similar::TextDiff;

/// How many lines of a diff are shown of each file.
const LINES: usize = 12;
/// How many files are shown so.
const FILES: usize = 3;

/// Excerpts of the first of these files: from what is there to what would be.
pub(crate) fn excerpts(files: &Files, out: &Path, paths: &[String]) -> String {
    let shown = paths.iter().take(FILES).map(|path| {
        let old = read_text(&out.join(path))
            .ok()
            .flatten()
            .unwrap_or_default();
        diff(path, &old, files.text(path).unwrap_or_default())
    });
    let shown = shown.chain(more(paths.len(), FILES, "file"));
    shown.collect::<Vec<_>>().concat()
}

fn diff(path: &str, old: &str, new: &str) -> String {
    // The digest in the header changes with every other line, and tells nothing.
    let (old, new) = (without_digest(old), without_digest(new));
    let diff = TextDiff::from_lines(&old, &new);
    let diff = diff
        .unified_diff()
        .context_radius(1)
        .header(
            &format!("{path} (as it is)"),
            &format!("{path} (as generated)"),
        )
        .to_string();
    // Two lines are the header.
    let shown = diff
        .split_inclusive('\n')
        .take(LINES + 2)
        .map(str::to_owned);
    let shown = shown.chain(more(diff.lines().count(), LINES + 2, "line"));
    shown.collect::<Vec<_>>().concat()
}

/// What is said of those that are not shown.
fn more(count: usize, shown: usize, word: &str) -> Option<String> {
    let more = count.saturating_sub(shown);
    (more > 0).then(|| format!("… and {} more\n", super::count(more, word)))
}

/// Without its second line; how lines end does not count.
fn without_digest(text: &str) -> String {
    let lines = text.lines().enumerate().filter(|(index, _)| *index != 1);
    let lines: Vec<&str> = lines.flat_map(|(_, line)| [line, "\n"]).collect();
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn an_excerpt_is_short_and_without_the_digest() {
        let old = "// from a.json\n// Content: 1\n\na\nb\nc\n";
        let new = "// from a.json\n// Content: 2\n\na\nB\nc\n";
        let expected =
            "--- x.rs (as it is)\n+++ x.rs (as generated)\n@@ -3,3 +3,3 @@\n a\n-b\n+B\n c\n";
        assert_eq!(diff("x.rs", old, new), expected);
        let long = diff("x.rs", "", &"a\n".repeat(100));
        assert_eq!(long.lines().count(), 15);
        assert!(long.ends_with("… and 88 lines more\n"), "{long}");
    }
}
