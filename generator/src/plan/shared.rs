//! Types that several requests share.
//!
//! Two types of different requests are the same thing where they have the same name, which is that of the
//! field that owns them, and the same members of the same types. Such a type is written once, into the
//! private module `types`, and each request's module exports it under its own name. Whether a type is shared
//! can change without changing a name that a user writes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Definition, Group, Module, SchemaModule, Structure, Type};
use crate::plan::names::{self, Ident};

/// Moves what is defined in several modules to one place, beside the types of named schemas.
pub(super) fn share(root: &mut Group, schemas: &[SchemaModule]) -> Vec<Definition> {
    let mut interner = Interner::default();
    let mut modules = modules(root);
    let keys: Vec<BTreeMap<Ident, usize>> = modules
        .iter()
        .map(|module| keys(module, &mut interner))
        .collect();
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    for key in keys.iter().flat_map(distinct) {
        *uses.entry(key).or_default() += 1;
    }
    let is_shared = |key: &usize| uses.get(key).is_some_and(|&uses| uses > 1);
    let mut homes = Homes::default();
    for (module, keys) in modules.iter().zip(&keys) {
        let originals = originals(module);
        for definition in &module.definitions {
            let key = keys.get(&definition.ident).filter(|key| is_shared(key));
            if let (Some(&key), false) = (key, definition.is_alias()) {
                homes.take(key, definition, keys, &originals);
            }
        }
    }
    let exports = schemas.iter().flat_map(|schema| &schema.exports);
    let reserved: Vec<&str> = exports.map(Ident::as_str).collect();
    let names = homes.names(&reserved);
    for (module, keys) in modules.iter_mut().zip(&keys) {
        for definition in &mut module.definitions {
            let home = keys.get(&definition.ident).and_then(|key| names.get(key));
            if let (Some(home), false) = (home, definition.is_alias()) {
                definition.structure = Structure::Shared(home.clone());
            }
        }
    }
    homes.finish(&names)
}

/// All modules, however deep.
fn modules(group: &mut Group) -> Vec<&mut Module> {
    let below = group.groups.iter_mut();
    let below = below.flat_map(|(_, group)| modules(group));
    group.modules.iter_mut().chain(below).collect()
}

/// The keys of a module, each once: two of its types may have the same.
fn distinct(keys: &BTreeMap<Ident, usize>) -> BTreeSet<usize> {
    keys.values().copied().collect()
}

/// Numbers for texts: equal texts, equal numbers.
#[derive(Default)]
struct Interner(BTreeMap<String, usize>);

impl Interner {
    fn number(&mut self, text: String) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }
}

/// What each alias stands for.
fn originals(module: &Module) -> BTreeMap<Ident, Ident> {
    let aliases = module.definitions.iter();
    aliases
        .filter_map(|definition| match &definition.structure {
            Structure::Alias(original) => Some((definition.ident.clone(), original.clone())),
            _ => None,
        })
        .collect()
}

/// A number for each type of a module: equal for those of the same name and structure in another one.
fn keys(module: &Module, interner: &mut Interner) -> BTreeMap<Ident, usize> {
    let definitions = module.definitions.iter();
    let by_name = definitions.map(|definition| (&definition.ident, definition));
    let mut keys = Keys {
        definitions: by_name.collect(),
        interner,
        found: BTreeMap::new(),
        open: Vec::new(),
    };
    for definition in &module.definitions {
        keys.of(&definition.ident);
    }
    keys.found
}

struct Keys<'m, 'i> {
    definitions: BTreeMap<&'m Ident, &'m Definition>,
    interner: &'i mut Interner,
    found: BTreeMap<Ident, usize>,
    /// The types that the one at hand is in.
    open: Vec<Ident>,
}

impl Keys<'_, '_> {
    /// The key of a type; nothing for one that refers to a type around it, whose key is not known yet.
    fn of(&mut self, ident: &Ident) -> Option<usize> {
        if let Some(&key) = self.found.get(ident) {
            return Some(key);
        }
        let definition = *self.definitions.get(ident)?;
        if self.open.contains(ident) {
            return None;
        }
        self.open.push(ident.clone());
        let text = self.text(definition);
        self.open.pop();
        let key = self.interner.number(text);
        self.found.insert(ident.clone(), key);
        Some(key)
    }

    fn text(&mut self, definition: &Definition) -> String {
        let ident = &definition.ident;
        match &definition.structure {
            Structure::Alias(original) => {
                let original = self.named(original);
                format!("type {ident} = {original}")
            }
            Structure::Record(members, extra) => {
                let mut members: Vec<String> = members
                    .iter()
                    .map(|m| format!("{:?} {} {}", m.wire, m.ident, self.ty(&m.ty)))
                    .collect();
                members.sort_unstable();
                format!("struct {ident} {members:?} {}", extra.is_some())
            }
            Structure::Choice(alternatives) => {
                let alternatives: Vec<String> = alternatives
                    .iter()
                    .map(|a| format!("{} {} {:?} {}", a.ident, a.kind, a.told_by, self.ty(&a.ty)))
                    .collect();
                format!("enum {ident} {alternatives:?}")
            }
            Structure::Listed(listed) => format!("enum {ident} {listed:?}"),
            Structure::Numbers(listed) => format!("enum {ident} of numbers {listed:?}"),
            Structure::Shared(home) => format!("use {home} {ident}"),
        }
    }

    fn ty(&mut self, ty: &Type) -> String {
        match ty {
            Type::Named(ident) => self.named(ident),
            Type::Option(inner) => format!("Option {}", self.ty(inner)),
            Type::Nullable(inner) => format!("Nullable {}", self.ty(inner)),
            Type::Vec(inner) => format!("Vec {}", self.ty(inner)),
            Type::Map(inner) => format!("Map {}", self.ty(inner)),
            Type::Boxed(inner) => format!("Box {}", self.ty(inner)),
            Type::Tuple(elements) => {
                let elements: Vec<String> = elements.iter().map(|one| self.ty(one)).collect();
                format!("({})", elements.join(", "))
            }
            leaf => format!("{leaf:?}"),
        }
    }

    fn named(&mut self, ident: &Ident) -> String {
        let original = match self
            .definitions
            .get(ident)
            .map(|definition| &definition.structure)
        {
            Some(Structure::Alias(original)) => original.clone(),
            _ => ident.clone(),
        };
        let key = self.of(&original);
        format!("{original} {key:?}")
    }
}

/// The shared types, each with the key of those that it uses.
#[derive(Default)]
struct Homes {
    /// By key: the definition, and the key of each type that it names.
    taken: BTreeMap<usize, (Definition, BTreeMap<Ident, usize>)>,
}

impl Homes {
    fn take(
        &mut self,
        key: usize,
        definition: &Definition,
        keys: &BTreeMap<Ident, usize>,
        originals: &BTreeMap<Ident, Ident>,
    ) {
        if self.taken.contains_key(&key) {
            return;
        }
        let mut definition = definition.clone();
        let mut used = BTreeMap::new();
        let mut follow = |ident: &mut Ident| {
            if let Some(original) = originals.get(ident) {
                *ident = original.clone();
            }
            if let Some(&key) = keys.get(ident) {
                used.insert(ident.clone(), key);
            }
        };
        definition.for_each_name(&mut follow);
        used.remove(&definition.ident);
        self.taken.insert(key, (definition, used));
    }

    /// The types by name, with the names of those that they mention.
    fn finish(self, names: &BTreeMap<usize, Ident>) -> Vec<Definition> {
        let taken = self.taken.into_iter();
        let mut types: Vec<Definition> = taken
            .filter_map(|(key, (mut definition, used))| {
                let name = names.get(&key)?;
                let own = std::mem::replace(&mut definition.ident, name.clone());
                definition.for_each_name(&mut |ident| {
                    let key = if *ident == own {
                        Some(&key)
                    } else {
                        used.get(ident)
                    };
                    if let Some(name) = key.and_then(|key| names.get(key)) {
                        *ident = name.clone();
                    }
                });
                Some(definition)
            })
            .collect();
        types.sort_by(|a, b| a.ident.cmp(&b.ident));
        types
    }

    /// A name for each type: its own, with a number where several have it. The numbers go by what the types are, so
    /// that the order of requests does not change them.
    fn names(&self, reserved: &[&str]) -> BTreeMap<usize, Ident> {
        let mut keyed: Vec<(&Ident, String, usize)> = self
            .taken
            .iter()
            .map(|(&key, (definition, _))| {
                (&definition.ident, self.outline(key, &mut Vec::new()), key)
            })
            .collect();
        keyed.sort();
        let candidates: Vec<Vec<Ident>> = keyed
            .iter()
            .map(|(ident, ..)| vec![(*ident).clone()])
            .collect();
        let idents = names::distinct(&candidates, reserved);
        keyed.iter().map(|(.., key)| *key).zip(idents).collect()
    }

    /// What a type is, with the types in it, without what is said about them: neither examples nor the other
    /// types of the document change it.
    fn outline(&self, key: usize, open: &mut Vec<usize>) -> String {
        let Some((definition, used)) = self.taken.get(&key).filter(|_| !open.contains(&key)) else {
            return String::new();
        };
        let mut lines = match &definition.structure {
            Structure::Record(members, _) => members
                .iter()
                .map(|member| format!("{} {:?}", member.wire, member.ty))
                .collect(),
            Structure::Choice(alternatives) => alternatives
                .iter()
                .map(|one| format!("{} {:?}", one.kind, one.ty))
                .collect(),
            Structure::Listed(listed) | Structure::Numbers(listed) => {
                listed.iter().map(|one| one.value.clone()).collect()
            }
            Structure::Alias(_) | Structure::Shared(_) => Vec::new(),
        };
        lines.sort_unstable();
        open.push(key);
        lines.extend(used.values().map(|&key| self.outline(key, open)));
        open.pop();
        lines.join("\n")
    }
}
