//! From an example to its shape.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::text::{self, dynamic, placeholder};
use super::{Member, Number, Object, Origin, Placeholder, Shape, Sights};
use crate::document::json::{self, Node, Value};
use crate::document::report::Place;
use crate::document::secret;
use crate::input::postman::template;

impl Shape {
    /// The shape of one example.
    #[must_use]
    pub fn from_json(node: &Node<'_>, origin: &Origin<'_>) -> Self {
        let mut shape = Self::default();
        Reader { origin }.add(&mut shape, node, "");
        shape
    }
}

/// What stays the same in a walk over an example.
struct Reader<'a> {
    origin: &'a Origin<'a>,
}

impl Reader<'_> {
    /// Adds a value to what is known of its place. The name is that of the nearest member around it.
    fn add(&self, shape: &mut Shape, node: &Node<'_>, name: &str) {
        let at = (self.origin.place)(node.span);
        match &node.value {
            Value::Null => shape.null.add(at, || "null".to_owned()),
            Value::Bool(value) => shape.boolean.add(at, || value.to_string()),
            Value::Number(text) => add_number(shape, at, text, name),
            Value::String(text) => self.add_text(shape, at, text, name),
            Value::Variable(text) => self.add_variable(shape, at, text, name),
            Value::Array(elements) => {
                let list = shape.list.get_or_insert_default();
                list.sights.add(at, || brackets("[", elements.len(), "]"));
                for element in elements {
                    self.add(&mut list.element, element, name);
                }
            }
            Value::Object(members) if is_mark(members) => {
                let text = shape.text.get_or_insert_default();
                let nothing = text.placeholders.entry(Placeholder::Nothing).or_default();
                nothing.add(at, || node.to_string());
            }
            Value::Object(members) => {
                let is_first = shape.object.is_none();
                let object = shape.object.get_or_insert_default();
                object.sights.add(at, || brackets("{", members.len(), "}"));
                self.add_members(object, is_first, members, name);
            }
        }
    }

    /// What lies in a secret is one.
    fn add_members(
        &self,
        object: &mut Object,
        is_first: bool,
        members: &[json::Member<'_>],
        around: &str,
    ) {
        let is_hidden = secret::is_secret_name(around);
        let names: BTreeSet<&str> = members.iter().map(|member| member.name.as_ref()).collect();
        if is_first {
            object.always = names.iter().map(|&name| name.to_owned()).collect();
        } else {
            object.always.retain(|name| names.contains(name.as_str()));
        }
        for json::Member { name, node } in members {
            let first = (self.origin.place)(node.span);
            if !object.members.contains_key(name.as_ref()) {
                let shape = Shape::default();
                object
                    .members
                    .insert(name.clone().into_owned(), Member { first, shape });
            }
            if let Some(member) = object.members.get_mut(name.as_ref()) {
                member.first = member.first.min(first);
                let name = if is_hidden { around } else { name };
                self.add(&mut member.shape, node, name);
            }
        }
    }

    fn add_text(&self, shape: &mut Shape, at: Place, written: &str, name: &str) {
        let has_variable = template::has_variable(written);
        let value = if has_variable {
            Cow::Owned((self.origin.resolve)(written))
        } else {
            Cow::Borrowed(written)
        };
        let text = shape.text.get_or_insert_default();
        let form = match template::sole_variable(&value).filter(|_| has_variable) {
            Some(variable) => text::form_of_dynamic(&variable),
            None => text::form(&value),
        };
        text.form = text.form.join(form);
        let sights = match placeholder(written) {
            Some(placeholder) => text.placeholders.entry(placeholder).or_default(),
            None => &mut text.sights,
        };
        sights.add(at, || text_sight(name, written, &value));
    }

    /// A variable without quotes. What it stands for is JSON, if the body is to be JSON.
    fn add_variable(&self, shape: &mut Shape, at: Place, written: &str, name: &str) {
        let dynamic = template::sole_variable(written).and_then(|name| dynamic(&name));
        let show = || written.to_owned();
        match dynamic {
            Some(Placeholder::Integer) => number_sights(shape, false).add(at, show),
            Some(Placeholder::Float) => number_sights(shape, true).add(at, show),
            Some(Placeholder::Boolean) => shape.boolean.add(at, show),
            _ => {
                let resolved = (self.origin.resolve)(written);
                match json::read_template(&resolved).ok() {
                    Some(node) if !matches!(node.value, Value::Variable(_)) => {
                        // What it stands for is not in the document: all of it is at the variable.
                        let place = |_| at;
                        let resolve = |text: &str| text.to_owned();
                        let origin = Origin {
                            place: &place,
                            resolve: &resolve,
                        };
                        let name = if names_a_secret(written) {
                            written
                        } else {
                            name
                        };
                        Reader { origin: &origin }.add(shape, &node, name);
                    }
                    _ => shape.bare.add(at, show),
                }
            }
        }
    }
}

fn number_sights(shape: &mut Shape, fraction: bool) -> &mut Sights {
    let number = shape.number.get_or_insert_default();
    number.fraction |= fraction;
    &mut number.sights
}

fn add_number(shape: &mut Shape, at: Place, text: &str, name: &str) {
    let number = shape.number.get_or_insert_default();
    let Number {
        fraction,
        beyond_i64,
        beyond_f64,
        sights,
    } = number.as_mut();
    *fraction |= text.contains(['.', 'e', 'E']);
    *beyond_i64 |= text.parse::<i64>().is_err();
    *beyond_f64 = *beyond_f64 || !super::number::is_exact_f64(text);
    sights.add(at, || {
        if secret::is_secret(name, text) {
            secret::REDACTED.to_owned()
        } else {
            cut(text.to_owned())
        }
    });
}

/// An array or object in short: whether it is empty, and no more.
fn brackets(open: &str, count: usize, close: &str) -> String {
    let inside = if count == 0 { "" } else { "…" };
    format!("{open}{inside}{close}")
}

/// Whether an object is what a converter writes where it failed: `{"value": "<Error: …>"}`.
fn is_mark(members: &[json::Member<'_>]) -> bool {
    let [only] = members else { return false };
    let text = only.node.as_str().filter(|_| only.name == "value");
    text.and_then(placeholder) == Some(Placeholder::Nothing)
}

fn text_sight(name: &str, written: &str, value: &str) -> String {
    let shown = if value.contains("{{") { written } else { value };
    let is_secret = secret::is_secret(name, value)
        || secret::redact_json(value) != value
        || (value != written && names_a_secret(written));
    if is_secret {
        return secret::REDACTED.to_owned();
    }
    cut(serde_json::Value::from(shown).to_string())
}

/// Whether one of the variables of a text is by its name a secret.
fn names_a_secret(written: &str) -> bool {
    template::split(written).iter().any(|piece| match piece {
        template::Piece::Variable(name) => secret::is_secret_name(name),
        template::Piece::Text(_) => false,
    })
}

/// How long the text of a sight may be.
const LONGEST: usize = 100;

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}
