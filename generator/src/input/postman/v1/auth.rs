//! Authorization: the block of v2, or the helper of older exports (rule W5).

use super::Notes;
use crate::document::json::{Member, Node, Value};
use crate::document::report::rules;
use crate::input::postman::synthetic::{object, parsed, text};

/// The helpers under their names of v2.
const HELPERS: &[(&str, &str)] = &[
    ("apikeyAuth", "apikey"),
    ("asapAuth", "asap"),
    ("awsSigV4", "awsv4"),
    ("basicAuth", "basic"),
    ("bearerAuth", "bearer"),
    ("digestAuth", "digest"),
    ("edgegridAuth", "edgegrid"),
    ("hawkAuth", "hawk"),
    ("jwtAuth", "jwt"),
    ("ntlmAuth", "ntlm"),
    ("oAuth1", "oauth1"),
    ("oAuth2", "oauth2"),
];

/// Parameters that v2 names otherwise: scheme, name in v1, name in v2.
const RENAMES: &[(&str, &str, &str)] = &[
    ("basic", "saveToRequest", "saveHelperData"),
    ("hawk", "app", "appId"),
    ("hawk", "dlg", "delegation"),
    ("hawk", "ext", "extraData"),
    ("hawk", "hawk_id", "authId"),
    ("hawk", "hawk_key", "authKey"),
    ("hawk", "saveToRequest", "saveHelperData"),
    ("oauth1", "auto", "autoAddParam"),
    ("oauth1", "header", "addParamsToHeader"),
    ("oauth1", "includeEmpty", "addEmptyParamsToSign"),
];

/// The `auth` block of a collection, a folder or a request. `None` where it has none: it inherits.
pub(super) fn read<'r>(notes: &mut Notes<'_>, node: &'r Node<'r>) -> Option<Node<'r>> {
    let block = node
        .get("auth")
        .filter(|block| block.text_of("type").is_some());
    if let Some(block) = block {
        return Some(block.clone());
    }
    let helper = node.get("currentHelper")?;
    let name = helper
        .as_str()
        .filter(|name| !matches!(*name, "" | "normal"))?;
    let known = HELPERS.iter().find(|(old, _)| *old == name);
    let kind = known.map_or(name, |(_, new)| *new);
    let attributes = node.get("helperAttributes").filter(|node| !node.is_null());
    let attributes = match attributes {
        Some(attributes) if attributes.as_str().is_some() => {
            let inner = parsed(notes.document, attributes);
            if inner.is_none() {
                notes.add(&rules::AUTH_UNREADABLE, attributes, "this text is no JSON");
                return None;
            }
            inner
        }
        attributes => attributes.cloned(),
    };
    let mut auth = object(helper.span, [("type", Some(text(helper.span, kind)))]);
    if let (Value::Object(members), Some(attributes)) = (&mut auth.value, attributes) {
        members.push(Member {
            name: kind.into(),
            node: renamed(attributes, kind),
        });
    }
    Some(auth)
}

fn renamed<'r>(mut attributes: Node<'r>, kind: &str) -> Node<'r> {
    if let Value::Object(members) = &mut attributes.value {
        for member in members {
            let rename =
                |(scheme, old, _): &&(&str, &str, &str)| *scheme == kind && *old == member.name;
            if let Some((_, _, new)) = RENAMES.iter().find(rename) {
                member.name = (*new).into();
            }
        }
    }
    attributes
}
