//! What replies give: the types of successes and failures, and how each reply is read.

use super::data::Root;
use super::failures::{self, FailureAt};
use super::{Arm, Content, Failure, Outcome, Type, Variant, When};
use crate::api::Response;
use crate::document::place::PlacePath;
use crate::input::postman::infer::data::{Data, Direction, data};
use crate::input::postman::shape::Shape;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, Registry, Wish};

/// What the document shows of the replies of a request.
pub(super) struct Replies {
    successes: Vec<Success>,
    failures: Vec<(FailureAt, Content)>,
    /// The bodies of all failures: an API has one form for them, as a rule, and a failure that is shown with
    /// more of it helps to read the others.
    error: Option<Data>,
}

struct Success {
    status: u16,
    body: Body,
    line: String,
}

/// What a reply holds.
#[derive(Clone, PartialEq, Debug)]
struct Body {
    content: Content,
    data: Option<Data>,
}

/// The types of replies, as far as a module names them.
pub(super) struct Typed {
    pub(super) response: Type,
    pub(super) variants: Vec<Variant>,
    pub(super) failures: Vec<Failure>,
    pub(super) arms: Vec<Arm>,
}

/// Reads what saved responses show. Responses of one status are examples of one reply.
pub(super) fn read(responses: &[Response], registry: &mut Registry<'_>) -> Replies {
    let successes = failures::successes(responses)
        .into_iter()
        .map(|status| {
            let body = success_body(failures::of(responses, status));
            let line = failures::success_line(responses, status);
            Success { status, body, line }
        })
        .collect();
    let mut shape: Option<Shape> = None;
    let failures = failures::failures(responses, registry)
        .into_iter()
        .map(|failure| {
            let examples: Vec<&Response> = match &failure.when {
                When::Status(status) => failures::of(responses, *status).collect(),
                When::Code(code) => failures::told_by(responses, code).collect(),
            };
            let content = content(examples.iter().copied());
            // The reply stays at hand, so only what has a type is worth reading.
            let content = match content {
                Content::Json | Content::JsonIfAny => content,
                _ => Content::Nothing,
            };
            if content != Content::Nothing {
                merge(&mut shape, examples.into_iter());
            }
            (failure, content)
        })
        .collect();
    Replies {
        successes,
        failures,
        error: shape.map(|shape| data(&shape, Direction::Failure)),
    }
}

fn merge<'a>(shape: &mut Option<Shape>, responses: impl Iterator<Item = &'a Response>) {
    for more in responses.filter_map(|response| response.json.clone()) {
        match shape {
            Some(shape) => shape.merge(more),
            None => *shape = Some(more),
        }
    }
}

fn success_body<'a>(responses: impl Iterator<Item = &'a Response> + Clone) -> Body {
    let content = content(responses.clone());
    let mut shape = None;
    if matches!(content, Content::Json | Content::JsonIfAny) {
        merge(&mut shape, responses);
    }
    Body {
        content,
        data: shape.map(|shape| data(&shape, Direction::Reply)),
    }
}

/// What all examples of a reply hold.
fn content<'a>(responses: impl Iterator<Item = &'a Response>) -> Content {
    let shown = responses.filter_map(shown);
    let merged = shown.reduce(|a, b| match (a, b) {
        (a, b) if a == b => a,
        (Content::Json | Content::JsonIfAny, Content::Nothing | Content::JsonIfAny)
        | (Content::Nothing | Content::JsonIfAny, Content::Json | Content::JsonIfAny) => {
            Content::JsonIfAny
        }
        _ => Content::Reply,
    });
    merged.unwrap_or(Content::Reply)
}

/// What an example holds. One without a body tells nothing, unless the status rules a body out or no type
/// is given: many exports leave bodies away.
fn shown(response: &Response) -> Option<Content> {
    let media_type = response.media_type.as_deref().unwrap_or_default();
    let media_type = media_type.to_ascii_lowercase();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if matches!(response.status, 204 | 205 | 304) {
        return Some(Content::Nothing);
    }
    let body = response.body.as_deref().unwrap_or_default().trim();
    if response.json.is_some() {
        return Some(Content::Json);
    }
    match (body.is_empty(), essence) {
        (true, "" | "text/plain") => Some(Content::Nothing),
        (true, _) if is_binary(essence) => Some(Content::Bytes),
        (true, _) => None,
        // It says that it is JSON, and is not.
        (false, _) if essence.contains("json") => Some(Content::Reply),
        (false, _) if is_binary(essence) => Some(Content::Bytes),
        (false, _) => Some(Content::Text),
    }
}

/// Whether a media type is that of bytes which are no text.
fn is_binary(essence: &str) -> bool {
    let (kind, form) = essence.split_once('/').unwrap_or_default();
    match kind {
        "image" => !form.ends_with("+xml"),
        "audio" | "video" | "font" => true,
        "application" => {
            matches!(
                form,
                "octet-stream"
                    | "pdf"
                    | "zip"
                    | "gzip"
                    | "x-gzip"
                    | "x-tar"
                    | "x-zip-compressed"
                    | "protobuf"
                    | "x-protobuf"
                    | "msword"
                    | "binary"
            ) || form.starts_with("vnd.openxmlformats")
                || form.starts_with("vnd.ms-")
        }
        _ => false,
    }
}

impl Replies {
    /// What needs types, in the order in which [`typed`](Self::typed) takes them.
    pub(super) fn roots(&self) -> Vec<Root<'_>> {
        let mut roots = Vec::new();
        let is_one = self.is_one();
        for success in self.shown_successes() {
            if let Some(data) = &success.body.data {
                let name = if is_one {
                    names::fixed("Response")
                } else {
                    body_name(success.status)
                };
                roots.push(Root {
                    place: PlacePath::root(success.status.to_string()),
                    name,
                    docs: "What a successful reply holds.".to_owned(),
                    data,
                });
            }
        }
        roots.extend(self.error.as_ref().map(|data| Root {
            place: PlacePath::root("error"),
            name: names::fixed("ErrorBody"),
            docs: "What a failure says about itself.".to_owned(),
            data,
        }));
        roots
    }

    /// The places of [`roots`](Self::roots), and what is known of each.
    pub(super) fn places(&self) -> Vec<(String, &Data)> {
        let successes = self.shown_successes();
        let successes = successes
            .filter_map(|success| Some((success.status.to_string(), success.body.data.as_ref()?)));
        let error = self.error.iter().map(|data| ("error".to_owned(), data));
        successes.chain(error).collect()
    }

    /// Whether all successes give the same.
    fn is_one(&self) -> bool {
        self.successes
            .windows(2)
            .all(|pair| pair[0].body.is_same(&pair[1].body))
    }

    /// The successes whose bodies differ.
    fn shown_successes(&self) -> impl Iterator<Item = &Success> {
        let shown = if self.is_one() { 1 } else { usize::MAX };
        self.successes.iter().take(shown)
    }

    /// Everything about replies, by the types of [`roots`](Self::roots).
    pub(super) fn typed(&self, types: &[Type], registry: &mut Registry<'_>) -> Typed {
        let mut types = types.iter().cloned();
        let mut bodies: Vec<Type> = Vec::new();
        for success in self.shown_successes() {
            let own = success.body.data.as_ref().and_then(|_| types.next());
            bodies.push(success.body.content.ty(own));
        }
        let error = types.next();
        let is_one = self.is_one();
        let (response, variants) = match bodies.first() {
            None => (Type::Reply, Vec::new()),
            Some(only) if is_one => (only.clone(), Vec::new()),
            Some(_) => (
                Type::Named(names::fixed("Response")),
                self.variants(&bodies, registry),
            ),
        };
        let failures: Vec<Failure> = self
            .failures
            .iter()
            .map(|(failure, content)| Failure {
                ident: failure.ident.clone(),
                body: (*content != Content::Nothing)
                    .then(|| content.ty(error.clone()))
                    .filter(|ty| *ty != Type::Reply),
                docs: failure.docs.clone(),
            })
            .collect();
        Typed {
            response,
            arms: self.arms(&variants),
            variants,
            failures,
        }
    }

    fn variants(&self, bodies: &[Type], registry: &mut Registry<'_>) -> Vec<Variant> {
        let successes = self.successes.iter();
        let wishes: Vec<Wish> = successes
            .map(|success| When::Status(success.status).wish())
            .collect();
        let idents = registry.distinct(Kind::Variant, &wishes, &[]);
        let variants = self.successes.iter().zip(idents).zip(bodies);
        variants
            .map(|((success, ident), ty)| Variant {
                ident,
                ty: ty.clone(),
                docs: status_line(success.status, &success.line),
            })
            .collect()
    }

    fn arms(&self, variants: &[Variant]) -> Vec<Arm> {
        let mut arms: Vec<Arm> = self
            .successes
            .iter()
            .enumerate()
            .map(|(index, success)| Arm {
                when: Some(When::Status(success.status)),
                content: success.body.content,
                outcome: Outcome::Success(variants.get(index).map(|v| v.ident.clone())),
                line: status_line(success.status, &success.line),
            })
            .collect();
        if arms.is_empty() {
            arms.push(Arm {
                when: None,
                content: Content::Reply,
                outcome: Outcome::Success(None),
                line: String::new(),
            });
        }
        let arm = |failure: &FailureAt, content: Content, when: When| Arm {
            when: Some(when),
            content,
            outcome: Outcome::Failure(failure.ident.clone()),
            line: String::new(),
        };
        let failures = self.failures.iter();
        arms.extend(
            failures
                .clone()
                .map(|(failure, content)| arm(failure, *content, failure.when.clone())),
        );
        let filed = failures.filter_map(|(failure, content)| {
            let status = When::Status(failure.filed?);
            Some(arm(failure, *content, status))
        });
        arms.extend(filed);
        arms
    }
}

fn body_name(status: u16) -> Ident {
    let status = failures::status_name(status);
    names::joined(&[status.as_str(), "body"], names::type_name)
        .unwrap_or_else(|| names::fixed("Body"))
}

fn status_line(status: u16, line: &str) -> String {
    if line.is_empty() {
        format!("{status}.")
    } else {
        format!("{status}: {line}")
    }
}

impl Body {
    /// Whether it has the same type.
    fn is_same(&self, other: &Self) -> bool {
        let key = |body: &Self| body.data.as_ref().map(super::data::key);
        self.content == other.content && key(self) == key(other)
    }
}

impl Content {
    /// The type that it is read as; `own` is that of the JSON.
    fn ty(self, own: Option<Type>) -> Type {
        match (self, own) {
            (Content::Nothing, _) => Type::Unit,
            (Content::Json, Some(own)) => own,
            (Content::JsonIfAny, Some(own)) => Type::Option(Box::new(own)),
            (Content::Text, _) => Type::String,
            (Content::Bytes, _) => Type::Bytes,
            (Content::Reply | Content::Json | Content::JsonIfAny, _) => Type::Reply,
        }
    }
}
