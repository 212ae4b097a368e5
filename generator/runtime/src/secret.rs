//! What is a secret by its name: such values are neither logged nor shown.

use super::json::{self, Json};

/// What is shown instead of a secret.
pub(super) const REDACTED: &str = "[redacted]";

/// Words in a name that tell that its value is a secret.
const SECRET_WORDS: &[&str] = &[
    "apikey",
    "authkey",
    "authorization",
    "bearer",
    "clientsecret",
    "cookie",
    "credential",
    "jwt",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "sessionid",
    "signature",
    "subscriptionkey",
    "token",
];

/// Words in a name that is about secrets but holds none: a page token, the type of a token.
const HARMLESS_WORDS: &[&str] = &[
    "page",
    "type",
    "expire",
    "continuation",
    "next",
    "sync",
    "url",
    "uri",
    "count",
    "host",
    "server",
    "endpoint",
    "domain",
    "path",
];

/// Whether what has that name is usually a secret. `X-Api-Key` and `xApiKey` are the same name.
pub(super) fn is_secret_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    has(SECRET_WORDS) && !has(HARMLESS_WORDS)
}

/// The text of a body as an error may quote it. JSON is shown without the values of secrets; nothing is shown of
/// any other text that names one.
pub(super) fn quotable(text: &str) -> String {
    match json::from_str::<Json>(text) {
        Ok(mut body) => {
            if hide(&mut body) {
                return json::to_string(&body);
            }
        }
        Err(_) if names_secret(text) => return REDACTED.to_owned(),
        Err(_) => {}
    }
    text.to_owned()
}

/// Replaces the values of secrets. Whether there were any.
fn hide(body: &mut Json) -> bool {
    match body {
        Json::Array(elements) => elements.iter_mut().fold(false, |any, one| hide(one) | any),
        Json::Object(members) => members.iter_mut().fold(false, |any, (name, value)| {
            let says_nothing = matches!(value, Json::Null | Json::Boolean(_));
            if !is_secret_name(name) || says_nothing {
                return hide(value) | any;
            }
            *value = REDACTED.into();
            true
        }),
        _ => false,
    }
}

/// Whether a text has the name of a secret with a value: `password=`, `"token": `.
fn names_secret(text: &str) -> bool {
    let mut words = text.split([':', '=']).peekable();
    while let Some(before) = words.next() {
        let name = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let start = name.rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
        let name = &name[start.map_or(0, |at| at + char_len(name, at))..];
        if words.peek().is_some() && is_secret_name(name) {
            return true;
        }
    }
    false
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}
