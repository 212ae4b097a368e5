//! Whether the names of members are data.

use super::{Form, Format, Object, text};
use crate::input::postman::template;

/// See [`names_are_data`](super::names_are_data).
pub(super) fn are_data<'a>(objects: impl IntoIterator<Item = &'a Object>) -> bool {
    let mut names = objects.into_iter().flat_map(|object| object.members.keys());
    let first = names.next();
    first.is_some_and(|name| is_data(name)) && names.all(|name| is_data(name))
}

fn is_data(name: &str) -> bool {
    is_number(name)
        || stand_for_any(name)
        || is_hexadecimal(name)
        || is_base64(name)
        || match text::form(name) {
            // `members@odata.bind` is an annotation of a field.
            Form::All(Format::Email) => !name.contains("@odata."),
            Form::All(_) => true,
            Form::Unknown | Form::Mixed => false,
        }
}

/// See [`stands_for_any`](super::stands_for_any).
pub(super) fn stand_for_any(name: &str) -> bool {
    template::has_variable(name) || is_made_up(name)
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit())
}

/// What a converter writes where a schema allows any name: `key_0`, or a word of its filler text with
/// some hexadecimal digits, `fugiat5`, `dolore_1e`.
fn is_made_up(name: &str) -> bool {
    if let Some(number) = name.strip_prefix("key_") {
        return is_number(number);
    }
    let without = |word: &str| {
        let (start, tail) = name.split_at_checked(word.len())?;
        start.eq_ignore_ascii_case(word).then_some(tail)
    };
    let mut tails = FILLER
        .iter()
        .filter_map(|word| Some((word, without(word)?)));
    tails.any(|(word, tail)| {
        let has_digit = tail.bytes().any(|b| b.is_ascii_digit());
        let is_tail = tail.bytes().all(|b| b == b'_' || b.is_ascii_hexdigit());
        // Letters alone may be the end of a real word, as in `site`; hardly of a long one.
        is_tail && !tail.is_empty() && (has_digit || word.len() > 5)
    })
}

/// The filler text, without words of two letters and those that begin real names.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "lorem", "ipsum", "dolor", "dolore", "sit", "amet", "consectetur", "adipiscing", "adipisicing", "elit",
    "sed", "eiusmod", "tempor", "incididunt", "labore", "magna", "aliqua", "enim", "minim", "veniam", "quis",
    "nostrud", "exercitation", "ullamco", "laboris", "nisi", "aliquip", "commodo", "consequat", "duis",
    "aute", "irure", "reprehenderit", "voluptate", "velit", "esse", "cillum", "fugiat", "nulla", "pariatur",
    "excepteur", "sint", "occaecat", "cupidatat", "proident", "sunt", "culpa", "qui", "officia", "deserunt",
    "mollit", "anim", "est", "laborum",
];

/// The shortest word that is taken for an id.
const SHORTEST: usize = 16;

fn is_hexadecimal(name: &str) -> bool {
    name.len() >= SHORTEST
        && name.bytes().all(|b| b.is_ascii_hexdigit())
        && name.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a name looks like random letters of both cases and digits, not like words: in random text the
/// kind of character changes at more than half of the places, in `address1Line2Text` at a third.
fn is_base64(name: &str) -> bool {
    #[derive(PartialEq)]
    enum Kind {
        Upper,
        Lower,
        Digit,
        Other,
    }
    let kind = |b: u8| match b {
        b'A'..=b'Z' => Some(Kind::Upper),
        b'a'..=b'z' => Some(Kind::Lower),
        b'0'..=b'9' => Some(Kind::Digit),
        b'+' | b'/' | b'=' | b'-' | b'_' => Some(Kind::Other),
        _ => None,
    };
    let Some(kinds) = name.bytes().map(kind).collect::<Option<Vec<Kind>>>() else {
        return false;
    };
    let has = |kind: Kind| kinds.contains(&kind);
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    kinds.len() >= SHORTEST
        && has(Kind::Upper)
        && has(Kind::Lower)
        && has(Kind::Digit)
        && changes * 2 >= kinds.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_ids_from_fields() {
        let check = |name: &str, expected: bool| assert_eq!(is_data(name), expected, "{name}");
        check("200", true);
        check("1080p", false);
        check("", false);
        check("2024-01-31", true);
        check("2024-01", false);
        check("6f9619ff-8b86-d011-b42d-00c04fc964ff", true);
        check("507f1f77bcf86cd799439011", true);
        check("feedface", false);
        check("-KbHuqtKNuu96svHRgjz", true);
        check("pTLY+5h/QMCxUYUj+HSpBg==", true);
        check("enableOAuth2ForUsersInGroup", false);
        check("address1Line2Text", false);
        check("a@example.com", true);
        check("members@odata.bind", false);
        check("https://example.com/x", true);
        check("{{id}}", true);
        check("field_{{id}}", true);
        check("key_0", true);
        check("key_id", false);
        check("fugiat5", true);
        check("dolore_1e", true);
        check("Excepteure8", true);
        check("eiusmodc", true);
        check("site", false);
        check("minima", false);
        check("dolore", false);
        check("id_5", false);
        check("estimate", false);
        check("é", false);
    }
}
