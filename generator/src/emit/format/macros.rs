//! Calls of macros. Those with braces are tables, and rustfmt leaves them alone: they are laid out
//! by their own braces and commas.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, MacroDelimiter, StmtMacro, Token};

use super::control::fitted;
use super::list::List;
use super::shape::{Shape, TAB, new_line, width};
use super::tokens::flat;

/// What braces may have on one line.
const BRACES_WIDTH: usize = 60;

pub(super) fn expr(call: &Macro, shape: Shape) -> Option<String> {
    let name = format!("{}!", flat(&call.path));
    let delimiters = match call.delimiter {
        MacroDelimiter::Paren(_) => ('(', ')'),
        MacroDelimiter::Bracket(_) => ('[', ']'),
        MacroDelimiter::Brace(_) => {
            return Some(format!(
                "{name} {}",
                braces(call.tokens.clone(), shape.indent)
            ));
        }
    };
    match call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
        Ok(items) => List {
            callee: &name,
            delimiters,
            items: items.iter().collect(),
        }
        .write(shape),
        Err(_) => Some(format!(
            "{name}{}{}{}",
            delimiters.0,
            flat(&call.tokens),
            delimiters.1
        )),
    }
}

pub(super) fn statement(called: &StmtMacro, indent: usize) -> String {
    let end = if called.semi_token.is_some() { ";" } else { "" };
    let attributes = super::attributes(&called.attrs, indent);
    attributes
        + &fitted(indent, |shape| {
            Some(expr(&called.mac, shape.without(end.len())?)? + end)
        })
}

fn braces(tokens: TokenStream, indent: usize) -> String {
    if tokens.is_empty() {
        return "{}".to_owned();
    }
    let mut text = String::from("{");
    for entry in entries(tokens) {
        text.push_str(&new_line(indent + TAB));
        text.push_str(&self::entry(entry, indent + TAB));
    }
    // A list that takes several lines ends in a comma, unless its last entry is `..rest`.
    let last = text.lines().last().unwrap_or_default().trim();
    if text.contains(",\n") && !last.ends_with([',', ';', '}']) && !last.starts_with("..") {
        text.push(',');
    }
    text + &new_line(indent) + "}"
}

/// The tokens up to a comma or semicolon each; what ends in braces needs none after it.
fn entries(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut entries = vec![Vec::new()];
    for token in tokens {
        let ends = matches!(&token, TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';'));
        if let Some(entry) = entries.last_mut() {
            entry.push(token);
        }
        if ends {
            entries.push(Vec::new());
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

fn entry(tokens: Vec<TokenTree>, indent: usize) -> String {
    let line = flat(&tokens.iter().cloned().collect::<TokenStream>());
    let nests = tokens
        .iter()
        .any(|token| matches!(token, TokenTree::Group(group) if is_nested(group)));
    if !nests && indent + width(&line) <= Shape::at(0).width {
        return line;
    }
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(&braces(group.stream(), indent));
            }
            token => {
                let word = flat(&token);
                let apart = !text.is_empty() && !matches!(word.as_str(), "," | ";" | ":" | "!");
                text.push_str(if apart { " " } else { "" });
                text.push_str(&word);
            }
        }
    }
    text
}

/// Braces with more than a few words in them.
fn is_nested(group: &proc_macro2::Group) -> bool {
    group.delimiter() == Delimiter::Brace && (width(&flat(&group.stream())) > BRACES_WIDTH || group.stream().into_iter().any(|token| matches!(token, TokenTree::Group(inner) if inner.delimiter() == Delimiter::Brace)))
}
