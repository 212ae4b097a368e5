//! The program around a client: a function for each module, which knows what that module has.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::values;
use crate::emit::format;
use crate::plan::names::{self, Ident};
use crate::plan::{Access, Content, Crate, Field, Group, Module, Outcome, Type};

/// A module and the names down to it.
pub(super) struct Planned<'a> {
    path: Vec<&'a Ident>,
    pub(super) module: &'a Module,
}

impl Planned<'_> {
    /// `folder::request`
    pub(super) fn path(&self) -> String {
        names::path(self.path.iter().copied())
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
        quote! { fn #name(case: &probe::Case) -> probe::Outcome { #body } }
    });
    let count = Literal::usize_unsuffixed(modules.len());
    let tokens = quote! {
        use letterpress_probe as probe;
        const MODULES: [probe::Module; #count] = [#(#names),*];
        fn main() -> std::io::Result<()> {
            probe::run(&MODULES)
        }
        #(#functions)*
    };
    let text = format::format(tokens);
    let text = text.unwrap_or_else(|error| format!("compile_error!({:?});\n", error.to_string()));
    format!("//! Feeds the client what its collection shows.\n\n{text}")
}

fn function(planned: &Planned<'_>) -> TokenStream {
    let Planned { path, module } = planned;
    let (success, failure) = (success(module), failure(module));
    let request = request(module);
    quote! {
        use client::#(#path)::* as module;
        probe::answer::<module::Request>(case, #success, #failure, |fields| #request)
    }
}

/// The function that writes a successful reply again.
fn success(module: &Module) -> TokenStream {
    if module.variants.is_empty() {
        let content = module.arms.iter().find_map(|arm| match arm.outcome {
            Outcome::Success(_) => Some(arm.content),
            Outcome::Failure(_) => None,
        });
        let kept = kept(content.unwrap_or(Content::Reply));
        let value = if content == Some(Content::Nothing) {
            quote! { () }
        } else {
            quote! { value }
        };
        return quote! { |#value| #kept };
    }
    let arms = module.arms.iter().filter_map(|arm| match &arm.outcome {
        Outcome::Success(variant) => Some((variant.as_ref()?, arm.content)),
        Outcome::Failure(_) => None,
    });
    let arms = arms.map(|(variant, content)| {
        let kept = kept(content);
        let held = (content != Content::Nothing).then(|| quote! { (value) });
        quote! { module::Response::#variant #held => #kept, }
    });
    quote! { |value| match value { #(#arms)* _ => None } }
}

/// What is left of `value`.
fn kept(content: Content) -> TokenStream {
    match content {
        Content::Nothing => quote! { None },
        Content::Json => quote! { Some(probe::json(&value)) },
        Content::JsonIfAny => quote! { value.map(|value| probe::json(&value)) },
        Content::Text => quote! { Some(value.into_bytes()) },
        Content::Bytes => quote! { Some(value.to_vec()) },
        Content::Reply => quote! { Some(value.body().to_vec()) },
    }
}

/// The function that writes the body of a failure again, where that has a type.
fn failure(module: &Module) -> TokenStream {
    if module.failures.is_empty() {
        return quote! { |never| match *never {} };
    }
    let typed = module.failures.iter().filter_map(|failure| {
        let (variant, ty) = (&failure.ident, failure.body.as_ref()?);
        let kept = if matches!(ty, Type::Option(_)) {
            quote! { value.as_ref().map(|value| probe::json(value)) }
        } else {
            quote! { Some(probe::json(value)) }
        };
        Some(quote! { module::Failure::#variant(value) => #kept, })
    });
    quote! { |failure| match failure { #(#typed)* _ => None } }
}

/// What makes a request of the values of its fields.
fn request(module: &Module) -> TokenStream {
    let own = module.fields.iter().map(|field| slot(field, false));
    let options = (!module.options.is_empty()).then(|| {
        let options = module.options.iter().map(|field| slot(field, true));
        quote! { options: module::Options { #(#options)* }, }
    });
    quote! { module::Request { #(#own)* #options } }
}

/// A field and what takes its value.
fn slot(field: &Field, optional: bool) -> TokenStream {
    let ident = field.ident.clone();
    let name = values::name(&Access { ident, optional });
    let read = match &field.ty {
        Type::File => quote! { file },
        Type::Option(inner) if **inner == Type::File => quote! { file_if_any },
        Type::Vec(inner) if **inner == Type::File => quote! { files },
        Type::Pairs => quote! { pairs },
        _ => quote! { value },
    };
    let ident = &field.ident;
    quote! { #ident: fields.#read(#name), }
}
