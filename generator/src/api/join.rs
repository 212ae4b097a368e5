//! The type of values that two schemas describe together.

use std::collections::BTreeMap;

use super::{Alternative, Enum, Member, Record, Schema, SchemaType, ToldBy, Union};

impl Schema {
    /// The schema of values that fit one of two schemas. What is said about the first comes before what is
    /// said about the second.
    #[must_use]
    pub fn join(self, other: Schema) -> Schema {
        let mut reasons = self.reasons;
        for reason in other.reasons {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        Schema {
            at: self.at.or(other.at),
            nullable: self.nullable || other.nullable,
            docs: if self.docs.is_empty() {
                other.docs
            } else {
                self.docs
            },
            deprecated: self.deprecated && other.deprecated,
            format: self.format.filter(|format| Some(*format) == other.format),
            limits: self
                .limits
                .filter(|limits| Some(limits) == other.limits.as_ref()),
            default: self
                .default
                .filter(|default| Some(default) == other.default.as_ref()),
            example: self.example.or(other.example),
            rename: self.rename.or(other.rename),
            ty: self.ty.join(other.ty),
            reasons,
        }
    }
}

impl SchemaType {
    fn join(self, other: SchemaType) -> SchemaType {
        if self == other {
            return self;
        }
        if self == SchemaType::Any || other == SchemaType::Any {
            return SchemaType::Any;
        }
        // One alternative for each kind of JSON, in a fixed order.
        let mut kinds: BTreeMap<usize, Schema> = BTreeMap::new();
        for ty in self.alternatives().into_iter().chain(other.alternatives()) {
            let joined = match kinds.remove(&ty.ty.rank()) {
                Some(known) => Schema {
                    ty: known.ty.clone().join_same(ty.ty.clone()),
                    ..known.join(Schema {
                        ty: SchemaType::Any,
                        ..ty
                    })
                },
                None => ty,
            };
            kinds.insert(joined.ty.rank(), joined);
        }
        let mut all: Vec<Schema> = kinds.into_values().collect();
        if all.len() == 1 {
            return all.remove(0).ty;
        }
        SchemaType::Union(Union {
            alternatives: all.into_iter().map(Alternative::from).collect(),
            told_by: ToldBy::Kind,
        })
    }

    /// The types that values may have, where there are several by their kind of JSON.
    fn alternatives(self) -> Vec<Schema> {
        match self {
            SchemaType::Union(Union {
                alternatives,
                told_by: ToldBy::Kind,
            }) => alternatives.into_iter().map(|one| one.schema).collect(),
            ty => vec![ty.into()],
        }
    }

    /// A number for the kind of JSON.
    fn rank(&self) -> usize {
        let kinds = ["booleans", "numbers", "texts", "arrays", "objects"];
        let known = kinds.iter().position(|kind| *kind == self.kind());
        known.unwrap_or(kinds.len())
    }

    /// The type of values of two types of one kind of JSON.
    fn join_same(self, other: SchemaType) -> SchemaType {
        match (self, other) {
            (one, two) if one == two => one,
            (SchemaType::Number, _) | (_, SchemaType::Number) => SchemaType::Number,
            (SchemaType::Integer(one), SchemaType::Integer(two)) => {
                SchemaType::Integer(one.max(two))
            }
            (SchemaType::Float, _) | (_, SchemaType::Float) => SchemaType::Float,
            (SchemaType::Enum(one), SchemaType::Enum(two)) if one.kind == two.kind => {
                SchemaType::Enum(join_enums(one, two))
            }
            (SchemaType::List(one), SchemaType::List(two)) => {
                SchemaType::List(Box::new(one.join(*two)))
            }
            (SchemaType::Record(one), SchemaType::Record(two)) => {
                SchemaType::Record(join_records(one, two))
            }
            (SchemaType::Map(one), SchemaType::Map(two)) => {
                SchemaType::Map(Box::new(one.join(*two)))
            }
            (SchemaType::Map(value), SchemaType::Record(record))
            | (SchemaType::Record(record), SchemaType::Map(value)) => {
                SchemaType::Map(Box::new(value.join(record.values())))
            }
            (one, _) if one.kind() == "texts" => SchemaType::Text,
            _ => SchemaType::Any,
        }
    }
}

impl Record {
    /// What all members are, where their names are data.
    #[must_use]
    pub fn values(self) -> Schema {
        let mut members = self.members.into_iter().map(|mut member| {
            member.schema.leave_record(0);
            member.schema
        });
        let first = members.next().unwrap_or_default();
        members
            .chain(self.extra.map(|extra| *extra))
            .fold(first, Schema::join)
    }
}

impl Schema {
    /// Makes the schema that of a value outside of the record that held it, `depth` records out.
    fn leave_record(&mut self, depth: usize) {
        match &mut self.ty {
            SchemaType::Recursive(levels) if *levels == depth => self.ty = SchemaType::Any,
            SchemaType::Recursive(levels) if *levels > depth => *levels -= 1,
            SchemaType::List(inner) | SchemaType::Map(inner) => inner.leave_record(depth),
            SchemaType::Tuple(all) => all.iter_mut().for_each(|one| one.leave_record(depth)),
            SchemaType::Record(record) => {
                let members = record.members.iter_mut().map(|member| &mut member.schema);
                let all = members.chain(record.extra.as_deref_mut());
                all.for_each(|schema| schema.leave_record(depth + 1));
            }
            SchemaType::Union(union) => {
                let all = union.alternatives.iter_mut();
                all.for_each(|one| one.schema.leave_record(depth));
            }
            _ => {}
        }
    }
}

fn join_enums(mut one: Enum, two: Enum) -> Enum {
    for choice in two.values {
        if one.values.iter().all(|known| known.value != choice.value) {
            one.values.push(choice);
        }
    }
    one
}

/// A member that one of the two does not have can be left out.
fn join_records(one: Record, two: Record) -> Record {
    let mut rest = two.members;
    let mut members: Vec<Member> = Vec::new();
    for member in one.members {
        let same = rest.iter().position(|other| other.name == member.name);
        members.push(match same.map(|index| rest.remove(index)) {
            Some(other) => Member {
                required: member.required && other.required,
                read_only: member.read_only && other.read_only,
                write_only: member.write_only && other.write_only,
                schema: member.schema.join(other.schema),
                name: member.name,
            },
            None => Member {
                required: false,
                ..member
            },
        });
    }
    members.extend(rest.into_iter().map(|member| Member {
        required: false,
        ..member
    }));
    let extra = match (one.extra, two.extra) {
        (Some(one), Some(two)) => Some(Box::new(one.join(*two))),
        (extra, None) | (None, extra) => extra,
    };
    Record { members, extra }
}
