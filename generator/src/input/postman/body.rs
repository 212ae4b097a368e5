//! Request bodies (rules B1 to B9).

use super::behavior::Behavior;
use super::parameters::Pair;
use super::{Context, comments, files, json, parameters, text, url};
use crate::api::{Hidden, Sent};
use crate::document::json::{Node, Value};
use crate::document::report::rules;
use crate::document::secret;
use crate::input::postman::shape::draft::{Body, GraphQl, Input};
use crate::input::postman::template;

/// A body, and the media type that it is sent with; a form has its own.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) body: Body,
    pub(super) media_type: Option<String>,
}

/// Methods with which Postman sends no body unless it is told to (rule B2).
pub(super) const BODILESS: &[&str] = &["GET", "COPY", "HEAD", "PURGE", "UNLOCK"];

/// Reads the body of a request. `own` is the Content-Type that its header sets.
pub(super) fn read(
    context: &mut Context<'_>,
    request: &Node<'_>,
    method: &str,
    behavior: Behavior,
    own: Option<&str>,
) -> Typed {
    let nothing = Typed {
        body: Body::Empty,
        media_type: own.map(str::to_owned),
    };
    let Some(node) = request.get("body") else {
        return nothing;
    };
    if is_disabled(node) {
        return nothing;
    }
    let typed = read_mode(context, node, own);
    if typed.body == Body::Empty {
        return nothing;
    }
    if BODILESS.contains(&method) && !behavior.keeps_body() {
        let place = context.place(node);
        context
            .report
            .push(&rules::BODY_DROPPED, place, format!("{method} has no body"));
        return nothing;
    }
    Typed {
        media_type: typed
            .media_type
            .filter(|_| own.is_some() || !behavior.untyped()),
        ..typed
    }
}

fn read_mode(context: &mut Context<'_>, node: &Node<'_>, own: Option<&str>) -> Typed {
    let mode = mode(node);
    let typed = |body: Body, media_type: Option<&str>| {
        let media_type = own.or(media_type).map(str::to_owned);
        Typed { body, media_type }
    };
    match mode.as_str() {
        "formdata" | "urlencoded" => form(context, node, &mode, own),
        "file" => typed(file(context, node), None),
        "graphql" => typed(graphql(context, node), Some("application/json")),
        "" => Typed::default(),
        _ => {
            let language = language(node);
            let mut body = raw(context, raw_of(node), own.unwrap_or(language));
            if let Body::Text(input) | Body::Json(input) = &mut body {
                for sent in input.sent.iter_mut().filter(|_| drops_comments(node, own)) {
                    if let Sent::Text(Hidden(text)) = sent {
                        *text = comments::without(text);
                    }
                }
            }
            typed(body, Some(language))
        }
    }
}

pub(super) fn is_disabled(node: &Node<'_>) -> bool {
    node.get("disabled").is_some_and(Node::is_true)
}

/// The mode, lower case. A text is a raw body (rule B1).
pub(super) fn mode(node: &Node<'_>) -> String {
    let set = node.text_of("mode").unwrap_or_default();
    if node.as_str().is_some() {
        "raw".to_owned()
    } else {
        set.to_ascii_lowercase()
    }
}

/// The fields of a form: a list, a map, or a text as a query has it (rule B5).
pub(super) fn fields(context: &Context<'_>, node: &Node<'_>, mode: &str) -> Vec<Pair> {
    let fields = node.get(mode);
    match fields.and_then(|fields| Some((fields, fields.as_str()?))) {
        Some((_, "")) => Vec::new(),
        Some((fields, text)) => url::query_pairs(text, context.place(fields)),
        None => parameters::pairs(fields),
    }
}

/// Form data and urlencoded fields. Whoever writes the boundary owns the Content-Type (rule H3); that of
/// urlencoded fields may have parameters.
fn form(context: &mut Context<'_>, node: &Node<'_>, mode: &str, own: Option<&str>) -> Typed {
    let fields = node.get(mode);
    let entries = self::fields(context, node, mode);
    let place = context.place(fields.unwrap_or(node));
    if fields.is_some_and(|fields| {
        !matches!(
            fields.value,
            Value::Array(_) | Value::Object(_) | Value::String(_) | Value::Null
        )
    }) {
        context
            .report
            .push(&rules::BODY_UNREADABLE, place, "not a list of fields");
    }
    if entries.is_empty() || entries.iter().all(|entry| entry.disabled) {
        return Typed::default();
    }
    let (expected, body) = if mode == "formdata" {
        (
            "multipart/form-data",
            Body::Multipart(parameters::form(context, entries)),
        )
    } else {
        let texts = parameters::without_disabled_repeats(entries).into_iter();
        let texts = parameters::together(texts.map(parameters::Pair::into_text).collect());
        (
            "application/x-www-form-urlencoded",
            Body::UrlEncoded(parameters::form(context, texts)),
        )
    };
    if let Some(other) = own.filter(|own| !own.to_ascii_lowercase().starts_with(expected)) {
        let label = format!("sent as `{expected}`, not as `{}`", other.escape_debug());
        context
            .report
            .push(&rules::DUPLICATE_FORM_TYPE, place, label);
    }
    let form = letterpress_client::Form::MEDIA_TYPE;
    let has_parameters = |own: &&str| mode == "urlencoded" && own.starts_with(form) && *own != form;
    Typed {
        body,
        media_type: own.filter(has_parameters).map(str::to_owned),
    }
}

fn file(context: &Context<'_>, node: &Node<'_>) -> Body {
    let file = node.get("file").unwrap_or(node);
    let sent = files::settled(context, files::of_body(file));
    Body::File(Input {
        at: context.place(file),
        name: "body".to_owned(),
        required: true,
        sent: vec![Sent::File(sent)],
        ..Input::default()
    })
}

/// A GraphQL request (rule B8). One whose query holds a variable is text: the caller writes the query.
fn graphql(context: &mut Context<'_>, node: &Node<'_>) -> Body {
    let Some(graphql) = graphql_of(node) else {
        return Body::Empty;
    };
    let member = |name| {
        let text = graphql
            .get(name)
            .filter(|value| value.is_truthy())
            .map(text::of_value);
        text.map(|text| context.scope.constant(&text))
    };
    let query = member("query").unwrap_or_default();
    let operation_name = member("operationName");
    let variables = graphql
        .get("variables")
        .filter(|variables| !variables.is_null() && !text::of_value(variables).trim().is_empty());
    let read = variables.map(|variables| json::body(context, variables, "variables", true));
    let holds_variable = [Some(&query), operation_name.as_ref()]
        .into_iter()
        .flatten()
        .any(|text| template::has_variable(text) || secret::redact(text) != *text);
    if holds_variable || read.as_ref().is_some_and(Option::is_none) {
        return graphql_text(context, graphql);
    }
    Body::GraphQl(GraphQl {
        query,
        operation_name,
        variables: read.flatten(),
        null_variables: has_null_variables(graphql),
    })
}

/// Whether the variables of a GraphQL request are `null`, which is sent; where there are none, or an empty text, nothing
/// is.
fn has_null_variables(graphql: &Node<'_>) -> bool {
    graphql.get("variables").is_some_and(Node::is_null)
}

pub(super) fn graphql_of<'a, 'n>(body: &'a Node<'n>) -> Option<&'a Node<'n>> {
    body.get("graphql").filter(|graphql| graphql.is_object())
}

/// A GraphQL request as the JSON text that it is sent as.
fn graphql_text(context: &mut Context<'_>, graphql: &Node<'_>) -> Body {
    let text = graphql_json(graphql, str::to_owned);
    let sent = graphql_json(graphql, |text| context.scope.sent(text));
    Body::Text(Input {
        sent: vec![Sent::text(sent)],
        ..json::text_input(context, graphql, "body", &text)
    })
}

/// The members of a GraphQL request, whose variables are replaced before its texts are quoted. Its own
/// variables are put in as they stand (rule B8).
pub(super) fn graphql_json(graphql: &Node<'_>, settle: impl Fn(&str) -> String) -> String {
    let member = |name| graphql.get(name).filter(|value| value.is_truthy());
    let quoted = |value: &Node<'_>| match value.as_str() {
        Some(text) => serde_json::Value::from(settle(text)).to_string(),
        None => value.to_string(),
    };
    let variables = member("variables").map(|variables| settle(&text::of_value(variables)));
    crate::api::graphql_text(
        member("query").map(quoted),
        member("operationName").map(quoted),
        variables.or_else(|| has_null_variables(graphql).then(|| "null".to_owned())),
    )
}

/// A raw body: JSON where it is JSON, else text.
fn raw(context: &mut Context<'_>, raw: Option<&Node<'_>>, media_type: &str) -> Body {
    let Some(node) = raw else {
        return Body::Empty;
    };
    let text = text::of_value(node);
    if text.is_empty() {
        return Body::Empty;
    }
    let is_declared = json::is_json(media_type);
    let may_be = media_type.starts_with("text/plain") && text.trim_start().starts_with(['{', '[']);
    if is_declared || may_be {
        if let Some(json) = json::body(context, node, "body", is_declared) {
            return Body::Json(json);
        }
    }
    Body::Text(json::text_input(context, node, "body", &text))
}

/// The node of a raw body: what is neither a text nor has a structure is none.
pub(super) fn raw_of<'a, 'n>(body: &'a Node<'n>) -> Option<&'a Node<'n>> {
    let raw = body.as_str().map(|_| body).or_else(|| body.get("raw"));
    raw.filter(|raw| {
        matches!(
            raw.value,
            Value::String(_) | Value::Object(_) | Value::Array(_)
        )
    })
}

/// Takes in the bodies of the requests that saved responses answered: more examples of the same body.
pub(super) fn learn(context: &Context<'_>, item: &Node<'_>, body: &mut Body) {
    let Body::Json(input) = body else { return };
    let Some(shape) = &mut input.schema.json else {
        return;
    };
    let saved = item.get("response").map(Node::elements).unwrap_or_default();
    for response in saved {
        let body = response
            .get("originalRequest")
            .and_then(|request| request.get("body"));
        let raw = body
            .filter(|body| body.text_of("mode") == Some("raw"))
            .and_then(|body| body.get("raw"));
        let read = raw.and_then(|raw| json::template(context, raw).ok());
        if let Some(more) = read.flatten() {
            shape.merge(more);
        }
    }
}

/// Whether Postman takes the comments out of a raw body: the editor says that it is JSON, or says nothing and
/// the Content-Type does (rule B3).
pub(super) fn drops_comments(node: &Node<'_>, own: Option<&str>) -> bool {
    let raw = node.get("options").and_then(|options| options.get("raw"));
    match raw.and_then(|raw| raw.text_of("language")) {
        Some(language) => language == "json",
        None => own.is_some_and(|own| {
            let kind = own.strip_prefix("application/").unwrap_or_default();
            let kind = kind.split(char::is_whitespace).next().unwrap_or_default();
            kind.starts_with("json") || kind.contains("+json")
        }),
    }
}

/// The media type by the language that Postman's editor is set to (rule H3).
pub(super) fn language(node: &Node<'_>) -> &'static str {
    let raw = node.get("options").and_then(|options| options.get("raw"));
    match raw
        .and_then(|raw| raw.text_of("language"))
        .unwrap_or_default()
    {
        "json" => "application/json",
        "xml" => "application/xml",
        "html" => "text/html",
        "javascript" => "application/javascript",
        _ => "text/plain",
    }
}
