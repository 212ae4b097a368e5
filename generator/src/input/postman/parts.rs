//! URLs as text: which part is which (rule U3), whatever variables are in them.

use crate::input::postman::template::{self, Piece};

/// A URL taken apart, with its variables in it. The texts are those of the document.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) scheme: String,
    /// `user:password`, where it names one. It may be a secret.
    pub(super) user: Option<String>,
    /// Host and port.
    pub(super) authority: String,
    pub(super) path: String,
    pub(super) query: Option<String>,
    /// Whether a `#` ends the text: nothing follows it that is sent.
    pub(super) has_fragment: bool,
}

/// A text in which each variable is one character that no URL holds, so that what a variable's name
/// contains cannot be taken for structure.
pub(super) struct Masked {
    pub(super) text: String,
    names: Vec<String>,
}

/// The first of the characters that stand for variables: a plane for private use.
const MASK: u32 = 0x0010_0000;

impl Masked {
    pub(super) fn new(text: &str) -> Self {
        let mut masked = Self {
            text: String::with_capacity(text.len()),
            names: Vec::new(),
        };
        for piece in template::split(text) {
            match piece {
                Piece::Text(text) => masked.text.push_str(&text),
                Piece::Variable(name) => {
                    let index = u32::try_from(masked.names.len()).unwrap_or(u32::MAX);
                    let mark = char::from_u32(MASK.saturating_add(index)).unwrap_or('\u{fffd}');
                    masked.text.push(mark);
                    masked.names.push(name);
                }
            }
        }
        masked
    }

    pub(super) fn unmask(&self, text: &str) -> String {
        let mut clear = String::with_capacity(text.len());
        for c in text.chars() {
            let index = u32::from(c)
                .checked_sub(MASK)
                .and_then(|index| usize::try_from(index).ok());
            match index.and_then(|index| self.names.get(index)) {
                Some(name) => clear.extend(["{{", name, "}}"]),
                None => clear.push(c),
            }
        }
        clear
    }
}

/// Takes a URL apart in the order in which Postman does (rule U3).
pub(super) fn split(text: &str) -> Parts {
    let masked = Masked::new(text);
    let text = masked.text.trim_start();
    let (text, has_fragment) = match text.split_once('#') {
        Some((before, _)) => (before, true),
        None => (text, false),
    };
    let (text, query) = match text.split_once('?') {
        Some((before, query)) => (before, Some(masked.unmask(query))),
        None => (text, None),
    };
    let text = text.replace('\\', "/");
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme, rest.trim_start_matches('/')),
        None => ("", text.as_str()),
    };
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = authority.rsplit_once('@');
    Parts {
        scheme: masked.unmask(scheme),
        user: host.map(|(user, _)| masked.unmask(user)),
        authority: masked.unmask(host.map_or(authority, |(_, host)| host)),
        path: masked.unmask(path),
        query,
        has_fragment,
    }
}

/// The elements of a query text: names and values. An element without `=` has no value.
pub(super) fn elements(query: &str) -> Vec<(String, Option<String>)> {
    let masked = Masked::new(query);
    let elements = masked.text.split('&').map(|element| {
        let (name, value) = match element.split_once('=') {
            Some((name, value)) => (name, Some(masked.unmask(value))),
            None => (element, None),
        };
        (masked.unmask(name), value)
    });
    elements.collect()
}

impl Parts {
    /// Whether the user has a password that is no variable.
    pub(super) fn has_password(&self) -> bool {
        let user = self.user.as_deref().and_then(|user| user.split_once(':'));
        user.is_some_and(|(_, password)| !password.is_empty() && !template::has_variable(password))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_urls_apart_as_postman_does() {
        let check = |text: &str, expected: &str| {
            let parts = split(text);
            let query = parts
                .query
                .map(|query| format!(" ?{query}"))
                .unwrap_or_default();
            let shown = format!(
                "{} | {} | {}{query}",
                parts.scheme, parts.authority, parts.path
            );
            assert_eq!(shown, expected, "{text}");
        };
        check(
            "https://a.io:8080/b/c?d=e#f",
            "https | a.io:8080 | /b/c ?d=e",
        );
        check("{{baseUrl}}/users/:id", " | {{baseUrl}} | /users/:id");
        check("{{a/b?c}}/x?y={{#}}", " | {{a/b?c}} | /x ?y={{#}}");
        check("  http:///a\\b?c\\d", "http | a | /b ?c\\d");
        check("https://user:pa@ss@host/x@y", "https | host | /x@y");
        check(
            "{{protocol}}://{{host}}:{{port}}/v1",
            "{{protocol}} | {{host}}:{{port}} | /v1",
        );
        check("", " |  | ");
    }
}
