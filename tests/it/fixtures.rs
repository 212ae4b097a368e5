//! The whole output of each case: every file, and what is said about the documents.

use insta::{Settings, assert_snapshot, glob};
use letterpress::document::report::rules::Severity;
use letterpress::{Config, Input, Source, generate};

use crate::case::{self, Case};
use crate::workspace;

#[test]
fn output_is_as_it_was_read_and_accepted() {
    glob!("../fixtures", "*/case.toml", |path| {
        let folder = path.parent().unwrap();
        let case = Case::read(folder);
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.set_omit_expression(true);
        settings.bind(|| {
            let output = case.press();
            let text = case::show(&output, &case.input.sources());
            assert_snapshot!("output", text + &case::show_lock(&case, &output));
        });
    });
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    for case in case::all() {
        assert_eq!(case.press(), case.press(), "{}", case.name);
    }
}

/// Places differ, for they are those of the documents; so only the files are compared.
#[test]
fn the_same_api_gives_the_same_client_in_every_format() {
    let folder = case::folder().join("v1");
    let mut case = Case::read(&folder);
    let old = case.press();
    assert_eq!(old.requests, 6);
    for other in ["as_v2_0.json", "as_v2_1.json", "../v3/harbour"] {
        case.input = Input::read(&[folder.join(other)], None, None).unwrap();
        let files = case.press().files;
        assert_eq!(old.files.len(), files.len(), "{other}");
        for (one, another) in old.files.iter().zip(files.iter()) {
            assert_eq!(one, another, "{other}");
        }
    }
}

/// Whoever has errors has either no files at all or everything that the other requests need.
#[test]
fn errors_leave_nothing_half_done() {
    for case in case::all() {
        let output = case.press();
        assert_eq!(
            output.files.is_empty(),
            output.requests == 0,
            "{}",
            case.name
        );
        if output.requests == 0 {
            let said =
                output.report.count(Severity::Error) + output.report.count(Severity::Warning);
            assert!(
                said > 0,
                "{}: no output, and not a word about why",
                case.name
            );
        }
    }
}

/// Documents that are too large to lie in a file.
#[test]
fn depth_and_length_have_a_limit_or_none() {
    let nested = |depth: usize| {
        let (open, close) = (r#"{"name":"f","item":["#.repeat(depth), "]}".repeat(depth));
        format!(r#"{open}{{"name":"deepest","request":"https://a.example/x"}}{close}"#)
    };
    let press = |text: String| {
        generate(
            &Input::collection(Source::new("x", text)),
            &Config::new("x"),
        )
    };
    let codes = |text: String| -> Vec<&str> {
        press(text)
            .report
            .diagnostics()
            .iter()
            .map(|diagnostic| diagnostic.rule.code)
            .collect()
    };
    assert_eq!(press(nested(60)).requests, 1);
    assert_eq!(codes(nested(300)), ["not-json"]);
    assert_eq!(codes("[".repeat(1_000_000)), ["not-json"]);

    let requests: Vec<String> = (0..500)
        .map(|n| format!(r#"{{"name":"request {n}","request":"https://a.example/{n}"}}"#))
        .collect();
    let output = press(format!(
        r#"{{"info":{{"name":"x"}},"item":[{}]}}"#,
        requests.join(",")
    ));
    assert_eq!((output.requests, output.report.has_errors()), (500, false));
}

/// What the cases use as secrets, or begin them with.
const SECRETS: &[&str] = &["eyJ", "hunter2", "aHVudGVyMg", "sk_live_", "AKIA"];

/// Where a secret is known to come out.
const LEAKS: &[&str] = &[];

#[test]
fn no_secret_of_a_document_comes_out() {
    let mut leaks = Vec::new();
    let mut documents = String::new();
    for case in case::all() {
        let output = case.press();
        let files = output
            .files
            .iter()
            .map(|(path, text)| (path.to_owned(), text.to_owned()));
        // An excerpt of the document is for the eyes of who has the document; JSON goes to logs.
        let report = (
            "the report".to_owned(),
            output.report.to_json(&case.input.sources()),
        );
        for (path, text) in files
            .chain([report])
            .filter(|(path, _)| !path.starts_with("src/runtime/"))
        {
            if SECRETS.iter().any(|secret| text.contains(secret)) {
                leaks.push(format!("{}/{path}", case.name));
            }
        }
        documents.extend(
            case.input
                .sources()
                .into_iter()
                .map(|source| source.text.as_str()),
        );
    }
    workspace::known(leaks, LEAKS);
    // It is worth something only while there is something to find.
    assert!(
        SECRETS.iter().all(|secret| documents.contains(secret)),
        "a secret is in no case"
    );
}

/// What is emitted holds the items and functions that the emitter writes, and nothing that a document
/// brought along. Names of functions cannot come from a document, so they are all known.
#[test]
fn no_text_of_a_document_becomes_code() {
    for case in case::all() {
        let output = case.press();
        for (path, text) in output.files.iter() {
            if !path.starts_with("src/") || path.starts_with("src/runtime/") {
                continue;
            }
            let place = format!("{}: {path}", case.name);
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{place}: {error}"));
            for item in &file.items {
                assert!(is_expected(item), "{place}: a strange item");
            }
            let foreign = text
                .lines()
                .find(|line| line.trim_start().starts_with("/*"));
            assert_eq!(foreign, None, "{place}: a comment that its content can end");
        }
    }
}

/// The macros of the runtime whose tables stand in generated files.
const TABLES: &[&str] = &[
    "choice",
    "debug_without_secrets",
    "matched_union",
    "open_enum",
    "record",
    "tagged_union",
];

pub(crate) fn is_expected(item: &syn::Item) -> bool {
    const FUNCTIONS: &[&str] = &[
        "body", "decode", "fmt", "from", "headers", "items", "next", "path", "query",
    ];
    match item {
        syn::Item::Const(_)
        | syn::Item::Enum(_)
        | syn::Item::Struct(_)
        | syn::Item::Type(_)
        | syn::Item::Use(_) => true,
        syn::Item::Macro(call) => {
            let name = call.mac.path.segments.last();
            name.is_some_and(|name| TABLES.iter().any(|table| name.ident == table))
        }
        // What is left of a former module takes what another one holds.
        syn::Item::Mod(module) => module
            .content
            .iter()
            .all(|(_, items)| items.iter().all(|item| matches!(item, syn::Item::Use(_)))),
        syn::Item::Impl(block) => block.items.iter().all(|item| match item {
            syn::ImplItem::Fn(function) => FUNCTIONS.iter().any(|name| function.sig.ident == name),
            item => matches!(item, syn::ImplItem::Const(_) | syn::ImplItem::Type(_)),
        }),
        _ => false,
    }
}
