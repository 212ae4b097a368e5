//! What a document shows in the place of a value, replaced by a value of the type that the client has there.
//!
//! A converter writes `"<long>"` where a number belongs (rule O2), and a body may hold `{{id}}` without quotes and
//! without a value. Neither is what goes over the wire; what the client is fed instead is the same on both sides of
//! the comparison.

use crate::document::json::{self, Node, Value};
use crate::input::postman::shape;
use crate::plan::names::Ident;
use crate::plan::{Alternative, Definition, Member, Module, Structure, Type};

/// How deep a value that is made up may be. A type that needs itself has no value at all.
const DEEPEST: usize = 16;

/// Where the names of types are looked up.
#[derive(Clone, Copy)]
pub(super) struct Types<'a> {
    /// The types of a module, or those that modules share.
    definitions: &'a [Definition],
    /// The types that modules share.
    shared: &'a [Definition],
}

/// A type with the names in it. Nothing, where anything may stand.
type Place<'a> = Option<(&'a Type, Types<'a>)>;

/// What a type takes.
enum Form<'a> {
    /// Anything, or a text: no text has to be replaced.
    Text,
    /// One value that is no text.
    Single,
    /// An array of these.
    List(&'a Type),
    /// An object of data.
    Map(&'a Type),
    /// An object of these members.
    Record(&'a [Member]),
    /// Whatever its kind is.
    Choice(&'a [Alternative]),
}

/// A text of JSON, and how much of it is made up.
#[derive(Default)]
pub(super) struct Fitted {
    pub(super) text: String,
    pub(super) made_up: usize,
}

/// The value as a client takes it whose type is `ty`. What needs no stand-in stays as it is.
pub(super) fn fit(node: &Node<'_>, ty: &Type, types: Types<'_>) -> Fitted {
    let mut fitted = Fitted::default();
    fitted.value(node, Some((ty, types)));
    fitted
}

impl<'a> Types<'a> {
    pub(super) fn of(module: &'a Module, shared: &'a [Definition]) -> Self {
        Self {
            definitions: &module.definitions,
            shared,
        }
    }

    /// What a type takes, and where the names in that are looked up.
    fn form(self, ty: &'a Type) -> (Form<'a>, Self) {
        let form = match ty {
            Type::Option(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                return self.form(inner);
            }
            Type::Named(name) => {
                return match self.structure(name) {
                    Some((Structure::Record(members, _), types)) => (Form::Record(members), types),
                    Some((Structure::Choice(kinds), types)) => (Form::Choice(kinds), types),
                    _ => (Form::Text, self),
                };
            }
            Type::Vec(inner) => Form::List(inner),
            Type::Map(inner) => Form::Map(inner),
            Type::Bool | Type::I64 | Type::F64 | Type::Number => Form::Single,
            _ => Form::Text,
        };
        (form, self)
    }

    fn structure(self, name: &Ident) -> Option<(&'a Structure, Self)> {
        let mut definitions = self.definitions.iter();
        match &definitions.find(|one| one.ident == *name)?.structure {
            Structure::Alias(original) => self.structure(original),
            Structure::Shared(name) => {
                let types = Self {
                    definitions: self.shared,
                    ..self
                };
                types.structure(name)
            }
            structure => Some((structure, self)),
        }
    }

    /// The least value that a type takes, as JSON.
    pub(super) fn least(self, ty: &'a Type) -> String {
        self.made_up(ty, 0)
    }

    fn made_up(self, ty: &'a Type, depth: usize) -> String {
        let (form, types) = self.form(ty);
        match (form, ty) {
            _ if depth > DEEPEST => "null".to_owned(),
            (_, Type::Bool) => "true".to_owned(),
            (_, Type::String | Type::Enum(_)) => "\"text\"".to_owned(),
            (Form::List(_), _) => "[]".to_owned(),
            (Form::Map(_), _) => "{}".to_owned(),
            (Form::Record(members), _) => {
                let needed = members.iter().filter(|m| !matches!(m.ty, Type::Option(_)));
                let members: Vec<String> = needed
                    .map(|m| format!("{}:{}", quoted(&m.wire), types.made_up(&m.ty, depth + 1)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            (Form::Choice([first, ..]), _) => types.made_up(&first.ty, depth + 1),
            (_, Type::Option(inner) | Type::Nullable(inner) | Type::Boxed(inner)) => {
                self.made_up(inner, depth + 1)
            }
            _ => "1".to_owned(),
        }
    }
}

impl Fitted {
    fn value(&mut self, node: &Node<'_>, place: Place<'_>) {
        let place = place.and_then(|place| of_kind(node, place));
        let form = place.map(|(ty, types)| types.form(ty));
        match (&node.value, form) {
            (Value::Variable(_), _) => self.make_up(place),
            (Value::String(text), Some((form, _)))
                if !matches!(form, Form::Text) && shape::placeholder(text).is_some() =>
            {
                self.make_up(place);
            }
            (Value::Array(elements), form) => {
                let inner = form.and_then(|(form, types)| match form {
                    Form::List(inner) => Some((inner, types)),
                    _ => None,
                });
                let elements = elements.iter().map(|element| (None, element, inner));
                self.all(['[', ']'], elements);
            }
            (Value::Object(members), form) => {
                let is_known = |name: &str| match &form {
                    Some((Form::Record(known), _)) => known.iter().any(|one| one.wire == name),
                    // What takes anything takes the mark.
                    Some(_) => true,
                    None => false,
                };
                // What a converter marks as left out is no member of its own.
                let is_dropped = |member: &&json::Member<'_>| {
                    !is_known(&member.name) && is_left_out(&member.node)
                };
                self.made_up += members.iter().filter(is_dropped).count();
                let members = members.iter().filter(|member| !is_dropped(member));
                let members = members.map(|member| {
                    let name = member.name.as_ref();
                    let inner = form.as_ref().and_then(|(form, types)| match form {
                        Form::Map(inner) => Some((*inner, *types)),
                        Form::Record(members) => {
                            let member = members.iter().find(|member| member.wire == name)?;
                            Some((&member.ty, *types))
                        }
                        _ => None,
                    });
                    (Some(name), &member.node, inner)
                });
                self.all(['{', '}'], members);
            }
            _ => self.text.push_str(&node.to_string()),
        }
    }

    fn all<'n, 'p>(
        &mut self,
        [open, close]: [char; 2],
        values: impl Iterator<Item = (Option<&'n str>, &'n Node<'n>, Place<'p>)>,
    ) {
        self.text.push(open);
        for (index, (name, node, place)) in values.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            if let Some(name) = name {
                self.text.push_str(&quoted(name));
                self.text.push(':');
            }
            self.value(node, place);
        }
        self.text.push(close);
    }

    fn make_up(&mut self, place: Place<'_>) {
        self.made_up += 1;
        let value = place.map(|(ty, types)| types.made_up(ty, 0));
        self.text.push_str(value.as_deref().unwrap_or("1"));
    }
}

/// The alternative of a choice that a value is of; nothing where it is of none, which a choice takes as it is. Any
/// other type as it is.
fn of_kind<'a>(node: &Node<'_>, (ty, types): (&'a Type, Types<'a>)) -> Place<'a> {
    let (Form::Choice(kinds), within) = types.form(ty) else {
        return Some((ty, types));
    };
    let kind = match node.value {
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Null | Value::Variable(_) => return Some((ty, types)),
    };
    let alternative = kinds.iter().find(|alternative| alternative.kind == kind)?;
    Some((&alternative.ty, within))
}

/// Whether a converter has put a mark where it had no value.
fn is_left_out(node: &Node<'_>) -> bool {
    let placeholder = node.as_str().and_then(shape::placeholder);
    placeholder == Some(shape::Placeholder::Nothing)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
