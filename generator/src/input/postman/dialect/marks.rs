//! Marks in prose: a word in bold, a colon, values in back-ticks. Stars, colons, blanks and capitals vary.

use crate::api::ErrorCode;

/// What the name of a saved response says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct ResponseProse {
    /// The status that the text names.
    pub(super) status: Option<u16>,
    /// The error codes and what the document says about each.
    pub(super) codes: Vec<ErrorCode>,
    /// The rest of the text, in its own markup.
    pub(super) rest: String,
}

/// A place in the text that names a status or an error code.
struct Mark<'t> {
    start: usize,
    end: usize,
    is_code: bool,
    number: &'t str,
}

/// Reads the name of a saved response, such as
/// ``**HTTP Status Code:** `400`<br>**Error Code:** `1010` <br> User does not belong to this account.``
pub(super) fn response(name: &str) -> ResponseProse {
    let marks = numbers(name);
    let ends = marks.iter().skip(1).map(|mark| mark.start);
    let first = marks.first().map_or(name.len(), |mark| mark.start);
    let mut prose = ResponseProse::default();
    let mut rest = vec![trim(&name[..first])];
    for (mark, end) in marks.iter().zip(ends.chain([name.len()])) {
        let text = &name[mark.end..end];
        if mark.is_code {
            prose.codes.push(ErrorCode {
                code: mark.number.to_owned(),
                message: sentences(text),
            });
        } else {
            prose.status = prose.status.or(mark.number.parse().ok());
            rest.push(trim(text));
        }
    }
    rest.retain(|text| !text.is_empty());
    prose.rest = rest.join("\n\n");
    prose
}

/// All marks ``**Error Code:** `1010` `` and ``**HTTP Status Code:** `400` ``, in order.
fn numbers(text: &str) -> Vec<Mark<'_>> {
    // Lower case of ASCII keeps every offset.
    let lower = text.to_ascii_lowercase();
    let mark = |at: usize, words: &str, before: &str, is_code: bool| {
        let (end, number) = ticked(text, at + words.len(), &[])?;
        let start: &str = lower[..at].trim_end_matches(['*', ' ']);
        let start = start.strip_suffix(before).unwrap_or(start);
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some(Mark {
            start: start.trim_end_matches(['*', ' ']).len(),
            end,
            is_code,
            number,
        })
    };
    let all = |words: &'static str, before: &'static str, is_code: bool| {
        let places = lower.match_indices(words);
        places.filter_map(move |(at, words)| mark(at, words, before, is_code))
    };
    let mut marks: Vec<Mark<'_>> = all("error code", "", true)
        .chain(all("status code", "http", false))
        .collect();
    marks.sort_by_key(|mark| mark.start);
    marks
}

/// The text in back-ticks that follows, and where it ends. Only stars, colons, blanks and these words may
/// stand before it.
fn ticked<'t>(text: &'t str, from: usize, between: &[&str]) -> Option<(usize, &'t str)> {
    let mut rest = &text[from..];
    loop {
        rest = rest.trim_start_matches(|c: char| matches!(c, '*' | ':') || c.is_whitespace());
        match between.iter().find_map(|word| rest.strip_prefix(word)) {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    let inside = rest.strip_prefix('`')?;
    let close = inside.find('`')?;
    Some((text.len() - inside.len() + close + 1, &inside[..close]))
}

/// The names after ``**Scopes:** `a`, `b` ``, classic and granular ones, each once.
pub(super) fn scopes(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let mut scopes: Vec<String> = Vec::new();
    for (at, word) in lower.match_indices("scope") {
        let after = &lower[at + word.len()..];
        let after = after.strip_prefix('s').unwrap_or(after);
        if !after.trim_start_matches(['*', ' ']).starts_with(':') {
            continue;
        }
        let mut from = lower.len() - after.len();
        while let Some((end, name)) = ticked(text, from, &[",", "or ", "and "]) {
            from = end;
            for name in name.split(',').map(str::trim) {
                let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
                if is_name && !scopes.iter().any(|scope| scope == name) {
                    scopes.push(name.to_owned());
                }
            }
        }
    }
    scopes
}

/// The label after ``**[Rate Limit Label](https://…):** `Light` ``.
pub(super) fn rate_limit(text: &str) -> Option<String> {
    const MARK: &str = "rate limit label";
    let at = text.to_ascii_lowercase().find(MARK)? + MARK.len();
    let rest = &text[at..];
    let target = rest.strip_prefix("](").and_then(|rest| rest.find(')'));
    let from = at + target.map_or(0, |close| "](".len() + close + 1);
    let (_, label) = ticked(text, from, &[])?;
    Some(label.trim().to_owned()).filter(|label| !label.is_empty())
}

/// Lines, however they are broken, as sentences of one line.
pub(super) fn sentences(text: &str) -> String {
    let text = text
        .replace("<br />", "\n")
        .replace("<br/>", "\n")
        .replace("<br>", "\n");
    let mut joined = String::new();
    for line in text.lines().map(trim).filter(|line| !line.is_empty()) {
        if !joined.is_empty() {
            joined.push_str(if joined.ends_with(['.', ':', ',', ';', '!', '?']) {
                " "
            } else {
                ". "
            });
        }
        joined.push_str(line);
    }
    joined
}

/// Without blanks, breaks and the bullets around codes.
fn trim(text: &str) -> &str {
    let mut text = text;
    loop {
        let shorter = text.trim();
        let shorter = shorter
            .strip_prefix("<br>")
            .or(shorter.strip_suffix("<br>"))
            .unwrap_or(shorter);
        let shorter = shorter
            .strip_suffix(" *")
            .or(shorter.strip_suffix("\n*"))
            .unwrap_or(shorter);
        let shorter = shorter.strip_prefix("* ").unwrap_or(shorter);
        let shorter = if shorter == "*" { "" } else { shorter };
        if shorter == text {
            return text;
        }
        text = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_statuses_and_codes_in_every_spelling() {
        let check = |name: &str, status: Option<u16>, expected: &[(&str, &str)], rest: &str| {
            let prose = response(name);
            let codes = prose.codes.iter();
            let codes: Vec<_> = codes
                .map(|c| (c.code.as_str(), c.message.as_str()))
                .collect();
            assert_eq!(
                (prose.status, codes.as_slice(), prose.rest.as_str()),
                (status, expected, rest),
                "{name}"
            );
        };
        check(
            "**HTTP Status Code:** `204`<br>\nMeeting live stream updated.",
            Some(204),
            &[],
            "Meeting live stream updated.",
        );
        check(
            "**Error Code:** `300` <br>Missing meetingId <br> Invalid meetingId.",
            None,
            &[("300", "Missing meetingId. Invalid meetingId.")],
            "",
        );
        check(
            "**HTTP Status Code:** `400`<br>**Error Code:** `1010` <br>\n User does not belong to this account: {accountId}.<br>\n **Error Code:** `3000` Cannot access webinar info.",
            Some(400),
            &[
                ("1010", "User does not belong to this account: {accountId}."),
                ("3000", "Cannot access webinar info."),
            ],
            "",
        );
        check(
            "**Status Code**: `404`\nGone. error code: `7`",
            Some(404),
            &[("7", "")],
            "Gone.",
        );
        check(
            "**Error Code:** `5`<br>\nRefused.\n\n**HTTP Status Code:**`200` **OK** <br>Listed.",
            Some(200),
            &[("5", "Refused.")],
            "**OK** <br>Listed.",
        );
        check(
            "* **Error Code:** `1`<br>\nA\n* **ERROR code:** `2`<br>\nB",
            None,
            &[("1", "A"), ("2", "B")],
            "",
        );
        check("User not found", None, &[], "User not found");
        check("Error Code: none", None, &[], "Error Code: none");
        check("Status code: `none`", None, &[], "Status code: `none`");
        check("", None, &[], "");
    }

    #[test]
    fn finds_scopes() {
        let check = |text: &str, expected: &[&str]| assert_eq!(scopes(text), expected, "{text}");
        check(
            "Ends.\n\n**Scopes:** `a:write`, `a:write:admin`<br>`x`",
            &["a:write", "a:write:admin"],
        );
        check(
            "**Scope**: `a` `b`\n**Granular Scopes:** `a:write:b`, `a`",
            &["a", "b", "a:write:b"],
        );
        check("Scopes: `a` or `b`", &["a", "b"]);
        check("Scopes: `a,b`", &["a", "b"]);
        check("Needs the scope `a`.", &[]);
        check("**Scopes:** none", &[]);
    }

    #[test]
    fn finds_the_rate_limit() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(rate_limit(text).as_deref(), expected, "{text}");
        };
        check(
            "**[Rate Limit Label](https://x.io/l#l):** `Light`<br>",
            Some("Light"),
        );
        check("**Rate limit label**: `Heavy`", Some("Heavy"));
        check("See the rate limit label (`x`).", None);
        check("**[Rate Limit Label](https://x", None);
    }
}
