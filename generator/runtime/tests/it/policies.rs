//! What a client does by itself: sends again, waits, renews tokens. Time is that of the test.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use letterpress_client::mock::Mock;
use letterpress_client::oauth2::{
    AccountCredentials, App, OAuth2, RefreshToken, Token, TokenStore,
};
use letterpress_client::{
    Auth, BaseUrl, Boxed, CallError, Client, Clock, Credentials, Endpoint, Incoming, Path,
    RateLimits, Reply, RequestError, Requirement, Retries, Settings, Transport, TransportError,
    Upload,
};

use crate::probe::{BASE, get, post, probe};

/// Time that passes when somebody sleeps.
#[derive(Clone)]
struct Manual(Arc<Mutex<(SystemTime, Vec<Duration>)>>);

impl Manual {
    fn new() -> Self {
        // 2020-05-30T23:59:50Z
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_590_883_190);
        Self(Arc::new(Mutex::new((start, Vec::new()))))
    }

    fn slept(&self) -> Vec<Duration> {
        self.0.lock().unwrap().1.clone()
    }
}

impl Clock for Manual {
    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().0
    }

    fn sleep(&self, duration: Duration) -> Boxed<'static, ()> {
        let state = Arc::clone(&self.0);
        Box::pin(async move {
            let mut state = state.lock().unwrap();
            state.0 += duration;
            state.1.push(duration);
        })
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.unwrap().block_on(future)
}

fn reply(status: u16, headers: &[(&str, &str)]) -> Response<Bytes> {
    let builder = Response::builder().status(status);
    let builder = headers.iter().fold(builder, |builder, (name, value)| {
        builder.header(*name, *value)
    });
    builder.body(Bytes::new()).unwrap()
}

type Answer = Result<Response<Bytes>, fn() -> TransportError>;

/// A transport that answers the first requests by these, and then by 204.
fn first(answers: Vec<Answer>) -> Mock {
    let answers = Mutex::new(answers.into_iter());
    Mock::new(move |_| match answers.lock().unwrap().next() {
        None => Ok(reply(204, &[])),
        Some(answer) => answer.map_err(|error| error()),
    })
}

fn lost() -> TransportError {
    TransportError::new("reset")
}

fn refused() -> TransportError {
    TransportError::new("refused").connect(true)
}

fn late() -> TransportError {
    TransportError::new("late").timeout(true)
}

/// How often a request is sent, and the whole seconds that were waited.
#[test]
fn requests_are_sent_again_where_that_does_no_harm() {
    let after = |seconds: &str| Ok(reply(429, &[("Retry-After", seconds)]));
    let table: Vec<(&str, Answer, [usize; 3], u64)> = vec![
        // what, the first answer; how often GET, POST, POST with a key are sent; seconds of the first pause
        ("lost", Err(lost as fn() -> _), [2, 1, 2], 0),
        ("refused", Err(refused as fn() -> _), [2, 2, 2], 0),
        ("late", Err(late as fn() -> _), [1, 1, 1], 0),
        ("seconds", after("7"), [2, 1, 2], 7),
        (
            "HTTP date",
            after("Sun, 31 May 2020 00:00:00 GMT"),
            [2, 1, 2],
            10,
        ),
        (
            "ISO date-time",
            after("2020-05-31T00:00:00Z"),
            [2, 1, 2],
            10,
        ),
        (
            "an offset",
            after("2020-05-31T02:00:00+02:00"),
            [2, 1, 2],
            10,
        ),
        ("past", after("2020-05-30T00:00:00Z"), [2, 1, 2], 0),
        ("too long", after("60"), [1, 1, 1], 0),
        ("no time", after("soon"), [1, 1, 1], 0),
        ("none", Ok(reply(429, &[])), [1, 1, 1], 0),
        (
            "busy",
            Ok(reply(503, &[("Retry-After", "1")])),
            [2, 1, 2],
            1,
        ),
        (
            "broken",
            Ok(reply(500, &[("Retry-After", "1")])),
            [1, 1, 1],
            0,
        ),
        (
            "wrong",
            Ok(reply(404, &[("Retry-After", "1")])),
            [1, 1, 1],
            0,
        ),
    ];
    for (what, answer, times, seconds) in table {
        for (index, times) in times.into_iter().enumerate() {
            let copy = match &answer {
                Ok(response) => Ok(response.clone()),
                Err(error) => Err(*error),
            };
            let (mock, clock) = (first(vec![copy]), Manual::new());
            let client = Client::on(mock.clone(), Settings::new().clock(clock.clone()));
            let keyed = client.with(|settings| settings.idempotency_key("k-1"));
            wait(async {
                match index {
                    0 => drop(client.call(&get()).await),
                    1 => drop(client.call(&post(letterpress_client::Body::Empty)).await),
                    _ => drop(keyed.call(&post(letterpress_client::Body::Empty)).await),
                }
            });
            assert_eq!(mock.sent().len(), times, "{what} {index}");
            let slept = clock.slept();
            assert_eq!(slept.len(), times - 1, "{what} {index}");
            if let Some(pause) = slept.first() {
                assert_eq!(pause.as_secs(), seconds, "{what} {index}");
            }
        }
    }
}

#[test]
fn retries_end() {
    let busy = || Ok(reply(503, &[("Retry-After", "1")]));
    let mock = first((0..100).map(|_| busy()).collect());
    let client = Client::on(mock.clone(), Settings::new().clock(Manual::new()));
    let error = wait(client.call(&get())).unwrap_err();
    assert_eq!(mock.sent().len(), 3);
    assert!(error.is_transient());
    let sent = error.sent().unwrap();
    assert_eq!(
        (sent.attempts, sent.url.as_str()),
        (3, "https://api.example.com/v2/x")
    );

    // The budget of 500 is enough for 100 retries at 5 each, whatever the limit of attempts is.
    let mock = Mock::new(|_| Ok(reply(503, &[("Retry-After", "1")])));
    let settings = Settings::new()
        .clock(Manual::new())
        .retries(Retries::new().attempts(1000));
    let client = Client::on(mock.clone(), settings);
    assert!(wait(client.call(&get())).is_err());
    assert_eq!(mock.sent().len(), 101);
}

/// A request with a label.
struct Limited;

impl Endpoint for Limited {
    type Response = Reply;
    type Failure = ();

    const METHOD: &'static str = "GET";
    const BASE_URL: BaseUrl = BASE;
    const PATH: &'static str = "/x";
    const RATE_LIMIT: Option<&'static str> = Some("Heavy");

    fn path(&self, path: &mut Path) {
        path.text("/x");
    }

    fn decode(reply: Reply) -> Result<Reply, CallError<()>> {
        Ok(reply)
    }
}

#[test]
fn the_rate_of_a_label_is_kept() {
    let clock = Manual::new();
    let limits = RateLimits::new().limit("heavy", 2, Duration::from_secs(1));
    let settings = Settings::new().clock(clock.clone()).rate_limits(limits);
    let client = Client::on(first(Vec::new()), settings);
    wait(async {
        for _ in 0..4 {
            client.call(&Limited).await.unwrap();
            client.call(&get()).await.unwrap();
        }
    });
    assert_eq!(clock.slept(), [Duration::from_millis(500); 2]);
}

/// Grants `token-1`, `token-2`, …; an API that knows the last one alone. It answers on the second look.
#[derive(Clone, Default)]
struct Zoom {
    granted: Arc<AtomicU32>,
    valid: Arc<AtomicU32>,
    grants: Arc<Mutex<Vec<String>>>,
}

impl Transport for Zoom {
    fn send(
        &self,
        request: Request<Upload>,
    ) -> Boxed<'_, Result<Response<Incoming>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            if request.uri().path() == "/oauth/token" {
                let form = request.body().in_memory().cloned().unwrap_or_default();
                self.grants
                    .lock()
                    .unwrap()
                    .push(String::from_utf8_lossy(&form).into_owned());
                let number = self.granted.fetch_add(1, Ordering::SeqCst) + 1;
                self.valid.store(number, Ordering::SeqCst);
                let body = format!(
                    r#"{{"access_token": "token-{number}", "expires_in": 3600, "refresh_token": "refresh-{number}"}}"#
                );
                return Ok(Response::new(Incoming::from(body)));
            }
            let expected = format!("Bearer token-{}", self.valid.load(Ordering::SeqCst));
            let is_known = request.headers()["authorization"] == expected.as_str();
            let mut response = Response::new(Incoming::from("{}"));
            *response.status_mut() = if is_known { 200 } else { 401 }.try_into().unwrap();
            Ok(response)
        })
    }
}

fn app() -> App {
    App::new("https://zoom.us/oauth/token", "id").secret("hunter2")
}

#[test]
fn a_token_is_granted_once_for_all_calls() {
    let zoom = Zoom::default();
    let tokens = OAuth2::new(AccountCredentials::new(app(), "account"));
    let client = Client::on(zoom.clone(), Settings::new().oauth2(tokens));
    let all = |client: Client| async move {
        let calls: Vec<_> = (0..200)
            .map(|_| {
                let client = client.clone();
                tokio::task::spawn(async move { client.call(&probe::<0, 3>()).await.is_ok() })
            })
            .collect();
        for call in calls {
            assert!(call.await.unwrap());
        }
    };
    wait(async {
        all(client.clone()).await;
        assert_eq!(zoom.granted.load(Ordering::SeqCst), 1);
        // The API forgets the token.
        zoom.valid.store(0, Ordering::SeqCst);
        all(client.clone()).await;
        assert_eq!(zoom.granted.load(Ordering::SeqCst), 2);
    });
    let grants = zoom.grants.lock().unwrap();
    assert_eq!(
        grants[0],
        "grant_type=account_credentials&account_id=account"
    );
}

#[test]
fn a_token_that_is_refused_again_is_the_answer() {
    let mock = Mock::new(|request| {
        if request.uri().path() == "/oauth/token" {
            return Ok(Response::new(
                r#"{"access_token": "t", "expires_in": 3600}"#.into(),
            ));
        }
        Ok(reply(401, &[]))
    });
    let settings = Settings::new().oauth2(OAuth2::new(AccountCredentials::new(app(), "a")));
    let client = Client::on(mock.clone(), settings);
    let error = wait(client.call(&probe::<0, 3>())).unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    let paths: Vec<String> = mock
        .sent()
        .iter()
        .map(|sent| sent.uri().path().to_owned())
        .collect();
    assert_eq!(paths, ["/oauth/token", "/v2/x", "/oauth/token", "/v2/x"]);
}

/// Keeps a token, and counts how often it was asked to.
#[derive(Clone, Default)]
struct Store(Arc<Mutex<Vec<Token>>>);

impl TokenStore for Store {
    fn load(&self) -> Option<Token> {
        self.0.lock().unwrap().last().cloned()
    }

    fn save(&self, token: &Token) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.0.lock().unwrap().push(token.clone());
        Ok(())
    }
}

#[test]
fn refresh_tokens_rotate_through_the_store() {
    let (zoom, store, clock) = (Zoom::default(), Store::default(), Manual::new());
    let client = |store: &Store| {
        let tokens = OAuth2::new(RefreshToken::new(app(), "refresh-0")).store(store.clone());
        let settings = Settings::new().clock({
            let clock = clock.clone();
            move || clock.now()
        });
        Client::on(zoom.clone(), settings.oauth2(tokens))
    };
    wait(async {
        assert!(client(&store).call(&probe::<0, 3>()).await.is_ok());
        // Another run of the program has the token that was saved.
        let later = client(&store);
        assert!(later.call(&probe::<0, 3>()).await.is_ok());
        assert_eq!(zoom.granted.load(Ordering::SeqCst), 1);
        clock.sleep(Duration::from_secs(3550)).await;
        assert!(later.call(&probe::<0, 3>()).await.is_ok());
    });
    let grants = zoom.grants.lock().unwrap();
    assert!(grants[0].ends_with("refresh_token=refresh-0"), "{grants:?}");
    assert!(grants[1].ends_with("refresh_token=refresh-1"), "{grants:?}");
    assert_eq!(store.load().unwrap().refresh(), Some("refresh-2"));
    assert!(!format!("{:?}", store.load()).contains("refresh-2"));
}

const UPLOADS: BaseUrl = BaseUrl::secondary("uploadUrl", "https://uploads.example.com");

/// A request that stands on another base URL.
struct SendFile;

impl Endpoint for SendFile {
    type Response = Reply;
    type Failure = ();

    const METHOD: &'static str = "GET";
    const BASE_URL: BaseUrl = UPLOADS;
    const PATH: &'static str = "/x";
    const AUTH: Auth = Auth::Bearer;

    fn path(&self, path: &mut Path) {
        path.text("/x");
    }

    fn decode(reply: Reply) -> Result<Reply, CallError<()>> {
        Ok(reply)
    }
}

#[test]
fn another_base_url_gets_no_credentials_but_its_own() {
    let signature = |settings: &Settings| {
        let request = settings.request(&SendFile)?;
        let value = request.headers().get("authorization");
        Ok::<_, RequestError>(value.map(|value| value.to_str().unwrap().to_owned()))
    };
    let settings = Settings::new().bearer("for the API");
    let refused = signature(&settings);
    assert!(
        matches!(refused, Err(RequestError::Credentials { .. })),
        "{refused:?}"
    );
    assert_eq!(signature(&settings.clone().anonymous()).unwrap(), None);
    let own = settings
        .clone()
        .credentials_for(UPLOADS, Credentials::new().bearer("own"));
    assert_eq!(signature(&own).unwrap().as_deref(), Some("Bearer own"));
    let trusted = settings.trust(UPLOADS);
    assert_eq!(
        signature(&trusted).unwrap().as_deref(),
        Some("Bearer for the API")
    );
}

/// Either a key and a cookie, or a token, or nothing.
struct Secured;

impl Endpoint for Secured {
    type Response = Reply;
    type Failure = ();

    const METHOD: &'static str = "GET";
    const BASE_URL: BaseUrl = BASE;
    const PATH: &'static str = "/x";
    const SECURITY: &'static [&'static [Requirement]] = &[
        &[
            Requirement {
                name: "key",
                auth: Auth::ApiKey {
                    place: letterpress_client::Place::Query,
                    name: "k",
                },
            },
            Requirement {
                name: "session",
                auth: Auth::ApiKey {
                    place: letterpress_client::Place::Cookie,
                    name: "sid",
                },
            },
        ],
        &[Requirement {
            name: "token",
            auth: Auth::Bearer,
        }],
    ];

    fn path(&self, path: &mut Path) {
        path.text("/x");
    }

    fn headers(&self, headers: &mut letterpress_client::Headers) {
        headers.text("Cookie", "a=1; sid=old");
    }

    fn decode(reply: Reply) -> Result<Reply, CallError<()>> {
        Ok(reply)
    }
}

#[test]
fn the_first_alternative_with_all_credentials_signs() {
    let key = |name: &str| Credentials::new().api_key(name, "s");
    let with_key = Settings::new().credentials_of_scheme("key", key("k"));
    let table = [
        (Settings::new(), None),
        (with_key.clone(), None),
        (
            with_key.clone().bearer("t"),
            Some(("/v2/x", "a=1; sid=old", Some("Bearer t"))),
        ),
        (
            with_key
                .credentials_of_scheme("session", key("sid"))
                .bearer("t"),
            Some(("/v2/x?k=s", "a=1; sid=s", None)),
        ),
        (
            Settings::new().anonymous(),
            Some(("/v2/x", "a=1; sid=old", None)),
        ),
    ];
    for (settings, expected) in table {
        let request = settings.request(&Secured).ok();
        let seen = request.as_ref().map(|request| {
            let target = request.uri().path_and_query().unwrap().as_str();
            let text = |name: &str| Some(request.headers().get(name)?.to_str().unwrap());
            (target, text("cookie").unwrap(), text("authorization"))
        });
        assert_eq!(seen, expected, "{settings:?}");
    }
}

#[test]
fn a_mock_serves_saved_responses() {
    let saved = r#"
        {"method": "GET", "path": "/users/{id}", "status": 404, "media_type": "application/json", "body": "{\"code\": 1001}"}
        {"method": "GET", "path": "/users/{id}", "status": 200, "media_type": "application/json", "body": "{\"id\": 1}"}
        {"method": "GET", "path": "/users", "status": 500, "media_type": null, "body": ""}
    "#;
    let check = |path: &'static str, statuses: &[(&str, u16)], expected: (u16, &str)| {
        let client = Client::on(Mock::saved(saved, statuses).unwrap(), Settings::new());
        let request = get().path(move |to| to.text(path));
        let reply = match wait(client.call(&request)) {
            Ok(reply) => reply,
            Err(error) => error.reply().unwrap().clone(),
        };
        assert_eq!((reply.status().as_u16(), reply.text().as_ref()), expected);
    };
    check("/users/7", &[], (200, r#"{"id": 1}"#));
    check(
        "/users/7",
        &[("GET /users/{id}", 404)],
        (404, r#"{"code": 1001}"#),
    );
    check("/users", &[("GET /users/{id}", 404)], (500, ""));
    check("/groups", &[], (404, ""));
    assert!(Mock::saved("{", &[]).is_err());
}
