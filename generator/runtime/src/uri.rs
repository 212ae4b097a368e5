//! Changing the query of a URL that is already made.

use http::Uri;

use super::encode;
use super::request_error::RequestError;

/// The same URL with `name=value` at the end of its query, and no other element of that name.
pub(super) fn with_element(uri: &Uri, name: &str, value: &str) -> Result<Uri, RequestError> {
    let mut element = String::new();
    encode::push(&mut element, encode::QUERY_NAME, &name);
    let mut query: Vec<&str> = elements(uri)
        .filter(|other| self::name(other) != element)
        .collect();

    element.push('=');
    encode::push_query_value(&mut element, &value);
    query.push(&element);
    with_query(uri, &query.join("&"))
}

/// The same URL with another query; the empty one is none.
pub(super) fn with_query(uri: &Uri, query: &str) -> Result<Uri, RequestError> {
    let text = uri.to_string();
    let before = text.split('?').next().unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    Uri::try_from(format!("{before}{mark}{query}")).map_err(|_| RequestError::Target {
        path: uri.path().to_owned(),
    })
}

/// What stands between the `&` of a query.
pub(super) fn elements(uri: &Uri) -> impl Iterator<Item = &str> {
    uri.query().into_iter().flat_map(|query| query.split('&'))
}

/// The name of an element, as it is encoded.
pub(super) fn name(element: &str) -> &str {
    element.split('=').next().unwrap_or_default()
}
