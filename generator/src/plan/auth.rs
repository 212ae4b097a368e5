//! What documentation says about authorization.

use crate::api::{Api, Auth, AuthFrom, Operation, Requirement, Token};
use crate::plan::docs;

/// The line about authorization in a module's documentation: the scheme, and where the document says so.
pub(super) fn line(api: &Api, operation: &Operation) -> Option<String> {
    if !operation.security.is_empty() {
        return Some(format!("**Auth:** {}.", alternatives(&operation.security)));
    }
    let (scheme, setter) = signing(&operation.auth)?;
    let from = match operation.auth_from {
        AuthFrom::Request => "set in the request".to_owned(),
        AuthFrom::Folder(index) => {
            let name = api.folders.get(index).map(|folder| folder.name.as_str());
            format!(
                "inherited from the folder {}",
                docs::code(name.unwrap_or_default())
            )
        }
        AuthFrom::Collection => "inherited from the collection".to_owned(),
        AuthFrom::Header => "from its own `Authorization` header".to_owned(),
        AuthFrom::Url => "from its URL".to_owned(),
    };
    Some(format!(
        "**Auth:** {scheme} (`Settings::{setter}`), {from}."
    ))
}

/// Alternatives in words, each scheme with what takes its credentials and the name that tells it from others.
#[must_use]
pub fn alternatives(security: &[Vec<Requirement>]) -> String {
    let one = |Requirement { name, auth }: &Requirement| {
        let name = docs::code(name);
        format!(
            "{} (`Settings::{}`, scheme {name})",
            scheme(auth),
            setter(auth)
        )
    };
    let all = security.iter().map(|all| match all.as_slice() {
        [] => "none".to_owned(),
        all => all.iter().map(one).collect::<Vec<_>>().join(" and "),
    });
    all.collect::<Vec<_>>().join(", or ")
}

/// The call that gives a client example credentials, for the program in the documentation of the crate.
pub(super) fn example(auth: &Auth) -> String {
    let arguments = match auth {
        Auth::None => return String::new(),
        Auth::Basic | Auth::Digest => "\"user\", \"password\"".to_owned(),
        Auth::Bearer | Auth::OAuth2 | Auth::Token(_) => "\"token\"".to_owned(),
        Auth::ApiKeyHeader(name) | Auth::ApiKeyQuery(name) | Auth::ApiKeyCookie(name) => {
            format!("{name:?}, \"key\"")
        }
        Auth::Hawk { .. } => "\"id\", \"key\"".to_owned(),
        Auth::Jwt { .. } => "\"secret\", r#\"{\"iss\": \"me\"}\"#".to_owned(),
        Auth::OAuth1(_) => "OAuth1Keys::new(\"consumer key\", \"consumer secret\")".to_owned(),
        Auth::Aws { .. } => "AwsKeys::new(\"access key\", \"secret key\")".to_owned(),
        Auth::EdgeGrid { .. } => {
            "EdgeGridKeys::new(\"client token\", \"client secret\", \"access token\")".to_owned()
        }
        Auth::Custom(name) => format!("{name:?}, |_request, _| Err(\"sign it here\".into())"),
    };
    format!(".{}({arguments})", setter(auth))
}

/// What that call needs of the runtime.
pub(super) fn example_import(auth: &Auth) -> Option<&'static str> {
    match auth {
        Auth::OAuth1(_) => Some("OAuth1Keys"),
        Auth::Aws { .. } => Some("AwsKeys"),
        Auth::EdgeGrid { .. } => Some("EdgeGridKeys"),
        _ => None,
    }
}

/// The scheme in words, and the method of `Settings` that takes its credentials; nothing for requests that are
/// not authorized.
#[must_use]
pub fn signing(auth: &Auth) -> Option<(String, &'static str)> {
    (*auth != Auth::None).then(|| (scheme(auth), setter(auth)))
}

/// The scheme in words.
fn scheme(auth: &Auth) -> String {
    match auth {
        Auth::None => "none".to_owned(),
        Auth::Basic => "user name and password".to_owned(),
        Auth::Bearer => "a bearer token".to_owned(),
        Auth::OAuth2 => "an OAuth 2.0 access token".to_owned(),
        Auth::Token(Token::Prefix(word)) if word.is_empty() => "a token".to_owned(),
        Auth::Token(Token::Prefix(word)) => format!("a token after {}", docs::code(word)),
        Auth::Token(Token::Query(name)) => {
            format!("a token in the query as {}", docs::code(name))
        }
        Auth::ApiKeyHeader(name) => format!("an API key in the header {}", docs::code(name)),
        Auth::ApiKeyQuery(name) => format!("an API key in the query as {}", docs::code(name)),
        Auth::ApiKeyCookie(name) => format!("an API key in the cookie {}", docs::code(name)),
        Auth::OAuth1(_) => "OAuth 1.0".to_owned(),
        Auth::Digest => "user name and password (digest)".to_owned(),
        Auth::Aws { .. } => "AWS Signature Version 4".to_owned(),
        Auth::Hawk { .. } => "Hawk".to_owned(),
        Auth::EdgeGrid { .. } => "Akamai EdgeGrid".to_owned(),
        Auth::Jwt { .. } => "a JSON Web Token that the client signs".to_owned(),
        Auth::Custom(name) => format!("the scheme {}, which is for you to sign", docs::code(name)),
    }
}

/// The method of `Settings` that takes the credentials.
fn setter(auth: &Auth) -> &'static str {
    match auth {
        Auth::Basic => "basic",
        Auth::ApiKeyHeader(_) | Auth::ApiKeyQuery(_) | Auth::ApiKeyCookie(_) => "api_key",
        Auth::OAuth1(_) => "oauth1",
        Auth::Digest => "digest",
        Auth::Aws { .. } => "aws",
        Auth::Hawk { .. } => "hawk",
        Auth::EdgeGrid { .. } => "edgegrid",
        Auth::Jwt { .. } => "jwt",
        Auth::Custom(_) => "sign_with",
        Auth::None | Auth::Bearer | Auth::OAuth2 | Auth::Token(_) => "bearer",
    }
}
