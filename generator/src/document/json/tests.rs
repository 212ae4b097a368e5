//! Tests of the JSON reader.

use super::*;
use proptest::prelude::*;

fn check(text: &str) {
    let ours = read(text).ok().map(|node| node.to_string());
    let theirs = serde_json::from_str::<serde_json::Value>(text)
        .ok()
        .map(|v| v.to_string());
    assert_eq!(ours, theirs, "{text:?}");
}

#[test]
fn agrees_with_serde_json() {
    for text in [
        "",
        " ",
        "null",
        "nul",
        "true",
        "-",
        "01",
        "0.",
        "1e",
        "\"",
        "\"\\x\"",
        "[1,]",
        "[,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "[1 2]",
        "1 2",
        "\"\\u00e9\\ud83d\\ude00\"",
        "\"\\u12g4\"",
        "{\"a\":[{},[],\"\"]}",
        "[\"a\\nb\", -1, {\"x\":{\"y\":null}}]",
        "\"\\u+123\"",
        "'a'",
        "\u{feff}1",
        "é",
        "\"é\"",
    ] {
        check(text);
    }
}

#[test]
fn keeps_places_numbers_and_control_characters() {
    let text = "{\"a\": [10.50, \"x\ty\"]}";
    let node = read(text).expect("valid");
    let [number, string] = node.get("a").expect("a").elements() else {
        panic!()
    };
    assert_eq!(&text[number.span.range()], "10.50");
    assert_eq!(string.as_str(), Some("x\ty"));
}

#[test]
fn refuses_what_is_too_deep() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(read(&deep(300)).map_err(|e| e.offset), Err(MAX_DEPTH));
}

proptest! {
    #[test]
    fn agrees_on_anything(text in "[\\[\\]{}:,\"0-9a-u\\\\. eE+-]{0,24}") {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        // Numbers out of range and halves of surrogate pairs are where we are more lenient.
        if theirs.is_ok() {
            prop_assert!(read(&text).is_ok(), "{}", text);
        } else if read(&text).is_ok() {
            let reason = theirs.map_err(|e| e.to_string()).expect_err("checked");
            prop_assert!(reason.contains("range") || reason.contains("surrogate") || reason.contains("hex"), "{}", reason);
        }
    }
}

#[test]
fn a_place_in_a_string_is_a_place_in_its_document() {
    let check = |literal: &str, inside: &str| {
        let document = format!("  {literal}");
        let node = read(&document).expect("JSON");
        let decoded = node.as_str().expect("a string");
        let start = decoded.find(inside).expect("the text");
        let inner = Inner::new(&document[node.span.range()], node.span.start);
        let span = inner.outer(Span {
            start,
            end: start + inside.len(),
        });
        assert_eq!(&document[span.range()], inside, "{literal}");
    };
    check(r#""abc""#, "b");
    check(r#""a\nbc""#, "bc");
    check(r#""{\"x\": 1}""#, "1");
    check(r#""\u00e9\t\ud83d\ude00 end""#, "end");
    check(r#""\ud83d x é y""#, "y");
    check(r#""é\\z""#, "z");
}

/// What a template is read as; the variables stand where they are.
fn template(text: &str) -> Result<String, usize> {
    let node = read_template(text).map_err(|error| error.offset)?;
    Ok(node.to_string())
}

#[test]
fn reads_variables_as_values_and_names() {
    let check = |text: &str, expected: &str| {
        assert_eq!(template(text).as_deref(), Ok(expected), "{text:?}");
    };
    check("{{x}}", "{{x}}");
    check(" {{ x }} ", "{{ x }}");
    check("{{}}", "{{}}");
    check("{{é}}", "{{é}}");
    check("{{a}}{{b}}", "{{a}}{{b}}");
    check(
        "[1{{x}}, {{x}}2, -{{x}}.5e{{y}}]",
        "[1{{x}},{{x}}2,-{{x}}.5e{{y}}]",
    );
    check(
        r#"{"a": {{x}}, "b": [{{y}},{{z}}]}"#,
        r#"{"a":{{x}},"b":[{{y}},{{z}}]}"#,
    );
    check(r#"{"a{{x}}": "{{y}} z"}"#, r#"{"a{{x}}":"{{y}} z"}"#);
    check("{{{x}}: 1}", r#"{"{{x}}":1}"#);
    check("{ {{x}}{{y}}: {} }", r#"{"{{x}}{{y}}":{}}"#);
    check(r#"["{{"]"#, r#"["{{"]"#);
}

#[test]
fn reads_comments_and_commas_at_the_end() {
    let check = |text: &str, expected: &str| {
        assert_eq!(template(text).as_deref(), Ok(expected), "{text:?}");
        assert!(read(text).is_err(), "{text:?} is no JSON");
    };
    check("// one\n1", "1");
    check("1 // one", "1");
    check("1 //", "1");
    check("/* one */ 1 /**/", "1");
    check("/* // */ 1", "1");
    check("[1, // one\n 2 /* two */,]", "[1,2]");
    check("[1, /* none */ ]", "[1]");
    check(r#"{"a" /*is*/ : 1, }"#, r#"{"a":1}"#);
    check(
        r#"{"a": 1, // last
              "b": "//", }"#,
        r#"{"a":1,"b":"//"}"#,
    );
}

#[test]
fn reads_members_without_a_value() {
    let check = |text: &str, expected: &str| {
        assert_eq!(template(text).as_deref(), Ok(expected), "{text:?}");
        assert!(read(text).is_err(), "{text:?} is no JSON");
    };
    check(r#"{"a": }"#, r#"{"a":}"#);
    check(r#"{"a": , "b": 1}"#, r#"{"a":,"b":1}"#);
    check(r#"{"a": /* none */, }"#, r#"{"a":}"#);
}

#[test]
fn keeps_the_places_in_a_template() {
    let text = "{ /* é */ {{k}}: 1{{x}}, \"a\": [{{y}} ,] }";
    let node = read_template(text).expect("a template");
    let shown: Vec<&str> = node
        .members()
        .iter()
        .map(|member| &text[member.node.span.range()])
        .collect();
    assert_eq!(shown, ["1{{x}}", "[{{y}} ,]"]);
    let elements = node.get("a").expect("a").elements();
    assert_eq!(&text[elements[0].span.range()], "{{y}}");
    assert_eq!(node.get("{{k}}").map(Node::kind), Some("a variable"));
}

#[test]
fn refuses_what_is_no_template() {
    let check = |text: &str, offset: usize| assert_eq!(template(text), Err(offset), "{text:?}");
    check("", 0);
    check("{{x}", 1);
    check("{{x{{y}}", 1);
    check("[,]", 1);
    check("[1,,]", 3);
    check("{,}", 1);
    check("{{{x}} 1}", 7);
    check("{{x}} {{y}}", 6);
    check("word", 0);
    check("12x", 2);
    check("{a: 1}", 1);
    check("{a{{x}} 1}", 8);
    check("1 /* open", 2);
    check("/", 0);
    check("'a'", 0);
    check(r#"{"a": true/false}"#, 10);
    check(r#""{{x}}"#, 0);
}

#[test]
fn refuses_templates_that_are_too_deep() {
    let deep = |levels: usize| format!("{}{{{{x}}}}{}", "[".repeat(levels), ",]".repeat(levels));
    assert!(read_template(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(template(&deep(MAX_DEPTH + 1)), Err(MAX_DEPTH));
}

/// JSON, with blanks as people set them.
fn documents() -> impl Strategy<Value = String> {
    let blank = || prop::sample::select(vec!["", " ", "\n", "\r\n\t"]);
    let text =
        || "[a-zé/*{}\\[\\],: ]{0,8}".prop_map(|text| serde_json::Value::from(text).to_string());
    let scalar = prop_oneof![
        prop::sample::select(vec![
            "null",
            "true",
            "false",
            "0",
            "-1.50",
            "1e9",
            "\"\\u00e9\\n\""
        ])
        .prop_map(str::to_owned),
        text(),
    ];
    scalar.prop_recursive(4, 30, 4, move |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4);
        let object = prop::collection::vec((text(), inner), 0..4);
        prop_oneof![
            (list, blank()).prop_map(|(all, blank)| {
                format!("[{blank}{}{blank}]", all.join(&format!("{blank},{blank}")))
            }),
            (object, blank()).prop_map(|(all, blank)| {
                let members = all
                    .iter()
                    .map(|(name, value)| format!("{name}{blank}:{blank}{value}"));
                let members = members
                    .collect::<Vec<_>>()
                    .join(&format!("{blank},{blank}"));
                format!("{{{blank}{members}{blank}}}")
            }),
        ]
    })
}

proptest! {
    #[test]
    fn json_is_a_template_that_means_the_same(text in documents()) {
        let node = read(&text);
        prop_assert!(node.is_ok(), "{}", text);
        prop_assert_eq!(read_template(&text), node);
    }

    #[test]
    fn a_template_takes_what_json_takes(text in "[\\[\\]{}:,\"0-9a-u\\\\. eE+/*-]{0,24}") {
        if let Ok(node) = read(&text) {
            prop_assert_eq!(read_template(&text), Ok(node), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_inside_of_it(text in "([{}\\[\\],:\"/* é1-]|\\{\\{|\\}\\}|x){0,24}") {
        match read_template(&text) {
            Ok(node) => prop_assert!(text.get(node.span.range()).is_some()),
            Err(error) => prop_assert!(text.is_char_boundary(error.offset), "{} {}", text, error),
        }
    }

    #[test]
    fn what_a_template_means_is_a_template(text in "([{}\\[\\],:\"/* 1-]|\\{\\{x\\}\\}|x){0,24}") {
        if let Ok(node) = read_template(&text) {
            let shown = node.to_string();
            prop_assert_eq!(read_template(&shown).map(|node| node.to_string()), Ok(shown));
        }
    }
}
