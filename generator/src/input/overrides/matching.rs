//! Patterns, and what is said of one that matches nothing.

use wildmatch::WildMatch;

use crate::api::{Api, Operation};
use crate::document::nearest::nearest;
use crate::document::report::Report;
use crate::document::report::rules;

/// What the requests of an API are told by.
pub(super) struct Subjects(Vec<Subject>);

struct Subject {
    /// Folders and name.
    title: String,
    /// Method and path.
    path: String,
    /// The id, where the document has one.
    id: Option<String>,
}

impl Subjects {
    pub(super) fn of(api: &Api) -> Self {
        let subject = |operation: &Operation| Subject {
            title: plain(&api.title(operation)),
            path: format!("{} {}", operation.method, operation.path_template()),
            id: operation.id.clone(),
        };
        Self(api.operations.iter().map(subject).collect())
    }

    /// Which requests a pattern matches. That it matches none is reported.
    pub(super) fn matches(&self, report: &mut Report, pattern: &str) -> Vec<bool> {
        self.select(pattern).unwrap_or_else(|label| {
            report.push_general(&rules::OVERRIDE_UNUSED, label);
            vec![false; self.0.len()]
        })
    }

    /// Which requests a pattern matches.
    pub(super) fn select(&self, pattern: &str) -> Result<Vec<bool>, String> {
        let by_title = WildMatch::new(&plain(pattern));
        let by_text = WildMatch::new(pattern);
        let is_matched = |subject: &Subject| {
            let by_id = subject.id.as_deref().is_some_and(|id| by_text.matches(id));
            by_id || by_title.matches(&subject.title) || by_text.matches(&subject.path)
        };
        let matched: Vec<bool> = self.0.iter().map(is_matched).collect();
        if matched.contains(&true) {
            return Ok(matched);
        }
        // An id says nothing to who misspelt a name.
        let all = self.0.iter().flat_map(|one| [&one.title, &one.path]);
        let all = all.map(String::as_str);
        Err(unmatched("no request matches", pattern, all))
    }
}

/// Without blanks around slashes, so that `A/B` and `A / B` are the same.
fn plain(title: &str) -> String {
    title
        .split('/')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("/")
}

/// ``no request matches `Metings/*`; the nearest is `Meetings/Get` ``
pub(super) fn unmatched<'a>(
    what: &str,
    pattern: &str,
    all: impl Iterator<Item = &'a str>,
) -> String {
    match nearest(pattern, all) {
        Some(nearest) => format!("{what} `{pattern}`; the nearest is `{nearest}`"),
        None => format!("{what} `{pattern}`"),
    }
}
