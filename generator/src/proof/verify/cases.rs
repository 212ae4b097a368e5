//! What a collection shows, as cases for the program of its client.

use std::collections::BTreeMap;

use serde_json::json;

use super::fit::{Fitted, Types, fit};
use super::harness::Planned;
use super::values;
use crate::api::{Api, Body, GraphQl, Operation, Response};
use crate::document::json;
use crate::document::report::{Documents, Place};
use crate::document::source::Source;
use crate::plan::{self, Arm, Content, Definition, Module, Outcome, Type, When};

/// Something that the client has to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The number of its module in the program.
    pub number: usize,
    /// The request, as `Folder / Request`.
    pub request: String,
    /// The path of its module, `folder::request`.
    pub module: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands: file, line and column.
    pub at: String,
    /// The JSON that is fed.
    pub text: String,
    /// The JSON that has to come out, where it is not the same.
    pub expected: Option<String>,
    /// The field that a body is for; nothing, where there is none.
    pub field: Option<String>,
    /// Whether placeholders of a converter, or variables without a value, were replaced in it by values of their types.
    pub made_up: bool,
    /// Whether it has members that its schema does not name.
    pub unnamed: Unnamed,
}

/// Whether a reply has members that its schema does not name. A client with types may lose those.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Unnamed {
    /// It has none.
    #[default]
    None,
    /// It may have some, as an example of a document.
    Possible,
    /// It has some.
    Known,
}

/// What is fed to a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A saved reply.
    Reply {
        /// Its status.
        status: u16,
        /// Its Content-Type.
        media_type: Option<String>,
    },
    /// The body of the request.
    Body,
}

impl Case {
    /// The line that the program reads.
    #[must_use]
    pub fn to_line(&self, index: usize) -> String {
        let mut line = json!({"case": index, "module": self.number});
        match &self.kind {
            Kind::Reply { status, media_type } => {
                line["status"] = json!(status);
                line["media_type"] = json!(media_type);
                line["text"] = json!(self.text);
            }
            Kind::Body => {
                let values = self.field.iter().map(|field| (field, &self.text));
                line["values"] = json!(values.collect::<BTreeMap<_, _>>());
            }
        }
        format!("{line}\n")
    }
}

/// All cases of an API. `modules` are in the order of [`operations`].
pub(super) fn cases(
    api: &Api,
    modules: &[Planned<'_>],
    shared: &[Definition],
    sources: &[&Source],
    unnamed: Unnamed,
) -> Vec<Case> {
    let documents = Documents::of(sources);
    let mut cases = Vec::new();
    for (number, (operation, planned)) in operations(api).into_iter().zip(modules).enumerate() {
        let types = Types::of(planned.module, shared);
        let replies = operation.responses.iter();
        let replies = replies.filter_map(|response| reply(response, planned.module, types));
        for (kind, place, fed) in replies.chain(body(operation, planned.module, types)) {
            cases.push(Case {
                number,
                request: api.title(operation),
                module: planned.path(),
                kind,
                at: documents
                    .location(place)
                    .map_or_else(String::new, |location| location.to_string()),
                text: fed.text,
                field: fed.field,
                expected: fed.expected,
                made_up: fed.made_up,
                unnamed,
            });
        }
    }
    cases
}

/// The operations in the order of their modules: folder by folder, what lies in a folder before it.
pub(super) fn operations(api: &Api) -> Vec<&Operation> {
    let mut found = Vec::new();
    collect(api, None, &mut found);
    found
}

fn collect<'a>(api: &'a Api, folder: Option<usize>, found: &mut Vec<&'a Operation>) {
    for (index, inner) in api.folders.iter().enumerate() {
        if inner.parent == folder {
            collect(api, Some(index), found);
        }
    }
    let own = |operation: &&Operation| operation.folder == folder;
    found.extend(api.operations.iter().filter(own));
}

/// What is fed, and what has to come out again where that is not the same.
struct Fed {
    text: String,
    field: Option<String>,
    expected: Option<String>,
    made_up: bool,
}

type Found = (Kind, Place, Fed);

/// A saved reply whose body is JSON, as every reader of JSON understands it.
fn reply(response: &Response, module: &Module, types: Types<'_>) -> Option<Found> {
    let body = response.body.as_ref().filter(|text| is_json(text))?;
    let node = json::read(body).ok()?;
    let fitted = match type_of_reply(response, module) {
        Some(ty) => fit(&node, ty, types),
        None => Fitted::default(),
    };
    let made_up = fitted.made_up > 0;
    let kind = Kind::Reply {
        status: response.statuses.first(),
        media_type: response.media_type.clone(),
    };
    let fed = Fed {
        // What needs no stand-in is fed as it is, byte by byte.
        text: if made_up { fitted.text } else { body.clone() },
        field: None,
        expected: None,
        made_up,
    };
    Some((kind, response.at, fed))
}

/// The type that a reply is read as, where it is read as JSON.
fn type_of_reply<'a>(response: &Response, module: &'a Module) -> Option<&'a Type> {
    let is_told = |arm: &&Arm| match &arm.when {
        Some(When::Status(status)) => !response.by_code && *status == response.statuses,
        Some(When::Code(code)) => {
            response.by_code && response.codes.iter().any(|own| own.code == *code)
        }
        None => false,
    };
    let arm = module.arms.iter().find(is_told)?;
    if !matches!(arm.content, Content::Json | Content::JsonIfAny) {
        return None;
    }
    match &arm.outcome {
        Outcome::Success(None) => Some(&module.response),
        Outcome::Success(Some(name)) => {
            let variant = module
                .variants
                .iter()
                .find(|variant| variant.ident == *name);
            variant.map(|variant| &variant.ty)
        }
        Outcome::Failure(name) => {
            let failure = module
                .failures
                .iter()
                .find(|failure| failure.ident == *name);
            failure.and_then(|failure| failure.body.as_ref())
        }
    }
}

/// The body of a request, where it is JSON.
fn body(operation: &Operation, module: &Module, types: Types<'_>) -> Option<Found> {
    let (body, field) = match (&operation.body, &module.body) {
        (Body::Json(json), plan::Body::Json(field, _)) => (Some(json), Some(field)),
        (Body::GraphQl(request), plan::Body::GraphQl(_, _, variables)) => {
            let field = match variables {
                plan::Variables::Field(field) => Some(field),
                plan::Variables::None | plan::Variables::Null => None,
            };
            (request.variables.as_ref(), field)
        }
        _ => return None,
    };
    let fitted = match (body, field.and_then(|field| values::type_of(module, field))) {
        (Some(body), Some(ty)) => {
            let example = body.examples.first()?;
            fit(&json::read_template(example).ok()?, ty, types)
        }
        _ => Fitted {
            text: "null".to_owned(),
            made_up: 0,
        },
    };
    let expected = match &operation.body {
        Body::GraphQl(request) => Some(graphql(request, &fitted.text)),
        _ => None,
    };
    let fed = Fed {
        text: fitted.text,
        field: field.map(values::name),
        expected,
        made_up: fitted.made_up > 0,
    };
    Some((Kind::Body, body.map_or(operation.at, |body| body.at), fed))
}

/// How many bodies are JSON as templates, and no JSON with the values of their variables: `{"id": {{id}}}` where
/// the collection says that `id` is empty. They cannot be fed.
pub(super) fn broken(api: &Api) -> usize {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| match &operation.body {
            Body::Json(json) => Some(json),
            Body::GraphQl(request) => request.variables.as_ref(),
            _ => None,
        });
    let examples = bodies.filter_map(|body| body.examples.first());
    examples
        .filter(|example| json::read_template(example).is_err())
        .count()
}

/// A `GraphQL` request as it is sent (rule B8).
fn graphql(request: &GraphQl, variables: &str) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let mut members = vec![format!("\"query\":{}", text(&request.query))];
    let operation = request.operation_name.as_deref();
    members.extend(operation.map(|name| format!("\"operationName\":{}", text(name))));
    let has_some = request.variables.is_some() || request.null_variables;
    let variables = has_some.then_some(variables);
    members.extend(variables.map(|variables| format!("\"variables\":{variables}")));
    format!("{{{}}}", members.join(","))
}

/// Whether a text is JSON: for this library's reader, which knows how deep it may be, and for a strict one.
fn is_json(text: &str) -> bool {
    json::read(text).is_ok() && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::client;
    use crate::document::report::Report;
    use crate::{Config, Input, Source};
    use serde_json::{Value, json};

    /// The cases of a request with that body and replies: what is fed, and what has to come out if that differs.
    fn cases(body: &Value, replies: &[(u16, &str)]) -> Vec<String> {
        let replies = replies.iter().map(|(status, body)| {
            json!({"name": "x", "code": status, "body": body, "_postman_previewlanguage": "json",
                "header": [{"key": "Content-Type", "value": "application/json"}]})
        });
        let item = json!({
            "name": "Save",
            "request": {"url": "https://a.example/x", "method": "POST", "body": body},
            "response": replies.collect::<Vec<_>>(),
        });
        let variable = json!([{"key": "id", "value": "7"}, {"key": "empty", "value": ""}]);
        let collection = json!({"info": {"name": "A"}, "variable": variable, "item": [item, {"name": "bad", "request": {}}]});
        let input = Input::collection(Source::new("a.json", collection.to_string()));
        let client = client(
            &mut Report::default(),
            "a.json",
            "a",
            &input,
            &Config::new("x"),
            None,
        );
        let client = client.expect("a client");
        assert_eq!((client.requests, client.generated), (2, 1));
        let broken = (client.broken > 0).then(|| "broken".to_owned());
        let shown = client.cases.iter().map(|case| {
            let mark = if case.made_up { " made up" } else { "" };
            let expected = case
                .expected
                .as_ref()
                .map(|expected| format!(" -> {expected}"));
            format!("{}{mark}{}", case.text, expected.unwrap_or_default())
        });
        shown.chain(broken).collect()
    }

    #[test]
    fn bodies_are_fed_with_their_values() {
        let check = |raw: &str, expected: &str| {
            let body = json!({"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}});
            assert_eq!(cases(&body, &[]), [expected], "{raw}");
        };
        check(r#"{"a": {{id}}, "b": "{{id}}"} // x"#, r#"{"a":7,"b":"7"}"#);
        check(r#"{"count": {{empty}}}"#, r#"{"count":1} made up"#);
        check(r#"[{"a": 1}, {{empty}}, 2]"#, "broken");
        check(r#"{"a": "{{open}}"}"#, r#"{"a":"{{open}}"}"#);
        check(r#"{"count": {{open}}}"#, r#"{"count":1} made up"#);
        check(
            r#"[{"on": "<boolean>", "n": "<string>"},]"#,
            r#"[{"on":true,"n":"<string>"}] made up"#,
        );
        check(r#"{"a": [{{b}}, true]}"#, r#"{"a":[true,true]} made up"#);
        check(
            r#"[{"a": {"n": 1.5}, "a\"": {}}, {"a": {"n": {{b}}}, "a\"": "<object>"}]"#,
            r#"[{"a":{"n":1.5},"a\"":{}},{"a":{"n":1},"a\"":{}}] made up"#,
        );
        check(
            r#"[{"a": 1}, {"a": true}, {"a": {{b}}}, {"a": "<long>"}]"#,
            r#"[{"a":1},{"a":true},{"a":true},{"a":"<long>"}] made up"#,
        );
        let graphql =
            json!({"mode": "graphql", "graphql": {"query": "{ a }", "variables": "{\"n\": 1}"}});
        assert_eq!(
            cases(&graphql, &[]),
            [r#"{"n":1} -> {"query":"{ a }","variables":{"n":1}}"#]
        );
        let text = json!({"mode": "raw", "raw": "a: 1"});
        assert!(cases(&text, &[]).is_empty());
    }

    #[test]
    fn replies_are_fed_as_they_are_but_for_placeholders() {
        let check = |replies: &[(u16, &str)], expected: &[&str]| {
            assert_eq!(cases(&Value::Null, replies), expected, "{replies:?}");
        };
        check(&[(200, r#"{ "a": 1.50 }"#)], &[r#"{ "a": 1.50 }"#]);
        check(&[(200, r#"{"a": "<long>"}"#)], &[r#"{"a":1} made up"#]);
        check(
            &[
                (200, r#"{"a": {"b": 1}}"#),
                (200, r#"{"a": "<Error: Too many levels>"}"#),
            ],
            &[r#"{"a": {"b": 1}}"#, r#"{"a":{}} made up"#],
        );
        check(
            &[(404, r#"{"code": "<integer>"}"#), (400, r#"{"code": 1}"#)],
            &[r#"{"code":1} made up"#, r#"{"code": 1}"#],
        );
        check(&[(200, "{"), (200, "")], &[]);
    }
}
