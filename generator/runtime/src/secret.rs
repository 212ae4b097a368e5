//! What is a secret by its name: such values are neither logged nor shown.

use super::json::{self, Json};

/// What is shown instead of a secret.
pub(super) const REDACTED: &str = "[redacted]";

/// Words in a name that tell that its value is a secret, wherever they stand in it.
const SECRET_WORDS: &[&str] = &[
    "accesskey",
    "accountkey",
    "apikey",
    "authkey",
    "authorization",
    "bearer",
    "clientsecret",
    "cookie",
    "credential",
    "encryptionkey",
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
    "signingkey",
    "subscriptionkey",
    "token",
];

/// The same, where they are the last word: `db_pass`, `X-Auth`. Inside of others they mean nothing.
const LAST_WORDS: &[&str] = &["auth", "otp", "pass", "pin", "psk", "sas", "sig", "totp"];

/// Names that are about secrets and hold none. They are whole names: a word that looks harmless tells nothing of a
/// name like `landing_page_token` or `server_password`.
const HARMLESS_NAMES: &[&str] = &[
    "accesstokentype",
    "accesstokenuri",
    "accesstokenurl",
    "continuationtoken",
    "maxtokens",
    "newstartpagetoken",
    "nextcontinuationtoken",
    "nextpagetoken",
    "nextsynctoken",
    "nexttoken",
    "pagetoken",
    "paginationtoken",
    "previouspagetoken",
    "prevpagetoken",
    "skiptoken",
    "startpagetoken",
    "synctoken",
    "tokenendpoint",
    "tokentype",
    "tokenuri",
    "tokenurl",
    "totaltokens",
];

/// Whether what has that name is usually a secret. `X-Api-Key` and `xApiKey` are the same name.
pub(super) fn is_secret_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    let has_word = || SECRET_WORDS.iter().any(|word| plain.contains(word));
    let is_harmless = HARMLESS_NAMES.contains(&plain.as_str());
    !is_harmless && (has_word() || LAST_WORDS.contains(&last_word(name).as_str()))
}

/// The last word of a name: `pass` of `dbPass`.
fn last_word(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let last = words.rfind(|word| !word.is_empty());
    let last = last.unwrap_or_default();
    let is_small = |c: char| !c.is_ascii_uppercase();
    // Of `dbPass` the hump, of `SharedSAS` all capitals at the end.
    let start = if last.ends_with(is_small) {
        last.rfind(|c: char| c.is_ascii_uppercase())
    } else {
        last.rfind(is_small).map(|at| at + 1)
    };
    last[start.unwrap_or(0)..].to_ascii_lowercase()
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
