//! A server on this machine that keeps to a script, and tells what it was sent.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// What the server does with a connection after it has read one request.
pub(crate) enum Answer {
    /// Status, header lines, body.
    Reply(u16, &'static str, &'static str),
    /// A whole response, as it is written.
    Raw(&'static str),
    /// Nothing, until the client has gone.
    Silence,
    /// It hangs up.
    HangUp,
}

/// Serves one connection for each answer, in their order.
pub(crate) struct Server {
    pub(crate) url: String,
    thread: JoinHandle<Vec<Sent>>,
}

/// A request as it arrived.
pub(crate) struct Sent {
    /// Method and target.
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Server {
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serve = move |answer| serve(listener.accept().unwrap().0, &answer).unwrap();
        let thread = thread::spawn(|| answers.into_iter().map(serve).collect());
        Self { url, thread }
    }

    /// What it was sent, once all answers are given.
    pub(crate) fn sent(self) -> Vec<Sent> {
        self.thread.join().unwrap()
    }
}

fn serve(stream: TcpStream, answer: &Answer) -> io::Result<Sent> {
    let mut stream = BufReader::new(stream);
    let sent = Sent::read(&mut stream)?;
    match answer {
        Answer::Reply(status, headers, body) => {
            let length = if *status == 204 {
                String::new()
            } else {
                format!("Content-Length: {}\r\n", body.len())
            };
            let head =
                format!("HTTP/1.1 {status} Status\r\nConnection: close\r\n{length}{headers}\r\n");
            stream
                .get_mut()
                .write_all(format!("{head}{body}").as_bytes())?;
        }
        Answer::Raw(text) => stream.get_mut().write_all(text.as_bytes())?,
        // A client that gives up closes the connection.
        Answer::Silence => drop(stream.read(&mut [0])),
        Answer::HangUp => {}
    }
    Ok(sent)
}

impl Sent {
    fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Self> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let line = lines
            .remove(0)
            .strip_suffix(" HTTP/1.1")
            .unwrap()
            .to_owned();
        let headers = lines.iter().map(|line| line.split_once(": ").unwrap());
        let headers = headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut sent = Self {
            line,
            headers,
            body: String::new(),
        };
        assert_eq!(
            sent.header("transfer-encoding"),
            None,
            "no request of these tests has an unknown length"
        );
        let mut body = vec![
            0;
            sent.header("content-length")
                .map_or(0, |length| length.parse().unwrap())
        ];
        stream.read_exact(&mut body)?;
        sent.body = String::from_utf8(body).unwrap();
        Ok(sent)
    }

    /// The value of a header field that is there at most once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(own, _)| own == name)
            .map(|(_, value)| value.as_str());
        let value = values.next();
        assert_eq!(values.next(), None, "{name} twice");
        value
    }
}
