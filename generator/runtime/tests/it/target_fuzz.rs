//! Any text as a value of a URL: whatever it is, the request keeps its structure.

use letterpress_client::Endpoint;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use crate::probe::get;

/// Text with many of the characters that mean something in URLs.
fn hostile() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        prop::sample::select(
            "./\\%2eE?#&=+;:@'\"\t\r\n \0[]{}|^`<>!$()*,\u{7f}"
                .chars()
                .collect::<Vec<_>>()
        ),
        any::<char>(),
    ];
    prop::collection::vec(character, 0..8).prop_map(String::from_iter)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// A piece of a path.
#[derive(Clone, Debug)]
enum Piece {
    Text(&'static str),
    Value(String),
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let text = prop::sample::select(&["/", "/a", "b", ":", ".json", "/x:y/", "-"]);
    let piece = prop_oneof![text.prop_map(Piece::Text), hostile().prop_map(Piece::Value),];
    prop::collection::vec(piece, 1..6)
}

/// The segments that the pieces make, values as they are, and the texts of the last one.
fn meant(pieces: &[Piece]) -> (Vec<String>, String) {
    let (mut segments, mut fixed) = (vec![String::new()], String::new());
    if !matches!(pieces.first(), Some(Piece::Text(text)) if text.starts_with('/')) {
        segments.push(String::new());
    }
    for piece in pieces {
        let (text, value) = match piece {
            Piece::Text(text) => (*text, ""),
            Piece::Value(value) => ("", value.as_str()),
        };
        for (index, part) in text.split('/').enumerate() {
            if index > 0 {
                segments.push(String::new());
                fixed.clear();
            }
            segments.last_mut().unwrap().push_str(part);
            fixed.push_str(part);
        }
        segments.last_mut().unwrap().push_str(value);
    }
    (segments, fixed)
}

fn reaches_another(segment: &str) -> bool {
    let bare = segment.replace(['\t', '\r', '\n'], "");
    ["", ".", ".."].contains(&bare.as_str())
}

proptest! {
    /// Whatever the values are: the path has the segments that its texts make, each decodes to what was
    /// put into it, and the last has no verb but one of its texts.
    #[test]
    fn any_values_leave_the_path_its_segments(pieces in pieces()) {
        let (segments, fixed) = meant(&pieces);
        let request = get().path(move |path| {
            for piece in &pieces {
                match piece {
                    Piece::Text(text) => path.text(text),
                    Piece::Value(value) => path.value("v", value),
                }
            }
        });
        match request.to_http("https://h") {
            Ok(http) => {
                let path = http.uri().path();
                let sent: Vec<String> = path.split('/').map(decode).collect();
                let last = path.rsplit('/').next().unwrap();
                prop_assert_eq!(http.uri().query(), None);
                prop_assert_eq!(sent, segments, "{}", path);
                prop_assert_eq!(last.matches(':').count(), fixed.matches(':').count(), "{}", path);
                // No URL library sees anything else in it.
                #[cfg(feature = "client")]
                {
                    let url = reqwest::Url::parse(&http.uri().to_string()).unwrap();
                    prop_assert_eq!(url.path(), path);
                }
            }
            Err(_) => prop_assert!(segments[1..].iter().any(|segment| reaches_another(segment))),
        }
    }

    #[test]
    fn any_query_is_read_back(pairs in prop::collection::vec((hostile(), hostile()), 0..4)) {
        let sent = pairs.clone();
        let request = get().query(move |query| query.pairs(&sent));
        let uri = request.http().unwrap().uri().clone();
        let read: Vec<(String, String)> = uri
            .query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .map(|element| element.split_once('=').unwrap())
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        prop_assert_eq!(&read, &pairs);
        #[cfg(feature = "client")]
        {
            let url = reqwest::Url::parse(&uri.to_string()).unwrap();
            let read: Vec<_> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(url.query(), uri.query());
            prop_assert_eq!(read, pairs);
        }
    }
}
