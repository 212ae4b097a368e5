//! Differences under headings, in lines.

use super::{Change, Diff, Level, Rule, Subject, Version, rules};
use crate::document::report::Location;

/// How many things of one kind a line names.
const NAMED: usize = 8;

/// In how many requests the same change is said once for all of them.
const MANY: usize = 10;

/// Changes that are shown under one heading.
pub(super) struct Section<'a> {
    pub(super) head: Head<'a>,
    pub(super) lines: Vec<Line<'a>>,
}

/// What changes are about.
#[derive(Clone, Copy)]
pub(super) enum Head<'a> {
    Security,
    Removed,
    Added,
    Many,
    Client,
    Request(&'a Subject),
}

/// A line: a change, or several of one rule that say no more than a name, or the same of several requests.
pub(super) struct Line<'a> {
    pub(super) rule: &'static Rule,
    pub(super) changes: Vec<&'a Change>,
}

/// The changes under their headings: those of security first, then whole requests, then what is the same in many of
/// them, then each request, those first where a program has to be changed. Of a request there are the changes of a level and of those above
/// it; more than `few` by one rule are a line of names, unless they are major.
pub(super) fn sections(diff: &Diff, from: Level, few: usize) -> Vec<Section<'_>> {
    let changes = diff.changes.iter();
    let (security, changes): (Vec<&Change>, Vec<&Change>) =
        changes.partition(|change| change.rule.is_security());
    let changes = changes.into_iter();
    let (whole, parts): (Vec<&Change>, Vec<&Change>) =
        changes.partition(|change| change.is_whole());
    let repeated = repeated(&parts);
    let is_repeated = |change: &Change| {
        repeated
            .iter()
            .any(|line| line.changes[0].says_same(change))
    };
    let is_own = |one: &&Change| !is_repeated(one) && diff.level_of(one.rule) >= from;
    let own: Vec<&Change> = parts.into_iter().filter(is_own).collect();
    let of_rule = |head, rule: &Rule| {
        let changes = whole.iter().filter(|change| change.rule == rule);
        Section {
            head,
            lines: changes.map(|change| Line::of(change)).collect(),
        }
    };
    let mut sections = vec![
        Section {
            head: Head::Security,
            lines: same(&security),
        },
        of_rule(Head::Removed, &rules::REQUEST_REMOVED),
        of_rule(Head::Added, &rules::REQUEST_ADDED),
        Section {
            head: Head::Many,
            lines: repeated,
        },
    ];
    let own = own.chunk_by(|a, b| a.request == b.request);
    let own = own.map(|changes| section(diff, changes, few));
    let mut own: Vec<Section<'_>> = own.collect();
    own.sort_by_key(|section| {
        let levels = section.lines.iter().map(|line| diff.level_of(line.rule));
        std::cmp::Reverse(levels.max())
    });
    sections.extend(own);
    sections.retain(|section| !section.lines.is_empty());
    sections
}

/// What is the same in many requests, each once.
fn repeated<'a>(changes: &[&'a Change]) -> Vec<Line<'a>> {
    let changes = changes.iter().copied();
    let of_requests: Vec<&Change> = changes.filter(|change| change.is_of_request()).collect();
    let mut lines = same(&of_requests);
    lines.retain(|line| line.changes.len() >= MANY);
    lines
}

/// Changes, one line for those of requests that say the same.
fn same<'a>(changes: &[&'a Change]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for change in changes {
        match lines
            .iter_mut()
            .find(|line| line.changes[0].says_same(change))
        {
            Some(line) => line.changes.push(change),
            None => lines.push(Line::of(change)),
        }
    }
    lines
}

/// The changes of one request, or of the client.
fn section<'a>(diff: &Diff, changes: &[&'a Change], few: usize) -> Section<'a> {
    let count = |rule: &Rule| changes.iter().filter(|change| change.rule == rule).count();
    let is_named = |change: &Change| {
        let rule = change.rule;
        !change.says_more() || (diff.level_of(rule) < Level::Major && count(rule) > few)
    };
    let mut lines: Vec<Line<'_>> = Vec::new();
    for change in changes {
        let mut known = lines.iter_mut();
        let known = known
            .find(|line| is_named(change) && line.rule == change.rule && is_named(line.changes[0]));
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
    pub(super) fn words(self) -> &'static str {
        match self {
            Head::Security => "security: where requests and credentials go",
            Head::Removed => "requests that are gone",
            Head::Added => "new requests",
            Head::Many => "in many requests",
            Head::Client => "the client",
            Head::Request(_) => "a request",
        }
    }
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
    pub(super) fn what(&self, head: Head<'_>, write: &dyn Fn(&str) -> String) -> String {
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
            (Head::Security, Some(_)) => format!("{texts}, in {}", self.modules(write)),
            (Head::Many, _) => format!("{texts}, in {} requests", self.changes.len()),
            _ if self.changes.len() > 1 => self.names(write),
            _ if first.says_more() && first.what.is_empty() => texts,
            _ if first.says_more() => format!("{}: {texts}", write(&first.what)),
            _ => self.names(write),
        }
    }

    /// The names of what has changed.
    fn names(&self, write: &dyn Fn(&str) -> String) -> String {
        self.some(
            self.changes.iter().map(|change| change.what.as_str()),
            write,
        )
    }

    /// The modules of the requests.
    fn modules(&self, write: &dyn Fn(&str) -> String) -> String {
        let requests = self.changes.iter();
        let requests = requests.filter_map(|change| change.request.as_ref());
        self.some(requests.map(|request| request.module.as_str()), write)
    }

    /// The first of some names, and how many more there are.
    fn some<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
        write: &dyn Fn(&str) -> String,
    ) -> String {
        let names = names.filter(|name| !name.is_empty());
        let mut names: Vec<String> = names.take(NAMED).map(write).collect();
        if self.changes.len() > NAMED {
            names.push(format!("{} more", self.changes.len() - NAMED));
        }
        names.join(", ")
    }

    /// Where that stands: in the document that has it, or in both.
    pub(super) fn places(&self) -> String {
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
