//! What `zoom-client` puts on the wire for each of its requests, and what it reads from each reply that
//! its collection shows.

mod requests;

use std::any::{Any, type_name};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Write as _};
use std::fs;

use bytes::Bytes;
use insta::assert_snapshot;
use serde_json::Value;
use zoom_client::runtime::{Body, CallError, Endpoint, Reply, Settings, json};

use crate::workspace;

/// A request, and how its replies are read.
pub(crate) struct Sample {
    /// Its module, as `meetings::create_meeting`.
    module: String,
    wire: String,
    read: fn(http::Response<Bytes>) -> Read,
}

/// What reading a reply gave.
enum Read {
    /// Success, with the reply if that is what the endpoint gives.
    Success(Option<Reply>),
    /// A documented failure: its variant, and the reply.
    Failure(String, Reply),
    /// Something else.
    Other(String),
}

fn sample<E: Endpoint>(request: &E) -> Sample
where
    E::Response: 'static,
    E::Failure: Debug,
{
    let name = type_name::<E>().strip_prefix("zoom_client::").unwrap();
    let settings = Settings::new()
        .trust(E::BASE_URL)
        .bearer("TOKEN")
        .basic("ada", "lovelace")
        .user_agent("tests");
    Sample {
        module: name.strip_suffix("::Request").unwrap().to_owned(),
        wire: wire(&settings.request(request).unwrap()),
        read: read::<E>,
    }
}

fn read<E: Endpoint>(response: http::Response<Bytes>) -> Read
where
    E::Response: 'static,
    E::Failure: Debug,
{
    match E::from_http(response) {
        Ok(response) => Read::Success((&response as &dyn Any).downcast_ref::<Reply>().cloned()),
        Err(CallError::Api(error)) => {
            Read::Failure(format!("{:?}", error.failure()), error.into_reply())
        }
        Err(error) => Read::Other(format!("{error:?}")),
    }
}

/// A request as text. What is chosen anew each time, the boundary, has a fixed name.
pub(crate) fn wire(request: &http::Request<Body>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        writeln!(text, "{name}: {}", value.to_str().unwrap()).unwrap();
    }
    let body = request.body().to_bytes().unwrap();
    let body = String::from_utf8_lossy(&body);
    if !body.is_empty() {
        writeln!(text, "\n{}", body.replace('\r', "")).unwrap();
    }
    match request.body() {
        Body::Multipart(form) => text.replace(form.boundary(), "BOUNDARY"),
        _ => text,
    }
}

fn collection() -> Value {
    let path = workspace::root().join("collections/zoom/zoom.postman_collection.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The requests of the collection, each with its title as `Folder / Request`.
fn items(node: &Value, folders: &[&str], found: &mut Vec<(String, Value)>) {
    for item in node["item"].as_array().into_iter().flatten() {
        let path = [folders, &[item["name"].as_str().unwrap()]].concat();
        if item["request"].is_object() {
            found.push((path.join(" / "), item.clone()));
        }
        items(item, &path, found);
    }
}

fn all_items() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    items(&collection(), &[], &mut found);
    found
}

/// What the collection has as the body of a request; the first, where two have one title. Variables are
/// texts, and a bare one is a number.
fn body<T: json::Decode + Default>(title: &str) -> T {
    let items = all_items();
    let bodies = items
        .iter()
        .filter(|(name, _)| name == title)
        .filter_map(|(_, item)| item["request"]["body"]["raw"].as_str());
    let text = bodies
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no body in {title}"));
    let bare = text.replace(": {{duration}}", ": 45");
    json::from_str(&bare).unwrap_or_else(|error| panic!("{title}: {error}"))
}

/// The modules of requests: module, and the first lines of the file.
fn modules() -> BTreeMap<String, String> {
    let files = workspace::files(&workspace::root().join("generated-client/src"), ".rs");
    let requests = files
        .into_iter()
        .filter(|(_, text)| text.contains("impl rt::Endpoint for Request"));
    requests
        .map(|(path, text)| (path.strip_suffix(".rs").unwrap().replace('/', "::"), text))
        .collect()
}

#[test]
fn each_request_goes_on_the_wire_as_before() {
    let samples = requests::all();
    let seen: BTreeSet<&str> = samples
        .iter()
        .map(|sample| sample.module.as_str())
        .collect();
    let modules = modules();
    assert_eq!(
        seen,
        modules.keys().map(String::as_str).collect(),
        "left: requests.rs; right: generated-client"
    );
    let text: Vec<String> = samples
        .iter()
        .map(|sample| format!("### {}\n{}", sample.module, sample.wire))
        .collect();
    insta::with_settings!({ omit_expression => true }, { assert_snapshot!("wire", text.join("\n")) });
}

#[test]
fn each_reply_of_the_collection_is_read() {
    let samples = requests::all();
    let modules = modules();
    let mut count = 0;
    for (title, item) in all_items() {
        let (from, method) = (
            format!("`{title}` in "),
            item["request"]["method"].as_str().unwrap(),
        );
        let verb = format!("const METHOD: &'static str = \"{method}\"");
        let is_its =
            |text: &&String| text.lines().next().unwrap().contains(&from) && text.contains(&verb);
        let (module, _) = modules
            .iter()
            .find(|(_, text)| is_its(text))
            .unwrap_or_else(|| panic!("no module for {title}"));
        let sample = samples
            .iter()
            .find(|sample| sample.module == *module)
            .unwrap();
        for saved in item["response"].as_array().into_iter().flatten() {
            check(sample, saved);
            count += 1;
        }
    }
    assert!(count >= 250, "only {count} replies");
}

#[track_caller]
fn check(sample: &Sample, saved: &Value) {
    let status = u16::try_from(saved["code"].as_u64().unwrap()).unwrap();
    let body = saved["body"].as_str().unwrap_or_default();
    let mut response = http::Response::builder().status(status);
    for header in saved["header"].as_array().into_iter().flatten() {
        response = response.header(
            header["key"].as_str().unwrap(),
            header["value"].as_str().unwrap(),
        );
    }
    let response = response
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap();
    let place = format!("{} at {status}", sample.module);
    match (sample.read)(response) {
        Read::Success(reply) => {
            assert!((200..300).contains(&status), "{place} is no success");
            assert_eq!(
                reply.map_or(body.to_owned(), |reply| reply.text().into_owned()),
                body,
                "{place}"
            );
        }
        Read::Failure(variant, reply) => {
            let reason = http::StatusCode::from_u16(status)
                .unwrap()
                .canonical_reason()
                .unwrap();
            let (variant, _) = variant.split_once('(').unwrap_or((&variant, ""));
            // Codes whose status the collection does not know.
            let is_code = status == 300 && variant.starts_with("Code");
            let reason = reason.replace([' ', '-'], "");
            assert!(is_code || variant == reason, "{place}: {variant}");
            assert_eq!(
                (reply.status().as_u16(), &*reply.text()),
                (status, body),
                "{place}"
            );
        }
        Read::Other(error) => panic!("{place}: {error}"),
    }
}
