//! Variables and what they stand for (rules V1 to V5).

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::text;
use crate::api::{Hidden, Owner, Treatment, Variable};
use crate::document::json::{Member, Node, Value};
use crate::document::report::rules;
use crate::document::report::{Place, Report};
use crate::input::postman::template::{self, Piece};

/// How often Postman substitutes before it gives up; so values may hold variables, and cycles end.
const MAX_PASSES: usize = 19;

/// By how many bytes values may make a text longer: values that hold one another several times would otherwise
/// fill the memory.
const MAX_GROWTH: usize = 1 << 20;

/// By how many bytes all values of a collection may make its texts longer. A value of [`FREE`] bytes at most does not count
/// where a text has it for the first time: so only texts that repeat themselves, and long values, ever come near it.
const BUDGET: usize = 4 << 20;

/// The length of a value up to which its first use in a text is free, in bytes.
const FREE: usize = 4096;

/// How many bytes all values of a collection may write, free or not. Real collections write less than 1 MiB.
const TOTAL: usize = 64 << 20;

/// What is known of variables besides a collection.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// Those of environments, which come before those of the collection.
    pub environment: Vec<Variable>,
    /// Those of the workspace, which come last.
    pub globals: Vec<Variable>,
    /// What the user says of them.
    pub treatments: BTreeMap<String, Treatment>,
}

/// The variables that are in force at a place.
#[derive(Debug, Default)]
pub struct Scope {
    environment: List,
    collection: List,
    globals: List,
    treatments: BTreeMap<String, Treatment>,
    /// Those of each folder down to the place.
    folders: Vec<List>,
    budget: Budget,
}

/// Variables that are found by their names.
#[derive(Debug, Default)]
struct List {
    all: Vec<Variable>,
    /// The last variable of a name is the one that counts (V5).
    by_name: BTreeMap<String, usize>,
}

impl List {
    fn new(mut all: Vec<Variable>) -> Self {
        // Asked at each use, so it is found once.
        for variable in &mut all {
            variable.secret = variable.is_secret();
        }
        let names = all.iter().enumerate();
        let by_name = names
            .map(|(index, variable)| (variable.name.clone(), index))
            .collect();
        Self { all, by_name }
    }

    fn get(&self, name: &str) -> Option<&Variable> {
        Some(&self.all[*self.by_name.get(name)?])
    }
}

/// What is spent of [`BUDGET`] and of [`TOTAL`].
#[derive(Debug, Default)]
struct Budget {
    spent: Cell<usize>,
    written: Cell<usize>,
    /// The first variable that asked for more than there was.
    refused: RefCell<Option<String>>,
}

impl Budget {
    /// Whether a value may be put in.
    fn allows(&self, name: &str, value: &str, is_first: bool) -> bool {
        let is_free = is_first && value.len() <= FREE;
        let cost = if is_free { 0 } else { value.len() };
        let spent = self.spent.get().saturating_add(cost);
        let written = self.written.get().saturating_add(value.len());
        if spent > BUDGET || written > TOTAL {
            let mut refused = self.refused.borrow_mut();
            refused.get_or_insert_with(|| name.to_owned());
            return false;
        }
        self.spent.set(spent);
        self.written.set(written);
        true
    }
}

/// The enabled variables of a list `{key | id, value, disabled | enabled}`, or of a map.
pub(super) fn list(node: Option<&Node<'_>>, source: usize, of: Owner) -> Vec<Variable> {
    let Some(node) = node else { return Vec::new() };
    let elements = node.elements().iter();
    let listed = elements
        .filter(|entry| is_enabled(entry))
        .filter_map(|entry| {
            let name = entry.text_of("key").or_else(|| entry.text_of("id"))?;
            Some(variable(name, entry, entry.get("value"), source, of))
        });
    let members = node.members().iter();
    let mapped = members.map(|member| {
        let entry = &member.node;
        let value = entry.get("value").or(Some(entry));
        variable(&member.name, entry, value, source, of)
    });
    listed.chain(mapped).collect()
}

fn variable(
    name: &str,
    entry: &Node<'_>,
    value: Option<&Node<'_>>,
    source: usize,
    of: Owner,
) -> Variable {
    Variable {
        at: Place {
            source,
            span: entry.span,
        },
        name: name.to_owned(),
        value: Hidden(value.map(text::of_variable).unwrap_or_default()),
        secret: entry.text_of("type") == Some("secret")
            || entry.get("secret").is_some_and(Node::is_true),
        docs: text::description(entry),
        of,
    }
}

/// Rule V5: variables of collections are disabled, those of environments not enabled.
fn is_enabled(entry: &Node<'_>) -> bool {
    let is_off = entry.get("enabled").map(|enabled| &enabled.value) == Some(&Value::Bool(false));
    !is_off && !entry.get("disabled").is_some_and(Node::is_true)
}

impl Scope {
    /// The variables of a collection among those that are known.
    #[must_use]
    pub fn new(known: Known, collection: Vec<Variable>) -> Self {
        Self {
            environment: List::new(known.environment),
            collection: List::new(collection),
            globals: List::new(known.globals),
            treatments: known.treatments,
            folders: Vec::new(),
            budget: Budget::default(),
        }
    }

    /// Enters a folder.
    pub(super) fn enter(&mut self, variables: Vec<Variable>) {
        self.folders.push(List::new(variables));
    }

    /// Leaves the folder that was entered last.
    pub(super) fn leave(&mut self) {
        self.folders.pop();
    }

    /// The variable of that name: environment, folders from the inside out, collection, globals (V4).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Variable> {
        let own = self.environment.get(name);
        let mut folders = self.folders.iter().rev();
        own.or_else(|| folders.find_map(|folder| folder.get(name)))
            .or_else(|| self.collection.get(name))
            .or_else(|| self.globals.get(name))
    }

    /// The text with each variable replaced that has a value (V2): an example. What has none stays as it is, and
    /// so does what is a secret: it is for whoever runs the client to supply.
    #[must_use]
    pub fn resolve(&self, text: &str) -> String {
        self.settled(text, |name| {
            self.get(name).filter(|variable| !variable.secret)
        })
    }

    /// The text with secrets too, for what is known to be none: the name of a header field.
    pub(super) fn resolve_name(&self, text: &str) -> String {
        self.settled(text, |name| self.get(name))
    }

    /// The text with those variables replaced whose value may be part of the client.
    pub(super) fn constant(&self, text: &str) -> String {
        self.settled(text, |name| self.constant_of(name))
    }

    /// The variable of that name, where its value is constant: the user says so; or a collection gives it, and no
    /// environment gives another. What an environment gives is a choice, and so are secrets. What a folder gives,
    /// Postman does not use (V4).
    pub(super) fn constant_of(&self, name: &str) -> Option<&Variable> {
        let variable = match self.treatment(name) {
            Some(Treatment::Constant) => self.get(name),
            Some(Treatment::Input) => None,
            None if self.environment.get(name).is_some() => None,
            None => self.collection.get(name),
        };
        variable.filter(|variable| !variable.secret)
    }

    /// What the user says of the variable of that name.
    pub(super) fn treatment(&self, name: &str) -> Option<Treatment> {
        self.treatments.get(name).copied()
    }

    /// The text as Postman sends it: with secrets, without what folders set, which its runtime does not use
    /// (V4), and dynamic variables as their own names, as their values are made up.
    pub(super) fn sent(&self, text: &str) -> String {
        let lists = [&self.environment, &self.collection, &self.globals];
        let value = |name: &str| {
            let found = lists.iter().find_map(|list| list.get(name));
            found.map(|variable| variable.value.0.clone())
        };
        self.settle(text, |name| {
            value(name).or_else(|| is_dynamic(name).then(|| name.to_owned()))
        })
    }

    /// What the user calls constant, put in wherever it stands in a node, names included (V6), as if the document
    /// said its value; and the values of variables that stand in the names of others. `None` where there is nothing to
    /// put in.
    pub(super) fn fixed<'n>(&self, node: &Node<'n>) -> Option<Node<'n>> {
        let mut treatments = self.treatments.values();
        let has_constants = treatments.any(|treatment| *treatment == Treatment::Constant);
        if !has_constants && !has_nested(node) {
            return None;
        }
        let mut node = node.clone();
        self.fix(&mut node);
        Some(node)
    }

    fn fix(&self, node: &mut Node<'_>) {
        match &mut node.value {
            Value::String(text) => {
                if let Some(fixed) = self.fixed_text(text) {
                    *text = fixed.into();
                }
            }
            Value::Array(elements) => elements.iter_mut().for_each(|node| self.fix(node)),
            Value::Object(members) => members.iter_mut().for_each(|Member { name, node }| {
                if let Some(fixed) = self.fixed_text(name) {
                    *name = fixed.into();
                }
                self.fix(node);
            }),
            _ => {}
        }
    }

    fn fixed_text(&self, text: &str) -> Option<String> {
        let constant = |name: &str| {
            let is_constant = self.treatment(name) == Some(Treatment::Constant);
            self.constant_of(name).filter(|_| is_constant)
        };
        if !template::has_variable(text) {
            return None;
        }
        let text = self.settled(text, constant);
        let named = template::split(&text).into_iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Variable(name) => format!("{{{{{}}}}}", self.constant(&name)),
        });
        Some(named.collect())
    }

    /// Says which variables of the collection stand for themselves, directly or through others.
    pub(super) fn note_cycles(&self, report: &mut Report) {
        let endless = self.endless();
        for variable in &self.collection.all {
            if endless.contains(variable.name.as_str()) {
                let label = format!("`{}`", variable.name);
                report.push(&rules::VARIABLE_CYCLE, variable.at, label);
            }
        }
    }

    /// The variables whose values never come to an end: those that are left when each is taken away that refers only to
    /// what has been taken away.
    fn endless(&self) -> BTreeSet<&str> {
        let lists = [&self.environment, &self.collection, &self.globals];
        let lists = lists.into_iter().chain(&self.folders);
        let names: BTreeSet<&str> = lists
            .flat_map(|list| list.by_name.keys())
            .map(String::as_str)
            .collect();
        // How many references of a variable are to what is still there, and who refers to it.
        let mut references: BTreeMap<&str, usize> = BTreeMap::new();
        let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in names {
            let value = self.get(name).map_or("", |variable| &variable.value.0);
            let inner = variables_in(value);
            let inner = inner.iter().filter_map(|inner| self.get(inner));
            let inner: Vec<&Variable> = inner.collect();
            references.insert(name, inner.len());
            for variable in inner {
                users.entry(&variable.name).or_default().push(name);
            }
        }
        let ended = references.iter().filter(|(_, count)| **count == 0);
        let mut ended: Vec<&str> = ended.map(|(name, _)| *name).collect();
        while let Some(name) = ended.pop() {
            references.remove(name);
            for user in users.remove(name).unwrap_or_default() {
                if let Some(count) = references.get_mut(user) {
                    *count -= 1;
                    if *count == 0 {
                        ended.push(user);
                    }
                }
            }
        }
        references.into_keys().collect()
    }

    /// Says that values were left out because they made the texts of the collection too long.
    pub(super) fn note_budget(&self, report: &mut Report, otherwise: Place) {
        if let Some(name) = self.budget.refused.borrow().as_deref() {
            let at = self.get(name).map_or(otherwise, |variable| variable.at);
            report.push(&rules::VARIABLE_BUDGET, at, format!("`{name}`"));
        }
    }

    /// The text with the values of the variables that are found.
    fn settled<'v>(&self, text: &str, find: impl Fn(&str) -> Option<&'v Variable>) -> String {
        self.settle(text, |name| {
            find(name).map(|variable| variable.value.0.clone())
        })
    }

    /// The text with its variables replaced until nothing changes (V2).
    fn settle(&self, text: &str, value: impl Fn(&str) -> Option<String>) -> String {
        if !text.contains("{{") {
            return text.to_owned();
        }
        let longest = text.len() + MAX_GROWTH;
        let mut text = text.to_owned();
        let mut used = BTreeSet::new();
        for _ in 0..MAX_PASSES {
            let mut next = String::with_capacity(text.len());
            for piece in template::split_innermost(&text) {
                match piece {
                    Piece::Text(text) => next.push_str(&text),
                    Piece::Variable(name) => {
                        let value = value(&name).filter(|value| {
                            let is_first = used.insert(name.clone());
                            next.len() < longest && self.budget.allows(&name, value, is_first)
                        });
                        match value {
                            Some(value) => next.push_str(&value),
                            None => next.extend(["{{", &name, "}}"]),
                        }
                    }
                }
            }
            let is_settled = next == text || next.len() > longest;
            text = next;
            if is_settled {
                break;
            }
        }
        text
    }
}

/// The names of the variables in a text, also of those in names of others.
fn variables_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for piece in template::split(text) {
        if let Piece::Variable(name) = piece {
            if name.contains("{{") {
                names.extend(variables_in(&name));
            }
            names.push(name);
        }
    }
    names
}

/// Whether a variable stands in the name of another one anywhere in a node.
fn has_nested(node: &Node<'_>) -> bool {
    match &node.value {
        Value::String(text) => template::is_nested(text),
        Value::Array(elements) => elements.iter().any(has_nested),
        Value::Object(members) => members
            .iter()
            .any(|member| template::is_nested(&member.name) || has_nested(&member.node)),
        _ => false,
    }
}

/// Whether a variable is one whose values Postman makes up (V9).
fn is_dynamic(name: &str) -> bool {
    matches!(name, "$guid" | "$timestamp" | "$isoTimestamp") || name.starts_with("$random")
}

#[cfg(test)]
mod tests;
