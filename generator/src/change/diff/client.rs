//! What is not of a single request: base URLs, documentation of the crate and of folders.

use super::aliases::{self, Named};
use super::matched::{Matched, Side, matched};
use super::{Both, Seen, rules};
use crate::api;
use crate::plan::{BaseUrl, Crate, Group};

/// Compares what a client has beside its requests with what it was.
pub(super) fn compare(both: &mut Both<'_>) {
    let (old, new) = (both.old.plan, both.new.plan);
    bases(both, old, new);
    if (&old.title, &old.docs) != (&new.title, &new.docs) {
        both.push(
            &rules::DOCS_CHANGED,
            "the crate",
            (None, None),
            (None, None),
        );
    }
    groups(both, &old.root, &new.root, "");
}

fn bases(both: &mut Both<'_>, old: &Crate, new: &Crate) {
    let named = |plan: &Crate, base: &BaseUrl| Named::of(&base.ident, plan.base_names.aliases());
    let all_names = |side: Side, base: &BaseUrl| -> Vec<String> {
        let named = named(if side == Side::Old { old } else { new }, base);
        std::iter::once(named.name).chain(named.former).collect()
    };
    let none: Seen = (None, None);
    for matched in matched(
        &old.bases,
        &new.bases,
        &[&|_, base| vec![base.ident.to_string()], &all_names],
    ) {
        let what = matched.any().ident.to_string();
        match matched {
            Matched::Old(base) => {
                both.push(&rules::BASE_URL_REMOVED, what, seen(base), none.clone());
            }
            Matched::New(base) => both.push(&rules::BASE_URL_ADDED, what, none.clone(), seen(base)),
            Matched::Both(before, after) => {
                let (was, is) = (named(old, before), named(new, after));
                if aliases::compare(both, &was, &is, (None, None)) {
                    let name = was.name;
                    both.push(&rules::BASE_URL_REMOVED, name, seen(before), none.clone());
                }
                if before.base != after.base {
                    let rule = if api::is_elsewhere(&before.base.default, &after.base.default) {
                        &rules::BASE_URL_HOST_CHANGED
                    } else {
                        &rules::BASE_URL_CHANGED
                    };
                    both.push(rule, what, seen(before), seen(after));
                }
            }
        }
    }
}

/// What a constant stands for.
fn seen(base: &BaseUrl) -> Seen {
    let text = format!("`{}` {}", base.base.name, base.base.default);
    (Some(text.trim_end().to_owned()), None)
}

fn groups(both: &mut Both<'_>, old: &Group, new: &Group, path: &str) {
    for matched in matched(
        &old.groups,
        &new.groups,
        &[&|_, (ident, _)| vec![ident.to_string()]],
    ) {
        if let Matched::Both((ident, old), (_, new)) = matched {
            let path = format!("{path}{ident}");
            if old.docs != new.docs {
                both.push(
                    &rules::DOCS_CHANGED,
                    path.clone(),
                    (None, None),
                    (None, None),
                );
            }
            groups(both, old, new, &format!("{path}::"));
        }
    }
}
