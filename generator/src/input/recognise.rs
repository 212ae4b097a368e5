//! Which kind of document a tree is, by its members. No reader guesses for itself.

use crate::document::json::{Node, Span};
use crate::document::report::rules;
use crate::document::report::{Place, Report};

/// A kind of document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DocumentKind {
    /// A Postman collection, or a part of one: a request, a list of items (rules F1 to F4).
    PostmanCollection,
    /// A Postman environment, or the globals of a workspace.
    PostmanVariables,
    /// An `OpenAPI` description: 2.0 (Swagger) to 3.2.
    OpenApi,
    /// A known kind that is not read, as a phrase: "a HAR recording".
    Foreign(&'static str),
    /// Anything else.
    Unknown,
}

/// The members in which Postman's API wraps a document (rule F3).
const ENVELOPES: [&str; 3] = ["collection", "environment", "globals"];

/// Members that only a request of Postman's format v1 has.
const REQUEST_V1: &[&str] = &[
    "collectionId",
    "currentHelper",
    "data",
    "dataMode",
    "headerData",
    "headers",
    "pathVariableData",
    "pathVariables",
    "queryParams",
    "rawModeData",
];

/// The marks of kinds that are not read: the path of a member, a text that its value contains, and the kind.
const FOREIGN: &[(&[&str], &str, &str)] = &[
    (&["asyncapi"], "", "an AsyncAPI description"),
    (&["log", "entries"], "", "a HAR recording"),
    (&["__export_format"], "", "an Insomnia export"),
    (&["type"], ".insomnia.rest/", "an Insomnia export"),
    (&["discoveryVersion"], "", "a Google API discovery document"),
    (&["data", "__schema"], "", "a GraphQL schema"),
    (&["__schema"], "", "a GraphQL schema"),
    (&["$schema"], "json-schema.org", "a JSON Schema"),
];

/// What a document is. The marks of other formats go first: some of their members have the names of Postman's.
#[must_use]
pub fn recognise(root: &Node<'_>) -> DocumentKind {
    if root.get("openapi").is_some() || root.get("swagger").is_some() {
        return DocumentKind::OpenApi;
    }
    let is_marked = |(path, text, _): &&(&[&str], &str, &str)| {
        let found = path.iter().try_fold(root, |node, name| node.get(name));
        found.is_some_and(|node| {
            text.is_empty() || node.as_str().is_some_and(|own| own.contains(text))
        })
    };
    let inner = without_envelope(root);
    if is_collection(inner) {
        // The schema of a collection is a JSON Schema, which is named in its `info` alone.
        return DocumentKind::PostmanCollection;
    }
    if let Some((.., kind)) = FOREIGN.iter().find(is_marked) {
        return DocumentKind::Foreign(kind);
    }
    if inner.get("values").is_some_and(Node::is_array) {
        return DocumentKind::PostmanVariables;
    }
    DocumentKind::Unknown
}

/// What is in the envelope of a document of Postman's API; the document itself where it has none.
#[must_use]
pub fn without_envelope<'n, 't>(root: &'n Node<'t>) -> &'n Node<'t> {
    let mut inner = ENVELOPES.iter().filter_map(|name| root.get(name));
    inner.find(|node| node.is_object()).unwrap_or(root)
}

/// Whether it is a collection of format v2, or a request or a list of items of one; or a collection of format v1.
fn is_collection(root: &Node<'_>) -> bool {
    let elements = root.elements();
    is_item(root)
        || !elements.is_empty() && elements.iter().all(is_item)
        || is_collection_v1(root)
        || is_request_v1(root)
}

fn is_item(node: &Node<'_>) -> bool {
    node.get("request").is_some() || node.get("item").is_some()
}

/// Whether it is a collection of Postman's format v1 (rule W1).
#[must_use]
pub fn is_collection_v1(root: &Node<'_>) -> bool {
    let is_list = |name: &str| root.get(name).is_some_and(Node::is_array);
    !has_members_of_v2(root) && (is_list("requests") || is_list("order") && is_list("folders"))
}

/// Whether it is a request of Postman's format v1 (rule W1).
#[must_use]
pub fn is_request_v1(root: &Node<'_>) -> bool {
    let has = |name: &&str| root.get(name).is_some();
    !has_members_of_v2(root) && has(&"url") && REQUEST_V1.iter().any(has)
}

fn has_members_of_v2(root: &Node<'_>) -> bool {
    ["info", "item", "request"]
        .iter()
        .any(|name| root.get(name).is_some())
}

/// Reports a document that its reader does not take.
pub(crate) fn refuse(report: &mut Report, kind: DocumentKind, source: usize, root: &Node<'_>) {
    let start = root.span.start;
    let place = Place {
        source,
        span: Span {
            start,
            end: start + 1,
        },
    };
    match kind {
        DocumentKind::OpenApi => {
            report.push(
                &rules::NOT_A_COLLECTION,
                place,
                "this is an OpenAPI document",
            );
        }
        DocumentKind::Foreign(kind) => {
            report.push(&rules::NOT_A_COLLECTION, place, format!("this is {kind}"));
        }
        DocumentKind::PostmanVariables => {
            let label = "this is an environment, or the globals of a workspace";
            report.push(&rules::NOT_A_COLLECTION, place, label);
        }
        DocumentKind::PostmanCollection | DocumentKind::Unknown => {
            report.push(
                &rules::NOT_A_COLLECTION,
                place,
                format!("this is {}", root.kind()),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DocumentKind::{Foreign, OpenApi, PostmanCollection, PostmanVariables, Unknown};
    use super::*;
    use crate::document::json;

    #[test]
    fn documents_are_recognised() {
        let check = |text: &str, expected: DocumentKind| {
            let root = json::read(text).expect("JSON");
            assert_eq!(recognise(&root), expected, "{text}");
        };
        check(r#"{"info": {}, "item": []}"#, PostmanCollection);
        check(r#"{"collection": {"item": []}}"#, PostmanCollection);
        check(r#"{"item": [], "values": []}"#, PostmanCollection);
        check(r#"[{"request": "u"}]"#, PostmanCollection);
        check(r#"{"requests": []}"#, PostmanCollection);
        check(r#"{"order": [], "folders": []}"#, PostmanCollection);
        check(r#"{"url": "u", "dataMode": "raw"}"#, PostmanCollection);
        check(r#"{"values": []}"#, PostmanVariables);
        check(r#"{"environment": {"values": []}}"#, PostmanVariables);
        check(r#"{"openapi": "3.1.0", "item": []}"#, OpenApi);
        check(r#"{"swagger": "2.0"}"#, OpenApi);
        check(
            r#"{"asyncapi": "3.0.0"}"#,
            Foreign("an AsyncAPI description"),
        );
        check(r#"{"log": {"entries": []}}"#, Foreign("a HAR recording"));
        check(
            r#"{"type": "collection.insomnia.rest/5.0", "collection": []}"#,
            Foreign("an Insomnia export"),
        );
        check(
            r#"{"$schema": "http://json-schema.org/draft-07/schema#"}"#,
            Foreign("a JSON Schema"),
        );
        check(r#"{"log": 1, "type": "x", "url": "u"}"#, Unknown);
        check("[]", Unknown);
    }
}
