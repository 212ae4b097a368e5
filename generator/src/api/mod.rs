//! What a document says about an API, with nothing of Postman, `OpenAPI` or Rust in it.
//!
//! Readers make it, [`plan`](crate::plan) turns it into Rust. Texts are as the document has them.
//!
//! Everything that holds values is generic over what is known of them: a finished API has a [`Schema`] for
//! each; a reader that has to infer types makes an API of its evidence first.

mod auth;
mod field;
mod join;
mod merge;
mod origin;
mod response;
pub mod schema;
mod sent;
mod style;
mod variable;

use std::collections::BTreeSet;

use crate::document::report::Place;

pub use auth::{Algorithm, Auth, AuthFrom, OAuth1, Requirement, Token};
pub use field::same_field;
pub use origin::{Origin, is_elsewhere};
pub use response::{Content, ErrorCode, Response, ResponseHeader, Statuses};
pub use schema::{
    Alternative, Choice, Enum, EnumKind, Format, IntegerWidth, Limits, Member, NamedSchema, Reason,
    Record, Schema, SchemaType, ToldBy, Union,
};
pub use sent::{Hidden, Sent, SentBody, SentFile, SentPart, SentRequest};
pub use style::{Style, StyleForm};
pub use variable::{Owner, Role, Treatment, Use, Variable};

/// An API: its operations, and the folders in which they lie.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Api<V = Schema> {
    /// The title.
    pub name: String,
    /// The description: Markdown, HTML, or both mixed.
    pub docs: String,
    /// All folders; an operation and a folder name theirs by index.
    pub folders: Vec<Folder>,
    /// All operations, in document order.
    pub operations: Vec<Operation<V>>,
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
pub struct Operation<V = Schema> {
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
    /// What it does, in a sentence, where the document says so beside the name.
    pub summary: String,
    /// The name of its module, where the user has chosen one.
    pub rename: Option<String>,
    /// The description.
    pub docs: String,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// The method (RFC 9110, section 9), upper case.
    pub method: String,
    /// What the URL begins with.
    pub base: Base,
    /// The path below the base.
    pub path: Vec<PathPart<V>>,
    /// The elements of the query, in order.
    pub query: Vec<Parameter<V>>,
    /// The header fields, in order, without Content-Type.
    pub headers: Vec<Parameter<V>>,
    /// The cookies, in order.
    pub cookies: Vec<Parameter<V>>,
    /// The Content-Type that the document sets.
    pub media_type: Option<String>,
    /// What is sent.
    pub body: Body<V>,
    /// What a form without a field is.
    pub empty_form: EmptyForm,
    /// How the request is authorized.
    pub auth: Auth,
    /// The alternatives of that, each of schemes that are needed together, where one scheme is not all that the document says.
    pub security: Vec<Vec<Requirement>>,
    /// Where the document says that.
    pub auth_from: AuthFrom,
    /// What the document signs it with: the parameters of its scheme, by their names in Postman (`token`).
    pub credentials: Vec<(String, Hidden)>,
    /// What the base is in the document, exactly.
    pub sent_base: Hidden,
    /// The request as the document itself sends it.
    pub sent: SentRequest,
    /// The documented replies, in document order.
    pub responses: Vec<Response<V>>,
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
pub enum PathPart<V = Schema> {
    /// Text as it goes on the wire, percent-encoded; may hold several segments.
    Text(String),
    /// An input: a segment, or a part of one.
    Input(Input<V>),
}

/// Something that the caller of an operation supplies.
#[derive(Clone, PartialEq, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a document says as many things of an input"
)]
pub struct Input<V = Schema> {
    /// Where the document describes it.
    pub at: Place,
    /// The name on the wire, or of the variable.
    pub name: String,
    /// The name of its field, where the user has chosen one.
    pub rename: Option<String>,
    /// Whether it has to be supplied.
    pub required: bool,
    /// The description.
    pub docs: String,
    /// Values that the document gives, resolved as far as possible, in order.
    pub examples: Vec<String>,
    /// Whether its values go on the wire as JSON, rather than in plain form.
    pub as_json: bool,
    /// What is known about its values.
    pub schema: V,
    /// How its values go on the wire, where the document says so.
    pub style: Option<Style>,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// Whether a value with `/` in it is percent-encoded twice, in a path.
    pub twice: bool,
    /// What the document sends for it; nothing where it leaves it out.
    pub sent: Vec<Sent>,
}

/// An element of a query, a header field, or a field of a form.
#[derive(Clone, PartialEq, Debug)]
pub enum Parameter<V = Schema> {
    /// Always sent as it is: a header field of that name, or the text between two `&` of a query.
    Fixed {
        /// The name of the header field; empty in a query.
        name: String,
        /// What is sent.
        value: String,
    },
    /// An input, with how it goes on the wire.
    Input(Input<V>, Wire),
}

/// Where an input goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Location {
    /// The path.
    Path,
    /// The query.
    Query,
    /// The header.
    Header,
    /// The field `Cookie` of the header.
    Cookie,
    /// A form in the body.
    Form,
    /// The body, all of it.
    Body,
}

impl Location {
    /// The location in a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
            Location::Form => "form",
            Location::Body => "body",
        }
    }
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

/// What stands in the id of an operation between that of the document and the form of a body that is not its first.
pub const OTHER_BODY: &str = " as ";

/// A request body.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Body<V = Schema> {
    /// None.
    #[default]
    Empty,
    /// Text as the caller supplies it.
    Text(Input<V>),
    /// JSON.
    Json(Input<V>),
    /// A `GraphQL` request.
    GraphQl(GraphQl<V>),
    /// `application/x-www-form-urlencoded`.
    UrlEncoded(Vec<Parameter<V>>),
    /// `multipart/form-data` (RFC 7578).
    Multipart(Vec<Parameter<V>>),
    /// The content of a file.
    File(Input<V>),
}

/// What is sent for a form that no field is given of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EmptyForm {
    /// No body, as in Postman.
    #[default]
    NoBody,
    /// A form, with its `Content-Type`: the document requires a body.
    Sent,
}

/// A `GraphQL` request: the query stands, its variables are for the caller.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct GraphQl<V = Schema> {
    /// The query.
    pub query: String,
    /// The operation of the query that is meant.
    pub operation_name: Option<String>,
    /// The variables, where there are any.
    pub variables: Option<Input<V>>,
    /// Whether there are none, and `null` is sent for them.
    pub null_variables: bool,
}

/// The `GraphQL` request that is sent for these members, each as it is written in JSON, as far as there are such.
pub(crate) fn graphql_text(
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
) -> String {
    let names = ["query", "operationName", "variables"];
    let members = names.iter().zip([query, operation_name, variables]);
    let members = members.filter_map(|(name, json)| Some(format!("\"{name}\":{}", json?)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

impl<V> Api<V> {
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
    pub fn title(&self, operation: &Operation<V>) -> String {
        let own = operation.title();
        let mut names = self.folder_path(operation.folder);
        names.push(&own);
        names.join(" / ")
    }
}

impl<V> Parameter<V> {
    /// The input, where it is one.
    #[must_use]
    pub fn input(&self) -> Option<&Input<V>> {
        match self {
            Parameter::Input(input, _) => Some(input),
            Parameter::Fixed { .. } => None,
        }
    }

    /// The input, where it is one.
    pub fn input_mut(&mut self) -> Option<&mut Input<V>> {
        match self {
            Parameter::Input(input, _) => Some(input),
            Parameter::Fixed { .. } => None,
        }
    }
}

impl<V> PathPart<V> {
    /// The input, where it is one.
    #[must_use]
    pub fn input(&self) -> Option<&Input<V>> {
        match self {
            PathPart::Input(input) => Some(input),
            PathPart::Text(_) => None,
        }
    }

    /// The input, where it is one.
    pub fn input_mut(&mut self) -> Option<&mut Input<V>> {
        match self {
            PathPart::Input(input) => Some(input),
            PathPart::Text(_) => None,
        }
    }
}

impl<V> Input<V> {
    /// The same input with another knowledge of its values.
    #[must_use]
    pub fn with_schema<W>(self, schema: W) -> Input<W> {
        Input {
            at: self.at,
            name: self.name,
            rename: self.rename,
            required: self.required,
            docs: self.docs,
            examples: self.examples,
            as_json: self.as_json,
            schema,
            style: self.style,
            deprecated: self.deprecated,
            twice: self.twice,
            sent: self.sent,
        }
    }
}

impl<V> Body<V> {
    /// The same body with another knowledge of the values of each input.
    fn with_inputs<W>(
        self,
        mut with: impl FnMut(Input<V>, Location, Option<&Wire>) -> Input<W>,
    ) -> Body<W> {
        match self {
            Body::Empty => Body::Empty,
            Body::Text(input) => Body::Text(with(input, Location::Body, None)),
            Body::Json(input) => Body::Json(with(input, Location::Body, None)),
            Body::GraphQl(request) => Body::GraphQl(GraphQl {
                query: request.query,
                operation_name: request.operation_name,
                null_variables: request.null_variables,
                variables: request
                    .variables
                    .map(|input| with(input, Location::Body, None)),
            }),
            Body::UrlEncoded(fields) => Body::UrlEncoded(with_inputs(fields, Location::Form, with)),
            Body::Multipart(fields) => Body::Multipart(with_inputs(fields, Location::Form, with)),
            Body::File(input) => Body::File(with(input, Location::Body, Some(&Wire::File))),
        }
    }
}

/// The same parameters with another knowledge of the values of each input.
fn with_inputs<V, W>(
    parameters: Vec<Parameter<V>>,
    location: Location,
    mut with: impl FnMut(Input<V>, Location, Option<&Wire>) -> Input<W>,
) -> Vec<Parameter<W>> {
    let parameters = parameters.into_iter().map(|parameter| match parameter {
        Parameter::Fixed { name, value } => Parameter::Fixed { name, value },
        Parameter::Input(input, wire) => Parameter::Input(with(input, location, Some(&wire)), wire),
    });
    parameters.collect()
}

impl<V> Operation<V> {
    /// The same operation with another knowledge of its values: of each input, given how it goes on the wire,
    /// and of the bodies of its replies.
    #[must_use]
    pub fn with_types<W>(
        self,
        mut with: impl FnMut(Input<V>, Location, Option<&Wire>) -> Input<W>,
        responses: Vec<Response<W>>,
    ) -> Operation<W> {
        let path = self.path.into_iter().map(|part| match part {
            PathPart::Text(text) => PathPart::Text(text),
            PathPart::Input(input) => PathPart::Input(with(input, Location::Path, None)),
        });
        Operation {
            at: self.at,
            id: self.id,
            position: self.position,
            folder: self.folder,
            name: self.name,
            summary: self.summary,
            rename: self.rename,
            docs: self.docs,
            deprecated: self.deprecated,
            method: self.method,
            base: self.base,
            path: path.collect(),
            query: with_inputs(self.query, Location::Query, &mut with),
            headers: with_inputs(self.headers, Location::Header, &mut with),
            cookies: with_inputs(self.cookies, Location::Cookie, &mut with),
            media_type: self.media_type,
            body: self.body.with_inputs(&mut with),
            empty_form: self.empty_form,
            auth: self.auth,
            security: self.security,
            auth_from: self.auth_from,
            credentials: self.credentials,
            sent_base: self.sent_base,
            sent: self.sent,
            responses,
            scopes: self.scopes,
            rate_limit: self.rate_limit,
            pages: self.pages,
            variables: self.variables,
        }
    }

    /// All inputs in the order of the wire, path, query, header, cookies, body, each with where and how it goes there.
    pub fn inputs(&self) -> impl Iterator<Item = (Location, &Input<V>, Option<&Wire>)> {
        fn list<V>(
            location: Location,
            parameters: &[Parameter<V>],
        ) -> impl Iterator<Item = (Location, &Input<V>, Option<&Wire>)> {
            let inputs = parameters.iter().filter_map(|parameter| match parameter {
                Parameter::Input(input, wire) => Some((input, wire)),
                Parameter::Fixed { .. } => None,
            });
            inputs.map(move |(input, wire)| (location, input, Some(wire)))
        }
        let (fields, own): (&[Parameter<V>], _) = match &self.body {
            Body::UrlEncoded(fields) | Body::Multipart(fields) => (fields, None),
            Body::Text(input) | Body::Json(input) => (&[], Some((input, None))),
            Body::File(input) => (&[], Some((input, Some(&Wire::File)))),
            Body::GraphQl(request) => (&[], request.variables.as_ref().map(|input| (input, None))),
            Body::Empty => (&[], None),
        };
        let path = self.path.iter().filter_map(PathPart::input);
        let path = path.map(|input| (Location::Path, input, None));
        path.chain(list(Location::Query, &self.query))
            .chain(list(Location::Header, &self.headers))
            .chain(list(Location::Cookie, &self.cookies))
            .chain(list(Location::Form, fields))
            .chain(own.map(|(input, wire)| (Location::Body, input, wire)))
    }

    /// All inputs, in the same order.
    pub fn inputs_mut(&mut self) -> impl Iterator<Item = &mut Input<V>> {
        let (fields, own): (&mut [Parameter<V>], _) = match &mut self.body {
            Body::UrlEncoded(fields) | Body::Multipart(fields) => (fields, None),
            Body::Text(input) | Body::Json(input) | Body::File(input) => (&mut [], Some(input)),
            Body::GraphQl(request) => (&mut [], request.variables.as_mut()),
            Body::Empty => (&mut [], None),
        };
        let parameters = self.query.iter_mut().chain(&mut self.headers);
        let parameters = parameters.chain(&mut self.cookies).chain(fields);
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

    /// What it does, in a sentence; without one, what it is called.
    #[must_use]
    pub fn headline(&self) -> String {
        match self.summary.trim() {
            "" => self.title(),
            summary => summary.to_owned(),
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
