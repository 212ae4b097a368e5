//! The Authorization field that a collection writes by hand.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::Authorization;
use crate::api::{Auth, AuthFrom, Hidden, Token};
use crate::input::postman::template;

/// What an own `Authorization` field says about the scheme: collections often write it by hand. `sent` is its value
/// as Postman sends it.
pub(in crate::input::postman) fn of_header(value: &str, sent: &str) -> Authorization {
    let (scheme, credentials) = read(value, sent);
    let credentials = credentials.into_iter();
    Authorization {
        scheme,
        from: AuthFrom::Header,
        credentials: credentials
            .map(|(name, value)| (name.to_owned(), Hidden(value)))
            .collect(),
        signs: true,
        unsupported: None,
    }
}

fn read(value: &str, sent: &str) -> (Auth, Vec<(&'static str, String)>) {
    let whole = || {
        let key = sent.trim().to_owned();
        (
            Auth::ApiKeyHeader("Authorization".to_owned()),
            vec![("value", key)],
        )
    };
    let (word, rest) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
    if !is_scheme(word) || (rest.is_empty() && !matches!(word, "Bearer" | "Token")) {
        return whole();
    }
    let token = |sent: &str| {
        let token = sent.trim_start().strip_prefix(word).unwrap_or_default();
        let token = token.strip_prefix(' ').unwrap_or(token);
        vec![("token", token.trim_end().to_owned())]
    };
    match word {
        "Basic" if !template::has_variable(rest) => match pair(rest) {
            Some((user, password)) => (
                Auth::Basic,
                vec![("username", user), ("password", password)],
            ),
            None => (Auth::Token(Token::Prefix(word.to_owned())), token(sent)),
        },
        "Bearer" if !rest.is_empty() => (Auth::Bearer, token(sent)),
        _ => (Auth::Token(Token::Prefix(word.to_owned())), token(sent)),
    }
}

/// Whether a word looks like the name of a scheme (`Zoho-oauthtoken`), rather than like a key.
fn is_scheme(word: &str) -> bool {
    let is_word = word
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'));
    is_word && (3..=24).contains(&word.len())
}

/// User name and password, where they are written as Postman would write them.
fn pair(encoded: &str) -> Option<(String, String)> {
    let decoded = String::from_utf8(BASE64.decode(encoded).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_their_scheme() {
        let check = |value: &str, scheme: Auth, credentials: &[(&str, &str)]| {
            let read = of_header(value, value);
            let found = read.credentials.iter();
            let found: Vec<_> = found.map(|(n, v)| (n.as_str(), v.0.as_str())).collect();
            assert_eq!(
                (read.scheme, found.as_slice()),
                (scheme, credentials),
                "{value}"
            );
        };
        let prefix = |word: &str| Auth::Token(Token::Prefix(word.to_owned()));
        let whole = || Auth::ApiKeyHeader("Authorization".to_owned());
        check("Bearer abc", Auth::Bearer, &[("token", "abc")]);
        check("Bearer {{t}}", Auth::Bearer, &[("token", "{{t}}")]);
        check("Bearer ", prefix("Bearer"), &[("token", "")]);
        check("bearer abc", prefix("bearer"), &[("token", "abc")]);
        check(
            "Token token=a b",
            prefix("Token"),
            &[("token", "token=a b")],
        );
        check(
            "Basic dTpw",
            Auth::Basic,
            &[("username", "u"), ("password", "p")],
        );
        check("Basic {{pair}}", prefix("Basic"), &[("token", "{{pair}}")]);
        check("Basic ??", prefix("Basic"), &[("token", "??")]);
        check("{{all}}", whole(), &[("value", "{{all}}")]);
        check("", whole(), &[("value", "")]);
        check("a1b2c3 d", whole(), &[("value", "a1b2c3 d")]);
    }
}
