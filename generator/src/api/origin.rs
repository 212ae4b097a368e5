//! Where requests go: the part of a base URL that decides who sees credentials.

/// The origin of a URL (RFC 6454): scheme, host and port.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    scheme: String,
    host: String,
    port: String,
}

impl Origin {
    /// The origin of a URL; nothing for one without a scheme or a host.
    #[must_use]
    pub fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split(['/', '\\', '?', '#']).next()?;
        let authority = authority.rsplit('@').next()?.to_ascii_lowercase();
        let scheme = scheme.to_ascii_lowercase();
        let port_at = authority.rfind(':').filter(|at| {
            let port = &authority[at + 1..];
            port.bytes().all(|b| b.is_ascii_digit())
        });
        let (host, port) = port_at.map_or((&*authority, ""), |at| {
            (&authority[..at], &authority[at + 1..])
        });
        let port = match (&*scheme, port) {
            ("http", "80") | ("https", "443") => "",
            (_, port) => port,
        };
        let [host, port] = [host.trim_end_matches('.'), port].map(str::to_owned);
        (!host.is_empty()).then_some(Self { scheme, host, port })
    }

    /// Whether everyone on the way can read what is sent.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.scheme == "http" && !self.is_local()
    }

    /// Whether requests stay on the machine.
    fn is_local(&self) -> bool {
        let host = &*self.host;
        // 127.0.0.0/8 (RFC 1122, section 3.2.1.3); a name does not end in a number.
        let numbers: Vec<_> = host.split('.').map(str::parse::<u8>).collect();
        let is_loopback =
            numbers.len() == 4 && numbers.iter().all(Result::is_ok) && numbers[0] == Ok(127);
        is_loopback || host == "localhost" || host.ends_with(".localhost") || host == "[::1]"
    }

    /// Whether requests that went to `old` now go to another host or port, or are no longer encrypted.
    fn differs_from(&self, old: &Self) -> bool {
        let is_same_place = (&self.host, &self.port) == (&old.host, &old.port);
        !is_same_place || (self.scheme != old.scheme && self.scheme != "https")
    }
}

/// Whether requests that went to the URL `old` go elsewhere with `new`: to another host or port, or no longer
/// encrypted. What is empty goes nowhere.
#[must_use]
pub fn is_elsewhere(old: &str, new: &str) -> bool {
    match (Origin::of(old), Origin::of(new)) {
        (Some(old), Some(new)) => new.differs_from(&old),
        _ => !new.is_empty() && old != new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins() {
        let check = |old: &str, new: &str, expected: bool| {
            assert_eq!(is_elsewhere(old, new), expected, "{old} {new}");
        };
        check("https://a.example", "https://a.example/v2", false);
        check("https://a.example/v1", "HTTPS://A.example.:443?q", false);
        check("https://a.example", "https://me@a.example", false);
        check("http://a.example:80", "https://a.example", false);
        check("https://a.example", "http://a.example", true);
        check("https://a.example", "https://a.example:8443", true);
        check("https://a.example", "https://a.example.evil.example", true);
        check("https://a.example", "https://a.example@evil.example", true);
        check(
            "https://a.example",
            "https://evil.example\\@a.example",
            true,
        );
        check("https://a.example", "https://evil.example#@a.example", true);
        check("https://{region}.example", "https://{host}.example", true);
        check("https://a.example", "https://[::1]", true);
        check("https://a.example", "", false);
        check("", "https://a.example", true);
        check("https://a.example", "//evil.example", true);
    }

    #[test]
    fn what_can_be_read_on_the_way() {
        let check = |url: &str, expected: Option<bool>| {
            let found = Origin::of(url).map(|origin| origin.is_plain());
            assert_eq!(found, expected, "{url}");
        };
        check("http://a.example/v1", Some(true));
        check("HTTP://10.0.0.1:8080", Some(true));
        check("http://localhost.example", Some(true));
        check("http://127.0.0.1.example", Some(true));
        check("https://a.example", Some(false));
        for local in [
            "localhost",
            "LOCALHOST:3000",
            "127.0.0.9:1",
            "[::1]:80",
            "api.localhost",
        ] {
            check(&format!("http://{local}/x"), Some(false));
        }
        check("", None);
        check("a.example", None);
        check("https:///x", None);
    }
}
