//! Where a document comes from, and who may see the key.

use http::Uri;
use letterpress::document::secret;

/// The environment variable with the key of Postman's API.
pub(super) const KEY: &str = "POSTMAN_API_KEY";

/// Hosts of Postman's API. Others never get the key, whatever a configuration says.
const HOSTS: [&str; 3] = [
    "api.getpostman.com",
    "api.postman.com",
    "api.eu.postman.com",
];

/// What a document is to Postman's API.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Collection,
    Environment,
}

/// Where a document comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Origin {
    /// The URL, for messages and for what is stored: `${NAME}` in it is not replaced.
    pub(super) shown: String,
    /// The URL that is asked.
    pub(super) uri: Uri,
    /// The key, where the host may have it.
    pub(super) key: Option<String>,
}

impl Origin {
    /// The origin that a user writes: an id, which stands for a URL of Postman's API, or a URL. `variable` gives
    /// variables of the environment.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a sentence without a full stop. No value of a variable is in it.
    pub(super) fn read(
        text: &str,
        kind: Kind,
        api: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let is_url = text.contains("://");
        let shown = if is_url {
            text.to_owned()
        } else {
            of_id(text, kind, api)?
        };
        let (whole, has_variables) = with_variables(&shown, &variable)?;
        let uri = whole.parse::<Uri>().ok();
        let uri = uri.filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")));
        let uri = uri.ok_or_else(|| format!("`{shown}` is no http or https URL"))?;
        refuse_secrets(&shown)?;
        // Another API is one that is tried out on this machine.
        let is_api = |api: Uri| is_local(&api) && origin(&api) == origin(&uri);
        let is_postman =
            HOSTS.contains(&uri.host().unwrap_or_default()) || api.parse().is_ok_and(is_api);
        let key = variable(KEY).filter(|key| !key.is_empty() && is_postman);
        if !is_url && key.is_none() {
            return Err(format!(
                "{KEY} is not set: make a key in the settings of Postman, and put it into that environment variable"
            ));
        }
        if (key.is_some() || has_variables) && !is_private(&uri) {
            return Err(format!(
                "`{shown}` would send a secret without encryption: use https"
            ));
        }
        Ok(Self { shown, uri, key })
    }

    /// Where a redirect leads to, if that is the same server: no other gets the key, and no other takes the place of
    /// the one that was named.
    pub(super) fn redirected(&self, location: &str) -> Option<Self> {
        let target: Uri = if location.starts_with('/') && !location.starts_with("//") {
            let (scheme, authority) = (self.uri.scheme_str()?, self.uri.authority()?);
            format!("{scheme}://{authority}{location}").parse().ok()?
        } else {
            location.parse().ok()?
        };
        (target.host().is_some() && origin(&target) == origin(&self.uri)).then(|| Self {
            uri: target,
            ..self.clone()
        })
    }
}

/// The URL of Postman's API for an id.
fn of_id(id: &str, kind: Kind, api: &str) -> Result<String, String> {
    let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !is_id {
        return Err(format!("`{id}` is neither an id of Postman nor a URL"));
    }
    let list = match kind {
        Kind::Collection => "collections",
        Kind::Environment => "environments",
    };
    Ok(format!("{}/{list}/{id}", api.trim_end_matches('/')))
}

/// The variables of the environment that a URL names as `${NAME}`.
pub(super) fn variables(url: &str) -> impl Iterator<Item = &str> {
    let behind = url.split("${").skip(1);
    behind.filter_map(|behind| Some(behind.split_once('}')?.0))
}

/// A URL with the values of the variables that it names as `${NAME}`, and whether it names any.
fn with_variables(
    url: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<(String, bool), String> {
    let mut whole = String::new();
    let mut rest = url;
    while let Some((before, behind)) = rest.split_once("${") {
        let (name, after) = behind
            .split_once('}')
            .ok_or_else(|| format!("`{url}` has a `${{` without its `}}`"))?;
        if name == KEY {
            return Err(format!(
                "{KEY} is sent to Postman as a field of the header, and is no part of a URL: take it out of `{url}`"
            ));
        }
        let value = variable(name)
            .ok_or_else(|| format!("the environment variable {name} of `{url}` is not set"))?;
        whole.push_str(before);
        whole.push_str(&value);
        rest = after;
    }
    let has_variables = !whole.is_empty();
    whole.push_str(rest);
    Ok((whole, has_variables))
}

/// A URL that is written into a configuration is read by many.
fn refuse_secrets(url: &str) -> Result<(), String> {
    let (target, query) = url.split_once('?').unwrap_or((url, ""));
    let mut elements = query.split('&').filter_map(|one| one.split_once('='));
    let is_secret = |(name, value): (&str, &str)| {
        !value.starts_with("${") && (name == "access_key" || secret::is_secret(name, value))
    };
    if let Some((name, _)) = elements.find(|element| is_secret(*element)) {
        let (before, variable) = (target, name.to_ascii_uppercase().replace('-', "_"));
        return Err(format!(
            "the URL `{before}` has a secret in its query: write `{name}=${{{variable}}}`, and put the secret into that \
             environment variable"
        ));
    }
    let authority = target.split("://").nth(1).unwrap_or_default();
    let authority = authority.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        let message = "a URL with a user in it cannot be fetched: pass what authorizes in the query, as `${NAME}`";
        return Err(message.to_owned());
    }
    Ok(())
}

/// Scheme, host and port: what may see what was meant for one of them.
fn origin(uri: &Uri) -> (Option<&str>, Option<String>, u16) {
    let usual = if uri.scheme_str() == Some("https") {
        443
    } else {
        80
    };
    let host = uri.host().map(str::to_ascii_lowercase);
    (uri.scheme_str(), host, uri.port_u16().unwrap_or(usual))
}

/// Whether nobody on the way can read along: what is encrypted, or stays on this machine.
fn is_private(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https") || is_local(uri)
}

fn is_local(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    matches!(host, "127.0.0.1" | "[::1]" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "https://api.getpostman.com";

    fn read(text: &str, kind: Kind) -> Result<Origin, String> {
        let variable = |name: &str| match name {
            KEY => Some("PMAK-1".to_owned()),
            "ACCESS" => Some("hidden".to_owned()),
            _ => None,
        };
        Origin::read(text, kind, API, variable)
    }

    #[test]
    fn the_key_goes_to_postman_alone() {
        let check = |text: &str, kind: Kind, uri: &str, has_key: bool| {
            let origin = read(text, kind).expect("an origin");
            assert_eq!(
                (origin.uri.to_string().as_str(), origin.key.is_some()),
                (uri, has_key)
            );
            assert!(!origin.shown.contains("hidden"));
        };
        let collection = "https://api.getpostman.com/collections/1-2f";
        check("1-2f", Kind::Collection, collection, true);
        let environment = "https://api.getpostman.com/environments/1-2f";
        check("1-2f", Kind::Environment, environment, true);
        let eu = "https://api.eu.postman.com/collections/1";
        check(eu, Kind::Collection, eu, true);
        let other = "https://postman.example/collections/1";
        check(other, Kind::Collection, other, false);
        check(
            "http://a.example/x",
            Kind::Collection,
            "http://a.example/x",
            false,
        );
        let shared = "https://api.postman.com/collections/1?access_key=${ACCESS}";
        let whole = "https://api.postman.com/collections/1?access_key=hidden";
        check(shared, Kind::Collection, whole, true);
    }

    #[test]
    fn what_cannot_be_asked_says_why_and_nothing_secret() {
        let check = |text: &str, word: &str| {
            let error = read(text, Kind::Collection).expect_err(text);
            assert!(error.contains(word), "{text}: {error}");
            assert!(
                !error.contains("hidden") && !error.contains("PMAK"),
                "{error}"
            );
        };
        check("", "neither an id");
        check("a/b", "neither an id");
        check("ftp://a.example/x", "no http or https URL");
        check("https://", "no http or https URL");
        check("http://api.postman.com/x", "use https");
        check("http://a.example/${ACCESS}", "use https");
        check("https://a.example/${NONE}", "NONE");
        check("https://a.example/${POSTMAN_API_KEY}", "no part of a URL");
        check(
            "https://api.postman.com/?x=${POSTMAN_API_KEY}",
            "no part of a URL",
        );
        check("https://a.example/${ACCESS", "without its `}`");
        check("https://a.example/x?token=hidden", "token=${TOKEN}");
        check(
            "https://a.example/x?access_key=hidden",
            "access_key=${ACCESS_KEY}",
        );
        check("https://me:hidden@a.example/x", "user in it");
        let elsewhere = Origin::read("1", Kind::Collection, "https://evil.example", |_| {
            Some("PMAK-1".to_owned())
        });
        assert!(elsewhere.is_err(), "the key goes to Postman alone");
        let none = Origin::read("1", Kind::Collection, API, |_| None).expect_err("no key");
        assert!(none.contains(KEY), "{none}");
    }

    #[test]
    fn redirects_stay_with_the_server() {
        let origin = read("1", Kind::Collection).expect("an origin");
        let check = |location: &str, expected: Option<&str>| {
            let target = origin.redirected(location).map(|one| one.uri.to_string());
            assert_eq!(target.as_deref(), expected, "{location}");
        };
        check("/x?y", Some("https://api.getpostman.com/x?y"));
        check(
            "https://API.getpostman.com:443/x",
            Some("https://API.getpostman.com:443/x"),
        );
        check("http://api.getpostman.com/x", None);
        check("https://api.getpostman.com.evil.example/x", None);
        check("https://evil.example/x", None);
        check("//evil.example/x", None);
        check("https://api.getpostman.com@evil.example/x", None);
        check("x", None);
        check("", None);
    }
}
