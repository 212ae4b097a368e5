//! `oneOf`, `anyOf`, and schemas that others add to.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Choices, Facts, Holding, is_null, reference, says_nothing};
use super::{NodeId, Reading, Site, Target};
use crate::api::schema::{Alternative, Reason, Schema, SchemaType, ToldBy, Union};
use crate::document::json::{Node, Value};

impl<'d> Reading<'_, 'd> {
    /// The type of a place with alternatives, and whether `null` is one of them.
    pub(super) fn union(
        &mut self,
        holdings: &[Holding<'d>],
        facts: &Facts<'d>,
    ) -> (SchemaType, bool) {
        let Some(choices) = facts.unions.first().copied() else {
            return (SchemaType::Any, false);
        };
        // What holds for all alternatives.
        let common: Vec<Holding<'d>> = holdings
            .iter()
            .map(|holding| Holding {
                unions: false,
                ..*holding
            })
            .collect();
        let has_common = facts.speaks_of_members();
        let mut nullable = false;
        let mut members = Vec::new();
        let mut seen = BTreeSet::new();
        for node in choices.list {
            let site = Site {
                document: choices.document,
                node,
            };
            let target = self.alternative(site);
            let what = target.as_ref().map_or(node, |target| target.site.node);
            if is_null(node) {
                nullable = true;
            } else if says_nothing(node) && !node.members().is_empty() {
                nullable |= node.get("nullable").is_some_and(Node::is_true);
            } else if node.value != Value::Bool(false) && seen.insert(NodeId::of(what)) {
                members.push((site, target));
            }
        }
        let mut alternatives = Vec::new();
        for (site, target) in members {
            let is_merged = has_common && !self.is_within(&facts.merged, choices, target.as_ref());
            let schema = if is_merged {
                let mut all = common.clone();
                all.push(site.into());
                Schema {
                    nullable: false,
                    ..self.schema(&all)
                }
            } else {
                self.schema(&[site.into()])
            };
            alternatives.push(Alternative {
                name: target
                    .as_ref()
                    .map(|target| target.name.clone())
                    .or_else(|| title(site.node)),
                tags: self.tags(choices, site, target.as_ref()),
                schema,
            });
        }
        if alternatives.is_empty() {
            let ty = if has_common {
                self.schema(&common).ty
            } else {
                SchemaType::Any
            };
            return (ty, nullable);
        }
        let told_by = match discriminator(choices.owner) {
            Some(name) => ToldBy::Tag(name.to_owned()),
            None => ToldBy::Kind,
        };
        let union = Union {
            alternatives,
            told_by,
        };
        (SchemaType::Union(union), nullable)
    }

    /// Whether an alternative has what is common by itself: it adds to the schema that lists it.
    fn is_within(
        &mut self,
        merged: &BTreeSet<NodeId>,
        choices: Choices<'d>,
        target: Option<&Target<'d>>,
    ) -> bool {
        let Some(target) = target else {
            return false;
        };
        let own = self.facts(&[target.site.into()]).merged;
        own.contains(&NodeId::of(choices.owner)) && merged.is_subset(&own)
    }

    fn alternative(&mut self, site: Site<'d>) -> Option<Target<'d>> {
        self.target(site.document, reference(site.node)?)
    }

    /// The values of the tag that tell an alternative.
    fn tags(
        &mut self,
        choices: Choices<'d>,
        site: Site<'d>,
        target: Option<&Target<'d>>,
    ) -> Vec<String> {
        let Some(tag) = discriminator(choices.owner) else {
            return Vec::new();
        };
        let node = target.map_or(site.node, |target| target.site.node);
        let mut tags = self.mapped(choices.document, choices.owner, node);
        if tags.is_empty() {
            tags.extend(target.map(|target| target.name.clone()));
        }
        let holding = target.map_or(site, |target| target.site).into();
        let own = self.constants(holding, tag);
        match own.as_slice() {
            // The one that is written comes first.
            [only] if tags.contains(only) => tags.sort_by_key(|tag| tag != only),
            // Values of its own tell it better than its name.
            [_, ..]
                if self
                    .mapped(choices.document, choices.owner, node)
                    .is_empty() =>
            {
                tags = own;
            }
            _ => {}
        }
        tags
    }

    /// The values of a member that are listed for it.
    fn constants(&mut self, holding: Holding<'d>, name: &str) -> Vec<String> {
        let facts = self.facts(&[holding]);
        let property = facts.properties.iter().find(|(own, _)| *own == name);
        let Some((_, sites)) = property else {
            return Vec::new();
        };
        let holdings: Vec<Holding<'d>> = sites.iter().map(|site| (*site).into()).collect();
        let values = self.facts(&holdings).values.unwrap_or_default();
        values
            .iter()
            .map(|value| {
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            })
            .collect()
    }

    /// The values that the mapping of a discriminator has for a schema, in its order.
    fn mapped(&mut self, document: usize, owner: &'d Node<'d>, node: &'d Node<'d>) -> Vec<String> {
        let mapping = owner
            .get("discriminator")
            .and_then(|one| one.get("mapping"));
        let mapping = mapping.map(Node::members).unwrap_or_default();
        let mut leads_there = |text: &'d str| {
            let by_name = self.references.component(text);
            let target = by_name.or_else(|| self.references.resolve(document, text));
            target.is_some_and(|target| std::ptr::eq(target.node, node))
        };
        let entries = mapping
            .iter()
            .filter_map(|member| Some((&member.name, member.node.as_str()?)));
        let entries = entries.filter(|(_, text)| leads_there(text));
        entries.map(|(value, _)| value.to_string()).collect()
    }

    /// A schema with a discriminator that others add to stands for one of those, or another.
    pub(super) fn family(&mut self, site: Site<'d>, own: Schema) -> Schema {
        let SchemaType::Record(_) = own.ty else {
            return own;
        };
        let Some(tag) = discriminator(site.node) else {
            return own;
        };
        let mut descendants: BTreeMap<NodeId, Target<'d>> = BTreeMap::new();
        let mut order = Vec::new();
        let mut open = vec![NodeId::of(site.node)];
        while let Some(parent) = open.pop() {
            for child in self
                .state
                .children
                .get(&parent)
                .cloned()
                .unwrap_or_default()
            {
                let id = NodeId::of(child.site.node);
                if id != NodeId::of(site.node) && descendants.insert(id, child).is_none() {
                    order.push(id);
                    open.push(id);
                }
            }
        }
        if order.is_empty() {
            return own;
        }
        let choices = Choices {
            document: site.document,
            owner: site.node,
            list: &[],
        };
        let mut alternatives = Vec::new();
        for target in order.iter().filter_map(|id| descendants.get(id)) {
            let index = self.register(target.clone());
            alternatives.push(Alternative {
                name: Some(target.name.clone()),
                tags: self.tags(choices, target.site, Some(target)),
                schema: Schema {
                    ty: SchemaType::Named(index),
                    ..Schema::default()
                },
            });
        }
        let reason: Reason = self.reason(site, "discriminator, and schemas that add to this one");
        let mut union = Schema {
            ty: SchemaType::Union(Union {
                alternatives,
                told_by: ToldBy::Tag(tag.to_owned()),
            }),
            ..own.clone()
        };
        union.reasons.push(reason);
        let itself = self.mapped(site.document, site.node, site.node);
        if let (SchemaType::Union(union), false) = (&mut union.ty, itself.is_empty()) {
            union.alternatives.push(Alternative {
                name: Some("Base".to_owned()),
                tags: itself,
                schema: own,
            });
        }
        union
    }
}

/// The member that tells alternatives apart: an object with its name, in 2.0 the name.
fn discriminator<'d>(node: &'d Node<'d>) -> Option<&'d str> {
    let discriminator = node.get("discriminator")?;
    discriminator
        .as_str()
        .or_else(|| discriminator.text_of("propertyName"))
}

fn title(node: &Node<'_>) -> Option<String> {
    node.text_of("title").map(str::to_owned)
}
