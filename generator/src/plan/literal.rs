//! Values of JSON types as Rust expressions, for the programs in documentation.

use std::collections::BTreeSet;

use super::{Definition, Member, Structure, Type, structure_of};
use crate::api::{self, Schema, SchemaType};
use crate::document::json::{Node, Value, read_template};
use crate::input::postman::infer::is_example;
use crate::input::postman::template::{self, Piece};
use crate::plan::names::Ident;

/// How deep records are written out; what is deeper has its default.
const DEPTH: usize = 3;
/// How many members are shown that may be left out.
const OPTIONAL: usize = 3;
/// How many elements of a list are shown.
const ELEMENTS: usize = 2;
/// How long a text may be.
const TEXT: usize = 60;

/// An expression, and the names of the types that it mentions.
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) uses: BTreeSet<Ident>,
}

/// Writes a value of a type as the example shows it. What has to be supplied is all there, of the rest the
/// first few single values.
pub(super) fn literal(
    ty: &Type,
    schema: &Schema,
    example: &str,
    definitions: &[Definition],
    column: usize,
) -> Literal {
    let root = read_template(example).ok();
    let mut writer = Writer {
        definitions,
        uses: BTreeSet::new(),
    };
    let text = writer.value(ty, schema, root.as_ref(), "value", column, DEPTH);
    Literal {
        text,
        uses: writer.uses,
    }
}

struct Writer<'a> {
    definitions: &'a [Definition],
    uses: BTreeSet<Ident>,
}

const DEFAULT: &str = "Default::default()";

impl Writer<'_> {
    fn value(
        &mut self,
        ty: &Type,
        schema: &Schema,
        node: Option<&Node<'_>>,
        name: &str,
        column: usize,
        depth: usize,
    ) -> String {
        match (ty, &schema.ty) {
            (Type::Named(ident), SchemaType::Record(record)) if depth > 0 => {
                self.record(ident, &record.members, node, column, depth)
            }
            (Type::Named(ident), SchemaType::Enum(_)) => {
                self.uses.insert(ident.clone());
                format!(
                    "{ident}::from({})",
                    super::example::literal(&text(node, name))
                )
            }
            (Type::Vec(inner), SchemaType::List(element)) => {
                self.list(inner, element, node, name, column, depth)
            }
            (Type::Bool, _) => match node.map(|node| &node.value) {
                Some(Value::Bool(false)) => "false".to_owned(),
                _ => "true".to_owned(),
            },
            (Type::I64, _) => integer(node),
            (Type::F64, _) => float(node),
            (Type::String, _) => {
                format!("{}.to_owned()", super::example::literal(&text(node, name)))
            }
            _ => DEFAULT.to_owned(),
        }
    }

    fn record(
        &mut self,
        ident: &Ident,
        shown: &[api::Member],
        node: Option<&Node<'_>>,
        column: usize,
        depth: usize,
    ) -> String {
        let Some(members) = self.members(ident) else {
            return DEFAULT.to_owned();
        };
        self.uses.insert(ident.clone());
        let mut lines = Vec::new();
        let (mut optional, mut left_out) = (0, false);
        for (member, known) in members.iter().zip(shown) {
            let node = node.and_then(|node| node.get(&known.name));
            let mut value =
                |ty| self.value(ty, &known.schema, node, &known.name, column + 4, depth - 1);
            let value = match &member.ty {
                Type::Option(ty) => {
                    if optional == OPTIONAL || node.is_none() || !is_single(ty) {
                        left_out = true;
                        continue;
                    }
                    optional += 1;
                    format!("Some({})", value(ty))
                }
                ty => value(ty),
            };
            lines.push(format!("{}: {value},", member.ident));
        }
        if lines.is_empty() {
            return format!("{ident}::default()");
        }
        if left_out || members.len() > shown.len() {
            lines.push(format!("..{ident}::default()"));
        }
        let outer = " ".repeat(column);
        let lines = lines.join(&format!("\n{outer}    "));
        format!("{ident} {{\n{outer}    {lines}\n{outer}}}")
    }

    /// The members of a record, also by one of its other names.
    fn members(&self, ident: &Ident) -> Option<Vec<Member>> {
        match structure_of(self.definitions, ident)? {
            Structure::Record(members, None) => Some(members.clone()),
            _ => None,
        }
    }

    fn list(
        &mut self,
        ty: &Type,
        element: &Schema,
        node: Option<&Node<'_>>,
        name: &str,
        column: usize,
        depth: usize,
    ) -> String {
        if depth == 0 {
            return "vec![]".to_owned();
        }
        let nodes = node.map(Node::elements).unwrap_or_default();
        let count = if matches!(ty, Type::Named(_)) {
            1
        } else {
            ELEMENTS
        };
        let values: Vec<String> = nodes
            .iter()
            .take(count)
            .map(|node| self.value(ty, element, Some(node), name, column, depth - 1))
            .collect();
        format!("vec![{}]", values.join(", "))
    }
}

fn is_single(ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::I64 | Type::F64 | Type::String)
}

fn integer(node: Option<&Node<'_>>) -> String {
    let number = match node.map(|node| &node.value) {
        Some(Value::Number(text)) => text.parse::<i64>().ok(),
        _ => None,
    };
    number.unwrap_or(1).to_string()
}

fn float(node: Option<&Node<'_>>) -> String {
    let number = match node.map(|node| &node.value) {
        Some(Value::Number(text)) => text.parse::<f64>().ok(),
        _ => None,
    };
    format!(
        "{:?}",
        number.filter(|number| number.is_finite()).unwrap_or(1.0)
    )
}

/// The text of the example, with the names of variables for their values; else the name of the member.
fn text(node: Option<&Node<'_>>, name: &str) -> String {
    let shown = node
        .and_then(Node::as_str)
        .filter(|text| is_example(text) && text.len() <= TEXT);
    let pieces = shown.map(template::split).unwrap_or_default().into_iter();
    let text: String = pieces
        .map(|(Piece::Text(text) | Piece::Variable(text))| text)
        .collect();
    if text.is_empty() {
        name.to_owned()
    } else {
        text
    }
}
