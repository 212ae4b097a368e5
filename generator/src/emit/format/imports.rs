//! `use` items, in order.

use std::cmp::Ordering;

use syn::{ItemUse, UseTree};

use super::list::packed;
use super::shape::{Shape, width};
use super::tokens::flat;

/// A `use` item.
pub(super) fn import(item: &ItemUse, indent: usize) -> String {
    let vis = flat(&item.vis);
    let apart = if vis.is_empty() { "" } else { " " };
    let head = format!(
        "{vis}{apart}use {}",
        if item.leading_colon.is_some() {
            "::"
        } else {
            ""
        }
    );
    let shape = Shape {
        loose: true,
        ..Shape::at(indent)
    };
    // Two columns more than the semicolon needs: so rustfmt counts.
    let room = shape
        .after(width(&head))
        .and_then(|shape| shape.without(3))
        .unwrap_or(shape);
    format!("{head}{};", tree(&sorted(&item.tree), room))
}

/// A tree of names, its groups in order.
#[derive(PartialEq, Eq, Clone)]
pub(super) struct Import {
    path: Vec<Segment>,
}

#[derive(PartialEq, Eq, Clone)]
enum Segment {
    Name(String, Option<String>),
    Glob,
    Group(Vec<Import>),
}

pub(super) fn sorted(tree: &UseTree) -> Import {
    let mut path = Vec::new();
    let mut rest = tree;
    loop {
        match rest {
            UseTree::Path(segment) => {
                path.push(Segment::Name(segment.ident.to_string(), None));
                rest = &segment.tree;
                continue;
            }
            UseTree::Name(name) => path.push(Segment::Name(name.ident.to_string(), None)),
            UseTree::Rename(name) => path.push(Segment::Name(
                name.ident.to_string(),
                Some(name.rename.to_string()),
            )),
            UseTree::Glob(_) => path.push(Segment::Glob),
            UseTree::Group(group) => {
                let mut imports: Vec<Import> = group.items.iter().map(sorted).collect();
                imports.sort();
                // A group of one is no group, unless it is `self`.
                match imports.as_slice() {
                    [only] if !only.is_self() => path.extend(only.path.clone()),
                    _ => path.push(Segment::Group(imports)),
                }
            }
        }
        return Import { path };
    }
}

fn tree(import: &Import, shape: Shape) -> String {
    let mut text = String::new();
    for segment in &import.path {
        if !text.is_empty() {
            text.push_str("::");
        }
        match segment {
            Segment::Name(name, None) => text.push_str(name),
            Segment::Name(name, Some(rename)) => text.extend([name, " as ", rename]),
            Segment::Glob => text.push('*'),
            Segment::Group(imports) => {
                let room = shape.after(width(&text)).unwrap_or(shape);
                text.push_str(&group(imports, room));
            }
        }
    }
    text
}

fn group(imports: &[Import], shape: Shape) -> String {
    let nested = shape.nested().without(1).unwrap_or(shape);
    let texts: Vec<String> = imports.iter().map(|import| tree(import, nested)).collect();
    let has_groups = imports
        .iter()
        .any(|import| matches!(import.path.last(), Some(Segment::Group(_))));
    let line = texts.join(", ");
    if !has_groups && width(&line) <= shape.width.saturating_sub(2) {
        return format!("{{{line}}}");
    }
    let inner = if has_groups {
        texts.join(&format!(",{}", nested.new_line())) + ","
    } else {
        packed(&texts, nested)
    };
    format!("{{{}{inner}{}}}", nested.new_line(), shape.new_line())
}

impl Import {
    fn is_self(&self) -> bool {
        matches!(self.path.as_slice(), [Segment::Name(name, _)] if name == "self")
    }
}

impl Ord for Import {
    fn cmp(&self, other: &Self) -> Ordering {
        self.path.cmp(&other.path)
    }
}

impl PartialOrd for Import {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Segment {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Segment::Name(a, x), Segment::Name(b, y)) => rank(a)
                .cmp(&rank(b))
                .then_with(|| versions(a, b))
                .then_with(|| x.cmp(y)),
            (Segment::Group(a), Segment::Group(b)) => a.cmp(b),
            _ => self.kind().cmp(&other.kind()),
        }
    }
}

impl PartialOrd for Segment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Segment {
    fn kind(&self) -> u8 {
        match self {
            Segment::Name(..) => 0,
            Segment::Glob => 1,
            Segment::Group(_) => 2,
        }
    }
}

fn rank(name: &str) -> u8 {
    match name {
        "self" => 0,
        "super" => 1,
        "crate" => 2,
        _ => 3,
    }
}

/// The order of names: an underscore comes before everything, and digits together are a number.
/// Where only zeros in front of numbers differ, more of them come first.
fn versions(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.trim_start_matches("r#"), b.trim_start_matches("r#"));
    let mut zeros = Ordering::Equal;
    loop {
        let (x, y) = (chunk(a), chunk(b));
        if x.is_empty() || y.is_empty() {
            return x.len().cmp(&y.len()).then(zeros);
        }
        let order = if is_number(x) && is_number(y) {
            number(x, y)
        } else {
            letters(x, y)
        };
        if order != Ordering::Equal {
            return order;
        }
        zeros = zeros.then(y.len().cmp(&x.len()));
        (a, b) = (&a[x.len()..], &b[y.len()..]);
    }
}

/// A run of digits, or a single other character.
fn chunk(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let first = text.chars().next().map_or(0, char::len_utf8);
    &text[..digits.max(first)]
}

fn is_number(chunk: &str) -> bool {
    chunk.starts_with(|char: char| char.is_ascii_digit())
}

fn number(x: &str, y: &str) -> Ordering {
    let (a, b) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn letters(x: &str, y: &str) -> Ordering {
    (x != "_").cmp(&(y != "_")).then_with(|| x.cmp(y))
}
