//! What documents show of the JSON at one place: the join of every example.
//!
//! A shape is evidence, not yet a type: [`infer`](crate::input::postman::infer) concludes from it. Shapes are a join
//! semilattice: merging is commutative, associative and idempotent, so that neither the order of examples
//! nor an example that is shown twice changes what comes out.

pub mod draft;
mod evidence;
mod names;
mod number;
mod read;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::json::Span;
use crate::document::report::Place;

pub use crate::api::Format;
pub use evidence::Evidence;
pub use text::{dynamic, placeholder};

/// What is known of the values at one place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shape {
    /// Where `null` was seen.
    pub null: Sights,
    /// Where a variable stood without quotes, `"id": {{id}}`, whose value is not known: anything but text.
    pub bare: Sights,
    /// Where `true` or `false` was seen.
    pub boolean: Sights,
    /// The numbers.
    pub number: Option<Box<Number>>,
    /// The texts.
    pub text: Option<Box<Text>>,
    /// The arrays.
    pub list: Option<Box<List>>,
    /// The objects.
    pub object: Option<Box<Object>>,
}

/// Where something was seen and what it was: the first few, in the order of the documents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sights(Vec<Example>);

/// An example at its place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Example {
    /// The place in a document of the run.
    pub at: Place,
    /// The value as JSON without secrets; cut where it is long, and then it ends with `…`.
    pub text: String,
}

/// Numbers that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Number {
    /// Where.
    pub sights: Sights,
    /// Whether one was written with a fraction or an exponent.
    pub fraction: bool,
    /// Whether one is beyond the integers of 64 bits.
    pub beyond_i64: bool,
    /// Whether one is not exactly what a double-precision number gives back.
    pub beyond_f64: bool,
}

/// Texts that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// Where, for those that are no placeholders.
    pub sights: Sights,
    /// The form that they have in common.
    pub form: Form,
    /// The types that placeholders such as `<long>` name, and where.
    pub placeholders: BTreeMap<Placeholder, Sights>,
}

/// The form that texts have in common. Empty texts and texts with unknown variables do not count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Form {
    /// No text tells.
    #[default]
    Unknown,
    /// All have this form.
    All(Format),
    /// They have none in common.
    Mixed,
}

/// Arrays that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct List {
    /// Where.
    pub sights: Sights,
    /// All elements of all of them.
    pub element: Shape,
}

/// Objects that were seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Object {
    /// Where.
    pub sights: Sights,
    /// Their members by name. Of a name that an object repeats, every value counts.
    pub members: BTreeMap<String, Member>,
    /// The names of the members that every object has.
    pub always: BTreeSet<String>,
}

/// A member of objects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Where it was seen first, which is the order of members.
    pub first: Place,
    /// Its values.
    pub shape: Shape,
}

/// A type that a converter wrote in the place of a value (rule O2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Placeholder {
    /// `<integer>`, `<long>`
    Integer,
    /// `<float>`, `<double>`, `<number>`
    Float,
    /// `<boolean>`
    Boolean,
    /// `<string>` and all forms of text.
    Text,
    /// `<array>`
    List,
    /// `<object>`
    Object,
    /// A mark of a failed conversion (rule O3).
    Nothing,
}

/// What a document knows beside the JSON itself.
pub struct Origin<'a> {
    /// The place in the document of a part of the text.
    pub place: &'a dyn Fn(Span) -> Place,
    /// The text with its variables replaced, as far as they have values.
    pub resolve: &'a dyn Fn(&str) -> String,
}

impl Shape {
    /// Whether all values are objects that have a member in common.
    #[must_use]
    pub fn is_one_record(&self) -> bool {
        let only = Self {
            object: self.object.clone(),
            ..Self::default()
        };
        let always = self.object.as_ref().map(|object| &object.always);
        *self == only && always.is_some_and(|always| !always.is_empty())
    }

    /// Takes another example of the same place in.
    pub fn merge(&mut self, other: Shape) {
        self.null.merge(other.null);
        self.bare.merge(other.bare);
        self.boolean.merge(other.boolean);
        merge_option(&mut self.number, other.number, Number::merge);
        merge_option(&mut self.text, other.text, Text::merge);
        merge_option(&mut self.list, other.list, |list, other| {
            list.sights.merge(other.sights);
            list.element.merge(other.element);
        });
        merge_option(&mut self.object, other.object, Object::merge);
    }

    /// Whether the objects have names that are data.
    #[must_use]
    pub fn is_map(&self) -> bool {
        names::are_data(self.object.as_deref())
    }
}

/// Whether the names in objects of one place are data: ids, dates, addresses.
///
/// There has to be one at least, and each has to be digits, a date, a UUID, a long hexadecimal or base64
/// word, an e-mail address, a URL, a name that a converter made up, or to hold a variable. One other name
/// is enough to make the objects records.
#[must_use]
pub fn names_are_data<'a>(objects: impl IntoIterator<Item = &'a Object>) -> bool {
    names::are_data(objects)
}

/// Whether a name is no name of a member, but stands for any: it holds a variable, or a converter made it up.
#[must_use]
pub fn stands_for_any(name: &str) -> bool {
    names::stand_for_any(name)
}

impl Sights {
    /// How many are kept.
    const KEPT: usize = 3;

    /// Whether nothing was seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are kept of those that were seen: all, up to a limit.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The first.
    #[must_use]
    pub fn first(&self) -> Option<&Example> {
        self.0.first()
    }

    /// Those that are kept, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Example> {
        self.0.iter()
    }

    /// Adds one. Its text is only made where it is kept.
    fn add(&mut self, at: Place, text: impl FnOnce() -> String) {
        let is_late = self.0.len() == Self::KEPT && self.0.last().is_some_and(|last| last.at < at);
        if !is_late {
            self.insert(Example { at, text: text() });
        }
    }

    fn insert(&mut self, sight: Example) {
        if let Err(index) = self.0.binary_search(&sight) {
            // Most places are seen once.
            self.0.reserve_exact(1);
            self.0.insert(index, sight);
            self.0.truncate(Self::KEPT);
        }
    }

    fn merge(&mut self, other: Sights) {
        for sight in other.0 {
            self.insert(sight);
        }
    }
}

impl Example {
    /// The value, where the text is all of it and stands for itself: no secret, no variable.
    #[must_use]
    pub fn example(&self) -> Option<&str> {
        let is_whole = !self.text.ends_with('…') && !self.text.contains("{{");
        (is_whole && !self.text.contains(crate::document::secret::REDACTED))
            .then_some(self.text.as_str())
    }
}

impl Number {
    fn merge(&mut self, other: Number) {
        self.sights.merge(other.sights);
        self.fraction |= other.fraction;
        self.beyond_i64 |= other.beyond_i64;
        self.beyond_f64 |= other.beyond_f64;
    }
}

impl Text {
    fn merge(&mut self, other: Text) {
        self.sights.merge(other.sights);
        self.form = self.form.join(other.form);
        for (placeholder, sights) in other.placeholders {
            self.placeholders
                .entry(placeholder)
                .or_default()
                .merge(sights);
        }
    }
}

impl Form {
    /// What two sets of texts have in common.
    #[must_use]
    pub fn join(self, other: Form) -> Form {
        match (self, other) {
            (Form::Unknown, form) | (form, Form::Unknown) => form,
            (one, two) if one == two => one,
            _ => Form::Mixed,
        }
    }
}

impl Object {
    fn merge(&mut self, other: Object) {
        self.sights.merge(other.sights);
        self.always.retain(|name| other.always.contains(name));
        for (name, member) in other.members {
            match self.members.entry(name) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(member);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => {
                    let known = entry.get_mut();
                    known.first = known.first.min(member.first);
                    known.shape.merge(member.shape);
                }
            }
        }
    }
}

fn merge_option<T>(
    known: &mut Option<Box<T>>,
    other: Option<Box<T>>,
    merge: impl FnOnce(&mut T, T),
) {
    match (known, other) {
        (Some(known), Some(other)) => merge(known, *other),
        (known @ None, other) => *known = other,
        (Some(_), None) => {}
    }
}

#[cfg(test)]
pub(crate) mod tests;
