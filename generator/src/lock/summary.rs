//! What became of the requests of an earlier run.

use super::{Lock, shown};
use crate::pins::Pins;
use crate::plan::Crate;

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
        let mut summary = Self::default();
        for (path, module) in plan.requests() {
            let new = shown(&path);
            match pins.request(module.operation) {
                None => summary.added.push(new),
                Some(pin) if pin.path == path => summary.kept.push(new),
                Some(pin) => summary.renamed.push((shown(&pin.path), new)),
            }
        }
        let is_known =
            |path: &&Vec<_>| pins.requests.iter().flatten().any(|pin| pin.path == **path);
        let gone = old.requests.keys().filter(|path| !is_known(path));
        summary.removed = gone.map(|path| shown(path)).collect();
        summary
    }
}
