//! What looks like a secret. A collection often holds live tokens; nothing generated may.

use std::borrow::Cow;

pub use letterpress_client::source::{REDACTED, is_secret_name};

/// How secrets begin whose issuers mark them.
const PREFIXES: &[&str] = &[
    "eyJ",
    "AKIA",
    "ASIA",
    "AIza",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "pk_live_",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "SG.",
    "PMAK-",
    "ya29.",
    "shpat_",
    "npm_",
    "dop_v1_",
    "-----BEGIN",
];

/// Whether a value that was found under that name may be a secret: by its name, or by its form.
#[must_use]
pub fn is_secret(name: &str, value: &str) -> bool {
    let says_its_name = words(name) == words(value);
    !is_stand_in(value) && !says_its_name && (is_secret_name(name) || redact(value) != value)
}

/// The letters and digits of a text, so that `X-Api-Key` and `xApiKey` are the same.
fn words(text: &str) -> String {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.to_ascii_lowercase()
}

/// Text that stands for a value: nothing, a variable, `<token>`, `CLIENT_SECRET`, `your key`.
fn is_stand_in(value: &str) -> bool {
    let value = value.trim();
    let is_constant =
        value.contains('_') && value.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let lower = value.to_ascii_lowercase();
    value.is_empty()
        || is_constant
        || value.contains("{{")
        || (value.starts_with(['<', '{', '[']) && value.ends_with(['>', '}', ']']))
        || lower.starts_with("your")
        || matches!(
            lower.as_str(),
            "string" | "token" | "password" | "secret" | "null" | "true" | "false" | "xxx"
        )
}

/// The text without what is a secret by its form.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    if !text.split(|c: char| !is_token_char(c)).any(is_token) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !is_token_char(c)) {
        let token = piece.trim_end_matches(|c: char| !is_token_char(c));
        clean.push_str(if is_token(token) { REDACTED } else { token });
        clean.push_str(&piece[token.len()..]);
    }
    Cow::Owned(clean)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// A word that begins as issuers mark secrets and is as long as they are, or ends in such a one: `key-ghp_…`.
fn is_token(word: &str) -> bool {
    let marks = |token: &str| PREFIXES.iter().any(|prefix| token.starts_with(prefix));
    let inner = word.match_indices(['-', '.', '_']).map(|(at, _)| at + 1);
    let mut starts = std::iter::once(0).chain(inner);
    starts.any(|at| word.len() >= at + 16 && marks(&word[at..]))
}

/// A JSON text with the values of secret-looking names replaced, and secrets by form.
#[must_use]
pub fn redact_json(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, value, after)) = next_member(rest) {
        clean.push_str(before);
        clean.push_str(if is_secret_name(name) && !is_stand_in(value) {
            REDACTED
        } else {
            value
        });
        rest = after;
    }
    clean.push_str(rest);
    redact(&clean).into_owned()
}

/// The next member with a string value: what stands before the value, name, value, what stands behind.
fn next_member(text: &str) -> Option<(&str, &str, &str, &str)> {
    let mut from = 0;
    loop {
        let colon = from + text.get(from..)?.find(':')?;
        from = colon + 1;
        let name = text[..colon]
            .trim_end()
            .strip_suffix('"')
            .and_then(|before| before.rsplit('"').next());
        let blanks = text[from..].len() - text[from..].trim_start().len();
        let start = from + blanks + 1;
        let (Some(name), Some('"')) = (name, text[from + blanks..].chars().next()) else {
            continue;
        };
        let end = start + end_of_string(text.get(start..)?)?;
        return Some((&text[..start], name, &text[start..end], &text[end..]));
    }
}

fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
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
}
