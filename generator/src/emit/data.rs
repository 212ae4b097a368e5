//! The types of JSON data: structs and enums, each with the table that reads and writes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{self, open_enum, open_integers, type_tokens};
use super::{Scope, inner_docs, outer_docs};
use crate::plan::names::{self, Ident};
use crate::plan::{
    Alternative, Crate, Definition, Member, SchemaModule, Shared, Structure, ToldBy,
};

/// The types of a module, in the order of the plan. Those that are written elsewhere are imports: see
/// [`imports`].
pub(super) fn definitions(definitions: &[Definition]) -> TokenStream {
    let definitions = definitions.iter().map(definition);
    quote! { #(#definitions)* }
}

/// `pub use` of the types that a module shares with others.
pub(super) fn imports(definitions: &[Definition], root: &TokenStream) -> TokenStream {
    let shared = definitions.iter().filter_map(|definition| {
        let Structure::Shared(home) = &definition.structure else {
            return None;
        };
        let ident = &definition.ident;
        Some(quote! { pub use #root::types::#home::#ident; })
    });
    quote! { #(#shared)* }
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
            /// Members that the collection does not show.
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
            /// A value that the collection does not show.
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
            ToldBy::Members(required, None) => Some(quote! { #variant = [#(#required),*] any }),
            ToldBy::Members(required, Some(optional)) => {
                Some(quote! { #variant = [#(#required),*] [#(#optional),*] })
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

/// The file of a type that several modules share.
pub(super) fn shared(shared: &Shared, scope: Scope) -> TokenStream {
    let root = scope.root();
    let runtime = scope.runtime();
    let others = shared
        .uses
        .iter()
        .map(|(home, ident)| quote! { use #root::types::#home::#ident; });
    let types = scope.types(shared.definition.mentions_schemas());
    let definition = definition(&shared.definition);
    let docs = inner_docs(&["A type of several requests.".to_owned()]);
    let attributes = scope.attributes();
    quote! {
        #docs
        #attributes
        #runtime
        #types
        #(#others)*
        #definition
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

/// The module `types`.
pub(super) fn types(plan: &Crate, scope: Scope) -> TokenStream {
    let line = if plan.schemas.is_empty() {
        "Types that several requests share. Each is public in the modules of its requests."
    } else {
        "The types of the schemas that the API names, shared by all requests."
    };
    let docs = inner_docs(&[line.to_owned()]);
    let attributes = scope.attributes();
    let homes = plan.types.iter().map(|shared| &shared.home);
    let schemas = plan.schemas.iter().map(|schema| &schema.ident);
    let mods = scope.mods(homes.chain(schemas));
    let exports = plan
        .schemas
        .iter()
        .filter(|schema| !schema.exports.is_empty());
    let exports = exports.map(|SchemaModule { ident, exports, .. }| {
        quote! { pub use self::#ident::{#(#exports),*}; }
    });
    quote! {
        #docs
        #attributes
        #mods
        #(#exports)*
    }
}
