//! Where a type inside of another one needs a box: where types hold themselves, and where one is large. And where types
//! that hold themselves have no end.

use std::collections::BTreeSet;

use crate::api::{NamedSchema, Schema, SchemaType};

/// The mentions of named schemas, each from one schema to another, that take more than the type itself.
#[derive(Default)]
pub(super) struct Cycles {
    /// Those that close a cycle without an array, a map or a box between, and those of large types.
    pub(super) boxed: BTreeSet<(usize, usize)>,
    /// Those that close a cycle of required members all around: no JSON has an end there.
    pub(super) endless: BTreeSet<(usize, usize)>,
}

/// How many bytes a type may have before it is boxed inside of another one. Types that hold the types of an API by value
/// grow with each level, up to megabytes: more than a thread has for its stack.
const LARGE: usize = 1024;

/// How many bytes a pointer, a number or the like has.
const WORD: usize = 8;

impl Cycles {
    pub(super) fn of(schemas: &[NamedSchema]) -> Self {
        let edges = |required: bool| -> Vec<Vec<usize>> {
            let all = schemas.iter();
            all.map(|one| held(&one.schema, required)).collect()
        };
        let all = edges(false);
        let (mut boxed, order) = closing(&all);
        let mut sizes = vec![0; schemas.len()];
        for from in order {
            boxed.extend(
                all[from]
                    .iter()
                    .filter(|to| sizes.get(**to).is_some_and(|size| *size > LARGE))
                    .map(|to| (from, *to)),
            );
            let of_mention = |to: usize| match sizes.get(to) {
                Some(size) if !boxed.contains(&(from, to)) => *size,
                _ => WORD,
            };
            sizes[from] = size(&schemas[from].schema, &of_mention);
        }
        Self {
            boxed,
            endless: closing(&edges(true)).0,
        }
    }
}

/// About how many bytes a value of a type has. The largest alternative of a union counts.
fn size(schema: &Schema, of_mention: &impl Fn(usize) -> usize) -> usize {
    match &schema.ty {
        SchemaType::Named(index) => of_mention(*index),
        SchemaType::Boolean | SchemaType::Integer(_) | SchemaType::Float => 2 * WORD,
        SchemaType::Tuple(elements) => elements.iter().map(|one| size(one, of_mention)).sum(),
        SchemaType::Union(union) => {
            let all = union.alternatives.iter();
            let all = all.map(|one| size(&one.schema, of_mention));
            all.max().unwrap_or_default() + WORD
        }
        SchemaType::Record(record) => {
            let members = record.members.iter();
            let members = members.map(|one| size(&one.schema, of_mention));
            members.sum::<usize>() + 3 * WORD
        }
        _ => 3 * WORD,
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

/// The edges of a graph that lead back to a node on the way to them, when it is walked from the first node on; and its
/// nodes, each behind those that its other edges lead to.
fn closing(edges: &[Vec<usize>]) -> (BTreeSet<(usize, usize)>, Vec<usize>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut closing = BTreeSet::new();
    let mut order = Vec::new();
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
                order.push(from);
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
    (closing, order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Member, Record};

    #[test]
    fn finds_what_closes_a_cycle() {
        let check = |edges: &[&[usize]], expected: &[(usize, usize)]| {
            let edges: Vec<Vec<usize>> = edges.iter().map(|to| to.to_vec()).collect();
            let (found, _) = closing(&edges);
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
    fn large_types_are_boxed() {
        let text = || Schema::from(SchemaType::Text);
        let record = |members: Vec<Schema>| {
            let members = members.into_iter().map(|schema| Member {
                schema,
                ..Member::default()
            });
            Schema::from(SchemaType::Record(Record {
                members: members.collect(),
                extra: None,
            }))
        };
        let of = |index| Schema::from(SchemaType::Named(index));
        let boxed = |texts: usize| {
            let schemas = [
                record(vec![of(1), of(2), text()]),
                record(vec![of(2)]),
                record((0..texts).map(|_| text()).collect()),
            ];
            let named = schemas.map(|schema| NamedSchema {
                name: String::new(),
                schema,
            });
            Cycles::of(&named).boxed.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(boxed(20), []);
        assert_eq!(boxed(50), [(0, 2), (1, 2)]);
    }

    #[test]
    fn a_long_chain_does_not_use_the_stack_up() {
        let edges: Vec<Vec<usize>> = (0..100_000).map(|node| vec![node + 1]).collect();
        let (closing, order) = closing(&edges);
        assert_eq!(closing, BTreeSet::new());
        assert_eq!(order.first(), Some(&99_999));
    }
}
