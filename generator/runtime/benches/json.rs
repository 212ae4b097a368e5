//! Reading and writing JSON, beside serde's derives over `serde_json`: first the ratios of the same work in one run,
//! then what each takes, with its allocations.
//!
//! `cargo bench -p letterpress-client --no-default-features`

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use divan::{AllocProfiler, Bencher};
use letterpress_client::json;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// Defines the same struct twice: with a table, and with serde's derives.
macro_rules! both {
    ($($name:ident { $($field:ident $wire:literal: $type:ty,)* ? $($optional:ident $other:literal: $inner:ty,)* })*) => {
        mod table {
            use letterpress_client::record;

            $(
                #[derive(Default)]
                pub(super) struct $name { $(pub(super) $field: $type,)* $(pub(super) $optional: Option<$inner>,)* }
                record! {
                    $name { $($field = $wire,)* $($optional = $other,)* }
                }
            )*
        }
        mod derived {
            use serde::{Deserialize, Serialize};

            $(
                #[derive(Deserialize, Serialize)]
                pub(super) struct $name {
                    $(pub(super) $field: $type,)*
                    $(
                        #[serde(skip_serializing_if = "Option::is_none")]
                        pub(super) $optional: Option<$inner>,
                    )*
                }
            )*
        }
    };
}

both! {
    Meeting {
        uuid "uuid": String,
        id "id": i64,
        host_id "host_id": String,
        host_email "host_email": String,
        topic "topic": String,
        status "status": String,
        start_time "start_time": String,
        duration "duration": i64,
        timezone "timezone": String,
        created_at "created_at": String,
        join_url "join_url": String,
        participants "participants": i64,
        recorded "recorded": bool,
        waiting_room "waiting_room": bool,
        audio "audio": String,
        latitude "latitude": f64,
        tags "tags": Vec<String>,
        codes "codes": Vec<i64>,
        ?
        agenda "agenda": String,
        password "password": String,
        h323_password "h323_password": String,
        pmi "pmi": i64,
        parent "parent": String,
        tracking "tracking": bool,
    }
    List {
        page_size "page_size": i64,
        total_records "total_records": i64,
        meetings "meetings": Vec<Meeting>,
        ?
        next_page_token "next_page_token": String,
    }
    Settings {
        host_video "host_video": bool,
        approval_type "approval_type": i64,
        ?
        audio "audio": String,
    }
    Small {
        id "id": i64,
        topic "topic": String,
        start_url "start_url": String,
        settings "settings": Settings,
        ?
        agenda "agenda": String,
    }
    Node {
        name "name": String,
        children "children": Vec<Node>,
        ?
        weight "weight": f64,
        settings "settings": Settings,
    }
}

/// A list of meetings, of about 700 bytes each.
fn list(count: usize) -> String {
    let mut text = format!("{{\"page_size\": 300, \"total_records\": {count}, \"meetings\": [");
    for n in 0..count {
        let comma = if n == 0 { "" } else { ", " };
        let _ = write!(
            text,
            "{comma}{{\"uuid\": \"aDYlohsHRtCd4ii1uC2+hA=={n}\", \"id\": {id}, \"host_id\": \"30R7kT7bTIKSNUFEuH_Qlg\", \
             \"host_email\": \"jchill{n}@example.com\", \"topic\": \"My Meeting about \\\"{n}\\\"\", \"status\": \"waiting\", \
             \"start_time\": \"2022-03-25T07:29:29Z\", \"duration\": {n}, \"timezone\": \"America/Los_Angeles\", \
             \"created_at\": \"2022-03-25T07:29:29Z\", \"join_url\": \"https://example.com/j/{id}?pwd=WE5xQ0NVZXlXQ3c\", \
             \"participants\": 17, \"recorded\": false, \"waiting_room\": true, \"audio\": \"voip\", \"latitude\": 52.52{n}, \
             \"unknown\": {{\"a\": [1, \"x\", null]}}, \"tags\": [\"weekly\", \"team\"], \"codes\": [1001, 3001, {n}], \
             \"agenda\": \"A test meeting of the team\", \"pmi\": 97891943927, \"tracking\": null}}",
            id = 97_763_643_886_u64 + n as u64,
        );
    }
    text + "]}"
}

const SMALL: &str = r#"{"id": 85746065, "topic": "Minutes of the meeting", "start_url":
    "https://example.com/s/85746065?zak=eyJ0eXAiOiJKV1QiLCJzdiI6IjAwMDAwMSJ9", "agenda": null,
    "settings": {"host_video": true, "approval_type": 2, "audio": "both", "extra": [{}]}, "status": "waiting"}"#;

/// A tree of this depth, with three children at each node.
fn tree(depth: usize) -> String {
    let children = match depth {
        0 => String::new(),
        _ => [tree(depth - 1), tree(depth - 1), tree(depth - 1)].join(","),
    };
    format!(
        "{{\"name\":\"node {depth}\",\"children\":[{children}],\"weight\":{depth}.25,\
         \"settings\":{{\"host_video\":true,\"approval_type\":2,\"audio\":\"both\"}}}}"
    )
}

/// The best time of many runs of two functions, one after the other.
fn race(mut first: impl FnMut(), mut second: impl FnMut()) -> (Duration, Duration) {
    let best = |work: &mut dyn FnMut()| {
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let start = Instant::now();
            work();
            best = best.min(start.elapsed());
        }
        best
    };
    let mut least = (Duration::MAX, Duration::MAX);
    let end = Instant::now() + Duration::from_secs(2);
    while Instant::now() < end {
        least.0 = least.0.min(best(&mut first));
        least.1 = least.1.min(best(&mut second));
    }
    least
}

/// Prints the speed of tables in that of derives, of reading and of writing.
fn compare<T, D>(name: &str, text: &str, repeat: usize)
where
    T: json::Decode + json::Encode + Default,
    D: DeserializeOwned + Serialize,
{
    let text = black_box(text.as_bytes());
    let times = |work: &dyn Fn()| (0..repeat).for_each(|_| work());
    let decode = race(
        || times(&|| drop(black_box(json::from_slice::<T>(text).unwrap()))),
        || times(&|| drop(black_box(serde_json::from_slice::<D>(text).unwrap()))),
    );
    let table: T = json::from_slice(text).unwrap();
    let derived: D = serde_json::from_slice(text).unwrap();
    let written = json::to_vec(&table);
    assert!(
        serde_json::from_slice::<serde_json::Value>(&written).unwrap()
            == serde_json::to_value(&derived).unwrap()
    );
    let encode = race(
        || times(&|| drop(black_box(json::to_vec(&table)))),
        || times(&|| drop(black_box(serde_json::to_vec(&derived).unwrap()))),
    );
    let speed = |bytes: usize, time: Duration| {
        let bytes = u32::try_from(bytes * repeat).map_or(f64::INFINITY, f64::from);
        bytes / time.as_secs_f64() / 1e6
    };
    for (what, bytes, (own, serde)) in [
        ("decode", text.len(), decode),
        ("encode", written.len(), encode),
    ] {
        println!(
            "{name:8} {what} {:7.0} MB/s, serde {:7.0} MB/s, ratio {:.2}",
            speed(bytes, own),
            speed(bytes, serde),
            serde.as_secs_f64() / own.as_secs_f64()
        );
    }
}

fn main() {
    // Cargo says so when it runs benchmarks, not when it lists or tests them.
    if std::env::args().any(|argument| argument == "--bench") {
        compare::<table::List, derived::List>("list", &list(1500), 1);
        compare::<table::Small, derived::Small>("small", SMALL, 1000);
        compare::<table::Node, derived::Node>("nested", &tree(6), 5);
    }
    divan::main();
}

#[divan::bench(args = [1500])]
fn decode_list(bencher: Bencher<'_, '_>, count: usize) {
    let text = list(count);
    bencher.bench(|| json::from_str::<table::List>(&text).unwrap());
}

#[divan::bench(args = [1500])]
fn decode_list_serde(bencher: Bencher<'_, '_>, count: usize) {
    let text = list(count);
    bencher.bench(|| serde_json::from_str::<derived::List>(&text).unwrap());
}

#[divan::bench]
fn decode_small() -> table::Small {
    json::from_str(black_box(SMALL)).unwrap()
}

#[divan::bench]
fn decode_small_serde() -> derived::Small {
    serde_json::from_str(black_box(SMALL)).unwrap()
}

/// 50 MB: read the column `max alloc`.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn memory(bencher: Bencher<'_, '_>) {
    let text = list(72_000);
    bencher.bench_local(|| json::from_str::<table::List>(&text).unwrap());
}

/// 50 MB: read the column `max alloc`.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn memory_serde(bencher: Bencher<'_, '_>) {
    let text = list(72_000);
    bencher.bench_local(|| serde_json::from_str::<derived::List>(&text).unwrap());
}

#[divan::bench]
fn encode_list(bencher: Bencher<'_, '_>) {
    let value: table::List = json::from_str(&list(1500)).unwrap();
    bencher.bench_local(|| json::to_vec(&value));
}

#[divan::bench]
fn encode_list_serde(bencher: Bencher<'_, '_>) {
    let value: derived::List = serde_json::from_str(&list(1500)).unwrap();
    bencher.bench_local(|| serde_json::to_vec(&value).unwrap());
}
