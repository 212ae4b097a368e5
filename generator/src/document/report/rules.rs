//! The table of diagnostics: every message that a document can cause, in one place.
//!
//! A call site names the rule and the place; severity, code and help are here. Tests walk the table: every rule
//! has a fixture.

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Something to know; nothing was lost.
    Note,
    /// Something was guessed or left out; the output works.
    Warning,
    /// The document, or the request that it is about, was skipped.
    Error,
}

/// One kind of diagnostic.
#[derive(PartialEq, Eq, Debug)]
pub struct Rule {
    /// The stable code, for scripts.
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
        "The authorization does not have the form that Postman writes.",
        "save the request again in Postman; until then neither Postman nor the client sends credentials";
    BODY_DROPPED = "body-dropped", Note,
        "Postman sends no body with this method, so the client sends none either.",
        "set `protocolProfileBehavior.disableBodyPruning` in the request if the API expects the body";
    BODY_NOT_JSON = "body-not-json", Warning,
        "The body is declared as JSON but does not parse, even with `{{variables}}` allowed. Generated as text.",
        "correct the place in Postman, or set the body to another type";
    BODY_UNREADABLE = "body-unreadable", Warning,
        "The body does not have the form that Postman writes.",
        "save the request again in Postman; until then the client sends no body";
    DUPLICATE_FORM_TYPE = "form-content-type", Note,
        "A form body sets its own Content-Type, so the header of the request is left out.",
        "remove the header from the request; the boundary differs for each body";
    EMPTY_COLLECTION = "empty-collection", Warning,
        "The document contains no request.",
        "add a request, or check the path of the file";
    ENVIRONMENT_SHAPE = "environment-shape", Error,
        "The document is not a Postman environment.",
        "export the environment from Postman: an object with a list `values`";
    FOLDER_VARIABLES = "folder-variables", Warning,
        "The folder defines variables. Postman ignores them; Letterpress uses them as examples.",
        "move them to the collection";
    FORM_JSON = "form-json", Warning,
        "Every body is form data in a collection that was converted from OpenAPI. Most are probably JSON.",
        "check the media type in the API's documentation; for JSON, set `body = \"json\"` for the requests in letterpress.toml";
    FRAMING_HEADER = "framing-header", Note,
        "The header belongs to the connection, such as `Host`, `Content-Length` or `:authority`. The client sets it, so the header is left out.",
        "remove the header from the request: browsers show such headers, but they are not part of the API";
    HEADER_NAME = "header-name", Error,
        "The header name is not valid in HTTP; Postman refuses the request too.",
        "use letters, digits and `-`, without spaces or colons";
    HEADER_VALUE = "header-value", Error,
        "The header value is not valid in HTTP; Postman refuses the request too.",
        "remove line breaks and characters above U+00FF from the value";
    ITEM_SHAPE = "item-shape", Error,
        "The item is neither a folder nor a request.",
        "add a `request` or an `item` list";
    METHOD = "method", Error,
        "The method is not an HTTP token; Postman refuses the request too.",
        "use a word such as GET or POST";
    MISPLACED_VARIABLE = "unused-path-variable", Note,
        "The path variable is described, but the path does not contain it.",
        "remove the entry, or write `:name` as a segment of the path";
    LOCK_DAMAGED = "lock-damaged", Error,
        "The lock has a line that cannot be read.",
        "resolve the conflict, or restore the file from version control; until then nothing is written";
    NAME_KEPT = "name-kept", Note,
        "Kept the previous name; the document now uses another.",
        "`letterpress generate --rename` takes the new name and keeps the old one as a deprecated alias";
    RENAMED = "renamed", Note,
        "Renamed; the old name is kept as a deprecated alias.",
        "use the new name; the alias is dropped one release after the next `--bump`";
    RENAMED_FOR_GOOD = "renamed-for-good", Warning,
        "Renamed without an alias: Rust has none for this kind of name.",
        "use the new name, or keep the old one with `name` in letterpress.toml";
    NAME_CHANGED = "name-changed", Note,
        "The name is taken, by another item or by generated code, so it was extended.",
        "set another name in the collection or in letterpress.toml";
    NO_BASE_URL = "no-base-url", Warning,
        "The base URL has no value, so the client has no default.",
        "set the variable in the collection or an environment, or pass --base-url";
    PLAIN_CREDENTIAL = "credential-over-http", Warning,
        "Requests with credentials go to a base URL without encryption: everyone on the way can read them.",
        "use https, in the document or by --base-url";
    NO_URL = "no-url", Error,
        "The request has no URL, or one without a host; Postman refuses it too.",
        "set a URL that begins with a host, or with a variable for one";
    NOT_A_COLLECTION = "not-a-collection", Error,
        "The document is not a Postman collection.",
        "export the collection from Postman as v2.1; Letterpress also reads v1, v2.0, v3, and single requests";
    NOT_JSON = "not-json", Error,
        "The document is not JSON.",
        "correct the place, or export the collection again";
    NOT_YAML = "not-yaml", Error,
        "The file is not YAML, or not the YAML of a collection. It is skipped.",
        "correct the place, or export the file again";
    NOT_OPENAPI = "not-openapi", Error,
        "The document is older than Swagger 2.0.",
        "convert it to OpenAPI 3 first";
    OPENAPI_BODY = "request-body", Warning,
        "A request body is declared that cannot be sent as declared.",
        "declare one body, in a method that has one";
    OPENAPI_DANGLING = "dangling-reference", Warning,
        "A reference leads nowhere, so its place is any JSON or left out.",
        "correct the reference, or put the file beside the document; nothing is fetched";
    OPENAPI_DANGLING_NEEDED = "missing-reference", Error,
        "An operation needs what a reference does not lead to.",
        "correct the reference, or put the file beside the document; nothing is fetched";
    OPENAPI_EMPTY = "no-operation", Warning,
        "The document has no operation.",
        "add one below `paths`, or check that the right file was given";
    OPENAPI_FORM = "form-fields", Warning,
        "A form has a schema that does not name its fields, so the client does not send them.",
        "declare the fields as `properties` of an object";
    OPENAPI_INTERNAL = "internal", Note,
        "An operation is marked `x-internal`, so it is left out.",
        "remove the mark to generate it";
    OPENAPI_MEDIA_TYPE = "media-type", Note,
        "A body has several media types; the client uses one.",
        "no action needed, unless the API treats them differently";
    OPENAPI_PARAMETER = "parameter", Warning,
        "A parameter cannot be read, so it is left out.",
        "give it a `name`, and an `in` of `path`, `query`, `header` or `cookie`";
    OPENAPI_PARAMETER_SCHEMA = "parameter-schema", Note,
        "A parameter has its type beside its name, as in Swagger 2.0.",
        "put it into `schema`";
    OPENAPI_PATH_PARAMETER = "path-parameter", Warning,
        "The parameters of a path are not those that its template names.",
        "name each parameter of the template once, with `in: path`";
    OPENAPI_REPEATED_NAME = "repeated-name", Warning,
        "An object has a name twice; the last value counts.",
        "remove or rename one of them";
    OPENAPI_SCHEMA = "schema", Note,
        "A schema says something that does not reach the client as it is written.",
        "no action needed: it documents, and no value is refused by it";
    OPENAPI_SECURITY = "undeclared-security", Warning,
        "A security requirement names a scheme that is not declared, so it is ignored.",
        "declare it below `components/securitySchemes`";
    OPENAPI_SERVER = "server-variable", Warning,
        "A server has a variable without a default.",
        "give it a `default`, or set the base URL in the client";
    OPENAPI_STREAM = "stream", Note,
        "A reply is a stream; the client gives the reply as it is.",
        "read its body with a parser of your own";
    OPENAPI_VERSION = "openapi-version", Warning,
        "The document has a version of OpenAPI that is not known.",
        "check that the client has what is new in that version";
    ORDER = "order", Warning,
        "The order of this v1 collection does not match its requests, folders and responses.",
        "open the collection in Postman and export it again";
    OVERLAY_UNREADABLE = "overlay-unreadable", Error,
        "An action of an overlay cannot be carried out.",
        "correct its `target`: names, indexes, wildcards, `..` and filters of JSONPath (RFC 9535) are understood";
    OVERLAY_UNUSED = "overlay-unused", Error,
        "An action of an overlay matches nothing.",
        "correct its `target`, or remove the action";
    OVERRIDE_IMPOSSIBLE = "override-impossible", Error,
        "This correction cannot be applied.",
        "remove the line from letterpress.toml";
    OVERRIDE_UNUSED = "override-unused", Error,
        "The pattern of this correction matches nothing.",
        "correct the pattern, or remove the line if the request is gone";
    PROTOCOL = "protocol", Error,
        "The URL has a scheme other than http and https.",
        "only HTTP requests can be generated";
    QUERY_MISMATCH = "query-mismatch", Warning,
        "The query of the URL and the list of parameters differ. Both are sent.",
        "write the same parameters in `url` and in `queryParams`";
    QUOTED_SECRET = "secret", Warning,
        "The document contains what looks like a secret. It is left out of the client.",
        "replace it by a variable, and revoke the secret: everyone with the file has it";
    REPLY_NOT_JSON = "reply-not-json", Note,
        "The saved response is declared as JSON but does not parse. It is not used as an example.",
        "save the complete response again";
    REQUEST_KIND = "request-kind", Note,
        "The file is not an HTTP request. It is skipped.",
        "no action needed: only HTTP requests are generated";
    SEVERAL_AUTHS = "several-auths", Note,
        "The request offers several authorizations. The client uses the first.",
        "move the one that you use to the front";
    STATUS = "status", Warning,
        "The saved response has no valid status code. It is not used.",
        "set a code from 100 to 599";
    UNKNOWN_DIALECT = "unknown-dialect", Error,
        "The configuration names an unknown dialect.",
        "use a known dialect, or remove the line: the dialect is then detected";
    UNSUPPORTED_AUTH = "unsupported-auth", Warning,
        "The client cannot sign requests with this type of authorization.",
        "pass your own signing function for the scheme to `Settings::sign_with`";
    VARIABLE_BUDGET = "variable-budget", Warning,
        "Values of variables repeat one another until the texts of the collection are longer than 4 MiB. From there on, variables stand for themselves.",
        "shorten the values, or use each once in a text";
    VARIABLE_CYCLE = "variable-cycle", Warning,
        "The variable refers to itself, so it has no value.",
        "set a value";
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
