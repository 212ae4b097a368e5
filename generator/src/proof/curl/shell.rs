//! Words of a shell (POSIX, Shell Command Language, section 2.2).

use std::fmt::Write as _;

/// A text as one word.
pub(super) fn word(text: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    // zsh takes a word that begins with `=` for the place of a command.
    if !text.is_empty() && text.bytes().all(is_bare) && !text.starts_with('=') {
        text.to_owned()
    } else if is_plain(text) {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        format!("\"$({})\"", printf(text.as_bytes()))
    }
}

/// A text between the values of two variables, as one word. Whatever could mean something to a shell stands between
/// single quotation marks: in others, `!` runs what an interactive shell remembers.
pub(super) fn between(before: Option<&str>, text: &str, after: Option<&str>) -> String {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b" -_./:=@%+,?&;~".contains(&byte);
    if text.bytes().all(is_safe) {
        // The text behind it could continue a bare name.
        let before = before.map(|name| format!("${{{name}}}"));
        let after = after.map(|name| format!("${name}"));
        return format!(
            "\"{}{text}{}\"",
            before.unwrap_or_default(),
            after.unwrap_or_default()
        );
    }
    let value = |name: Option<&str>| name.map(|name| format!("\"${name}\""));
    let before = value(before).unwrap_or_default();
    format!("{before}{}{}", word(text), value(after).unwrap_or_default())
}

/// A command with the variables of Postman as variables of the shell. A word with `{{name}}` in it is quoted.
pub(super) fn with_variables(command: &str) -> String {
    let mut shown = String::with_capacity(command.len());
    let mut quote = None;
    let mut rest = command;
    while let Some(c) = rest.chars().next() {
        let name = rest
            .strip_prefix("{{")
            .and_then(|rest| rest.split_once("}}"))
            .and_then(|(name, after)| Some((variable(name)?, after)));
        if let (Some((name, after)), Some(mark)) = (name, quote) {
            // In single quotes nothing is a variable: they end in front of it, and begin again.
            let (before, behind) = match mark {
                '"' => ("${", "}"),
                _ => ("'\"$", "\"'"),
            };
            shown.extend([before, &name, behind]);
            rest = after;
            continue;
        }
        let escapes = c == '\\' && quote != Some('\'');
        let length = rest
            .chars()
            .take(1 + usize::from(escapes))
            .map(char::len_utf8)
            .sum();
        quote = match (c, quote) {
            ('\'' | '"', None) => Some(c),
            (c, Some(mark)) if c == mark => None,
            (_, quote) => quote,
        };
        shown.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    shown
}

/// The name of a shell variable for one of Postman. Nothing for a text that is no name, such as JSON in braces.
fn variable(name: &str) -> Option<String> {
    let name = name.trim().trim_start_matches('$');
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        || !name.chars().all(is_name)
    {
        return None;
    }
    let mut variable = String::new();
    let mut before = '_';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            variable.push('_');
        }
        variable.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        });
        before = c;
    }
    Some(variable)
}

/// Whether a text can stand in a command as it is: people see all of it, and no editor takes any of it away.
pub(super) fn is_plain(text: &str) -> bool {
    let is_visible = |c: char| {
        !(c.is_control() && c != '\n'
            || matches!(c,
                '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'))
    };
    let keeps_end = |line: &str| !line.ends_with(char::is_whitespace);
    let mut inner: Vec<&str> = text.split('\n').collect();
    // The last line has a quotation mark behind it.
    inner.pop();
    text.chars().all(is_visible) && inner.into_iter().all(keeps_end)
}

/// The command that writes these bytes.
pub(super) fn printf(bytes: &[u8]) -> String {
    let mut format = String::with_capacity(bytes.len());
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            // Shells take what begins with it for an option.
            b'-' if index == 0 => format.push_str("\\055"),
            // It stands between double quotation marks where the output is a word.
            b'!' => format.push_str("\\041"),
            b'%' => format.push_str("%%"),
            b'\\' => format.push_str("\\\\"),
            b'\'' => format.push_str("'\\''"),
            b'\n' => format.push_str("\\n"),
            b'\r' => format.push_str("\\r"),
            b'\t' => format.push_str("\\t"),
            b' '..=b'~' => format.push(char::from(*byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(format, "\\{byte:03o}")),
        }
    }
    format!("printf '{format}'")
}
