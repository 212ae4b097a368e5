//! What looks like a secret. A collection often holds live tokens; nothing generated may.

use std::borrow::Cow;
use std::ops::Range;

pub use letterpress_client::source::{REDACTED, is_secret_name};

/// How secrets begin whose issuers mark them (the public rules of gitleaks).
const PREFIXES: &[&str] = &[
    "AGE-SECRET-KEY-",
    "AIza",
    "AKIA",
    "ASIA",
    "ATATT3",
    "ATCTT3",
    "GOCSPX-",
    "NRAK-",
    "PMAK-",
    "SG.",
    "dckr_pat_",
    "doo_v1_",
    "dop_v1_",
    "dor_v1_",
    "eyJ",
    "figd_",
    "ghp_",
    "gho_",
    "ghr_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glc_",
    "glpat-",
    "glptt-",
    "glrt-",
    "glsa_",
    "hvb.",
    "hvs.",
    "lin_api_",
    "npm_",
    "nvapi-",
    "pk_live_",
    "pplx-",
    "pypi-",
    "rk_live_",
    "rk_test_",
    "rubygems_",
    "sbp_",
    "shpat_",
    "shpca_",
    "shppa_",
    "shpss_",
    "sk_live_",
    "sk_test_",
    "sntrys_",
    "sntryu_",
    "sq0atp-",
    "sq0csp-",
    "whsec_",
    "xapp-",
    "xoxa-",
    "xoxb-",
    "xoxe-",
    "xoxp-",
    "xoxs-",
    "ya29.",
];

/// Short ones, which begin words too: a secret has a digit.
const SHORT_PREFIXES: &[&str] = &["EAAA", "dapi", "gsk_", "hf_", "key-", "r8_", "sk-", "xai-"];

/// Whether a value that was found under that name may be a secret: by its name, or by its form.
#[must_use]
pub fn is_secret(name: &str, value: &str) -> bool {
    let says_its_name = letters(name) == letters(value);
    let is_named = is_secret_name(name) && !is_address(value);
    !is_stand_in(value) && !says_its_name && (is_named || redact(value) != value)
}

/// The letters and digits of a text, so that `X-Api-Key` and `xApiKey` are the same.
fn letters(text: &str) -> String {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.to_ascii_lowercase()
}

/// The address of something, where a name such as `password_reset_url` has a secret's word in it. What is secret in
/// it is known by its form.
fn is_address(value: &str) -> bool {
    value.starts_with("https://") || value.starts_with("http://")
}

/// Text that stands for a value: nothing, a variable, `<token>`, `CLIENT_SECRET`, `your key`.
fn is_stand_in(value: &str) -> bool {
    let value = value.trim();
    let is_constant =
        value.contains('_') && value.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let lower = value.to_ascii_lowercase();
    value.is_empty()
        || value == REDACTED
        || is_constant
        || value.contains("{{")
        || (value.starts_with(['<', '{', '[']) && value.ends_with(['>', '}', ']']))
        || lower.starts_with("your")
        || matches!(
            lower.as_str(),
            "string" | "token" | "password" | "secret" | "null" | "true" | "false" | "xxx"
        )
}

/// The text without what is a secret by its form, or by a name in front of it: `password=…`, `"token": "…"`,
/// `<pin>…</pin>`, `https://user:…@host`.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let spans = spans(text);
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        if span.start >= at {
            clean.push_str(&text[at..span.start]);
            clean.push_str(REDACTED);
        }
        at = at.max(span.end);
    }
    clean.push_str(&text[at..]);
    Cow::Owned(clean)
}

/// The text with each byte of a secret replaced, so that every place in it stays where it is.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let spans = spans(text);
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = text.to_owned();
    for span in spans {
        masked.replace_range(span.clone(), &"*".repeat(span.len()));
    }
    Cow::Owned(masked)
}

/// Where the secrets of a text stand, from left to right.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = keys(text);
    spans.extend(tokens(text));
    spans.extend(users(text));
    spans.extend(named(text));
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    spans
}

/// A JSON text without the values of secret-looking names, and without secrets by form.
#[must_use]
pub fn redact_json(text: &str) -> String {
    redact(text).into_owned()
}

/// Private keys in PEM (RFC 7468). One that is cut off goes to the end.
fn keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("-----BEGIN ").map(|at| from + at) {
        let label = &text[start + 11..];
        let label = &label[..label.find("-----").unwrap_or(label.len())];
        from = start + 11;
        if label.contains("PRIVATE KEY") && label.len() < 64 {
            let end = text[from..].find("-----END ").map(|at| from + at + 9);
            let end = end.and_then(|end| text[end..].find("-----").map(|at| end + at + 5));
            let end = end.unwrap_or(text.len());
            found.push(start..end);
            from = end;
        }
    }
    found
}

/// Words that begin as issuers mark secrets.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !is_token_char(c)) {
        let token = piece.trim_end_matches(|c: char| !is_token_char(c));
        if is_token(token) {
            found.push(at..at + token.len());
        }
        at += piece.len();
    }
    found
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// A word that begins as issuers mark secrets and is as long as they are, or ends in such a one: `key-ghp_…`.
fn is_token(word: &str) -> bool {
    // Where the last digit stands tells whether one follows.
    let digit = word.rfind(|c: char| c.is_ascii_digit());
    let marks = |at: usize| {
        let token = &word[at..];
        let begins = |prefix: &&&str| token.starts_with(**prefix);
        PREFIXES.iter().any(|prefix| begins(&prefix))
            || (digit > Some(at) && SHORT_PREFIXES.iter().any(|prefix| begins(&prefix)))
    };
    let inner = word.match_indices(['-', '.', '_']).map(|(at, _)| at + 1);
    let mut starts = std::iter::once(0).chain(inner);
    starts.any(|at| word.len() >= at + 16 && marks(at))
}

/// The passwords of users in URLs (RFC 3986, section 3.2.1).
fn users(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + 3;
        let is_end = |c: char| c.is_whitespace() || "/?#\"'<>`\\".contains(c);
        let end = text[start..].find(is_end);
        let authority = &text[start..end.map_or(text.len(), |end| start + end)];
        let Some((user, _)) = authority.rsplit_once('@') else {
            continue;
        };
        if let Some((name, password)) = user.split_once(':') {
            if !is_stand_in(password) {
                let start = start + name.len() + 1;
                found.push(start..start + password.len());
            }
        }
    }
    found
}

/// The longest name that is looked at.
const LONGEST_NAME: usize = 64;

/// Values behind a name that tells that they are secrets.
fn named(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for (at, sign) in text.match_indices(['=', ':', '>']) {
        let Some(name) = name_before(text, at, sign).filter(|_| at >= done) else {
            continue;
        };
        // Postman writes `"key": "password", "value": "…"`.
        let name = match name {
            "value" => name_of_entry(text, at).unwrap_or(name),
            name => name,
        };
        if !is_secret_name(name) {
            continue;
        }
        if let Some(span) = value_behind(text, at + 1, name, sign) {
            done = span.end;
            found.push(span);
        }
    }
    found
}

/// The name in front of a sign: `name=`, `"name" :`, `\"name\":`, `<name>`.
fn name_before<'t>(text: &'t str, at: usize, sign: &str) -> Option<&'t str> {
    let from = (0..=at.saturating_sub(LONGEST_NAME + 8))
        .rev()
        .find(|&from| text.is_char_boundary(from))?;
    let before = &text[from..at];
    let before = match sign {
        ">" => before,
        _ => before.trim_end_matches([' ', '"', '\'', '\\', '`', '*']),
    };
    let start = before.rfind(|c: char| !is_token_char(c));
    let start = start.map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let name = &before[start..];
    let is_tag = sign != ">" || before[..start].ends_with('<');
    (is_tag && !name.is_empty() && name.len() <= LONGEST_NAME).then_some(name)
}

/// How far in front of its value the name of an entry stands.
const ENTRY: usize = 200;

/// The name of an entry whose value follows.
fn name_of_entry(text: &str, at: usize) -> Option<&str> {
    let from = (0..=at.saturating_sub(ENTRY))
        .rev()
        .find(|&from| text.is_char_boundary(from))?;
    let before = &text[from..at];
    let key = &before[before.rfind("\"key\"")? + 5..];
    let key = key.trim_start().strip_prefix(':')?.trim_start();
    key.strip_prefix('"')?.split('"').next()
}

/// Schemes of `Authorization` (RFC 9110, section 11.4) that stand in front of what is secret.
const SCHEMES: &[&str] = &["apikey", "basic", "bearer", "digest", "token"];

/// The value behind a sign, where it is a secret.
fn value_behind(text: &str, at: usize, name: &str, sign: &str) -> Option<Range<usize>> {
    let rest = &text[at..];
    let start = at + rest.len() - rest.trim_start_matches([' ', '*']).len();
    let quotes = ["\\\"", "\"", "'"].into_iter();
    let quote = quotes
        .filter(|_| sign != ">")
        .find(|quote| text[start..].starts_with(*quote));
    if let Some(quote) = quote {
        let start = start + quote.len();
        let end = start + end_of_quote(&text[start..], quote)?;
        let value = &text[start..end];
        let is_free = !is_stand_in(value) && !is_address(value) && letters(name) != letters(value);
        return is_free.then_some(start..end);
    }
    let ends = |c: char| c.is_whitespace() || "&,;\"'<>()[]{}`|\\".contains(c);
    let word = |start: usize| {
        let end = text[start..]
            .find(ends)
            .map_or(text.len(), |end| start + end);
        start..end
    };
    let mut span = word(start);
    if SCHEMES.contains(&&*text[span.clone()].to_ascii_lowercase()) {
        let next =
            span.end + text[span.end..].len() - text[span.end..].trim_start_matches(' ').len();
        span = word(next);
    }
    let value = text[span.clone()].trim_end_matches(['.', ':', '!', '?']);
    let span = span.start..span.start + value.len();
    let is_free = !is_stand_in(value) && !is_address(value) && letters(name) != letters(value);
    (is_free && is_random(value, sign)).then_some(span)
}

/// Whether a word behind a name is no word of a sentence: in prose, `password: required` is none.
fn is_random(value: &str, sign: &str) -> bool {
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let has_sign = value.contains(['!', '@', '#', '$', '%', '^', '+', '~']);
    match sign {
        ":" => value.len() >= 4 && (has_digit || has_sign),
        _ => value.len() >= 3,
    }
}

/// Where a quoted text ends: at its quotation mark, which is not escaped.
fn end_of_quote(text: &str, quote: &str) -> Option<usize> {
    if quote.len() > 1 {
        return text.find(quote);
    }
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = text[at..].starts_with(quote) && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_secrets_by_name_and_by_form() {
        let check = |name: &str, value: &str, expected: bool| {
            assert_eq!(is_secret(name, value), expected, "{name}={value}");
        };
        check("X-Api-Key", "0a1b2c", true);
        check("api_key", "{{apiKey}}", false);
        check("access_token", "abc", true);
        check("next_page_token", "Tva2CuIdTgsv8wAn", false);
        check("token_type", "bearer", false);
        check("Authorization", "<token>", false);
        check("password", "YOUR_PASSWORD", false);
        check("name", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef", true);
        check("id", "68423085", false);
        check("client_secret", "CLIENT_SECRET", false);
        check("api_key", "apiKey", false);
    }

    #[test]
    fn redacts_texts() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef";
        assert_eq!(
            redact(&format!("use `{jwt}`, or not")),
            "use `[redacted]`, or not"
        );
        assert_eq!(redact("key-ghp_0123456789abcdef/x"), "[redacted]/x");
        assert_eq!(redact("plain é text"), "plain é text");
        let json =
            r#"{"user": "a", "password" : "hunter\"2", "n": 1, "t": ["x"], "token": "{{t}}"}"#;
        let expected =
            r#"{"user": "a", "password" : "[redacted]", "n": 1, "t": ["x"], "token": "{{t}}"}"#;
        assert_eq!(redact_json(json), expected);
    }

    /// Names whose values are secrets, though a word in them looks harmless; and names that are no secret's.
    #[test]
    fn a_harmless_word_outvotes_nothing() {
        let secrets = "account_password accountToken service_account_token X-Amz-Security-Token server_password \
            smtp_server_password domain_password host_password path_token async_token sync_secret nextPassword \
            discount_token type_token page_password landing_page_token expired_token url_token curl_token \
            endpoint_secret uri_secret continuation_password hostess_password ghost_api_key passwordHost \
            clientSecretExpires db_pass dbPass PIN x-otp sig SharedSAS X-Auth";
        for name in secrets.split_whitespace() {
            assert!(is_secret(name, "zz9QpXv000kL"), "{name}");
        }
        let harmless = "next_page_token pageToken token_type tokenUrl syncToken shipping compass author spin design \
            signal authenticated passenger key id";
        for name in harmless.split_whitespace() {
            assert!(!is_secret(name, "zz9QpXv000kL"), "{name}");
        }
        assert!(!is_secret("password_reset_url", "https://a.example/reset"));
    }

    /// `@` stands for the secret.
    #[test]
    fn redacts_what_has_a_name_in_front_of_it() {
        let secrets = [
            "password=@&grant_type=password",
            "https://a.example/?access_token=@&x=1",
            "https://me:@@a.example/x",
            "{\"password\": \"@\", \"a\": 1}",
            "{\"key\": \"password\",\n  \"value\": \"@\"}",
            "{\\\"password\\\": \\\"@\\\"}",
            "mutation { login(password: \"@\") { id } }",
            "<password>@</password>",
            "Use password: @ for the sandbox.",
            "**Password:** @",
            "Authorization: Bearer @",
            "X-Api-Key: '@'",
        ];
        for text in secrets {
            let redacted = text.replacen('@', REDACTED, 1);
            assert_eq!(redact(&text.replacen('@', "zz9Qp0kL", 1)), redacted);
        }
        let pem = "a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b";
        assert_eq!(redact(pem), "a [redacted] b");
        for text in [
            "The password: required, at least 8 characters.",
            "token: {{token}}, password=<password>, secret=",
            "Token: the token of the user; Password: see above",
            "https://user:{{password}}@a.example/?token={{token}}",
            "https://a.example/@me?next_page_token=Tva2CuIdTgsv8wAn",
            "token_type=bearer",
            "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn knows_how_issuers_mark_secrets() {
        for prefix in PREFIXES.iter().chain(SHORT_PREFIXES) {
            let text = format!("a {prefix}0aB1cD2eF3gH4iJ5kL6 b");
            assert_eq!(redact(&text), "a [redacted] b", "{prefix}");
        }
        assert_eq!(
            redact("a task-management-system"),
            "a task-management-system"
        );
    }
}
