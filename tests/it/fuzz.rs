//! Documents that nobody wrote: mutations of those of the cases, and texts of any characters. Nothing panics, and what comes
//! out is a client. The budget of executions and the seed are fixed, so that a run says the same each time;
//! `LETTERPRESS_FUZZ=100000` makes as many of each instead.

use std::fs;

use letterpress::document::{json as json_text, secret};
use letterpress::{Config, Input, Source, generate};
use proptest::prelude::*;
use proptest::test_runner::{Config as Fuzzing, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use crate::case;
use crate::hostile_texts::{TEXTS, faults};

/// A runner that makes as many executions as the environment says, else so many, from a fixed seed.
fn runner(executions: u32) -> TestRunner {
    let asked = std::env::var("LETTERPRESS_FUZZ").ok();
    let cases = asked.map_or(executions, |asked| asked.parse().unwrap());
    let config = Fuzzing {
        cases,
        failure_persistence: None,
        ..Fuzzing::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// The JSON documents of the cases.
fn documents() -> Vec<Value> {
    let mut documents = Vec::new();
    for folder in fs::read_dir(case::folder()).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap_or_default();
            documents.extend(serde_json::from_str(&text).ok().filter(Value::is_object));
        }
    }
    // The order of a folder is that of the file system.
    documents.sort_by_key(Value::to_string);
    documents
}

/// A change of a value somewhere in a document.
#[derive(Clone, Debug)]
struct Mutation {
    /// Which of the values of the document, counted in its order, modulo how many there are.
    at: usize,
    how: usize,
    text: usize,
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let parts = (any::<usize>(), 0..9_usize, 0..TEXTS.len());
    parts.prop_map(|(at, how, text)| Mutation { at, how, text })
}

fn count(value: &Value) -> usize {
    let below: usize = match value {
        Value::Array(elements) => elements.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    };
    1 + below
}

/// The value of that number.
fn find<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(elements) => elements.iter_mut().find_map(|one| find(one, at)),
        Value::Object(members) => members.values_mut().find_map(|one| find(one, at)),
        _ => None,
    }
}

fn mutate(document: &mut Value, mutation: &Mutation) {
    let mut at = mutation.at % count(document);
    let Some(value) = find(document, &mut at) else {
        return;
    };
    let text = TEXTS[mutation.text];
    let own = value.clone();
    *value = match (mutation.how, own) {
        (0, _) => Value::Null,
        (1, _) => Value::from(text),
        (2, own) => Value::Array(vec![own.clone(), own]),
        (3, own) => Value::Object([(text.to_owned(), own)].into_iter().collect()),
        (4, own) => (0..60).fold(own, |inner, _| Value::Array(vec![inner])),
        (5, Value::String(own)) => Value::from(format!("{own}{text}")),
        (6, Value::Object(mut members)) => {
            let names: Vec<String> = members.keys().cloned().collect();
            if let Some(name) = names.get(mutation.at % names.len().max(1)) {
                let one = members.remove(name).unwrap_or_default();
                members.insert(text.to_owned(), one);
            }
            Value::Object(members)
        }
        (7, Value::Array(mut elements)) => {
            elements.reverse();
            elements.push(Value::from(1e300));
            Value::Array(elements)
        }
        (_, Value::Bool(is)) => Value::from(!is),
        (_, Value::Number(_)) => Value::from(-1),
        _ => Value::from(mutation.at),
    };
}

#[test]
fn mutated_documents_are_clients_or_errors() {
    let documents = documents();
    let config = Config::new("clients");
    let strategy = (
        0..documents.len(),
        proptest::collection::vec(mutation(), 1..8),
    );
    let run = runner(300).run(&strategy, |(document, mutations)| {
        let mut document = documents[document].clone();
        for mutation in &mutations {
            mutate(&mut document, mutation);
        }
        let input = Input::collection(Source::new("fuzz.json", document.to_string()));
        let output = generate(&input, &config);
        prop_assert_eq!(faults(&output), Vec::<String>::new());
        Ok(())
    });
    run.unwrap();
}

#[test]
fn texts_of_any_characters_are_read_or_refused() {
    let config = Config::new("clients");
    let strategy = (
        "\\PC{0,40}|[\\[\\]{}:,\"\\\\a-z0-9 \n-]{0,60}",
        any::<bool>(),
    );
    let run = runner(2000).run(&strategy, |(text, is_yaml)| {
        // What reads JSON gives it back as it was.
        if let Ok(node) = json_text::read(&text) {
            let written = node.to_string();
            let again = json_text::read(&written).map(|node| node.to_string());
            prop_assert_eq!(again.ok(), Some(written));
        }
        // What is redacted has nothing left to redact.
        let redacted = secret::redact(&text).into_owned();
        prop_assert_eq!(secret::redact(&redacted).into_owned(), redacted);
        let name = if is_yaml { "fuzz.yaml" } else { "fuzz.json" };
        let output = generate(&Input::collection(Source::new(name, text)), &config);
        prop_assert_eq!(faults(&output), Vec::<String>::new());
        Ok(())
    });
    run.unwrap();
}
