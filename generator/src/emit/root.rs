//! The root of the crate, and the modules of its folders.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Scope, deprecated, inner_docs, mods, outer_docs};
use crate::plan::docs::code;
use crate::plan::names::{self, Ident};
use crate::plan::{BaseUrl, Crate, Group};

pub(super) fn emit(plan: &Crate, scope: Scope) -> TokenStream {
    let runtime = if scope.frame.shared_runtime {
        quote! { pub use ::letterpress_client as runtime; }
    } else {
        quote! { pub mod runtime; }
    };
    // What is included into a module of another crate can have no documentation of its own.
    let docs = scope.frame.is_crate.then(|| docs(plan));
    let attributes = scope.attributes();
    let bases = plan.bases.iter().enumerate();
    let bases = bases.map(|(index, base)| base_url(base, index == 0, scope));
    let former = plan.base_names.aliases();
    let former = former.map(|(old, new)| former_base(old, new, scope));
    let mods = mods(&plan.root, &plan.modules, scope);
    let has_types = !plan.types.is_empty() || !plan.schemas.is_empty();
    let types = (scope.frame.has_files && has_types).then(|| {
        // Types of requests are public in their modules; those of named schemas only here.
        let public = (!plan.schemas.is_empty()).then(|| quote! { pub });
        quote! { #public mod types; }
    });
    quote! {
        #docs
        #attributes
        #mods
        #runtime
        #types
        #(#bases)*
        #(#former)*
    }
}

fn docs(plan: &Crate) -> TokenStream {
    let mut lines = vec![plan.title.clone()];
    if !plan.docs.is_empty() {
        lines.push(String::new());
        lines.extend(plan.docs.iter().cloned());
    }
    lines.extend(["", "# Example", "", "```no_run"].map(str::to_owned));
    lines.extend(plan.example.iter().cloned());
    lines.push("```".to_owned());
    inner_docs(&lines)
}

/// The base URL of most requests, or a secondary one, which gets no credentials but its own.
fn base_url(base: &BaseUrl, is_first: bool, scope: Scope) -> TokenStream {
    let (root, skip) = (scope.root(), scope.skip_item());
    let BaseUrl { ident, base } = base;
    let name = code(&base.name);
    let value = if base.default.is_empty() {
        format!(
            "The base URL {name}. The collection does not say where it is: set it in the settings."
        )
    } else {
        format!("The base URL {name} of the collection.")
    };
    let docs = outer_docs(&[value]);
    let (name, default) = (&base.name, &base.default);
    let new = names::fixed(if is_first { "new" } else { "secondary" });
    quote! {
        #docs
        #skip
        pub const #ident: #root::runtime::BaseUrl = #root::runtime::BaseUrl::#new(#name, #default);
    }
}

/// A constant that a base URL had before.
fn former_base(old: &Ident, new: &Ident, scope: Scope) -> TokenStream {
    let (root, skip) = (scope.root(), scope.skip_item());
    let deprecated = deprecated(new.as_str());
    quote! {
        #deprecated
        #skip
        pub const #old: #root::runtime::BaseUrl = #new;
    }
}

pub(super) fn group(group: &Group, scope: Scope) -> TokenStream {
    let docs = inner_docs(&group.docs);
    let attributes = scope.attributes();
    let mods = mods(group, &[], scope);
    quote! { #docs #attributes #mods }
}
