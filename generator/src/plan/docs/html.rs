//! As much of HTML as prose has: tags, attributes, entities.

/// A piece of HTML.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// The whole of a start tag, and its name in small letters.
    Open(&'a str, String),
    /// The whole of an end tag, and its name in small letters.
    Close(&'a str, String),
    /// Comments, declarations, processing instructions.
    Silent,
}

/// Splits off the first piece. Nothing is left over when the text is empty, and each piece has at
/// least one byte.
pub(super) fn piece(html: &str) -> (Piece<'_>, &str) {
    let Some(inner) = html.strip_prefix('<') else {
        let (text, rest) = html.split_at(html.find('<').unwrap_or(html.len()));
        return (Piece::Text(text), rest);
    };
    if let Some(rest) = silent(html) {
        return (Piece::Silent, rest);
    }
    let closes = inner.starts_with('/');
    let name = inner[usize::from(closes)..]
        .split(|char: char| !char.is_ascii_alphanumeric() && char != '-')
        .next()
        .unwrap_or("");
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if let Some(end) = (is_name && html.contains('>'))
        .then(|| tag_end(html))
        .flatten()
    {
        let (tag, rest) = html.split_at(end);
        let name = name.to_ascii_lowercase();
        let piece = if closes {
            Piece::Close(tag, name)
        } else {
            Piece::Open(tag, name)
        };
        return (piece, rest);
    }
    let (text, rest) = html.split_at(inner.find('<').map_or(html.len(), |at| at + 1));
    (Piece::Text(text), rest)
}

fn silent(html: &str) -> Option<&str> {
    let (start, end) = [
        ("<!--", "-->"),
        ("<![CDATA[", "]]>"),
        ("<?", "?>"),
        ("<!", ">"),
    ]
    .into_iter()
    .find(|(start, _)| html.starts_with(start))?;
    let inner = &html[start.len()..];
    Some(inner.find(end).map_or("", |at| &inner[at + end.len()..]))
}

/// A `>` inside quotes does not end a tag; quotes only count after an equals sign.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b'<';
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if byte == open => quote = None,
            _ => {}
        }
        before = byte;
    }
    None
}

/// The value of an attribute, entities decoded.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let (at, _) = lower.match_indices(name).find(|&(at, _)| {
        let apart = lower[..at]
            .ends_with(|before: char| before.is_ascii_whitespace() || matches!(before, '"' | '\''));
        apart && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..]
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split([' ', '>', '\n', '\t']).next()?,
    };
    Some(decode(value))
}

/// Text with its entities replaced. What is no entity stays as it is.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let name = &rest[at + 1..];
        let name = &name[..name
            .find(|char: char| !char.is_ascii_alphanumeric() && char != '#')
            .unwrap_or(name.len())];
        let closed = rest[at + 1 + name.len()..].starts_with(';');
        if let Some(char) = entity(name).filter(|_| closed) {
            decoded.push(char);
            rest = &rest[at + name.len() + 2..];
        } else {
            decoded.push('&');
            rest = &rest[at + 1..];
        }
    }
    decoded.push_str(rest);
    decoded
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = number
            .strip_prefix(['x', 'X'])
            .map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
        return number.ok().and_then(char::from_u32);
    }
    let at = ENTITIES.iter().position(|(known, _)| *known == name)?;
    Some(ENTITIES[at].1)
}

#[rustfmt::skip]
const ENTITIES: [(&str, char); 39] = [
    ("amp", '&'), ("apos", '\''), ("bull", '•'), ("cent", '¢'), ("check", '✓'), ("copy", '©'),
    ("deg", '°'), ("divide", '÷'), ("emsp", ' '), ("ensp", ' '), ("eacute", 'é'), ("egrave", 'è'),
    ("euro", '€'), ("ge", '≥'), ("gt", '>'), ("hellip", '…'), ("laquo", '«'), ("larr", '←'),
    ("ldquo", '“'), ("le", '≤'), ("lsquo", '‘'), ("lt", '<'), ("mdash", '—'), ("middot", '·'),
    ("minus", '−'), ("nbsp", ' '), ("ndash", '–'), ("ne", '≠'), ("para", '¶'), ("plusmn", '±'),
    ("pound", '£'), ("quot", '"'), ("raquo", '»'), ("rarr", '→'), ("rdquo", '”'), ("reg", '®'),
    ("rsquo", '’'), ("times", '×'), ("trade", '™'),
];

/// Names that mark up prose. `<token>` and the like are no HTML: they are placeholders, and must be
/// seen. So must those that HTML knows and prose never has, like `<data>`, `<time>`, `<address>`.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

#[rustfmt::skip]
const KNOWN: [&str; 91] = [
    "a", "abbr", "acronym", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
    "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption",
    "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "ins", "kbd", "legend", "li",
    "main", "mark", "nav", "noscript", "ol", "p", "picture", "pre", "q", "s", "samp", "script",
    "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
    "wbr",
];

/// Whether text before and after such a tag stands on different lines.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
