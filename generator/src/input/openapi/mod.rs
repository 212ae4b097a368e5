//! The reader of `OpenAPI`: Swagger 2.0, `OpenAPI` 3.0, 3.1 and 3.2, in JSON and YAML, of one file or many.
//!
//! A document says what the types of values are, so this reader makes a finished [`Api`]. One operation is the
//! unit of failure: what cannot be read costs the operation that needs it, and no other.

mod address;
mod body;
mod document;
mod json_path;
mod media;
mod names;
mod operation;
mod overlay;
mod parameter;
mod path;
mod reference;
mod reply;
pub mod schema;
mod security;
mod version;

pub(crate) use document::normal as normal_path;
pub(crate) use reference::files_of as references;

use crate::api::{Api, NamedSchema, Record, Schema, SchemaType};
use crate::document::json::{Node, Span};
use crate::document::report::rules::{self, Rule, Severity};
use crate::document::report::{Place, Report};
use crate::document::source::Source;
use crate::input::recognise::{DocumentKind, recognise};

use document::At;
use reference::References;
use schema::Schemas;
use version::{Told, Version};

/// Where to say what does not fit.
struct Context<'r> {
    report: &'r mut Report,
    /// The index of the document among the sources of the run.
    index: usize,
    source: &'r Source,
    /// Why the operation that is being read cannot be sent: its first error.
    refusal: Option<String>,
}

impl Context<'_> {
    fn place(&self, span: Span) -> Place {
        Place {
            source: self.index,
            span,
        }
    }

    fn push(&mut self, rule: &'static Rule, span: Span, label: impl Into<String>) {
        let (place, label) = (self.place(span), label.into());
        if rule.severity == Severity::Error && self.refusal.is_none() {
            let summary = rule.summary.trim_end_matches('.');
            self.refusal = Some(format!("{summary} ({label})"));
        }
        self.report.push(rule, place, label);
    }

    /// The number of a line of its file.
    fn line(&self, span: Span) -> usize {
        self.source.position(span).line
    }
}

/// What reads a document: where its references lead, and what was found so far.
struct Reader<'r, 'd> {
    context: Context<'r>,
    version: Version,
    references: References<'d>,
    schemas: schema::Schemas<'d>,
    /// The security schemes by their names.
    schemes: security::Schemes,
}

/// Whether a source is a document for this reader.
#[must_use]
pub fn is_openapi(source: &Source) -> bool {
    document::mentions_openapi(source)
        && document::peek(source).is_some_and(|root| recognise(&root) == DocumentKind::OpenApi)
}

/// Reads a document. What it cannot read it reports and leaves out.
pub fn read(report: &mut Report, source: &Source, index: usize) -> Api {
    let mut context = Context {
        report,
        index,
        source,
        refusal: None,
    };
    let Some(document) = document::read(&mut context, source) else {
        return Api::default();
    };
    let Some(version) = version_of(&mut context, &document.files[0].root) else {
        return Api::default();
    };
    let mut references = References::of(&document, index, version);
    let named = references.named();
    let mut reader = Reader {
        context,
        version,
        schemas: Schemas::of_components(&mut references, named),
        references,
        schemes: security::Schemes::default(),
    };
    reader.all()
}

/// The version of a document. Reports one that is not known, or another kind of document.
fn version_of(context: &mut Context<'_>, root: &Node<'_>) -> Option<Version> {
    let head = Span {
        start: root.span.start,
        end: root.span.start + 1,
    };
    match version::told(At {
        file: 0,
        node: root,
    }) {
        Some(Told::Known(version)) => Some(version),
        Some(Told::Unknown(text)) => {
            let span = root.get("openapi").or_else(|| root.get("swagger"));
            let span = span.map_or(head, |node| node.span);
            let label = format!("`{text}` is read as {}", Version::V32.name());
            context.push(&rules::OPENAPI_VERSION, span, label);
            Some(Version::V32)
        }
        Some(Told::Other(kind)) => {
            context.push(&rules::NOT_OPENAPI, head, format!("this is {kind}"));
            None
        }
        None => None,
    }
}

impl<'d> Reader<'_, 'd> {
    fn root(&self) -> At<'d> {
        self.references.root(0)
    }

    fn place(&self, at: At<'_>) -> Place {
        self.context.place(at.node.span)
    }

    fn push(&mut self, rule: &'static Rule, at: At<'_>, label: impl Into<String>) {
        self.context.push(rule, at.node.span, label);
    }

    /// A component of the entry document: `components/NAME` of 3.x, or the map of 2.0 (rule 21).
    fn components(&mut self, name: &str, name_of_2: &str) -> Option<At<'d>> {
        let root = self.root();
        let map = if self.version == Version::V2 {
            root.get(name_of_2)?
        } else {
            let components = root.get("components")?;
            self.references.map(components).get(name)?
        };
        Some(self.references.map(map))
    }

    /// What a place holds, where that may be a reference. Reports one that leads nowhere.
    ///
    /// `as_error` is for what an operation cannot do without.
    fn follow(&mut self, at: At<'d>, as_error: bool) -> Option<At<'d>> {
        let Some(reference) = at.string("$ref") else {
            return Some(at);
        };
        match self.references.resolve(at.file, reference) {
            // With siblings, the reference of the target is one of its own.
            Ok(found) if found.string("$ref").is_some() && found.node != at.node => {
                self.follow_on(at, found, as_error)
            }
            Ok(found) => Some(found),
            Err(why) => {
                let rule = if as_error {
                    &rules::OPENAPI_DANGLING_NEEDED
                } else {
                    &rules::OPENAPI_DANGLING
                };
                let node = at.get("$ref").unwrap_or(at);
                self.push(rule, node, format!("`{reference}`: {}", why.phrase()));
                None
            }
        }
    }

    /// Follows references that have siblings, from one to the next.
    fn follow_on(&mut self, from: At<'d>, mut at: At<'d>, as_error: bool) -> Option<At<'d>> {
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = at.string("$ref") else {
                return Some(at);
            };
            at = self.references.resolve(at.file, reference).ok()?;
        }
        let rule = if as_error {
            &rules::OPENAPI_DANGLING_NEEDED
        } else {
            &rules::OPENAPI_DANGLING
        };
        self.push(rule, from, reference::Dangling::Cycle.phrase());
        None
    }

    /// The type that a schema describes.
    fn schema(&mut self, at: At<'d>) -> Schema {
        self.schemas.read(&mut self.references, at.site())
    }

    /// The record that a schema is, also by its name. Of alternatives, all members: those that not all of them
    /// require may be left out.
    fn record(&self, schema: &Schema) -> Option<Record> {
        match self.meaning(schema) {
            SchemaType::Record(record) => Some(record.clone()),
            SchemaType::Union(union) => {
                let records = union.alternatives.iter();
                let records = records.map(|one| match self.meaning(&one.schema) {
                    SchemaType::Record(record) => Some(record),
                    _ => None,
                });
                records.collect::<Option<Vec<_>>>().map(|all| united(&all))
            }
            _ => None,
        }
    }

    /// The type of a schema, where that is a named one: what the name stands for.
    fn meaning<'s>(&'s self, schema: &'s Schema) -> &'s SchemaType {
        let mut ty = &schema.ty;
        for _ in 0..MOST_REFERENCES {
            let SchemaType::Named(index) = ty else {
                return ty;
            };
            let Some(named) = self.schemas.named().get(*index) else {
                return ty;
            };
            ty = &named.schema.ty;
        }
        ty
    }

    /// The named schemas. Says what of all schemas does not reach the client.
    fn finish_schemas(&mut self) -> Vec<NamedSchema> {
        let schemas = std::mem::take(&mut self.schemas);
        let (named, remarks) = schemas.finish();
        for remark in remarks {
            let report = &mut *self.context.report;
            report.push(&rules::OPENAPI_SCHEMA, remark.at, remark.text);
        }
        for (file, reference, why) in self.references.take_dangling() {
            let root = self.references.root(file);
            let at = self.references.written(file, reference).unwrap_or(root);
            let label = format!("`{reference}`: {}", why.phrase());
            self.push(&rules::OPENAPI_DANGLING, at, label);
        }
        named
    }

    fn all(&mut self) -> Api {
        let root = self.root();
        self.schemes = security::schemes(self);
        let mut api = Api::default();
        if let Some(info) = root.get("info") {
            api.name = info.text("title").unwrap_or_default().trim().to_owned();
            api.docs = info.text("description").unwrap_or_default().into_owned();
        }
        operation::read_all(self, &mut api);
        names::give(&mut api);
        api.schemas = self.finish_schemas();
        if api.operations.is_empty() && api.refused.is_empty() {
            self.push(&rules::OPENAPI_EMPTY, root, "no operation in here");
        }
        api
    }
}

/// The members of several records, each once.
fn united(records: &[&Record]) -> Record {
    let mut all = Record::default();
    for record in records {
        for member in &record.members {
            if all.members.iter().all(|known| known.name != member.name) {
                all.members.push(member.clone());
            }
        }
    }
    for member in &mut all.members {
        member.required = records.iter().all(|record| {
            let mut own = record.members.iter();
            own.any(|own| own.name == member.name && own.required)
        });
    }
    all
}

/// How many references with siblings may lead to each other in a row.
const MOST_REFERENCES: usize = 100;
