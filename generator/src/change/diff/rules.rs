//! The table of changes: every kind of difference between two clients, with what it means for a program that
//! uses the old one.
//!
//! The levels are those of Cargo's chapter on semantic versions, applied to what is generated: structs with
//! public fields, enums that are open for more variants. What a program can no longer be compiled with is
//! major; what it can, but goes or comes otherwise on the wire, is minor; documentation is patch.
//!
//! A struct that has a `Default` (`Options`, the records of JSON) may get more fields: a program that ends
//! its literals with `..Default::default()` and its patterns with `..` does not see that. So such a field is
//! minor, and major by the letter, which [`Rule::strict`] follows.

use serde::Serialize;

/// What a change means for programs that use a client.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// They do not see it.
    Patch,
    /// They compile, and may do more or otherwise.
    Minor,
    /// They have to be changed.
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
    /// The stable name.
    pub code: &'static str,
    /// What it means.
    pub level: Level,
    /// What it means for a program that writes literals or patterns of structs without `..`.
    pub strict: Level,
    /// What it is, in one sentence.
    pub summary: &'static str,
    /// What a user must do; empty where there is nothing to be done.
    pub help: &'static str,
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
        "There is a new request.", "";
    REQUEST_REMOVED = "request-removed", Major / Major,
        "A request is gone, and its module with it.",
        "call another request, or keep the old version of the client";
    REQUEST_RENAMED = "request-renamed", Major / Major,
        "The module of a request has another name.",
        "use the new name";
    REQUEST_MOVED = "request-moved", Major / Major,
        "The module of a request is in another folder.",
        "use the new path";
    TITLE_CHANGED = "title-changed", Patch / Patch,
        "The document calls a request otherwise; its module keeps its name.", "";
    ALIAS_ADDED = "alias-added", Minor / Minor,
        "A name was given up, of a module, a type or a constant; it is left as a deprecated alias.",
        "use the new name: the alias goes away with the release after this one";
    ALIAS_REMOVED = "alias-removed", Major / Major,
        "A deprecated alias is gone.",
        "use the name that it stood for";
    BASE_URL_ADDED = "base-url-added", Minor / Minor,
        "There is a new base URL.",
        "if requests that you make stand on it, set it where it has no value: `Settings::base_url`";
    BASE_URL_REMOVED = "base-url-removed", Major / Major,
        "The constant of a base URL is gone.",
        "do not set it";
    BASE_URL_CHANGED = "base-url-changed", Minor / Minor,
        "A base URL has another value or stands for something else.",
        "nothing, unless you set it yourself";

    METHOD_CHANGED = "method-changed", Minor / Minor,
        "A request is sent with another method.",
        "nothing in code; correct what expects the old one, such as mock servers";
    PATH_CHANGED = "path-changed", Minor / Minor,
        "A request is sent to another path.",
        "nothing in code; correct what expects the old one, such as mock servers";
    PATH_NAMES_CHANGED = "path-names-changed", Patch / Patch,
        "A path variable has another name in the document; what is sent is the same.", "";
    BASE_CHANGED = "base-changed", Minor / Minor,
        "A request stands on another base URL.",
        "set that one too, if you set the old one";
    CONSTANT_CHANGED = "constant-changed", Minor / Minor,
        "Something that is always sent as it is is another: a query element, a header field, a query of GraphQL.", "";
    BODY_CHANGED = "body-changed", Minor / Minor,
        "The body is sent in another form.", "";
    AUTH_CHANGED = "auth-changed", Minor / Minor,
        "A request is authorized otherwise.",
        "give the client the credentials of the new scheme in `Settings`; without them, calls fail";
    SCOPES_CHANGED = "scopes-changed", Minor / Minor,
        "A token needs other scopes.",
        "ask for them where your token is issued";
    RATE_LIMIT_CHANGED = "rate-limit-changed", Minor / Minor,
        "A request is in another class of rate limits.", "";
    DOCS_CHANGED = "docs-changed", Patch / Patch,
        "Documentation is another.", "";

    INPUT_ADDED_REQUIRED = "input-added-required", Major / Major,
        "A request has a new input that has to be supplied.",
        "supply it in each literal of `Request`";
    INPUT_ADDED = "input-added", Minor / Major,
        "A request has a new input that may be left out.",
        "nothing, where literals of `Options` end with `..Options::default()`; else end them so";
    OPTIONS_ADDED = "options-added", Major / Major,
        "A request has its first input that may be left out, and so the field `options`.",
        "write `options: Options::default()` in each literal of `Request`";
    INPUT_REMOVED = "input-removed", Major / Major,
        "An input is gone.",
        "do not supply it";
    INPUT_RENAMED = "input-renamed", Major / Major,
        "The field of an input has another name.",
        "use the new name";
    INPUT_REQUIRED = "input-required", Major / Major,
        "An input could be left out, and has to be supplied now.",
        "supply it in `Request`, no longer in `Options`";
    INPUT_OPTIONAL = "input-optional", Major / Major,
        "An input had to be supplied, and may be left out now.",
        "supply it in `Options`, no longer in `Request`";
    INPUT_TYPE_CHANGED = "input-type-changed", Major / Major,
        "An input has another type.",
        "supply a value of the new type";
    INPUT_WIRE_CHANGED = "input-wire-changed", Minor / Minor,
        "An input goes elsewhere in the request, or under another name; its field is the same.", "";
    INPUT_ENCODING_CHANGED = "input-encoding-changed", Minor / Minor,
        "An input is written otherwise; its field is the same.", "";

    TYPE_ADDED = "type-added", Minor / Minor,
        "There is a new type.", "";
    TYPE_REMOVED = "type-removed", Major / Major,
        "A type is gone.",
        "do not name it";
    TYPE_RENAMED = "type-renamed", Major / Major,
        "A type has another name.",
        "use the new name";
    TYPE_KIND_CHANGED = "type-kind-changed", Major / Major,
        "A type was a struct and is an enum, or the other way round.",
        "make and read it as what it is now";
    MEMBER_ADDED = "member-added", Minor / Major,
        "A struct has a new field.",
        "nothing, where literals end with `..Default::default()` and patterns with `..`; else end them so";
    MEMBER_ADDED_REQUIRED = "member-added-required", Major / Major,
        "A struct of a request has a new field that has to be supplied.",
        "supply it: a literal that ends with `..Default::default()` compiles, and sends an empty value";
    MEMBER_REMOVED = "member-removed", Major / Major,
        "A field of a struct is gone.",
        "do not use it";
    MEMBER_RENAMED = "member-renamed", Major / Major,
        "A field of a struct has another name.",
        "use the new name";
    MEMBER_TYPE_CHANGED = "member-type-changed", Major / Major,
        "A field of a struct has another type.",
        "make and read it as what it is now";
    MEMBER_WIRE_CHANGED = "member-wire-changed", Minor / Minor,
        "A member has another name in JSON; its field is the same.", "";
    VARIANT_ADDED = "variant-added", Minor / Minor,
        "An enum has a new variant.",
        "handle it, if you want to: your `match` has an arm `_` already";
    VARIANT_REMOVED = "variant-removed", Major / Major,
        "A variant of an enum is gone.",
        "do not name it";
    VARIANT_RENAMED = "variant-renamed", Major / Major,
        "A variant of an enum has another name.",
        "use the new name";
    VARIANT_TYPE_CHANGED = "variant-type-changed", Major / Major,
        "A variant of an enum holds something else.",
        "match it as what it is now";
    VARIANT_WIRE_CHANGED = "variant-wire-changed", Minor / Minor,
        "A variant stands for another value, status or error code; its name is the same.", "";
    NUMBERS_CHANGED = "numbers-changed", Minor / Major,
        "The variants of an enum without data have other numbers.",
        "nothing, unless you cast it with `as`: match it";
    TRAITS_LOST = "traits-lost", Major / Major,
        "A type can no longer be copied, compared or made by default.",
        "clone it, match it, or name its fields";
    TRAITS_GAINED = "traits-gained", Minor / Minor,
        "A type can be copied, compared or made by default.", "";

    RESPONSE_TYPE_CHANGED = "response-type-changed", Major / Major,
        "A successful reply is read as another type.",
        "read the new type";
    STATUS_DOCUMENTED = "status-documented", Minor / Minor,
        "A reply of that status is a success; before, it was an undocumented reply.", "";
    STATUS_UNDOCUMENTED = "status-undocumented", Minor / Minor,
        "A reply of that status is undocumented now; before, it was a success.",
        "expect it as `CallError::Undocumented`, if it still comes";
    FAILURES_ADDED = "failures-added", Minor / Major,
        "A request documents failures now: its errors have an enum `Failure` in the place of `Infallible`.",
        "nothing, unless you have written the type of the error out";
    FAILURES_REMOVED = "failures-removed", Major / Major,
        "A request documents no failure any more: its enum `Failure` is gone.",
        "do not name it";
    ERROR_CODE_ADDED = "error-code-added", Minor / Minor,
        "A request documents a new error code.", "";
    ERROR_CODE_REMOVED = "error-code-removed", Minor / Minor,
        "An error code is no longer documented.", "";
}
