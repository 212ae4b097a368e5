//! Signatures of requests, by a clock that stands still and with nonces that are known. What is
//! expected was made by Postman's own engine from the same keys.

mod aws;
mod cases;
mod digest;
mod oauth1;
mod others;

use std::time::{Duration, UNIX_EPOCH};

use letterpress_client::{
    Auth, AwsKeys, BaseUrl, Body, CallError, DigestKeys, EdgeGridKeys, Endpoint, File, Form,
    HawkKeys, Headers, JwtKeys, OAuth1Keys, Path, Query, Reply, RequestError, Settings,
};

use cases::{CASES, CUSTOM, DIGEST};

/// An endpoint whose URL is written already.
struct Call<const CASE: usize> {
    url: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: Body,
}

impl<const CASE: usize> Call<CASE> {
    fn new(url: &'static str) -> Self {
        Self {
            url,
            headers: &[],
            body: Body::Empty,
        }
    }

    /// Scheme and host, path, query.
    fn parts(&self) -> (&'static str, &'static str, Option<&'static str>) {
        let (before, query) = match self.url.split_once('?') {
            Some((before, query)) => (before, Some(query)),
            None => (self.url, None),
        };
        let host = before.find("://").unwrap() + 3;
        let path = before[host..]
            .find('/')
            .map_or(before.len(), |at| host + at);
        let (base, path) = before.split_at(path);
        (base, path, query)
    }
}

impl<const CASE: usize> Endpoint for Call<CASE> {
    type Response = Reply;
    type Failure = std::convert::Infallible;

    const METHOD: &'static str = CASES[CASE].0;
    const BASE_URL: BaseUrl = BASE;
    const PATH: &'static str = "";
    const AUTH: Auth = CASES[CASE].1;

    fn path(&self, path: &mut Path) {
        path.text(self.parts().1);
    }

    fn query(&self, query: &mut Query) {
        if let Some(text) = self.parts().2 {
            query.text(text);
        }
    }

    fn headers(&self, headers: &mut Headers) {
        for (name, value) in self.headers {
            headers.text(name, value);
        }
    }

    fn body(&self) -> Body {
        self.body.clone()
    }

    fn decode(reply: Reply) -> Result<Reply, CallError<Self::Failure>> {
        Ok(reply)
    }
}

const BASE: BaseUrl = BaseUrl::new("url", "");

/// Settings whose clock shows that many seconds since 1970, and whose nonces are all the same.
fn at(seconds: u64, nonce: &'static str) -> Settings {
    Settings::new()
        .clock(move || UNIX_EPOCH + Duration::from_secs(seconds))
        .nonce(move || nonce.to_owned())
}

fn request<const CASE: usize>(settings: &Settings, call: &Call<CASE>) -> http::Request<Body> {
    let settings = settings.clone().base_url(BASE, call.parts().0);
    settings.request(call).unwrap()
}

/// Checks the URL, the body or headers of a request by their names.
fn check<const CASE: usize>(settings: &Settings, call: &Call<CASE>, expected: &[(&str, &str)]) {
    let request = request(settings, call);
    for (name, expected) in expected {
        let found = match *name {
            "url" => request.uri().to_string(),
            "body" => String::from_utf8(request.body().to_bytes().unwrap().to_vec()).unwrap(),
            name => request.headers()[name].to_str().unwrap().to_owned(),
        };
        assert_eq!(found, *expected, "{name} of {:?}", CASES[CASE]);
    }
    let secrets = ["authorization", "x-amz-security-token"];
    let secrets = secrets
        .iter()
        .flat_map(|name| request.headers().get_all(*name));
    for value in secrets {
        assert!(value.is_sensitive());
    }
}

fn form(pairs: &[(&str, &str)]) -> Body {
    let mut form = Form::new();
    for (name, value) in pairs {
        form.pair(name, value);
    }
    form.into()
}

#[test]
fn functions_of_the_user_sign_any_scheme() {
    let call = Call::<CUSTOM>::new("https://api.example.com/x");
    let base = Settings::new().base_url(BASE, call.parts().0);
    let error = base.request(&call).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request needs the scheme `asap`: call `Settings::sign_with`, \
         or `Settings::anonymous` to send it without"
    );
    let unsigned = request(&base.clone().anonymous(), &call);
    assert!(!unsigned.headers().contains_key("authorization"));

    let sign = |scheme: &'static str| {
        base.clone().sign_with(scheme, move |request, auth| {
            assert_eq!(auth.name(), scheme);
            let value = format!("{} {}", request.method(), request.uri().path());
            request
                .headers_mut()
                .insert("authorization", value.try_into()?);
            Ok(())
        })
    };
    let signed = request(&sign("asap"), &call);
    assert_eq!(signed.headers()["authorization"], "GET /x");
    // What this crate signs itself can be overridden too.
    let instead = request(
        &sign("digest").digest(DigestKeys::new("u", "p")),
        &Call::<DIGEST>::new("https://h/x"),
    );
    assert_eq!(instead.headers()["authorization"], "GET /x");

    let failing = base.sign_with("asap", |_, _| Err("no key".into()));
    let error = failing.request(&call).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request cannot be signed by the scheme `asap`"
    );
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "no key"
    );
}

#[test]
fn credentials_without_a_part_are_none() {
    fn check<const CASE: usize>(settings: &Settings) {
        let call = Call::<CASE>::new("https://api.example.com/");
        let settings = settings.clone().base_url(BASE, call.parts().0);
        let error = settings.request(&call).unwrap_err();
        assert!(matches!(error, RequestError::Credentials { .. }), "{error}");
        let unsigned = settings.anonymous().request(&call).unwrap();
        assert_eq!(
            unsigned.headers().keys().collect::<Vec<_>>(),
            ["user-agent"]
        );
    }
    let settings = Settings::new()
        .aws(AwsKeys::new("", "s"))
        .digest(DigestKeys::new("", "p"))
        .edgegrid(EdgeGridKeys::new("a", "", "b"))
        .hawk(HawkKeys::new("id", ""))
        .jwt(JwtKeys::new("", "{}"))
        .oauth1(OAuth1Keys::new("key", ""));
    for settings in [settings, Settings::new()] {
        check::<0>(&settings);
        check::<10>(&settings);
        check::<15>(&settings);
        check::<19>(&settings);
        check::<22>(&settings);
        check::<DIGEST>(&settings);
    }
}

#[test]
fn what_cannot_be_signed_is_refused() {
    let settings = Settings::new().hawk(HawkKeys::new("id", "key"));
    let call = Call::<17> {
        body: Body::file(&File::open("a.bin")),
        ..Call::new("https://api.example.com/")
    };
    let error = settings
        .base_url(BASE, call.parts().0)
        .request(&call)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "a body that is signed has to be in memory: make its file with `File::bytes`"
    );

    let settings = Settings::new().jwt(JwtKeys::new("secret", "[not an object]"));
    let call = Call::<22>::new("https://api.example.com/");
    let error = settings
        .base_url(BASE, call.parts().0)
        .request(&call)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request cannot be signed by a secret that signs a JWT"
    );
}

#[test]
fn keys_do_not_show() {
    let settings = Settings::new()
        .aws(AwsKeys::new("k", "hunter2").session_token("hunter2"))
        .digest(DigestKeys::new("u", "hunter2"))
        .edgegrid(EdgeGridKeys::new("a", "hunter2", "hunter2"))
        .hawk(HawkKeys::new("id", "hunter2").ext("hunter2"))
        .jwt(JwtKeys::new("hunter2", "hunter2"))
        .oauth1(OAuth1Keys::new("key", "hunter2").token("t", "hunter2"));
    let shown = format!("{settings:?}");
    assert!(
        !shown.contains("hunter2") && shown.contains("HawkKeys"),
        "{shown}"
    );
}
