//! How Zoom writes.
//!
//! Zoom's error code 300 is filed under the HTTP status 300, which Zoom never sends; other codes stand under
//! the status of a success. Such a reply is told by its code: its status is not documented.

use super::{Dialect, marks};
use crate::api::{Base, ErrorCode, Pages, SchemaType, Statuses};
use crate::input::postman::shape::draft::{Api, Input, Operation, Parameter, PathPart, Response};

/// The dialect of Zoom's collections.
pub(super) struct Zoom;

impl Dialect for Zoom {
    fn name(&self) -> &'static str {
        "zoom"
    }

    /// By a base URL of Zoom, a rate limit label, or a response that names both its status and a code.
    fn recognises(&self, api: &Api) -> bool {
        let mut operations = api.operations.iter();
        operations.any(|operation| {
            is_of_zoom(&operation.base)
                || marks::rate_limit(&operation.docs).is_some()
                || operation.responses.iter().any(names_status_and_code)
        })
    }

    fn read(&self, operation: &mut Operation) {
        operation.scopes = marks::scopes(&operation.docs);
        operation.rate_limit = marks::rate_limit(&operation.docs);
        operation.pages = pages(operation);
        let encode_uuids = says_twice(&operation.docs);
        let path = operation.path.iter_mut();
        for input in path.filter_map(PathPart::input_mut) {
            read_id(input, encode_uuids);
        }
        let successes: Vec<u16> = operation
            .responses
            .iter()
            .map(|response| response.statuses.first())
            .filter(|&status| is_success(status))
            .collect();
        let responses = std::mem::take(&mut operation.responses).into_iter();
        operation.responses = responses
            .flat_map(|response| read_response(response, &successes))
            .collect();
    }
}

/// Zoom's pages: by token, of which an empty one ends the list, or by number (rule Z14).
fn pages(operation: &Operation) -> Option<Pages> {
    let parameter = |name: &str| {
        let mut inputs = operation.query.iter().filter_map(Parameter::input);
        inputs
            .find(|input| input.name == name)
            .map(|input| input.name.clone())
    };
    let (token, number) = (parameter("next_page_token"), parameter("page_number"));
    if token.is_none() && number.is_none() {
        return None;
    }
    Some(Pages {
        token,
        number,
        size: parameter("page_size"),
        results: results(&operation.responses),
    })
}

/// The one list in the object that a success gives.
fn results(responses: &[Response]) -> Option<String> {
    let success = responses
        .iter()
        .find(|response| is_success(response.statuses.first()))?;
    let shape = success.schema.as_ref()?.json.as_ref()?;
    let members = &shape.object.as_ref()?.members;
    let mut lists = members
        .iter()
        .filter(|(_, member)| member.shape.list.is_some());
    let (name, _) = lists.next()?;
    lists.next().is_none().then(|| name.clone())
}

fn is_of_zoom(base: &Base) -> bool {
    let url = base.default.as_str();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    host == "zoom.us" || host.ends_with(".zoom.us")
}

fn names_status_and_code(response: &Response) -> bool {
    let prose = marks::response(&response.docs);
    prose.status.is_some() && !prose.codes.is_empty()
}

/// The status under which Zoom files its error code of that number.
const MISFILED: u16 = 300;

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// What a saved response documents: mostly one reply, two where a success and a failure share a text.
fn read_response(response: Response, successes: &[u16]) -> Vec<Response> {
    let prose = marks::response(&response.docs);
    let key = response.statuses.first();
    // A text that makes a failure of a success, or the other way round, confuses status and code.
    let said = prose
        .status
        .filter(|&status| is_success(status) == is_success(key));
    let status = said.unwrap_or(key);
    let has_code = !prose.codes.is_empty();
    let told = Response {
        statuses: Statuses::One(status),
        docs: prose.rest,
        codes: prose.codes,
        ..response
    };
    if status == MISFILED {
        return vec![by_code(told, key)];
    }
    if !is_success(status) {
        return vec![told];
    }
    if has_code {
        let is_reply = !told.docs.is_empty() || prose.status.is_some();
        let success = is_reply.then(|| Response {
            codes: Vec::new(),
            ..told.clone()
        });
        let failure = by_code(
            Response {
                docs: String::new(),
                ..told
            },
            key,
        );
        return success.into_iter().chain([failure]).collect();
    }
    if refuses(&told.docs) && successes.iter().any(|&other| other != key) {
        return vec![by_code(told, key)];
    }
    // Which of two successes is sent cannot be known: the client takes both.
    let other = (status != key && told.body.is_none()).then(|| Response {
        statuses: Statuses::One(key),
        ..told.clone()
    });
    std::iter::once(told).chain(other).collect()
}

/// The reply that its error codes tell; where none is named, the status is one.
fn by_code(mut response: Response, key: u16) -> Response {
    if response.codes.is_empty() {
        let message = marks::sentences(&std::mem::take(&mut response.docs));
        let code = key.to_string();
        response.codes.push(ErrorCode { code, message });
    }
    Response {
        statuses: Statuses::One(key),
        by_code: true,
        body: None,
        media_type: None,
        schema: None,
        ..response
    }
}

/// What a reply says that stands under a success and is none.
const REFUSALS: &[&str] = &[
    "only available",
    "do not have the permission",
    "no permission",
    "permission missing",
    "does not belong",
    "not found",
    "plan is missing",
    "subscription is missing",
    "subscription missing",
];

fn refuses(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    REFUSALS.iter().any(|phrase| text.contains(phrase))
}

/// Zoom's UUIDs hold slashes, and an id may be one of them instead of a number.
fn read_id(input: &mut Input, encode_uuids: bool) {
    let docs = input.docs.to_ascii_lowercase();
    let name = input.name.to_ascii_lowercase();
    let is_uuid = docs.contains("uuid") || name.ends_with("uuid");
    let of_event = name.starts_with("meeting") || name.starts_with("webinar");
    input.twice |= is_uuid && (encode_uuids || of_event || says_twice(&docs));
    let either = [
        "id or meeting uuid",
        "id or webinar uuid",
        "id or universally unique",
        "id or uuid",
    ];
    if is_uuid && either.iter().any(|phrase| docs.contains(phrase)) {
        input
            .schema
            .declared
            .get_or_insert_with(SchemaType::integer_or_text);
        input.schema.declared_by = "the description says an ID or a UUID";
    }
}

fn says_twice(docs: &str) -> bool {
    let docs = docs.to_ascii_lowercase().replace('-', " ");
    docs.contains("double encod")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input as Documents, Report, Source};

    /// An operation with saved responses, by status and name.
    fn read(url: &str, docs: &str, replies: &[(u16, &str)]) -> Operation {
        let replies = replies.iter();
        let replies: Vec<_> = replies
            .map(|(code, name)| serde_json::json!({"name": name, "code": code}))
            .collect();
        let collection = serde_json::json!({"info": {}, "item": [{
            "name": "Get",
            "request": {"url": {"protocol": "https", "host": "a.io", "path": url.split('/').collect::<Vec<_>>(), "variable": [
                {"key": url.rsplit(':').next(), "value": "5", "description": docs}]}},
            "response": replies,
        }]});
        let input = Documents::collection(Source::new("c.json", collection.to_string()));
        let mut api = crate::read(
            &mut Report::default(),
            &input,
            &std::collections::BTreeMap::default(),
        );
        let mut operation = api.operations.remove(0);
        Zoom.read(&mut operation);
        operation
    }

    /// What the responses of an operation come to.
    fn check(replies: &[(u16, &str)], expected: &[&str]) {
        let operation = read("x", "", replies);
        let shown = operation.responses.iter().map(|response| {
            let by = if response.by_code { "code" } else { "status" };
            let codes = response.codes.iter();
            let codes: Vec<String> = codes.map(|c| format!("{}={}", c.code, c.message)).collect();
            format!(
                "{} {by} [{}] {}",
                response.statuses.first(),
                codes.join(", "),
                response.docs
            )
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{replies:?}");
    }

    #[test]
    fn a_failure_has_the_status_of_its_text_or_only_a_code() {
        check(&[(404, "Gone.")], &["404 status [] Gone."]);
        check(
            &[(400, "**Error Code:** `7` No.")],
            &["400 status [7=No.] "],
        );
        check(
            &[(400, "**Status Code:** `404` Gone. **Error Code:** `7` No.")],
            &["404 status [7=No.] Gone."],
        );
        check(
            &[(400, "**Status Code:** `200` Bad.")],
            &["400 status [] Bad."],
        );
        check(
            &[(300, "**Status Code:** `400` No.")],
            &["400 status [] No."],
        );
        check(
            &[(300, "**Error Code:** `300` No.")],
            &["300 code [300=No.] "],
        );
        check(
            &[(300, "**Error Code:** `200` No.")],
            &["300 code [200=No.] "],
        );
        check(
            &[(300, "**Status Code:** `300`<br>No.<br>Never.")],
            &["300 code [300=No. Never.] "],
        );
    }

    #[test]
    fn a_success_is_none_where_it_tells_of_a_failure() {
        check(
            &[(204, "**Status Code:** `400` Done.")],
            &["204 status [] Done."],
        );
        check(
            &[(204, "**Status Code:** `200` Done.")],
            &["200 status [] Done.", "204 status [] Done."],
        );
        check(
            &[(200, "**Status Code:** `200` All. **Error Code:** `5` No.")],
            &["200 status [] All.", "200 code [5=No.] "],
        );
        check(
            &[(200, "**Error Code:** `200` No.")],
            &["200 code [200=No.] "],
        );
        check(
            &[(201, "Made."), (200, "Only available for paid accounts.")],
            &[
                "201 status [] Made.",
                "200 code [200=Only available for paid accounts.] ",
            ],
        );
        check(
            &[(200, "Listed. Only available for paid accounts.")],
            &["200 status [] Listed. Only available for paid accounts."],
        );
    }

    #[test]
    fn ids_that_may_be_uuids() {
        let check = |url: &str, docs: &str, twice: bool, declared: Option<SchemaType>| {
            let operation = read(url, docs, &[]);
            let input = operation
                .path
                .iter()
                .find_map(PathPart::input)
                .expect("an input");
            let found = (input.twice, input.schema.declared.clone());
            assert_eq!(found, (twice, declared), "{url} {docs}");
        };
        let either = Some(SchemaType::integer_or_text());
        check(
            "a/:meetingId",
            "The meeting's ID or universally unique ID (UUID).",
            true,
            either.clone(),
        );
        check(
            "a/:meetingId",
            "The meeting ID or meeting UUID.",
            true,
            either,
        );
        check("a/:meetingId", "The meeting's ID, a **long**.", false, None);
        check("a/:meetingUUID", "Identifies an instance.", true, None);
        check("a/:fileId", "The file's UUID.", false, None);
        check(
            "a/:fileId",
            "The file's UUID. You must **double-encode** it.",
            true,
            None,
        );
    }

    #[test]
    fn pages_go_by_token_or_number() {
        let check = |query: &str, body: &str, expected: Option<[&str; 4]>| {
            let collection = serde_json::json!({"info": {}, "item": [{
                "name": "List",
                "request": format!("https://api.zoom.us/v2/users?{query}"),
                "response": [{"name": "Users.", "code": 200, "body": body}],
            }]});
            let input = Documents::collection(Source::new("c.json", collection.to_string()));
            let mut api = crate::read(
                &mut Report::default(),
                &input,
                &std::collections::BTreeMap::default(),
            );
            crate::input::postman::dialect::apply(&mut Report::default(), &mut api, None);
            let name = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty());
            let expected = expected.map(|[token, number, size, results]| Pages {
                token: name(token),
                number: name(number),
                size: name(size),
                results: name(results),
            });
            assert_eq!(api.operations[0].pages, expected, "{query} {body}");
        };
        check(
            "page_size=30&next_page_token=",
            r#"{"next_page_token": "", "users": [{"id": "x"}]}"#,
            Some(["next_page_token", "", "page_size", "users"]),
        );
        check(
            "page_number=1",
            r#"{"users": [], "roles": []}"#,
            Some(["", "page_number", "", ""]),
        );
        check("page_size=30", r#"{"users": []}"#, None);
        check("status=active", "", None);
    }
}
