//! The challenges of a server (RFC 9110, section 11.6.1).

/// A challenge: what it says, each name in lower case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Challenge {
    pub(super) scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// What it says under that name; nothing where it says nothing.
    pub(super) fn get(&self, name: &str) -> &str {
        let mut parameters = self.parameters.iter();
        parameters
            .find(|(other, _)| other == name)
            .map_or("", |(_, value)| value)
    }
}

/// The challenges in the value of a header, in their order. What cannot be read ends the list.
pub(super) fn read(value: &str) -> Vec<Challenge> {
    let mut challenges: Vec<Challenge> = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let (word, after) = token(rest);
        if word.is_empty() {
            return challenges;
        }
        if let Some(value) = after.trim_start().strip_prefix('=') {
            let (value, after) = text(value.trim_start());
            if let Some(challenge) = challenges.last_mut() {
                challenge.parameters.push((word.to_lowercase(), value));
            }
            rest = after;
        } else {
            challenges.push(Challenge {
                scheme: word.to_lowercase(),
                parameters: Vec::new(),
            });
            rest = after;
        }
    }
}

/// A token and what is behind it.
fn token(text: &str) -> (&str, &str) {
    let is_end = |c: char| c.is_ascii_control() || " \t,=\"()<>@:;\\[]?{}".contains(c);
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

/// A token or a quoted text without its quotes, and what is behind it.
fn text(rest: &str) -> (String, &str) {
    let Some(quoted) = rest.strip_prefix('"') else {
        let end = rest.find([',', ' ', '\t']).unwrap_or(rest.len());
        return (rest[..end].to_owned(), &rest[end..]);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            _ => value.push(c),
        }
    }
    (value, "")
}

/// A text between quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
