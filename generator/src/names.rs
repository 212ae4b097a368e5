//! The only maker of Rust names.
//!
//! Every name comes from a text of a document and is ASCII: modules become files, and letters that look
//! alike draw warnings. What a name is in the document stands beside it as a string.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// How long a name may be. A longer one is cut at a word and ends in a hash of the whole.
const MAX_LENGTH: usize = 60;

/// A Rust identifier: never a keyword, never empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ident(String);

impl Ident {
    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier as a token.
    pub(crate) fn token(&self) -> proc_macro2::Ident {
        proc_macro2::Ident::new(&self.0, proc_macro2::Span::call_site())
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl quote::ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        quote::ToTokens::to_tokens(&self.token(), tokens);
    }
}

/// The name of a module: snake case without articles and possessive endings. `None` where the text has
/// no letter and no digit.
#[must_use]
pub fn module(text: &str) -> Option<Ident> {
    let plain = plain(text);
    let all: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let is_article = |word: &&str| matches!(word.to_ascii_lowercase().as_str(), "a" | "an" | "the");
    let words: Vec<&str> = all
        .iter()
        .copied()
        .filter(|word| !is_article(word))
        .collect();
    let words = if words.is_empty() { all } else { words };
    let name = finish(&words.join(" ").to_snake_case(), Case::Snake, text)?;
    // Windows has no files of these names.
    let reserved = matches!(name.as_str(), "con" | "prn" | "aux" | "nul")
        || (name.0.len() == 4 && (name.0.starts_with("com") || name.0.starts_with("lpt")));
    Some(if reserved {
        Ident(format!("{name}_"))
    } else {
        name
    })
}

/// The name of a field: snake case.
#[must_use]
pub fn field(text: &str) -> Option<Ident> {
    finish(&plain(text).to_snake_case(), Case::Snake, text)
}

/// The name of a type or a variant: upper camel case.
#[must_use]
pub fn type_name(text: &str) -> Option<Ident> {
    let negative = text
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let text = negative.map_or_else(|| text.to_owned(), |number| format!("minus {number}"));
    finish(&plain(&text).to_upper_camel_case(), Case::Camel, &text)
}

/// The name of a constant: upper case.
#[must_use]
pub fn constant(text: &str) -> Option<Ident> {
    finish(&plain(text).to_shouty_snake_case(), Case::Shouty, text)
}

/// A name that a user has chosen for a module, exactly as it is. `None` where it is none.
#[must_use]
pub fn exact(text: &str) -> Option<Ident> {
    let is_name = text.is_ascii() && !is_keyword(text);
    is_name.then(|| Ident(text.to_owned()))
}

/// A name that is known to be one, such as a word of the generated code itself.
pub(crate) fn fixed(name: &'static str) -> Ident {
    Ident(name.to_owned())
}

/// Several texts as the name of one field: a place and a name, a method and a path.
pub(crate) fn joined(texts: &[&str], of: fn(&str) -> Option<Ident>) -> Option<Ident> {
    of(&texts.join(" "))
}

/// The name with a number behind it.
fn numbered(name: &Ident, number: usize) -> Ident {
    let separator = if name.0.starts_with(|c: char| c.is_ascii_uppercase()) {
        ""
    } else {
        "_"
    };
    let name = name.0.trim_end_matches('_');
    Ident(format!("{name}{separator}{number}"))
}

/// The name with the first number behind it, from 2, that makes it free.
pub(crate) fn numbered_free(name: &Ident, is_free: impl Fn(&Ident) -> bool) -> Ident {
    let mut number = 2;
    // The numbers have no end, and the names that are taken do.
    loop {
        let candidate = numbered(name, number);
        if is_free(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

/// The name with a hash of what it stands for behind it.
pub(crate) fn hashed(name: &Ident, what: &str) -> Ident {
    let name = name.0.trim_end_matches('_');
    Ident(format!("{name}_{:04x}", hash(what) & 0xFFFF))
}

/// One of several things, in English: the name of an element of `meetings`.
pub(crate) fn singular(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let cut = |length: usize, end: &str| format!("{}{end}", &text[..text.len() - length]);
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if !text.is_ascii() || text.len() < 4 || ends(&["ss", "us", "is", "news", "series", "address"])
    {
        text.to_owned()
    } else if ends(&["ies"]) {
        cut(3, if text.ends_with('S') { "Y" } else { "y" })
    } else if ends(&["sses", "shes", "ches", "xes", "zzes", "uses"]) {
        cut(2, "")
    } else if ends(&["s"]) {
        cut(1, "")
    } else {
        text.to_owned()
    }
}

/// The words of a text, in ASCII, with one blank between them.
fn plain(text: &str) -> String {
    let mut text = text.replace("'s ", " ").replace("\u{2019}s ", " ");
    for possessive in ["'s", "\u{2019}s"] {
        if let Some(stem) = text.strip_suffix(possessive) {
            text.truncate(stem.len());
        }
    }
    text = text.replace(['\'', '\u{2019}'], "");
    // Words whose capitals are no borders between words.
    for (mixed, word) in [
        ("OAuth", "Oauth"),
        ("GraphQL", "Graphql"),
        ("IDs", "Ids"),
        ("URLs", "Urls"),
        ("APIs", "Apis"),
    ] {
        text = text.replace(mixed, word);
    }
    let ascii = if text.is_ascii() {
        text
    } else {
        deunicode::deunicode(&text)
    };
    let is_word = |c: char| c.is_ascii_alphanumeric();
    ascii
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How words are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// `of_fields`
    Snake,
    /// `OfTypes`
    Camel,
    /// `OF_CONSTANTS`
    Shouty,
}

/// Makes a Rust name of a name in its case: not too long, not beginning with a digit, no keyword.
fn finish(name: &str, case: Case, text: &str) -> Option<Ident> {
    let first = name.chars().next()?;
    let mut name = name.to_owned();
    if first.is_ascii_digit() {
        name.insert(0, if case == Case::Snake { 'n' } else { 'N' });
    }
    if name.len() > MAX_LENGTH {
        let separator = if case == Case::Camel { "" } else { "_" };
        let end = cut(&name, separator);
        name = format!("{}{separator}{:06x}", &name[..end], hash(text) & 0xFF_FFFF);
    }
    if is_keyword(&name) {
        name.push('_');
    }
    Some(Ident(name))
}

/// Where a word ends, so that a hash still fits behind it.
fn cut(name: &str, separator: &str) -> usize {
    let most = MAX_LENGTH - 7;
    let border = |at: usize| match separator {
        "" => name[at..].starts_with(|c: char| c.is_ascii_uppercase()),
        _ => name[at..].starts_with(separator),
    };
    (most / 2..=most)
        .rev()
        .find(|&at| border(at))
        .unwrap_or(most)
}

/// FNV-1a: the same on every machine and in every version of Rust.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn is_keyword(name: &str) -> bool {
    name == "gen" || name == "_" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// Gives each of some things a name of its own, looking at all of them at once: no name depends on which
/// thing comes first. Where names are equal, all that share one go on to their next candidate; what
/// is still equal is numbered in document order.
///
/// Returns the names, and for each whether it is another than its first candidate.
#[must_use]
pub fn distinct(candidates: &[Vec<Ident>], reserved: &[&str]) -> Vec<(Ident, bool)> {
    let mut levels = vec![0; candidates.len()];
    loop {
        let mut bumped = false;
        for group in groups(candidates, &levels).into_values() {
            if group.len() > 1 {
                for index in group {
                    let more = levels[index] + 1 < candidates[index].len();
                    levels[index] += usize::from(more);
                    bumped |= more;
                }
            }
        }
        if !bumped {
            break;
        }
    }
    let mut names: Vec<Option<Ident>> = vec![None; candidates.len()];
    let mut taken: BTreeSet<String> = reserved.iter().map(|&name| name.to_owned()).collect();
    for (name, group) in groups(candidates, &levels) {
        for (nth, index) in group.into_iter().enumerate() {
            if nth == 0 && taken.insert(name.0.clone()) {
                names[index] = Some(name.clone());
            }
        }
    }
    // The last number that each name was given.
    let mut numbers: BTreeMap<&Ident, usize> = BTreeMap::new();
    let finished = names.into_iter().enumerate().map(|(index, name)| {
        let wanted = &candidates[index][levels[index]];
        let name = name.unwrap_or_else(|| {
            let number = numbers.entry(wanted).or_insert(1);
            loop {
                *number += 1;
                let name = numbered(wanted, *number);
                // The numbers have no end, and the names that are taken do.
                if taken.insert(name.0.clone()) {
                    break name;
                }
            }
        });
        let changed = name != candidates[index][0];
        (name, changed)
    });
    finished.collect()
}

fn groups(candidates: &[Vec<Ident>], levels: &[usize]) -> BTreeMap<Ident, Vec<usize>> {
    let mut groups: BTreeMap<Ident, Vec<usize>> = BTreeMap::new();
    for (index, (names, &level)) in candidates.iter().zip(levels).enumerate() {
        groups.entry(names[level].clone()).or_default().push(index);
    }
    groups
}

#[cfg(test)]
mod tests {
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
            let names: Vec<String> = distinct(&candidates, reserved)
                .into_iter()
                .map(|(name, _)| name.0)
                .collect();
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
}
