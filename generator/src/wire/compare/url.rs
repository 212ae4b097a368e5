//! The parts of a URL that are compared.

/// Scheme, host and port, in lower case and without a default port; empty where the text is no absolute URL.
pub(in super::super) fn origin(url: &str) -> String {
    let Some((scheme, rest)) = scheme(url) else {
        return String::new();
    };
    let scheme = scheme.to_ascii_lowercase();
    let authority = &rest[..authority_end(rest)];
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
pub(in super::super) fn target(url: &str) -> String {
    let rest = scheme(url).map_or(url, |(_, rest)| &rest[authority_end(rest)..]);
    let rest = rest.split('#').next().unwrap_or(rest);
    if rest.starts_with('/') {
        rest.to_owned()
    } else {
        format!("/{rest}")
    }
}

/// The scheme, and what stands behind its `://`.
fn scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let mut chars = scheme.chars();
    let begins = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let is_scheme =
        begins && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    is_scheme.then_some((scheme, rest))
}

fn authority_end(rest: &str) -> usize {
    rest.find(['/', '?', '#']).unwrap_or(rest.len())
}
