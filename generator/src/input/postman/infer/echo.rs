//! What replies show of the variables in the body of their request.
//!
//! Many APIs answer with what they were sent. So where a body has nothing but a variable without quotes,
//! `"duration": {{duration}}`, which is anything but text, and a success shows a number at the same place,
//! two signals agree.

use crate::input::postman::shape::Shape;
use crate::input::postman::shape::draft::{Api, Body, Operation};

/// Lets the bodies of requests learn from the successes of the same request.
pub fn echo(api: &mut Api) {
    for operation in &mut api.operations {
        let Operation {
            body, responses, ..
        } = operation;
        let Body::Json(input) = body else { continue };
        let Some(shape) = &mut input.schema.json else {
            continue;
        };
        let successes = responses
            .iter()
            .filter(|response| !response.by_code && response.statuses.is_success());
        let shown = successes.filter_map(|response| response.schema.as_ref()?.json.as_deref());
        for reply in shown {
            learn(shape, reply);
        }
    }
}

/// Takes the kinds that a reply shows, other than text, where only variables stand.
fn learn(shape: &mut Shape, reply: &Shape) {
    let is_bare = !shape.bare.is_empty()
        && shape.boolean.is_empty()
        && shape.number.is_none()
        && shape.text.is_none()
        && shape.list.is_none()
        && shape.object.is_none();
    if is_bare && reply.text.is_none() {
        shape.boolean = reply.boolean.clone();
        shape.number.clone_from(&reply.number);
        shape.list.clone_from(&reply.list);
        shape.object.clone_from(&reply.object);
        return;
    }
    if let (Some(own), Some(other)) = (&mut shape.object, &reply.object) {
        for (name, member) in &mut own.members {
            if let Some(other) = other.members.get(name) {
                learn(&mut member.shape, &other.shape);
            }
        }
    }
    if let (Some(own), Some(other)) = (&mut shape.list, &reply.list) {
        learn(&mut own.element, &other.element);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Report, Source};

    #[test]
    fn a_variable_is_what_the_reply_shows() {
        let check = |body: &str, reply: &str, expected: &str| {
            let collection = serde_json::json!({"info": {}, "item": [{
                "name": "Create",
                "request": {"method": "POST", "url": "https://a.io/x", "body": {
                    "mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}
                }},
                "response": [{"name": "Made.", "code": 201, "body": reply}],
            }]});
            let input = Input::collection(Source::new("c.json", collection.to_string()));
            let mut api = crate::read(
                &mut Report::default(),
                &input,
                &std::collections::BTreeMap::default(),
            );
            echo(&mut api);
            let Body::Json(input) = &api.operations[0].body else {
                panic!("{body}")
            };
            let shape = input
                .schema
                .json
                .as_deref()
                .and_then(|shape| shape.object.as_ref());
            let shape = &shape.expect("an object").members["a"].shape;
            let shape = shape.list.as_ref().map_or(shape, |list| &list.element);
            let kinds = [
                ("number", shape.number.is_some()),
                ("boolean", !shape.boolean.is_empty()),
                ("text", shape.text.is_some()),
                ("object", shape.object.is_some()),
            ];
            let shown: Vec<&str> = kinds
                .iter()
                .filter(|(_, is_shown)| *is_shown)
                .map(|(kind, _)| *kind)
                .collect();
            assert_eq!(shown.join(" "), expected, "{body} {reply}");
        };
        check(r#"{"a": {{x}}}"#, r#"{"a": 1}"#, "number");
        check(r#"{"a": {{x}}}"#, r#"{"a": true}"#, "boolean");
        check(r#"{"a": {{x}}}"#, r#"{"a": {"b": 1}}"#, "object");
        check(r#"{"a": {{x}}}"#, r#"{"a": "text"}"#, "");
        check(r#"{"a": {{x}}}"#, r#"{"b": 1}"#, "");
        check(r#"{"a": "{{x}}"}"#, r#"{"a": 1}"#, "text");
        check(r#"{"a": [{{x}}]}"#, r#"{"a": [1]}"#, "number");
    }
}
