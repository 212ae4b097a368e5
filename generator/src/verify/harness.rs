//! The program around a client: a function for each module, which knows what that module has.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::format;
use crate::names::Ident;
use crate::plan::{Body, Content, Crate, Group, Module, Outcome, Type};

/// A module and the names down to it.
pub(super) struct Planned<'a> {
    path: Vec<&'a Ident>,
    pub(super) module: &'a Module,
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
    let body = body(module);
    quote! {
        use client::#(#path)::* as module;
        match case.status {
            Some(_) => probe::reply::<module::Request>(case, #success, #failure),
            None => #body,
        }
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

/// What makes a request with a body that is read, and shows what is sent.
fn body(module: &Module) -> TokenStream {
    let field = match &module.body {
        Body::Json(field, _) => Some(field),
        Body::GraphQl(_, _, field) => field.as_ref(),
        _ => return quote! { probe::Outcome::Failed("there is no such body".to_owned()) },
    };
    let parameter = if field.is_some() {
        quote! { value }
    } else {
        quote! { _: probe::Ignored }
    };
    let (own, optional): (Vec<_>, Vec<_>) = field.into_iter().partition(|field| !field.optional);
    let own = own.into_iter().map(|field| &field.ident).next();
    let others = module.fields.iter().map(|field| &field.ident);
    let others = others.filter(|ident| Some(*ident) != own);
    let own = own.map(|ident| quote! { #ident: value, });
    let optional = optional.into_iter().map(|field| &field.ident);
    let options = (!module.options.is_empty()).then(|| {
        quote! {
            options: module::Options { #(#optional: value,)* ..Default::default() },
        }
    });
    quote! {
        probe::body(case, |#parameter| module::Request {
            #(#others: Default::default(),)*
            #own
            #options
        })
    }
}
