//! Names of header fields, as people write them.

/// Whether two names of header fields are the same for Postman when it looks for the field of an API key: it
/// compares their words, so that `x_api_key` and `X-Api-Key` are.
#[must_use]
pub fn same_field(one: &str, other: &str) -> bool {
    words(one) == words(other)
}

/// The words of a name in lower case: runs of digits, of capitals, and of letters with at most one capital in front.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    let kind = |c: char| (c.is_ascii_digit(), c.is_uppercase(), c.is_alphanumeric());
    for (at, &c) in chars.iter().enumerate() {
        let (digit, upper, part) = kind(c);
        if !part {
            continue;
        }
        let before = at.checked_sub(1).map(|index| kind(chars[index]));
        let next_is_lower = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        let begins = before.is_none_or(|(was_digit, was_upper, was_part)| {
            !was_part || was_digit != digit || upper && (!was_upper || next_is_lower)
        });
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_words() {
        let check = |one: &str, other: &str, same: bool| {
            assert_eq!(same_field(one, other), same, "{one} {other}");
        };
        check("x_api_key", "X-API-Key", true);
        check("xApiKey", "X-API-KEY", true);
        check("XAPIKey", "x-api-key", false);
        check("key2", "Key-2", true);
        check("api key", "apikey", false);
    }
}
