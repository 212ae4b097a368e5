//! Bodies that are a stream of values, and results that come in pages.

use std::sync::Mutex;

use http::Response;
use letterpress_client::json::Json;
use letterpress_client::mock::Mock;
use letterpress_client::{
    BaseUrl, CallError, Client, Endpoint, Paged, Path, Query, Reply, Settings, next_token,
};

use crate::probe::{BASE, get};

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.unwrap().block_on(future)
}

fn client(body: &'static str) -> Client {
    Client::on(
        Mock::new(move |_| Ok(Response::new(body.into()))),
        Settings::new(),
    )
}

#[test]
fn events_are_read_as_the_standard_has_it() {
    let table: [(&str, &[&str]); 8] = [
        ("data: {\"a\": 1}\n\n", &["message  {\"a\":1}"]),
        (
            "\u{feff}: hello\nevent: tick\r\nid: 7\rdata: [1,\r\ndata: 2]\r\n\r\ndata:3\n\n",
            &["tick 7 [1,2]", "message 7 3"],
        ),
        ("event: none\n\ndata: 1\n\n", &["message  1"]),
        ("data: 1\n\ndata: 2", &["message  1"]),
        ("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", &["message  1"]),
        ("retry: 10\nunknown: x\ndata: 1\n\n", &["message  1"]),
        (
            "data: x\n\ndata: 2\n\n",
            &[
                "a value of the stream does not fit: expected a value, found something that is no JSON (line 1, column 1)",
                "message  2",
            ],
        ),
        ("", &[]),
    ];
    for (body, expected) in table {
        let seen = wait(async {
            let mut events = client(body)
                .download(&get())
                .await
                .unwrap()
                .events::<Json>();
            let mut seen = Vec::new();
            while let Some(event) = events.next_event().await {
                seen.push(match event {
                    Ok(event) => format!("{} {} {}", event.name, event.id, event.data),
                    Err(error) => error.to_string(),
                });
            }
            seen
        });
        assert_eq!(seen, expected, "{body:?}");
    }
}

#[test]
fn lines_of_json_are_values() {
    let table: [(&str, &[&str]); 4] = [
        ("{\"a\": 1}\n\n[2]\r\n3", &["{\"a\":1}", "[2]", "3"]),
        ("\u{1e}{}\n\u{1e}1\n", &["{}", "1"]),
        ("x\n1\n", &["wrong", "1"]),
        ("", &[]),
    ];
    for (body, expected) in table {
        let seen = wait(async {
            let mut lines = client(body)
                .download(&get())
                .await
                .unwrap()
                .json_lines::<Json>();
            let mut seen = Vec::new();
            while let Some(value) = lines.next_value().await {
                seen.push(value.map_or("wrong".to_owned(), |value| value.to_string()));
            }
            seen
        });
        assert_eq!(seen, expected, "{body:?}");
    }
}

/// A list in pages, of which each reply is `token:item item`.
#[derive(Clone, PartialEq)]
struct List {
    token: Option<String>,
}

impl Endpoint for List {
    type Response = (String, Vec<String>);
    type Failure = ();

    const METHOD: &'static str = "GET";
    const BASE_URL: BaseUrl = BASE;
    const PATH: &'static str = "/list";

    fn path(&self, path: &mut Path) {
        path.text("/list");
    }

    fn query(&self, query: &mut Query) {
        query.pair("token", &self.token);
    }

    fn decode(reply: Reply) -> Result<Self::Response, CallError<()>> {
        if !reply.is_success() {
            return Err(reply.undocumented());
        }
        let text = reply.text().into_owned();
        let (token, items) = text.split_once(':').unwrap();
        let items = items.split_whitespace().map(str::to_owned).collect();
        Ok((token.to_owned(), items))
    }
}

impl Paged for List {
    type Item = String;

    fn next(&self, page: &Self::Response) -> Option<Self> {
        let token = next_token(Some(&page.0))?;
        Some(Self { token: Some(token) })
    }

    fn items(page: Self::Response) -> Vec<String> {
        page.1
    }
}

#[test]
fn pages_end_with_an_empty_token_and_never_go_round() {
    let table: [(&[&str], &[&str], usize); 5] = [
        (&["p2:a b", "p3:", ":c"], &["a", "b", "c"], 3),
        (&[":a"], &["a"], 1),
        (&[":"], &[], 1),
        (
            &["p2:a", "p2:b", ":c"],
            &["a", "the next page would be the same as the last one"],
            2,
        ),
        (
            &["p2:a", "error"],
            &["a", "undocumented reply: 500 Internal Server Error"],
            2,
        ),
    ];
    for (replies, expected, calls) in table {
        let left = Mutex::new(replies.iter());
        let mock = Mock::new(move |_| {
            let reply = *left.lock().unwrap().next().unwrap();
            let status = if reply == "error" { 500 } else { 200 };
            let body = if reply == "error" { "" } else { reply };
            Ok(Response::builder()
                .status(status)
                .body(body.into())
                .unwrap())
        });
        let client = Client::on(mock.clone(), Settings::new());
        let seen = wait(async {
            let mut items = client.items(&List { token: None });
            let mut seen = Vec::new();
            while let Some(item) = items.next_item().await {
                seen.push(item.unwrap_or_else(|error| error.to_string()));
            }
            assert!(items.next_item().await.is_none());
            seen
        });
        assert_eq!(seen, expected);
        assert_eq!(mock.sent().len(), calls);
    }
}
