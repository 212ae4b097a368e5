//! The root of the crate, and the modules of its folders.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Frame, deprecated, inner_docs, mods, outer_docs};
use crate::docs;
use crate::names::Ident;
use crate::plan::{BaseUrl, Crate, Group};

pub(super) fn emit(plan: &Crate, frame: Frame<'_>) -> TokenStream {
    let runtime = if frame.shared_runtime {
        quote! { pub use letterpress_client as runtime; }
    } else {
        quote! { pub mod runtime; }
    };
    // What is included into a module of another crate can have no attributes of its own.
    let head = if frame.module.is_some() {
        TokenStream::new()
    } else {
        head(plan)
    };
    let root = frame.root();
    let bases = plan.bases.iter().map(|base| base_url(base, &root));
    let former = plan.base_names.aliases();
    let former = former.map(|(old, new)| former_base(old, new, &root));
    let mods = mods(&plan.root, &plan.modules, frame);
    let types = (!plan.types.is_empty()).then(|| quote! { mod types; });
    quote! {
        #head
        #mods
        #types
        #runtime
        #(#bases)*
        #(#former)*
    }
}

/// Documentation, and the lints that a document's own words would set off.
fn head(plan: &Crate) -> TokenStream {
    let mut lines = vec![plan.title.clone()];
    if !plan.docs.is_empty() {
        lines.push(String::new());
        lines.extend(plan.docs.iter().cloned());
    }
    lines.extend(["", "# Example", "", "```no_run"].map(str::to_owned));
    lines.extend(plan.example.iter().cloned());
    lines.push("```".to_owned());
    let docs = inner_docs(&lines);
    quote! {
        #docs
        #![allow(
            clippy::doc_markdown,
            clippy::enum_variant_names,
            clippy::module_inception,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::too_many_lines
        )]
    }
}

fn base_url(base: &BaseUrl, root: &TokenStream) -> TokenStream {
    let BaseUrl { ident, base } = base;
    let name = docs::code(&base.name);
    let value = if base.default.is_empty() {
        format!(
            "The base URL {name}. The collection does not say where it is: set it in the settings."
        )
    } else {
        format!("The base URL {name} of the collection.")
    };
    let docs = outer_docs(&[value]);
    let (name, default) = (&base.name, &base.default);
    quote! {
        #docs
        pub const #ident: #root::runtime::BaseUrl = #root::runtime::BaseUrl::new(#name, #default);
    }
}

/// A constant that a base URL had before.
fn former_base(old: &Ident, new: &Ident, root: &TokenStream) -> TokenStream {
    let deprecated = deprecated(new.as_str());
    quote! {
        #deprecated
        pub const #old: #root::runtime::BaseUrl = #new;
    }
}

pub(super) fn group(group: &Group, frame: Frame<'_>) -> TokenStream {
    let docs = inner_docs(&group.docs);
    let mods = mods(group, &[], frame);
    quote! { #docs #mods }
}
