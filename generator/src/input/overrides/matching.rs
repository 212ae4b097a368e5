//! Patterns, and what is said of one that matches nothing.

use wildmatch::WildMatch;

use crate::api::{Api, OTHER_BODY, Operation};
use crate::document::nearest::nearest;
use crate::document::report::Report;
use crate::document::report::rules;

/// What the requests of an API are told by.
pub(super) struct Subjects(Vec<Subject>);

struct Subject {
    /// Folders and name.
    title: String,
    /// The name alone.
    name: String,
    /// Method and path.
    path: String,
    /// The id, where the document has one.
    id: Option<String>,
}

impl Subjects {
    pub(super) fn of(api: &Api) -> Self {
        let subject = |operation: &Operation| Subject {
            title: plain(&api.title(operation)),
            name: plain(&operation.name),
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

    /// Which requests a pattern matches: those of a title, with or without its folders; all below a folder; those of a
    /// method and path; those of an id, with all media types of their bodies.
    pub(super) fn select(&self, pattern: &str) -> Result<Vec<bool>, String> {
        let by_title = WildMatch::new(&plain(pattern));
        let by_folder = WildMatch::new(&format!("{}/*", plain(pattern)));
        let by_text = WildMatch::new(pattern);
        let is_matched = |subject: &Subject| {
            let id = subject.id.as_deref().unwrap_or_default();
            let operation_id = id.split(OTHER_BODY).next().unwrap_or_default();
            let by_id = !id.is_empty() && [id, operation_id].iter().any(|id| by_text.matches(id));
            by_id
                || by_title.matches(&subject.title)
                || by_title.matches(&subject.name)
                || by_folder.matches(&subject.title)
                || by_text.matches(&subject.path)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_says_which_requests_it_means() {
        let subject = |title: &str, path: &str, id: Option<&str>| Subject {
            title: title.to_owned(),
            name: title.rsplit('/').next().unwrap_or_default().to_owned(),
            path: path.to_owned(),
            id: id.map(str::to_owned),
        };
        let subjects = Subjects(vec![
            subject("Users/List", "GET /users", Some("listUsers")),
            subject("Users/Admins/List", "GET /admins", None),
            subject("pets/put pet", "PUT /pets/{id}", Some("putPet")),
            subject(
                "pets/put pet form",
                "PUT /pets/{id}",
                Some("putPet as form"),
            ),
        ]);
        let check = |pattern: &str, expected: &[usize]| {
            let matched = subjects.select(pattern).unwrap_or_default().into_iter();
            let matched = matched.enumerate().filter_map(|(at, is)| is.then_some(at));
            assert_eq!(matched.collect::<Vec<_>>(), expected, "{pattern}");
        };
        check("Users / List", &[0]);
        check("List", &[0, 1]);
        check("Users", &[0, 1]);
        check("Users/Admins", &[1]);
        check("Users/*", &[0, 1]);
        check("User", &[]);
        check("GET /users", &[0]);
        check("PUT /pets/*", &[2, 3]);
        check("listUsers", &[0]);
        check("putPet", &[2, 3]);
        check("putPet as form", &[3]);
    }
}
