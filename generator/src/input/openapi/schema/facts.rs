//! The keywords of all schemas that hold at one place: its own, those of its `allOf`, those it refers to.

use std::collections::BTreeSet;

use super::{NodeId, Reading, Site, Target};
use crate::api::schema::Limits;
use crate::document::json::{Node, Value};

/// A schema that holds at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holding<'d> {
    pub(super) site: Site<'d>,
    /// Whether its `oneOf` and `anyOf` count. Not where they are what is distributed.
    pub(super) unions: bool,
}

impl<'d> From<Site<'d>> for Holding<'d> {
    fn from(site: Site<'d>) -> Self {
        Self { site, unions: true }
    }
}

/// A type of JSON (JSON Schema 2020-12, core, section 4.2.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum JsonType {
    Boolean,
    Integer,
    Number,
    Text,
    Array,
    Object,
}

/// What the schemas at one place say.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts<'d> {
    /// The types; nothing where none is said.
    pub(super) types: Option<BTreeSet<JsonType>>,
    pub(super) nullable: bool,
    /// The members in the order in which they are written, each with all that is said about it.
    pub(super) properties: Vec<(&'d str, Vec<Site<'d>>)>,
    pub(super) required: Vec<&'d str>,
    pub(super) additional: Additional<'d>,
    pub(super) patterns: Vec<Site<'d>>,
    pub(super) items: Vec<Site<'d>>,
    pub(super) prefix: Vec<Site<'d>>,
    /// Whether those of `prefix` stand under `items`, as in draft 4.
    pub(super) lists_items: bool,
    /// Whether there are no elements behind those of `prefix`.
    pub(super) is_closed: bool,
    pub(super) values: Option<Vec<&'d Node<'d>>>,
    /// The schema that lists the values, for their names.
    pub(super) lister: Option<Site<'d>>,
    pub(super) unions: Vec<Choices<'d>>,
    pub(super) format: Option<&'d str>,
    pub(super) limits: Limits,
    pub(super) notes: Annotations<'d>,
    /// The first keyword that says something about values which no type can say.
    pub(super) beyond: Option<&'d str>,
    /// What was merged, apart from what is written at the place itself.
    pub(super) merged: BTreeSet<NodeId>,
    /// Where a problem is, and what it is.
    pub(super) problems: Vec<(Site<'d>, String)>,
}

/// What is said about members that are not declared.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Additional<'d> {
    #[default]
    Unsaid,
    None,
    Any,
    Schema(Site<'d>),
}

/// The alternatives of a `oneOf` or `anyOf`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choices<'d> {
    pub(super) document: usize,
    /// The schema that has them.
    pub(super) owner: &'d Node<'d>,
    pub(super) list: &'d [Node<'d>],
}

/// What documents without making a type.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Annotations<'d> {
    pub(super) title: Option<&'d str>,
    pub(super) docs: Option<&'d str>,
    pub(super) deprecated: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) default: Option<&'d Node<'d>>,
    pub(super) example: Option<&'d Node<'d>>,
}

impl<'d> Annotations<'d> {
    /// What a schema says, where it was not said yet.
    pub(super) fn add(&mut self, node: &'d Node<'d>) {
        let says = |name: &str| node.get(name).is_some_and(Node::is_true);
        self.read_only |= says("readOnly");
        self.write_only |= says("writeOnly");
        self.add_prose(node);
    }

    /// What is said beside a reference that replaces everything (rule 15): prose helps readers nonetheless, but
    /// whether a member is sent is not changed by it.
    fn add_prose(&mut self, node: &'d Node<'d>) {
        let says = |name: &str| node.get(name).is_some_and(Node::is_true);
        let text = |name: &str| node.text_of(name).filter(|text| !text.trim().is_empty());
        self.title = self.title.or(text("title"));
        self.docs = self.docs.or(text("description"));
        self.deprecated |= says("deprecated");
        self.default = self.default.or(node.get("default"));
        let examples = node
            .get("examples")
            .and_then(|list| list.elements().first());
        self.example = self.example.or(node.get("example")).or(examples);
    }
}

/// What the schemas at a place come to, before any reference is followed.
pub(super) struct Parts<'d> {
    /// What they refer to.
    pub(super) targets: Vec<Target<'d>>,
    /// Those of them that say something about the type.
    pub(super) inline: Vec<Holding<'d>>,
    pub(super) notes: Annotations<'d>,
    pub(super) nullable: bool,
}

/// The keywords that make a type of their own beside a reference.
const STRUCTURAL: [&str; 9] = [
    "properties",
    "items",
    "prefixItems",
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "patternProperties",
    "additionalProperties",
];

impl<'d> Reading<'_, 'd> {
    /// Takes the schemas at a place apart: references, schemas with keywords of their own, annotations.
    pub(super) fn parts(&mut self, holdings: &[Holding<'d>]) -> Parts<'d> {
        let mut parts = Parts {
            targets: Vec::new(),
            inline: Vec::new(),
            notes: Annotations::default(),
            nullable: false,
        };
        let mut open: Vec<Holding<'d>> = holdings.iter().rev().copied().collect();
        while let Some(holding) = open.pop() {
            let Site { document, node } = holding.site;
            parts.nullable |= is_nullable(node);
            let reference = reference(node);
            if let Some(target) = reference.and_then(|text| self.target(document, text)) {
                // What is said twice is said once.
                let id = NodeId::of(target.site.node);
                if parts
                    .targets
                    .iter()
                    .all(|known| NodeId::of(known.site.node) != id)
                {
                    parts.targets.push(target);
                }
                if !self.references.siblings_count(document) {
                    parts.notes.add_prose(node);
                    continue;
                }
            }
            parts.notes.add(node);
            let members = node.get("allOf").map(Node::elements).unwrap_or_default();
            let members = members.iter().rev().map(|node| Holding {
                site: Site { document, node },
                ..holding
            });
            open.extend(members);
            let is_structural = STRUCTURAL.iter().any(|name| match (*name, node.get(name)) {
                (_, None) => false,
                ("oneOf" | "anyOf", _) => holding.unions,
                ("properties", Some(members)) => !members.members().is_empty(),
                ("additionalProperties", Some(rest)) => rest.value != Value::Bool(false),
                _ => true,
            });
            if is_structural
                || (reference.is_none() && node.get("allOf").is_none() && !says_nothing(node))
            {
                parts.inline.push(holding);
            }
        }
        let has_structure = |holding: &Holding<'_>| {
            STRUCTURAL
                .iter()
                .any(|name| holding.site.node.get(name).is_some())
        };
        // `type: object` or a limit beside a reference makes no type of its own.
        if !parts.targets.is_empty() {
            parts.inline.retain(has_structure);
        }
        parts
    }

    /// All that the schemas at a place say, and those that they refer to. What `roots` are is not asked for its
    /// alternatives where one of those is a root.
    pub(super) fn facts(&mut self, holdings: &[Holding<'d>]) -> Facts<'d> {
        let mut facts = Facts::default();
        let mut open: Vec<(Holding<'d>, bool)> = holdings
            .iter()
            .rev()
            .map(|holding| (*holding, false))
            .collect();
        let own: BTreeSet<NodeId> = holdings
            .iter()
            .map(|holding| NodeId::of(holding.site.node))
            .collect();
        let mut seen = BTreeSet::new();
        while let Some((holding, is_referred)) = open.pop() {
            let Site { document, node } = holding.site;
            if !seen.insert(NodeId::of(node)) {
                continue;
            }
            let follow = |node| {
                let site = Site { document, node };
                (Holding { site, ..holding }, is_referred)
            };
            let members = node.get("allOf").map(Node::elements).unwrap_or_default();
            open.extend(members.iter().rev().map(follow));
            let target = reference(node).and_then(|text| self.references.resolve(document, text));
            if let Some(target) = target {
                let site = target;
                facts.merged.insert(NodeId::of(site.node));
                open.push((Holding { site, ..holding }, true));
                facts.nullable |= is_nullable(node) && !is_referred;
                if !self.references.siblings_count(document) {
                    facts.notes.add_prose(node);
                    continue;
                }
            }
            if !is_referred {
                facts.notes.add(node);
                facts.nullable |= is_nullable(node);
            }
            self.keywords(holding, &mut facts);
            let lists = ["oneOf", "anyOf"]
                .into_iter()
                .filter_map(|name| node.get(name));
            for list in lists.filter(|_| holding.unions) {
                let choices = Choices {
                    document,
                    owner: node,
                    list: list.elements(),
                };
                let leads_back = is_referred && {
                    let mut targets = choices
                        .list
                        .iter()
                        .filter_map(|one| self.references.resolve(document, reference(one)?));
                    targets.any(|target| {
                        let id = NodeId::of(target.node);
                        own.contains(&id) || seen.contains(&id)
                    })
                };
                if !leads_back && !choices.list.is_empty() {
                    facts.unions.push(choices);
                }
            }
        }
        facts
    }

    /// Adds the keywords of one schema object.
    fn keywords(&mut self, holding: Holding<'d>, facts: &mut Facts<'d>) {
        let Site { document, node } = holding.site;
        let at = |node| Site { document, node };
        for member in node.members() {
            let value = &member.node;
            match &*member.name {
                "type" => facts.narrow(at(node), value),
                "properties" => self.properties(at(value), facts),
                "required" => {
                    let names = value.elements().iter().filter_map(Node::as_str);
                    for name in names {
                        if !facts.required.contains(&name) {
                            facts.required.push(name);
                        }
                    }
                }
                "additionalProperties" => {
                    facts.additional = additional(at(value), facts.additional);
                }
                "unevaluatedProperties" if value.is_object() && !value.members().is_empty() => {
                    facts.additional = additional(at(value), facts.additional);
                }
                "patternProperties" => {
                    facts
                        .patterns
                        .extend(value.members().iter().map(|one| at(&one.node)));
                }
                "items" if value.is_array() => {
                    facts.lists_items = true;
                    facts.prefix.extend(value.elements().iter().map(at));
                }
                "items" if value.is_object() => facts.items.push(at(value)),
                "items" | "additionalItems" if value.value == Value::Bool(false) => {
                    facts.is_closed = true;
                }
                "prefixItems" => facts.prefix.extend(value.elements().iter().map(at)),
                "enum" => facts.list(at(node), value.elements().iter()),
                "const" | "x-stainless-const" if !(value.is_true() && member.name != "const") => {
                    facts.list(at(node), std::iter::once(value));
                }
                "format" | "contentEncoding" => facts.format = facts.format.or(value.as_str()),
                "not"
                | "if"
                | "contains"
                | "dependentSchemas"
                | "dependentRequired"
                | "propertyNames"
                | "$dynamicAnchor"
                | "x-additionalPropertiesName" => {
                    facts.beyond = facts.beyond.or(Some(&member.name));
                }
                name => super::scalars::limit(&mut facts.limits, name, node, value),
            }
        }
    }

    fn properties(&mut self, mut properties: Site<'d>, facts: &mut Facts<'d>) {
        // A map of members that is a reference to one: a member called `$ref` has a schema.
        if let Some(text) = properties.node.text_of("$ref") {
            match self.references.resolve(properties.document, text) {
                Some(target) => properties = target,
                None => return,
            }
        }
        for member in properties.node.members() {
            let site = Site {
                document: properties.document,
                node: &member.node,
            };
            match &member.node.value {
                Value::Bool(false) => continue,
                Value::Bool(true) | Value::Object(_) | Value::Null => {}
                // Text of the object around it that slipped in.
                _ => {
                    let what = format!("`{}` is no schema but {}", member.name, member.node.kind());
                    facts.problems.push((site, what));
                    if member.node.as_str().is_some() {
                        continue;
                    }
                }
            }
            if member.node.get("required").is_some_and(Node::is_true) {
                facts.required.push(&member.name);
            }
            let known = facts
                .properties
                .iter_mut()
                .find(|(name, _)| *name == member.name);
            match known {
                Some((_, sites)) => sites.push(site),
                None => facts.properties.push((&member.name, vec![site])),
            }
        }
    }
}

/// The reference that a schema object is. `$dynamicRef` is taken for one to its anchor.
pub(super) fn reference<'d>(node: &'d Node<'d>) -> Option<&'d str> {
    node.text_of("$ref").or_else(|| node.text_of("$dynamicRef"))
}

/// Whether a schema has no keyword but annotations and `required`.
pub(super) fn says_nothing(node: &Node<'_>) -> bool {
    let annotations = [
        "title",
        "description",
        "required",
        "example",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "externalDocs",
        "xml",
        "$comment",
        "not",
    ];
    let quiet = |name: &str| annotations.contains(&name) || name.starts_with("x-");
    node.members().iter().all(|member| quiet(&member.name))
}

/// Whether a schema says by itself that `null` is one of its values.
pub(super) fn is_nullable(node: &Node<'_>) -> bool {
    let says = |name: &str| node.get(name).is_some_and(Node::is_true);
    let lists = |name: &str| {
        let list = node.get(name).map(Node::elements).unwrap_or_default();
        list.iter()
            .any(|one| one.is_null() || (name == "type" && one.as_str() == Some("null")))
    };
    says("nullable")
        || says("x-nullable")
        || says("x-isnullable")
        || lists("type")
        || lists("enum")
        || is_null(node)
}

/// Whether `null` is the only value of a schema.
pub(super) fn is_null(node: &Node<'_>) -> bool {
    let is_null_type = |value: &Node<'_>| {
        value.as_str() == Some("null")
            || matches!(value.elements(), [only] if only.as_str() == Some("null"))
    };
    node.get("type").is_some_and(is_null_type)
        || node.get("const").is_some_and(Node::is_null)
        || matches!(node.get("enum").map(Node::elements), Some([only]) if only.is_null())
}

fn additional<'d>(site: Site<'d>, before: Additional<'d>) -> Additional<'d> {
    match (&site.node.value, before) {
        (Value::Bool(false), Additional::Unsaid) => Additional::None,
        (Value::Object(members), _) if !members.is_empty() => Additional::Schema(site),
        (Value::Object(_) | Value::Bool(true), Additional::Unsaid | Additional::None) => {
            Additional::Any
        }
        (_, before) => before,
    }
}

impl<'d> Facts<'d> {
    /// Keeps the types that both this keyword and those before allow. Where there is none, the later counts.
    fn narrow(&mut self, site: Site<'d>, value: &'d Node<'d>) {
        let words = value.as_str().into_iter();
        let words = words.chain(value.elements().iter().filter_map(Node::as_str));
        let mut types = BTreeSet::new();
        for word in words {
            match JsonType::named(word) {
                Some(known) => types.extend(known.iter().copied()),
                None => self.problems.push((site, format!("`{word}` is no type"))),
            }
            if self.format.is_none() {
                self.format = implied_format(word);
            }
        }
        if types.is_empty() {
            return;
        }
        let Some(before) = self.types.take() else {
            self.types = Some(types);
            return;
        };
        let allows = |types: &BTreeSet<JsonType>, one: JsonType| {
            types.contains(&one) || (one == JsonType::Integer && types.contains(&JsonType::Number))
        };
        let both = before.union(&types).copied();
        let both: BTreeSet<JsonType> = both
            .filter(|one| allows(&before, *one) && allows(&types, *one))
            .collect();
        if both.is_empty() {
            self.problems.push((
                site,
                "a type that contradicts the one it is merged with".to_owned(),
            ));
            self.types = Some(types);
        } else {
            self.types = Some(both);
        }
    }

    /// Keeps the values that both this list and the one before have.
    fn list(&mut self, site: Site<'d>, values: impl Iterator<Item = &'d Node<'d>>) {
        let values: Vec<&Node<'_>> = values.filter(|value| !value.is_null()).collect();
        let both = match self.values.take() {
            None => values,
            Some(before) => {
                let both: Vec<&Node<'_>> = before
                    .iter()
                    .copied()
                    .filter(|value| values.iter().any(|other| other.value == value.value))
                    .collect();
                if both.is_empty() { values } else { both }
            }
        };
        self.lister = Some(site);
        self.values = Some(both);
    }

    /// Whether there is anything about the members of objects.
    pub(super) fn speaks_of_members(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.patterns.is_empty()
            || matches!(self.additional, Additional::Any | Additional::Schema(_))
    }
}

impl JsonType {
    /// The types of this name, also by names that are none but meant so.
    fn named(word: &str) -> Option<&'static [Self]> {
        Some(match word {
            "boolean" | "bool" => &[Self::Boolean],
            "integer" | "int" | "long" | "int32" | "int64" => &[Self::Integer],
            "number" | "float" | "double" | "decimal" => &[Self::Number],
            "string" | "text" | "date" | "datetime" | "date-time" | "uuid" | "file" => {
                &[Self::Text]
            }
            "array" | "list" => &[Self::Array],
            "object" | "map" => &[Self::Object],
            "null" | "any" => &[],
            _ => return None,
        })
    }
}

/// The format that a word has in it which is no type.
fn implied_format(word: &str) -> Option<&'static str> {
    Some(match word {
        "file" => "binary",
        "date" => "date",
        "datetime" | "date-time" => "date-time",
        "uuid" => "uuid",
        "decimal" => "decimal",
        "int32" => "int32",
        _ => return None,
    })
}
