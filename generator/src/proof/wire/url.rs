//! The parts of a URL.

/// Scheme, authority, and what comes behind it (RFC 3986, section 3); nothing where the text is no absolute URL.
pub(super) fn split(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let mut chars = scheme.chars();
    let begins = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let is_scheme =
        begins && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    is_scheme.then_some((scheme, authority, rest))
}

/// Scheme, host and port, in lower case and without a default port; empty where the text is no absolute URL.
pub(super) fn origin(url: &str) -> String {
    let Some((scheme, authority, _)) = split(url) else {
        return String::new();
    };
    let scheme = scheme.to_ascii_lowercase();
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = host.to_lowercase();
    let port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    format!("{scheme}://{}", host.strip_suffix(port).unwrap_or(&host))
}

/// Path and query, as they are sent.
pub(super) fn target(url: &str) -> String {
    let rest = split(url).map_or(url, |(_, _, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    if rest.starts_with('/') {
        rest.to_owned()
    } else {
        format!("/{rest}")
    }
}
