//! Types that hold themselves: where a box is needed, and where there is no end.

use std::collections::BTreeSet;

use crate::api::{NamedSchema, Schema, SchemaType};

/// The mentions of named schemas, each from one schema to another, that close a cycle.
#[derive(Default)]
pub(super) struct Cycles {
    /// Those without an array, a map or a box between.
    pub(super) boxed: BTreeSet<(usize, usize)>,
    /// Those of required members all around: no JSON has an end there.
    pub(super) endless: BTreeSet<(usize, usize)>,
}

impl Cycles {
    pub(super) fn of(schemas: &[NamedSchema]) -> Self {
        let all = |schema: &Schema| held(schema, false);
        let required = |schema: &Schema| held(schema, true);
        Self {
            boxed: closing(
                &schemas
                    .iter()
                    .map(|one| all(&one.schema))
                    .collect::<Vec<_>>(),
            ),
            endless: closing(
                &schemas
                    .iter()
                    .map(|one| required(&one.schema))
                    .collect::<Vec<_>>(),
            ),
        }
    }
}

/// The named schemas whose values are inside of a value of a schema, not in an array or a map. `required`: only those
/// that have to be there.
fn held(schema: &Schema, required: bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        match &schema.ty {
            _ if required && schema.nullable => {}
            SchemaType::Named(index) => found.push(*index),
            SchemaType::Tuple(elements) => open.extend(elements),
            SchemaType::Union(union) if !required => {
                open.extend(union.alternatives.iter().map(|one| &one.schema));
            }
            SchemaType::Record(record) => {
                let members = record
                    .members
                    .iter()
                    .filter(|one| one.required || !required);
                open.extend(members.map(|one| &one.schema));
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The edges of a graph that lead back to a node on the way to them, when it is walked from the first node on.
fn closing(edges: &[Vec<usize>]) -> BTreeSet<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut closing = BTreeSet::new();
    for start in 0..edges.len() {
        if states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        let mut way = vec![(start, 0)];
        while let Some((node, next)) = way.last_mut() {
            let from = *node;
            let Some(&to) = edges[from].get(*next) else {
                states[from] = State::Done;
                way.pop();
                continue;
            };
            *next += 1;
            match states.get(to) {
                Some(State::New) => {
                    states[to] = State::Open;
                    way.push((to, 0));
                }
                Some(State::Open) => {
                    closing.insert((from, to));
                }
                Some(State::Done) | None => {}
            }
        }
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_closes_a_cycle() {
        let check = |edges: &[&[usize]], expected: &[(usize, usize)]| {
            let edges: Vec<Vec<usize>> = edges.iter().map(|to| to.to_vec()).collect();
            let found = closing(&edges);
            assert_eq!(found.into_iter().collect::<Vec<_>>(), expected, "{edges:?}");
        };
        check(&[], &[]);
        check(&[&[1], &[2], &[]], &[]);
        check(&[&[0]], &[(0, 0)]);
        check(&[&[1], &[0]], &[(1, 0)]);
        // Two ways to the same node are no cycle.
        check(&[&[1, 2], &[3], &[3], &[]], &[]);
        check(&[&[1], &[2, 0], &[0, 1]], &[(1, 0), (2, 0), (2, 1)]);
        // What is not there leads nowhere.
        check(&[&[7]], &[]);
    }

    #[test]
    fn a_long_chain_does_not_use_the_stack_up() {
        let edges: Vec<Vec<usize>> = (0..100_000).map(|node| vec![node + 1]).collect();
        assert_eq!(closing(&edges), BTreeSet::new());
    }
}
