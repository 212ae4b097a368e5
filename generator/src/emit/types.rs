//! The types of a module: `Request`, `Options`, the enums of inputs, `Failure`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{data, outer_docs};
use crate::document::secret::is_secret_name;
use crate::plan::docs;
use crate::plan::names::{self, Ident};
use crate::plan::{Enum, Field, Listed, Module, Type, Variant};

pub(super) fn emit(module: &Module) -> TokenStream {
    let request = request(module);
    let options = options(module);
    let enums = module.enums.iter().map(listed);
    let definitions = data::definitions(&module.definitions);
    let response = response(module);
    let failure = failure(module);
    quote! { #request #options #(#enums)* #definitions #response #failure }
}

fn request(module: &Module) -> TokenStream {
    let docs = outer_docs(std::slice::from_ref(&module.summary));
    // A request whose inputs can all be left out is made without naming any.
    let default = module.fields.is_empty().then(|| quote! { , Default });
    let fields = module.fields.iter().map(field);
    let options = (!module.options.is_empty()).then(|| {
        quote! {
            pub options: Options,
        }
    });
    let inputs = module.fields.iter().map(|field| (&field.ident, &field.ty));
    let own = names::fixed("options");
    let options_field = (!module.options.is_empty()).then_some(&own);
    let (debug, table) = debug(&names::fixed("Request"), inputs, options_field);
    quote! {
        #docs
        #[derive(Clone, PartialEq #debug #default)]
        pub struct Request {
            #(#fields)*
            #options
        }

        #table
    }
}

/// The derive of `Debug` for a struct; where some of its fields are secrets by their names, a table of the others instead.
pub(super) fn debug<'a>(
    ident: &Ident,
    fields: impl Iterator<Item = (&'a Ident, &'a Type)>,
    other: Option<&Ident>,
) -> (TokenStream, TokenStream) {
    let (secrets, shown): (Vec<_>, Vec<_>) =
        fields.partition(|(ident, ty)| is_secret_name(ident.as_str()) && holds_text(ty));
    if secrets.is_empty() {
        return (quote! { , Debug }, TokenStream::new());
    }
    let shown = shown.into_iter().map(|(ident, _)| ident).chain(other);
    let table = quote! { rt::debug_without_secrets! { #ident { #(#shown),* } } };
    (TokenStream::new(), table)
}

/// Whether a value may be a secret: a number and a boolean say nothing that opens a door.
fn holds_text(ty: &Type) -> bool {
    match ty {
        Type::I64 | Type::F64 | Type::Bool | Type::Number | Type::Unit => false,
        Type::Option(inner) | Type::Nullable(inner) | Type::Vec(inner) => holds_text(inner),
        _ => true,
    }
}

fn options(module: &Module) -> TokenStream {
    if module.options.is_empty() {
        return TokenStream::new();
    }
    let fields = module.options.iter().map(field);
    let inputs = module.options.iter().map(|field| (&field.ident, &field.ty));
    let (debug, table) = debug(&names::fixed("Options"), inputs, None);
    quote! {
        /// Optional parameters.
        #[derive(Clone, PartialEq #debug, Default)]
        pub struct Options {
            #(#fields)*
        }

        #table
    }
}

fn field(field: &Field) -> TokenStream {
    let Field {
        ident, ty, docs, ..
    } = field;
    let docs = outer_docs(docs);
    let ty = type_tokens(ty);
    quote! {
        #docs
        pub #ident: #ty,
    }
}

pub(super) fn type_tokens(ty: &Type) -> TokenStream {
    let nested = |inner: &Type| type_tokens(inner);
    match ty {
        Type::String => quote! { String },
        Type::I32 => quote! { i32 },
        Type::I64 => quote! { i64 },
        Type::U64 => quote! { u64 },
        Type::F64 => quote! { f64 },
        Type::Bool => quote! { bool },
        Type::File => quote! { rt::File },
        Type::Id => quote! { rt::Id },
        Type::Number => quote! { rt::json::Number },
        Type::Base64 => quote! { rt::json::Base64 },
        Type::Json => quote! { rt::json::Json },
        Type::Reply => quote! { rt::Reply },
        Type::Bytes => quote! { rt::Bytes },
        Type::Unit => quote! { () },
        Type::Enum(ident) | Type::Named(ident) => quote! { #ident },
        Type::Schema(None, ident) => quote! { types::#ident },
        Type::Schema(Some(home), ident) => quote! { types::#home::#ident },
        Type::Pairs => quote! { Vec<(String, String)> },
        Type::Tuple(elements) => {
            let elements = elements.iter().map(nested);
            quote! { (#(#elements,)*) }
        }
        Type::Option(inner) => {
            let inner = nested(inner);
            quote! { Option<#inner> }
        }
        Type::Nullable(inner) => {
            let inner = nested(inner);
            quote! { rt::json::Nullable<#inner> }
        }
        Type::Vec(inner) => {
            let inner = nested(inner);
            quote! { Vec<#inner> }
        }
        Type::Map(inner) => {
            let inner = nested(inner);
            quote! { rt::json::Map<#inner> }
        }
        Type::Boxed(inner) => {
            let inner = nested(inner);
            quote! { Box<#inner> }
        }
    }
}

/// The enum of an input.
fn listed(plan: &Enum) -> TokenStream {
    let docs = outer_docs(&[format!("Values of {}.", docs::code(&plan.wire))]);
    let listed = open_enum(&plan.ident, &plan.variants);
    quote! { #docs #listed }
}

/// An enum that keeps what it does not know.
pub(super) fn open_enum(ident: &Ident, variants: &[Listed]) -> TokenStream {
    let items = variants.iter().map(|listed| {
        let ident = &listed.ident;
        let docs = outer_docs(&listed_docs(listed));
        quote! { #docs #ident, }
    });
    let rows = variants
        .iter()
        .map(|Listed { ident, value, .. }| quote! { #ident = #value });
    quote! {
        #[derive(Clone, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#items)*
            /// A value that is not documented.
            Unknown(String),
        }

        rt::open_enum! {
            #ident {
                #(#rows),*
            }
        }
    }
}

/// An enum of numbers that keeps what it does not know.
pub(super) fn open_integers(ident: &Ident, variants: &[Listed]) -> TokenStream {
    let items = variants.iter().map(|listed| {
        let ident = &listed.ident;
        let docs = outer_docs(&listed_docs(listed));
        quote! { #docs #ident, }
    });
    let rows = variants.iter().map(|Listed { ident, value, .. }| {
        let number = Literal::i64_unsuffixed(value.parse().unwrap_or_default());
        quote! { #ident = #number }
    });
    quote! {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#items)*
            /// A value that is not listed.
            Unknown(i64),
        }

        rt::open_integers! {
            #ident {
                #(#rows),*
            }
        }
    }
}

/// The enum of what different statuses give.
fn response(module: &Module) -> TokenStream {
    if module.variants.is_empty() {
        return TokenStream::new();
    }
    let variants = module.variants.iter().map(|variant| {
        let Variant { ident, ty, docs } = variant;
        let docs = outer_docs(std::slice::from_ref(docs));
        let held = held(Some(ty).filter(|ty| **ty != Type::Unit));
        quote! { #docs #ident #held, }
    });
    // A reply as it is cannot be compared.
    let is_plain = module.variants.iter().all(|v| v.ty != Type::Reply);
    let compare = is_plain.then(|| quote! { PartialEq, });
    quote! {
        /// Response body, by status.
        #[derive(Clone, #compare Debug)]
        #[non_exhaustive]
        pub enum Response {
            #(#variants)*
        }
    }
}

fn held(ty: Option<&Type>) -> Option<TokenStream> {
    let ty = type_tokens(ty?);
    Some(quote! { (#ty) })
}

/// The value, and what the document says about it. Where it says nothing, the table has the value.
fn listed_docs(listed: &Listed) -> Vec<String> {
    let value = docs::code(&listed.value);
    match listed.docs.as_slice() {
        [] => Vec::new(),
        [line] => vec![format!("{value}: {line}")],
        lines => [&[value, String::new()], lines].concat(),
    }
}

fn failure(module: &Module) -> TokenStream {
    if module.failures.is_empty() {
        return TokenStream::new();
    }
    let variants = module.failures.iter().map(|failure| {
        let docs = outer_docs(&failure.docs);
        let ident = &failure.ident;
        let held = held(failure.body.as_ref());
        quote! { #docs #ident #held, }
    });
    let is_plain = module.failures.iter().all(|failure| failure.body.is_none());
    let derive = if is_plain {
        quote! { Clone, Copy, PartialEq, Eq, Hash, Debug }
    } else {
        quote! { Clone, PartialEq, Debug }
    };
    quote! {
        /// Documented failures.
        #[derive(#derive)]
        #[non_exhaustive]
        pub enum Failure {
            #(#variants)*
        }
    }
}
