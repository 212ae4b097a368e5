//! What bodies are, byte for byte.

use std::fs;
use std::io::{self, Read};

use letterpress_client::{Body, File, Form, Multipart};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

fn text(body: &Body) -> String {
    String::from_utf8(body.to_bytes().unwrap().to_vec()).unwrap()
}

#[test]
fn forms_are_encoded_as_postman_does() {
    let table = [
        ("a", "1", "a=1"),
        ("a b", "x y", "a%20b=x%20y"),
        ("", "d", "=d"),
        ("a", "", "a="),
        ("a", " aute ", "a=%20aute%20"),
        ("x", "-._~", "x=-._~"),
        ("x", "!'()*", "x=%21%27%28%29%2A"),
        ("x", "a+b&c=d%20", "x=a%2Bb%26c%3Dd%2520"),
        ("x", "é\r\n", "x=%C3%A9%0D%0A"),
        ("x", "{{unset}}", "x=%7B%7Bunset%7D%7D"),
    ];
    for (name, value, expected) in table {
        let mut form = Form::new();
        form.pair(name, &value);
        assert_eq!(text(&form.into()), expected);
    }
    let mut form = Form::new();
    for (name, value) in [("b", 1), ("a", 2), ("b", 3)] {
        form.pair(name, &value);
    }
    assert_eq!(text(&form.into()), "b=1&a=2&b=3");
}

#[test]
fn nothing_to_send_is_no_body() {
    let bodies = [
        Form::new().into(),
        Multipart::new().into(),
        Body::text("text/plain", ""),
        Body::untyped(""),
    ];
    for body in bodies {
        assert!(matches!(body, Body::Empty));
        assert_eq!(body.len(), Some(0));
        assert_eq!(body.content_type(), None);
    }
    assert!(matches!(Body::untyped(" "), Body::Text { .. }));
}

#[test]
fn multipart_byte_for_byte() {
    let mut form = Multipart::new();
    form.text("stream_url", &"aute ");
    form.typed("meta", "application/json", &"{}");
    form.file("csv", &File::bytes("a.csv", "x,y\r\n"));
    form.file("f", &File::bytes("ü \"1\".bin", "").media_type("a/b"));
    form.text("", &"");
    let boundary = form.boundary().to_owned();
    let expected = "\
        --B\r\n\
        Content-Disposition: form-data; name=\"stream_url\"\r\n\
        \r\n\
        aute \r\n\
        --B\r\n\
        Content-Disposition: form-data; name=\"meta\"\r\n\
        Content-Type: application/json\r\n\
        \r\n\
        {}\r\n\
        --B\r\n\
        Content-Disposition: form-data; name=\"csv\"; filename=\"a.csv\"\r\n\
        Content-Type: text/csv\r\n\
        \r\n\
        x,y\r\n\r\n\
        --B\r\n\
        Content-Disposition: form-data; name=\"f\"; filename=\"ü %221%22.bin\"\r\n\
        Content-Type: a/b\r\n\
        \r\n\
        \r\n\
        --B\r\n\
        Content-Disposition: form-data; name=\"\"\r\n\
        \r\n\
        \r\n\
        --B--\r\n";
    let body = Body::from(form);
    assert_eq!(text(&body).replace(&boundary, "B"), expected);
    assert_eq!(body.len(), Some(text(&body).len() as u64));
}

#[test]
fn multipart_names_cannot_add_parts_or_headers() {
    let evil = "a\"\r\nX-Evil: 1\r\n\r\n--B";
    let mut form = Multipart::new();
    form.text(evil, &1);
    form.file("f", &File::bytes(evil, "2"));
    let sent = text(&form.into());
    assert!(sent.contains("name=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0A--B\"\r\n\r\n1"));
    assert!(sent.contains("filename=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0A--B\"\r\nContent-Type"));
}

#[test]
fn boundaries_never_repeat() {
    let boundaries: std::collections::BTreeSet<String> = (0..1000)
        .map(|_| Multipart::new().boundary().to_owned())
        .collect();
    assert_eq!(boundaries.len(), 1000);
    assert!(boundaries.iter().all(|boundary| boundary.len() == 44));
}

#[test]
fn files_say_what_they_are() {
    let unknown = Some("application/octet-stream");
    let table = [
        (
            File::open("a/report.json"),
            "report.json",
            Some("application/json"),
        ),
        (File::open("a/b/.."), "", None),
        (File::open("x").named("y.PNG"), "y.PNG", Some("image/png")),
        (File::bytes("noext", ""), "noext", unknown),
        (File::bytes("csv", ""), "csv", unknown),
        (File::bytes("a.feature", ""), "a.feature", unknown),
        (File::bytes("a.json map", ""), "a.json map", unknown),
        (File::bytes("a.", ""), "a.", unknown),
        (File::bytes("a.xml", ""), "a.xml", Some("application/xml")),
        (File::bytes("a.b.wav", ""), "a.b.wav", Some("audio/wave")),
        (File::bytes("a.yml", ""), "a.yml", Some("text/yaml")),
        (
            File::bytes("a.txt", "").media_type("x/y"),
            "a.txt",
            Some("x/y"),
        ),
        (File::bytes("", "").media_type("x/y"), "", Some("x/y")),
        (File::bytes("", "text"), "", None),
    ];
    for (file, name, media_type) in table {
        assert_eq!((file.name(), file.content_type()), (name, media_type));
    }
}

#[test]
fn file_names_are_said_as_postman_does() {
    let table = [
        (
            "a b.txt",
            "filename=\"a b.txt\"\r\nContent-Type: text/plain\r\n",
        ),
        ("", "filename=\"\"\r\n"),
        (
            "é.txt",
            "filename=\"é.txt\"\r\nContent-Type: text/plain\r\n",
        ),
        (
            "a\"\r\n.txt",
            "filename=\"a%22%0D%0A.txt\"\r\nContent-Type: text/plain\r\n",
        ),
        (
            "日 (1)'*!.csv",
            "filename=\"日 (1)'*!.csv\"; filename*=UTF-8''%E6%97%A5%20%281%29%27%2A!.csv\r\nContent-Type: text/csv\r\n",
        ),
    ];
    for (name, expected) in table {
        let mut form = Multipart::new();
        form.file("f", &File::bytes(name, "x"));
        let head = format!("Content-Disposition: form-data; name=\"f\"; {expected}\r\nx\r\n");
        let sent = text(&form.into());
        assert!(sent.contains(&head), "{sent}");
    }
}

#[test]
fn files_are_equal_if_their_contents_are() {
    let reader = || File::reader("r", || Ok(Box::new(io::empty())));
    let one = reader();
    assert_eq!(one, one.clone());
    assert_ne!(one, reader());
    assert_eq!(File::bytes("a", "1"), File::bytes("a", vec![b'1']));
    assert_ne!(File::bytes("a", "1"), File::bytes("b", "1"));
    assert_ne!(File::bytes("a", "1"), File::open("a"));
    assert_eq!(File::open("x/a"), File::open("x/a"));
    assert_ne!(File::open("x/a"), File::open("y/a"));
}

#[test]
fn files_are_read_when_sent_and_again_when_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.txt");
    let mut form = Multipart::new();
    form.file("late", &File::open(&path));
    form.file("reader", &File::reader("r", || Ok(Box::new(&b"fresh"[..]))));
    let body = Body::from(form);

    let missing = body.to_bytes().unwrap_err();
    assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    assert!(missing.to_string().contains("late.txt"), "{missing}");

    for content in ["one", "three"] {
        fs::write(&path, content).unwrap();
        let sent = text(&body);
        assert!(sent.contains(content) && sent.contains("fresh"), "{sent}");
    }
    assert_eq!(body.len(), None);
}

#[test]
fn as_many_bytes_are_sent_as_were_promised() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changing");
    fs::write(&path, "12345").unwrap();
    let open = || Body::file(&File::open(&path)).into_reader().unwrap();

    let mut grows = open();
    fs::write(&path, "1234567").unwrap();
    let mut read = String::new();
    grows.read_to_string(&mut read).unwrap();
    assert_eq!((grows.len(), read.as_str()), (Some(5), "12345"));

    let mut shrinks = open();
    fs::write(&path, "1").unwrap();
    let error = shrinks.read_to_string(&mut read).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
}

#[test]
fn debug_forms_show_no_content() {
    let mut form = Form::new();
    form.pair("password", &"hunter2");
    let mut multipart = Multipart::new();
    multipart.text("password", &"hunter2");
    let table = [
        (Body::Empty, "Empty"),
        (
            Body::text("text/plain", "hunter2"),
            "Text(text/plain, 7 bytes)",
        ),
        (Body::untyped("hunter2"), "Text(untyped, 7 bytes)"),
        (form.into(), "Form(16 bytes)"),
        (multipart.into(), "Multipart(1 parts)"),
        (
            Body::file(&File::bytes("a.csv", "hunter2")),
            "File(\"a.csv\", text/csv)",
        ),
    ];
    for (body, expected) in table {
        assert_eq!(format!("{body:?}"), expected);
    }
}

/// The name, the name of the file, and the content of each part, read as RFC 7578 says.
fn read_multipart(body: &str, boundary: &str) -> Vec<(String, Option<String>, String)> {
    let inner = body.strip_prefix(&format!("--{boundary}\r\n")).unwrap();
    let inner = inner
        .strip_suffix(&format!("\r\n--{boundary}--\r\n"))
        .unwrap();
    let part = |part: &str| {
        let (head, content) = part.split_once("\r\n\r\n").unwrap();
        let mut lines = head.split("\r\n");
        let disposition = lines.next().unwrap();
        assert!(lines.all(|line| line == "Content-Type: application/octet-stream"));
        let parameters = disposition
            .strip_prefix("Content-Disposition: form-data; name=\"")
            .unwrap();
        let (name, rest) = parameters.split_once('"').unwrap();
        let file_name = rest.strip_prefix("; filename=\"").map(|rest| {
            let (file_name, rest) = rest.split_once('"').unwrap();
            let again = rest.strip_prefix("; filename*=UTF-8''");
            assert!(again.is_some() || rest.is_empty(), "{rest}");
            file_name.to_owned()
        });
        assert!(file_name.is_some() || rest.is_empty(), "{rest}");
        (name.to_owned(), file_name, content.to_owned())
    };
    inner
        .split(&format!("\r\n--{boundary}\r\n"))
        .map(part)
        .collect()
}

/// A name of a field or file with what ends one.
fn name() -> impl Strategy<Value = String> {
    "[a-zé日\"\r\n;:= \\\\-]{0,6}"
}

fn content() -> impl Strategy<Value = String> {
    "(?s).{0,9}|\r\n--[a-z]{0,3}"
}

proptest! {
    #[test]
    fn any_multipart_is_read_back(
        parts in prop::collection::vec((name(), prop::option::of(name()), content()), 1..4),
    ) {
        let mut form = Multipart::new();
        for (name, file_name, content) in &parts {
            match file_name {
                Some(file_name) => form.file(name, &File::bytes(file_name, content.clone())),
                None => form.text(name, content),
            }
        }
        let boundary = form.boundary().to_owned();
        let escape = |name: &String| {
            name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
        };
        let expected: Vec<_> = parts
            .into_iter()
            .map(|(name, file, content)| (escape(&name), file.as_ref().map(escape), content))
            .collect();
        prop_assert_eq!(read_multipart(&text(&form.into()), &boundary), expected);
    }

    #[test]
    fn any_form_is_read_back(pairs in prop::collection::vec(any::<(String, String)>(), 1..4)) {
        let mut form = Form::new();
        for (name, value) in &pairs {
            form.pair(name, value);
        }
        let is_safe = |c: char| c.is_ascii_alphanumeric() || "-._~%&=".contains(c);
        prop_assert!(form.as_str().chars().all(is_safe));
        let decode = |text| percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let read: Vec<(String, String)> = form
            .as_str()
            .split('&')
            .map(|element| element.split_once('=').unwrap())
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        prop_assert_eq!(read, pairs);
    }
}
