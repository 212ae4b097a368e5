//! Hawk, `EdgeGrid` and JSON Web Tokens.

use letterpress_client::{Body, EdgeGridKeys, HawkKeys, JwtKeys};

use super::{Call, at, check};

#[test]
fn hawk_signs_with_and_without_the_body() {
    let at = at(1_353_832_234, "j4h3g2");
    check(
        &at.clone().hawk(HawkKeys::new("id1", "k3y")),
        &Call::<15>::new("http://example.com:8000/resource/1?b=1&a=2"),
        &[(
            "authorization",
            r#"Hawk id="id1", ts="1353832234", nonce="j4h3g2", mac="QkxFyf9cPec3Ojy7qXd3ft+5k19P0Oi1udFRhsW35W8=""#,
        )],
    );
    check(
        &at.clone().hawk(
            HawkKeys::new("id1", "k3y")
                .ext(r#"some "app" \data"#)
                .app("app1", "dlg1"),
        ),
        &Call::<15>::new("https://example.com/"),
        &[(
            "authorization",
            r#"Hawk id="id1", ts="1353832234", nonce="j4h3g2", ext="some \"app\" \\data", mac="DaSGrB3yTEqzKdiqMaQNeZOf+O4WlOV1KM2x94Tp6fI=", app="app1", dlg="dlg1""#,
        )],
    );
    check(
        &at.clone().hawk(HawkKeys::new("id1", "k3y").app("app1", "")),
        &Call::<16>::new("https://example.com/"),
        &[(
            "authorization",
            r#"Hawk id="id1", ts="1353832234", nonce="j4h3g2", mac="jPaP7MTHBKKgMWPyJQ/JXyS2HmI=", app="app1""#,
        )],
    );
    check(
        &at.clone().hawk(HawkKeys::new("id1", "k3y")),
        &Call::<17> {
            body: Body::text("text/plain; charset=utf-8", "Thank you"),
            ..Call::new("https://example.com/x")
        },
        &[(
            "authorization",
            r#"Hawk id="id1", ts="1353832234", nonce="j4h3g2", hash="m+CvbOWm15mnslfmhtnMgGIWNkZGBiauFMGjDNwwMGg=", mac="5CgGoPtOIFQUvVI9fwc+8V8tUv1fSrQtiFnOG7iyUz4=""#,
        )],
    );
    check(
        &at.clone().hawk(HawkKeys::new("id1", "k3y")),
        &Call::<18>::new("https://example.com/x"),
        &[(
            "authorization",
            r#"Hawk id="id1", ts="1353832234", nonce="j4h3g2", mac="T6MUckLi0d/J6pAeeMvt8EMm0xAWcB6FIPLbOl040GA=""#,
        )],
    );
}

#[test]
fn edgegrid_signs_headers_and_the_body_of_a_post() {
    let at = at(1_709_194_366, "nnn");
    check(
        &at.clone().edgegrid(EdgeGridKeys::new("ct", "cs", "at")),
        &Call::<19>::new("https://x.luna.example/a/b?c=d"),
        &[(
            "authorization",
            "EG1-HMAC-SHA256 client_token=ct;access_token=at;timestamp=20240229T08:12:46+0000;nonce=nnn;signature=kS49vayu5HxQZh3E3a5AipeNgTdyRMfv93y7UZD/J/A=",
        )],
    );
    check(
        &at.clone().edgegrid(EdgeGridKeys::new("ct", "cs", "at")),
        &Call::<20> {
            headers: &[("x-a", "a  b"), ("x-b", "2")],
            body: Body::text("text/plain", "0123456789"),
            ..Call::new("https://X.luna.example:8443/a")
        },
        &[(
            "authorization",
            "EG1-HMAC-SHA256 client_token=ct;access_token=at;timestamp=20240229T08:12:46+0000;nonce=nnn;signature=gGOTw0fit6+CkdEXbA9fxj/XlvRwZ9KpaQHnOFRgxaQ=",
        )],
    );
    check(
        &at.clone()
            .edgegrid(EdgeGridKeys::new("ct", "cs", "at").host("Base.example")),
        &Call::<21> {
            body: Body::text("text/plain", "0123456789"),
            ..Call::new("https://x.luna.example/a")
        },
        &[(
            "authorization",
            "EG1-HMAC-SHA256 client_token=ct;access_token=at;timestamp=20240229T08:12:46+0000;nonce=nnn;signature=Q8OjefkMibk5XTCA7fNZE+qf2Z5XWgC0i7zMBVsor84=",
        )],
    );
}

#[test]
fn tokens_are_made_for_the_request() {
    let at = at(0, "");
    check(
        &at.clone().jwt(JwtKeys::new(
            "s3cret",
            r#"{ "iss": "me", "n": 1.5, "t": true }"#,
        )),
        &Call::<22>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "authorization",
            "Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJtZSIsIm4iOjEuNSwidCI6dHJ1ZX0.Q5A1zspB8ZiczNo3XMD4RXdwRe0jZS2HfML0vP9D4hg",
        )],
    );
    check(
        &at.clone().jwt(JwtKeys::new(
            "s3cret",
            r#"{ "iss": "me", "n": 1.5, "t": true }"#,
        )),
        &Call::<23>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "authorization",
            "JWT eyJraWQiOiJrMSIsImFsZyI6IkhTMzg0IiwidHlwIjoiSldUIn0.eyJpc3MiOiJtZSIsIm4iOjEuNSwidCI6dHJ1ZX0.3NEi9wQ5supppqKw-XWz--HjvQP66eyjundY-8III1mRFkJG-SIJKXn5XmTeZMfB",
        )],
    );
    check(
        &at.clone().jwt(JwtKeys::new(
            "c2VjcmV0",
            r#"{ "iss": "me", "n": 1.5, "t": true }"#,
        )),
        &Call::<24>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "authorization",
            "eyJhbGciOiJIUzUxMiJ9.eyJpc3MiOiJtZSIsIm4iOjEuNSwidCI6dHJ1ZX0.0-XymAVpFzfjs1mGOraIfv_o_-UzQgECiO4iZDf4nEjnnUfvNOu-y349f_UuKMclwTMFtN-06kA3tAnXd-eb-w",
        )],
    );
    check(
        &at.clone().jwt(JwtKeys::new(
            "s3cret",
            r#"{ "iss": "me", "n": 1.5, "t": true }"#,
        )),
        &Call::<25>::new("https://x.example/?token=old&a=1"),
        &[(
            "url",
            "https://x.example/?a=1&token=eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJtZSIsIm4iOjEuNSwidCI6dHJ1ZX0.Q5A1zspB8ZiczNo3XMD4RXdwRe0jZS2HfML0vP9D4hg",
        )],
    );
    check(
        &at.clone().jwt(JwtKeys::new("s3cret", "")),
        &Call::<26>::new("https://api.example.com/a/b?x=1&y=a%20b"),
        &[(
            "url",
            "https://api.example.com/a/b?x=1&y=a%20b&jwt=eyJhbGciOiJIUzI1NiJ9.e30.gsVbBM1BdYYqD5sQ8gq8VoS16uqtqr1YYJrTXr8L9yE",
        )],
    );
}
