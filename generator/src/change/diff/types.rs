//! The types of a module beside `Request` and `Options`: enums of inputs, structs and enums of JSON.

use std::collections::{BTreeMap, BTreeSet};

use super::inputs;
use crate::plan::names::Ident;
use crate::plan::{Member, Outline, Structure, Type, structure_of};

/// The types that have another name, by the old one.
#[derive(Default)]
pub(super) struct Names(BTreeMap<Ident, Ident>);

impl Names {
    /// The name that a type has now.
    pub(super) fn now<'n>(&'n self, old: &'n Ident) -> &'n Ident {
        self.0.get(old).unwrap_or(old)
    }
}

/// Whether two types are one for a program that follows the new names of types.
pub(super) fn same(old: &Type, new: &Type, names: &Names) -> bool {
    match (old, new) {
        (Type::Enum(old) | Type::Named(old), Type::Enum(new) | Type::Named(new)) => {
            names.now(old) == new
        }
        (Type::Option(old), Type::Option(new))
        | (Type::Nullable(old), Type::Nullable(new))
        | (Type::Vec(old), Type::Vec(new))
        | (Type::Map(old), Type::Map(new))
        | (Type::Boxed(old), Type::Boxed(new)) => same(old, new, names),
        (old, new) => old == new,
    }
}

/// Finds the types that have another name: where the same inputs, members and replies have them.
pub(super) fn renamed(old: &Outline<'_>, new: &Outline<'_>) -> Names {
    let types = (Types::of(old), Types::of(new));
    let mut walk = Walk {
        old: &types.0,
        new: &types.1,
        seen: BTreeSet::new(),
        pairs: Vec::new(),
    };
    for (before, after) in inputs::kept(old, new) {
        walk.pair(before.ty, after.ty);
    }
    for (place, ty, _) in &new.data {
        let before = old.data.iter().find(|(other, ..)| other == place);
        if let Some((_, before, _)) = before {
            walk.pair(before, ty);
        }
    }
    walk.pair(&old.module.response, &new.module.response);
    let mut names = Names::default();
    for (before, after) in walk.pairs {
        let is_gone = types.1.get(&before).is_none() && types.0.get(&after).is_none();
        if is_gone && !names.0.contains_key(&before) {
            names.0.insert(before, after);
        }
    }
    names
}

/// Visits the types that two sides have at the same places.
struct Walk<'a> {
    old: &'a Types<'a>,
    new: &'a Types<'a>,
    seen: BTreeSet<(Ident, Ident)>,
    /// In the order in which they were met.
    pairs: Vec<(Ident, Ident)>,
}

impl Walk<'_> {
    fn pair(&mut self, old: &Type, new: &Type) {
        match (bare(old), bare(new)) {
            (Type::Vec(old), Type::Vec(new)) | (Type::Map(old), Type::Map(new)) => {
                self.pair(old, new);
            }
            (Type::Enum(old) | Type::Named(old), Type::Enum(new) | Type::Named(new)) => {
                let pair = (old.clone(), new.clone());
                if self.seen.insert(pair.clone()) {
                    self.pairs.push(pair);
                    self.below(old, new);
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, old: &Ident, new: &Ident) {
        match (self.old.structure(old), self.new.structure(new)) {
            (Some(Structure::Record(old, _)), Some(Structure::Record(new, _))) => {
                let old = old.iter().map(|one| (&*one.wire, one));
                let old: BTreeMap<&str, &Member> = old.collect();
                for after in new {
                    if let Some(before) = old.get(&*after.wire) {
                        self.pair(&before.ty, &after.ty);
                    }
                }
            }
            (Some(Structure::Choice(old)), Some(Structure::Choice(new))) => {
                for after in new {
                    let before = old.iter().find(|one| one.kind == after.kind);
                    if let Some(before) = before {
                        self.pair(&before.ty, &after.ty);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The type of a value that is there.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) | Type::Nullable(inner) | Type::Boxed(inner) => bare(inner),
        ty => ty,
    }
}

/// The types of a request that have a name, in order.
pub(super) struct Types<'a> {
    outline: &'a Outline<'a>,
    pub(super) all: Vec<(&'a Ident, Structure)>,
}

impl<'a> Types<'a> {
    pub(super) fn of(outline: &'a Outline<'a>) -> Self {
        let enums = outline.module.enums.iter();
        let enums = enums.map(|one| (&one.ident, Structure::Listed(one.variants.clone())));
        let data = outline.definitions.iter().filter_map(|one| {
            Some((
                &one.ident,
                structure_of(&outline.definitions, &one.ident)?.clone(),
            ))
        });
        Self {
            outline,
            all: enums.chain(data).collect(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Ident, &Structure)> {
        self.all
            .iter()
            .map(|(ident, structure)| (*ident, structure))
    }

    fn get(&self, ident: &Ident) -> Option<&(&'a Ident, Structure)> {
        self.all.iter().find(|(known, _)| *known == ident)
    }

    fn structure(&self, ident: &Ident) -> Option<&Structure> {
        self.get(ident).map(|(_, structure)| structure)
    }

    /// The types that a request is made of.
    pub(super) fn sent(&self) -> BTreeSet<&Ident> {
        let mut sent = BTreeSet::new();
        let mut open: Vec<&Type> = self.outline.inputs.iter().map(|input| input.ty).collect();
        while let Some(ty) = open.pop() {
            let ident = match bare(ty) {
                Type::Vec(inner) | Type::Map(inner) => {
                    open.push(inner);
                    continue;
                }
                Type::Enum(ident) | Type::Named(ident) => ident,
                _ => continue,
            };
            let Some((ident, structure)) = self.get(ident).filter(|_| sent.insert(ident)) else {
                continue;
            };
            sent.insert(ident);
            match structure {
                Structure::Record(members, _) => open.extend(members.iter().map(|one| &one.ty)),
                Structure::Choice(kinds) => open.extend(kinds.iter().map(|one| &one.ty)),
                _ => {}
            }
        }
        sent
    }
}
