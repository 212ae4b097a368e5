//! A plan as tokens, one stream per file.
//!
//! Emission is total: it cannot fail and decides nothing. It sees no configuration, no document, and
//! no text that could become a name; texts become string literals or documentation, nothing else.

mod auth;
mod data;
mod endpoint;
mod module;
mod root;
mod types;

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::{self, Ident};
use crate::plan::{Alias, Crate, Group, Module, Shared};

/// Where the generated code finds its own root, and what it stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Frame<'a> {
    /// The module at the crate root that holds the client, when it is not a crate of its own.
    pub module: Option<&'a Ident>,
    /// Whether the runtime is a dependency, not a part of the output.
    pub shared_runtime: bool,
}

/// A file to be written.
#[derive(Clone, Copy, Debug)]
pub enum Unit<'a> {
    /// The root of the crate.
    Root(&'a Crate),
    /// The modules of a folder.
    Group(&'a Group),
    /// A request.
    Module(&'a Module),
    /// The module of shared types.
    Types(&'a Crate),
    /// A shared type.
    Shared(&'a Shared),
}

/// The files of a crate, with their paths below `src`.
#[must_use]
pub fn units(plan: &Crate) -> Vec<(String, Unit<'_>)> {
    let mut units = vec![("lib.rs".to_owned(), Unit::Root(plan))];
    collect(&plan.root, "", &mut units);
    if !plan.types.is_empty() {
        units.push(("types/mod.rs".to_owned(), Unit::Types(plan)));
    }
    for shared in &plan.types {
        units.push((format!("types/{}.rs", shared.home), Unit::Shared(shared)));
    }
    units
}

fn collect<'a>(group: &'a Group, folder: &str, units: &mut Vec<(String, Unit<'a>)>) {
    for module in &group.modules {
        units.push((format!("{folder}{}.rs", module.ident), Unit::Module(module)));
    }
    for (ident, group) in &group.groups {
        let folder = format!("{folder}{ident}/");
        units.push((format!("{folder}mod.rs"), Unit::Group(group)));
        collect(group, &folder, units);
    }
}

impl Unit<'_> {
    /// What the file holds.
    #[must_use]
    pub fn emit(&self, frame: Frame<'_>) -> TokenStream {
        match self {
            Unit::Root(plan) => root::emit(plan, frame),
            Unit::Group(group) => root::group(group, frame),
            Unit::Module(module) => module::emit(module, frame),
            Unit::Types(plan) => data::types(plan),
            Unit::Shared(shared) => data::shared(shared, frame),
        }
    }
}

impl Frame<'_> {
    /// The path to the root of the client.
    fn root(self) -> TokenStream {
        let module = self.module.map(|module| quote! { ::#module });
        quote! { crate #module }
    }
}

/// Lines of documentation of the item that follows.
fn outer_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| spaced(line));
    quote! { #(#[doc = #lines])* }
}

/// Lines of documentation of the file.
fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| spaced(line));
    quote! { #(#![doc = #lines])* }
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// The `mod` items of a group and of modules that the user has written, sorted as rustfmt sorts them, and
/// what is left of modules that requests had before.
fn mods(group: &Group, own: &[Ident], frame: Frame<'_>) -> TokenStream {
    let mut names: Vec<&Ident> = group.groups.iter().map(|(ident, _)| ident).collect();
    names.extend(group.modules.iter().map(|module| &module.ident));
    names.extend(own);
    names.sort();
    let aliases = group
        .aliases
        .iter()
        .map(|alias| former_module(alias, frame));
    quote! { #(pub mod #names;)* #(#aliases)* }
}

/// What stands before an alias: what it was called before.
fn deprecated(now: &str) -> TokenStream {
    let docs = outer_docs(&[format!("What `{now}` was called before.")]);
    let note = format!("it is `{now}` now");
    quote! { #docs #[deprecated(note = #note)] }
}

/// A module that a request had before. A deprecated `use` would warn nobody.
fn former_module(Alias { ident, target }: &Alias, frame: Frame<'_>) -> TokenStream {
    let root = frame.root();
    let path = names::path(target);
    let deprecated = deprecated(&path);
    quote! {
        #deprecated
        pub mod #ident {
            pub use #root #(::#target)*::*;
        }
    }
}
