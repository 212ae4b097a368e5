//! Objects: maps, records, and records that hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::{Data, DataMember, DataType, Direction, Holder, Reason, Spot, conclude};
use crate::report::Place;
use crate::shape::{Object, Shape, names_are_data};

/// The type of objects, and what there is to say about it.
pub(super) fn object(objects: &[&Object], spot: Spot<'_>) -> (DataType, Option<Reason>) {
    if names_are_data(objects.iter().copied()) {
        let reason = objects
            .iter()
            .find_map(|object| object.members.iter().next());
        let reason = reason.map(|(name, member)| Reason {
            at: Some(member.first),
            text: format!("names are data, such as `{name}`"),
        });
        return (DataType::Map(Box::new(values(objects, spot))), reason);
    }
    if spot.is_recursive {
        let reason = Reason::of("like the record that holds it");
        return (DataType::Recursive(0), Some(reason));
    }
    if objects.iter().all(|object| object.members.is_empty()) {
        let reason = Reason::of("no member is known");
        return (DataType::Map(Box::new(values(objects, spot))), Some(reason));
    }
    (DataType::Record(members(objects, spot)), None)
}

/// The type of the values of a map.
pub(super) fn values(objects: &[&Object], spot: Spot<'_>) -> Data {
    conclude(&values_of(objects), spot.element())
}

fn values_of<'a>(objects: &[&'a Object]) -> Vec<&'a Shape> {
    let members = objects.iter().flat_map(|object| object.members.values());
    members.map(|member| &member.shape).collect()
}

fn members(objects: &[&Object], spot: Spot<'_>) -> Vec<DataMember> {
    let family = Family::of(objects);
    let mut members: Vec<(Place, DataMember)> = Vec::new();
    for (name, shapes) in by_name(&family.objects) {
        let always = family
            .objects
            .iter()
            .all(|object| object.always.contains(name));
        let chosen = shapes
            .iter()
            .filter_map(|shape| shape.chosen.required)
            .max();
        let required =
            chosen.unwrap_or(always && spot.direction == Direction::Request { optional: false });
        let data = conclude(
            &shapes,
            Spot {
                direction: spot.direction,
                name,
                holder: Holder::Record { required },
                is_recursive: family.recursive.contains(name),
            },
        );
        let seen = family
            .objects
            .iter()
            .filter_map(|object| object.members.get(name));
        let first = seen.map(|member| member.first).min().unwrap_or_default();
        let name = name.to_owned();
        members.push((
            first,
            DataMember {
                name,
                required,
                data,
            },
        ));
    }
    members.sort_by(|(first, one), (second, two)| (first, &one.name).cmp(&(second, &two.name)));
    members.into_iter().map(|(_, member)| member).collect()
}

/// The values of all members, by name.
fn by_name<'a>(objects: &[&'a Object]) -> BTreeMap<&'a str, Vec<&'a Shape>> {
    let mut all: BTreeMap<&str, Vec<&Shape>> = BTreeMap::new();
    for (name, member) in objects.iter().flat_map(|object| &object.members) {
        all.entry(name).or_default().push(&member.shape);
    }
    all
}

/// Objects that are one record, with those of them that stand below others.
struct Family<'a> {
    objects: Vec<&'a Object>,
    /// The members that hold objects of the family, directly or in arrays and maps.
    recursive: BTreeSet<&'a str>,
}

impl<'a> Family<'a> {
    /// Takes objects below in, until nothing is left that belongs to the family.
    fn of(objects: &[&'a Object]) -> Self {
        let mut family = Family {
            objects: objects.to_vec(),
            recursive: BTreeSet::new(),
        };
        let mut known: BTreeSet<*const Object> = objects
            .iter()
            .map(|&object| std::ptr::from_ref(object))
            .collect();
        loop {
            let size = (family.objects.len(), family.recursive.len());
            let all = by_name(&family.objects);
            for (&name, shapes) in &all {
                let mut below = Vec::new();
                reach(shapes, &mut below);
                if family.recursive.contains(name) || is_like(&all, &by_name(&below), name) {
                    family.recursive.insert(name);
                    below.retain(|&object| known.insert(std::ptr::from_ref(object)));
                    family.objects.extend(below);
                }
            }
            if size == (family.objects.len(), family.recursive.len()) {
                return family;
            }
        }
    }
}

/// The records at a place: objects, also inside of arrays and maps.
fn reach<'a>(shapes: &[&'a Shape], records: &mut Vec<&'a Object>) {
    let elements: Vec<&Shape> = shapes
        .iter()
        .filter_map(|shape| shape.list.as_ref())
        .map(|list| list.element.as_ref())
        .collect();
    if !elements.is_empty() {
        reach(&elements, records);
    }
    let objects: Vec<&Object> = shapes
        .iter()
        .filter_map(|shape| shape.object.as_ref())
        .collect();
    if names_are_data(objects.iter().copied()) {
        reach(&values_of(&objects), records);
    } else {
        records.extend(objects);
    }
}

/// Whether records below a member are like those that hold them: they have that member too, and of
/// their other members most are also members above, of the same kind.
fn is_like(
    above: &BTreeMap<&str, Vec<&Shape>>,
    below: &BTreeMap<&str, Vec<&Shape>>,
    member: &str,
) -> bool {
    let agree = |name: &str| match (above.get(name), below.get(name)) {
        (Some(above), Some(below)) => is_same_kind(above, below),
        _ => false,
    };
    let smaller = above.len().min(below.len()).saturating_sub(1);
    let shared = below
        .keys()
        .filter(|&&name| name != member && agree(name))
        .count();
    agree(member) && shared > 0 && shared * 2 > smaller
}

/// Whether two places show a JSON kind that both have, or one of them shows none.
fn is_same_kind(one: &[&Shape], two: &[&Shape]) -> bool {
    let kinds = |shapes: &[&Shape]| {
        let any = |is: fn(&Shape) -> bool| shapes.iter().any(|shape| is(shape));
        [
            any(|shape| !shape.boolean.is_empty()),
            any(|shape| shape.number.is_some()),
            any(|shape| shape.text.is_some()),
            any(|shape| shape.list.is_some()),
            any(|shape| shape.object.is_some()),
        ]
    };
    let (one, two) = (kinds(one), kinds(two));
    let is_unknown = |kinds: [bool; 5]| !kinds.contains(&true);
    is_unknown(one) || is_unknown(two) || one.iter().zip(two).any(|(&one, two)| one && two)
}
