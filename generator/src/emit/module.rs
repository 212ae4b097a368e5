//! The module of a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Scope, data, deprecated, endpoint, inner_docs, types};
use crate::plan::Module;

pub(super) fn emit(module: &Module, scope: Scope) -> TokenStream {
    let docs = module_docs(module, scope);
    let attributes = scope.attributes();
    let root = scope.root();
    let runtime = scope.runtime();
    let shared = data::imports(&module.definitions, &root);
    let schemas = scope.types(module.mentions_schemas());
    let types = types::emit(module);
    let former = former_types(module);
    let endpoint = endpoint::emit(module, &root);
    let pages = endpoint::pages(module);
    quote! {
        #docs
        #attributes
        #runtime
        #schemas
        #shared
        #types
        #former
        #endpoint
        #pages
    }
}

/// The names that types had before.
fn former_types(module: &Module) -> TokenStream {
    let aliases = module.names.aliases().map(|(old, new)| {
        let deprecated = deprecated(new.as_str());
        quote! {
            #deprecated
            pub type #old = #new;
        }
    });
    quote! { #(#aliases)* }
}

/// The documentation, with the example where the crate can compile it.
fn module_docs(module: &Module, scope: Scope) -> TokenStream {
    let mut lines = module.docs.clone();
    if scope.frame.is_crate {
        lines.extend(["", "# Example", "", "```no_run"].map(str::to_owned));
        lines.extend(module.example.iter().cloned());
        lines.push("```".to_owned());
    }
    inner_docs(&lines)
}
