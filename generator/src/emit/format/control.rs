//! Blocks and statements, `if`, `match`, loops.

use syn::{Arm, Block, Expr, ExprIf, ExprMatch, Local, Stmt};

use super::expr::{assign, expr as plain, fits_first_line, prefers_next_line};
use super::shape::{Shape, TAB, last_width, new_line, width};
use super::tokens::flat;
use super::{foreign, item, macros};

/// What an `if` with an `else` may have on one line where its value is used.
const IF_WIDTH: usize = 50;

/// An expression with blocks in it. As a statement, it is not put on one line.
pub(super) fn expr(value: &Expr, shape: Shape, statement: bool) -> Option<String> {
    match value {
        Expr::Block(block) if block.label.is_none() => {
            Some(self::block(&block.block, shape.indent))
        }
        Expr::ForLoop(repeated) if repeated.label.is_none() => {
            let head = format!("for {} in", flat(&repeated.pat));
            let head = assign(&head, head_shape(shape), |shape| {
                plain(&repeated.expr, shape)
            })?;
            Some(headed(&head, &repeated.body, shape))
        }
        Expr::If(branch) => self::branch(branch, shape, statement),
        Expr::Loop(repeated) if repeated.label.is_none() => Some(format!(
            "loop {}",
            self::block(&repeated.body, shape.indent)
        )),
        Expr::Match(matched) => self::matched(matched, shape),
        Expr::Unsafe(block) => Some(format!(
            "unsafe {}",
            self::block(&block.block, shape.indent)
        )),
        Expr::While(repeated) if repeated.label.is_none() => {
            let cond = plain(&repeated.cond, head_shape(shape).after(6)?)?;
            Some(headed(&format!("while {cond}"), &repeated.body, shape))
        }
        _ => foreign::expr(value, shape),
    }
}

/// The head of a block may use the whole line.
fn head_shape(shape: Shape) -> Shape {
    Shape {
        width: shape
            .width
            .max(Shape::at(shape.indent + shape.offset).width),
        ..shape
    }
}

/// A head and its block; the brace goes on a line of its own if the head has several.
fn headed(head: &str, body: &Block, shape: Shape) -> String {
    let fits =
        !head.contains('\n') && shape.indent + shape.offset + width(head) + 2 <= Shape::at(0).width;
    let apart = if fits {
        " ".to_owned()
    } else {
        shape.new_line()
    };
    after_head(format!("{head}{apart}"), body, shape.indent)
}

fn branch(branch: &ExprIf, shape: Shape, statement: bool) -> Option<String> {
    if !statement {
        if let Some(line) = one_line(branch, shape) {
            return Some(line);
        }
    }
    let head = format!("if {}", plain(&branch.cond, head_shape(shape).after(3)?)?);
    let mut text = headed(&head, &branch.then_branch, shape);
    let mut rest = &branch.else_branch;
    while let Some((_, other)) = rest {
        text.push_str(" else ");
        match &**other {
            Expr::If(next) => {
                // The condition stands after `} else if `.
                let head = format!("if {}", plain(&next.cond, head_shape(shape).after(10)?)?);
                text.push_str(&headed(&head, &next.then_branch, shape));
                rest = &next.else_branch;
            }
            Expr::Block(last) => {
                text.push_str(&block(&last.block, shape.indent));
                rest = &None;
            }
            _ => return None,
        }
    }
    Some(text)
}

fn one_line(branch: &ExprIf, shape: Shape) -> Option<String> {
    let Some((_, other)) = &branch.else_branch else {
        return None;
    };
    let Expr::Block(other) = &**other else {
        return None;
    };
    let cond = plain(&branch.cond, shape.after(3)?)?;
    let (then, other) = (
        plain(simple(&branch.then_branch)?, shape)?,
        plain(simple(&other.block)?, shape)?,
    );
    let line = format!("if {cond} {{ {then} }} else {{ {other} }}");
    (!line.contains('\n') && width(&line) <= shape.width.min(IF_WIDTH)).then_some(line)
}

/// The expression that is all of a block.
fn simple(block: &Block) -> Option<&Expr> {
    match block.stmts.as_slice() {
        [Stmt::Expr(value, None)] => Some(value),
        _ => None,
    }
}

fn matched(matched: &ExprMatch, shape: Shape) -> Option<String> {
    let head_shape = head_shape(shape).after(6)?;
    let head = plain(&matched.expr, head_shape)?;
    if matched.arms.is_empty() {
        return Some(format!("match {head} {{}}"));
    }
    let below = !head.contains('\n') && width(&head) + 2 <= head_shape.width;
    let apart = if below {
        " ".to_owned()
    } else {
        shape.new_line()
    };
    let nested = shape.nested();
    let mut text = format!("match {head}{apart}{{");
    for case in &matched.arms {
        text.push_str(&nested.new_line());
        text.push_str(&arm(case, nested)?);
    }
    text.push_str(&shape.new_line());
    text.push('}');
    Some(text)
}

fn arm(arm: &Arm, shape: Shape) -> Option<String> {
    let attributes = super::attributes(&arm.attrs, shape.indent);
    let pattern = format!("{attributes}{} =>", flat(&arm.pat));
    let body = flattened(&arm.body);
    if let Expr::Block(braced) = body {
        return Some(format!("{pattern} {}", block(&braced.block, shape.indent)));
    }
    let beside = shape
        .after(last_width(&pattern) + 1)
        .and_then(|shape| shape.without(1));
    let same = beside.and_then(|beside| statement_expr(body, beside));
    let room = beside.unwrap_or(Shape { width: 0, ..shape });
    if let Some(same) = same
        .as_deref()
        .filter(|same| !same.contains('\n') && width(same) <= room.width)
    {
        return Some(format!("{pattern} {same},"));
    }
    let next = statement_expr(body, shape.nested());
    let goes_down = match (&same, &next) {
        (Some(same), Some(next)) => {
            prefers_next_line(same, next)
                || !(extends(body) && fits_first_line(same, room)) && same.contains('\n')
        }
        (same, next) => same.is_none() && next.is_some(),
    };
    if goes_down {
        Some(format!("{pattern} {}", in_braces(&next?, shape)))
    } else {
        Some(format!("{pattern} {},", same?))
    }
}

fn statement_expr(value: &Expr, shape: Shape) -> Option<String> {
    match value {
        Expr::If(branch) => self::branch(branch, shape, true),
        _ => plain(value, shape),
    }
}

/// A block of a single expression is that expression.
fn flattened(body: &Expr) -> &Expr {
    match body {
        Expr::Block(braced) if braced.label.is_none() && braced.attrs.is_empty() => {
            match simple(&braced.block) {
                Some(Expr::Macro(_)) | None => body,
                Some(inner) => flattened(inner),
            }
        }
        _ => body,
    }
}

/// Whether an expression of several lines may stand beside the arrow.
fn extends(body: &Expr) -> bool {
    match body {
        Expr::Array(_)
        | Expr::Block(_)
        | Expr::Call(_)
        | Expr::Closure(_)
        | Expr::Loop(_)
        | Expr::Macro(_)
        | Expr::Match(_)
        | Expr::MethodCall(_)
        | Expr::Struct(_)
        | Expr::Tuple(_) => true,
        Expr::Cast(cast) => extends(&cast.expr),
        Expr::Index(index) => extends(&index.expr),
        Expr::Reference(reference) => extends(&reference.expr),
        Expr::Try(tried) => extends(&tried.expr),
        Expr::Unary(unary) => extends(&unary.expr),
        _ => false,
    }
}

fn in_braces(text: &str, shape: Shape) -> String {
    format!(
        "{{{}{text}{}}}",
        shape.nested().new_line(),
        shape.new_line()
    )
}

/// A block around an expression that is none.
pub(super) fn braced(value: &Expr, shape: Shape) -> String {
    let text = value_line(value, shape.indent + TAB);
    in_braces(&text, shape)
}

/// A block after what it belongs to. An empty one needs two lines where there is no room for both
/// braces.
pub(super) fn after_head(head: String, body: &Block, indent: usize) -> String {
    let block = block(body, indent);
    if block == "{}" && (head.contains('\n') || indent + width(&head) + 2 > Shape::at(0).width) {
        return format!("{head}{{{}}}", new_line(indent));
    }
    head + &block
}

/// A block whose braces are at this indent.
pub(super) fn block(block: &Block, indent: usize) -> String {
    let mut text = String::from("{");
    for (at, line) in block.stmts.iter().enumerate() {
        text.push_str(&new_line(indent + TAB));
        text.push_str(&statement(line, indent + TAB, at + 1 == block.stmts.len()));
    }
    if !block.stmts.is_empty() {
        text.push_str(&new_line(indent));
    }
    text + "}"
}

fn statement(line: &Stmt, indent: usize, last: bool) -> String {
    match line {
        Stmt::Local(local) => fitted(indent, |shape| self::local(local, shape)),
        Stmt::Item(inner) => item::item(inner, indent),
        Stmt::Expr(value, None) if last => value_line(value, indent),
        Stmt::Expr(value, semicolon) => {
            let end = if semicolon.is_some() { ";" } else { "" };
            fitted(indent, |shape| {
                Some(statement_expr(value, shape.without(end.len())?)? + end)
            })
        }
        Stmt::Macro(called) => macros::statement(called, indent),
    }
}

fn value_line(value: &Expr, indent: usize) -> String {
    fitted(indent, |shape| plain(value, shape))
}

fn local(local: &Local, shape: Shape) -> Option<String> {
    let attributes = super::attributes(&local.attrs, shape.indent);
    let head = format!("{attributes}let {}", flat(&local.pat));
    let Some(init) = &local.init else {
        return Some(head + ";");
    };
    let assigned = assign(&format!("{head} ="), shape.without(1)?, |shape| {
        plain(&init.expr, shape)
    })?;
    match &init.diverge {
        None => Some(assigned + ";"),
        Some((_, other)) => Some(format!("{assigned} else {};", control_block(other, shape))),
    }
}

fn control_block(value: &Expr, shape: Shape) -> String {
    match value {
        Expr::Block(braced) => block(&braced.block, shape.indent),
        _ => braced(value, shape),
    }
}

/// Code on lines of its own: in the room there is, or standing out of it.
pub(super) fn fitted(indent: usize, write: impl Fn(Shape) -> Option<String>) -> String {
    let shape = Shape::at(indent);
    write(shape)
        .or_else(|| write(shape.loose()))
        .unwrap_or_default()
}
