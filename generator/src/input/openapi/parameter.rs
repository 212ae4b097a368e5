//! Parameters (3.2, Parameter Object; 2.0, Parameter Object; rules 27, 30 to 39).

use super::Reader;
use super::document::{At, scalar_text};
use super::media::{self, Form};
use super::version::Version;
use crate::api::{Input, Parameter, Schema, SchemaType, Style, StyleForm, Wire};
use crate::document::report::rules;

/// Where a parameter goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum In {
    Path,
    Query,
    Header,
    Cookie,
    /// The whole query is one value (3.2).
    QueryString,
    /// The body of 2.0.
    Body,
    /// A field of a form of 2.0.
    Form,
}

/// A parameter of an operation.
#[derive(Clone, Copy)]
pub(super) struct Found<'d> {
    pub(super) at: At<'d>,
    pub(super) place: In,
    pub(super) name: &'d str,
}

/// The parameters of an operation, by where they go.
#[derive(Default)]
pub(super) struct Sorted<'d> {
    pub(super) path: Vec<Input>,
    pub(super) query: Vec<Parameter>,
    pub(super) headers: Vec<Parameter>,
    pub(super) cookies: Vec<Parameter>,
    pub(super) body: Option<At<'d>>,
    pub(super) form: Vec<Found<'d>>,
    /// The media types that a parameter `Accept` lists.
    pub(super) accepts: Vec<String>,
    /// The media types that a parameter `Content-Type` lists.
    pub(super) content_types: Vec<String>,
}

/// The parameters of an operation: those of its path, where it has none of the same place and name itself.
pub(super) fn all<'d>(
    reader: &mut Reader<'_, 'd>,
    of_path: Option<At<'d>>,
    own: Option<At<'d>>,
) -> Vec<Found<'d>> {
    let mut all: Vec<Found<'d>> = Vec::new();
    for list in of_path.into_iter().chain(own) {
        for at in elements(reader, list) {
            let Some(found) = found(reader, at) else {
                continue;
            };
            let same = all.iter_mut().find(|known| is_same(known, &found));
            match same {
                Some(known) => *known = found,
                None => all.push(found),
            }
        }
    }
    all
}

/// The elements of a list of parameters, which some write as a map.
fn elements<'d>(reader: &mut Reader<'_, 'd>, list: At<'d>) -> Vec<At<'d>> {
    let list = reader.references.map(list);
    if list.node.is_object() {
        return list.members().map(|(_, at)| at).collect();
    }
    list.elements().collect()
}

fn is_same(one: &Found<'_>, other: &Found<'_>) -> bool {
    let is_header = one.place == In::Header;
    one.place == other.place
        && (one.name == other.name || is_header && one.name.eq_ignore_ascii_case(other.name))
}

fn found<'d>(reader: &mut Reader<'_, 'd>, at: At<'d>) -> Option<Found<'d>> {
    let written = at;
    let at = reader.follow(at, true)?;
    let Some(text) = at.string("in") else {
        reader.push(&rules::OPENAPI_PARAMETER, written, "it has no `in`");
        return None;
    };
    let name = at.string("name").unwrap_or_default();
    let Some(place) = place(text) else {
        let label = format!("`in: {text}` is no place");
        reader.push(&rules::OPENAPI_PARAMETER, at, label);
        return None;
    };
    if name.is_empty() && !matches!(place, In::Body | In::QueryString) {
        reader.push(&rules::OPENAPI_PARAMETER, at, "it has no name");
        return None;
    }
    Some(Found { at, place, name })
}

/// The place that `in` names, by its nearest word.
fn place(text: &str) -> Option<In> {
    let word: String = text
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_lowercase();
    match word.trim_end_matches('s') {
        "path" => Some(In::Path),
        "query" => Some(In::Query),
        "header" => Some(In::Header),
        "cookie" => Some(In::Cookie),
        "querystring" => Some(In::QueryString),
        "body" => Some(In::Body),
        "formdata" | "form" => Some(In::Form),
        _ => None,
    }
}

/// Reads parameters, each as an input.
pub(super) fn sort<'d>(reader: &mut Reader<'_, 'd>, parameters: Vec<Found<'d>>) -> Sorted<'d> {
    let mut sorted = Sorted::default();
    for found in parameters {
        match found.place {
            In::Body => sorted.body = Some(found.at),
            In::Form => sorted.form.push(found),
            In::Path => sorted.path.push(input(reader, &found).0),
            In::Query => {
                let (input, wire) = input(reader, &found);
                sorted.query.push(Parameter::Input(input, wire));
            }
            In::QueryString => query_string(reader, &found, &mut sorted.query),
            In::Cookie => {
                let (input, wire) = input(reader, &found);
                sorted.cookies.push(Parameter::Input(input, wire));
            }
            In::Header => header(reader, &found, &mut sorted),
        }
    }
    sorted
}

/// A header field. Three of them are said elsewhere (3.2, Parameter Object, `name`).
fn header<'d>(reader: &mut Reader<'_, 'd>, found: &Found<'d>, sorted: &mut Sorted<'d>) {
    let listed = |reader: &mut Reader<'_, 'd>| {
        let schema = schema_at(reader, found.at);
        let listed = schema.and_then(|schema| schema.get("enum"));
        let listed = listed.map(At::strings).unwrap_or_default();
        listed.into_iter().map(str::to_owned).collect()
    };
    match found.name.to_ascii_lowercase().as_str() {
        "accept" => sorted.accepts = listed(reader),
        "content-type" => sorted.content_types = listed(reader),
        "authorization" => {}
        _ => {
            let (input, wire) = input(reader, found);
            sorted.headers.push(Parameter::Input(input, wire));
        }
    }
}

/// The whole query as one value: the members of its form are the parameters (3.2, `in: querystring`).
fn query_string<'d>(reader: &mut Reader<'_, 'd>, found: &Found<'d>, query: &mut Vec<Parameter>) {
    let content = found.at.get("content");
    let entry = content.and_then(|content| content.members().next());
    let Some((media_type, entry)) = entry else {
        reader.push(&rules::OPENAPI_PARAMETER, found.at, "it has no `content`");
        return;
    };
    if media::form(media_type) == Form::UrlEncoded {
        let fields = super::body::fields(reader, entry, super::body::FormKind::Query);
        query.extend(fields);
        return;
    }
    let schema = entry
        .get("schema")
        .map(|at| reader.schema(at))
        .unwrap_or_default();
    if media::form(media_type) != Form::Json {
        let label = format!("`{media_type}` cannot be a whole query");
        reader.push(&rules::OPENAPI_PARAMETER, found.at, label);
        return;
    }
    let input = Input {
        as_json: true,
        style: Some(Style {
            form: StyleForm::Whole,
            ..Style::default()
        }),
        ..described(reader, found, schema)
    };
    query.push(Parameter::Input(input, Wire::Single));
}

/// The schema of a parameter, followed: for what is looked up in it beside its type.
fn schema_at<'d>(reader: &mut Reader<'_, 'd>, at: At<'d>) -> Option<At<'d>> {
    if let Some(schema) = at.get("schema") {
        return reader.follow(schema, false);
    }
    let content = at.get("content")?;
    let (_, entry) = content.members().next()?;
    reader.follow(entry.get("schema")?, false)
}

/// A parameter as an input, and how it goes on the wire.
pub(super) fn input<'d>(reader: &mut Reader<'_, 'd>, found: &Found<'d>) -> (Input, Wire) {
    if let Some((media_type, entry)) = content(reader, found.at) {
        let schema = entry
            .get("schema")
            .map(|at| reader.schema(at))
            .unwrap_or_default();
        let is_json = matches!(media::form(&media_type), Form::Json | Form::Unknown);
        let form = match found.place {
            In::Path | In::Cookie if is_json => StyleForm::Json,
            _ => StyleForm::default(),
        };
        let input = Input {
            as_json: is_json,
            style: Some(Style {
                form,
                ..Style::default()
            }),
            ..described(reader, found, schema)
        };
        return (input, Wire::Single);
    }
    let style = style(reader, found);
    let schema = schema(reader, found);
    let (schema, style, wire) = simplified(reader, found, schema, style);
    let input = Input {
        style: Some(style),
        ..described(reader, found, schema)
    };
    (input, wire)
}

/// The entry of `content`, where a parameter has one instead of a schema.
fn content<'d>(reader: &mut Reader<'_, 'd>, at: At<'d>) -> Option<(String, At<'d>)> {
    let content = at.get("content").filter(|_| at.get("schema").is_none())?;
    let content = reader.follow(content, false)?;
    let (media_type, entry) = content.members().next()?;
    let entry = reader.follow(entry, false)?;
    Some((media_type.to_owned(), entry))
}

/// The type of a parameter: its schema; in 2.0, and by mistake in 3.x, what stands beside its name; else text.
fn schema<'d>(reader: &mut Reader<'_, 'd>, found: &Found<'d>) -> Schema {
    let at = found.at;
    if let Some(schema) = at.get("schema") {
        return reader.schema(schema);
    }
    let is_schema = ["type", "items", "enum", "format", "$ref"]
        .iter()
        .any(|keyword| at.get(keyword).is_some());
    if !is_schema {
        return Schema {
            at: Some(reader.place(at)),
            ty: SchemaType::Text,
            ..Schema::default()
        };
    }
    if reader.version != Version::V2 {
        let label = format!("`{}` has its type beside its name", found.name);
        reader.push(&rules::OPENAPI_PARAMETER_SCHEMA, at, label);
    }
    let mut schema = reader.schema(at);
    // What stands there describes the parameter, which says it already.
    schema.docs.clear();
    schema
}

/// How a parameter is written: what it says, else what its place has by default.
fn style(reader: &mut Reader<'_, '_>, found: &Found<'_>) -> Style {
    let at = found.at;
    if reader.version == Version::V2 {
        return Style {
            form: StyleForm::default_of(found.place.location()),
            ..collection_format(found)
        };
    }
    let named = at.string("style").and_then(StyleForm::named);
    let by_default = (StyleForm::default_of(found.place.location()), Vec::new());
    let (form, delimiters) = named.unwrap_or(by_default);
    let form = match (form, found.place) {
        // A style that its place does not have is read as what it has.
        (StyleForm::Form, In::Path | In::Header) => StyleForm::Simple,
        (StyleForm::Simple, In::Query | In::Cookie) => StyleForm::Form,
        (form, _) => form,
    };
    let explode = at.get("explode").map(|_| at.is_true("explode"));
    let slashes = found.place == In::Path && at.is_true("x-multi-segment");
    Style {
        form,
        explode: explode.unwrap_or(
            matches!(form, StyleForm::Form | StyleForm::Cookie) && delimiters.is_empty(),
        ),
        reserved: at.is_true("allowReserved"),
        slashes,
        delimiters,
    }
}

/// The `collectionFormat` of 2.0 (2.0, Parameter Object), and that of its items.
fn collection_format(found: &Found<'_>) -> Style {
    let at = found.at;
    let format = at.string("collectionFormat").unwrap_or("csv");
    let is_pair = matches!(found.place, In::Query | In::Form);
    let delimiter = |format: &str| match format {
        "ssv" => ' ',
        "tsv" => '\t',
        "pipes" => '|',
        _ => ',',
    };
    let mut delimiters = vec![delimiter(format)];
    let mut inner = at.get("items");
    while let Some(items) = inner.filter(|items| items.get("items").is_some()) {
        delimiters.push(delimiter(items.string("collectionFormat").unwrap_or("csv")));
        inner = items.get("items");
    }
    Style {
        explode: format == "multi" && is_pair,
        delimiters,
        ..Style::default()
    }
}

/// What an input is to the wire. A list that repeats its name is many single texts.
fn simplified(
    reader: &Reader<'_, '_>,
    found: &Found<'_>,
    schema: Schema,
    style: Style,
) -> (Schema, Style, Wire) {
    let is_pair = matches!(found.place, In::Query | In::Form);
    let is_repeated = is_pair && style.form == StyleForm::Form && style.explode && !style.reserved;
    match schema.ty {
        SchemaType::List(element) if is_repeated && is_scalar(reader, &element) => {
            (*element, Style::default(), Wire::Repeated)
        }
        _ if is_scalar(reader, &schema) => (schema, style.of_text(), Wire::Single),
        _ => (schema, style, Wire::Single),
    }
}

/// Whether values of a type are single texts on the wire.
pub(super) fn is_scalar(reader: &Reader<'_, '_>, schema: &Schema) -> bool {
    matches!(
        reader.meaning(schema),
        SchemaType::Boolean
            | SchemaType::Integer(_)
            | SchemaType::Float
            | SchemaType::Number
            | SchemaType::Text
            | SchemaType::Bytes
            | SchemaType::Enum(_)
    )
}

/// What is said of a parameter beside its type.
pub(super) fn described<'d>(
    reader: &mut Reader<'_, 'd>,
    found: &Found<'d>,
    schema: Schema,
) -> Input {
    let at = found.at;
    let own = at.text("description").unwrap_or_default();
    let docs = if own.trim().is_empty() {
        schema.docs.clone()
    } else {
        own.into_owned()
    };
    Input {
        at: reader.place(at),
        name: found.name.to_owned(),
        required: found.place == In::Path || at.is_true("required"),
        docs,
        examples: examples(reader, at),
        deprecated: at.is_true("deprecated") || schema.deprecated,
        schema,
        ..Input::default()
    }
}

/// The examples of a parameter: its own, else those of its schema.
fn examples<'d>(reader: &mut Reader<'_, 'd>, at: At<'d>) -> Vec<String> {
    let mut found: Vec<String> = at.get("example").map(text_of).into_iter().collect();
    for (_, example) in at.get("examples").into_iter().flat_map(At::members) {
        let example = reader.follow(example, false);
        let value = example.and_then(|example| {
            let value = example.get("value").or_else(|| example.get("dataValue"));
            value.map(text_of)
        });
        found.extend(value);
    }
    if found.is_empty() {
        let schema = schema_at(reader, at).unwrap_or(at);
        let of_schema = [
            schema.get("example"),
            schema.get("x-example"),
            at.get("x-example"),
        ];
        found.extend(of_schema.into_iter().flatten().map(text_of));
        let listed = schema.get("examples").into_iter().flat_map(At::elements);
        found.extend(listed.map(text_of));
    }
    found
}

/// A value as the text of an example: a scalar plain, else JSON.
pub(super) fn text_of(at: At<'_>) -> String {
    let text = scalar_text(at.node).map(std::borrow::Cow::into_owned);
    text.unwrap_or_else(|| at.node.to_string())
}

/// The parameter that a path names. Without one it is a text; one whose name differs in case, `-` or `_` only is
/// meant (rule 27).
pub(super) fn take(
    reader: &mut Reader<'_, '_>,
    at: At<'_>,
    parameters: &mut Vec<Input>,
    name: &str,
) -> Input {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let exact = parameters.iter().position(|input| input.name == name);
    let found = exact.or_else(|| {
        let nearly = |input: &Input| plain(&input.name) == plain(name);
        parameters.iter().position(nearly)
    });
    let Some(found) = found else {
        let label = format!("`{name}` is not declared: it is a text");
        reader.push(&rules::OPENAPI_PATH_PARAMETER, at, label);
        return Input {
            at: reader.place(at),
            name: name.to_owned(),
            required: true,
            schema: Schema {
                at: Some(reader.place(at)),
                ty: SchemaType::Text,
                ..Schema::default()
            },
            ..Input::default()
        };
    };
    let input = if exact.is_some() {
        // A path may name it twice.
        parameters[found].clone()
    } else {
        let input = parameters.remove(found);
        let label = format!("`{}` is taken for `{name}`", input.name);
        reader.push(&rules::OPENAPI_PATH_PARAMETER, at, label);
        input
    };
    Input {
        name: name.to_owned(),
        ..input
    }
}

impl In {
    /// The place in the words of the API.
    fn location(self) -> crate::api::Location {
        use crate::api::Location;
        match self {
            In::Path => Location::Path,
            In::Query | In::QueryString => Location::Query,
            In::Header => Location::Header,
            In::Cookie => Location::Cookie,
            In::Form => Location::Form,
            In::Body => Location::Body,
        }
    }
}
