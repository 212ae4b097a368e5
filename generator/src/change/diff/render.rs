//! Differences as text, as Markdown for a pull request, and as JSON.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::sections::{Head, Section, sections};
use super::{Change, Diff, Level, Rule};
use crate::document::printable::push_line;
use crate::plan::docs;

/// Writes the differences for a terminal.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut text = format!("{}\n", summary(diff));
    for section in sections(diff, Level::Patch, usize::MAX) {
        let head = match section.head {
            Head::Request(one) => format!("{}  {}  {}", one.module, one.title, one.request),
            head => head.words().to_owned(),
        };
        text.push('\n');
        push_line(&mut text, &head);
        let codes = section.lines.iter().map(|line| line.rule.code.len());
        let width = codes.max().unwrap_or_default();
        for line in &section.lines {
            let (level, code) = (diff.level_of(line.rule), line.rule.code);
            let mut row = format!("  {level:5}  {code:width$}");
            for column in [line.what(section.head, &str::to_owned), line.places()] {
                if !column.is_empty() {
                    row.extend(["  ", &column]);
                }
            }
            push_line(&mut text, row.trim_end());
        }
    }
    let duties = duties(diff);
    if !duties.is_empty() {
        text.push_str("\nwhat to do\n");
    }
    for (rule, count) in duties {
        let _ = writeln!(text, "  {} ({count}): {}", rule.code, rule.help);
    }
    text
}

/// How long a text in Markdown becomes: GitHub takes no more than 65,536 characters for a pull request, and there may
/// be other words around it.
const LONGEST_MARKDOWN: usize = 60_000;

/// How many changes of one rule are listed of a request in Markdown: of more, names are enough, unless a program
/// has to be changed.
const FEW: usize = 3;

/// Writes the differences as Markdown: what to do, then lists under headings. Where that is too long for a pull
/// request, what matters least is counted, not listed.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let head = format!("{}\n{}", summary(diff), duties_markdown(diff));
    let most = LONGEST_MARKDOWN.saturating_sub(head.len());
    let lists = LEVELS.iter().rev();
    let mut lists = lists.map(|from| list(diff, &sections(diff, *from, FEW)));
    let list = lists.find(|list| list.len() <= most);
    head + &list.unwrap_or_else(|| self::list(diff, &[]))
}

/// The changes of sections as Markdown, and how many there are besides.
fn list(diff: &Diff, sections: &[Section<'_>]) -> String {
    let mut text = String::new();
    for section in sections {
        let _ = match section.head {
            Head::Request(one) => {
                let (title, request) = (docs::inline(&one.title), docs::code(&one.request));
                writeln!(
                    text,
                    "\n### {}\n\n{title}: {request}\n",
                    docs::code(&one.module)
                )
            }
            head => writeln!(text, "\n### {}\n", capital(head.words())),
        };
        for line in &section.lines {
            let (level, code) = (diff.level_of(line.rule), line.rule.code);
            let mark = match level {
                _ if line.rule.is_security() => "**major, security**",
                Level::Major => "**major**",
                level => level.word(),
            };
            let what = line.what(section.head, &docs::code);
            let code = if line.changes.len() > 1 && !matches!(section.head, Head::Many) {
                format!("{code} ({})", line.changes.len())
            } else {
                code.to_owned()
            };
            let separator = if what.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "- {mark} {code}{separator}{what}");
        }
    }
    text + &left_out(diff, sections)
}

/// What is to be done, as Markdown.
fn duties_markdown(diff: &Diff) -> String {
    let duties = duties(diff);
    if duties.is_empty() {
        return String::new();
    }
    let lines = duties.iter();
    let lines = lines.map(|(rule, count)| format!("- {} ({count}): {}\n", rule.code, rule.help));
    format!("\n### What to do\n\n{}", lines.collect::<String>())
}

/// How many changes are not listed, and how to see them.
fn left_out(diff: &Diff, sections: &[Section<'_>]) -> String {
    let lines = sections.iter().flat_map(|section| &section.lines);
    let listed = lines.flat_map(|line| &line.changes);
    let listed: BTreeSet<*const Change> =
        listed.map(|change| std::ptr::from_ref(*change)).collect();
    if listed.len() == diff.changes.len() {
        return String::new();
    }
    let is_left = |change: &&Change| !listed.contains(&std::ptr::from_ref(*change));
    let counts = counts(diff, diff.changes.iter().filter(is_left)).join(", ");
    format!("\nNot listed, for this would be too long: {counts}. `letterpress diff` lists all.\n")
}

/// From the highest.
const LEVELS: [Level; 3] = [Level::Major, Level::Minor, Level::Patch];

/// How many of some changes are of each level, where any are.
fn counts<'c>(diff: &Diff, changes: impl Iterator<Item = &'c Change>) -> Vec<String> {
    let levels: Vec<Level> = changes.map(|change| diff.level_of(change.rule)).collect();
    let count = |level: &Level| (*level, levels.iter().filter(|one| *one == level).count());
    let counts = LEVELS.iter().map(count).filter(|(_, count)| *count > 0);
    counts
        .map(|(level, count)| format!("{count} {level}"))
        .collect()
}

/// Writes the differences as one JSON object.
#[must_use]
pub fn json(diff: &Diff) -> String {
    let object = serde_json::json!({
        "level": diff.level(),
        "security": diff.is_security(),
        "strict": diff.strict,
        "requests": diff.requests,
        "changes": diff.changes,
    });
    format!("{object:#}\n")
}

/// What all of it means, in two lines.
fn summary(diff: &Diff) -> String {
    let requests = diff.requests;
    let head = format!(
        "{} requests, were {}: {} added, {} removed, {} changed, {} unchanged",
        requests.new,
        requests.old,
        requests.added,
        requests.removed,
        requests.changed,
        requests.unchanged
    );
    let counts = counts(diff, diff.changes.iter());
    let security = diff.changes.iter();
    let security = security.filter(|change| change.rule.is_security()).count();
    let security = match security {
        0 => String::new(),
        1 => "\n\nSecurity: 1 change of where requests go.".to_owned(),
        many => format!("\n\nSecurity: {many} changes of where requests go."),
    };
    match diff.level() {
        None => format!("{head}\n\nNothing changes for users of the client."),
        Some(level) => format!(
            "{head}{security}\n\nThe new version of the client is a {level} one: {}.",
            counts.join(", ")
        ),
    }
}

/// What users must do, by rule, what matters most first.
fn duties(diff: &Diff) -> Vec<(&'static Rule, usize)> {
    let mut duties: Vec<(&'static Rule, usize)> = Vec::new();
    for change in diff
        .changes
        .iter()
        .filter(|change| !change.rule.help.is_empty())
    {
        match duties
            .iter_mut()
            .find(|(rule, _)| rule.code == change.rule.code)
        {
            Some((_, count)) => *count += 1,
            None => duties.push((change.rule, 1)),
        }
    }
    duties.sort_by_key(|(rule, _)| std::cmp::Reverse((rule.is_security(), diff.level_of(rule))));
    duties
}

/// A phrase as a heading.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
