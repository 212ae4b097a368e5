//! Objects: maps, records, and records that hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::{Direction, Spot, any, because, conclude};
use crate::api::{self, Reason, Record, Schema, SchemaType};
use crate::document::report::Place;
use crate::input::postman::shape::{Member, Object, Shape, names_are_data, stands_for_any};

/// The type of objects.
pub(super) fn object(objects: &[&Object], spot: Spot<'_>) -> Schema {
    if names_are_data(objects.iter().copied()) {
        let map = SchemaType::Map(Box::new(values(objects, spot)));
        let first = objects
            .iter()
            .find_map(|object| object.members.iter().next());
        let reason = first.map(|(name, member)| Reason {
            at: Some(member.first),
            text: format!("names are data, such as `{name}`"),
        });
        return Schema {
            reasons: reason.into_iter().collect(),
            ..Schema::from(map)
        };
    }
    if spot.is_recursive {
        let reason = Reason::from("like the record that holds it");
        return because(SchemaType::Recursive(0), reason);
    }
    let family = Family::of(objects);
    let members = family.members(spot);
    if members.is_empty() {
        let map = SchemaType::Map(Box::new(values(objects, spot)));
        return because(map, Reason::from("no member is known"));
    }
    let mut names = family
        .objects
        .iter()
        .flat_map(|object| object.members.keys());
    let is_open = names.any(|name| stands_for_any(name));
    Schema::from(SchemaType::Record(Record {
        members,
        extra: is_open.then(|| Box::new(any())),
    }))
}

/// The type of the values of a map.
pub(super) fn values(objects: &[&Object], spot: Spot<'_>) -> Schema {
    conclude(&values_of(objects), spot)
}

fn values_of<'a>(objects: &[&'a Object]) -> Vec<&'a Shape> {
    let members = objects.iter().flat_map(|object| object.members.values());
    members.map(|member| &member.shape).collect()
}

/// What objects have under each name.
type ByName<'a> = BTreeMap<&'a str, Vec<&'a Member>>;

fn by_name<'a>(objects: &[&'a Object]) -> ByName<'a> {
    let mut all = ByName::new();
    for (name, member) in objects.iter().flat_map(|object| &object.members) {
        all.entry(name).or_default().push(member);
    }
    all
}

fn shapes<'a>(members: &[&'a Member]) -> Vec<&'a Shape> {
    members.iter().map(|member| &member.shape).collect()
}

/// Objects that are one record, with those of them that stand below others.
struct Family<'a> {
    objects: Vec<&'a Object>,
    /// The members that hold objects of the family, directly or in arrays and maps.
    recursive: BTreeSet<&'a str>,
}

impl<'a> Family<'a> {
    /// The members of the record, in the order of the documents.
    fn members(&self, spot: Spot<'_>) -> Vec<api::Member> {
        let named = by_name(&self.objects).into_iter();
        let named = named.filter(|(name, _)| !stands_for_any(name));
        let mut members: Vec<(Option<Place>, api::Member)> = named
            .map(|(name, found)| {
                let first = found.iter().map(|member| member.first).min();
                (first, self.member(name, &found, spot))
            })
            .collect();
        // Members come by name, which stays the order of those that stand at one place.
        members.sort_by_key(|(first, _)| *first);
        members.into_iter().map(|(_, member)| member).collect()
    }

    fn member(&self, name: &str, found: &[&Member], spot: Spot<'_>) -> api::Member {
        let shapes = shapes(found);
        let is_due = spot.direction == Direction::Request { optional: false };
        let is_always = found.len() == self.objects.len()
            && self
                .objects
                .iter()
                .all(|object| object.always.contains(name));
        let shown = self.objects.iter().map(|object| object.sights.len());
        let shown: usize = shown.sum();
        let is_shown = matches!(spot.direction, Direction::Reply { required_from: Some(least) } if shown >= least);
        let required = (is_due || is_shown) && is_always;
        let member = Spot {
            direction: spot.direction,
            name,
            is_recursive: self.recursive.contains(name),
        };
        let mut schema = conclude(&shapes, member);
        let is_missed = is_due && !is_always;
        schema
            .reasons
            .extend(is_missed.then(|| Reason::from("not every example has it")));
        api::Member {
            name: name.to_owned(),
            required,
            schema,
            ..api::Member::default()
        }
    }

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
            for (&name, found) in &all {
                let mut below = Vec::new();
                reach(&shapes(found), &mut below);
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
    let lists = shapes.iter().filter_map(|shape| shape.list.as_ref());
    let elements: Vec<&Shape> = lists.map(|list| &list.element).collect();
    if !elements.is_empty() {
        reach(&elements, records);
    }
    let objects = shapes.iter().filter_map(|shape| shape.object.as_deref());
    let objects: Vec<&Object> = objects.collect();
    if names_are_data(objects.iter().copied()) {
        reach(&values_of(&objects), records);
    } else {
        records.extend(objects);
    }
}

/// Whether records below a member are like those that hold them: they have that member too, and of
/// their other members most are also members above, of the same kind. One such member is enough for
/// children in a list or a map; a single child, `order` in the order of a checkout, needs two.
fn is_like(above: &ByName<'_>, below: &ByName<'_>, member: &str) -> bool {
    let agree = |name: &str| match (above.get(name), below.get(name)) {
        (Some(above), Some(below)) => is_same_kind(&shapes(above), &shapes(below)),
        _ => false,
    };
    if !agree(member) {
        return false;
    }
    let smaller = above.len().min(below.len()) - 1;
    let others = below.keys().filter(|&&name| name != member);
    let shared = others.filter(|name| agree(name)).count();
    let holds_many = |member: &&Member| member.shape.list.is_some() || member.shape.is_map();
    let is_single = |members: &Vec<&Member>| !members.iter().any(holds_many);
    let needed = 1 + usize::from(above.get(member).is_some_and(is_single));
    shared >= needed && shared * 2 > smaller
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
