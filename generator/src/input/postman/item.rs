//! Folders and requests.

use std::collections::BTreeSet;

use super::auth::Authorization;
use super::behavior::Behavior;
use super::{Context, auth, body, headers, response, sent, text, url, uses, variables};
use crate::api::{Auth, AuthFrom, EmptyForm, Folder, Owner, Refused, Token, same_field};
use crate::document::json::Node;
use crate::document::report::rules;
use crate::document::secret;
use crate::input::postman::shape::draft::{Api, Body, Operation, Parameter};

/// How many requests there are in an item, a list of items, or a collection.
pub(super) fn count(node: &Node<'_>) -> usize {
    match (node.get("item"), node.get("request")) {
        (Some(items), _) if items.is_truthy() => list(items).iter().map(count).sum(),
        (_, Some(_)) => 1,
        _ => node.elements().iter().map(count).sum(),
    }
}

/// What a request inherits from the folders around it.
#[derive(Clone, Default)]
struct Inherited {
    folder: Option<usize>,
    /// Where the folder stands, as [`Operation::position`] has it, and a `/`; nothing at the root.
    position: String,
    auth: Authorization,
    /// The type of the `auth` block in effect.
    scheme: String,
    behavior: Behavior,
}

/// A list of items. Postman takes a single one without its list too.
pub(super) fn list<'a, 'n>(node: &'a Node<'n>) -> &'a [Node<'n>] {
    if node.is_object() {
        std::slice::from_ref(node)
    } else {
        node.elements()
    }
}

/// Reads the items of a collection, depth first.
pub(super) fn read_all(context: &mut Context<'_>, root: &Node<'_>, items: &[Node<'_>]) -> Api {
    let mut api = Api::default();
    // A bare item is its own root: what it says is read when the item is.
    let around = if root.get("request").is_some() {
        Inherited::default()
    } else {
        Inherited::default().nearest(context, root, AuthFrom::Collection)
    };
    read_items(context, &mut api, items, &around);
    api
}

fn read_items(context: &mut Context<'_>, api: &mut Api, items: &[Node<'_>], around: &Inherited) {
    for (index, item) in items.iter().enumerate() {
        let position = format!("{}{index}", around.position);
        // Rule F5: whatever has a list of items is a folder, even when the list is empty.
        match (item.get("item"), item.get("request")) {
            (Some(children), _) if children.is_truthy() => {
                read_folder(context, api, item, around, position);
            }
            (_, Some(request)) => {
                let mark = context.report.mark();
                let variables = uses::variables_used(&context.scope, item, request);
                let fixed = context.scope.fixed(item);
                let item = fixed.as_ref().unwrap_or(item);
                let request = item.get("request").unwrap_or(request);
                let operation = Operation {
                    position,
                    variables,
                    ..read_request(context, item, request, around)
                };
                let title = api.title(&operation);
                context.report.set_subject(mark, &title);
                match context.refusal.take() {
                    None => api.operations.push(operation),
                    Some(reason) => api.refused.push(Refused {
                        position: operation.position,
                        name: operation.name,
                        folder: operation.folder,
                        reason,
                    }),
                }
            }
            _ => {
                let place = context.place(item);
                context.report.push(&rules::ITEM_SHAPE, place, item.kind());
            }
        }
    }
}

fn read_folder(
    context: &mut Context<'_>,
    api: &mut Api,
    item: &Node<'_>,
    around: &Inherited,
    position: String,
) {
    let own = variables::list(item.get("variable"), context.source, Owner::Folder);
    if !own.is_empty() {
        let place = context.place(item.get("variable").unwrap_or(item));
        context
            .report
            .push(&rules::FOLDER_VARIABLES, place, "these variables");
    }
    api.folders.push(Folder {
        at: context.place(item),
        parent: around.folder,
        name: text::name(item),
        docs: text::description(item),
    });
    let folder = Some(api.folders.len() - 1);
    let inside = Inherited {
        folder,
        position: position + "/",
        ..around.nearest(context, item, AuthFrom::Folder(api.folders.len() - 1))
    };
    api.variables.extend(own.iter().cloned());
    context.scope.enter(own);
    read_items(
        context,
        api,
        item.get("item").map(list).unwrap_or_default(),
        &inside,
    );
    context.scope.leave();
}

impl Inherited {
    /// With what a folder or a request says itself (rule A1).
    fn nearest(&self, context: &Context<'_>, node: &Node<'_>, from: AuthFrom) -> Self {
        let scheme = node.get("auth").and_then(|auth| auth.text_of("type"));
        let scheme = scheme.filter(|scheme| !matches!(*scheme, "" | "type"));
        Self {
            folder: self.folder,
            position: self.position.clone(),
            auth: auth::read(context, node.get("auth"), from).unwrap_or_else(|| self.auth.clone()),
            scheme: scheme.unwrap_or(&self.scheme).to_owned(),
            behavior: self.behavior.nearest(node),
        }
    }
}

fn read_request(
    context: &mut Context<'_>,
    item: &Node<'_>,
    request: &Node<'_>,
    around: &Inherited,
) -> Operation {
    let own = around.nearest(context, item, AuthFrom::Request).nearest(
        context,
        request,
        AuthFrom::Request,
    );
    let method = method(context, request);
    let url = url::read(context, request);
    let headers = headers::read(context, request, &own.auth.scheme);
    let sent = sent::read(context, request, &method, own.behavior, &own.scheme);
    let mut body = body::read(
        context,
        request,
        &method,
        own.behavior,
        headers.media_type.as_deref(),
    );
    body::learn(context, item, &mut body.body);
    let docs = Some(text::description(request)).filter(|docs| !docs.is_empty());
    let docs = docs.unwrap_or_else(|| text::description(item));
    let user = || sent.user.as_ref().map(auth::of_user);
    let auth = auth::in_effect(own.auth, headers.auth.or_else(user));
    // What OAuth 1 adds to a form is sent where the form has no field of its own.
    let adds_to_form = matches!(&auth.scheme, Auth::OAuth1(how) if !how.in_header);
    let is_form = request
        .get("body")
        .is_some_and(|node| body::mode(node) == "urlencoded");
    let is_empty_form = adds_to_form && is_form && body.body == Body::Empty;
    if is_empty_form {
        body.body = Body::UrlEncoded(Vec::new());
    }
    if let Some((place, label)) = auth.unsupported {
        context.report.push(&rules::UNSUPPORTED_AUTH, place, label);
    }
    let mut operation = Operation {
        at: context.place(item),
        id: id(item),
        position: String::new(),
        folder: around.folder,
        name: text::name(item),
        summary: String::new(),
        rename: None,
        docs,
        deprecated: false,
        method,
        base: url.base,
        path: url.path,
        query: url.query,
        headers: headers.fields,
        cookies: Vec::new(),
        media_type: body.media_type,
        body: body.body,
        empty_form: if is_empty_form {
            EmptyForm::Sent
        } else {
            EmptyForm::NoBody
        },
        auth: auth.scheme,
        security: Vec::new(),
        auth_from: auth.from,
        credentials: auth.credentials,
        sent_base: url.sent_base,
        sent,
        responses: response::read_all(context, item),
        scopes: Vec::new(),
        rate_limit: None,
        pages: None,
        variables: BTreeSet::new(),
    };
    drop_signed(&mut operation);
    forget_secrets(context, &mut operation);
    operation
}

/// The id of an item: exports give one or more of these names.
fn id(item: &Node<'_>) -> Option<String> {
    let names = ["id", "_postman_id", "uid"];
    let known = names.iter().filter_map(|name| item.text_of(name));
    known.map(str::to_owned).next()
}

/// The method: GET if there is none, upper case (rule F6); any token, nothing else.
fn method(context: &mut Context<'_>, request: &Node<'_>) -> String {
    let Some(node) = request.get("method") else {
        return "GET".to_owned();
    };
    // The names of variables are in upper case then, too.
    let written = node.as_str().unwrap_or_default().to_ascii_uppercase();
    let method = context.scope.constant(&written).to_ascii_uppercase();
    if method.is_empty() {
        return "GET".to_owned();
    }
    if http::Method::from_bytes(method.as_bytes()).is_err() {
        let place = context.place(node);
        context.refuse(&rules::METHOD, place, "not a token");
    }
    method
}

/// The header field and the query element of a key or a token are the client's to send (rule A3).
fn drop_signed(operation: &mut Operation) {
    let name_of = |parameter: &Parameter| match parameter {
        Parameter::Fixed { name, value } if name.is_empty() => {
            value.split('=').next().unwrap_or_default().to_owned()
        }
        Parameter::Fixed { name, .. } => name.clone(),
        Parameter::Input(input, _) => input.name.clone(),
    };
    match &operation.auth {
        Auth::ApiKeyHeader(key) => operation
            .headers
            .retain(|field| !same_field(&name_of(field), key)),
        Auth::ApiKeyQuery(key)
        | Auth::Token(Token::Query(key))
        | Auth::Jwt {
            token: Token::Query(key),
            ..
        } => operation.query.retain(|element| name_of(element) != *key),
        _ => {}
    }
}

/// Drops every example that may be a secret, and says so.
fn forget_secrets(context: &mut Context<'_>, operation: &mut Operation) {
    for input in operation.inputs_mut() {
        let is_secret = |example: &String| secret::is_secret(&input.name, example);
        if input.examples.iter().any(is_secret) {
            input.examples.clear();
            let label = format!("`{}`", input.name);
            context.report.push(&rules::QUOTED_SECRET, input.at, label);
        }
        for example in input
            .examples
            .iter_mut()
            .filter(|text| text.starts_with(['{', '[']))
        {
            let clean = secret::redact_json(example);
            if clean != *example {
                *example = clean;
                let label = format!("in `{}`", input.name);
                context.report.push(&rules::QUOTED_SECRET, input.at, label);
            }
        }
    }
}
