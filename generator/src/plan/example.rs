//! The example in a module's documentation: a program that is compiled and run as a test.

use letterpress_client::source::{self, PathPiece, encode_query_value};

use super::fields::{Kind, Planned};
use super::module::Around;
use super::{Enum, Type};
use crate::api::{Auth, Operation, Parameter, PathPart};
use crate::input::config::Config;
use crate::input::postman::infer;
use crate::plan::names::{self, Ident};

/// The longest text that an example shows of a body: a page of JSON hides the request.
const LONGEST: usize = 400;

/// The base URL where the document has none.
const EXAMPLE_BASE: &str = "https://api.example.com";

/// The lines of the program.
pub(super) fn plan(
    operation: &Operation,
    around: &Around<'_>,
    inputs: &[Planned<'_>],
    enums: &[Enum],
) -> Vec<String> {
    let crate_name = around.config.name.replace('-', "_");
    let values = Values { inputs, enums };
    let mut lines = vec![
        format!("use {crate_name}::runtime::{};", values.runtime_imports()),
        format!(
            "use {crate_name}::{}::{};",
            names::path(around.path),
            values.imports()
        ),
        String::new(),
    ];
    lines.extend(
        values
            .literal()
            .iter()
            .flat_map(|line| line.split('\n'))
            .map(str::to_owned),
    );
    let base = around
        .base
        .map(|base| base.base.default.as_str())
        .filter(|base| !base.is_empty());
    let base = base.unwrap_or(EXAMPLE_BASE);
    lines.push(format!("let http = request.to_http({base:?})?;"));
    lines.push(format!(
        "assert_eq!(http.method(), {:?});",
        operation.method
    ));
    lines.push(format!(
        "assert_eq!(http.uri(), {:?});",
        values.uri(operation, base)
    ));
    lines.push(format!(
        "# Ok::<(), {crate_name}::runtime::RequestError>(())"
    ));
    lines
}

/// The lines of the program in the documentation of the crate: the whole way of a request.
pub(super) fn of_crate(config: &Config, path: &[&Ident], auth: &Auth) -> Vec<String> {
    let crate_name = config.name.replace('-', "_");
    let credentials = super::auth::example(auth);
    let imports: Vec<&str> = super::auth::example_import(auth)
        .into_iter()
        .chain(["Client", "Settings"])
        .collect();
    [
        "# #[cfg(feature = \"client\")]".to_owned(),
        format!(
            "# async fn send(request: {crate_name}::{}::Request)",
            names::path(path.iter().copied())
        ),
        "# -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        format!("use {crate_name}::runtime::{{{}}};", imports.join(", ")),
        String::new(),
        format!("let client = Client::new(Settings::new(){credentials})?;"),
        "let reply = client.call(&request).await?;".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ]
    .into()
}

/// The example values of a request's inputs.
struct Values<'a> {
    inputs: &'a [Planned<'a>],
    enums: &'a [Enum],
}

impl Values<'_> {
    /// Required inputs are all shown; of the optional ones none, so that the example stays short.
    fn shown(&self) -> impl Iterator<Item = &Planned<'_>> {
        self.inputs.iter().filter(|input| input.required)
    }

    fn runtime_imports(&self) -> &'static str {
        let has_file = self
            .shown()
            .any(|input| matches!(leaf(&input.ty), Type::File));
        if has_file {
            "{Endpoint, File}"
        } else {
            "Endpoint"
        }
    }

    fn imports(&self) -> String {
        let mut names = vec!["Request".to_owned()];
        for input in self.shown() {
            if let (Type::Enum(ident), false) =
                (leaf(&input.ty), matches!(input.ty, Type::Option(_)))
            {
                names.push(ident.to_string());
            }
            let literal = input.literal.iter();
            names.extend(
                literal
                    .flat_map(|literal| &literal.uses)
                    .map(Ident::to_string),
            );
        }
        if names.len() == 1 {
            return names.remove(0);
        }
        names.sort();
        names.dedup();
        format!("{{{}}}", names.join(", "))
    }

    fn literal(&self) -> Vec<String> {
        let has_options = self.inputs.iter().any(|input| !input.required);
        if self.shown().next().is_none() {
            return vec!["let request = Request::default();".to_owned()];
        }
        let mut lines = vec!["let request = Request {".to_owned()];
        lines.extend(
            self.shown()
                .map(|input| format!("    {}: {},", input.ident, self.value(input))),
        );
        if has_options {
            lines.push("    options: Default::default(),".to_owned());
        }
        lines.push("};".to_owned());
        lines
    }

    fn value(&self, input: &Planned<'_>) -> String {
        match &input.ty {
            Type::Vec(inner) if input.literal.is_none() => {
                let texts = self.texts(input);
                let values: Vec<String> =
                    texts.iter().map(|text| self.single(inner, text)).collect();
                format!("vec![{}]", values.join(", "))
            }
            Type::Option(_) => "None".to_owned(),
            _ if input.literal.is_some() => {
                let literal = input.literal.as_ref();
                literal
                    .map(|literal| literal.text.clone())
                    .unwrap_or_default()
            }
            ty => self.single(ty, &self.texts(input)[0]),
        }
    }

    fn single(&self, ty: &Type, text: &str) -> String {
        match ty {
            Type::I64 | Type::Bool => text.to_owned(),
            Type::F64 => format!("{:?}", text.parse::<f64>().unwrap_or_default()),
            Type::Id => format!("{}.into()", literal(text)),
            Type::File => format!("File::open({text:?})"),
            Type::Enum(ident) => {
                let variants = self
                    .enums
                    .iter()
                    .find(|e| e.ident == *ident)
                    .map(|e| &e.variants);
                let variant = variants.and_then(|list| list.iter().find(|v| v.value == text));
                variant.map_or_else(
                    || format!("{ident}::from({text:?})"),
                    |variant| format!("{ident}::{}", variant.ident),
                )
            }
            _ => format!("{}.to_owned()", literal(text)),
        }
    }

    /// The texts of an input on the wire: the examples of the document, or one that fits the type.
    fn texts(&self, input: &Planned<'_>) -> Vec<String> {
        let examples = &input.input.evidence.examples;
        let fits = |text: &&String| {
            let in_path = input.kind != Kind::Path || !matches!(text.trim(), "" | "." | "..");
            let typed = match leaf(&input.ty) {
                Type::I64 => text.parse::<i64>().is_ok(),
                Type::F64 => text.parse::<f64>().is_ok_and(f64::is_finite),
                Type::Bool => matches!(text.as_str(), "true" | "false"),
                Type::File => false,
                _ => infer::is_example(text),
            };
            let short = text.len() <= LONGEST;
            // A header takes one line of Latin-1.
            let sendable = input.kind != Kind::Header
                || text
                    .chars()
                    .all(|c| !c.is_control() && u32::from(c) <= 0xFF);
            in_path && typed && short && sendable
        };
        let found: Vec<String> = examples
            .iter()
            .filter(fits)
            .map(|text| as_sent(input, text))
            .collect();
        if found.is_empty() {
            vec![self.made_up(input)]
        } else {
            found
        }
    }

    fn made_up(&self, input: &Planned<'_>) -> String {
        match leaf(&input.ty) {
            Type::I64 | Type::F64 => "1".to_owned(),
            Type::Bool => "true".to_owned(),
            Type::Enum(ident) => {
                let listed = self
                    .enums
                    .iter()
                    .find(|e| e.ident == *ident)
                    .and_then(|e| e.variants.first());
                listed
                    .map(|variant| variant.value.clone())
                    .unwrap_or_default()
            }
            Type::File => "example.bin".to_owned(),
            _ if input.is_json() => "{}".to_owned(),
            // A name says what goes here, and is never empty.
            _ => input.ident.to_string(),
        }
    }

    /// What the program's request has as its URL.
    fn uri(&self, operation: &Operation, base: &str) -> String {
        let mut uri = base.to_owned();
        let texts: Vec<String> = operation
            .path
            .iter()
            .map(|part| self.path_text(part))
            .collect();
        let pieces = operation
            .path
            .iter()
            .zip(&texts)
            .map(|(part, text)| match part {
                PathPart::Text(_) => PathPiece::Text(text),
                PathPart::Input(input) if input.twice => PathPiece::Twice(text),
                PathPart::Input(_) => PathPiece::Value(text),
            });
        uri.push_str(&source::path(pieces).unwrap_or_default());
        let elements = self.query(operation);
        if !elements.is_empty() {
            uri.push('?');
            uri.push_str(&elements.join("&"));
        }
        normal(&uri)
    }

    /// A piece of the path: its text, or the value of its input.
    fn path_text(&self, part: &PathPart) -> String {
        match part {
            PathPart::Text(text) => text.clone(),
            PathPart::Input(input) => {
                let is_it = |p: &&Planned<'_>| p.kind == Kind::Path && p.input.name == input.name;
                let found = self.inputs.iter().find(is_it);
                found.map_or_else(String::new, |planned| self.texts(planned).remove(0))
            }
        }
    }

    fn query(&self, operation: &Operation) -> Vec<String> {
        let mut inputs = self.inputs.iter().filter(|input| input.kind == Kind::Query);
        let mut elements = Vec::new();
        for parameter in &operation.query {
            let Parameter::Input(..) = parameter else {
                if let Parameter::Fixed { value, .. } = parameter {
                    elements.push(value.clone());
                }
                continue;
            };
            let Some(input) = inputs.next().filter(|input| input.required) else {
                continue;
            };
            let name = crate::document::encode::query_name(&input.input.name);
            if matches!(input.ty, Type::Option(_)) {
                elements.push(name);
            } else {
                let texts = self.texts(input);
                elements.extend(
                    texts
                        .iter()
                        .map(|text| format!("{name}={}", encode_query_value(text))),
                );
            }
        }
        elements
    }
}

/// An example as the type writes it on the wire.
fn as_sent(input: &Planned<'_>, text: &str) -> String {
    match leaf(&input.ty) {
        Type::I64 => text.parse::<i64>().unwrap_or_default().to_string(),
        Type::F64 => text.parse::<f64>().unwrap_or_default().to_string(),
        _ => text.to_owned(),
    }
}

/// A URL as `http::Uri` shows it: without a path it has the path `/`.
fn normal(uri: &str) -> String {
    http::Uri::try_from(uri).map_or_else(|_| uri.to_owned(), |uri| uri.to_string())
}

fn leaf(ty: &Type) -> &Type {
    match ty {
        Type::Vec(inner) | Type::Option(inner) => leaf(inner),
        ty => ty,
    }
}

/// A string literal: raw where that reads better, as JSON does. A raw one must not hold a line that
/// rustdoc takes for its own: a fence, or a hidden line.
pub(super) fn literal(text: &str) -> String {
    let is_plain = text.is_ascii() && text.chars().all(|c| c == '\n' || !c.is_control());
    let is_ours = |line: &str| line.trim_start().starts_with(['#', '`', '~']);
    let raw = is_plain && text.contains('"') && !text.contains("\"#") && !text.lines().any(is_ours);
    if raw {
        format!("r#\"{text}\"#")
    } else {
        format!("{text:?}")
    }
}
