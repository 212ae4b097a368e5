//! Bodies of requests (3.2, Request Body Object, Encoding Object; 2.0, `consumes`; rules 40 to 46).

use super::Reader;
use super::document::At;
use super::media::{self, Form};
use super::parameter::{self, Found, In, Sorted};
use super::version::Version;
use crate::api::{
    Body, Choice, EmptyForm, Enum, EnumKind, Input, Parameter, Record, Schema, SchemaType, Style,
    StyleForm, Wire,
};
use crate::document::json::Node;
use crate::document::report::{Place, rules};

/// What an operation sends, and as what.
#[derive(Default)]
pub(super) struct RequestBody {
    pub(super) body: Body,
    pub(super) empty_form: EmptyForm,
    pub(super) media_type: Option<String>,
    /// Other media types that the same body may be sent as.
    pub(super) others: Vec<String>,
}

/// The bodies that an operation may send.
#[derive(Default)]
pub(super) struct Bodies {
    pub(super) first: RequestBody,
    /// Those of another form or another schema: each is a request of its own.
    pub(super) others: Vec<OtherBody>,
}

/// A body that is sent instead of the first one.
pub(super) struct OtherBody {
    /// What tells its request from the others, in a name.
    pub(super) word: String,
    /// The media type as the document has it.
    pub(super) key: String,
    pub(super) body: RequestBody,
}

/// What the fields of a form become.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FormKind {
    UrlEncoded,
    Multipart,
    /// A whole query (3.2, `in: querystring`).
    Query,
}

/// Reads the body of an operation.
pub(super) fn read<'d>(
    reader: &mut Reader<'_, 'd>,
    operation: At<'d>,
    method: &str,
    parameters: &mut Sorted<'d>,
) -> Bodies {
    let read = if reader.version == Version::V2 {
        Bodies {
            first: of_2(reader, operation, parameters),
            others: Vec::new(),
        }
    } else {
        let body = operation.get("requestBody");
        let body = body.and_then(|body| reader.follow(body, true));
        body.map(|body| of_3(reader, body)).unwrap_or_default()
    };
    // A response to HEAD or TRACE has no use for it (RFC 9110, sections 9.3.2 and 9.3.8).
    if matches!(method, "HEAD" | "TRACE") && read.first.body != Body::Empty {
        let label = format!("{method} has no body, so none is sent");
        reader.push(&rules::OPENAPI_BODY, operation, label);
        return Bodies::default();
    }
    read
}

/// Swagger 2.0: a parameter `in: body`, or fields of a form.
fn of_2<'d>(
    reader: &mut Reader<'_, 'd>,
    operation: At<'d>,
    parameters: &mut Sorted<'d>,
) -> RequestBody {
    let root = reader.root();
    let consumes = operation.get("consumes").or_else(|| root.get("consumes"));
    let mut types = consumes.map(At::strings).unwrap_or_default();
    types.extend(
        parameters
            .content_types
            .iter()
            .map(String::as_str)
            .filter(|_| consumes.is_none()),
    );
    let types: Vec<String> = types.into_iter().map(str::to_owned).collect();
    if let Some(at) = parameters.body {
        if let Some(field) = parameters.form.first() {
            let label = "it is left out: there is a body beside the form".to_owned();
            reader.push(&rules::OPENAPI_BODY, field.at, label);
        }
        let chosen = best(types.iter().map(String::as_str)).unwrap_or("application/json");
        let chosen = if media::is_range(chosen) {
            "application/json"
        } else {
            chosen
        }
        .to_owned();
        let input = Input {
            required: at.is_true("required"),
            name: BODY.to_owned(),
            ..parameter::described(
                reader,
                &Found {
                    at,
                    place: In::Body,
                    name: BODY,
                },
                Schema::default(),
            )
        };
        let schema = at.get("schema");
        let is_other = |text: &&String| {
            media::form(text) == Form::Json && !media::is_range(text) && **text != chosen
        };
        let mut read = single(reader, &chosen, schema, input);
        if matches!(read.body, Body::Json(_)) {
            read.others = types.iter().filter(is_other).cloned().collect();
        }
        return read;
    }
    if parameters.form.is_empty() {
        return RequestBody::default();
    }
    let is_multipart = |text: &&String| media::form(text) == Form::Multipart;
    let has_file = parameters
        .form
        .iter()
        .any(|found| found.at.string("type") == Some("file"));
    let only_multipart = !types.is_empty() && types.iter().all(|text| is_multipart(&text));
    let is_multipart = has_file || only_multipart;
    let fields = std::mem::take(&mut parameters.form);
    let mut fields: Vec<Parameter> = fields
        .iter()
        .map(|found| field_of_2(reader, found))
        .collect();
    if is_multipart {
        // Parts have no style.
        let inputs = fields.iter_mut().filter_map(Parameter::input_mut);
        inputs.for_each(|input| input.style = None);
    }
    if is_multipart {
        RequestBody {
            body: Body::Multipart(fields),
            ..RequestBody::default()
        }
    } else {
        RequestBody {
            body: Body::UrlEncoded(fields),
            ..RequestBody::default()
        }
    }
}

/// A field of a form of 2.0.
fn field_of_2<'d>(reader: &mut Reader<'_, 'd>, found: &Found<'d>) -> Parameter {
    if found.at.string("type") == Some("file") {
        let schema = Schema {
            at: Some(reader.place(found.at)),
            ty: SchemaType::Bytes,
            ..Schema::default()
        };
        return Parameter::Input(parameter::described(reader, found, schema), Wire::File);
    }
    let (input, wire) = parameter::input(reader, found);
    Parameter::Input(input, wire)
}

/// The name of the input that is a whole body.
const BODY: &str = "body";

/// A `requestBody`. The first media type is the one that is liked best (rule 41). JSON of the same schema may be sent as
/// any of its media types; what has another form or another schema is a request of its own.
fn of_3<'d>(reader: &mut Reader<'_, 'd>, body: At<'d>) -> Bodies {
    let Some(content) = body.get("content") else {
        return Bodies::default();
    };
    let content = reader.follow(content, false).unwrap_or(content);
    let mut entries: Vec<(&'d str, At<'d>)> = content.members().collect();
    entries.sort_by_key(|(media_type, _)| rank(media_type));
    let mut bodies = Bodies::default();
    let mut known: Vec<(Form, Option<&Node<'d>>)> = Vec::new();
    for (media_type, at) in entries {
        let form = media::form(media_type);
        let entry = reader.follow(at, false).unwrap_or(at);
        let schema = entry.get("schema").map(|schema| schema.node);
        if known.is_empty() {
            bodies.first = of_media_type(reader, body, media_type, entry);
        } else if known.contains(&(form, schema)) {
            let is_first = known.first() == Some(&(form, schema));
            if is_first && form == Form::Json && !media::is_range(media_type) {
                bodies.first.others.push(media_type.to_owned());
                continue;
            }
            not_sent(reader, media_type, at);
        } else if form == Form::Xml || media::is_range(media_type) {
            not_sent(reader, media_type, at);
        } else {
            bodies.others.push(OtherBody {
                word: word(form, media_type, &bodies.others),
                key: media_type.to_owned(),
                body: of_media_type(reader, body, media_type, entry),
            });
        }
        known.push((form, schema));
    }
    bodies
}

fn not_sent(reader: &mut Reader<'_, '_>, media_type: &str, at: At<'_>) {
    let label = format!("`{media_type}`: the client sends another one");
    reader.push(&rules::OPENAPI_MEDIA_TYPE, at, label);
}

/// A body as one of its media types.
fn of_media_type<'d>(
    reader: &mut Reader<'_, 'd>,
    body: At<'d>,
    media_type: &str,
    entry: At<'d>,
) -> RequestBody {
    let required = body.is_true("required");
    match media::form(media_type) {
        Form::UrlEncoded => form(reader, entry, required, FormKind::UrlEncoded),
        Form::Multipart => form(reader, entry, required, FormKind::Multipart),
        _ => {
            let found = Found {
                at: body,
                place: In::Body,
                name: BODY,
            };
            let mut input = parameter::described(reader, &found, Schema::default());
            input.required = required;
            input.examples = examples(reader, entry);
            single(reader, media_type, entry.get("schema"), input)
        }
    }
}

/// What tells a body of a media type from the others, in a name.
fn word(form: Form, media_type: &str, others: &[OtherBody]) -> String {
    let word = match form {
        Form::UrlEncoded => "form",
        Form::Multipart => "multipart",
        Form::Text => "text",
        Form::Bytes => "bytes",
        Form::Stream => "stream",
        Form::Json | Form::Xml | Form::Unknown => "",
    };
    if !word.is_empty() && others.iter().all(|other| other.word != word) {
        return word.to_owned();
    }
    let essence = media::essence(media_type);
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    let subtype = subtype.strip_suffix("+json").unwrap_or(subtype);
    subtype.replace(|c: char| !c.is_ascii_alphanumeric(), " ")
}

/// The header that chooses between the media types of a body.
pub(super) const CHOICE: &str = "Content-Type";

/// The choice between the media types of a body, as a header that may be set.
pub(super) fn choice(body: &RequestBody, at: Place) -> Option<Parameter> {
    if body.others.is_empty() {
        return None;
    }
    let docs = match &body.media_type {
        Some(usual) => format!("The media type of the body, `{usual}` where this is not set."),
        None => "Where it is set, an empty form is sent; else there is no body.".to_owned(),
    };
    let all = body.media_type.iter().chain(&body.others);
    let values = all.map(|value| Choice {
        value: value.clone(),
        ..Choice::default()
    });
    let schema = Schema {
        at: Some(at),
        ty: SchemaType::Enum(Enum {
            kind: EnumKind::Text,
            values: values.collect(),
        }),
        ..Schema::default()
    };
    let input = Input {
        at,
        name: CHOICE.to_owned(),
        docs,
        schema,
        ..Input::default()
    };
    Some(Parameter::Input(input, Wire::Single))
}

/// The examples of a media type.
fn examples<'d>(reader: &mut Reader<'_, 'd>, entry: At<'d>) -> Vec<String> {
    let own = entry.get("example");
    let listed = entry.get("examples").into_iter().flat_map(At::members);
    let listed: Vec<At<'d>> = listed.map(|(_, at)| at).collect();
    let listed = listed.into_iter().filter_map(|at| {
        let at = reader.follow(at, false)?;
        at.get("value").or_else(|| at.get("dataValue"))
    });
    own.into_iter()
        .chain(listed)
        .map(|at| at.node.to_string())
        .collect()
}

/// How much a media type is liked: the smallest first (rule 41).
fn rank(media_type: &str) -> u8 {
    let essence = media::essence(media_type);
    match media::form(media_type) {
        Form::Json if essence == "application/json" => 0,
        Form::Json if !media::is_range(media_type) => 1,
        Form::Json => 2,
        Form::Bytes if essence == "*/*" => 2,
        Form::Multipart => 3,
        Form::UrlEncoded => 4,
        Form::Unknown => 5,
        Form::Bytes if essence == "application/octet-stream" => 6,
        Form::Text => 7,
        Form::Stream | Form::Bytes => 8,
        Form::Xml => 9,
    }
}

fn best<'t>(types: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    types.min_by_key(|media_type| rank(media_type))
}

/// A body that is one value.
fn single<'d>(
    reader: &mut Reader<'_, 'd>,
    media_type: &str,
    schema: Option<At<'d>>,
    input: Input,
) -> RequestBody {
    let form = media::form(media_type);
    let is_value_of_any = media::essence(media_type) == "*/*"
        && schema.is_some_and(|at| !is_text_or_bytes(reader, at));
    let is_json = matches!(form, Form::Json | Form::Unknown) && schema.is_some() || is_value_of_any;
    if is_json {
        let schema = schema.map(|at| reader.schema(at)).unwrap_or_default();
        let media_type = if form == Form::Unknown || media::is_range(media_type) {
            "application/json"
        } else {
            media_type
        };
        return RequestBody {
            body: Body::Json(Input {
                as_json: true,
                schema,
                ..input
            }),
            media_type: Some(media_type.to_owned()),
            ..RequestBody::default()
        };
    }
    let at = schema.map(|at| reader.place(at)).or(Some(input.at));
    let media_type = Some(media_type.to_owned()).filter(|media_type| !media::is_range(media_type));
    if matches!(form, Form::Text | Form::Xml | Form::Json) {
        let schema = Schema {
            at,
            ty: SchemaType::Text,
            ..Schema::default()
        };
        return RequestBody {
            body: Body::Text(Input { schema, ..input }),
            media_type,
            ..RequestBody::default()
        };
    }
    let schema = Schema {
        at,
        ty: SchemaType::Bytes,
        ..Schema::default()
    };
    RequestBody {
        body: Body::File(Input { schema, ..input }),
        media_type,
        ..RequestBody::default()
    }
}

/// Whether the values of a schema are texts or bytes, which need no JSON.
pub(super) fn is_text_or_bytes<'d>(reader: &mut Reader<'_, 'd>, at: At<'d>) -> bool {
    let schema = reader.schema(at);
    matches!(
        reader.meaning(&schema),
        SchemaType::Text | SchemaType::Enum(_) | SchemaType::Bytes
    )
}

/// A body that is a form. One that is optional is left out when none of its fields is given; where it has none, what
/// says that there is a form is its `Content-Type`.
fn form<'d>(
    reader: &mut Reader<'_, 'd>,
    entry: At<'d>,
    required: bool,
    kind: FormKind,
) -> RequestBody {
    let mut fields = fields(reader, entry, kind);
    if kind == FormKind::UrlEncoded && fields.is_empty() && !required {
        return RequestBody {
            others: vec![Form::URL_ENCODED.to_owned()],
            ..RequestBody::default()
        };
    }
    let empty_form = if required {
        EmptyForm::Sent
    } else {
        EmptyForm::NoBody
    };
    if !required {
        for input in fields.iter_mut().filter_map(Parameter::input_mut) {
            input.required = false;
        }
    }
    let body = match kind {
        FormKind::Multipart => Body::Multipart(fields),
        FormKind::UrlEncoded | FormKind::Query => Body::UrlEncoded(fields),
    };
    RequestBody {
        body,
        empty_form,
        ..RequestBody::default()
    }
}

/// The members of the schema of a form as parameters.
pub(super) fn fields<'d>(
    reader: &mut Reader<'_, 'd>,
    entry: At<'d>,
    kind: FormKind,
) -> Vec<Parameter> {
    let Some(at) = entry.get("schema") else {
        return Vec::new();
    };
    let schema = reader.schema(at);
    let Some(record) = reader.record(&schema) else {
        reader.push(&rules::OPENAPI_FORM, at, "its fields are not known");
        return Vec::new();
    };
    if record.extra.is_some() && record.members.is_empty() {
        reader.push(&rules::OPENAPI_FORM, at, "its fields have no fixed names");
    }
    let encodings = entry.get("encoding");
    let Record { members, .. } = record;
    let mut fields = Vec::new();
    for member in members.into_iter().filter(|member| !member.read_only) {
        let encoding = encodings.and_then(|encodings| encodings.get(&member.name));
        let property = property(reader, at, &member.name, DEPTH);
        let is_list = matches!(member.schema.ty, SchemaType::List(_));
        let is_file =
            kind == FormKind::Multipart && property.is_some_and(|at| is_file(reader, at, is_list));
        let content_type = encoding.and_then(|encoding| encoding.string("contentType"));
        let docs = member.schema.docs.clone();
        let place = property.map_or_else(|| reader.place(at), |at| reader.place(at));
        let input = Input {
            at: place,
            name: member.name,
            required: member.required,
            docs,
            examples: property
                .and_then(|at| at.get("example"))
                .map(parameter::text_of)
                .into_iter()
                .collect(),
            deprecated: member.schema.deprecated,
            schema: member.schema,
            ..Input::default()
        };
        fields.push(field(reader, input, kind, is_file, content_type, encoding));
    }
    fields
}

/// How many `allOf` may stand in each other before a property is no longer looked for.
const DEPTH: usize = 16;

/// The schema of a property, also in what a schema is made of.
fn property<'d>(
    reader: &mut Reader<'_, 'd>,
    schema: At<'d>,
    name: &str,
    depth: usize,
) -> Option<At<'d>> {
    let depth = depth.checked_sub(1)?;
    let own = |at: At<'d>| {
        at.get("properties")
            .and_then(|properties| properties.get(name))
    };
    if let Some(found) = own(schema) {
        return Some(found);
    }
    let target = reader.follow(schema, false)?;
    if let Some(found) = own(target) {
        return Some(found);
    }
    let parts = ["allOf", "oneOf", "anyOf"];
    let parts = parts.iter().filter_map(|part| target.get(part));
    let parts: Vec<At<'d>> = parts.flat_map(At::elements).collect();
    parts
        .into_iter()
        .find_map(|part| property(reader, part, name, depth))
}

/// Whether a property is a file: binary, or with a media type that is no text; an array if its items are (rule 44).
fn is_file<'d>(reader: &mut Reader<'_, 'd>, property: At<'d>, is_list: bool) -> bool {
    let Some(at) = only(reader, property) else {
        return false;
    };
    if is_list {
        let items = at.get("items").and_then(|items| only(reader, items));
        return items.is_some_and(is_binary);
    }
    is_binary(at)
}

/// The schema itself, or the only one that it is made of beside null.
fn only<'d>(reader: &mut Reader<'_, 'd>, schema: At<'d>) -> Option<At<'d>> {
    let mut at = reader.follow(schema, false)?;
    for _ in 0..DEPTH {
        let lists = ["allOf", "oneOf", "anyOf"];
        let parts: Vec<At<'d>> = lists
            .iter()
            .filter_map(|name| at.get(name))
            .flat_map(At::elements)
            .filter(|part| part.string("type") != Some("null"))
            .collect();
        let [part] = parts[..] else {
            break;
        };
        at = reader.follow(part, false)?;
    }
    Some(at)
}

fn is_binary(at: At<'_>) -> bool {
    let media_type = at.string("contentMediaType");
    let is_text = media_type.is_some_and(|media_type| {
        matches!(media::form(media_type), Form::Text | Form::Json | Form::Xml)
    });
    at.string("format") == Some("binary")
        || at.string("type") == Some("file")
        || media_type.is_some() && at.get("contentEncoding").is_none() && !is_text
}

/// A member of a form as a parameter.
fn field(
    reader: &Reader<'_, '_>,
    mut input: Input,
    kind: FormKind,
    is_file: bool,
    content_type: Option<&str>,
    encoding: Option<At<'_>>,
) -> Parameter {
    let is_list = matches!(input.schema.ty, SchemaType::List(_));
    if is_file {
        let wire = if is_list { Wire::Files } else { Wire::File };
        return Parameter::Input(input, wire);
    }
    let style = encoding
        .filter(|_| kind != FormKind::Multipart)
        .and_then(encoded);
    if let Some(style) = style {
        if is_repeated(reader, &input.schema) && style.form == StyleForm::Form && style.explode {
            take_element(&mut input.schema);
            return Parameter::Input(input, Wire::Repeated);
        }
        let is_plain = parameter::is_scalar(reader, &input.schema) && !style.reserved;
        input.style = Some(style).filter(|_| !is_plain);
        return Parameter::Input(input, Wire::Single);
    }
    let is_json_part = content_type.is_some_and(|text| media::form(text) == Form::Json);
    if is_repeated(reader, &input.schema) && !is_json_part {
        take_element(&mut input.schema);
        return Parameter::Input(input, Wire::Repeated);
    }
    let is_single = parameter::is_scalar(reader, &input.schema);
    input.as_json = !is_single || is_json_part;
    let wire = match (kind, content_type) {
        (FormKind::Multipart, Some(text)) if !text.contains(',') && !media::is_range(text) => {
            Wire::Typed(text.to_owned())
        }
        _ => Wire::Single,
    };
    if input.as_json && wire == Wire::Single && kind != FormKind::Query {
        input.style = Some(Style {
            form: StyleForm::Field,
            ..Style::default()
        });
    }
    Parameter::Input(input, wire)
}

/// Whether a list is sent as one value for each element.
fn is_repeated(reader: &Reader<'_, '_>, schema: &Schema) -> bool {
    match &schema.ty {
        SchemaType::List(element) => parameter::is_scalar(reader, element),
        _ => false,
    }
}

fn take_element(schema: &mut Schema) {
    if let SchemaType::List(element) = std::mem::take(&mut schema.ty) {
        *schema = *element;
    }
}

/// The style of an encoding, where it has one (3.2, Encoding Object).
fn encoded(encoding: At<'_>) -> Option<Style> {
    let keywords = ["style", "explode", "allowReserved"];
    if !keywords
        .iter()
        .any(|keyword| encoding.get(keyword).is_some())
    {
        return None;
    }
    let named = encoding.string("style").and_then(StyleForm::named);
    let (form, delimiters) = named.unwrap_or((StyleForm::Form, Vec::new()));
    let explode = encoding.get("explode").map(|_| encoding.is_true("explode"));
    Some(Style {
        form,
        explode: explode.unwrap_or(form == StyleForm::Form && delimiters.is_empty()),
        reserved: encoding.is_true("allowReserved"),
        slashes: false,
        delimiters,
    })
}
