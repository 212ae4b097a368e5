//! A call: exchanges until there is an answer.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, Uri};

use super::body::Body;
use super::endpoint::Endpoint;
use super::error::CallError;
use super::exchange::{Receiving, exchange};
use super::redirect::Redirects;
use super::reply::Sent;
use super::request_error::RequestError;
use super::retries::{Attempt, Outcome, retry_after};
use super::settings::{IDEMPOTENCY_KEY, Settings};
use super::transport::Transport;
use super::transport_error::SendError;
use super::watch::Exchange;

#[cfg(feature = "oauth2")]
use super::credentials::Credentials;
#[cfg(feature = "oauth2")]
use super::oauth2::{OAuth2, Token};
#[cfg(feature = "tracing")]
use super::spans;
#[cfg(feature = "oauth2")]
use super::transport::Boxed;

/// What sends requests, and how.
#[derive(Clone, Copy)]
pub(super) struct Sender<'a> {
    pub(super) transport: &'a dyn Transport,
    pub(super) settings: &'a Settings,
}

/// What a call needs of an endpoint, without its type: so what is below is compiled once.
pub(super) struct Operation<'a> {
    method: &'static str,
    path: &'static str,
    rate_limit: Option<&'static str>,
    documents: fn(StatusCode) -> bool,
    make: Box<dyn Fn() -> Made + Send + Sync + 'a>,
    answer: Box<Answer<'a>>,
    #[cfg(feature = "oauth2")]
    tokens: Option<std::sync::Arc<OAuth2>>,
    #[cfg(feature = "oauth2")]
    make_with: Box<dyn Fn(&Credentials) -> Made + Send + Sync + 'a>,
}

type Made = Result<Request<Body>, RequestError>;
type Answer<'a> =
    dyn Fn(&Response<()>) -> Result<Option<Request<Body>>, RequestError> + Send + Sync + 'a;

impl<'a> Operation<'a> {
    pub(super) fn of<E: Endpoint>(endpoint: &'a E, settings: &'a Settings) -> Self {
        Self {
            method: E::METHOD,
            path: E::PATH,
            rate_limit: E::RATE_LIMIT,
            documents: E::documents,
            make: Box::new(move || settings.request(endpoint)),
            answer: Box::new(move |response| settings.answer(endpoint, response)),
            #[cfg(feature = "oauth2")]
            tokens: settings
                .credentials_on(E::BASE_URL)
                .and_then(|credentials| credentials.tokens(E::AUTH).cloned()),
            #[cfg(feature = "oauth2")]
            make_with: Box::new(move |credentials| settings.request_with(endpoint, credentials)),
        }
    }
}

/// What was sent for a call so far.
#[derive(Default)]
pub(super) struct Trail {
    last: Option<(Method, Uri)>,
    pub(super) attempts: u32,
}

impl Trail {
    /// The error, which knows what was sent.
    pub(super) fn told<F>(self, error: CallError<F>) -> CallError<F> {
        let Some((method, uri)) = self.last else {
            return error;
        };
        let host = uri.authority().map_or("", http::uri::Authority::as_str);
        let scheme = uri.scheme_str().unwrap_or_default();
        let url = format!("{scheme}://{host}{}", uri.path());
        let attempts = self.attempts;
        error.with_sent(Sent {
            method,
            url,
            attempts,
        })
    }
}

type Failed = (SendError, Trail);

/// Sends requests for an operation until there is an answer, and reads that.
pub(super) async fn whole(
    sender: Sender<'_>,
    operation: &Operation<'_>,
) -> Result<(Response<Bytes>, Trail), Failed> {
    let (response, trail) = perform(sender, operation).await?;
    match read(sender.settings, response).await {
        Ok(response) => Ok((response, trail)),
        Err(error) => Err((error, trail)),
    }
}

/// Sends requests for an operation until there is an answer: signs them, renews a token, answers a challenge, follows
/// redirects, and sends again what the policy says.
pub(super) async fn perform(
    sender: Sender<'_>,
    operation: &Operation<'_>,
) -> Result<(Response<Receiving>, Trail), Failed> {
    #[cfg(feature = "tracing")]
    {
        use tracing::Instrument as _;

        let begin = sender.settings.now();
        let span = spans::of_call(operation.method, operation.path);
        let outcome = attempts(sender, operation).instrument(span.clone()).await;
        let duration = sender.settings.now().duration_since(begin);
        let (result, trail) = match &outcome {
            Ok((response, trail)) => (Ok(response), trail),
            Err((error, trail)) => (Err(error), trail),
        };
        spans::end(&span, result, trail.attempts, duration.unwrap_or_default());
        outcome
    }
    #[cfg(not(feature = "tracing"))]
    attempts(sender, operation).await
}

async fn attempts(
    sender: Sender<'_>,
    operation: &Operation<'_>,
) -> Result<(Response<Receiving>, Trail), Failed> {
    let settings = sender.settings;
    let mut trail = Trail::default();
    let mut signing = Signing::default();
    loop {
        trail.attempts += 1;
        wait_for_rate(settings, operation).await;
        let request = match signing.request(sender, operation).await {
            Ok(request) => request,
            Err(error) => return Err((error, trail)),
        };
        let has_idempotency_key = request.headers().contains_key(IDEMPOTENCY_KEY);
        trail.last = Some((request.method().clone(), request.uri().clone()));

        let outcome = match watched(sender, operation, trail.attempts, request).await {
            Err(SendError::Request(error)) => return Err((error.into(), trail)),
            Err(SendError::Transport(error)) => Err(error),
            Ok(response) => Ok(response),
        };
        if let Ok(response) = &outcome {
            match signing.renew(operation, response) {
                Ok(false) => {}
                Ok(true) => {
                    drain(settings, outcome.ok()).await;
                    continue;
                }
                Err(error) => return Err((error.into(), trail)),
            }
        }
        let method = trail.last.as_ref().map(|(method, _)| method);
        let pause = settings.retries.retry(&Attempt {
            number: trail.attempts,
            method: method.unwrap_or(&Method::GET),
            path: operation.path,
            has_idempotency_key,
            outcome: match &outcome {
                Ok(response) => Outcome::Reply(response.status(), response.headers()),
                Err(error) => Outcome::Failed(error),
            },
            now: settings.now(),
        });
        match (pause, outcome) {
            (None, Ok(response)) => return Ok((response, trail)),
            (None, Err(error)) => return Err((error.into(), trail)),
            (Some(pause), outcome) => {
                drain(settings, outcome.ok()).await;
                settings.timer().sleep(pause).await;
            }
        }
    }
}

/// How the requests of a call are signed.
#[derive(Default)]
struct Signing {
    /// The request that answers a challenge of the server.
    answer: Option<Request<Body>>,
    has_answered: bool,
    #[cfg(feature = "oauth2")]
    token: Option<Token>,
    #[cfg(feature = "oauth2")]
    has_renewed: bool,
}

impl Signing {
    /// The next request.
    #[cfg_attr(
        not(feature = "oauth2"),
        expect(clippy::unused_async, reason = "only a token has to be waited for")
    )]
    async fn request(
        &mut self,
        sender: Sender<'_>,
        operation: &Operation<'_>,
    ) -> Result<Request<Body>, SendError> {
        if let Some(answer) = self.answer.take() {
            return Ok(answer);
        }
        #[cfg(feature = "oauth2")]
        if let Some(tokens) = &operation.tokens {
            let settings = sender.settings;
            let post = |request| -> Boxed<'_, _> {
                Box::pin(async move {
                    let response = exchange(sender.transport, settings, request).await?;
                    read(settings, response).await
                })
            };
            let token = tokens.token(settings.now(), &post).await?;
            let credentials = Credentials::new().bearer(token.secret());
            self.token = Some(token);
            return Ok((operation.make_with)(&credentials)?);
        }
        let _ = sender;
        Ok((operation.make)()?)
    }

    /// Whether a reply asks for a request that is signed anew, and there is one: with another token, or with the answer to a
    /// challenge. That is done once each.
    fn renew<B>(
        &mut self,
        operation: &Operation<'_>,
        response: &Response<B>,
    ) -> Result<bool, RequestError> {
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(false);
        }
        #[cfg(feature = "oauth2")]
        if let (Some(tokens), Some(token), false) =
            (&operation.tokens, &self.token, self.has_renewed)
        {
            self.has_renewed = true;
            tokens.reject(token);
            return Ok(true);
        }
        if !self.has_answered {
            self.has_answered = true;
            let mut head = Response::new(());
            *head.status_mut() = response.status();
            *head.headers_mut() = response.headers().clone();
            self.answer = (operation.answer)(&head)?;
        }
        Ok(self.answer.is_some())
    }
}

async fn wait_for_rate(settings: &Settings, operation: &Operation<'_>) {
    if let (Some(limits), Some(label)) = (&settings.rate_limits, operation.rate_limit) {
        let wait = limits.reserve(label, settings.now());
        if !wait.is_zero() {
            settings.timer().sleep(wait).await;
        }
    }
}

/// Sends a request and follows redirects, and tells those who watch.
async fn watched(
    sender: Sender<'_>,
    operation: &Operation<'_>,
    attempt: u32,
    mut request: Request<Body>,
) -> Result<Response<Receiving>, SendError> {
    let settings = sender.settings;
    if let Some(watch) = &settings.watch {
        watch.before(&mut request);
    }
    let begin = settings.watch.as_ref().map(|_| settings.now());
    let outcome = follow(sender, request, operation.documents).await;
    if let (Some(limits), Some(label), Ok(response)) =
        (&settings.rate_limits, operation.rate_limit, &outcome)
    {
        let now = settings.now();
        let is_limited = response.status() == StatusCode::TOO_MANY_REQUESTS;
        let wait = retry_after(response.headers(), now).filter(|_| is_limited);
        if let Some(wait) = wait {
            limits.hold(label, now + wait);
        }
    }
    if let (Some(watch), Some(begin)) = (&settings.watch, begin) {
        let outcome = match &outcome {
            Ok(response) => Ok((response.status(), response.headers())),
            Err(SendError::Transport(error)) => Err(error),
            Err(SendError::Request(_)) => return outcome,
        };
        watch.after(&Exchange {
            method: operation.method,
            path: operation.path,
            attempt,
            duration: settings.now().duration_since(begin).unwrap_or_default(),
            outcome,
        });
    }
    outcome
}

/// Sends a request and follows redirects that are not documented. Where the target of one fails, the redirect is the answer.
pub(super) async fn follow(
    sender: Sender<'_>,
    request: Request<Body>,
    documents: fn(StatusCode) -> bool,
) -> Result<Response<Receiving>, SendError> {
    let settings = sender.settings;
    let follows = settings.follows_redirects;
    let mut redirects = Redirects::of(&request);
    let mut response = exchange(sender.transport, settings, request).await?;
    while follows && response.status().is_redirection() && !documents(response.status()) {
        let Some(request) = redirects.follow(&response) else {
            break;
        };
        match exchange(sender.transport, settings, request).await {
            Ok(next) => response = next,
            Err(_) => break,
        }
    }
    Ok(response)
}

/// Reads the body of a response. What there is of one that breaks off is kept in the error.
pub(super) async fn read(
    settings: &Settings,
    response: Response<Receiving>,
) -> Result<Response<Bytes>, SendError> {
    let (head, mut body) = response.into_parts();
    let is_success = head.status.is_success();
    let limit = settings.limit_of(is_success);
    let (bytes, error) = body.whole(limit, !is_success).await;
    let response = Response::from_parts(head, bytes);
    match error {
        None => Ok(response),
        Some(error) => Err(error.after(response.into()).into()),
    }
}

/// Reads what is left of a response that is no answer, so that its connection can be used again.
async fn drain(settings: &Settings, response: Option<Response<Receiving>>) {
    if let Some(response) = response {
        let limit = settings.limit_of(false);
        // Whatever it is, it does not matter.
        let _ = response.into_body().whole(limit, true).await;
    }
}
