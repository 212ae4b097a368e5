//! What several shapes of one place say together.

use crate::input::postman::shape::{
    Example, List, Number, Object, Placeholder, Shape, Sights, Text,
};

/// The evidence of one place, by JSON kind. No shape is copied for it.
#[derive(Default)]
pub(super) struct Facts<'a> {
    pub(super) null: Option<&'a Example>,
    pub(super) bare: Option<&'a Example>,
    pub(super) boolean: Option<&'a Example>,
    pub(super) numbers: Vec<&'a Number>,
    pub(super) texts: Vec<&'a Text>,
    pub(super) lists: Vec<&'a List>,
    pub(super) objects: Vec<&'a Object>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(shapes: &[&'a Shape]) -> Self {
        let mut facts = Facts::default();
        for shape in shapes {
            facts.null = earlier(facts.null, shape.null.first());
            facts.bare = earlier(facts.bare, shape.bare.first());
            facts.boolean = earlier(facts.boolean, shape.boolean.first());
            facts.numbers.extend(shape.number.as_deref());
            facts.texts.extend(shape.text.as_deref());
            facts.lists.extend(shape.list.as_deref());
            facts.objects.extend(shape.object.as_deref());
        }
        facts
    }

    /// Where a placeholder of that type was seen.
    pub(super) fn placeholder(&self, placeholder: Placeholder) -> Option<&'a Example> {
        let all = self
            .texts
            .iter()
            .filter_map(|text| text.placeholders.get(&placeholder));
        first(all)
    }

    /// Where a placeholder was seen, if no text speaks against it.
    pub(super) fn named(&self, placeholder: Placeholder) -> Option<&'a Example> {
        self.placeholder(placeholder)
            .filter(|_| self.text().is_none())
    }

    /// Where a text was seen that is no placeholder.
    pub(super) fn text(&self) -> Option<&'a Example> {
        first(self.texts.iter().map(|text| &text.sights))
    }
}

fn earlier<'a>(one: Option<&'a Example>, two: Option<&'a Example>) -> Option<&'a Example> {
    one.into_iter().chain(two).min()
}

pub(super) fn first<'a>(all: impl Iterator<Item = &'a Sights>) -> Option<&'a Example> {
    all.filter_map(Sights::first).min()
}
