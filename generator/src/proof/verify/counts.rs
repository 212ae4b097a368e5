//! Counts of what holds.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::Serialize;

use super::fidelity::Compared;
use crate::proof::wire::Verdict;

/// Counts of a collection, or of all of them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Counts {
    /// Collections.
    pub collections: usize,
    /// Requests in them.
    pub requests: usize,
    /// Requests that have a module.
    pub generated: usize,
    /// Requests that have none: refused by an error of the document, or left out by configuration.
    pub skipped: usize,
    /// Saved replies with a documented status whose body is JSON.
    pub replies: usize,
    /// Replies that the client reads.
    pub decoded: usize,
    /// Replies that the client writes again as the same JSON.
    pub lossless: usize,
    /// Replies with members that their schemas do not name: a client may lose those, so these are only read.
    pub unnamed: usize,
    /// Replies in which placeholders of a converter were replaced by values of their types.
    pub placeholders: usize,
    /// Request bodies that are JSON.
    pub bodies: usize,
    /// Request bodies in which placeholders, or variables without a value, were replaced by values of their types.
    pub bodies_made_up: usize,
    /// Request bodies beside these that are no JSON with the values of their variables, so that they are not fed.
    pub bodies_broken: usize,
    /// Request bodies that the client sends as the same JSON.
    pub bodies_equal: usize,
    /// Warnings of the compiler about clients.
    pub compile_warnings: usize,
    /// What the requests are that were compared with what Postman sends.
    #[serde(flatten)]
    pub fidelity: Fidelity,
}

/// What requests are, beside what Postman sends. Each is counted once.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Fidelity {
    /// Requests that are the same on the wire, or refused by both.
    pub identical: usize,
    /// Those of them in which values of their types stand for placeholders of a converter.
    pub identical_made_up: usize,
    /// Requests that differ deliberately, by code.
    pub deliberate: BTreeMap<&'static str, usize>,
    /// Requests that differ.
    pub different: usize,
    /// Recorded calls that prove nothing, as those that were asked do not agree on the request.
    pub disputed: usize,
    /// Recorded calls without a request, as the document is at fault.
    pub unrecorded: usize,
}

/// What the requests are that use something.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Use {
    /// How many there are.
    pub requests: usize,
    /// What they are.
    #[serde(flatten)]
    pub fidelity: Fidelity,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.collections += other.collections;
        self.requests += other.requests;
        self.generated += other.generated;
        self.skipped += other.skipped;
        self.replies += other.replies;
        self.decoded += other.decoded;
        self.lossless += other.lossless;
        self.unnamed += other.unnamed;
        self.placeholders += other.placeholders;
        self.bodies += other.bodies;
        self.bodies_made_up += other.bodies_made_up;
        self.bodies_broken += other.bodies_broken;
        self.bodies_equal += other.bodies_equal;
        self.compile_warnings += other.compile_warnings;
        self.fidelity += other.fidelity;
    }
}

impl AddAssign for Fidelity {
    fn add_assign(&mut self, other: Self) {
        self.identical += other.identical;
        self.identical_made_up += other.identical_made_up;
        self.different += other.different;
        self.disputed += other.disputed;
        self.unrecorded += other.unrecorded;
        for (code, count) in other.deliberate {
            *self.deliberate.entry(code).or_default() += count;
        }
    }
}

impl Fidelity {
    /// How many requests differ deliberately.
    #[must_use]
    pub fn deliberate(&self) -> usize {
        self.deliberate.values().sum()
    }

    pub(super) fn of(compared: &Compared<'_>) -> Self {
        let is_made_up = compared.verdict == Verdict::StandIns;
        let is_identical = is_made_up || compared.verdict == Verdict::Identical;
        Self {
            identical: usize::from(is_identical),
            identical_made_up: usize::from(is_made_up),
            deliberate: compared
                .reason()
                .map(|reason| (reason.code, 1))
                .into_iter()
                .collect(),
            different: usize::from(!compared.differences().is_empty()),
            disputed: 0,
            unrecorded: 0,
        }
    }
}
