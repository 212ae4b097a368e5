//! Which variables a request holds, and what becomes of each.

use std::collections::BTreeSet;

use super::variables::Scope;
use super::{item, parts, url};
use crate::api::{Role, Treatment, Use};
use crate::document::json::{Node, Value};
use crate::input::postman::template::{self, Piece};

/// The variables of a request, and those that their values hold.
pub(super) fn variables_used(scope: &Scope, item: &Node<'_>, request: &Node<'_>) -> BTreeSet<Use> {
    let mut found = Found {
        scope,
        uses: BTreeSet::new(),
    };
    if let Some(written) = url::node(request) {
        found.url(written);
    }
    for node in [item, request] {
        found.strings(node.get("auth"), Role::Credential);
    }
    found.strings(request.get("method"), Role::Constant);
    found.headers(request.get("header"));
    if let Some(body) = request.get("body") {
        found.body(body);
    }
    found.uses
}

struct Found<'s> {
    scope: &'s Scope,
    uses: BTreeSet<Use>,
}

impl Found<'_> {
    fn url(&mut self, node: &Node<'_>) {
        let parts = parts::split(&url::full_text(node).text);
        self.text(&parts.scheme, Role::Setting);
        self.text(&parts.authority, Role::Setting);
        self.text(&parts.path, Role::Input);
        self.text(&parts.query.unwrap_or_default(), Role::Example);
        for list in ["query", "variable"] {
            self.strings(node.get(list), Role::Example);
        }
    }

    /// The name of a field and its media type are part of the client, its value is an input.
    fn headers(&mut self, list: Option<&Node<'_>>) {
        for entry in list.map(item::list).unwrap_or_default() {
            let name = entry.text_of("key").unwrap_or_default();
            self.text(name, Role::Constant);
            let role = if name.eq_ignore_ascii_case("content-type") {
                Role::Constant
            } else {
                Role::Example
            };
            self.strings(entry.get("value"), role);
        }
        if list.is_some_and(|list| list.as_str().is_some()) {
            self.strings(list, Role::Example);
        }
    }

    /// The query of a `GraphQL` request is part of the client.
    fn body(&mut self, body: &Node<'_>) {
        for member in body.members() {
            let (name, node) = (member.name.as_ref(), &member.node);
            match name {
                "graphql" => {
                    self.strings(node.get("query"), Role::Constant);
                    self.strings(node.get("operationName"), Role::Constant);
                    self.strings(node.get("variables"), Role::Example);
                }
                "mode" | "options" => {}
                _ => self.strings(Some(node), Role::Example),
            }
        }
        self.text(body.as_str().unwrap_or_default(), Role::Example);
    }

    /// Every text of a node but its descriptions.
    fn strings(&mut self, node: Option<&Node<'_>>, role: Role) {
        match node.map(|node| &node.value) {
            Some(Value::String(text)) => self.text(text, role),
            Some(Value::Array(elements)) => elements
                .iter()
                .for_each(|element| self.strings(Some(element), role)),
            Some(Value::Object(members)) => members
                .iter()
                .filter(|member| member.name != "description")
                .for_each(|member| {
                    self.text(&member.name, role);
                    self.strings(Some(&member.node), role);
                }),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, role: Role) {
        if !template::has_variable(text) {
            return;
        }
        for piece in template::split(text) {
            if let Piece::Variable(name) = piece {
                self.variable(name, role);
            }
        }
    }

    /// A variable, and those in its value, which become what it does.
    fn variable(&mut self, name: String, role: Role) {
        let treatment = self.scope.treatment(&name);
        let is_fixed = self.scope.constant_of(&name).is_some();
        let role = match role {
            _ if treatment == Some(Treatment::Constant) && is_fixed => Role::Constant,
            Role::Constant if !is_fixed => Role::Input,
            Role::Example if treatment == Some(Treatment::Input) => Role::Input,
            role => role,
        };
        let value = self
            .scope
            .get(&name)
            .map(|variable| variable.value.0.clone());
        let is_dynamic = value.is_none() && name.starts_with('$');
        if !is_dynamic && self.uses.insert(Use { name, role }) {
            self.text(&value.unwrap_or_default(), role);
        }
    }
}
