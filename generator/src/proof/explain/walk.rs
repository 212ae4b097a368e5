//! From the data of a request to a list of its places.

use super::{Entry, because};
use crate::document::place::{EACH, PlacePath};
use crate::document::report::Documents;
use crate::input::postman::infer::data::{Data, DataMember, DataType};
use crate::plan::{Alternative, Definition, Member, Structure, Trace, Type, structure_of};

/// The inputs, each followed by the places in it.
pub(super) fn inputs(trace: &Trace<'_>, documents: &Documents<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for input in &trace.inputs {
        let place = PlacePath::root(&input.name);
        let holder = if input.required { "" } else { "options." };
        entries.push(Entry {
            kind: input.kind,
            place: place.to_string(),
            name: format!("{holder}{}", input.field),
            ty: Some(input.ty.to_string()),
            required: input.required,
            because: because(documents, &input.reasons),
        });
        if let Some(data) = &input.data {
            let mut walk = Walk {
                kind: input.kind,
                definitions: &trace.definitions,
                documents,
                entries: &mut entries,
            };
            walk.below(data, &input.ty, &place);
        }
    }
    entries
}

/// The JSON of replies, each followed by the places in it.
pub(super) fn data(trace: &Trace<'_>, documents: &Documents<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (place, ty, data) in &trace.data {
        let mut walk = Walk {
            kind: "reply",
            definitions: &trace.definitions,
            documents,
            entries: &mut entries,
        };
        let place = PlacePath::root(place);
        walk.entry(&place, String::new(), ty, true, data);
        walk.below(data, ty, &place);
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
    fn entry(&mut self, place: &PlacePath, name: String, ty: &Type, required: bool, data: &Data) {
        self.entries.push(Entry {
            kind: self.kind,
            place: place.to_string(),
            name,
            ty: Some(ty.to_string()),
            required,
            because: because(self.documents, &data.reasons),
        });
    }

    /// The places in a value: members, elements, and the kinds of a choice.
    fn below(&mut self, data: &Data, ty: &Type, place: &PlacePath) {
        let ty = plain(ty);
        match (&data.ty, ty) {
            (DataType::List(inner), Type::Vec(ty)) | (DataType::Map(inner), Type::Map(ty)) => {
                let place = place.below(EACH);
                self.entry(&place, String::new(), ty, true, inner);
                self.below(inner, ty, &place);
            }
            (DataType::Record(members), Type::Named(_)) => {
                if let Some(Structure::Record(fields, _)) = self.structure(ty) {
                    self.members(members, &fields, place);
                }
            }
            (DataType::Choice(kinds), Type::Named(_)) => {
                if let Some(Structure::Choice(alternatives)) = self.structure(ty) {
                    self.kinds(kinds, &alternatives, ty, place);
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, members: &[DataMember], fields: &[Member], place: &PlacePath) {
        for member in members {
            let Some(field) = fields.iter().find(|field| field.wire == member.name) else {
                continue;
            };
            let place = place.below(member.name.as_str());
            let name = field.ident.to_string();
            self.entry(&place, name, &field.ty, member.required, &member.data);
            self.below(&member.data, &field.ty, &place);
        }
    }

    fn kinds(
        &mut self,
        kinds: &[Data],
        alternatives: &[Alternative],
        choice: &Type,
        place: &PlacePath,
    ) {
        for (data, alternative) in kinds.iter().zip(alternatives) {
            let name = format!("{choice}::{}", alternative.ident);
            self.entry(place, name, &alternative.ty, true, data);
            self.below(data, &alternative.ty, place);
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
