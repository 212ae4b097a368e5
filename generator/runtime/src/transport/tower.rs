//! The transport on any service of `tower`.

use std::error::Error;
use std::sync::{Mutex, PoisonError};

use http::{Request, Response};
use tower_service::Service;

use super::super::transport_error::TransportError;
use super::{Boxed, Incoming, Transport, Upload};

/// A service of `tower` as a transport, so that its layers serve as middleware.
///
/// Each request goes to a clone of the service, once that is ready.
#[derive(Debug)]
pub struct Tower<S> {
    // Services are not always `Sync`.
    service: Mutex<S>,
}

impl<S> Tower<S> {
    /// A transport on a service.
    pub fn new(service: S) -> Self {
        Self {
            service: Mutex::new(service),
        }
    }
}

impl<S, B> Transport for Tower<S>
where
    S: Service<Request<Upload>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>> + Send,
    S::Future: Send,
    B: http_body::Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>> + Send>
        + Send
        + 'static,
{
    fn send(
        &self,
        request: Request<Upload>,
    ) -> Boxed<'_, Result<Response<Incoming>, TransportError>> {
        let service = self.service.lock().unwrap_or_else(PoisonError::into_inner);
        let mut service = service.clone();
        Box::pin(async move {
            let ready = std::future::poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(|error| TransportError::new(error).connect(true))?;
            let response = service.call(request).await.map_err(TransportError::new)?;
            Ok(response.map(|body| Incoming::streaming(body, TransportError::new)))
        })
    }
}
