//! Feeds saved replies, bodies and values of requests to a generated client. The programs of `letterpress verify` and
//! `letterpress wire` stand on this crate.
//!
//! Standard input has one case per line, standard output one result per line, both JSON.

mod credentials;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, BufRead as _, Write as _};
use std::panic;

use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, USER_AGENT};
use letterpress_client::json::{self, Decode, Encode};
use letterpress_client::{Auth, BaseUrl, Body, CallError, Endpoint, File, Settings};
use serde_json::{Value, json};

/// What is fed to a module.
#[derive(Debug)]
pub struct Case {
    /// Its number, which the result has too.
    pub index: u64,
    /// The module that it is for.
    pub module: usize,
    /// What it is.
    pub fed: Fed,
}

/// What is fed.
#[derive(Debug)]
pub enum Fed {
    /// A reply.
    Reply {
        /// Its status.
        status: u16,
        /// Its `Content-Type`.
        media_type: Option<String>,
        /// Its body.
        text: String,
    },
    /// The body of a request that is not sent.
    Body(Values),
    /// A request.
    Request(Values, Caller),
}

/// The values of the fields of a request, each a text of JSON, by their names.
pub type Values = BTreeMap<String, String>;

/// Who sends a request.
#[derive(Debug)]
pub struct Caller {
    /// The base URL.
    base: String,
    /// The parameters of the credentials, by their names in Postman.
    credentials: BTreeMap<String, String>,
    /// The credentials for the security schemes of an `OpenAPI` document, by their names there.
    schemes: Option<BTreeMap<String, Value>>,
}

/// What came of a case.
#[derive(Debug)]
pub enum Outcome {
    /// It was read, and this is what is left of it when it is written again.
    Read(Option<Vec<u8>>),
    /// A request as it is sent.
    Sent(Value),
    /// It was not read, or cannot be sent.
    Failed(String),
}

/// What a module makes of a case.
pub type Module = fn(&Case) -> Outcome;

/// What is left of a value.
pub type Kept = Option<Vec<u8>>;

/// Takes every case from standard input, and answers each on standard output.
///
/// # Errors
///
/// When one of the two breaks off, or a line is no case.
pub fn run(modules: &[Module]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let case = Case::parse(&line?)?;
        let outcome = match modules.get(case.module) {
            Some(module) => attempt(*module, &case),
            None => failed("there is no such module"),
        };
        writeln!(out, "{}", outcome.to_json(case.index))?;
    }
    out.flush()
}

/// What an endpoint makes of a case. The first two functions write again what it has read of a reply; a failure
/// without a body of its own has the reply. The third makes a request.
pub fn answer<E: Endpoint>(
    case: &Case,
    success: fn(E::Response) -> Kept,
    failure: fn(&E::Failure) -> Kept,
    request: fn(&mut Fields<'_>) -> E,
) -> Outcome {
    let (values, caller) = match &case.fed {
        Fed::Reply { .. } => {
            let response = match case.response() {
                Ok(response) => response,
                Err(error) => return failed(error),
            };
            return match E::from_http(response.map(Into::into)) {
                Ok(response) => Outcome::Read(success(response)),
                Err(CallError::Api(error)) => {
                    let kept = failure(error.failure());
                    Outcome::Read(kept.or_else(|| Some(error.reply().body().to_vec())))
                }
                Err(error) => failed(error),
            };
        }
        Fed::Body(values) => (values, None),
        Fed::Request(values, caller) => (values, Some(caller)),
    };
    let mut fields = Fields {
        values,
        problem: None,
    };
    let endpoint = request(&mut fields);
    if let Some(problem) = fields.problem {
        return Outcome::Failed(problem);
    }
    let Some(caller) = caller else {
        return match endpoint.body().to_bytes() {
            Ok(bytes) => Outcome::Read(Some(bytes.into())),
            Err(error) => failed(error),
        };
    };
    match caller.settings(E::BASE_URL, E::AUTH).request(&endpoint) {
        Ok(complete) => recorded(complete),
        Err(error) => failed(error),
    }
}

/// Takes the values of fields.
#[derive(Debug)]
pub struct Fields<'a> {
    values: &'a Values,
    /// The first value that does not fit.
    problem: Option<String>,
}

impl Fields<'_> {
    /// A value; that of the type, where there is none.
    pub fn value<T: Decode + Default>(&mut self, name: &str) -> T {
        let Some(text) = self.values.get(name) else {
            return T::default();
        };
        json::from_str(text).unwrap_or_else(|error| {
            self.refuse(name, &error);
            T::default()
        })
    }

    /// Names and values.
    pub fn pairs(&mut self, name: &str) -> Vec<(String, String)> {
        let pairs: Vec<Vec<String>> = self.value(name);
        let pair = |pair: Vec<String>| <[String; 2]>::try_from(pair).map(Into::into);
        pairs.into_iter().flat_map(pair).collect()
    }

    /// A file.
    pub fn file(&mut self, name: &str) -> File {
        let value = self.value(name);
        file(&value)
    }

    /// A file that may be left out.
    pub fn file_if_any(&mut self, name: &str) -> Option<File> {
        let value: Option<json::Json> = self.value(name);
        value.map(|value| file(&value))
    }

    /// Files.
    pub fn files(&mut self, name: &str) -> Vec<File> {
        let values: Vec<json::Json> = self.value(name);
        values.iter().map(file).collect()
    }

    fn refuse(&mut self, name: &str, reason: &dyn Display) {
        let problem = || format!("the field `{name}`: {reason}");
        self.problem.get_or_insert_with(problem);
    }
}

/// A file in memory; its content has a character for each byte.
fn file(value: &json::Json) -> File {
    let text = |name: &str| value.get(name).and_then(json::Json::as_str);
    let content = bytes(text("content").unwrap_or_default());
    let file = File::bytes(text("name").unwrap_or_default(), content);
    match text("media_type") {
        Some(media_type) => file.media_type(media_type),
        None => file,
    }
}

impl Caller {
    fn settings(&self, base: BaseUrl, auth: Auth) -> Settings {
        // What Postman sends is to be sent here too; what a value may be is the user's choice.
        let settings = Settings::new()
            .empty_segments()
            .trust(base)
            .base_url(base, self.base.as_str());
        if let Some(schemes) = &self.schemes {
            return credentials::set_schemes(settings.anonymous(), schemes);
        }
        let given = |name: &str| self.credentials.get(name).map(String::as_str);
        credentials::set(settings, auth, given)
    }
}

/// A request as a transport on `reqwest` sends it. That adds headers: `accept` and `host`, then the length of the
/// body.
fn recorded(request: http::Request<Body>) -> Outcome {
    let (mut head, body) = request.into_parts();
    let is_none = matches!(body, Body::Empty);
    let mut own = head.headers.clone();
    if own
        .get(USER_AGENT)
        .is_some_and(|agent| agent == Settings::USER_AGENT)
    {
        own.remove(USER_AGENT);
    }
    let bytes = match body.to_bytes() {
        Ok(bytes) => bytes,
        Err(error) => return failed(error),
    };
    let mut add = |name, value: Option<HeaderValue>| {
        if let Some(value) = value {
            head.headers.entry(name).or_insert(value);
        }
    };
    add(ACCEPT, Some(HeaderValue::from_static("*/*")));
    let host = head.uri.authority();
    let host = host.and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    add(HOST, host);
    match body.len() {
        _ if is_none => {}
        Some(length) => add(CONTENT_LENGTH, Some(length.into())),
        None => add(TRANSFER_ENCODING, Some(HeaderValue::from_static("chunked"))),
    }
    let (mut headers, mut added) = (Vec::new(), Vec::new());
    for (name, value) in &head.headers {
        let header = (name.as_str(), latin1(value.as_bytes()));
        let is_own = own.contains_key(name) && !(is_none && name == CONTENT_LENGTH);
        if !is_own {
            added.push(header.clone());
        }
        headers.push(header);
    }
    Outcome::Sent(json!({
        "method": head.method.as_str(),
        "url": head.uri.to_string(),
        "headers": headers,
        "system_headers": added,
        "body": (!is_none).then(|| latin1(&bytes)),
    }))
}

/// A character for each byte.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The bytes of such a text.
fn bytes(latin1: &str) -> Vec<u8> {
    let bytes = latin1.chars().map(u8::try_from);
    bytes.filter_map(Result::ok).collect()
}

/// A value as JSON.
pub fn json(value: &dyn Encode) -> Vec<u8> {
    json::to_vec(value)
}

/// A panic is a result too: the others are not lost.
fn attempt(module: Module, case: &Case) -> Outcome {
    panic::catch_unwind(|| module(case)).unwrap_or_else(|_| failed("the client panicked"))
}

fn failed(reason: impl Display) -> Outcome {
    Outcome::Failed(reason.to_string())
}

impl Case {
    fn parse(line: &str) -> io::Result<Self> {
        let mut value: Value = serde_json::from_str(line)?;
        let values = texts(&mut value, "values");
        let number = |name: &str| value[name].as_u64();
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let index = number("case").unwrap_or_default();
        let module = number("module").and_then(|number| usize::try_from(number).ok());
        let status = number("status").and_then(|number| u16::try_from(number).ok());
        let (media_type, body, base) = (text("media_type"), text("text"), text("base"));
        let fed = match (status, base) {
            (Some(status), _) => Fed::Reply {
                status,
                media_type,
                text: body.unwrap_or_default(),
            },
            (None, None) => Fed::Body(values),
            (None, Some(base)) => {
                let credentials = texts(&mut value, "credentials");
                let schemes = serde_json::from_value(value["schemes"].take()).unwrap_or_default();
                let caller = Caller {
                    base,
                    credentials,
                    schemes,
                };
                Fed::Request(values, caller)
            }
        };
        Ok(Self {
            index,
            module: module.unwrap_or(usize::MAX),
            fed,
        })
    }

    fn response(&self) -> http::Result<http::Response<Vec<u8>>> {
        let mut response = http::Response::builder();
        let mut body = String::new();
        if let Fed::Reply {
            status,
            media_type,
            text,
        } = &self.fed
        {
            response = response.status(*status);
            if let Some(media_type) = media_type {
                response = response.header("content-type", media_type);
            }
            body.clone_from(text);
        }
        response.body(body.into_bytes())
    }
}

/// A member with texts by their names.
fn texts(value: &mut Value, name: &str) -> BTreeMap<String, String> {
    serde_json::from_value(value[name].take()).unwrap_or_default()
}

impl Outcome {
    fn to_json(&self, index: u64) -> Value {
        match self {
            Outcome::Read(kept) => {
                let kept = kept.as_deref().map(String::from_utf8_lossy);
                json!({"case": index, "kept": kept})
            }
            Outcome::Sent(request) => {
                let mut line = request.clone();
                line["case"] = json!(index);
                line
            }
            Outcome::Failed(reason) => json!({"case": index, "failed": reason}),
        }
    }
}
