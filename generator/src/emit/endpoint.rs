//! `impl rt::Endpoint for Request`: what the request puts on the wire, and what its replies mean.
//!
//! The functions are `#[inline]`, so that the compiler makes code of those that a program uses and of no
//! other: that halves what it costs to build a client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::type_tokens;
use super::{auth, outer_docs};
use crate::api::{EmptyForm, Statuses, Style, StyleForm};
use crate::plan::names::{self, Ident};
use crate::plan::{
    Access, Add, Arm, Body, CodeAt, Content, Module, Outcome, Pages, PathStep, Step, Variables,
    When,
};

pub(super) fn emit(module: &Module, root: &TokenStream) -> TokenStream {
    let types = types(module);
    let consts = consts(module, root);
    let path = path(&module.path);
    let query = lines("query", "Query", &module.query);
    let headers = headers(&module.headers, &module.cookies);
    let body = body(&module.body);
    let decode = decode(module);
    quote! {
        impl rt::Endpoint for Request {
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

/// `impl Paged for Request`, where results come in pages.
pub(super) fn pages(module: &Module) -> TokenStream {
    let Some(pages) = &module.pages else {
        return TokenStream::new();
    };
    let Pages {
        input,
        token,
        results,
        may_lack_results,
        item,
    } = pages;
    let (response, item) = (type_tokens(&module.response), type_tokens(item));
    let default = may_lack_results.then(|| quote! { .unwrap_or_default() });
    quote! {
        impl rt::Paged for Request {
            type Item = #item;

            #[inline]
            fn next(&self, page: &#response) -> Option<Self> {
                let token = rt::next_token(page.#token.as_deref())?;
                let mut next = self.clone();
                next.options.#input = Some(token);
                Some(next)
            }

            #[inline]
            fn items(page: #response) -> Vec<#item> {
                page.#results #default
            }
        }
    }
}

fn types(module: &Module) -> TokenStream {
    let (response, failure) = (type_tokens(&module.response), failure(module));
    quote! {
        type Response = #response;
        type Failure = #failure;
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
    let auth = auth::constants(&module.auth, &module.security);
    let codes = (!module.error_codes.is_empty()).then(|| {
        let codes = module.error_codes.iter().map(error_code);
        quote! { const ERROR_CODES: &'static [rt::ErrorCode] = &[#(#codes),*]; }
    });
    let scopes = (!module.scopes.is_empty()).then(|| {
        let scopes = &module.scopes;
        quote! { const SCOPES: &'static [&'static str] = &[#(#scopes),*]; }
    });
    let rate_limit = module
        .rate_limit
        .as_ref()
        .map(|class| quote! { const RATE_LIMIT: Option<&'static str> = Some(#class); });
    quote! {
        const METHOD: &'static str = #method;
        const BASE_URL: rt::BaseUrl = #root::#base;
        const PATH: &'static str = #path_template;
        #auth
        #scopes
        #rate_limit
        #codes
    }
}

fn error_code(known: &CodeAt) -> TokenStream {
    let CodeAt {
        status,
        code,
        message,
    } = known;
    if let Some(status) = status {
        let status = Literal::u16_unsuffixed(*status);
        quote! { rt::ErrorCode::new(#status, #code, #message) }
    } else {
        quote! { rt::ErrorCode::any_status(#code, #message) }
    }
}

fn path(steps: &[PathStep]) -> TokenStream {
    let name = names::fixed(if steps.is_empty() { "_path" } else { "path" });
    let lines = steps.iter().map(|step| match step {
        PathStep::Text(text) => quote! { path.text(#text); },
        PathStep::Value(ident, wire) => quote! { path.value(#wire, &self.#ident); },
        PathStep::Twice(ident, wire) => quote! { path.encoded_twice(#wire, &self.#ident); },
        PathStep::Styled(ident, wire, style) if style.slashes => {
            quote! { path.segments(#wire, &self.#ident); }
        }
        PathStep::Styled(ident, wire, style) => {
            let style = style_tokens(style, StyleForm::Simple);
            quote! { path.styled(#wire, #style, &self.#ident); }
        }
    });
    quote! {
        #[inline]
        fn path(&self, #name: &mut rt::Path) {
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
        #[inline]
        fn #target(&self, #target: &mut rt::#ty) {
            #(#lines)*
        }
    }
}

/// `fn headers`: the fields, then the cookies.
fn headers(headers: &[Step], cookies: &[Step]) -> TokenStream {
    if cookies.is_empty() {
        return lines("headers", "Headers", headers);
    }
    let (target, add) = (names::fixed("headers"), names::fixed("value"));
    let headers = headers.iter().map(|step| line(&target, &add, step));
    let cookies = cookies.iter().filter_map(|step| match step {
        Step::Input { wire, field, add } => {
            let field = access(field);
            let style = if let Add::Styled(style) = add {
                style_tokens(style, StyleForm::Form)
            } else {
                quote! { rt::Style::FORM }
            };
            Some(quote! { headers.cookie(#wire, #style, &#field); })
        }
        Step::Fixed(..) => None,
    });
    quote! {
        #[inline]
        fn headers(&self, headers: &mut rt::Headers) {
            #(#headers)*
            #(#cookies)*
        }
    }
}

/// A style as a constant of the runtime. A single text has the one that is usual in its place.
fn style_tokens(style: &Style, usual: StyleForm) -> TokenStream {
    let form = if style.form == StyleForm::Text {
        usual
    } else {
        style.form
    };
    // What delimits nothing in particular is exploded by default.
    let delimited = match style.delimiters.first() {
        Some(' ') if !style.explode => Some("SPACES"),
        Some('|') if !style.explode => Some("PIPES"),
        Some('\t') if !style.explode => Some("TABS"),
        _ => None,
    };
    let (name, explodes) = match form {
        StyleForm::Form => (delimited.unwrap_or("FORM"), delimited.is_none()),
        StyleForm::Cookie => ("COOKIE", true),
        StyleForm::DeepObject => ("DEEP_OBJECT", style.explode),
        StyleForm::Json => ("JSON", false),
        StyleForm::Label => ("LABEL", false),
        StyleForm::Matrix => ("MATRIX", false),
        StyleForm::Simple | StyleForm::Text | StyleForm::Whole | StyleForm::Field => {
            ("SIMPLE", false)
        }
    };
    let is_single = style.form == StyleForm::Text;
    let explode = match (explodes, style.explode) {
        (true, false) if !is_single => Some(names::fixed("joined")),
        (false, true) => Some(names::fixed("exploded")),
        _ => None,
    };
    let reserved = style.reserved.then(|| names::fixed("reserved"));
    let options = explode.into_iter().chain(reserved);
    let name = names::fixed(name);
    quote! { rt::Style::#name #(.#options())* }
}

/// The statement that adds a parameter. `add` adds values as they are.
fn line(target: &Ident, add: &Ident, step: &Step) -> TokenStream {
    let (wire, field, how) = match step {
        Step::Fixed(name, value) if name.is_empty() => return quote! { #target.text(#value); },
        Step::Fixed(name, value) => return quote! { #target.text(#name, #value); },
        Step::Input { wire, field, add } => (wire, access(field), add),
    };
    match how {
        Add::Value => quote! { #target.#add(#wire, &#field); },
        Add::ValueOrName => quote! { #target.pair_or_name(#wire, &#field); },
        Add::Pairs => quote! { #target.pairs(&#field); },
        Add::File => quote! { #target.file(#wire, &#field); },
        Add::Typed(media_type) => quote! { #target.typed(#wire, #media_type, &#field); },
        Add::Json(None) => quote! { #target.json(#wire, &#field); },
        Add::Json(Some(media_type)) => quote! { #target.typed_json(#wire, #media_type, &#field); },
        Add::Field => quote! { #target.value(#wire, &#field); },
        Add::StrictJson => quote! { #target.json_parameter(#wire, &#field); },
        Add::Styled(style) => {
            let style = style_tokens(style, StyleForm::Form);
            quote! { #target.styled(#wire, #style, &#field); }
        }
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
        Body::Text(field, media_type) => optional_body(field, |value| {
            if let Some(media_type) = media_type {
                quote! { rt::Body::text(#media_type, #value) }
            } else {
                quote! { rt::Body::untyped(#value) }
            }
        }),
        Body::Json(field, media_type) => {
            optional_body(field, |value| match media_type.as_deref() {
                Some("application/json") => quote! { rt::Body::json(#value) },
                Some(media_type) => quote! { rt::Body::json_as(#media_type, #value) },
                None => quote! { rt::Body::untyped_json(#value) },
            })
        }
        Body::GraphQl(query, operation_name, variables) => {
            graphql(query, operation_name.as_deref(), variables)
        }
        Body::File(field, media_type) => optional_body(field, |value| {
            if let Some(media_type) = media_type {
                quote! { rt::Body::file_as(#media_type, #value) }
            } else {
                quote! { rt::Body::file(#value) }
            }
        }),
        Body::Form(steps, empty) => form("Form", "pair", steps, *empty),
        Body::Multipart(steps, empty) => form("Multipart", "text", steps, *empty),
    };
    quote! {
        #[inline]
        fn body(&self) -> rt::Body {
            #made
        }
    }
}

/// A body that may be left out is none then.
fn optional_body(field: &Access, made: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    let access = access(field);
    if !field.optional {
        return made(quote! { &#access });
    }
    let made = made(quote! { body });
    quote! {
        match &#access {
            Some(body) => #made,
            None => rt::Body::Empty,
        }
    }
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}

fn graphql(query: &str, operation_name: Option<&str>, variables: &Variables) -> TokenStream {
    let operation_name = optional(operation_name.map(|name| quote! { #name }));
    let variables = match variables {
        Variables::None => quote! { None },
        Variables::Null => quote! { Some(&rt::json::Json::Null) },
        Variables::Field(field) => {
            let field = access(field);
            quote! { Some(&#field) }
        }
    };
    quote! { rt::Body::graphql(#query, #operation_name, #variables) }
}

fn form(ty: &'static str, add: &'static str, steps: &[Step], empty: EmptyForm) -> TokenStream {
    let (ty, target, add) = (names::fixed(ty), names::fixed("form"), names::fixed(add));
    let body = |form: TokenStream| match empty {
        EmptyForm::Sent => quote! { rt::Body::#ty(#form) },
        EmptyForm::NoBody => quote! { #form.into() },
    };
    if steps.is_empty() {
        return body(quote! { rt::#ty::new() });
    }
    let lines = steps.iter().map(|step| line(&target, &add, step));
    let made = body(quote! { form });
    quote! {
        let mut form = rt::#ty::new();
        #(#lines)*
        #made
    }
}

fn decode(module: &Module) -> TokenStream {
    let (response, failure) = (type_tokens(&module.response), failure(module));
    let docs = status_docs(&module.arms);
    let read = if module.arms.len() == 1 && module.arms[0].when.is_none() {
        quote! { if reply.is_success() { Ok(reply) } else { Err(reply.undocumented()) } }
    } else {
        let others =
            (!are_all_documented(&module.arms)).then(|| quote! { _ => Err(reply.undocumented()), });
        let arms = arms(&module.arms);
        quote! {
            match reply.status().as_u16() {
                #arms
                #others
            }
        }
    };
    quote! {
        #docs
        #[inline]
        fn decode(reply: rt::Reply) -> Result<#response, rt::CallError<#failure>> {
            #read
        }
    }
}

/// Whether the arms take each status: one all successes, another everything else.
fn are_all_documented(arms: &[Arm]) -> bool {
    let is_rest = |arm: &Arm| arm.when == Some(When::Status(Statuses::Rest));
    let is_success = |arm: &Arm| matches!(arm.outcome, Outcome::Success(_));
    let takes_successes = |arm: &Arm| {
        let hundred = Some(When::Status(Statuses::Hundred(200)));
        is_success(arm) && (is_rest(arm) || arm.when.is_none() || arm.when == hundred)
    };
    arms.iter().any(takes_successes) && arms.iter().any(|arm| is_rest(arm) && !is_success(arm))
}

/// A line for each success, where the document has one.
fn status_docs(arms: &[Arm]) -> TokenStream {
    let lines = arms
        .iter()
        .map(|arm| &arm.line)
        .filter(|line| !line.is_empty());
    let lines: Vec<String> = match lines.clone().count() {
        1 => lines.cloned().collect(),
        _ => lines.map(|line| format!("* {line}")).collect(),
    };
    outer_docs(&lines)
}

/// The arms; neighbours that do the same are one.
fn arms(arms: &[Arm]) -> TokenStream {
    let by_status = |arm: &Arm| matches!(arm.when, Some(When::Status(_)));
    let same = |a: &Arm, b: &Arm| {
        by_status(a)
            && by_status(b)
            && (a.content, &a.media_type, &a.outcome) == (b.content, &b.media_type, &b.outcome)
    };
    let arms = arms.chunk_by(same).map(|arms| {
        let whens = arms.iter().map(when);
        let value = value(&arms[0]);
        quote! { #(#whens)|* => #value, }
    });
    quote! { #(#arms)* }
}

fn when(arm: &Arm) -> TokenStream {
    let is_failure = matches!(arm.outcome, Outcome::Failure(_));
    match arm.when.as_ref() {
        Some(When::Status(Statuses::One(status))) => {
            let status = Literal::u16_unsuffixed(*status);
            quote! { #status }
        }
        Some(When::Status(Statuses::Hundred(status))) => {
            let (first, last) = (
                Literal::u16_unsuffixed(*status),
                Literal::u16_unsuffixed(*status + 99),
            );
            quote! { #first..=#last }
        }
        // What fails in any other way is no success at least.
        Some(When::Status(Statuses::Rest)) if is_failure => quote! { ..=199 | 300.. },
        Some(When::Code(code)) => quote! { 300.. if reply.has_code(#code) },
        Some(When::Status(Statuses::Rest)) | None => quote! { 200..=299 },
    }
}

/// What an arm gives.
fn value(arm: &Arm) -> TokenStream {
    match &arm.outcome {
        Outcome::Success(variant) => success(arm.content, &arm.media_type, variant.as_ref()),
        Outcome::Failure(ident) => match arm.content {
            Content::Json => quote! { Err(reply.json_failure(Failure::#ident)) },
            Content::JsonIfAny => quote! { Err(reply.json_failure_if_any(Failure::#ident)) },
            _ => quote! { Err(reply.failure(Failure::#ident)) },
        },
    }
}

fn success(content: Content, media_type: &str, variant: Option<&Ident>) -> TokenStream {
    let read = match content {
        Content::Nothing => {
            let map = variant.map(|variant| quote! { .map(|()| Response::#variant) });
            return quote! { reply.nothing() #map };
        }
        Content::Reply => {
            let value = variant.map_or_else(
                || quote! { reply },
                |variant| quote! { Response::#variant(reply) },
            );
            return quote! { Ok(#value) };
        }
        Content::Bytes => quote! { reply.bytes_of(#media_type) },
        Content::Json => quote! { reply.json() },
        Content::JsonIfAny => quote! { reply.json_if_any() },
        Content::Text if media_type.is_empty() => quote! { reply.string() },
        Content::Text => quote! { reply.string_of(#media_type) },
    };
    match variant {
        Some(variant) => quote! { #read.map(Response::#variant) },
        None => read,
    }
}
