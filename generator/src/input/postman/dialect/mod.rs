//! What APIs say in prose, because a collection has no other place for it: error codes, the real status,
//! scopes, rate limits.
//!
//! A dialect is how the writers of an API put that. Each has a module of its own and a line in [`ALL`]; what
//! several of them write stands in `marks`.

mod generic;
mod marks;
mod zoom;

use crate::document::nearest::nearest;
use crate::document::report::Report;
use crate::document::report::rules;
use crate::input::postman::shape::draft::{Api, Operation};

/// A way of writing about an API.
pub trait Dialect: Sync {
    /// The name, as the configuration says it.
    fn name(&self) -> &'static str;

    /// Whether a document bears the marks of it.
    fn recognises(&self, api: &Api) -> bool;

    /// Moves what the prose of an operation says to where the model has a place for it.
    fn read(&self, operation: &mut Operation);
}

/// All dialects. The first that recognises a document reads it; the last recognises every one.
pub const ALL: &[&dyn Dialect] = &[&zoom::Zoom, &generic::Generic];

/// Reads the prose of an API in the dialect that the user has chosen, else in the one that it is written in.
pub fn apply(report: &mut Report, api: &mut Api, chosen: Option<&str>) {
    let named = chosen.and_then(|name| ALL.iter().find(|dialect| dialect.name() == name));
    if let (Some(name), None) = (chosen, named) {
        report.push_general(&rules::UNKNOWN_DIALECT, unknown(name));
    }
    let dialect = named.or_else(|| ALL.iter().find(|dialect| dialect.recognises(api)));
    if let Some(dialect) = dialect {
        for operation in &mut api.operations {
            dialect.read(operation);
        }
    }
}

/// `` `zoon`; there are `zoom`, `generic`; the nearest is `zoom` ``
fn unknown(name: &str) -> String {
    let quoted: Vec<String> = ALL.iter().map(|d| format!("`{}`", d.name())).collect();
    let nearest = nearest(name, ALL.iter().map(|dialect| dialect.name()));
    let nearest = nearest.map(|nearest| format!("; the nearest is `{nearest}`"));
    let all = quoted.join(", ");
    format!("`{name}`; there are {all}{}", nearest.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Source};

    /// The name of the dialect that a collection of one request is read in.
    fn recognised(url: &str, docs: &str, reply: &str) -> &'static str {
        let collection = serde_json::json!({"info": {}, "item": [{
            "name": "Get",
            "request": {"method": "GET", "url": url, "description": docs},
            "response": [{"name": reply, "code": 300}],
        }]});
        let input = Input::collection(Source::new("c.json", collection.to_string()));
        let api = crate::read(
            &mut Report::default(),
            &input,
            &std::collections::BTreeMap::default(),
        );
        let found = ALL.iter().find(|dialect| dialect.recognises(&api));
        found.map_or("none", |dialect| dialect.name())
    }

    #[test]
    fn recognises_marks() {
        let check = |url: &str, docs: &str, reply: &str, expected: &str| {
            assert_eq!(
                recognised(url, docs, reply),
                expected,
                "{url} {docs} {reply}"
            );
        };
        let (label, coded) = (
            "**[Rate Limit Label](https://x.io/#a):** `Light`",
            "**HTTP Status Code:** `400`<br>**Error Code:** `3`",
        );
        check("https://a.io/x", "Gets.", "", "generic");
        check("https://api.zoom.us/v2/x", "", "", "zoom");
        check("https://us06api.zoom.us/v2/x", "", "", "zoom");
        check("https://zoom.us.example.com/x", "", "", "generic");
        check("https://notzoom.us/x", "", "", "generic");
        check("{{baseUrl}}/x", label, "", "zoom");
        check("{{baseUrl}}/x", "", coded, "zoom");
        check("{{baseUrl}}/x", "", "**Error Code:** `3`", "generic");
    }

    #[test]
    fn an_unknown_name_is_an_error_and_changes_nothing() {
        let mut report = Report::default();
        apply(&mut report, &mut Api::default(), Some("zoon"));
        let labels: Vec<&str> = report
            .diagnostics()
            .iter()
            .map(|d| d.label.as_str())
            .collect();
        assert_eq!(
            labels,
            ["`zoon`; there are `zoom`, `generic`; the nearest is `zoom`"]
        );
        apply(&mut report, &mut Api::default(), Some("generic"));
        assert_eq!(report.diagnostics().len(), 1);
    }
}
