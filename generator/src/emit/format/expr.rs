//! Expressions.

use quote::ToTokens;
use syn::{
    Expr, ExprBinary, ExprClosure, ExprIndex, ExprRange, ExprStruct, ExprTuple, FieldValue, Lit,
};

use super::chain::chain;
use super::control;
use super::list::List;
use super::macros;
use super::shape::{Shape, first_width, last_width, width};
use super::tokens::{flat, words};

/// What the fields of a struct literal may have on one line.
const LITERAL_WIDTH: usize = 18;

/// An expression in this room, if there is a way to write it so that it fits.
pub(super) fn expr(value: &Expr, shape: Shape) -> Option<String> {
    match value {
        // rustfmt lets string literals stand out of their room.
        Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)) => Some(flat(value)),
        Expr::Lit(_) | Expr::Path(_) | Expr::Infer(_) | Expr::Continue(_) => {
            shape.atom(flat(value))
        }
        Expr::Array(array) => List {
            callee: "",
            delimiters: ('[', ']'),
            items: array.elems.iter().collect(),
        }
        .write(shape),
        Expr::Assign(assigned) => {
            let left = expr(&assigned.left, shape.without(2)?)?;
            assign(&format!("{left} ="), shape, |shape| {
                expr(&assigned.right, shape)
            })
        }
        Expr::Await(_) | Expr::Field(_) | Expr::MethodCall(_) | Expr::Try(_) => chain(value, shape),
        Expr::Binary(pair) => binary(pair, shape),
        Expr::Break(broken) if broken.label.is_none() => {
            prefixed("break", broken.expr.as_deref(), shape)
        }
        Expr::Call(call) => {
            let callee = expr(&call.func, shape)?;
            List {
                callee: &callee,
                delimiters: ('(', ')'),
                items: call.args.iter().collect(),
            }
            .write(shape)
        }
        Expr::Cast(cast) => {
            let ty = format!(" as {}", flat(&cast.ty));
            Some(expr(&cast.expr, shape.without(width(&ty))?)? + &ty)
        }
        Expr::Closure(closure) => self::closure(closure, shape),
        Expr::Group(group) => expr(&group.expr, shape),
        Expr::Index(index) => self::index(index, shape),
        Expr::Let(bound) => assign(&format!("let {} =", flat(&bound.pat)), shape, |shape| {
            expr(&bound.expr, shape)
        }),
        Expr::Macro(called) => macros::expr(&called.mac, shape),
        Expr::Paren(paren) => Some(format!(
            "({})",
            expr(&paren.expr, shape.after(1)?.without(1)?)?
        )),
        Expr::Range(range) => self::range(range, shape),
        Expr::Reference(reference) => {
            let mark = if reference.mutability.is_some() {
                "&mut "
            } else {
                "&"
            };
            Some(format!(
                "{mark}{}",
                expr(&reference.expr, shape.after(mark.len())?)?
            ))
        }
        Expr::Return(returned) => prefixed("return", returned.expr.as_deref(), shape),
        Expr::Struct(literal) => self::literal(literal, shape),
        Expr::Tuple(tuple) => self::tuple(tuple, shape),
        Expr::Unary(unary) => {
            let mark = unary.op.to_token_stream().to_string();
            Some(format!(
                "{mark}{}",
                expr(&unary.expr, shape.after(mark.len())?)?
            ))
        }
        _ => control::expr(value, shape, false),
    }
}

fn prefixed(word: &str, value: Option<&Expr>, shape: Shape) -> Option<String> {
    let Some(value) = value else {
        return shape.atom(word);
    };
    Some(format!(
        "{word} {}",
        expr(value, shape.after(word.len() + 1)?)?
    ))
}

fn index(index: &ExprIndex, shape: Shape) -> Option<String> {
    let base = expr(&index.expr, shape)?;
    let inner = expr(
        &index.index,
        shape.after(last_width(&base) + 1)?.without(1)?,
    )?;
    Some(format!("{base}[{inner}]"))
}

fn range(range: &ExprRange, shape: Shape) -> Option<String> {
    let side = |side: &Option<Box<Expr>>| match side {
        Some(side) => expr(side, shape),
        None => Some(String::new()),
    };
    let limits = range.limits.to_token_stream().to_string().replace(' ', "");
    shape.atom(side(&range.start)? + &limits + &side(&range.end)?)
}

fn tuple(tuple: &ExprTuple, shape: Shape) -> Option<String> {
    if let (Some(only), 1) = (tuple.elems.first(), tuple.elems.len()) {
        return Some(format!("({},)", expr(only, shape.after(1)?.without(2)?)?));
    }
    List {
        callee: "",
        delimiters: ('(', ')'),
        items: tuple.elems.iter().collect(),
    }
    .write(shape)
}

/// Operators of the same kind stand under each other when they do not fit on one line.
fn binary(pair: &ExprBinary, shape: Shape) -> Option<String> {
    let mut operands = Vec::new();
    let mut rest = pair;
    let operator = pair.op.to_token_stream().to_string();
    loop {
        operands.push(&*rest.right);
        match &*rest.left {
            Expr::Binary(left)
                if std::mem::discriminant(&left.op) == std::mem::discriminant(&pair.op) =>
            {
                rest = left;
            }
            left => {
                operands.push(left);
                break;
            }
        }
    }
    operands.reverse();
    let texts: Vec<String> = operands
        .iter()
        .map(|operand| expr(operand, shape.loose()))
        .collect::<Option<_>>()?;
    let line = texts.join(&format!(" {operator} "));
    if width(&line) <= shape.width && !line.contains('\n') {
        return Some(line);
    }
    let below = shape.nested();
    let mut texts = vec![expr(operands[0], shape)?];
    for operand in &operands[1..] {
        texts.push(format!(
            "{operator} {}",
            expr(operand, below.after(operator.len() + 1)?)?
        ));
    }
    Some(texts.join(&below.new_line()))
}

fn closure(closure: &ExprClosure, shape: Shape) -> Option<String> {
    let head = closure_head(closure);
    let inner = shape.after(width(&head) + 1)?;
    let body = match &*closure.body {
        Expr::Block(block) if block.label.is_none() => control::block(&block.block, shape.indent),
        body => match expr(body, inner).filter(|text| !text.contains('\n') || keeps_lines(body)) {
            Some(text) => text,
            None => control::braced(body, shape),
        },
    };
    Some(format!("{head} {body}"))
}

fn closure_head(closure: &ExprClosure) -> String {
    let inputs: Vec<String> = closure.inputs.iter().map(flat).collect();
    let words = words(&[
        flat(&closure.constness),
        flat(&closure.asyncness),
        flat(&closure.capture),
    ]);
    let output = flat(&closure.output);
    let apart = if output.is_empty() { "" } else { " " };
    format!("{words}|{}|{apart}{output}", inputs.join(", "))
}

/// Bodies that may go over several lines without braces around them.
fn keeps_lines(body: &Expr) -> bool {
    match body {
        Expr::Async(_) | Expr::Block(_) | Expr::Loop(_) | Expr::Match(_) | Expr::Struct(_) => true,
        Expr::Reference(reference) => keeps_lines(&reference.expr),
        Expr::Try(tried) => keeps_lines(&tried.expr),
        _ => false,
    }
}

fn literal(literal: &ExprStruct, shape: Shape) -> Option<String> {
    let path = shape.without(2)?.atom(flat(&literal.path))?;
    if literal.fields.is_empty() && literal.rest.is_none() {
        return Some(format!("{path} {{}}"));
    }
    let nested = shape.nested();
    let mut fields = Vec::with_capacity(literal.fields.len() + 1);
    for value in &literal.fields {
        fields.push(field(value, nested.without(1)?)?);
    }
    let comma = if literal.dot2_token.is_some() {
        ""
    } else {
        ","
    };
    if literal.dot2_token.is_some() {
        let rest = literal
            .rest
            .as_deref()
            .map_or(Some(String::new()), |rest| expr(rest, nested.after(2)?))?;
        fields.push(format!("..{rest}"));
    }
    let line = fields.join(", ");
    let room = shape
        .width
        .checked_sub(width(&path) + 5)
        .map_or(0, |room| room.min(LITERAL_WIDTH));
    if width(&line) <= room && !line.contains('\n') {
        return Some(format!("{path} {{ {line} }}"));
    }
    let (start, end) = (nested.new_line(), shape.new_line());
    Some(format!(
        "{path} {{{start}{}{comma}{end}}}",
        fields.join(&format!(",{start}"))
    ))
}

fn field(value: &FieldValue, shape: Shape) -> Option<String> {
    let name = flat(&value.member);
    if value.colon_token.is_none() {
        return shape.atom(name);
    }
    if let Some(text) = shape
        .after(width(&name) + 2)
        .and_then(|shape| expr(&value.expr, shape))
    {
        return Some(format!("{name}: {text}"));
    }
    let below = shape.nested();
    Some(format!(
        "{name}:{}{}",
        below.new_line(),
        expr(&value.expr, below)?
    ))
}

/// A value after what it is assigned to: beside it, or on the next line if that reads better.
pub(super) fn assign(
    left: &str,
    shape: Shape,
    write: impl Fn(Shape) -> Option<String>,
) -> Option<String> {
    let used = if left.contains('\n') {
        last_width(left).saturating_sub(shape.indent)
    } else {
        width(left)
    };
    let beside = shape.after(used + 1).unwrap_or(Shape {
        width: 0,
        offset: shape.offset + used + 1,
        ..shape
    });
    let same = write(beside);
    if let Some(same) = same
        .as_deref()
        .filter(|same| !same.contains('\n') && width(same) <= beside.width)
    {
        return Some(format!("{left} {same}"));
    }
    let below = shape.nested().without(shape.overhead())?;
    let next = write(below);
    let goes_down = match (&same, &next) {
        (Some(same), Some(next)) => below.holds(next) && prefers_next_line(same, next),
        (same, next) => same.is_none() && next.is_some(),
    };
    if goes_down {
        return Some(format!("{left}{}{}", below.new_line(), next?));
    }
    Some(format!("{left} {}", same?))
}

/// Whether a text looks better on the next line.
pub(super) fn prefers_next_line(same: &str, next: &str) -> bool {
    let lines = |text: &str| text.matches('\n').count();
    let opens = |text: &str, open: char| {
        text.split('\n')
            .next()
            .is_some_and(|line| line.ends_with(open))
    };
    lines(next) == 0
        || lines(same) > lines(next) + 1
        || ['(', '{', '[']
            .into_iter()
            .any(|open| opens(same, open) && !opens(next, open))
}

/// Whether a text keeps to the first line of its room.
pub(super) fn fits_first_line(text: &str, shape: Shape) -> bool {
    first_width(text) <= shape.width
}
