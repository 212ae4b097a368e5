//! What the generated crate is, down to every name and type: all decisions about Rust are made here,
//! none is left to [`emit`](crate::emit).

mod example;
mod failures;
mod fields;
mod module;
mod tree;

pub use failures::{CodeAt, FailureAt, When};

use crate::api::{Api, Base};
use crate::config::Config;
use crate::names::{self, Ident};
use crate::report::Report;
use crate::rules;

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
    /// The modules at the root.
    pub root: Group,
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
}

/// The module of one request.
#[derive(Clone, PartialEq, Debug)]
pub struct Module {
    /// Its name.
    pub ident: Ident,
    /// Where it comes from, in one line for people.
    pub origin: String,
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
    /// The documented failures, by status.
    pub failures: Vec<Failure>,
    /// The documented error codes: status, code, message.
    pub error_codes: Vec<(u16, String, String)>,
    /// The method on the wire.
    pub method: String,
    /// The constant of the base URL.
    pub base: Ident,
    /// The path with names in braces.
    pub path_template: String,
    /// How it is signed.
    pub auth: crate::api::Auth,
    /// How the path is written.
    pub path: Vec<PathStep>,
    /// How the query is written.
    pub query: Vec<Step>,
    /// How the header is written.
    pub headers: Vec<Step>,
    /// How the body is made.
    pub body: Body,
    /// What a successful reply gives.
    pub success: Success,
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
}

/// The type of a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// `String`
    String,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// `bool`
    Bool,
    /// `File` of the runtime.
    File,
    /// An enum of the module.
    Enum(Ident),
    /// `Vec<(String, String)>`: names and values.
    Pairs,
    /// `Option<…>`
    Option(Box<Type>),
    /// `Vec<…>`
    Vec(Box<Type>),
}

/// An enum of the values that an input may have, open for others.
#[derive(Clone, PartialEq, Debug)]
pub struct Enum {
    /// Its name.
    pub ident: Ident,
    /// The input that it is for, for its documentation.
    pub wire: String,
    /// Its variants and their text on the wire.
    pub variants: Vec<(Ident, String)>,
}

/// A documented failure.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    /// The variant.
    pub ident: Ident,
    /// The status.
    pub status: u16,
    /// The lines of its documentation.
    pub docs: Vec<String>,
}

/// A piece of a path as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PathStep {
    /// Encoded text.
    Text(String),
    /// The field with the value, and the name on the wire.
    Value(Ident, String),
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
        /// How many values it has.
        count: Count,
        /// What is done with each.
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

/// How many values a field has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// One.
    One,
    /// One or none.
    Option,
    /// Any number.
    Many,
}

/// How a value is added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Add {
    /// By its name and value.
    Value,
    /// By its name alone where there is no value (the field is an option, and always sent).
    Bare,
    /// With a name that is part of the value.
    Named,
    /// As a file part.
    File,
    /// As a text part of a media type.
    Typed(String),
}

/// How the body of a request is made.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Body {
    /// There is none.
    #[default]
    Empty,
    /// Text of a media type.
    Text(Access, Option<String>),
    /// Urlencoded.
    Form(Vec<Step>),
    /// Multipart form data.
    Multipart(Vec<Step>),
    /// A file, and the media type that the document names.
    File(Access),
}

/// What a successful reply gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Success {
    /// Nothing: `()`, at these statuses; with a line about each.
    Empty(Vec<(u16, String)>),
    /// The reply as it is, at these statuses.
    Reply(Vec<(u16, String)>),
    /// The reply as it is, at any status from 200 to 299: none is documented.
    Undocumented,
}

/// Plans a crate.
pub fn plan(report: &mut Report, api: &Api, config: &Config) -> Crate {
    let bases = plan_bases(report, api, config);
    let title = if api.name.trim().is_empty() {
        config.name.as_str()
    } else {
        api.name.trim()
    };
    let root = tree::plan(report, api, &bases, config);
    let first = root.first();
    Crate {
        title: crate::docs::inline(title),
        docs: crate::docs::render(&crate::secret::redact(&api.docs), DOC_WIDTH + 4),
        example: first.map_or_else(Vec::new, |(path, module)| {
            example::of_crate(config, &path, &module.auth)
        }),
        root,
        bases,
    }
}

impl Group {
    /// The first request, and the modules down to it.
    fn first(&self) -> Option<(Vec<&Ident>, &Module)> {
        let own = self
            .modules
            .first()
            .map(|module| (vec![&module.ident], module));
        own.or_else(|| {
            self.groups.iter().find_map(|(ident, group)| {
                let (mut path, module) = group.first()?;
                path.insert(0, ident);
                Some((path, module))
            })
        })
    }
}

/// How wide the lines of documentation are: 100 columns less the indentation and `/// `.
pub(crate) const DOC_WIDTH: usize = 92;

/// One constant for each base URL, the one of most requests first.
fn plan_bases(report: &mut Report, api: &Api, config: &Config) -> Vec<BaseUrl> {
    let mut bases: Vec<(Base, usize)> = Vec::new();
    for operation in &api.operations {
        match bases
            .iter_mut()
            .find(|(base, _)| base.name == operation.base.name)
        {
            Some((base, count)) => {
                *count += 1;
                if base.default.is_empty() {
                    base.default.clone_from(&operation.base.default);
                }
            }
            None => bases.push((operation.base.clone(), 1)),
        }
    }
    // The sort is stable: among equals, the first of the document stays first.
    bases.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if let (Some(url), Some((base, _))) = (&config.base_url, bases.first_mut()) {
        base.default.clone_from(url);
    }
    for (base, count) in bases.iter().filter(|(base, _)| base.default.is_empty()) {
        let requests = if *count == 1 {
            "one request needs it".to_owned()
        } else {
            format!("{count} requests need it")
        };
        report.push_general(
            &rules::NO_BASE_URL,
            format!("`{}`, and {requests}", base.name),
        );
    }
    let candidates: Vec<Vec<Ident>> = bases
        .iter()
        .enumerate()
        .map(|(index, (base, _))| vec![base_ident(index, base)])
        .collect();
    let idents = names::distinct(&candidates, &[]);
    bases
        .into_iter()
        .zip(idents)
        .map(|((base, _), (ident, _))| BaseUrl { ident, base })
        .collect()
}

fn base_ident(index: usize, base: &Base) -> Ident {
    let word = if index == 0 {
        "base url"
    } else {
        base.name
            .trim_start_matches("https://")
            .trim_start_matches("http://")
    };
    let word = if word.to_ascii_lowercase().ends_with("url") {
        word.to_owned()
    } else {
        format!("{word} url")
    };
    names::constant(&word).unwrap_or_else(|| names::fixed("BASE_URL"))
}
