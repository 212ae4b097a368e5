//! Lists between delimiters: the arguments of a call, an array, a tuple, the arguments of a macro.

use syn::Expr;

use super::expr::expr;
use super::shape::{Shape, TAB, first_width, width};

/// What a call or an array may have between its delimiters on one line.
pub(super) const WIDTH: usize = 60;
/// Lists of elements up to this width are packed.
const SHORT: usize = 10;

pub(super) struct List<'a> {
    /// What stands in front of the opening delimiter.
    pub(super) callee: &'a str,
    pub(super) delimiters: (char, char),
    pub(super) items: Vec<&'a Expr>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tactic {
    Horizontal,
    Vertical,
    /// As many on a line as there is room for.
    Packed,
    /// After so many items, the rest is packed: the arguments of a format string.
    Arguments(usize),
}

impl List<'_> {
    pub(super) fn write(&self, shape: Shape) -> Option<String> {
        let (open, close) = self.delimiters;
        if self.items.is_empty() {
            return Some(format!("{}{open}{close}", self.callee));
        }
        let nested = shape.nested().without(1)?;
        let mut texts: Vec<Option<String>> =
            self.items.iter().map(|item| expr(item, nested)).collect();
        let tactic = self.tactic(&mut texts, shape);
        let texts: Vec<String> = texts.into_iter().collect::<Option<_>>()?;
        let inner = join(&texts, tactic, nested);
        let fits = first_width(&inner)
            < shape
                .width
                .saturating_sub(width(self.callee))
                .max(usize::from(shape.loose));
        Some(if tactic == Tactic::Horizontal && fits {
            format!("{}{open}{inner}{close}", self.callee)
        } else {
            let (start, end) = (nested.new_line(), shape.new_line());
            format!("{}{open}{start}{inner}{end}{close}", self.callee)
        })
    }

    fn tactic(&self, texts: &mut [Option<String>], shape: Shape) -> Tactic {
        let one_line = shape.width.saturating_sub(width(self.callee) + 2);
        let limit = one_line.min(WIDTH);
        if self.overflow(texts, shape, limit) || is_horizontal(texts, limit) {
            return Tactic::Horizontal;
        }
        match texts {
            [Some(only)] if one_line > 0 && !only.contains('\n') && width(only) <= one_line => {
                Tactic::Horizontal
            }
            _ => self.tactic_of_lines(texts),
        }
    }

    fn tactic_of_lines(&self, texts: &[Option<String>]) -> Tactic {
        if let Some((_, before)) = FORMATS.iter().find(|(name, _)| *name == self.callee) {
            let simple = |items: &[&Expr]| items.iter().all(|item| is_simple(item));
            let all_simple = self.items.len() > *before
                && simple(&self.items[..*before])
                && simple(&self.items[before + 1..]);
            return if all_simple {
                Tactic::Arguments(*before)
            } else {
                Tactic::Vertical
            };
        }
        let short = texts.iter().flatten().all(|text| text.len() <= SHORT);
        if short && self.items.iter().all(|item| is_simple(item)) {
            Tactic::Packed
        } else {
            Tactic::Vertical
        }
    }

    /// Lets the last item begin on the line of the delimiter and go on over several, if it is one
    /// of those that may.
    fn overflow(&self, texts: &mut [Option<String>], shape: Shape, limit: usize) -> bool {
        let (Some(item), Some((text, before))) = (self.items.last(), texts.split_last_mut()) else {
            return false;
        };
        let alone = before.is_empty() && self.callee.len() < TAB;
        if !alone && !may_overflow(item, self.items.len()) {
            return false;
        }
        let Some(mut inner) = shape
            .after(width(self.callee) + 1)
            .and_then(|shape| shape.without(1))
        else {
            return false;
        };
        if !before.is_empty() || is_call(item) {
            let used = before.iter().flatten().map(|text| text.len() + 2).sum();
            let Some(rest) = (Shape {
                width: inner.width.min(WIDTH),
                ..inner
            })
            .after(used) else {
                return false;
            };
            inner = rest;
        }
        inner.straight |= !alone && is_method_call(item);
        let Some(overflowed) = expr(item, inner) else {
            return false;
        };
        let first = overflowed.split('\n').next().unwrap_or("").to_owned();
        let whole = text.replace(first);
        if !is_horizontal(texts, limit) {
            if let Some(last) = texts.last_mut() {
                *last = whole;
            }
            return false;
        }
        let whole = whole.filter(|whole| {
            texts.len() == 1 && overflowed.matches('\n').count() == 1 && !whole.contains('\n')
        });
        if let Some(last) = texts.last_mut() {
            *last = Some(whole.unwrap_or(overflowed));
        }
        true
    }
}

/// Macros whose arguments after the format string are packed, and how many stand before that
/// string.
const FORMATS: [(&str, usize); 13] = [
    ("eprint!", 0),
    ("eprintln!", 0),
    ("format!", 0),
    ("format_args!", 0),
    ("print!", 0),
    ("println!", 0),
    ("panic!", 0),
    ("unreachable!", 0),
    ("assert!", 1),
    ("write!", 1),
    ("writeln!", 1),
    ("assert_eq!", 2),
    ("assert_ne!", 2),
];

fn is_horizontal(texts: &[Option<String>], limit: usize) -> bool {
    let commas = 2 * texts.len().saturating_sub(1);
    texts.iter().flatten().all(|text| !text.contains('\n'))
        && texts
            .iter()
            .flatten()
            .map(|text| width(text))
            .sum::<usize>()
            + commas
            <= limit
        && texts.iter().all(Option::is_some)
}

fn join(texts: &[String], tactic: Tactic, nested: Shape) -> String {
    let line = nested.new_line();
    match tactic {
        Tactic::Horizontal => texts.join(", "),
        Tactic::Vertical => texts.join(&format!(",{line}")) + ",",
        Tactic::Packed => packed(texts, nested),
        Tactic::Arguments(before) => {
            let mut joined = String::new();
            for (at, text) in texts.iter().enumerate() {
                match at {
                    0 => {}
                    _ if at >= before && at <= before + 1 => joined.extend([",", &line]),
                    _ => joined.push_str(", "),
                }
                joined.push_str(text);
            }
            joined
        }
    }
}

/// As many on a line as there is room for. A comma comes after the last, but it only needs room on
/// a later line than the first.
pub(super) fn packed(texts: &[String], nested: Shape) -> String {
    let mut joined = String::new();
    let mut used = 0;
    for (at, text) in texts.iter().enumerate() {
        let comma = at + 1 < texts.len() || joined.contains('\n');
        let columns = width(text) + usize::from(comma);
        if used > 0 && used + 1 + columns > nested.width {
            joined.push_str(&nested.new_line());
            used = 0;
        } else if used > 0 {
            joined.push(' ');
            used += 1;
        }
        joined.extend([text, ","]);
        used += columns;
    }
    joined
}

fn may_overflow(item: &Expr, items: usize) -> bool {
    match item {
        Expr::Async(_) | Expr::Block(_) | Expr::Closure(_) | Expr::Unsafe(_) => true,
        Expr::Array(_)
        | Expr::Call(_)
        | Expr::ForLoop(_)
        | Expr::If(_)
        | Expr::Loop(_)
        | Expr::Macro(_)
        | Expr::Match(_)
        | Expr::MethodCall(_)
        | Expr::Paren(_)
        | Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::While(_) => items == 1,
        _ => inner(item).is_some_and(|item| may_overflow(item, items)),
    }
}

fn is_call(item: &Expr) -> bool {
    matches!(item, Expr::Call(_) | Expr::Macro(_)) || inner(item).is_some_and(is_call)
}

fn is_method_call(item: &Expr) -> bool {
    matches!(item, Expr::MethodCall(_)) || inner(item).is_some_and(is_method_call)
}

/// What the expression is about, without a prefix or suffix.
fn inner(item: &Expr) -> Option<&Expr> {
    match item {
        Expr::Cast(cast) => Some(&cast.expr),
        Expr::Reference(reference) => Some(&reference.expr),
        Expr::Try(tried) => Some(&tried.expr),
        Expr::Unary(unary) => Some(&unary.expr),
        _ => None,
    }
}

fn is_simple(item: &Expr) -> bool {
    match item {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.path.segments.len() <= 1,
        Expr::Field(field) => is_simple(&field.base),
        Expr::Index(index) => is_simple(&index.expr) && is_simple(&index.index),
        _ => inner(item).is_some_and(is_simple),
    }
}
