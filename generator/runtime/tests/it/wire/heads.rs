//! Request lines and header fields.

use std::net::TcpListener;

use letterpress_client::{CallError, RequestError, Settings};

use super::BOTH;
use super::server::{Server, answer, ok, untouched};
use crate::probe::{BASE, get, probe};

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
                query.pair_or_name("flag", &None::<i64>);
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

/// What browsers show and collections copy from them is no data of the API.
const OF_TRANSPORT: [(&str, &str); 8] = [
    (":authority", "other.example"),
    ("Host", "other.example"),
    ("Connection", "keep-alive"),
    ("Keep-Alive", "timeout=5"),
    ("Content-Length", "7"),
    ("Accept-Encoding", "compress"),
    ("TE", "trailers"),
    ("Upgrade", "h2c"),
];

#[test]
fn headers_that_clients_have_themselves_are_those_of_the_request() {
    let own = [
        ("User-Agent", "mine/1"),
        ("Accept", "text/csv"),
        ("Cache-Control", "max-age=0"),
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
            for (name, value) in OF_TRANSPORT {
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
        for (name, value) in OF_TRANSPORT {
            assert!(!sent.headers(name).contains(&value), "{kind:?} {name}");
        }
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
