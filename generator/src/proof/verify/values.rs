//! What a document sends in a request, as JSON for the fields of its module.

use std::collections::BTreeMap;

use serde_json::json;

use super::fit::{Types, fit};
use crate::api::{self, Hidden, Input, Operation, Parameter, PathPart, Sent, SentFile};
use crate::document::json;
use crate::input::postman::shape;
use crate::plan::{Access, Add, Body, Definition, Module, PathStep, Step, Type, Variables};

/// The values of a request.
#[derive(Default)]
pub(super) struct Values {
    /// By the names of their fields (`options.page_size`), each a text of JSON.
    pub(super) fields: BTreeMap<String, String>,
    /// How many placeholders of a converter, or variables without a value, are replaced by values of their types.
    pub(super) stand_ins: usize,
}

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
pub(super) fn sent_values(
    operation: &Operation,
    module: &Module,
    shared: &[Definition],
) -> Result<Values, String> {
    let types = Types::of(module, shared);
    let mut values = Values::default();
    for slot in slots(operation, module) {
        let name = name(&slot.field);
        let Some(ty) = type_of(module, &slot.field) else {
            continue;
        };
        let mut reader = Reader {
            types,
            is_json: slot.is_json,
            stand_ins: 0,
        };
        match reader.value(ty, &slot.input.sent) {
            Ok(value) => values.fields.extend(value.map(|value| (name, value))),
            Err(reason) => return Err(format!("the field `{name}`: {reason}")),
        }
        values.stand_ins += reader.stand_ins;
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
        (api::Body::UrlEncoded(fields), Body::Form(steps, _))
        | (api::Body::Multipart(fields), Body::Multipart(steps, _)) => {
            slots.extend(of_steps(fields, steps));
        }
        (api::Body::Json(input), Body::Json(field, _)) => slots.push(one(input, field, true)),
        (api::Body::Text(input), Body::Text(field, _))
        | (api::Body::File(input), Body::File(field, _)) => slots.push(one(input, field, false)),
        (api::Body::GraphQl(request), Body::GraphQl(_, _, Variables::Field(field))) => {
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
            PathStep::Value(ident, wire)
            | PathStep::Twice(ident, wire)
            | PathStep::Styled(ident, wire, _) => (*ident == field.ident).then_some(wire),
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
            is_json: matches!(add, Add::Json(_) | Add::Field),
        }),
        _ => None,
    })
}

/// Makes JSON of what a document sends for a field.
struct Reader<'a> {
    types: Types<'a>,
    /// Whether the field is JSON, and not a text that is written as it is.
    is_json: bool,
    stand_ins: usize,
}

impl<'a> Reader<'a> {
    /// The value of a field. Nothing, where it is left out.
    fn value(&mut self, ty: &'a Type, sent: &[Sent]) -> Result<Option<String>, String> {
        match (ty, sent) {
            (Type::Pairs, _) => list(sent.iter().map(pair)),
            (Type::Vec(inner), _) if !self.is_json => {
                list(sent.iter().map(|sent| self.single(inner, sent)))
            }
            (Type::Option(_), [] | [Sent::Bare]) => Ok(None),
            (Type::Option(inner), _) => self.value(inner, sent),
            (_, [sent]) => self.single(ty, sent).map(Some),
            (_, []) => {
                Err("the collection leaves it out, but the client has to send it".to_owned())
            }
            _ => Err("the collection sends several values, and the client one".to_owned()),
        }
    }

    fn single(&mut self, ty: &'a Type, sent: &Sent) -> Result<String, String> {
        match (ty, sent) {
            (Type::File, Sent::File(sent)) => Ok(file(sent)),
            (Type::File, _) => Err("the collection sends no file".to_owned()),
            (_, Sent::Text(Hidden(text))) if self.is_json => self.json(ty, text),
            (_, Sent::Text(Hidden(text))) => self.scalar(ty, text),
            (_, Sent::Bare) => Err("the collection sends its name alone".to_owned()),
            (_, Sent::Named(..)) => Err("the collection sends another name".to_owned()),
            (_, Sent::File(_)) => Err("the collection sends a file".to_owned()),
        }
    }

    /// A single value as JSON, so that the client writes the same text where its type can.
    fn scalar(&mut self, ty: &'a Type, text: &str) -> Result<String, String> {
        let whole = || text.parse::<i64>().ok().map(|number| number.to_string());
        let (what, value) = match ty {
            Type::I64 => ("whole number of 64 bits", whole()),
            Type::F64 => {
                let number = text.parse::<f64>().ok();
                let number = number.filter(|number| number.is_finite());
                ("number", number.map(|number| number.to_string()))
            }
            Type::Bool => {
                let is_one = matches!(text, "true" | "false");
                ("boolean", is_one.then(|| text.to_owned()))
            }
            Type::Id => {
                let number = whole().filter(|number| number == text);
                return Ok(number.unwrap_or_else(|| json!(text).to_string()));
            }
            _ => return Ok(json!(text).to_string()),
        };
        // A dynamic variable stands by its name for a value that Postman makes up.
        let stands_for_one = shape::placeholder(text).is_some() || text.starts_with('$');
        if value.is_none() && stands_for_one {
            self.stand_ins += 1;
            return Ok(self.types.least(ty));
        }
        value.ok_or_else(|| format!("`{text}` is no {what}"))
    }

    /// A text of JSON without what only templates have (rules B3, B4).
    fn json(&mut self, ty: &'a Type, text: &str) -> Result<String, String> {
        let node = json::read_template(text).map_err(|error| format!("it is no JSON: {error}"))?;
        let fitted = fit(&node, ty, self.types);
        self.stand_ins += fitted.made_up;
        Ok(fitted.text)
    }
}

fn list(values: impl Iterator<Item = Result<String, String>>) -> Result<Option<String>, String> {
    let values: Result<Vec<String>, String> = values.collect();
    Ok(Some(format!("[{}]", values?.join(","))))
}

fn pair(sent: &Sent) -> Result<String, String> {
    match sent {
        Sent::Named(name, value) => Ok(json!([name.0, value.0]).to_string()),
        _ => Err("the collection sends a value without a name of its own".to_owned()),
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
    use crate::document::report::Report;
    use crate::proof::verify::{cases, harness};
    use crate::{Config, Input, Source, plan, understand};

    /// The values of a request, or why there are none.
    fn values(request: &serde_json::Value) -> String {
        let variable = json!([{"key": "id", "value": "7"}, {"key": "place", "value": "a/b"}, {"key": "empty", "value": ""}]);
        let item = json!({"name": "Send", "request": request});
        let text = json!({"info": {"name": "A"}, "variable": variable, "item": [item]}).to_string();
        let input = Input::collection(Source::new("a.json", text));
        let (mut report, config) = (Report::default(), Config::new("a"));
        let api = understand(&mut report, &input, &config);
        let plan = plan::plan(
            &mut report,
            &api,
            &config,
            &crate::plan::pins::Pins::default(),
        );
        let (operations, modules) = (cases::operations(&api), harness::modules(&plan));
        let values = match sent_values(operations[0], modules[0].module, &plan.types) {
            Ok(values) => values,
            Err(reason) => return reason,
        };
        let fields = values.fields.iter();
        let mut found: Vec<String> = fields
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if values.stand_ins > 0 {
            found.push(format!("({})", values.stand_ins));
        }
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
        check(&url("<long>", ""), "meeting_id=1 (1)");
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
            r#"body={"id":7,"n":1.50,"s":1} (1)"#,
        );
        check(&raw("{\"id\": {{other}}}"), r#"body={"id":1} (1)"#);
        let graphql = |variables: &str| {
            body(&json!({"mode": "graphql", "graphql": {"query": "{a}", "variables": variables}}))
        };
        check(&graphql("{\"id\": \"{{id}}\"}"), r#"variables={"id":"7"}"#);
        check(&graphql(""), "");
        check(&raw("{\"id\": {{empty}}}"), r#"body={"id":1} (1)"#);
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
