//! Digest access authentication.

use letterpress_client::{Body, DigestKeys};

use super::cases::{DIGEST, DIGEST_POST};
use super::{BASE, Call, at, check, request};

/// The answer to a challenge of that algorithm and quality of protection.
fn answered<const CASE: usize>(challenge: &str, body: Body) -> Option<String> {
    let call = Call::<CASE> {
        body,
        ..Call::new("http://api.example.com/dir/index.html?a=1")
    };
    let settings = at(0, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
        .digest(DigestKeys::new("Mufasa", "Circle of Life"))
        .base_url(BASE, call.parts().0);
    assert!(
        !request(&settings, &call)
            .headers()
            .contains_key("authorization")
    );

    let response = http::Response::builder().status(401);
    let response = response
        .header("www-authenticate", challenge)
        .body(())
        .unwrap();
    let answer = settings.answer(&call, &response).unwrap()?;
    Some(
        answer.headers()["authorization"]
            .to_str()
            .unwrap()
            .to_owned(),
    )
}

#[test]
fn challenges_are_answered_by_any_algorithm() {
    let challenge = |algorithm: &str, quality: &str| {
        format!(
            "Basic realm=\"no, not this\", Digest realm=\"http-auth@example.org\", qop=\"{quality}\", \
             nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", algorithm={algorithm}, \
             opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
        )
    };
    let check = |algorithm: &str, quality: &str, response: &str| {
        let answer = answered::<DIGEST>(&challenge(algorithm, quality), Body::Empty).unwrap();
        assert!(
            answer.contains(&format!("response=\"{response}\"")),
            "{algorithm}: {answer}"
        );
    };
    check("MD5", "auth", "84fff28c31ff9dc2ba7046c6508aba6d");
    check(
        "SHA-256",
        "auth",
        "0e3b27639132eb3c732b6b121bad15b52bb09d1b6eb97f94cb33902b51683376",
    );
    check(
        "SHA-512-256",
        "auth",
        "e6135e4d516e07e305889311223af121ff9ba1344ea1723c013f3d933bb2a6c7",
    );
    check("MD5-sess", "auth", "7521056862be2cc0c9f809c9f115cbfd");
    check(
        "SHA-256-sess",
        "auth",
        "48fb3a4328e0f1fc58263b0453878d8fae03fe2b17e6c218eabcf9f660fadf5e",
    );
    check("", "auth", "84fff28c31ff9dc2ba7046c6508aba6d");
    check("MD5", "", "9918359cbbc43da0e97cb210d7437918");
    let whole = r#"Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html?a=1", algorithm="MD5", qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", response="84fff28c31ff9dc2ba7046c6508aba6d", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#;
    let challenge = |algorithm: &str| challenge(algorithm, "auth-int,auth");
    assert_eq!(
        answered::<DIGEST>(&challenge("MD5"), Body::Empty).unwrap(),
        whole
    );
    assert_eq!(answered::<DIGEST>(&challenge("ROT13"), Body::Empty), None);
    assert_eq!(
        answered::<DIGEST>("Digest realm=\"no nonce", Body::Empty),
        None
    );
    let body = Body::text("text/plain", "hello");
    let whole = challenge("MD5").replace("auth-int,auth", "auth-int");
    let answer = answered::<DIGEST_POST>(&whole, body).unwrap();
    assert!(
        answer.contains("qop=auth-int") && answer.contains("aa0d8b7b6956b4bc7541df338fddb1ef"),
        "{answer}"
    );
}

#[test]
fn a_challenge_that_is_known_is_answered_at_once() {
    let keys = DigestKeys::new("u\"ser", "p")
        .challenge(r#"Digest realm="a\"b", nonce=n, nc=00000002, qop=auth"#);
    let expected = concat!(
        r#"Digest username="u\"ser", realm="a\"b", nonce="n", uri="/", algorithm="MD5", qop=auth, "#,
        r#"nc=00000002, cnonce="c", response="350dddbb5ecd974bc6b1247d1a837ba6""#
    );
    let call = Call::<DIGEST>::new("https://api.example.com/");
    check(
        &at(0, "c").digest(keys),
        &call,
        &[("authorization", expected)],
    );
}
