//! Media types of replies beside the documented ones.

/// `type/subtype` of a `Content-Type`, in lower case, without parameters (RFC 9110, section 8.3.1).
pub(super) fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// A parameter of a `Content-Type`, without quotation marks. Names are compared without case.
pub(super) fn parameter<'a>(content_type: &'a str, name: &str) -> Option<&'a str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (own, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (own.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value)
    })
}

/// Whether what has this media type is JSON (RFC 6839, section 3.1).
pub(super) fn is_json(essence: &str) -> bool {
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a reply with the `Content-Type` `actual` cannot be what is documented as `documented`.
///
/// A server may say another type of the same nature, such as `image/png` for `image/jpeg`, or nothing that says
/// much (`application/octet-stream`). But a page of HTML, JSON or XML is no film, and a page of HTML no CSV.
pub(super) fn contradicts(documented: &str, actual: &str) -> bool {
    let (documented, actual) = (essence(documented), essence(actual));
    let is_html = |essence: &str| matches!(essence, "text/html" | "application/xhtml+xml");
    let is_xml = |essence: &str| essence.ends_with("/xml") || essence.ends_with("+xml");
    let is_vague = |essence: &str| {
        matches!(
            essence,
            "" | "*/*" | "application/octet-stream" | "binary/octet-stream"
        )
    };
    let is_text = |essence: &str| {
        essence.starts_with("text/") || is_json(essence) || is_xml(essence) || is_vague(essence)
    };
    if documented == actual || is_vague(&documented) || is_vague(&actual) {
        return false;
    }
    if is_html(&actual) {
        return !is_html(&documented);
    }
    !is_text(&documented) && (is_json(&actual) || is_xml(&actual))
}
