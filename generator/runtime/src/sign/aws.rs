//! AWS Signature Version 4: an HMAC of the whole request.

use std::collections::BTreeMap;
use std::fmt;

use http::HeaderName;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, RANGE,
    TRANSFER_ENCODING, USER_AGENT,
};

use super::super::auth::{Algorithm, Aws, Place};
use super::super::body::Body;
use super::super::request_error::RequestError;
use super::super::uri;
use super::percent::{decoded, encoded};
use super::request::{authorize, content, sensitive};
use super::time::Utc;
use super::{Complete, Moment, hash};

/// Credentials of AWS.
///
/// ```
/// use letterpress_client::AwsKeys;
///
/// let keys = AwsKeys::new("AKIDEXAMPLE", "secret").region("eu-central-1");
/// assert!(!format!("{keys:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct AwsKeys {
    access_key: String,
    secret_key: String,
    session_token: String,
    region: Option<String>,
    service: Option<String>,
}

impl AwsKeys {
    /// The id of the access key, and its secret.
    #[must_use]
    pub fn new(access_key: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self {
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            session_token: String::new(),
            region: None,
            service: None,
        }
    }

    /// The token of temporary credentials.
    #[must_use]
    pub fn session_token(mut self, token: impl Into<String>) -> Self {
        self.session_token = token.into();
        self
    }

    /// Another region than that of the collection.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Another service than that of the collection.
    #[must_use]
    pub fn service(mut self, service: impl Into<String>) -> Self {
        self.service = Some(service.into());
        self
    }
}

impl fmt::Debug for AwsKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AwsKeys").finish_non_exhaustive()
    }
}

impl Complete for AwsKeys {
    fn is_complete(&self) -> bool {
        !self.access_key.is_empty() && !self.secret_key.is_empty()
    }
}

/// Headers that change on the way, or that the transport writes.
const UNSIGNED: [HeaderName; 7] = [
    AUTHORIZATION,
    CONNECTION,
    CONTENT_LENGTH,
    EXPECT,
    RANGE,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// What a signature says of where and when it counts.
struct Scope<'a> {
    service: &'a str,
    region: &'a str,
    /// `20200101T000000Z`
    time: String,
}

impl Scope<'_> {
    fn date(&self) -> &str {
        self.time.get(..8).unwrap_or_default()
    }

    fn text(&self) -> String {
        let (date, region, service) = (self.date(), self.region, self.service);
        format!("{date}/{region}/{service}/aws4_request")
    }
}

pub(super) fn sign(
    request: &mut http::Request<Body>,
    options: Aws,
    keys: &AwsKeys,
    moment: &Moment,
) -> Result<(), RequestError> {
    let scope = Scope {
        service: keys.service.as_deref().unwrap_or(options.service),
        region: keys.region.as_deref().unwrap_or(options.region),
        time: timestamp(moment.seconds()),
    };
    request.headers_mut().remove(AUTHORIZATION);
    for name in ["x-amz-date", "x-amz-security-token", "x-amz-content-sha256"] {
        request.headers_mut().remove(name);
    }
    match options.place {
        Place::Header | Place::Cookie => in_header(request, keys, &scope),
        Place::Query => in_query(request, keys, &scope),
    }
}

fn in_header(
    request: &mut http::Request<Body>,
    keys: &AwsKeys,
    scope: &Scope<'_>,
) -> Result<(), RequestError> {
    let body = hex_hash(&content(request.body())?);
    let says_body = !matches!(request.body(), Body::Empty) || scope.service == "s3";
    let fields = [
        ("x-amz-content-sha256", says_body.then_some(&body)),
        ("x-amz-date", Some(&scope.time)),
        (
            "x-amz-security-token",
            Some(&keys.session_token).filter(|token| !token.is_empty()),
        ),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            let value = sensitive(value, name)?;
            request.headers_mut().insert(name, value);
        }
    }
    let (names, headers) = headers(request);
    let signature = signature(
        keys,
        scope,
        &canonical(request, scope, &names, &headers, &body),
    );
    let text = format!(
        "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={names}, Signature={signature}",
        keys.access_key,
        scope.text()
    );
    authorize(request, &text)
}

fn in_query(
    request: &mut http::Request<Body>,
    keys: &AwsKeys,
    scope: &Scope<'_>,
) -> Result<(), RequestError> {
    let (names, headers) = headers(request);
    let (body, expires) = if scope.service == "s3" {
        ("UNSIGNED-PAYLOAD".to_owned(), "86400")
    } else {
        (hex_hash(b""), "")
    };
    let credential = format!("{}/{}", keys.access_key, scope.text());
    let own = [
        ("X-Amz-Security-Token", keys.session_token.as_str()),
        ("X-Amz-Expires", expires),
        ("X-Amz-Date", &scope.time),
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", &credential),
        ("X-Amz-SignedHeaders", &names),
    ];
    let is_own = |element: &&str| {
        let name = uri::name(element);
        name == "X-Amz-Signature"
            || own
                .iter()
                .any(|(own, _)| *own == name && name != "X-Amz-Expires")
    };
    let kept = uri::elements(request.uri()).filter(|element| !is_own(element));
    let mut query: Vec<String> = kept.map(str::to_owned).collect();
    let says_expires = query
        .iter()
        .any(|element| uri::name(element) == "X-Amz-Expires");
    for (name, value) in own {
        let is_said = says_expires && name == "X-Amz-Expires";
        if !is_said && !value.is_empty() {
            query.push(format!("{name}={}", encoded(value)));
        }
    }
    *request.uri_mut() = uri::with_query(request.uri(), &query.join("&"))?;
    let signature = signature(
        keys,
        scope,
        &canonical(request, scope, &names, &headers, &body),
    );
    query.push(format!("X-Amz-Signature={signature}"));
    *request.uri_mut() = uri::with_query(request.uri(), &query.join("&"))?;
    Ok(())
}

/// The names of the signed headers, and the headers themselves, a line each.
fn headers(request: &http::Request<Body>) -> (String, String) {
    let mut all: BTreeMap<&str, String> = BTreeMap::new();
    let authority = request.uri().authority();
    let host = authority.map(|authority| authority.as_str().to_lowercase());
    all.insert(HOST.as_str(), host.unwrap_or_default());
    // The type of a form is the transport's to say, as in Postman.
    let is_form = matches!(request.body(), Body::Form(_) | Body::Multipart(_));
    let is_left_out =
        |name: &HeaderName| UNSIGNED.contains(name) || is_form && *name == CONTENT_TYPE;
    for name in request.headers().keys().filter(|name| !is_left_out(name)) {
        let values = request.headers().get_all(name).iter();
        let values: Vec<String> = values
            .map(|value| {
                let text = String::from_utf8_lossy(value.as_bytes());
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .collect();
        all.insert(name.as_str(), values.join(","));
    }
    let names: Vec<&str> = all.keys().copied().collect();
    let lines: Vec<String> = all
        .iter()
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    (names.join(";"), lines.concat())
}

/// The request in the form that is signed.
fn canonical(
    request: &http::Request<Body>,
    scope: &Scope<'_>,
    names: &str,
    headers: &str,
    body: &str,
) -> String {
    let (method, uri) = (request.method(), request.uri());
    let path = path(uri.path(), scope.service == "s3");
    let mut query: Vec<(String, String)> = uri::elements(uri)
        .filter(|element| !uri::name(element).is_empty())
        .map(|element| {
            let (name, value) = element.split_once('=').unwrap_or((element, ""));
            (encoded(&decoded(name)), encoded(&decoded(value)))
        })
        .collect();
    query.sort();
    let query: Vec<String> = query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = query.join("&");
    format!("{method}\n{path}\n{query}\n{headers}\n{names}\n{body}")
}

/// The path. All services but S3 take it without repeated slashes and dot segments, and encoded once more.
fn path(path: &str, is_s3: bool) -> String {
    let mut segments: Vec<String> = Vec::new();
    for segment in path.split('/') {
        match segment {
            _ if is_s3 => segments.push(encoded(&decoded(segment))),
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(encoded(segment)),
        }
    }
    if is_s3 {
        return segments.join("/").replace("%2F", "/");
    }
    let end = if path.len() > 1 && path.ends_with('/') && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{end}", segments.join("/"))
}

fn signature(keys: &AwsKeys, scope: &Scope<'_>, canonical: &str) -> String {
    let text = format!(
        "AWS4-HMAC-SHA256\n{}\n{}\n{}",
        scope.time,
        scope.text(),
        hex_hash(canonical.as_bytes())
    );
    let secret = format!("AWS4{}", keys.secret_key);
    let parts = [
        scope.date(),
        scope.region,
        scope.service,
        "aws4_request",
        &text,
    ];
    let signed = parts.iter().fold(secret.into_bytes(), |key, part| {
        hash::hmac(Algorithm::Sha256, &key, part.as_bytes())
    });
    hash::hex(&signed)
}

fn timestamp(seconds: u64) -> String {
    let Utc {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = Utc::at(seconds);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

fn hex_hash(bytes: &[u8]) -> String {
    hash::hex(&hash::hash(Algorithm::Sha256, &[bytes]))
}
