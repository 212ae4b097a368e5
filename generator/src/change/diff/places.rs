//! Where the types of a request and their members come from.

use std::collections::BTreeMap;

use crate::api::{Schema, SchemaType};
use crate::document::report::Place;
use crate::plan::names::Ident;
use crate::plan::{Member, Outline, Structure, Type, structure_of};

/// The place of each type, and of each member by its name on the wire.
#[derive(Default)]
pub(super) struct Places {
    types: BTreeMap<Ident, Place>,
    members: BTreeMap<(Ident, String), Place>,
    /// That of the request.
    own: Option<Place>,
}

impl Places {
    pub(super) fn of(outline: &Outline<'_>) -> Self {
        let mut places = Self {
            own: Some(outline.operation.at),
            ..Self::default()
        };
        for input in &outline.inputs {
            if let Type::Enum(ident) = bare(input.ty) {
                places.types.insert(ident.clone(), input.at);
            }
            if input.as_json {
                places.walk(outline, input.schema, input.ty, Some(input.at));
            }
        }
        for (_, ty, schema) in &outline.data {
            places.walk(outline, schema, ty, None);
        }
        places
    }

    /// The place of a type; that of the request, where the document has none for it.
    pub(super) fn of_type(&self, ident: &Ident) -> Option<Place> {
        self.types.get(ident).copied().or(self.own)
    }

    /// The place of a member; without a name, or where there is none, that of its type.
    pub(super) fn of_member(&self, ident: &Ident, wire: &str) -> Option<Place> {
        let found = self.members.get(&(ident.clone(), wire.to_owned()));
        found.copied().or_else(|| self.of_type(ident))
    }

    /// A type that is met again is met where it was first: that also ends the way into a recursive one.
    fn walk(&mut self, outline: &Outline<'_>, schema: &Schema, ty: &Type, around: Option<Place>) {
        let at = schema.at.or(around);
        match (&schema.ty, bare(ty)) {
            (SchemaType::List(inner), Type::Vec(ty)) | (SchemaType::Map(inner), Type::Map(ty)) => {
                self.walk(outline, inner, ty, at);
            }
            (SchemaType::Record(record), Type::Named(ident)) => {
                self.add(ident, at);
                let Some(Structure::Record(fields, _)) = structure_of(&outline.definitions, ident)
                else {
                    return;
                };
                let fields = fields.iter().map(|field| (&*field.wire, field));
                let fields: BTreeMap<&str, &Member> = fields.collect();
                for member in &record.members {
                    if let Some(field) = fields.get(&*member.name) {
                        let place = member.schema.at.or(at);
                        let key = (ident.clone(), member.name.clone());
                        if let Some(place) = place {
                            self.members.entry(key).or_insert(place);
                        }
                        self.walk(outline, &member.schema, &field.ty, place);
                    }
                }
            }
            (SchemaType::Union(union), Type::Named(ident)) => {
                self.add(ident, at);
                let structure = structure_of(&outline.definitions, ident);
                if let Some(Structure::Choice(alternatives)) = structure {
                    for (one, alternative) in union.alternatives.iter().zip(alternatives) {
                        self.walk(outline, &one.schema, &alternative.ty, at);
                    }
                }
            }
            (_, Type::Named(ident)) => self.add(ident, at),
            _ => {}
        }
    }

    fn add(&mut self, ident: &Ident, at: Option<Place>) {
        if let Some(at) = at {
            self.types.entry(ident.clone()).or_insert(at);
        }
    }
}

fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) | Type::Nullable(inner) | Type::Boxed(inner) => bare(inner),
        Type::Vec(inner) if matches!(**inner, Type::Enum(_)) => inner,
        ty => ty,
    }
}
