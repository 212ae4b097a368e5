//! The module of a request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Frame, endpoint, inner_docs, types};
use crate::api::Auth;
use crate::names::{self, Ident};
use crate::plan::{Body, Module, Type};

pub(super) fn emit(module: &Module, frame: Frame<'_>) -> TokenStream {
    let docs = module_docs(module, frame);
    let root = frame.root();
    let imports = imports(module);
    let types = types::emit(module);
    let endpoint = endpoint::emit(module, &root);
    quote! {
        #docs
        use #root::runtime::{#(#imports),*};
        #types
        #endpoint
    }
}

/// The documentation, with the example where the crate can run it.
fn module_docs(module: &Module, frame: Frame<'_>) -> TokenStream {
    let mut lines = module.docs.clone();
    if frame.module.is_none() {
        lines.extend(["", "# Example", "", "```"].map(str::to_owned));
        lines.extend(module.example.iter().cloned());
        lines.push("```".to_owned());
    }
    inner_docs(&lines)
}

/// What the module uses of the runtime, sorted.
fn imports(module: &Module) -> Vec<Ident> {
    let mut used = BTreeSet::from(["BaseUrl", "CallError", "Endpoint", "Path", "Reply"]);
    let mut add = |is_used: bool, name: &'static str| {
        if is_used {
            used.insert(name);
        }
    };
    add(module.auth != Auth::None, "Auth");
    add(
        matches!(module.auth, Auth::ApiKeyHeader(_) | Auth::ApiKeyQuery(_)),
        "Place",
    );
    add(!module.error_codes.is_empty(), "ErrorCode");
    add(!module.query.is_empty(), "Query");
    add(!module.headers.is_empty(), "Headers");
    add(module.body != Body::Empty, "Body");
    add(matches!(module.body, Body::Form(_)), "Form");
    add(matches!(module.body, Body::Multipart(_)), "Multipart");
    let fields = module.fields.iter().chain(&module.options);
    add(fields.map(|field| &field.ty).any(Type::has_file), "File");
    used.into_iter().map(names::fixed).collect()
}

impl Type {
    fn has_file(&self) -> bool {
        match self {
            Type::File => true,
            Type::Option(inner) | Type::Vec(inner) => inner.has_file(),
            _ => false,
        }
    }
}
