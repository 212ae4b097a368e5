//! A document and its normal form give the same client.

use letterpress::change::lock::Lock;
use letterpress::document::report::Report;
use letterpress::input::overrides::Overrides;
use letterpress::input::postman::normal::{self, Ids};
use letterpress::{Input, generate};

use crate::case::{self, Case};

/// The input with each document in its normal form, if it has one.
fn normal(input: &Input, ids: Ids) -> Input {
    let mut normal = input.clone();
    for source in normal.sources_mut().filter(|source| !source.is_yaml()) {
        if let Some(text) = normal::write(&mut Report::default(), source, ids) {
            source.text = text;
        }
    }
    normal
}

/// A lock without what is to be another: digests of documents, and with them ids.
fn names(lock: &Lock) -> Lock {
    let mut lock = lock.clone();
    lock.inputs.clear();
    for entry in lock.requests.values_mut() {
        entry.identity.id = None;
    }
    lock
}

#[test]
fn a_normal_form_gives_the_same_client() {
    let mut changed = 0;
    for case in case::all() {
        let Case {
            name,
            input,
            config,
        } = &case;
        let output = case.press();
        for ids in [Ids::Stable, Ids::None] {
            // A correction may name its request by the id.
            if ids == Ids::None && config.overrides != Overrides::default() {
                continue;
            }
            let normal = normal(input, ids);
            changed += usize::from(normal != *input);
            let again = generate(&normal, config);
            assert!(again.files == output.files, "{name}: another client");
            assert!(
                names(&again.lock) == names(&output.lock),
                "{name}: other names"
            );
            let count = |report: &Report| report.diagnostics().len();
            assert_eq!(count(&again.report), count(&output.report), "{name}");
        }
    }
    assert!(
        changed > 0,
        "no case has a document that is not in its normal form"
    );
}
