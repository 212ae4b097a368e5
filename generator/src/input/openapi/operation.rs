//! Paths and operations (3.2, Paths Object, Path Item Object, Operation Object).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::address::{self, Address};
use super::body::{Bodies, OtherBody};
use super::document::At;
use super::version::Version;
use super::{Reader, body, parameter, path, reply, security};
use crate::api::{
    Api, AuthFrom, Folder, Hidden, OTHER_BODY, Operation, Parameter, PathPart, Refused, SchemaType,
    SentRequest, StyleForm,
};
use crate::document::encode;
use crate::document::report::rules;

/// The methods that are members of a path item.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// What stands around the operations of a path.
struct Around<'d> {
    /// The key of the path.
    key: &'d str,
    address: Address,
    /// The list of parameters that all operations of the path have.
    parameters: Option<At<'d>>,
    /// Its description, where the path has one.
    docs: String,
}

/// An operation as the document has it.
struct Found<'d> {
    method: String,
    at: At<'d>,
}

/// Reads all operations.
pub(super) fn read_all(reader: &mut Reader<'_, '_>, api: &mut Api) {
    let root = reader.root();
    let address = address::of_root(reader, root);
    let mut tags = Tags::read(reader, root);
    let Some(paths) = root.get("paths") else {
        return;
    };
    let paths = reader.references.map(paths);
    for (key, at) in paths.members() {
        if key.starts_with("x-") {
            continue;
        }
        for item in items(reader, key, at) {
            read_item(reader, api, &mut tags, key, item, &address);
        }
    }
}

/// The path items that a key stands for: its own fields, and what it refers to. Own fields come first, so they
/// win over those of the target (rule 19).
fn items<'d>(reader: &mut Reader<'_, 'd>, key: &str, at: At<'d>) -> Vec<At<'d>> {
    let Some(_) = at.string("$ref") else {
        return vec![at];
    };
    let mark = reader.context.report.mark();
    let target = reader.follow(at, true);
    reader.context.report.set_subject(mark, key);
    let is_alone = at.node.members().len() == 1;
    let own = (!is_alone).then_some(at);
    own.into_iter().chain(target).collect()
}

fn read_item<'d>(
    reader: &mut Reader<'_, 'd>,
    api: &mut Api,
    tags: &mut Tags,
    key: &'d str,
    item: At<'d>,
    address: &Address,
) {
    let around = Around {
        key,
        address: address::nearest(reader, item, address),
        parameters: item.get("parameters"),
        docs: item.text("description").unwrap_or_default().into_owned(),
    };
    for found in operations(reader, item) {
        let id = format!("{} {key}", found.method);
        if api.operations.iter().any(|known| known.position == id) {
            continue;
        }
        if found.at.is_true("x-internal") {
            reader.push(&rules::OPENAPI_INTERNAL, found.at, id);
            continue;
        }
        let mark = reader.context.report.mark();
        reader.context.refusal = None;
        let folder = tags.folder(reader, api, &found, key);
        let (operation, others) = read(reader, &around, &found, folder);
        let title = operation.id.clone().unwrap_or(id);
        reader.context.report.set_subject(mark, &title);
        match reader.context.refusal.take() {
            None => {
                let others = others.into_iter().map(|other| with_body(&operation, other));
                let others: Vec<Operation> = others.collect();
                api.operations.push(operation);
                api.operations.extend(others);
            }
            Some(reason) => api.refused.push(Refused {
                position: operation.position,
                name: title,
                folder,
                reason,
            }),
        }
    }
}

/// The operations of a path item, in document order.
fn operations<'d>(reader: &mut Reader<'_, 'd>, item: At<'d>) -> Vec<Found<'d>> {
    let mut found = Vec::new();
    for (name, at) in item.members() {
        let method = name.to_ascii_lowercase();
        if METHODS.contains(&method.as_str()) && at.node.is_object() {
            let at = reader.follow(at, true);
            found.extend(at.map(|at| Found {
                method: method.to_ascii_uppercase(),
                at,
            }));
        } else if name == "additionalOperations" {
            let more = at.members().filter_map(|(name, at)| {
                Some(Found {
                    method: name.to_owned(),
                    at: reader.follow(at, true)?,
                })
            });
            found.extend(more);
        }
    }
    found
}

fn read<'d>(
    reader: &mut Reader<'_, 'd>,
    around: &Around<'d>,
    found: &Found<'d>,
    folder: Option<usize>,
) -> (Operation, Vec<OtherBody>) {
    let at = found.at;
    check_method(reader, found);
    let address = operation_address(reader, at, around);
    let template = path::template(around.key);
    let parameters = parameter::all(reader, around.parameters, at.get("parameters"));
    let mut sorted = parameter::sort(reader, parameters);
    let path = path_parts(reader, at, &address, &template, &mut sorted.path);
    let Bodies { first, others } = body::read(reader, at, &found.method, &mut sorted);
    sorted
        .headers
        .extend(body::choice(&first, reader.place(at)));
    let mut query: Vec<Parameter> = template.query.map(fixed_query).unwrap_or_default();
    query.extend(sorted.query);
    let security = security::read(reader, at);
    let scopes = security.scopes.clone();
    let operation = Operation {
        at: reader.place(at),
        id: id(at),
        position: format!("{} {}", found.method, around.key),
        folder,
        name: String::new(),
        summary: at.text("summary").unwrap_or_default().trim().to_owned(),
        rename: None,
        docs: docs(at, around),
        deprecated: at.is_true("deprecated"),
        method: found.method.clone(),
        base: address.base,
        path,
        query,
        headers: sorted.headers,
        cookies: sorted.cookies,
        media_type: first.media_type,
        body: first.body,
        empty_form: first.empty_form,
        auth: security.auth(),
        security: security.alternatives(&reader.schemes),
        auth_from: AuthFrom::Request,
        credentials: Vec::new(),
        sent_base: Hidden::default(),
        sent: SentRequest::default(),
        responses: reply::read_all(reader, at),
        scopes,
        rate_limit: None,
        pages: None,
        variables: BTreeSet::new(),
    };
    (operation, others)
}

/// The operation with another body. It is told from the first by its media type, and named by the form of that.
fn with_body(operation: &Operation, other: OtherBody) -> Operation {
    let Operation { id, position, .. } = operation;
    let id = id.as_ref().unwrap_or(position);
    let is_choice = |parameter: &Parameter| {
        let input = parameter.input();
        input.is_some_and(|input| input.name == body::CHOICE)
    };
    let mut headers = operation.headers.clone();
    headers.retain(|parameter| !is_choice(parameter));
    headers.extend(body::choice(&other.body, operation.at));
    Operation {
        id: Some(format!("{id}{}{}", OTHER_BODY, other.word)),
        position: format!("{position} {}", other.key),
        media_type: other.body.media_type,
        body: other.body.body,
        empty_form: other.body.empty_form,
        headers,
        ..operation.clone()
    }
}

/// The `operationId`, without which an operation is known by its method and path.
fn id(at: At<'_>) -> Option<String> {
    let id = at.text("operationId")?;
    Some(id.trim().to_owned()).filter(|id| !id.is_empty())
}

/// The description: its own, else that of its path; and where there is more to read.
fn docs(at: At<'_>, around: &Around<'_>) -> String {
    let own = at.text("description").unwrap_or_default();
    let mut docs = if own.trim().is_empty() {
        around.docs.clone()
    } else {
        own.into_owned()
    };
    if let Some(more) = at.get("externalDocs") {
        let url = more.text("url").unwrap_or_default();
        let text = more.text("description").unwrap_or_default();
        let text = text.trim().trim_end_matches('.');
        let text = if text.is_empty() { "More" } else { text };
        if url.starts_with("http") {
            // Writing to a string cannot fail.
            let _ = write!(docs, "\n\n[{text}]({url})");
        }
    }
    docs
}

/// Methods of `additionalOperations` are sent as they are written; they have to be tokens.
fn check_method(reader: &mut Reader<'_, '_>, found: &Found<'_>) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if found.method.is_empty() || !found.method.chars().all(is_token) {
        let label = format!("`{}`", found.method);
        reader.push(&rules::METHOD, found.at, label);
    }
}

/// The servers of an operation; of 2.0, other schemes.
fn operation_address(reader: &mut Reader<'_, '_>, at: At<'_>, around: &Around<'_>) -> Address {
    let mut address = address::nearest(reader, at, &around.address);
    if reader.version == Version::V2 {
        let schemes = at.get("schemes").map(At::strings).unwrap_or_default();
        address.use_schemes(&schemes);
    }
    address
}

/// The path: text, and the parameters that it names. What is left of the parameters afterwards has no place.
fn path_parts(
    reader: &mut Reader<'_, '_>,
    at: At<'_>,
    address: &Address,
    template: &path::Template<'_>,
    parameters: &mut Vec<crate::api::Input>,
) -> Vec<PathPart> {
    let mut parts: Vec<PathPart> = Vec::new();
    let push_text = |parts: &mut Vec<PathPart>, text: &str| match parts.last_mut() {
        Some(PathPart::Text(last)) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push(PathPart::Text(text.to_owned())),
    };
    push_text(&mut parts, &address.prefix);
    let begins_with_slash =
        matches!(template.pieces.first(), Some(path::Piece::Text(text)) if text.starts_with('/'));
    if !begins_with_slash && !template.pieces.is_empty() {
        push_text(&mut parts, "/");
    }
    for piece in &template.pieces {
        match piece {
            path::Piece::Text(text) => push_text(&mut parts, &path::encoded(text)),
            path::Piece::Parameter { name, slashes } => {
                let mut input = parameter::take(reader, at, parameters, name);
                // A router's star says that slashes belong to a text; that of RFC 6570 says that a list is exploded,
                // which the style says too.
                let is_text = matches!(input.schema.ty, SchemaType::Text | SchemaType::Enum(_));
                if *slashes && is_text {
                    let style = input.style.get_or_insert_default();
                    style.slashes = true;
                    if style.form == StyleForm::Text {
                        style.form = StyleForm::Simple;
                    }
                }
                parts.push(PathPart::Input(input));
            }
        }
    }
    let used = |name: &str| {
        parts
            .iter()
            .filter_map(PathPart::input)
            .any(|input| input.name == name)
    };
    for left in parameters.drain(..).filter(|left| !used(&left.name)) {
        let label = format!("`{}` is not in the path", left.name);
        reader
            .context
            .report
            .push(&rules::OPENAPI_PATH_PARAMETER, left.at, label);
    }
    parts
}

/// The elements of a query that stands in the key of a path.
fn fixed_query(query: &str) -> Vec<Parameter> {
    let elements = query.split('&').filter(|element| !element.is_empty());
    elements
        .map(|element| Parameter::Fixed {
            name: String::new(),
            value: encode::query(element),
        })
        .collect()
}

/// The folders of operations: their first tags, else the first segments of their paths (rule 75).
struct Tags {
    /// What is said of each tag.
    declared: BTreeMap<String, (crate::document::report::Place, String)>,
    folders: BTreeMap<String, usize>,
}

impl Tags {
    fn read<'d>(reader: &mut Reader<'_, 'd>, root: At<'d>) -> Self {
        let mut declared = BTreeMap::new();
        for tag in root.get("tags").into_iter().flat_map(At::elements) {
            let Some(tag) = reader.follow(tag, false) else {
                continue;
            };
            if let Some(name) = tag.text("name") {
                let docs = tag.text("description").unwrap_or_default();
                let docs = if docs.trim().is_empty() {
                    tag.text("summary").unwrap_or_default()
                } else {
                    docs
                };
                declared.insert(name.into_owned(), (reader.place(tag), docs.into_owned()));
            }
        }
        Self {
            declared,
            folders: BTreeMap::new(),
        }
    }

    fn folder(
        &mut self,
        reader: &Reader<'_, '_>,
        api: &mut Api,
        found: &Found<'_>,
        key: &str,
    ) -> Option<usize> {
        let tags = found.at.get("tags");
        let first = tags.and_then(|tags| tags.strings().first().copied().map(str::to_owned));
        let first = first.filter(|tag| !tag.trim().is_empty());
        let name = first.or_else(|| segment(key))?;
        if let Some(folder) = self.folders.get(&name) {
            return Some(*folder);
        }
        let (at, docs) = match self.declared.get(&name) {
            Some((at, docs)) => (*at, docs.clone()),
            None => (reader.place(tags.unwrap_or(found.at)), String::new()),
        };
        api.folders.push(Folder {
            at,
            parent: None,
            name: name.clone(),
            docs,
        });
        self.folders.insert(name, api.folders.len() - 1);
        Some(api.folders.len() - 1)
    }
}

/// The first segment of a path that is a word and no version.
fn segment(key: &str) -> Option<String> {
    let path = key.split(['?', '#']).next().unwrap_or_default();
    let is_version = |segment: &str| {
        let digits = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let mut segments = path.split('/').filter(|segment| {
        !segment.is_empty()
            && !segment.contains('{')
            && !is_version(segment)
            && !segment.eq_ignore_ascii_case("api")
    });
    segments.next().map(str::to_owned)
}
