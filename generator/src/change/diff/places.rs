//! Where the types of a request and their members come from.

use std::collections::BTreeMap;

use crate::document::report::Place;
use crate::input::postman::infer::data::{Data, DataType};
use crate::plan::names::Ident;
use crate::plan::{Structure, Trace, Type, structure_of};

/// The place of each type, and of each member by its name on the wire.
#[derive(Default)]
pub(super) struct Places {
    types: BTreeMap<Ident, Place>,
    members: BTreeMap<(Ident, String), Place>,
    /// That of the request.
    own: Option<Place>,
}

impl Places {
    pub(super) fn of(trace: &Trace<'_>) -> Self {
        let mut places = Self {
            own: Some(trace.operation.at),
            ..Self::default()
        };
        for input in &trace.inputs {
            if let Type::Enum(ident) = bare(&input.ty) {
                places.types.insert(ident.clone(), input.at);
            }
            if let Some(data) = &input.data {
                places.walk(trace, data, &input.ty, Some(input.at));
            }
        }
        for (_, ty, data) in &trace.data {
            places.walk(trace, data, ty, None);
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
    fn walk(&mut self, trace: &Trace<'_>, data: &Data, ty: &Type, around: Option<Place>) {
        let at = data.reasons.iter().find_map(|reason| reason.at).or(around);
        match (&data.ty, bare(ty)) {
            (DataType::List(inner), Type::Vec(ty)) | (DataType::Map(inner), Type::Map(ty)) => {
                self.walk(trace, inner, ty, at);
            }
            (DataType::Record(members), Type::Named(ident)) => {
                self.add(ident, at);
                let Some(Structure::Record(fields, _)) = structure_of(&trace.definitions, ident)
                else {
                    return;
                };
                for member in members {
                    let field = fields.iter().find(|field| field.wire == member.name);
                    if let Some(field) = field {
                        let place = member
                            .data
                            .reasons
                            .iter()
                            .find_map(|reason| reason.at)
                            .or(at);
                        let key = (ident.clone(), member.name.clone());
                        if let Some(place) = place {
                            self.members.entry(key).or_insert(place);
                        }
                        self.walk(trace, &member.data, &field.ty, place);
                    }
                }
            }
            (DataType::Choice(kinds), Type::Named(ident)) => {
                self.add(ident, at);
                let structure = structure_of(&trace.definitions, ident);
                if let Some(Structure::Choice(alternatives)) = structure {
                    for (data, alternative) in kinds.iter().zip(alternatives) {
                        self.walk(trace, data, &alternative.ty, at);
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
