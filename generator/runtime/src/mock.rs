//! A transport for tests: it answers without a network.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::Body as _;

use super::json::{self, Json, Map};
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

/// A response that an API documents.
#[derive(Debug)]
struct Saved {
    method: String,
    /// The path with names instead of values, below the base URL.
    path: String,
    status: StatusCode,
    /// The media type of the body, where one is saved.
    media_type: Option<HeaderValue>,
    body: Bytes,
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

    /// A transport that answers by saved responses, as each client has them with this feature (`SAVED_RESPONSES`): JSON, one
    /// response a line. Each request gets the first success that is saved for it, or the status that `statuses` has for its
    /// method and path (`GET /users/{userId}`). What nothing is saved for is 404.
    ///
    /// ```
    /// use letterpress_client::mock::Mock;
    ///
    /// let saved = r#"{"method": "GET", "path": "/users/{userId}", "status": 200, "media_type": "application/json", "body": "{}"}"#;
    /// let mock = Mock::saved(saved, &[("DELETE /users/{userId}", 404)])?;
    /// # Ok::<(), letterpress_client::json::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A line that is no JSON object.
    pub fn saved(saved: &str, statuses: &[(&str, u16)]) -> Result<Self, json::Error> {
        let lines = saved.lines().filter(|line| !line.trim().is_empty());
        let saved = lines.map(Saved::from_line).collect::<Result<Vec<_>, _>>()?;
        let wanted: BTreeMap<String, u16> = statuses
            .iter()
            .map(|(operation, status)| ((*operation).to_owned(), *status))
            .collect();
        Ok(Self::new(move |request| {
            let fitting = saved.iter().filter(|one| one.is_for(request));
            let chosen = fitting
                .clone()
                .find(|one| wanted.get(&one.operation()) == Some(&one.status.as_u16()))
                .or_else(|| fitting.clone().find(|one| one.status.is_success()))
                .or_else(|| fitting.clone().next());
            Ok(chosen.map_or_else(not_found, Saved::response))
        }))
    }

    /// What was sent so far.
    #[must_use]
    pub fn sent(&self) -> Vec<Request<Bytes>> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.clone()
    }
}

impl Saved {
    fn from_line(line: &str) -> Result<Self, json::Error> {
        let object: Map<Json> = json::from_str(line)?;
        let text = |name: &str| object.get(name).and_then(Json::as_str).unwrap_or_default();
        let status = object.get("status").and_then(Json::as_i64);
        let status = status.and_then(|status| u16::try_from(status).ok());
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        let media_type = HeaderValue::from_str(text("media_type")).ok();
        Ok(Self {
            method: text("method").to_owned(),
            path: text("path").to_owned(),
            status: status.unwrap_or_default(),
            media_type: media_type.filter(|media_type| !media_type.is_empty()),
            body: text("body").to_owned().into(),
        })
    }

    /// `GET /users/{userId}`.
    fn operation(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it answers this request: by the method and the last segments of the path.
    fn is_for(&self, request: &Request<Bytes>) -> bool {
        let mut own = self.path.rsplit('/');
        let mut actual = request.uri().path().rsplit('/');
        request.method() == self.method.as_str()
            && own.all(|own| {
                let fits = |actual: &str| own.contains('{') || own.is_empty() || own == actual;
                actual.next().is_some_and(fits)
            })
    }

    fn response(&self) -> Response<Bytes> {
        let mut response = Response::new(self.body.clone());
        *response.status_mut() = self.status;
        if let Some(media_type) = &self.media_type {
            let headers = response.headers_mut();
            headers.insert(http::header::CONTENT_TYPE, media_type.clone());
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
