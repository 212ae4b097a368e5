//! A server that answers what it is told, and keeps what it was sent.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use letterpress_client::Settings;

use crate::probe::BASE;

/// What the server does with a connection, after it has read one request.
pub(super) enum Answer {
    Bytes(String),
    Hang,
}

pub(super) fn answer(status: &str, headers: &str, body: &str) -> Answer {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    Answer::Bytes(format!("{head}{headers}\r\n{body}"))
}

pub(super) fn ok() -> Answer {
    answer("204 No Content", "", "")
}

/// A server that answers as many connections as it has answers.
pub(super) struct Server {
    pub(super) url: String,
    thread: JoinHandle<Vec<Sent>>,
}

/// A request as it arrived.
pub(super) struct Sent {
    head: String,
    pub(super) body: Vec<u8>,
}

impl Server {
    pub(super) fn start(answers: impl IntoIterator<Item = Answer> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let thread = thread::spawn(move || {
            let serve = |answer| serve(&mut listener.accept().unwrap().0, &answer).unwrap();
            answers.into_iter().map(serve).collect()
        });
        Self { url, thread }
    }

    pub(super) fn settings(&self) -> Settings {
        Settings::new().base_url(BASE, &self.url)
    }

    pub(super) fn sent(self) -> Vec<Sent> {
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

pub(super) fn receive(stream: &mut TcpStream) -> io::Result<Sent> {
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
    pub(super) fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let values = self.headers(name);
        assert!(values.len() < 2, "{name} twice");
        values.first().copied()
    }

    pub(super) fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.head.split("\r\n").skip(1);
        lines
            .filter_map(|line| line.split_once(": "))
            .filter(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }
}

/// A listener that has seen no connection.
pub(super) fn untouched(listener: &TcpListener) -> bool {
    listener.set_nonblocking(true).unwrap();
    matches!(listener.accept(), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
}
