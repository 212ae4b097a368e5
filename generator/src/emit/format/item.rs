//! Items: types, functions, constants, `impl`s, modules, imports.

use syn::{
    Attribute, Block, Expr, Generics, ImplItem, Item, ItemImpl, ItemMod, ItemTrait, ReturnType,
    Signature, TraitItem, Type, Visibility,
};

use super::control::{after_head, fitted};
use super::data::{braces, enumeration, structure};
use super::expr::{assign, expr};
use super::imports::{import, sorted};
use super::shape::{Shape, TAB, last_width, new_line, width};
use super::tokens::{flat, words};
use super::{attributes, foreign, has_docs, macros, types};

/// Items under each other: constants, imports and the like without documentation stand together,
/// all others apart.
pub(super) fn items(items: &[Item], indent: usize) -> String {
    let mut runs: Vec<Vec<&Item>> = Vec::new();
    for item in items {
        match runs.last_mut() {
            Some(run) if run.first().is_some_and(|first| stand_together(first, item)) => {
                run.push(item);
            }
            _ => runs.push(vec![item]),
        }
    }
    let runs = runs.into_iter().map(|run| self::run(run, indent));
    runs.collect::<Vec<_>>()
        .join(&format!("\n{}", new_line(indent)))
}

fn run(mut items: Vec<&Item>, indent: usize) -> String {
    items.sort_by(|a, b| match (a, b) {
        (Item::Use(a), Item::Use(b)) => sorted(&a.tree).cmp(&sorted(&b.tree)),
        (Item::Mod(a), Item::Mod(b)) => a.ident.to_string().cmp(&b.ident.to_string()),
        _ => std::cmp::Ordering::Equal,
    });
    items
        .into_iter()
        .map(|item| self::item(item, indent))
        .collect::<Vec<_>>()
        .join(&new_line(indent))
}

fn stand_together(first: &Item, second: &Item) -> bool {
    match (first, second) {
        (Item::Mod(a), Item::Mod(b)) => {
            a.content.is_none() && b.content.is_none() && plain(&a.attrs, &b.attrs)
        }
        (Item::Use(a), Item::Use(b)) => plain(&a.attrs, &b.attrs),
        (Item::Const(a), Item::Const(b)) => plain(&a.attrs, &b.attrs),
        (Item::Type(a), Item::Type(b)) => plain(&a.attrs, &b.attrs),
        _ => false,
    }
}

fn plain(a: &[Attribute], b: &[Attribute]) -> bool {
    !has_docs(a) && !has_docs(b)
}

pub(super) fn item(item: &Item, indent: usize) -> String {
    match item {
        Item::Const(it) if it.generics.params.is_empty() => {
            let head = typed(
                &format!("{}const {}:", visibility(&it.vis), it.ident),
                &it.ty,
                indent,
            );
            attributes(&it.attrs, indent) + &value(&head, &it.expr, indent)
        }
        Item::Static(it) => {
            let mutability = flat(&it.mutability);
            let apart = if mutability.is_empty() { "" } else { " " };
            let head = format!(
                "{}static {mutability}{apart}{}:",
                visibility(&it.vis),
                it.ident
            );
            let head = typed(&head, &it.ty, indent);
            attributes(&it.attrs, indent) + &value(&head, &it.expr, indent)
        }
        Item::Enum(it) if it.generics.where_clause.is_none() => {
            attributes(&it.attrs, indent) + &enumeration(it, indent)
        }
        Item::Fn(it) if it.sig.generics.where_clause.is_none() => {
            attributes(&it.attrs, indent)
                + &function(&visibility(&it.vis), &it.sig, Some(&it.block), indent)
        }
        Item::Impl(it) if it.generics.where_clause.is_none() => {
            attributes(&it.attrs, indent) + &implementation(it, indent)
        }
        Item::Macro(it) if it.ident.is_none() => {
            let end = if it.semi_token.is_some() { ";" } else { "" };
            let called = fitted(indent, |shape| {
                Some(macros::expr(&it.mac, shape.without(end.len())?)? + end)
            });
            attributes(&it.attrs, indent) + &called
        }
        Item::Mod(it) if it.unsafety.is_none() => {
            attributes(&it.attrs, indent) + &module(it, indent)
        }
        Item::Struct(it) if it.generics.where_clause.is_none() => structure(it, indent),
        Item::Trait(it) if it.generics.where_clause.is_none() => {
            attributes(&it.attrs, indent) + &interface(it, indent)
        }
        Item::Type(it) if it.generics.where_clause.is_none() => {
            let head = format!(
                "{}type {}{} =",
                visibility(&it.vis),
                it.ident,
                generics(&it.generics)
            );
            attributes(&it.attrs, indent) + &alias(&head, &it.ty, indent)
        }
        Item::Use(it) => attributes(&it.attrs, indent) + &import(it, indent),
        _ => foreign::item(item, indent),
    }
}

pub(super) fn visibility(vis: &Visibility) -> String {
    match vis {
        Visibility::Inherited => String::new(),
        _ => flat(vis) + " ",
    }
}

pub(super) fn generics(generics: &Generics) -> String {
    if generics.params.is_empty() {
        String::new()
    } else {
        flat(generics)
    }
}

/// `const NAME: Type =`, the type on the next line if there is no room.
fn typed(head: &str, ty: &Type, indent: usize) -> String {
    let ty = flat(ty);
    // For the brackets of a slice, rustfmt wants room once more.
    let brackets = if ty.ends_with(']') { 2 } else { 0 };
    let fits = indent + width(head) + width(&ty) + 3 + brackets <= Shape::at(0).width;
    let apart = if fits {
        " ".to_owned()
    } else {
        new_line(indent + TAB)
    };
    format!("{head}{apart}{ty} =")
}

/// `head = value;`
fn value(head: &str, value: &Expr, indent: usize) -> String {
    fitted(indent, |shape| {
        Some(assign(head, shape.without(1)?, |shape| expr(value, shape))? + ";")
    })
}

/// `type Name = Type;`
fn alias(head: &str, ty: &Type, indent: usize) -> String {
    fitted(indent, |shape| {
        Some(assign(head, shape.without(1)?, |shape| types::ty(ty, shape))? + ";")
    })
}

fn module(it: &ItemMod, indent: usize) -> String {
    let head = format!("{}mod {}", visibility(&it.vis), it.ident);
    match &it.content {
        None => head + ";",
        Some((_, content)) if content.is_empty() => head + " {}",
        Some((_, content)) => {
            let inner = items(content, indent + TAB);
            format!(
                "{head} {{{}{inner}{}}}",
                new_line(indent + TAB),
                new_line(indent)
            )
        }
    }
}

fn implementation(it: &ItemImpl, indent: usize) -> String {
    let unsafety = if it.unsafety.is_some() { "unsafe " } else { "" };
    let start = format!("{unsafety}impl{}", generics(&it.generics));
    let ty = flat(&it.self_ty);
    let head = match &it.trait_ {
        Some((path, _)) => format!("{start} {} for {ty}", flat(path)),
        None => format!("{start} {ty}"),
    };
    let mut head = head + " ";
    if let Some((path, _)) = it
        .trait_
        .as_ref()
        .filter(|_| indent + width(&head) + 1 > Shape::at(0).width)
    {
        head = format!(
            "{start} {}{}for {ty}{}",
            flat(path),
            new_line(indent + TAB),
            new_line(indent)
        );
    }
    if it.items.is_empty() && head.contains('\n') {
        return format!("{head}{{{}}}", new_line(indent));
    }
    head + &block(&it.items, indent, impl_item, joins)
}

/// Items in braces, with an empty line between those that do not join.
fn block<T>(
    items: &[T],
    indent: usize,
    show: fn(&T, usize) -> String,
    joins: fn(&T, &T) -> bool,
) -> String {
    let lines: Vec<String> = items.iter().map(|item| show(item, indent + TAB)).collect();
    let is_apart = |at: usize| at > 0 && !joins(&items[at - 1], &items[at]);
    let apart: Vec<bool> = (0..items.len()).map(is_apart).collect();
    braces(&lines, &apart, indent)
}

fn joins(first: &ImplItem, second: &ImplItem) -> bool {
    match (first, second) {
        (ImplItem::Const(a), ImplItem::Const(b)) => plain(&a.attrs, &b.attrs),
        (ImplItem::Type(a), ImplItem::Type(b)) => plain(&a.attrs, &b.attrs),
        _ => false,
    }
}

fn impl_item(item: &ImplItem, indent: usize) -> String {
    match item {
        ImplItem::Const(it) => {
            let head = typed(
                &format!("{}const {}:", visibility(&it.vis), it.ident),
                &it.ty,
                indent,
            );
            attributes(&it.attrs, indent) + &value(&head, &it.expr, indent)
        }
        ImplItem::Type(it) => {
            let head = format!(
                "{}type {}{} =",
                visibility(&it.vis),
                it.ident,
                generics(&it.generics)
            );
            attributes(&it.attrs, indent) + &alias(&head, &it.ty, indent)
        }
        ImplItem::Fn(it) => {
            attributes(&it.attrs, indent)
                + &function(&visibility(&it.vis), &it.sig, Some(&it.block), indent)
        }
        _ => flat(item),
    }
}

fn interface(it: &ItemTrait, indent: usize) -> String {
    let bounds = it
        .supertraits
        .iter()
        .map(flat)
        .collect::<Vec<_>>()
        .join(" + ");
    let colon = if bounds.is_empty() { "" } else { ": " };
    let unsafety = if it.unsafety.is_some() { "unsafe " } else { "" };
    let head = format!(
        "{}{unsafety}trait {}{}{colon}{bounds} ",
        visibility(&it.vis),
        it.ident,
        generics(&it.generics)
    );
    head + &block(&it.items, indent, trait_item, trait_joins)
}

fn trait_joins(first: &TraitItem, second: &TraitItem) -> bool {
    match (first, second) {
        (TraitItem::Const(a), TraitItem::Const(b)) => plain(&a.attrs, &b.attrs),
        (TraitItem::Type(a), TraitItem::Type(b)) => plain(&a.attrs, &b.attrs),
        _ => false,
    }
}

fn trait_item(item: &TraitItem, indent: usize) -> String {
    match item {
        TraitItem::Fn(it) => {
            attributes(&it.attrs, indent) + &function("", &it.sig, it.default.as_ref(), indent)
        }
        TraitItem::Const(it) => attributes(&it.attrs, indent) + &without_attributes(item),
        TraitItem::Type(it) => attributes(&it.attrs, indent) + &without_attributes(item),
        _ => flat(item),
    }
}

fn without_attributes(item: &TraitItem) -> String {
    let mut item = item.clone();
    match &mut item {
        TraitItem::Const(it) => it.attrs.clear(),
        TraitItem::Type(it) => it.attrs.clear(),
        _ => {}
    }
    flat(&item)
}

fn function(vis: &str, sig: &Signature, body: Option<&Block>, indent: usize) -> String {
    let words = words(&[
        flat(&sig.constness),
        flat(&sig.asyncness),
        flat(&sig.safety),
        flat(&sig.abi),
    ]);
    let head = format!("{vis}{words}fn {}{}", sig.ident, generics(&sig.generics));
    let output = |shape: Shape| match &sig.output {
        ReturnType::Default => Some(String::new()),
        ReturnType::Type(_, ty) => Some(format!(" -> {}", types::ty(ty, shape.after(3)?)?)),
    };
    let inputs: Vec<String> = sig.inputs.iter().map(flat).collect();
    let line = format!(
        "{head}({}){}",
        inputs.join(", "),
        output(Shape::at(indent).loose()).unwrap_or_default()
    );
    let end = if body.is_some() { 2 } else { 1 };
    let line = if indent + width(&line) + end <= Shape::at(0).width || inputs.is_empty() {
        line
    } else {
        let start = new_line(indent + TAB);
        let output = fitted(indent, output);
        format!(
            "{head}({start}{},{}){output}",
            inputs.join(&format!(",{start}")),
            new_line(indent)
        )
    };
    match body {
        Some(body) => {
            // On the last line of several, rustfmt counts the indent twice.
            let apart = if indent + last_width(&line) + 2 <= Shape::at(0).width {
                " ".to_owned()
            } else {
                new_line(indent)
            };
            after_head(line + &apart, body, indent)
        }
        None => line + ";",
    }
}
