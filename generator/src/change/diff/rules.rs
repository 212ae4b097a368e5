//! The table of changes: every kind of difference between two clients, with what it means for a program that
//! uses the old one.
//!
//! The levels are those of Cargo's chapter on semantic versions, applied to what is generated: structs with
//! public fields, enums that are open for more variants. What a program can no longer be compiled with is
//! major; what it can, but goes or comes otherwise on the wire, is minor; documentation is patch. One exception:
//! programs compile, but send their requests, and the credentials in them, elsewhere ([`Rule::is_security`]).
//! That is major, so that nobody gets it without a look.
//!
//! A struct that has a `Default` (`Options`, the records of JSON) may get more fields: a program that ends
//! its literals with `..Default::default()` and its patterns with `..` does not see that. So such a field is
//! minor, and major by the letter, which [`Rule::strict`] follows.

use serde::Serialize;

/// What a change means for programs that use a client.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// They do not notice.
    Patch,
    /// They compile; their behavior may differ.
    Minor,
    /// They must be changed.
    Major,
}

impl Level {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Patch => "patch",
            Level::Minor => "minor",
            Level::Major => "major",
        }
    }
}

/// One kind of change.
#[derive(PartialEq, Eq, Debug)]
pub struct Rule {
    /// The stable code, for scripts.
    pub code: &'static str,
    /// What it means.
    pub level: Level,
    /// What it means for a program that writes literals or patterns of structs without `..`.
    pub strict: Level,
    /// What it is, in one sentence.
    pub summary: &'static str,
    /// What a user must do; empty if nothing.
    pub help: &'static str,
}

/// Changes of where requests go.
const SECURITY: [&Rule; 3] = [
    &BASE_URL_ADDED,
    &BASE_URL_HOST_CHANGED,
    &REQUEST_HOST_CHANGED,
];

impl Rule {
    /// Whether requests, and the credentials in them, go elsewhere.
    #[must_use]
    pub fn is_security(&self) -> bool {
        SECURITY.contains(&self)
    }
}

macro_rules! rules {
    ($($name:ident = $code:literal, $level:ident / $strict:ident, $summary:literal, $help:literal;)*) => {
        $(
            #[doc = $summary]
            pub const $name: Rule = Rule {
                code: $code,
                level: Level::$level,
                strict: Level::$strict,
                summary: $summary,
                help: $help,
            };
        )*

        /// All rules.
        pub const ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    REQUEST_ADDED = "request-added", Minor / Minor,
        "Request added.", "";
    REQUEST_REMOVED = "request-removed", Major / Major,
        "Request removed, and its module.",
        "call another request, or keep the old version of the client";
    REQUEST_RENAMED = "request-renamed", Major / Major,
        "The module of a request was renamed.",
        "use the new name";
    REQUEST_MOVED = "request-moved", Major / Major,
        "The module of a request was moved to another folder.",
        "use the new path";
    TITLE_CHANGED = "title-changed", Patch / Patch,
        "The document renamed a request; its module keeps its name.", "";
    ALIAS_ADDED = "alias-added", Minor / Minor,
        "A module, type or constant was renamed; the old name is a deprecated alias.",
        "use the new name; the next release drops the alias";
    ALIAS_REMOVED = "alias-removed", Major / Major,
        "A deprecated alias was removed.",
        "use the name that it was an alias of";
    BASE_URL_ADDED = "base-url-added", Major / Major,
        "Base URL added.",
        "check that you trust this host; if it has no value, set it with `Settings::base_url`";
    BASE_URL_REMOVED = "base-url-removed", Major / Major,
        "The constant of a base URL was removed.",
        "remove the setting";
    BASE_URL_CHANGED = "base-url-changed", Minor / Minor,
        "The value or the role of a base URL changed; its host did not.",
        "nothing, unless you set it yourself";
    BASE_URL_HOST_CHANGED = "base-url-host-changed", Major / Major,
        "A base URL has another host or port, or `http` instead of `https`.",
        "check that you trust this host with your credentials";

    METHOD_CHANGED = "method-changed", Minor / Minor,
        "The method of a request changed.",
        "nothing in code; update mock servers";
    PATH_CHANGED = "path-changed", Minor / Minor,
        "The path of a request changed.",
        "nothing in code; update mock servers";
    PATH_NAMES_CHANGED = "path-names-changed", Patch / Patch,
        "The document renamed a path variable; the request is the same.", "";
    REQUEST_HOST_CHANGED = "request-host-changed", Major / Major,
        "A request goes to another host or port, or over `http` instead of `https`.",
        "check that you trust this host with your credentials";
    BASE_CHANGED = "base-changed", Minor / Minor,
        "A request uses another base URL; its host did not change.",
        "if you set the old one, set the new one too";
    CONSTANT_CHANGED = "constant-changed", Minor / Minor,
        "A constant part of the request changed: a query element, a header field, a GraphQL query.", "";
    BODY_CHANGED = "body-changed", Minor / Minor,
        "The form of the body changed.", "";
    AUTH_CHANGED = "auth-changed", Minor / Minor,
        "The authorization of a request changed.",
        "set the credentials of the new scheme in `Settings`";
    SCOPES_CHANGED = "scopes-changed", Minor / Minor,
        "The scopes that a token needs changed.",
        "request a token with these scopes";
    RATE_LIMIT_CHANGED = "rate-limit-changed", Minor / Minor,
        "The rate limit class of a request changed.", "";
    DOCS_CHANGED = "docs-changed", Patch / Patch,
        "Documentation changed.", "";

    INPUT_ADDED_REQUIRED = "input-added-required", Major / Major,
        "Required input added.",
        "set it in each `Request` literal";
    INPUT_ADDED = "input-added", Minor / Major,
        "Optional input added.",
        "end `Options` literals with `..Options::default()`";
    OPTIONS_ADDED = "options-added", Major / Major,
        "First optional input added, and with it the field `options`.",
        "add `options: Options::default()` to each `Request` literal";
    INPUT_REMOVED = "input-removed", Major / Major,
        "Input removed.",
        "remove it from your code";
    INPUT_RENAMED = "input-renamed", Major / Major,
        "The field of an input was renamed.",
        "use the new name";
    INPUT_REQUIRED = "input-required", Major / Major,
        "An optional input became required.",
        "set it in `Request`, not in `Options`";
    INPUT_OPTIONAL = "input-optional", Major / Major,
        "A required input became optional.",
        "set it in `Options`, not in `Request`";
    INPUT_TYPE_CHANGED = "input-type-changed", Major / Major,
        "The type of an input changed.",
        "pass a value of the new type";
    INPUT_WIRE_CHANGED = "input-wire-changed", Minor / Minor,
        "An input is sent in another place or under another name; its field is the same.", "";
    INPUT_ENCODING_CHANGED = "input-encoding-changed", Minor / Minor,
        "The encoding of an input changed; its field is the same.", "";

    TYPE_ADDED = "type-added", Minor / Minor,
        "Type added.", "";
    TYPE_REMOVED = "type-removed", Major / Major,
        "Type removed.",
        "remove it from your code";
    TYPE_RENAMED = "type-renamed", Major / Major,
        "Type renamed.",
        "use the new name";
    TYPE_KIND_CHANGED = "type-kind-changed", Major / Major,
        "A struct became an enum, or an enum a struct.",
        "use the new type";
    MEMBER_ADDED = "member-added", Minor / Major,
        "Field added to a struct.",
        "end literals with `..Default::default()` and patterns with `..`";
    MEMBER_ADDED_REQUIRED = "member-added-required", Major / Major,
        "Required field added to a struct of a request.",
        "set it; a literal with `..Default::default()` compiles but sends an empty value";
    MEMBER_REMOVED = "member-removed", Major / Major,
        "Field removed from a struct.",
        "remove it from your code";
    MEMBER_RENAMED = "member-renamed", Major / Major,
        "Field of a struct renamed.",
        "use the new name";
    MEMBER_TYPE_CHANGED = "member-type-changed", Major / Major,
        "The type of a field changed.",
        "use the new type";
    MEMBER_WIRE_CHANGED = "member-wire-changed", Minor / Minor,
        "The JSON name of a member changed; its field is the same.", "";
    VARIANT_ADDED = "variant-added", Minor / Minor,
        "Variant added to an enum.",
        "handle it if you need it; your `match` already has a `_` arm";
    VARIANT_REMOVED = "variant-removed", Major / Major,
        "Variant removed from an enum.",
        "remove it from your code";
    VARIANT_RENAMED = "variant-renamed", Major / Major,
        "Variant of an enum renamed.",
        "use the new name";
    VARIANT_TYPE_CHANGED = "variant-type-changed", Major / Major,
        "The type in a variant changed.",
        "match the new type";
    VARIANT_WIRE_CHANGED = "variant-wire-changed", Minor / Minor,
        "The value, status or error code of a variant changed; its name is the same.", "";
    NUMBERS_CHANGED = "numbers-changed", Minor / Major,
        "The discriminants of an enum changed.",
        "if you cast it with `as`, use `match`";
    TRAITS_LOST = "traits-lost", Major / Major,
        "A type lost `Copy`, `Eq` or `Default`.",
        "use `clone`, `match`, or name all fields";
    TRAITS_GAINED = "traits-gained", Minor / Minor,
        "A type gained `Copy`, `Eq` or `Default`.", "";

    RESPONSE_TYPE_CHANGED = "response-type-changed", Major / Major,
        "The type of a successful reply changed.",
        "read the new type";
    STATUS_DOCUMENTED = "status-documented", Minor / Minor,
        "A status became a documented success.", "";
    STATUS_UNDOCUMENTED = "status-undocumented", Minor / Minor,
        "A status is no longer a documented success.",
        "handle it as `CallError::Undocumented`";
    FAILURES_ADDED = "failures-added", Minor / Major,
        "First documented failure: `Failure` replaces `Infallible` in the error type.",
        "if you name the error type, use the new one";
    FAILURES_REMOVED = "failures-removed", Major / Major,
        "Last documented failure removed, and the enum `Failure`.",
        "remove it from your code";
    ERROR_CODE_ADDED = "error-code-added", Minor / Minor,
        "Error code added.", "";
    ERROR_CODE_REMOVED = "error-code-removed", Minor / Minor,
        "Error code removed.", "";
}
