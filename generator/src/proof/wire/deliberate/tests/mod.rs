//! Each difference is recognised, and nothing beside it.

mod bodies;

use super::*;
use crate::proof::wire::{Part, Verdict, compare};

/// The codes of what differs, or what remains unexplained.
fn codes(expected: &Line, actual: &Line) -> String {
    match compare(expected, actual) {
        Verdict::Identical => "identical".to_owned(),
        Verdict::StandIns => "stand-ins".to_owned(),
        Verdict::Deliberate(reasons) => {
            let codes: Vec<&str> = reasons.iter().map(|reason| reason.code).collect();
            codes.join(" ")
        }
        Verdict::Different(differences) => {
            let fields = differences
                .iter()
                .map(|difference| difference.field.to_string());
            format!("different: {}", fields.collect::<Vec<_>>().join(" "))
        }
    }
}

#[test]
fn the_table_is_sorted_and_complete() {
    let codes: Vec<&str> = DELIBERATE.iter().map(|one| one.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    for one in DELIBERATE {
        assert!(one.sentence.ends_with('.'), "{}", one.sentence);
        assert!(
            one.code
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-'),
            "{}",
            one.code
        );
    }
}

/// Compares two targets.
fn check_targets(expected: &str, actual: &str, code: &str) {
    let line = |target: &str| Line {
        url: format!("https://a.example{target}"),
        ..Line::default()
    };
    let found = codes(&line(expected), &line(actual));
    assert_eq!(found, code, "{expected} {actual}");
}

#[test]
fn segments_that_are_objects() {
    let check = check_targets;
    check("/[object%20Object]", "/a", "path-object");
    check("/a/[object%20Object]/c?d", "/a/b/c?d", "path-object");
    check("/[object%20Object]?a", "/b?b", "different: URL");
    check("/[object%20Object]", "/", "different: URL");
    check("/[object%20Object]s", "/as", "different: URL");
    check("/?a/[object%20Object]", "/?a/b", "different: URL");
}

#[test]
fn characters_of_values_that_are_encoded() {
    let check = check_targets;
    check("/a/b/c", "/a%2Fb/c", "path-delimiter");
    check("/a?b/c?d=1", "/a%3Fb/c?d=1", "path-delimiter");
    check("/a/b", "/a%5Cb", "path-delimiter");
    check("/a", "/a%23b/c?d=1", "path-delimiter");
    check("/x:cancel;v=1", "/x%3Acancel%3Bv=1", "path-mark");
    check("/x:cancel/y", "/x%3Acancel/y", "different: URL");
    check("/a%2Fb", "/a%252Fb", "percent");
    check("/100%/b%", "/100%25/b%25", "percent");
    check("/%25", "/%2525", "percent");
    check("/a%5cb", "/a%5Cb", "encoded-form");
    check("/?u=urn%3Aid%2F7", "/?u=urn:id/7", "encoded-form");
    check("/?u=a%26b=c", "/?u=a&b=c", "different: URL");
    check("/?u=a%2Bb", "/?u=a+b", "different: URL");
    check("/a%2Fb", "/a/b", "different: URL");
    check("/a%5cb", "/a%5Db", "different: URL");
    check("/?q=a%20b%", "/?q=a%2520b%25", "percent");
    check(
        "/?q=1&b=2+3;4\\5",
        "/?q=1%26b=2%2B3%3B4\\5",
        "query-delimiter",
    );
    check("/?q=1", "/?q=1%23x&z=1", "query-delimiter");
    check(
        "/a/b?q=1&2",
        "/a%2Fb?q=1%262",
        "path-delimiter query-delimiter",
    );
    check("/m//ajX+1==/x", "/m/%252FajX%2B1%3D%3D/x", "different: URL");
    check("/m//ajX+1==/x", "/m/%252FajX%252B1%253D%253D/x", "twice");
    check("/m/ajX+1==/x", "/m/ajX%252B1%253D%253D/x", "different: URL");

    // Anything else in the same target stays a difference.
    check("/a/b", "/a%2Fc", "different: URL");
    check("/a/b", "/a%2Fb/", "different: URL");
    check("/a/b/x", "/a%2Fb", "different: URL");
    check("/a%2Fb", "/a/b", "different: URL");
    check("/a b", "/a%20b", "different: URL");
    check("/aXb", "/a%58b", "different: URL");
    check("/?a/b", "/?a%2Fb", "different: URL");
    check("/a&b", "/a%26b", "different: URL");
    check("/a%", "/a%2", "different: URL");
    check("/a/b", "/a%2", "different: URL");
    check("/a#b", "/a%23b", "path-delimiter");
    check("/ab", "/a%23b", "different: URL");
}

#[test]
fn slashes_of_a_base_url_and_a_path() {
    let check = check_targets;
    check("//v1/a", "/v1/a", "base-slash");
    check("/v1//a?b//c", "/v1/a?b//c", "base-slash");
    check("/v1//a?b//c", "/v1/a?b/c", "different: URL");
    check("/v1/a", "/v1//a", "different: URL");
}

#[test]
fn literals_and_characters_of_queries() {
    let check = check_targets;
    check("/q?a=1&n&t", "/q?a=1&n=5&t=true", "query-literal");
    check("/q?n", "/q?n=-1.5", "query-literal");
    check("/q?n", "/q?n=x", "different: URL");
    check("/q?n=", "/q?n=5", "different: URL");
    check("/n", "/n=5", "different: URL");
    check(
        "/q?a=\"x\"&g=<y>",
        "/q?a=%22x%22&g=%3Cy%3E",
        "url-character",
    );
    check("/q?a=%zz", "/q?a=%25zz", "percent");
}

#[test]
fn headers_of_the_connection() {
    let check = |expected: &str, actual: &str, code: &str| {
        let line = |names: &str| Line {
            headers: names
                .split_whitespace()
                .map(|header| header.split_once(':').unwrap_or((header, "")))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            ..Line::default()
        };
        assert_eq!(
            codes(&line(expected), &line(actual)),
            code,
            "{expected}: {actual}"
        );
    };
    check("A Accept-Encoding Connection:close", "A", "framing-header");
    check("A Host:a", "A Host:b", "framing-header");
    check("A:a Host:a", "A:b Host:b", "different: headers");
    check("A Accept-Encoding", "", "different: headers");
    check("A", "A TE", "different: headers");
}

#[test]
fn values_that_are_refused() {
    let check = |url: &str, error: &str, code: &str| {
        let expected = Line {
            url: url.to_owned(),
            ..Line::default()
        };
        let actual = Line {
            error: Some(error.to_owned()),
            ..Line::default()
        };
        assert_eq!(codes(&expected, &actual), code, "{url}");
    };
    let refusal = "`id` makes the path segment \"\", which would reach another resource";
    check("https://a.example/x//y", refusal, "path-dots");
    check("https://a.example/x/..", refusal, "path-dots");
    check("https://a.example/x/./y?q", refusal, "path-dots");
    check("https://a.example/x/y?a//b", refusal, "different: error");
    check("https://a.example/x//y", "no values", "different: error");
    let no_url = "the base URL `https://<a>.example` is not a URL";
    check("https://<a>.example/x", no_url, "host-name");
    check("https://a.example/<x>", no_url, "different: error");
}

#[test]
fn hosts_that_are_filled_in() {
    let filled = |url: &str, stand_ins| Line {
        url: url.to_owned(),
        stand_ins,
        ..Line::default()
    };
    let check_host = |url: &str, stand_ins, code: &str| {
        let expected = filled("https://<A-b>.example/x", 0);
        assert_eq!(codes(&expected, &filled(url, stand_ins)), code, "{url}");
    };
    check_host("https://a-b.example/x", 1, "stand-ins");
    check_host("https://a-b.example/x", 0, "different: origin");
    check_host("https://b.example/x", 1, "different: origin");
}

#[test]
fn bodies_that_are_no_json() {
    let check = |body: &str, code: &str| {
        let expected = Line {
            body: Some(body.to_owned()),
            ..Line::default()
        };
        let actual = Line {
            error: Some("the field `body`: it is no JSON: expected a value at byte 6".to_owned()),
            ..Line::default()
        };
        assert_eq!(codes(&expected, &actual), code, "{body}");
    };
    check(r#"{"a": }"#, "json-broken");
    check(r#"{"a": 1}"#, "different: error");
    check("text", "different: error");
}

#[test]
fn placeholders_that_are_replaced() {
    let check = |expected: (&str, &str), actual: (&str, &str), stand_ins: usize, code: &str| {
        let line = |(target, body): (&str, &str)| Line {
            url: format!("https://a.example{target}"),
            body: Some(body.to_owned()),
            ..Line::default()
        };
        let actual = Line {
            stand_ins,
            ..line(actual)
        };
        assert_eq!(codes(&line(expected), &actual), code, "{expected:?}");
    };
    let old = r#"{"a": [{"b": "<boolean>"}], "c": {{c}}, "d": "<string>"}"#;
    let new = r#"{"c":1,"a":[{"b":true}],"d":"<string>"}"#;
    check(("/", old), ("/", new), 2, "stand-ins");
    let empty = old.replace("{{c}}", "");
    check(("/", &empty), ("/", new), 2, "stand-ins");
    check(("/", old), ("/", new), 1, "different: body");
    check(
        ("/", r#"{"a": "yes"}"#),
        ("/", r#"{"a": true}"#),
        1,
        "different: body",
    );
    check(
        ("/", r#"{"a": "<long>"}"#),
        ("/", r#"{"a": 1, "b": 2}"#),
        1,
        "different: body",
    );
    check(
        ("/", r#"{"a": "<long>", "b": 1}"#),
        ("/", r#"{"a": 1, "b": 2}"#),
        1,
        "different: body",
    );
    check(
        ("/%3Clong%3E/x?a=<long>", ""),
        ("/1/x?a=2", ""),
        2,
        "stand-ins",
    );
    check(
        ("/%3Clong%3E/x/y", ""),
        ("/1/x%2Fy", ""),
        1,
        "different: URL",
    );
    check(
        ("/%3Clong%3E?a=1+2", ""),
        ("/1?a=1%2B2", ""),
        1,
        "query-delimiter",
    );
    check(("/%3Clong%3E", ""), ("/x", ""), 1, "different: URL");
    check(("/%3Clong%3E", ""), ("/1", ""), 0, "different: URL");
    check(("/%3Clong%3E/a", ""), ("/1/b", ""), 1, "different: URL");
}

#[test]
fn credentials_that_are_several() {
    let check = |expected: &[(&str, &str)], actual: &[(&str, &str)], code: &str| {
        let line = |headers: &[(&str, &str)]| Line {
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..Line::default()
        };
        assert_eq!(codes(&line(expected), &line(actual)), code, "{expected:?}");
    };
    check(&[("Authorization", "")], &[], "different: headers");
    check(
        &[("Authorization", "")],
        &[("Authorization", "a")],
        "different: headers",
    );
    let (one, other) = (("Authorization", "Bearer a"), ("Authorization", "b"));
    check(&[one, other], &[one], "authorization-repeated");
    check(&[one, ("X", "1")], &[one], "different: headers");
    check(
        &[one, other],
        &[("Authorization", "c")],
        "different: headers",
    );
}

#[test]
fn forms_in_the_order_of_the_document() {
    let check = |expected: &str, actual: &str, code: &str| {
        let line = |body: &str| Line {
            headers: vec![(
                "Content-Type".to_owned(),
                "application/x-www-form-urlencoded".to_owned(),
            )],
            body: Some(body.to_owned()),
            ..Line::default()
        };
        assert_eq!(codes(&line(expected), &line(actual)), code, "{expected}");
    };
    check("1=b&10=c&a=a", "a=a&10=c&1=b", "form-order");
    check("a=1&a=3&b=2", "a=1&b=2&a=3", "form-order");
    check(
        "4294967294=&01=&4294967295=",
        "01=&4294967294=&4294967295=",
        "form-order",
    );
    check("4294967295=&01=", "01=&4294967295=", "different: body");
    check("01=b&a=a", "a=a&01=b", "different: body");
    check("b=1&a=1", "a=1&b=1", "different: body");
    check("1=b&a=a", "a=a&1=c", "different: body");
    check("1=b&a=a", "a=a&1=b&2=c", "different: body");
}

#[test]
fn one_reason_does_not_excuse_another_part() {
    let expected = Line {
        url: "https://a.example/a/b".to_owned(),
        body: Some("x".to_owned()),
        ..Line::default()
    };
    let mut actual = Line {
        url: "https://a.example/a%2Fb".to_owned(),
        ..expected.clone()
    };
    assert_eq!(codes(&expected, &actual), "path-delimiter");
    actual.body = Some("y".to_owned());
    assert_eq!(codes(&expected, &actual), "different: URL body");
    actual.body.clone_from(&expected.body);
    actual.method = "PUT".to_owned();
    assert_eq!(codes(&expected, &actual), "different: method URL");
}

#[test]
fn signatures_of_other_bytes() {
    let check =
        |expected: &[(&str, &str)], actual: &[(&str, &str)], bodies: [&str; 2], code: &str| {
            let line = |headers: &[(&str, &str)], body: &str| Line {
                method: "POST".to_owned(),
                headers: headers
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect(),
                body: Some(body.to_owned()),
                ..Line::default()
            };
            let (expected, actual) = (line(expected, bodies[0]), line(actual, bodies[1]));
            assert_eq!(codes(&expected, &actual), code, "{expected:?} {actual:?}");
        };
    let edgegrid = |signature: &str| format!("EG1-HMAC-SHA256 nonce=a;signature={signature}");
    let (one, other) = (edgegrid("x="), edgegrid("y="));
    let (one, other) = (
        ("Authorization", one.as_str()),
        ("authorization", other.as_str()),
    );
    check(&[one], &[other], ["[1, 2]", "[1,2]"], "signature");
    check(&[one], &[other], ["[1]", "[1]"], "different: headers");
    check(
        &[one],
        &[other],
        ["[1, 2]", "[1]"],
        "different: headers body",
    );
    let nonce = ("authorization", "EG1-HMAC-SHA256 nonce=b;signature=y=");
    check(&[one], &[nonce], ["[1, 2]", "[1,2]"], "different: headers");

    let aws = [
        (
            "authorization",
            "AWS4-HMAC-SHA256 Credential=a, Signature=1",
        ),
        ("x-amz-content-sha256", "1"),
    ];
    let other = [
        (
            "authorization",
            "AWS4-HMAC-SHA256 Credential=a, Signature=2",
        ),
        ("x-amz-content-sha256", "2"),
    ];
    check(&aws, &other, ["[1, 2]", "[1,2]"], "signature");
    check(
        &aws[1..],
        &other[1..],
        ["[1, 2]", "[1,2]"],
        "different: headers",
    );
    let bearer = [("authorization", "Bearer 1")];
    check(
        &bearer,
        &[("authorization", "Bearer 2")],
        ["[1, 2]", "[1,2]"],
        "different: headers",
    );
}
