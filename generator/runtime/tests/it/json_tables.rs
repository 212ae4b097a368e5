//! Records, open enums and choices.

use http::Response;
use letterpress_client::json::{self, Extra, Json, Map, Nullable, Number};
use letterpress_client::{CallError, Reply, choice, open_enum, record};

#[derive(Clone, PartialEq, Debug, Default)]
struct Meeting {
    id: i64,
    topic: String,
    agenda: Option<String>,
    parent: Nullable<String>,
    audio: Option<Audio>,
    price: Option<Number>,
    occurrences: Vec<Meeting>,
    next: Option<Box<Meeting>>,
    any: Option<Json>,
}
record! {
    Meeting {
        id,
        topic,
        agenda,
        parent = "parent \"id\"",
        audio,
        price,
        occurrences,
        next,
        any,
    }
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
enum Audio {
    Both,
    Voip,
    Unknown(String),
}
open_enum! { Audio { Both = "both", Voip = "voip" } }

#[derive(Clone, PartialEq, Debug, Default)]
struct Kept {
    id: i64,
    extra: Extra,
}
record! {
    Kept {
        id,
        ..extra
    }
}

#[derive(Clone, PartialEq, Debug, Default)]
struct Empty {}
record! { Empty {} }

#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
enum Any {
    Boolean(bool),
    Number(i64),
    Text(String),
    List(Vec<Any>),
    Object(Box<Kept>),
    Other(Json),
}
choice! { Any { Boolean: boolean, Number: number, Text: string, List: array, Object: object } }

const MEETING: &str = r#"{"id":1,"topic":"a","parent \"id\"":null,"occurrences":[]}"#;

fn meeting(text: &str) -> Meeting {
    json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn members_come_in_any_order() {
    let expected = Meeting {
        id: 1,
        topic: "a".to_owned(),
        ..Meeting::default()
    };
    for text in [
        MEETING,
        r#"{"occurrences": [], "parent \"id\"": null, "topic": "a", "id": 1}"#,
        r#"{"\u0069d": 1, "x": {"id": [2]}, "occurrences": [], "topic": "a", "parent \"id\"": null, "y": "\ud800"}"#,
        r#"{"id": "x", "topic": 1, "agenda": null, "occurrences": [], "id": 1, "topic": "a", "parent \"id\"": null}"#
            .replace("\"x\"", "7")
            .replace("\"topic\": 1,", "\"topic\": \"b\",")
            .as_str(),
    ] {
        assert_eq!(meeting(text), expected);
        assert_eq!(json::to_string(&meeting(text)), MEETING);
    }
}

#[test]
fn the_last_of_equal_members_replaces_the_first_as_a_whole() {
    let with = |next: &str| format!("{},{next}}}", &MEETING[..MEETING.len() - 1]);
    let first = with(r#""agenda": "x", "price": 1"#);
    let twice = meeting(&with(&format!(r#""next": {first}, "next": {MEETING}"#)));
    assert_eq!(twice.next.as_deref(), Some(&meeting(MEETING)));
    let lists = meeting(&with(&format!(
        r#""occurrences": [{first}], "occurrences": []"#
    )));
    assert_eq!(lists, meeting(MEETING));
    let back = meeting(&with(r#""agenda": "x", "agenda": null"#));
    assert_eq!(back, meeting(MEETING));
    let kept: Vec<Kept> = json::from_str(r#"[{"a": 1, "id": 1, "a": 2}]"#).unwrap();
    assert_eq!(json::to_string(&kept), r#"[{"id":1,"a":2}]"#);
}

#[test]
fn what_is_missing_or_does_not_fit_is_named() {
    let list = |inner: &str| {
        format!(
            "{},\"next\":{{\"occurrences\":[{inner}]}}}}",
            &MEETING[..MEETING.len() - 1]
        )
    };
    let table = [
        ("{}".to_owned(), "", "missing member `id`"),
        (r#"{"id": 1}"#.to_owned(), "", "missing member `topic`"),
        (
            MEETING.replace("null", "1"),
            "/parent \"id\"",
            "expected a string, found a number",
        ),
        (
            MEETING.replace("\"a\"", "null"),
            "/topic",
            "expected a string, found null",
        ),
        (
            MEETING.replace(":1,", ":1.5,"),
            "/id",
            "expected a whole number of 64 bits, found another number",
        ),
        (list("{}"), "/next/occurrences/0", "missing member `id`"),
        (
            list(&format!("{MEETING}, 7")),
            "/next/occurrences/1",
            "expected an object, found a number",
        ),
    ];
    for (text, path, message) in table {
        let error = json::from_str::<Meeting>(&text).unwrap_err();
        assert_eq!(
            (error.path().as_str(), error.message()),
            (path, message),
            "{text}"
        );
    }
    let error = json::from_str::<Vec<Empty>>("[{}, {},\n  {\"a\": [1 2]}]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "/2/a: expected `,` or `]` (line 2, column 12)"
    );
}

#[test]
fn exact_values_survive() {
    let text = r#"{"id":1,"topic":"a","parent \"id\"":"p","audio":"fax","price":0.10,"occurrences":[],"any":{"z":1e400,"a":[1.0]}}"#;
    let read = meeting(text);
    assert_eq!(read.audio, Some(Audio::Unknown("fax".to_owned())));
    assert_eq!(json::to_string(&read), text);
}

#[test]
fn unknown_members_are_kept_where_the_table_says_so() {
    let text = r#"{"z":[1.50],"id":7,"a":{"c":null,"b":12345678901234567890123}}"#;
    let kept: Kept = json::from_str(text).unwrap();
    assert_eq!(kept.extra.names().collect::<Vec<_>>(), ["z", "a"]);
    let written = r#"{"id":7,"z":[1.50],"a":{"c":null,"b":12345678901234567890123}}"#;
    assert_eq!(json::to_string(&kept), written);
    let none = Kept::default();
    assert_eq!(json::to_string(&none), r#"{"id":0}"#);
    assert_eq!(json::to_string(&Empty {}), "{}");
}

#[test]
fn open_enums_keep_what_they_do_not_know() {
    for (text, value) in [
        ("both", Audio::Both),
        ("voip", Audio::Voip),
        ("Both", Audio::Unknown("Both".to_owned())),
        ("", Audio::default()),
    ] {
        assert_eq!(Audio::from(text), value);
        assert_eq!(Audio::from(text.to_owned()), value);
        assert_eq!((value.as_str(), value.to_string().as_str()), (text, text));
        let written = json::to_string(&value);
        assert_eq!(json::from_str::<Audio>(&written).unwrap(), value);
    }
    let error = json::from_str::<Audio>("1").unwrap_err();
    assert_eq!(error.message(), "expected a string, found a number");
}

#[test]
fn choices_go_by_kind_and_keep_the_rest() {
    let text = r#"[true,7,"x",[1,[]],{"id":1,"a":2},1.5,null,{"id":"x"},"\u0041"]"#;
    let read: Vec<Any> = json::from_str(text).unwrap();
    let other = |text: &str| Any::Other(text.parse().unwrap());
    assert_eq!(read[0], Any::Boolean(true));
    assert_eq!(read[1], Any::Number(7));
    assert_eq!(
        read[3],
        Any::List(vec![Any::Number(1), Any::List(Vec::new())])
    );
    assert!(matches!(&read[4], Any::Object(kept) if kept.extra.len() == 1));
    assert_eq!(
        read[5..8],
        [other("1.5"), other("null"), other(r#"{"id":"x"}"#)]
    );
    assert_eq!(json::to_string(&read), text.replace("\\u0041", "A"));
    assert_eq!(Any::default(), Any::Other(Json::Null));
    for broken in ["[1,", r#"{"id": 1"#, r#""\ud800""#, "[[[1}]]", "-"] {
        assert!(json::from_str::<Any>(broken).is_err(), "{broken}");
    }
    // Each level is tried and read again as a whole when it does not fit; that must not multiply.
    let deep = format!("{}1 2{}", "[".repeat(190), "]".repeat(190));
    assert!(json::from_str::<Any>(&deep).is_err());
}

#[derive(Clone, PartialEq, Debug, Default)]
struct Node {
    child: Option<Box<Node>>,
}
record! { Node { child } }

#[test]
fn records_are_as_deep_as_values() {
    let nested = |depth: usize| {
        format!(
            "{}{{}}{}",
            "{\"child\":".repeat(depth - 1),
            "}".repeat(depth - 1)
        )
    };
    let deepest = nested(json::DEPTH);
    assert_eq!(
        json::to_string(&json::from_str::<Node>(&deepest).unwrap()),
        deepest
    );
    let error = json::from_str::<Node>(&nested(json::DEPTH + 1)).unwrap_err();
    assert_eq!(error.path(), "/child".repeat(json::DEPTH));
    let ignored = format!(
        "{{\"x\":{}1{}}}",
        "[".repeat(json::DEPTH),
        "]".repeat(json::DEPTH)
    );
    assert!(json::from_str::<Node>(&ignored).is_err());
}

macro_rules! wide {
    ($($field:ident)*) => {
        #[derive(Default)]
        struct Wide { $($field: Option<i64>,)* required: i64, last: i64 }
        record! { Wide { $($field = "unused",)* required, last } }
    };
}
wide! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
    d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
    g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9 i0 i1 i2 i3 i4 i5 i6 i7 i8 i9
    j0 j1 j2 j3 j4 j5 j6 j7 j8 j9 k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 l0 l1 l2 l3 l4 l5 l6 l7 l8 l9
    m0 m1 m2 m3 m4 m5 m6 m7 m8 m9
}

#[test]
fn records_may_have_more_members_than_bits() {
    let wide: Wide = json::from_str(r#"{"last": 1, "required": 2, "last": 3}"#).unwrap();
    assert_eq!((wide.required, wide.last), (2, 3));
    let error = json::from_str::<Wide>(r#"{"required": 1}"#)
        .map(drop)
        .unwrap_err();
    assert_eq!(error.message(), "missing member `last`");
}

fn reply(status: u16, body: &'static [u8]) -> Reply {
    let response = Response::builder().status(status).header("x-id", "7");
    response.body(body.into()).unwrap().into()
}

#[test]
fn replies_are_read_and_never_lost() {
    let ids = |body| reply(200, body).json::<Vec<i64>, ()>();
    assert_eq!(ids(b"[1]").unwrap(), [1]);
    for body in [&b"[true]"[..], b"", b"<html>", b"[\xff]"] {
        let error = ids(body).unwrap_err();
        let kept = error.reply().unwrap();
        assert_eq!(
            (kept.body().as_ref(), &kept.headers()["x-id"]),
            (body, &"7".parse().unwrap())
        );
        assert_eq!(error.status().unwrap(), 200);
        assert!(error.failure().is_none() && std::error::Error::source(&error).is_some());
    }
    let error = ids(b"[true]").unwrap_err();
    let text = "200 OK, and the body does not fit: /0: expected a whole number, found a boolean (line 1, column 2)";
    assert_eq!(error.to_string(), text);
    match error {
        CallError::Decode(error) => {
            assert_eq!(error.json().path(), "/0");
            assert_eq!(error.into_reply().into_body(), "[true]");
        }
        other => panic!("{other:?}"),
    }

    let if_any = |body| reply(200, body).json_if_any::<Vec<i64>, ()>();
    assert_eq!(if_any(b" \r\n").unwrap(), None);
    assert_eq!(if_any(b"[]").unwrap(), Some(Vec::new()));
    assert!(if_any(b"x").is_err());

    assert_eq!(reply(200, b"a").string::<()>().unwrap(), "a");
    let error = reply(200, b"a\xff").string::<()>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "200 OK, and the body does not fit: the text is not UTF-8"
    );
}

#[derive(Clone, PartialEq, Debug)]
enum Failure {
    Typed(Map<i64>),
    Maybe(Option<Map<i64>>),
    Text(String),
}

#[test]
fn failures_have_bodies() {
    let failed = |error: CallError<Failure>| error.failure().cloned();
    let map: Map<i64> = json::from_str(r#"{"code": 7}"#).unwrap();
    let body = br#"{"code": 7}"#;
    assert_eq!(
        failed(reply(400, body).json_failure(Failure::Typed)),
        Some(Failure::Typed(map.clone()))
    );
    let maybe = |body| failed(reply(400, body).json_failure_if_any(Failure::Maybe));
    assert_eq!(maybe(body), Some(Failure::Maybe(Some(map))));
    assert_eq!(maybe(b""), Some(Failure::Maybe(None)));
    assert_eq!(maybe(b"x"), Some(Failure::Maybe(Some(Map::default()))));
    assert_eq!(
        failed(reply(400, b"x\xff").text_failure(Failure::Text)),
        Some(Failure::Text("x\u{fffd}".to_owned()))
    );

    assert!(reply(400, body).has_code("7"));
    assert!(!reply(400, body).has_code("8") && !reply(400, b"x").has_code(""));
}
