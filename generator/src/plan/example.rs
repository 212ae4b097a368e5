//! The example in a module's documentation: a program that is compiled as a test, and not run.

use super::fields::Planned;
use super::module::Around;
use super::{Enum, Type};
use crate::api::{Auth, Location};
use crate::input::config::Config;
use crate::input::postman::infer;
use crate::plan::names::{self, Ident};

/// The longest text that an example shows of a body: a page of JSON hides the request.
const LONGEST: usize = 400;

/// The lines of the program: the request, and the call of a client.
pub(super) fn plan(
    around: &Around<'_>,
    inputs: &[Planned<'_>],
    enums: &[Enum],
    response: &Type,
) -> Vec<String> {
    let crate_name = around.config.name.replace('-', "_");
    let values = Values {
        crate_name: &crate_name,
        inputs,
        enums,
    };
    let mut lines = vec![
        "# #[cfg(feature = \"client\")]".to_owned(),
        format!("# async fn example(client: &{crate_name}::runtime::Client)"),
        "# -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        format!(
            "use {crate_name}::{}::{};",
            names::path(around.path),
            values.imports()
        ),
        String::new(),
    ];
    let literal = values.literal();
    let literal = literal.iter().flat_map(|line| line.split('\n'));
    lines.extend(literal.map(str::to_owned));
    let kept = if *response == Type::Unit {
        ""
    } else {
        "let response = "
    };
    lines.push(format!("{kept}client.call(&request).await?;"));
    lines.push("# Ok(()) }".to_owned());
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
    crate_name: &'a str,
    inputs: &'a [Planned<'a>],
    enums: &'a [Enum],
}

impl Values<'_> {
    /// Required inputs are all shown; of the optional ones none, so that the example stays short.
    fn shown(&self) -> impl Iterator<Item = &Planned<'_>> {
        self.inputs.iter().filter(|input| input.required)
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
            Type::Schema(..) => "Default::default()".to_owned(),
            Type::Id => format!("{}.into()", literal(text)),
            Type::File => format!("{}::runtime::File::open({text:?})", self.crate_name),
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
        let examples = &input.input.examples;
        let fits = |text: &&String| {
            let in_path =
                input.location != Location::Path || !matches!(text.trim(), "" | "." | "..");
            let typed = match leaf(&input.ty) {
                Type::I64 => text.parse::<i64>().is_ok(),
                Type::F64 => text.parse::<f64>().is_ok_and(f64::is_finite),
                Type::Bool => matches!(text.as_str(), "true" | "false"),
                Type::File => false,
                _ => infer::is_example(text),
            };
            let short = text.len() <= LONGEST;
            // A header takes one line of Latin-1.
            let sendable = input.location != Location::Header
                || text
                    .chars()
                    .all(|c| !c.is_control() && u32::from(c) <= 0xFF);
            in_path && typed && short && sendable
        };
        let found: Vec<String> = examples.iter().filter(fits).cloned().collect();
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
