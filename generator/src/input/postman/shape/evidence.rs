//! What a document shows of a value, before a type is inferred from it.

use super::Shape;
use crate::api::SchemaType;

/// What a document shows of a value, beside its examples and its description.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Evidence {
    /// The type, where someone declares it.
    pub declared: Option<SchemaType>,
    /// Why it is declared, as a phrase.
    pub declared_by: &'static str,
    /// Whether an example was not text but a number or a boolean of the document.
    pub literal: bool,
    /// A dynamic variable (`$guid`) that makes up the value.
    pub dynamic: Option<String>,
    /// What the examples show as JSON, where they are JSON.
    pub json: Option<Box<Shape>>,
}

impl From<Shape> for Evidence {
    fn from(shape: Shape) -> Self {
        Self {
            json: Some(Box::new(shape)),
            ..Self::default()
        }
    }
}
