//! Tokens as text that reads well: prettyplease lays out each item, and a small pass adds what it leaves out.
//!
//! The pass puts blank lines between items and between members that have documentation, and it lays out the tables
//! of macros such as `record!`. Generated files ask rustfmt to skip them; see [`emit`](crate::emit).

use proc_macro2::{Spacing, TokenStream, TokenTree};
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
    spaced(&unparse(Vec::new(), Some(item)))
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

/// Puts a blank line in front of each member of an item that begins with documentation, an attribute or `fn`, and
/// between the types and the constants of an `impl`. No literal has line breaks, so that a line is what it seems.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut before = "{";
    for line in text.lines() {
        let member = line.strip_prefix(INDENT).unwrap_or_default();
        let begins = |starts: &[&str]| starts.iter().any(|start| member.starts_with(start));
        let is_first = before.ends_with('{') && !before.starts_with(INDENT);
        let is_headed = ["    ///", "    #["]
            .iter()
            .any(|head| before.starts_with(head));
        let is_apart = begins(&["///", "#[", "fn ", "pub fn "])
            || begins(&["const "]) && before.starts_with("    type ");
        if is_apart && !is_first && !is_headed {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
    }
    spaced.truncate(spaced.trim_end().len());
    spaced
}

/// A call such as `record! { Meeting { id, type_ = "type" } }`: names fill their lines, rows with more than a name
/// have a line each where all do not fit into one. Nothing where the call is no such table.
fn table(call: &ItemMacro) -> Option<String> {
    let tokens: Vec<TokenTree> = call.mac.tokens.clone().into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Group(rows)] = tokens.as_slice() else {
        return None;
    };
    let path = flat(quote::ToTokens::to_token_stream(&call.mac.path));
    let rows = rows_of(rows.stream());
    if rows.is_empty() {
        return Some(format!("{path}! {{ {name} {{}} }}"));
    }
    let line = format!("{path}! {{ {name} {{ {} }} }}", rows.join(", "));
    if line.len() <= WIDTH {
        return Some(line);
    }
    let is_named = rows.iter().filter(|row| row.contains(' ')).count() * 2 <= rows.len();
    let mut lines: Vec<String> = Vec::new();
    for row in rows {
        // Nothing may follow the field after `..`.
        let row = if row.starts_with("..") {
            row
        } else {
            row + ","
        };
        match lines.last_mut() {
            Some(last) if is_named && last.len() + row.len() + 9 <= WIDTH => {
                last.push(' ');
                last.push_str(&row);
            }
            _ => lines.push(row),
        }
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("{INDENT}{INDENT}{line}\n"))
        .collect();
    let lines = lines.concat();
    Some(format!(
        "{path}! {{\n{INDENT}{name} {{\n{lines}{INDENT}}}\n}}"
    ))
}

/// The texts between the commas.
fn rows_of(tokens: TokenStream) -> Vec<String> {
    let mut rows = vec![TokenStream::new()];
    for token in tokens {
        match (&token, rows.last_mut()) {
            (TokenTree::Punct(mark), _) if mark.as_char() == ',' => rows.push(TokenStream::new()),
            (_, Some(row)) => row.extend([token]),
            (_, None) => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    rows.into_iter().map(flat).collect()
}

/// Tokens on one line, with blanks around `=` and after `:`, and no other.
fn flat(tokens: TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '=' => text.push_str(" = "),
            TokenTree::Punct(mark) if mark.as_char() == ':' && mark.spacing() == Spacing::Alone => {
                text.push_str(if text.ends_with(':') { ":" } else { ": " });
            }
            token => text.push_str(&token.to_string()),
        }
    }
    text
}

#[cfg(test)]
mod tests;
