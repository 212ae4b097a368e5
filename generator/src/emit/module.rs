//! The module of a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::data::{self, Used};
use super::{Scope, auth, deprecated, endpoint, inner_docs, types};
use crate::api::Auth;
use crate::plan::{Body, Module};

pub(super) fn emit(module: &Module, scope: Scope) -> TokenStream {
    let docs = module_docs(module, scope);
    let lints = scope.lints();
    let root = scope.root();
    let imports = used(module).lines(&root);
    let shared = data::imports(&module.definitions, &root);
    let types = types::emit(module);
    let former = former_types(module);
    let endpoint = endpoint::emit(module, &root);
    quote! {
        #docs
        #lints
        #imports
        #shared
        #types
        #former
        #endpoint
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

/// The documentation with the command, and with the example where the crate can run it.
fn module_docs(module: &Module, scope: Scope) -> TokenStream {
    let mut lines = module.docs.clone();
    lines.extend(["", "# With curl", ""].map(str::to_owned));
    lines.extend(module.command.iter().cloned());
    if scope.frame.is_crate {
        lines.extend(["", "# Example", "", "```"].map(str::to_owned));
        lines.extend(module.example.iter().cloned());
        lines.push("```".to_owned());
    }
    inner_docs(&lines)
}

/// What the module uses of the runtime.
fn used(module: &Module) -> Used {
    let mut used = Used::default();
    used.plain
        .extend(["BaseUrl", "CallError", "Endpoint", "Path", "Reply"]);
    let mut add = |is_used: bool, name: &'static str| {
        if is_used {
            used.plain.insert(name);
        }
    };
    add(module.auth != Auth::None, "Auth");
    add(auth::names_place(&module.auth), "Place");
    add(!module.error_codes.is_empty(), "ErrorCode");
    add(!module.query.is_empty(), "Query");
    add(!module.headers.is_empty(), "Headers");
    add(module.body != Body::Empty, "Body");
    add(matches!(module.body, Body::Form(_)), "Form");
    add(matches!(module.body, Body::Multipart(_)), "Multipart");
    if !module.enums.is_empty() {
        used.macros.insert("open_enum");
    }
    used.add_definitions(&module.definitions);
    let fields = module.fields.iter().chain(&module.options);
    fields.for_each(|field| used.add(&field.ty));
    used.add(&module.response);
    module
        .variants
        .iter()
        .for_each(|variant| used.add(&variant.ty));
    let bodies = module
        .failures
        .iter()
        .filter_map(|failure| failure.body.as_ref());
    bodies.for_each(|body| used.add(body));
    used
}
