//! What happens between a request and its answer: redirects, codings, limits, retries.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use http::StatusCode;
use letterpress_client::{
    BaseUrl, Body, CallError, Client, Endpoint, File, Path, Reply, Retries, Settings,
};

use super::server::{Answer, Server, answer, receive, untouched};
use super::{BOTH, runtime};
use crate::probe::{BASE, get, post};

/// A request whose API documents the status 302.
struct Export;

impl Endpoint for Export {
    type Response = Reply;
    type Failure = &'static str;

    const METHOD: &'static str = "GET";
    const BASE_URL: BaseUrl = BASE;
    const PATH: &'static str = "/export";

    fn path(&self, path: &mut Path) {
        path.text("/export");
    }

    fn decode(reply: Reply) -> Result<Reply, CallError<&'static str>> {
        match reply.status().as_u16() {
            200 => Ok(reply),
            302 => Err(reply.failure("Found")),
            _ => Err(reply.undocumented()),
        }
    }
}

fn redirect(to: &str) -> Answer {
    answer("302 Found", &format!("Location: {to}\r\n"), "")
}

#[test]
fn a_documented_redirect_is_the_answer() {
    for kind in BOTH {
        let archive = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server::start([redirect(&format!(
            "http://{}/",
            archive.local_addr().unwrap()
        ))]);
        let error = kind.call(server.settings(), &Export).unwrap_err();
        assert_eq!(error.failure(), Some(&"Found"), "{kind:?}");
        assert!(untouched(&archive));
    }
}

#[test]
fn a_redirect_is_kept_where_its_target_fails_or_the_settings_say_so() {
    for kind in BOTH {
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = format!("http://{}/", closed.local_addr().unwrap());
        drop(closed);
        let server = Server::start([redirect(&target)]);
        let error = kind.call(server.settings(), &get()).unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::FOUND), "{kind:?}");

        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = format!("http://{}/", elsewhere.local_addr().unwrap());
        let server = Server::start([redirect(&target)]);
        let settings = server.settings().redirects(false);
        let error = kind.call(settings, &get()).unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::FOUND), "{kind:?}");
        assert!(untouched(&elsewhere));
    }
}

/// A builder that follows redirects and decodes by itself changes nothing.
#[test]
fn no_key_follows_a_redirect_whatever_the_builder_says() {
    let elsewhere = Server::start([answer("200 OK", "", "")]);
    let server = Server::start([redirect(&elsewhere.url)]);
    let builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::default());
    let client = Client::with_http(builder, server.settings()).unwrap();
    let request = get().headers(|headers| headers.text("X-API-Key", "hunter2"));
    runtime().block_on(client.call(&request)).unwrap();
    assert_eq!(elsewhere.sent()[0].header("x-api-key"), None);
}

/// `hello` by gzip, brotli and zstd.
const CODED: [(&str, &[u8]); 3] = [
    ("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05\x00\x00\x00"),
    ("br", b"\x0b\x02\x80hello\x03"),
    ("zstd", b"\x28\xb5\x2f\xfd\x20\x05\x29\x00\x00hello"),
];

/// A server that answers one request with those bytes.
fn serve(bytes: Vec<u8>) -> (String, std::thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        receive(&mut stream).unwrap();
        // The client may have seen enough.
        let _ = stream.write_all(&bytes);
    });
    (url, thread)
}

#[test]
fn codings_are_undone() {
    for kind in BOTH {
        for (coding, body) in CODED {
            let length = body.len();
            let mut bytes = format!(
                "HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {length}\r\n\r\n"
            )
            .into_bytes();
            bytes.extend_from_slice(body);
            let (url, thread) = serve(bytes);
            let reply = kind
                .call(Settings::new().base_url(BASE, url), &get())
                .unwrap();
            assert_eq!(reply.text(), "hello", "{kind:?} {coding}");
            assert!(reply.headers().get("content-encoding").is_none());
            thread.join().unwrap();
        }
    }
}

#[test]
fn replies_are_limited_in_memory() {
    let long = "x".repeat(3000);
    for kind in BOTH {
        let server = Server::start([answer("200 OK", "", &long)]);
        let settings = server.settings().body_limit(1000);
        match kind.call(settings, &get()).unwrap_err() {
            CallError::Transport(error) => {
                assert_eq!(error.reply().unwrap().body().len(), 1000);
                assert!(
                    error.to_string().contains("longer than 1000 bytes"),
                    "{error}"
                );
            }
            other => panic!("{other:?}"),
        }
        let server = Server::start([answer("404 Not Found", "", &long)]);
        let settings = server.settings().error_body_limit(1000);
        let error = kind.call(settings, &get()).unwrap_err();
        assert!(error.failure().is_some());
        assert_eq!(error.reply().unwrap().body().len(), 1000, "{kind:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_to_which_nobody_writes_blocks_nothing_but_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for kind in BOTH {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let settings = Settings::new()
            .base_url(BASE, format!("http://{}", listener.local_addr().unwrap()))
            .silence(Duration::from_millis(50));
        let request = post(Body::file(&File::open(&pipe)));
        match kind.call(settings, &request) {
            Err(CallError::Transport(error)) => assert!(error.is_timeout(), "{kind:?} {error:?}"),
            other => panic!("{kind:?} {other:?}"),
        }
    }
}

#[test]
fn silence_ends_a_call_and_a_slow_reply_does_not() {
    for kind in BOTH {
        let server = Server::start([Answer::Hang]);
        let settings = server.settings().silence(Duration::from_millis(100));
        match kind.call(settings, &get()) {
            Err(CallError::Transport(error)) => assert!(error.is_timeout(), "{kind:?} {error:?}"),
            other => panic!("{kind:?} {other:?}"),
        }
    }
}

/// A server that answers the first request of a connection, closes it on the second, and takes another connection.
#[test]
fn a_connection_that_the_server_closed_is_not_the_users_matter() {
    for kind in BOTH {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let ok = "HTTP/1.1 204 No Content\r\n\r\n";
            let mut first: TcpStream = listener.accept().unwrap().0;
            receive(&mut first).unwrap();
            drop(first);
            let mut second = listener.accept().unwrap().0;
            receive(&mut second).unwrap();
            second.write_all(ok.as_bytes()).unwrap();
        });
        let policy = Retries::new().first_pause(Duration::ZERO);
        let settings = Settings::new().base_url(BASE, url).retries(policy);
        assert!(kind.call(settings, &get()).is_ok(), "{kind:?}");
        thread.join().unwrap();
    }
}

#[test]
fn a_download_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let server = Server::start([answer("200 OK", "", "hello")]);
    let client = super::async_client(server.settings());
    let mut seen = 0;
    let done = runtime().block_on(async {
        let download = client.download(&get()).await.unwrap();
        assert_eq!(download.len(), Some(5));
        download.to_file(&path, |done| seen = done).await
    });
    assert_eq!((done.unwrap(), seen), (5, 5));
    assert_eq!(std::fs::read(&path).unwrap(), b"hello");

    let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello";
    let server = Server::start([Answer::Bytes(half.to_owned())]);
    let client = super::blocking_client(server.settings());
    let other = folder.path().join("other");
    let download = client.download(&get()).unwrap();
    assert!(download.to_file(&other, |_| {}).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let server = Server::start([answer("200 OK", "", "hello")]);
    let client = super::blocking_client(server.settings());
    let mut text = String::new();
    client
        .download(&get())
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "hello");
}

/// A part of a reply: the head says more bytes than come.
fn cut(status: &str, headers: &str, length: usize, body: &str) -> Answer {
    Answer::Bytes(format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    ))
}

#[test]
fn a_download_that_breaks_off_is_taken_up_again() {
    const TAG: &str = "ETag: \"1\"\r\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let check = |answers: Vec<Answer>, expected: Option<&str>, ranges: &[&str]| {
        let server = Server::start(answers);
        let client = super::async_client(server.settings().retries(Retries::none()));
        let request = get();
        // A program may do it in a task.
        let download = sendable(client.download_to(&request, &path, |_| {}));
        let done = runtime().block_on(download).ok();
        let written = std::fs::read_to_string(&path).ok();
        assert_eq!(written.as_deref(), expected);
        assert_eq!(done, expected.map(|text| text.len() as u64));
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            usize::from(expected.is_some())
        );
        let sent = server.sent();
        let asked: Vec<&str> = sent
            .iter()
            .filter_map(|sent| sent.header("range"))
            .collect();
        assert_eq!(asked, ranges);
        for again in &sent[1..] {
            assert_eq!(again.header("if-range"), Some("\"1\""));
        }
        let _ = std::fs::remove_file(&path);
    };
    let partial = |start: usize, body: &str| {
        let range = format!("Content-Range: bytes {start}-8/9\r\n{TAG}");
        cut("206 Partial Content", &range, 9 - start, body)
    };
    check(
        vec![
            cut("200 OK", TAG, 9, "hello"),
            partial(5, "! "),
            partial(7, "me"),
        ],
        Some("hello! me"),
        &["bytes=5-", "bytes=7-"],
    );
    // The body is another one by now.
    check(
        vec![cut("200 OK", TAG, 9, "hello"), answer("200 OK", TAG, "bye")],
        Some("bye"),
        &["bytes=5-"],
    );
    // Another range than the one that was asked for, an attempt that brings nothing, and a body that cannot be told.
    check(
        vec![cut("200 OK", TAG, 9, "hello"), partial(4, "o! me")],
        None,
        &["bytes=5-"],
    );
    check(
        vec![cut("200 OK", TAG, 9, "hello"), partial(5, "")],
        None,
        &["bytes=5-"],
    );
    check(
        vec![cut("200 OK", "ETag: W/\"1\"\r\n", 9, "hello")],
        None,
        &[],
    );
    check(vec![cut("200 OK", "", 9, "hello")], None, &[]);
}

fn sendable<T: Send>(value: T) -> T {
    value
}
