//! How the work grows with a document: twice as much of any construct takes twice the work, not four times. Work is
//! counted in allocations and in their bytes, which are the same on every machine.

use std::alloc::System;

use letterpress::change::diff::{self, Client};
use letterpress::plan::pins::Pins;
use letterpress::proof::explain;
use letterpress::{Config, Input, Report, Source, generate, plan, understand};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How much of a construct there is, and then twice as much.
const COUNT: usize = 400;

/// How much more twice as much may take. Tables that double when they are full make it more than 2.
const MOST: f64 = 2.5;

/// A request that holds as much of a construct as is asked for.
type Construct = fn(usize) -> Value;

/// Each construct that a document may repeat, as the parts of a collection.
const CONSTRUCTS: &[(&str, Construct)] = &[
    ("values in one segment of a path", |n| {
        request(
            &json!({"url": format!("https://a.example/{}", joined(n, "-", |i| format!("{{{{v{i}}}}}")))}),
        )
    }),
    ("segments of a path", |n| {
        request(
            &json!({"url": format!("https://a.example/{}", joined(n, "/", |i| format!(":p{i}")))}),
        )
    }),
    ("variables in a host", |n| {
        request(
            &json!({"url": format!("https://{}.example/x", joined(n, ".", |i| format!("{{{{v{i}}}}}")))}),
        )
    }),
    ("parameters of a query", |n| {
        request(
            &json!({"url": {"raw": "https://a.example/x", "host": ["https://a.example"], "path": ["x"], "query": pairs(n)}}),
        )
    }),
    ("headers", |n| {
        request(&json!({"url": URL, "header": pairs(n)}))
    }),
    ("headers of one name", |n| {
        request(
            &json!({"url": URL, "header": list(n, |_| json!({"key": "X-Same", "value": "{{v}}"}))}),
        )
    }),
    ("fields of a form", |n| {
        request(
            &json!({"url": URL, "method": "POST", "body": {"mode": "urlencoded", "urlencoded": pairs(n)}}),
        )
    }),
    ("parts of a form", |n| {
        request(
            &json!({"url": URL, "method": "POST", "body": {"mode": "formdata", "formdata": pairs(n)}}),
        )
    }),
    ("members of a body", |n| {
        request(&body(&members(n, |i| json!(i))))
    }),
    ("objects in a body", |n| {
        request(&body(&members(n, |i| json!({format!("a{i}"): {"b": i}}))))
    }),
    ("elements of a list in a body", |n| {
        request(&body(
            &json!({"list": list(n, |i| json!({"id": i, "name": format!("n{i}")}))}),
        ))
    }),
    ("elements of a list that have other members each", |n| {
        request(&body(
            &json!({"list": list(n, |i| json!({format!("m{i}"): i}))}),
        ))
    }),
    ("variables in a body", |n| {
        let members = joined(n, ",", |i| format!(r#""m{i}": {{{{v{i}}}}}"#));
        let raw = format!("{{{members}}}");
        request(
            &json!({"url": URL, "method": "POST", "body": {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}}),
        )
    }),
    ("saved replies of one status", |n| {
        replies(&list(n, |i| {
            reply(200, &json!({"id": i, format!("m{}", i % 7): "x"}))
        }))
    }),
    ("saved replies of one status, each another", |n| {
        replies(&list(n, |i| reply(200, &json!({format!("m{i}"): "x"}))))
    }),
    ("saved replies of many statuses", |n| {
        replies(&list(n, |i| reply(200 + i % 400, &json!({"id": i}))))
    }),
    ("codes of errors", |n| {
        replies(&list(n, |i| {
            reply(400, &json!({"code": i, "message": format!("Error {i}.")}))
        }))
    }),
    ("members of a reply", |n| {
        replies(&json!([reply(200, &members(n, |i| json!(i)))]))
    }),
    ("headers of a reply", |n| {
        replies(&json!([{"name": "A", "code": 200, "header": pairs(n), "body": "{}"}]))
    }),
    ("rows of a table in a description", |n| {
        let rows = joined(n, "\n", |i| format!("| {i} | `x{i}` |"));
        request(&json!({"url": URL, "description": format!("| a | b |\n| --- | --- |\n{rows}")}))
    }),
    ("columns of a table in a description", |n| {
        let row = |cell: &str| format!("|{}", format!("{cell}|").repeat(n));
        let table = [row("a"), row("---"), row("b")].join("\n");
        request(&json!({"url": URL, "description": table}))
    }),
    ("paragraphs of a description", |n| {
        request(
            &json!({"url": URL, "description": joined(n, "\n\n", |i| format!("Text *{i}* with [a link](https://a.example/{i})."))}),
        )
    }),
    ("codes of errors in a description", |n| {
        request(
            &json!({"url": URL, "description": joined(n, "<br>", |i| format!("Error Code: `{i}` <br> Bad {i}."))}),
        )
    }),
    ("requests", |n| collection(&list(n, |i| named(i, URL)))),
    ("requests of one name", |n| {
        collection(&list(
            n,
            |i| json!({"name": "Same", "request": format!("https://a.example/{i}")}),
        ))
    }),
    ("requests that are the same", |n| {
        collection(&list(n, |_| json!({"name": "Same", "request": URL})))
    }),
    ("base URLs", |n| {
        collection(&list(n, |i| named(i, &format!("https://a{i}.example/x"))))
    }),
    ("folders", |n| {
        collection(&list(
            n,
            |i| json!({"name": format!("F{i}"), "item": [named(i, URL)]}),
        ))
    }),
    ("folders of one name", |n| {
        collection(&list(
            n,
            |i| json!({"name": "Same", "item": [named(i, URL)]}),
        ))
    }),
    ("variables of a collection", |n| {
        let variables = list(
            n,
            |i| json!({"key": format!("v{i}"), "value": format!("x{i}")}),
        );
        let all = joined(n, "", |i| format!("&q{i}={{{{v{i}}}}}"));
        let item = json!([named(0, &format!("https://a.example/x?a=1{all}"))]);
        json!({"info": {"name": "Growth"}, "item": item, "variable": variables})
    }),
    ("variables in one another", |n| {
        let variables = list(
            n,
            |i| json!({"key": format!("v{i}"), "value": format!("{{{{v{}}}}}", i + 1)}),
        );
        json!({"info": {"name": "Growth"}, "item": [named(0, "https://a.example/{{v0}}")], "variable": variables})
    }),
];

const URL: &str = "https://a.example/x";

fn joined(count: usize, separator: &str, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().join(separator)
}

fn list(count: usize, value: impl Fn(usize) -> Value) -> Value {
    (0..count).map(value).collect()
}

fn members(count: usize, value: impl Fn(usize) -> Value) -> Value {
    let members = (0..count).map(|i| (format!("m{i}"), value(i)));
    Value::Object(members.collect())
}

fn pairs(count: usize) -> Value {
    list(
        count,
        |i| json!({"key": format!("k{i}"), "value": format!("{{{{v{i}}}}}"), "description": "What it is."}),
    )
}

fn body(value: &Value) -> Value {
    let raw = value.to_string();
    json!({"url": URL, "method": "POST", "body": {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}})
}

fn reply(code: usize, body: &Value) -> Value {
    let header = json!([{"key": "Content-Type", "value": "application/json"}]);
    json!({"name": "A", "code": code, "header": header, "body": body.to_string()})
}

fn replies(responses: &Value) -> Value {
    collection(&json!([{"name": "R", "request": URL, "response": responses}]))
}

fn named(number: usize, url: &str) -> Value {
    json!({"name": format!("R{number}"), "request": url})
}

fn request(request: &Value) -> Value {
    collection(&json!([{"name": "R", "request": request}]))
}

fn collection(items: &Value) -> Value {
    json!({"info": {"name": "Growth"}, "item": items})
}

/// What is done with a document.
type Work = fn(&Input, &Input, &Config);

const WORKS: &[(&str, Work)] = &[
    ("generate", |input, _, config| drop(generate(input, config))),
    ("explain", |input, _, config| {
        let mut report = Report::default();
        let api = understand(&mut report, input, config);
        let sources = input.sources();
        let found = explain::explain(&mut report, &sources, &api, config, &Pins::default(), None);
        drop(found.map(|found| explain::render(&found)));
        drop(report.render(
            &sources,
            letterpress::document::report::rules::Severity::Note,
            false,
        ));
    }),
    ("diff", |input, older, config| {
        let [old, new] = [older, input].map(|input| {
            let mut report = Report::default();
            let api = understand(&mut report, input, config);
            let plan = plan::plan(&mut report, &api, config, &Pins::default());
            (input, api, plan)
        });
        let [old, new] = [&old, &new].map(|(input, api, plan)| Client {
            sources: input.sources(),
            api,
            plan,
            config,
        });
        let diff = diff::compare(&old, &new);
        drop((diff::text(&diff), diff::markdown(&diff), diff::json(&diff)));
    }),
];

/// What work takes: allocations, and their bytes.
fn cost(construct: Construct, count: usize, work: Work) -> [usize; 2] {
    let input = |value: Value| Input::collection(Source::new("a.json", value.to_string()));
    let (older, newer) = (input(construct(count / 2)), input(construct(count)));
    let config = Config::new("clients");
    let region = Region::new(ALLOCATOR);
    work(&newer, &older, &config);
    let change = region.change();
    [
        change.allocations + change.reallocations,
        change.bytes_allocated,
    ]
}

#[test]
fn work_grows_as_documents_do() {
    let mut wrong = Vec::new();
    for (work_name, work) in WORKS {
        for (name, construct) in CONSTRUCTS {
            // What is made once in a process is made here.
            cost(*construct, 2, *work);
            let once = cost(*construct, COUNT, *work);
            let twice = cost(*construct, 2 * COUNT, *work);
            #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
            let ratios = [0, 1].map(|i| twice[i] as f64 / once[i] as f64);
            if ratios.iter().any(|ratio| *ratio > MOST) {
                wrong.push(format!("{work_name} of {name}: {once:?}, then {twice:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
