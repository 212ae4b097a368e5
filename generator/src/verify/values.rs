//! What a document sends in a request, as JSON for the fields of its module.

use std::collections::BTreeMap;

use serde_json::json;

use crate::api::{self, Hidden, Input, Operation, Parameter, PathPart, Sent, SentFile};
use crate::json;
use crate::plan::{Access, Add, Body, Module, PathStep, Step, Type};

/// The values of a request, by the names of their fields (`options.page_size`): each a text of JSON.
pub(super) type Values = BTreeMap<String, String>;

/// A field, and the input that it is for.
struct Slot<'a> {
    input: &'a Input,
    field: Access,
    /// Whether the value is JSON, and not a text that is written as it is.
    is_json: bool,
}

/// The name of a field as programs know it.
pub(super) fn name(field: &Access) -> String {
    let place = if field.optional { "options." } else { "" };
    format!("{place}{}", field.ident.as_str())
}

/// The values of a request as its document sends it.
///
/// # Errors
///
/// A value that its field cannot hold: which one, and why.
pub(super) fn of(operation: &Operation, module: &Module) -> Result<Values, String> {
    let mut values = Values::new();
    for slot in slots(operation, module) {
        let name = name(&slot.field);
        let Some(ty) = type_of(module, &slot.field) else {
            continue;
        };
        match value(ty, slot.is_json, &slot.input.sent) {
            Ok(value) => values.extend(value.map(|value| (name, value))),
            Err(reason) => return Err(format!("the field `{name}`: {reason}")),
        }
    }
    Ok(values)
}

/// The type of a field.
pub(super) fn type_of<'a>(module: &'a Module, field: &Access) -> Option<&'a Type> {
    let fields = if field.optional {
        &module.options
    } else {
        &module.fields
    };
    let field = fields.iter().find(|one| one.ident == field.ident);
    field.map(|field| &field.ty)
}

/// The fields of a module with their inputs. Steps and parameters are in the same order.
fn slots<'a>(operation: &'a Operation, module: &'a Module) -> Vec<Slot<'a>> {
    let mut slots = path(operation, module);
    slots.extend(of_steps(&operation.query, &module.query));
    slots.extend(of_steps(&operation.headers, &module.headers));
    let one = |input, field: &Access, is_json| Slot {
        input,
        field: field.clone(),
        is_json,
    };
    match (&operation.body, &module.body) {
        (api::Body::UrlEncoded(fields), Body::Form(steps))
        | (api::Body::Multipart(fields), Body::Multipart(steps)) => {
            slots.extend(of_steps(fields, steps));
        }
        (api::Body::Json(input), Body::Json(field, _)) => slots.push(one(input, field, true)),
        (api::Body::Text(input), Body::Text(field, _))
        | (api::Body::File(input), Body::File(field)) => slots.push(one(input, field, false)),
        (api::Body::GraphQl(request), Body::GraphQl(_, _, Some(field))) => {
            let variables = request.variables.as_ref();
            slots.extend(variables.map(|input| one(input, field, true)));
        }
        _ => {}
    }
    slots
}

/// A path variable that stands twice is one field (rule U5).
fn path<'a>(operation: &'a Operation, module: &'a Module) -> Vec<Slot<'a>> {
    let inputs: Vec<&Input> = operation.path.iter().filter_map(PathPart::input).collect();
    let fields = module.fields.iter().filter_map(|field| {
        let step = module.path.iter().find_map(|step| match step {
            PathStep::Value(ident, wire) | PathStep::Twice(ident, wire) => {
                (*ident == field.ident).then_some(wire)
            }
            PathStep::Text(_) => None,
        })?;
        let input = inputs.iter().find(|input| input.name == *step)?;
        Some(Slot {
            input,
            field: Access {
                ident: field.ident.clone(),
                optional: false,
            },
            is_json: false,
        })
    });
    fields.collect()
}

fn of_steps<'a>(parameters: &'a [Parameter], steps: &'a [Step]) -> impl Iterator<Item = Slot<'a>> {
    let pairs = parameters.iter().zip(steps);
    pairs.filter_map(|(parameter, step)| match (parameter, step) {
        (Parameter::Input(input, _), Step::Input { field, add, .. }) => Some(Slot {
            input,
            field: field.clone(),
            is_json: matches!(add, Add::Json(_)),
        }),
        _ => None,
    })
}

/// The value of a field. Nothing, where it is left out.
fn value(ty: &Type, is_json: bool, sent: &[Sent]) -> Result<Option<String>, String> {
    let all = |one: &dyn Fn(&Sent) -> Result<String, String>| {
        let all: Result<Vec<String>, String> = sent.iter().map(one).collect();
        Ok(Some(format!("[{}]", all?.join(","))))
    };
    match (ty, sent) {
        (Type::Pairs, _) => all(&pair),
        (Type::Vec(inner), _) if !is_json => all(&|sent| single(inner, false, sent)),
        (Type::Option(_), [] | [Sent::Bare]) => Ok(None),
        (Type::Option(inner), _) => value(inner, is_json, sent),
        (_, [sent]) => single(ty, is_json, sent).map(Some),
        (_, []) => Err("the collection leaves it out, but the client has to send it".to_owned()),
        _ => Err("the collection sends several values, and the client one".to_owned()),
    }
}

fn pair(sent: &Sent) -> Result<String, String> {
    match sent {
        Sent::Named(name, value) => Ok(json!([name.0, value.0]).to_string()),
        _ => Err("the collection sends a value without a name of its own".to_owned()),
    }
}

fn single(ty: &Type, is_json: bool, sent: &Sent) -> Result<String, String> {
    match (ty, sent) {
        (Type::File, Sent::File(sent)) => Ok(file(sent)),
        (Type::File, _) => Err("the collection sends no file".to_owned()),
        (_, Sent::Text(Hidden(text))) if is_json => of_json(text),
        (_, Sent::Text(Hidden(text))) => scalar(ty, text),
        (_, Sent::Bare) => Err("the collection sends its name alone".to_owned()),
        (_, Sent::Named(..)) => Err("the collection sends another name".to_owned()),
        (_, Sent::File(_)) => Err("the collection sends a file".to_owned()),
    }
}

/// A single value as JSON, so that the client writes the same text where its type can.
fn scalar(ty: &Type, text: &str) -> Result<String, String> {
    let unfit = |what| Err(format!("`{text}` is no {what}"));
    match ty {
        Type::I64 => match text.parse::<i64>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => unfit("whole number of 64 bits"),
        },
        Type::F64 => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number.to_string()),
            _ => unfit("number"),
        },
        Type::Bool => match text {
            "true" | "false" => Ok(text.to_owned()),
            _ => unfit("boolean"),
        },
        Type::Id => {
            let number = text.parse::<i64>().map(|number| number.to_string());
            let number = number.ok().filter(|number| number == text);
            Ok(number.unwrap_or_else(|| json!(text).to_string()))
        }
        _ => Ok(json!(text).to_string()),
    }
}

/// A text of JSON without what only templates have (rules B3, B4).
fn of_json(text: &str) -> Result<String, String> {
    let node = json::read_template(text).map_err(|error| format!("it is no JSON: {error}"))?;
    let written = node.to_string();
    match json::read(&written) {
        Ok(_) => Ok(written),
        Err(_) => Err("it is no JSON, as a variable in it has no value".to_owned()),
    }
}

fn file(sent: &SentFile) -> String {
    // A character for each byte.
    let content: String = sent.bytes().iter().copied().map(char::from).collect();
    json!({"name": sent.file_name(), "media_type": sent.media_type, "content": content}).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::verify::{cases, harness};
    use crate::{Config, Input, Source, plan, understand};

    /// The values of a request, or why there are none.
    fn values(request: &serde_json::Value) -> String {
        let variable = json!([{"key": "id", "value": "7"}, {"key": "place", "value": "a/b"}]);
        let item = json!({"name": "Send", "request": request});
        let text = json!({"info": {"name": "A"}, "variable": variable, "item": [item]}).to_string();
        let input = Input::collection(Source::new("a.json", text));
        let (mut report, config) = (Report::default(), Config::new("a"));
        let api = understand(&mut report, &input, &config);
        let plan = plan::plan(&mut report, &api, &config);
        let (operations, modules) = (cases::operations(&api), harness::modules(&plan));
        let found = match of(operations[0], modules[0].module) {
            Ok(values) => values,
            Err(reason) => return reason,
        };
        let found: Vec<String> = found
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        found.join(" ")
    }

    fn check(request: &serde_json::Value, expected: &str) {
        assert_eq!(values(request), expected, "{request}");
    }

    #[test]
    fn values_have_the_types_of_their_fields() {
        let integer = "The id, as a **long** format integer";
        let url = |value: &str, docs: &str| {
            let variable = json!([{"key": "meetingId", "value": value, "description": docs}]);
            json!({"url": {"raw": "", "host": ["a", "example"], "path": [":meetingId"], "variable": variable}})
        };
        check(&url("85746065432", integer), "meeting_id=85746065432");
        check(&url("a b", ""), r#"meeting_id="a b""#);
        check(&url("{{place}}", ""), r#"meeting_id="a/b""#);
        check(&url("{{other}}", ""), r#"meeting_id="{{other}}""#);
        check(
            &url("<long>", ""),
            "the field `meeting_id`: `<long>` is no whole number of 64 bits",
        );
        check(&json!({"url": "a.example/:id/x/:id"}), r#"id="id""#);
    }

    #[test]
    fn what_is_left_out_has_no_value() {
        let entry = |key: &str, value: &serde_json::Value, disabled: bool| json!({"key": key, "value": value, "disabled": disabled});
        let text = |key: &str, value: &str| entry(key, &json!(value), false);
        let url =
            |query: &[serde_json::Value]| json!({"url": {"host": "a.example", "query": query}});
        let off = entry("b", &json!("2"), true);
        check(&url(&[text("a", "x"), off.clone()]), r#"a="x""#);
        check(&url(&[text("a", "x"), text("a", "")]), r#"a=["x",""]"#);
        check(&url(&[entry("acl", &json!(null), false)]), "");
        check(
            &url(&[text("{{name}}", "{{id}}")]),
            r#"options.name=[["{{name}}","7"]]"#,
        );
    }

    #[test]
    fn bodies_are_the_text_of_the_document() {
        let body = |body: &serde_json::Value| {
            let header = json!([{"key": "Content-Type", "value": "application/json"}]);
            json!({"url": "a.example", "method": "POST", "body": body, "header": header})
        };
        let raw = |text: &str| {
            let options = json!({"raw": {"language": "json"}});
            body(&json!({"mode": "raw", "raw": text, "options": options}))
        };
        check(
            &raw("{\"id\": {{id}}, // it\n \"n\": 1.50, \"s\": \"<long>\",}"),
            r#"body={"id":7,"n":1.50,"s":"<long>"}"#,
        );
        check(
            &raw("{\"id\": {{other}}}"),
            "the field `body`: it is no JSON, as a variable in it has no value",
        );
        let graphql = |variables: &str| {
            body(&json!({"mode": "graphql", "graphql": {"query": "{a}", "variables": variables}}))
        };
        check(&graphql("{\"id\": \"{{id}}\"}"), r#"variables={"id":"7"}"#);
        check(&graphql(""), "");
        let text =
            json!({"mode": "raw", "raw": "<a>{{id}}</a>", "options": {"raw": {"language": "xml"}}});
        check(&body(&text), r#"body="<a>7</a>""#);
    }

    #[test]
    fn files_have_their_names_for_content() {
        let form = |fields: serde_json::Value| json!({"url": "a.example", "method": "POST", "body": {"mode": "formdata", "formdata": fields}});
        let file = |src: serde_json::Value| form(json!([{"key": "f", "type": "file", "src": src}]));
        check(
            &file(json!("/C:/x/é.png")),
            "f={\"name\":\"é.png\",\"media_type\":null,\"content\":\"file:Ã©.png\"}",
        );
        check(
            &file(json!([])),
            r#"f={"name":null,"media_type":null,"content":""}"#,
        );
        let one = |name: &str| {
            format!(r#"{{"name":"{name}","media_type":null,"content":"file:{name}"}}"#)
        };
        check(
            &file(json!(["a", "b"])),
            &format!("f=[{},{}]", one("a"), one("b")),
        );
        check(
            &form(
                json!([{"key": "j", "type": "text", "value": "{\"a\": {{id}}}", "contentType": "application/json"}]),
            ),
            r#"j={"a":7}"#,
        );
    }
}
