//! Replies that are errors, redirects, and challenges.

use std::io::{self, Read};

use letterpress_client::{Body, CallError, File};

use super::BOTH;
use super::server::{Server, answer, ok};
use crate::probe::{Failure, get, post, probe};

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
