//! Hosts that are for the user to fill in: `https://<account>.example.com`.

use super::url::split;

/// A base URL with the names of the placeholders in its host in their places: `https://account.example.com`. Nothing,
/// where there is none; no host name has these brackets (RFC 3986, section 3.2.2).
pub(crate) fn filled(url: &str) -> Option<String> {
    let (scheme, host, rest) = split(url)?;
    let named = host.replace(['<', '>', '{', '}'], "");
    (named != host && !named.is_empty()).then(|| format!("{scheme}://{named}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn placeholders_of_hosts_have_their_names_as_values() {
        let check = |url: &str, expected: Option<&str>| {
            assert_eq!(filled(url).as_deref(), expected, "{url}");
        };
        check(
            "https://<a-b>.x.example/<c>",
            Some("https://a-b.x.example/<c>"),
        );
        check("https://{a}.x.example", Some("https://a.x.example"));
        check(
            "https://<<a>>.x.example:8080",
            Some("https://a.x.example:8080"),
        );
        check("https://a.example/{b}", None);
        check("https://<>", None);
        check("a", None);
    }
}
