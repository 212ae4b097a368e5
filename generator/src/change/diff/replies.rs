//! What replies give: the type of a success, the enums `Response` and `Failure`, error codes.

use super::matched::{Keys, Matched, matched};
use super::types::{Names, same};
use super::{Both, Seen, rules};
use crate::document::report::Place;
use crate::plan::{CodeAt, DocumentedReply, Module, Outline, Type, When};

/// Compares the replies of a request with what they were.
pub(super) fn compare(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>, names: &Names) {
    successes(both, old, new, names);
    failures(both, old, new, names);
    numbers(both, old, new);
    error_codes(both, old, new);
    traits(both, old, new);
}

fn successes(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>, names: &Names) {
    let (before, after) = (old.module, new.module);
    let at = (Some(old.operation.at), Some(new.operation.at));
    let are_enums = (!before.variants.is_empty(), !after.variants.is_empty());
    if are_enums.0 != are_enums.1 || !same(&before.response, &after.response, names) {
        let old = (Some(response(before)), at.0);
        both.push(
            &rules::RESPONSE_TYPE_CHANGED,
            "Response",
            old,
            (Some(response(after)), at.1),
        );
    }
    let (olds, news) = (replies(old, false), replies(new, false));
    if are_enums == (true, true) {
        return variants(both, (&olds, at.0), (&news, at.1), names);
    }
    for matched in matched(&olds, &news, &[&|_, one| key_of(one)]) {
        match matched {
            Matched::Old(reply) => {
                let seen = (Some(told_by(reply)), place(reply).or(at.0));
                both.push(&rules::STATUS_UNDOCUMENTED, "Response", seen, (None, at.1));
            }
            Matched::New(reply) => {
                let seen = (Some(told_by(reply)), place(reply).or(at.1));
                both.push(&rules::STATUS_DOCUMENTED, "Response", (None, at.0), seen);
            }
            Matched::Both(..) => {}
        }
    }
}

/// The type of a success, in words.
fn response(module: &Module) -> String {
    if module.variants.is_empty() {
        module.response.to_string()
    } else {
        "an enum by status".to_owned()
    }
}

fn failures(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>, names: &Names) {
    let at = (Some(old.operation.at), Some(new.operation.at));
    match (
        old.module.failures.is_empty(),
        new.module.failures.is_empty(),
    ) {
        (true, false) => both.push(
            &rules::FAILURES_ADDED,
            "Failure",
            (None, at.0),
            (None, at.1),
        ),
        (false, true) => both.push(
            &rules::FAILURES_REMOVED,
            "Failure",
            (None, at.0),
            (None, at.1),
        ),
        _ => {}
    }
    variants(
        both,
        (&replies(old, true), at.0),
        (&replies(new, true), at.1),
        names,
    );
}

/// The replies of a kind, each variant once: a failure may be told by a code and by a status.
fn replies<'a>(outline: &'a Outline<'_>, is_failure: bool) -> Vec<&'a DocumentedReply> {
    let mut all: Vec<&DocumentedReply> = Vec::new();
    for reply in outline
        .replies
        .iter()
        .filter(|reply| reply.is_failure == is_failure)
    {
        let is_known =
            reply.variant.is_some() && all.iter().any(|one| one.variant == reply.variant);
        if !is_known {
            all.push(reply);
        }
    }
    all
}

type Side<'a> = (&'a [&'a DocumentedReply], Option<Place>);

/// A reply is the same one where it is documented for the same statuses.
fn key_of(reply: &DocumentedReply) -> Vec<String> {
    vec![format!("{:?}", reply.when)]
}

/// Compares the variants of an enum with what they were.
fn variants(both: &mut Both<'_>, old: Side<'_>, new: Side<'_>, names: &Names) {
    let by_name: Keys<'_, &DocumentedReply> = &|_, one| vec![format!("{:?}", one.variant)];
    for matched in matched(old.0, new.0, &[&|_, one| key_of(one), by_name]) {
        let what = variant(matched.any());
        match matched {
            Matched::Old(reply) => {
                let seen = (Some(held(reply)), place(reply).or(old.1));
                both.push(&rules::VARIANT_REMOVED, what, seen, (None, new.1));
            }
            Matched::New(reply) => {
                let seen = (Some(held(reply)), place(reply).or(new.1));
                both.push(&rules::VARIANT_ADDED, what, (None, old.1), seen);
            }
            Matched::Both(before, after) => {
                let at = (place(before).or(old.1), place(after).or(new.1));
                let mut push = |rule, old: String, new: String| {
                    if old != new {
                        both.push(rule, what.clone(), (Some(old), at.0), (Some(new), at.1));
                    }
                };
                push(&rules::VARIANT_RENAMED, variant(before), variant(after));
                push(
                    &rules::VARIANT_WIRE_CHANGED,
                    told_by(before),
                    told_by(after),
                );
                let is_same = match (&before.ty, &after.ty) {
                    (Some(old), Some(new)) => same(old, new, names),
                    (old, new) => old == new,
                };
                if !is_same {
                    push(&rules::VARIANT_TYPE_CHANGED, held(before), held(after));
                }
            }
        }
    }
}

fn variant(reply: &DocumentedReply) -> String {
    let holder = if reply.is_failure {
        "Failure"
    } else {
        "Response"
    };
    let ident = reply.variant.as_ref();
    ident.map_or_else(|| holder.to_owned(), |ident| format!("{holder}::{ident}"))
}

fn told_by(reply: &DocumentedReply) -> String {
    match &reply.when {
        Some(When::Status(status)) => status.to_string(),
        Some(When::Code(code)) => format!("error code {code}"),
        None => "any success".to_owned(),
    }
}

/// What tells a variant, and what it holds.
fn held(reply: &DocumentedReply) -> String {
    match reply.ty.as_ref().filter(|ty| **ty != Type::Unit) {
        Some(ty) => format!("{}: {ty}", told_by(reply)),
        None => told_by(reply),
    }
}

fn place(reply: &DocumentedReply) -> Option<Place> {
    reply.reasons.iter().find_map(|reason| reason.at)
}

/// A variant that comes before others moves their numbers, which a cast shows.
fn numbers(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    let (before, after) = (&old.module.failures, &new.module.failures);
    let are_plain = before
        .iter()
        .chain(after)
        .all(|failure| failure.body.is_none());
    let has_moved = before.iter().enumerate().any(|(number, failure)| {
        let now = after.iter().position(|one| one.ident == failure.ident);
        now.is_some_and(|now| now != number)
    });
    if are_plain && has_moved {
        let at = (Some(old.operation.at), Some(new.operation.at));
        both.push(
            &rules::NUMBERS_CHANGED,
            "Failure",
            (None, at.0),
            (None, at.1),
        );
    }
}

fn error_codes(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    let seen = |outline: &Outline<'_>, known: &CodeAt| -> Seen {
        let mut responses = outline.operation.responses.iter();
        let at = responses.find(|one| one.codes.iter().any(|code| code.code == known.code));
        let at = at.map_or(outline.operation.at, |response| response.at);
        (Some(known.message.clone()), Some(at))
    };
    let is_same: Keys<'_, CodeAt> = &|_, one| vec![format!("{:?} {:?}", one.status, one.code)];
    for matched in matched(&old.module.error_codes, &new.module.error_codes, &[is_same]) {
        let what = error_code(matched.any());
        match matched {
            Matched::Old(one) => {
                let other = (None, Some(new.operation.at));
                both.push(&rules::ERROR_CODE_REMOVED, what, seen(old, one), other);
            }
            Matched::New(one) => {
                let other = (None, Some(old.operation.at));
                both.push(&rules::ERROR_CODE_ADDED, what, other, seen(new, one));
            }
            Matched::Both(..) => {}
        }
    }
}

/// An error code, and the status that it comes with.
pub(super) fn error_code(known: &CodeAt) -> String {
    let status = known.status.map(|status| format!(", {status}"));
    format!("error code {}{}", known.code, status.unwrap_or_default())
}

/// The traits that types have or not, by what is in them.
fn traits(both: &mut Both<'_>, old: &Outline<'_>, new: &Outline<'_>) {
    let at = (Some(old.operation.at), Some(new.operation.at));
    let (before, after) = (derived(old.module), derived(new.module));
    for ((name, had), (_, has)) in before.into_iter().zip(after) {
        let (Some(had), Some(has)) = (had, has) else {
            continue;
        };
        let traits = |list: &[&'static str]| Some(list.join(", "));
        if had.len() > has.len() {
            both.push(&rules::TRAITS_LOST, name, (traits(had), at.0), (None, at.1));
        } else if had.len() < has.len() {
            both.push(
                &rules::TRAITS_GAINED,
                name,
                (None, at.0),
                (traits(has), at.1),
            );
        }
    }
}

/// The types of a module whose traits depend on what is in them, and those traits; nothing for a type that
/// is not there.
fn derived(module: &Module) -> [(&'static str, Option<&'static [&'static str]>); 3] {
    let request: &[&str] = if module.fields.is_empty() {
        &["Default"]
    } else {
        &[]
    };
    let holds_reply = module
        .variants
        .iter()
        .any(|variant| variant.ty == Type::Reply);
    let response: &[&str] = if holds_reply { &[] } else { &["PartialEq"] };
    let holds_body = module.failures.iter().any(|failure| failure.body.is_some());
    let failure: &[&str] = if holds_body {
        &[]
    } else {
        &["Copy", "Eq", "Hash"]
    };
    [
        ("Request", Some(request)),
        (
            "Response",
            (!module.variants.is_empty()).then_some(response),
        ),
        ("Failure", (!module.failures.is_empty()).then_some(failure)),
    ]
}
