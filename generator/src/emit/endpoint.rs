//! `impl Endpoint for Request`: what the request puts on the wire, and what its replies mean.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::outer_docs;
use crate::api::Auth;
use crate::names::{self, Ident};
use crate::plan::{Access, Add, Body, Count, Module, PathStep, Step, Success};

pub(super) fn emit(module: &Module, root: &TokenStream) -> TokenStream {
    let types = types(module);
    let consts = consts(module, root);
    let path = path(&module.path);
    let query = lines("query", "Query", &module.query);
    let headers = lines("headers", "Headers", &module.headers);
    let body = body(&module.body);
    let decode = decode(module);
    quote! {
        impl Endpoint for Request {
            #types
            #consts
            #path
            #query
            #headers
            #body
            #decode
        }
    }
}

fn types(module: &Module) -> TokenStream {
    let response = response(module);
    let failure = failure(module);
    quote! {
        type Response = #response;
        type Failure = #failure;
    }
}

fn response(module: &Module) -> TokenStream {
    match module.success {
        Success::Empty(_) => quote! { () },
        Success::Reply(_) | Success::Undocumented => quote! { Reply },
    }
}

fn failure(module: &Module) -> TokenStream {
    if module.failures.is_empty() {
        quote! { std::convert::Infallible }
    } else {
        quote! { Failure }
    }
}

fn consts(module: &Module, root: &TokenStream) -> TokenStream {
    let Module {
        method,
        base,
        path_template,
        ..
    } = module;
    let auth = auth(&module.auth);
    let codes = (!module.error_codes.is_empty()).then(|| {
        let codes = module.error_codes.iter().map(|(status, code, message)| {
            let status = Literal::u16_unsuffixed(*status);
            quote! { ErrorCode::new(#status, #code, #message) }
        });
        quote! { const ERROR_CODES: &'static [ErrorCode] = &[#(#codes),*]; }
    });
    quote! {
        const METHOD: &'static str = #method;
        const BASE_URL: BaseUrl = #root::#base;
        const PATH: &'static str = #path_template;
        #auth
        #codes
    }
}

fn auth(auth: &Auth) -> TokenStream {
    let value = match auth {
        Auth::None => return TokenStream::new(),
        Auth::Basic => quote! { Auth::Basic },
        Auth::Bearer => quote! { Auth::Bearer },
        Auth::OAuth2 => quote! { Auth::OAuth2 },
        Auth::ApiKeyHeader(name) => quote! { Auth::ApiKey { place: Place::Header, name: #name } },
        Auth::ApiKeyQuery(name) => quote! { Auth::ApiKey { place: Place::Query, name: #name } },
        Auth::Custom(name) => quote! { Auth::Custom(#name) },
    };
    quote! { const AUTH: Auth = #value; }
}

fn path(steps: &[PathStep]) -> TokenStream {
    let name = names::fixed(if steps.is_empty() { "_path" } else { "path" });
    let lines = steps.iter().map(|step| match step {
        PathStep::Text(text) => quote! { path.text(#text); },
        PathStep::Value(ident, wire) => quote! { path.value(#wire, &self.#ident); },
    });
    quote! {
        fn path(&self, #name: &mut Path) {
            #(#lines)*
        }
    }
}

/// `fn query` or `fn headers`.
fn lines(name: &'static str, ty: &'static str, steps: &[Step]) -> TokenStream {
    if steps.is_empty() {
        return TokenStream::new();
    }
    let (target, ty) = (names::fixed(name), names::fixed(ty));
    let add = names::fixed(if name == "query" { "pair" } else { "value" });
    let lines = steps.iter().map(|step| line(&target, &add, step));
    quote! {
        fn #target(&self, #target: &mut #ty) {
            #(#lines)*
        }
    }
}

/// The statement that adds a parameter.
fn line(target: &Ident, add: &Ident, step: &Step) -> TokenStream {
    let Step::Input {
        wire,
        field,
        count,
        add: how,
    } = step
    else {
        let Step::Fixed(name, value) = step else {
            return TokenStream::new();
        };
        return if name.is_empty() {
            quote! { #target.text(#value); }
        } else {
            quote! { #target.text(#name, #value); }
        };
    };
    let field = access(field);
    match (how, count) {
        (Add::Bare, _) => quote! {
            if let Some(value) = &#field {
                #target.#add(#wire, value);
            } else {
                #target.bare(#wire);
            }
        },
        (Add::Named, _) => named(target, add, &field),
        (how, Count::One) => added(target, add, wire, how, &quote! { &#field }),
        (how, Count::Option) => {
            let added = added(target, add, wire, how, &quote! { value });
            quote! { if let Some(value) = &#field { #added } }
        }
        (how, Count::Many) => {
            let added = added(target, add, wire, how, &quote! { value });
            quote! { for value in &#field { #added } }
        }
    }
}

/// In a query the name of such a pair is encoded as well; a form encodes every name.
fn named(target: &Ident, add: &Ident, field: &TokenStream) -> TokenStream {
    let add = if target.as_str() == "query" {
        names::fixed("named")
    } else {
        add.clone()
    };
    quote! {
        for (name, value) in &#field {
            #target.#add(name, value);
        }
    }
}

fn added(target: &Ident, add: &Ident, wire: &str, how: &Add, value: &TokenStream) -> TokenStream {
    match how {
        Add::File => quote! { #target.file(#wire, #value); },
        Add::Typed(media_type) => quote! { #target.typed(#wire, #media_type, #value); },
        Add::Value | Add::Bare | Add::Named => quote! { #target.#add(#wire, #value); },
    }
}

fn access(field: &Access) -> TokenStream {
    let ident = &field.ident;
    if field.optional {
        quote! { self.options.#ident }
    } else {
        quote! { self.#ident }
    }
}

fn body(body: &Body) -> TokenStream {
    let made = match body {
        Body::Empty => return TokenStream::new(),
        Body::Text(field, media_type) => {
            let field = access(field);
            if let Some(media_type) = media_type {
                quote! { Body::text(#media_type, &#field) }
            } else {
                quote! { Body::untyped(&#field) }
            }
        }
        Body::File(field) => {
            let field = access(field);
            quote! { Body::file(&#field) }
        }
        Body::Form(steps) => form("Form", "pair", steps),
        Body::Multipart(steps) => form("Multipart", "text", steps),
    };
    quote! {
        fn body(&self) -> Body {
            #made
        }
    }
}

fn form(ty: &'static str, add: &'static str, steps: &[Step]) -> TokenStream {
    let (ty, target, add) = (names::fixed(ty), names::fixed("form"), names::fixed(add));
    let lines = steps.iter().map(|step| line(&target, &add, step));
    quote! {
        let mut form = #ty::new();
        #(#lines)*
        form.into()
    }
}

fn decode(module: &Module) -> TokenStream {
    let (response, failure) = (response(module), failure(module));
    let (docs, success) = match &module.success {
        Success::Empty(lines) => (status_docs(lines), Some(arm(lines, &quote! { Ok(()) }))),
        Success::Reply(lines) => (status_docs(lines), Some(arm(lines, &quote! { Ok(reply) }))),
        Success::Undocumented => (TokenStream::new(), None),
    };
    let failures = module.failures.iter().map(|failure| {
        let (status, ident) = (Literal::u16_unsuffixed(failure.status), &failure.ident);
        quote! { #status => Err(reply.failure(Failure::#ident)), }
    });
    let success = success.unwrap_or_else(|| quote! { 200..=299 => Ok(reply), });
    let read = if module.failures.is_empty() && module.success == Success::Undocumented {
        quote! { if reply.is_success() { Ok(reply) } else { Err(reply.undocumented()) } }
    } else {
        quote! {
            match reply.status().as_u16() {
                #success
                #(#failures)*
                _ => Err(reply.undocumented()),
            }
        }
    };
    quote! {
        #docs
        fn decode(reply: Reply) -> Result<#response, CallError<#failure>> {
            #read
        }
    }
}

/// A line for each success, where the document has one.
fn status_docs(lines: &[(u16, String)]) -> TokenStream {
    let lines: Vec<String> = lines
        .iter()
        .map(|(status, text)| {
            if text.is_empty() {
                format!("{status}.")
            } else {
                format!("{status}: {text}")
            }
        })
        .collect();
    let lines: Vec<String> = match lines.as_slice() {
        [_] => lines,
        _ => lines.into_iter().map(|line| format!("* {line}")).collect(),
    };
    outer_docs(&lines)
}

fn arm(lines: &[(u16, String)], value: &TokenStream) -> TokenStream {
    let statuses = lines
        .iter()
        .map(|(status, _)| Literal::u16_unsuffixed(*status));
    quote! { #(#statuses)|* => #value, }
}
