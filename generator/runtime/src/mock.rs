//! A transport for tests: it answers without a network.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::Body as _;

use super::transport::{Boxed, Incoming, Transport, Upload};
use super::transport_error::TransportError;

/// A transport that answers by a function, or by the saved responses of a client, and remembers what it was sent. Clones
/// are one.
///
/// ```
/// use letterpress_client::{Client, Settings};
/// use letterpress_client::mock::Mock;
///
/// let mock = Mock::new(|request| {
///     assert_eq!(request.uri().path(), "/v2/users");
///     Ok(http::Response::new("{}".into()))
/// });
/// let client = Client::on(mock.clone(), Settings::new().bearer("token"));
/// // … client.call(&request).await …
/// assert!(mock.sent().is_empty());
/// # drop(client);
/// ```
#[derive(Clone)]
pub struct Mock {
    answer: Arc<Answer>,
    sent: Arc<Mutex<Vec<Request<Bytes>>>>,
}

type Answer =
    dyn Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static;

/// A response that an API documents: the data of a mock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saved {
    /// The method.
    pub method: &'static str,
    /// The path with names instead of values, below the base URL.
    pub path: &'static str,
    /// The status.
    pub status: u16,
    /// The media type of the body; empty: none is said.
    pub media_type: &'static str,
    /// The body.
    pub body: &'static str,
}

impl Mock {
    /// A transport that answers by a function.
    #[must_use]
    pub fn new(
        answer: impl Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            answer: Arc::new(answer),
            sent: Arc::default(),
        }
    }

    /// A transport that answers by saved responses: each request by the first success that is saved for it, or by the status
    /// that `statuses` has for its method and path (`GET /users/{userId}`). What nothing is saved for is 404.
    #[must_use]
    pub fn saved(saved: &'static [Saved], statuses: &[(&str, u16)]) -> Self {
        let wanted: BTreeMap<String, u16> = statuses
            .iter()
            .map(|(operation, status)| ((*operation).to_owned(), *status))
            .collect();
        Self::new(move |request| {
            let fitting = saved.iter().filter(|one| one.is_of(request));
            let chosen = fitting
                .clone()
                .find(|one| wanted.get(&one.operation()) == Some(&one.status))
                .or_else(|| fitting.clone().find(|one| (200..300).contains(&one.status)))
                .or_else(|| fitting.clone().next());
            Ok(chosen.map_or_else(not_found, Saved::response))
        })
    }

    /// What was sent so far.
    #[must_use]
    pub fn sent(&self) -> Vec<Request<Bytes>> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.clone()
    }
}

impl Saved {
    /// `GET /users/{userId}`.
    fn operation(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it answers this request: by the method and the last segments of the path.
    fn is_of(&self, request: &Request<Bytes>) -> bool {
        let mut own = self.path.rsplit('/');
        let mut actual = request.uri().path().rsplit('/');
        request.method() == self.method
            && own.all(|own| {
                let fits = |actual: &str| own.contains('{') || own.is_empty() || own == actual;
                actual.next().is_some_and(fits)
            })
    }

    fn response(&self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from_static(self.body.as_bytes()));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        if let Ok(media_type) = http::HeaderValue::from_str(self.media_type) {
            let headers = response.headers_mut();
            headers.insert(http::header::CONTENT_TYPE, media_type);
        }
        response
    }
}

fn not_found() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

impl Transport for Mock {
    fn send(
        &self,
        request: Request<Upload>,
    ) -> Boxed<'_, Result<Response<Incoming>, TransportError>> {
        Box::pin(async move {
            let (head, upload) = request.into_parts();
            let request = Request::from_parts(head, whole(upload).await?);
            let response = (self.answer)(&request);
            let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
            sent.push(request);
            Ok(response?.map(Incoming::from))
        })
    }
}

/// The whole body of a request.
async fn whole(mut upload: Upload) -> Result<Bytes, TransportError> {
    let mut whole = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut upload).poll_frame(context)).await {
        if let Ok(data) = frame.map_err(TransportError::new)?.into_data() {
            whole.extend_from_slice(&data);
        }
    }
    Ok(whole.into())
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").finish_non_exhaustive()
    }
}
