//! The network.

use std::io::ErrorKind;
use std::thread;
use std::time::{Duration, SystemTime};

use ureq::Agent;
use ureq::http::header::{
    ACCEPT, ETAG, HeaderMap, HeaderName, IF_NONE_MATCH, LOCATION, RETRY_AFTER,
};
use ureq::tls::{RootCerts, TlsConfig};

use super::origin::Origin;
use super::request::{Fault, Reply, World};

/// How large a document may be.
const LIMIT: u64 = 256 << 20;

/// How long it may take to reach a server.
const CONNECT: Duration = Duration::from_secs(10);

/// The header field of the key of Postman's API.
const KEY_FIELD: &str = "X-Api-Key";

/// The world as it is.
pub(super) struct Network {
    agent: Agent,
}

impl Network {
    /// Every request may take that long. Certificates are those that the system trusts; proxies are those of the usual
    /// environment variables.
    pub(super) fn new(timeout: Duration) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .timeout_connect(Some(CONNECT))
            .user_agent(concat!("letterpress/", env!("CARGO_PKG_VERSION")));
        Self {
            agent: config.build().new_agent(),
        }
    }
}

impl World for Network {
    fn send(&mut self, origin: &Origin, etag: Option<&str>) -> Result<Reply, Fault> {
        let mut request = self
            .agent
            .get(&origin.uri)
            .header(ACCEPT, "application/json");
        if let Some(key) = &origin.key {
            request = request.header(KEY_FIELD, key);
        }
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let mut response = request.call().map_err(|error| fault(&error))?;
        let text = |headers: &HeaderMap, name: HeaderName| {
            let value = headers.get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let headers = response.headers();
        let reply = Reply {
            status: response.status().as_u16(),
            location: text(headers, LOCATION),
            etag: text(headers, ETAG),
            retry_after: text(headers, RETRY_AFTER),
            body: Vec::new(),
        };
        if reply.status != 200 {
            return Ok(reply);
        }
        let body = response.body_mut();
        if body.content_length().is_some_and(|length| length > LIMIT) {
            return Err(fault(&ureq::Error::BodyExceedsLimit(LIMIT)));
        }
        let body = body.with_config().limit(LIMIT).read_to_vec();
        Ok(Reply {
            body: body.map_err(|error| fault(&error))?,
            ..reply
        })
    }

    fn wait(&mut self, time: Duration) {
        thread::sleep(time);
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// What went wrong, without the URL, which may hold a secret.
fn fault(error: &ureq::Error) -> Fault {
    use ureq::Error;
    let (reason, passes) = match error {
        Error::Timeout(_) => (
            "it took too long: `--timeout` gives it more time".to_owned(),
            true,
        ),
        Error::HostNotFound => ("there is no such host".to_owned(), false),
        Error::BodyExceedsLimit(limit) => (format!("it is larger than {} MiB", limit >> 20), false),
        Error::ConnectionFailed => ("it cannot be reached".to_owned(), true),
        Error::Io(error) => (error.to_string(), !is_certificate(error)),
        Error::Http(_) | Error::BadUri(_) => (
            "the URL or the key has characters that cannot be sent".to_owned(),
            false,
        ),
        other => (other.to_string(), false),
    };
    Fault { reason, passes }
}

/// What the verifier of certificates says is no fault of the line.
fn is_certificate(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::InvalidData
}
