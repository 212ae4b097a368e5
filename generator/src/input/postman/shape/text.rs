//! What a text tells beside being text: its form, a type that it names.

use super::{Form, Format, Placeholder};

/// The type that a placeholder stands for (rules O2, O3); nothing for any other text.
#[must_use]
pub fn placeholder(text: &str) -> Option<Placeholder> {
    const MARKS: &[&str] = &[
        "<Circular reference to ",
        "<Error: ",
        "INVALID_URLENCODED_PARAM_TYPE",
    ];
    if MARKS.iter().any(|mark| text.starts_with(mark)) {
        return Some(Placeholder::Nothing);
    }
    let name = text.strip_prefix('<')?.strip_suffix('>')?;
    Some(match name {
        "integer" | "long" | "int32" | "int64" => Placeholder::Integer,
        "float" | "double" | "number" => Placeholder::Float,
        "boolean" => Placeholder::Boolean,
        "array" => Placeholder::List,
        "object" => Placeholder::Object,
        "string" | "byte" | "binary" | "date" | "dateTime" | "date-time" | "time" | "password"
        | "uuid" | "uri" | "url" | "uri-template" | "email" | "hostname" | "ipv4" | "ipv6" => {
            Placeholder::Text
        }
        _ => return None,
    })
}

/// What Postman makes up for a dynamic variable (rule V9): the type of `{{$timestamp}}` without quotes.
#[must_use]
pub fn dynamic(variable: &str) -> Option<Placeholder> {
    Some(match variable {
        "$timestamp" | "$randomInt" => Placeholder::Integer,
        "$randomBoolean" => Placeholder::Boolean,
        "$randomPrice" | "$randomLatitude" | "$randomLongitude" => Placeholder::Float,
        _ if variable.starts_with('$') => Placeholder::Text,
        _ => return None,
    })
}

/// The form of a text that is a dynamic variable.
pub(super) fn form_of_dynamic(variable: &str) -> Form {
    match variable {
        "$guid" | "$randomUUID" => Form::All(Format::Uuid),
        "$isoTimestamp" => Form::All(Format::DateTime),
        "$randomEmail" | "$randomExampleEmail" => Form::All(Format::Email),
        "$randomUrl" | "$randomAvatarImage" => Form::All(Format::Uri),
        _ if variable.starts_with("$random") && variable.ends_with("Image") => {
            Form::All(Format::Uri)
        }
        _ if variable.starts_with('$') => Form::Mixed,
        _ => Form::Unknown,
    }
}

/// The form of a text. One with unknown variables has none that is known; nor has an empty one.
pub(super) fn form(text: &str) -> Form {
    if text.is_empty() || text.contains("{{") {
        return Form::Unknown;
    }
    if let Some(name) = text.strip_prefix('<') {
        return form_of_placeholder(name);
    }
    let bytes = text.as_bytes();
    let format = match bytes.len() {
        10 if is_date(bytes) => Some(Format::Date),
        20..=40 if is_date_time(bytes) => Some(Format::DateTime),
        36 if is_uuid(bytes) => Some(Format::Uuid),
        _ if is_uri(text) => Some(Format::Uri),
        _ if is_email(text) => Some(Format::Email),
        _ => None,
    };
    format.map_or(Form::Mixed, Form::All)
}

fn form_of_placeholder(name: &str) -> Form {
    match name {
        "date>" => Form::All(Format::Date),
        "dateTime>" | "date-time>" => Form::All(Format::DateTime),
        "uuid>" => Form::All(Format::Uuid),
        "uri>" | "url>" => Form::All(Format::Uri),
        "email>" => Form::All(Format::Email),
        _ => Form::Mixed,
    }
}

/// Whether the bytes are as the pattern says: `0` is a digit, `x` a hexadecimal one, the rest itself.
fn fits(bytes: &[u8], pattern: &str) -> bool {
    let fits = |(byte, pattern): (&u8, u8)| match pattern {
        b'0' => byte.is_ascii_digit(),
        b'x' => byte.is_ascii_hexdigit(),
        _ => *byte == pattern,
    };
    bytes.len() == pattern.len() && bytes.iter().zip(pattern.bytes()).all(fits)
}

fn is_date(bytes: &[u8]) -> bool {
    let two = |at: usize| (bytes[at] - b'0') * 10 + (bytes[at + 1] - b'0');
    fits(bytes, "0000-00-00") && (1..=12).contains(&two(5)) && (1..=31).contains(&two(8))
}

fn is_date_time(bytes: &[u8]) -> bool {
    let (date, rest) = bytes.split_at(10);
    let Some((time, rest)) = rest.split_at_checked(9) else {
        return false;
    };
    let digits = match rest {
        [b'.', digits @ ..] => digits.iter().take_while(|b| b.is_ascii_digit()).count(),
        _ => 0,
    };
    let has_empty_fraction = rest.starts_with(b".") && digits == 0;
    let zone = &rest[if digits > 0 { digits + 1 } else { 0 }..];
    let is_zone = matches!(zone, b"Z" | b"z") || fits(zone, "+00:00") || fits(zone, "-00:00");
    let is_time = ["T00:00:00", "t00:00:00", " 00:00:00"]
        .iter()
        .any(|form| fits(time, form));
    is_date(date) && is_time && is_zone && !has_empty_fraction
}

fn is_uuid(bytes: &[u8]) -> bool {
    fits(bytes, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme && !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c == '"')
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_domain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let has_labels =
        domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    !local.is_empty() && local.chars().all(is_local) && domain.chars().all(is_domain) && has_labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_forms() {
        let check = |text: &str, expected: Form| assert_eq!(form(text), expected, "{text}");
        check("", Form::Unknown);
        check("{{x}}-1", Form::Unknown);
        check("plain", Form::Mixed);
        check("2024-02-29", Form::All(Format::Date));
        check("2024-13-01", Form::Mixed);
        check("2024-02-29T10:00:00Z", Form::All(Format::DateTime));
        check("2024-02-29T10:00:00.123+02:00", Form::All(Format::DateTime));
        check("2024-02-29T10:00:00.Z", Form::Mixed);
        check("2024-02-29T10:00:00", Form::Mixed);
        check(
            "6F9619FF-8b86-d011-b42d-00c04fc964ff",
            Form::All(Format::Uuid),
        );
        check("6F9619FF-8b86-d011-b42d-00c04fc964fg", Form::Mixed);
        check("https://example.com/a?b=c", Form::All(Format::Uri));
        check("see https://example.com", Form::Mixed);
        check("a.b+c@example.com", Form::All(Format::Email));
        check("@handle", Form::Mixed);
        check("a@b", Form::Mixed);
        check("<uuid>", Form::All(Format::Uuid));
        check("<string>", Form::Mixed);
        check("ééééééééééé", Form::Mixed);
    }

    #[test]
    fn knows_placeholders() {
        let check = |text: &str, expected: Option<Placeholder>| {
            assert_eq!(placeholder(text), expected, "{text}");
        };
        check("<long>", Some(Placeholder::Integer));
        check("<number>", Some(Placeholder::Float));
        check("<dateTime>", Some(Placeholder::Text));
        check(
            "<Error: Too many levels of nesting to fake this schema>",
            Some(Placeholder::Nothing),
        );
        check("<p>long</p>", None);
        check("<your id>", None);
        check("long", None);
    }
}
