//! Tokens as text that reads well: prettyplease lays out each item, and a small pass adds what it leaves out.
//!
//! The pass puts blank lines between items and between members with much documentation, and it lays out lists of
//! literals and the tables of macros such as `record!`. Generated files ask rustfmt to skip them; see [`emit`](crate::emit).

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::{Attribute, File, Item, ItemMacro, parse2};

/// The longest line that a table fills, as in prettyplease.
const WIDTH: usize = 89;

/// One step of indentation.
const INDENT: &str = "    ";

/// Formats the tokens of a file.
///
/// # Errors
///
/// The tokens are no Rust file: a fault of the emitter.
pub fn format(tokens: TokenStream) -> Result<String, syn::Error> {
    let file: File = parse2(tokens)?;
    let (docs, others): (Vec<_>, Vec<_>) = file.attrs.into_iter().partition(is_docs);
    let mut text = String::new();
    for attributes in [docs, others] {
        let lines = unparse(attributes, None);
        push(&mut text, &lines, "\n\n");
    }
    let mut before = None;
    for item in file.items {
        let group = Group::of_item(&item);
        let is_same = before == Some(group) && group != Group::Other;
        push(
            &mut text,
            &self::item(item),
            if is_same { "\n" } else { "\n\n" },
        );
        before = Some(group);
    }
    text.push('\n');
    Ok(text)
}

/// Items that stand together without blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Import,
    Module,
    Other,
}

impl Group {
    fn of_item(item: &Item) -> Self {
        match item {
            Item::Use(_) => Group::Import,
            Item::Mod(module) if module.content.is_none() && module.attrs.is_empty() => {
                Group::Module
            }
            _ => Group::Other,
        }
    }
}

fn push(text: &mut String, piece: &str, separator: &str) {
    if !text.is_empty() && !piece.is_empty() {
        text.push_str(separator);
    }
    text.push_str(piece);
}

fn is_docs(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

fn item(item: Item) -> String {
    if let Item::Macro(call) = &item {
        if let Some(table) = table(call) {
            return table;
        }
    }
    spaced(&joined(&unparse(Vec::new(), Some(item))))
}

/// The text of prettyplease, without the line break at its end.
fn unparse(attrs: Vec<Attribute>, item: Option<Item>) -> String {
    let file = File {
        shebang: None,
        frontmatter: None,
        attrs,
        items: item.into_iter().collect(),
    };
    prettyplease::unparse(&file).trim_end().to_owned()
}

/// Puts literals that have a line each together again: those of a call on one line, because breaking them makes a long
/// text no shorter; those of an array on as many as they fill.
fn joined(text: &str) -> String {
    let is_literal = |line: &&str| {
        line.trim_start()
            .starts_with(|c: char| c == '"' || c.is_ascii_digit())
    };
    let mut joined = String::with_capacity(text.len());
    let mut rest: Vec<&str> = text.lines().rev().collect();
    while let Some(line) = rest.pop() {
        joined.push_str(line);
        let count = rest
            .iter()
            .rev()
            .take_while(|line| is_literal(line))
            .count();
        let end = rest.iter().rev().nth(count).map(|line| line.trim_start());
        let closes = |mark: &str| count > 0 && end.is_some_and(|end| end.starts_with(mark));
        if line.ends_with('(') && closes(")") {
            let literals = rest.split_off(rest.len() - count);
            let literals: Vec<&str> = literals.iter().rev().map(|line| line.trim()).collect();
            joined.push_str(literals.join(" ").trim_end_matches(','));
            joined.push_str(rest.pop().map(str::trim_start).unwrap_or_default());
        } else if line.ends_with('[') && closes("]") {
            let literals = rest.split_off(rest.len() - count);
            let indent = &literals[0][..literals[0].len() - literals[0].trim_start().len()];
            let literals = literals.iter().rev().map(|line| line.trim().to_owned());
            for line in filled(literals, WIDTH - indent.len()) {
                joined.push('\n');
                joined.push_str(indent);
                joined.push_str(&line);
            }
        }
        joined.push('\n');
    }
    joined
}

/// Entries, each with its comma, on lines of a width.
fn filled(entries: impl IntoIterator<Item = String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        match lines.last_mut() {
            Some(last) if last.len() + 1 + entry.len() <= width => {
                last.push(' ');
                last.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    lines
}

/// Puts blank lines between the members of an item, where one of the two neighbours is a function or has more than a
/// line of documentation, and between the types and the constants of an `impl`. No literal has line breaks, so that a
/// line is what it seems.
fn spaced(text: &str) -> String {
    let mut spaced: Vec<&str> = Vec::new();
    let mut members: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        let Some(own) = line.strip_prefix(INDENT) else {
            spaced.extend(with_blank_lines(&members));
            members.clear();
            spaced.push(line);
            continue;
        };
        let is_headed = |member: &Vec<&str>| member.last().is_some_and(|line| is_head(line));
        match members.last_mut() {
            Some(member) if own.starts_with([' ', '}', ']', ')']) || is_headed(member) => {
                member.push(line);
            }
            _ => members.push(vec![line]),
        }
    }
    spaced.join("\n")
}

/// Whether a line of a member stands in front of it: documentation, or an attribute.
fn is_head(line: &str) -> bool {
    ["    ///", "    #["]
        .iter()
        .any(|head| line.starts_with(head))
}

fn with_blank_lines<'t>(members: &[Vec<&'t str>]) -> Vec<&'t str> {
    let begins = |member: &[&str], word: &str| {
        let mut lines = member.iter().filter(|line| !is_head(line));
        let line = lines.next().map(|line| line.trim_start());
        line.is_some_and(|line| line.starts_with(word))
    };
    let is_large = |member: &[&str]| {
        let docs = member.iter().filter(|line| line.starts_with("    ///"));
        docs.count() > 1 || begins(member, "fn ")
    };
    let mut lines = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| members.get(before));
        let is_apart = before.is_some_and(|before| {
            is_large(before)
                || is_large(member)
                || begins(before, "type ") && begins(member, "const ")
        });
        lines.extend(is_apart.then_some(""));
        lines.extend(member);
    }
    lines
}

/// A call such as `record! { Meeting { id, type_ = "type" } }`: names fill their lines, rows with more than a name
/// have a line each where all do not fit into one. Nothing where the call is no such table.
fn table(call: &ItemMacro) -> Option<String> {
    let tokens: Vec<TokenTree> = call.mac.tokens.clone().into_iter().collect();
    let [head @ .., TokenTree::Group(rows)] = tokens.as_slice() else {
        return None;
    };
    if !matches!(head.first(), Some(TokenTree::Ident(_))) {
        return None;
    }
    let path = flat(quote::ToTokens::to_token_stream(&call.mac.path));
    let name = flat(head.iter().cloned().collect());
    let rows = rows_of(rows.stream());
    if rows.is_empty() {
        return Some(format!("{path}! {{ {name} {{}} }}"));
    }
    let texts: Vec<String> = rows.iter().map(|row| row.join(" ")).collect();
    let all = texts.join(" ");
    let line = format!("{path}! {{ {name} {{ {} }} }}", all.trim_end_matches(','));
    if line.len() <= WIDTH {
        return Some(line);
    }
    let width = WIDTH - 2 * INDENT.len();
    let is_named = texts.iter().filter(|row| row.contains(' ')).count() * 2 <= rows.len();
    let rows = rows.into_iter();
    let lines: Vec<String> = if is_named {
        filled(rows.map(|row| row.join(" ")), width)
    } else {
        rows.flat_map(|row| {
            let mut lines = filled(row, width - INDENT.len());
            for line in lines.iter_mut().skip(1) {
                line.insert_str(0, INDENT);
            }
            lines
        })
        .collect()
    };
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("{INDENT}{INDENT}{line}\n"))
        .collect();
    let lines = lines.concat();
    Some(format!(
        "{path}! {{\n{INDENT}{name} {{\n{lines}{INDENT}}}\n}}"
    ))
}

/// What ends in a comma or a semicolon, each as the pieces that a line may be broken between.
fn rows_of(tokens: TokenStream) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';') => {
                rows.push(ended(pieces(std::mem::take(&mut row)), mark.as_char()));
            }
            token => row.extend([token]),
        }
    }
    rows.push(ended(pieces(row), ','));
    rows.retain(|row| !row.is_empty());
    rows
}

/// A row with what ends it. Nothing may follow the field after `..`.
fn ended(mut row: Vec<String>, end: char) -> Vec<String> {
    if let Some(last) = row.last_mut().filter(|last| !last.starts_with("..")) {
        last.push(end);
    }
    row
}

/// Tokens on one line, with blanks around `=` and `|` and after `:` and `,`, and no other.
fn flat(tokens: TokenStream) -> String {
    pieces(tokens).join(" ")
}

fn pieces(tokens: TokenStream) -> Vec<String> {
    let mut pieces = vec![String::new()];
    push_pieces(tokens, &mut pieces);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Adds tokens to the last piece. A piece ends behind a comma, a bar and a group.
fn push_pieces(tokens: TokenStream, pieces: &mut Vec<String>) {
    let mut is_word_before = false;
    for token in tokens {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if is_word && is_word_before {
            push_piece(pieces, " ");
        }
        is_word_before = is_word;
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '=' => push_piece(pieces, " = "),
            TokenTree::Punct(mark) if mark.as_char() == '|' => {
                push_piece(pieces, " |");
                pieces.push(String::new());
            }
            TokenTree::Punct(mark) if mark.as_char() == ',' => {
                push_piece(pieces, ",");
                pieces.push(String::new());
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' && mark.spacing() == Spacing::Alone => {
                let is_path = pieces.last().is_some_and(|piece| piece.ends_with(':'));
                push_piece(pieces, if is_path { ":" } else { ": " });
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                push_piece(pieces, open);
                push_pieces(group.stream(), pieces);
                push_piece(pieces, close);
                pieces.push(String::new());
            }
            token => push_piece(pieces, &token.to_string()),
        }
    }
}

fn push_piece(pieces: &mut [String], text: &str) {
    if let Some(last) = pieces.last_mut() {
        last.push_str(text);
    }
}

#[cfg(test)]
mod tests;
