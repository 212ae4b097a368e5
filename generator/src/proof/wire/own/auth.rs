//! The credentials of a document (rule A3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::api::{Auth, Hidden, OAuth1, Token, same_field};
use crate::document::encode;
use crate::proof::wire::Line;

/// Signs a request as Postman does, with the parameters of its `auth` block.
pub(super) fn sign(line: &mut Line, credentials: &[(String, Hidden)]) {
    let parameter = |name: &str| {
        let mut all = credentials.iter();
        let found = all.find(|(other, _)| other == name);
        found.map(|(_, Hidden(value))| value.as_str())
    };
    let text = |name| parameter(name).unwrap_or_default();
    match line.auth.as_deref().unwrap_or_default() {
        "basic" => {
            let pair = format!("{}:{}", text("username"), text("password"));
            authorize(line, format!("Basic {}", BASE64.encode(pair)));
        }
        "bearer" if !text("token").is_empty() => {
            authorize(line, format!("Bearer {}", text("token")));
        }
        "oauth2" if !text("accessToken").is_empty() && text("tokenType") != "mac" => {
            let token = text("accessToken");
            if text("addTokenTo") == "queryParams" {
                add_element(line, "access_token", token);
            } else {
                let prefix = parameter("headerPrefix").unwrap_or("Bearer").trim();
                authorize(line, format!("{prefix} {token}").trim_start().to_owned());
            }
        }
        "apikey" if !text("key").is_empty() || !text("value").is_empty() => {
            let (key, value) = (text("key"), text("value"));
            if text("in") == "query" {
                add_element(line, key, value);
            } else if !key.is_empty() {
                line.headers.retain(|(name, _)| !same_field(name, key));
                line.headers.push((key.to_owned(), value.to_owned()));
            }
        }
        // What the server asks is answered later.
        "ntlm" => withdraw(line),
        _ => {}
    }
}

/// Notes that a request has a signature, which is another one each time: its first word stands for it.
pub(super) fn sign_anew(line: &mut Line, auth: &Auth, credentials: &[(String, Hidden)]) {
    let word = match auth {
        Auth::OAuth1(OAuth1 {
            in_header: true, ..
        }) => "OAuth",
        Auth::Aws {
            in_query: false, ..
        } => "AWS4-HMAC-SHA256",
        Auth::Hawk { .. } if has(credentials, "authId") && has(credentials, "authKey") => "Hawk",
        Auth::EdgeGrid { .. } => "EG1-HMAC-SHA256",
        Auth::Jwt {
            token: Token::Prefix(prefix),
            ..
        } => prefix,
        // Without a challenge, there is nothing to answer yet.
        Auth::Digest if has(credentials, "nonce") && has(credentials, "realm") => "Digest",
        _ => return,
    };
    authorize(line, word.to_owned());
    line.auth_nondeterministic = true;
}

fn has(credentials: &[(String, Hidden)], name: &str) -> bool {
    let mut all = credentials.iter();
    all.any(|(other, Hidden(value))| other == name && !value.is_empty())
}

/// The user of the URL, where nothing else says who it is.
pub(super) fn add_user(line: &mut Line, user: Option<&Hidden>) {
    let mut names = line.headers.iter().map(|(name, _)| name);
    if names.any(|name| name.eq_ignore_ascii_case("authorization")) {
        return;
    }
    if let Some(Hidden(user)) = user {
        authorize(line, format!("Basic {}", BASE64.encode(user)));
    }
}

fn authorize(line: &mut Line, value: String) {
    withdraw(line);
    line.headers.push(("Authorization".to_owned(), value));
}

/// Takes away what the header of a request says of it.
fn withdraw(line: &mut Line) {
    let is_other = |name: &str| !name.eq_ignore_ascii_case("authorization");
    line.headers.retain(|(name, _)| is_other(name));
}

/// Puts an element at the end of the query, instead of what has its name.
fn add_element(line: &mut Line, name: &str, value: &str) {
    let name = encode::query_name(name);
    let value = encode::query(&value.replace('&', "%26").replace('#', "%23"));
    let (path, query) = match line.url.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (line.url.as_str(), None),
    };
    let own = format!("{name}={value}");
    let is_other = |element: &&str| element.split('=').next() != Some(&name);
    let others = query.into_iter().flat_map(|query| query.split('&'));
    let elements = others
        .filter(is_other)
        .filter(|element| !element.is_empty());
    let elements: Vec<&str> = elements.chain([own.as_str()]).collect();
    line.url = format!("{path}?{}", elements.join("&"));
}
