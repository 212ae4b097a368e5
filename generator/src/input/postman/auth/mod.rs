//! Authorization (rules A1 to A3): the block in effect, or what the request's own header says.

mod header;
mod parameters;
mod schemes;

use super::Context;
use crate::api::{Auth, AuthFrom, Hidden};
use crate::document::json::Node;
use crate::document::report::Place;

use parameters::Parameters;

pub(super) use header::of_header;

/// How requests are authorized at a place of the document.
#[derive(Clone, Default)]
pub(super) struct Authorization {
    pub(super) scheme: Auth,
    pub(super) from: AuthFrom,
    /// See [`crate::api::Operation::credentials`].
    pub(super) credentials: Vec<(String, Hidden)>,
    /// Whether the document has what it takes to sign. Without, Postman leaves the request as it is, and with it
    /// an Authorization field of its own.
    signs: bool,
    /// What there is to say where a request uses it: that the client cannot sign by it, and where that stands.
    pub(super) unsupported: Option<(Place, String)>,
}

/// Reads an `auth` block. `None`: inherit, which is what a missing, null or typeless block means, and
/// the explicit type `inherit`.
pub(super) fn read(
    context: &Context<'_>,
    node: Option<&Node<'_>>,
    from: AuthFrom,
) -> Option<Authorization> {
    let node = node?;
    let kind = node
        .text_of("type")
        .filter(|kind| !matches!(*kind, "type" | "inherit" | ""))?;
    let parameters = Parameters::of(node, kind);
    let read = schemes::read(&parameters, kind, |name| context.scope.resolve_name(name));
    let (scheme, unsupported) = match read {
        Ok(scheme) => (scheme, None),
        Err(reason) => {
            let label = match reason {
                "" => kind.to_owned(),
                reason => format!("{kind} with {reason}"),
            };
            let unsupported = Some((context.place(node), label));
            (Auth::Custom(kind.to_owned()), unsupported)
        }
    };
    let mut credentials = parameters.resolved(|text| context.scope.sent(text));
    // Postman signs nothing with an empty token, where a field that is written by hand is sent with nothing in it.
    let count = credentials.len();
    credentials.retain(|(name, value)| {
        !value.0.is_empty() || !matches!(name.as_str(), "token" | "accessToken")
    });
    Some(Authorization {
        // OAuth 1 signs without a token too.
        signs: schemes::signs(&parameters, kind)
            && (kind == "oauth1" || credentials.len() == count),
        credentials,
        scheme,
        from,
        unsupported,
    })
}

/// What the user and the password in a URL say.
pub(super) fn of_user(user: &Hidden) -> Authorization {
    let (name, password) = user.0.split_once(':').unwrap_or((&user.0, ""));
    let credentials = [("username", name), ("password", password)];
    Authorization {
        scheme: Auth::Basic,
        from: AuthFrom::Url,
        credentials: credentials
            .map(|(name, value)| (name.to_owned(), Hidden(value.to_owned())))
            .into(),
        signs: true,
        unsupported: None,
    }
}

/// What authorizes a request: the block in effect, unless that signs nothing and the request says itself who sends
/// it, in an Authorization field or in its URL.
pub(super) fn in_effect(block: Authorization, own: Option<Authorization>) -> Authorization {
    match own {
        Some(own) if block.scheme == Auth::None || !block.signs => own,
        _ => block,
    }
}
