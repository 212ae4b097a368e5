//! Where a client has any JSON because a document says no more.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Because, because};
use crate::api::{Api, Location, Operation, Schema, SchemaType};
use crate::document::place::{EACH, PlacePath};
use crate::document::printable::push_line;
use crate::document::report::{Documents, Place};
use crate::document::source::Source;

/// A place that is any JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Untyped {
    /// What it is a part of: a request as `Folder / Request`, or `schema Name`.
    pub of: String,
    /// The place in that: names of members, and `*` for the elements of arrays and the values of maps.
    pub place: String,
    /// Where it stands.
    pub at: Option<super::Location>,
    /// What is to blame: keywords of a schema, or what examples show.
    pub because: Vec<Because>,
}

/// The places of these operations, and of the named schemas, that are any JSON; each once, in the order of the document.
#[must_use]
pub fn untyped(api: &Api, sources: &[&Source]) -> Vec<Untyped> {
    let mut walk = Walk {
        documents: Documents::of(sources),
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    for named in &api.schemas {
        let of = format!("schema {}", named.name);
        walk.schema(&of, &PlacePath::root(&named.name), &named.schema, None);
    }
    for operation in &api.operations {
        walk.operation(api, operation);
    }
    walk.found
}

/// The places as text, a line for each, and how many there are.
#[must_use]
pub fn render_untyped(untyped: &[Untyped]) -> String {
    let mut text = String::new();
    let mut of = "";
    for one in untyped {
        if one.of != of {
            of = &one.of;
            push_line(&mut text, of);
        }
        let reasons = one.because.iter().map(|because| because.text.as_str());
        let reasons = reasons.collect::<Vec<_>>().join(", ");
        let reasons = if reasons.is_empty() {
            "nothing says what it is"
        } else {
            &reasons
        };
        let at = one.at.as_ref().map(|at| format!(" at {at}"));
        let at = at.unwrap_or_default();
        push_line(&mut text, &format!("  {}  {reasons}{at}", one.place));
    }
    let places = if untyped.len() == 1 {
        "place is"
    } else {
        "places are"
    };
    push_line(&mut text, &format!("{} {places} any JSON", untyped.len()));
    text
}

struct Walk<'a> {
    documents: Documents<'a>,
    /// The places that are known: several replies may have one type.
    seen: BTreeSet<(Option<Place>, String)>,
    found: Vec<Untyped>,
}

impl Walk<'_> {
    fn operation(&mut self, api: &Api, operation: &Operation) {
        let of = api.title(operation);
        for (location, input, _) in operation.inputs() {
            let is_data = input.as_json || location == Location::Body;
            if is_data || input.schema.ty != SchemaType::Any {
                self.schema(
                    &of,
                    &PlacePath::root(&input.name),
                    &input.schema,
                    Some(input.at),
                );
            }
        }
        for response in &operation.responses {
            let root = PlacePath::root(response.statuses.to_string());
            if let Some(schema) = response.schema.as_deref() {
                self.schema(&of, &root, schema, Some(response.at));
            }
        }
    }

    /// The places in a schema; `around` is where what it is a part of stands, for those that stand nowhere.
    fn schema(&mut self, of: &str, place: &PlacePath, schema: &Schema, around: Option<Place>) {
        let at = schema.at.or(around);
        match &schema.ty {
            SchemaType::Any if self.seen.insert((at, place.to_string())) => {
                self.found.push(Untyped {
                    of: of.to_owned(),
                    place: place.to_string(),
                    at: at.and_then(|at| self.documents.location(at)),
                    because: because(&self.documents, &schema.reasons),
                });
            }
            SchemaType::List(inner) | SchemaType::Map(inner) => {
                self.schema(of, &place.below(EACH), inner, at);
            }
            SchemaType::Tuple(elements) => {
                for element in elements {
                    self.schema(of, &place.below(EACH), element, at);
                }
            }
            SchemaType::Record(record) => {
                for member in &record.members {
                    self.schema(of, &place.below(member.name.as_str()), &member.schema, at);
                }
                if let Some(extra) = &record.extra {
                    self.schema(of, &place.below(EACH), extra, at);
                }
            }
            SchemaType::Union(union) => {
                for alternative in &union.alternatives {
                    self.schema(of, place, &alternative.schema, at);
                }
            }
            _ => {}
        }
    }
}
