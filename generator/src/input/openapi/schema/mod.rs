//! Schema objects of `OpenAPI` 2.0 to 3.2 become types of the API.
//!
//! What a document gives a name stays a named type: a reference never becomes a copy of its target. So cycles of
//! references need no care, but where schemas are merged (`allOf`): there each target is merged once.
//!
//! - `facts` collects the keywords of the schemas that hold at one place.
//! - `types` concludes a type from them.
//! - `settle` finishes unions, when all that they refer to is known.

mod enums;
mod facts;
mod scalars;
mod settle;
mod types;
mod unions;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::schema::{NamedSchema, Schema, SchemaType, Union};
use crate::document::encode;
use crate::document::json::Node;
use crate::document::report::Place;

/// A schema object in one of the documents.
#[derive(Clone, Copy, Debug)]
pub struct Site<'d> {
    /// The document: an index that [`References`] knows.
    pub document: usize,
    /// The schema object, or what stands in its place.
    pub node: &'d Node<'d>,
}

/// A schema that others refer to.
#[derive(Clone, Debug)]
pub struct Target<'d> {
    /// The schema object.
    pub site: Site<'d>,
    /// What it is called: the name of the component, or the words of its place.
    pub name: String,
}

/// How references are followed. What leads nowhere is reported there.
pub trait References<'d> {
    /// What a reference in a document leads to; not further, where that is a reference.
    fn resolve(&mut self, document: usize, reference: &'d str) -> Option<Site<'d>>;

    /// The schema of that name among the components (definitions, in 2.0) of the entry document.
    fn component(&mut self, name: &str) -> Option<Site<'d>>;

    /// The path of a document.
    fn path(&self, document: usize) -> &str;

    /// Whether keywords beside `$ref` count in this document: from 3.1 on.
    fn siblings_count(&self, document: usize) -> bool;

    /// The place of a node.
    fn place(&self, site: Site<'d>) -> Place;
}

/// Something that a schema says and that does not reach the client, or not as it is written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Remark {
    /// Where it stands.
    pub at: Place,
    /// What it is and what becomes of it, as a phrase.
    pub text: String,
}

/// The schemas that have a name, and what was found out on the way to their types.
#[derive(Debug, Default)]
pub struct Schemas<'d> {
    named: Vec<NamedSchema>,
    /// Where each named schema is.
    sites: Vec<Site<'d>>,
    by_node: BTreeMap<NodeId, usize>,
    names: BTreeSet<String>,
    /// How many of the named schemas are read.
    read: usize,
    /// The schemas that have the schema of a node among their `allOf`, in document order.
    children: BTreeMap<NodeId, Vec<Target<'d>>>,
    /// The merges that are under way, each by what is merged.
    merging: Vec<BTreeSet<NodeId>>,
    remarks: Vec<Remark>,
}

/// Schemas as they are read.
struct Reading<'s, 'd> {
    state: &'s mut Schemas<'d>,
    references: &'s mut dyn References<'d>,
}

/// A node by its address: trees stay where they are while they are read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct NodeId(usize);

impl NodeId {
    fn of(node: &Node<'_>) -> Self {
        Self(std::ptr::from_ref(node).addr())
    }
}

/// How deep merged schemas nest before what is deeper is any JSON.
const DEPTH: usize = 100;

impl<'d> Schemas<'d> {
    /// The schemas that the components name, in document order.
    pub fn of_components(references: &mut dyn References<'d>, components: Vec<Target<'d>>) -> Self {
        let mut state = Self::default();
        let mut reading = Reading {
            state: &mut state,
            references,
        };
        for component in &components {
            reading.adopt(component);
        }
        for component in components {
            reading.register(component);
        }
        reading.named();
        state
    }

    /// The type that a schema describes.
    pub fn read(&mut self, references: &mut dyn References<'d>, site: Site<'d>) -> Schema {
        let mut reading = Reading {
            state: self,
            references,
        };
        let mut schema = reading.schema(&[site.into()]);
        reading.named();
        settle::settle(&self.named, &mut schema);
        schema
    }

    /// The type of what any of these describes.
    #[must_use]
    pub fn any_of(&self, all: Vec<Schema>) -> SchemaType {
        let mut union = Union::of(all);
        for alternative in &mut union.alternatives {
            if let SchemaType::Named(index) = alternative.schema.ty {
                alternative.name = self.named.get(index).map(|named| named.name.clone());
            }
        }
        let mut schema = Schema::from(SchemaType::Union(union));
        settle::settle(&self.named, &mut schema);
        schema.ty
    }

    /// The named schemas that are known by now.
    #[must_use]
    pub fn named(&self) -> &[NamedSchema] {
        &self.named
    }

    /// All named schemas, and what there is to say about all that was read.
    #[must_use]
    pub fn finish(mut self) -> (Vec<NamedSchema>, Vec<Remark>) {
        self.remarks.sort();
        self.remarks.dedup();
        (self.named, self.remarks)
    }
}

impl<'d> Reading<'_, 'd> {
    /// Reads the named schemas that are not read yet, and those that they refer to.
    fn named(&mut self) {
        let before = self.state.read;
        while let Some(site) = self.state.sites.get(self.state.read).copied() {
            let own = self.schema(&[site.into()]);
            let schema = self.family(site, own);
            if let Some(named) = self.state.named.get_mut(self.state.read) {
                named.schema = schema;
            }
            self.state.read += 1;
        }
        let Some(unsettled) = self.state.named.get(before..).map(<[_]>::to_vec) else {
            return;
        };
        for (index, mut named) in (before..).zip(unsettled) {
            settle::settle(&self.state.named, &mut named.schema);
            self.state.named[index] = named;
        }
    }

    /// Remembers a schema with those that it adds to.
    fn adopt(&mut self, child: &Target<'d>) {
        let Site { document, node } = child.site;
        let members = node.get("allOf").map(Node::elements).unwrap_or_default();
        for text in members.iter().filter_map(|member| member.text_of("$ref")) {
            if let Some(parent) = self.references.resolve(document, text) {
                let children = self.state.children.entry(NodeId::of(parent.node));
                children.or_default().push(child.clone());
            }
        }
    }

    /// What a reference leads to, with a name.
    fn target(&mut self, document: usize, reference: &'d str) -> Option<Target<'d>> {
        let site = self.references.resolve(document, reference)?;
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let name = match name_of(fragment) {
            words if !words.is_empty() => words,
            _ if file.is_empty() => stem(self.references.path(document)),
            _ => stem(file),
        };
        Some(Target { site, name })
    }

    /// The index of what a reference leads to.
    fn register(&mut self, target: Target<'d>) -> usize {
        let next = self.state.named.len();
        let id = NodeId::of(target.site.node);
        if let Some(&known) = self.state.by_node.get(&id) {
            return known;
        }
        self.state.by_node.insert(id, next);
        let name = self.free_name(target.name, target.site);
        self.state.sites.push(target.site);
        self.state.named.push(NamedSchema {
            name,
            schema: Schema::default(),
        });
        next
    }

    /// A name of its own: where another schema has it, that of the file comes first.
    fn free_name(&mut self, plain: String, site: Site<'d>) -> String {
        let with_file = format!("{} {plain}", stem(self.references.path(site.document)));
        let numbered = (2..).map(|number| format!("{with_file} {number}"));
        let names = &self.state.names;
        let mut candidates = [plain, with_file.clone()].into_iter().chain(numbered);
        let name = candidates
            .find(|name| !names.contains(name))
            .unwrap_or_default();
        self.state.names.insert(name.clone());
        name
    }

    fn remark(&mut self, site: Site<'d>, text: impl Into<String>) {
        self.state.remarks.push(Remark {
            at: self.references.place(site),
            text: text.into(),
        });
    }
}

/// The name of a component; of any other place its words.
fn name_of(pointer: &str) -> String {
    let decoded = encode::decoded(pointer);
    let words = decoded.trim_start_matches('/').split('/');
    let words: Vec<String> = words
        .map(|word| word.replace("~1", "/").replace("~0", "~"))
        .collect();
    let known = ["components", "schemas", "definitions", "$defs"];
    let is_kept = |word: &&String| !known.contains(&word.as_str());
    let first = words
        .iter()
        .position(|word| is_kept(&word))
        .unwrap_or(words.len());
    words.get(first..).unwrap_or_default().join(" ")
}

/// The name of a file without its folders and its ending.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests;
