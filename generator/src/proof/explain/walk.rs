//! From the data of a request to a list of its places.

use super::{Entry, because};
use crate::api::{self, Schema, SchemaType, Union};
use crate::document::place::{EACH, PlacePath};
use crate::document::report::Documents;
use crate::plan::{Alternative, Definition, Member, Outline, Structure, Type, structure_of};

/// The inputs, each followed by the places in it.
pub(super) fn inputs(outline: &Outline<'_>, documents: &Documents<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for input in &outline.inputs {
        let place = PlacePath::root(input.name);
        let holder = if input.required { "" } else { "options." };
        entries.push(Entry {
            kind: input.location.word(),
            place: place.to_string(),
            name: format!("{holder}{}", input.field),
            ty: Some(input.ty.to_string()),
            required: input.required,
            because: because(documents, &input.schema.reasons),
        });
        if input.as_json {
            let mut walk = Walk {
                kind: input.location.word(),
                definitions: &outline.definitions,
                documents,
                entries: &mut entries,
            };
            walk.below(input.schema, input.ty, &place);
        }
    }
    entries
}

/// The JSON of replies, each followed by the places in it.
pub(super) fn data(outline: &Outline<'_>, documents: &Documents<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (place, ty, schema) in &outline.data {
        let mut walk = Walk {
            kind: "reply",
            definitions: &outline.definitions,
            documents,
            entries: &mut entries,
        };
        let place = PlacePath::root(*place);
        walk.entry(&place, String::new(), ty, true, schema);
        walk.below(schema, ty, &place);
    }
    entries
}

struct Walk<'a> {
    kind: &'static str,
    definitions: &'a [Definition],
    documents: &'a Documents<'a>,
    entries: &'a mut Vec<Entry>,
}

impl Walk<'_> {
    fn entry(
        &mut self,
        place: &PlacePath,
        name: String,
        ty: &Type,
        required: bool,
        schema: &Schema,
    ) {
        self.entries.push(Entry {
            kind: self.kind,
            place: place.to_string(),
            name,
            ty: Some(ty.to_string()),
            required,
            because: because(self.documents, &schema.reasons),
        });
    }

    /// The places in a value: members, elements, and the kinds of a choice.
    fn below(&mut self, schema: &Schema, ty: &Type, place: &PlacePath) {
        let ty = plain(ty);
        match (&schema.ty, ty) {
            (SchemaType::List(inner), Type::Vec(ty)) | (SchemaType::Map(inner), Type::Map(ty)) => {
                let place = place.below(EACH);
                self.entry(&place, String::new(), ty, true, inner);
                self.below(inner, ty, &place);
            }
            (SchemaType::Record(record), Type::Named(_)) => {
                if let Some(Structure::Record(fields, _)) = self.structure(ty) {
                    self.members(&record.members, &fields, place);
                }
            }
            (SchemaType::Union(union), Type::Named(_)) => {
                if let Some(Structure::Choice(alternatives)) = self.structure(ty) {
                    self.alternatives(union, &alternatives, ty, place);
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, members: &[api::Member], fields: &[Member], place: &PlacePath) {
        for member in members {
            let Some(field) = fields.iter().find(|field| field.wire == member.name) else {
                continue;
            };
            let place = place.below(member.name.as_str());
            let name = field.ident.to_string();
            self.entry(&place, name, &field.ty, member.required, &member.schema);
            self.below(&member.schema, &field.ty, &place);
        }
    }

    fn alternatives(
        &mut self,
        union: &Union,
        alternatives: &[Alternative],
        choice: &Type,
        place: &PlacePath,
    ) {
        for (one, alternative) in union.alternatives.iter().zip(alternatives) {
            let schema = &one.schema;
            let name = format!("{choice}::{}", alternative.ident);
            self.entry(place, name, &alternative.ty, true, schema);
            self.below(schema, &alternative.ty, place);
        }
    }

    /// What a named type is.
    fn structure(&self, ty: &Type) -> Option<Structure> {
        let Type::Named(name) = ty else { return None };
        structure_of(self.definitions, name).cloned()
    }
}

/// The type of a value that is there.
fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) | Type::Nullable(inner) | Type::Boxed(inner) => plain(inner),
        ty => ty,
    }
}
