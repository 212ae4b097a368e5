//! What a type of a module holds: fields, kinds of values, listed values.

use super::aliases::{self, Named};
use super::matched::{Keys, Matched, Side, matched};
use super::places::Places;
use super::types::{Names, Types, same};
use super::{Both, Seen, rules};
use crate::document::report::Place;
use crate::plan::names::Ident;
use crate::plan::{Alternative, Listed, Member, Outline, Structure, Type};

/// Compares the types of a request with what they were.
pub(super) fn compare(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>, names: &Names) {
    let (olds, news) = (Types::of(old), Types::of(new));
    let places = (Places::of(old), Places::of(new));
    let sent = news.sent();
    let is_same: Keys<'_, (&Ident, Structure)> = &|side, (ident, _)| {
        let ident = if side == Side::Old {
            names.now(ident)
        } else {
            ident
        };
        vec![ident.to_string()]
    };
    for matched in matched(&olds.all, &news.all, &[is_same]) {
        let at =
            |(ident, _): &(&Ident, Structure)| (places.0.of_type(ident), places.1.of_type(ident));
        match matched {
            Matched::Old(one) => {
                both.push(
                    &rules::TYPE_REMOVED,
                    one.0.as_str(),
                    (None, at(one).0),
                    (None, None),
                );
            }
            Matched::New(one) => {
                both.push(
                    &rules::TYPE_ADDED,
                    one.0.as_str(),
                    (None, None),
                    (None, at(one).1),
                );
            }
            Matched::Both((ident, before), (new_ident, after)) => {
                let mut pair = Pair {
                    both,
                    places: &places,
                    names,
                    idents: (ident, new_ident),
                };
                let of =
                    |outline: &Outline<'_>, ident| Named::of(ident, outline.module.names.aliases());
                let (was, is) = (of(old, ident), of(new, new_ident));
                let at = (places.0.of_type(ident), places.1.of_type(new_ident));
                if aliases::compare(pair.both, &was, &is, at) {
                    let (old, new) = (ident.to_string(), new_ident.to_string());
                    pair.push(&rules::TYPE_RENAMED, "", ("", Some(old)), ("", Some(new)));
                }
                pair.structure(before, after, sent.contains(new_ident));
            }
        }
    }
}

/// A type as it was and as it is.
struct Pair<'p, 'a> {
    both: &'p mut Both<'a>,
    places: &'p (Places, Places),
    names: &'p Names,
    idents: (&'p Ident, &'p Ident),
}

impl Pair<'_, '_> {
    /// Each side is a name on the wire, which has its place, and what is there.
    fn push(
        &mut self,
        rule: &'static rules::Rule,
        what: &str,
        old: (&str, Option<String>),
        new: (&str, Option<String>),
    ) {
        let at: (Option<Place>, Option<Place>) = (
            self.places.0.of_member(self.idents.0, old.0),
            self.places.1.of_member(self.idents.1, new.0),
        );
        let (old, new): (Seen, Seen) = ((old.1, at.0), (new.1, at.1));
        self.both
            .push(rule, format!("{}{what}", self.idents.0), old, new);
    }

    fn structure(&mut self, old: &Structure, new: &Structure, is_sent: bool) {
        match (old, new) {
            (Structure::Record(old, old_extra), Structure::Record(new, new_extra)) => {
                self.members(old, new, is_sent);
                match (old_extra, new_extra) {
                    (None, Some(ident)) => {
                        self.push(
                            &rules::MEMBER_ADDED,
                            &format!(".{ident}"),
                            ("", None),
                            ("", Some("Extra".to_owned())),
                        );
                    }
                    (Some(ident), None) => {
                        self.push(
                            &rules::MEMBER_REMOVED,
                            &format!(".{ident}"),
                            ("", Some("Extra".to_owned())),
                            ("", None),
                        );
                    }
                    _ => {}
                }
            }
            (Structure::Choice(old), Structure::Choice(new)) => self.alternatives(old, new),
            (Structure::Listed(old), Structure::Listed(new))
            | (Structure::Numbers(old), Structure::Numbers(new)) => self.values(old, new),
            (old, new) => {
                let (old, new) = (Some(word(old).to_owned()), Some(word(new).to_owned()));
                self.push(&rules::TYPE_KIND_CHANGED, "", ("", old), ("", new));
            }
        }
    }

    fn members(&mut self, old: &[Member], new: &[Member], is_sent: bool) {
        for matched in matched(
            old,
            new,
            &[&|_, one| vec![one.wire.clone()], &|_, one| {
                vec![one.ident.to_string()]
            }],
        ) {
            let what = format!(".{}", matched.any().ident);
            let what = what.as_str();
            match matched {
                Matched::Old(one) => {
                    self.push(
                        &rules::MEMBER_REMOVED,
                        what,
                        (&one.wire, Some(one.ty.to_string())),
                        ("", None),
                    );
                }
                Matched::New(one) => {
                    let is_required = is_sent && !matches!(one.ty, Type::Option(_));
                    let rule = if is_required {
                        &rules::MEMBER_ADDED_REQUIRED
                    } else {
                        &rules::MEMBER_ADDED
                    };
                    self.push(
                        rule,
                        what,
                        ("", None),
                        (&one.wire, Some(one.ty.to_string())),
                    );
                }
                Matched::Both(old, new) => self.member(what, old, new),
            }
        }
    }

    fn member(&mut self, what: &str, old: &Member, new: &Member) {
        let names = self.names;
        let mut push = |rule, before: String, after: String| {
            self.push(
                rule,
                what,
                (&old.wire, Some(before)),
                (&new.wire, Some(after)),
            );
        };
        if old.ident != new.ident {
            push(
                &rules::MEMBER_RENAMED,
                old.ident.to_string(),
                new.ident.to_string(),
            );
        }
        if old.wire != new.wire {
            push(
                &rules::MEMBER_WIRE_CHANGED,
                old.wire.clone(),
                new.wire.clone(),
            );
        }
        if !same(&old.ty, &new.ty, names) {
            push(
                &rules::MEMBER_TYPE_CHANGED,
                old.ty.to_string(),
                new.ty.to_string(),
            );
        }
    }

    fn alternatives(&mut self, old: &[Alternative], new: &[Alternative]) {
        for matched in matched(old, new, &[&|_, one| vec![one.ident.to_string()]]) {
            let what = format!("::{}", matched.any().ident);
            match matched {
                Matched::Old(one) => self.push(
                    &rules::VARIANT_REMOVED,
                    &what,
                    ("", Some(one.ty.to_string())),
                    ("", None),
                ),
                Matched::New(one) => self.push(
                    &rules::VARIANT_ADDED,
                    &what,
                    ("", None),
                    ("", Some(one.ty.to_string())),
                ),
                Matched::Both(old, new) if !same(&old.ty, &new.ty, self.names) => {
                    let (old, new) = (Some(old.ty.to_string()), Some(new.ty.to_string()));
                    self.push(&rules::VARIANT_TYPE_CHANGED, &what, ("", old), ("", new));
                }
                Matched::Both(..) => {}
            }
        }
    }

    fn values(&mut self, old: &[Listed], new: &[Listed]) {
        for matched in matched(
            old,
            new,
            &[&|_, one| vec![one.value.clone()], &|_, one| {
                vec![one.ident.to_string()]
            }],
        ) {
            let what = format!("::{}", matched.any().ident);
            match matched {
                Matched::Old(one) => self.push(
                    &rules::VARIANT_REMOVED,
                    &what,
                    ("", Some(one.value.clone())),
                    ("", None),
                ),
                Matched::New(one) => self.push(
                    &rules::VARIANT_ADDED,
                    &what,
                    ("", None),
                    ("", Some(one.value.clone())),
                ),
                Matched::Both(old, new) if old.ident != new.ident => {
                    let (old, new) = (Some(old.ident.to_string()), Some(new.ident.to_string()));
                    self.push(&rules::VARIANT_RENAMED, &what, ("", old), ("", new));
                }
                Matched::Both(old, new) if old.value != new.value => {
                    let (old, new) = (Some(old.value.clone()), Some(new.value.clone()));
                    self.push(&rules::VARIANT_WIRE_CHANGED, &what, ("", old), ("", new));
                }
                Matched::Both(..) => {}
            }
        }
    }
}

fn word(structure: &Structure) -> &'static str {
    match structure {
        Structure::Record(..) => "a struct",
        Structure::Choice(_) => "an enum of several kinds of values",
        Structure::Listed(_) => "an enum of listed values",
        Structure::Numbers(_) => "an enum of listed numbers",
        Structure::Alias(_) | Structure::Shared(_) => "another name",
    }
}
