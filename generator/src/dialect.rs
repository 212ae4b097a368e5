//! What APIs say in prose, because a collection has no other place for it.
//!
//! The marks are Zoom's: a status line, error codes, scopes, a rate-limit label. They are so particular
//! that looking for them in every document does no harm.

/// What the name of a saved response says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResponseProse {
    /// The error codes and what the document says about each.
    pub codes: Vec<(String, String)>,
    /// The rest of the text, in its own markup.
    pub rest: String,
}

/// Reads the name of a saved response, such as
/// ``**HTTP Status Code:** `400`<br>**Error Code:** `1010` <br> User does not belong to this account.``
#[must_use]
pub fn response(name: &str) -> ResponseProse {
    let text = without_status(name);
    let marks = error_codes(&text);
    let first = marks.first().map_or(text.len(), |mark| mark.start);
    let ends = marks
        .iter()
        .skip(1)
        .map(|mark| mark.start)
        .chain([text.len()]);
    let codes = marks.iter().zip(ends).map(|(mark, end)| {
        let message = sentences(&text[mark.end..end]);
        (mark.code.to_owned(), message)
    });
    ResponseProse {
        codes: codes.collect(),
        rest: trim(&text[..first]).to_owned(),
    }
}

/// A place in the text that names an error code.
struct Mark<'t> {
    start: usize,
    end: usize,
    code: &'t str,
}

/// All places of the form ``**Error Code:** `1010` ``, whatever its stars, colons and capitals.
fn error_codes(text: &str) -> Vec<Mark<'_>> {
    // Lower case of ASCII keeps every offset.
    let lower = text.to_ascii_lowercase();
    let places = lower.match_indices("error code");
    let marks = places.filter_map(|(at, words)| {
        let (end, code) = code_in_ticks(text, at + words.len())?;
        let is_number = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
        let start = text[..at].trim_end_matches(['*', ' ']).len();
        is_number.then_some(Mark { start, end, code })
    });
    marks.collect()
}

/// The text in back-ticks that follows, with nothing but stars, colons and blanks before it.
fn code_in_ticks(text: &str, from: usize) -> Option<(usize, &str)> {
    let rest = text[from..].trim_start_matches(|c: char| c == '*' || c == ':' || c.is_whitespace());
    let inside = rest.strip_prefix('`')?;
    let close = inside.find('`')?;
    let start = text.len() - inside.len();
    Some((start + close + 1, &inside[..close]))
}

/// The text without ``**HTTP Status Code:** `204` ``: the status stands in the response itself.
fn without_status(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let place = lower
        .find("status code")
        .and_then(|at| Some((at, code_in_ticks(text, at + "status code".len())?.0)));
    match place {
        Some((at, end)) => {
            let before = text[..at].trim_end_matches(['*', ' ']);
            let before = strip_suffix_ignoring_case(before, "http").trim_end_matches(['*', ' ']);
            format!("{before}{}", &text[end..])
        }
        None => text.to_owned(),
    }
}

fn strip_suffix_ignoring_case<'t>(text: &'t str, suffix: &str) -> &'t str {
    let cut = text.len().saturating_sub(suffix.len());
    match text.get(cut..) {
        Some(end) if end.eq_ignore_ascii_case(suffix) => &text[..cut],
        _ => text,
    }
}

/// Lines, however they are broken, as sentences of one line.
fn sentences(text: &str) -> String {
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
    fn finds_codes_in_every_spelling() {
        let check = |name: &str, expected: &[(&str, &str)], rest: &str| {
            let prose = response(name);
            let codes: Vec<_> = prose
                .codes
                .iter()
                .map(|(a, b)| (a.as_str(), b.as_str()))
                .collect();
            assert_eq!(
                (codes.as_slice(), prose.rest.as_str()),
                (expected, rest),
                "{name}"
            );
        };
        check(
            "**HTTP Status Code:** `204`<br>\nMeeting live stream updated.",
            &[],
            "Meeting live stream updated.",
        );
        check(
            "**Error Code:** `300` <br>Missing meetingId <br> Invalid meetingId.",
            &[("300", "Missing meetingId. Invalid meetingId.")],
            "",
        );
        check(
            "**HTTP Status Code:** `400`<br>**Error Code:** `1010` <br>\n User does not belong to this account: {accountId}.<br>\n **Error Code:** `3000` Cannot access webinar info.",
            &[
                ("1010", "User does not belong to this account: {accountId}."),
                ("3000", "Cannot access webinar info."),
            ],
            "",
        );
        check(
            "**Status Code**: `404`\nGone. error code: `7`",
            &[("7", "")],
            "Gone.",
        );
        check(
            "* **Error Code:** `1`<br>\nA\n* **Error Code:** `2`<br>\nB",
            &[("1", "A"), ("2", "B")],
            "",
        );
        check("User not found", &[], "User not found");
        check("Error Code: none", &[], "Error Code: none");
        check("", &[], "");
    }
}
