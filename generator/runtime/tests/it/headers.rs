//! What the headers of a request are, and which values are refused.

use letterpress_client::{Body, File, Form, Multipart, RequestError};
use proptest::prelude::*;

use crate::probe::{get, post, probe};

#[test]
fn values_are_sent_as_latin_1() {
    let request = get().headers(|headers| {
        headers.text("X-Fixed", "  as it is  ");
        headers.text("X-Empty", "");
        headers.value("X-Latin", &"é\u{ff}");
        headers.value("X-Tab", &"a\tb");
        headers.value("X-Twice", &1);
        headers.value("x-twice", &2);
    });
    let sent = request.http().unwrap();
    let bytes = |name: &str| sent.headers()[name].as_bytes().to_owned();
    assert_eq!(bytes("X-Fixed"), b"  as it is  ");
    assert_eq!(bytes("X-Empty"), b"");
    assert_eq!(bytes("X-Latin"), [0xe9, 0xff]);
    assert_eq!(bytes("X-Tab"), b"a\tb");
    let twice: Vec<_> = sent.headers().get_all("x-twice").iter().collect();
    assert_eq!(twice, ["1", "2"]);
}

#[test]
fn values_cannot_add_headers() {
    for value in [
        "a\r\nX-Evil: 1",
        "\n",
        "\r",
        "\0",
        "\u{7f}",
        "\u{1b}",
        "€",
        "\u{100}",
    ] {
        let request = get().headers(move |headers| {
            headers.value("X-A", &value);
            headers.text("bad name", "");
        });
        let error = request.http().unwrap_err();
        assert!(matches!(&error, RequestError::HeaderValue { name } if name == "X-A"));
        assert_eq!(error.to_string(), "the header `X-A` cannot hold this value");
    }
}

#[test]
fn names_are_tokens() {
    for name in ["", "FSPIOP -Source", " X", "X:", "a\r\nb", "é"] {
        let error = get().headers(move |headers| headers.text(name, "1")).http();
        match error {
            Err(RequestError::HeaderName { name: kept }) => assert_eq!(kept, name),
            other => panic!("{name:?}: {other:?}"),
        }
    }
}

#[test]
fn content_type_is_the_headers_or_the_bodys() {
    let mut form = Form::new();
    form.pair("a", &1);
    let mut multipart = Multipart::new();
    multipart.text("a", &1);
    let file = File::bytes("a.csv", "1");
    let boundary = format!("multipart/form-data; boundary={}", multipart.boundary());

    let form_type = "application/x-www-form-urlencoded";
    let parameters = "application/x-www-form-urlencoded; charset=utf-8";
    let unnamed = File::bytes("", "1");
    let table: [(Body, Option<&'static str>, Option<&str>); 16] = [
        (Body::Empty, None, None),
        (
            Body::Empty,
            Some("application/json"),
            Some("application/json"),
        ),
        (Body::text("text/plain", "x"), None, Some("text/plain")),
        (
            Body::text("text/plain", "x"),
            Some("text/csv"),
            Some("text/csv"),
        ),
        (Body::text("text/plain", ""), None, None),
        (Body::untyped("x"), None, None),
        (Body::untyped("x"), Some("text/csv"), Some("text/csv")),
        (Body::file(&file), None, Some("text/csv")),
        (Body::file(&file), Some("text/plain"), Some("text/plain")),
        (Body::file(&unnamed), None, None),
        (Body::file(&unnamed), Some("text/plain"), Some("text/plain")),
        (Body::untyped_json(&1_i64), None, None),
        (form.clone().into(), Some(parameters), Some(parameters)),
        (form.into(), Some("text/plain"), Some(form_type)),
        (multipart.clone().into(), None, Some(&boundary)),
        (
            multipart.into(),
            Some("multipart/form-data"),
            Some(&boundary),
        ),
    ];
    for (body, own, expected) in table {
        let what = format!("{body:?} {own:?}");
        let request = post(body).headers(move |headers| {
            if let Some(own) = own {
                headers.text("CONTENT-type", own);
            }
        });
        let sent = request.http().unwrap();
        let values: Vec<_> = sent.headers().get_all("content-type").iter().collect();
        assert_eq!(values, expected.into_iter().collect::<Vec<_>>(), "{what}");
    }
}

#[test]
fn media_types_cannot_add_headers() {
    let evil = "text/plain\r\nX-Evil: 1";
    let file = File::bytes("a", "").media_type(evil);
    let mut with_file = Multipart::new();
    with_file.file("f", &file);
    let mut typed = Multipart::new();
    typed.typed("t", evil, &"");
    for body in [Body::file(&file), with_file.into(), typed.into()] {
        let error = post(body).http().unwrap_err();
        assert!(matches!(error, RequestError::HeaderValue { name } if name == "content-type"));
    }
}

#[test]
fn framing_belongs_to_the_transport() {
    fn length<const METHOD: usize>() -> Option<String> {
        let request = probe::<METHOD, 0>().headers(|headers| {
            headers.text("Content-Length", "5");
            headers.text("Transfer-Encoding", "chunked");
        });
        let sent = request.http().unwrap();
        assert!(!sent.headers().contains_key("transfer-encoding"));
        let length = sent.headers().get("content-length");
        length.map(|length| length.to_str().unwrap().to_owned())
    }
    let lengths = [
        length::<0>(),
        length::<1>(),
        length::<2>(),
        length::<3>(),
        length::<4>(),
        length::<5>(),
        length::<6>(),
        length::<7>(),
    ];
    let zero = Some("0");
    let expected = [None, zero, zero, zero, None, None, None, zero];
    assert_eq!(lengths.each_ref().map(Option::as_deref), expected);
}

proptest! {
    #[test]
    fn any_value_is_one_line_or_refused(value in any::<String>()) {
        let given = value.clone();
        if let Ok(sent) = get().headers(move |headers| headers.value("x", &given)).http() {
            let bytes = sent.headers()["x"].as_bytes();
            prop_assert!(bytes.iter().all(|b| *b == b'\t' || (*b >= 32 && *b != 127)));
            let read: String = bytes.iter().map(|b| char::from(*b)).collect();
            prop_assert_eq!(read, value);
        } else {
            let bad = |c| c > '\u{ff}' || c == '\u{7f}' || (c < ' ' && c != '\t');
            prop_assert!(value.contains(bad));
        }
    }
}
