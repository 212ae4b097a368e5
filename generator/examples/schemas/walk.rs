//! Walks an inferred type and the documented schemas of its place side by side.

use letterpress::api::{Format, Member, Schema, SchemaType};
use serde_json::Value;

use crate::description::{Allowed, Description, Kind};
use crate::judge::{Holder, Verdict, judge};
use crate::tally::Tally;

/// A walk along one body.
pub(crate) struct Walk<'w, 'a> {
    pub(crate) description: &'w Description<'a>,
    pub(crate) tally: &'w mut Tally,
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'s> {
    /// The path in words.
    path: &'s str,
    /// The nearest name around it.
    name: &'s str,
    holder: Holder,
    /// Whether a choice around it keeps what its alternatives refuse.
    kept: bool,
}

impl<'s> Spot<'s> {
    /// A whole body.
    pub(crate) fn top(path: &'s str) -> Self {
        Spot {
            path,
            name: "",
            holder: Holder::Other,
            kept: false,
        }
    }
}

impl<'a> Walk<'_, 'a> {
    /// Compares a value and all that is below it.
    pub(crate) fn value(&mut self, data: &Schema, schemas: &[&'a Value], spot: Spot<'_>) {
        let allowed = self.description.allowed(schemas);
        let verdict = match judge(data, &allowed, spot.name, spot.holder) {
            Verdict::Wrong(_) if spot.kept => Verdict::Wider,
            verdict => verdict,
        };
        let place = || describe(data, &allowed, spot.path);
        self.tally.add(verdict, place);
        if data.ty == SchemaType::Text {
            self.text(data, &allowed);
        }
        self.below(data, &allowed, spot);
    }

    /// Compares formats and lists of values.
    fn text(&mut self, data: &Schema, allowed: &Allowed<'a>) {
        if let Some(format) = allowed.format().and_then(format) {
            self.tally.add_format(data.format == Some(format));
        }
        if !allowed.listed().is_empty() {
            // JSON data has no lists of values: texts are read as texts.
            self.tally.add_listed(false);
        }
    }

    fn below(&mut self, data: &Schema, allowed: &Allowed<'a>, spot: Spot<'_>) {
        match &data.ty {
            SchemaType::Union(union) => {
                for data in union.alternatives.iter().map(|one| &one.schema) {
                    let spot = Spot { kept: true, ..spot };
                    self.below(data, allowed, spot);
                }
            }
            SchemaType::List(element) => {
                self.child(element, &allowed.elements(), spot, "*");
            }
            SchemaType::Map(value) => {
                let all = [allowed.members(), allowed.values()].concat();
                self.child(value, &all, spot, "*");
            }
            SchemaType::Record(record) => {
                for member in &record.members {
                    self.member(member, allowed, spot);
                }
            }
            _ => {}
        }
    }

    fn child(&mut self, data: &Schema, schemas: &[&'a Value], spot: Spot<'_>, step: &str) {
        if !schemas.is_empty() {
            let path = format!("{}/{step}", spot.path);
            let spot = Spot {
                path: &path,
                holder: Holder::Other,
                ..spot
            };
            self.value(data, schemas, spot);
        }
    }

    /// Compares a member with the one of that name, else with those whose names are data.
    fn member(&mut self, member: &Member, allowed: &Allowed<'a>, spot: Spot<'_>) {
        let mut schemas = allowed.member(&member.name);
        if schemas.is_empty() {
            schemas = allowed.values();
        } else {
            let agree = member.required == allowed.requires(&member.name);
            self.tally.add_optional(agree);
        }
        if !schemas.is_empty() {
            let path = format!("{}/{}", spot.path, member.name);
            let holder = if member.required {
                Holder::Other
            } else {
                Holder::OptionalMember
            };
            let spot = Spot {
                path: &path,
                name: &member.name,
                holder,
                ..spot
            };
            self.value(&member.schema, &schemas, spot);
        }
    }
}

/// The forms that are recognised.
fn format(name: &str) -> Option<Format> {
    Some(match name {
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "uuid" => Format::Uuid,
        "uri" | "url" => Format::Uri,
        "email" => Format::Email,
        _ => return None,
    })
}

/// A place, why its type is inferred, and what the document says.
fn describe(data: &Schema, allowed: &Allowed<'_>, path: &str) -> String {
    let reasons: Vec<&str> = data
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    let kinds: Vec<Kind> = allowed.kinds.iter().copied().collect();
    let prose: String = allowed.prose().chars().take(70).collect();
    format!(
        "{path}: {}; documented {kinds:?} {prose:?}",
        reasons.join(", ")
    )
}
