//! A plan as tokens, one stream per module.
//!
//! Emission is total: it cannot fail and decides nothing. It sees no configuration, no document, and
//! no text that could become a name; texts become string literals or documentation, nothing else.

mod auth;
mod data;
pub mod depfile;
mod endpoint;
pub mod files;
pub mod format;
pub mod layout;
mod manifest;
mod module;
mod root;
mod types;

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::names::{self, Ident};
use crate::plan::{Alias, Crate, Group, Module, SchemaModule};

/// What the generated code is, and what it stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame {
    /// Whether it is a crate of its own, and not a module somewhere in another.
    pub is_crate: bool,
    /// Whether each module has a file. Else no file declares those below it: they are put around it.
    pub has_files: bool,
    /// Whether the runtime is a dependency, not a part of the output.
    pub shared_runtime: bool,
}

impl Frame {
    /// Whether there is a module of saved responses: it is behind a feature, and features are those of a crate.
    fn has_saved(self, plan: &Crate) -> bool {
        self.is_crate && !plan.saved.is_empty()
    }
}

/// A module with what it holds.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The names of the modules down to it, from the root of the client.
    pub path: Vec<Ident>,
    /// What it holds.
    pub unit: Unit<'a>,
}

/// What a module holds.
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
    /// The types of a named schema.
    Schema(&'a SchemaModule),
    /// The saved responses.
    Saved(&'a Crate),
}

/// The modules of a client, the root first.
#[must_use]
pub fn parts(plan: &Crate, frame: Frame) -> Vec<Part<'_>> {
    let mut parts = vec![Part {
        path: Vec::new(),
        unit: Unit::Root(plan),
    }];
    collect(&plan.root, &[], &mut parts);
    let types = names::fixed("types");
    if !plan.types.is_empty() || !plan.schemas.is_empty() {
        parts.push(Part {
            path: vec![types.clone()],
            unit: Unit::Types(plan),
        });
    }
    parts.extend(plan.schemas.iter().map(|schema| Part {
        path: vec![types.clone(), schema.ident.clone()],
        unit: Unit::Schema(schema),
    }));
    if frame.has_saved(plan) {
        parts.push(Part {
            path: vec![names::fixed("saved_responses")],
            unit: Unit::Saved(plan),
        });
    }
    parts
}

fn collect<'a>(group: &'a Group, folder: &[Ident], parts: &mut Vec<Part<'a>>) {
    let below = |ident: &Ident| [folder, std::slice::from_ref(ident)].concat();
    parts.extend(group.modules.iter().map(|module| Part {
        path: below(&module.ident),
        unit: Unit::Module(module),
    }));
    for (ident, group) in &group.groups {
        let path = below(ident);
        parts.push(Part {
            path: path.clone(),
            unit: Unit::Group(group),
        });
        collect(group, &path, parts);
    }
}

impl Part<'_> {
    /// What its file holds.
    #[must_use]
    pub fn emit(&self, frame: Frame) -> TokenStream {
        let scope = Scope {
            frame,
            depth: self.path.len(),
        };
        match self.unit {
            Unit::Root(plan) => root::emit(plan, scope),
            Unit::Group(group) => root::group(group, scope),
            Unit::Module(module) => module::emit(module, scope),
            Unit::Types(plan) => data::types(plan, scope),
            Unit::Schema(schema) => data::schema(schema, scope),
            Unit::Saved(plan) => root::saved(plan, scope),
        }
    }
}

/// Where a module stands.
#[derive(Clone, Copy)]
struct Scope {
    frame: Frame,
    /// How many modules of the client are around its content.
    depth: usize,
}

impl Scope {
    /// That of a module in it.
    fn inner(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }

    /// The path to the root of the client. A module does not know where it stands in its crate.
    fn root(self) -> TokenStream {
        let steps = std::iter::repeat_n(quote! { super }, self.depth);
        match self.depth {
            _ if self.frame.is_crate => quote! { crate },
            0 => quote! { self },
            _ => quote! { #(#steps)::* },
        }
    }

    /// The short name that a module has for the runtime. What modules declare is never in its way: types begin with
    /// a capital, and modules have no modules in them.
    fn runtime(self) -> TokenStream {
        let root = self.root();
        quote! { use #root::runtime as rt; }
    }

    /// The module of the types of named schemas, where a file mentions one.
    fn types(self, is_mentioned: bool) -> Option<TokenStream> {
        let root = self.root();
        is_mentioned.then(|| quote! { use #root::types; })
    }

    /// The attributes of a file: rustfmt is to skip it, and at the top of a client lints are off that a document's
    /// own words would set off. The root of a module can have no attributes of its own: it may be included.
    fn attributes(self) -> TokenStream {
        let is_module = !self.frame.is_crate;
        let has_file = self.frame.has_files && !(is_module && self.depth == 0);
        let skip = has_file.then(|| quote! { #![cfg_attr(rustfmt, rustfmt_skip)] });
        // What is private in a module may be unreachable in the crate around it.
        let of_module = is_module.then(|| quote! { , unreachable_pub });
        let lints = (self.depth == usize::from(is_module)).then(|| {
            quote! {
                #![allow(
                    clippy::doc_markdown,
                    clippy::enum_variant_names,
                    clippy::large_enum_variant,
                    clippy::match_same_arms,
                    clippy::module_inception,
                    clippy::struct_excessive_bools,
                    clippy::struct_field_names,
                    clippy::too_many_lines,
                    missing_docs
                    #of_module
                )]
            }
        });
        quote! { #skip #lints }
    }

    /// What stands before an item of the root of a module, where no attribute of the file tells rustfmt to skip it.
    fn skip_item(self) -> Option<TokenStream> {
        (!self.frame.is_crate).then(|| quote! { #[rustfmt::skip] })
    }

    /// The declarations of modules that have files.
    fn mods<'i>(self, names: impl IntoIterator<Item = &'i Ident>) -> TokenStream {
        let names = names.into_iter().filter(|_| self.frame.has_files);
        quote! { #(pub mod #names;)* }
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
fn mods(group: &Group, own: &[Ident], scope: Scope) -> TokenStream {
    let mut names: Vec<&Ident> = group.groups.iter().map(|(ident, _)| ident).collect();
    names.extend(group.modules.iter().map(|module| &module.ident));
    names.extend(own);
    names.sort();
    let mods = scope.mods(names);
    let aliases = group.aliases.iter();
    let aliases = aliases.map(|alias| former_module(alias, scope.inner()));
    quote! { #mods #(#aliases)* }
}

/// What stands before an alias: what it was called before.
fn deprecated(now: &str) -> TokenStream {
    let docs = outer_docs(&[format!("What `{now}` was called before.")]);
    let note = format!("it is `{now}` now");
    quote! { #docs #[deprecated(note = #note)] }
}

/// A module that a request had before. A deprecated `use` would warn nobody.
fn former_module(Alias { ident, target }: &Alias, scope: Scope) -> TokenStream {
    let root = scope.root();
    let path = names::path(target);
    let deprecated = deprecated(&path);
    quote! {
        #deprecated
        pub mod #ident {
            pub use #root #(::#target)*::*;
        }
    }
}
