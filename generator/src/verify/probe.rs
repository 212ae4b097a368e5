//! Feeds saved replies and bodies to a generated client. The programs of `letterpress verify` stand on this crate.
//!
//! Standard input has one case per line, standard output one result per line, both JSON.

use std::io::{self, BufRead as _, Write as _};
use std::panic;

use letterpress_client::json::{self, Decode, Encode};
use letterpress_client::{CallError, Endpoint};
use serde_json::Value;

/// What is fed to a module.
#[derive(Debug)]
pub struct Case {
    /// Its number, which the result has too.
    pub index: u64,
    /// The module that it is for.
    pub module: usize,
    /// The status of a reply; nothing, where it is the body of a request.
    pub status: Option<u16>,
    /// The `Content-Type` of a reply.
    pub media_type: Option<String>,
    /// The body.
    pub text: String,
}

/// What came of a case.
#[derive(Debug)]
pub enum Outcome {
    /// It was read, and this is what is left of it when it is written again.
    Read(Option<Vec<u8>>),
    /// It was not.
    Failed(String),
}

/// What a module makes of a case.
pub type Module = fn(&Case) -> Outcome;

/// What is left of a value.
pub type Kept = Option<Vec<u8>>;

/// What is fed to a request whose body nobody chooses.
pub type Ignored = json::Json;

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
            None => Outcome::Failed("there is no such module".to_owned()),
        };
        writeln!(out, "{}", outcome.to_json(case.index))?;
    }
    out.flush()
}

/// Feeds a reply to an endpoint. The two functions write again what it has read; a failure without a body of its
/// own has the reply.
pub fn reply<E: Endpoint>(
    case: &Case,
    success: fn(E::Response) -> Kept,
    failure: fn(&E::Failure) -> Kept,
) -> Outcome {
    let response = match case.response() {
        Ok(response) => response,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    match E::from_http(response.map(Into::into)) {
        Ok(response) => Outcome::Read(success(response)),
        Err(CallError::Api(error)) => {
            let kept = failure(error.failure());
            Outcome::Read(kept.or_else(|| Some(error.reply().body().to_vec())))
        }
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// Reads the body of a request, and gives what the request made of it puts on the wire.
pub fn body<T: Decode + Default, E: Endpoint>(case: &Case, request: fn(T) -> E) -> Outcome {
    match json::from_str(&case.text) {
        Ok(body) => sent(request(body).body().to_bytes()),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

fn sent(bytes: io::Result<impl Into<Vec<u8>>>) -> Outcome {
    match bytes {
        Ok(bytes) => Outcome::Read(Some(bytes.into())),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// A value as JSON.
pub fn json(value: &dyn Encode) -> Vec<u8> {
    json::to_vec(value)
}

/// A panic is a result too: the others are not lost.
fn attempt(module: Module, case: &Case) -> Outcome {
    panic::catch_unwind(|| module(case))
        .unwrap_or_else(|_| Outcome::Failed("the client panicked".to_owned()))
}

impl Case {
    fn parse(line: &str) -> io::Result<Self> {
        let value: Value = serde_json::from_str(line)?;
        let number = |name: &str| value[name].as_u64();
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        Ok(Self {
            index: number("case").unwrap_or_default(),
            module: number("module")
                .and_then(|number| usize::try_from(number).ok())
                .unwrap_or(usize::MAX),
            status: number("status").and_then(|number| u16::try_from(number).ok()),
            media_type: text("media_type"),
            text: text("text").unwrap_or_default(),
        })
    }

    fn response(&self) -> http::Result<http::Response<Vec<u8>>> {
        let mut response = http::Response::builder().status(self.status.unwrap_or(200));
        if let Some(media_type) = &self.media_type {
            response = response.header("content-type", media_type);
        }
        response.body(self.text.clone().into_bytes())
    }
}

impl Outcome {
    fn to_json(&self, index: u64) -> Value {
        match self {
            Outcome::Read(kept) => {
                let kept = kept.as_deref().map(String::from_utf8_lossy);
                serde_json::json!({"case": index, "kept": kept})
            }
            Outcome::Failed(reason) => serde_json::json!({"case": index, "failed": reason}),
        }
    }
}
