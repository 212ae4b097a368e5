//! Chains: fields, calls of methods, `?` and `await`, one after the other.

use syn::{Expr, ExprMethodCall, Member};

use super::expr::expr;
use super::list::List;
use super::shape::{Shape, TAB, first_width, last_width, width};
use super::tokens::flat;

/// What a chain of more than one link may have on one line.
const WIDTH: usize = 60;

enum Link<'a> {
    Call(&'a ExprMethodCall),
    Field(&'a Member),
    Await,
}

struct Item<'a> {
    link: Link<'a>,
    /// How many `?` follow.
    tries: usize,
}

pub(super) fn chain(whole: &Expr, shape: Shape) -> Option<String> {
    let (parent, tries, items) = items(whole);
    let marks = "?".repeat(tries);
    if items.is_empty() {
        return Some(expr(parent, shape.without(tries)?)? + &marks);
    }
    let mut root = expr(parent, shape.without(tries)?)? + &marks;
    let mut links = items.as_slice();
    let mut is_block = root.contains('\n');
    // A short root takes what follows on its line.
    while let ([first, rest @ ..], true) = (links, root.len() <= TAB.saturating_sub(shape.offset)) {
        let Some(text) = first.write(shape.after(root.len())?) else {
            break;
        };
        root.push_str(&text);
        is_block = ends_with_closers(&root);
        links = rest;
    }
    let Some((last, links)) = links.split_last() else {
        return shape.holds(&root).then_some(root);
    };
    let below = if is_block {
        Shape {
            indent: shape.indent,
            ..shape.nested()
        }
    } else {
        shape.nested()
    };
    let below = if is_block {
        Shape {
            width: Shape::at(shape.indent).width,
            ..below
        }
    } else {
        below
    };
    let mut texts = vec![root];
    for link in links {
        texts.push(link.write(below)?);
    }
    let (text, on_line) = last.finish(&texts, is_block, items.len(), shape, below)?;
    texts.push(text);
    if !on_line && shape.straight {
        return None;
    }
    let written = texts.join(&if on_line {
        String::new()
    } else {
        below.new_line()
    });
    shape.holds(&written).then_some(written)
}

/// The expression at the start, its `?`s, and the links after it.
fn items(whole: &Expr) -> (&Expr, usize, Vec<Item<'_>>) {
    let mut items = Vec::new();
    let mut tries = 0;
    let mut rest = whole;
    loop {
        let (link, inner) = match rest {
            Expr::Try(inner) => {
                tries += 1;
                rest = &inner.expr;
                continue;
            }
            Expr::MethodCall(call) => (Link::Call(call), &call.receiver),
            Expr::Field(field) => (Link::Field(&field.member), &field.base),
            Expr::Await(awaited) => (Link::Await, &awaited.base),
            _ => break,
        };
        items.push(Item { link, tries });
        tries = 0;
        rest = inner;
    }
    items.reverse();
    (rest, tries, items)
}

impl Item<'_> {
    fn write(&self, shape: Shape) -> Option<String> {
        let shape = shape.without(self.tries)?;
        let text = match self.link {
            Link::Await => ".await".to_owned(),
            Link::Field(member) => format!(".{}", flat(member)),
            Link::Call(call) => {
                let callee = format!(".{}{}", call.method, flat(&call.turbofish));
                List {
                    callee: &callee,
                    delimiters: ('(', ')'),
                    items: call.args.iter().collect(),
                }
                .write(shape)?
            }
        };
        Some(text + &"?".repeat(self.tries))
    }

    /// The last link, and whether the chain stands on one line up to it: either because all of it
    /// fits there, or because its arguments go over several lines and would do so on a line of
    /// their own, too.
    fn finish(
        &self,
        before: &[String],
        is_block: bool,
        count: usize,
        shape: Shape,
        below: Shape,
    ) -> Option<(String, bool)> {
        let extends = is_block && before.first().is_some_and(|root| ends_with_closers(root));
        let columns: usize = before.iter().map(|text| width(text)).sum();
        let used = self.tries
            + if extends {
                before.first().map_or(0, |root| last_width(root))
            } else {
                columns
            };
        let budget = if count == 1 {
            shape.width
        } else {
            shape.width.min(WIDTH)
        }
        .saturating_sub(used);
        let on_line = budget > 0 && before.iter().all(|text| !text.contains('\n'));
        let room = below.without(shape.overhead() + self.tries);
        let first_try = if on_line {
            shape.without(self.tries)?
        } else {
            below.without(self.tries)?
        };
        let beside = if on_line || extends {
            first_try.after(used).and_then(|shape| self.write(shape))
        } else {
            None
        };
        let Some(beside) = beside else {
            let alone = if on_line || extends { first_try } else { room? };
            return Some((self.write(alone)?, false));
        };
        let fits = first_width(&beside) <= budget;
        let lines = beside.lines().count();
        if fits && lines >= 5 {
            return Some((beside, on_line));
        }
        match self.write(room?) {
            Some(alone) if !fits || alone.lines().count() < lines => Some((alone, false)),
            _ => Some((beside, fits && on_line)),
        }
    }
}

fn ends_with_closers(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or("");
    line.chars()
        .all(|char| char.is_whitespace() || matches!(char, '(' | ')' | ']' | '}' | '?' | '>'))
}
