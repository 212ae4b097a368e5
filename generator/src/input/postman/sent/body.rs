//! Bodies, and the Content-Type that goes with them (rules B1 to B8, H3).

use crate::api::{Hidden, Sent, SentBody, SentFile, SentPart};
use crate::document::encode;
use crate::document::json::Node;
use crate::input::postman::javascript::as_object;
use crate::input::postman::parameters::Pair;
use crate::input::postman::{Context, body, comments, files, text};

/// A body, and the Content-Type that is sent instead of what the header has.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) content: SentBody,
    pub(super) media_type: Option<String>,
}

/// What Postman makes of a body. `own` is the Content-Type that the header sets.
pub(super) fn read(context: &Context<'_>, request: &Node<'_>, own: Option<&str>) -> Typed {
    let Some(node) = request.get("body").filter(|node| !body::is_disabled(node)) else {
        return Typed::default();
    };
    match body::mode(node).as_str() {
        "" => Typed::default(),
        "urlencoded" => urlencoded(context, node, own),
        "formdata" => formdata(context, node, own),
        "file" => file(context, node, own),
        "graphql" => {
            let json = body::graphql_of(node);
            let json = json.map(|node| body::graphql_json(node, |text| context.scope.sent(text)));
            typed(json.unwrap_or_default(), own, "application/json")
        }
        _ => {
            let raw = body::raw_of(node).map(text::of_value).unwrap_or_default();
            let raw = context.scope.sent(&raw);
            let raw = if body::drops_comments(node, own) {
                comments::without(&raw)
            } else {
                raw
            };
            typed(raw, own, body::language(node))
        }
    }
}

/// A text, with a media type where the header sets none.
fn typed(text: String, own: Option<&str>, media_type: &str) -> Typed {
    if text.is_empty() {
        return Typed::default();
    }
    Typed {
        content: SentBody::Text(Hidden(text)),
        media_type: own.is_none().then(|| media_type.to_owned()),
    }
}

/// Fields of a form, in the order of an object of JavaScript: those of one name together, and whole numbers
/// first.
fn urlencoded(context: &Context<'_>, node: &Node<'_>, own: Option<&str>) -> Typed {
    const TYPE: &str = "application/x-www-form-urlencoded";
    let fields = enabled(body::fields(context, node, "urlencoded")).map(|entry| {
        let name = context.scope.sent(&entry.name);
        let value = context
            .scope
            .sent(entry.value.as_deref().unwrap_or_default());
        (name, value)
    });
    let fields = as_object(fields.collect()).into_iter();
    let elements: Vec<String> = fields
        .map(|(name, value)| format!("{}={}", encode::form(&name), encode::form(&value)))
        .collect();
    // Another type than that of a form is replaced.
    let own = own.filter(|own| own.starts_with(TYPE));
    typed(elements.join("&"), own, TYPE)
}

fn enabled(entries: Vec<Pair>) -> impl Iterator<Item = Pair> {
    entries.into_iter().filter(|entry| !entry.disabled)
}

/// Form data. A Content-Type is kept only with a boundary in it.
fn formdata(context: &Context<'_>, node: &Node<'_>, own: Option<&str>) -> Typed {
    let fields = enabled(body::fields(context, node, "formdata"));
    let parts: Vec<SentPart> = fields.flat_map(|entry| parts(context, &entry)).collect();
    if parts.is_empty() {
        return Typed::default();
    }
    let is_kept = own.is_some_and(|own| {
        let own = own.to_ascii_lowercase();
        own.starts_with("multipart/form-data") && own.contains("boundary=")
    });
    Typed {
        content: SentBody::Parts(parts),
        media_type: (!is_kept).then(|| "multipart/form-data".to_owned()),
    }
}

/// The parts of a field: one, or one for each of its files.
fn parts(context: &Context<'_>, entry: &Pair) -> Vec<SentPart> {
    let part = |content| SentPart {
        name: Hidden(context.scope.sent(&entry.name)),
        media_type: entry.media_type.clone(),
        content,
    };
    let Some(files) = &entry.files else {
        let value = entry.value.as_deref().unwrap_or_default();
        // What JavaScript takes for false is no text.
        let value = if entry.literal && matches!(value, "0" | "false") {
            ""
        } else {
            value
        };
        return vec![part(Sent::text(context.scope.sent(value)))];
    };
    let files = files.iter().cloned();
    files
        .map(|file| part(Sent::File(files::settled(context, file))))
        .collect()
}

/// The content of a file. Its media type is that of its name; content that the document holds has none.
fn file(context: &Context<'_>, node: &Node<'_>, own: Option<&str>) -> Typed {
    let file = files::settled(context, files::of_body(node.get("file").unwrap_or(node)));
    if file == SentFile::default() {
        return Typed::default();
    }
    let guessed = Some(&file).filter(|_| own.is_none());
    Typed {
        media_type: guessed.and_then(SentFile::content_type),
        content: SentBody::File(file),
    }
}
