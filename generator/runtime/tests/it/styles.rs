//! Lists and objects as parameters: the styles of OpenAPI 3.2 ("Style Values"), with the examples of RFC 6570.

use letterpress_client::json::Json;
use letterpress_client::{Form, RequestError, Style};

use crate::probe::get;

/// What is written for a value as the parameter `color`: nothing where it is left out, `refused` where it cannot be.
fn written(place: &str, style: Style, value: &str) -> String {
    let value: Json = value.parse().unwrap();
    let request = match place {
        "query" => get().query(move |query| query.styled("color", style, &value)),
        "path" => get().path(move |path| {
            path.text("/x/");
            path.styled("color", style, &value);
        }),
        "header" => get().headers(move |headers| headers.styled("color", style, &value)),
        _ => get().headers(move |headers| headers.cookie("color", style, &value)),
    };
    let request = match request.http() {
        Ok(request) => request,
        Err(RequestError::Parameter { name: "color", .. } | RequestError::PathValue { .. }) => {
            return "refused".to_owned();
        }
        Err(error) => panic!("{error}"),
    };
    let header = |name: &str| request.headers().get(name).map(http::HeaderValue::as_bytes);
    let header = |name: &str| header(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let text = match place {
        "query" => request.uri().query().map(str::to_owned),
        "path" => request
            .uri()
            .path()
            .strip_prefix("/v2/x/")
            .map(str::to_owned),
        "header" => header("color"),
        _ => header("cookie"),
    };
    text.unwrap_or_default()
}

const TEXT: &str = r#""a b&c""#;
const EMPTY: &str = r#""""#;
const LIST: &str = r#"["blue", null, "a,b"]"#;
const OBJECT: &str = r#"{"R": 100, "x": null, "g&h": "i"}"#;
const NESTED: &str = r#"{"n": {"m": 1}, "t": ["u"]}"#;

#[test]
fn every_style_is_written_as_the_specification_has_it() {
    #[rustfmt::skip]
    let table = [
        // place, style, text, empty text, list, object, nothing
        ("query", Style::FORM, ["color=a%20b%26c", "color=", "color=blue&color=a%2Cb", "R=100&g%26h=i", ""]),
        ("query", Style::FORM.joined(), ["color=a%20b%26c", "color=", "color=blue,a%2Cb", "color=R,100,g%26h,i", ""]),
        ("query", Style::SPACES, ["color=a%20b%26c", "color=", "color=blue%20a%2Cb", "color=R%20100%20g%26h%20i", ""]),
        ("query", Style::PIPES, ["color=a%20b%26c", "color=", "color=blue%7Ca%2Cb", "color=R%7C100%7Cg%26h%7Ci", ""]),
        ("query", Style::TABS, ["color=a%20b%26c", "color=", "color=blue%09a%2Cb", "color=R%09100%09g%26h%09i", ""]),
        ("query", Style::PIPES.exploded(), ["color=a%20b%26c", "color=", "color=blue&color=a%2Cb", "R=100&g%26h=i", ""]),
        ("query", Style::DEEP_OBJECT, ["color=a%20b%26c", "color=", "color%5B%5D=blue&color%5B%5D=a%2Cb", "color%5BR%5D=100&color%5Bg%26h%5D=i", ""]),
        ("path", Style::SIMPLE, ["a%20b%26c", "refused", "blue,a%2Cb", "R,100,g%26h,i", "refused"]),
        ("path", Style::SIMPLE.exploded(), ["a%20b%26c", "refused", "blue,a%2Cb", "R=100,g%26h=i", "refused"]),
        // A segment that is `.` would be removed on the way.
        ("path", Style::LABEL, [".a%20b%26c", "refused", ".blue,a%2Cb", ".R,100,g%26h,i", "refused"]),
        ("path", Style::LABEL.exploded(), [".a%20b%26c", "refused", ".blue.a%2Cb", ".R=100.g%26h=i", "refused"]),
        ("path", Style::MATRIX, [";color=a%20b%26c", ";color", ";color=blue,a%2Cb", ";color=R,100,g%26h,i", "refused"]),
        ("path", Style::MATRIX.exploded(), [";color=a%20b%26c", ";color", ";color=blue;color=a%2Cb", ";R=100;g%26h=i", "refused"]),
        ("header", Style::SIMPLE, ["a b&c", "", "blue,a,b", "R,100,g&h,i", ""]),
        ("header", Style::SIMPLE.exploded(), ["a b&c", "", "blue,a,b", "R=100,g&h=i", ""]),
        ("cookie", Style::FORM, ["color=a%20b%26c", "color=", "color=blue; color=a%2Cb", "R=100; g%26h=i", ""]),
        ("cookie", Style::FORM.joined(), ["color=a%20b%26c", "color=", "color=blue,a%2Cb", "color=R,100,g%26h,i", ""]),
        ("cookie", Style::COOKIE, ["color=a b&c", "color=", "color=blue; color=a,b", "R=100; g&h=i", ""]),
    ];
    for (place, style, expected) in table {
        for (value, expected) in [TEXT, EMPTY, LIST, OBJECT, "null"]
            .into_iter()
            .zip(expected)
        {
            assert_eq!(
                written(place, style, value),
                expected,
                "{place} {style:?} {value}"
            );
        }
        for nothing in ["[]", "{}", "[null]"] {
            assert_eq!(
                written(place, style, nothing),
                expected[4],
                "{place} {style:?} {nothing}"
            );
        }
        let nested = match style {
            Style::DEEP_OBJECT => "color%5Bn%5D%5Bm%5D=1&color%5Bt%5D%5B%5D=u",
            _ => "refused",
        };
        assert_eq!(written(place, style, NESTED), nested, "{place} {style:?}");
    }
}

#[test]
fn values_cannot_add_anything() {
    let table = [
        (
            "query",
            Style::FORM.reserved(),
            r#""a b&c=d+e/f?g#h,i[k]%2F%zz;:@""#,
            "color=a%20b%26c%3Dd%2Be/f?g%23h,i%5Bk%5D%2F%25zz;:@",
        ),
        ("query", Style::FORM, r#""%2F+é""#, "color=%252F%2B%C3%A9"),
        ("path", Style::SIMPLE, r#"["..", "."]"#, "..,."),
        ("path", Style::SIMPLE, r#""..""#, "refused"),
        ("path", Style::LABEL, r#"".""#, "refused"),
        ("path", Style::SIMPLE, r#""a/b;c:d""#, "a%2Fb%3Bc%3Ad"),
        ("cookie", Style::COOKIE, r#""a;admin=1""#, "refused"),
        (
            "cookie",
            Style::FORM,
            r#""a;admin=1""#,
            "color=a%3Badmin%3D1",
        ),
    ];
    for (place, style, value, expected) in table {
        assert_eq!(written(place, style, value), expected, "{place} {value}");
    }
    let breaks = get().headers(|headers| headers.styled("color", Style::SIMPLE, &"a\r\nb"));
    assert!(matches!(
        breaks.http(),
        Err(RequestError::HeaderValue { .. })
    ));
}

#[test]
fn parts_of_a_request_are_put_together() {
    let request = get()
        .path(|path| {
            path.text("/contents/");
            path.segments("path", &"a b/c?d");
        })
        .query(|query| {
            query.styled("filter[name]", Style::FORM, &"v");
            query.json("q", &vec![1_i64, 2]);
            query.styled("none", Style::FORM, &None::<String>);
        })
        .headers(|headers| {
            headers.cookie("a", Style::FORM, &1_i64);
            headers.cookie("b", Style::FORM, &vec!["x".to_owned(), "y".to_owned()]);
        });
    let expected = "/contents/a%20b/c%3Fd?filter%5Bname%5D=v&q=[1,2]";
    assert_eq!(request.target().unwrap(), expected);
    assert_eq!(request.http().unwrap().headers()["cookie"], "a=1; b=x; b=y");
    for hidden in ["../x", "a//b", "a/./b", "/a"] {
        let path = get().path(move |path| {
            path.text("/contents/");
            path.segments("path", &hidden);
        });
        assert!(
            matches!(path.http(), Err(RequestError::PathValue { .. })),
            "{hidden}"
        );
    }

    let mut form = Form::new();
    form.pair("plain", &"a b");
    form.styled("card", Style::DEEP_OBJECT, &NESTED.parse::<Json>().unwrap());
    form.styled("list", Style::FORM, &LIST.parse::<Json>().unwrap());
    form.styled("meta", Style::FORM, &NESTED.parse::<Json>().unwrap());
    let expected = "plain=a%20b&card%5Bn%5D%5Bm%5D=1&card%5Bt%5D%5B%5D=u&list=blue&list=a%2Cb\
        &meta=%7B%22n%22%3A%7B%22m%22%3A1%7D%2C%22t%22%3A%5B%22u%22%5D%7D";
    assert_eq!(form.as_str(), expected);
}
