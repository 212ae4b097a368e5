//! The examples of the generated client, with an API that plays Zoom.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use zoom_client::runtime::mock::Mock;
use zoom_client::runtime::oauth2::{AccountCredentials, App, OAuth2};
use zoom_client::runtime::{Bytes, Client, Settings, TransportError, http};

#[path = "../../generated-client/examples/recordings.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    clippy::print_stdout,
    reason = "a program of its own"
)]
mod recordings;
#[path = "../../generated-client/examples/update_live_stream.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    clippy::print_stdout,
    reason = "a program of its own"
)]
mod update_live_stream;

type Response = http::Response<Bytes>;

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.unwrap().block_on(future)
}

fn reply(status: u16, body: &'static str) -> Response {
    let response = http::Response::builder()
        .status(status)
        .header("x-zm-trackingid", "v=1");
    response.body(body.into()).unwrap()
}

#[test]
fn a_live_stream_is_updated_or_it_is_said_why_not() {
    type Answer = fn() -> Result<Response, TransportError>;
    let table: [(Answer, &[&str]); 4] = [
        (
            || Ok(reply(204, "")),
            &["Response Status Code = 204\n", "Success."],
        ),
        (
            || Ok(reply(400, r#"{"code": 3000, "message": "no"}"#)),
            &[
                "Response Status Code = 400\n",
                "x-zm-trackingid: v=1\n",
                r#"{"code": 3000"#,
                "Cannot access webinar info.",
                "Failed.",
            ],
        ),
        (
            || Ok(reply(401, "")),
            &["Response Status Code = 401\n", "Failed."],
        ),
        (
            || Err(TransportError::new("unplugged").connect(true)),
            &["no connection to the server"],
        ),
    ];
    for (answer, expected) in table {
        let mock = Mock::new(move |_| answer());
        let settings = Settings::new()
            .bearer("token")
            .clock(std::time::SystemTime::now);
        let client = Client::on(mock.clone(), settings);
        let text = wait(update_live_stream::update(&client));
        for part in expected {
            assert!(text.contains(part), "{text}");
        }
        let sent = &mock.sent()[0];
        assert_eq!(
            sent.uri(),
            "https://api.zoom.us/v2/meetings/68423085/livestream"
        );
        assert!(String::from_utf8_lossy(sent.body()).contains("\r\n\r\naute \r\n"));
    }
}

/// Two users on two pages, three recordings, a reply 429, and a token that expires.
fn zoom() -> Mock {
    let calls = AtomicU32::new(0);
    Mock::new(move |request| {
        let uri = request.uri();
        let is_second = uri
            .query()
            .unwrap_or_default()
            .contains("next_page_token=p2");
        Ok(match (uri.path(), calls.fetch_add(1, Ordering::SeqCst)) {
            ("/oauth/token", _) => reply(200, r#"{"access_token": "t", "expires_in": 3600}"#),
            ("/v2/users", 1) => {
                let mut busy = reply(429, r#"{"code": 429, "message": "slow down"}"#);
                busy.headers_mut()
                    .insert("retry-after", "0".parse().unwrap());
                busy
            }
            ("/v2/users", _) if is_second => {
                reply(200, r#"{"next_page_token": "", "users": [{"id": "u2"}]}"#)
            }
            ("/v2/users", _) => reply(200, r#"{"next_page_token": "p2", "users": [{"id": "u1"}]}"#),
            ("/v2/users/u1/recordings", 3) => reply(401, r#"{"code": 124, "message": "expired"}"#),
            ("/v2/users/u1/recordings", _) => reply(
                200,
                r#"{"meetings": [{"recording_files": [
                    {"id": "a-1", "download_url": "https://zoom.us/rec/download/k1"},
                    {"id": "../b", "download_url": "https://zoom.us/rec/download/k2"}]}]}"#,
            ),
            ("/v2/users/u2/recordings", _) => reply(
                200,
                r#"{"meetings": [{"recording_files": [{"id": "c", "download_url": "https://zoom.us/rec/download/k3"}, {}]}, {}]}"#,
            ),
            ("/rec/download/k1", _) => reply(200, "one"),
            ("/rec/download/k2", _) => reply(200, "two"),
            ("/rec/download/k3", _) => reply(200, "three"),
            (path, call) => panic!("{path} {call}"),
        })
    })
}

#[test]
fn recordings_are_downloaded_once() {
    let mock = zoom();
    let app = App::new("https://zoom.us/oauth/token", "id").secret("secret");
    let tokens = OAuth2::new(AccountCredentials::new(app, "account"));
    let client = Client::on(mock.clone(), recordings::settings(tokens));
    let folder = tempfile::tempdir().unwrap();
    let lines = std::cell::RefCell::new(Vec::new());
    let run = || {
        let tell = |line: &str| lines.borrow_mut().push(line.to_owned());
        wait(recordings::download_all(&client, folder.path(), tell)).unwrap()
    };
    assert_eq!(run(), 3);
    let file = |name: &str| std::fs::read_to_string(Path::new(folder.path()).join(name)).unwrap();
    assert_eq!(
        (file("a-1.mp4"), file("b.mp4"), file("c.mp4")),
        ("one".into(), "two".into(), "three".into())
    );
    assert_eq!(lines.borrow()[0], "a-1: 3 of ? bytes");
    assert_eq!(run(), 0);
    let tokens = mock
        .sent()
        .iter()
        .filter(|sent| sent.uri().path() == "/oauth/token")
        .count();
    assert_eq!(tokens, 2);
}
