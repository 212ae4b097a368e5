//! What sends requests: the one trait that a client needs.

mod incoming;
#[cfg(feature = "client")]
mod reqwest;
#[cfg(feature = "tower")]
mod tower;
mod upload;

use std::future::Future;
use std::pin::Pin;

use http::{Request, Response};

use super::transport_error::TransportError;

pub use incoming::Incoming;
#[cfg(feature = "client")]
pub use reqwest::Reqwest;
#[cfg(feature = "tower")]
pub use tower::Tower;
pub use upload::Upload;

/// A future on the heap. It can go from thread to thread, except in a browser.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A future on the heap. It can go from thread to thread, except in a browser.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Sends requests as they are, and gives what comes back as it is.
///
/// It does not follow redirects, send anything again, undo codings, or set time limits: `Client` does that. A
/// connection that could not be made is said by [`TransportError::connect`].
///
/// ```
/// use letterpress_client::{Boxed, Incoming, Transport, TransportError, Upload};
///
/// /// Says the same to everybody.
/// struct Echo;
///
/// impl Transport for Echo {
///     fn send(
///         &self,
///         request: http::Request<Upload>,
///     ) -> Boxed<'_, Result<http::Response<Incoming>, TransportError>> {
///         let text = request.uri().path().to_owned();
///         Box::pin(async move { Ok(http::Response::new(Incoming::from(text))) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends a request. The response is there when its head is.
    fn send(
        &self,
        request: Request<Upload>,
    ) -> Boxed<'_, Result<Response<Incoming>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(
        &self,
        request: Request<Upload>,
    ) -> Boxed<'_, Result<Response<Incoming>, TransportError>> {
        (**self).send(request)
    }
}
