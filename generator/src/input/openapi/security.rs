//! Security schemes and requirements (rules 72, 73).

use std::collections::BTreeMap;

use super::Reader;
use super::document::At;
use crate::api::{Auth, Requirement};
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
            Some("cookie") if !parameter().is_empty() => Auth::ApiKeyCookie(parameter()),
            _ => Auth::Custom(name.to_owned()),
        },
        "oauth2" => Auth::OAuth2,
        // The transport has the certificate.
        "mutualtls" => Auth::None,
        _ => Auth::Custom(name.to_owned()),
    }
}

/// How an operation is authorized, and what a token must be allowed to.
#[derive(Default)]
pub(super) struct Security {
    /// The alternatives, those without schemes last: a client signs where it can.
    all: Vec<Vec<Requirement>>,
    pub(super) scopes: Vec<String>,
}

/// The requirements of an operation: its own, else those of the root (3.2, Operation Object).
pub(super) fn read(reader: &mut Reader<'_, '_>, operation: At<'_>) -> Security {
    let own = operation.get("security");
    let root = reader.root();
    let Some(list) = own.or_else(|| root.get("security")) else {
        return Security::default();
    };
    let mut security = Security::default();
    for requirement in list.elements() {
        let Some((schemes, scopes)) = alternative(reader, requirement) else {
            continue;
        };
        let has_schemes = security.all.iter().any(|all| !all.is_empty());
        if !schemes.is_empty() && !has_schemes {
            security.scopes = scopes;
        }
        if !security.all.contains(&schemes) {
            security.all.push(schemes);
        }
    }
    security.all.sort_by_key(Vec::is_empty);
    security
}

/// The schemes of a requirement and their scopes. Nothing, where one is not declared.
fn alternative(
    reader: &mut Reader<'_, '_>,
    requirement: At<'_>,
) -> Option<(Vec<Requirement>, Vec<String>)> {
    let (mut schemes, mut all_scopes) = (Vec::new(), Vec::new());
    let mut is_known = true;
    for (name, scopes) in requirement.members() {
        let Some(auth) = reader.schemes.get(name).cloned() else {
            is_known = false;
            let label = format!("`{name}` is not declared");
            reader.push(&rules::OPENAPI_SECURITY, requirement, label);
            continue;
        };
        let scopes = scopes.strings().into_iter().map(str::to_owned);
        all_scopes.extend(scopes);
        let name = name.to_owned();
        // The transport has the certificate of mutual TLS.
        schemes.extend((auth != Auth::None).then_some(Requirement { name, auth }));
    }
    is_known.then_some((schemes, all_scopes))
}

impl Security {
    /// The scheme that is named first.
    pub(super) fn auth(&self) -> Auth {
        let first = self.all.iter().flatten().next();
        first.map(|first| first.auth.clone()).unwrap_or_default()
    }

    /// The alternatives, where a single scheme does not say it all: another one may be signed with or has to be, or
    /// there are two schemes of the kind, so that credentials have to be told apart by the name of theirs.
    pub(super) fn alternatives(self, schemes: &Schemes) -> Vec<Vec<Requirement>> {
        match self.all.as_slice() {
            [] => Vec::new(),
            [all] => match all.as_slice() {
                [] => Vec::new(),
                [one] if schemes.values().filter(|auth| **auth == one.auth).count() < 2 => {
                    Vec::new()
                }
                _ => self.all,
            },
            _ => self.all,
        }
    }
}
