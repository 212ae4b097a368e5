//! What a reply means: the status decides, and the body informs.

use letterpress_client::json::Json;
use letterpress_client::{BaseUrl, Bytes, CallError, Endpoint, Path, Reply, record};

#[derive(Default, Debug, PartialEq)]
struct Meeting {
    id: Option<i64>,
    topic: Option<String>,
}
record! { Meeting { id, topic } }

#[derive(Default, Debug, PartialEq)]
struct ErrorBody {
    code: Option<i64>,
    message: Option<String>,
}
record! { ErrorBody { code, message } }

#[derive(Debug, PartialEq)]
enum Failure {
    Found,
    Unauthorized(ErrorBody),
    NotFound(ErrorBody),
    TooMany(ErrorBody),
}

/// A request that the API documents with 201, 302, 401, 404 and 429.
struct Create;

impl Endpoint for Create {
    type Response = Meeting;
    type Failure = Failure;

    const METHOD: &'static str = "POST";
    const BASE_URL: BaseUrl = BaseUrl::new("baseUrl", "https://api.example.com");
    const PATH: &'static str = "/meetings";

    fn path(&self, path: &mut Path) {
        path.text("/meetings");
    }

    fn decode(reply: Reply) -> Result<Meeting, CallError<Failure>> {
        match reply.status().as_u16() {
            201 => reply.json(),
            302 => Err(reply.failure(Failure::Found)),
            401 => Err(reply.json_failure(Failure::Unauthorized)),
            404 => Err(reply.json_failure(Failure::NotFound)),
            429 => Err(reply.json_failure(Failure::TooMany)),
            _ => Err(reply.undocumented()),
        }
    }
}

/// The result in one line.
fn outcome(status: u16, media_type: &str, body: &'static [u8]) -> String {
    let response = http::Response::builder()
        .status(status)
        .header("content-type", media_type);
    let response = response.body(Bytes::from_static(body)).unwrap();
    match Create::from_http(response) {
        Ok(meeting) => format!("{meeting:?}"),
        Err(CallError::Api(error)) => {
            assert_eq!(error.reply().body(), body);
            format!("{:?}", error.failure())
        }
        Err(CallError::Decode(error)) => format!("decode: {}", error.json().message()),
        Err(CallError::Undocumented(reply)) => format!("undocumented, code {:?}", reply.code()),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_status_decides_and_the_body_informs() {
    let json = "application/json";
    let table: &[(u16, &str, &'static [u8], &str)] = &[
        (
            201,
            json,
            br#"{"id": 1}"#,
            "Meeting { id: Some(1), topic: None }",
        ),
        // A body of an error with a status of success.
        (
            201,
            json,
            br#"{"code": 300, "message": "no"}"#,
            r#"undocumented, code Some("300")"#,
        ),
        (
            200,
            json,
            br#"{"status": false, "errorCode": 401}"#,
            r#"undocumented, code Some("401")"#,
        ),
        (
            201,
            json,
            br#"{"error": {"code": 7}}"#,
            r#"undocumented, code Some("7")"#,
        ),
        // These say nothing of an error.
        (
            201,
            json,
            br#"{"code": 0, "message": "ok"}"#,
            "Meeting { id: None, topic: None }",
        ),
        (
            201,
            json,
            br#"{"new": 1}"#,
            "Meeting { id: None, topic: None }",
        ),
        (201, json, b"{}", "Meeting { id: None, topic: None }"),
        (
            201,
            json,
            br#"{"id": 1, "code": 300}"#,
            "Meeting { id: Some(1), topic: None }",
        ),
        // Another success than the documented one.
        (
            200,
            json,
            br#"{"id": 1}"#,
            "Meeting { id: Some(1), topic: None }",
        ),
        (
            202,
            json,
            br#"{"id": 1}"#,
            "Meeting { id: Some(1), topic: None }",
        ),
        (200, json, br#"{"id": "x"}"#, "undocumented, code None"),
        (
            201,
            json,
            br#"{"id": "x"}"#,
            "decode: expected a whole number, found a string",
        ),
        // Failures with other bodies than the documented ones.
        (
            401,
            "",
            b"",
            "Unauthorized(ErrorBody { code: None, message: None })",
        ),
        (
            429,
            "text/html",
            b"<html>slow down</html>",
            "TooMany(ErrorBody { code: None, message: None })",
        ),
        (
            404,
            json,
            br#"{"code": 5, "message": [1]}"#,
            "NotFound(ErrorBody { code: Some(5), message: None })",
        ),
        (
            404,
            json,
            br#"{"detail": "no"}"#,
            "NotFound(ErrorBody { code: None, message: None })",
        ),
        (500, json, b"{}", "undocumented, code None"),
    ];
    for (status, media_type, body, expected) in table {
        let text = String::from_utf8_lossy(body);
        assert_eq!(
            outcome(*status, media_type, body),
            *expected,
            "{status} {text}"
        );
    }
}

#[test]
fn what_a_failure_lacks_is_told() {
    let response = http::Response::builder()
        .status(404)
        .body(br#"{"code": "x"}"#[..].into());
    match Create::from_http(response.unwrap()) {
        Err(error) => {
            assert_eq!(
                error.failure(),
                Some(&Failure::NotFound(ErrorBody::default()))
            );
            assert_eq!(error.json_path().as_deref(), Some("/code"));
            assert_eq!(error.code().as_deref(), Some("x"));
            assert!(!error.is_transient());
        }
        Ok(meeting) => panic!("{meeting:?}"),
    }
}

fn reply(media_type: &str, body: &[u8]) -> Reply {
    let response = http::Response::builder().header("content-type", media_type);
    let body = Bytes::copy_from_slice(body);
    response.body(body).unwrap().into()
}

#[test]
fn texts_are_read_in_their_character_set() {
    let table: &[(&str, &[u8], Result<&str, &str>)] = &[
        ("text/plain", "é".as_bytes(), Ok("é")),
        ("text/plain; charset=utf8", "é".as_bytes(), Ok("é")),
        ("text/plain; charset=iso-8859-1", b"caf\xe9", Ok("café")),
        ("text/plain; Charset=\"windows-1252\"", b"\x80", Ok("€")),
        (
            "text/plain; charset=shift_jis",
            b"\x93\xfa\x96\x7b",
            Ok("日本"),
        ),
        (
            "text/html",
            b"<html><meta charset=\"Shift_JIS\">\x93\xfa",
            Ok("<html><meta charset=\"Shift_JIS\">日"),
        ),
        (
            "text/xml",
            b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9</a>",
            Ok("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>"),
        ),
        ("text/plain", b"\xff\xfea\0", Ok("a")),
        ("text/plain", b"\xef\xbb\xbfa", Ok("a")),
        ("text/plain", b"caf\xe9", Err("the text is not UTF-8")),
        (
            "text/plain; charset=shift_jis",
            b"\x93",
            Err("the text is not Shift_JIS"),
        ),
        (
            "text/plain; charset=klingon",
            b"\xe9",
            Err("the character set \"klingon\" is unknown"),
        ),
    ];
    for (media_type, body, expected) in table {
        let read = reply(media_type, body).string::<()>();
        let read = read.as_deref().map_err(|error| match error {
            CallError::Decode(error) => error.json().message(),
            other => panic!("{other:?}"),
        });
        assert_eq!(read, *expected, "{media_type}");
    }
    let text = reply("text/plain; charset=latin1", b"\xe9")
        .text()
        .into_owned();
    assert_eq!(text, "é");
}

#[test]
fn a_success_of_another_nature_is_none() {
    let table = [
        ("video/mp4", "video/mp4", true),
        ("video/mp4", "video/quicktime", true),
        ("video/mp4", "application/octet-stream", true),
        ("video/mp4", "", true),
        ("video/mp4", "text/html; charset=utf-8", false),
        ("video/mp4", "application/json", false),
        ("video/mp4", "application/problem+json", false),
        ("application/octet-stream", "text/html", true),
        ("text/csv", "text/plain", true),
        ("text/csv", "TEXT/HTML", false),
        ("text/html", "application/xhtml+xml", true),
        ("image/svg+xml", "text/xml", true),
    ];
    for (documented, actual, is_success) in table {
        let bytes = reply(actual, b"x").bytes_of::<()>(documented);
        assert_eq!(bytes.is_ok(), is_success, "{documented} {actual}");
        let text = reply(actual, b"x").string_of::<()>(documented);
        assert_eq!(text.is_ok(), is_success, "{documented} {actual}");
    }
}

#[test]
fn a_coding_that_is_not_undone_is_named() {
    for (coding, named) in [
        ("gzip", "`gzip`"),
        ("br", "`brotli`"),
        ("zstd", "`zstd`"),
        ("x-lz", "\"x-lz\""),
    ] {
        let response = http::Response::builder().header("content-encoding", coding);
        let reply = Reply::from(response.body(Bytes::from_static(b"\x1f\x8b")).unwrap());
        let errors = [
            reply.clone().string::<()>().unwrap_err().to_string(),
            reply.clone().json::<Json, ()>().unwrap_err().to_string(),
            reply
                .clone()
                .bytes_of::<()>("video/mp4")
                .unwrap_err()
                .to_string(),
        ];
        assert!(
            errors.iter().all(|error| error.contains(named)),
            "{errors:?}"
        );
        assert!(!reply.to_string().contains('\u{1f}'), "{reply}");
    }
}

#[test]
fn errors_quote_no_secret() {
    let table = [
        (
            r#"{"access_token": "hunter2", "expires_in": 1}"#,
            r#"200 OK: {"access_token":"[redacted]","expires_in":1}"#,
        ),
        (
            r#"{"user": [{"password": "hunter2"}]}"#,
            r#"200 OK: {"user":[{"password":"[redacted]"}]}"#,
        ),
        ("access_token=hunter2&x=1", "200 OK: [redacted]"),
        (r#"{"refresh_token": "hunter2", "#, "200 OK: [redacted]"),
        (
            r#"{"next_page_token": "p2"}"#,
            r#"200 OK: {"next_page_token": "p2"}"#,
        ),
        (
            r#"{"message": "Invalid access token."}"#,
            r#"200 OK: {"message": "Invalid access token."}"#,
        ),
        ("Invalid access token.", "200 OK: Invalid access token."),
    ];
    for (body, expected) in table {
        let reply = reply("", body.as_bytes());
        assert_eq!(reply.to_string(), expected);
        let error: CallError<()> = reply.undocumented();
        assert!(!format!("{error:?} {error}").contains("hunter2"), "{body}");
    }
    let wrong = reply("", br#"{"id": "hunter2"}"#)
        .json::<Meeting, ()>()
        .unwrap_err();
    assert!(!wrong.to_string().contains("hunter2"), "{wrong}");
}
