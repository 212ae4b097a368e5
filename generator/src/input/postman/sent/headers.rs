//! Header fields (rules H1 to H3).

use crate::api::Hidden;
use crate::document::json::Node;
use crate::input::postman::Context;
use crate::input::postman::headers::{self, without_respelled};
use crate::input::postman::javascript::as_object;

/// The fields that are sent, in their order: those of equal names together, and whole numbers, which objects of
/// JavaScript have in front, first.
pub(super) fn read(context: &Context<'_>, request: &Node<'_>) -> Vec<(String, Hidden)> {
    let mut entries = headers::entries(request);
    entries.retain(|entry| !entry.disabled);
    let fields = without_respelled(entries).into_iter().map(|entry| {
        let name = context.scope.sent(&entry.name);
        let value = context
            .scope
            .sent(entry.value.as_deref().unwrap_or_default());
        (name, Hidden(value))
    });
    let named = fields.filter(|(name, _)| !name.is_empty()).collect();
    with_one_cookie(as_object(named))
}

/// The cookies of several fields are those of one.
fn with_one_cookie(headers: Vec<(String, Hidden)>) -> Vec<(String, Hidden)> {
    let mut joined: Vec<(String, Hidden)> = Vec::new();
    for (name, value) in headers {
        let is_cookie = name.eq_ignore_ascii_case("cookie");
        let mut known = joined.iter_mut();
        let own = known.find(|(own, _)| is_cookie && own.eq_ignore_ascii_case("cookie"));
        match own {
            Some((_, Hidden(own))) => own.extend(["; ", &value.0]),
            None => joined.push((name, value)),
        }
    }
    joined
}

/// The last value of that name.
pub(super) fn last<'h>(headers: &'h [(String, Hidden)], name: &str) -> Option<&'h str> {
    let mut all = headers.iter().rev();
    let found = all.find(|(other, _)| other.eq_ignore_ascii_case(name))?;
    Some(&found.1.0)
}
