//! What the URL of a request is, and which values are refused.

use letterpress_client::{Endpoint, RequestError, Settings};

use crate::probe::{BASE, get, probe};

fn one_segment(value: &str) -> Result<String, RequestError> {
    let value = value.to_owned();
    let request = get().path(move |path| {
        path.text("/meetings/");
        path.value("id", &value);
        path.text("/livestream");
    });
    request.target()
}

#[test]
fn path_values_stay_in_their_segment() {
    let table = [
        ("68423085", "68423085"),
        ("A-Z.a~z_0", "A-Z.a~z_0"),
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("x?y#z", "x%3Fy%23z"),
        ("a b+c", "a%20b+c"),
        ("a;b=c", "a%3Bb=c"),
        ("%2e%2e", "%252e%252e"),
        ("..%2F..%2Fx", "..%252F..%252Fx"),
        ("../x", "..%2Fx"),
        ("...", "..."),
        ("é{}", "%C3%A9%7B%7D"),
        ("!$&'()*+,=@:[]|^", "!$&'()*+,=@:[]|^"),
        ("\"#%/;<>?\\`{}", "%22%23%25%2F%3B%3C%3E%3F%5C%60%7B%7D"),
        ("\r\nHost: evil", "%0D%0AHost:%20evil"),
        ("\0\u{7f}", "%00%7F"),
        ("pTLY+5h/QMCxUYUj==", "pTLY+5h%2FQMCxUYUj=="),
        ("https://evil.example", "https:%2F%2Fevil.example"),
    ];
    for (value, encoded) in table {
        let target = one_segment(value).unwrap();
        assert_eq!(
            target,
            format!("/meetings/{encoded}/livestream"),
            "{value:?}"
        );
    }
}

#[test]
fn a_value_at_the_end_is_no_verb() {
    let table: [(&'static str, &'static str, &'static str, &str); 6] = [
        ("/jobs/", "7:cancel", "", "/jobs/7%3Acancel"),
        ("/jobs/", "7:cancel", "/log", "/jobs/7:cancel/log"),
        ("/jobs/", "7:cancel", "/", "/jobs/7:cancel/"),
        ("/jobs/", "7:x", ":cancel", "/jobs/7%3Ax:cancel"),
        ("/a:b/", "a:b:", ".json", "/a:b/a%3Ab%3A.json"),
        ("", "a:b", "", "/a%3Ab"),
    ];
    for (before, value, after, expected) in table {
        let request = get().path(move |path| {
            path.text(before);
            path.value("v", &value);
            path.text(after);
        });
        assert_eq!(request.target().unwrap(), expected);
    }
    let three = get().path(|path| {
        path.text("/");
        path.value("a", &"1:2");
        path.text("/");
        path.value("b", &"3:4");
        path.value("c", &":5");
    });
    assert_eq!(three.target().unwrap(), "/1:2/3%3A4%3A5");
}

#[test]
fn values_with_slashes_are_encoded_twice_where_an_api_asks_for_it() {
    let target = |value: &'static str| {
        let request = get().path(move |path| {
            path.text("/past/");
            path.encoded_twice("uuid", &value);
        });
        request.target()
    };
    for (value, encoded) in [
        ("/ajXp112Q==", "%252FajXp112Q%253D%253D"),
        ("a//b", "a%252F%252Fb"),
        ("4444AAA+==", "4444AAA+=="),
        ("85746065", "85746065"),
        ("..a/b..", "..a%252Fb.."),
    ] {
        assert_eq!(target(value).unwrap(), format!("/past/{encoded}"));
    }
    for value in [
        "", ".", "..", "../x", "x/../y", "a/.", "%2F..", "%2e%2e", "\t./x",
    ] {
        let refused = matches!(
            target(value),
            Err(RequestError::PathValue { name: "uuid", .. })
        );
        assert!(refused, "{value:?}");
    }
}

#[test]
fn path_values_cannot_reach_another_resource() {
    for value in [
        "", ".", "..", "\t", "\t..", "..\t", ".\t.", "\r\n", "\n.", ".\r.\n", "\t.\n",
    ] {
        match one_segment(value) {
            Err(RequestError::PathValue { name, value: kept }) => {
                assert_eq!((name, kept.as_str()), ("id", value));
            }
            other => panic!("{value:?}: {other:?}"),
        }
    }
}

#[test]
fn an_empty_segment_is_sent_where_the_user_says_so() {
    let settings = Settings::new().empty_segments();
    let path_of = |values: [&'static str; 2]| {
        let endpoint = get().path(move |path| {
            path.text("/teams/");
            path.value("team", &values[0]);
            path.text("/users/");
            path.value("user", &values[1]);
        });
        let request = settings.request(&endpoint);
        request.map(|request| request.uri().to_string().replace(BASE.default, ""))
    };
    let check = |values, expected: Option<&str>| {
        assert_eq!(path_of(values).ok().as_deref(), expected, "{values:?}");
    };
    check(["a", "b"], Some("/teams/a/users/b"));
    check(["", "b"], Some("/teams//users/b"));
    check(["a", ""], Some("/teams/a/users/"));
    check(["", ""], Some("/teams//users/"));
    check(["a", "."], None);
    check(["..", ""], None);
    check(["\t", "b"], None);
}

#[test]
fn the_whole_segment_counts() {
    let table = [
        ("/report-", "", ".csv", Some("/report-.csv")),
        ("/.", ".", "", None),
        ("/%2e", ".", "", None),
        ("/%2E", "", "/x", None),
        ("/.", "\t", "/x", None),
        ("/.", "x", "", Some("/.x")),
        ("/a.", "", "b/..", Some("/a.b/..")),
        ("", "x", "", Some("/x")),
        ("", "", "", None),
        ("x", "y", "", Some("/xy")),
    ];
    for (before, value, after, expected) in table {
        let request = get().path(move |path| {
            path.text(before);
            path.value("v", &value);
            path.text(after);
        });
        let target = request.target();
        assert_eq!(
            target.ok().as_deref(),
            expected,
            "{before:?} {value:?} {after:?}"
        );
    }
    let two = get().path(|path| {
        path.text("/");
        path.value("a", &".");
        path.value("b", &".");
    });
    assert!(two.target().is_err());
}

#[test]
fn query_values_stay_in_their_element() {
    let table = [
        ("a b", "a%20b"),
        ("a&b=c#d", "a%26b=c%23d"),
        ("+%;'[]", "%2B%25;%27[]"),
        ("52.5,-0.1;51.5,-0.2", "52.5,-0.1;51.5,-0.2"),
        ("a;admin=1", "a%3Badmin=1"),
        ("a=1;b;c=2;d", "a=1%3Bb%3Bc=2;d"),
        ("-._~!$()*,:@/?=", "-._~!$()*,:@/?="),
        ("\"<>\\^`{|}", "%22%3C%3E\\^`{|}"),
        ("é\r\n", "%C3%A9%0D%0A"),
        ("", ""),
    ];
    for (value, encoded) in table {
        let request = get().query(move |query| query.pair("k", &value));
        assert_eq!(request.target().unwrap(), format!("/x?k={encoded}"));
    }
}

#[test]
fn query_elements_keep_their_form_and_order() {
    let none = get();
    assert_eq!(none.target().unwrap(), "/x");

    let mark = get().query(|query| query.text(""));
    assert_eq!(mark.target().unwrap(), "/x?");

    let all = get().query(|query| {
        query.pair_or_name("flag", &None::<String>);
        query.pair_or_name("flag", &Some(1));
        query.pair("none", &None::<i64>);
        query.pair("list", &vec!["a&", "b"]);
        query.pair("b[]", &1);
        query.pair("a", &true);
        query.text("");
        query.text("fixed=%7B1%7D");
        query.pairs(&[("n=&[{".to_owned(), "v=&".to_owned())]);
        query.json("json", &Some(vec![1_i64]));
        query.json("none", &None::<i64>);
        query.pair("b[]", &2);
    });
    let expected = "/x?flag&flag=1&list=a%26&list=b&b[]=1&a=true&&fixed=%7B1%7D\
        &n%3D%26[{=v=%26&json=[1]&b[]=2";
    assert_eq!(all.target().unwrap(), expected);
}

#[test]
fn base_path_and_query_are_joined_as_text() {
    let table = [
        ("https://h", "/x", "https://h/x"),
        ("https://h", "", "https://h/"),
        ("https://h/v2/", "/x", "https://h/v2/x"),
        ("https://h/v2//", "/x", "https://h/v2/x"),
        ("https://h/v2/", "", "https://h/v2/"),
        (" https://h/v2\n", "/x", "https://h/v2/x"),
        ("HTTPS://h", "/x", "https://h/x"),
        (
            "https://bücher.example:8443/v2",
            "/x",
            "https://xn--bcher-kva.example:8443/v2/x",
        ),
        ("http://[0:0::1]:1", "/x", "http://[::1]:1/x"),
        (
            "http://h:8080/a/../b",
            "//c/./d//",
            "http://h:8080/a/../b//c/./d//",
        ),
        ("https://h", "x", "https://h/x"),
        (
            "https://h/v2",
            "/%7B%7Bunset%7D%7D/[a]|^",
            "https://h/v2/%7B%7Bunset%7D%7D/[a]|^",
        ),
        ("https://[::1]:1/v2", "/x", "https://[::1]:1/v2/x"),
    ];
    for (base, path, expected) in table {
        let request = get().path(move |p| p.text(path)).to_http(base).unwrap();
        assert_eq!(request.uri(), expected);
        assert_eq!(request.uri().to_string(), expected);
    }
}

#[test]
fn unusable_base_urls_are_refused() {
    let table = [
        ("", "is not set"),
        ("api.example.com", "does not begin with"),
        ("localhost:8080", "does not begin with"),
        ("/v2", "does not begin with"),
        ("ftp://h", "does not begin with"),
        ("https://", "has no host"),
        ("https:///x", "has no host"),
        ("https://:80", "has no host"),
        ("https://h\\@evil", "has credentials"),
        ("https://a b", "is not a URL"),
        ("https://{{host}}/v2", "is not a URL"),
        ("{{baseUrl}}", "does not begin with"),
        ("http://127.1", "has an IPv4 address"),
        ("http://0x7f000001:80/", "has an IPv4 address"),
        ("http://2130706433", "has an IPv4 address"),
        ("http://[fe80::1%25eth0]", "has a host in brackets"),
        ("https://u:p@h", "has credentials"),
        ("https://h/x?y", "has a query"),
        ("https://h#", "has a query or a fragment"),
    ];
    for (base, expected) in table {
        match get().to_http(base) {
            Err(RequestError::BaseUrl { name, problem }) => {
                assert_eq!(name, BASE.name);
                assert!(problem.starts_with(expected), "{base}: {problem}");
            }
            other => panic!("{base}: {other:?}"),
        }
    }
}

#[test]
fn unsendable_targets_are_refused() {
    for path in ["/a#b", "/é", "/a b"] {
        let error = get().path(move |p| p.text(path)).http().unwrap_err();
        assert!(
            matches!(error, RequestError::Target { .. }),
            "{path}: {error:?}"
        );
    }
    let long = "x".repeat(70_000);
    let error = get().query(move |query| query.pair("secret", &long));
    let text = error.http().unwrap_err().to_string();
    assert_eq!(
        text,
        "the path \"/x\" or its query cannot be sent as written"
    );
}

#[test]
fn methods_are_tokens() {
    assert_eq!(probe::<7, 0>().http().unwrap().method(), "PROPFIND");
    let error = probe::<8, 0>().http().unwrap_err();
    assert_eq!(error.to_string(), "\"PO ST\" cannot be a method");
}
