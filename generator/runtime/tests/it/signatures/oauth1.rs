//! OAuth 1.0.

use letterpress_client::{Body, OAuth1Keys};

use super::{Call, at, check, form};

fn oauth1() -> OAuth1Keys {
    OAuth1Keys::new("ck", "c&s").token("tk", "ts")
}

#[test]
fn oauth1_signs_by_any_method_in_any_place() {
    let at = at(1_600_000_000, "n0nce");
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<0>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[
            (
                "authorization",
                r#"OAuth oauth_consumer_key="ck",oauth_token="tk",oauth_signature_method="HMAC-SHA1",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_signature="hyLwfW9C83Lr7Nhqki6UaSgGvKg%3D""#,
            ),
            ("url", "https://api.example.com/a/b?x=1&y=a%20b"),
        ],
    );
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<1>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "authorization",
            r#"OAuth realm="a%20b",oauth_consumer_key="ck",oauth_token="tk",oauth_signature_method="HMAC-SHA256",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_signature="jrmTB0OeiCY8ypm%2Br4qO%2B4WamsRrpzN8eGExwNoxjVE%3D""#,
        )],
    );
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<2>::new("https://api.example.com:8443/a%20b?q=1&q=0&e=&bare&s=a+b&st*r=(x)"),
        &[(
            "url",
            "https://api.example.com:8443/a%20b?q=1&q=0&e=&bare&s=a%20b&st%2Ar=%28x%29&oauth_consumer_key=ck&oauth_token=tk&oauth_signature_method=HMAC-SHA512&oauth_timestamp=1600000000&oauth_nonce=n0nce&oauth_version=1.0&oauth_signature=kKCWEP2qLS6FPmNf0AL%2FjhU5Xqivmi1UrVbOeDip6DKGrht5erUpiLfEzaZYMY2HOjVCg53iGe%2FfS%2BlfiF2DyA%3D%3D",
        )],
    );
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<3> {
            body: form(&[("z", "ü 1"), ("a", "x&y=1")]),
            ..Call::new("https://api.example.com/a/b?x=1&y=a%20b")
        },
        &[
            ("url", "https://api.example.com/a/b?x=1&y=a%20b"),
            (
                "body",
                "z=%C3%BC%201&a=x%26y%3D1&oauth_consumer_key=ck&oauth_token=tk&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1600000000&oauth_nonce=n0nce&oauth_version=1.0&oauth_signature=bbfToj%2Fmkl8B1neNGvO2eQ2vVn4%3D",
            ),
        ],
    );
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<4> {
            body: form(&[("z", "ü 1"), ("a", "x&y=1")]),
            ..Call::new("https://api.example.com/a/b?x=1&y=a%20b")
        },
        &[
            (
                "authorization",
                r#"OAuth oauth_consumer_key="ck",oauth_token="tk",oauth_signature_method="HMAC-SHA1",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_signature="bbfToj%2Fmkl8B1neNGvO2eQ2vVn4%3D""#,
            ),
            ("body", "z=%C3%BC%201&a=x%26y%3D1"),
        ],
    );
}

#[test]
fn oauth1_signs_with_any_option() {
    let at = at(1_600_000_000, "n0nce");
    check(
        &at.clone().oauth1(OAuth1Keys::new("ck", "c&s")),
        &Call::<5>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "authorization",
            r#"OAuth oauth_consumer_key="ck",oauth_signature_method="PLAINTEXT",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_signature="c%2526s%26""#,
        )],
    );
    check(
        &at.clone()
            .oauth1(OAuth1Keys::new("ck", "c&s").token("", "ts")),
        &Call::<6>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "url",
            "https://api.example.com/a/b?x=1&y=a%20b&oauth_consumer_key=ck&oauth_token=&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1600000000&oauth_nonce=n0nce&oauth_version=1.0&oauth_signature=xaNO4nUp0ytqmVfz3u%2Fk1ZrHQOM%3D",
        )],
    );
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<7> {
            body: Body::text("text/plain", "hello"),
            ..Call::new("https://api.example.com/a/b?x=1&y=a%20b")
        },
        &[(
            "authorization",
            r#"OAuth oauth_consumer_key="ck",oauth_token="tk",oauth_signature_method="HMAC-SHA1",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_body_hash="qvTGHdzF6KLavt4PO0gs2a6pQ00%3D",oauth_signature="5xMbbGqpv81PZl5RLpBJ2C51rRU%3D""#,
        )],
    );
}

#[test]
fn oauth1_leaves_out_what_it_should() {
    let at = at(1_600_000_000, "n0nce");
    check(
        &at.clone()
            .oauth1(oauth1().callback("https://me.example/cb?a=1").verifier("v")),
        &Call::<8>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "authorization",
            r#"OAuth oauth_consumer_key="ck",oauth_token="tk",oauth_signature_method="HMAC-SHA1",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_callback="https://me.example/cb?a=1",oauth_verifier="v",oauth_signature="ofsroh6vAZv51wfnwNoZXwYgQCo=""#,
        )],
    );
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<9>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "authorization",
            r#"OAuth oauth_consumer_key="ck",oauth_token="tk",oauth_signature_method="HMAC-SHA1",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_signature="U7IzmOz5BdwSNSiHWv0QWeu6tjs%3D""#,
        )],
    );
    check(
        &at.clone().oauth1(oauth1()),
        &Call::<0> {
            headers: &[("authorization", "old")],
            ..Call::new("http://api.example.com/?oauth_token=old&a=1")
        },
        &[
            (
                "authorization",
                r#"OAuth oauth_consumer_key="ck",oauth_token="tk",oauth_signature_method="HMAC-SHA1",oauth_timestamp="1600000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_signature="nDRTCfUl0c1LYBhV245ZZxNOA8I%3D""#,
            ),
            ("url", "http://api.example.com/?a=1"),
        ],
    );
}
