//! The tool's own reading of a document: the lines that a recording of Postman would have.

mod auth;

use super::line::text_or_base64;
use super::{Line, Part};
use crate::api::{Api, AuthFrom, Hidden, Operation, Sent, SentBody, SentPart};

/// The media type of multipart form data.
pub(super) const MULTIPART: &str = "multipart/form-data";

/// What stands for a boundary, which is another text in each request: that of a recording.
pub(super) const BOUNDARY: &str = "--------------------------000000000000000000000000";

/// What Postman sends for each request, in document order, as far as the document says it: secrets too.
///
/// No client is asked, so that one can be compared with it. Headers that every client adds by itself are not
/// among them.
#[must_use]
pub fn own(api: &Api) -> Vec<Line> {
    let sent = api
        .operations
        .iter()
        .map(|operation| own_line(api, operation));
    let mut lines: Vec<Line> = sent.chain(Line::refused(api)).collect();
    lines.sort_by_cached_key(Line::place);
    lines
}

/// What Postman sends for a request, see [`own`].
#[must_use]
pub fn own_line(api: &Api, operation: &Operation) -> Line {
    let sent = &operation.sent;
    let headers = sent.headers.iter();
    let headers = headers.map(|(name, value)| (name.clone(), value.0.clone()));
    let mut line = Line {
        url: sent.url.0.clone(),
        headers: headers.collect(),
        auth: Some(sent.auth.clone()).filter(|auth| !auth.is_empty()),
        error: sent.refused.clone(),
        ..Line::of(api, operation)
    };
    // Where the request says itself who sends it, its `auth` block has nothing to sign with.
    if !matches!(operation.auth_from, AuthFrom::Header | AuthFrom::Url) {
        auth::sign(&mut line, &operation.credentials);
        auth::sign_anew(&mut line, &operation.auth, &operation.credentials);
    }
    auth::add_user(&mut line, sent.user.as_ref());
    match &sent.body {
        SentBody::Empty => {}
        SentBody::Text(Hidden(text)) => line.body = Some(text.clone()),
        SentBody::File(file) => {
            (line.body, line.body_base64) = text_or_base64(file.bytes().into_owned());
        }
        SentBody::Parts(parts) => {
            line.multipart = Some(parts.iter().map(part).collect());
            let bare = line
                .headers
                .iter_mut()
                .filter(|(_, value)| value == MULTIPART);
            bare.for_each(|(_, value)| *value = format!("{MULTIPART}; boundary={BOUNDARY}"));
        }
    }
    line
}

fn part(part: &SentPart) -> Part {
    let name = Some(part.name.0.clone());
    match &part.content {
        Sent::File(file) => {
            let (text, base64) = text_or_base64(file.bytes().into_owned());
            Part {
                name,
                content_type: file.content_type(),
                filename: Some(file.file_name().unwrap_or_default().to_owned()),
                text,
                base64,
            }
        }
        Sent::Text(Hidden(text)) => Part {
            name,
            content_type: part.media_type.clone(),
            text: Some(text.clone()),
            ..Part::default()
        },
        Sent::Bare | Sent::Named(..) => Part {
            name,
            ..Part::default()
        },
    }
}
