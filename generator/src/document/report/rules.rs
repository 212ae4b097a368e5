//! The table of diagnostics: every message that a document can cause, in one place.
//!
//! A call site says which rule and where; severity, name and advice stand here. The user
//! documentation is printed from this table, and tests walk it: every rule has a fixture.

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Something to know; nothing was lost.
    Note,
    /// A guess was taken or something was left out; the output works.
    Warning,
    /// The document, or the request that it is about, gives no output.
    Error,
}

/// One kind of diagnostic.
#[derive(PartialEq, Eq, Debug)]
pub struct Rule {
    /// The stable name: what configuration and scripts refer to.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about, in one sentence.
    pub summary: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident, $summary:literal, $help:literal;)*) => {
        $(
            $(#[$doc])*
            #[doc = $summary]
            #[allow(clippy::doc_markdown, reason = "the text is for users, who read it as it is")]
            pub const $name: Rule = Rule {
            code: $code,
            severity: Severity::$severity,
            summary: $summary,
            help: $help,
        };
        )*

        /// All rules.
        pub const ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    AUTH_UNREADABLE = "auth-unreadable", Warning,
        "An authorization is not written as Postman writes it.",
        "save the request again in Postman; neither Postman nor the client sends credentials until then";
    BODY_DROPPED = "body-dropped", Note,
        "Postman sends no body with this method, so the client sends none.",
        "set `protocolProfileBehavior.disableBodyPruning` in the request if the API wants the body";
    BODY_NOT_JSON = "body-not-json", Warning,
        "A body is sent as JSON, but is none, not even with variables in it. It stays text.",
        "correct the place in Postman, or set the body to another type";
    BODY_UNREADABLE = "body-unreadable", Warning,
        "A body is not written as Postman writes it.",
        "save the request again in Postman; the client sends it without a body until then";
    DUPLICATE_FORM_TYPE = "form-content-type", Note,
        "A form body owns its Content-Type; the header that the request sets is left out.",
        "remove the header from the request; a boundary or an encoding cannot be fixed by hand";
    EMPTY_COLLECTION = "empty-collection", Warning,
        "The document holds no request.",
        "add a request, or check that the right file was given";
    ENVIRONMENT_SHAPE = "environment-shape", Error,
        "The document is not a Postman environment.",
        "export the environment from Postman: an object with a list `values`";
    FOLDER_VARIABLES = "folder-variables", Warning,
        "A folder has variables. Postman does not use them, this tool does.",
        "move them to the collection, so that both agree";
    FORM_JSON = "form-json", Warning,
        "Every body of the collection is form data, though it was converted from OpenAPI: most are probably JSON.",
        "ask the API for its media type; where it is JSON, say `body = \"json\"` for the requests in letterpress.toml";
    FRAMING_HEADER = "framing-header", Note,
        "A header says how long the body is. The client knows that itself; the header is left out.",
        "remove the header from the request: a wrong length breaks the connection";
    HEADER_NAME = "header-name", Error,
        "A header has a name that HTTP does not allow, so Postman refuses the request.",
        "correct the name: letters, digits and `-`, no blank and no colon";
    HEADER_VALUE = "header-value", Error,
        "A header has a value that HTTP does not allow, so Postman refuses the request.",
        "remove line breaks and characters above U+00FF from the value";
    ITEM_SHAPE = "item-shape", Error,
        "An item is neither a folder nor a request.",
        "give it a `request` or an `item` list";
    METHOD = "method", Error,
        "The method is no HTTP token, so Postman refuses the request.",
        "use a word of letters, such as GET or POST";
    MISPLACED_VARIABLE = "unused-path-variable", Note,
        "A path variable is described, but the path does not contain it.",
        "remove the entry, or write `:name` as a segment of the path";
    LOCK_DAMAGED = "lock-damaged", Error,
        "A line of letterpress.lock cannot be read.",
        "resolve the conflict or restore the file from version control; until then nothing is written, and nothing is lost";
    NAME_KEPT = "name-kept", Note,
        "A name is the one that it was when the client was generated before, though the document calls it otherwise now.",
        "`letterpress generate --rename` takes the new name and leaves the old one as a deprecated alias";
    RENAMED = "renamed", Note,
        "A name is another; the old one stays as a deprecated alias.",
        "use the new name; the next release by `--bump` has the alias, the one after it has not";
    RENAMED_FOR_GOOD = "renamed-for-good", Warning,
        "A name is another, and there can be no alias of the old one.",
        "use the new name, or keep the old one by `name` in letterpress.toml";
    NAME_CHANGED = "name-changed", Note,
        "The name is taken, by another thing or by the generated code, so more is added to it.",
        "give it another name in the collection, or in the configuration";
    NO_BASE_URL = "no-base-url", Warning,
        "The base URL has no value, so the client has no default for it.",
        "give the variable a value in the collection or an environment, or pass --base-url";
    NO_URL = "no-url", Error,
        "The request has no URL, or one without a host, so Postman refuses it.",
        "give it a URL that begins with a host or a variable for one";
    NOT_A_COLLECTION = "not-a-collection", Error,
        "The document is JSON, but not a Postman collection.",
        "a collection is an object with `info` and `item`; an item or a list of items is read too";
    NOT_JSON = "not-json", Error,
        "The document is not JSON.",
        "correct the place, or export the collection again";
    NOT_YAML = "not-yaml", Error,
        "A file is not YAML, or not such as a collection holds. What it holds is left out.",
        "correct the place, or export the file again";
    OPENAPI = "openapi", Error,
        "The document is an OpenAPI description, which is not read yet.",
        "import it into Postman and export it as a collection";
    ORDER = "order", Warning,
        "The orders of a collection of format v1 do not fit the requests, folders and responses that it has.",
        "open the collection in Postman and export it again";
    OVERRIDE_IMPOSSIBLE = "override-impossible", Error,
        "The configuration asks for something that cannot be.",
        "take the line out of the configuration";
    OVERRIDE_UNUSED = "override-unused", Error,
        "A pattern of the configuration matches nothing.",
        "correct it, or take it out when the request is gone";
    PROTOCOL = "protocol", Error,
        "The URL has a scheme other than http and https.",
        "only HTTP requests make a client";
    QUERY_MISMATCH = "query-mismatch", Warning,
        "The URL of a request has a query that its list of parameters does not have. Both are sent.",
        "write the same parameters in `url` and in `queryParams`";
    QUOTED_SECRET = "secret", Warning,
        "The collection holds what looks like a secret. It is left out of the client.",
        "replace it by a variable, and change it where it is valid: who has the file has the secret";
    REPLY_NOT_JSON = "reply-not-json", Note,
        "The body of a saved response is not the JSON that its Content-Type announces. It shows no type.",
        "save the response again, whole; a body that was cut or edited by hand shows nothing";
    REQUEST_KIND = "request-kind", Note,
        "A file is no HTTP request, so it is left out.",
        "nothing: GraphQL, gRPC and WebSocket requests of Postman make no client";
    SEVERAL_AUTHS = "several-auths", Note,
        "Several authorizations are given to choose from; the client uses the first.",
        "put the one that you use first";
    STATUS = "status", Warning,
        "A saved response has no valid status code, so it documents nothing.",
        "give it a code from 100 to 599";
    UNKNOWN_DIALECT = "unknown-dialect", Error,
        "The configuration names a dialect that does not exist.",
        "take one that exists; without the line, the dialect is recognised by its marks";
    UNSUPPORTED_AUTH = "unsupported-auth", Warning,
        "The client cannot sign requests by this kind of authorization.",
        "sign it with a function of your own: `Settings::sign_with` takes the name of the scheme, and gives it the request";
    VARIABLE_CYCLE = "variable-cycle", Warning,
        "A variable stands for itself, so it has no value.",
        "give it a value";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_texts_well_formed() {
        let mut codes: Vec<_> = ALL.iter().map(|rule| rule.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for rule in ALL {
            assert!(rule.summary.ends_with('.'), "{}", rule.code);
            assert!(!rule.help.ends_with('.'), "{}", rule.code);
        }
    }
}
