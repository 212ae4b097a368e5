//! What the paths of an API stand on.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

use super::request_error::RequestError;

/// What the paths of an API stand on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BaseUrl {
    /// The name of the collection's variable (`baseUrl`), or the URL with its variables
    /// (`https://{team}.example.com`).
    pub name: &'static str,

    /// The URL where the settings have no other. Empty: the settings must have one.
    pub default: &'static str,

    /// Whether it is another than the one that most requests of the API stand on. It gets no credentials but those that
    /// are set for it: see [`Settings::credentials_for`](super::Settings::credentials_for).
    pub is_secondary: bool,
}

impl BaseUrl {
    /// The base URL of this name that most requests of an API stand on.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self {
            name,
            default,
            is_secondary: false,
        }
    }

    /// Another base URL of an API.
    #[must_use]
    pub const fn secondary(name: &'static str, default: &'static str) -> Self {
        Self {
            name,
            default,
            is_secondary: true,
        }
    }

    /// The form of `url` that requests are built on: without blanks around it, its host in ASCII.
    ///
    /// # Errors
    ///
    /// It is not scheme `http` or `https`, a host, maybe a port and a path.
    pub(super) fn normal<'a>(
        name: &'static str,
        url: &'a str,
    ) -> Result<Cow<'a, str>, RequestError> {
        normal(url).map_err(|problem| RequestError::BaseUrl { name, problem })
    }
}

fn normal(url: &str) -> Result<Cow<'_, str>, &'static str> {
    let url = url.trim();
    if url.is_empty() {
        return Err("is not set: call `Settings::base_url`");
    }
    if url.contains(['?', '#']) {
        return Err("has a query or a fragment");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err("does not begin with `http://` or `https://`");
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err("does not begin with `http://` or `https://`");
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err("has credentials in it: call `Settings::basic` instead");
    }
    let host_end = match authority.rfind(':') {
        Some(colon) if !authority[colon..].contains(']') => colon,
        _ => authority.len(),
    };
    let (host, port) = authority.split_at(host_end);
    let host = normal_host(host)?;
    let url = match host {
        Cow::Borrowed(_) => Cow::Borrowed(url),
        Cow::Owned(host) => Cow::Owned(format!("{scheme}://{host}{port}{path}")),
    };
    match url.parse::<Uri>() {
        Ok(_) => Ok(url),
        Err(_) => Err("is not a URL"),
    }
}

/// A host as it is sent: in punycode, an address in its usual form.
fn normal_host(host: &str) -> Result<Cow<'_, str>, &'static str> {
    if host.is_empty() {
        return Err("has no host");
    }
    if host.contains(['{', '}', '\\', ' ']) {
        return Err("is not a URL");
    }
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').unwrap_or(address);
        return match address.parse::<Ipv6Addr>() {
            Ok(address) => Ok(Cow::Owned(format!("[{address}]"))),
            Err(_) => Err("has a host in brackets that is no IPv6 address"),
        };
    }
    if !host.is_ascii() {
        return to_ascii(host).map(Cow::Owned);
    }
    // URL libraries read a host whose last label is a number as an address, however it is written (URL standard, "host
    // parser"): `127.1` and `0x7f000001` are `127.0.0.1`.
    let last = host.trim_end_matches('.').rsplit('.').next();
    let is_number = last.is_some_and(|label| {
        let digits = label.strip_prefix("0x").or(label.strip_prefix("0X"));
        match digits {
            Some(digits) => digits.bytes().all(|b| b.is_ascii_hexdigit()),
            None => !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit()),
        }
    });
    if is_number && host.parse::<Ipv4Addr>().is_err() {
        return Err(
            "has an IPv4 address that is not written as four numbers with dots between them",
        );
    }
    Ok(Cow::Borrowed(host))
}

#[cfg(feature = "idna")]
fn to_ascii(host: &str) -> Result<String, &'static str> {
    idna::domain_to_ascii(host).map_err(|_| "has a host that is no domain name")
}

#[cfg(not(feature = "idna"))]
fn to_ascii(_: &str) -> Result<String, &'static str> {
    Err(
        "has a host that is not ASCII: write it in punycode (`xn--…`), or turn on the feature `idna`",
    )
}
