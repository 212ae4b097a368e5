//! Both clients against a server: what really goes over the wire.

use std::error::Error;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use http::{Request, Response};
use letterpress_client::{
    Body, CallError, Client, Endpoint, File, Form, Multipart, Reply, RequestError, SendError,
    Settings, TransportError, blocking,
};

use crate::probe::{BASE, Failure, METHODS, Probe, get, post, probe};

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
        endpoint: &E,
    ) -> Result<E::Response, CallError<E::Failure>> {
        match self {
            Kind::Async => runtime().block_on(async_client(settings).call(endpoint)),
            Kind::Blocking => blocking_client(settings).call(endpoint),
        }
    }

    fn send(
        self,
        settings: Settings,
        request: Request<Body>,
    ) -> Result<Response<bytes::Bytes>, SendError> {
        match self {
            Kind::Async => runtime().block_on(async_client(settings).send(request)),
            Kind::Blocking => blocking_client(settings).send(request),
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn async_client(settings: Settings) -> Client {
    let http = reqwest::Client::builder().no_proxy();
    let http = http.redirect(reqwest::redirect::Policy::none());
    Client::with_http(http.build().unwrap(), settings)
}

fn blocking_client(settings: Settings) -> blocking::Client {
    let http = reqwest::blocking::Client::builder().no_proxy();
    let http = http.redirect(reqwest::redirect::Policy::none());
    blocking::Client::with_http(http.build().unwrap(), settings)
}

/// What the server does with a connection, after it has read one request.
enum Answer {
    Bytes(String),
    Hang,
}

fn answer(status: &str, headers: &str, body: &str) -> Answer {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    Answer::Bytes(format!("{head}{headers}\r\n{body}"))
}

fn ok() -> Answer {
    answer("204 No Content", "", "")
}

/// A server that answers as many connections as it has answers.
struct Server {
    url: String,
    thread: JoinHandle<Vec<Sent>>,
}

/// A request as it arrived.
struct Sent {
    head: String,
    body: Vec<u8>,
}

impl Server {
    fn start(answers: impl IntoIterator<Item = Answer> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let thread = thread::spawn(move || {
            let serve = |answer| serve(&mut listener.accept().unwrap().0, &answer).unwrap();
            answers.into_iter().map(serve).collect()
        });
        Self { url, thread }
    }

    fn settings(&self) -> Settings {
        Settings::new().base_url(BASE, &self.url)
    }

    fn sent(self) -> Vec<Sent> {
        self.thread.join().unwrap()
    }
}

fn serve(stream: &mut TcpStream, answer: &Answer) -> io::Result<Sent> {
    let sent = receive(stream)?;
    match answer {
        Answer::Bytes(bytes) => stream.write_all(bytes.as_bytes())?,
        // The client gives up and closes.
        Answer::Hang => drop(stream.read(&mut [0])),
    }
    Ok(sent)
}

fn receive(stream: &mut TcpStream) -> io::Result<Sent> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(byte(stream)?);
    }
    let head = head.into_iter().map(char::from).collect();
    let mut sent = Sent {
        head,
        body: Vec::new(),
    };
    if let Some(length) = sent.header("content-length") {
        sent.body.resize(length.parse().unwrap(), 0);
        stream.read_exact(&mut sent.body)?;
    } else if sent.header("transfer-encoding") == Some("chunked") {
        while let chunk @ [_, ..] = &chunk(stream)?[..] {
            sent.body.extend_from_slice(chunk);
        }
    }
    Ok(sent)
}

/// RFC 9112, section 7.1.
fn chunk(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut size = Vec::new();
    while !size.ends_with(b"\r\n") {
        size.push(byte(stream)?);
    }
    let size = std::str::from_utf8(&size).unwrap().trim();
    let mut chunk = vec![0; usize::from_str_radix(size, 16).unwrap() + 2];
    stream.read_exact(&mut chunk)?;
    chunk.truncate(chunk.len() - 2);
    Ok(chunk)
}

fn byte(stream: &mut TcpStream) -> io::Result<u8> {
    let mut byte = [0];
    stream.read_exact(&mut byte)?;
    Ok(byte[0])
}

impl Sent {
    fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let values = self.headers(name);
        assert!(values.len() < 2, "{name} twice");
        values.first().copied()
    }

    fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.head.split("\r\n").skip(1);
        lines
            .filter_map(|line| line.split_once(": "))
            .filter(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }
}

#[test]
fn the_target_on_the_wire_is_the_one_that_was_written() {
    for kind in BOTH {
        let server = Server::start([ok()]);
        let request = get()
            .path(|path| {
                path.text("/v2//meetings/");
                path.value("id", &"a/../b ?#é!$&'()*+,=@:[]|^;\\`{}%\"<>");
                path.text("/[x]|^/");
                path.value("name", &"...");
                path.text(".csv");
            })
            .query(|query| {
                query.pair("q", &"a b&c+d'[é]!$()*,:@/?={}|^`\\;%\"<>");
                query.bare("flag");
                query.text("");
                query.text("raw={{unset}}|^");
            });
        let reply = kind.call(server.settings(), &request).unwrap();
        assert_eq!(reply.status(), 204);
        let expected = "GET /v2//meetings/a%2F..%2Fb%20%3F%23%C3%A9!$&'()*+,=@:[]|^%3B%5C%60%7B%7D%25%22%3C%3E\
            /[x]|^/....csv\
            ?q=a%20b%26c%2Bd%27[%C3%A9]!$()*,:@/?={}|^`\\;%25%22%3C%3E&flag&&raw={{unset}}|^ HTTP/1.1";
        assert_eq!(server.sent()[0].line(), expected, "{kind:?}");
    }
}

/// A listener that has seen no connection.
fn untouched(listener: &TcpListener) -> bool {
    listener.set_nonblocking(true).unwrap();
    matches!(listener.accept(), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
}

#[test]
fn nothing_is_sent_that_would_arrive_as_something_else() {
    let targets = [
        "/a/../b",
        "/a/./b",
        "/a/%2e%2E/b",
        "/..",
        "/a{b}",
        "/a?'",
        "/a?\"",
    ];
    for kind in BOTH {
        for target in targets {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let request = get().path(move |path| path.text(target));
            let settings = Settings::new().base_url(BASE, url);
            match kind.call(settings, &request) {
                Err(CallError::Request(RequestError::Target { .. })) => {}
                other => panic!("{kind:?} {target}: {other:?}"),
            }
            assert!(untouched(&listener), "{kind:?} {target}");
        }
    }
}

#[test]
fn headers_and_credentials_arrive() {
    for kind in BOTH {
        let server = Server::start([ok()]);
        let request = probe::<0, 2>().headers(|headers| headers.text("X-A", "1"));
        let settings = server.settings().bearer("hunter2").user_agent("test");
        kind.call(settings, &request).unwrap();
        let sent = server.sent();
        assert_eq!(sent[0].line(), "GET /x HTTP/1.1");
        assert_eq!(sent[0].header("authorization"), Some("Bearer hunter2"));
        assert_eq!(sent[0].header("user-agent"), Some("test"));
        assert_eq!(sent[0].header("accept"), Some("*/*"));
        assert_eq!(sent[0].header("x-a"), Some("1"));
        assert_eq!(sent[0].header("content-length"), None);
    }
}

#[test]
fn headers_that_clients_have_themselves_are_those_of_the_request() {
    let own = [
        ("Host", "other.example"),
        ("User-Agent", "mine/1"),
        ("Accept", "text/csv"),
        ("Accept-Encoding", "br"),
        ("Connection", "keep-alive"),
        ("Cache-Control", "max-age=0"),
        ("TE", "trailers"),
        ("Cookie", "a=b"),
        ("X-Empty", ""),
        ("X-Blanks", " a "),
        ("X-Latin", "é\u{ff}"),
    ];
    for kind in BOTH {
        let server = Server::start([ok()]);
        let request = get().headers(move |headers| {
            for (name, value) in own {
                headers.text(name, value);
            }
            headers.text("X-Twice", "2");
            headers.text("x-other", "3");
            headers.text("x-twice", "1");
        });
        kind.call(server.settings().user_agent("test"), &request)
            .unwrap();
        let sent = &server.sent()[0];
        for (name, value) in own {
            assert_eq!(sent.headers(name), [value], "{kind:?} {name}");
        }
        assert_eq!(sent.headers("x-twice"), ["2", "1"]);
    }
}

#[test]
fn empty_bodies_say_so_where_a_body_is_expected() {
    fn length<const METHOD: usize>(kind: Kind) -> Option<String> {
        let server = Server::start([ok()]);
        kind.call(server.settings(), &probe::<METHOD, 0>()).unwrap();
        let sent = server.sent();
        assert_eq!(sent[0].line(), format!("{} /x HTTP/1.1", METHODS[METHOD]));
        assert_eq!(sent[0].header("transfer-encoding"), None);
        sent[0].header("content-length").map(str::to_owned)
    }
    for kind in BOTH {
        let zero = Some("0".to_owned());
        assert_eq!(length::<0>(kind), None);
        assert_eq!(length::<1>(kind), zero);
        assert_eq!(length::<2>(kind), zero);
        assert_eq!(length::<3>(kind), zero);
        assert_eq!(length::<4>(kind), None);
        assert_eq!(length::<5>(kind), None);
        assert_eq!(length::<6>(kind), None);
        assert_eq!(length::<7>(kind), zero);
    }
}

#[test]
fn bodies_arrive_byte_for_byte() {
    let mut form = Form::new();
    form.pair("a b", &"c&d");
    let mut multipart = Multipart::new();
    multipart.text("a", &" b ");
    let bodies = [
        Body::text("text/plain", "é"),
        Body::untyped("{}"),
        Body::file(&File::bytes("a.csv", "x")),
        Body::file(&File::bytes("empty", "")),
        form.into(),
        multipart.clone().into(),
    ];
    for kind in BOTH {
        for body in &bodies {
            let server = Server::start([ok()]);
            kind.call(server.settings(), &post(body.clone())).unwrap();
            let sent = server.sent();
            assert_eq!(sent[0].body, body.to_bytes().unwrap(), "{kind:?} {body:?}");
            assert_eq!(
                sent[0].header("content-type"),
                body.content_type().as_deref()
            );
            let length = body.len().unwrap().to_string();
            assert_eq!(
                sent[0].header("content-length"),
                Some(&length[..]),
                "{body:?}"
            );
        }
    }
}

#[test]
fn big_files_stream_with_their_length() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big.bin");
    let content: Vec<u8> = (0_u32..2_000_000).flat_map(u32::to_le_bytes).collect();
    fs::write(&path, &content).unwrap();

    let mut form = Multipart::new();
    form.text("before", &"1");
    form.file("big", &File::open(&path));
    form.file("small", &File::bytes("small", "2"));
    let bodies = [Body::from(form), Body::file(&File::open(&path))];
    for kind in BOTH {
        for body in &bodies {
            let server = Server::start([ok()]);
            kind.call(server.settings(), &post(body.clone())).unwrap();
            let sent = server.sent();
            let length = sent[0].body.len();
            assert!(length >= content.len());
            assert_eq!(
                sent[0].header("content-length"),
                Some(&length.to_string()[..])
            );
            assert_eq!(sent[0].header("transfer-encoding"), None);
            assert!(
                sent[0].body == body.to_bytes().unwrap(),
                "{kind:?} {body:?}"
            );
        }
    }
}

#[test]
fn readers_of_unknown_length_are_sent_in_chunks() {
    let reader = || io::repeat(b'x').take(1_000_000);
    let file = File::reader("x", move || Ok(Box::new(reader())));
    let mut form = Multipart::new();
    form.file("f", &file);
    for kind in BOTH {
        for body in [Body::from(form.clone()), Body::file(&file)] {
            let server = Server::start([ok()]);
            kind.call(server.settings(), &post(body.clone())).unwrap();
            let sent = server.sent();
            assert_eq!(sent[0].header("transfer-encoding"), Some("chunked"));
            assert_eq!(sent[0].header("content-length"), None);
            assert!(
                sent[0].body == body.to_bytes().unwrap(),
                "{kind:?} {body:?}"
            );
        }
    }
}

#[test]
fn files_that_cannot_be_opened_stop_the_request() {
    let nowhere = File::open("/nonexistent/report.csv");
    let broken = File::reader("broken", || Err(io::Error::other("no tape")));
    for kind in BOTH {
        for (file, expected) in [(&nowhere, "report.csv"), (&broken, "broken: no tape")] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let settings = Settings::new().base_url(BASE, url);
            let error = kind.call(settings, &post(Body::file(file))).unwrap_err();
            assert!(matches!(error, CallError::Request(RequestError::Open(_))));
            assert!(error.to_string().contains(expected), "{error}");
            assert!(untouched(&listener));
        }
    }
}

/// Gives some bytes, then fails.
fn fails_half_way() -> File {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("tape torn"))
        }
    }
    File::reader("tape", || {
        Ok(Box::new(io::repeat(b'x').take(300_000).chain(Fails)))
    })
}

#[test]
fn a_body_that_fails_half_way_fails_the_call() {
    for kind in BOTH {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || receive(&mut listener.accept().unwrap().0).is_err());
        let settings = Settings::new().base_url(BASE, url);
        let error = kind
            .call(settings, &post(Body::file(&fails_half_way())))
            .unwrap_err();
        assert!(
            matches!(error, CallError::Transport(_)),
            "{kind:?} {error:?}"
        );
        assert!(
            server.join().unwrap(),
            "the server took half a body for a whole one"
        );
    }
}

#[test]
fn errors_keep_their_replies() {
    for kind in BOTH {
        let answers = [
            answer("404 Not Found", "X-Id: 42\r\n", "{\"code\": 1001}"),
            answer("500 Oops", "X-Id: 42\r\n", "broken"),
            answer("302 Found", "X-Id: 42\r\nLocation: /y\r\n", "moved"),
        ];
        let server = Server::start(answers);
        let settings = server.settings();
        let failures: Vec<CallError<Failure>> = (0..3)
            .map(|_| kind.call(settings.clone(), &post(Body::Empty)).unwrap_err())
            .collect();
        let seen: Vec<_> = failures
            .iter()
            .map(|error| error.reply().unwrap())
            .inspect(|reply| assert_eq!(reply.headers()["x-id"], "42"))
            .map(|reply| (reply.status().as_u16(), reply.text().into_owned()))
            .collect();
        let expected = [(404, "{\"code\": 1001}"), (500, "broken"), (302, "moved")];
        assert_eq!(
            seen,
            expected.map(|(status, text)| (status, text.to_owned()))
        );
        match &failures[0] {
            CallError::Api(error) => assert_eq!(error.documented().unwrap().status, Some(404)),
            other => panic!("{other:?}"),
        }
        assert_eq!(server.sent().len(), 3);
    }
}

#[test]
fn redirects_are_followed_and_drop_credentials_across_origins() {
    for kind in BOTH {
        let last = Server::start([answer("200 OK", "", "there")]);
        let location = format!("Location: {}/z\r\n", last.url);
        let first = Server::start([
            answer("302 Found", "Location: /y?k=1\r\n", ""),
            answer("307 Temporary Redirect", &location, ""),
        ]);
        let request = probe::<0, 4>().headers(|headers| headers.text("Accept", "text/csv"));
        let settings = first
            .settings()
            .api_key("X-Api-Key", "hunter2")
            .user_agent("test");
        let reply = kind.call(settings, &request).unwrap();
        assert_eq!(reply.text(), "there");

        let (first, last) = (first.sent(), last.sent());
        assert_eq!(first[1].line(), "GET /y?k=1 HTTP/1.1");
        assert_eq!(first[1].header("x-api-key"), Some("hunter2"));
        assert_eq!(last[0].line(), "GET /z HTTP/1.1");
        assert_eq!(last[0].header("x-api-key"), None);
        assert_eq!(last[0].header("accept"), Some("text/csv"));
        assert_eq!(last[0].header("user-agent"), Some("test"));
    }
}

#[test]
fn a_redirect_that_cannot_be_followed_is_the_answer() {
    for kind in BOTH {
        // Its URL library would make 127.0.0.1 of this host.
        let server = Server::start([answer("302 Found", "Location: http://127.1/\r\n", "moved")]);
        let error = kind.call(server.settings(), &get()).unwrap_err();
        assert_eq!(error.reply().unwrap().text(), "moved");
    }
}

#[test]
fn redirects_end() {
    for kind in BOTH {
        let server = Server::start((0..11).map(|_| answer("302 Found", "Location: /x\r\n", "")));
        let error = kind.call(server.settings(), &get()).unwrap_err();
        assert_eq!(error.status().unwrap(), 302);
        assert_eq!(server.sent().len(), 11);
    }
}

fn transport_error(result: Result<Reply, CallError<Failure>>) -> TransportError {
    match result {
        Err(CallError::Transport(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn lost_connections_are_transport_errors() {
    for kind in BOTH {
        let server = Server::start([Answer::Bytes(String::new())]);
        let error = transport_error(kind.call(server.settings(), &post(Body::Empty)));
        assert!(
            !error.is_timeout() && !error.is_connect(),
            "{kind:?} {error:?}"
        );
        assert!(error.reply().is_none());
    }
}

#[test]
fn half_replies_are_kept() {
    for kind in BOTH {
        let half = "HTTP/1.1 200 OK\r\nX-Id: 42\r\nContent-Length: 100\r\n\r\nhello";
        let server = Server::start([Answer::Bytes(half.to_owned())]);
        let error = transport_error(kind.call(server.settings(), &get()));
        assert_eq!(error.to_string(), "the reply broke off");
        let reply = error.reply().unwrap();
        assert_eq!(reply.text(), "hello", "{kind:?}");
        assert_eq!(reply.headers()["x-id"], "42");
    }
}

#[test]
fn silence_is_a_timeout() {
    for kind in BOTH {
        let server = Server::start([Answer::Hang]);
        let settings = server.settings().timeout(Duration::from_millis(100));
        let error = transport_error(kind.call(settings, &get()));
        assert!(
            error.is_timeout() && !error.is_connect(),
            "{kind:?} {error:?}"
        );
        assert_eq!(error.to_string(), "no reply in time");
        server.sent();
    }
}

#[test]
fn refused_connections_tell_no_key() {
    for kind in BOTH {
        // A port that is taken, so that no other test listens there, and where nobody listens.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let url = format!("http://{}", stream.local_addr().unwrap());
        let settings = Settings::new()
            .base_url(BASE, url)
            .api_key("key", "hunter2");
        let error = transport_error(kind.call(settings, &probe::<0, 8>()));
        assert!(
            error.is_connect() && !error.is_timeout(),
            "{kind:?} {error:?}"
        );
        let mut text = format!("{error:?}");
        let mut cause: Option<&dyn Error> = Some(&error);
        while let Some(error) = cause {
            text += &error.to_string();
            cause = error.source();
        }
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn complete_requests_can_be_sent_as_they_are() {
    for kind in BOTH {
        let server = Server::start([answer("500 Oops", "", "x")]);
        let settings = server.settings().anonymous();
        let mut request = settings.request(&probe::<0, 6>()).unwrap();
        let signature = "Hawk id=\"1\"".parse().unwrap();
        request.headers_mut().insert("authorization", signature);
        let response = kind.send(Settings::new(), request).unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.body()[..]),
            (500, &b"x"[..])
        );
        assert_eq!(
            server.sent()[0].header("authorization"),
            Some("Hawk id=\"1\"")
        );
    }
}

#[test]
fn clients_set_themselves_up() {
    let settings = || Settings::new().base_url(BASE, "http://localhost");
    let client = Client::new(settings()).unwrap();
    assert!(client.settings().request(&get()).is_ok());
    let client = blocking::Client::new(settings()).unwrap();
    assert!(client.settings().request(&get()).is_ok());
}

#[cfg(feature = "digest")]
#[test]
fn a_challenge_is_answered_once_with_the_same_request() {
    let challenge = || {
        let ask = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n";
        answer("401 Unauthorized", ask, "")
    };
    for kind in BOTH {
        let keys = || letterpress_client::DigestKeys::new("user", "hunter2");
        let request = || {
            let file = File::reader("big.bin", || Ok(Box::new(io::repeat(b'x').take(70_000))));
            probe::<1, 12>().body(Body::file(&file))
        };
        let server = Server::start([challenge(), ok()]);
        let reply = kind
            .call(server.settings().digest(keys()), &request())
            .unwrap();
        assert_eq!(reply.status(), 204);
        let sent = server.sent();
        assert!(sent[0].header("authorization").is_none());
        let signed = sent[1].header("authorization").unwrap();
        assert!(
            signed.starts_with("Digest username=\"user\", realm=\"r\""),
            "{signed}"
        );
        assert_eq!((sent[0].body.len(), sent[1].body.len()), (70_000, 70_000));

        // Wrong credentials are asked for again, and not sent again.
        let server = Server::start([challenge(), challenge()]);
        let refused = kind.call(server.settings().digest(keys()), &request());
        assert!(
            matches!(refused, Err(CallError::Undocumented { .. })),
            "{refused:?}"
        );
        assert_eq!(server.sent().len(), 2);
    }
}

/// Calls can run on any thread: this compiles.
#[test]
fn calls_are_send() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let client = async_client(Settings::new());
    let request: Probe = get();
    drop(send(client.call(&request)));
}
