//! Media types of bodies and replies (rules 9, 41, 42, 50).

/// What a body of a media type is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Form {
    /// JSON, whatever the type says besides.
    Json,
    /// `multipart/form-data`, or another multipart.
    Multipart,
    /// `application/x-www-form-urlencoded`
    UrlEncoded,
    /// A stream of events or of JSON values, one behind the other.
    Stream,
    /// Bytes.
    Bytes,
    /// Text.
    Text,
    /// XML: text to a client.
    Xml,
    /// No media type at all: `json`, `successful_response`.
    Unknown,
}

/// Type and subtype in lower case, without parameters (RFC 9110, section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

impl Form {
    /// The media type of forms without files.
    pub(super) const URL_ENCODED: &'static str = "application/x-www-form-urlencoded";
}

/// What a body of that media type is.
pub(super) fn form(media_type: &str) -> Form {
    let essence = essence(media_type);
    let Some((kind, subtype)) = essence.split_once('/') else {
        return Form::Unknown;
    };
    match (kind, subtype) {
        (
            _,
            "event-stream" | "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "json-seq"
            | "x-json-stream" | "x-jsonlines" | "jsonlines",
        ) => Form::Stream,
        (_, "json") => Form::Json,
        (_, subtype) if subtype.ends_with("+json") => Form::Json,
        ("multipart", _) => Form::Multipart,
        (_, "x-www-form-urlencoded") => Form::UrlEncoded,
        (_, "xml") => Form::Xml,
        (_, subtype) if subtype.ends_with("+xml") && kind != "image" => Form::Xml,
        ("text", _)
        | (
            "application",
            "yaml" | "x-yaml" | "graphql" | "javascript" | "sql" | "jwt" | "jose" | "toml",
        ) => Form::Text,
        (_, subtype) if subtype.ends_with("+yaml") => Form::Text,
        _ => Form::Bytes,
    }
}

/// Whether a media type stands for several: `image/*`.
pub(super) fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_bodies_are() {
        let check = |media_type: &str, expected: Form| {
            assert_eq!(form(media_type), expected, "{media_type}");
        };
        check("application/json", Form::Json);
        check("Application/JSON; charset=utf-8", Form::Json);
        check("application/vnd.github.v3+json", Form::Json);
        check("text/json", Form::Json);
        check("application/*+json", Form::Json);
        check("application/x-www-form-urlencoded", Form::UrlEncoded);
        check("multipart/form-data", Form::Multipart);
        check("text/event-stream", Form::Stream);
        check("application/x-ndjson", Form::Stream);
        check("application/octet-stream", Form::Bytes);
        check("image/svg+xml", Form::Bytes);
        check("*/*", Form::Bytes);
        check("text/plain", Form::Text);
        check("application/soap+xml", Form::Xml);
        check("json", Form::Unknown);
    }
}
