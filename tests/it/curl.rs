//! The commands of `letterpress curl`, run by curl itself against a server on this machine: what arrives is what is
//! expected.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use letterpress::api::Auth;
use letterpress::document::report::Report;
use letterpress::proof::curl;
use letterpress::proof::wire::{Line, Verdict, compare, own};
use letterpress::understand;

use crate::case;

/// A proxy that passes nothing on: it answers every request with 200 and tells what it was.
struct Recorder {
    address: String,
    arrived: Receiver<Line>,
}

impl Recorder {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (sender, arrived) = channel();
        // It ends with the program: there is always one more connection to wait for.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                // It is told before the answer ends the command.
                if sender.send(read(&mut stream)).is_err() {
                    break;
                }
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { address, arrived }
    }

    /// Runs a command in a folder, and gives what arrived.
    fn run(&self, command: &str, folder: &Path) -> Line {
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(folder)
            .env("http_proxy", &self.address)
            .env("HOME", folder)
            .env_remove("no_proxy")
            .env_remove("NO_PROXY")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}\n{command}");
        let line = self.arrived.try_recv();
        line.unwrap_or_else(|_| panic!("nothing arrived of\n{command}"))
    }
}

/// Reads a request. A proxy is told the absolute URL.
fn read(stream: &mut TcpStream) -> Line {
    let mut reader = BufReader::new(stream);
    let mut next = || {
        let mut bytes = Vec::new();
        reader.read_until(b'\n', &mut bytes).unwrap();
        let text: String = bytes.into_iter().map(char::from).collect();
        text.trim_end_matches(['\r', '\n']).to_owned()
    };
    let first = next();
    let mut words = first.split(' ');
    let mut line = Line {
        method: words.next().unwrap().to_owned(),
        url: words.next().unwrap().to_owned(),
        ..Line::default()
    };
    loop {
        let field = next();
        let Some((name, value)) = field.split_once(':') else {
            break;
        };
        line.headers
            .push((name.to_owned(), value.trim().to_owned()));
    }
    let is_of_proxies = |(name, _): &&(String, String)| name == "Proxy-Connection";
    line.system_headers = line.headers.iter().filter(is_of_proxies).cloned().collect();
    let length = line
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    line.with_body(Some(body))
}

/// The files that a line has stand-ins for.
fn write_files(line: &Line, folder: &Path) {
    let parts = line.multipart.iter().flatten();
    let texts = parts.map(|part| &part.text).chain([&line.body]);
    for text in texts.flatten() {
        let name = text.strip_prefix("file:").filter(|name| !name.is_empty());
        let name = name.filter(|name| !name.contains(['/', '\n']));
        if let Some(name) = name {
            fs::write(folder.join(name), text).unwrap();
        }
    }
}

/// Whether curl takes the host for one: it refuses `{{base}}` and blanks.
fn has_host(line: &Line) -> bool {
    let host = line
        .url
        .strip_prefix("http://")
        .and_then(|rest| rest.split(['/', '?']).next());
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    host.is_some_and(|host| !host.is_empty() && host.chars().all(is_plain))
}

/// Whether a name in a form ends the header around it: Postman sends quotation marks and line breaks as they are.
fn has_broken_name(line: &Line) -> bool {
    let parts = line.multipart.iter().flatten();
    let mut names = parts
        .flat_map(|part| [&part.name, &part.filename])
        .flatten();
    names.any(|name| name.contains(['\n', '"']))
}

/// Whether each character of a header stands for a byte: Postman refuses any other.
fn is_latin1(line: &Line) -> bool {
    let mut texts = line.headers.iter().flat_map(|(name, value)| [name, value]);
    texts.all(|text| text.chars().all(|c| u32::from(c) < 256))
}

#[test]
fn commands_send_what_postman_sends() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("there is no curl on this machine: its commands were not run");
        return;
    }
    let recorder = Recorder::start();
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    for case in case::all() {
        let api = understand(&mut Report::default(), &case.input, &case.config);
        for mut line in own(&api) {
            // Without TLS: the server has no certificate.
            line.url = line.url.replacen("https://", "http://", 1);
            if line.error.is_some()
                || !has_host(&line)
                || has_broken_name(&line)
                || !is_latin1(&line)
            {
                continue;
            }
            // curl counts the length itself, and sends no header that HTTP/2 keeps for itself.
            line.headers.retain(|(name, _)| {
                !name.eq_ignore_ascii_case("content-length") && !name.starts_with(':')
            });
            write_files(&line, folder.path());
            let command = curl::command(&line, &Auth::None);
            let arrived = recorder.run(&command, folder.path());
            assert_eq!(
                compare(&line, &arrived),
                Verdict::Identical,
                "{}: {command}",
                case.name
            );
            count += 1;
        }
    }
    assert!(count > 100, "{count} commands");
}
