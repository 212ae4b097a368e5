//! Characters: which of them stay, which of them mean something to Markdown, and what may be the
//! target of a link.

/// A space at which no line may end. Control characters do not survive
/// [`prose`](crate::document::printable::prose), so this one is free to stand for it.
pub(super) const GLUE: char = '\u{1}';

/// The first sentence: up to a full stop, question or exclamation mark before a space.
pub(super) fn sentence(text: &str) -> &str {
    let end = text
        .match_indices(['.', '!', '?'])
        .map(|(at, _)| at + 1)
        .find(|&end| ends_sentence(&text[..end], &text[end..]));
    &text[..end.unwrap_or(text.len())]
}

/// `e.g. this` and `v. 2` go on: after an abbreviation comes a small letter or a digit, or it is a
/// letter alone.
fn ends_sentence(before: &str, after: &str) -> bool {
    if !after.is_empty() && !after.starts_with(' ') {
        return false;
    }
    let word = before.rsplit(' ').next().unwrap_or(before);
    let next = after.trim_start().chars().next();
    let starts = next.is_none_or(|next| !next.is_lowercase() && !next.is_numeric());
    starts && word.chars().count() > 2 && word.matches('.').count() < 2
}

/// Where text may lead to: the web and mail. The result has no character that ends a link in
/// Markdown.
pub(super) fn target(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.split(':').next()?.to_ascii_lowercase();
    let rest = url.get(scheme.len() + 1..)?;
    let fine = match scheme.as_str() {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|rest| rest.starts_with(|first: char| first != '/')),
        "mailto" => rest.contains('@'),
        _ => false,
    };
    fine.then(|| format!("{scheme}:{}", encode(rest)))
}

/// The address with everything percent-encoded that could end a link, a table cell, or stand for
/// something else.
fn encode(rest: &str) -> String {
    let mut encoded = String::with_capacity(rest.len());
    for char in rest.chars() {
        match percent(char) {
            Some(code) => encoded.push_str(code),
            None => encoded.push(char),
        }
    }
    encoded
}

fn percent(char: char) -> Option<&'static str> {
    Some(match char {
        '"' => "%22",
        '(' => "%28",
        ')' => "%29",
        // With an ampersand before it, it could be the end of an entity.
        ';' => "%3B",
        '<' => "%3C",
        '>' => "%3E",
        '[' => "%5B",
        '\\' => "%5C",
        ']' => "%5D",
        '^' => "%5E",
        '`' => "%60",
        '|' => "%7C",
        _ if char.is_whitespace() => "%20",
        _ => return None,
    })
}

/// Where the first web address of a text starts and ends.
pub(super) fn address(text: &str) -> Option<(usize, usize)> {
    text.match_indices("http").find_map(|(start, _)| {
        let rest = &text[start..];
        let host = rest.strip_prefix("http")?;
        let host = host.strip_prefix('s').unwrap_or(host).strip_prefix("://")?;
        let end = trimmed(&rest[..address_end(rest)]).len();
        (end > rest.len() - host.len()).then_some((start, start + end))
    })
}

/// No address is longer.
const LONGEST: usize = 2048;

/// An address ends at a space, a quote or a letter that is not ASCII; a placeholder like `<id>` is
/// part of it.
fn address_end(text: &str) -> usize {
    let mut open = false;
    for (at, char) in text.char_indices() {
        match char {
            _ if at >= LONGEST => return at,
            '<' if !open && placeholder(&text[at + 1..]) => open = true,
            '>' if open => open = false,
            '!'..='~' if !matches!(char, '"' | '<' | '>' | '`' | '\\' | '|') => {}
            _ => return at,
        }
    }
    text.len()
}

fn placeholder(rest: &str) -> bool {
    rest.find('>').is_some_and(|end| {
        end > 0
            && rest[..end]
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

/// Punctuation at the end belongs to the sentence, and so does a closing parenthesis that was
/// opened outside.
fn trimmed(mut url: &str) -> &str {
    while let Some(last) = url.chars().next_back() {
        let loose = match last {
            ')' => url.matches(')').count() > url.matches('(').count(),
            ']' => url.matches(']').count() > url.matches('[').count(),
            '}' => url.matches('}').count() > url.matches('{').count(),
            _ => matches!(
                last,
                '(' | '[' | '{' | '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~'
            ),
        };
        if !loose {
            break;
        }
        url = &url[..url.len() - 1];
    }
    url
}

/// An address that is a pattern (`https://{host}/`), not a place to go to.
pub(super) fn is_pattern(url: &str) -> bool {
    url.contains(['{', '}', '[', ']', '<', '>', '*', '$'])
}

/// Writes plain text so that Markdown reads it as just this text. What comes before and after it in
/// the line is not known.
pub(super) fn escape(text: &str, in_link: bool, in_table: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(may_be_special) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let char = special.chars().next().unwrap_or(' ');
        rest = &special[char.len_utf8()..];
        if char.is_whitespace() {
            rest = rest.trim_start();
            out.push_str(if out.is_empty() { "" } else { " " });
            continue;
        }
        let before = text[..text.len() - special.len()].chars().next_back();
        let special = match char {
            ']' => in_link,
            '|' => in_table,
            '_' => {
                !(before.is_some_and(char::is_alphanumeric)
                    && rest.starts_with(char::is_alphanumeric))
            }
            _ => is_special(char, before, rest),
        };
        out.push_str(if special { "\\" } else { "" });
        out.push(char);
    }
    out.push_str(rest);
}

fn may_be_special(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            char,
            '[' | ']' | '`' | '~' | '|' | '*' | '_' | '<' | '\\' | '&'
        )
}

fn is_special(char: char, before: Option<char>, after: &str) -> bool {
    let ends = after.trim_start().is_empty();
    let spaced = after.starts_with(char::is_whitespace);
    match char {
        '*' => ends || !spaced || !before.is_some_and(char::is_whitespace),
        '<' => ends || !spaced,
        '\\' => ends || spaced || after.starts_with(|next: char| next.is_ascii_punctuation()),
        '&' => ends || is_entity(after),
        _ => true,
    }
}

fn is_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let end = name
        .find(|char: char| !char.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    end > 0 && name[end..].starts_with(';')
}

/// Where a backslash must go if this word is to start a line: at the start of a line it would make
/// a list, a heading, a quotation, a rule or a table.
pub(super) fn hazard(word: &str) -> Option<usize> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let starts = word.starts_with('>')
        || matches!(word, "+" | "*")
        || word.bytes().all(|byte| byte == b'#')
        || word
            .bytes()
            .all(|byte| matches!(byte, b'-' | b'=' | b'|' | b':'));
    if starts {
        Some(0)
    } else {
        (digits > 0 && matches!(&word[digits..], "." | ")")).then_some(digits)
    }
}
