//! How requests are signed, and that credentials show nowhere.

use std::time::Duration;

use letterpress_client::{BaseUrl, RequestError, Settings};

use crate::probe::{BASE, get, probe};

const SECRET: &str = "hunter2";

fn all() -> Settings {
    Settings::new()
        .bearer(format!("token-{SECRET}"))
        .basic("Aladdin", SECRET)
        .api_key("x-api-KEY", format!("k&{SECRET}"))
        .api_key("api key", format!("q&{SECRET}="))
        .api_key("key", SECRET)
}

/// The URL behind the base URL, and a header.
fn signed<const SCHEME: usize>(settings: &Settings, header: &str) -> (String, Option<String>) {
    let request = probe::<0, SCHEME>()
        .query(|query| query.text("key=own&a=1"))
        .headers(|headers| headers.text("Authorization", "own"));
    let request = settings.request(&request).unwrap();
    let uri = request.uri().to_string();
    let value = request.headers().get(header);
    let own = value.is_some_and(|value| value == "own");
    assert!(value.is_none_or(|value| own || value.is_sensitive()));
    assert!(request.headers().get_all(header).iter().count() < 2);
    (
        uri.strip_prefix(BASE.default).unwrap().to_owned(),
        value.map(|value| value.to_str().unwrap().to_owned()),
    )
}

#[test]
fn each_scheme_signs_in_its_place() {
    let settings = all();
    let own = "/x?key=own&a=1".to_owned();
    let header = |text: &str| (own.clone(), Some(text.to_owned()));

    assert_eq!(signed::<0>(&settings, "authorization"), header("own"));
    // "Aladdin:hunter2"
    let basic = header("Basic QWxhZGRpbjpodW50ZXIy");
    assert_eq!(signed::<1>(&settings, "authorization"), basic);
    let bearer = header("Bearer token-hunter2");
    assert_eq!(signed::<2>(&settings, "authorization"), bearer);
    assert_eq!(signed::<3>(&settings, "authorization"), bearer);
    assert_eq!(signed::<4>(&settings, "x-api-key"), header("k&hunter2"));
    let unsigned = signed::<6>(&settings.clone().anonymous(), "authorization");
    assert_eq!(unsigned, header("own"));
    let word = header("Vault-token token-hunter2");
    assert_eq!(signed::<9>(&settings, "authorization"), word);
    assert_eq!(
        signed::<10>(&settings, "authorization"),
        header("token-hunter2")
    );

    let (url, _) = signed::<5>(&settings, "authorization");
    assert_eq!(url, "/x?key=own&a=1&api%20key=q%26hunter2=");
    // The element of the same name is replaced.
    let (url, _) = signed::<8>(&settings, "authorization");
    assert_eq!(url, "/x?a=1&key=hunter2");
    let only = settings.request(&probe::<0, 8>()).unwrap();
    assert_eq!(only.uri(), "https://api.example.com/v2/x?key=hunter2");
    let (url, _) = signed::<11>(&settings, "authorization");
    assert_eq!(url, "/x?key=own&a=1&access_token=token-hunter2");
}

#[test]
fn missing_credentials_say_what_to_do() {
    fn check<const SCHEME: usize>(expected: &str) {
        for settings in [Settings::new(), Settings::new().bearer("")] {
            let error = settings.request(&probe::<0, SCHEME>()).unwrap_err();
            assert!(matches!(error, RequestError::Credentials { .. }));
            assert_eq!(
                error.to_string(),
                format!("{expected}, or `Settings::anonymous` to send it without")
            );
        }
        let anonymous = Settings::new().anonymous();
        let sent = anonymous.request(&probe::<0, SCHEME>()).unwrap();
        assert_eq!(sent.headers().keys().collect::<Vec<_>>(), ["user-agent"]);
    }
    check::<1>("the request needs a user name and a password: call `Settings::basic`");
    check::<2>("the request needs a bearer token: call `Settings::bearer`");
    check::<3>("the request needs an OAuth 2.0 access token: call `Settings::bearer`");
    check::<4>("the request needs the API key `X-Api-Key`: call `Settings::api_key`");
    check::<5>("the request needs the API key `api key`: call `Settings::api_key`");
    check::<6>("the request needs the scheme `hawk`: call `Settings::sign_with`");
}

#[test]
fn what_is_set_to_nothing_is_sent_as_such_where_nothing_may_be_sent() {
    let settings = Settings::new()
        .bearer("")
        .api_key("x-api-key", "")
        .api_key("key", "");
    let errors = [
        settings.request(&probe::<0, 2>()).map(|_| ()),
        settings.request(&probe::<0, 3>()).map(|_| ()),
        settings.request(&probe::<0, 4>()).map(|_| ()),
        settings.request(&probe::<0, 8>()).map(|_| ()),
        settings.request(&probe::<0, 9>()).map(|_| ()),
    ];
    assert!(errors.iter().all(Result::is_err));

    let settings = settings.anonymous();
    let request = settings.request(&probe::<0, 4>()).unwrap();
    assert_eq!(request.headers()["x-api-key"], "");
    let request = settings.request(&probe::<0, 8>()).unwrap();
    assert_eq!(request.uri().query(), Some("key="));
    let request = settings.request(&probe::<0, 9>()).unwrap();
    assert_eq!(request.headers()["authorization"], "Vault-token ");
    let requests = [
        settings.request(&probe::<0, 2>()).unwrap(),
        settings.request(&probe::<0, 3>()).unwrap(),
    ];
    for request in requests {
        assert_eq!(request.headers()["authorization"], "Bearer ");
    }
}

#[test]
fn credentials_that_no_header_can_hold_are_refused_and_not_shown() {
    let bad = || format!("a\r\nX-Evil: {SECRET}");
    let settings = Settings::new().bearer(bad()).api_key("x-api-key", bad());
    let errors = [
        settings.request(&probe::<0, 2>()).unwrap_err(),
        settings.request(&probe::<0, 4>()).unwrap_err(),
        all()
            .request(&probe::<0, 7>().path(|p| p.text("/x")))
            .unwrap_err(),
        all()
            .basic("a:b", SECRET)
            .request(&probe::<0, 1>())
            .unwrap_err(),
        Settings::new()
            .user_agent("\n")
            .request(&get())
            .unwrap_err(),
    ];
    let expected = [
        "the header `authorization` cannot hold this value",
        "the header `x-api-key` cannot hold this value",
        "the request needs the API key `no token`: call `Settings::api_key`, \
         or `Settings::anonymous` to send it without",
        "a user name cannot have a colon",
        "the header `user-agent` cannot hold this value",
    ];
    for (error, expected) in errors.iter().zip(expected) {
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains(SECRET));
    }
    let named = all().api_key("no token", SECRET);
    let error = named.request(&probe::<0, 7>()).unwrap_err();
    assert!(matches!(
        error,
        RequestError::HeaderName { name: "no token" }
    ));
}

#[test]
fn settings_show_no_credential() {
    let settings = all()
        .base_url(BASE, format!("https://user:{SECRET}@h/v2"))
        .timeout(Duration::from_secs(1));
    let shown = format!("{settings:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(
        shown.contains("bearer: true") && shown.contains("\"h/v2\""),
        "{shown}"
    );

    let request = all().request(&probe::<0, 2>()).unwrap();
    assert!(!format!("{request:?}").contains(SECRET));
    let refused = settings.request(&get()).unwrap_err();
    assert!(!format!("{refused:?} {refused}").contains(SECRET));
}

#[test]
fn base_urls_go_by_name() {
    let other = BaseUrl::new("other", "");
    let settings = Settings::new().base_url(other, "https://other.example");
    let default = settings.request(&get()).unwrap();
    assert_eq!(default.uri(), "https://api.example.com/v2/x");

    let set = settings
        .base_url(BASE, "http://localhost:1")
        .request(&get())
        .unwrap();
    assert_eq!(set.uri(), "http://localhost:1/x");
}

#[test]
fn the_user_agent_is_the_requests_the_users_or_ours() {
    let own = get().headers(|headers| headers.text("User-Agent", "own"));
    let agent = |settings: Settings, request| {
        let request = settings.request(&request).unwrap();
        request.headers()["user-agent"].to_str().unwrap().to_owned()
    };
    assert_eq!(agent(Settings::new().user_agent("mine"), own), "own");
    assert_eq!(agent(Settings::new().user_agent("mine"), get()), "mine");
    let ours = agent(Settings::new(), get());
    assert!(ours.starts_with("letterpress-client/0."), "{ours}");
}
