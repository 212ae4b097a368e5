//! What replies give: the types of successes and failures, and how each reply is read.

use std::collections::BTreeMap;

use super::data::{Direction, Root};
use super::failures::{self, FailureAt};
use super::{Arm, Content, Failure, Outcome, Type, Variant, When};
use crate::api::{self, Response, Schema, Statuses};
use crate::document::place::PlacePath;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, NameRequest, Registry};

/// What the document shows of the replies of a request.
pub(super) struct Replies<'a> {
    successes: Vec<Success<'a>>,
    failures: Vec<DocumentedFailure<'a>>,
}

struct DocumentedFailure<'a> {
    at: FailureAt,
    content: Content,
    /// What its body is, where that is read as JSON.
    schema: Option<&'a Schema>,
}

struct Success<'a> {
    status: Statuses,
    body: Body<'a>,
    media_type: String,
    line: String,
}

/// What a reply holds.
#[derive(Clone, PartialEq, Debug)]
struct Body<'a> {
    content: Content,
    schema: Option<&'a Schema>,
}

/// The types of replies, as far as a module names them.
pub(super) struct Typed {
    pub(super) response: Type,
    pub(super) variants: Vec<Variant>,
    pub(super) failures: Vec<Failure>,
    pub(super) arms: Vec<Arm>,
}

/// Reads what saved responses show. Responses of one status are examples of one reply.
pub(super) fn read<'a>(responses: &'a [Response], registry: &mut Registry<'_>) -> Replies<'a> {
    let successes = failures::successes(responses)
        .into_iter()
        .map(|status| {
            let body = success_body(failures::of(responses, status));
            let line = failures::success_line(responses, status);
            Success {
                status,
                body,
                media_type: media_type(failures::of(responses, status)),
                line,
            }
        })
        .collect();
    let failures = failures::failures(responses, registry)
        .into_iter()
        .map(|at| {
            let examples: Vec<&Response> = match &at.when {
                When::Status(status) => failures::of(responses, *status).collect(),
                When::Code(code) => failures::told_by(responses, code).collect(),
            };
            // The reply stays at hand, so only what has a type is worth reading.
            let content = match content(examples.iter().copied()) {
                content @ (Content::Json | Content::JsonIfAny) => content,
                _ => Content::Nothing,
            };
            let mut shown = examples.iter().filter_map(|one| one.schema.as_deref());
            DocumentedFailure {
                at,
                content,
                schema: shown.next().filter(|_| content != Content::Nothing),
            }
        })
        .collect();
    Replies {
        successes,
        failures,
    }
}

fn success_body<'a>(responses: impl Iterator<Item = &'a Response> + Clone) -> Body<'a> {
    let content = content(responses.clone());
    let is_json = matches!(content, Content::Json | Content::JsonIfAny);
    let mut schemas = responses.filter_map(|response| response.schema.as_deref());
    Body {
        content,
        schema: schemas.next().filter(|_| is_json),
    }
}

/// The first media type that the examples of a reply show, without parameters.
fn media_type<'a>(mut responses: impl Iterator<Item = &'a Response>) -> String {
    let first = responses.find_map(|response| response.media_type.as_deref());
    let essence = first.unwrap_or_default().split(';').next();
    essence.unwrap_or_default().trim().to_ascii_lowercase()
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
    let has_no_body = matches!(response.statuses, Statuses::One(204 | 205 | 304));
    match response.content {
        Some(_) if has_no_body => return Some(Content::Nothing),
        Some(declared) => return Some(declared.into()),
        None => {}
    }
    let media_type = response.media_type.as_deref().unwrap_or_default();
    let media_type = media_type.to_ascii_lowercase();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if has_no_body {
        return Some(Content::Nothing);
    }
    let body = response.body.as_deref().unwrap_or_default().trim();
    if response.schema.is_some() {
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

impl<'a> Replies<'a> {
    /// What needs types.
    pub(super) fn roots(&self) -> Vec<Root<'a>> {
        let is_one = self.is_one();
        let successes = self.shown_successes().filter_map(|success| {
            Some(Root {
                place: success.place(),
                name: if is_one {
                    names::fixed("Response")
                } else {
                    body_name(success.status)
                },
                docs: "Response body.".to_owned(),
                schema_name: None,
                schema: success.body.schema?,
                direction: Direction::Reply,
            })
        });
        let shares_error = self.shares_error();
        let errors = self.failures.iter().filter_map(|failure| {
            Some(Root {
                place: failure.place(shares_error),
                name: match failure.at.when {
                    When::Status(status) if !shares_error => body_name(status),
                    _ => names::fixed("ErrorBody"),
                },
                docs: "Error body.".to_owned(),
                schema_name: None,
                schema: failure.schema?,
                direction: Direction::Reply,
            })
        });
        let errors = errors.take(if shares_error { 1 } else { usize::MAX });
        successes.chain(errors).collect()
    }

    /// The types of [`roots`](Self::roots), by what their places begin with.
    pub(super) fn bodies(&self, types: &BTreeMap<PlacePath, Type>) -> Vec<(String, Type)> {
        let roots = self.roots().into_iter();
        let bodies = roots
            .filter_map(|root| Some((root.place.to_string(), types.get(&root.place)?.clone())));
        bodies.collect()
    }

    /// Whether all failures say the same of themselves: so it is where only examples tell.
    fn shares_error(&self) -> bool {
        let mut schemas = self.failures.iter().filter_map(|failure| failure.schema);
        let Some(first) = schemas.next() else {
            return true;
        };
        let key = |schema: &Schema| super::data::key(schema, Direction::Reply);
        schemas.all(|schema| std::ptr::eq(schema, first) || key(schema) == key(first))
    }

    /// Whether all successes give the same.
    fn is_one(&self) -> bool {
        self.successes
            .windows(2)
            .all(|pair| pair[0].body.is_same(&pair[1].body))
    }

    /// The successes whose bodies differ.
    fn shown_successes(&self) -> impl Iterator<Item = &Success<'a>> {
        let shown = if self.is_one() { 1 } else { usize::MAX };
        self.successes.iter().take(shown)
    }

    /// Everything about replies, by the types of [`roots`](Self::roots).
    pub(super) fn typed(
        &self,
        types: &BTreeMap<PlacePath, Type>,
        registry: &mut Registry<'_>,
    ) -> Typed {
        let mut bodies: Vec<Type> = Vec::new();
        for success in self.shown_successes() {
            let own = types.get(&success.place()).cloned();
            bodies.push(success.body.content.ty(own));
        }
        let shares_error = self.shares_error();
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
            .map(|failure| Failure {
                ident: failure.at.ident.clone(),
                body: (failure.content != Content::Nothing)
                    .then(|| {
                        let own = types.get(&failure.place(shares_error));
                        failure.content.ty(own.cloned())
                    })
                    .filter(|ty| *ty != Type::Reply),
                docs: failure.at.docs.clone(),
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
        let wishes: Vec<NameRequest> = successes
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
                media_type: success.media_type.clone(),
                outcome: Outcome::Success(variants.get(index).map(|v| v.ident.clone())),
                line: status_line(success.status, &success.line),
            })
            .collect();
        if arms.is_empty() {
            arms.push(Arm {
                when: None,
                content: Content::Reply,
                media_type: String::new(),
                outcome: Outcome::Success(None),
                line: String::new(),
            });
        }
        let arm = |failure: &DocumentedFailure<'_>, when: When| Arm {
            when: Some(when),
            content: failure.content,
            media_type: String::new(),
            outcome: Outcome::Failure(failure.at.ident.clone()),
            line: String::new(),
        };
        let failures = self.failures.iter();
        arms.extend(
            failures
                .clone()
                .map(|failure| arm(failure, failure.at.when.clone())),
        );
        let filed = failures.filter_map(|failure| {
            let status = When::Status(failure.at.filed?);
            Some(arm(failure, status))
        });
        arms.extend(filed);
        // What is more specific comes first; else the order stays.
        arms.sort_by_key(Arm::width);
        arms
    }
}

impl Arm {
    /// How many statuses it takes: one, a hundred, or all.
    fn width(&self) -> u8 {
        match (&self.when, &self.outcome) {
            (Some(When::Status(Statuses::Hundred(_))), _) => 1,
            (None, _) | (Some(When::Status(Statuses::Rest)), Outcome::Success(_)) => 2,
            (Some(When::Status(Statuses::Rest)), Outcome::Failure(_)) => 3,
            _ => 0,
        }
    }
}

impl DocumentedFailure<'_> {
    /// What places in its body begin with.
    fn place(&self, shares_error: bool) -> PlacePath {
        match &self.at.when {
            When::Status(status) if !shares_error => PlacePath::root(status.to_string()),
            _ => PlacePath::root("error"),
        }
    }
}

impl From<api::Content> for Content {
    fn from(declared: api::Content) -> Self {
        match declared {
            api::Content::Nothing => Content::Nothing,
            api::Content::Json => Content::Json,
            api::Content::Text => Content::Text,
            api::Content::Bytes => Content::Bytes,
            api::Content::Raw => Content::Reply,
        }
    }
}

impl Success<'_> {
    /// What places in it begin with.
    fn place(&self) -> PlacePath {
        PlacePath::root(self.status.to_string())
    }
}

fn body_name(status: Statuses) -> Ident {
    let status = failures::status_name(status);
    names::joined(&[status.as_str(), "body"], names::type_name)
        .unwrap_or_else(|| names::fixed("Body"))
}

fn status_line(status: Statuses, line: &str) -> String {
    if line.is_empty() {
        format!("{status}.")
    } else {
        format!("{status}: {line}")
    }
}

impl Body<'_> {
    /// Whether it has the same type.
    fn is_same(&self, other: &Self) -> bool {
        let key = |body: &Self| Some(super::data::key(body.schema?, Direction::Reply));
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
