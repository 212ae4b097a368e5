//! The inputs of a request as fields, and how each goes on the wire.

use std::collections::{BTreeMap, BTreeSet};

use super::data::Direction;
use super::literal::Literal;
use super::schemas::NamedTypes;
use super::types::RESERVED_TYPES;
use super::{Access, Add, Field, PathStep, Step, Type, enums};
use crate::api::{
    Enum, Input, Location, Operation, Parameter, PathPart, Schema, SchemaType, StyleForm, ToldBy,
    Union, Wire,
};
use crate::document::place::PlacePath;
use crate::document::secret;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{self, NameRequest, Registry};

/// An input with its Rust name and type.
pub(super) struct Planned<'a> {
    pub(super) location: Location,
    /// Its index among the inputs of the operation.
    index: usize,
    pub(super) input: &'a Input,
    wire: Option<&'a Wire>,
    /// Where it goes, by which its name is known.
    pub(super) place: PlacePath,
    pub(super) ident: Ident,
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
    named: &NamedTypes,
    registry: &mut Registry<'_>,
) -> (Vec<Planned<'a>>, Vec<super::Enum>) {
    let inputs = collect(operation);
    let wishes: Vec<NameRequest> = inputs
        .iter()
        .zip(places(&inputs))
        .map(|(collected, place)| NameRequest {
            place,
            candidates: candidates(collected),
            is_chosen: collected.input.rename.is_some(),
        })
        .collect();
    let idents = registry.distinct(pins::Kind::Field, &wishes, &["options"]);
    let mut planned: Vec<Planned<'_>> = inputs
        .into_iter()
        .zip(wishes.into_iter().zip(idents))
        .map(|(input, (wish, ident))| planned(input, wish.place, ident, named))
        .collect();
    for body in planned
        .iter_mut()
        .filter(|planned| planned.location == Location::Body)
    {
        body.media_type = operation.media_type.as_deref();
    }
    let enums = enums::plan(&mut planned, &operation.title(), registry);
    (planned, enums)
}

/// An input, and how it goes on the wire.
#[derive(Clone, Copy)]
struct Collected<'a> {
    index: usize,
    location: Location,
    input: &'a Input,
    wire: Option<&'a Wire>,
}

/// Path variables of one name are one input (rule U5).
fn collect(operation: &Operation) -> Vec<Collected<'_>> {
    let mut inputs: Vec<Collected<'_>> = Vec::new();
    let mut in_path = BTreeSet::new();
    for (index, (location, input, wire)) in operation.inputs().enumerate() {
        if location != Location::Path || in_path.insert(&input.name) {
            inputs.push(Collected {
                index,
                location,
                input,
                wire,
            });
        }
    }
    inputs
}

/// The place of each input: where it goes and its name; of several of one name, with their number.
fn places(inputs: &[Collected<'_>]) -> Vec<PlacePath> {
    let mut places: Vec<PlacePath> = Vec::new();
    let mut counts: BTreeMap<PlacePath, usize> = BTreeMap::new();
    for Collected {
        location, input, ..
    } in inputs
    {
        let place = match location {
            Location::Body => PlacePath::root(input.name.as_str()),
            _ => PlacePath::root(location.word()).below(input.name.as_str()),
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

/// Its name, then with the place.
fn candidates(
    Collected {
        location,
        input,
        wire,
        ..
    }: &Collected<'_>,
) -> Vec<Ident> {
    if let Some(chosen) = input.rename.as_deref().and_then(names::field) {
        return vec![chosen];
    }
    let text = match wire {
        Some(Wire::Named(name)) => name,
        _ => &input.name,
    };
    let plain = names::field(text).unwrap_or_else(|| names::fixed("value"));
    let placed = names::joined(&[location.word(), text], names::field);
    std::iter::once(plain).chain(placed).collect()
}

fn planned<'a>(
    collected: Collected<'a>,
    place: PlacePath,
    ident: Ident,
    named: &NamedTypes,
) -> Planned<'a> {
    let Collected {
        index,
        location,
        input,
        wire,
    } = collected;
    // A list has a way of its own to be left out: it is empty.
    let required = input.required && !matches!(wire, Some(Wire::Named(_)));
    let single = single_type(&single_schema(input).ty, named);
    let ty = match wire {
        Some(Wire::Named(_)) => Type::Pairs,
        Some(Wire::File) => Type::File,
        Some(Wire::Files) => Type::Vec(Box::new(Type::File)),
        Some(Wire::Repeated) => Type::Vec(Box::new(single)),
        Some(Wire::Bare) if required => Type::Option(Box::new(single)),
        _ => single,
    };
    Planned {
        location,
        index,
        input,
        wire,
        place,
        ident,
        ty,
        required,
        media_type: None,
        literal: None,
    }
}

/// The schema of one value of an input: of the elements, where it is a list that is not written as JSON.
fn single_schema(input: &Input) -> &Schema {
    match &input.schema.ty {
        SchemaType::List(element) if !is_data(input) => element,
        _ => &input.schema,
    }
}

/// Whether the values of an input are data: JSON, or what a style takes apart.
fn is_data(input: &Input) -> bool {
    let style = input.style.as_ref().map(|style| style.form);
    input.as_json || style.is_some_and(|form| form != StyleForm::Text)
}

/// The type of a single value that is not JSON.
fn single_type(ty: &SchemaType, named: &NamedTypes) -> Type {
    match (ty, named.end(ty)) {
        (SchemaType::Named(index), SchemaType::Enum(_)) => named.get(*index, Direction::Request),
        (_, end) => plain_type(end),
    }
}

/// The same of a type that has no name.
fn plain_type(ty: &SchemaType) -> Type {
    match ty {
        SchemaType::Integer(_) => Type::I64,
        SchemaType::Float => Type::F64,
        SchemaType::Boolean => Type::Bool,
        SchemaType::Union(union) if is_id(union) => Type::Id,
        // An enum gets its name when all fields have theirs.
        _ => Type::String,
    }
}

/// Whether a value is a whole number or a text.
fn is_id(union: &Union) -> bool {
    let types: Vec<&SchemaType> = union
        .alternatives
        .iter()
        .map(|one| &one.schema.ty)
        .collect();
    let is_pair = matches!(types.as_slice(), [SchemaType::Integer(_), SchemaType::Text]);
    is_pair && union.told_by == ToldBy::Kind
}

impl<'a> Planned<'a> {
    /// What is known of it, where it has a type of data: it is written as JSON, or in a style.
    pub(super) fn json(&self) -> Option<&'a Schema> {
        is_data(self.input).then_some(&self.input.schema)
    }

    /// The values that are listed for it, where it is not JSON.
    pub(super) fn listed(&self) -> Option<&'a Enum> {
        match &single_schema(self.input).ty {
            SchemaType::Enum(listed) if !is_data(self.input) => Some(listed),
            _ => None,
        }
    }

    /// What it is, in a sentence.
    pub(super) fn what(&self) -> String {
        match self.location {
            Location::Body if self.input.name == "variables" => {
                "The variables of the query.".to_owned()
            }
            Location::Body => "The body of the request.".to_owned(),
            _ => self.fallback_docs(),
        }
    }

    /// The name of its type, where it is JSON.
    pub(super) fn type_name(&self) -> Ident {
        match self.location {
            Location::Body if self.input.name == "variables" => names::fixed("Variables"),
            Location::Body => names::fixed("RequestBody"),
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
            input: self.index,
        }
    }

    fn docs(&self) -> Vec<String> {
        let width = super::DOC_WIDTH - 4;
        let prose = match self.location {
            Location::Body => self.body_docs(),
            _ => self.input.docs.clone(),
        };
        let mut lines = docs::render(&secret::redact(&prose), width);
        if lines.is_empty() {
            lines.push(self.fallback_docs());
        }
        if self.input.deprecated {
            lines.extend(["", "**Deprecated.**"].map(str::to_owned));
        }
        lines
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
        let example = self.input.examples.first();
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
        match (self.location, self.wire) {
            (Location::Path, _) => format!("Path variable {name}."),
            (Location::Query, Some(Wire::Named(_))) => "Names and values of the query.".to_owned(),
            (Location::Query, Some(Wire::Bare)) if self.required => {
                format!("Query parameter {name}; without a value it is sent as its name alone.")
            }
            (Location::Query, _) => format!("Query parameter {name}."),
            (Location::Header, _) => format!("Header field {name}."),
            (Location::Cookie, _) => format!("Cookie {name}."),
            (Location::Form, Some(Wire::Named(_))) => "Names and values of the form.".to_owned(),
            (Location::Form, Some(Wire::File | Wire::Files)) => format!("File {name} of the form."),
            (Location::Form, _) => format!("Form field {name}."),
            (Location::Body, _) => self.body_docs(),
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
            _ if is_json => self.add_data(),
            _ => self.add_value(),
        };
        let wire = match (self.location, &add) {
            // A style encodes names, which members have too.
            (_, Add::Styled(_)) => self.input.name.clone(),
            _ if self.is_whole_query() => String::new(),
            (Location::Query, _) if self.input.style.is_some() => {
                crate::document::encode::form(&self.input.name)
            }
            (Location::Query, _) => crate::document::encode::query_name(&self.input.name),
            _ => self.input.name.clone(),
        };
        Step::Input {
            wire,
            field: self.access(),
            add,
        }
    }

    /// Whether it is the whole query.
    fn is_whole_query(&self) -> bool {
        let style = self.input.style.as_ref();
        style.is_some_and(|style| style.form == StyleForm::Whole)
    }

    /// How single texts are added.
    fn add_value(&self) -> Add {
        match (&self.input.style, self.location) {
            // A header is written as it is, in any style.
            (Some(_), Location::Header) | (None, _) => Add::Value,
            (Some(style), _) => Add::Styled(style.clone()),
        }
    }

    /// How data is added.
    fn add_data(&self) -> Add {
        match (&self.input.style, self.location) {
            (Some(style), _) if style.form == StyleForm::Field => Add::Field,
            (Some(style), _) if !self.input.as_json || style.form == StyleForm::Json => {
                Add::Styled(style.clone())
            }
            (Some(_), Location::Query) => Add::StrictJson,
            _ => Add::Json(None),
        }
    }
}

/// How the path is written.
pub(super) fn path(operation: &Operation, planned: &[Planned<'_>]) -> Vec<PathStep> {
    let in_path = planned
        .iter()
        .filter(|planned| planned.location == Location::Path);
    let by_name: BTreeMap<&String, &Planned<'_>> = in_path
        .map(|planned| (&planned.input.name, planned))
        .collect();
    let steps = operation.path.iter().filter_map(|part| match part {
        PathPart::Text(text) => Some(PathStep::Text(text.clone())),
        PathPart::Input(input) => {
            let found = by_name.get(&input.name)?;
            let (ident, name) = (found.ident.clone(), input.name.clone());
            Some(match &input.style {
                Some(style) => PathStep::Styled(ident, name, style.clone()),
                None if input.twice => PathStep::Twice(ident, name),
                None => PathStep::Value(ident, name),
            })
        }
    });
    steps.collect()
}

/// How a list of parameters is written.
pub(super) fn steps(
    location: Location,
    parameters: &[Parameter],
    planned: &[Planned<'_>],
) -> Vec<Step> {
    let mut inputs = planned
        .iter()
        .filter(|planned| planned.location == location);
    let steps = parameters.iter().filter_map(|parameter| match parameter {
        Parameter::Fixed { name, value } => Some(Step::Fixed(name.clone(), value.clone())),
        Parameter::Input(..) => inputs.next().map(Planned::step),
    });
    steps.collect()
}
