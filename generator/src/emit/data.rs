//! The types of JSON data: structs and enums, each with the table that reads and writes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{self, open_enum, open_integers, type_tokens};
use super::{Scope, inner_docs, outer_docs};
use crate::plan::names::{self, Ident};
use crate::plan::{
    Alternative, Crate, Definition, Member, RequiredMember, SchemaModule, Structure, ToldBy,
};

/// The types of a module, in the order of the plan. Those that are written elsewhere are imports: see
/// [`imports`].
pub(super) fn definitions(definitions: &[Definition]) -> TokenStream {
    let definitions = definitions.iter().map(definition);
    quote! { #(#definitions)* }
}

/// `pub use` of the types that a module shares with others.
pub(super) fn imports(definitions: &[Definition], root: &TokenStream) -> Option<TokenStream> {
    let mut shared: Vec<(&Ident, TokenStream)> = definitions
        .iter()
        .filter_map(
            |Definition {
                 ident, structure, ..
             }| match structure {
                Structure::Shared(name) if name == ident => Some((name, quote! { #ident })),
                Structure::Shared(name) => Some((name, quote! { #name as #ident })),
                _ => None,
            },
        )
        .collect();
    shared.sort_by_key(|(name, _)| *name);
    let shared: Vec<TokenStream> = shared.into_iter().map(|(_, import)| import).collect();
    match shared.as_slice() {
        [] => None,
        [one] => Some(quote! { pub use #root::types::#one; }),
        _ => Some(quote! { pub use #root::types::{#(#shared),*}; }),
    }
}

fn definition(definition: &Definition) -> TokenStream {
    let Definition {
        ident,
        docs,
        structure,
    } = definition;
    let docs = outer_docs(docs);
    match structure {
        Structure::Record(members, extra) => {
            let shape = record(ident, members, extra.as_ref());
            quote! { #docs #shape }
        }
        Structure::Choice(alternatives) => {
            let shape = choice(ident, alternatives);
            quote! { #docs #shape }
        }
        Structure::Listed(listed) => {
            let shape = open_enum(ident, listed);
            quote! { #docs #shape }
        }
        Structure::Numbers(listed) => {
            let shape = open_integers(ident, listed);
            quote! { #docs #shape }
        }
        Structure::Alias(original) => quote! { #docs pub type #ident = #original; },
        Structure::Shared(_) => TokenStream::new(),
    }
}

fn record(ident: &Ident, members: &[Member], extra: Option<&Ident>) -> TokenStream {
    let fields = members.iter().map(|member| {
        let Member {
            ident, ty, docs, ..
        } = member;
        let (docs, ty) = (outer_docs(docs), type_tokens(ty));
        quote! { #docs pub #ident: #ty, }
    });
    let extra_field = extra.map(|ident| {
        quote! {
            /// Members that are not documented.
            pub #ident: rt::json::Extra,
        }
    });
    let rows = members.iter().map(|member| {
        let Member { ident, wire, .. } = member;
        let other = (ident.as_str() != wire).then(|| quote! { = #wire });
        quote! { #ident #other }
    });
    let rows = rows.chain(extra.map(|ident| quote! { ..#ident }));
    let shown = members.iter().map(|member| (&member.ident, &member.ty));
    let (debug, shown) = types::debug(ident, shown, extra);
    quote! {
        #[derive(Clone, PartialEq #debug, Default)]
        pub struct #ident {
            #(#fields)*
            #extra_field
        }

        #shown

        rt::record! {
            #ident {
                #(#rows),*
            }
        }
    }
}

fn choice(ident: &Ident, alternatives: &[Alternative]) -> TokenStream {
    let variants = alternatives.iter().map(|alternative| {
        let Alternative {
            ident, kind, ty, ..
        } = alternative;
        let article = if matches!(*kind, "array" | "object") {
            "An"
        } else {
            "A"
        };
        let docs = outer_docs(&[format!("{article} {kind}.")]);
        let ty = type_tokens(ty);
        quote! { #docs #ident(#ty), }
    });
    let (table, unknown) = table(ident, alternatives);
    quote! {
        #[derive(Clone, PartialEq, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value of another kind.
            #unknown(rt::json::Json),
        }

        #table
    }
}

/// The table that reads a union, and the variant of what it does not know.
fn table(ident: &Ident, alternatives: &[Alternative]) -> (TokenStream, Ident) {
    let kinds = alternatives
        .iter()
        .filter(|one| one.told_by == ToldBy::Kind);
    let kinds = kinds.map(|one| {
        let (variant, kind) = (&one.ident, names::fixed(one.kind));
        quote! { #variant: #kind }
    });
    let kinds: Vec<TokenStream> = kinds.collect();
    let others = (!kinds.is_empty()).then(|| quote! { ; #(#kinds),* });
    let tag = alternatives.iter().find_map(|one| match &one.told_by {
        ToldBy::Tag(tag, _) => Some(tag),
        _ => None,
    });
    let rows = alternatives.iter().filter_map(|one| {
        let variant = &one.ident;
        match &one.told_by {
            ToldBy::Kind => None,
            ToldBy::Tag(_, values) => Some(quote! { #variant = #(#values)|* }),
            ToldBy::Members(required, optional) => {
                let required = required.iter().map(required_member);
                let optional = match optional {
                    None => quote! { any },
                    Some(optional) => quote! { [#(#optional),*] },
                };
                Some(quote! { #variant = [#(#required),*] #optional })
            }
        }
    });
    let rows: Vec<TokenStream> = rows.collect();
    match tag {
        _ if rows.is_empty() => {
            let table = quote! { rt::choice! { #ident { #(#kinds),* } } };
            (table, names::fixed("Other"))
        }
        Some(tag) => {
            let table = quote! { rt::tagged_union! { #ident by #tag { #(#rows),* #others } } };
            (table, names::fixed("Unknown"))
        }
        None => {
            let table = quote! { rt::matched_union! { #ident { #(#rows),* #others } } };
            (table, names::fixed("Unknown"))
        }
    }
}

/// A member that tells an alternative, with the values that are listed for it.
fn required_member(member: &RequiredMember) -> TokenStream {
    let RequiredMember { name, values } = member;
    if values.is_empty() {
        quote! { #name }
    } else {
        quote! { #name = #(#values)|* }
    }
}

/// The module `types`.
pub(super) fn types(plan: &Crate, scope: Scope) -> TokenStream {
    let line = if plan.schemas.is_empty() {
        "Types that several requests share. The modules of the requests export them."
    } else {
        "The types of the schemas that the API names, shared by all requests."
    };
    let docs = inner_docs(&[line.to_owned()]);
    let attributes = scope.attributes();
    let mods = scope.mods(plan.schemas.iter().map(|schema| &schema.ident));
    let exports = plan
        .schemas
        .iter()
        .filter(|schema| !schema.exports.is_empty());
    let exports = exports.map(|SchemaModule { ident, exports, .. }| {
        quote! { pub use self::#ident::{#(#exports),*}; }
    });
    let runtime = (!plan.types.is_empty()).then(|| scope.runtime());
    let schemas = scope.types(plan.types.iter().any(Definition::mentions_schemas));
    let definitions = definitions(&plan.types);
    quote! {
        #docs
        #attributes
        #mods
        #runtime
        #schemas
        #(#exports)*
        #definitions
    }
}

/// The file of the types of a named schema.
pub(super) fn schema(schema: &SchemaModule, scope: Scope) -> TokenStream {
    let runtime = scope.runtime();
    let docs = inner_docs(std::slice::from_ref(&schema.docs));
    let attributes = scope.attributes();
    let types = scope.types(schema.definitions.iter().any(Definition::mentions_schemas));
    let definitions = definitions(&schema.definitions);
    quote! {
        #docs
        #attributes
        #runtime
        #types
        #definitions
    }
}
