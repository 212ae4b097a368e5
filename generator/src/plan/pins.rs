//! The names that things had in an earlier run, by what they were given to: they are kept.
//!
//! [`plan`](crate::plan) asks here before it gives a name; what it gave is what the next run keeps.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::place::PlacePath;
use crate::plan::names::{self, Ident};

/// What has a name: inside of the module of a request, or at the root.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A field of `Request`, of `Options`, or of JSON data.
    Field,
    /// A type.
    Type,
    /// A variant of an enum.
    Variant,
    /// A constant.
    Constant,
}

impl Kind {
    /// What it is, in a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Field => "field",
            Kind::Type => "type",
            Kind::Variant => "variant",
            Kind::Constant => "constant",
        }
    }

    /// Whether Rust has aliases of it, so that a former name can stay.
    fn has_aliases(self) -> bool {
        matches!(self, Kind::Type | Kind::Constant)
    }
}

/// The names in a module, by the places of what has them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// The names.
    pub current: BTreeMap<(Kind, PlacePath), Ident>,
    /// Names that types and constants had before, which stay for those who use them.
    pub former: BTreeSet<(Kind, PlacePath, Ident)>,
}

impl Names {
    /// The name of what is at a place.
    #[must_use]
    pub fn get(&self, kind: Kind, place: &PlacePath) -> Option<&Ident> {
        self.current.get(&(kind, place.clone()))
    }

    /// The names, where what is at a place and below is at another now.
    #[must_use]
    pub(crate) fn moved(&self, old: &PlacePath, new: &PlacePath) -> Self {
        let moved = |place: &PlacePath| match place.names().strip_prefix(old.names()) {
            Some(rest) => PlacePath::from_names(new.names().iter().chain(rest).cloned()),
            None => place.clone(),
        };
        let current = self.current.iter();
        let former = self.former.iter();
        Self {
            current: current
                .map(|((kind, place), ident)| ((*kind, moved(place)), ident.clone()))
                .collect(),
            former: former
                .map(|(kind, place, ident)| (*kind, moved(place), ident.clone()))
                .collect(),
        }
    }

    /// The former names, each with the present one.
    pub fn aliases(&self) -> impl Iterator<Item = (&Ident, &Ident)> {
        let aliases = self.former.iter();
        aliases.filter_map(|(kind, place, old)| Some((old, self.get(*kind, place)?)))
    }
}

/// What is known of a request from an earlier run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pin {
    /// The modules down to its own.
    pub path: Vec<Ident>,
    /// Modules that it had before, which stay for those who use them.
    pub former: BTreeSet<Vec<Ident>>,
    /// The names in its module.
    pub names: Names,
    /// Its id in the document, as long as that does not change.
    pub id: Option<String>,
    /// What it has in common with what it was, as a phrase.
    pub by: &'static str,
    /// Whether the names are to be those that it would have without an earlier run.
    pub renames: bool,
}

/// What is known of an API from an earlier run. Nothing, by default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pins {
    /// Each operation, where it is known, by its index.
    pub requests: Vec<Option<Pin>>,
    /// The modules down to that of each folder, where it is known, by its index.
    pub folders: Vec<Option<Vec<Ident>>>,
    /// The constants of base URLs, by the names of the bases.
    pub bases: Names,
    /// The types of named schemas, by the names of the schemas.
    pub schemas: Names,
    /// The bases whose constants are to have the names that they would have without an earlier run.
    pub renamed_bases: BTreeSet<String>,
}

impl Pins {
    /// What is known of an operation.
    #[must_use]
    pub fn request(&self, index: usize) -> Option<&Pin> {
        self.requests.get(index)?.as_ref()
    }

    /// The modules down to that of a folder.
    #[must_use]
    pub fn folder(&self, index: usize) -> Option<&[Ident]> {
        self.folders.get(index)?.as_deref()
    }
}

/// A name that is not what it would be without the earlier run, or not what it was in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct NameChange {
    pub(crate) kind: Kind,
    pub(crate) place: PlacePath,
    /// The name that it had.
    pub(crate) old: Ident,
    /// The name that it has.
    pub(crate) new: Ident,
    /// The name that it would have without the earlier run.
    pub(crate) natural: Ident,
}

/// Something that is to be named.
pub(crate) struct NameRequest {
    pub(crate) place: PlacePath,
    /// The names that it may have, the best first.
    pub(crate) candidates: Vec<Ident>,
    /// Whether the user has chosen the name: that counts more than the earlier run.
    pub(crate) is_chosen: bool,
}

/// The names in a module, as they are given.
pub(crate) struct Registry<'p> {
    known: &'p Names,
    renames: bool,
    given: Names,
    departures: Vec<NameChange>,
}

impl<'p> Registry<'p> {
    /// One who keeps the names that are known.
    pub(crate) fn new(known: &'p Names) -> Self {
        Self {
            known,
            renames: false,
            given: Names::default(),
            departures: Vec::new(),
        }
    }

    /// One who gives the names that things would have without an earlier run, and leaves aliases.
    pub(crate) fn renaming(self, renames: bool) -> Self {
        Self { renames, ..self }
    }

    /// Gives each a name of its own.
    pub(crate) fn distinct(
        &mut self,
        kind: Kind,
        wishes: &[NameRequest],
        reserved: &[&str],
    ) -> Vec<Ident> {
        let candidates: Vec<Vec<Ident>> =
            wishes.iter().map(|wish| wish.candidates.clone()).collect();
        let places: Vec<(PlacePath, bool)> = wishes
            .iter()
            .map(|wish| (wish.place.clone(), wish.is_chosen))
            .collect();
        self.settle(kind, &places, reserved, |kept, reserved| {
            names::keep(&candidates, kept, reserved)
        })
    }

    /// Gives names to places, each with whether the user has chosen its name. `name` names all of them,
    /// given those that some have, and those that none may have.
    pub(crate) fn settle(
        &mut self,
        kind: Kind,
        places: &[(PlacePath, bool)],
        reserved: &[&str],
        name: impl Fn(&[Option<&Ident>], &[&str]) -> Vec<Ident>,
    ) -> Vec<Ident> {
        let known = self.known;
        let former = known.former.iter().filter(|(of, ..)| *of == kind);
        let mut reserved = reserved.to_vec();
        reserved.extend(former.map(|(.., old)| old.as_str()));
        let natural = name(&vec![None; places.len()], &reserved);
        let old: Vec<Option<&Ident>> = places
            .iter()
            .map(|(place, _)| known.get(kind, place))
            .collect();
        let mut both = old.iter().copied().zip(&natural);
        let differs = both.any(|(old, natural)| old.is_some_and(|old| old != natural));
        let idents = if differs {
            let keeps = |index: usize, old: &Ident| {
                let gives_way =
                    self.renames || places.get(index).is_some_and(|(_, is_chosen)| *is_chosen);
                !gives_way || natural.get(index) == Some(old)
            };
            let indexed = old.iter().enumerate();
            let kept: Vec<Option<&Ident>> = indexed
                .map(|(index, old)| old.filter(|old| keeps(index, old)))
                .collect();
            let leaving = old
                .iter()
                .zip(&kept)
                .filter(|(_, kept)| kept.is_none() && kind.has_aliases());
            reserved.extend(leaving.filter_map(|(old, _)| Some(old.as_ref()?.as_str())));
            name(&kept, &reserved)
        } else {
            natural.clone()
        };
        for (index, ident) in idents.iter().enumerate() {
            let place = &places[index].0;
            self.give(kind, place, ident);
            if let Some(old) = old[index].filter(|old| *old != ident || *old != &natural[index]) {
                self.departures.push(NameChange {
                    kind,
                    place: place.clone(),
                    old: old.clone(),
                    new: ident.clone(),
                    natural: natural[index].clone(),
                });
            }
        }
        idents
    }

    fn give(&mut self, kind: Kind, place: &PlacePath, ident: &Ident) {
        let key = (kind, place.clone());
        self.given
            .current
            .entry(key)
            .or_insert_with(|| ident.clone());
    }

    /// Notes that what lies directly below a place has the names that it has below another: both are one type.
    pub(crate) fn share(&mut self, original: &PlacePath, other: &PlacePath) {
        let depth = original.names().len();
        let is_below = |place: &PlacePath| {
            place.names().len() == depth + 1 && place.names().starts_with(original.names())
        };
        let shared = self.given.current.iter();
        let shared = shared.filter(|((kind, place), _)| *kind != Kind::Type && is_below(place));
        let shared: Vec<(Kind, PlacePath, Ident)> = shared
            .filter_map(|((kind, place), ident)| {
                Some((
                    *kind,
                    other.below(place.names().last()?.as_str()),
                    ident.clone(),
                ))
            })
            .collect();
        for (kind, place, ident) in shared {
            self.give(kind, &place, &ident);
        }
    }

    /// The names that were given, with the former ones that nothing else has, and what is not as it was or
    /// would be.
    pub(crate) fn finish(mut self) -> (Names, Vec<NameChange>) {
        let renamed = self
            .departures
            .iter()
            .filter(|one| one.kind.has_aliases() && one.old != one.new);
        let former = renamed.map(|one| (one.kind, one.place.clone(), one.old.clone()));
        let former = former.chain(self.known.former.iter().cloned());
        let aliased = self
            .given
            .current
            .iter()
            .filter(|((kind, _), _)| kind.has_aliases());
        let taken: BTreeSet<&Ident> = aliased.map(|(_, ident)| ident).collect();
        let mut seen = BTreeSet::new();
        let is_free = |(kind, place, old): &(Kind, PlacePath, Ident)| {
            let is_there = self.given.get(*kind, place).is_some();
            is_there && !taken.contains(old) && seen.insert(old.clone())
        };
        self.given.former = former.filter(is_free).collect();
        (self.given, self.departures)
    }
}
