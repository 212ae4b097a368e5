//! Names of every kind, and how equal ones are told apart.

use super::*;

#[test]
fn modules() {
    let check = |text: &str, expected: &str| {
        let name = module(text);
        assert_eq!(name.as_ref().map_or("-", Ident::as_str), expected, "{text}");
    };
    check("Update a live stream", "update_live_stream");
    check("Get the user's settings", "get_user_settings");
    check("OAuth", "oauth");
    check("type", "type_");
    check("gen", "gen_");
    check("self", "self_");
    check("2FA", "n2fa");
    check("a", "a");
    check("", "-");
    check("  ", "-");
    check("../../etc/passwd", "etc_passwd");
    check("x\"; fn main() {} /* */", "x_fn_main");
    check("获取用户", "huo_qu_yong_hu");
    check("Größe ändern", "grosse_andern");
    check("🚀", "rocket");
    check("aux", "aux_");
    check("com1", "com1_");
    check("List all IDs", "list_all_ids");
    check(
        &"word ".repeat(60),
        "word_word_word_word_word_word_word_word_word_word_9eeedd",
    );
}

#[test]
fn types_fields_constants() {
    let shown = |name: Option<Ident>| name.map_or("-".to_owned(), |name| name.0);
    assert_eq!(shown(type_name("not found")), "NotFound");
    assert_eq!(shown(type_name("-1")), "Minus1");
    assert_eq!(shown(type_name("1")), "N1");
    assert_eq!(shown(type_name("self")), "Self_");
    assert_eq!(shown(field("filter[created_at]")), "filter_created_at");
    assert_eq!(shown(field("$top")), "top");
    assert_eq!(shown(field("X-Api-Key")), "x_api_key");
    assert_eq!(shown(constant("baseUrl")), "BASE_URL");
    assert_eq!(shown(constant("3.example.com")), "N3_EXAMPLE_COM");
    assert_eq!(shown(exact("c_1_")), "c_1_");
    assert_eq!(shown(exact("gen")), "-");
    assert_eq!(shown(field("*")), "-");
}

#[test]
fn equal_names_are_told_apart_as_a_whole() {
    let check = |candidates: &[&[&str]], reserved: &[&str], expected: &str| {
        let candidates: Vec<Vec<Ident>> = candidates
            .iter()
            .map(|names| names.iter().map(|&n| Ident(n.to_owned())).collect())
            .collect();
        let names = distinct(&candidates, reserved).into_iter();
        let names: Vec<String> = names.map(|name| name.0).collect();
        assert_eq!(names.join(" "), expected);
    };
    check(&[&["get", "get_a"], &["put", "put_b"]], &[], "get put");
    check(
        &[&["x", "x_get"], &["x", "x_put"], &["y"]],
        &[],
        "x_get x_put y",
    );
    check(&[&["x"], &["x", "x_put"]], &[], "x x_put");
    check(
        &[&["x", "x_get", "x_get_a"], &["x", "x_get", "x_get_b"]],
        &[],
        "x_get_a x_get_b",
    );
    check(&[&["x"], &["x"], &["x_2"]], &[], "x x_3 x_2");
    check(&[&["options"]], &["options"], "options_2");
    check(&[&["Path"]], &["Path"], "Path2");
}

#[test]
fn what_has_a_name_keeps_it() {
    let check = |things: &[(&str, &[&str])], reserved: &[&str], expected: &str| {
        let ident = |name: &str| Ident(name.to_owned());
        let candidates = things
            .iter()
            .map(|(_, names)| names.iter().map(|name| ident(name)).collect());
        let candidates: Vec<Vec<Ident>> = candidates.collect();
        let kept: Vec<Option<Ident>> = things
            .iter()
            .map(|(kept, _)| Some(ident(kept)).filter(|_| *kept != "-"))
            .collect();
        let kept: Vec<Option<&Ident>> = kept.iter().map(Option::as_ref).collect();
        let names = keep(&candidates, &kept, reserved).into_iter();
        let names: Vec<String> = names.map(|name| name.0).collect();
        assert_eq!(names.join(" "), expected);
    };
    check(
        &[("x", &["x", "x_get"]), ("-", &["x", "x_put"])],
        &[],
        "x x_put",
    );
    check(
        &[("-", &["x", "x_put"]), ("x", &["x", "x_get"])],
        &[],
        "x_put x",
    );
    check(&[("old", &["new"]), ("-", &["new"])], &[], "old new");
    check(
        &[("x", &["y"]), ("-", &["x"]), ("-", &["x"])],
        &[],
        "x x_2 x_3",
    );
    // Two cannot have one, and what the language has is not to be had.
    check(&[("x", &["y"]), ("x", &["z"])], &[], "x z");
    check(&[("options", &["o"])], &["options"], "o");
}

#[test]
fn keywords_are_those_of_the_language() {
    assert!(KEYWORDS.is_sorted());
    let others = [
        "union",
        "auto",
        "raw",
        "safe",
        "default",
        "macro_rules",
        "r",
        "types",
    ];
    for word in KEYWORDS.iter().chain(&others) {
        // It is one from edition 2024 on, which syn leaves to its caller.
        let expected = *word == "gen" || syn::parse_str::<syn::Ident>(word).is_err();
        assert_eq!(is_keyword(word), expected, "{word}");
    }
}
