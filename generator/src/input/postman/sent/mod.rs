//! Requests as Postman sends them, byte by byte, whatever is made of them in a client: values are put into
//! the texts first, and what comes out is read anew.

mod body;
mod headers;
mod url;

use super::Context;
use super::behavior::Behavior;
use crate::api::{Hidden, SentRequest};
use crate::document::json::Node;

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
