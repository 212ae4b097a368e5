//! Unions, when all that they refer to is known: alternatives that no value can tell apart become one, and what tells
//! the others apart is found.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::schema::{
    Alternative, Choice, Enum, EnumKind, IntegerWidth, NamedSchema, Record, Schema, SchemaType,
    ToldBy, Union,
};

/// Finishes a schema and all in it.
pub(super) fn settle(named: &[NamedSchema], schema: &mut Schema) {
    let settler = Settler { named };
    settler.schema(schema);
}

struct Settler<'n> {
    named: &'n [NamedSchema],
}

/// A kind of JSON value that a union tells by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

impl Settler<'_> {
    fn schema(&self, schema: &mut Schema) {
        match &mut schema.ty {
            SchemaType::List(inner) | SchemaType::Map(inner) => self.schema(inner),
            SchemaType::Tuple(elements) => elements.iter_mut().for_each(|one| self.schema(one)),
            SchemaType::Record(record) => {
                let members = record.members.iter_mut().map(|member| &mut member.schema);
                members
                    .chain(record.extra.as_deref_mut())
                    .for_each(|one| self.schema(one));
            }
            SchemaType::Union(_) => self.union(schema),
            SchemaType::Named(_) => self.named(schema),
            _ => {}
        }
    }

    /// A reference to a reference is one to its end; where the end may be null, so may this.
    fn named(&self, schema: &mut Schema) {
        let mut seen = BTreeSet::new();
        while let SchemaType::Named(index) = schema.ty {
            let Some(target) = self.named.get(index).filter(|_| seen.insert(index)) else {
                // A circle of references without an end.
                schema.ty = SchemaType::Any;
                return;
            };
            schema.nullable |= target.schema.nullable;
            schema.deprecated |= target.schema.deprecated;
            match target.schema.ty {
                SchemaType::Named(_) => schema.ty = target.schema.ty.clone(),
                _ => return,
            }
        }
    }

    fn union(&self, schema: &mut Schema) {
        let SchemaType::Union(mut union) = std::mem::take(&mut schema.ty) else {
            return;
        };
        let has_tag = matches!(union.told_by, ToldBy::Tag(_));
        for alternative in &mut union.alternatives {
            self.schema(&mut alternative.schema);
            schema.nullable |= std::mem::take(&mut alternative.schema.nullable);
        }
        let mut flat = Vec::new();
        for alternative in union.alternatives {
            self.flatten(alternative, has_tag, &mut BTreeSet::new(), &mut flat);
        }
        if flat.iter().any(|one| one.schema.ty == SchemaType::Any) {
            return;
        }
        let mut groups: BTreeMap<Kind, Vec<Alternative>> = BTreeMap::new();
        let mut order = Vec::new();
        for alternative in flat {
            let kind = self.kind(&alternative.schema.ty);
            let group = groups.entry(kind).or_default();
            if group.is_empty() {
                order.push(kind);
            }
            if !group
                .iter()
                .any(|one| one.schema.ty == alternative.schema.ty)
            {
                group.push(alternative);
            }
        }
        let objects = groups
            .get(&Kind::Object)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let told_by = match (objects.len(), union.told_by) {
            // Others may follow a single one that has a tag.
            (1.., ToldBy::Tag(tag)) => ToldBy::Tag(tag),
            (0 | 1, _) => ToldBy::Kind,
            _ => self.tag(objects).map_or(ToldBy::Members, ToldBy::Tag),
        };
        if let (ToldBy::Tag(tag), Some(objects)) = (&told_by, groups.get_mut(&Kind::Object)) {
            let mut taken = BTreeSet::new();
            for alternative in objects {
                if alternative.tags.is_empty() {
                    alternative.tags = self.constants(&alternative.schema.ty, tag);
                }
                alternative.tags.retain(|tag| taken.insert(tag.clone()));
            }
        }
        let mut alternatives = Vec::new();
        for kind in order {
            let group = groups.remove(&kind).unwrap_or_default();
            match kind {
                Kind::Object => alternatives.extend(group),
                _ => alternatives.extend(self.one(kind, group)),
            }
        }
        schema.ty = match alternatives.as_mut_slice() {
            [only] if told_by == ToldBy::Kind => {
                schema.nullable |= only.schema.nullable;
                schema.format = schema.format.or(only.schema.format);
                std::mem::take(&mut only.schema.ty)
            }
            _ => SchemaType::Union(Union {
                alternatives,
                told_by,
            }),
        };
    }

    /// Adds an alternative; one that is a union adds those of that, unless a tag tells it.
    fn flatten(
        &self,
        alternative: Alternative,
        has_tag: bool,
        seen: &mut BTreeSet<usize>,
        flat: &mut Vec<Alternative>,
    ) {
        let named = match &alternative.schema.ty {
            SchemaType::Named(index) => Some(*index),
            _ => None,
        };
        let SchemaType::Union(inner) = self.end(&alternative.schema.ty) else {
            flat.push(alternative);
            return;
        };
        if named.is_some_and(|index| !seen.insert(index)) {
            return;
        }
        let is_object = inner
            .alternatives
            .iter()
            .all(|one| self.kind(&one.schema.ty) == Kind::Object);
        if has_tag && is_object {
            flat.push(alternative);
            return;
        }
        for one in inner.alternatives.clone() {
            self.flatten(one, has_tag, seen, flat);
        }
    }

    fn kind(&self, ty: &SchemaType) -> Kind {
        match ty {
            SchemaType::Boolean => Kind::Boolean,
            SchemaType::Integer(_) | SchemaType::Float | SchemaType::Number => Kind::Number,
            SchemaType::Enum(listed) if listed.kind == EnumKind::Integer => Kind::Number,
            SchemaType::Text | SchemaType::Bytes | SchemaType::Enum(_) => Kind::Text,
            SchemaType::List(_) | SchemaType::Tuple(_) => Kind::Array,
            SchemaType::Named(index) => match self.named.get(*index).map(|one| &one.schema.ty) {
                None | Some(SchemaType::Named(_)) => Kind::Object,
                Some(ty) => self.kind(ty),
            },
            SchemaType::Any
            | SchemaType::Map(_)
            | SchemaType::Record(_)
            | SchemaType::Union(_)
            | SchemaType::Recursive(_) => Kind::Object,
        }
    }

    /// One alternative for all of a kind that values do not tell apart.
    fn one(&self, kind: Kind, mut group: Vec<Alternative>) -> Option<Alternative> {
        if group.len() < 2 {
            return group.pop();
        }
        let types: Vec<&SchemaType> = group.iter().map(|one| self.end(&one.schema.ty)).collect();
        let ty = match kind {
            Kind::Boolean => SchemaType::Boolean,
            Kind::Number => number(&types),
            Kind::Text => text(&group, &types),
            Kind::Array => self.array(&types),
            Kind::Object => return None,
        };
        Some(Alternative {
            schema: Schema {
                ty,
                ..Schema::default()
            },
            ..Alternative::default()
        })
    }

    /// The type that a reference leads to.
    fn end<'s>(&'s self, ty: &'s SchemaType) -> &'s SchemaType {
        match ty {
            SchemaType::Named(index) => self.named.get(*index).map_or(ty, |one| &one.schema.ty),
            ty => ty,
        }
    }

    /// An array of what the elements of any of these may be.
    fn array(&self, types: &[&SchemaType]) -> SchemaType {
        let elements = types.iter().flat_map(|ty| match ty {
            SchemaType::List(element) => vec![(**element).clone()],
            SchemaType::Tuple(elements) => elements.clone(),
            _ => vec![Schema::default()],
        });
        let mut element = Schema {
            ty: SchemaType::Union(Union::of(elements.collect())),
            ..Schema::default()
        };
        self.union(&mut element);
        SchemaType::List(Box::new(element))
    }

    /// The member that all of these require, each with values of its own.
    fn tag(&self, objects: &[Alternative]) -> Option<String> {
        let first = self.record(&objects.first()?.schema.ty)?;
        let mut names = first.members.iter().map(|member| &member.name);
        let is_tag = |name: &&String| {
            let mut all = BTreeSet::new();
            let mut own = objects
                .iter()
                .map(|one| self.constants(&one.schema.ty, name));
            own.all(|own| !own.is_empty() && own.into_iter().all(|value| all.insert(value)))
        };
        names.find(is_tag).cloned()
    }

    fn record<'s>(&'s self, ty: &'s SchemaType) -> Option<&'s Record> {
        match self.end(ty) {
            SchemaType::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The values that a required member of an object is listed to have.
    fn constants(&self, ty: &SchemaType, name: &str) -> Vec<String> {
        let members = self.record(ty).map(|record| record.members.iter());
        let member = members.and_then(|mut members| members.find(|member| member.name == name));
        match member
            .filter(|member| member.required)
            .map(|member| self.end(&member.schema.ty))
        {
            Some(SchemaType::Enum(listed)) => {
                listed.values.iter().map(|one| one.value.clone()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The widest of several types of numbers.
fn number(types: &[&SchemaType]) -> SchemaType {
    if types.iter().any(|ty| **ty == SchemaType::Number) {
        return SchemaType::Number;
    }
    if types.iter().any(|ty| **ty == SchemaType::Float) {
        return SchemaType::Float;
    }
    if types.iter().all(|ty| matches!(ty, SchemaType::Enum(_))) {
        return SchemaType::Enum(merged(types.iter().copied(), EnumKind::Integer));
    }
    SchemaType::Integer(IntegerWidth::I64)
}

/// Listed texts stay listed beside any text: the list is open.
fn text(group: &[Alternative], types: &[&SchemaType]) -> SchemaType {
    let documented: Vec<SchemaType> = group
        .iter()
        .zip(types)
        .map(|(alternative, ty)| {
            let mut ty = (*ty).clone();
            if let SchemaType::Enum(listed) = &mut ty {
                if let [only] = listed.values.as_mut_slice() {
                    if only.docs.is_empty() {
                        only.docs.clone_from(&alternative.schema.docs);
                    }
                }
            }
            ty
        })
        .collect();
    let listed = merged(documented.iter(), EnumKind::Text);
    if listed.values.is_empty() {
        SchemaType::Text
    } else {
        SchemaType::Enum(listed)
    }
}

/// The values of all lists, each once.
fn merged<'t>(types: impl Iterator<Item = &'t SchemaType>, kind: EnumKind) -> Enum {
    let mut values: Vec<Choice> = Vec::new();
    for ty in types {
        let SchemaType::Enum(listed) = ty else {
            continue;
        };
        for choice in &listed.values {
            if !values.iter().any(|known| known.value == choice.value) {
                values.push(choice.clone());
            }
        }
    }
    Enum { kind, values }
}
