//! Hawk: a MAC of method, host and target, and maybe of the body.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::header::{AUTHORIZATION, CONTENT_TYPE};

use super::super::auth::Hawk;
use super::super::body::Body;
use super::super::request_error::RequestError;
use super::request::{authorize, content, target};
use super::{Complete, Moment, hash};

/// Credentials of Hawk.
///
/// ```
/// use letterpress_client::HawkKeys;
///
/// let keys = HawkKeys::new("dh37fgj492je", "secret").ext("some-app-data");
/// assert!(!format!("{keys:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct HawkKeys {
    id: String,
    key: String,
    ext: String,
    app: String,
    delegation: String,
}

impl HawkKeys {
    /// The id of the credentials, and their key.
    #[must_use]
    pub fn new(id: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            key: key.into(),
            ext: String::new(),
            app: String::new(),
            delegation: String::new(),
        }
    }

    /// What the application says of itself, `ext`.
    #[must_use]
    pub fn ext(mut self, ext: impl Into<String>) -> Self {
        self.ext = ext.into();
        self
    }

    /// The id of the application, `app`, and that of the application it acts for, `dlg`, maybe
    /// none.
    #[must_use]
    pub fn app(mut self, id: impl Into<String>, delegation: impl Into<String>) -> Self {
        self.app = id.into();
        self.delegation = delegation.into();
        self
    }
}

impl fmt::Debug for HawkKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HawkKeys").finish_non_exhaustive()
    }
}

impl Complete for HawkKeys {
    fn is_complete(&self) -> bool {
        !self.id.is_empty() && !self.key.is_empty()
    }
}

pub(super) fn sign(
    request: &mut http::Request<Body>,
    options: Hawk,
    keys: &HawkKeys,
    moment: &Moment,
) -> Result<(), RequestError> {
    request.headers_mut().remove(AUTHORIZATION);
    let seconds = moment.seconds();
    let nonce = &moment.nonce;
    let payload = payload_hash(request, options)?;
    let mac = BASE64.encode(hash::hmac(
        options.algorithm,
        keys.key.as_bytes(),
        normalized(request, keys, moment, &payload).as_bytes(),
    ));

    let mut fields = vec![
        ("id", keys.id.clone()),
        ("ts", seconds.to_string()),
        ("nonce", nonce.clone()),
        ("hash", payload),
        ("ext", keys.ext.replace('\\', "\\\\").replace('"', "\\\"")),
        ("mac", mac),
        ("app", keys.app.clone()),
    ];
    if !keys.app.is_empty() {
        fields.push(("dlg", keys.delegation.clone()));
    }
    let fields = fields.iter().filter(|(_, value)| !value.is_empty());
    let fields: Vec<String> = fields
        .map(|(name, value)| format!("{name}=\"{value}\""))
        .collect();
    authorize(request, &format!("Hawk {}", fields.join(", ")))
}

/// What the MAC is of.
fn normalized(
    request: &http::Request<Body>,
    keys: &HawkKeys,
    moment: &Moment,
    payload: &str,
) -> String {
    let uri = request.uri();
    let default_port = if uri.scheme_str() == Some("http") {
        80
    } else {
        443
    };
    let mut text = format!(
        "hawk.1.header\n{}\n{}\n{}\n{}\n{}\n{}\n{payload}\n",
        moment.seconds(),
        moment.nonce,
        request.method().as_str().to_uppercase(),
        target(uri),
        uri.host().unwrap_or_default().to_lowercase(),
        uri.port_u16().unwrap_or(default_port),
    );
    text.push_str(&keys.ext.replace('\\', "\\\\").replace('\n', "\\n"));
    text.push('\n');
    if !keys.app.is_empty() {
        let app = [&keys.app, "\n", &keys.delegation, "\n"];
        text.extend(app);
    }
    text
}

/// The hash of the body, where it is asked for and there is one.
fn payload_hash(request: &http::Request<Body>, options: Hawk) -> Result<String, RequestError> {
    if !options.payload || matches!(request.body(), Body::Empty) {
        return Ok(String::new());
    }
    let media_type = request.headers().get(CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let media_type = media_type.and_then(|value| value.split(';').next());
    let media_type = media_type.unwrap_or_default().trim().to_lowercase();
    let head = format!("hawk.1.payload\n{media_type}\n");
    let pieces: [&[u8]; 3] = [head.as_bytes(), &content(request.body())?, b"\n"];
    Ok(BASE64.encode(hash::hash(options.algorithm, &pieces)))
}
