//! Replies (3.2, Responses Object, Response Object; 2.0, `produces`; rules 47 to 55).

use std::sync::Arc;

use super::Reader;
use super::document::{At, scalar_text};
use super::media::{self, Form};
use super::version::Version;
use crate::api::{Content, Response, ResponseHeader, Schema, Statuses};
use crate::document::report::rules;

/// The documented replies of an operation.
pub(super) fn read_all<'d>(reader: &mut Reader<'_, 'd>, operation: At<'d>) -> Vec<Response> {
    let Some(responses) = operation.get("responses") else {
        return Vec::new();
    };
    let responses = reader.references.map(responses);
    let mut read: Vec<Response> = Vec::new();
    for (key, at) in responses.members() {
        if key.starts_with("x-") {
            continue;
        }
        let Some(statuses) = statuses(key) else {
            reader.push(&rules::STATUS, at, format!("`{key}` is no status"));
            continue;
        };
        // What is only interim is no reply.
        if matches!(statuses, Statuses::One(100..200)) {
            continue;
        }
        let Some(at) = reader.follow(at, false) else {
            continue;
        };
        read.push(response(reader, operation, at, statuses));
    }
    read
}

/// The statuses that a key names: `200`, `2XX`, `default`, and what people write instead (rule 47, section 15).
fn statuses(key: &str) -> Option<Statuses> {
    let key = key.trim();
    if key.eq_ignore_ascii_case("default") {
        return Some(Statuses::Rest);
    }
    let head = key.get(..3)?;
    if key[3..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let hundred = head.strip_suffix(['x', 'X']);
    let hundred = hundred.and_then(|head| head.strip_suffix(['x', 'X', '0']));
    let digits = hundred.map_or_else(|| head.to_owned(), |digit| format!("{digit}00"));
    let status: u16 = digits.parse().ok()?;
    let statuses = match hundred {
        Some(_) => Statuses::Hundred(status),
        None => Statuses::One(status),
    };
    (100..600).contains(&status).then_some(statuses)
}

fn response<'d>(
    reader: &mut Reader<'_, 'd>,
    operation: At<'d>,
    at: At<'d>,
    statuses: Statuses,
) -> Response {
    let docs = at.text("description").unwrap_or_default();
    let docs = if docs.trim().is_empty() {
        at.text("summary").unwrap_or_default()
    } else {
        docs
    };
    let body = if reader.version == Version::V2 {
        of_2(reader, operation, at)
    } else {
        of_3(reader, at)
    };
    Response {
        at: reader.place(at),
        statuses,
        by_code: false,
        docs: docs.into_owned(),
        codes: Vec::new(),
        body: body.example,
        media_type: body.media_type,
        content: Some(body.content),
        schema: body.schema.map(Arc::new),
        headers: headers(reader, at),
    }
}

/// What a reply holds.
#[derive(Default)]
struct ReplyBody {
    media_type: Option<String>,
    content: Content,
    schema: Option<Schema>,
    example: Option<String>,
}

/// 2.0: `schema`, without which there is no body; the media types are those of `produces`.
fn of_2<'d>(reader: &mut Reader<'_, 'd>, operation: At<'d>, at: At<'d>) -> ReplyBody {
    let Some(schema) = at.get("schema") else {
        return ReplyBody::default();
    };
    let root = reader.root();
    let produces = operation.get("produces").or_else(|| root.get("produces"));
    let types = produces.map(At::strings).unwrap_or_default();
    let media_type = types.iter().min_by_key(|media_type| rank(media_type));
    let media_type = media_type.copied().unwrap_or("application/json");
    let media_type = if media::is_range(media_type) {
        "application/json"
    } else {
        media_type
    };
    if schema.string("type") == Some("file") {
        return ReplyBody {
            media_type: Some(media_type.to_owned()),
            content: Content::Bytes,
            ..ReplyBody::default()
        };
    }
    let example = at
        .get("examples")
        .and_then(|examples| examples.get(media_type));
    typed(reader, media_type, Some(schema), example)
}

/// 3.x: `content`, of which the media type that is liked best counts.
fn of_3<'d>(reader: &mut Reader<'_, 'd>, at: At<'d>) -> ReplyBody {
    let Some(content) = at.get("content") else {
        return ReplyBody::default();
    };
    let content = reader.follow(content, false).unwrap_or(content);
    let mut entries: Vec<(&'d str, At<'d>)> = content.members().collect();
    entries.sort_by_key(|(media_type, _)| rank(media_type));
    let Some((media_type, entry)) = entries.first().copied() else {
        return ReplyBody::default();
    };
    for (other, at) in entries.iter().skip(1) {
        if media::form(other) != Form::Json || media::form(media_type) != Form::Json {
            let label = format!("`{other}`: the client reads `{media_type}`");
            reader.push(&rules::OPENAPI_MEDIA_TYPE, *at, label);
        }
    }
    let entry = reader.follow(entry, false).unwrap_or(entry);
    let example = example(reader, entry);
    let mut body = typed(reader, media_type, entry.get("schema"), example);
    if let Some(schema) = &mut body.schema {
        let others = entries.iter().skip(1);
        let others = others.filter(|(media_type, _)| media::form(media_type) == Form::Json);
        let others: Vec<At<'d>> = others.map(|(_, at)| *at).collect();
        any_of(reader, schema, &others);
    }
    body
}

/// Makes a schema that of what is JSON of any media type: the client asks for none in particular.
fn any_of<'d>(reader: &mut Reader<'_, 'd>, schema: &mut Schema, others: &[At<'d>]) {
    let mut all = vec![schema.clone()];
    for at in others {
        let entry = reader.follow(*at, false).unwrap_or(*at);
        let other = entry.get("schema").map(|at| reader.schema(at));
        all.extend(other.filter(|other| all.iter().all(|known| known.ty != other.ty)));
    }
    if all.len() > 1 {
        schema.ty = reader.schemas.any_of(all);
    }
}

fn example<'d>(reader: &mut Reader<'_, 'd>, entry: At<'d>) -> Option<At<'d>> {
    let own = entry.get("example");
    own.or_else(|| {
        let (_, first) = entry.get("examples")?.members().next()?;
        let first = reader.follow(first, false)?;
        first.get("value").or_else(|| first.get("dataValue"))
    })
}

/// How much a media type is liked: JSON first, then streams, text, XML, bytes.
fn rank(media_type: &str) -> u8 {
    match media::form(media_type) {
        Form::Json if media::essence(media_type) == "application/json" => 0,
        Form::Json => 1,
        Form::Unknown => 2,
        Form::Stream => 3,
        Form::Text => 4,
        Form::Xml => 5,
        Form::UrlEncoded | Form::Multipart | Form::Bytes => 6,
    }
}

/// What a reply of a media type holds.
fn typed<'d>(
    reader: &mut Reader<'_, 'd>,
    media_type: &str,
    schema: Option<At<'d>>,
    example: Option<At<'d>>,
) -> ReplyBody {
    let form = media::form(media_type);
    let content = match form {
        Form::Json | Form::Unknown if schema.is_some() => Content::Json,
        // Without a schema JSON may be anything.
        Form::Json => Content::Json,
        Form::Text | Form::Xml => Content::Text,
        Form::Stream => Content::Raw,
        Form::Unknown | Form::Multipart | Form::UrlEncoded | Form::Bytes => Content::Bytes,
    };
    if form == Form::Stream {
        if let Some(at) = schema {
            let label = format!("`{media_type}` is left as the reply that it is");
            reader.push(&rules::OPENAPI_STREAM, at, label);
        }
    }
    let is_json = content == Content::Json;
    let text = |at: At<'d>| {
        if is_json {
            Some(at.node.to_string())
        } else {
            scalar_text(at.node).map(std::borrow::Cow::into_owned)
        }
    };
    ReplyBody {
        media_type: Some(media_type.to_owned()),
        content,
        schema: is_json.then(|| schema.map(|at| reader.schema(at)).unwrap_or_default()),
        example: example.and_then(text),
    }
}

/// The header fields of a reply (rule 55).
fn headers<'d>(reader: &mut Reader<'_, 'd>, at: At<'d>) -> Vec<ResponseHeader> {
    let mut headers = Vec::new();
    let Some(map) = at.get("headers") else {
        return headers;
    };
    let map = reader.references.map(map);
    for (name, at) in map.members() {
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let Some(header) = reader.follow(at, false) else {
            continue;
        };
        let schema = match header.get("schema") {
            Some(schema) => reader.schema(schema),
            None if header.get("type").is_some() => reader.schema(header),
            None => Schema::default(),
        };
        headers.push(ResponseHeader {
            at: reader.place(header),
            name: name.to_owned(),
            docs: header.text("description").unwrap_or_default().into_owned(),
            required: header.is_true("required"),
            schema,
        });
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_statuses() {
        let check = |key: &str, expected: Option<Statuses>| {
            assert_eq!(statuses(key), expected, "{key}");
        };
        check("200", Some(Statuses::One(200)));
        check("2XX", Some(Statuses::Hundred(200)));
        check("4xx", Some(Statuses::Hundred(400)));
        check("20X", Some(Statuses::Hundred(200)));
        check("200 OK", Some(Statuses::One(200)));
        check("Default", Some(Statuses::Rest));
        check("0", None);
        check("2000", None);
        check("999", None);
        check("ok", None);
    }
}
