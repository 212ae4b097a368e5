//! The version of a client and its list of changes, by what has changed for its users.

use crate::change::diff::Level;

/// How a list of changes begins.
const HEAD: &str = "# Changelog\n";

/// The version after a change of that level, as Cargo counts: before 1.0.0, the second number is that of
/// changes which break programs. Nothing, where the old one is no version.
#[must_use]
pub fn next(version: &str, level: Level) -> Option<String> {
    let numbers: Option<Vec<u64>> = version
        .split('.')
        .map(|number| number.parse().ok())
        .collect();
    let [major, minor, patch] = *numbers?.as_slice() else {
        return None;
    };
    let (major, minor, patch) = match (level, major) {
        (Level::Major, 0) => (0, minor.checked_add(1)?, 0),
        (Level::Major, _) => (major.checked_add(1)?, 0, 0),
        (Level::Minor, 1..) => (major, minor.checked_add(1)?, 0),
        _ => (major, minor, patch.checked_add(1)?),
    };
    Some(format!("{major}.{minor}.{patch}"))
}

/// A list of changes with a section for a version: in place of the one that it has, or before all others.
#[must_use]
pub fn with_section(list: &str, version: &str, changes: &str) -> String {
    let title = format!("## {version}\n");
    let section = format!("{title}\n{}\n", changes.trim());
    let ends = |start: usize| {
        let next = list[start + title.len()..].find("\n## ");
        next.map_or(list.len(), |at| start + title.len() + at + 1)
    };
    let start = list.find(&format!("\n{title}")).map(|at| at + 1);
    if let Some(start) = start {
        let (before, rest) = (&list[..start], &list[ends(start)..]);
        let blank = if rest.is_empty() { "" } else { "\n" };
        return format!("{before}{section}{blank}{rest}");
    }
    // What stands before the first section stays there.
    let first = list.find("\n## ").map(|at| at + 1);
    match first {
        Some(at) => format!("{}{section}\n{}", &list[..at], &list[at..]),
        None if list.trim().is_empty() => format!("{HEAD}\n{section}"),
        None => format!("{}\n\n{section}", list.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        let check = |version: &str, expected: [&str; 3]| {
            let levels = [Level::Patch, Level::Minor, Level::Major];
            let found = levels.map(|level| next(version, level).unwrap_or_default());
            assert_eq!(found, expected, "{version}");
        };
        check("0.1.0", ["0.1.1", "0.1.1", "0.2.0"]);
        check("0.1.7", ["0.1.8", "0.1.8", "0.2.0"]);
        check("1.2.3", ["1.2.4", "1.3.0", "2.0.0"]);
        check("1.2", ["", "", ""]);
        check("1.2.x", ["", "", ""]);
        check(
            "18446744073709551615.0.0",
            ["18446744073709551615.0.1", "18446744073709551615.1.0", ""],
        );
    }

    #[test]
    fn sections() {
        let one = with_section("", "0.1.1", "a\n");
        assert_eq!(one, "# Changelog\n\n## 0.1.1\n\na\n");
        let two = with_section(&one, "0.2.0", "b");
        assert_eq!(two, "# Changelog\n\n## 0.2.0\n\nb\n\n## 0.1.1\n\na\n");
        assert_eq!(with_section(&two, "0.2.0", "b"), two);
        assert_eq!(with_section(&two, "0.2.0", "c"), two.replace("b\n", "c\n"));
        assert_eq!(with_section(&two, "0.1.1", "c"), two.replace("a\n", "c\n"));
        assert_eq!(
            with_section("Mine.\n", "1.0.0", "a"),
            "Mine.\n\n## 1.0.0\n\na\n"
        );
    }
}
