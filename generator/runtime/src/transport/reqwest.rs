//! The transport on `reqwest`.

use http::{Request, Response, Uri};

use super::super::transport_error::TransportError;
use super::{Boxed, Incoming, Transport, Upload};

/// The transport on `reqwest`: connections, TLS, HTTP versions, proxies (those of the environment, unless the builder
/// says otherwise).
#[derive(Clone, Debug)]
pub struct Reqwest {
    http: reqwest::Client,
}

impl Reqwest {
    /// A transport of its own connections, which are set up by `builder`.
    ///
    /// Redirects, codings and retries are a matter of the client: what the builder says of them is changed, so that no other
    /// crate of the program can change what is sent or received by turning on a feature of `reqwest`.
    ///
    /// # Errors
    ///
    /// The system's TLS certificates or proxy settings cannot be used.
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    pub fn new(builder: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        let builder = builder
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate();
        let http = builder.build().map_err(error)?;
        Ok(Self { http })
    }

    /// A transport that is set up by `builder`. A browser follows redirects and undoes codings itself.
    ///
    /// # Errors
    ///
    /// None that are known.
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    pub fn new(builder: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        let http = builder.build().map_err(error)?;
        Ok(Self { http })
    }
}

impl Transport for Reqwest {
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    fn send(
        &self,
        request: Request<Upload>,
    ) -> Boxed<'_, Result<Response<Incoming>, TransportError>> {
        Box::pin(async move {
            let (head, upload) = request.into_parts();
            let mut request = reqwest::Request::new(head.method, url(&head.uri)?);
            *request.headers_mut() = head.headers;
            *request.body_mut() = body(upload);
            let response = self.http.execute(request).await.map_err(error)?;
            let response = Response::<reqwest::Body>::from(response);
            Ok(response.map(|body| Incoming::streaming(body, error)))
        })
    }

    /// A browser's `fetch` takes and gives whole bodies.
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    fn send(
        &self,
        request: Request<Upload>,
    ) -> Boxed<'_, Result<Response<Incoming>, TransportError>> {
        Box::pin(async move {
            let (head, upload) = request.into_parts();
            let mut request = reqwest::Request::new(head.method, url(&head.uri)?);
            *request.headers_mut() = head.headers;
            if let Some(bytes) = upload.in_memory() {
                *request.body_mut() = Some(bytes.clone().into());
            }
            let response = self.http.execute(request).await.map_err(error)?;
            let mut whole = Response::new(());
            *whole.status_mut() = response.status();
            *whole.headers_mut() = response.headers().clone();
            // What the browser undid is still said.
            whole.headers_mut().remove(http::header::CONTENT_ENCODING);
            let bytes = response.bytes().await.map_err(error)?;
            Ok(whole.map(|()| Incoming::from(bytes)))
        })
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn body(upload: Upload) -> Option<reqwest::Body> {
    if upload.is_none() {
        return None;
    }
    // `reqwest` takes no bytes for no body, so an empty file has to stream for its length of 0.
    match upload.in_memory() {
        Some(bytes) if !bytes.is_empty() => Some(bytes.clone().into()),
        _ => Some(reqwest::Body::wrap(upload)),
    }
}

/// The URL for `reqwest`, if that would send the same host, path and query.
///
/// Its URL type resolves dot segments and encodes further characters. What it would change is
/// refused, because another URL is another request.
fn url(uri: &Uri) -> Result<reqwest::Url, TransportError> {
    let same = |url: &reqwest::Url| {
        let host = url.host_str().zip(uri.host());
        host.is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
            && url.path() == uri.path()
            && url.query() == uri.query()
    };
    let url = reqwest::Url::parse(&uri.to_string()).ok().filter(same);
    url.ok_or_else(|| TransportError::unsendable(uri.path()))
}

/// An error without the URL, which may hold an API key.
fn error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let timeout = error.is_timeout();
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    let connect = error.is_connect();
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    let connect = false;
    TransportError::new(error).timeout(timeout).connect(connect)
}
