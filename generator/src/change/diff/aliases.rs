//! Deprecated aliases: names that modules, types and constants had before.

use std::collections::BTreeSet;

use super::{Both, Seen, rules};
use crate::document::report::Place;
use crate::plan::names::Ident;

/// The names of something: the present one, and those that are left of it.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) former: BTreeSet<String>,
}

impl Named {
    /// The names of what has one, of all aliases of a module, each with what it stands for.
    pub(super) fn of<'n>(
        ident: &Ident,
        aliases: impl Iterator<Item = (&'n Ident, &'n Ident)>,
    ) -> Self {
        let own = aliases.filter(|(_, now)| *now == ident);
        Self {
            name: ident.to_string(),
            former: own.map(|(old, _)| old.to_string()).collect(),
        }
    }
}

/// Reports the aliases that are new or gone; tells whether the old name is gone too.
pub(super) fn compare(
    both: &mut Both<'_>,
    old: &Named,
    new: &Named,
    at: (Option<Place>, Option<Place>),
) -> bool {
    let shown = |named: &Named, at| -> Seen { (Some(named.name.clone()), at) };
    let gone = old.former.difference(&new.former);
    for alias in gone.filter(|alias| **alias != new.name) {
        both.push(
            &rules::ALIAS_REMOVED,
            alias.as_str(),
            shown(old, at.0),
            (None, at.1),
        );
    }
    for alias in new.former.difference(&old.former) {
        both.push(
            &rules::ALIAS_ADDED,
            alias.as_str(),
            (None, at.0),
            shown(new, at.1),
        );
    }
    old.name != new.name && !new.former.contains(&old.name)
}
