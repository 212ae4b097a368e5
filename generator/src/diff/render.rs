//! Differences as text, as Markdown for a pull request, and as JSON.

use std::fmt::Write as _;

use super::{Change, Diff, Level, Rule, Subject, Version, rules};
use crate::docs;
use crate::report::Location;

/// How many things of one kind a line names.
const NAMED: usize = 8;

/// In how many requests the same change is said once for all of them.
const MANY: usize = 10;

/// Changes that are shown under one heading.
struct Section<'a> {
    head: Head<'a>,
    lines: Vec<Line<'a>>,
}

/// What changes are about.
#[derive(Clone, Copy)]
enum Head<'a> {
    Removed,
    Added,
    Many,
    Client,
    Request(&'a Subject),
}

/// A line: a change, or several of one rule that say no more than a name, or the same of several requests.
struct Line<'a> {
    rule: &'static Rule,
    changes: Vec<&'a Change>,
}

/// Writes the differences for a terminal.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut text = format!("{}\n", summary(diff));
    for section in sections(diff) {
        let head = match section.head {
            Head::Request(one) => format!("{}  {}  {}", one.module, one.title, one.request),
            head => head.words().to_owned(),
        };
        // Nothing fails that is written to a text.
        let _ = writeln!(text, "\n{head}");
        let codes = section.lines.iter().map(|line| line.rule.code.len());
        let width = codes.max().unwrap_or_default();
        for line in &section.lines {
            let (level, code) = (diff.level_of(line.rule), line.rule.code);
            let mut row = format!("  {level:5}  {code:width$}");
            for column in [line.what(section.head, &str::to_owned), line.places()] {
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

/// Writes the differences as Markdown: lists under headings.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let mut text = format!("{}\n", summary(diff));
    for section in sections(diff) {
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
                Level::Major => "**major**",
                level => level.word(),
            };
            let what = line.what(section.head, &docs::code);
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
    let count = |level| {
        diff.changes
            .iter()
            .filter(|change| diff.level_of(change.rule) == level)
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
    duties.sort_by_key(|(rule, _)| std::cmp::Reverse(diff.level_of(rule)));
    duties
}

/// The changes under their headings: whole requests first, then what is the same in many of them, then each.
fn sections(diff: &Diff) -> Vec<Section<'_>> {
    let (whole, parts): (Vec<&Change>, Vec<&Change>) =
        diff.changes.iter().partition(|change| change.is_whole());
    let repeated = repeated(&parts);
    let is_repeated = |change: &Change| {
        repeated
            .iter()
            .any(|line| line.changes[0].says_same(change))
    };
    let own: Vec<&Change> = parts.into_iter().filter(|one| !is_repeated(one)).collect();
    let of_rule = |head, rule: &Rule| {
        let changes = whole.iter().filter(|change| change.rule == rule);
        Section {
            head,
            lines: changes.map(|change| Line::of(change)).collect(),
        }
    };
    let mut sections = vec![
        of_rule(Head::Removed, &rules::REQUEST_REMOVED),
        of_rule(Head::Added, &rules::REQUEST_ADDED),
        Section {
            head: Head::Many,
            lines: repeated,
        },
    ];
    sections.extend(own.chunk_by(|a, b| a.request == b.request).map(section));
    sections.retain(|section| !section.lines.is_empty());
    sections
}

/// What is the same in many requests, each once.
fn repeated<'a>(changes: &[&'a Change]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for change in changes.iter().filter(|change| change.is_of_request()) {
        match lines
            .iter_mut()
            .find(|line| line.changes[0].says_same(change))
        {
            Some(line) => line.changes.push(change),
            None => lines.push(Line::of(change)),
        }
    }
    lines.retain(|line| line.changes.len() >= MANY);
    lines
}

/// The changes of one request, or of the client.
fn section<'a>(changes: &[&'a Change]) -> Section<'a> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for change in changes {
        let is_name = |change: &Change| !change.says_more();
        let mut known = lines.iter_mut();
        let known = known
            .find(|line| is_name(change) && line.rule == change.rule && is_name(line.changes[0]));
        match known {
            Some(line) => line.changes.push(change),
            None => lines.push(Line::of(change)),
        }
    }
    let request = changes.first().and_then(|change| change.request.as_ref());
    Section {
        head: request.map_or(Head::Client, Head::Request),
        lines,
    }
}

impl Head<'_> {
    fn words(self) -> &'static str {
        match self {
            Head::Removed => "requests that are gone",
            Head::Added => "new requests",
            Head::Many => "in many requests",
            Head::Client => "the client",
            Head::Request(_) => "a request",
        }
    }
}

/// A phrase as a heading.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

impl Change {
    /// Whether it says more than the name of what has changed.
    fn says_more(&self) -> bool {
        self.old.text.is_some() || self.new.text.is_some()
    }

    /// Whether a request is there or not.
    fn is_whole(&self) -> bool {
        [&rules::REQUEST_ADDED, &rules::REQUEST_REMOVED].contains(&self.rule)
    }

    /// Whether it is about a request as such, so that others may have the same.
    fn is_of_request(&self) -> bool {
        self.what.is_empty() && self.request.is_some() && self.says_more()
    }

    fn says_same(&self, other: &Change) -> bool {
        let is_same = (&self.old.text, &self.new.text) == (&other.old.text, &other.new.text);
        is_same && self.rule == other.rule && other.is_of_request()
    }
}

impl<'a> Line<'a> {
    fn of(change: &'a Change) -> Self {
        Self {
            rule: change.rule,
            changes: vec![change],
        }
    }

    /// What has changed, each text written by a function.
    fn what(&self, head: Head<'_>, write: &dyn Fn(&str) -> String) -> String {
        let Some(first) = self.changes.first() else {
            return String::new();
        };
        let shown = |version: &Version| {
            version
                .text
                .as_deref()
                .map(one_line)
                .map(|text| write(&text))
        };
        let texts = match (shown(&first.old), shown(&first.new)) {
            (Some(old), Some(new)) => format!("{old} → {new}"),
            // Of a request as such, none is said too.
            (None, Some(one)) if first.what.is_empty() => format!("none → {one}"),
            (Some(one), None) if first.what.is_empty() => format!("{one} → none"),
            (None, Some(one)) | (Some(one), None) => one,
            (None, None) => String::new(),
        };
        match (head, &first.request) {
            (Head::Added | Head::Removed, Some(one)) => {
                format!("{}  {}", write(&one.module), write(&one.request))
            }
            (Head::Many, _) => format!("{texts}, in {} requests", self.changes.len()),
            _ if first.says_more() && first.what.is_empty() => texts,
            _ if first.says_more() => format!("{}: {texts}", write(&first.what)),
            _ => self.names(write),
        }
    }

    /// The names of what has changed.
    fn names(&self, write: &dyn Fn(&str) -> String) -> String {
        let names = self.changes.iter().map(|change| change.what.as_str());
        let names = names.filter(|name| !name.is_empty());
        let mut names: Vec<String> = names.take(NAMED).map(write).collect();
        if self.changes.len() > NAMED {
            names.push(format!("{} more", self.changes.len() - NAMED));
        }
        names.join(", ")
    }

    /// Where that stands: in the document that has it, or in both.
    fn places(&self) -> String {
        let [change] = self.changes.as_slice() else {
            return String::new();
        };
        let (old, new) = (&change.old, &change.new);
        let is_one_sided = old.text.is_some() != new.text.is_some();
        let sides = [old, new].into_iter();
        let sides = sides.filter(|side| !is_one_sided || side.text.is_some());
        let places: Vec<String> = sides
            .filter_map(|side| side.at.as_ref().map(place))
            .collect();
        match places.as_slice() {
            [] => String::new(),
            places => format!("({})", places.join(" → ")),
        }
    }
}

/// A place by the name of its file: which folder that is in is known to who asks.
fn place(at: &Location) -> String {
    let name = at.file.rsplit(['/', '\\']).next().unwrap_or(&at.file);
    format!("{name}:{}:{}", at.line, at.column)
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
