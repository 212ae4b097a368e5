//! Ten faults that another generator made of the request "Update a live stream": each test fails if
//! ours made it too.

use std::fmt::Write as _;

use zoom_client::meetings::update_live_stream::{Failure, Request};
use zoom_client::runtime::{Auth, Body, Endpoint, Settings};

use crate::{case, workspace};

fn request() -> Request {
    Request {
        meeting_id: 68_423_085,
        stream_url: "aute ".to_owned(),
        stream_key: "officia".to_owned(),
        page_url: "https://IBrRnEbZoeJwPd.ixq+PqOQQZC-z42EWi".to_owned(),
    }
}

fn http() -> http::Request<Body> {
    Settings::new().bearer("TOKEN").request(&request()).unwrap()
}

/// A request as text. What is chosen anew each time, the boundary, has a fixed name.
fn wire(request: &http::Request<Body>) -> String {
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

/// The text between the head of a part and the next boundary.
fn part(name: &str) -> String {
    let wire = wire(&http());
    let head = format!("name=\"{name}\"\n\n");
    wire.split_once(&head)
        .unwrap()
        .1
        .split_once("\n--BOUNDARY")
        .unwrap()
        .0
        .to_owned()
}

fn generated(file: &str) -> String {
    std::fs::read_to_string(workspace::root().join("generated-client/src").join(file)).unwrap()
}

#[test]
fn fault_1_path_variables_are_filled_in() {
    assert_eq!(http().uri().path(), "/v2/meetings/68423085/livestream");
}

#[test]
fn fault_2_a_field_has_its_own_value_and_no_other() {
    assert_eq!(part("stream_key"), "officia");
    assert_eq!(
        part("page_url"),
        "https://IBrRnEbZoeJwPd.ixq+PqOQQZC-z42EWi"
    );
}

#[test]
fn fault_3_blanks_at_the_end_of_a_value_stay() {
    assert_eq!(part("stream_url"), "aute ");
    assert!(
        generated("meetings/update_live_stream.rs").contains(r#"stream_url: "aute ".to_owned()"#)
    );
}

#[test]
fn fault_4_every_documented_reply_is_told_apart_and_keeps_its_codes() {
    let read = |status: u16| {
        let response = http::Response::builder()
            .status(status)
            .body(bytes::Bytes::new())
            .unwrap();
        Request::from_http(response).map_err(|error| match error {
            zoom_client::runtime::CallError::Api(error) => *error.failure(),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(read(204), Ok(()));
    assert_eq!(read(300), Err(Failure::Code300));
    assert_eq!(read(400), Err(Failure::BadRequest));
    assert_eq!(read(404), Err(Failure::NotFound));
    let codes: Vec<_> = Request::ERROR_CODES
        .iter()
        .map(|entry| (entry.status, entry.code))
        .collect();
    assert_eq!(
        codes,
        [
            (Some(400), "1010"),
            (Some(400), "3000"),
            (Some(404), "1001"),
            (None, "300")
        ]
    );
}

#[test]
fn fault_5_the_media_type_of_a_form_names_its_boundary() {
    let http = http();
    let types: Vec<_> = http.headers().get_all("content-type").iter().collect();
    let Body::Multipart(form) = http.body() else {
        panic!("{:?}", http.body())
    };
    assert_eq!(
        types,
        [&*format!(
            "multipart/form-data; boundary={}",
            form.boundary()
        )]
    );
}

/// There was a command for a shell whose lines did not hang together. Each module shows Rust instead, which is
/// compiled. A language that nobody checks has no place there.
#[test]
fn fault_6_examples_are_programs_that_compile() {
    for (path, text) in workspace::files(&workspace::root().join("generated-client/src"), ".rs") {
        // Every other fence opens a block.
        let fences = text.lines().filter_map(|line| line.strip_prefix("//! ```"));
        let blocks: Vec<&str> = fences.step_by(2).collect();
        let has_program = path == "lib.rs" || text.contains("impl rt::Endpoint for Request");
        let programs = blocks.iter().filter(|block| **block == "no_run").count();
        assert_eq!(programs, usize::from(has_program), "{path}");
        let is_known = |block: &&str| matches!(*block, "no_run" | "text");
        assert!(blocks.iter().all(is_known), "{path}: {blocks:?}");
    }
}

#[test]
fn fault_7_descriptions_are_there() {
    let text = generated("meetings/update_live_stream.rs");
    for line in [
        "/// Streaming URL.\n    pub stream_url: String,",
        "/// Stream name and key.\n    pub stream_key: String,",
        "/// The live stream page URL.\n    pub page_url: String,",
        "/// * `1010`: User does not belong to this account: {accountId}.\n",
        "//! * Meeting host must have a Pro license.\n",
    ] {
        assert!(text.contains(line), "{line}");
    }
    assert!(!text.contains("(Required)"), "a mark is no prose");
}

/// There were variables that nobody used. The compiler tells; nothing may keep it from that.
#[test]
fn fault_8_nothing_hides_what_is_unused() {
    for case in case::all() {
        for (path, text) in case
            .press()
            .files
            .iter()
            .filter(|(path, _)| !path.starts_with("src/runtime/"))
        {
            assert!(
                !text.contains("allow(unused") && !text.contains("allow(dead_code"),
                "{}/{path}",
                case.name
            );
        }
    }
}

#[test]
fn fault_9_tokens_and_base_urls_are_settings() {
    assert_eq!(Request::AUTH, Auth::OAuth2);
    let elsewhere = Settings::new()
        .bearer("TOKEN")
        .base_url(Request::BASE_URL, "https://eu.example/v3");
    let http = elsewhere.request(&request()).unwrap();
    assert_eq!(
        http.uri(),
        "https://eu.example/v3/meetings/68423085/livestream"
    );
    assert_eq!(http.headers()["authorization"], "Bearer TOKEN");
    assert!(
        Settings::new().request(&request()).is_err(),
        "a request without a token went out"
    );
    // What the collection alone does not say is not made up: there, the base URL has no value.
    let seed = case::Case::read(&case::folder().join("seed")).press();
    let (_, root) = seed
        .files
        .iter()
        .find(|(path, _)| *path == "src/lib.rs")
        .unwrap();
    assert!(
        root.contains("does not say where it is") && !root.contains("zoom.us"),
        "{root}"
    );
}

/// JSON in a field is one part of JSON, and no part is added that the collection does not have.
#[test]
fn fault_10_parts_are_those_of_the_collection() {
    let wire = wire(&http());
    let names: Vec<&str> = wire
        .lines()
        .filter_map(|line| line.strip_prefix("Content-Disposition: "))
        .collect();
    let expected =
        ["stream_url", "stream_key", "page_url"].map(|name| format!("form-data; name=\"{name}\""));
    assert_eq!(names, expected);

    let forms = case::Case::read(&case::folder().join("formdata")).press();
    let (_, module) = forms
        .files
        .iter()
        .find(|(path, _)| *path == "src/json_in_field.rs")
        .unwrap();
    assert!(
        module.contains("pub settings: Settings")
            && module.contains(r#"form.json("settings", &self.settings)"#)
    );
}
