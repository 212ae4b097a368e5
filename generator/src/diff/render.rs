//! Differences as text, as Markdown for a pull request, and as JSON.

use std::fmt::Write as _;

use super::{Change, Diff, Level, Rule, Subject, Version};
use crate::docs;

/// How many things of one kind a line names.
const NAMED: usize = 8;

/// Changes of one request: of it, those that say no more than a name stand in one line for each rule.
struct Section<'a> {
    request: Option<&'a Subject>,
    lines: Vec<Line<'a>>,
}

/// A line: a change, or several of one rule.
struct Line<'a> {
    rule: &'static Rule,
    changes: Vec<&'a Change>,
}

/// Writes the differences for a terminal.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut text = format!("{}\n", summary(diff));
    for section in sections(diff) {
        text.push('\n');
        // Nothing fails that is written to a text.
        let _ = match section.request {
            None => writeln!(text, "the client"),
            Some(one) => writeln!(text, "{}  {}  {}", one.module, one.title, one.request),
        };
        let width = section
            .lines
            .iter()
            .map(|line| line.rule.code.len())
            .max()
            .unwrap_or_default();
        for line in &section.lines {
            let (level, code) = (line.rule.level, line.rule.code);
            let mut row = format!("  {level:5}  {code:width$}");
            for column in [line.what(&str::to_owned), line.places()] {
                if !column.is_empty() {
                    let _ = write!(row, "  {column}");
                }
            }
            text.push_str(row.trim_end());
            text.push('\n');
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

/// Writes the differences as Markdown: a table for each request that is in both, lists of the others.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let mut text = format!("{}\n", summary(diff));
    for section in sections(diff) {
        let title = match section.request {
            None => "The client".to_owned(),
            Some(one) => format!("`{}`: {}", one.module, docs::inline(&one.title)),
        };
        let _ = writeln!(text, "\n### {title}\n");
        if let Some(one) = section.request {
            let _ = writeln!(text, "{}\n", docs::code(&one.request));
        }
        for line in &section.lines {
            let (level, code) = (line.rule.level, line.rule.code);
            let mark = if level == Level::Major {
                "**major**"
            } else {
                level.word()
            };
            let what = line.what(&docs::code);
            let separator = if what.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "- {mark} {code}{separator}{what}");
        }
    }
    let duties = duties(diff);
    if !duties.is_empty() {
        text.push_str("\n### What to do\n\n");
    }
    for (rule, count) in duties {
        let _ = writeln!(text, "- {} ({count}): {}", rule.code, rule.help);
    }
    text
}

/// Writes the differences as one JSON object.
#[must_use]
pub fn json(diff: &Diff) -> String {
    let object = serde_json::json!({
        "level": diff.level(),
        "strict": diff.strict_level(),
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
    let count = |level| {
        diff.changes
            .iter()
            .filter(|change| change.rule.level == level)
            .count()
    };
    let counts =
        [Level::Major, Level::Minor, Level::Patch].map(|level| format!("{} {level}", count(level)));
    match diff.level() {
        None => format!("{head}\n\nNothing changes for users of the client."),
        Some(level) => format!(
            "{head}\n\nThe new version of the client is a {level} one: {}.",
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
    duties.sort_by_key(|(rule, _)| std::cmp::Reverse(rule.level));
    duties
}

fn sections(diff: &Diff) -> Vec<Section<'_>> {
    let of_request = |a: &Change, b: &Change| a.request == b.request;
    let sections = diff.changes.chunk_by(of_request).map(|changes| {
        let mut lines: Vec<Line<'_>> = Vec::new();
        for change in changes {
            let is_name = !change.says_more();
            let mut known = lines.iter_mut();
            let known = known
                .find(|line| is_name && line.rule == change.rule && !line.changes[0].says_more());
            match known {
                Some(line) => line.changes.push(change),
                None => lines.push(Line {
                    rule: change.rule,
                    changes: vec![change],
                }),
            }
        }
        Section {
            request: changes.first().and_then(|change| change.request.as_ref()),
            lines,
        }
    });
    sections.collect()
}

impl Change {
    /// Whether it says more than the name of what has changed.
    fn says_more(&self) -> bool {
        self.old.text.is_some() || self.new.text.is_some()
    }
}

impl Line<'_> {
    /// What has changed, each text written by a function.
    fn what(&self, write: &dyn Fn(&str) -> String) -> String {
        let mut named: Vec<String> = self
            .changes
            .iter()
            .filter(|change| !change.what.is_empty())
            .take(NAMED)
            .map(|change| write(&change.what))
            .collect();
        if self.changes.len() > NAMED {
            named.push(format!("{} more", self.changes.len() - NAMED));
        }
        let mut what = named.join(", ");
        if let [change] = self.changes.as_slice() {
            let shown = |version: &Version| {
                version
                    .text
                    .as_deref()
                    .map(one_line)
                    .map(|text| write(&text))
            };
            let texts = match (shown(&change.old), shown(&change.new)) {
                (Some(old), Some(new)) => format!("{old} → {new}"),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => String::new(),
            };
            if !what.is_empty() && !texts.is_empty() {
                what.push_str(": ");
            }
            what.push_str(&texts);
        }
        what
    }

    /// Where that stands: in the document that has it, or in both.
    fn places(&self) -> String {
        let [change] = self.changes.as_slice() else {
            return String::new();
        };
        let (old, new) = (&change.old, &change.new);
        let is_one_sided = old.text.is_some() != new.text.is_some();
        let sides = [old, new]
            .into_iter()
            .filter(|side| !is_one_sided || side.text.is_some());
        let places: Vec<String> = sides
            .filter_map(|side| Some(side.at.as_ref()?.to_string()))
            .collect();
        match places.as_slice() {
            [] => String::new(),
            places => format!("({})", places.join(" → ")),
        }
    }
}

/// How long a text is in a line.
const LONGEST: usize = 120;

/// A text in one line, cut where it is long.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
