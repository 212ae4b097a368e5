//! What became of the requests of an earlier run.

use std::collections::{BTreeMap, BTreeSet};

use super::Lock;
use super::identity;
use crate::plan::Crate;
use crate::plan::names::{self, Ident};
use crate::plan::pins::Pins;

/// The requests of a run against those of an earlier one, by their modules.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Requests that are new.
    pub added: Vec<String>,
    /// Requests that are gone.
    pub removed: Vec<String>,
    /// Requests with another module: the old one and the new one.
    pub renamed: Vec<(String, String)>,
    /// Requests whose module is the same.
    pub kept: Vec<String>,
}

impl Summary {
    /// Compares a plan with what was known before it.
    #[must_use]
    pub fn of(old: &Lock, plan: &Crate, pins: &Pins) -> Self {
        let before: Vec<&Vec<Ident>> = old.requests.keys().collect();
        let requests = plan.requests();
        let known = requests
            .iter()
            .enumerate()
            .filter_map(|(index, (_, module))| {
                let pin = pins.request(module.operation)?;
                Some((before.binary_search(&&pin.path).ok()?, index))
            });
        let after: Vec<&Vec<Ident>> = requests.iter().map(|(path, _)| path).collect();
        let pairs = identity::with_modules(known.collect(), &before, &after);
        let (kept, found): (BTreeSet<usize>, BTreeMap<usize, usize>) = pairs
            .into_iter()
            .map(|(old, new)| (old, (new, old)))
            .unzip();
        let mut summary = Self::default();
        for (index, path) in after.into_iter().enumerate() {
            match found.get(&index).map(|old| before[*old]) {
                None => summary.added.push(names::path(path)),
                Some(was) if was == path => summary.kept.push(names::path(path)),
                Some(was) => summary.renamed.push((names::path(was), names::path(path))),
            }
        }
        let gone = (0..before.len()).filter(|index| !kept.contains(index));
        summary.removed = gone.map(|index| names::path(before[index])).collect();
        summary
    }
}
