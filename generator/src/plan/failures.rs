//! What the saved responses document: successes and failures, error codes.

use std::collections::BTreeSet;

use crate::api::{ErrorCode, Response, Statuses};
use crate::document::place::PlacePath;
use crate::document::secret;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, NameRequest, Registry};

/// A documented failure, and how a reply is told to be it.
#[derive(Clone, PartialEq, Debug)]
pub struct FailureAt {
    /// The variant.
    pub ident: Ident,
    /// What tells it.
    pub when: When,
    /// The status that the document files it under, where a code tells it and no other failure has that
    /// status: a reply without a code is it as well.
    pub filed: Option<Statuses>,
    /// The lines of its documentation.
    pub docs: Vec<String>,
}

/// What tells a failure from others.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum When {
    /// The status of the reply.
    Status(Statuses),
    /// An error code in the body, at any status from 300.
    Code(String),
}

/// A documented error code, and the status that it comes with, where that is documented.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeAt {
    /// The status.
    pub status: Option<u16>,
    /// The code.
    pub code: String,
    /// What the document says about it.
    pub message: String,
}

impl When {
    /// A wish for the name of its variant.
    pub(super) fn wish(&self) -> NameRequest {
        let place = match self {
            When::Status(status) => status.to_string(),
            When::Code(code) => format!("code {code}"),
        };
        NameRequest {
            place: PlacePath::root(place),
            candidates: vec![variant(self)],
            is_chosen: false,
        }
    }
}

/// The statuses of successes, ascending. `default` is one where nothing else is, and then a redirect is.
pub(super) fn successes(responses: &[Response]) -> BTreeSet<Statuses> {
    let successes = statuses(responses, Statuses::is_success);
    if !successes.is_empty() {
        return successes;
    }
    let rest = statuses(responses, |statuses| statuses == Statuses::Rest);
    if rest.is_empty() {
        redirects(responses)
    } else {
        rest
    }
}

/// The statuses of redirects.
fn redirects(responses: &[Response]) -> BTreeSet<Statuses> {
    let declared = |response: &&Response| response.content.is_some();
    if !responses.iter().any(|response| declared(&response)) {
        return BTreeSet::new();
    }
    statuses(responses, |statuses| {
        matches!(statuses, Statuses::One(300..400))
    })
}

/// The statuses of failures, ascending.
fn failed(responses: &[Response]) -> BTreeSet<Statuses> {
    let successes = successes(responses);
    let is_failure = |statuses: Statuses| {
        statuses == Statuses::Rest || !successes.contains(&statuses) && !statuses.is_success()
    };
    statuses(responses, is_failure)
}

/// The statuses of a kind that responses document.
fn statuses(responses: &[Response], is_kind: impl Fn(Statuses) -> bool) -> BTreeSet<Statuses> {
    let told = responses.iter().filter(|response| !response.by_code);
    let statuses = told.map(|response| response.statuses);
    statuses.filter(|&statuses| is_kind(statuses)).collect()
}

/// The responses of some statuses.
pub(super) fn of(
    responses: &[Response],
    statuses: Statuses,
) -> impl Iterator<Item = &Response> + Clone {
    let told = responses.iter().filter(|response| !response.by_code);
    told.filter(move |response| response.statuses == statuses)
}

/// The responses that a code tells.
pub(super) fn told_by<'a, 'c>(
    responses: &'a [Response],
    code: &'c str,
) -> impl Iterator<Item = &'a Response> + use<'a, 'c> {
    let coded = responses.iter().filter(|response| response.by_code);
    coded.filter(move |response| response.codes.iter().any(|known| known.code == code))
}

/// The status under which the document files a code.
fn filed_under(responses: &[Response], code: &str) -> Option<Statuses> {
    let mut statuses = told_by(responses, code).map(|response| response.statuses);
    statuses.next()
}

/// What the document says about a success.
pub(super) fn success_line(responses: &[Response], status: Statuses) -> String {
    let first = of(responses, status).next();
    first.map_or_else(String::new, |response| {
        docs::summary(&secret::redact(&response.docs))
    })
}

/// The documented failures, in the order in which a reply is asked for them: what a code tells comes before
/// what a status tells, except where the status documents that code itself.
pub(super) fn failures(responses: &[Response], registry: &mut Registry<'_>) -> Vec<FailureAt> {
    // By length first, so that numbers are in order.
    let codes: BTreeSet<(usize, &str)> = responses
        .iter()
        .filter(|response| response.by_code)
        .flat_map(|response| &response.codes)
        .map(|known| (known.code.len(), known.code.as_str()))
        .collect();
    let documents = |status: Statuses, code: &str| {
        let mut known = of(responses, status).flat_map(|response| &response.codes);
        known.any(|known| known.code == code)
    };
    let failed = failed(responses);
    let (shared, own): (Vec<&str>, Vec<&str>) = codes
        .into_iter()
        .map(|(_, code)| code)
        .partition(|code| failed.iter().any(|&status| documents(status, code)));
    let (first, last): (Vec<Statuses>, Vec<Statuses>) = failed
        .iter()
        .partition(|&&status| shared.iter().any(|code| documents(status, code)));
    let told = |code: &str| When::Code(code.to_owned());
    let own = own.into_iter().map(told);
    let shared = shared.into_iter().map(told);
    let all: Vec<When> = own
        .chain(first.into_iter().map(When::Status))
        .chain(shared)
        .chain(last.into_iter().map(When::Status))
        .collect();
    let wishes: Vec<NameRequest> = all.iter().map(When::wish).collect();
    let idents = registry.distinct(Kind::Variant, &wishes, &[]);
    let homes: Vec<Option<Statuses>> = all.iter().map(|when| filed(responses, when)).collect();
    let is_one = |status: &Statuses| {
        let told_by_code = homes.iter().flatten().filter(|other| *other == status);
        !status.is_success() && told_by_code.count() == 1 && of(responses, *status).next().is_none()
    };
    let named = all.into_iter().zip(idents).zip(&homes);
    named
        .map(|((when, ident), home)| FailureAt {
            ident,
            docs: failure_docs(responses, &when),
            when,
            filed: home.filter(is_one),
        })
        .collect()
}

/// The status under which the document files a failure that a code tells.
fn filed(responses: &[Response], when: &When) -> Option<Statuses> {
    match when {
        When::Status(_) => None,
        When::Code(code) => filed_under(responses, code),
    }
}

/// The name of a status, or the code.
fn variant(when: &When) -> Ident {
    let ident = match when {
        When::Status(status) => return status_name(*status),
        When::Code(code) => names::type_name(&format!("code {code}")),
    };
    ident.unwrap_or_else(|| names::fixed("Other"))
}

/// The name of statuses: the reason phrase of one (RFC 9110, section 15), else its number; what a hundred of them
/// have in common.
pub(super) fn status_name(statuses: Statuses) -> Ident {
    let text = match statuses {
        Statuses::One(status) => match reason(status) {
            Some(reason) => reason.to_owned(),
            None => format!("status {status}"),
        },
        Statuses::Hundred(200) => "success".to_owned(),
        Statuses::Hundred(300) => "redirection".to_owned(),
        Statuses::Hundred(400) => "client error".to_owned(),
        Statuses::Hundred(500) => "server error".to_owned(),
        Statuses::Hundred(status) => format!("status {status}"),
        Statuses::Rest => "other".to_owned(),
    };
    names::type_name(&text).unwrap_or_else(|| names::fixed("Other"))
}

fn reason(status: u16) -> Option<&'static str> {
    let status = http::StatusCode::from_u16(status).ok()?;
    status.canonical_reason()
}

fn failure_docs(responses: &[Response], when: &When) -> Vec<String> {
    let (title, told, codes): (String, Vec<&Response>, Vec<&ErrorCode>) = match when {
        When::Status(status) => {
            let told: Vec<&Response> = of(responses, *status).collect();
            let codes = told.iter().flat_map(|response| &response.codes).collect();
            let title = match status {
                Statuses::One(one) => {
                    reason(*one).map_or_else(|| one.to_string(), |text| format!("{one} {text}"))
                }
                Statuses::Hundred(_) => format!("{status}: any such status that is not listed."),
                Statuses::Rest => "Any other status.".to_owned(),
            };
            (title, told, codes)
        }
        When::Code(code) => {
            let told: Vec<&Response> = told_by(responses, code).collect();
            let codes = told.iter().flat_map(|response| &response.codes);
            let codes = codes.filter(|known| known.code == *code).collect();
            let filed = filed_under(responses, code);
            let filed = filed.map_or_else(String::new, |filed| filed.to_string());
            let title = format!(
                "Error code {}. Its status is not documented: the collection files it under {filed}.",
                docs::code(code)
            );
            (title, told, codes)
        }
    };
    let mut lines = docs::render(&title, super::DOC_WIDTH - 4);
    for response in told {
        let rest = docs::render(&secret::redact(&response.docs), super::DOC_WIDTH - 4);
        // Many responses are called by their status: the title says that.
        let title = lines.first().map(String::as_str).unwrap_or_default();
        let is_title = matches!(rest.as_slice(), [only] if title.ends_with(only.as_str()));
        if !rest.is_empty() && !is_title && !lines.ends_with(&rest) {
            lines.push(String::new());
            lines.extend(rest);
        }
    }
    let mut seen = BTreeSet::new();
    let mut bullets: Vec<String> = codes.into_iter().map(bullet).collect();
    bullets.retain(|bullet| seen.insert(bullet.clone()));
    if !bullets.is_empty() {
        lines.push(String::new());
        lines.extend(docs::render(&bullets.join("\n"), super::DOC_WIDTH - 4));
    }
    lines
}

fn bullet(known: &ErrorCode) -> String {
    let (code, message) = (&known.code, secret::redact(&known.message));
    if message.is_empty() {
        format!("* `{code}`")
    } else {
        format!("* `{code}`: {message}")
    }
}

/// All error codes, those of a documented status first.
pub(super) fn error_codes(responses: &[Response]) -> Vec<CodeAt> {
    let successes = statuses(responses, Statuses::is_success);
    let failed = statuses(responses, |statuses| !statuses.is_success());
    let told = successes.into_iter().chain(failed);
    let told = told.flat_map(|statuses| {
        let status = match statuses {
            Statuses::One(status) => Some(status),
            Statuses::Hundred(_) | Statuses::Rest => None,
        };
        of(responses, statuses).map(move |response| (status, response))
    });
    let coded = responses.iter().filter(|response| response.by_code);
    let mut all = Vec::new();
    for (status, response) in told.chain(coded.map(|response| (None, response))) {
        for known in &response.codes {
            let entry = CodeAt {
                status,
                code: known.code.clone(),
                message: secret::redact(&known.message).into_owned(),
            };
            if !all.contains(&entry) {
                all.push(entry);
            }
        }
    }
    all
}
