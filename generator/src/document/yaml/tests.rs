//! Tests of the reader of YAML.

use proptest::prelude::*;

use super::*;
use crate::document::json;

fn read_all(text: &str) -> Result<String, String> {
    let read = read(text, 0, &mut AliasBudget::for_length(text.len()));
    read.map(|node| node.to_string())
        .map_err(|error| format!("{}: {}", error.offset, error.message))
}

#[test]
fn reads_what_collections_hold() {
    let check = |text: &str, expected: &str| {
        assert_eq!(read_all(text).as_deref(), Ok(expected), "{text:?}");
    };
    check("", "null");
    check("# nothing\n", "null");
    check("---\na: 1\n...\n", r#"{"a":1}"#);
    check("\u{feff}a: b", r#"{"a":"b"}"#);
    check(
        "a: 1.50\nb: -2e3\nc: 012\nd: 0x1F\ne: .5\nf: 1_000\n",
        r#"{"a":1.50,"b":-2e3,"c":"012","d":"0x1F","e":".5","f":"1_000"}"#,
    );
    check(
        "[~, null, &x , true, False, yes, no, 'true', \"1\", !!str 1, 2026-01-01]",
        r#"[null,null,null,true,false,"yes","no","true","1","1","2026-01-01"]"#,
    );
    check("1: a\ntrue: b\n~: c", r#"{"1":"a","true":"b","~":"c"}"#);
    check(
        "a: |\n  x\n   y\n\nb: >-\n  p\n  q\n",
        r#"{"a":"x\n y\n","b":"p q"}"#,
    );
    check(
        "a: \"{\\r\n\n  \\  \\\"b\\\": 1\\r\n\n  }\"",
        r#"{"a":"{\r\n  \"b\": 1\r\n}"}"#,
    );
    check(
        "- a: b\r\n  c: |\r\n    d\r\n    e\r\n",
        r#"[{"a":"b","c":"d\ne\n"}]"#,
    );
    check("url: '{{base}}/x?y=:z#'", r#"{"url":"{{base}}/x?y=:z#"}"#);
    check("a: x{{b}}", r#"{"a":"x{{b}}"}"#);
}

#[test]
fn reads_flow_collections_that_close_in_the_column_of_their_key() {
    let check = |text: &str, expected: &str| {
        assert_eq!(read_all(text).as_deref(), Ok(expected), "{text:?}");
    };
    check("a:\n  b: {\n  }\n  c: 1", r#"{"a":{"b":{},"c":1}}"#);
    check(
        "a:\n  b: {\n    \"x}\": [1, # é }\n  2.50],\n  'it''s': \"\\\"]\"\n  }\n  c: |\n    {\n    }\n",
        r#"{"a":{"b":{"x}":[1,2.50],"it's":"\"]"},"c":"{\n}\n"}}"#,
    );
    check(
        "a:\n  - b: [\n  x's,\n  y\n  ]\n  - {\n  c: d }\n",
        r#"{"a":[{"b":["x's","y"]},{"c":"d"}]}"#,
    );
    check(
        "a:\n  b: {é: 1,\n  c: 012\n  }",
        r#"{"a":{"b":{"é":1,"c":"012"}}}"#,
    );
}

#[test]
fn keeps_places_in_what_it_repairs() {
    let text = "a:\n  b: {\n    é: 1.50\n  }\n  c: end";
    let root = read(text, 0, &mut AliasBudget::for_length(text.len())).expect("YAML");
    let a = root.get("a").expect("a");
    let number = a.get("b").and_then(|b| b.get("é")).expect("a number");
    assert_eq!(&text[number.span.range()], "1.50");
    assert_eq!(&text[a.get("c").expect("c").span.range()], "end");
}

#[test]
fn keeps_names_that_are_there_twice() {
    let text = "é: 1\nb: {c: x, c: y}\né: 2";
    let root = read(text, 0, &mut AliasBudget::for_length(text.len())).expect("YAML");
    assert_eq!(root.get("é").map(ToString::to_string).as_deref(), Some("2"));
    let repeated = json::repeated_names(&root);
    let shown: Vec<_> = repeated
        .iter()
        .map(|name| {
            (
                name.name,
                &text[name.first.range()],
                &text[name.last.range()],
            )
        })
        .collect();
    assert_eq!(shown, [("c", "x", "y"), ("é", "1", "2")]);
}

#[test]
fn anchors_stand_for_their_values() {
    let check = |text: &str, expected: &str| {
        assert_eq!(read_all(text).as_deref(), Ok(expected), "{text:?}");
    };
    check(
        "a: &x {b: 1}\nc: *x\nd: [*x, *x]",
        r#"{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]}"#,
    );
    check("a: &x k\n*x : v", r#"{"a":"k","k":"v"}"#);
    check(
        "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3",
        r#"{"a":{"b":1,"c":2},"d":{"c":3,"b":1}}"#,
    );
    check(
        "<<: [{a: 1}, {a: 2, b: 3}]\n'<<': 4",
        r#"{"<<":4,"a":1,"b":3}"#,
    );
}

#[test]
fn refuses_what_is_no_tree() {
    let check = |text: &str, expected: &str| {
        assert_eq!(read_all(text), Err(expected.to_owned()), "{text:?}");
    };
    check("? [a]\n: b", "2: a name has to be a text");
    check(
        "a: {{b}}",
        "4: a value that begins with a variable has to stand in quotes",
    );
    check("a: &x [*x]", "7: an alias inside of what it stands for");
    check(
        "a: 1\n---\nb: 2",
        "5: another document begins; a file holds one",
    );
    check("<<: 1", "4: only mappings can be merged");
    check("é: *x", "4: while parsing node, found unknown anchor");
    check(
        "a:\n\tb: c",
        "4: tabs disallowed within this context (block indentation)",
    );
    check(&"- ".repeat(300), "400: nested too deeply");
    let bomb: Vec<String> = (1..40)
        .map(|n| format!("a{n}: &a{n} [*a{p}, *a{p}, *a{p}, *a{p}]\n", p = n - 1))
        .collect();
    let bomb = bomb.concat();
    let error = read_all(&format!("a0: &a0 [x, x]\n{bomb}")).expect_err("a bomb");
    assert!(error.ends_with("aliases make this far too long"), "{error}");
    let chain: Vec<String> = (1..400)
        .map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1))
        .collect();
    let chain = chain.concat();
    let error = read_all(&format!("a0: &a0 []\n{chain}")).expect_err("a chain");
    assert!(
        error.ends_with("nested too deeply") || error.ends_with("too long"),
        "{error}"
    );
}

#[test]
fn keeps_places() {
    let text = "é: &x  word\nlist:\n  - 1\n  - {a: 'b'}\n\n# end\nlast: |\n  x\n";
    let node = read(text, 0, &mut AliasBudget::for_length(99)).expect("YAML");
    let shown = |node: &Node<'_>| text[node.span.range()].to_owned();
    assert_eq!(shown(node.get("é").expect("é")), "word");
    let list = node.get("list").expect("list");
    assert_eq!(shown(list), "- 1\n  - {a: 'b'}");
    assert_eq!(shown(&list.elements()[1]), "{a: 'b'}");
    let moved = read(text, 7, &mut AliasBudget::for_length(99)).expect("YAML");
    assert_eq!(
        moved.get("list").expect("list").span.start,
        list.span.start + 7
    );
}

#[test]
fn a_place_in_a_text_is_a_place_in_its_document() {
    let check = |yaml: &str, inside: &str| {
        let document = format!("a: {yaml}\nb: c\n");
        let root = read(&document, 0, &mut AliasBudget::for_length(0)).expect("YAML");
        let node = root.get("a").expect("a");
        let text = node.as_str().expect("a text");
        let start = text.find(inside).expect("the text");
        let inner = inner(&document[node.span.range()], node.span.start, text);
        let span = inner.outer(Span {
            start,
            end: start + inside.len(),
        });
        assert_eq!(document.get(span.range()), Some(inside), "{yaml}");
    };
    check("plain", "ai");
    check("plain\n  and more", "more");
    check("'it''s'", "s");
    check("'it\n  is\n\n  so'", "so");
    check(r#""a\nbc""#, "bc");
    check(r#""{\"x\": 1}""#, "1");
    check(r#""\u00e9\t\U0001F600\x20\L end""#, "end");
    check("\"a\\\n    b c\"", "c");
    check("\"{\\r\n\n  \\  \\\"b\\\": 1\\r\n\n  }\"", "1");
    check("|\n  {\n    \"x\": 1\n  }", "1");
    check("|-\n\n\n  é\n\n  y", "y");
    check("|2\n    x\n  y", "y");
    check("|\r\n  x\r\n  y\r\n", "y");
    check("&z !!str |\n  x\n  y", "y");
    check(">\n  x\n  y\n", "y");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_inside_of_it(
        text in "([{}\\[\\],:\"'/* é\\-1#&!|>?%@`\\\\\t\r\n]|: |\n  |- |<<: |x|&a |\\*a|---\n|\\PC){0,40}"
    ) {
        match read(&text, 0, &mut AliasBudget::for_length(text.len())) {
            Ok(node) => {
                prop_assert!(text.get(node.span.range()).is_some());
                every_place(&text, &node)?;
            }
            Err(error) => prop_assert!(text.is_char_boundary(error.offset), "{} {}", text, error),
        }
    }

    #[test]
    fn json_is_yaml(text in "[\\[\\]{}:,\"0-9a-u\\. eE+-]{0,24}") {
        // A tab, `"a":1` in a block, and equal names are where they differ.
        if let (Ok(json), Ok(yaml)) = (json::read(&text), read(&text, 0, &mut AliasBudget::for_length(0))) {
            prop_assert_eq!(json.to_string(), yaml.to_string());
        }
    }
}

fn every_place(text: &str, node: &Node<'_>) -> Result<(), TestCaseError> {
    let literal = text.get(node.span.range());
    prop_assert!(literal.is_some());
    if let (Some(literal), Some(decoded)) = (literal, node.as_str()) {
        let inner = inner(literal, node.span.start, decoded);
        for (start, c) in decoded.char_indices() {
            let end = start + c.len_utf8();
            let place = inner.outer(Span { start, end });
            prop_assert!(place.start >= node.span.start);
        }
    }
    let members = node.members().iter().map(|member| &member.node);
    node.elements()
        .iter()
        .chain(members)
        .try_for_each(|node| every_place(text, node))
}
