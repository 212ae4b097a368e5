//! Bodies (rule W1).

use crate::document::json::{Node, Value};
use crate::input::postman::synthetic::{list, null, object, set, text, yes};

/// The modes under their names of v2.
const MODES: &[(&str, &str)] = &[
    ("binary", "file"),
    ("graphql", "graphql"),
    ("params", "formdata"),
    ("raw", "raw"),
    ("urlencoded", "urlencoded"),
];

/// The `body` of a request; `None` where it has none.
pub(super) fn read<'r>(request: &Node<'r>) -> Option<Node<'r>> {
    let mode = mode(request)?;
    let raw = raw_text(request);
    let data = request.get("data");
    let span = request.get("dataMode").unwrap_or(request).span;
    let content = match mode {
        "raw" => raw.or(data.filter(|data| data.as_str().is_some())).cloned(),
        "graphql" => request.get("graphqlModeData").cloned(),
        "file" => Some(object(span, [("src", raw.cloned())])),
        _ => Some(fields(form(request)?)),
    };
    let disabled = request.get("dataDisabled").filter(|node| node.is_truthy());
    let own = [
        ("mode", Some(text(span, mode))),
        ("options", request.get("dataOptions").map(options)),
        ("disabled", disabled.map(|node| yes(node.span))),
    ];
    let span = content.as_ref().map_or(span, |content| content.span);
    let mut body = object(span, own);
    set(&mut body, [(mode, content)]);
    Some(body)
}

/// The mode: the one that is set, else what the data suggest. Set to null, there is no body.
fn mode(request: &Node<'_>) -> Option<&'static str> {
    let set = request.get("dataMode");
    if set.is_some_and(Node::is_null) {
        return None;
    }
    let set = set.and_then(Node::as_str);
    if let Some((_, mode)) = MODES.iter().find(|(old, _)| Some(*old) == set) {
        return Some(mode);
    }
    let full = |name| request.get(name).filter(|node| !is_empty(node));
    let (data, raw, graphql) = (full("data"), full("rawModeData"), full("graphqlModeData"));
    data.or(raw).or(graphql)?;
    match raw_text(request) {
        None if form(request).is_some() => Some("formdata"),
        None if graphql.is_some() => Some("graphql"),
        _ => Some("raw"),
    }
}

/// The raw text, which may stand alone in a list.
fn raw_text<'a, 'n>(request: &'a Node<'n>) -> Option<&'a Node<'n>> {
    let raw = request.get("rawModeData")?;
    let raw = match raw.elements() {
        [only] => only,
        _ => raw,
    };
    raw.as_str()
        .is_some_and(|text| !text.is_empty())
        .then_some(raw)
}

/// The list of fields.
fn form<'a, 'n>(request: &'a Node<'n>) -> Option<&'a Node<'n>> {
    let data = request.get("data").filter(|data| data.is_truthy());
    let data = data.or_else(|| request.get("rawModeData"))?;
    matches!(data.value, Value::Array(_)).then_some(data)
}

/// The fields of a form: one without a key is none; the value of a file is its path.
fn fields<'r>(form: &Node<'r>) -> Node<'r> {
    let named = |field: &&Node<'_>| field.get("key").is_some_and(|key| !key.is_null());
    let fields = form.elements().iter().filter(named).map(|field| {
        let is_file = field.text_of("type") == Some("file");
        let has_path = field.get("src").is_some_and(Node::is_truthy);
        let path = field.get("value").filter(|_| is_file && !has_path);
        let none = path.map(|path| null(path.span));
        let mut entry = entry(field);
        set(&mut entry, [("src", path.cloned()), ("value", none)]);
        entry
    });
    list(form.span, fields.collect())
}

/// An entry of a list, which v1 enables where v2 disables.
pub(super) fn entry<'r>(node: &Node<'r>) -> Node<'r> {
    let disabled = node
        .get("enabled")
        .filter(|enabled| enabled.value == Value::Bool(false));
    let mut entry = node.clone();
    set(
        &mut entry,
        [("disabled", disabled.map(|node| yes(node.span)))],
    );
    entry
}

/// The options by mode, under the names of v2.
fn options<'r>(options: &Node<'r>) -> Node<'r> {
    let modes = MODES
        .iter()
        .map(|(old, new)| (*new, options.get(old).cloned()));
    object(options.span, modes)
}

/// Whether a value holds nothing: only texts, lists and objects hold something.
fn is_empty(node: &Node<'_>) -> bool {
    match &node.value {
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => true,
    }
}
