//! Connections that fail, and what their errors say.

use std::error::Error;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use letterpress_client::{Body, CallError, Reply, Settings, TransportError};

use super::BOTH;
use super::server::{Answer, Server};
use crate::probe::{BASE, Failure, get, post, probe};

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
