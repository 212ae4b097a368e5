//! The inputs of a request as fields, and how each goes on the wire.

use std::collections::BTreeMap;

use super::literal::Literal;
use super::types::RESERVED_TYPES;
use super::{Access, Add, Enum, Field, PathStep, Step, Type, enums};
use crate::api::{Body, Input, Operation, Parameter, PathPart, Scalar, Wire};
use crate::document::place::PlacePath;
use crate::document::secret;
use crate::input::postman::infer;
use crate::input::postman::shape::Shape;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{self, Registry, Wish};

/// The place of an input, which tells two of one name apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Path,
    Query,
    Header,
    Form,
    Body,
}

impl Kind {
    /// The place in a word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Path => "path",
            Kind::Query => "query",
            Kind::Header => "header",
            Kind::Form => "form",
            Kind::Body => "body",
        }
    }
}

/// An input with its Rust name and type.
pub(super) struct Planned<'a> {
    pub(super) kind: Kind,
    pub(super) input: &'a Input,
    wire: Option<&'a Wire>,
    /// Where it goes, by which its name is known.
    pub(super) place: PlacePath,
    pub(super) ident: Ident,
    pub(super) scalar: Scalar,
    pub(super) ty: Type,
    pub(super) required: bool,
    /// The media type of the body.
    media_type: Option<&'a str>,
    /// An example of it in Rust, where it is JSON.
    pub(super) literal: Option<Literal>,
}

/// How many lines of an example of a body the documentation shows.
const EXAMPLE_LINES: usize = 60;

/// All inputs of an operation, in the order of the wire, each with a name of its own, and the enums that
/// their types are.
pub(super) fn plan<'a>(
    operation: &'a Operation,
    registry: &mut Registry<'_>,
) -> (Vec<Planned<'a>>, Vec<Enum>) {
    let inputs = collect(operation);
    let wishes: Vec<Wish> = inputs
        .iter()
        .zip(places(&inputs))
        .map(|((kind, input, wire), place)| Wish {
            place,
            candidates: candidates(*kind, input, *wire),
            is_chosen: input.rename.is_some(),
        })
        .collect();
    let idents = registry.distinct(pins::Kind::Field, &wishes, &["options"]);
    let mut planned: Vec<Planned<'_>> = inputs
        .into_iter()
        .zip(wishes.into_iter().zip(idents))
        .map(|(input, (wish, ident))| planned(input, wish.place, ident))
        .collect();
    for body in planned
        .iter_mut()
        .filter(|planned| planned.kind == Kind::Body)
    {
        body.media_type = operation.media_type.as_deref();
    }
    let enums = enums::plan(&mut planned, registry);
    (planned, enums)
}

type Collected<'a> = (Kind, &'a Input, Option<&'a Wire>);

/// Path variables of one name are one input (rule U5).
fn collect(operation: &Operation) -> Vec<Collected<'_>> {
    let mut inputs: Vec<Collected<'_>> = Vec::new();
    for input in operation.path.iter().filter_map(PathPart::input) {
        if !inputs.iter().any(|(_, other, _)| other.name == input.name) {
            inputs.push((Kind::Path, input, None));
        }
    }
    inputs.extend(of(Kind::Query, &operation.query));
    inputs.extend(of(Kind::Header, &operation.headers));
    match &operation.body {
        Body::Empty => {}
        Body::GraphQl(request) => {
            inputs.extend(
                request
                    .variables
                    .as_ref()
                    .map(|input| (Kind::Body, input, None)),
            );
        }
        Body::Text(input) | Body::Json(input) => inputs.push((Kind::Body, input, None)),
        Body::File(input) => inputs.push((Kind::Body, input, Some(&Wire::File))),
        Body::UrlEncoded(fields) | Body::Multipart(fields) => inputs.extend(of(Kind::Form, fields)),
    }
    inputs
}

/// The place of each input: where it goes and its name; of several of one name, with their number.
fn places(inputs: &[Collected<'_>]) -> Vec<PlacePath> {
    let mut places: Vec<PlacePath> = Vec::new();
    let mut counts: BTreeMap<PlacePath, usize> = BTreeMap::new();
    for (kind, input, _) in inputs {
        let place = match kind {
            Kind::Body => PlacePath::root(input.name.as_str()),
            _ => PlacePath::root(kind.word()).below(input.name.as_str()),
        };
        let count = counts.entry(place.clone()).or_default();
        *count += 1;
        places.push(match count {
            1 => place,
            nth => place.below(nth.to_string()),
        });
    }
    places
}

fn of(kind: Kind, parameters: &[Parameter]) -> impl Iterator<Item = Collected<'_>> {
    parameters
        .iter()
        .filter_map(move |parameter| match parameter {
            Parameter::Input(input, wire) => Some((kind, input, Some(wire))),
            Parameter::Fixed { .. } => None,
        })
}

/// Its name, then with the place.
fn candidates(kind: Kind, input: &Input, wire: Option<&Wire>) -> Vec<Ident> {
    if let Some(chosen) = input.rename.as_deref().and_then(names::field) {
        return vec![chosen];
    }
    let text = match wire {
        Some(Wire::Named(name)) => name,
        _ => &input.name,
    };
    let plain = names::field(text).unwrap_or_else(|| names::fixed("value"));
    let placed = names::joined(&[kind.word(), text], names::field);
    std::iter::once(plain).chain(placed).collect()
}

fn planned((kind, input, wire): Collected<'_>, place: PlacePath, ident: Ident) -> Planned<'_> {
    let scalar = match kind {
        Kind::Body => Scalar::Text,
        _ => infer::scalar(input),
    };
    // A list has a way of its own to be left out: it is empty.
    let required = input.required && !matches!(wire, Some(Wire::Named(_)));
    let single = |scalar: &Scalar| match scalar {
        Scalar::Integer => Type::I64,
        Scalar::Float => Type::F64,
        Scalar::Boolean => Type::Bool,
        // The enum gets its name when all fields have theirs.
        Scalar::Text | Scalar::OneOf(_) => Type::String,
        Scalar::IntegerOrText => Type::Id,
    };
    let ty = match wire {
        Some(Wire::Named(_)) => Type::Pairs,
        Some(Wire::File) => Type::File,
        Some(Wire::Files) => Type::Vec(Box::new(Type::File)),
        Some(Wire::Repeated) => Type::Vec(Box::new(single(&scalar))),
        Some(Wire::Bare) if required => Type::Option(Box::new(single(&scalar))),
        _ => single(&scalar),
    };
    Planned {
        kind,
        input,
        wire,
        place,
        ident,
        scalar,
        ty,
        required,
        media_type: None,
        literal: None,
    }
}

impl Planned<'_> {
    /// What it shows as JSON. A list of values is one of texts.
    pub(super) fn shape(&self) -> Option<&Shape> {
        let is_one = matches!(self.wire, None | Some(Wire::Single | Wire::Typed(_)));
        self.input.json.as_deref().filter(|_| is_one)
    }

    /// What it is, in a sentence.
    pub(super) fn what(&self) -> String {
        match self.kind {
            Kind::Body if self.input.name == "variables" => {
                "The variables of the query.".to_owned()
            }
            Kind::Body => "The body of the request.".to_owned(),
            _ => self.fallback_docs(),
        }
    }

    /// The name of its type, where it is JSON.
    pub(super) fn type_name(&self) -> Ident {
        match self.kind {
            Kind::Body if self.input.name == "variables" => names::fixed("Variables"),
            Kind::Body => names::fixed("RequestBody"),
            _ => {
                let plain = names::type_name(self.ident.as_str());
                let free = plain.filter(|name| !RESERVED_TYPES.contains(&name.as_str()));
                free.or_else(|| names::joined(&[self.ident.as_str(), "value"], names::type_name))
                    .unwrap_or_else(|| names::fixed("Value"))
            }
        }
    }

    /// How its field is reached.
    pub(super) fn access(&self) -> Access {
        Access {
            ident: self.ident.clone(),
            optional: !self.required,
        }
    }

    /// The field: in `Request` as it is, in `Options` so that it can be left out.
    pub(super) fn field(&self) -> Field {
        let ty = match &self.ty {
            ty @ (Type::Vec(_) | Type::Pairs) if self.literal.is_none() => ty.clone(),
            ty if self.required => ty.clone(),
            ty => Type::Option(Box::new(ty.clone())),
        };
        Field {
            ident: self.ident.clone(),
            ty,
            docs: self.docs(),
        }
    }

    fn docs(&self) -> Vec<String> {
        let width = super::DOC_WIDTH - 4;
        let prose = match self.scalar {
            _ if self.kind == Kind::Body => self.body_docs(),
            // The list of values is the type's.
            Scalar::OneOf(_) => infer::prose(&self.input.evidence.docs),
            _ => infer::without_required(&self.input.evidence.docs).to_owned(),
        };
        let lines = docs::render(&secret::redact(&prose), width);
        if lines.is_empty() {
            vec![self.fallback_docs()]
        } else {
            lines
        }
    }

    /// What the document shows of a body, as Markdown.
    fn body_docs(&self) -> String {
        let media_type = self.media_type.map(docs::code);
        let what = self.what();
        let what = what.trim_end_matches('.');
        let head = match media_type.filter(|_| self.input.name == "body") {
            Some(media_type) => format!("{what}, {media_type}."),
            None => format!("{what}."),
        };
        // What has a type says itself what it holds.
        let example = self.input.evidence.examples.first();
        let Some(example) = example.filter(|_| self.literal.is_none()) else {
            return head;
        };
        let lines: Vec<&str> = example.lines().take(EXAMPLE_LINES).collect();
        let rest = if lines.len() < example.lines().count() {
            "\n…"
        } else {
            ""
        };
        // The fence is longer than any in the text, so that none ends it.
        let ticks = example
            .split(|c| c != '`')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "`".repeat(ticks.max(2) + 1);
        let kind = if self.is_json() && rest.is_empty() {
            "json"
        } else {
            "text"
        };
        format!(
            "{head} For example:\n\n{fence}{kind}\n{}{rest}\n{fence}",
            lines.join("\n")
        )
    }

    /// Whether the body is JSON.
    pub(super) fn is_json(&self) -> bool {
        self.media_type
            .is_some_and(|media_type| media_type.contains("json"))
    }

    /// What can be said of an input that the document does not describe.
    fn fallback_docs(&self) -> String {
        let name = docs::code(&self.input.name);
        match (self.kind, self.wire) {
            (Kind::Path, _) => format!("Path variable {name}."),
            (Kind::Query, Some(Wire::Named(_))) => "Names and values of the query.".to_owned(),
            (Kind::Query, Some(Wire::Bare)) if self.required => {
                format!("Query parameter {name}; without a value it is sent as its name alone.")
            }
            (Kind::Query, _) => format!("Query parameter {name}."),
            (Kind::Header, _) => format!("Header field {name}."),
            (Kind::Form, Some(Wire::Named(_))) => "Names and values of the form.".to_owned(),
            (Kind::Form, Some(Wire::File | Wire::Files)) => format!("File {name} of the form."),
            (Kind::Form, _) => format!("Form field {name}."),
            (Kind::Body, _) => self.body_docs(),
        }
    }

    fn step(&self) -> Step {
        let is_json = self.literal.is_some();
        let add = match self.wire {
            Some(Wire::Named(_)) => Add::Pairs,
            Some(Wire::File | Wire::Files) => Add::File,
            Some(Wire::Bare) if self.required => Add::ValueOrName,
            Some(Wire::Typed(media_type)) if is_json => Add::Json(Some(media_type.clone())),
            Some(Wire::Typed(media_type)) => Add::Typed(media_type.clone()),
            _ if is_json => Add::Json(None),
            _ => Add::Value,
        };
        let wire = match self.kind {
            Kind::Query => crate::document::encode::query_name(&self.input.name),
            _ => self.input.name.clone(),
        };
        Step::Input {
            wire,
            field: self.access(),
            add,
        }
    }
}

/// How the path is written.
pub(super) fn path(operation: &Operation, planned: &[Planned<'_>]) -> Vec<PathStep> {
    let steps = operation.path.iter().filter_map(|part| match part {
        PathPart::Text(text) => Some(PathStep::Text(text.clone())),
        PathPart::Input(input) => {
            let found = planned
                .iter()
                .find(|p| p.kind == Kind::Path && p.input.name == input.name)?;
            let (ident, name) = (found.ident.clone(), input.name.clone());
            Some(if input.twice {
                PathStep::Twice(ident, name)
            } else {
                PathStep::Value(ident, name)
            })
        }
    });
    steps.collect()
}

/// How a list of parameters is written.
pub(super) fn steps(kind: Kind, parameters: &[Parameter], planned: &[Planned<'_>]) -> Vec<Step> {
    let mut inputs = planned.iter().filter(|planned| planned.kind == kind);
    let steps = parameters.iter().filter_map(|parameter| match parameter {
        Parameter::Fixed { name, value } => Some(Step::Fixed(name.clone(), value.clone())),
        Parameter::Input(..) => inputs.next().map(Planned::step),
    });
    steps.collect()
}
