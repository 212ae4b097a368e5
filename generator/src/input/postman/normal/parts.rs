//! What changes on each export: which members of which part of a document.

use crate::document::json::Node;
use crate::input::postman::normal::Ids;

/// A part of a document, such as a saved response; of a list, each element.
#[derive(Debug)]
pub(super) struct Part {
    /// Members that are left out.
    volatile: &'static [&'static [&'static str]],
    /// When the id is left out.
    id: Id,
    /// Elements of a list that are left out: fields of a header, by their names in lower case.
    fields: &'static [&'static str],
    /// The parts in it.
    below: &'static [(&'static str, &'static Part)],
}

/// When the member `id` is left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Id {
    /// Never.
    Stays,
    /// Always.
    Goes,
    /// Unless it is that of a request: folders are told by their names.
    OfRequest,
    /// Where it is not the name: a variable without a `key` is called by its `id`.
    Unnamed,
}

impl Part {
    /// Whether a member of it stays.
    pub(super) fn has(&self, node: &Node<'_>, name: &str, ids: Ids) -> bool {
        let is_gone = |names: &&[&str]| names.contains(&name);
        if self.volatile.iter().any(is_gone) {
            return false;
        }
        if name != "id" {
            return true;
        }
        match self.id {
            Id::Stays => true,
            Id::Goes => false,
            Id::OfRequest => ids == Ids::Stable && node.get("item").is_none(),
            Id::Unnamed => node.text_of("key").is_none(),
        }
    }

    /// Whether an element of a list of it stays.
    pub(super) fn keeps(&self, element: &Node<'_>) -> bool {
        let name = element.text_of("key").or_else(|| element.text_of("name"));
        let is_gone = |name: &str| self.fields.iter().any(|one| name.eq_ignore_ascii_case(one));
        !name.is_some_and(is_gone)
    }

    /// The part that a member of it is.
    pub(super) fn below(&self, name: &str) -> Option<&'static Part> {
        let mut below = self.below.iter();
        below.find(|(own, _)| *own == name).map(|(_, part)| *part)
    }
}

/// A thing without volatile members: what the others are made from.
const PLAIN: Part = Part {
    volatile: &[],
    id: Id::Stays,
    fields: &[],
    below: &[],
};

/// Ids of copies. Exports write new ones (postman-app-support 2541, 4952), and so does each fork and import; `uid` is
/// the id of an owner with that of the thing.
const COPIES: &[&str] = &["_postman_id", "uid"];

/// Who changed it and when: in what Postman's API gives, and in v1.
const EDITS: &[&str] = &[
    "createdAt",
    "updatedAt",
    "lastUpdatedBy",
    "lastRevision",
    "owner",
    "synced",
    "timestamp",
];

/// Who exported it, from where, when and with which version.
const EXPORT: &[&str] = &[
    "_exporter_id",
    "_collection_link",
    "_postman_exported_at",
    "_postman_exported_using",
];

/// What was measured when a response was saved, and the cookies that came with it.
const MEASURED: &[&str] = &[
    "responseTime",
    "time",
    "timings",
    "timeline",
    "cookie",
    "cookies",
    "searchResultScrolledTo",
];

/// The fields of a saved header that a server makes anew for each response. What it says of the content, of limits
/// and of pages stays.
const RECORDED: &[&str] = &[
    "age",
    "cf-ray",
    "cf-request-id",
    "date",
    "etag",
    "expires",
    "last-modified",
    "nel",
    "report-to",
    "server-timing",
    "set-cookie",
    "traceparent",
    "x-amz-cf-id",
    "x-amz-id-2",
    "x-amz-request-id",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "x-correlation-id",
    "x-github-request-id",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
    "x-response-time",
    "x-runtime",
    "x-served-by",
    "x-timer",
    "x-trace-id",
    "x-zm-trackingid",
];

/// The root: a collection of any format, a single request, or the envelope of either. In v1, ids stay: they say which
/// request is in which folder.
pub(super) static DOCUMENT: Part = Part {
    volatile: &[COPIES, EDITS, EXPORT],
    below: &[
        ("collection", &DOCUMENT),
        ("environment", &ENVIRONMENT),
        ("globals", &ENVIRONMENT),
        ("info", &INFO),
        ("_", &INFO),
        ("item", &ITEM),
        ("request", &REQUEST),
        ("response", &RESPONSE),
        ("event", &EVENT),
        ("variable", &ENTRY),
        ("requests", &V1),
        ("folders", &V1),
        ("responses", &V1_RESPONSE),
        ("events", &EVENT),
    ],
    ..PLAIN
};

/// An environment or globals. What they are called by is their name.
pub(super) static ENVIRONMENT: Part = Part {
    volatile: &[COPIES, EDITS, EXPORT],
    id: Id::Goes,
    below: &[("values", &ENTRY)],
    ..PLAIN
};

/// What a collection says of itself. Older exports have its ids in a member `_`, without the line in front.
static INFO: Part = Part {
    volatile: &[COPIES, EDITS, EXPORT, &["postman_id", "exporter_id"]],
    ..PLAIN
};

/// A folder or a request. Its own id comes from Postman's API, and is the same each time; exports have none.
static ITEM: Part = Part {
    volatile: &[COPIES, EDITS],
    id: Id::OfRequest,
    below: &[
        ("_", &INFO),
        ("item", &ITEM),
        ("request", &REQUEST),
        ("response", &RESPONSE),
        ("event", &EVENT),
        ("variable", &ENTRY),
    ],
    ..PLAIN
};

static REQUEST: Part = Part {
    volatile: &[COPIES, EDITS],
    below: &[("header", &ENTRY), ("url", &URL), ("body", &BODY)],
    ..PLAIN
};

static URL: Part = Part {
    below: &[("query", &ENTRY), ("variable", &ENTRY)],
    ..PLAIN
};

static BODY: Part = Part {
    below: &[("urlencoded", &ENTRY), ("formdata", &ENTRY)],
    ..PLAIN
};

/// A variable, a parameter, a field: new ids on each import.
static ENTRY: Part = Part {
    volatile: &[&["uuid"]],
    id: Id::Unnamed,
    ..PLAIN
};

/// A saved response. Ids of responses change on each export (postman-app-support 2906).
static RESPONSE: Part = Part {
    volatile: &[COPIES, EDITS, MEASURED],
    id: Id::Goes,
    below: &[("originalRequest", &REQUEST), ("header", &HEADER)],
    ..PLAIN
};

/// The header of a saved response: entries, but for those that are made anew.
static HEADER: Part = Part {
    fields: RECORDED,
    ..ENTRY
};

/// A script, and when it runs. Its ids change on each export (postman-app-support 8735).
static EVENT: Part = Part {
    id: Id::Goes,
    below: &[("script", &SCRIPT)],
    ..PLAIN
};

static SCRIPT: Part = Part {
    volatile: &[&["_lastExecutionId"]],
    id: Id::Goes,
    ..PLAIN
};

/// A request or a folder of v1.
static V1: Part = Part {
    volatile: &[COPIES, EDITS, &["time"]],
    below: &[
        ("responses", &V1_RESPONSE),
        ("events", &EVENT),
        ("headerData", &ENTRY),
        ("queryParams", &ENTRY),
        ("pathVariableData", &ENTRY),
        ("data", &ENTRY),
    ],
    ..PLAIN
};

/// A saved response of v1, whose order is that of its id.
static V1_RESPONSE: Part = Part {
    volatile: &[COPIES, EDITS, MEASURED],
    below: &[("headers", &HEADER)],
    ..PLAIN
};
