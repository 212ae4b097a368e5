//! Lists of names and values: what queries (Q1 to Q4), headers and forms (B5, B6) have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::requirement::{self, Requirement};
use super::{Context, files, json, text};
use crate::api::{Hidden, Sent, SentFile, Wire};
use crate::document::encode;
use crate::document::json::{Node, Span, Value};
use crate::document::report::Place;
use crate::document::report::rules;
use crate::document::secret;
use crate::input::postman::parts::elements;
use crate::input::postman::shape::Shape;
use crate::input::postman::shape::draft::{Input, Parameter};
use crate::input::postman::template::{self, Piece};

/// An entry of a list: a query element, a header field or a form field.
#[derive(Clone, Default)]
pub(super) struct Pair {
    pub(super) name: String,
    /// `None`: null, or not there.
    pub(super) value: Option<String>,
    /// Whether the value is null.
    pub(super) is_null: bool,
    pub(super) disabled: bool,
    pub(super) docs: String,
    pub(super) span: Span,
    /// Where the value stands, where it is a string.
    value_span: Option<Span>,
    /// Whether the value was a number or a boolean.
    pub(super) literal: bool,
    /// The files, where it is a field of those.
    pub(super) files: Option<Vec<SentFile>>,
    pub(super) media_type: Option<String>,
}

impl Pair {
    /// An enabled entry of text.
    pub(super) fn new(name: String, value: Option<String>, span: Span) -> Self {
        Self {
            name,
            value,
            span,
            ..Self::default()
        }
    }

    /// The entry under another name.
    pub(super) fn renamed(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// The entry where a name cannot stand alone: without a value, its value is empty.
    pub(super) fn with_value(mut self) -> Self {
        self.value.get_or_insert_default();
        self
    }

    /// The entry where only text can be sent: without a file and without a media type.
    pub(super) fn into_text(self) -> Self {
        Self {
            files: None,
            media_type: None,
            ..self
        }
    }
}

/// Reads a list of `{key, value, disabled, description}`, a map, or lines `name: value`.
pub(super) fn pairs(node: Option<&Node<'_>>) -> Vec<Pair> {
    let Some(node) = node else { return Vec::new() };
    match &node.value {
        // A null in a list is no entry.
        Value::Array(elements) => {
            let entries = elements.iter().filter(|entry| !entry.is_null());
            entries.map(pair).collect()
        }
        Value::Object(members) => members
            .iter()
            .map(|m| of_member(&m.name, &m.node))
            .collect(),
        Value::String(lines) => lines
            .lines()
            .filter_map(|line| of_line(line, node.span))
            .collect(),
        _ => Vec::new(),
    }
}

fn pair(entry: &Node<'_>) -> Pair {
    let value = entry.get("value").filter(|value| !value.is_null());
    let is_file = entry.text_of("type") == Some("file");
    Pair {
        name: entry
            .get("key")
            .filter(|key| !key.is_null())
            .map(text::of_value)
            .unwrap_or_default(),
        value: value.map(text::of_value),
        is_null: entry.get("value").is_some_and(Node::is_null),
        disabled: entry.get("disabled").is_some_and(Node::is_true),
        docs: text::description(entry),
        span: entry.span,
        value_span: value
            .filter(|value| value.as_str().is_some())
            .map(|value| value.span),
        literal: value
            .is_some_and(|value| matches!(value.value, Value::Number(_) | Value::Bool(_))),
        files: is_file.then(|| files::of_field(entry)),
        media_type: entry
            .text_of("contentType")
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
    }
}

fn of_member(name: &str, value: &Node<'_>) -> Pair {
    let text = Some(value)
        .filter(|value| !value.is_null())
        .map(text::of_value);
    Pair::new(name.to_owned(), text, value.span)
}

fn of_line(line: &str, span: Span) -> Option<Pair> {
    let (name, value) = line.split_once(':')?;
    Some(Pair::new(
        name.trim().to_owned(),
        Some(value.trim().to_owned()),
        span,
    ))
}

/// The entries without those disabled ones that an enabled one of the same name stands in for when
/// they are apart: an alternative value is no second input.
pub(super) fn without_disabled_repeats(entries: Vec<Pair>) -> Vec<Pair> {
    let enabled = entries.iter().filter(|entry| !entry.disabled);
    let enabled: BTreeSet<&str> = enabled.map(|entry| entry.name.as_str()).collect();
    let keep = entries.iter().enumerate().map(|(index, entry)| {
        let adjacent = [index.checked_sub(1), Some(index + 1)];
        let mut adjacent = adjacent.into_iter().flatten();
        !entry.disabled
            || !enabled.contains(entry.name.as_str())
            || adjacent.any(|at| entries.get(at).is_some_and(|one| one.name == entry.name))
    });
    let keep: Vec<bool> = keep.collect();
    entries
        .into_iter()
        .zip(keep)
        .filter_map(|(entry, keep)| keep.then_some(entry))
        .collect()
}

/// The entries with those of one name together, where the first of them stands (rule B5).
pub(super) fn together(mut entries: Vec<Pair>) -> Vec<Pair> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        places.entry(entry.name.clone()).or_insert(place);
    }
    entries.sort_by_key(|entry| places.get(&entry.name).copied());
    entries
}

/// An input of which only its value is known: what the document shows of it.
pub(super) fn shown(context: &Context<'_>, value: Option<&Node<'_>>) -> Input {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Input::default();
    };
    let mut input = shown_by_text(context, &text::of_value(value));
    input.schema.literal = matches!(value.value, Value::Number(_) | Value::Bool(_));
    input
}

/// The same for a text with variables: their values are put in, where all have one.
pub(super) fn shown_by_text(context: &Context<'_>, text: &str) -> Input {
    let resolved = context.scope.resolve(text);
    let mut input = Input::default();
    match template::sole_variable(&resolved) {
        Some(name) if name.starts_with('$') => input.schema.dynamic = Some(name),
        Some(_) => {}
        None if resolved.is_empty() && text != resolved => {}
        None => input.examples.push(filled(&resolved)),
    }
    input
}

/// A text in which each variable that is left has its own name as value.
fn filled(text: &str) -> String {
    let pieces = template::split(text).into_iter();
    pieces
        .map(|(Piece::Text(text) | Piece::Variable(text))| text)
        .collect()
}

/// The elements of a query.
pub(super) fn query(context: &mut Context<'_>, entries: Vec<Pair>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for entry in entries {
        let fixed = fixed_element(&entry);
        match fixed {
            Some(_) if entry.disabled => {}
            _ if (fixed.is_some() || entry.value.is_none()) && shows_secret(&entry) => {
                let place = Place {
                    source: context.source,
                    span: entry.span,
                };
                context
                    .report
                    .push(&rules::QUOTED_SECRET, place, "an element of the query");
            }
            Some(value) => parameters.push(Parameter::Fixed {
                name: String::new(),
                value,
            }),
            None => {
                let elements = elements_of_variable(context, &entry);
                push(context, &mut parameters, entry);
                if let (Some(elements), Some(Parameter::Input(input, _))) =
                    (elements, parameters.last_mut())
                {
                    input.sent = elements;
                }
            }
        }
    }
    parameters
}

/// What is sent where a variable is a whole element of the query, `?{{pair}}`: its value is put into the text, which is
/// then taken apart (rule V7).
fn elements_of_variable(context: &Context<'_>, entry: &Pair) -> Option<Vec<Sent>> {
    let is_whole = entry.value.as_deref().unwrap_or_default().is_empty();
    if entry.disabled || !is_whole || template::sole_variable(&entry.name).is_none() {
        return None;
    }
    let end = if entry.value.is_some() { "=" } else { "" };
    let text = context.scope.sent(&entry.name) + end;
    let elements = elements(&text).into_iter();
    let sent =
        elements.map(|(name, value)| Sent::Named(Hidden(name), Hidden(value.unwrap_or_default())));
    Some(sent.collect())
}

/// Whether a secret stands in an element that has no field to leave it out of.
fn shows_secret(entry: &Pair) -> bool {
    let texts = [
        entry.name.as_str(),
        entry.value.as_deref().unwrap_or_default(),
    ];
    texts.iter().any(|text| secret::redact(text) != *text)
}

/// An element without a name is no input: it is sent as it stands.
fn fixed_element(entry: &Pair) -> Option<String> {
    let value = entry.value.as_deref();
    match (entry.name.as_str(), value) {
        ("", None) => Some(String::new()),
        ("", Some(value)) => Some(format!(
            "={}",
            encode::query(&value.replace('&', "%26").replace('#', "%23"))
        )),
        _ => None,
    }
}

/// The fields of a form. `multipart` ones may be files; a text may be a JSON object or array.
pub(super) fn form(context: &mut Context<'_>, entries: Vec<Pair>) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for entry in without_disabled_repeats(entries) {
        let json = json_of(context, &entry);
        push(context, &mut parameters, entry.with_value());
        if let Some(Parameter::Input(input, Wire::Single | Wire::Typed(_))) = parameters.last_mut()
        {
            input.schema.json = json.map(Box::new);
        }
    }
    parameters
}

/// What a field shows whose text is JSON with a structure. A number in a form is no JSON, it is a text.
fn json_of(context: &Context<'_>, entry: &Pair) -> Option<Shape> {
    let text = entry.value.as_deref().filter(|_| entry.files.is_none())?;
    let span = entry
        .value_span
        .filter(|_| text.trim_start().starts_with(['{', '[']))?;
    json::template_text(context, text, span).ok().flatten()
}

/// Adds an input, or one more example to the input before it where the name repeats.
pub(super) fn push(context: &mut Context<'_>, parameters: &mut Vec<Parameter>, entry: Pair) {
    let is_disabled = entry.disabled;
    let (input, wire) = input(context, entry);
    if let Wire::Typed(media_type) = &wire {
        check_value(context, input.at, "Content-Type", media_type);
    }
    let repeated = match parameters.last_mut() {
        Some(Parameter::Input(last, last_wire)) if last.name == input.name => {
            repeat(last_wire, &wire).then_some(last)
        }
        _ => None,
    };
    match repeated {
        Some(last) => {
            last.required |= input.required;
            // A disabled neighbour shows that there may be more values, not one that is sent.
            if !is_disabled {
                last.examples.extend(input.examples);
                last.sent.extend(input.sent);
            }
            if last.docs.is_empty() {
                last.docs = input.docs;
            }
        }
        None => parameters.push(Parameter::Input(input, wire)),
    }
}

/// Makes a wire form one for many values, where two neighbours can be one input.
fn repeat(last: &mut Wire, next: &Wire) -> bool {
    let many = match (&*last, next) {
        (Wire::Single | Wire::Repeated, Wire::Single) => Wire::Repeated,
        (Wire::File | Wire::Files, Wire::File | Wire::Files) => Wire::Files,
        _ => return false,
    };
    *last = many;
    true
}

fn input(context: &mut Context<'_>, entry: Pair) -> (Input, Wire) {
    let mut shown = shown_by_text(context, entry.value.as_deref().unwrap_or_default());
    if entry.value.as_deref().unwrap_or_default().is_empty() {
        shown.examples.clear();
    }
    shown.schema.literal = entry.literal;
    let required = match requirement::read(&entry.docs).0 {
        Some(said) => said == Requirement::Required,
        None => !context.marks_required,
    };
    let sent = if entry.disabled {
        Vec::new()
    } else {
        sent(context, &entry)
    };
    let wire = match (entry.files, entry.media_type, &entry.value) {
        (Some(files), ..) if files.len() > 1 => Wire::Files,
        (Some(_), ..) => Wire::File,
        (None, Some(media_type), _) => Wire::Typed(media_type),
        _ if template::has_variable(&entry.name) => Wire::Named(filled(&entry.name)),
        (None, None, None) => Wire::Bare,
        _ => Wire::Single,
    };
    let input = Input {
        at: Place {
            source: context.source,
            span: entry.span,
        },
        name: filled(&entry.name),
        required: !entry.disabled && required,
        docs: entry.docs,
        sent,
        ..shown
    };
    (input, wire)
}

/// What the document sends for an entry.
fn sent(context: &Context<'_>, entry: &Pair) -> Vec<Sent> {
    if let Some(files) = &entry.files {
        let files = files.iter().cloned();
        return files
            .map(|file| Sent::File(files::settled(context, file)))
            .collect();
    }
    let settle = |text: &str| Hidden(context.scope.sent(text));
    let value = entry.value.as_deref();
    let named = template::has_variable(&entry.name);
    vec![match value {
        _ if named => Sent::Named(settle(&entry.name), settle(value.unwrap_or_default())),
        Some(value) => Sent::Text(settle(value)),
        None => Sent::Bare,
    }]
}

/// A value that HTTP does not allow: Postman refuses the request.
pub(super) fn check_value(context: &mut Context<'_>, place: Place, name: &str, value: &str) {
    let is_sendable = |c: char| (c == '\t' || !c.is_control()) && u32::from(c) <= 0xFF;
    if !value.chars().all(is_sendable) {
        context.refuse(&rules::HEADER_VALUE, place, format!("`{name}`"));
    }
}
