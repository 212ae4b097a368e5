//! Recorded calls of the operations of an `OpenAPI` document, and replies that its schemas allow.
//!
//! A line of a recording of requests has the inputs of a call and the request that it has to be:
//!
//! ```json
//! {"id": "GET /pets/{id}#full", "operation": "GET /pets/{id}", "base_url": "https://api.example",
//!  "inputs": {"path": {"id": "a b"}, "query": {}, "header": {}, "cookie": {}},
//!  "method": "GET", "url": "https://api.example/pets/a%20b", "headers": [], "body": null}
//! ```
//!
//! A body stands in `inputs.body` with its `media_type`; credentials stand in `inputs.auth` by the names of their
//! schemes. A file is `{"$file": {"filename", "content_type", "text" or "base64"}}`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::harness::Planned;
use super::lines::Outgoing;
use super::{Case, Kind, Unnamed, cases, values};
use crate::api::{Api, Location, Operation, Statuses};
use crate::document::json::{self, Node};
use crate::plan::{Access, Module, Type};
use crate::proof::wire::{Line, Part};

/// What is recorded of a document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Calls {
    requests: Vec<Call>,
    replies: Vec<RecordedReply>,
}

/// A recorded call.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Call {
    /// The method and the key of the path, as the document has them.
    operation: String,
    /// The server.
    base_url: String,
    /// The inputs: a text of JSON, as numbers keep their digits in one.
    inputs: String,
    /// The media type of the body; empty where there is none.
    media_type: String,
    /// The request that the call has to be.
    pub(super) line: Line,
    pub(super) standing: Standing,
}

/// What a recorded request proves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// All that were asked agree on it.
    Agreed,
    /// They do not, so it proves nothing.
    Disputed,
    /// There is no request, as the document is at fault.
    Unrecorded,
}

/// A reply that the schema of a response allows.
#[derive(Clone, PartialEq, Debug)]
struct RecordedReply {
    id: String,
    operation: String,
    status: u16,
    /// Whether it is documented for all statuses that are not documented otherwise.
    is_default: bool,
    media_type: Option<String>,
    /// The body: a text of JSON.
    body: String,
    unnamed: Unnamed,
}

/// The members of a line that are not those of a request.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Head {
    operation: String,
    base_url: String,
    disputed: Option<serde::de::IgnoredAny>,
    status: String,
    source: String,
    http_status: u16,
    unknown_members: usize,
    media_type: Option<String>,
}

impl Calls {
    /// Reads a recording of requests and one of replies: a line of JSON for each. Empty lines are skipped.
    ///
    /// # Errors
    ///
    /// The first line that is none, counted from 1, and why.
    pub fn read(requests: &str, replies: &str) -> Result<Self, (usize, String)> {
        Ok(Self {
            requests: each_line(requests, call)?,
            replies: each_line(replies, reply)?,
        })
    }

    pub(super) fn requests(&self) -> &[Call] {
        &self.requests
    }

    /// What the client is fed of the replies. `modules` are in the order of [`cases::operations`].
    pub(super) fn cases(&self, api: &Api, modules: &[Planned<'_>]) -> Vec<Case> {
        let operations = cases::operations(api);
        // A client never sees an interim reply as the last one (RFC 9110, section 15.2).
        let replies = self.replies.iter().filter(|reply| reply.status >= 200);
        let fed = replies.filter_map(|reply| {
            let is_own = |operation: &&Operation| operation.position == reply.operation;
            let number = operations.iter().position(is_own)?;
            let status = reply.status_of(operations[number])?;
            Some(Case {
                number,
                request: api.title(operations[number]),
                module: modules.get(number)?.path(),
                kind: Kind::Reply {
                    status,
                    media_type: reply.media_type.clone(),
                },
                at: reply.id.clone(),
                text: reply.text(),
                expected: None,
                field: None,
                made_up: false,
                unnamed: reply.unnamed,
            })
        });
        fed.collect()
    }

    /// The calls as the client is to make them, each in a line. `modules` are in the order of [`cases::operations`].
    pub(super) fn outgoing(&self, api: &Api, modules: &[Planned<'_>]) -> Vec<Outgoing> {
        let operations = cases::operations(api);
        let calls = self.requests.iter().map(|call| {
            let line = Line {
                id: call.line.id.clone(),
                ..Line::default()
            };
            let Some(number) = call.number(&operations) else {
                return Outgoing::failed(line, call.missing(api));
            };
            match call.told(operations[number], modules[number].module, number) {
                Ok(told) => Outgoing {
                    line,
                    told: Some(told),
                },
                Err(reason) => Outgoing::failed(line, reason),
            }
        });
        calls.collect()
    }
}

fn each_line<T>(
    text: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, (usize, String)> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| read(line).map_err(|reason| (index + 1, reason)))
        .collect()
}

fn head(text: &str) -> Result<Head, String> {
    let head: Head = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if head.operation.is_empty() {
        return Err("it names no `operation`".to_owned());
    }
    Ok(head)
}

fn call(text: &str) -> Result<Call, String> {
    let head = head(text)?;
    let line: Line = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let node = json::read(text).map_err(|error| error.to_string())?;
    let inputs = node.get("inputs");
    let media_type = inputs.and_then(|inputs| inputs.text_of("media_type"));
    let standing = match head.disputed {
        Some(_) => Standing::Disputed,
        None if line.error.is_some() => Standing::Unrecorded,
        None => Standing::Agreed,
    };
    Ok(Call {
        operation: head.operation,
        base_url: head.base_url,
        media_type: media_type.unwrap_or_default().to_owned(),
        inputs: inputs.map_or_else(|| "{}".to_owned(), Node::to_string),
        line,
        standing,
    })
}

fn reply(text: &str) -> Result<RecordedReply, String> {
    let head = head(text)?;
    let node = json::read(text).map_err(|error| error.to_string())?;
    let body = node.get("body").ok_or("it has no `body`")?;
    Ok(RecordedReply {
        id: node.text_of("id").unwrap_or_default().to_owned(),
        operation: head.operation,
        status: head.http_status,
        is_default: head.status == "default",
        media_type: head.media_type,
        body: body.to_string(),
        unnamed: match head.source.as_str() {
            _ if head.unknown_members > 0 => Unnamed::Known,
            "example" => Unnamed::Possible,
            _ => Unnamed::None,
        },
    })
}

impl RecordedReply {
    /// The status that it is fed with: that of the recording, unless the operation documents another reply for it. Nothing,
    /// where there is none left.
    fn status_of(&self, operation: &Operation) -> Option<u16> {
        let is_other = |status: u16| {
            let mut responses = operation.responses.iter();
            responses.any(|one| one.statuses != Statuses::Rest && one.statuses.has(status))
        };
        let others = (400..600).rev();
        let mut statuses = std::iter::once(self.status).chain(others.filter(|_| self.is_default));
        statuses.find(|status| !self.is_default || !is_other(*status))
    }

    /// The body as a server sends it: a text that is not JSON stands for itself.
    fn text(&self) -> String {
        let is_json = self
            .media_type
            .as_deref()
            .is_none_or(|media_type| media_type.contains("json") || media_type.contains('*'));
        if is_json {
            return self.body.clone();
        }
        serde_json::from_str(&self.body).unwrap_or_else(|_| self.body.clone())
    }
}

impl Call {
    /// The number of its operation: that with its media type, where several send bodies.
    fn number(&self, operations: &[&Operation]) -> Option<usize> {
        let with_body = format!("{} {}", self.operation, self.media_type);
        let number = |position: &str| {
            let mut all = operations.iter();
            all.position(|operation| operation.position == position)
        };
        number(&with_body).or_else(|| number(&self.operation))
    }

    fn missing(&self, api: &Api) -> String {
        let mut refused = api.refused.iter();
        let refused = refused.find(|refused| refused.position == self.operation);
        refused.map_or_else(
            || format!("the client has no `{}`", self.operation),
            |refused| refused.reason.clone(),
        )
    }

    /// What the program of the client is told, to call it with exactly these inputs.
    fn told(&self, operation: &Operation, module: &Module, number: usize) -> Result<Value, String> {
        let inputs = json::read(&self.inputs).map_err(|error| error.to_string())?;
        let own: Vec<_> = operation.inputs().collect();
        let mut fields = Map::new();
        let mut taken = Vec::new();
        let lists = [(&module.fields, false), (&module.options, true)];
        for (field, optional) in lists
            .into_iter()
            .flat_map(|(fields, optional)| fields.iter().map(move |field| (field, optional)))
        {
            let Some((location, input, _)) = own.get(field.input) else {
                continue;
            };
            let Some(node) = given(&inputs, *location, &input.name) else {
                continue;
            };
            taken.push((*location, input.name.as_str()));
            let access = Access {
                ident: field.ident.clone(),
                optional,
            };
            fields.insert(values::name(&access), value(&field.ty, node)?.into());
        }
        all_taken(&inputs, &taken)?;
        let schemes = inputs.get("auth").map(Node::to_string);
        let schemes = schemes.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        Ok(json!({
            "module": number,
            "values": fields,
            "base": self.base(operation),
            "schemes": schemes.unwrap_or_else(|| json!({})),
        }))
    }

    /// What the base URL of the client is set to. Where a document has a path and no host, the client asks for the
    /// origin and has the path itself.
    fn base(&self, operation: &Operation) -> String {
        if !operation.base.default.is_empty() {
            return self.base_url.clone();
        }
        let host = self.base_url.find("://").map_or(0, |at| at + 3);
        let end = self.base_url[host..].find('/');
        end.map_or_else(
            || self.base_url.clone(),
            |end| self.base_url[..host + end].to_owned(),
        )
    }
}

/// Whether the client has a field for each input.
///
/// # Errors
///
/// The first input for which the client has no field.
fn all_taken(inputs: &Node<'_>, taken: &[(Location, &str)]) -> Result<(), String> {
    for (location, list) in PLACES {
        let members = inputs.get(list).map(Node::members).unwrap_or_default();
        let left = members
            .iter()
            .find(|member| !taken.contains(&(location, member.name.as_ref())));
        if let Some(left) = left {
            return Err(format!(
                "the client has no field for `{}` of the {}",
                left.name,
                location.word()
            ));
        }
    }
    let has_body = taken
        .iter()
        .any(|(location, _)| matches!(location, Location::Body | Location::Form));
    let is_empty = |body: &Node<'_>| body.is_object() && body.members().is_empty();
    match inputs.get("body") {
        Some(body) if !has_body && !is_empty(body) => {
            Err("the client has no field for the body".to_owned())
        }
        _ => Ok(()),
    }
}

/// The members of `inputs` with parameters.
const PLACES: [(Location, &str); 4] = [
    (Location::Path, "path"),
    (Location::Query, "query"),
    (Location::Header, "header"),
    (Location::Cookie, "cookie"),
];

/// The value of an input.
fn given<'n, 'a>(inputs: &'n Node<'a>, location: Location, name: &str) -> Option<&'n Node<'a>> {
    match location {
        Location::Body => inputs.get("body"),
        Location::Form => inputs.get("body")?.get(name),
        Location::Header if name.eq_ignore_ascii_case("content-type") => inputs
            .get("header")
            .and_then(|list| list.get(name))
            .or_else(|| inputs.get("media_type")),
        _ => {
            let (_, list) = PLACES.iter().find(|(place, _)| *place == location)?;
            inputs.get(list)?.get(name)
        }
    }
}

/// A value as the program takes it for a field of that type: JSON, but for files.
fn value(ty: &Type, node: &Node<'_>) -> Result<String, String> {
    match ty {
        Type::Option(inner) if !node.is_null() => value(inner, node),
        Type::Vec(inner) if **inner == Type::File => {
            let files: Result<Vec<String>, String> = node.elements().iter().map(file).collect();
            Ok(format!("[{}]", files?.join(",")))
        }
        Type::File => file(node),
        // The values of a parameter are texts to its type, whatever they are to JSON.
        Type::Enum(_) | Type::String
            if matches!(node.value, json::Value::Number(_) | json::Value::Bool(_)) =>
        {
            Ok(Value::from(node.to_string()).to_string())
        }
        Type::Vec(inner) if matches!(**inner, Type::Enum(_)) => {
            let values: Result<Vec<String>, String> = node
                .elements()
                .iter()
                .map(|node| value(inner, node))
                .collect();
            Ok(format!("[{}]", values?.join(",")))
        }
        _ => Ok(node.to_string()),
    }
}

/// A file, with a character for each byte; a text is the content of one.
fn file(node: &Node<'_>) -> Result<String, String> {
    let (name, media_type, bytes) = if let Some(file) = node.get("$file") {
        let part: Part =
            serde_json::from_str(&file.to_string()).map_err(|error| error.to_string())?;
        let bytes = part.bytes().into_owned();
        (part.filename, part.content_type, bytes)
    } else {
        let text = node
            .as_str()
            .map_or_else(|| node.to_string(), str::to_owned);
        (None, None, text.into_bytes())
    };
    let content: String = bytes.into_iter().map(char::from).collect();
    Ok(json!({"name": name, "media_type": media_type, "content": content}).to_string())
}
