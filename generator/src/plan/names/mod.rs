//! The only maker of Rust names.
//!
//! Every name comes from a text of a document and is ASCII: modules become files, and letters that look
//! alike draw warnings. What a name is in the document stands beside it as a string.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use crate::document::digest::hash;

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

/// Names as a path is written.
pub(crate) fn path<'a>(names: impl IntoIterator<Item = &'a Ident>) -> String {
    let names: Vec<&str> = names.into_iter().map(Ident::as_str).collect();
    names.join("::")
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
    let is_name = has_form(text) && !is_keyword(text);
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

/// The words that are no names, in any edition and anywhere.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// Whether a text of ASCII has the form of a name.
fn has_form(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.starts_with(|c: char| is_word(c) && !c.is_ascii_digit()) && text.chars().all(is_word)
}

/// Gives each of some things a name of its own, looking at all of them at once: no name depends on which
/// thing comes first. Where names are equal, all that share one go on to their next candidate; what
/// is still equal is numbered in document order.
#[must_use]
pub fn distinct(candidates: &[Vec<Ident>], reserved: &[&str]) -> Vec<Ident> {
    beside(candidates, &BTreeSet::new(), reserved)
}

/// The same, where some of the things have a name that they are to keep: the others make way for it.
/// One that is reserved, or that an earlier thing keeps, is not kept.
#[must_use]
pub fn keep(candidates: &[Vec<Ident>], kept: &[Option<&Ident>], reserved: &[&str]) -> Vec<Ident> {
    let mut taken = BTreeSet::new();
    let mut is_free =
        |name: &&Ident| !reserved.contains(&name.as_str()) && taken.insert((*name).clone());
    let kept: Vec<Option<&Ident>> = kept.iter().map(|name| name.filter(&mut is_free)).collect();
    let others = candidates
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| kept.is_none());
    let others: Vec<Vec<Ident>> = others.map(|(candidates, _)| candidates.clone()).collect();
    let mut others = beside(&others, &taken, reserved).into_iter();
    let named = kept
        .into_iter()
        .map(|name| name.cloned().or_else(|| others.next()));
    named.flatten().collect()
}

/// Distinct names beside those that are taken.
fn beside(candidates: &[Vec<Ident>], taken: &BTreeSet<Ident>, reserved: &[&str]) -> Vec<Ident> {
    let mut levels = vec![0; candidates.len()];
    loop {
        let mut bumped = false;
        for (name, group) in groups(candidates, &levels) {
            if group.len() > 1 || taken.contains(&name) {
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
    let mut taken: BTreeSet<String> = taken.iter().map(|name| name.0.clone()).collect();
    taken.extend(reserved.iter().map(|&name| name.to_owned()));
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
        name.unwrap_or_else(|| {
            let number = numbers.entry(wanted).or_insert(1);
            loop {
                *number += 1;
                let name = numbered(wanted, *number);
                // The numbers have no end, and the names that are taken do.
                if taken.insert(name.0.clone()) {
                    break name;
                }
            }
        })
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
mod tests;
