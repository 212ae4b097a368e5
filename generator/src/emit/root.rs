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
    let saved = scope.frame.has_saved(plan).then(|| {
        quote! {
            #[cfg(feature = "mock")]
            mod saved_responses;
            #[cfg(feature = "mock")]
            pub use saved_responses::SAVED_RESPONSES;
        }
    });
    quote! {
        #docs
        #attributes
        #mods
        #runtime
        #types
        #saved
        #(#bases)*
        #(#former)*
    }
}

/// The saved responses: text of one line each, which costs the compiler next to nothing.
pub(super) fn saved(plan: &Crate, scope: Scope) -> TokenStream {
    let attributes = scope.attributes();
    let text = raw_string(&format!("\n{}\n", plan.saved.join("\n")));
    quote! {
        //! The saved responses of the API.
        #attributes
        /// The saved responses of the API, for [`Mock::saved`](crate::runtime::mock::Mock::saved): JSON, one response a line.
        pub const SAVED_RESPONSES: &str = #text;
    }
}

/// A raw string literal, with as many `#` as end it nowhere else.
fn raw_string(text: &str) -> TokenStream {
    let longest = text
        .split('"')
        .skip(1)
        .map(|rest| rest.len() - rest.trim_start_matches('#').len());
    let marks = "#".repeat(longest.max().unwrap_or_default() + 1);
    let literal = format!("r{marks}\"{text}\"{marks}").parse();
    literal.unwrap_or_else(|_| quote! { #text })
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
