//! Times each stage of the generator alone, and a whole run, in requests per second.
//!
//! ```text
//! LETTERPRESS_BENCH=large.postman_collection.json cargo bench --bench stages
//! ```
//!
//! The documents are the collection of this repository, a made-up one in two sizes, which should have the
//! same rate, and the one that `LETTERPRESS_BENCH` names. Stages run on one thread; `generate` emits and
//! formats on all of them, unless `RAYON_NUM_THREADS=1` makes it comparable.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;
use std::time::Instant;
use std::{env, fs};

use divan::Bencher;
use divan::counter::ItemsCount;
use letterpress::api::Api;
use letterpress::emit::format;
use letterpress::emit::{self, Frame};
use letterpress::plan::pins::Pins;
use letterpress::plan::{self, Crate};
use letterpress::{Config, Input, Report, Source};
use serde_json::{Value, json};

fn main() {
    // Cargo says so when it runs benchmarks, not when it lists or tests them.
    if env::args().any(|argument| argument == "--bench") {
        DOCUMENTS.iter().for_each(print_shares);
    }
    divan::main();
}

/// Prints the share that each stage has in one run on one thread.
#[allow(clippy::print_stdout, reason = "a benchmark prints")]
fn print_shares(document: &Document) {
    let seconds = |stage: &dyn Fn()| {
        let start = Instant::now();
        stage();
        start.elapsed().as_secs_f64()
    };
    let parts = emit::parts(&document.plan, FRAME);
    let tokens: Vec<_> = parts.iter().map(|part| part.emit(FRAME)).collect();
    let times = [
        seconds(&|| {
            drop(letterpress::read(
                &mut Report::default(),
                &document.input,
                &BTreeMap::new(),
            ));
        }),
        seconds(&|| {
            drop(plan::plan(
                &mut Report::default(),
                &document.api,
                &config(),
                &Pins::default(),
            ));
        }),
        seconds(&|| {
            for part in &parts {
                drop(part.emit(FRAME));
            }
        }),
        seconds(&|| {
            for unit in &tokens {
                drop(format::format(unit.clone()));
            }
        }),
    ];
    let whole: f64 = times.iter().sum();
    let [read, plan, emit, format] = times.map(|time| 100.0 * time / whole);
    println!(
        "{document}: read {read:.0} %, plan {plan:.0} %, emit {emit:.0} %, format {format:.0} %"
    );
}

/// A document, with what the stages make of it.
struct Document {
    name: String,
    input: Input,
    api: Api,
    plan: Crate,
}

impl Document {
    fn new(name: impl Into<String>, text: String) -> Self {
        let name = name.into();
        let input = Input::collection(Source::new(&name, text));
        let mut report = Report::default();
        let api = letterpress::understand(&mut report, &input, &config());
        let plan = plan::plan(&mut report, &api, &config(), &Pins::default());
        Self {
            name,
            input,
            api,
            plan,
        }
    }

    fn requests(&self) -> ItemsCount {
        ItemsCount::new(self.api.operations.len())
    }
}

impl fmt::Display for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.name, self.api.operations.len())
    }
}

static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let zoom = "../collections/zoom/zoom.postman_collection.json";
    let zoom = format!("{}/{zoom}", env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![
        Document::new("zoom", read_text(&zoom)),
        Document::new("synthetic", synthetic(250).to_string()),
        Document::new("synthetic", synthetic(10_000).to_string()),
    ];
    if let Ok(path) = env::var("LETTERPRESS_BENCH") {
        documents.push(Document::new("LETTERPRESS_BENCH", read_text(&path)));
    }
    documents
});

fn read_text(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn config() -> Config {
    Config::new("bench-client")
}

const FRAME: Frame = Frame {
    is_crate: true,
    has_files: true,
    shared_runtime: true,
};

#[divan::bench(args = DOCUMENTS.iter(), sample_count = 5, sample_size = 1)]
fn read(bencher: Bencher<'_, '_>, document: &Document) {
    bencher.counter(document.requests()).bench_local(|| {
        letterpress::read(&mut Report::default(), &document.input, &BTreeMap::new())
    });
}

#[divan::bench(args = DOCUMENTS.iter(), sample_count = 5, sample_size = 1)]
fn plan(bencher: Bencher<'_, '_>, document: &Document) {
    bencher.counter(document.requests()).bench_local(|| {
        plan::plan(
            &mut Report::default(),
            &document.api,
            &config(),
            &Pins::default(),
        )
    });
}

#[divan::bench(args = DOCUMENTS.iter(), sample_count = 5, sample_size = 1)]
fn emit(bencher: Bencher<'_, '_>, document: &Document) {
    bencher.counter(document.requests()).bench_local(|| {
        // Each unit's tokens are dropped before the next one's are made, as in a run.
        for part in emit::parts(&document.plan, FRAME) {
            divan::black_box(part.emit(FRAME));
        }
    });
}

#[divan::bench(args = DOCUMENTS.iter(), sample_count = 5, sample_size = 1)]
fn format(bencher: Bencher<'_, '_>, document: &Document) {
    let parts = emit::parts(&document.plan, FRAME);
    bencher
        .counter(document.requests())
        .with_inputs(|| -> Vec<_> { parts.iter().map(|part| part.emit(FRAME)).collect() })
        .bench_local_values(|units| {
            for tokens in units {
                divan::black_box(letterpress::emit::format::format(tokens).is_ok());
            }
        });
}

#[divan::bench(args = DOCUMENTS.iter(), sample_count = 5, sample_size = 1)]
fn generate(bencher: Bencher<'_, '_>, document: &Document) {
    bencher
        .counter(document.requests())
        .bench_local(|| letterpress::generate(&document.input, &config()));
}

const NOUNS: [&str; 5] = ["meeting", "webinar", "user", "recording", "channel"];
const VERBS: [&str; 5] = ["List", "Get", "Create", "Update", "Delete"];
const METHODS: [&str; 5] = ["GET", "GET", "POST", "PATCH", "DELETE"];
const OBJECTS: [&str; 5] = ["settings", "registrants", "live streams", "polls", "files"];

/// A collection of folders of 25 requests, ten to an area, whose requests differ in what they send.
fn synthetic(requests: usize) -> Value {
    let folders: Vec<Value> = (0..requests / 25)
        .map(|folder| {
            let items: Vec<Value> = (0..25).map(|index| request(folder, index)).collect();
            let noun = NOUNS[folder % 5];
            json!({"name": format!("{noun} {folder}"), "description": format!("All about a {noun}."), "item": items})
        })
        .collect();
    let areas: Vec<Value> = folders
        .chunks(10)
        .enumerate()
        .map(|(index, folders)| json!({"name": format!("Area {index}"), "item": folders}))
        .collect();
    json!({
        "info": {"name": "Synthetic"},
        "item": areas,
        "variable": [{"key": "baseUrl", "value": "https://api.example.com/v2"}],
    })
}

fn request(folder: usize, index: usize) -> Value {
    let (noun, verb, object) = (NOUNS[folder % 5], VERBS[index % 5], OBJECTS[index / 5]);
    let path = format!("{noun}s{folder}/:{noun}Id/{}", object.replace(' ', "_"));
    let field = |key: &str, value: &str, text: &str| json!({"key": key, "value": value, "description": text, "type": "text"});
    let fields = [
        field("page_url", "https://a.example", "(Required) A page."),
        field("page_size", "30", "The number of records, at most `300`."),
        field("is_public", "true", "Whether **everyone** sees it."),
    ];
    let file = json!({"key": "picture", "type": "file", "src": "picture.png", "description": "A picture."});
    let raw = r#"{"topic": "Plan", "duration": 60, "settings": {"host_video": true, "days": [1, 2]}, "note": "{{note}}"}"#;
    // Requests that read send a query, the others one of three bodies.
    let body = match index % 3 {
        _ if index % 5 < 2 => json!(null),
        0 => json!({"mode": "urlencoded", "urlencoded": fields}),
        1 => json!({"mode": "formdata", "formdata": [fields[0], fields[1], file]}),
        _ => json!({"mode": "raw", "raw": raw}),
    };
    let query = if body.is_null() { &fields[1..] } else { &[] };
    json!({
        "name": format!("{verb} {object} of a {noun}"),
        "request": {
            "method": METHODS[index % 5],
            "header": [{"key": "Accept", "value": "application/json"}],
            "url": {
                "raw": format!("{{{{baseUrl}}}}/{path}"),
                "host": ["{{baseUrl}}"],
                "path": path.split('/').collect::<Vec<_>>(),
                "query": query,
                "variable": [field(&format!("{noun}Id"), "68423085", "(Required) Its ID.\n\nA **long** integer.")],
            },
            "body": body,
            "description": format!("{verb} the {object} of a {noun}, as [told](https://example.com/docs).<br>**Scopes:** `{noun}:write`<br>**Rate Limit Label:** `Light`\n\n* A prerequisite."),
        },
        "response": [
            {"name": "Done", "status": "OK", "code": 200, "header": [{"key": "Content-Type", "value": "application/json"}], "body": raw},
            {"name": format!("**HTTP Status Code:** `404`<br>**Error Code:** `{}` <br>The {noun} does not exist.", 1000 + index), "status": "Not Found", "code": 404, "body": ""},
        ],
    })
}
