//! URLs: their forms, their parts, and which parts are inputs (rules U1 to U5, Q1 to Q4).

use super::parameters::{self, Pair};
use super::parts::{Masked, Parts, elements, split};
use super::{Context, text};
use crate::api::{Base, Hidden, Sent};
use crate::document::encode;
use crate::document::json::{Node, Value};
use crate::document::report::Place;
use crate::document::report::rules;
use crate::document::secret;
use crate::input::postman::shape::draft::{Input, Parameter, PathPart};
use crate::input::postman::template::{self, Piece};

/// What a URL says.
#[derive(Default)]
pub(super) struct Url {
    pub(super) base: Base,
    pub(super) path: Vec<PathPart>,
    pub(super) query: Vec<Parameter>,
    /// What the base is in the document.
    pub(super) sent_base: Hidden,
}

/// Reads the URL of a request. Reports and gives an empty one where Postman refuses it.
pub(super) fn read(context: &mut Context<'_>, request: &Node<'_>) -> Url {
    let Some(node) = node(request) else {
        let place = context.place(request);
        context.refuse(&rules::NO_URL, place, "no `url` in here");
        return Url::default();
    };
    let place = context.place(node);
    let written = full_text(node);
    let parts = split(&written.text);
    if parts.authority.is_empty() {
        context.refuse(&rules::NO_URL, place, "a URL without a host");
        return Url::default();
    }
    if parts.has_password() {
        context
            .report
            .push(&rules::QUOTED_SECRET, place, "the password in the URL");
    }
    let written_base = written_base(&parts);
    let sent_base = Hidden(absolute(&context.scope.sent(&written_base)));
    let Some(base) = base(context, place, &written_base) else {
        return Url::default();
    };
    let query = parts.query.or_else(|| {
        let is_whole = parts.path.is_empty();
        query_of_value(&context.scope.resolve(&written_base)).filter(|_| is_whole)
    });
    let entries = entries(context, node, query.as_deref(), parts.has_fragment);
    let entries = parameters::without_disabled_repeats(entries);
    let segments = written.segments(&parts.path);
    let mut path = path(context, node, place, &segments);
    let mut query = parameters::query(context, entries);
    let inputs = path.iter_mut().filter_map(PathPart::input_mut);
    let inputs = inputs.chain(query.iter_mut().filter_map(Parameter::input_mut));
    inputs.for_each(decode);
    Url {
        base,
        path,
        query,
        sent_base,
    }
}

/// What stands encoded in a URL is sent as it is (rule E3): the value is what it stands for.
fn decode(input: &mut Input) {
    for example in &mut input.examples {
        *example = encode::decoded(example);
    }
    for sent in &mut input.sent {
        match sent {
            Sent::Text(Hidden(text)) => *text = encode::decoded(text),
            Sent::Named(Hidden(name), Hidden(value)) => {
                *name = encode::decoded(name);
                *value = encode::decoded(value);
            }
            Sent::Bare | Sent::File(_) => {}
        }
    }
}

/// The URL of a request. A request that is a string is the GET of that URL (rule F6).
pub(super) fn node<'a, 'n>(request: &'a Node<'n>) -> Option<&'a Node<'n>> {
    if request.as_str().is_some() {
        Some(request)
    } else {
        request.get("url")
    }
}

/// Whether a URL is a text, or an object that has more than `raw`, which Postman does not read (rule U1).
pub(super) fn has_parts(node: &Node<'_>) -> bool {
    let part = |name: &&str| node.get(name).is_some_and(Node::is_truthy);
    node.as_str().is_some() || ["host", "path", "query"].iter().any(part)
}

/// A URL as one text. Path variables that are elements of a list are one character each, so that what their names
/// contain (`:id(\\d+)`, `:id?`) cannot be taken for structure.
pub(super) struct Written {
    pub(super) text: String,
    variables: Vec<String>,
}

/// The first of the characters that stand for path variables: a plane for private use, other than that of variables.
const PATH_VARIABLE: u32 = 0x000F_0000;

impl Written {
    fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            variables: Vec::new(),
        }
    }

    /// The segments of the path of this URL.
    pub(super) fn segments(&self, path: &str) -> Vec<String> {
        let masked = Masked::new(path);
        let segments = masked.text.split('/').map(|segment| {
            let segment = masked.unmask(segment);
            self.variable(&segment).map_or(segment, str::to_owned)
        });
        segments.collect()
    }

    fn variable(&self, segment: &str) -> Option<&str> {
        let mark = u32::from(segment.chars().next()?).checked_sub(PATH_VARIABLE)?;
        let variable = self.variables.get(usize::try_from(mark).ok()?)?;
        (segment.chars().count() == 1).then_some(variable)
    }

    /// The elements of a path.
    fn push_elements(&mut self, elements: &[Node<'_>]) {
        for element in elements {
            self.text.push('/');
            let element = text::of_value(element.get("value").unwrap_or(element));
            let index = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
            let mark = char::from_u32(PATH_VARIABLE.saturating_add(index));
            match mark.filter(|_| path_variable(&element).is_some()) {
                Some(mark) => {
                    self.text.push(mark);
                    self.variables.push(element);
                }
                None => self.text.push_str(&element),
            }
        }
    }
}

/// The URL as one text, without what the object lists in `query`. An object counts by its parts; only
/// one that has nothing but `raw` is read from that. The text may hold a password.
pub(super) fn full_text(node: &Node<'_>) -> Written {
    if let Some(text) = node.as_str() {
        return Written::text(text);
    }
    if !has_parts(node) {
        return Written::text(node.text_of("raw").unwrap_or_default());
    }
    let part = |name: &str| node.get(name).filter(|part| part.is_truthy());
    let (host, path) = (part("host"), part("path"));
    let mut text = String::new();
    if let Some(protocol) = part("protocol").map(text::of_value) {
        text.push_str(protocol.trim_end_matches("://"));
        text.push_str("://");
    }
    let user = |name| part("auth").and_then(|auth| auth.text_of(name));
    text.push_str(user("user").unwrap_or_default());
    if let Some(password) = user("password") {
        text.extend([":", password]);
    }
    if user("user").or(user("password")).is_some() {
        text.push('@');
    }
    text.push_str(&host.map(host_text).unwrap_or_default());
    if let Some(port) = part("port").map(text::of_value) {
        text.push(':');
        text.push_str(&port);
    }
    let mut written = Written::text(text);
    match path.map(|path| (path, &path.value)) {
        Some((_, Value::Array(elements))) => written.push_elements(elements),
        Some((path, _)) => {
            let path = text::of_value(path);
            let path = path.strip_prefix('/').unwrap_or(&path);
            written.text.extend(["/", path]);
        }
        None => {}
    }
    written
}

/// The host: a text, or a list of them (rule U2).
fn host_text(node: &Node<'_>) -> String {
    match &node.value {
        Value::Array(elements) => {
            let texts = elements.iter().map(text::of_value);
            texts.collect::<Vec<_>>().join(".")
        }
        _ => text::of_value(node),
    }
}

/// Scheme, host and port as they are written.
fn written_base(parts: &Parts) -> String {
    let scheme = if parts.scheme.is_empty() {
        String::new()
    } else {
        format!("{}://", parts.scheme)
    };
    format!("{scheme}{}", parts.authority)
}

/// Scheme, host and port: a setting of the client. `None` where no HTTP request can come of it.
fn base(context: &mut Context<'_>, place: Place, written: &str) -> Option<Base> {
    let value = context.scope.resolve(written);
    let is_set = !template::has_variable(&value);
    let url = if is_set {
        absolute(&value)
    } else {
        String::new()
    };
    if url
        .split_once("://")
        .is_some_and(|(scheme, _)| !matches!(scheme, "http" | "https"))
    {
        context.refuse(&rules::PROTOCOL, place, format!("`{url}`"));
        return None;
    }
    // A host such as `<account>.example.com` is for the user to fill in.
    let default = if is_url(&url) { url } else { String::new() };
    let name = match template::sole_variable(written) {
        Some(variable) => variable,
        None if template::has_variable(written) => written.replace("{{", "{").replace("}}", "}"),
        None if default.is_empty() => written.to_owned(),
        None => default.clone(),
    };
    Some(Base { name, default })
}

/// The value of a base as a URL: with a scheme, without what may not stand in front of a path.
fn absolute(value: &str) -> String {
    let value = value
        .trim()
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .replace('\\', "/");
    match value.split_once("://") {
        _ if value.is_empty() || value.starts_with('/') => String::new(),
        Some((scheme, rest)) => format!("{}://{}", scheme.to_ascii_lowercase(), without_user(rest)),
        None => format!("http://{}", without_user(&value)),
    }
}

/// The query of a variable that is a whole URL: it is put into the text, which is then taken apart (rule V7).
fn query_of_value(value: &str) -> Option<String> {
    let value = value.split('#').next().unwrap_or_default();
    let (_, query) = value.split_once('?')?;
    Some(query.to_owned())
}

/// A user and a password in a URL are credentials: they never reach the client.
fn without_user(rest: &str) -> &str {
    let slash = rest.find('/').unwrap_or(rest.len());
    rest[..slash].rfind('@').map_or(rest, |at| &rest[at + 1..])
}

fn is_url(url: &str) -> bool {
    http::Uri::try_from(url).is_ok_and(|uri| uri.authority().is_some())
}

/// The path: its texts encoded, its `:name` and `{{name}}` as inputs (rules U4, V8).
fn path(
    context: &mut Context<'_>,
    url: &Node<'_>,
    place: Place,
    segments: &[String],
) -> Vec<PathPart> {
    let entries = url.get("variable").map(Node::elements).unwrap_or_default();
    let mut parts = Vec::new();
    let mut used = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        if index > 0 {
            push_text(&mut parts, "/");
        }
        let mut rest = segment.as_str();
        if let Some(name) = path_variable(segment) {
            let input = path_input(context, url, place, name);
            used.push(name.to_owned());
            parts.push(PathPart::Input(input));
            rest = &segment[name.len() + 1..];
        }
        for piece in template::split(rest) {
            match piece {
                Piece::Text(text) if secret::redact(&text) != text => {
                    let label = "a part of the path, which is an input now";
                    context.report.push(&rules::QUOTED_SECRET, place, label);
                    let sent = vec![Sent::text(text)];
                    let input = variable_input(context, place, "secret");
                    parts.push(PathPart::Input(Input { sent, ..input }));
                }
                Piece::Text(text) => push_text(&mut parts, &encode::path(&text)),
                Piece::Variable(name) => {
                    parts.push(PathPart::Input(variable_input(context, place, &name)));
                }
            }
        }
    }
    for entry in entries {
        let name = entry_name(entry).unwrap_or_default();
        if !used.iter().any(|used| used == name) {
            let place = context.place(entry);
            context.report.push(
                &rules::MISPLACED_VARIABLE,
                place,
                format!("no segment `:{name}`"),
            );
        }
    }
    parts
}

fn push_text(parts: &mut Vec<PathPart>, text: &str) {
    match parts.last_mut() {
        Some(PathPart::Text(last)) => last.push_str(text),
        _ => parts.push(PathPart::Text(text.to_owned())),
    }
}

/// The name in a segment that begins with `:`: up to the first `.`; the suffix stays.
pub(super) fn path_variable(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix(':')?;
    let name = name.split('.').next()?;
    (!name.is_empty() && !name.contains("{{")).then_some(name)
}

/// `key`, else `id`.
fn entry_name<'n>(entry: &'n Node<'_>) -> Option<&'n str> {
    entry.text_of("key").or_else(|| entry.text_of("id"))
}

/// The entry of a path variable: the last one of its name.
pub(super) fn path_entry<'a, 'n>(url: &'a Node<'n>, name: &str) -> Option<&'a Node<'n>> {
    let entries = url.get("variable").map(Node::elements).unwrap_or_default();
    let mut entries = entries.iter().rev();
    entries.find(|entry| entry_name(entry) == Some(name))
}

/// What is put in for a path variable. Postman leaves one as it stands that has no value; no server knows
/// what to do with that, so its name stands in, without what delimits.
pub(super) fn path_value(entry: Option<&Node<'_>>, name: &str) -> String {
    let value = entry.and_then(|entry| entry.get("value"));
    let value = value.filter(|value| !value.is_null()).map(text::of_value);
    let is_plain = |c: char| c.is_alphanumeric() || "-._~".contains(c);
    let stand_in = || {
        let name = name.chars().map(|c| if is_plain(c) { c } else { '-' });
        name.collect()
    };
    value
        .filter(|value| !value.is_empty())
        .unwrap_or_else(stand_in)
}

fn path_input(context: &mut Context<'_>, url: &Node<'_>, place: Place, name: &str) -> Input {
    let entry = path_entry(url, name);
    let shown = parameters::shown(context, entry.and_then(|entry| entry.get("value")));
    let value = path_value(entry, name);
    // What Express and its like write behind a name is a pattern.
    let plain = name.split(['(', '?', '*']).next().unwrap_or_default();
    Input {
        at: entry.map_or(place, |entry| context.place(entry)),
        name: if plain.is_empty() { name } else { plain }.to_owned(),
        required: true,
        docs: entry.map(text::description).unwrap_or_default(),
        sent: vec![Sent::text(context.scope.sent(&value))],
        ..shown
    }
}

fn variable_input(context: &mut Context<'_>, place: Place, name: &str) -> Input {
    let written = format!("{{{{{name}}}}}");
    let shown = parameters::shown_by_text(context, &written);
    let variable = context.scope.get(name);
    Input {
        at: place,
        name: name.to_owned(),
        required: true,
        docs: variable.map_or_else(String::new, |variable| variable.docs.clone()),
        sent: vec![Sent::text(context.scope.sent(&written))],
        ..shown
    }
}

/// All elements of the query: those of the text, and those of the object behind them. Behind a fragment there are none.
/// Postman joins the two with `?`, so that the first of the object is a part of the last of the text.
pub(super) fn entries(
    context: &Context<'_>,
    url: &Node<'_>,
    of_text: Option<&str>,
    has_fragment: bool,
) -> Vec<Pair> {
    let place = context.place(url);
    let mut entries = of_text.map_or_else(Vec::new, |query| query_pairs(query, place));
    if has_fragment {
        return entries;
    }
    let mut listed = query_of(url, context);
    let is_written = parts_hold_query(url);
    let first = listed.iter().position(|entry| !entry.disabled);
    if let (true, Some(last), Some(first)) = (is_written, entries.last(), first) {
        let (last, first) = (last.clone(), &mut listed[first]);
        match last.value {
            None => first.name = format!("{}?{}", last.name, first.name),
            Some(value) => {
                let own = first.value.take();
                let own = own.map_or_else(String::new, |own| format!("={own}"));
                first.value = Some(format!("{value}?{}{own}", first.name));
                first.name = last.name;
            }
        }
        entries.pop();
    }
    entries.extend(listed);
    entries
}

/// Whether the path of a URL object has a query in it.
fn parts_hold_query(url: &Node<'_>) -> bool {
    url.as_str().is_none() && url.get("path").is_some()
}

/// The elements of a query text.
pub(super) fn query_pairs(query: &str, place: Place) -> Vec<Pair> {
    let elements = elements(query).into_iter();
    elements
        .map(|(name, value)| Pair::new(name, value, place.span))
        .collect()
}

/// The `query` of a URL object: a list, a text or a map (rule U2).
pub(super) fn query_of(url: &Node<'_>, context: &Context<'_>) -> Vec<Pair> {
    match url.get("query") {
        Some(query) => match query.as_str() {
            Some(text) if !text.is_empty() => query_pairs(text, context.place(query)),
            _ => parameters::pairs(Some(query)),
        },
        None => Vec::new(),
    }
}
