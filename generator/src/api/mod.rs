//! What a document says about an API, with nothing of Postman, `OpenAPI` or Rust in it.
//!
//! Readers make it, [`plan`](crate::plan) turns it into Rust. Texts are as the document has them; what a
//! reader could find out about a value stands beside it as [`Evidence`].

mod auth;
mod field;
mod merge;
mod response;
pub mod schema;
mod sent;
mod variable;

use std::collections::BTreeSet;

use crate::document::report::Place;
use crate::input::postman::shape::Shape;

pub use crate::input::postman::shape::Choice;
pub use auth::{Algorithm, Auth, AuthFrom, OAuth1, Token};
pub use field::same_field;
pub use response::{ErrorCode, Response};
pub use schema::{
    Alternative, Enum, EnumKind, IntegerWidth, Limits, Member, NamedSchema, Record, Schema,
    SchemaType, ToldBy, Union,
};
pub use sent::{Hidden, Sent, SentBody, SentFile, SentPart, SentRequest};
pub use variable::{Owner, Role, Treatment, Use, Variable};

/// An API: its operations, and the folders in which they lie.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Api {
    /// The title.
    pub name: String,
    /// The description: Markdown, HTML, or both mixed.
    pub docs: String,
    /// All folders; an operation and a folder name theirs by index.
    pub folders: Vec<Folder>,
    /// All operations, in document order.
    pub operations: Vec<Operation>,
    /// The named schemas, which the types of operations and of each other refer to by index.
    pub schemas: Vec<NamedSchema>,
    /// Whether a converter has left its `(Required)` marks, so that an input without one is optional.
    pub marks_required: bool,
    /// The requests that cannot be sent.
    pub refused: Vec<Refused>,
    /// The variables that the documents give values: those of environments, collections, folders, globals.
    pub variables: Vec<Variable>,
}

/// A request that cannot be sent, in Postman neither: the report says why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Its positions in the lists of items, `0/3/1`.
    pub position: String,
    /// The name.
    pub name: String,
    /// The folder that holds it.
    pub folder: Option<usize>,
    /// The first reason.
    pub reason: String,
}

/// A folder of operations (a tag, in `OpenAPI`).
#[derive(Clone, PartialEq, Debug)]
pub struct Folder {
    /// Where it stands.
    pub at: Place,
    /// The folder around it.
    pub parent: Option<usize>,
    /// The name.
    pub name: String,
    /// The description.
    pub docs: String,
}

/// A request that can be made.
#[derive(Clone, PartialEq, Debug)]
pub struct Operation {
    /// Where it stands.
    pub at: Place,
    /// What the document tells it by, whatever it is called.
    pub id: Option<String>,
    /// Its positions in the lists of items, `0/3/1`.
    pub position: String,
    /// The folder that holds it.
    pub folder: Option<usize>,
    /// The name.
    pub name: String,
    /// The name of its module, where the user has chosen one.
    pub rename: Option<String>,
    /// The description.
    pub docs: String,
    /// The method (RFC 9110, section 9), upper case.
    pub method: String,
    /// What the URL begins with.
    pub base: Base,
    /// The path below the base.
    pub path: Vec<PathPart>,
    /// The elements of the query, in order.
    pub query: Vec<Parameter>,
    /// The header fields, in order, without Content-Type.
    pub headers: Vec<Parameter>,
    /// The Content-Type that the document sets.
    pub media_type: Option<String>,
    /// What is sent.
    pub body: Body,
    /// How the request is authorized.
    pub auth: Auth,
    /// Where the document says that.
    pub auth_from: AuthFrom,
    /// What the document signs it with: the parameters of its scheme, by their names in Postman (`token`).
    pub credentials: Vec<(String, Hidden)>,
    /// What the base is in the document, exactly.
    pub sent_base: Hidden,
    /// The request as the document itself sends it.
    pub sent: SentRequest,
    /// The documented replies, in document order.
    pub responses: Vec<Response>,
    /// What a token must be allowed to, where the prose says so.
    pub scopes: Vec<String>,
    /// The class of its rate limit, where the prose says so.
    pub rate_limit: Option<String>,
    /// How its results come in pages, where it is known.
    pub pages: Option<Pages>,
    /// The variables that it holds, each with what becomes of it.
    pub variables: BTreeSet<Use>,
}

/// How results come in pages: the names on the wire.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pages {
    /// The query parameter with the token of a page, and the member of the reply with that of the next one.
    pub token: Option<String>,
    /// The query parameter with the number of a page.
    pub number: Option<String>,
    /// The query parameter with the number of results on a page.
    pub size: Option<String>,
    /// The member of the reply that holds the results.
    pub results: Option<String>,
}

/// The part of a URL that is a setting of the client: scheme, host, and what stands before the path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Base {
    /// The name of the variable that it is, else its text, with `{name}` for variables inside of it.
    pub name: String,
    /// Its value. Empty where the document does not give one.
    pub default: String,
}

/// A piece of a path.
#[derive(Clone, PartialEq, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "most of them are inputs, so a box would save nothing"
)]
pub enum PathPart {
    /// Text as it goes on the wire, percent-encoded; may hold several segments.
    Text(String),
    /// An input: a segment, or a part of one.
    Input(Input),
}

/// Something that the caller of an operation supplies.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Input {
    /// Where the document describes it.
    pub at: Place,
    /// The name on the wire, or of the variable.
    pub name: String,
    /// The name of its field, where the user has chosen one.
    pub rename: Option<String>,
    /// Whether it has to be supplied.
    pub required: bool,
    /// What is known about its values.
    pub evidence: Evidence,
    /// What its values show as JSON, where they are JSON.
    pub json: Option<Box<Shape>>,
    /// Whether a value with `/` in it is percent-encoded twice, in a path.
    pub twice: bool,
    /// What the document sends for it; nothing where it leaves it out.
    pub sent: Vec<Sent>,
}

/// The type of a single value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// Any text.
    Text,
    /// A whole number of up to 64 bits.
    Integer,
    /// A number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// One of these texts, or one that the document does not list.
    OneOf(Vec<Choice>),
    /// A whole number or a text: an id that has two forms.
    IntegerOrText,
}

/// What a document shows of a value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Evidence {
    /// The type, where someone declares it.
    pub declared: Option<Scalar>,
    /// Why it is declared, as a phrase.
    pub declared_by: &'static str,
    /// Values that the document gives, resolved as far as possible, in order.
    pub examples: Vec<String>,
    /// Whether an example was not text but a number or a boolean of the document.
    pub literal: bool,
    /// A dynamic variable (`$guid`) that makes up the value.
    pub dynamic: Option<String>,
    /// The description.
    pub docs: String,
}

/// An element of a query, a header field, or a field of a form.
#[derive(Clone, PartialEq, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "most of them are inputs, so a box would save nothing"
)]
pub enum Parameter {
    /// Always sent as it is: a header field of that name, or the text between two `&` of a query.
    Fixed {
        /// The name of the header field; empty in a query.
        name: String,
        /// What is sent.
        value: String,
    },
    /// An input, with how it goes on the wire.
    Input(Input, Wire),
}

/// How an input of a query, of the header or of a form goes on the wire.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wire {
    /// `name=value`, once.
    Single,
    /// `name=value` for each of many values.
    Repeated,
    /// `name` alone when there is no value: the `=` is left out (Postman rule Q1).
    Bare,
    /// The name itself is an input too: the name of the variable that it is.
    Named(String),
    /// A file part of multipart form data.
    File,
    /// Several file parts of one name.
    Files,
    /// A text part of multipart form data with a media type of its own.
    Typed(String),
}

/// A request body.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Body {
    /// None.
    #[default]
    Empty,
    /// Text as the caller supplies it.
    Text(Input),
    /// JSON; [`Input::json`] has its shape.
    Json(Input),
    /// A `GraphQL` request.
    GraphQl(GraphQl),
    /// `application/x-www-form-urlencoded`.
    UrlEncoded(Vec<Parameter>),
    /// `multipart/form-data` (RFC 7578).
    Multipart(Vec<Parameter>),
    /// The content of a file.
    File(Input),
}

/// A `GraphQL` request: the query stands, its variables are for the caller.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct GraphQl {
    /// The query.
    pub query: String,
    /// The operation of the query that is meant.
    pub operation_name: Option<String>,
    /// The variables, where there are any.
    pub variables: Option<Input>,
}

impl GraphQl {
    /// The request that is sent for these members, each as it is written in JSON, as far as there are such.
    pub(crate) fn text(
        query: Option<String>,
        operation_name: Option<String>,
        variables: Option<String>,
    ) -> String {
        let names = ["query", "operationName", "variables"];
        let members = names.iter().zip([query, operation_name, variables]);
        let members = members.filter_map(|(name, json)| Some(format!("\"{name}\":{}", json?)));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

impl Api {
    /// The names of the folders around, outermost first.
    #[must_use]
    pub fn folder_path(&self, folder: Option<usize>) -> Vec<&str> {
        let mut names = Vec::new();
        let mut next = folder.and_then(|index| self.folders.get(index));
        while let Some(folder) = next {
            names.push(folder.name.as_str());
            next = folder.parent.and_then(|index| self.folders.get(index));
        }
        names.reverse();
        names
    }

    /// The operation as `Folder / Request`.
    #[must_use]
    pub fn title(&self, operation: &Operation) -> String {
        let own = operation.title();
        let mut names = self.folder_path(operation.folder);
        names.push(&own);
        names.join(" / ")
    }
}

impl Parameter {
    /// The input, where it is one.
    #[must_use]
    pub fn input(&self) -> Option<&Input> {
        match self {
            Parameter::Input(input, _) => Some(input),
            Parameter::Fixed { .. } => None,
        }
    }

    /// The input, where it is one.
    pub fn input_mut(&mut self) -> Option<&mut Input> {
        match self {
            Parameter::Input(input, _) => Some(input),
            Parameter::Fixed { .. } => None,
        }
    }
}

impl PathPart {
    /// The input, where it is one.
    #[must_use]
    pub fn input(&self) -> Option<&Input> {
        match self {
            PathPart::Input(input) => Some(input),
            PathPart::Text(_) => None,
        }
    }

    /// The input, where it is one.
    pub fn input_mut(&mut self) -> Option<&mut Input> {
        match self {
            PathPart::Input(input) => Some(input),
            PathPart::Text(_) => None,
        }
    }
}

impl Operation {
    /// All inputs, in the order of the wire: path, query, header, body.
    pub fn inputs_mut(&mut self) -> impl Iterator<Item = &mut Input> {
        let (fields, own): (&mut [Parameter], _) = match &mut self.body {
            Body::UrlEncoded(fields) | Body::Multipart(fields) => (fields, None),
            Body::Text(input) | Body::Json(input) | Body::File(input) => (&mut [], Some(input)),
            Body::GraphQl(request) => (&mut [], request.variables.as_mut()),
            Body::Empty => (&mut [], None),
        };
        let parameters = self.query.iter_mut().chain(&mut self.headers).chain(fields);
        let parameters = parameters.filter_map(Parameter::input_mut);
        let path = self.path.iter_mut().filter_map(PathPart::input_mut);
        path.chain(parameters).chain(own)
    }

    /// The name, or method and path where there is none.
    #[must_use]
    pub fn title(&self) -> String {
        match self.name.trim() {
            "" => format!("{} {}", self.method, self.path_template()),
            name => name.to_owned(),
        }
    }

    /// The path with its inputs in braces, `/meetings/{meetingId}`.
    #[must_use]
    pub fn path_template(&self) -> String {
        self.path
            .iter()
            .map(|part| match part {
                PathPart::Text(text) => text.clone(),
                PathPart::Input(input) => format!("{{{}}}", input.name),
            })
            .collect()
    }
}
