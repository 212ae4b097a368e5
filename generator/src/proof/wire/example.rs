//! The request that documentation shows: with the examples of a document, without its secrets.

use letterpress_client::source::{self, PathPiece, encode_query_value};

use super::own::{BOUNDARY, MULTIPART};
use super::{Line, Part};
use crate::api::{Body, GraphQl, Input, Operation, Parameter, PathPart, Sent, Wire};
use crate::document::encode;

/// The file that stands for any other.
const FILE: &str = "example.bin";

/// The request with the examples of its inputs, and without credentials. An input without one has its name as
/// value. What is optional is left out, unless the document sends it.
///
/// `base` is what the URL begins with; without one, the URL is a path.
#[must_use]
pub fn example(operation: &Operation, base: &str) -> Line {
    let mut line = Line {
        id: operation.position.clone(),
        name: operation.name.clone(),
        method: operation.method.clone(),
        url: format!("{base}{}{}", path(operation), query(operation)),
        headers: headers(operation),
        ..Line::default()
    };
    let media_type = match &operation.body {
        Body::Empty => None,
        Body::Text(input) => {
            line.body = Some(value(input));
            None
        }
        Body::Json(input) => {
            line.body = Some(laid_out(&value(input)));
            None
        }
        Body::GraphQl(request) => {
            line.body = Some(graphql(request));
            Some("application/json".to_owned())
        }
        Body::UrlEncoded(fields) => {
            let elements = fields.iter().flat_map(pairs);
            let elements = elements.map(|(name, value)| {
                let value = value.unwrap_or_default();
                format!("{}={}", encode::form(&name), encode::form(&value))
            });
            line.body = Some(elements.collect::<Vec<_>>().join("&"));
            Some("application/x-www-form-urlencoded".to_owned())
        }
        Body::Multipart(fields) => {
            line.multipart = Some(fields.iter().flat_map(parts).collect());
            Some(format!("{MULTIPART}; boundary={BOUNDARY}"))
        }
        Body::File(_) => {
            line.body = Some(stand_in());
            file_type()
        }
    };
    let media_type = operation.media_type.clone().or(media_type);
    line.headers
        .extend(media_type.map(|media_type| ("Content-Type".to_owned(), media_type)));
    line
}

/// JSON without the blanks that nobody sees: tabs, and those at the ends of lines.
fn laid_out(json: &str) -> String {
    let lines = json
        .lines()
        .map(|line| line.trim_end().replace('\t', "    "));
    lines.collect::<Vec<_>>().join("\n")
}

fn stand_in() -> String {
    format!("file:{FILE}")
}

/// The media type of that file, as a client says it.
fn file_type() -> Option<String> {
    let file = letterpress_client::File::bytes(FILE, "");
    file.content_type().map(str::to_owned)
}

/// Whether an example has the input.
fn is_shown(input: &Input) -> bool {
    input.required || !input.sent.is_empty()
}

/// The values of an input, one at least.
fn values(input: &Input) -> Vec<String> {
    let is_empty = |sent: &Sent| matches!(sent, Sent::Text(text) if text.0.is_empty());
    if !input.examples.is_empty() {
        input.examples.clone()
    } else if !input.sent.is_empty() && input.sent.iter().all(is_empty) {
        vec![String::new()]
    } else {
        vec![input.name.clone()]
    }
}

fn value(input: &Input) -> String {
    values(input).swap_remove(0)
}

/// The path, encoded as a client does it. For a value that no client sends, the name stands.
fn path(operation: &Operation) -> String {
    let texts = operation.path.iter().map(|part| match part {
        PathPart::Text(text) => text.clone(),
        PathPart::Input(input) => {
            let mut values = values(input).into_iter();
            let sendable = values.find(|text| !matches!(text.trim(), "" | "." | ".."));
            sendable.unwrap_or_else(|| input.name.clone())
        }
    });
    let texts: Vec<String> = texts.collect();
    let pieces = operation.path.iter().zip(&texts);
    let path = source::path(pieces.map(|(part, text)| match part {
        PathPart::Text(_) => PathPiece::Text(text),
        PathPart::Input(input) if input.twice => PathPiece::Twice(text),
        PathPart::Input(_) => PathPiece::Value(text),
    }));
    path.unwrap_or_else(|| operation.path_template())
}

fn query(operation: &Operation) -> String {
    let elements = operation
        .query
        .iter()
        .flat_map(|parameter| match parameter {
            Parameter::Fixed { value, .. } => vec![value.clone()],
            Parameter::Input(..) => pairs(parameter)
                .into_iter()
                .map(|(name, value)| {
                    let value = value.map(|value| format!("={}", encode_query_value(&value)));
                    encode::query_name(&name) + &value.unwrap_or_default()
                })
                .collect(),
        });
    let elements: Vec<String> = elements.collect();
    if elements.is_empty() {
        String::new()
    } else {
        format!("?{}", elements.join("&"))
    }
}

fn headers(operation: &Operation) -> Vec<(String, String)> {
    let fields = operation.headers.iter().flat_map(|field| match field {
        Parameter::Fixed { name, value } => vec![(name.clone(), value.clone())],
        Parameter::Input(..) => pairs(field)
            .into_iter()
            .map(|(name, value)| (name, value.unwrap_or_default()))
            .collect(),
    });
    fields.collect()
}

/// The names and values of a parameter: none for one that is left out, several for one that repeats.
fn pairs(parameter: &Parameter) -> Vec<(String, Option<String>)> {
    match parameter {
        Parameter::Input(input, wire) if is_shown(input) => {
            let name = || input.name.clone();
            match wire {
                Wire::Bare => vec![(name(), None)],
                Wire::Repeated => {
                    let values = values(input).into_iter();
                    values.map(|value| (name(), Some(value))).collect()
                }
                _ => vec![(name(), Some(value(input)))],
            }
        }
        Parameter::Fixed { name, value } => vec![(name.clone(), Some(value.clone()))],
        Parameter::Input(..) => Vec::new(),
    }
}

fn parts(field: &Parameter) -> Vec<Part> {
    let (media_type, is_file) = match field {
        Parameter::Input(_, Wire::Typed(media_type)) => (Some(media_type.clone()), false),
        Parameter::Input(_, Wire::File | Wire::Files) => (None, true),
        _ => (None, false),
    };
    let part = |(name, value): (String, Option<String>)| Part {
        name: Some(name),
        filename: is_file.then(|| FILE.to_owned()),
        content_type: if is_file {
            file_type()
        } else {
            media_type.clone()
        },
        text: if is_file { Some(stand_in()) } else { value },
        base64: None,
    };
    pairs(field).into_iter().map(part).collect()
}

fn graphql(request: &GraphQl) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    crate::api::graphql_text(
        Some(quoted(&request.query)),
        request.operation_name.as_deref().map(quoted),
        match &request.variables {
            Some(variables) => Some(value(variables)),
            None => request.null_variables.then(|| "null".to_owned()),
        },
    )
}
