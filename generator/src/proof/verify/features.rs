//! What a request of a collection uses: the body it has, how it is signed, where variables stand in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Body, Operation};
use crate::document::json::{self, Node};
use crate::document::source::Source;
use crate::proof::wire::Line;

/// Something that requests use, by its kind and name.
pub(super) type Feature = (&'static str, String);

/// What each operation of an API uses, by its position.
pub(super) fn features_used(api: &Api, sources: &[&Source]) -> BTreeMap<String, Vec<Feature>> {
    let operations = api.operations.iter();
    let features = operations.map(|operation| {
        let mut features = vec![("body", body(&operation.body).to_owned())];
        let forms = written(operation, sources).map(variables);
        let forms = forms.unwrap_or_default().into_iter();
        features.extend(forms.map(|form| ("variables", form.to_owned())));
        (operation.position.clone(), features)
    });
    features.collect()
}

/// How a request is signed, by its name in Postman.
pub(super) fn auth(line: &Line) -> Feature {
    let scheme = line.auth.as_deref().filter(|scheme| *scheme != "noauth");
    ("auth", scheme.unwrap_or("none").to_owned())
}

fn body(body: &Body) -> &'static str {
    match body {
        Body::Empty => "none",
        Body::Text(_) => "text",
        Body::Json(_) => "json",
        Body::GraphQl(_) => "graphql",
        Body::UrlEncoded(_) => "urlencoded",
        Body::Multipart(_) => "formdata",
        Body::File(_) => "file",
    }
}

/// The text of an operation in its document.
fn written<'a>(operation: &Operation, sources: &[&'a Source]) -> Option<&'a str> {
    let source = sources.get(operation.at.source)?;
    source.text.get(operation.at.span.range())
}

/// The places in a request at which there are variables. In a document that is no JSON it is not told where.
fn variables(text: &str) -> BTreeSet<&'static str> {
    let Ok(node) = json::read(text) else {
        return text.contains("{{").then_some("{{x}}").into_iter().collect();
    };
    let request = node.get("request").unwrap_or(&node);
    let url = request.get("url").unwrap_or(request);
    let (base, path, query) = parts(url);
    let has = |text: &str| text.contains("{{");
    let below = |names: &[&str]| names.iter().any(|name| has(&below(request, name)));
    let forms = [
        ("{{x}} in the base", has(&base)),
        ("{{x}} in the path", has(&path)),
        (":x in the path", path.split('/').any(is_path_variable)),
        ("{{x}} in the query", has(&query) || below(&["queryParams"])),
        (
            "{{x}} in a header",
            below(&["header", "headers", "headerData"]),
        ),
        (
            "{{x}} in the body",
            below(&["body", "data", "rawModeData", "graphqlModeData"]),
        ),
    ];
    forms
        .into_iter()
        .filter(|(_, is_so)| *is_so)
        .map(|(form, _)| form)
        .collect()
}

fn below(node: &Node<'_>, name: &str) -> String {
    node.get(name).map(ToString::to_string).unwrap_or_default()
}

fn is_path_variable(segment: &str) -> bool {
    segment.len() > 1 && segment.starts_with(':')
}

/// Base, path and query of a URL, as they are written.
fn parts(url: &Node<'_>) -> (String, String, String) {
    if let Some(text) = url.as_str() {
        let (rest, query) = text.split_once('?').unwrap_or((text, ""));
        let start = rest.find("://").map_or(0, |at| at + "://".len());
        let path = rest[start..].find('/').map_or(rest.len(), |at| start + at);
        return (
            rest[..path].to_owned(),
            rest[path..].to_owned(),
            query.to_owned(),
        );
    }
    let path = url.get("path").map(|path| {
        if let Some(text) = path.as_str() {
            return text.to_owned();
        }
        let segments = path.elements().iter();
        let segments = segments.map(|one| one.as_str().unwrap_or_default());
        segments.collect::<Vec<_>>().join("/")
    });
    let base = format!("{}{}", below(url, "protocol"), below(url, "host"));
    (base, path.unwrap_or_default(), below(url, "query"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_told_by_their_places() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = variables(text).into_iter().collect();
            assert_eq!(found, expected, "{text}");
        };
        check(r#"{"request": "https://a.example/b"}"#, &[]);
        check(
            r#"{"request": {"url": "{{base}}/b/:id?c={{d}}"}, "response": "{{x}}"}"#,
            &[":x in the path", "{{x}} in the base", "{{x}} in the query"],
        );
        check(
            r#"{"request": {"url": {"host": ["a"], "path": ["x-{{b}}", ":"], "raw": "{{c}}"}, "body": "{{d}}"}}"#,
            &["{{x}} in the body", "{{x}} in the path"],
        );
        check(
            r#"{"url": "https://a.example/", "headers": "a: {{b}}"}"#,
            &["{{x}} in a header"],
        );
        check("url: '{{base}}/b'", &["{{x}}"]);
    }
}
