//! What stands in a command.

use super::*;
use crate::proof::wire::Part;

fn get(url: &str) -> Line {
    Line {
        method: "GET".to_owned(),
        url: url.to_owned(),
        ..Line::default()
    }
}

fn with_headers(line: Line, headers: &[(&str, &str)]) -> Line {
    let headers = headers.iter();
    let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Line {
        headers: headers.collect(),
        ..line
    }
}

fn post(body: &str) -> Line {
    let line = Line {
        method: "POST".to_owned(),
        body: Some(body.to_owned()),
        ..get("http://a.example/")
    };
    with_headers(line, &[("Content-Type", "text/plain")])
}

/// The arguments of a command, one by one.
fn check(line: &Line, auth: &Auth, expected: &[&str]) {
    let command = command(line, auth);
    let arguments: Vec<&str> = command.split(" \\\n    ").collect();
    assert_eq!(arguments, expected);
}

#[test]
fn urls_are_sent_as_they_are() {
    let check = |url: &str, expected: &[&str]| check(&get(url), &Auth::None, expected);
    check(
        "https://a.example/x?a=1,2",
        &["curl 'https://a.example/x?a=1,2'"],
    );
    check(
        "https://a.example/it's",
        &[r"curl 'https://a.example/it'\''s'"],
    );
    check(
        "http://a.example/[1-2]",
        &["curl --globoff", "'http://a.example/[1-2]'"],
    );
    check(
        "http://a.example/a/../b",
        &["curl --path-as-is", "http://a.example/a/../b"],
    );
    check(
        "http://a.example/?a=/../b",
        &["curl 'http://a.example/?a=/../b'"],
    );
    check("/x?a=$b", &[r#"curl "$BASE_URL"'/x?a=$b'"#]);
}

#[test]
fn methods_and_headers() {
    let method = |method: &str| Line {
        method: method.to_owned(),
        ..get("http://a.example/")
    };
    check(
        &method("HEAD"),
        &Auth::None,
        &["curl --head", "http://a.example/"],
    );
    check(
        &method("DELETE"),
        &Auth::None,
        &["curl --request DELETE", "http://a.example/"],
    );
    check(
        &method("PUT"),
        &Auth::None,
        &[
            "curl --request PUT",
            "http://a.example/",
            "--header 'Content-Length: 0'",
        ],
    );
    let headers = [
        ("A", " b "),
        ("Empty", ""),
        ("C", "it's \"$x\""),
        ("D", "caf\u{e9}"),
        ("Host", "h"),
    ];
    let mut line = with_headers(get("http://a.example/"), &headers);
    line.system_headers = vec![("Host".to_owned(), "h".to_owned())];
    check(
        &line,
        &Auth::None,
        &[
            "curl http://a.example/",
            "--header 'A: b'",
            "--header 'Empty;'",
            r#"--header 'C: it'\''s "$x"'"#,
            r#"--header "$(printf 'D: caf\351')""#,
        ],
    );
}

#[test]
fn bodies_are_sent_as_they_are() {
    let check = |body: &str, before: &str, expected: &str| {
        let command = command(&post(body), &Auth::None);
        let start = "curl --request POST \\\n    http://a.example/ \\\n    --header 'Content-Type: text/plain'";
        assert_eq!(command, format!("{before}{start} \\\n    {expected}"));
    };
    check("@a b\n\n\"c\"", "", "--data-raw '@a b\n\n\"c\"'");
    check("file:a b.png", "", "--data-binary '@a b.png'");
    check("file:/etc/x", "", "--data-raw file:/etc/x");
    check("file:.env", "", "--data-raw file:.env");
    check("=ls", "", "--data-raw '=ls'");
    check("a!b", "", "--data-raw 'a!b'");
    check(
        "a!\u{202e}",
        r"printf 'a\041\342\200\256' | ",
        "--data-binary @-",
    );
    check(
        "-a\tb\r\n%\\'",
        r"printf '\055a\tb\r\n%%\\'\''' | ",
        "--data-binary @-",
    );
    check("a \nb", r"printf 'a \nb' | ", "--data-binary @-");
    check(
        "a\u{202e}b",
        r"printf 'a\342\200\256b' | ",
        "--data-binary @-",
    );
    let untyped = with_headers(post("x"), &[]);
    let command = command(&untyped, &Auth::None);
    assert!(
        command.contains("--header Content-Type: \\\n    --data-raw x"),
        "{command}"
    );
}

#[test]
fn forms_are_sent_part_by_part() {
    let part = |name: &str, file: Option<&str>, kind: Option<&str>, text: &str| Part {
        name: Some(name.to_owned()),
        filename: file.map(str::to_owned),
        content_type: kind.map(str::to_owned),
        text: Some(text.to_owned()),
        base64: None,
    };
    let form = |parts: Vec<Part>| {
        let line = with_headers(
            post(""),
            &[("Content-Type", "multipart/form-data; boundary=b")],
        );
        Line {
            body: None,
            multipart: Some(parts),
            ..line
        }
    };
    let start = ["curl --request POST", "http://a.example/"];
    let parts = vec![
        part("a", None, None, "<x;type=y"),
        part("b", None, Some("text/csv"), "1;\"2\""),
        part("c", Some("p q.png"), Some("image/png"), "file:p q.png"),
    ];
    let arguments = [
        "--form-string 'a=<x;type=y'",
        r#"--form 'b="1;\"2\"";type=text/csv'"#,
        r#"--form 'c=@"p q.png";type=image/png'"#,
    ];
    check(
        &form(parts),
        &Auth::None,
        &[start.as_slice(), &arguments].concat(),
    );

    // curl has no words for a file without a name, or a name with `=`.
    let whole = command(&form(vec![part("a=", Some(""), None, "")]), &Auth::None);
    let body =
        r#"\055-b\r\nContent-Disposition: form-data; name="a="; filename=""\r\n\r\n\r\n--b--\r\n"#;
    assert!(
        whole.starts_with(&format!("printf '{body}' | curl ")),
        "{whole}"
    );
    assert!(
        whole.contains("--header 'Content-Type: multipart/form-data; boundary=b'"),
        "{whole}"
    );
}

#[test]
fn credentials_are_variables() {
    let check = |auth: Auth, expected: &[&str]| check(&get("/x"), &auth, expected);
    let url = "curl \"${BASE_URL}/x\"";
    check(
        Auth::Bearer,
        &[url, "--header \"Authorization: Bearer $TOKEN\""],
    );
    check(
        Auth::OAuth2,
        &[url, "--header \"Authorization: Bearer $TOKEN\""],
    );
    check(
        Auth::Token(Token::Prefix(String::new())),
        &[url, "--header \"Authorization: $TOKEN\""],
    );
    check(
        Auth::Token(Token::Query("t".to_owned())),
        &["curl \"${BASE_URL}/x?t=$TOKEN\""],
    );
    check(
        Auth::ApiKeyQuery("a key".to_owned()),
        &["curl \"${BASE_URL}/x?a%20key=$API_KEY\""],
    );
    check(
        Auth::ApiKeyHeader("X-$Key".to_owned()),
        &[url, "--header 'X-$Key: '\"$API_KEY\""],
    );
    check(Auth::Basic, &[url, "--user \"$USERNAME:$PASSWORD\""]);
    check(
        Auth::Digest,
        &[url, "--digest", "--user \"$USERNAME:$PASSWORD\""],
    );
    let aws = Auth::Aws {
        service: "s3".to_owned(),
        region: "eu-1".to_owned(),
        in_query: false,
    };
    check(
        aws,
        &[
            url,
            "--aws-sigv4 aws:amz:eu-1:s3",
            "--user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"",
        ],
    );
    check(
        Auth::Custom("ntlm".to_owned()),
        &[url, "--header \"Authorization: $AUTHORIZATION\""],
    );
}

/// Nothing of a document stands between double quotation marks where a shell would read it.
#[test]
fn no_history_runs_in_an_interactive_shell() {
    let mut line = with_headers(get("/!!?a=!$(id)`id`"), &[("A", "caf\u{e9}!!")]);
    line.method = "POST".to_owned();
    line.body = Some("!!".to_owned());
    for auth in [
        Auth::Bearer,
        Auth::ApiKeyHeader("X-!!".to_owned()),
        Auth::ApiKeyQuery("!!".to_owned()),
    ] {
        let command = command(&line, &auth);
        let mut quote = None;
        for c in command.chars() {
            match (c, quote) {
                ('\'' | '"', None) => quote = Some(c),
                (c, Some(open)) if c == open => quote = None,
                ('!' | '`', quote) => assert_eq!(quote, Some('\''), "{command}"),
                _ => {}
            }
        }
    }
}

#[test]
fn variables_of_postman_are_those_of_the_shell() {
    let check = |command: &str, expected: &str| {
        assert_eq!(shell::with_variables(command), expected);
    };
    check(
        r#"curl --data-raw '{"duration": {{duration}}, "a": "it'\''s {{userId}}"}'"#,
        r#"curl --data-raw '{"duration": '"$DURATION"', "a": "it'\''s '"$USER_ID"'"}'"#,
    );
    check(
        r#"curl "${BASE_URL}/a\"{{$guid}}""#,
        r#"curl "${BASE_URL}/a\"${GUID}""#,
    );
    for unchanged in [
        "curl '{{\"a\":1}}'",
        "curl {{a}}",
        "curl '{{}}' '{{a'",
        "curl a\\",
    ] {
        check(unchanged, unchanged);
    }
}
