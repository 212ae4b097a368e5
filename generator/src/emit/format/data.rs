//! Structs, enums, and what is in their braces.

use syn::{Attribute, Field, Fields, ItemEnum, ItemStruct, Variant};

use super::control::fitted;
use super::expr::assign;
use super::item::{generics, visibility};
use super::shape::{Shape, TAB, last_width, new_line, width};
use super::tokens::flat;
use super::{attributes, has_docs, list, types};

/// Lines in braces, with empty lines in front of some.
pub(super) fn braces(lines: &[String], apart: &[bool], indent: usize) -> String {
    let mut text = String::from("{");
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && apart.get(at) == Some(&true) {
            text.push('\n');
        }
        text.push_str(&new_line(indent + TAB));
        text.push_str(line);
    }
    if !lines.is_empty() {
        text.push_str(&new_line(indent));
    }
    text + "}"
}

/// Where an empty line stands in front: between documented neighbours.
fn apart<'a>(attributes: impl Iterator<Item = &'a [Attribute]>) -> Vec<bool> {
    let documented: Vec<bool> = attributes.map(has_docs).collect();
    documented
        .iter()
        .enumerate()
        .map(|(at, own)| *own || at.checked_sub(1).is_some_and(|before| documented[before]))
        .collect()
}

pub(super) fn structure(it: &ItemStruct, indent: usize) -> String {
    let head = format!(
        "{}{}struct {}{}",
        attributes(&it.attrs, indent),
        visibility(&it.vis),
        it.ident,
        generics(&it.generics)
    );
    match &it.fields {
        Fields::Named(fields) => format!("{head} {}", named(fields.named.iter(), indent)),
        Fields::Unnamed(fields) => {
            let used = indent + last_width(&head) + 1;
            format!("{head}{};", unnamed(fields.unnamed.iter(), used, indent))
        }
        Fields::Unit => head + ";",
    }
}

fn named<'a>(fields: impl Iterator<Item = &'a Field> + Clone, indent: usize) -> String {
    let apart = apart(fields.clone().map(|field| field.attrs.as_slice()));
    let lines: Vec<String> = fields
        .map(|field| self::field(field, indent + TAB))
        .collect();
    braces(&lines, &apart, indent)
}

/// Fields without names, after columns that are used.
fn unnamed<'a>(
    fields: impl Iterator<Item = &'a Field> + Clone,
    used: usize,
    indent: usize,
) -> String {
    let lines: Vec<String> = fields.clone().map(flat).collect();
    let line = lines.join(", ");
    let short = lines.len() == 1 || width(&line) <= list::WIDTH;
    if short && used + width(&line) + 2 <= Shape::at(0).width {
        return format!("({line})");
    }
    let start = new_line(indent + TAB);
    let lines: Vec<String> = fields
        .map(|field| unnamed_field(field, indent + TAB))
        .collect();
    format!(
        "({start}{},{})",
        lines.join(&format!(",{start}")),
        new_line(indent)
    )
}

fn unnamed_field(field: &Field, indent: usize) -> String {
    let vis = visibility(&field.vis);
    let ty = fitted(indent, |shape| {
        types::ty(&field.ty, shape.after(vis.len())?.without(1)?)
    });
    attributes(&field.attrs, indent) + &vis + &ty
}

fn field(field: &Field, indent: usize) -> String {
    let head = format!("{}{}:", visibility(&field.vis), flat(&field.ident));
    let line = fitted(indent, |shape| {
        assign(&head, shape.without(1)?, |shape| {
            types::ty(&field.ty, shape)
        })
    });
    format!("{}{line},", attributes(&field.attrs, indent))
}

pub(super) fn enumeration(it: &ItemEnum, indent: usize) -> String {
    let apart = apart(it.variants.iter().map(|variant| variant.attrs.as_slice()));
    let lines = |room| {
        it.variants
            .iter()
            .map(|variant| self::variant(variant, room, indent + TAB))
            .collect::<Vec<_>>()
    };
    let mut variants = lines(VARIANT_WIDTH);
    // Where one variant has several lines, all named fields stand on lines of their own.
    let broken = variants
        .iter()
        .filter(|variant| variant.contains('\n'))
        .count();
    if broken > 0 && broken < variants.len() {
        variants = lines(0);
    }
    let head = format!(
        "{}enum {}{}",
        visibility(&it.vis),
        it.ident,
        generics(&it.generics)
    );
    format!("{head} {}", braces(&variants, &apart, indent))
}

/// What a variant with named fields may have on one line.
const VARIANT_WIDTH: usize = 35;

fn variant(variant: &Variant, room: usize, indent: usize) -> String {
    let head = format!("{}{}", attributes(&variant.attrs, indent), variant.ident);
    let fields = match &variant.fields {
        Fields::Unit => String::new(),
        Fields::Unnamed(fields) => unnamed(
            fields.unnamed.iter(),
            indent + width(&variant.ident.to_string()) + 1,
            indent,
        ),
        Fields::Named(fields) => {
            let line = fields.named.iter().map(flat).collect::<Vec<_>>().join(", ");
            let documented = fields.named.iter().any(|field| !field.attrs.is_empty());
            let columns = indent + width(&variant.ident.to_string()) + width(&line) + 5;
            if !documented && width(&line) <= room && columns <= Shape::at(0).width {
                format!(" {{ {line} }}")
            } else {
                format!(" {}", named(fields.named.iter(), indent))
            }
        }
    };
    let number = variant
        .discriminant
        .as_ref()
        .map(|(_, number)| format!(" = {}", flat(number)));
    format!("{head}{fields}{},", number.unwrap_or_default())
}
