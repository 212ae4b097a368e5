//! How a request is signed, as a constant.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{Algorithm, Auth, OAuth1, Requirement, Token};

/// The constants that say how an endpoint is signed; nothing where that is the default.
pub(super) fn constants(auth: &Auth, security: &[Vec<Requirement>]) -> TokenStream {
    if !security.is_empty() {
        let alternatives = security.iter().map(|all| {
            let all = all.iter().map(|Requirement { name, auth }| {
                let auth = scheme(auth);
                quote! { rt::Requirement { name: #name, auth: #auth } }
            });
            quote! { &[#(#all),*] }
        });
        return quote! {
            const SECURITY: &'static [&'static [rt::Requirement]] = &[#(#alternatives),*];
        };
    }
    if *auth == Auth::None {
        return TokenStream::new();
    }
    let auth = scheme(auth);
    quote! { const AUTH: rt::Auth = #auth; }
}

fn scheme(auth: &Auth) -> TokenStream {
    match auth {
        Auth::None => quote! { rt::Auth::None },
        Auth::Basic => quote! { rt::Auth::Basic },
        Auth::Bearer => quote! { rt::Auth::Bearer },
        Auth::OAuth2 => quote! { rt::Auth::OAuth2 },
        Auth::Digest => quote! { rt::Auth::Digest },
        Auth::Token(token) => {
            let (place, name) = sent(token);
            quote! { rt::Auth::Token { place: #place, name: #name } }
        }
        Auth::ApiKeyHeader(name) => {
            quote! { rt::Auth::ApiKey { place: rt::Place::Header, name: #name } }
        }
        Auth::ApiKeyQuery(name) => {
            quote! { rt::Auth::ApiKey { place: rt::Place::Query, name: #name } }
        }
        Auth::ApiKeyCookie(name) => {
            quote! { rt::Auth::ApiKey { place: rt::Place::Cookie, name: #name } }
        }
        Auth::Custom(name) => quote! { rt::Auth::Custom(#name) },
        Auth::OAuth1(oauth1) => {
            let fields = oauth1_fields(oauth1);
            quote! { rt::Auth::OAuth1(rt::OAuth1 #fields) }
        }
        Auth::Aws { .. } | Auth::Hawk { .. } | Auth::EdgeGrid { .. } | Auth::Jwt { .. } => {
            signature(auth)
        }
    }
}

/// A scheme with options: those that are not the default ones.
fn signature(auth: &Auth) -> TokenStream {
    let mut fields = Fields::default();
    let scheme = match auth {
        Auth::Aws {
            service,
            region,
            in_query,
        } => {
            fields.add(!service.is_empty(), quote! { service: #service });
            fields.add(!region.is_empty(), quote! { region: #region });
            fields.add(*in_query, quote! { place: rt::Place::Query });
            quote! { Aws }
        }
        Auth::Hawk { algorithm, payload } => {
            fields.algorithm(*algorithm);
            fields.add(*payload, quote! { payload: true });
            quote! { Hawk }
        }
        Auth::EdgeGrid { headers, max_body } => {
            fields.add(!headers.is_empty(), quote! { headers: &[#(#headers),*] });
            let max = max_body.map(Literal::u64_unsuffixed);
            fields.add(max_body.is_some(), quote! { max_body: #max });
            quote! { EdgeGrid }
        }
        Auth::Jwt {
            algorithm,
            token,
            header,
            base64,
        } => {
            fields.algorithm(*algorithm);
            let (place, name) = sent(token);
            fields.add(matches!(token, Token::Query(_)), quote! { place: #place });
            let is_default = *token == Token::Prefix("Bearer".to_owned());
            fields.add(!is_default, quote! { name: #name });
            fields.add(!header.is_empty(), quote! { header: #header });
            fields.add(*base64, quote! { base64: true });
            quote! { Jwt }
        }
        _ => return TokenStream::new(),
    };
    let all = match auth {
        Auth::Aws { .. } => 3,
        Auth::Jwt { .. } => 5,
        _ => 2,
    };
    let fields = fields.finish(&scheme, all);
    quote! { rt::Auth::#scheme(rt::#scheme #fields) }
}

fn oauth1_fields(oauth1: &OAuth1) -> TokenStream {
    let mut fields = Fields::default();
    match oauth1.algorithm {
        None => fields.add(true, quote! { algorithm: None }),
        Some(Algorithm::Sha1) => {}
        Some(other) => {
            let other = algorithm(other);
            fields.add(true, quote! { algorithm: Some(#other) });
        }
    }
    let OAuth1 { realm, version, .. } = oauth1;
    fields.add(!oauth1.in_header, quote! { place: rt::Place::Query });
    fields.add(!realm.is_empty(), quote! { realm: #realm });
    fields.add(version != "1.0", quote! { version: #version });
    fields.add(oauth1.body_hash, quote! { body_hash: true });
    fields.add(oauth1.empty, quote! { empty: true });
    fields.add(!oauth1.encoded, quote! { encoded: false });
    fields.finish(&quote! { OAuth1 }, 7)
}

/// Where a token goes, and behind which word or under which name.
fn sent(token: &Token) -> (TokenStream, &str) {
    match token {
        Token::Prefix(word) => (quote! { rt::Place::Header }, word),
        Token::Query(name) => (quote! { rt::Place::Query }, name),
    }
}

fn algorithm(algorithm: Algorithm) -> TokenStream {
    let name = match algorithm {
        Algorithm::Sha1 => quote! { Sha1 },
        Algorithm::Sha256 => quote! { Sha256 },
        Algorithm::Sha384 => quote! { Sha384 },
        Algorithm::Sha512 => quote! { Sha512 },
    };
    quote! { rt::Algorithm::#name }
}

/// The fields of options that differ from their defaults.
#[derive(Default)]
struct Fields(Vec<TokenStream>);

impl Fields {
    fn add(&mut self, differs: bool, field: TokenStream) {
        self.0.extend(differs.then_some(field));
    }

    /// The hash of a MAC, which is SHA-256 by default.
    fn algorithm(&mut self, hash: Algorithm) {
        let value = algorithm(hash);
        self.add(hash != Algorithm::Sha256, quote! { algorithm: #value });
    }

    /// The fields of a scheme that has so many in all; the rest are those of its default.
    fn finish(self, scheme: &TokenStream, all: usize) -> TokenStream {
        let own = self.0;
        if own.is_empty() {
            return quote! { ::DEFAULT };
        }
        let rest = (own.len() < all).then(|| quote! { ..rt::#scheme::DEFAULT });
        quote! { { #(#own,)* #rest } }
    }
}
