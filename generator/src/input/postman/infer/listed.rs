//! Values that a description lists, with what it says about each.
//!
//! A list is taken only where it can hardly be anything else: its values are single words, there are at
//! least two, and the examples are among them.

use crate::api::Choice;
use crate::document::secret;
use crate::input::postman::shape::draft::Input;

/// The values that the description of an input lists as all that there are.
pub(super) fn values(input: &Input) -> Option<Vec<Choice>> {
    let docs = lines(super::without_required(&input.docs));
    let lower = docs.to_ascii_lowercase();
    if SEVERAL.iter().any(|phrase| lower.contains(phrase)) {
        return None;
    }
    let mut lists = blocks(&docs);
    if lists.is_empty() {
        lists = inline(&docs);
    }
    if lists.is_empty() {
        lists = blocks(&apart(&docs));
    }
    // Of two lists nobody can tell which is meant.
    let [list] = lists.as_slice() else {
        return None;
    };
    let is_listed = |example: &String| list.iter().any(|choice| choice.value == *example);
    // `resolution=10m` in the text shows that a value is more than one of the words listed.
    let assignment = format!("`{}=", input.name);
    let assigned = docs.split(&assignment).skip(1);
    let mut assigned = assigned.filter_map(|rest| Some(rest.split_once('`')?.0.to_owned()));
    if assigned.any(|value| !is_listed(&value)) {
        return None;
    }
    let is_faked = |example: &String| *example == format!("{}_example", input.name);
    let mut examples = input.examples.iter();
    let fits = examples.all(|e| !super::is_example(e) || is_faked(e) || is_listed(e));
    let is_sound =
        |choice: &Choice| is_value(&choice.value) && secret::redact(&choice.value) == choice.value;
    let is_list = list.len() >= 2 && fits && list.iter().all(is_sound) && are_distinct(list);
    is_list.then(|| list.clone())
}

/// The list in a block of lines, for what is known to be a list otherwise.
pub(super) fn meanings(docs: &str) -> Vec<Choice> {
    blocks(&lines(docs)).into_iter().flatten().collect()
}

/// Phrases of descriptions where a value may hold several of those listed, or be built of them.
const SEVERAL: &[&str] = &[
    "comma",
    "separated",
    "a list of",
    "one or more",
    "one or several",
    "multiple",
    "combination",
    "combine",
    "criteria",
    "operator",
    "prefix",
    "format",
    "e.g.",
    "properties",
];

/// Phrases that say that values follow, and all of them.
const HEADS: &[&str] = &[
    "valid values",
    "allowed values",
    "accepted values",
    "possible values",
    "available values",
    "supported values",
    "valid options",
    "one of the following",
    "one of these",
    "either of the following",
    "one of",
];

/// What breaks a line, in the markups of descriptions.
const BREAKS: &[&str] = &[
    "<br>", "<br/>", "<br />", "</br>", "<li>", "</li>", "<p>", "</p>", "<ul>", "</ul>",
];

/// The text with one line for each line that is shown.
fn lines(docs: &str) -> String {
    let mut text = docs.to_owned();
    for tag in BREAKS {
        text = text.replace(tag, "\n");
        text = text.replace(&tag.to_ascii_uppercase(), "\n");
    }
    // Where line breaks were lost, the indentation of a bullet is still there.
    text.replace("  - ", "\n- ").replace("  * ", "\n* ")
}

/// The text with a line for each value that stands in a row: `1: instant; 2: scheduled`.
fn apart(text: &str) -> String {
    let text = text.replace("; ", "\n");
    [", `", "/ `", "/`"]
        .iter()
        .fold(text, |text, row| text.replace(row, "\n`"))
}

/// A line that gives a value.
struct Item<'t> {
    value: &'t str,
    meaning: &'t str,
    is_marked: bool,
}

/// All lists that have a line for each value.
fn blocks(text: &str) -> Vec<Vec<Choice>> {
    let mut lists = Vec::new();
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut before = "";
    let filled = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in filled.chain(["."]) {
        if let Some(item) = item(line) {
            items.push(item);
            continue;
        }
        let is_headed = is_head(before);
        let is_list = |item: &Item<'_>| is_headed || item.is_marked && !item.meaning.is_empty();
        if items.len() >= 2 && items.iter().all(is_list) {
            lists.push(items.iter().map(choice).collect());
        }
        items.clear();
        before = line;
    }
    lists
}

fn is_head(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    HEADS.iter().any(|head| line.contains(head))
}

fn choice(item: &Item<'_>) -> Choice {
    Choice {
        value: item.value.to_owned(),
        docs: item.meaning.to_owned(),
        name: None,
    }
}

/// ``* `live` - all live meetings``, `1: instant`, `- **asc**`
fn item(line: &str) -> Option<Item<'_>> {
    let text = line
        .trim_start_matches(['*', '-', '+', '•', '·'])
        .trim_start();
    let is_bullet = text.len() < line.len() && !line.starts_with("**");
    let text = if is_bullet { text } else { line };
    let (value, rest, is_quoted) = quoted(text).map_or_else(
        || {
            let ends = |c: char| c.is_whitespace() || matches!(c, ':' | '=' | '(' | ',');
            let (value, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
            (value, rest, false)
        },
        |(value, rest)| (value, rest, true),
    );
    let is_number = value.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.trim_start();
    let meaning = rest.trim_start_matches(['-', '–', '—', ':', '=', '>']);
    let is_separated = meaning.len() < rest.len();
    // A bare word begins many sentences: only a head before it makes it a value.
    let is_value = !value.is_empty() && (is_quoted || is_number && is_separated || is_bullet);
    let ends = rest.is_empty() || rest.starts_with('(') || is_separated;
    (is_value && ends).then_some(Item {
        value,
        meaning: meaning.trim(),
        is_marked: is_quoted || is_number,
    })
}

/// A text in back-ticks, quotation marks, bold or both, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    const MARKS: &[(&str, &str)] = &[
        ("**`", "`**"),
        ("`", "`"),
        ("**", "**"),
        ("\"", "\""),
        ("'", "'"),
        ("“", "”"),
        ("<code>", "</code>"),
        ("<b>", "</b>"),
        ("<strong>", "</strong>"),
    ];
    MARKS.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(open)?;
        let end = inside.find(close)?;
        Some((&inside[..end], &inside[end + close.len()..]))
    })
}

/// `Allowed values: a, b or c.`, `One of "a", "b"`
fn inline(text: &str) -> Vec<Vec<Choice>> {
    // Lower case of ASCII keeps every offset.
    let lower = text.to_ascii_lowercase();
    let mut lists: Vec<Vec<Choice>> = Vec::new();
    for head in HEADS {
        for (at, _) in lower.match_indices(head) {
            let list = sequence(&text[at + head.len()..]);
            let list = list.filter(|list| list.len() >= 2 && !lists.contains(list));
            lists.extend(list);
        }
    }
    lists
}

/// Values between commas, bars or `or`, up to the end of the sentence.
fn sequence(text: &str) -> Option<Vec<Choice>> {
    let mut rest = text.trim_start_matches([' ', ':', '=', '(', '[', '\n']);
    for word in ["are ", "include ", "is ", "the following", "values"] {
        let shorter = rest.strip_prefix(word).unwrap_or(rest);
        rest = shorter.trim_start_matches([' ', ':', '=', '(', '[', '\n']);
    }
    let mut values = Vec::new();
    loop {
        let (value, after) = quoted(rest).or_else(|| bare(rest))?;
        values.push(Choice {
            value: value.to_owned(),
            ..Choice::default()
        });
        let after = after.strip_prefix(" (default)").unwrap_or(after);
        let Some(next) = separated(after) else {
            let next = after.chars().next();
            let ends = next.is_none_or(|c| matches!(c, '.' | ';' | ')' | ']' | '\n'));
            return ends.then_some(values);
        };
        rest = next;
    }
}

/// A word without a mark, which does not begin a sentence of English.
fn bare(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let (value, rest) = text.split_at(end);
    let word = value.to_ascii_lowercase();
    let is_word = matches!(
        word.as_str(),
        "" | "these" | "those" | "them" | "any" | "it"
    );
    (!is_word).then_some((value, rest))
}

/// What follows a separator of values.
fn separated(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(' ');
    let after = text.strip_prefix([',', '|', '/']);
    let after = after.map(str::trim_start);
    let word = after.unwrap_or(text);
    let word = word
        .strip_prefix("or ")
        .or_else(|| word.strip_prefix("and "));
    word.map(str::trim_start).or(after)
}

/// A word or a number: no sentence, no address, no pattern of a date, no list.
fn is_value(text: &str) -> bool {
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '+' | '/' | '@');
    let lower = text.to_ascii_lowercase();
    text.len() <= 60
        && text.chars().all(is_part)
        && text.contains(|c: char| c.is_ascii_alphanumeric())
        && !["yyyy", "hh:", "://", "..."]
            .iter()
            .any(|part| lower.contains(part))
}

fn are_distinct(list: &[Choice]) -> bool {
    let mut values: Vec<&str> = list.iter().map(|choice| choice.value.as_str()).collect();
    values.sort_unstable();
    values.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of an input `kind`, as `value=meaning`.
    fn listed(docs: &str, example: &str) -> String {
        let input = Input {
            name: "kind".to_owned(),
            docs: docs.to_owned(),
            examples: vec![example.to_owned()],
            ..Input::default()
        };
        let shown = |choice: Choice| format!("{}={}", choice.value, choice.docs);
        let values = values(&input).unwrap_or_default();
        values.into_iter().map(shown).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn finds_lists_in_every_markup() {
        let check = |docs: &str, example: &str, expected: &str| {
            assert_eq!(listed(docs, example), expected, "{docs}");
        };
        check(
            "The kind:<br>`1` - Ship.<br>\n`2`- Crane.",
            "2",
            "1=Ship.|2=Crane.",
        );
        check(
            "* `on` — Lit.\n\n* `off` — Dark.\n\nDefaults to `on`.",
            "",
            "on=Lit.|off=Dark.",
        );
        check(
            "(Required) 1: ship\n2: crane",
            "<integer>",
            "1=ship|2=crane",
        );
        check("1: ship; 2: crane", "1", "1=ship|2=crane");
        check("`A` - one, `B` - two", "A", "A=one|B=two");
        check(
            "<ul><li><code>a</code>: one</li><li><code>b</code>: two</li></ul>",
            "",
            "a=one|b=two",
        );
        check(
            "Possible values:  - **asc**: up.  - **desc**: down.",
            "kind_example",
            "asc=up.|desc=down.",
        );
        check(
            "Valid values are:\n- Company: all\n- Office: one",
            "Office",
            "Company=all|Office=one",
        );
        check(
            "One of the following:\n* `a` (default)\n* `b`",
            "",
            "a=(default)|b=",
        );
        check("Allowed values: a, b or c.", "c", "a=|b=|c=");
        check("Which. One of `x.y`, \"z\"", "", "x.y=|z=");
        check("The order. Can be one of up/down", "", "up=|down=");
    }

    #[test]
    fn leaves_what_may_be_something_else() {
        let check = |docs: &str, example: &str| assert_eq!(listed(docs, example), "", "{docs}");
        check("", "");
        check("`1` - Ship.", "1");
        check("`1` - Ship.<br>`2` - Crane.", "3");
        check("`1` - Ship.<br>`1` - Crane.", "1");
        check("Comma-separated: `a` - one<br>`b` - two", "");
        check("Valid formats:\n* `yyyy-mm-dd`\n* `hh:mm`", "");
        check(
            "`a` - one\n`b` - two\nAnd else:\n`c` - three\n`d` - four",
            "",
        );
        check("One of the values, or none.", "");
        check("One of name or the email address of the user.", "");
        check("Note: first.\nExample: 5.", "");
        check("* First step\n* Second step", "");
        check("1. Open it.\n2. Close it.", "1");
        check(
            "Units:\n* `m`: minutes\n* `h`: hours\n\nAs in `kind=10m`.",
            "",
        );
        check("One of https://a.io, https://b.io.", "");
    }
}
