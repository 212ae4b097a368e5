//! Both clients of `zoom-client` against a server: what arrives, and what comes back.

use std::fmt::Debug;
use std::fs;
use std::time::Duration;

use zoom_client::meetings::{get_meeting, list_meetings, update_live_stream};
use zoom_client::runtime::{
    ApiError, CallError, Client, Endpoint, File, Retries, Settings, blocking,
};
use zoom_client::users::profile::upload_user_profile_picture;
use zoom_client::{BASE_URL, OAUTH_URL, oauth};

use crate::server::Answer::{HangUp, Reply, Silence};
use crate::server::{Answer, Sent, Server};

/// Either client, with one way to call it.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Async,
    Blocking,
}

const BOTH: [Kind; 2] = [Kind::Async, Kind::Blocking];

impl Kind {
    fn call<E: Endpoint>(
        self,
        settings: Settings,
        request: &E,
    ) -> Result<E::Response, CallError<E::Failure>> {
        match self {
            Kind::Async => {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                let http = reqwest::Client::builder().no_proxy();
                let client = Client::with_http(http, settings).unwrap();
                runtime.block_on(client.call(request))
            }
            Kind::Blocking => {
                let http = reqwest::Client::builder().no_proxy();
                let client = blocking::Client::with_http(http, settings).unwrap();
                client.call(request)
            }
        }
    }
}

/// Calls a server that gives one answer; what it gave, and what the server was sent.
fn exchange<E: Endpoint>(
    kind: Kind,
    answer: Answer,
    request: &E,
) -> (Result<E::Response, CallError<E::Failure>>, Sent) {
    let server = Server::start(vec![answer]);
    let settings = Settings::new().base_url(BASE_URL, format!("{}/v2", server.url));
    let settings = settings
        .base_url(OAUTH_URL, &server.url)
        .trust(OAUTH_URL)
        .retries(Retries::none())
        .bearer("TOKEN")
        .basic("ada", "lovelace");
    let result = kind.call(settings, request);
    (result, server.sent().remove(0))
}

fn live_stream() -> update_live_stream::Request {
    update_live_stream::Request {
        meeting_id: 68_423_085,
        stream_url: "rtmp://a.example/b ".to_owned(),
        stream_key: "é\"\r\n".to_owned(),
        page_url: String::new(),
    }
}

#[test]
fn a_request_arrives_with_its_path_query_and_token() {
    for kind in BOTH {
        let options = list_meetings::Options {
            type_: Some(list_meetings::ListType::from("new kind")),
            page_size: Some(300),
            ..Default::default()
        };
        let request = list_meetings::Request {
            user_id: "a/../b?c".to_owned(),
            options,
        };
        let (result, sent) = exchange(
            kind,
            Reply(
                200,
                "Content-Type: application/json\r\n",
                "{\"meetings\": []}",
            ),
            &request,
        );
        assert_eq!(result.unwrap().meetings, Vec::new());
        assert_eq!(
            sent.line, "GET /v2/users/a%2F..%2Fb%3Fc/meetings?type=new%20kind&page_size=300",
            "{kind:?}"
        );
        assert_eq!(sent.header("authorization"), Some("Bearer TOKEN"));
        assert_eq!(sent.header("accept"), Some("application/json"));
        assert_eq!(sent.body, "");
    }
}

#[test]
fn a_form_arrives_with_its_values_and_basic_credentials() {
    for kind in BOTH {
        let request = oauth::request_access_token::Request {
            grant_type: "account_credentials".to_owned(),
            account_id: "a&b=c d".to_owned(),
        };
        let (result, sent) = exchange(kind, Reply(200, "", "{\"access_token\": \"x\"}"), &request);
        assert_eq!(result.unwrap().access_token.as_deref(), Some("x"));
        assert_eq!(sent.line, "POST /oauth/token");
        assert_eq!(sent.header("authorization"), Some("Basic YWRhOmxvdmVsYWNl"));
        assert_eq!(
            sent.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
        assert_eq!(
            sent.body,
            "grant_type=account_credentials&account_id=a%26b%3Dc%20d"
        );
    }
}

#[test]
fn parts_of_a_form_arrive_byte_for_byte() {
    for kind in BOTH {
        let (result, sent) = exchange(kind, Reply(204, "", ""), &live_stream());
        let () = result.unwrap();
        assert_eq!(sent.line, "PATCH /v2/meetings/68423085/livestream");
        let boundary = sent
            .header("content-type")
            .unwrap()
            .strip_prefix("multipart/form-data; boundary=")
            .unwrap();
        let part = |name: &str, value: &str| {
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        };
        let parts = [
            part("stream_url", "rtmp://a.example/b "),
            part("stream_key", "é\"\r\n"),
            part("page_url", ""),
        ];
        assert_eq!(
            sent.body,
            format!("{}--{boundary}--\r\n", parts.concat()),
            "{kind:?}"
        );
    }
}

#[test]
fn a_file_arrives_from_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me \"1\".png");
    fs::write(&path, "not really a picture\r\n--\r\n").unwrap();
    for kind in BOTH {
        let request = upload_user_profile_picture::Request {
            user_id: "me".to_owned(),
            pic_file: File::open(&path),
        };
        let (result, sent) = exchange(kind, Reply(201, "", ""), &request);
        assert!(result.is_ok(), "{kind:?}");
        assert_eq!(sent.line, "POST /v2/users/me/picture");
        let head =
            "name=\"pic_file\"; filename=\"me %221%22.png\"\r\nContent-Type: image/png\r\n\r\n";
        let part = format!("{head}not really a picture\r\n--\r\n\r\n--");
        assert!(sent.body.contains(&part), "{kind:?}: {}", sent.body);
    }
}

#[track_caller]
fn api_error<T: Debug, F: Debug>(result: Result<T, CallError<F>>) -> ApiError<F> {
    match result {
        Err(CallError::Api(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn documented_failures_come_back_with_their_code_and_reply() {
    use update_live_stream::Failure;
    let unknown = "User does not belong to this account: {accountId}.";
    let table = [
        (
            300,
            r#"{"code": 300}"#,
            Failure::Code300,
            Some("300"),
            Some("Missing meetingId. Invalid meetingId."),
        ),
        (
            400,
            r#"{"code": 1010, "message": "no"}"#,
            Failure::BadRequest,
            Some("1010"),
            Some(unknown),
        ),
        (
            400,
            r#"{"code": "1010"}"#,
            Failure::BadRequest,
            Some("1010"),
            Some(unknown),
        ),
        (
            400,
            r#"{"code": 4711}"#,
            Failure::BadRequest,
            Some("4711"),
            None,
        ),
        (400, "not JSON", Failure::BadRequest, None, None),
        (404, "", Failure::NotFound, None, None),
    ];
    for kind in BOTH {
        for (status, body, failure, code, message) in table {
            let (result, _) =
                exchange(kind, Reply(status, "X-Trace: 42\r\n", body), &live_stream());
            let error = api_error(result);
            assert_eq!(*error.failure(), failure, "{kind:?} {body}");
            assert_eq!(error.code().as_deref(), code, "{kind:?} {body}");
            assert_eq!(
                error.documented().map(|entry| entry.message),
                message,
                "{kind:?} {body}"
            );
            assert_eq!(
                (error.reply().status().as_u16(), &*error.reply().text()),
                (status, body)
            );
            assert_eq!(error.reply().headers()["x-trace"], "42");
        }
    }
}

#[test]
fn an_undocumented_status_keeps_all_of_the_reply() {
    for kind in BOTH {
        for status in [200, 401, 503] {
            let (result, _) = exchange(
                kind,
                Reply(status, "Retry-After: 7\r\n", "<h1>Down</h1>"),
                &live_stream(),
            );
            let Err(CallError::Undocumented(reply)) = result else {
                panic!("{kind:?} {status}: {result:?}")
            };
            assert_eq!(
                (reply.status().as_u16(), &*reply.text()),
                (status, "<h1>Down</h1>")
            );
            assert_eq!(reply.headers()["retry-after"], "7");
        }
    }
}

#[test]
fn a_server_that_does_not_answer_is_a_timeout() {
    for kind in BOTH {
        let server = Server::start(vec![Silence]);
        let settings = Settings::new()
            .base_url(BASE_URL, &server.url)
            .bearer("TOKEN");
        let result = kind.call(settings.timeout(Duration::from_millis(100)), &live_stream());
        let Err(CallError::Transport(error)) = result else {
            panic!("{kind:?}: {result:?}")
        };
        assert!(error.is_timeout(), "{kind:?}: {error:?}");
        assert_eq!(server.sent().len(), 1);
    }
}

#[test]
fn a_server_that_hangs_up_is_no_timeout() {
    for kind in BOTH {
        let (result, sent) = exchange(kind, HangUp, &live_stream());
        let Err(CallError::Transport(error)) = result else {
            panic!("{kind:?}: {result:?}")
        };
        assert!(
            !error.is_timeout() && !error.is_connect(),
            "{kind:?}: {error:?}"
        );
        assert!(sent.body.contains("stream_key"));
    }
}

#[test]
fn nothing_is_sent_that_lacks_a_token_or_would_go_elsewhere() {
    for kind in BOTH {
        // Nobody listens; a request that went out would be an error of the transport.
        let settings = Settings::new().base_url(BASE_URL, "http://127.0.0.1:1");
        let unsigned = kind.call(settings.clone(), &live_stream());
        assert!(
            matches!(unsigned, Err(CallError::Request(_))),
            "{kind:?}: {unsigned:?}"
        );
        for user_id in ["", ".", "..", "\t.."] {
            let request = list_meetings::Request {
                user_id: user_id.to_owned(),
                options: list_meetings::Options::default(),
            };
            let result = kind.call(settings.clone().bearer("TOKEN"), &request);
            assert!(
                matches!(result, Err(CallError::Request(_))),
                "{kind:?} {user_id:?}"
            );
        }
    }
}

#[test]
fn the_failures_of_one_request_are_not_those_of_another() {
    let request = get_meeting::Request {
        meeting_id: 7,
        options: get_meeting::Options::default(),
    };
    for kind in BOTH {
        let (result, sent) = exchange(kind, Reply(429, "", r#"{"code": 429}"#), &request);
        let error = api_error(result);
        let get_meeting::Failure::TooManyRequests(body) = error.failure() else {
            panic!("{kind:?}: {error:?}")
        };
        assert_eq!(body.code, Some(429), "{kind:?}");
        assert_eq!(sent.line, "GET /v2/meetings/7");
    }
}
