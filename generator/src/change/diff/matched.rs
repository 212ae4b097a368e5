//! What two lists have in common.

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

/// Whether two things are the same one.
pub(super) type Same<'s, T> = &'s dyn Fn(&T, &T) -> bool;

/// Finds what two lists have in common: by the first criterion, then, of what is left, by the next. What the
/// old one alone has comes first, then the new one in its order.
pub(super) fn matched<'a, T>(
    old: &'a [T],
    new: &'a [T],
    criteria: &[Same<'_, T>],
) -> Vec<Matched<'a, T>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for is_same in criteria {
        for (after, place) in new
            .iter()
            .zip(&mut found)
            .filter(|(_, place)| place.is_none())
        {
            let mut left = old.iter().zip(&taken).enumerate();
            let index = left.position(|(_, (before, taken))| !taken && is_same(before, after));
            if let Some(index) = index {
                taken[index] = true;
                *place = Some(index);
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
