//! Methods and schemes with all of their options.

use letterpress_client::{Algorithm, Auth, Aws, EdgeGrid, Hawk, Jwt, OAuth1, Place};

/// Method and scheme by number, because they are constants of their endpoint.
pub(super) const CASES: [(&str, Auth); 30] = [
    ("GET", Auth::OAuth1(OAuth1::DEFAULT)),
    (
        "GET",
        Auth::OAuth1(OAuth1 {
            realm: "a b",
            algorithm: Some(Algorithm::Sha256),
            ..OAuth1::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::OAuth1(OAuth1 {
            algorithm: Some(Algorithm::Sha512),
            place: Place::Query,
            ..OAuth1::DEFAULT
        }),
    ),
    (
        "POST",
        Auth::OAuth1(OAuth1 {
            place: Place::Query,
            ..OAuth1::DEFAULT
        }),
    ),
    ("POST", Auth::OAuth1(OAuth1::DEFAULT)),
    (
        "GET",
        Auth::OAuth1(OAuth1 {
            algorithm: None,
            ..OAuth1::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::OAuth1(OAuth1 {
            empty: true,
            place: Place::Query,
            ..OAuth1::DEFAULT
        }),
    ),
    (
        "POST",
        Auth::OAuth1(OAuth1 {
            body_hash: true,
            ..OAuth1::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::OAuth1(OAuth1 {
            encoded: false,
            ..OAuth1::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::OAuth1(OAuth1 {
            version: "",
            ..OAuth1::DEFAULT
        }),
    ),
    ("GET", Auth::Aws(Aws::DEFAULT)),
    (
        "POST",
        Auth::Aws(Aws {
            service: "iam",
            region: "eu-central-1",
            ..Aws::DEFAULT
        }),
    ),
    ("POST", Auth::Aws(Aws::DEFAULT)),
    (
        "GET",
        Auth::Aws(Aws {
            place: Place::Query,
            service: "iam",
            region: "eu-central-1",
        }),
    ),
    (
        "GET",
        Auth::Aws(Aws {
            place: Place::Query,
            service: "s3",
            region: "eu-central-1",
        }),
    ),
    ("GET", Auth::Hawk(Hawk::DEFAULT)),
    (
        "GET",
        Auth::Hawk(Hawk {
            algorithm: Algorithm::Sha1,
            ..Hawk::DEFAULT
        }),
    ),
    (
        "POST",
        Auth::Hawk(Hawk {
            payload: true,
            ..Hawk::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::Hawk(Hawk {
            payload: true,
            ..Hawk::DEFAULT
        }),
    ),
    ("GET", Auth::EdgeGrid(EdgeGrid::DEFAULT)),
    (
        "POST",
        Auth::EdgeGrid(EdgeGrid {
            headers: &["x-b", "x-a", "x-none"],
            max_body: 5,
        }),
    ),
    ("PUT", Auth::EdgeGrid(EdgeGrid::DEFAULT)),
    ("GET", Auth::Jwt(Jwt::DEFAULT)),
    (
        "GET",
        Auth::Jwt(Jwt {
            algorithm: Algorithm::Sha384,
            header: r#"{"kid": "k1", "alg": "none", "typ": "JWT"}"#,
            name: "JWT",
            ..Jwt::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::Jwt(Jwt {
            algorithm: Algorithm::Sha512,
            base64: true,
            name: "",
            ..Jwt::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::Jwt(Jwt {
            place: Place::Query,
            name: "token",
            ..Jwt::DEFAULT
        }),
    ),
    (
        "GET",
        Auth::Jwt(Jwt {
            place: Place::Query,
            name: "jwt",
            ..Jwt::DEFAULT
        }),
    ),
    ("GET", Auth::Digest),
    ("POST", Auth::Digest),
    ("GET", Auth::Custom("asap")),
];
pub(super) const DIGEST: usize = 27;
pub(super) const DIGEST_POST: usize = 28;
pub(super) const CUSTOM: usize = 29;
