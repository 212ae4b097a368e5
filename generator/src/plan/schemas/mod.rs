//! The types of named schemas: each has a module below `types`, shared by all operations.
//!
//! A schema is its name: that is what `letterpress.lock` knows it by. One that is used in requests and in replies is
//! two types where members are only for one of the two, as is one that holds such a schema. A schema that needs no
//! type of its own (a text, a list) is written out where it is used.

mod cycles;

use std::collections::{BTreeMap, BTreeSet};

use super::data::{self, Direction, Names, Root, Setting};
use super::types::{RESERVED_TYPES, SchemaModule};
use super::{Type, docs};
use crate::api::{Api, NamedSchema, Record, Schema, SchemaType};
use crate::document::place::PlacePath;
use crate::plan::names::{self, Ident};
use crate::plan::pins::{Kind, NameRequest, Registry};

/// The types of named schemas, as others mention them.
#[derive(Default)]
pub(super) struct NamedTypes {
    schemas: Vec<NamedSchema>,
    /// By the index of the schema and the way of its values.
    types: BTreeMap<(usize, Direction), Type>,
    cycles: cycles::Cycles,
}

/// How many named schemas without a type of their own may lead to each other.
const DEPTH: usize = 50;

impl NamedTypes {
    /// The type of a named schema. Anything, where nothing but references is in it.
    pub(super) fn get(&self, index: usize, direction: Direction) -> Type {
        let ty = self.types.get(&(index, direction));
        ty.cloned().unwrap_or(Type::Json)
    }

    /// Whether a mention of this type, inside of the schema `from`, closes a cycle that needs a box.
    pub(super) fn closes(&self, from: Option<usize>, ty: &SchemaType) -> bool {
        match (from, ty) {
            (Some(from), SchemaType::Named(to)) => self.cycles.boxed.contains(&(from, *to)),
            _ => false,
        }
    }

    /// Whether a required member of this type, inside of the schema `from`, has no end: no JSON can have it.
    pub(super) fn is_endless(&self, from: Option<usize>, ty: &SchemaType) -> bool {
        match (from, ty) {
            (Some(from), SchemaType::Named(to)) => self.cycles.endless.contains(&(from, *to)),
            _ => false,
        }
    }

    /// The record that a type is, where it is one.
    pub(super) fn record<'s>(&'s self, ty: &'s SchemaType) -> Option<&'s Record> {
        match self.end(ty) {
            SchemaType::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The values that are listed for a required member of an object.
    pub(super) fn listed_values(&self, object: &SchemaType, member: &str) -> Vec<String> {
        let members = self.record(object).map(|record| record.members.iter());
        let mut members = members.into_iter().flatten();
        let member = members.find(|one| one.required && one.name == member);
        match member.map(|one| self.end(&one.schema.ty)) {
            Some(SchemaType::Enum(listed)) => {
                listed.values.iter().map(|one| one.value.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The kind of JSON that values of a type are.
    pub(super) fn kind(&self, ty: &SchemaType) -> &'static str {
        match self.end(ty).kind() {
            "booleans" => "boolean",
            "numbers" => "number",
            "texts" => "string",
            "arrays" => "array",
            _ => "object",
        }
    }

    pub(super) fn end<'s>(&'s self, ty: &'s SchemaType) -> &'s SchemaType {
        match ty {
            SchemaType::Named(index) => self.schemas.get(*index).map_or(ty, |one| &one.schema.ty),
            ty => ty,
        }
    }
}

/// Plans the types of the named schemas that operations use.
pub(super) fn plan(
    api: &Api,
    keeps_unknown: bool,
    registry: &mut Registry<'_>,
) -> (NamedTypes, Vec<SchemaModule>) {
    let uses = uses(api);
    let differs = differing(api);
    let planned: Vec<Planned<'_>> = uses
        .iter()
        .filter_map(|(&index, directions)| {
            let schema = api.schemas.get(index)?;
            let forms = forms(directions, differs.contains(&index));
            Some(Planned {
                index,
                schema,
                forms,
            })
        })
        .collect();
    let (idents, homes) = name(&planned, registry);
    let mut named = NamedTypes {
        schemas: api.schemas.clone(),
        types: BTreeMap::new(),
        cycles: cycles::Cycles::of(&api.schemas),
    };
    let mut idents = idents.into_iter();
    let roots: Vec<Vec<Root<'_>>> = planned
        .iter()
        .map(|one| {
            let roots = one.forms.iter().map(|form| one.root(form, idents.next()));
            roots.collect()
        })
        .collect();
    for (one, roots) in planned.iter().zip(&roots) {
        for (form, root) in one.forms.iter().zip(roots) {
            if has_type(&one.schema.schema) {
                let ty = Type::Schema(None, root.name.clone());
                named.add(one.index, form, ty);
            }
        }
    }
    let collected: Vec<Names<'_>> = roots
        .iter()
        .map(|roots| {
            let reserved: Vec<&str> = roots
                .iter()
                .map(|root| root.name.as_str())
                .chain(RESERVED_TYPES.iter().copied())
                .collect();
            Names::of(roots, &reserved, registry)
        })
        .collect();
    // What is written out where it is used may mention others of that sort: they come one after the other.
    for _ in 0..DEPTH {
        let before = named.types.len();
        for (((one, roots), names), home) in planned.iter().zip(&roots).zip(&collected).zip(&homes)
        {
            let is_open = named
                .types
                .contains_key(&(one.index, one.forms[0].direction));
            if is_open || mentions(&one.schema.schema).any(|index| !named.knows(index)) {
                continue;
            }
            let setting = Setting {
                named: &named,
                home: Some(one.index),
                keeps_unknown,
            };
            let types = names.types(roots, setting);
            for (form, ty) in one.forms.iter().zip(types) {
                named.add(one.index, form, ty.seen_from_outside(home));
            }
        }
        if named.types.len() == before {
            break;
        }
    }
    let mut modules = Vec::new();
    for (((one, roots), names), ident) in planned.iter().zip(&roots).zip(&collected).zip(homes) {
        let setting = Setting {
            named: &named,
            home: Some(one.index),
            keeps_unknown,
        };
        let definitions = names.definitions(setting, registry);
        if definitions.is_empty() {
            continue;
        }
        let exports = roots.iter().filter(|_| has_type(&one.schema.schema));
        modules.push(SchemaModule {
            ident,
            exports: exports.map(|root| root.name.clone()).collect(),
            docs: format!("The schema {}.", docs::code(&one.schema.name)),
            definitions,
        });
    }
    (named, modules)
}

/// A named schema that is used.
struct Planned<'a> {
    index: usize,
    schema: &'a NamedSchema,
    forms: Vec<Form>,
}

/// A type of a named schema.
struct Form {
    /// Which values it is for; a type for both is that of a request, in which `null` is not the same as nothing.
    direction: Direction,
    is_for_both: bool,
    is_input: bool,
}

fn forms(directions: &BTreeSet<Direction>, differs: bool) -> Vec<Form> {
    let both = directions.len() == 2;
    let form = |direction| Form {
        direction,
        is_for_both: both && !differs,
        is_input: both && differs && direction == Direction::Request,
    };
    match (both, differs) {
        (true, true) => vec![form(Direction::Reply), form(Direction::Request)],
        (true, false) => vec![form(Direction::Request)],
        (false, _) => directions
            .iter()
            .map(|direction| form(*direction))
            .collect(),
    }
}

impl<'a> Planned<'a> {
    fn root(&self, form: &Form, ident: Option<Ident>) -> Root<'a> {
        Root {
            place: self.place(form),
            name: ident.unwrap_or_else(|| names::fixed("Value")),
            docs: String::new(),
            schema_name: Some(&self.schema.name),
            schema: &self.schema.schema,
            direction: form.direction,
        }
    }

    fn place(&self, form: &Form) -> PlacePath {
        let place = PlacePath::root(self.schema.name.as_str());
        if form.is_input {
            place.below(":input")
        } else {
            place
        }
    }
}

impl NamedTypes {
    fn add(&mut self, index: usize, form: &Form, ty: Type) {
        if form.is_for_both {
            self.types.insert((index, Direction::Reply), ty.clone());
        }
        self.types.insert((index, form.direction), ty);
    }

    fn knows(&self, index: usize) -> bool {
        let directions = [Direction::Request, Direction::Reply];
        directions
            .iter()
            .any(|one| self.types.contains_key(&(index, *one)))
    }
}

/// Names all types, and the modules that they are in.
fn name(planned: &[Planned<'_>], registry: &mut Registry<'_>) -> (Vec<Ident>, Vec<Ident>) {
    let forms = planned
        .iter()
        .flat_map(|one| one.forms.iter().map(move |form| (one, form)));
    let wishes: Vec<NameRequest> = forms
        .map(|(one, form)| {
            let name = &one.schema.name;
            let plain = names::type_name(name).unwrap_or_else(|| names::fixed("Value"));
            let schema = names::joined(&[name, "schema"], names::type_name);
            let input = names::joined(&[name, "input"], names::type_name);
            let is_free = |ident: &Ident| !RESERVED_TYPES.contains(&ident.as_str());
            let first = if form.is_input {
                input
            } else {
                Some(plain).filter(is_free)
            };
            NameRequest {
                place: one.place(form),
                candidates: first.into_iter().chain(schema).collect(),
                is_chosen: false,
            }
        })
        .collect();
    let idents = registry.distinct(Kind::Type, &wishes, RESERVED_TYPES);
    let mut all = idents.iter();
    let homes: Vec<Vec<Ident>> = planned
        .iter()
        .map(|one| {
            let mut own = all.by_ref().take(one.forms.len());
            let first = own.next().map(Ident::as_str).unwrap_or_default();
            own.for_each(drop);
            vec![names::module(first).unwrap_or_else(|| names::fixed("value"))]
        })
        .collect();
    (idents, names::distinct(&homes, &["mod"]))
}

/// Whether a schema is a type of its own.
fn has_type(schema: &Schema) -> bool {
    matches!(
        schema.ty,
        SchemaType::Record(_) | SchemaType::Union(_) | SchemaType::Enum(_)
    )
}

/// The named schemas that a schema mentions, without a look into those.
fn mentions(schema: &Schema) -> impl Iterator<Item = usize> {
    let mut found = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        match &schema.ty {
            SchemaType::Named(index) => found.push(*index),
            _ => open.extend(parts(schema, None)),
        }
    }
    found.into_iter()
}

/// The schemas that a schema is made of; of a record the members that values of a direction have.
fn parts(schema: &Schema, direction: Option<Direction>) -> Vec<&Schema> {
    match &schema.ty {
        SchemaType::List(inner) | SchemaType::Map(inner) => vec![inner],
        SchemaType::Tuple(elements) => elements.iter().collect(),
        SchemaType::Union(union) => union.alternatives.iter().map(|one| &one.schema).collect(),
        SchemaType::Record(record) => {
            let members: Vec<&Schema> = match direction {
                Some(direction) => data::members(record, direction)
                    .map(|one| &one.schema)
                    .collect(),
                None => record.members.iter().map(|one| &one.schema).collect(),
            };
            members.into_iter().chain(record.extra.as_deref()).collect()
        }
        _ => Vec::new(),
    }
}

/// The named schemas that operations use, and which way their values go.
fn uses(api: &Api) -> BTreeMap<usize, BTreeSet<Direction>> {
    let mut open: Vec<(&Schema, Direction)> = Vec::new();
    for operation in &api.operations {
        let inputs = operation.inputs().map(|(_, input, _)| &input.schema);
        open.extend(inputs.map(|schema| (schema, Direction::Request)));
        let replies = operation
            .responses
            .iter()
            .filter_map(|one| one.schema.as_deref());
        open.extend(replies.map(|schema| (schema, Direction::Reply)));
    }
    let mut uses: BTreeMap<usize, BTreeSet<Direction>> = BTreeMap::new();
    while let Some((schema, direction)) = open.pop() {
        let SchemaType::Named(index) = schema.ty else {
            let parts = parts(schema, Some(direction)).into_iter();
            open.extend(parts.map(|one| (one, direction)));
            continue;
        };
        let is_new = uses.entry(index).or_default().insert(direction);
        if let (true, Some(named)) = (is_new, api.schemas.get(index)) {
            open.push((&named.schema, direction));
        }
    }
    uses
}

/// The schemas that have members which are only for requests or only for replies, in them or in what they mention.
fn differing(api: &Api) -> BTreeSet<usize> {
    let mut users: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut open = Vec::new();
    for (index, named) in api.schemas.iter().enumerate() {
        for used in mentions(&named.schema) {
            users.entry(used).or_default().push(index);
        }
        if has_own_difference(&named.schema) {
            open.push(index);
        }
    }
    let mut differing = BTreeSet::new();
    while let Some(index) = open.pop() {
        if differing.insert(index) {
            open.extend(users.get(&index).into_iter().flatten());
        }
    }
    differing
}

fn has_own_difference(schema: &Schema) -> bool {
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if let SchemaType::Record(record) = &schema.ty {
            if record
                .members
                .iter()
                .any(|one| one.read_only || one.write_only)
            {
                return true;
            }
        }
        open.extend(parts(schema, None));
    }
    false
}
