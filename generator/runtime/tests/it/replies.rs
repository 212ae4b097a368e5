//! That nothing of a reply is lost, and what errors tell.

use std::error::Error;

use http::Response;
use letterpress_client::{
    ApiError, CallError, Endpoint, Reply, RequestError, SendError, TransportError,
};

use crate::probe::{Failure, Probe};

fn response(status: u16, body: &'static str) -> Response<bytes::Bytes> {
    let response = Response::builder()
        .status(status)
        .header("x-trackingid", "42");
    response.body(body.into()).unwrap()
}

fn read(status: u16, body: &'static str) -> Result<Reply, CallError<Failure>> {
    <Probe>::from_http(response(status, body))
}

fn api_error(status: u16, body: &'static str) -> ApiError<Failure> {
    match read(status, body).unwrap_err() {
        CallError::Api(error) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_reply_is_kept_whole() {
    let success = read(204, "").unwrap();
    assert!(success.is_success());

    for (status, body) in [(404, "{\"code\": 1001}"), (502, "<html>bad gateway</html>")] {
        let error = read(status, body).unwrap_err();
        let reply = error.reply().unwrap();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(reply.headers()["x-trackingid"], "42");
        assert_eq!(reply.text(), body);
        assert_eq!(reply.body(), body);
        assert_eq!(
            error.failure().copied(),
            (status == 404).then_some(Failure::NotFound)
        );
    }
}

#[test]
fn codes_are_texts_or_numbers_of_an_object() {
    let table = [
        (r#"{"code": 1001, "message": "no"}"#, Some("1001")),
        (r#"{"code": "E_1"}"#, Some("E_1")),
        (
            r#"{"code": 18446744073709551615}"#,
            Some("18446744073709551615"),
        ),
        (r#"{"code": null}"#, None),
        (r#"{"code": [1]}"#, None),
        (r#"{"error": {"code": 1}}"#, Some("1")),
        (r#"{"error": "invalid_grant"}"#, Some("invalid_grant")),
        (r#"{"status": false, "errorCode": 401}"#, Some("401")),
        (r#"[{"code": 1}]"#, None),
        (r#""code""#, None),
        ("{\"code\": 1", None),
        ("", None),
    ];
    for (body, code) in table {
        assert_eq!(api_error(404, body).code().as_deref(), code, "{body}");
    }
}

#[test]
fn documented_codes_are_found_by_status_then_alone() {
    let table = [
        (
            r#"{"code": 1001}"#,
            Some((Some(404), "User does not exist.")),
        ),
        (
            r#"{"code": "1001"}"#,
            Some((Some(404), "User does not exist.")),
        ),
        (r#"{"code": 300}"#, Some((Some(400), "Validation failed."))),
        (r#"{"code": 124}"#, Some((None, "The token is too old."))),
        (r#"{"code": 7}"#, None),
        ("", None),
    ];
    for (body, expected) in table {
        let documented = api_error(404, body).documented();
        assert_eq!(documented.map(|code| (code.status, code.message)), expected);
    }
    assert!(<Probe>::SCOPES.is_empty() && <Probe>::RATE_LIMIT.is_none());
}

#[test]
fn errors_read_well() {
    let long: &'static str = "ä".repeat(300).leak();
    let table = [
        (
            404,
            r#"{"code": 1001}"#,
            "404 Not Found, code 1001: User does not exist.",
        ),
        (404, "gone", "404 Not Found: gone"),
        (500, "", "undocumented reply: 500 Internal Server Error"),
        (599, "x", "undocumented reply: 599 <unknown status code>: x"),
    ];
    for (status, body, expected) in table {
        assert_eq!(read(status, body).unwrap_err().to_string(), expected);
    }
    let shown = read(500, long).unwrap_err().to_string();
    assert!(shown.ends_with("ä…") && shown.chars().count() < 260);
    assert!(format!("{:?}", read(500, "x")).contains("500 Internal Server Error: x"));
}

#[test]
fn errors_tell_their_cause_and_stay_small() {
    let cause = std::io::Error::other("reset");
    let error: CallError<Failure> = TransportError::new(cause).into();
    assert_eq!(error.to_string(), "no reply");
    assert_eq!(error.source().unwrap().to_string(), "reset");
    assert!(error.reply().is_none());

    let after = TransportError::new("cut")
        .timeout(true)
        .after(response(200, "ha").into());
    assert!(after.is_timeout() && !after.is_connect());
    assert_eq!(after.to_string(), "no complete reply in time");
    let error = CallError::<Failure>::from(SendError::from(after));
    assert_eq!(error.reply().unwrap().text(), "ha");

    let error = CallError::<Failure>::from(RequestError::UserName);
    assert!(error.source().is_none() && error.status().is_none());

    // Generated functions return it: `clippy::result_large_err` begins at 128 bytes.
    assert!(size_of::<CallError<Failure>>() <= 72);
}

#[test]
fn replies_and_responses_are_the_same() {
    let reply = Reply::from(response(200, "x"));
    let back = Response::from(reply.clone());
    assert_eq!(back.headers(), reply.headers());
    assert_eq!(back.body(), "x");
    let kept = Reply::from(response(404, "y")).failure(Failure::NotFound);
    match kept {
        CallError::Api(error) => assert_eq!(error.into_reply().text(), "y"),
        other => panic!("{other:?}"),
    }
}
