//! The program around a client: a function for each module, which knows what that module has.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::format;
use crate::names::Ident;
use crate::plan::{Crate, Group, Module, Success};

/// A module and the names down to it.
pub(super) struct Planned<'a> {
    path: Vec<&'a Ident>,
    module: &'a Module,
}

impl Planned<'_> {
    /// `folder::request`
    pub(super) fn path(&self) -> String {
        let names: Vec<&str> = self.path.iter().map(|name| name.as_str()).collect();
        names.join("::")
    }
}

/// The modules of a crate: folder by folder, what lies in a folder before it.
pub(super) fn modules(plan: &Crate) -> Vec<Planned<'_>> {
    let mut found = Vec::new();
    collect(&plan.root, &[], &mut found);
    found
}

fn collect<'a>(group: &'a Group, path: &[&'a Ident], found: &mut Vec<Planned<'a>>) {
    let below = |name| path.iter().copied().chain([name]).collect::<Vec<_>>();
    for (name, group) in &group.groups {
        collect(group, &below(name), found);
    }
    found.extend(group.modules.iter().map(|module| Planned {
        path: below(&module.ident),
        module,
    }));
}

/// The text of the program.
pub(super) fn program(modules: &[Planned<'_>]) -> String {
    let names: Vec<_> = (0..modules.len())
        .map(|number| format_ident!("module_{number}"))
        .collect();
    let functions = names.iter().zip(modules).map(|(name, module)| {
        let body = function(module);
        quote! { fn #name(case: &Case) -> Outcome { #body } }
    });
    let count = Literal::usize_unsuffixed(modules.len());
    let tokens = quote! {
        use letterpress_probe::{Case, Module, Outcome};
        const MODULES: [Module; #count] = [#(#names),*];
        fn main() -> std::io::Result<()> {
            letterpress_probe::run(&MODULES)
        }
        #(#functions)*
    };
    let text = format::format(tokens);
    let text = text.unwrap_or_else(|error| format!("compile_error!({:?});\n", error.to_string()));
    format!("//! Feeds the client what its collection shows.\n\n{text}")
}

fn function(planned: &Planned<'_>) -> TokenStream {
    let Planned { path, module } = planned;
    let success = match &module.success {
        Success::Empty(_) => quote! { |()| None },
        Success::Reply(_) | Success::Undocumented => quote! { |reply| Some(reply.body().to_vec()) },
    };
    let failure = if module.failures.is_empty() {
        quote! { |failure| match *failure {} }
    } else {
        quote! { |_| None }
    };
    quote! {
        letterpress_probe::reply::<client::#(#path::)*Request>(case, #success, #failure)
    }
}
