//! Comments in JSON, which Postman takes out before it sends a body (rule B3).

/// The text without its comments. What stands around them stays.
pub(super) fn without(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/']) {
        let (before, from) = rest.split_at(at);
        clean.push_str(before);
        let length = match from.as_bytes() {
            [b'"', ..] => string(from),
            [b'/', b'/', ..] => {
                rest = &from[from.find('\n').unwrap_or(from.len())..];
                continue;
            }
            [b'/', b'*', ..] => {
                let end = from[2..].find("*/").map(|end| end + 4);
                rest = &from[end.unwrap_or(from.len())..];
                continue;
            }
            _ => 1,
        };
        let (kept, after) = from.split_at(length);
        clean.push_str(kept);
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// How long the string is with which a text begins; one that does not end goes to the end.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().enumerate().skip(1).find(|(_, byte)| {
        let ends = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(end, _)| end + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn takes_out_comments_and_nothing_else() {
        let check = |text: &str, expected: &str| assert_eq!(super::without(text), expected);
        check("{\"a\":1, // c\n}", "{\"a\":1, \n}");
        check("{\"a\":1, // c\r\n}", "{\"a\":1, \n}");
        check("{/* é */\"a\": /**/1}", "{\"a\": 1}");
        check(
            r#"{"a": "http://b", "c\"//": 1}"#,
            r#"{"a": "http://b", "c\"//": 1}"#,
        );
        check(r#"["\\", "//"]"#, r#"["\\", "//"]"#);
        check("1 /* open", "1 ");
        check("1 // open", "1 ");
        check("\"open // string", "\"open // string");
        check("1 / 2", "1 / 2");
    }
}
