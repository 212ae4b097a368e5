//! Path templates (3.2, "Path Templating"; rules 26 to 29).

use std::fmt::Write as _;

/// A piece of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece<'t> {
    /// Text, as it is written.
    Text(&'t str),
    /// A parameter. `slashes`: its value may hold several segments (`{path+}`, `{path*}`, `{name=a/*}`).
    Parameter { name: &'t str, slashes: bool },
}

/// A key of `paths`, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Template<'t> {
    pub(super) pieces: Vec<Piece<'t>>,
    /// The query behind `?`, which is always sent.
    pub(super) query: Option<&'t str>,
}

/// Takes a key of `paths` apart. What stands behind `#` tells two keys apart and is not sent (rule 28).
pub(super) fn template(key: &str) -> Template<'_> {
    let key = key.split('#').next().unwrap_or_default();
    let (path, query) = match split_query(key) {
        Some((path, query)) => (path, Some(query)),
        None => (key, None),
    };
    Template {
        pieces: pieces(path),
        query: query.filter(|query| !query.is_empty()),
    }
}

/// The path and what stands behind the first `?` outside of braces.
fn split_query(key: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mark = key.char_indices().find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *c == '?' && depth == 0
    });
    mark.map(|(at, _)| (&key[..at], &key[at + 1..]))
}

/// The pieces of a path. A brace without its other one is text.
fn pieces(path: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let open = rest.find('{');
        let expression = open.and_then(|open| {
            let length = rest[open..].find('}')?;
            let inside = &rest[open + 1..open + length];
            (!inside.is_empty() && !inside.contains('{')).then_some((open, length, inside))
        });
        let Some((open, length, inside)) = expression else {
            pieces.push(Piece::Text(rest));
            break;
        };
        if open > 0 {
            pieces.push(Piece::Text(&rest[..open]));
        }
        pieces.push(parameter(inside));
        rest = &rest[open + length + 1..];
    }
    pieces
}

/// What stands in braces: a name, maybe with an operator of a router or of RFC 6570.
fn parameter(inside: &str) -> Piece<'_> {
    let (name, pattern) = inside.split_once(['=', ':']).unwrap_or((inside, ""));
    let bare = name.trim_start_matches(['+', '?', '&', ';', '*', '/', '.']);
    let bare = bare.trim_end_matches(['+', '*', '?', '.']);
    let slashes =
        bare.len() < name.len() && name.contains(['+', '*']) || pattern.contains(['*', '/']);
    Piece::Parameter {
        name: bare.trim(),
        slashes,
    }
}

/// Text of a path as it goes on the wire: what is legal there stays, all else is percent-encoded. A `%` that
/// begins an encoded byte stays too.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    for (at, byte) in text.bytes().enumerate() {
        let is_octet = byte == b'%' && crate::document::encode::octet(&bytes[at..]).is_some();
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte) || is_octet {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_templates_apart() {
        let check = |key: &str, expected: &str| {
            let template = template(key);
            let mut shown = String::new();
            for piece in &template.pieces {
                match piece {
                    Piece::Text(text) => shown.push_str(&encoded(text)),
                    Piece::Parameter { name, slashes } => {
                        let mark = if *slashes { "/" } else { "" };
                        let _ = write!(shown, "<{name}{mark}>");
                    }
                }
            }
            if let Some(query) = template.query {
                let _ = write!(shown, " ? {query}");
            }
            assert_eq!(shown, expected, "{key}");
        };
        check("/a/{b}", "/a/<b>");
        check("/{id}.json", "/<id>.json");
        check("/{a}..{b}/{c}:{verb}", "/<a>..<b>/<c>:<verb>");
        check("/a b/é/x:y@(z)$,=", "/a%20b/%C3%A9/x:y@(z)$,=");
        check("/a%20b/50%", "/a%20b/50%25");
        check("/#X-Amz-Target=A.B", "/");
        check("/v1/x?beta=true", "/v1/x ? beta=true");
        check("/v1/{name=projects/*}", "/v1/<name/>");
        check("/f/{path+}/{rest*}/{+more}", "/f/<path/>/<rest/>/<more/>");
        check("/l/{.param}/{.param*}/{;id*}", "/l/<param>/<param/>/<id/>");
        check("/a/{b", "/a/%7Bb");
        check("/a/b}", "/a/b%7D");
        check("/a/{}", "/a/%7B%7D");
        check("/a/{b}/", "/a/<b>/");
    }
}
