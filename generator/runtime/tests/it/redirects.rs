//! Which redirects are followed, where to, and what goes along.

use http::{Method, Request, Response};
use letterpress_client::redirect::{LIMIT, Redirects};
use letterpress_client::{Body, Settings};

use crate::probe::probe;

fn request(method: &str, body: Body) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri("https://h.example/a/b?q=1");
    request.body(body).unwrap()
}

fn redirect(status: u16, location: &[u8]) -> Response<()> {
    let response = Response::builder()
        .status(status)
        .header("location", location);
    response.body(()).unwrap()
}

fn target(location: &str) -> Option<String> {
    let mut redirects = Redirects::of(&request("GET", Body::Empty));
    let next = redirects.follow(&redirect(302, location.as_bytes()))?;
    Some(next.uri().to_string())
}

#[test]
fn locations_are_resolved_as_rfc_3986_says() {
    let table = [
        (
            "https://other.example/x?y#z",
            Some("https://other.example/x?y"),
        ),
        ("http://h.example:8080", Some("http://h.example:8080/")),
        ("HTTPS://h.example/x", Some("https://h.example/x")),
        ("//other.example/x", Some("https://other.example/x")),
        ("/x/../y", Some("https://h.example/y")),
        ("/x/%2e%2E/y/.", Some("https://h.example/y/")),
        ("/x//y", Some("https://h.example/x//y")),
        ("/../../..", Some("https://h.example/")),
        ("c?d=e", Some("https://h.example/a/c?d=e")),
        ("../c", Some("https://h.example/c")),
        ("./", Some("https://h.example/a/")),
        ("?z", Some("https://h.example/a/b?z")),
        ("", Some("https://h.example/a/b?q=1")),
        ("#f", Some("https://h.example/a/b?q=1")),
        (" /x ", Some("https://h.example/x")),
        (
            "/a b\t\"{}é\\",
            Some("https://h.example/a%20b%09%22%7B%7D%C3%A9%5C"),
        ),
        (
            "/x?u=https://y/..",
            Some("https://h.example/x?u=https://y/.."),
        ),
        ("javascript:alert(1)", None),
        ("ftp://h.example/x", None),
        ("https:x", None),
        ("https:///x", None),
        ("https://user:pass@h.example/x", None),
        ("https://good.example\\@evil.example/", None),
        ("//", None),
    ];
    for (location, expected) in table {
        assert_eq!(target(location).as_deref(), expected, "{location:?}");
    }
}

#[test]
fn only_safe_requests_without_a_body_are_redirected() {
    let text = || Body::text("text/plain", "x");
    let table = [
        ("GET", Body::Empty, 302, true),
        ("HEAD", Body::Empty, 302, true),
        ("GET", text(), 302, false),
        ("POST", Body::Empty, 302, false),
        ("POST", text(), 303, false),
        ("PUT", Body::Empty, 307, false),
        ("DELETE", Body::Empty, 308, false),
        ("GET", Body::Empty, 301, true),
        ("GET", Body::Empty, 303, true),
        ("GET", Body::Empty, 307, true),
        ("GET", Body::Empty, 308, true),
        ("GET", Body::Empty, 200, false),
        ("GET", Body::Empty, 201, false),
        ("GET", Body::Empty, 300, false),
        ("GET", Body::Empty, 304, false),
        ("GET", Body::Empty, 305, false),
        ("GET", Body::Empty, 404, false),
    ];
    for (method, body, status, followed) in table {
        let mut redirects = Redirects::of(&request(method, body));
        let next = redirects.follow(&redirect(status, b"/x"));
        assert_eq!(next.is_some(), followed, "{method} {status}");
        assert!(next.is_none_or(|next| next.method() == method));
    }
    let mut redirects = Redirects::of(&request("GET", Body::Empty));
    let nowhere = Response::builder().status(302).body(()).unwrap();
    assert!(redirects.follow(&nowhere).is_none());
}

#[test]
fn there_is_an_end() {
    let mut redirects = Redirects::of(&request("GET", Body::Empty));
    for _ in 0..LIMIT {
        assert!(redirects.follow(&redirect(302, b"/a/b")).is_some());
    }
    assert!(redirects.follow(&redirect(302, b"/a/b")).is_none());
}

#[test]
fn no_credential_goes_to_another_origin() {
    let table = [
        ("/x", true),
        ("https://h.example:443/x", true),
        ("https://H.EXAMPLE/x", true),
        ("http://h.example/x", false),
        ("https://h.example:444/x", false),
        ("https://sub.h.example/x", false),
        ("//evil.example/x", false),
    ];
    let mut first = request("GET", Body::Empty);
    let headers = [
        ("authorization", "Bearer hunter2"),
        ("cookie", "hunter2"),
        ("x-api-key", "hunter2"),
        ("host", "h.example"),
        ("accept", "text/csv"),
        ("user-agent", "test"),
    ];
    for (name, value) in headers {
        first.headers_mut().insert(name, value.parse().unwrap());
    }
    for (location, same) in table {
        let next = Redirects::of(&first)
            .follow(&redirect(302, location.as_bytes()))
            .unwrap();
        let mut names: Vec<_> = next
            .headers()
            .keys()
            .map(http::HeaderName::as_str)
            .collect();
        names.sort_unstable();
        let all = [
            "accept",
            "authorization",
            "cookie",
            "host",
            "user-agent",
            "x-api-key",
        ];
        let expected = if same {
            &all[..]
        } else {
            &["accept", "user-agent"]
        };
        assert_eq!(names, expected, "{location}");
    }
}

#[test]
fn a_key_in_the_query_is_not_copied() {
    let settings = Settings::new().api_key("key", "hunter2");
    let first = settings.request(&probe::<0, 8>()).unwrap();
    for location in ["/x", "//evil.example/x?a=1"] {
        let next = Redirects::of(&first)
            .follow(&redirect(302, location.as_bytes()))
            .unwrap();
        assert!(!next.uri().to_string().contains("hunter2"));
    }
}

#[test]
fn credentials_do_not_come_back() {
    let mut first = request("GET", Body::Empty);
    first
        .headers_mut()
        .insert("authorization", "x".parse().unwrap());
    let mut redirects = Redirects::of(&first);
    redirects
        .follow(&redirect(302, b"https://evil.example/"))
        .unwrap();
    let back = redirects
        .follow(&redirect(302, b"https://h.example/a"))
        .unwrap();
    assert_eq!(back.method(), Method::GET);
    assert!(back.headers().is_empty());
}
