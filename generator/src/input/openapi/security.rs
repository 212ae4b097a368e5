//! Security schemes and requirements (rules 72, 73).

use std::collections::BTreeMap;

use super::Reader;
use super::document::At;
use crate::api::Auth;
use crate::document::report::rules;

/// The security schemes of a document by their names.
pub(super) type Schemes = BTreeMap<String, Auth>;

/// Reads the schemes.
pub(super) fn schemes(reader: &mut Reader<'_, '_>) -> Schemes {
    let Some(map) = reader.components("securitySchemes", "securityDefinitions") else {
        return Schemes::new();
    };
    let mut schemes = Schemes::new();
    for (name, at) in map.members() {
        if let Some(at) = reader.follow(at, false) {
            schemes.insert(name.to_owned(), scheme(name, at));
        }
    }
    schemes
}

/// What a scheme is to a client.
fn scheme(name: &str, at: At<'_>) -> Auth {
    let kind = at.text("type").unwrap_or_default().to_ascii_lowercase();
    let word = at.text("scheme").unwrap_or_default().to_ascii_lowercase();
    let parameter = || at.text("name").unwrap_or_default().trim().to_owned();
    match kind.as_str() {
        "basic" => Auth::Basic,
        "bearer" | "openidconnect" => Auth::Bearer,
        "http" => match word.as_str() {
            "basic" => Auth::Basic,
            "bearer" => Auth::Bearer,
            "digest" => Auth::Digest,
            _ => Auth::Custom(name.to_owned()),
        },
        "apikey" => match at.text("in").as_deref() {
            Some("header") if !parameter().is_empty() => Auth::ApiKeyHeader(parameter()),
            Some("query") if !parameter().is_empty() => Auth::ApiKeyQuery(parameter()),
            _ => Auth::Custom(name.to_owned()),
        },
        "oauth2" => Auth::OAuth2,
        // The transport has the certificate.
        "mutualtls" => Auth::None,
        _ => Auth::Custom(name.to_owned()),
    }
}

/// How an operation is authorized, and what a token must be allowed to.
#[derive(Clone, Default)]
pub(super) struct Security {
    pub(super) auth: Auth,
    pub(super) scopes: Vec<String>,
}

/// The requirements of an operation: its own, else those of the root (3.2, Operation Object).
pub(super) fn read(reader: &mut Reader<'_, '_>, operation: At<'_>) -> Security {
    let own = operation.get("security");
    let root = reader.root();
    let Some(list) = own.or_else(|| root.get("security")) else {
        return Security::default();
    };
    let mut first = None;
    for requirement in list.elements() {
        let mut security = Security::default();
        let mut is_known = true;
        for (name, scopes) in requirement.members() {
            let Some(auth) = reader.schemes.get(name) else {
                is_known = false;
                let label = format!("`{name}` is not declared");
                reader.push(&rules::OPENAPI_SECURITY, requirement, label);
                continue;
            };
            if security.auth == Auth::None {
                security.auth = auth.clone();
            }
            let scopes = scopes.strings().into_iter().map(str::to_owned);
            security.scopes.extend(scopes);
        }
        let is_empty = requirement.node.members().is_empty();
        if is_known && !is_empty && first.is_none() {
            first = Some(security);
        }
    }
    first.unwrap_or_default()
}
