//! What two lists have in common.

use std::collections::BTreeMap;

/// Something that both sides have, or only one.
pub(super) enum Matched<'a, T> {
    Old(&'a T),
    New(&'a T),
    Both(&'a T, &'a T),
}

impl<'a, T> Matched<'a, T> {
    /// The old one, where there is one.
    pub(super) fn any(&self) -> &'a T {
        match self {
            Matched::Old(one) | Matched::New(one) | Matched::Both(one, _) => one,
        }
    }
}

/// What tells a thing: two that share a key are the same one.
pub(super) type Keys<'s, T> = &'s dyn Fn(Side, &T) -> Vec<String>;

/// The list that a thing is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Old,
    New,
}

/// Finds what two lists have in common: by the first criterion, then, of what is left, by the next. What the
/// old one alone has comes first, then the new one in its order.
pub(super) fn matched<'a, T>(
    old: &'a [T],
    new: &'a [T],
    criteria: &[Keys<'_, T>],
) -> Vec<Matched<'a, T>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for keys in criteria {
        // The last of each key comes first, so that it is taken last.
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let left = old.iter().enumerate().rev();
        for (index, before) in left.filter(|(index, _)| !taken[*index]) {
            for key in keys(Side::Old, before) {
                known.entry(key).or_default().push(index);
            }
        }
        let left = new.iter().zip(&mut found);
        for (after, place) in left.filter(|(_, place)| place.is_none()) {
            *place = keys(Side::New, after).iter().find_map(|key| {
                let indices = known.get_mut(key)?;
                std::iter::from_fn(|| indices.pop()).find(|index| !taken[*index])
            });
            if let Some(index) = *place {
                taken[index] = true;
            }
        }
    }
    let gone = old.iter().zip(&taken).filter(|(_, taken)| !**taken);
    let gone = gone.map(|(one, _)| Matched::Old(one));
    let others = new.iter().zip(&found).map(|(after, place)| {
        let before = place.and_then(|index| old.get(index));
        before.map_or(Matched::New(after), |before| Matched::Both(before, after))
    });
    gone.chain(others).collect()
}
