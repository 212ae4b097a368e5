//! What the saved responses document: successes and failures by status, error codes.

use super::{Failure, Success};
use crate::api::Response;
use crate::dialect::{self, ResponseProse};
use crate::names::{self, Ident};
use crate::{docs, secret};

/// The replies of a request.
pub(super) struct Replies {
    pub(super) success: Success,
    pub(super) failures: Vec<Failure>,
    pub(super) error_codes: Vec<(u16, String, String)>,
}

/// Plans what a reply may be. Responses of one status are examples of one reply.
pub(super) fn plan(responses: &[Response]) -> Replies {
    let mut statuses: Vec<u16> = responses.iter().map(|response| response.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let of = |status: u16| {
        responses
            .iter()
            .filter(move |response| response.status == status)
    };
    let (successes, failed): (Vec<u16>, Vec<u16>) = statuses
        .into_iter()
        .partition(|status| (200..300).contains(status));
    let lines: Vec<(u16, String)> = successes
        .iter()
        .map(|&status| (status, success_line(of(status))))
        .collect();
    let has_body = successes
        .iter()
        .flat_map(|&status| of(status))
        .any(may_have_body);
    let success = match (successes.is_empty(), has_body) {
        (true, _) => Success::Undocumented,
        (false, true) => Success::Reply(lines),
        (false, false) => Success::Empty(lines),
    };
    let prose = |status: u16| {
        of(status)
            .map(|response| dialect::response(&response.docs))
            .collect::<Vec<_>>()
    };
    let mut error_codes = Vec::new();
    for status in successes.iter().chain(&failed) {
        for (code, message) in prose(*status).into_iter().flat_map(|prose| prose.codes) {
            let entry = (*status, code, secret::redact(&message).into_owned());
            if !error_codes.contains(&entry) {
                error_codes.push(entry);
            }
        }
    }
    let failures = failed
        .iter()
        .map(|&status| failure(status, &prose(status)))
        .collect();
    Replies {
        success,
        failures,
        error_codes,
    }
}

/// An example without a body tells nothing, unless the status rules a body out or no type is given: many
/// exports leave bodies away.
fn may_have_body(response: &Response) -> bool {
    let bodiless = matches!(response.status, 204 | 205);
    !bodiless
        && (response.body.is_some()
            || response
                .media_type
                .as_deref()
                .is_some_and(|t| !t.starts_with("text/plain")))
}

fn success_line<'a>(mut responses: impl Iterator<Item = &'a Response>) -> String {
    let prose = responses
        .next()
        .map(|response| dialect::response(&response.docs))
        .unwrap_or_default();
    docs::summary(&secret::redact(&prose.rest))
}

fn failure(status: u16, prose: &[ResponseProse]) -> Failure {
    let reason = http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason());
    let title = reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"));
    let mut lines = vec![title];
    for prose in prose {
        let rest = docs::render(&secret::redact(&prose.rest), super::DOC_WIDTH - 4);
        if !rest.is_empty() && !lines.ends_with(&rest) {
            lines.push(String::new());
            lines.extend(rest);
        }
    }
    let mut bullets: Vec<String> = prose
        .iter()
        .flat_map(|prose| &prose.codes)
        .map(bullet)
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    bullets.retain(|bullet| seen.insert(bullet.clone()));
    if !bullets.is_empty() {
        lines.push(String::new());
        lines.extend(docs::render(&bullets.join("\n"), super::DOC_WIDTH - 4));
    }
    Failure {
        ident: variant(status, reason),
        status,
        docs: lines,
    }
}

fn bullet((code, message): &(String, String)) -> String {
    let message = secret::redact(message);
    if message.is_empty() {
        format!("* `{code}`")
    } else {
        format!("* `{code}`: {message}")
    }
}

fn variant(status: u16, reason: Option<&str>) -> Ident {
    let by_number = || names::type_name(&format!("status {status}"));
    let ident = reason.and_then(names::type_name).or_else(by_number);
    ident.unwrap_or_else(|| names::fixed("Other"))
}
