//! Types that are too long for a line: their arguments go on lines of their own.

use syn::{GenericArgument, PathArguments, Type};

use super::shape::{Shape, width};
use super::tokens::flat;

pub(super) fn ty(ty: &Type, shape: Shape) -> Option<String> {
    let line = flat(ty);
    if width(&line) <= shape.width {
        return Some(line);
    }
    let Some((name, arguments)) = split(ty) else {
        return shape.atom(line);
    };
    if width(&name) > shape.width && !shape.loose {
        return None;
    }
    let nested = shape.nested().without(1)?;
    let arguments: Option<Vec<String>> = arguments
        .into_iter()
        .map(|argument| self::argument(argument, nested))
        .collect();
    let (start, end) = (nested.new_line(), shape.new_line());
    Some(format!(
        "{name}<{start}{},{end}>",
        arguments?.join(&format!(",{start}"))
    ))
}

fn argument(argument: &GenericArgument, shape: Shape) -> Option<String> {
    match argument {
        GenericArgument::Type(inner) => ty(inner, shape),
        _ => shape.atom(flat(argument)),
    }
}

/// A path without the arguments at its end, and those.
fn split(ty: &Type) -> Option<(String, Vec<&GenericArgument>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let mut name = path.clone();
    name.path.segments.last_mut()?.arguments = PathArguments::None;
    Some((flat(&name), arguments.args.iter().collect()))
}
