//! Tokens as formatted text.
//!
//! The result is what `rustfmt` with its default settings (style edition 2024) leaves alone,
//! without running it. The layout follows rustfmt's rules for what [`emit`](crate::emit) makes: items,
//! statements, calls, chains, literals, `if`, `match`, loops, documentation, attributes. What has
//! no rules here, such as `where` clauses, prettyplease writes.
//!
//! Like rustfmt, it writes each piece in the room that there is, with the ways to write it in order
//! of preference, and takes the first that fits. Where nothing fits, because a string literal is
//! longer than a line, rustfmt leaves the statement as it is; so any layout will do, and the
//! literal stands out on its line.
//!
//! Between items, and between documented fields and variants, is an empty line, as it is in code
//! written by hand.
//!
//! What is made for this should keep to a few things, in which it is not rustfmt: no comma after the
//! last element of a type or pattern; documentation only on items, fields, variants and functions;
//! no `where` clause, label or comparison of many lines; statements instead of long chains; names
//! of at most 70 letters; no `return` of a call that fills its line to the last column.

mod chain;
mod control;
mod data;
mod expr;
mod foreign;
mod imports;
mod item;
mod list;
mod macros;
mod shape;
mod tokens;
mod types;

use proc_macro2::TokenStream;
use syn::{AttrStyle, Attribute, Expr, Lit, Meta};

use self::shape::{Shape, TAB, new_line, width};
use self::tokens::flat;

/// Formats one file's tokens; the result is what `rustfmt` would leave alone.
///
/// # Errors
///
/// When the tokens are no Rust file: a fault of the emitter.
pub fn format(tokens: TokenStream) -> Result<String, syn::Error> {
    let file: syn::File = syn::parse2(tokens)?;
    let (docs, others): (Vec<_>, Vec<_>) = file
        .attrs
        .into_iter()
        .partition(|attribute| attribute.path().is_ident("doc"));
    let parts = [
        attributes(&docs, 0),
        attributes(&others, 0),
        item::items(&file.items, 0),
    ];
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.trim_end())
        .filter(|part| !part.is_empty())
        .collect();
    Ok(parts.join("\n\n") + "\n")
}

fn has_docs(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("doc"))
}

/// Attributes and documentation, each on its line, and the indent of what follows.
fn attributes(attributes: &[Attribute], indent: usize) -> String {
    let mut text = String::new();
    for attribute in attributes {
        let lines = match doc(attribute) {
            Some(docs) => comment(&docs, attribute.style, indent),
            None => self::attribute(attribute, indent),
        };
        text.push_str(&lines);
        text.push_str(&new_line(indent));
    }
    text
}

/// The text of a documentation attribute that can be written as a comment.
fn doc(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(value) = &pair.value else {
        return None;
    };
    let Lit::Str(docs) = &value.lit else {
        return None;
    };
    let docs = docs.value();
    // Such a comment would not be one of documentation, or no comment that rustc accepts.
    let is_comment = !docs.contains('\r') && !docs.split('\n').any(|line| line.starts_with('/'));
    (pair.path.is_ident("doc") && is_comment).then_some(docs)
}

fn comment(docs: &str, style: AttrStyle, indent: usize) -> String {
    let mark = if matches!(style, AttrStyle::Inner(_)) {
        "//!"
    } else {
        "///"
    };
    let lines = docs
        .split('\n')
        .map(|line| format!("{mark}{}", line.trim_end()));
    lines.collect::<Vec<_>>().join(&new_line(indent))
}

/// What an attribute may have in its parentheses on one line.
const ATTRIBUTE_WIDTH: usize = 70;

fn attribute(attribute: &Attribute, indent: usize) -> String {
    let mark = if matches!(attribute.style, AttrStyle::Inner(_)) {
        "#!"
    } else {
        "#"
    };
    let line = format!("{mark}[{}]", flat(&attribute.meta));
    let Meta::List(list) = &attribute.meta else {
        return line;
    };
    if list.path.is_ident("derive") {
        return derive(line, &list.tokens, indent);
    }
    let arguments = arguments(&list.tokens);
    if width(&arguments.join(", ")) <= ATTRIBUTE_WIDTH {
        return line;
    }
    let start = new_line(indent + TAB);
    format!(
        "{mark}[{}({start}{}{})]",
        flat(&list.path),
        arguments.join(&format!(",{start}")),
        new_line(indent)
    )
}

/// What a line of `derive` must leave free.
const DERIVE_MARGIN: usize = 4;

fn derive(line: String, tokens: &TokenStream, indent: usize) -> String {
    if indent + width(&line) + DERIVE_MARGIN <= Shape::at(0).width {
        return line;
    }
    let arguments = arguments(tokens);
    let start = new_line(indent + TAB);
    let inner = arguments.join(", ");
    let inner = if width(&inner) <= Shape::at(indent + TAB).width {
        inner
    } else {
        arguments.join(&format!(",{start}"))
    };
    format!("#[derive({start}{inner},{})]", new_line(indent))
}

fn arguments(tokens: &TokenStream) -> Vec<String> {
    let mut arguments = vec![Vec::new()];
    for token in tokens.clone() {
        match (&token, arguments.last_mut()) {
            (proc_macro2::TokenTree::Punct(mark), _) if mark.as_char() == ',' => {
                arguments.push(Vec::new());
            }
            (_, Some(argument)) => argument.push(token),
            (_, None) => {}
        }
    }
    let arguments = arguments
        .into_iter()
        .filter(|argument| !argument.is_empty());
    arguments
        .map(|argument| flat(&argument.into_iter().collect::<TokenStream>()))
        .collect()
}

#[cfg(test)]
mod tests;
