//! The type that the keywords at a place come to.

use super::facts::{Additional, Facts, Holding, JsonType, Parts};
use super::{DEPTH, NodeId, Reading, Site, enums, scalars};
use crate::api::schema::{Member, Reason, Record, Schema, SchemaType, ToldBy, Union};
use crate::document::json::Node;

impl<'d> Reading<'_, 'd> {
    /// The type of values for which all of these schemas hold.
    pub(super) fn schema(&mut self, holdings: &[Holding<'d>]) -> Schema {
        let Some(first) = holdings.first().map(|holding| holding.site) else {
            return Schema::default();
        };
        let parts = self.parts(holdings);
        let mut schema = match parts.targets.as_slice() {
            [only] if parts.inline.is_empty() => {
                let index = self.register(only.clone());
                Schema {
                    ty: SchemaType::Named(index),
                    reasons: vec![self.reason(
                        first,
                        format!("a reference to `{}`", self.state.named[index].name),
                    )],
                    ..Schema::default()
                }
            }
            // Two schemas of their own that hold at once, as when a property is declared twice.
            [.., last] if self.is_merging(&parts) => {
                let index = self.register(last.clone());
                Schema {
                    ty: SchemaType::Named(index),
                    ..Schema::default()
                }
            }
            _ if self.state.merging.len() >= DEPTH => {
                self.remark(
                    first,
                    "schemas are merged too deeply; what is deeper is any JSON",
                );
                Schema::default()
            }
            _ => {
                let ids = parts
                    .targets
                    .iter()
                    .map(|target| NodeId::of(target.site.node));
                self.state.merging.push(ids.collect());
                let facts = self.facts(holdings);
                let schema = self.conclude(holdings, &facts);
                self.state.merging.pop();
                schema
            }
        };
        schema.at = Some(self.references.place(first));
        schema.nullable |= parts.nullable;
        schema.docs = docs(&parts);
        schema.deprecated = parts.notes.deprecated;
        schema.default = parts.notes.default.map(Node::to_string);
        schema.example = parts
            .notes
            .example
            .and_then(|node| example(node, &schema.ty));
        schema
    }

    /// Whether the same references are being merged: an outer merge would be repeated without end.
    fn is_merging(&self, parts: &Parts<'d>) -> bool {
        let ids = parts
            .targets
            .iter()
            .map(|target| NodeId::of(target.site.node));
        let ids = ids.collect();
        parts.targets.len() > 1 && self.state.merging.contains(&ids)
    }

    fn conclude(&mut self, holdings: &[Holding<'d>], facts: &Facts<'d>) -> Schema {
        for (site, problem) in &facts.problems {
            self.remark(*site, problem.clone());
        }
        let mut schema = Schema {
            nullable: facts.nullable,
            ..Schema::default()
        };
        let site = holdings.first().map(|holding| holding.site);
        let at = site.map(|site| self.references.place(site));
        let mut because = |keyword: &str| {
            let text = keyword.to_owned();
            schema.reasons.push(Reason { at, text });
        };
        let is_array = facts
            .types
            .as_ref()
            .is_some_and(|types| types.contains(&JsonType::Array));
        if facts.values.is_some() && !is_array {
            because("enum");
            schema.ty = enums::listed(facts);
        } else if !facts.unions.is_empty() {
            because("oneOf or anyOf");
            let (ty, nullable) = self.union(holdings, facts);
            schema.ty = ty;
            schema.nullable |= nullable;
        } else {
            let types = types(facts);
            let mut alternatives: Vec<Schema> = Vec::new();
            for ty in &types {
                let ty = self.of_type(*ty, facts);
                alternatives.push(Schema {
                    ty,
                    ..Schema::default()
                });
            }
            match alternatives.len() {
                0 => because(facts.beyond.unwrap_or("no keyword that makes a type")),
                1 => {
                    schema.ty = alternatives.remove(0).ty;
                    schema.format = scalars::format(facts, &schema.ty);
                }
                _ => {
                    because("several types");
                    schema.ty = SchemaType::Union(Union::of(alternatives));
                }
            }
        }
        if facts.limits != crate::api::schema::Limits::default() {
            schema.limits = Some(Box::new(facts.limits.clone()));
        }
        schema
    }

    fn of_type(&mut self, ty: JsonType, facts: &Facts<'d>) -> SchemaType {
        match ty {
            JsonType::Boolean => SchemaType::Boolean,
            JsonType::Integer => scalars::integer(facts),
            JsonType::Number => scalars::number(facts),
            JsonType::Text => scalars::text(facts),
            JsonType::Array => self.array(facts),
            JsonType::Object => self.object(facts),
        }
    }

    fn array(&mut self, facts: &Facts<'d>) -> SchemaType {
        let limits = &facts.limits;
        let length = u64::try_from(facts.prefix.len()).ok();
        let is_closed =
            facts.is_closed || (limits.max_length == length && limits.min_length == length);
        let has_all = limits.min_length >= length || facts.is_closed;
        if (1..=LONGEST_TUPLE).contains(&facts.prefix.len()) && is_closed && has_all {
            let elements = facts
                .prefix
                .iter()
                .map(|site| self.schema(&[(*site).into()]));
            return SchemaType::Tuple(elements.collect());
        }
        let element = if !facts.prefix.is_empty() {
            let sites = facts.prefix.iter().chain(&facts.items);
            let all: Vec<Schema> = sites.map(|site| self.schema(&[(*site).into()])).collect();
            let is_open = facts.items.is_empty() && !facts.is_closed;
            if is_open && all.iter().all(|one| one.ty == all[0].ty) {
                // A union takes what is behind those of `prefixItems` too; one type would not.
                Schema::default()
            } else {
                Schema {
                    ty: SchemaType::Union(Union::of(all)),
                    ..Schema::default()
                }
            }
        } else if let Some(ty) = facts.values.as_ref().map(|_| enums::listed(facts)) {
            // The values of an array are meant for its elements.
            Schema {
                ty,
                ..Schema::default()
            }
        } else {
            let holdings: Vec<Holding<'d>> =
                facts.items.iter().map(|site| (*site).into()).collect();
            self.schema(&holdings)
        };
        SchemaType::List(Box::new(element))
    }

    fn object(&mut self, facts: &Facts<'d>) -> SchemaType {
        let mut members: Vec<Member> = Vec::new();
        for (name, sites) in &facts.properties {
            members.push(self.member(name, sites, facts));
        }
        let extra = self.extra(facts);
        if members.is_empty() && (extra.is_some() || facts.required.is_empty()) {
            return SchemaType::Map(Box::new(extra.unwrap_or_default()));
        }
        let declared = members.len();
        for name in &facts.required {
            if !members.iter().any(|member| member.name == *name) {
                members.push(Member {
                    name: (*name).to_owned(),
                    required: true,
                    schema: Schema {
                        reasons: vec![Reason {
                            at: None,
                            text: "required, but not declared".to_owned(),
                        }],
                        ..extra.clone().unwrap_or_default()
                    },
                    ..Member::default()
                });
            }
        }
        let extra = extra.or_else(|| (declared == 0).then(Schema::default));
        SchemaType::Record(Record {
            members,
            extra: extra.map(Box::new),
        })
    }

    fn member(&mut self, name: &str, sites: &[Site<'d>], facts: &Facts<'d>) -> Member {
        let holdings: Vec<Holding<'d>> = sites.iter().map(|site| (*site).into()).collect();
        let notes = self.parts(&holdings).notes;
        Member {
            name: name.to_owned(),
            required: facts.required.contains(&name),
            read_only: notes.read_only,
            write_only: notes.write_only,
            schema: self.schema(&holdings),
        }
    }

    /// The type of members that are not declared, where there may be such.
    fn extra(&mut self, facts: &Facts<'d>) -> Option<Schema> {
        let additional = match facts.additional {
            Additional::Schema(site) => Some(self.schema(&[site.into()])),
            Additional::Any => Some(Schema::default()),
            Additional::None | Additional::Unsaid => None,
        };
        let mut all: Vec<Schema> = Vec::new();
        for site in &facts.patterns {
            all.push(self.schema(&[(*site).into()]));
        }
        all.extend(additional);
        match all.len() {
            0 | 1 => all.pop(),
            _ => Some(Schema {
                ty: SchemaType::Union(Union::of(all)),
                ..Schema::default()
            }),
        }
    }

    pub(super) fn reason(&self, site: Site<'d>, text: impl Into<String>) -> Reason {
        Reason {
            at: Some(self.references.place(site)),
            text: text.into(),
        }
    }
}

/// How many elements a tuple may have.
const LONGEST_TUPLE: usize = 4;

/// The types that are said, else those that the keywords are meant for.
fn types(facts: &Facts<'_>) -> Vec<JsonType> {
    if let Some(types) = &facts.types {
        let is_number = types.contains(&JsonType::Number);
        let wanted = |ty: &&JsonType| !(is_number && **ty == JsonType::Integer);
        return types.iter().filter(wanted).copied().collect();
    }
    // A list of schemas under `items`, with no type and no length, is as a rule no tuple, but what a value may be.
    let has_length = facts.limits.min_length.is_some() || facts.limits.max_length.is_some();
    let is_tuple = !facts.prefix.is_empty() && (has_length || !facts.lists_items);
    let of_array = !facts.items.is_empty() || is_tuple;
    match (facts.speaks_of_members(), of_array, facts.format) {
        (true, ..) => vec![JsonType::Object],
        (_, true, _) => vec![JsonType::Array],
        (_, _, Some(format)) => scalars::type_of_format(format).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn docs(parts: &Parts<'_>) -> String {
    parts.notes.docs.unwrap_or_default().to_owned()
}

/// How long an example may be.
const LONGEST_EXAMPLE: usize = 1000;

/// An example as JSON, where it fits the type.
fn example(node: &Node<'_>, ty: &SchemaType) -> Option<String> {
    use crate::document::json::Value;
    let fits = match (&node.value, ty) {
        (Value::Bool(_), SchemaType::Boolean)
        | (Value::Array(_), SchemaType::List(_) | SchemaType::Tuple(_))
        | (Value::Number(_), SchemaType::Float | SchemaType::Number)
        | (Value::String(_), SchemaType::Text | SchemaType::Bytes)
        | (Value::Object(_), SchemaType::Record(_) | SchemaType::Map(_))
        | (_, SchemaType::Any | SchemaType::Named(_) | SchemaType::Union(_)) => true,
        (Value::Number(text), SchemaType::Integer(_)) => text.parse::<i64>().is_ok(),
        (Value::String(text), SchemaType::Enum(listed)) => {
            listed.values.iter().any(|one| one.value == **text)
        }
        _ => false,
    };
    let text = node.to_string();
    (fits && text.len() <= LONGEST_EXAMPLE).then_some(text)
}

impl Union {
    /// A union of which it is not known yet what tells its values apart.
    pub(super) fn of(schemas: Vec<Schema>) -> Self {
        let alternative = |schema| crate::api::schema::Alternative {
            schema,
            ..Default::default()
        };
        Self {
            alternatives: schemas.into_iter().map(alternative).collect(),
            told_by: ToldBy::Kind,
        }
    }
}
