//! Requests as Postman sends them, byte by byte, whatever is made of them in a client: values are put into
//! the texts first, and what comes out is read anew.

mod body;
mod headers;
mod url;

use std::collections::BTreeMap;

use super::Context;
use super::behavior::Behavior;
use crate::api::{Hidden, SentRequest};
use crate::json::Node;

/// The request of that method; `auth` is the type of the `auth` block in effect.
pub(super) fn read(
    context: &Context<'_>,
    request: &Node<'_>,
    method: &str,
    behavior: Behavior,
    auth: &str,
) -> SentRequest {
    let (url, refused) = match url::read(context, request, behavior.keeps_url()) {
        Ok(url) => (url, None),
        Err(reason) => (url::Url::default(), Some(reason)),
    };
    let mut headers = headers::read(context, request);
    let own = headers::last(&headers, "content-type");
    let body = body::read(context, request, own);
    let is_sent = behavior.keeps_body() || !super::body::BODILESS.contains(&method);
    let body = Some(body).filter(|_| is_sent).unwrap_or_default();
    if let Some(media_type) = body.media_type.filter(|_| !behavior.untyped()) {
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        headers.push(("Content-Type".to_owned(), Hidden(media_type)));
    }
    SentRequest {
        url: Hidden(url.text),
        user: url.user.map(Hidden),
        headers,
        body: body.content,
        auth: auth.to_owned(),
        refused,
    }
}

/// The members as an object of JavaScript keeps them: those of one name together, and whole numbers in front,
/// ascending.
fn as_object<T>(members: Vec<(String, T)>) -> Vec<(String, T)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in &members {
        let next = places.len();
        places.entry(name.clone()).or_insert(next);
    }
    let mut members = members;
    members.sort_by_cached_key(|(name, _)| match index(name) {
        Some(index) => (false, u64::from(index), 0),
        None => (true, 0, places.get(name).copied().unwrap_or_default()),
    });
    members
}

/// The whole number that a name is, written as JavaScript writes it.
fn index(name: &str) -> Option<u32> {
    let number = name.parse::<u32>().ok()?;
    (number != u32::MAX && number.to_string() == name).then_some(number)
}

#[cfg(test)]
mod tests {
    #[test]
    fn members_come_in_the_order_of_javascript() {
        let check = |names: &[&str], expected: &[&str]| {
            let members = names.iter().map(|name| ((*name).to_owned(), ())).collect();
            let ordered = super::as_object(members);
            let ordered: Vec<&str> = ordered.iter().map(|(name, ())| name.as_str()).collect();
            assert_eq!(ordered, expected);
        };
        check(&["a", "b", "a"], &["a", "a", "b"]);
        check(&["b", "10", "9", "01", "a"], &["9", "10", "b", "01", "a"]);
        check(&["+1", "4294967295", "0"], &["0", "+1", "4294967295"]);
    }
}
