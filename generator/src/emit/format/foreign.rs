//! What has no rules of its own here: prettyplease writes it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, File, Item};

use super::shape::{Shape, new_line};

pub(super) fn item(item: &Item, indent: usize) -> String {
    let file = File {
        attrs: Vec::new(),
        items: vec![item.clone()],
        ..empty()
    };
    indented(prettyplease::unparse(&file).trim_end(), indent)
}

fn empty() -> File {
    File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: Vec::new(),
    }
}

/// An expression is the value of a constant whose head and end are taken away again.
pub(super) fn expr(value: &Expr, shape: Shape) -> Option<String> {
    let text = syn::parse2::<Item>(quote! { const _: () = #value; })
        .ok()
        .map(|item| self::item(&item, shape.indent));
    let text = text
        .as_deref()
        .and_then(|text| text.strip_prefix("const _: () =")?.strip_suffix(';'));
    let text = text.map_or_else(
        || tokens(&value.to_token_stream()),
        |text| text.trim_start().to_owned(),
    );
    shape.holds(&text).then_some(text)
}

fn tokens(tokens: &TokenStream) -> String {
    tokens.to_string()
}

fn indented(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n');
    let mut result = lines.next().unwrap_or("").to_owned();
    for line in lines {
        if line.is_empty() {
            result.push('\n');
        } else {
            result.push_str(&new_line(indent));
            result.push_str(line);
        }
    }
    result
}
