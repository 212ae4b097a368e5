//! What the generated crate is, down to every name and type: all decisions about Rust are made here,
//! none is left to [`emit`](crate::emit).

mod auth;
mod bases;
mod data;
pub mod docs;
mod enums;
mod example;
mod failures;
mod fields;
mod literal;
mod module;
pub mod names;
mod outline;
mod pages;
mod paths;
pub mod pins;
mod replies;
mod saved;
mod schemas;
mod shared;
mod tree;
mod types;

use std::collections::BTreeSet;

use crate::api::{Api, Auth, Base, EmptyForm, Operation, Style};
use crate::document::printable::Origin;
use crate::document::report::Report;
use crate::input::config::{Config, Form};
use names::Ident;
use pins::{Names, Pins, Registry};

pub use auth::{alternatives, signing};
pub use failures::{CodeAt, FailureAt, When};
pub use outline::{DocumentedReply, Outline, OutlinedInput, outlines};
pub use types::{
    Alternative, Definition, Member, RequiredMember, SchemaModule, Structure, ToldBy, Type,
    structure_of,
};

/// A crate to be written.
#[derive(Clone, PartialEq, Debug)]
pub struct Crate {
    /// The first line of its documentation, plain text.
    pub title: String,
    /// The lines of its documentation.
    pub docs: Vec<String>,
    /// The lines of the program in its documentation.
    pub example: Vec<String>,
    /// The base URLs; the first is the one that most requests stand on.
    pub bases: Vec<BaseUrl>,
    /// The constants of the base URLs, with the names that they had before.
    pub base_names: Names,
    /// The features of the runtime that sign its requests.
    pub signs: BTreeSet<&'static str>,
    /// The modules at the root.
    pub root: Group,
    /// Modules at the root that the user has written.
    pub modules: Vec<Ident>,
    /// The types that several modules share, by name.
    pub types: Vec<Definition>,
    /// The types of named schemas.
    pub schemas: Vec<SchemaModule>,
    /// The names of and in these types, by the names of the schemas.
    pub schema_names: Names,
    /// The saved responses, as JSON, one a line.
    pub saved: Vec<String>,
}

/// A constant for a base URL.
#[derive(Clone, PartialEq, Debug)]
pub struct BaseUrl {
    /// The constant.
    pub ident: Ident,
    /// What the API calls it, and its value.
    pub base: Base,
}

/// A folder: a module of modules.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Group {
    /// The lines of its documentation.
    pub docs: Vec<String>,
    /// The folders in it.
    pub groups: Vec<(Ident, Group)>,
    /// The requests in it.
    pub modules: Vec<Module>,
    /// The folder that it is of, by its index.
    pub folder: Option<usize>,
    /// Modules that requests had before.
    pub aliases: Vec<Alias>,
}

/// A module that a request had before: it holds what the present one does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alias {
    /// Its name.
    pub ident: Ident,
    /// The modules down to the present one.
    pub target: Vec<Ident>,
}

/// The module of one request.
#[derive(Clone, PartialEq, Debug)]
pub struct Module {
    /// Its name.
    pub ident: Ident,
    /// The index of the operation in the API.
    pub operation: usize,
    /// The names in it, by what they were given to.
    pub names: Names,
    /// Modules that it was before, and that are left to those who use them.
    pub former: BTreeSet<Vec<Ident>>,
    /// Where it comes from, in one line for people.
    pub origin: Origin,
    /// The lines of its documentation, without the example.
    pub docs: Vec<String>,
    /// The first line about the request, for its type and for lists of modules.
    pub summary: String,
    /// The lines of the program in its documentation.
    pub example: Vec<String>,
    /// The inputs that have to be supplied.
    pub fields: Vec<Field>,
    /// The inputs that may be left out.
    pub options: Vec<Field>,
    /// The types of inputs with listed values.
    pub enums: Vec<Enum>,
    /// The types of JSON data.
    pub definitions: Vec<Definition>,
    /// The documented failures, in the order in which a reply is asked for them.
    pub failures: Vec<Failure>,
    /// The documented error codes.
    pub error_codes: Vec<CodeAt>,
    /// What a token must be allowed to.
    pub scopes: Vec<String>,
    /// The class of its rate limit.
    pub rate_limit: Option<String>,
    /// The method on the wire.
    pub method: String,
    /// The constant of the base URL.
    pub base: Ident,
    /// The path with names in braces.
    pub path_template: String,
    /// How it is signed.
    pub auth: Auth,
    /// The alternatives of that, each of schemes that are needed together; empty where `auth` says it all.
    pub security: Vec<Vec<crate::api::Requirement>>,
    /// How the path is written.
    pub path: Vec<PathStep>,
    /// How the query is written.
    pub query: Vec<Step>,
    /// How the header is written.
    pub headers: Vec<Step>,
    /// What is written to the cookies.
    pub cookies: Vec<Step>,
    /// How the body is made.
    pub body: Body,
    /// What a successful reply gives.
    pub response: Type,
    /// The variants of the enum `Response`, where statuses give different things.
    pub variants: Vec<Variant>,
    /// How a reply is read: the first arm that fits it.
    pub arms: Vec<Arm>,
    /// The types of the JSON of replies, by what their places begin with: a status, or `error`.
    pub bodies: Vec<(String, Type)>,
    /// How its results come in pages.
    pub pages: Option<Pages>,
}

/// How results come in pages: by a token.
#[derive(Clone, PartialEq, Debug)]
pub struct Pages {
    /// The input that takes the token of a page.
    pub input: Ident,
    /// The member of the reply with the token of the next page.
    pub token: Ident,
    /// The member of the reply with the results.
    pub results: Ident,
    /// Whether that may be absent.
    pub may_lack_results: bool,
    /// The type of a result.
    pub item: Type,
}

impl Module {
    /// Whether it mentions a type of a named schema.
    #[must_use]
    pub fn mentions_schemas(&self) -> bool {
        let inputs = self
            .fields
            .iter()
            .chain(&self.options)
            .map(|field| &field.ty);
        let replies = self.variants.iter().map(|variant| &variant.ty);
        let failures = self
            .failures
            .iter()
            .filter_map(|failure| failure.body.as_ref());
        let mut types = inputs
            .chain(replies)
            .chain(failures)
            .chain([&self.response]);
        types.any(Type::mentions_schemas)
            || self.definitions.iter().any(Definition::mentions_schemas)
    }
}

/// A field of `Request` or `Options`.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// Its type.
    pub ty: Type,
    /// The lines of its documentation.
    pub docs: Vec<String>,
    /// The input that it is for: its index among those of the operation.
    pub input: usize,
}

/// An enum of the values that an input may have, open for others.
#[derive(Clone, PartialEq, Debug)]
pub struct Enum {
    /// Its name.
    pub ident: Ident,
    /// The input that it is for, for its documentation.
    pub wire: String,
    /// Its variants.
    pub variants: Vec<Listed>,
}

/// A listed value.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    /// Its name.
    pub ident: Ident,
    /// Its text on the wire.
    pub value: String,
    /// The lines about it.
    pub docs: Vec<String>,
}

/// A documented failure.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    /// The variant.
    pub ident: Ident,
    /// The type of its body, where the document shows one.
    pub body: Option<Type>,
    /// The lines of its documentation.
    pub docs: Vec<String>,
}

/// A status with what it gives.
#[derive(Clone, PartialEq, Debug)]
pub struct Variant {
    /// The variant.
    pub ident: Ident,
    /// What it holds; `()` for nothing.
    pub ty: Type,
    /// The line of its documentation.
    pub docs: String,
}

/// A case of reading a reply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arm {
    /// The replies that it is for. `None`: any success, as the document shows none.
    pub when: Option<When>,
    /// How their body is read.
    pub content: Content,
    /// The media type of the body, without parameters, where it is a success that shows one.
    pub media_type: String,
    /// What they are.
    pub outcome: Outcome,
    /// What the document says, where it is a success.
    pub line: String,
}

/// How the body of a reply is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    /// Not at all.
    Nothing,
    /// As JSON.
    Json,
    /// As JSON, where it is not empty.
    JsonIfAny,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// It is left to the caller: the document does not show it, or shows several kinds.
    Reply,
}

/// What a reply is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// A success, as a variant of `Response` where that is an enum.
    Success(Option<Ident>),
    /// A failure: its variant.
    Failure(Ident),
}

/// A piece of a path as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PathStep {
    /// Encoded text.
    Text(String),
    /// The field with the value, and the name on the wire.
    Value(Ident, String),
    /// The same; a value with `/` in it is encoded twice.
    Twice(Ident, String),
    /// The same, in a style.
    Styled(Ident, String, Style),
}

/// A statement that adds to the query, the header or a form.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// Something that is always the same: name (empty in a query) and value.
    Fixed(String, String),
    /// The value of a field.
    Input {
        /// The name on the wire, encoded for its place.
        wire: String,
        /// The field.
        field: Access,
        /// What is done with its values.
        add: Add,
    },
}

/// How a field is reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Access {
    /// The field.
    pub ident: Ident,
    /// Whether it is one of `Options`.
    pub optional: bool,
}

/// How the values of a field are added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Add {
    /// Each by its name and value.
    Value,
    /// In a style.
    Styled(Style),
    /// By its name and value, or by its name alone where there is no value.
    ValueOrName,
    /// As pairs of a name and a value.
    Pairs,
    /// As a file part.
    File,
    /// As a text part of a media type.
    Typed(String),
    /// As JSON; only unreserved characters stay.
    StrictJson,
    /// As any value of a form: texts as they are, elements alone, objects as JSON.
    Field,
    /// As JSON, with the media type of its part.
    Json(Option<String>),
}

/// How the body of a request is made.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Body {
    /// There is none.
    #[default]
    Empty,
    /// Text of a media type.
    Text(Access, Option<String>),
    /// JSON of a media type.
    Json(Access, Option<String>),
    /// A `GraphQL` request: the query, the name of the operation, its variables.
    GraphQl(String, Option<String>, Variables),
    /// Urlencoded.
    Form(Vec<Step>, EmptyForm),
    /// Multipart form data.
    Multipart(Vec<Step>, EmptyForm),
    /// A file, and the media type that it is sent as, where that is no header of every request.
    File(Access, Option<String>),
}

/// The variables of a `GraphQL` request.
#[derive(Clone, PartialEq, Debug)]
pub enum Variables {
    /// None are sent.
    None,
    /// `null` is sent.
    Null,
    /// Those of a field.
    Field(Access),
}

/// Plans a crate. What is known from an earlier run keeps its name.
pub fn plan(report: &mut Report, api: &Api, config: &Config, pins: &Pins) -> Crate {
    let (bases, base_names) = bases::plan(report, api, config, pins);
    let title = if api.name.trim().is_empty() {
        config.name.as_str()
    } else {
        api.name.trim()
    };
    let mut registry = Registry::new(&pins.schemas);
    let (named, schemas) = schemas::plan(api, config.keeps_unknown, &mut registry);
    let (schema_names, _) = registry.finish();
    let mut root = tree::plan(report, api, &bases, config, pins, &named);
    let types = shared::share(&mut root, &schemas);
    let first = root.first();
    let saved = saved::responses(api, &root);
    Crate {
        title: crate::plan::docs::inline(title),
        docs: crate::plan::docs::render(&crate::document::secret::redact(&api.docs), DOC_WIDTH + 4),
        example: first.map_or_else(Vec::new, |(path, module)| {
            example::of_crate(config, &path, &module.auth)
        }),
        signs: api.operations.iter().flat_map(features).collect(),
        root,
        modules: own_modules(config),
        bases,
        base_names,
        types,
        schemas,
        schema_names,
        saved,
    }
}

/// The features of the runtime that sign a request.
fn features(operation: &Operation) -> impl Iterator<Item = &'static str> {
    let all = operation.security.iter().flatten();
    let all = all.map(|requirement| &requirement.auth);
    all.chain([&operation.auth]).filter_map(Auth::feature)
}

/// The modules that the user has written. A client that is a module itself has none.
fn own_modules(config: &Config) -> Vec<Ident> {
    let names = config
        .modules
        .iter()
        .filter(|_| config.form == Form::Package);
    names.filter_map(|name| names::exact(name)).collect()
}

/// How wide the lines of documentation are: 100 columns less the indentation and `/// `.
pub(crate) const DOC_WIDTH: usize = 92;
