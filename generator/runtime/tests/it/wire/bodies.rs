//! Bodies: their bytes, their lengths, and files that break off.

use std::fs;
use std::io::{self, Read};
use std::net::TcpListener;
use std::thread;

use letterpress_client::{Body, CallError, File, Form, Multipart, RequestError, Settings};

use super::server::{Server, ok, receive, untouched};
use super::{BOTH, Kind};
use crate::probe::{BASE, METHODS, post, probe};

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
fn readers_of_known_length_are_sent_with_it() {
    let file = |length| {
        let reader = || io::repeat(b'x').take(100_000);
        File::reader("x", move || Ok(Box::new(reader()))).length(length)
    };
    for kind in BOTH {
        // What a reader gives beyond its length is not sent.
        for length in [100_000, 99_999] {
            let server = Server::start([ok()]);
            let request = post(Body::file(&file(length)));
            kind.call(server.settings(), &request).unwrap();
            let sent = server.sent();
            assert_eq!(sent[0].header("content-length"), Some(&*length.to_string()));
            assert_eq!(sent[0].body.len() as u64, length, "{kind:?}");
        }
    }
    let short = Body::file(&file(100_001)).to_bytes();
    assert_eq!(short.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
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
