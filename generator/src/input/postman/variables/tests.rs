//! Tests of what variables stand for.

use super::*;

fn variables(of: Owner, all: &[(&str, &str)]) -> Vec<Variable> {
    let all = all.iter();
    all.map(|(name, value)| Variable {
        at: Place::default(),
        name: (*name).to_owned(),
        value: Hidden((*value).to_owned()),
        secret: false,
        docs: String::new(),
        of,
    })
    .collect()
}

fn scope(treatments: &[(&str, Treatment)]) -> Scope {
    let environment = [("a", "env"), ("loop", "{{pool}}"), ("only", "env")];
    let globals = [
        ("a", "globals"),
        ("g", "globals"),
        ("token", "hunter2"),
        ("$guid", "mine"),
    ];
    let collection = [
        ("a", "collection"),
        ("b", "first"),
        ("b", "{{a}}!"),
        ("c", "v1"),
        ("pool", "{{loop}}"),
        ("empty", ""),
        ("g", "{{c}}"),
    ];
    let treatments = treatments.iter();
    let known = Known {
        environment: variables(Owner::Environment, &environment),
        globals: variables(Owner::Globals, &globals),
        treatments: treatments
            .map(|(name, what)| ((*name).to_owned(), *what))
            .collect(),
    };
    let mut scope = Scope::new(known, variables(Owner::Collection, &collection));
    scope.enter(variables(
        Owner::Folder,
        &[("c", "folder"), ("f", "folder")],
    ));
    scope
}

#[test]
fn resolves_by_precedence_and_stops_at_cycles() {
    let scope = scope(&[]);
    let check = |text: &str, expected: &str, sent: &str| {
        assert_eq!(scope.resolve(text), expected, "{text}");
        assert_eq!(scope.sent(text), sent, "{text}");
    };
    check("{{a}}", "env", "env");
    check("x-{{b}}", "x-env!", "x-env!");
    check("{{ a }}", "{{ a }}", "{{ a }}");
    check("[{{empty}}]", "[]", "[]");
    check("{{open}}", "{{open}}", "{{open}}");
    check("{{loop}}", "{{pool}}", "{{pool}}");
    check("{{c}} {{f}}", "folder folder", "v1 {{f}}");
    check("{{g}}", "folder", "v1");
    check("{{token}}", "{{token}}", "hunter2");
    check(
        "{{$guid}} {{$timestamp}}",
        "mine {{$timestamp}}",
        "mine $timestamp",
    );
}

#[test]
fn only_a_collection_and_the_user_make_constants() {
    let check = |treatments: &[(&str, Treatment)], text: &str, expected: &str| {
        assert_eq!(scope(treatments).constant(text), expected, "{text}");
    };
    check(&[], "{{a}} {{only}} {{f}}", "{{a}} {{only}} {{f}}");
    check(&[], "{{c}} {{g}} {{b}}", "v1 v1 {{a}}!");
    check(&[("c", Treatment::Input)], "{{c}} {{g}}", "{{c}} {{c}}");
    check(&[("only", Treatment::Constant)], "{{only}}", "env");
    check(&[("token", Treatment::Constant)], "{{token}}", "{{token}}");
}

#[test]
fn what_the_user_calls_constant_is_put_in_everywhere() {
    let text = r#"{"{{only}}": ["x{{only}}y{{a}}", 1], "b": {"c": "{{only}}{{c}}"}}"#;
    let node = crate::document::json::read(text).expect("JSON");
    assert_eq!(scope(&[]).fixed(&node), None);
    let fixed = scope(&[("only", Treatment::Constant)])
        .fixed(&node)
        .expect("fixed");
    let expected = r#"{"env":["xenvy{{a}}",1],"b":{"c":"env{{c}}"}}"#;
    assert_eq!(fixed.to_string(), expected);
}

#[test]
fn values_that_hold_one_another_stay_short() {
    let twice: Vec<_> = (0..60)
        .map(|n| (format!("v{n}"), format!("{{{{v{}}}}}", n + 1).repeat(9)))
        .collect();
    let twice: Vec<_> = twice
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let scope = Scope::new(Known::default(), variables(Owner::Collection, &twice));
    assert!(scope.resolve("{{v0}}").len() < 64 * MAX_GROWTH);
}

/// A collection whose variables have those values.
fn chain(values: impl Iterator<Item = String>) -> Scope {
    let named: Vec<_> = values
        .enumerate()
        .map(|(n, value)| (format!("v{n}"), value))
        .collect();
    let named: Vec<_> = named
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    Scope::new(Known::default(), variables(Owner::Collection, &named))
}

#[test]
fn all_texts_of_a_collection_share_one_budget() {
    let doubling = (0..30).map(|n| format!("{{{{v{0}}}}}{{{{v{0}}}}}", n + 1));
    let scope = chain(doubling);
    let lengths = (0..100).map(|_| scope.resolve("{{v0}}").len());
    assert!(lengths.sum::<usize>() < 2 * BUDGET);
    let mut report = Report::default();
    scope.note_budget(&mut report, Place::default());
    let codes: Vec<&str> = report
        .diagnostics()
        .iter()
        .map(|one| one.rule.code)
        .collect();
    assert_eq!(codes, ["variable-budget"]);

    // What texts have once each counts for nothing, however many there are.
    let scope = chain(std::iter::once("x".repeat(FREE)));
    assert!((0..2000).all(|_| scope.resolve("{{v0}}").len() == FREE));
    let mut report = Report::default();
    scope.note_budget(&mut report, Place::default());
    assert_eq!(report.diagnostics().len(), 0);
}

#[test]
fn values_that_are_free_in_each_text_share_a_total() {
    let names: Vec<String> = (1..=250).map(|n| format!("{{{{v{n}}}}}")).collect();
    let values = (0..250).map(|n| format!("{n:04}").repeat(FREE / 4));
    let scope = chain(std::iter::once(names.concat()).chain(values));
    let written = (0..200).map(|_| scope.resolve("{{v0}}").len());
    assert!(written.sum::<usize>() < TOTAL + 200 * FREE);
    let mut report = Report::default();
    scope.note_budget(&mut report, Place::default());
    assert_eq!(report.diagnostics().len(), 1);
}

#[test]
fn cycles_are_found_however_long_they_are() {
    let check = |count: usize, last: &str, expected: usize| {
        let links = (1..count).map(|n| format!("{{{{v{n}}}}}"));
        let scope = chain(links.chain([last.to_owned()]));
        let mut report = Report::default();
        scope.note_cycles(&mut report);
        assert_eq!(report.diagnostics().len(), expected, "{count} {last}");
    };
    check(1, "x", 0);
    check(1, "{{v0}}", 1);
    check(3, "{{v1}}", 3);
    check(3, "{{v9}}", 0);
    check(20_000, "x", 0);
    check(20_000, "{{v0}}", 20_000);
}
