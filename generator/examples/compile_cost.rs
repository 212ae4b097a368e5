//! Writes the client of a collection in three designs, which differ only in how JSON is read and written:
//!
//! ```text
//! cargo run --example compile_cost -- COLLECTION FOLDER
//! ```
//!
//! * `tables`: as it is generated;
//! * `serde`: the same types with derives of serde instead of the tables, the yardstick;
//! * `none`: without any JSON, which is the floor.
//!
//! Each is a crate of its own. `.ci/compile-cost` compiles them.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for developers, which reads files and prints"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use letterpress::{Config, Files, Input, Runtime, Source, generate};
use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Field, Item, parse_quote};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, PartialEq)]
enum Design {
    Tables,
    Serde,
    None,
}

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(collection), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("which collection, and where to?".into());
    };
    let source = Source::decode(collection.clone(), fs::read(&collection)?)?;
    let config = Config {
        runtime: Runtime::Shared,
        ..Config::new("client")
    };
    let output = generate(&Input::collection(source), &config);
    let designs = [
        ("tables", Design::Tables),
        ("serde", Design::Serde),
        ("none", Design::None),
    ];
    for (name, design) in designs {
        write(&Path::new(&folder).join(name), &output.files, design)?;
    }
    let types = count_types(&output.files)?;
    println!("{} requests, {types} types", output.requests);
    Ok(())
}

fn count_types(files: &Files) -> Result<usize> {
    let mut types = 0;
    for (_, text) in files.iter().filter(|(path, _)| is_rust(path)) {
        let items = syn::parse_file(text)?.items;
        let is_type = |item: &&Item| matches!(item, Item::Struct(_) | Item::Enum(_));
        types += items.iter().filter(is_type).count();
    }
    Ok(types)
}

fn is_rust(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

/// Writes the crate of one design.
fn write(folder: &Path, files: &Files, design: Design) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (path, text) in files.iter() {
        let text = match path {
            "Cargo.toml" => manifest(text, design),
            _ if design == Design::Tables || !is_rust(path) => text.to_owned(),
            _ => changed(text, design)?,
        };
        save(&folder.join(path), &text)?;
    }
    match design {
        Design::Tables => Ok(()),
        Design::Serde => save(&folder.join("src/runtime.rs"), &[MACROS, SERDE].concat()),
        Design::None => save(&folder.join("src/runtime.rs"), &[MACROS, NONE].concat()),
    }
}

fn save(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, text)?)
}

fn manifest(text: &str, design: Design) -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let (mut text, mut more) = (text.to_owned(), "");
    if design == Design::Serde {
        text = text
            .replace("serde = [\"letterpress-client/serde\"]\n", "")
            .replace("default-features = false", "features = [\"serde\"]");
        more = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
    }
    format!(
        "{text}{more}\n[patch.crates-io]\nletterpress-client = {{ path = {:?} }}\n\n[workspace]\n",
        runtime.display().to_string()
    )
}

/// A file in another design: derives in place of the tables, and calls of that design's functions.
fn changed(text: &str, design: Design) -> Result<String> {
    let mut file = syn::parse_file(text)?;
    if design == Design::Serde {
        let tables = tables(&file.items);
        for item in &mut file.items {
            derive(item, &tables);
        }
    }
    let text = prettyplease::unparse(&file);
    let replace = |text: String, (old, new): &(&str, &str)| text.replace(old, new);
    Ok(CALLS.iter().fold(text, replace))
}

/// What generated code calls of the runtime, and what takes its place.
const CALLS: [(&str, &str); 8] = [
    ("pub use letterpress_client as runtime;", "pub mod runtime;"),
    ("reply.json()", "crate::runtime::json::reply(reply)"),
    (
        "reply.json_if_any()",
        "crate::runtime::json::reply_if_any(reply)",
    ),
    (
        "reply.json_failure(",
        "crate::runtime::json::failure(reply, ",
    ),
    (
        "reply.json_failure_if_any(",
        "crate::runtime::json::failure_if_any(reply, ",
    ),
    (
        "Body::json(",
        "crate::runtime::json::body(\"application/json\", ",
    ),
    ("Body::json_as(", "crate::runtime::json::body("),
    ("form.json(", "crate::runtime::json::form(&mut form, "),
];

/// A type's table: by field or variant, its wire name as a literal.
type Table = BTreeMap<String, Literal>;

/// The tables of a file, by type.
fn tables(items: &[Item]) -> BTreeMap<String, Table> {
    let macros = items.iter().filter_map(|item| match item {
        Item::Macro(item) => Some(item.mac.tokens.clone().into_iter().collect::<Vec<_>>()),
        _ => None,
    });
    let tables = macros.filter_map(|tokens| match &tokens[..] {
        [TokenTree::Ident(name), TokenTree::Group(rows)] => {
            Some((name.to_string(), table(rows.stream())))
        }
        _ => None,
    });
    tables.collect()
}

/// `field: "wire", …` or `Variant = "wire", …`; a choice, `Variant: kind, …`, has no wire names.
fn table(rows: TokenStream) -> Table {
    let tokens: Vec<TokenTree> = rows.into_iter().collect();
    let rows = tokens.windows(3).filter_map(|three| match three {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Literal(wire),
        ] => Some((name.to_string(), wire.clone())),
        _ => None,
    });
    rows.collect()
}

/// Derives what the type's table says.
fn derive(item: &mut Item, tables: &BTreeMap<String, Table>) {
    let derives: Attribute = parse_quote! { #[derive(serde::Serialize, serde::Deserialize)] };
    match item {
        Item::Struct(item) => {
            let Some(table) = tables.get(&item.ident.to_string()) else {
                return;
            };
            item.attrs.push(derives);
            item.fields
                .iter_mut()
                .for_each(|field| member(field, table));
        }
        Item::Enum(item) => {
            let Some(table) = tables.get(&item.ident.to_string()) else {
                return;
            };
            item.attrs.push(derives);
            if table.is_empty() {
                item.attrs.push(parse_quote! { #[serde(untagged)] });
            }
            for variant in &mut item.variants {
                match table.get(&variant.ident.to_string()) {
                    Some(wire) => variant
                        .attrs
                        .push(parse_quote! { #[serde(rename = #wire)] }),
                    None if table.is_empty() => {}
                    None => variant.attrs.push(parse_quote! { #[serde(untagged)] }),
                }
            }
        }
        _ => {}
    }
}

fn member(field: &mut Field, table: &Table) {
    let name = field
        .ident
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    match table.get(&name) {
        Some(wire) if wire.to_string() != format!("{name:?}") => {
            field.attrs.push(parse_quote! { #[serde(rename = #wire)] });
        }
        Some(_) => {}
        None => field.attrs.push(parse_quote! { #[serde(flatten)] }),
    }
    let ty = field.ty.to_token_stream().to_string();
    if ty.starts_with("Option") {
        let optional = parse_quote! { #[serde(default, skip_serializing_if = "Option::is_none")] };
        field.attrs.push(optional);
    }
}

/// What takes the place of the runtime's macros: all that they give a type but JSON.
const MACROS: &str = r#"//! The runtime with another design of JSON.

#![allow(hidden_glob_reexports, reason = "the macros below take the place of the runtime's")]

pub use letterpress_client::*;

#[allow(unused_macros)]
macro_rules! record {
    ($($table:tt)*) => {};
}

#[allow(unused_macros)]
macro_rules! choice {
    ($name:ident { $($row:tt)* }) => {
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Other(Default::default())
            }
        }
    };
}

#[allow(unused_macros)]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        impl $name {
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(text) => text,
                }
            }
        }
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }
        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown(text.into()),
                }
            }
        }
        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }
    };
}

#[allow(unused_imports)]
pub(crate) use {choice, open_enum, record};
"#;

/// What takes the place of the runtime's JSON where serde does the work.
const SERDE: &str = r"
pub mod json {
    use letterpress_client::{Body, CallError, Form, Reply};
    use serde::{Serialize, de::DeserializeOwned};
    pub use serde_json::Value as Json;

    pub type Map<T> = std::collections::BTreeMap<String, T>;
    pub type Extra = Map<Json>;
    pub type Nullable<T> = Option<T>;
    pub type Number = f64;

    #[inline]
    pub fn reply<T: DeserializeOwned, F>(reply: Reply) -> Result<T, CallError<F>> {
        serde_json::from_slice(reply.body()).map_err(|_| reply.undocumented())
    }

    #[inline]
    pub fn reply_if_any<T: DeserializeOwned, F>(reply: Reply) -> Result<Option<T>, CallError<F>> {
        if reply.body().is_empty() {
            return Ok(None);
        }
        self::reply(reply).map(Some)
    }

    #[inline]
    pub fn failure<T: DeserializeOwned, F>(reply: Reply, failure: impl FnOnce(T) -> F) -> CallError<F> {
        match serde_json::from_slice(reply.body()) {
            Ok(body) => reply.failure(failure(body)),
            Err(_) => reply.undocumented(),
        }
    }

    #[inline]
    pub fn failure_if_any<T: DeserializeOwned, F>(
        reply: Reply,
        failure: impl FnOnce(Option<T>) -> F,
    ) -> CallError<F> {
        if reply.body().is_empty() {
            return reply.failure(failure(None));
        }
        self::failure(reply, |body| failure(Some(body)))
    }

    #[inline]
    pub fn body<T: Serialize>(media_type: &'static str, value: &T) -> Body {
        Body::text(media_type, &serde_json::to_string(value).unwrap_or_default())
    }

    #[inline]
    pub fn form<T: Serialize>(form: &mut Form, name: &str, value: &T) {
        form.pair(name, &serde_json::to_string(value).unwrap_or_default());
    }
}
";

/// What takes the place of the runtime's JSON where nothing does the work.
const NONE: &str = r#"
pub mod json {
    pub use letterpress_client::json::{Extra, Json, Map, Nullable, Number};
    use letterpress_client::{Body, CallError, Form, Reply};

    #[inline]
    pub fn reply<T, F>(reply: Reply) -> Result<T, CallError<F>> {
        Err(reply.undocumented())
    }

    #[inline]
    pub fn reply_if_any<T, F>(reply: Reply) -> Result<Option<T>, CallError<F>> {
        Err(reply.undocumented())
    }

    #[inline]
    pub fn failure<T, F>(reply: Reply, _: impl FnOnce(T) -> F) -> CallError<F> {
        reply.undocumented()
    }

    #[inline]
    pub fn failure_if_any<T, F>(reply: Reply, _: impl FnOnce(Option<T>) -> F) -> CallError<F> {
        reply.undocumented()
    }

    #[inline]
    pub fn body<T>(media_type: &'static str, _: &T) -> Body {
        Body::text(media_type, "")
    }

    #[inline]
    pub fn form<T>(form: &mut Form, name: &str, _: &T) {
        form.pair(name, &"");
    }
}
"#;
