//! What the user says against the document: which requests are generated, and what was guessed wrong.
//!
//! ```toml
//! exclude = ["Chat/*"]
//!
//! [[request]]
//! match = "Meetings/Update a live stream"
//! name = "change_live_stream"
//! inputs.meetingId = { type = "string", name = "meeting" }
//! inputs.page_url = { required = false }
//! ```
//!
//! A pattern is the folders and the name of a request, or its method and path, `PATCH /meetings/{meetingId}`;
//! `*` stands for any text, `?` for one character. What matches nothing is an error: it was right once, or it
//! is misspelt.

use std::collections::BTreeMap;

use serde::Deserialize;
use wildmatch::WildMatch;

use crate::api::{Api, Input, Operation, PathPart, Scalar};
use crate::report::Report;
use crate::rules;

/// All that the user says about requests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overrides {
    /// Only requests that match one of these patterns are generated; all, where there is none.
    pub include: Vec<String>,
    /// Requests that match one of these patterns are not generated.
    pub exclude: Vec<String>,
    /// Corrections, in order; a later one comes before an earlier one.
    pub request: Vec<RequestOverride>,
}

/// Corrections of the requests that match a pattern.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RequestOverride {
    /// The pattern.
    #[serde(rename = "match")]
    pub pattern: String,
    /// The name of the module.
    pub name: Option<String>,
    /// Corrections of inputs, by their name on the wire.
    #[serde(default)]
    pub inputs: BTreeMap<String, InputOverride>,
}

/// Corrections of an input.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InputOverride {
    /// The name of the field.
    pub name: Option<String>,
    /// The type of its values.
    #[serde(rename = "type")]
    pub ty: Option<TypeName>,
    /// Whether it has to be supplied. What stands in a path always has to be.
    pub required: Option<bool>,
}

/// A type that an input can be given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypeName {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `f64`
    Float,
    /// `bool`
    Boolean,
}

/// Applies what the user says to what the document says.
pub fn apply(report: &mut Report, api: &mut Api, overrides: &Overrides) {
    let subjects: Vec<[String; 2]> = api.operations.iter().map(|o| subjects(api, o)).collect();
    let mut matches = |pattern: &str| matches(report, &subjects, pattern);
    let included = union(&mut matches, &overrides.include, subjects.len());
    let excluded = union(&mut matches, &overrides.exclude, subjects.len());
    let corrected: Vec<(&RequestOverride, Vec<bool>)> = overrides
        .request
        .iter()
        .map(|request| (request, matches(&request.pattern)))
        .collect();
    for (request, matched) in corrected {
        let chosen = api
            .operations
            .iter_mut()
            .zip(matched)
            .filter(|(_, matched)| *matched);
        correct(report, request, &mut chosen.map(|(operation, _)| operation));
    }
    let mut keep = (0..subjects.len())
        .map(|at| (overrides.include.is_empty() || included[at]) && !excluded[at]);
    api.operations.retain(|_| keep.next().unwrap_or(true));
}

/// What patterns are compared with: folders and name, method and path.
fn subjects(api: &Api, operation: &Operation) -> [String; 2] {
    let by_path = format!("{} {}", operation.method, operation.path_template());
    [plain(&api.title(operation)), by_path]
}

/// Without blanks around slashes, so that `A/B` and `A / B` are the same.
fn plain(title: &str) -> String {
    title
        .split('/')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("/")
}

/// Which operations a pattern matches. It has to match one.
fn matches(report: &mut Report, subjects: &[[String; 2]], pattern: &str) -> Vec<bool> {
    let by_title = WildMatch::new(&plain(pattern));
    let by_path = WildMatch::new(pattern);
    let matched: Vec<bool> = subjects
        .iter()
        .map(|[title, path]| by_title.matches(title) || by_path.matches(path))
        .collect();
    if !matched.contains(&true) {
        let all = subjects.iter().flatten().map(String::as_str);
        report.push_general(
            &rules::OVERRIDE_UNUSED,
            unmatched("no request matches", pattern, all),
        );
    }
    matched
}

fn union(
    matches: &mut impl FnMut(&str) -> Vec<bool>,
    patterns: &[String],
    count: usize,
) -> Vec<bool> {
    patterns
        .iter()
        .map(|pattern| matches(pattern))
        .fold(vec![false; count], |all, one| {
            all.into_iter().zip(one).map(|(a, b)| a || b).collect()
        })
}

/// `no request matches "Metings/*"; the nearest is "Meetings/…"`
fn unmatched<'a>(what: &str, pattern: &str, all: impl Iterator<Item = &'a str>) -> String {
    let likeness =
        |candidate: &str| strsim::jaro_winkler(&pattern.to_lowercase(), &candidate.to_lowercase());
    let nearest = all.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest {
        Some(nearest) => format!("{what} `{pattern}`; the nearest is `{nearest}`"),
        None => format!("{what} `{pattern}`"),
    }
}

fn correct(
    report: &mut Report,
    request: &RequestOverride,
    operations: &mut dyn Iterator<Item = &mut Operation>,
) {
    let mut unused: Vec<&String> = request.inputs.keys().collect();
    let mut names = Vec::new();
    for operation in operations {
        if let Some(name) = &request.name {
            operation.rename = Some(name.clone());
        }
        for input in operation.inputs_mut() {
            if let Some(correction) = request.inputs.get(&input.name) {
                unused.retain(|name| **name != input.name);
                correct_input(input, correction);
            }
            names.push(input.name.clone());
        }
        keep_path(report, operation);
    }
    // Where the pattern itself matches nothing, that has been said.
    for name in unused.into_iter().filter(|_| !names.is_empty()) {
        let what = format!("`{}` has no input", request.pattern);
        report.push_general(
            &rules::OVERRIDE_UNUSED,
            unmatched(&what, name, names.iter().map(String::as_str)),
        );
    }
}

fn correct_input(input: &mut Input, correction: &InputOverride) {
    if let Some(name) = &correction.name {
        input.rename = Some(name.clone());
    }
    if let Some(ty) = correction.ty {
        input.evidence.declared = Some(match ty {
            TypeName::String => Scalar::Text,
            TypeName::Integer => Scalar::Integer,
            TypeName::Float => Scalar::Float,
            TypeName::Boolean => Scalar::Boolean,
        });
    }
    input.required = correction.required.unwrap_or(input.required);
}

/// A path without one of its parts is another path.
fn keep_path(report: &mut Report, operation: &mut Operation) {
    let inputs = operation.path.iter_mut().filter_map(PathPart::input_mut);
    for input in inputs.filter(|input| !input.required) {
        let label = "a part of the path cannot be left out";
        report.push(&rules::OVERRIDE_IMPOSSIBLE, input.at, label);
        input.required = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Input as Documents, Source, generate};

    const COLLECTION: &str = r#"{"info": {}, "item": [
        {"name": "Meetings", "item": [
            {"name": "Get", "request": "https://a.io/meetings/:meetingId?size=3"},
            {"name": "End", "request": {"method": "POST", "url": "https://a.io/meetings/:meetingId/end"}}
        ]},
        {"name": "List / all", "request": "https://a.io/users"}
    ]}"#;

    /// The modules that come out with a configuration, each with its fields; then what is reported.
    fn press(toml: &str) -> String {
        let file = format!("inputs = []\nout = 'x'\n{toml}");
        let file = crate::config::ConfigFile::read(&file, std::path::Path::new(".")).expect("TOML");
        let overrides = Overrides {
            include: file.include,
            exclude: file.exclude,
            request: file.request,
        };
        let config = Config {
            overrides,
            ..Config::new("c")
        };
        let output = generate(
            &Documents::collection(Source::new("c.json", COLLECTION)),
            &config,
        );
        let mut lines = Vec::new();
        for (path, text) in output
            .files
            .iter()
            .filter(|(path, _)| !path.contains("runtime"))
        {
            let fields = text
                .lines()
                .filter_map(|line| line.strip_prefix("    pub "));
            let fields: Vec<&str> = fields.map(|field| field.trim_end_matches(',')).collect();
            if text.contains("impl Endpoint") {
                lines.push(format!(
                    "{} {}",
                    path.trim_start_matches("src/"),
                    fields.join(", ")
                ));
            }
        }
        let said = output
            .report
            .diagnostics()
            .iter()
            .filter(|d| d.rule.code.starts_with("override"));
        lines.extend(said.map(|diagnostic| diagnostic.label.clone()));
        lines.join("\n")
    }

    #[test]
    fn the_user_has_the_last_word() {
        let check = |toml: &str, expected: &str| assert_eq!(press(toml), expected, "{toml}");
        let all = "list_all.rs \nmeetings/end.rs meeting_id: String\nmeetings/get.rs meeting_id: String, size: i64";
        check("", all);
        check(
            "include = ['Meetings / *']\nexclude = ['POST *']",
            "meetings/get.rs meeting_id: String, size: i64",
        );
        check(
            "include = ['GET /meetings/{meetingId}']\n[[request]]\nmatch = 'Meetings/*'\nname = 'fetch'\n\
             inputs.meetingId = { type = 'integer', name = 'id' }\ninputs.size = { type = 'string', required = false }",
            "meetings/fetch.rs id: i64, options: Options, size: Option<String>",
        );
        check(
            "exclude = ['Meetngs/*']",
            &format!("{all}\nno request matches `Meetngs/*`; the nearest is `Meetings/End`"),
        );
        check(
            "[[request]]\nmatch = 'Meetings/Get'\ninputs.meeting = { required = true }\ninputs.meetingId = { required = false }",
            &format!(
                "{all}\na part of the path cannot be left out\n`Meetings/Get` has no input `meeting`; the nearest is `meetingId`"
            ),
        );
    }
}
