//! Differences from Postman that are meant: where what it sends depends on what a value happens to hold, or
//! on how its engine is built.
//!
//! Each has a code and a rule by which it is recognised. A rule takes nothing on trust: it undoes what the client
//! did differently, or does it to what is expected, and the rest has to be the same, byte by byte.

mod body;
mod call;
mod placeholder;
mod refused;
mod signature;
mod target;

pub(super) use call::reason as reason_of_call;

use super::compare::{Field, unpaired};
use super::{Line, host, url};
use crate::input::postman::is_of_transport;

/// A difference that is meant.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Deliberate {
    /// The name that reports count it under.
    pub code: &'static str,
    /// What the client does, and why.
    pub sentence: &'static str,
}

macro_rules! table {
    ($($name:ident = $code:literal, $sentence:literal;)*) => {
        $(
            #[doc = $sentence]
            static $name: Deliberate = Deliberate { code: $code, sentence: $sentence };
        )*

        /// All of them, by code.
        pub static DELIBERATE: &[&Deliberate] = &[$(&$name),*];
    };
}

table! {
    AUTHORIZATION_REPEATED = "authorization-repeated",
        "Of several headers `Authorization` one is sent: a request has one (RFC 9110, section 11.6.2).";
    BASE_SLASH = "base-slash",
        "A `/` at the end of a base URL and the `/` at the beginning of a path are one slash; Postman sends both.";
    EMPTY_FORM = "empty-form",
        "An optional form of an OpenAPI document is sent where one of its fields is given: nothing else says that there is an empty one.";
    ENCODED_FORM = "encoded-form",
        "What stands percent-encoded in the document is a value, and is sent in the client's form of it: `%2F` in a query as `/`, `%5c` as `%5C`.";
    FILE_AFTER_LIST = "file-after-list",
        "A file of a form that stands behind a list of files is sent; Postman's engine sends it empty.";
    FORM_ORDER = "form-order",
        "Fields of a form keep their order; Postman's engine sends whole numbers first, and fields of one name together.";
    FRAMING_HEADER = "framing-header",
        "A header that belongs to the connection, such as `Accept-Encoding`, is the client's to set; Postman sends what the document says.";
    HOST_NAME = "host-name",
        "A base URL whose host has characters that no host name has, such as `<account>.example.com`, is refused: it is to be filled in.";
    JSON_BROKEN = "json-broken",
        "A body that looks like JSON and is none cannot be made: the client has types. Postman sends it broken.";
    JSON_PART = "json-part",
        "JSON in a field of a form is written by the client: without blanks, its members in the order of the type.";
    JSON_REPAIRED = "json-repaired",
        "A body that is JSON but for a comma at an end, a comment or a control character in a string is sent as JSON; Postman sends it broken.";
    PART_NAME = "part-name",
        "Quotation marks and line breaks in names of parts and files are percent-encoded, as the HTML standard has it: they would end the name.";
    PATH_DELIMITER = "path-delimiter",
        "`/`, `?`, `#` and `\\` in a path value are percent-encoded: they would add segments, begin the query, or end the URL.";
    PATH_DOTS = "path-dots",
        "A path value that is `.` or `..` is refused: the request would reach another resource. An empty one is sent only with `Settings::empty_segments`.";
    PATH_MARK = "path-mark",
        "`;` in a path value, and `:` in one of the last segment, are percent-encoded: they would begin parameters, or a verb.";
    PATH_OBJECT = "path-object",
        "A segment of the path that is written as an object is sent as its value; Postman's engine sends `[object Object]`.";
    PERCENT = "percent",
        "`%` in a value is encoded: what looks percent-encoded is data, and would become something else when it is decoded.";
    QUERY_DELIMITER = "query-delimiter",
        "`&`, `#`, `+`, and `;` before a `=`, are percent-encoded in a query value: they would add parameters, end the URL, or be read as a blank.";
    QUERY_LITERAL = "query-literal",
        "A value of a query that the document writes as a number or a boolean is sent; Postman's engine sends the name alone.";
    SIGNATURE = "signature",
        "A signature is of the URL and the body as the client writes them: where those bytes differ from Postman's, so does the signature.";
    TWICE = "twice",
        "A path value with `/` is percent-encoded twice where the prose of the API asks for it; Postman leaves that to the user.";
    UNNAMED_MEMBER = "unnamed-member",
        "A member that an example of an OpenAPI document shows, and that its schema does not name or marks as `readOnly`, is not sent.";
    URL_CHARACTER = "url-character",
        "A character that no URL holds is percent-encoded in a value, also where `disableUrlEncoding` is set: Postman sends it as it is written then.";
}

/// No difference of its own: a placeholder (`<long>`) is no value, and where the client has a number or a boolean it
/// sends a value of that type in its place.
static PLACEHOLDER: Deliberate = Deliberate {
    code: "placeholder",
    sentence: "",
};

/// Whether a reason is nothing but that a value stands in for a placeholder.
pub(super) fn is_stand_in(reason: &Deliberate) -> bool {
    *reason == PLACEHOLDER
}

/// Why a part of a request differs; nothing, where it may not.
pub(super) fn reasons(
    field: Field,
    expected: &Line,
    actual: &Line,
) -> Option<Vec<&'static Deliberate>> {
    match field {
        Field::Url => target::reasons(
            &url::target(&expected.url),
            &url::target(&actual.url),
            actual.stand_ins,
        ),
        Field::Body => body::reasons(expected, actual),
        Field::Headers if is_authorization_repeated(expected, actual) => {
            Some(vec![&AUTHORIZATION_REPEATED])
        }
        Field::Headers if is_framing_left_out(expected, actual) => Some(vec![&FRAMING_HEADER]),
        Field::Headers => signature::is_of_other_bytes(expected, actual).then(|| vec![&SIGNATURE]),
        Field::Error => refused::reason(expected, actual).map(|reason| vec![reason]),
        Field::Origin => is_host_filled(expected, actual).then(|| vec![&PLACEHOLDER]),
        Field::Method => None,
    }
}

/// Whether the host is the expected one with a name in the place of each placeholder.
fn is_host_filled(expected: &Line, actual: &Line) -> bool {
    let filled = host::filled(&expected.url).filter(|_| actual.stand_ins > 0);
    filled.is_some_and(|filled| url::origin(&filled) == url::origin(&actual.url))
}

/// Whether nothing but an `Authorization` is left out, beside which another one is sent.
fn is_authorization_repeated(expected: &Line, actual: &Line) -> bool {
    let (missing, extra) = unpaired(expected, actual);
    let is_left_out = missing.iter().all(|(name, _)| name == "authorization");
    extra.is_empty() && is_left_out && actual.header("authorization").is_some()
}

/// Whether nothing but headers of the connection is left out, or has the client's value.
fn is_framing_left_out(expected: &Line, actual: &Line) -> bool {
    let (missing, extra) = unpaired(expected, actual);
    let is_missing = |name: &String| missing.iter().any(|(missing, _)| missing == name);
    missing.iter().all(|(name, _)| is_of_transport(name))
        && extra.iter().all(|(name, _)| is_missing(name))
}

#[cfg(test)]
mod tests;
